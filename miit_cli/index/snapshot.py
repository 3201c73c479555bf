"""How files look: what would have to be read again is what looks different.

A snapshot takes one ``stat`` a file. It holds the name, the size, both times and the inode of everything
below some paths, packed into bytes that are equal when all of that is. Times tell a change only when the
clock has moved on since: a file that was read within ``SETTLES`` of its last change may have changed again
unseen, so it is *unsettled* and its content is compared the next time too.
"""

from __future__ import annotations

import gc
import marshal
import os
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from stat import S_ISDIR

# The coarsest clock of a file system that we know of is FAT's, of two seconds.
SETTLES = 2_000_000_000

# size, modified, changed, inode; () is what cannot be looked at
Stat = tuple[int, int, int, int] | tuple[()]
_told: Callable[[os.stat_result], Stat] = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")
# a folder ("" for a root that is a file), and what it holds by name
Folder = tuple[str, list[tuple[str, Stat]]]


def take(roots: Sequence[str], *, skip: Iterable[str] = ()) -> bytes:
    """What stands below each root, a folder or a file: nothing hidden, and nothing named in ``skip``."""
    collects = gc.isenabled()
    gc.disable()  # nothing here is garbage, and looking for it takes as long as all the rest
    try:
        return marshal.dumps(_folders(roots, frozenset(skip)), 2)  # it knows no references: equal is equal
    finally:
        if collects:
            gc.enable()


def _folders(roots: Sequence[str], passed: frozenset[str]) -> list[Folder]:
    been = set[tuple[int, int]]()
    found: list[Folder] = []
    pending = list(roots)
    for path in pending:  # which grows meanwhile
        try:
            status = os.stat(path)
        except (OSError, ValueError):  # a link to nowhere; no path at all
            found.append(("", [(path, ())]))
            continue
        if not S_ISDIR(status.st_mode):
            found.append(("", [(path, _told(status))]))
        elif (status.st_dev, status.st_ino) not in been:  # no link that leads back up
            been.add((status.st_dev, status.st_ino))
            found.append((path, _files(path, passed, pending)))
    return found


def _files(folder: str, passed: frozenset[str], pending: list[str]) -> list[tuple[str, Stat]]:
    """What is in a folder, but the folders in it: they are put behind those that are ``pending``.

    Written for speed: what a question on a large archive takes is nearly all spent here.
    """
    found: list[tuple[str, Stat]] = []
    add = found.append
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if name[0] == "." or name in passed:
                    continue
                try:
                    status = entry.stat()
                except (OSError, ValueError):  # a link to nowhere
                    add((name, ()))
                    continue
                if S_ISDIR(status.st_mode):
                    pending.append(entry.path)
                else:
                    add((name, _told(status)))
    except OSError:  # a folder that cannot be read
        add(("", ()))
    return found


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
