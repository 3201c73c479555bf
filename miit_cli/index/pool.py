"""Reads files, many of them in several processes.

A process takes some time to start, so that little work is done in this one.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import accumulate, groupby
from types import ModuleType
from typing import TYPE_CHECKING

from miit_cli.index.worker import Job, MakeReader, Result, begin, read_file, read_files

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.synchronize import Event

    from miit_cli.vocabulary import Vocabulary

# Bytes that are worth one more process, and that a process is given at a time.
WORTH = 600_000
CHUNK = 200_000
MOST_FILES = 100
# Chunks for each process that are under way, so that none waits; what bounds the memory.
AHEAD = 3


def read(jobs: Sequence[Job], vocabulary: Vocabulary, make: MakeReader, processes: int) -> Generator[Result]:
    """Read files, in their order. ``processes`` is how many may do it; 0 is one for each core."""
    count = min(processes or cores(), sum(job.size for job in jobs) // WORTH, len(jobs))
    done = 0
    if count > 1:
        from concurrent.futures import BrokenExecutor

        try:
            for result in _shared(jobs, count, vocabulary, make):
                done += 1
                yield result
        except (OSError, BrokenExecutor):  # processes died, or could not be started: the rest is done here
            pass
    reader = cache(lambda: make(vocabulary))
    yield from (read_file(job, reader) for job in jobs[done:])


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _shared(jobs: Sequence[Job], count: int, vocabulary: Vocabulary, make: MakeReader) -> Iterator[Result]:
    """What processes find in the files, in order. Raises OSError or BrokenExecutor where there are none."""
    with _pool(count, vocabulary, make) as pool:
        pending: deque[Future[list[Result]]] = deque()
        ends = accumulate(job.size + CHUNK // MOST_FILES for job in jobs)
        # files that follow each other, as many as make some CHUNK bytes
        for _, run in groupby(zip(ends, jobs, strict=True), lambda pair: pair[0] // CHUNK):
            with _no_main():
                pending.append(pool.submit(read_files, [job for _, job in run]))
            if len(pending) >= AHEAD * count:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()


@contextmanager
def _pool(count: int, vocabulary: Vocabulary, make: MakeReader) -> Iterator[ProcessPoolExecutor]:
    """Processes that start when they are first needed, and stop at once when this is left.

    They are new processes and no forks: a fork would copy locks that other threads of this one hold.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    context = get_context("spawn")
    stopped: Event = context.Event()
    pool = ProcessPoolExecutor(count, context, begin, (make, vocabulary, stopped))
    try:
        yield pool
    finally:
        stopped.set()
        pool.shutdown(cancel_futures=True)


@contextmanager
def _no_main() -> Iterator[None]:
    """Keeps new processes from running the main module again: it is that of whoever imports us."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
