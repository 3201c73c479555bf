"""Reads files, many of them in several processes.

A process takes some time to start, so that little work is done in this one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from miit_cli.index.worker import Job, MakeReader, Result, begin, read_file, read_one

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from multiprocessing.synchronize import Event

    from miit_cli.vocabulary import Vocabulary

# Bytes that are worth one more process.
WORTH = 600_000
# Files that a process is given at a time: at most so many, and in so many turns at least.
CHUNK, TURNS = 40, 8


def read(jobs: Sequence[Job], vocabulary: Vocabulary, make: MakeReader, processes: int) -> Generator[Result]:
    """Read files, in their order. ``processes`` is how many may do it; 0 is one for each core."""
    count = min(processes or cores(), sum(job.size for job in jobs) // WORTH, len(jobs))
    done = 0
    if count > 1:
        from concurrent.futures.process import BrokenProcessPool

        # where processes died, or could not be started, the work is still to be done
        with suppress(OSError, BrokenProcessPool), _pool(count, vocabulary, make) as pool:
            for result in _mapped(pool, jobs, max(1, min(CHUNK, len(jobs) // count // TURNS))):
                yield result
                done += 1
    reader = cache(lambda: make(vocabulary))
    yield from (read_file(job, reader) for job in jobs[done:])


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _pool(count: int, vocabulary: Vocabulary, make: MakeReader) -> Iterator[Executor]:
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


def _mapped(pool: Executor, jobs: Sequence[Job], chunk: int) -> Iterator[Result]:
    """What the processes of a pool read, in order."""
    main = sys.modules["__main__"]
    # that of whoever imports us; new processes would run it again
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        results = pool.map(read_one, jobs, chunksize=chunk)
    finally:
        sys.modules["__main__"] = main
    return filter(None, results)
