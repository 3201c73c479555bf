"""Where an index is kept, whether what is there is what we left there, and who may write it."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from filelock import BaseFileLock

VARIABLE = "MIIT_CACHE_DIR"
SUFFIX = ".sqlite"
DIGITS = 16  # of the name
# An index that was not built anew for longest makes room when there are more than this.
MOST = 40
# Seconds without any sign of life after which another process that builds is taken to hang.
PATIENCE = 15.0


class Unusable(Exception):
    """The index cannot be used, for a reason fit for the user."""


class Location(NamedTuple):
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
    if sys.platform.startswith("linux"):  # as platformdirs says (a test compares), without its import
        base = os.environ.get("XDG_CACHE_HOME", "").strip()
        return os.path.join(base if os.path.isabs(base) else os.path.expanduser("~/.cache"), "miit")
    from platformdirs import user_cache_dir

    return user_cache_dir("miit", appauthor=False)


def locate(paths: Sequence[str], vocabulary: str) -> Location:
    """Where the index of these documents, read with the vocabulary of this fingerprint, is.

    Each installation of the program has its own, so that two of different age do not rebuild in turns.
    """
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    named = [f"{path}\0{os.path.abspath(path)}" for path in paths]
    key = os.fsencode("\n".join([here, python, vocabulary, *named]))
    name = f"{zlib.crc32(key):08x}{zlib.adler32(key):08x}"  # the index itself holds the key, so checksums do
    return Location(os.path.join(folder(), name + SUFFIX), key)


# --- what we left there --------------------------------------------------------------------------


def sealed(location: Location) -> bool:
    """Whether the file of the index is as we left it, and whole, though perhaps unfinished.

    One that anything else wrote to is not, nor one whose builder was killed in a commit.
    """
    try:
        with open(location.seal, "rb") as file:
            return file.read(100) == _state(location.path) and not os.path.exists(location.journal)
    except OSError:
        return False


def seal(location: Location) -> None:
    """Say that the index is as we leave it now, after a commit, by which it is on the disk."""
    beside = f"{location.seal}.{os.getpid()}"
    with open(beside, "wb") as file:
        file.write(_state(location.path))
    os.replace(beside, location.seal)


def _state(path: str) -> bytes:
    """What changes when a file is written to."""
    status = os.stat(path)
    return b"%d %d" % (status.st_size, status.st_mtime_ns)


def remove(location: Location) -> None:
    """Take the index away; the lock stays, since another process may be waiting for it."""
    for name in (location.seal, location.path, location.journal):
        with suppress(FileNotFoundError):
            os.remove(name)


def indexes() -> list[str]:
    """The indexes that there are, the one built last first; nobody else's files, whatever they are."""
    found = []
    with suppress(OSError), os.scandir(folder()) as entries:
        for entry in entries:
            name = entry.name.removesuffix(SUFFIX)
            if name != entry.name and len(name) == DIGITS and set(name) <= set("0123456789abcdef"):
                with suppress(FileNotFoundError):  # another process has just removed it
                    found.append((entry.stat().st_mtime_ns, entry.path))
    return [path for _, path in sorted(found, reverse=True)]


def make_room() -> None:
    """Remove the indexes that were not built for longest, when there are too many."""
    for path in indexes()[MOST:]:
        remove(Location(path, b""))


# --- one builder at a time -----------------------------------------------------------------------


@contextmanager
def locked(location: Location, waits: Callable[[], None] = lambda: None) -> Iterator[bool]:
    """Be the only process that writes this index; the system ends that when the process dies.

    Waits while another one gets on with it; ``waits`` is called once when that takes long. Gives whether
    there was another. Raises Unusable when the other does not get on, OSError where nothing can be written.
    """
    from filelock import FileLock

    os.makedirs(os.path.dirname(location.path), exist_ok=True)
    os.close(os.open(location.lock, os.O_RDWR | os.O_CREAT, 0o600))  # FileLock takes some errors for a lock
    lock = FileLock(location.lock, mode=0o600)
    try:
        others = not _taken(lock, 0)
        if others and not _taken(lock, 1):
            waits()
            life = _life(location)
            while not _taken(lock, PATIENCE):
                before, life = life, _life(location)
                if life == before:
                    raise Unusable("another process has been building it and does not get on")
    except NotImplementedError as error:  # a file system without locks
        raise Unusable("its folder knows no locks") from error
    try:
        yield others
    finally:
        lock.release()


def _taken(lock: BaseFileLock, seconds: float) -> bool:
    """Whether the lock is ours within so many seconds."""
    from filelock import Timeout

    with suppress(Timeout):
        lock.acquire(seconds, poll_interval=0.02)
    return lock.is_locked


def _life(location: Location) -> list[bytes]:
    """What changes when the builder gets on."""
    signs = []
    for name in (location.path, location.journal, location.seal):
        with suppress(OSError):
            signs.append(_state(name))
    return signs
