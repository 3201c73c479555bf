"""Where an index is kept, and whether what is there is what we left there."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

VARIABLE = "MIIT_CACHE_DIR"
SUFFIX = ".sqlite"
DIGITS = 16  # of the name
# An index that was not built anew for longest makes room when there are more than this.
MOST = 40


class Unusable(Exception):
    """The index cannot be used, for a reason fit for the user."""


class Place(NamedTuple):
    """The files of one index. ``key`` is all that it is for; the name is only a short form of it."""

    path: str
    key: bytes

    @property
    def seal(self) -> str:
        """The file that says how we left the index."""
        return f"{self.path}.seal"

    @property
    def lock(self) -> str:
        """The file that the process which builds holds locked."""
        return f"{self.path}.lock"

    @property
    def journal(self) -> str:
        """What SQLite leaves when it is killed in a commit."""
        return f"{self.path}-journal"


def folder() -> str:
    """The cache folder: MIIT_CACHE_DIR, else the one that the platform has for ``miit``."""
    named = os.environ.get(VARIABLE)
    if named:
        return os.path.abspath(named)
    if sys.platform.startswith("linux"):
        return _linux_folder()
    from platformdirs import user_cache_dir

    return user_cache_dir("miit", appauthor=False)


def _linux_folder() -> str:
    """What platformdirs says (a test compares), without the 10 ms that its import takes."""
    base = os.environ.get("XDG_CACHE_HOME", "").strip()
    if not os.path.isabs(base):  # which the specification says to pass over
        base = os.path.expanduser("~/.cache")
    return os.path.join(base, "miit")


def place(paths: Sequence[str], vocabulary: str) -> Place:
    """Where the index of these documents, read with the vocabulary of this fingerprint, is.

    Each installation of the program has its own, so that two of different age do not rebuild in turns.
    """
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    named = [f"{path}\0{os.path.abspath(path)}" for path in paths]
    key = os.fsencode("\n".join([here, python, vocabulary, *named]))
    return Place(os.path.join(folder(), f"{_short(key)}{SUFFIX}"), key)


def _short(key: bytes) -> str:
    """Sixteen digits for a key (FNV-1a: hashlib takes 4 ms to import). The index itself holds the key."""
    value = 0xCBF29CE484222325
    for byte in key:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def sealed(place: Place) -> bool:
    """Whether the file of the index is as we left it.

    One that anything else wrote to is not trusted, nor one in the middle of a commit.
    """
    try:
        with open(place.seal, "rb") as file:
            return file.read(100) == _state(place.path) and not os.path.exists(place.journal)
    except OSError:
        return False


def seal(place: Place) -> None:
    """Say that the index is as we leave it now, and not before it is on the disk."""
    with open(place.path, "rb") as file:
        os.fsync(file.fileno())
    beside = f"{place.seal}.{os.getpid()}"
    with open(beside, "wb") as file:
        file.write(_state(place.path))
    os.replace(beside, place.seal)


def _state(path: str) -> bytes:
    status = os.stat(path)
    return b"%d %d" % (status.st_size, status.st_mtime_ns)


def remove(place: Place) -> None:
    """Take the index away; the lock stays, since another process may be waiting for it."""
    for name in (place.seal, place.path, place.journal):
        try:
            os.remove(name)
        except FileNotFoundError:
            continue


def indexes() -> list[str]:
    """The indexes that there are, the one built last first; nobody else's files, whatever they are."""
    found = []
    with os.scandir(folder()) as entries:
        for entry in entries:
            name = entry.name.removesuffix(SUFFIX)
            if name != entry.name and len(name) == DIGITS and set(name) <= set("0123456789abcdef"):
                with suppress(FileNotFoundError):  # another process has just removed it
                    found.append((entry.stat().st_mtime_ns, entry.path))
    return [path for _, path in sorted(found, reverse=True)]


def make_room() -> None:
    """Remove the indexes that were not built for longest, when there are too many."""
    for path in indexes()[MOST:]:
        remove(Place(path, b""))
