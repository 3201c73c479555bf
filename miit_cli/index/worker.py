"""What comes of one file, as rows ready for the index. This is the work that several processes share."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from miit_cli.errors import InputError, unexpected
from miit_cli.index.full_text import searchable

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event

    from miit_cli.types import ParsedDocument, ReadingResult
    from miit_cli.vocabulary import Vocabulary

SqlRow = tuple[str | int | float | bytes | None, ...]

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


class Reads(Protocol):
    """What the index asks of a reader."""

    def records(self, document: ParsedDocument) -> ReadingResult | None:
        """What ``read`` gives; None, and sooner, where it has no observation."""

    def read(self, document: ParsedDocument) -> ReadingResult:
        """The observations and figures of a document."""


# Makes the reader, in each process that reads; it has to be importable by name.
MakeReader = Callable[["Vocabulary"], Reads]


class Job(NamedTuple):
    """A file to read, unless its content has the digest ``known``."""

    path: str
    known: str | None
    size: int
    account: bool = False  # of every figure, also where there is no observation


class DocumentRows(NamedTuple):
    """A document as rows of the tables, without the number that the index gives it."""

    document: SqlRow
    content: SqlRow
    words: str  # for searching
    records: list[SqlRow]


class Result(NamedTuple):
    """A file, looked into. Of ``rows`` and ``fault``, neither is there when the content was known already."""

    path: str
    read_at: int  # nanoseconds
    rows: DocumentRows | None = None
    fault: str = ""


def read_file(job: Job, reader: Callable[[], Reads]) -> Result:
    """Read a file; what is wrong with it, or goes wrong with it, is the ``fault``."""
    from miit_cli.corpus import parse_document, read_bytes

    read_at = time.time_ns()
    try:
        data = read_bytes(Path(job.path))
        if job.known is not None and sha256(data).hexdigest() == job.known:
            return Result(job.path, read_at)
        document = parse_document(Path(job.path), data)
        reading = reader().read(document) if job.account else reader().records(document)
        return Result(job.path, read_at, _rows(document, reading))
    except InputError as error:
        return Result(job.path, read_at, fault=str(error))
    except Exception as error:  # of ours; one bad document is one bad document
        return Result(job.path, read_at, fault=str(unexpected(job.path, error)))


def _rows(document: ParsedDocument, reading: ReadingResult | None) -> DocumentRows:
    """A document and what was read in it, as rows.

    None was read where it has no record, and nobody asked for its figures yet.
    """
    text = document.text
    found = sorted(
        reading.observations if reading else (),
        key=lambda found: (found.sentence, found.span_start, found.span_end),
    )
    figures = _encode([figure[1:] for figure in reading.figures]) if reading else None
    return DocumentRows(
        document=(
            *(document.id, os.fsencode(document.path), document.date, document.language, document.title),
            *(document.area, document.event, document.publisher, document.source, document.url),
            document.sha256,
        ),
        content=(text, document.outline, figures),
        words=searchable(text[start:end] for _, start, end, _, _ in document.sentences),
        # the fields of an observation, and its place
        records=[
            (each.indicator, str(each.value), *each[2:5], each.start or "", *each[6:], place)
            for place, each in enumerate(found)
        ],
    )


# --- in a process of its own ---------------------------------------------------------------------


class _State:
    """What a process keeps from one call to the next."""

    reader: Callable[[], Reads]
    stopped: Event


def begin(make: MakeReader, vocabulary: Vocabulary, stopped: Event) -> None:
    """Prepare a process that reads: it ends with the one that started it, and leaves interrupts to it."""
    import signal
    import sys
    from functools import cache
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a stray print must not end up among the data
    _State.reader, _State.stopped = cache(lambda: make(vocabulary)), stopped
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)


def read_files(jobs: list[Job]) -> list[Result]:
    """Read some files; none any more when all is to be stopped."""
    return [read_file(job, _State.reader) for job in jobs if not _State.stopped.is_set()]
