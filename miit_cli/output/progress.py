"""How far long work has come: one line on standard error, while that is a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

PATIENCE = 0.4  # seconds before anything is shown: what is quick needs no word
PACE = 0.1  # seconds between two drawings
BAR = 30

Progress = Callable[[int, int], None]


def progress(what: str) -> Progress | None:
    """A function that is told how many are done, and of how many; None where nobody would see it."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    began = drawn = time.monotonic()
    width = 0  # of what stands there

    def show(done: int, of: int) -> None:
        nonlocal drawn, width
        now = time.monotonic()
        if done >= of:
            _draw(" " * width + "\r" if width else "")
            width = 0
        elif now - began >= PATIENCE and now - drawn >= PACE:
            drawn = now
            filled = BAR * done // of
            line = f"miit: {what} {'━' * filled}{'─' * (BAR - filled)} {done:,} of {of:,}"
            width = max(width, len(line))
            _draw(line)

    return show


def _draw(line: str) -> None:
    if line:
        print(f"\r{line}", end="", file=sys.stderr, flush=True)
