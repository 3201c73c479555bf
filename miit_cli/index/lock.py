"""One builder at a time: a lock that the system lets go of when the process that holds it dies."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from miit_cli.index.place import Place, Unusable

# Seconds without any sign of life after which a builder is taken to hang.
PATIENCE = 15.0
PAUSE = 0.02


@contextmanager
def locked(place: Place, waits: Callable[[], None] = lambda: None) -> Iterator[bool]:
    """Be the only one that writes this index.

    Waits while another one gets on with it; ``waits`` is called once when that takes long. Gives whether
    there was another. Raises Unusable when the other does not get on, OSError where nothing can be written.
    """
    os.makedirs(os.path.dirname(place.path), exist_ok=True)
    handle = _attempt(place.lock)
    waited = handle is None
    if handle is None:
        handle = _acquired(place, waits)
    try:
        yield waited
    finally:
        os.close(handle)


def _acquired(place: Place, waits: Callable[[], None]) -> int:
    began = alive = time.monotonic()
    life, told = _life(place), False
    while (handle := _attempt(place.lock)) is None:
        time.sleep(PAUSE)
        now, before, life = time.monotonic(), life, _life(place)
        if life != before:
            alive = now
        elif now - alive > PATIENCE:
            raise Unusable("another process has been building it and does not get on")
        if not told and now - began > 1:
            told = True
            waits()
    return handle


def _attempt(path: str) -> int | None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        # whoever had it may have removed the file: then this one locks nothing
        if _lock(handle) and os.path.samestat(os.fstat(handle), os.stat(path)):
            return handle
    except FileNotFoundError:
        pass
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


if sys.platform == "win32":

    def _lock(handle: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _lock(handle: int) -> bool:
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _life(place: Place) -> list[tuple[int, int]]:
    """What changes when the builder gets on."""
    signs = []
    for name in (place.path, place.journal, place.seal):
        try:
            status = os.stat(name)
        except OSError:
            continue
        signs.append((status.st_size, status.st_mtime_ns))
    return signs
