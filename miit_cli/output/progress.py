"""How far long work has come: one line on standard error, while that is a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

PATIENCE = 0.4  # seconds before anything is shown: what is quick needs no word
PACE = 0.1  # seconds between two drawings
BAR = 30
ERASE = "\r\x1b[K"

Progress = Callable[[int, int], None]


def progress(what: str) -> Progress | None:
    """A function that is told how many are done, and of how many; None where nobody would see it."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    began = drawn = time.monotonic()

    def show(done: int, of: int) -> None:
        nonlocal drawn
        now = time.monotonic()
        if now - began < PATIENCE or (now - drawn < PACE and done < of):
            return
        drawn = now
        filled = BAR * done // max(of, 1)
        line = f"\rmiit: {what} {'━' * filled}{'─' * (BAR - filled)} {done:,} of {of:,}"
        print(ERASE if done >= of else line, end="", file=sys.stderr, flush=True)

    return show
