"""How far long work has come: one line on standard error, while that is a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from miit_cli.types import Amount

PATIENCE = 0.4  # seconds before anything is shown: what is quick needs no word
SETTLED = 2.0  # seconds after which the pace tells anything
PACE = 0.1  # seconds between two drawings
BAR = 30
MEGABYTE = 1e6


def progress(what: str) -> Callable[[Amount, Amount], None] | None:
    """A function that is told how much is done, and of how much; None where nobody would see it."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    began = drawn = time.monotonic()
    width = 0  # of what stands there

    def show(done: Amount, of: Amount) -> None:
        nonlocal drawn, width
        now = time.monotonic()
        if done.documents >= of.documents:
            _draw(" " * width + "\r" if width else "")
            width = 0
        elif now - began >= PATIENCE and now - drawn >= PACE:
            drawn = now
            line = f"miit: {what} {_line(done, of, now - began)}"
            _draw(line.ljust(width))
            width = max(width, len(line))

    return show


def _line(done: Amount, of: Amount, seconds: float) -> str:
    """The bar, the documents, the pace and the time that is left, by the bytes where they are known."""
    part = done.size / of.size if of.size else done.documents / of.documents
    filled = int(BAR * part)
    bar = f"{'━' * filled}{'─' * (BAR - filled)}"
    told = f"{bar} {done.documents:,} of {of.documents:,}"
    if not part or seconds < SETTLED:
        return told
    return f"{told}, {done.size / MEGABYTE / seconds:.1f} MB/s, {_time(seconds / part - seconds)} left"


def _time(seconds: float) -> str:
    """``48 s``, ``2:05 min``."""
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60}:{whole % 60:02} min"


def _draw(line: str) -> None:
    if line:
        print(f"\r{line}", end="", file=sys.stderr, flush=True)
