"""What comes of one file, as rows ready for the index. This is the work that several processes share."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from miit_cli.errors import InputError
from miit_cli.index.words import words

if TYPE_CHECKING:
    from miit_cli.facts import Document, Figure, Observation, Reading
    from miit_cli.vocabulary import Vocabulary

Row = tuple[str | int | float | bytes, ...]


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_VALUE = 6  # its place in what is kept of a figure


class Reads(Protocol):
    """What the index asks of a reader."""

    def read(self, document: Document) -> Reading:
        """The observations and figures of a document."""


# Makes the reader, in each process that reads; it has to be importable by name.
MakeReader = Callable[["Vocabulary"], Reads]


class Rows(NamedTuple):
    """A document as rows of the tables; ``number`` is left to the index."""

    document: Row
    content: Row
    records: list[Row]
    words: list[tuple[int, str]]  # of each sentence, by its number


class Parcel(NamedTuple):
    """A file, looked into. Of ``rows`` and ``fault``, neither is there when the content was known already."""

    path: str
    read_at: int  # nanoseconds
    rows: Rows | None = None
    fault: str = ""


def opened(path: str, known: str | None, reader: Callable[[], Reads]) -> Parcel:
    """Read a file, unless its content has the digest ``known``; what is wrong with it is its ``fault``."""
    from miit_cli.corpus import parse_document, read_bytes

    read_at = time.time_ns()
    try:
        data = read_bytes(Path(path))
        if known is not None and sha256(data).hexdigest() == known:
            return Parcel(path, read_at)
        document = parse_document(Path(path), data)
    except InputError as error:
        return Parcel(path, read_at, fault=str(error))
    return Parcel(path, read_at, rows(document, reader().read(document)))


def rows(document: Document, reading: Reading) -> Rows:
    """A document and what was read in it, as rows."""
    text = document.text
    found = sorted(reading.observations, key=lambda found: (found.sentence, found.span_start, found.span_end))
    return Rows(
        document=(
            document.id,
            os.fsencode(document.path),
            document.date,
            document.language,
            document.title,
            document.area,
            document.event,
            document.publisher,
            document.source,
            document.url,
            document.sha256,
            document.body,
        ),
        content=(text, _encode([_figure(figure) for figure in reading.figures])),
        records=[_record(place, observation) for place, observation in enumerate(found)],
        words=[(number, words(text[start:end])) for number, start, end, _, _ in document.sentences],
    )


def _figure(figure: Figure) -> list[object]:
    """What a figure says beside its document, without what it does not say at the end."""
    told: list[object] = [*figure[1:]]
    if figure.value is not None:
        told[_VALUE] = str(figure.value)
    while not told[-1]:
        told.pop()
    return told


def _record(place: int, found: Observation) -> Row:
    return (
        found.indicator,
        found.end,
        found.start or "",
        found.published,
        found.document,
        place,
        found.status,
        str(found.value),
        found.bound,
        found.unit,
        found.basis,
        found.measure,
        found.nature,
        found.sentence,
        found.span_start,
        found.span_end,
        found.surface,
        found.quote,
        found.note,
        found.confidence,
    )
