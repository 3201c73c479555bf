"""Reads files, many of them in several processes.

A process takes some time to start, so that little work is done in this one.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.index.parcel import MakeReader, Parcel, opened

if TYPE_CHECKING:
    from miit_cli.index.hand import Hand
    from miit_cli.vocabulary import Vocabulary

# Bytes that are worth one more process, and that a process is given at a time.
WORTH = 600_000
CHUNK = 200_000
MOST_FILES = 100
# Chunks that a process has before it, so that it never waits; what bounds the memory.
AHEAD = 3


class Job(NamedTuple):
    """A file to read, unless its content has the digest ``known``."""

    path: str
    known: str | None
    size: int


def read(jobs: Sequence[Job], vocabulary: Vocabulary, make: MakeReader, processes: int) -> Generator[Parcel]:
    """Read files, in their order. ``processes`` is how many may do it; 0 is one for each core."""
    size = sum(job.size for job in jobs)
    hands = min(processes or cores(), size // WORTH, len(jobs))
    try:
        crew = _Crew(hands if hands > 1 else 0, vocabulary, make)
    except OSError:  # no more processes, or no program to start: it can still be done alone
        crew = _Crew(0, vocabulary, make)
    with closing(crew):
        yield from crew.read(_chunks(jobs))


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _chunks(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    chunk: list[Job] = []
    size = 0
    for job in jobs:
        chunk.append(job)
        size += job.size
        if size >= CHUNK or len(chunk) >= MOST_FILES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


class _Crew:
    """Some processes, given chunks in turn; what they find comes back in the order of the chunks.

    With no ``hands`` this process reads.
    """

    def __init__(self, hands: int, vocabulary: Vocabulary, make: MakeReader) -> None:
        self._reader = cache(lambda: make(vocabulary))
        self._hands: list[Hand] = []
        try:
            self._engage(hands, vocabulary, make)
        except BaseException:
            self.close()
            raise

    def _engage(self, hands: int, vocabulary: Vocabulary, make: MakeReader) -> None:
        if not hands:
            return
        from miit_cli.index.hand import Hand

        for _ in range(hands):
            self._hands.append(Hand(vocabulary, make))

    def read(self, chunks: Iterable[list[Job]]) -> Iterator[Parcel]:
        given: deque[tuple[Hand, list[Job]]] = deque()
        for turn, chunk in enumerate(chunks):
            if not self._hands:
                yield from self._read_alone(chunk)
                continue
            hand = self._hands[turn % len(self._hands)]
            hand.give(chunk)
            given.append((hand, chunk))
            if len(given) >= AHEAD * len(self._hands):
                yield from self._take(*given.popleft())
        while given:
            yield from self._take(*given.popleft())

    def close(self) -> None:
        for hand in self._hands:
            hand.dismiss()

    def _take(self, hand: Hand, chunk: list[Job]) -> Iterable[Parcel]:
        found = hand.take()
        # where it died, whatever killed it: the work is still to be done
        return self._read_alone(chunk) if found is None else found

    def _read_alone(self, chunk: list[Job]) -> Iterator[Parcel]:
        for job in chunk:
            yield opened(job.path, job.known, self._reader)
