"""A process that reads files for this one.

It is a plain child process that talks through pipes, and not ``multiprocessing``: a fork would copy
locks that a progress bar's thread holds, and a spawn would run the main module of whoever imports us
again.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from queue import SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING

from miit_cli.index.parcel import MakeReader, Parcel, Reads, opened

if TYPE_CHECKING:
    from miit_cli.index.crew import Job
    from miit_cli.vocabulary import Vocabulary

HEADER = 8  # bytes that say how long a message is


class Hand:
    """One process. A thread empties its pipe, so that it never waits for us to take what it found."""

    def __init__(self, vocabulary: Vocabulary, make: MakeReader) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._found: SimpleQueue[bytes] = SimpleQueue()
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()
        self._say(pickle.dumps(sys.path) + pickle.dumps((make, vocabulary)))

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
from miit_cli.index.hand import work
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
        reader = cache(lambda: make(vocabulary))
        while True:
            data = pickle.dumps(_worked(pickle.load(source), reader))
            out.write(len(data).to_bytes(HEADER, "big") + data)
            out.flush()
    except (EOFError, BrokenPipeError):  # the one that started us has all it wants, or is gone
        os._exit(0)


def _worked(chunk: list[Job], reader: Callable[[], Reads]) -> list[Parcel] | Exception:
    try:
        return [opened(job.path, job.known, reader) for job in chunk]
    except Exception as error:  # a fault of ours: let it be seen where it is seen without a crew
        return error
