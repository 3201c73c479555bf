"""Processes that read files for this one.

They are plain child processes that talk through pipes, and not ``multiprocessing``: a fork would copy
locks that a progress bar's thread holds, and a spawn would run the main module of whoever imports us
again. A crew costs some 0.2 s to start, so that little work is done in this process.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from queue import SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, NamedTuple

from miit_cli.index.parcel import MakeReader, Parcel, Reads, opened

if TYPE_CHECKING:
    from miit_cli.vocabulary import Vocabulary

# Bytes that are worth one more process, and that a process is given at a time.
WORTH = 600_000
CHUNK = 200_000
MOST_FILES = 100
# Chunks that a process has before it, so that it never waits; what bounds the memory.
AHEAD = 3
HEADER = 8


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
        self._make, self._vocabulary = make, vocabulary
        self._reader: Reads | None = None
        self._hands: list[_Hand] = []
        order = pickle.dumps((make, vocabulary)) if hands else b""
        try:
            for _ in range(hands):
                self._hands.append(_Hand(order))
        except BaseException:
            self.close()
            raise

    def read(self, chunks: Iterable[list[Job]]) -> Iterator[Parcel]:
        given: deque[tuple[_Hand, list[Job]]] = deque()
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

    def _take(self, hand: _Hand, chunk: list[Job]) -> Iterable[Parcel]:
        found = hand.take()
        # where it died, whatever killed it: the work is still to be done
        return self._read_alone(chunk) if found is None else found

    def _read_alone(self, chunk: list[Job]) -> Iterator[Parcel]:
        for job in chunk:
            self._reader = self._reader or self._make(self._vocabulary)
            yield opened(job.path, job.known, self._reader)


class _Hand:
    """One process. A thread empties its pipe, so that it never waits for us to take what it found."""

    def __init__(self, order: bytes) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._found: SimpleQueue[bytes] = SimpleQueue()
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()
        self._say(pickle.dumps(sys.path) + order)

    def give(self, chunk: list[Job]) -> None:
        self._say(pickle.dumps(chunk))

    def take(self) -> list[Parcel] | None:
        """What the process found in the oldest chunk that was not taken; None when it is dead."""
        data = self._found.get()
        if not data:
            self._found.put(data)
            return None
        found: list[Parcel] | Exception = pickle.loads(data)
        if isinstance(found, Exception):
            raise found
        return found

    def dismiss(self) -> None:
        self._process.kill()
        self._process.wait()
        self._thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close(pipe)

    def _say(self, data: bytes) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        try:
            pipe.write(data)
            pipe.flush()
        except OSError:  # it died; ``take`` finds out
            pass

    def _listen(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None
        while data := _frame(pipe):
            self._found.put(data)
        self._found.put(b"")


def _close(pipe: IO[bytes]) -> None:
    with suppress(OSError):  # what was still to be said has nobody to hear it
        pipe.close()


def _frame(pipe: IO[bytes]) -> bytes:
    """The next message, b"" at the end of all or in the middle of one."""
    size = int.from_bytes(pipe.read(HEADER), "big")
    data = pipe.read(size)
    return data if len(data) == size else b""


_START = """\
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
from miit_cli.index.crew import work
work()
"""


def work() -> None:
    """What a process of the crew does: it reads chunks from standard input until there are no more."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that started us decides what an interrupt means
    source = sys.stdin.buffer
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a stray print must not end up among the messages
    try:
        make, vocabulary = pickle.load(source)
        reader = make(vocabulary)
        while True:
            data = pickle.dumps(_worked(pickle.load(source), reader))
            out.write(len(data).to_bytes(HEADER, "big") + data)
            out.flush()
    except (EOFError, BrokenPipeError):  # the one that started us has all it wants, or is gone
        os._exit(0)


def _worked(chunk: list[Job], reader: Reads) -> list[Parcel] | Exception:
    try:
        return [opened(job.path, job.known, reader) for job in chunk]
    except Exception as error:  # a fault of ours: let it be seen where it is seen without a crew
        return error
