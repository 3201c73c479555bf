"""``miit docs``: the documents, and the text of one with every figure marked by its class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miit_cli.table import Table, TableRow
from miit_cli.types import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from miit_cli.types import DocumentInfo, Figure

COLUMNS = ("document", "date", "title", "language", "records", "area", "publisher", "path", "sha256")


def documents(known: Iterable[DocumentInfo]) -> Table:
    """One row a document, by date: COLUMNS."""
    rows: list[TableRow] = [
        (
            *(found.id, found.date, found.title, found.language, found.records),
            *(found.area or None, found.publisher or None, found.path, found.sha256),
        )
        for found in known
    ]
    return Table(COLUMNS, sorted(rows, key=lambda row: (row[1], row[0])))


def source(known: DocumentInfo) -> str:
    """A document as a source: title, publisher, day, and where it is."""
    told = (known.title or known.id, known.publisher, known.date, known.url or known.path)
    return ". ".join(part.rstrip(".") for part in told if part)


def segments(
    text: str, figures: Iterable[Figure], at: int = 0, end: int | None = None
) -> Iterator[tuple[str, Figure | None]]:
    """The text from ``at`` to ``end``, cut at its figures: each piece, and the figure that it is of.

    Joined, the pieces are the text again. Where figures overlap, the one that begins first keeps the
    common part.
    """
    for figure in sorted(figures, key=lambda figure: (figure.start, figure.end)):
        start = max(at, figure.start)
        if figure.end <= start:
            continue
        if start > at:
            yield text[at:start], None
        yield text[start : figure.end], figure
        at = figure.end
    if at < (len(text) if end is None else end):
        yield text[at:end], None


# how a figure of each class begins where it is marked in a text; it ends with a bracket
MARKS = dict(zip(CLASSES, ("[", "[new ", "[unsure ", "[lost ", "[no ", "[? "), strict=True))
