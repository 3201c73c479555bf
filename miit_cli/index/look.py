"""A look at files and folders: what would have to be read again is what looks different.

A look takes one ``stat`` a file. It holds the name, the size, both times and the inode of everything
below the paths, packed into bytes that are equal when all of that is. Times tell a change only when the
clock has moved on since: a file that was read within ``SETTLES`` of its last change may have changed
again unseen, so it is *unsettled* and its content is looked at the next time too.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable, Sequence

# The coarsest clock of a file system that we know of is FAT's, of two seconds.
SETTLES = 2_000_000_000
# Files that one process looks at before it asks others to help: to fork takes about as long.
CHUNK = 2000
MOST_HELPERS = 3

# size, modified, changed, inode; () is what cannot be looked at, None what is a folder
Entry = tuple[int, int, int, int] | tuple[()]
# a folder, and names in it
Chunk = tuple[str, list[str]]
# the entries of a chunk, packed; and which of its names are folders, with their device and inode
Seen = tuple[bytes, list[tuple[int, int, int]]]


def look(roots: Sequence[str], *, skip: Iterable[str] = ()) -> bytes:
    """What stands below each root, a folder or a file: nothing hidden, and nothing named in ``skip``."""
    passed = frozenset(skip)
    looked: list[tuple[Chunk, bytes]] = []
    folders: list[tuple[str, int, int]] = []
    for root in roots:
        entries, inside = _entries(("", [root]))
        folders += [(root, device, inode) for _, device, inode in inside]
        if not inside:
            looked.append((("", [root]), entries))
    been: set[tuple[int, int]] = set()
    while folders:
        level: list[Chunk] = []
        for folder, device, inode in folders:
            if (device, inode) not in been:  # no link that leads back up
                been.add((device, inode))
                level += _chunks(folder, _names(folder, passed))
        folders = []
        for chunk, (entries, inside) in zip(level, _looked_at(level), strict=True):
            looked.append((chunk, entries))
            for place, device, inode in inside:
                folders.append((os.path.join(chunk[0], chunk[1][place]), device, inode))
    # version 2 knows no references: equal is equal
    return marshal.dumps(([chunk for chunk, _ in looked], [entries for _, entries in looked]), 2)


def _names(folder: str, skip: frozenset[str]) -> list[str]:
    """The names in a folder; of one that cannot be read, an empty one stands for it."""
    try:
        return [name for name in os.listdir(folder) if name[0] != "." and name not in skip]
    except OSError:
        return [""]


def _chunks(folder: str, names: list[str]) -> list[Chunk]:
    return [(folder, names[start : start + CHUNK]) for start in range(0, len(names), CHUNK)] or [(folder, [])]


def _entries(chunk: Chunk) -> Seen:
    """A look at each name of a chunk, by its folder: that spares the system the way to it."""
    folder, names = chunk
    found: list[Entry | None] = []
    inside: list[tuple[int, int, int]] = []
    try:
        base = os.open(folder, os.O_RDONLY) if os.stat in os.supports_dir_fd else None
    except OSError:  # no folder, or one that cannot be read
        base = None
    before = "" if base is not None or not folder else os.path.join(folder, "")
    for place, name in enumerate(names):
        try:
            status = os.stat(before + name, dir_fd=base)
        except (OSError, ValueError):  # a link to nowhere; no path at all
            found.append(())
            continue
        if status.st_mode & _TYPE == _FOLDER and name:  # no name: a folder that cannot be read
            inside.append((place, status.st_dev, status.st_ino))
            found.append(None)
        else:
            found.append((status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    if base is not None:
        os.close(base)
    return marshal.dumps(found, 2), inside


_TYPE, _FOLDER = 0o170000, 0o040000  # of a mode, as POSIX has them; the module stat is not imported for it


# --- many files ----------------------------------------------------------------------------------


def _looked_at(chunks: list[Chunk]) -> list[Seen]:
    """Each chunk looked at; of many files, other processes take their share."""
    shares = _shares(chunks)
    helpers = [_helper(share) for share in shares[1:]]
    found = [_entries(chunk) for chunk in shares[0]]
    for share, helper in zip(shares[1:], helpers, strict=True):
        told = _answer(helper) if helper else None
        found += told or [_entries(chunk) for chunk in share]
    return found


def _shares(chunks: list[Chunk]) -> list[list[Chunk]]:
    """The chunks in order, parted among as many processes as are worth their start."""
    files = sum(len(names) for _, names in chunks)
    count = 1
    if files >= 2 * CHUNK and _may_fork():
        count += min(MOST_HELPERS, _cores() - 1, files // (2 * CHUNK))
    shares: list[list[Chunk]] = [[] for _ in range(count)]
    before = 0
    for chunk in chunks:
        shares[min(before * count // max(files, 1), count - 1)].append(chunk)
        before += len(chunk[1])
    return shares


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _may_fork() -> bool:
    """A fork is a copy of this thread alone, so there must be no other."""
    threading = sys.modules.get("threading")
    return hasattr(os, "fork") and (threading is None or threading.active_count() == 1)


def _helper(chunks: list[Chunk]) -> tuple[int, int] | None:
    """A process that looks at chunks, and the pipe that it answers through; None where there can be none."""
    try:
        answer, say = os.pipe()
    except OSError:
        return None
    try:
        process = os.fork()
    except OSError:
        os.close(answer)
        os.close(say)
        return None
    if process == 0:  # nothing of this program may run on here, whatever happens
        try:
            os.close(answer)
            with open(say, "wb") as pipe:
                pipe.write(marshal.dumps([_entries(chunk) for chunk in chunks], 2))
            os._exit(0)
        except BaseException:
            os._exit(1)
    os.close(say)
    return process, answer


def _answer(helper: tuple[int, int]) -> list[Seen] | None:
    """What a helper found; None when it came to nothing."""
    process, answer = helper
    try:
        with open(answer, "rb") as pipe:
            data = pipe.read()
    finally:
        _, status = os.waitpid(process, 0)
    return marshal.loads(data) if status == 0 else None


# --- what was seen -------------------------------------------------------------------------------


def by_path(data: bytes) -> dict[str, Entry]:
    """Each file of a look by its path, written as ``pathlib`` writes it; nothing where this is no look."""
    from pathlib import Path

    try:
        names, chunks = marshal.loads(data)
        entries = iter([entry for chunk in chunks for entry in marshal.loads(chunk)])
    except (ValueError, EOFError, TypeError):
        return {}
    found: dict[str, Entry] = {}
    for folder, files in names:
        # one Path a folder: one a file would take longer than all the rest
        before = f"{Path(folder) / 'x'}"[:-1] if folder else ""
        for name in files:
            entry = next(entries)
            if entry is not None:
                found[before + name if folder else str(Path(name))] = entry
    return found


def changed(entry: Entry) -> int:
    """When a file last changed, in nanoseconds; one that cannot be looked at never settles."""
    return max(entry[1], entry[2]) if entry else 1 << 62
