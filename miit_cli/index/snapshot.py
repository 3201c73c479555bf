"""How files look: what would have to be read again is what looks different.

A snapshot takes one ``stat`` a file. It holds the name, the size, both times and the inode of everything
below some paths, packed into bytes that are equal when all of that is. Times tell a change only when the
clock has moved on since: a file that was read within ``SETTLES`` of its last change may have changed again
unseen, so it is *unsettled* and its content is compared the next time too.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterable, Sequence

# The coarsest clock of a file system that we know of is FAT's, of two seconds.
SETTLES = 2_000_000_000

# size, modified, changed, inode; () is what cannot be looked at
Stat = tuple[int, int, int, int] | tuple[()]
# a folder ("" for a root that is a file), and what it holds by name
Folder = tuple[str, list[tuple[str, Stat]]]


def take(roots: Sequence[str], *, skip: Iterable[str] = ()) -> bytes:
    """What stands below each root, a folder or a file: nothing hidden, and nothing named in ``skip``."""
    passed, been = frozenset(skip), set[tuple[int, int]]()
    found: list[Folder] = []
    pending = list(roots)
    for path in pending:  # which grows meanwhile
        status = _status(path)
        if status is None or not _is_folder(status):
            found.append(("", [(path, _entry(status))]))
        elif (status.st_dev, status.st_ino) not in been:  # no link that leads back up
            been.add((status.st_dev, status.st_ino))
            found.append((path, _files(path, passed, pending)))
    return marshal.dumps(found, 2)  # version 2 knows no references: equal is equal


def _files(folder: str, passed: frozenset[str], pending: list[str]) -> list[tuple[str, Stat]]:
    """What is in a folder, but the folders in it: they are put behind those that are ``pending``."""
    found: list[tuple[str, Stat]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name[0] == "." or entry.name in passed:
                    continue
                status = _status(entry)
                if status is not None and _is_folder(status):
                    pending.append(entry.path)
                else:
                    found.append((entry.name, _entry(status)))
    except OSError:  # a folder that cannot be read
        found.append(("", ()))
    return found


def _status(path: str | os.DirEntry[str]) -> os.stat_result | None:
    try:
        return path.stat() if isinstance(path, os.DirEntry) else os.stat(path)
    except (OSError, ValueError):  # a link to nowhere; no path at all
        return None


def _is_folder(status: os.stat_result) -> bool:
    return status.st_mode & 0o170000 == 0o040000  # as POSIX has them; the module stat is not imported for it


def _entry(status: os.stat_result | None) -> Stat:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino) if status else ()


def by_path(data: bytes) -> dict[str, Stat]:
    """Each file of a snapshot by its path, written as ``pathlib`` writes it; nothing where it is none."""
    from pathlib import Path

    try:
        folders: list[Folder] = marshal.loads(data)
        return {
            f"{before}{name}" if folder else str(Path(name)): entry
            for folder, files in folders
            # one Path a folder: one a file would take longer than all the rest
            for before in [f"{Path(folder) / 'x'}"[:-1]]
            for name, entry in files
        }
    except (ValueError, EOFError, TypeError):
        return {}


def changed(entry: Stat) -> int:
    """When a file last changed, in nanoseconds; one that cannot be looked at never settles."""
    return max(entry[1], entry[2]) if entry else 1 << 62
