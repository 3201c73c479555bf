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
            if width:
                print(f"\r{' ' * width}\r", end="", file=sys.stderr, flush=True)
            width = 0
        elif now - began >= PATIENCE and now - drawn >= PACE:
            drawn = now
            line = f"miit: {what} {_line(done, of, now - began)}"
            print(f"\r{line:<{width}}", end="", file=sys.stderr, flush=True)
            width = max(width, len(line))

    return show


def _line(done: Amount, of: Amount, seconds: float) -> str:
    """The bar, the documents, the pace and the time that is left, by the bytes where they are known."""
    part = done.size / of.size if of.size else done.documents / of.documents
    filled = int(BAR * part)
    told = f"{'━' * filled}{'─' * (BAR - filled)} {done.documents:,} of {of.documents:,}"
    if not part or seconds < SETTLED:
        return told
    left = round(seconds / part - seconds)
    time_left = f"{left} s" if left < 60 else f"{left // 60}:{left % 60:02} min"
    return f"{told}, {done.size / MEGABYTE / seconds:.1f} MB/s, {time_left} left"
