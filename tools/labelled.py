"""Labelled texts: documents, the records that they hold, and the numbers in them that are none.

A folder of labelled texts holds ``YYYY-MM-DD-name.md``, ``records.csv`` (the columns of a record, with
``alt`` for what may also be right, and ``quote``) and, where it has one, ``not-records.csv``
(``document,value,reason,quote``); where it has none, numbers without a row are no records, and why is not
said. A quote is the piece of text that holds the number; it stands once in its document. Training
(``tools/train.py``), evaluation (``tools/evaluate.py``) and the tests read them from here.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from miit_cli import corpus
from miit_cli.types import ParsedDocument

TEXTS = Path(__file__).resolve().parent.parent / "tests" / "labelled"
HELD_OUT = TEXTS.with_name("heldout")  # texts of the same manner that nothing is learned from
RECORDS = ("records.csv", "gold.csv")  # the names that a table of records may have
OTHER = "OTHER:"  # begins the indicator of a figure that the vocabulary has no entry for

RECORD_COLUMNS = (
    "document",
    "indicator",
    "value",
    "bound",
    "status",
    "start",
    "end",
    "basis",
    "alt",
    "quote",
)
NONE_COLUMNS = ("document", "value", "reason", "quote")


class Span(NamedTuple):
    """Where a quote stands: ``document.text[start:end]``; -1 for a quote that could not be located."""

    start: int
    end: int


class Gold(NamedTuple):
    """A record that a text holds, or with an indicator that begins with ``OTHER:`` an uncatalogued figure."""

    document: str
    indicator: str
    value: Decimal
    bound: str
    status: str
    start: str  # "" for a stock
    end: str
    basis: str
    alt: Mapping[str, frozenset[str]]  # what is right as well, by field; ``optional`` holds ``yes``
    quote: str
    span: Span

    @property
    def catalogued(self) -> bool:
        """Whether the vocabulary has an entry for it."""
        return not self.indicator.startswith(OTHER)

    @property
    def optional(self) -> bool:
        """Whether neither reading it nor leaving it out is a fault."""
        return "yes" in self.alt.get("optional", ()) or "optional" in self.alt.get("row", ())

    def accepted(self, field: str) -> frozenset[str]:
        """The values of a field that are right, as text: ``accepted("bound") == {"exact", "approx"}``."""
        return self.alt.get(field, frozenset()) | {str(getattr(self, field))}

    @property
    def values(self) -> frozenset[Decimal]:
        """The values that are right."""
        return frozenset(map(Decimal, self.accepted("value")))


class NoRecord(NamedTuple):
    """A number of a text that is no record, and why."""

    document: str
    value: Decimal | None
    reason: str
    quote: str
    span: Span


class Labelled(NamedTuple):
    """A document with all that is said of its numbers."""

    folder: Path
    document: ParsedDocument
    records: tuple[Gold, ...]
    others: tuple[NoRecord, ...]
    told: bool = False  # why numbers are no records

    @property
    def kind(self) -> str:
        """The name of its folder: ``press``."""
        return self.folder.name


def load(folders: Sequence[Path] = (TEXTS,)) -> list[Labelled]:
    """The labelled texts below the folders, in order of folder and document.

    Raises:
        ValueError: a row that cannot be read, or that names a document which is not there.
    """
    return [text for root in folders for folder in _folders(root) for text in _texts(folder)]


def lost(texts: Sequence[Labelled]) -> list[Gold | NoRecord]:
    """The labels whose quote does not stand exactly once in the text."""
    return [label for text in texts for label in (*text.records, *text.others) if label.span.start < 0]


def _folders(root: Path) -> list[Path]:
    found = {path.parent for name in RECORDS for path in root.rglob(name)}
    if not found:
        raise ValueError(f"{root}: holds no {' or '.join(RECORDS)}: name a folder of labelled texts")
    return sorted(found)


def _texts(folder: Path) -> Iterator[Labelled]:
    documents = {
        path.stem: corpus.parse_document(path, path.read_bytes())
        for path in sorted(folder.glob("*.md"))
        if path.stem[:1].isdigit()
    }
    records, others = defaultdict(list), defaultdict(list)
    for place, row in (row for name in RECORDS for row in _rows(folder / name)):
        document = _document(documents, row, place)
        records[document.id].append(_gold(document, row, place))
    reasons = folder / "not-records.csv"
    for place, row in _rows(reasons):
        document = _document(documents, row, place)
        others[document.id].append(_none(document, row))
    told = reasons.exists()
    for id, document in documents.items():
        yield Labelled(folder, document, tuple(records[id]), tuple(others[id]), told)


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a file, each with its place for messages; none of a file that is not there."""
    if not path.exists():
        return
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        for row in reader:
            yield (
                f"{path}:{reader.line_num}",
                {key: (value or "").strip() for key, value in row.items() if key},
            )


def _document(documents: Mapping[str, ParsedDocument], row: Mapping[str, str], place: str) -> ParsedDocument:
    try:
        return documents[row["document"]]
    except KeyError:
        raise ValueError(f"{place}: no document {row.get('document')!r} beside it") from None


def _gold(document: ParsedDocument, row: Mapping[str, str], place: str) -> Gold:
    value = _decimal(row["value"])
    if value is None:
        raise ValueError(f"{place}: {row['value']!r} is no number")
    stated = [row.get(field, "") for field in ("bound", "status", "start", "end", "basis")]
    quote = row.get("quote", "")
    return Gold(document.id, row["indicator"], value, *stated, _alt(row), quote, _locate(document, quote))


def _none(document: ParsedDocument, row: Mapping[str, str]) -> NoRecord:
    quote = row.get("quote") or row.get("text", "")
    return NoRecord(
        document.id, _decimal(row.get("value", "")), row["reason"], quote, _locate(document, quote)
    )


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _alt(row: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """What else is right: ``end=2022-12-31|2022-11-30;optional=yes``."""
    clauses = (clause.partition("=") for clause in row.get("alt", "").split(";") if clause.strip())
    return {name.strip(): frozenset(map(str.strip, said.split("|"))) for name, _, said in clauses}


def _locate(document: ParsedDocument, quote: str) -> Span:
    """Where a quote stands in the body of a document, if it does so once."""
    start = document.text.find(quote) if quote else -1
    if start < 0 or document.text.find(quote, start + 1) >= 0:
        return Span(-1, -1)
    return Span(start, start + len(quote))
