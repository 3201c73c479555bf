"""A look at files and folders: what would have to be read again is what looks different.

A look takes one ``stat`` a file. It holds the name, the size, both times and the inode of everything
below the paths, and is compared as bytes. Times tell a change only when the clock has moved on since: a
file that was read within ``SETTLES`` of its last change may have changed again unseen, so it is
*unsettled* and its content is looked at the next time too.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterable, Iterator, Sequence

# The coarsest clock of a file system that we know of is FAT's, of two seconds.
SETTLES = 2_000_000_000

# name, size, modified, changed, inode; a name alone is a folder, or nothing that can be looked at
Entry = tuple[str, int, int, int, int] | tuple[str]
Look = list[tuple[str, list[Entry]]]


def look(roots: Sequence[str], *, skip: Iterable[str] = ()) -> Look:
    """What stands below each root, a folder or a file: nothing hidden, and no folder named in ``skip``."""
    found: Look = []
    for root in roots:
        if os.path.isdir(root):
            found.extend(_walk(root, frozenset(skip)))
        else:
            found.append(("", [_entry(root, root)]))
    return found


def _walk(root: str, skip: frozenset[str]) -> Iterator[tuple[str, list[Entry]]]:
    waiting, seen = [root], set()
    while waiting:
        folder = waiting.pop()
        try:
            status = os.stat(folder)
            if (status.st_dev, status.st_ino) in seen:  # a link that leads back up
                continue
            seen.add((status.st_dev, status.st_ino))
            entries, folders = _inside(folder, skip)
        except OSError:
            yield folder, [("",)]
            continue
        waiting.extend(folders)
        yield folder, entries


def _inside(folder: str, skip: frozenset[str]) -> tuple[list[Entry], list[str]]:
    entries: list[Entry] = []
    folders: list[str] = []
    with os.scandir(folder) as inside:
        for item in inside:
            if item.name.startswith("."):  # no document, whatever it is
                continue
            try:
                if item.is_dir():
                    if item.name not in skip:
                        entries.append((item.name,))
                        folders.append(item.path)
                    continue
                status = item.stat()
            except OSError:  # a link to nowhere, or to itself
                entries.append((item.name,))
                continue
            entries.append((item.name, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    return entries, folders


def _entry(path: str, name: str) -> Entry:
    try:
        status = os.stat(path)
    except (OSError, ValueError):  # nothing there, or no path at all
        return (name,)
    return name, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def packed(look: Look) -> bytes:
    """A look as bytes: equal looks give equal bytes (version 2 of marshal knows no references)."""
    return marshal.dumps(look, 2)


def unpacked(data: bytes) -> Look:
    """The look that ``packed`` made bytes of; an empty one, like nothing, for other bytes."""
    try:
        found: Look = marshal.loads(data)
    except (ValueError, EOFError, TypeError):
        return []
    return found


def by_path(look: Look) -> dict[str, Entry]:
    """Each file of a look by its path, written as ``pathlib`` writes it."""
    from pathlib import Path

    found: dict[str, Entry] = {}
    for folder, entries in look:
        # one Path a folder: one a file would take longer than all the rest
        before = f"{Path(folder) / 'x'}"[:-1] if folder else ""
        for entry in entries:
            if len(entry) > 1:
                found[before + entry[0] if folder else str(Path(entry[0]))] = entry
    return found


def changed(entry: Entry) -> int:
    """When a file last changed, in nanoseconds; one that cannot be looked at never settles."""
    return max(entry[2], entry[3]) if len(entry) > 1 else 1 << 62
