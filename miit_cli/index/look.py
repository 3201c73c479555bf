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
from collections.abc import Callable, Iterable, Iterator, Sequence

# The coarsest clock of a file system that we know of is FAT's, of two seconds.
SETTLES = 2_000_000_000
# Files that one process looks at before it asks others to help: to fork takes about as long.
CHUNK = 2000
MOST_HELPERS = 3

# size, modified, changed, inode; () is what cannot be looked at
Entry = tuple[int, int, int, int] | tuple[()]
Stat = Callable[[], os.stat_result]


def look(roots: Sequence[str], *, skip: Iterable[str] = ()) -> bytes:
    """What stands below each root, a folder or a file: nothing hidden, and no folder named in ``skip``."""
    passed = frozenset(skip)
    names: list[tuple[str, list[str]]] = []
    stats: list[Stat] = []
    for root in roots:
        for folder, files, found in _walk(root, passed):
            names.append((folder, files))
            stats += found
    chunks = [stats[start : start + CHUNK] for start in range(0, len(stats), CHUNK)]
    return marshal.dumps((names, _looked_at(chunks)), 2)  # version 2 knows no references: equal is equal


def _walk(root: str, skip: frozenset[str]) -> Iterator[tuple[str, list[str], list[Stat]]]:
    """Each folder below a root, with the names of its files and how to look at them."""
    if not os.path.isdir(root):
        yield "", [root], [lambda: os.stat(root)]
        return
    waiting, seen = [root], set()
    while waiting:
        folder = waiting.pop()
        try:
            status = os.stat(folder)
            if (status.st_dev, status.st_ino) in seen:  # a link that leads back up
                continue
            seen.add((status.st_dev, status.st_ino))
            files, stats, folders = _inside(folder, skip)
        except OSError:
            yield folder, [""], [lambda folder=folder: os.stat(f"{folder}/")]  # type: ignore[misc]
            continue
        waiting.extend(folders)
        yield folder, files, stats


def _inside(folder: str, skip: frozenset[str]) -> tuple[list[str], list[Stat], list[str]]:
    files: list[str] = []
    stats: list[Stat] = []
    folders: list[str] = []
    with os.scandir(folder) as inside:
        for item in inside:
            name = item.name
            if name.startswith("."):  # no document, whatever it is
                continue
            try:
                is_folder = item.is_dir()
            except OSError:  # a link to itself
                is_folder = False
            if not is_folder:
                files.append(name)
                stats.append(item.stat)
            elif name not in skip:
                folders.append(item.path)
    return files, stats, folders


# --- many files ----------------------------------------------------------------------------------


def _looked_at(chunks: list[list[Stat]]) -> list[bytes]:
    """Each chunk looked at; of many, other processes take their share."""
    shares = 1 + (min(MOST_HELPERS, _cores() - 1, len(chunks) // 2) if _may_fork() else 0)
    helpers = [_helper(chunks[turn::shares]) for turn in range(1, shares)]
    found: list[list[bytes]] = [[_entries(chunk) for chunk in chunks[::shares]]]
    for turn, helper in enumerate(helpers, 1):
        share = _answer(helper) if helper else None
        found.append(share or [_entries(chunk) for chunk in chunks[turn::shares]])
    return [found[place % shares][place // shares] for place in range(len(chunks))]


def _entries(chunk: list[Stat]) -> bytes:
    found: list[Entry] = []
    for stat in chunk:
        try:
            status = stat()
        except (OSError, ValueError):  # a link to nowhere; no path at all
            found.append(())
            continue
        found.append((status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    return marshal.dumps(found, 2)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _may_fork() -> bool:
    """A fork is a copy of this thread alone, so there must be no other."""
    threading = sys.modules.get("threading")
    return hasattr(os, "fork") and (threading is None or threading.active_count() == 1)


def _helper(chunks: list[list[Stat]]) -> tuple[int, int] | None:
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


def _answer(helper: tuple[int, int]) -> list[bytes] | None:
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
            found[before + name if folder else str(Path(name))] = next(entries)
    return found


def changed(entry: Entry) -> int:
    """When a file last changed, in nanoseconds; one that cannot be looked at never settles."""
    return max(entry[1], entry[2]) if entry else 1 << 62
