"""``miit export`` to a database or a package: the corpus as tables that refer to each other.

Every record names its indicator and its document; every sentence belongs to a document. What
holds the tables together is the same in SQLite and in a data package.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from miit_cli.queries.records import RECORD_COLUMNS, record
from miit_cli.table import Table, TableRow
from miit_cli.types import HEADING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from miit_cli.types import Observation, ParsedDocument
    from miit_cli.vocabulary import Entry

DOCUMENT_COLUMNS = (
    *("document", "date", "title", "language", "area", "event"),
    *("publisher", "source", "url", "path", "sha256", "records"),
)
INDICATOR_COLUMNS = ("indicator", "label", "label_zh", "unit", "measure", "nature", "records")
SENTENCE_COLUMNS = ("document", "sentence", "heading", "start", "end", "text")
# the record as every format has it; its quote is found in the sentences, behind the header of a table where
# it stands in one, and its place in the text is added
DETAIL_COLUMNS = (
    *(name for name in RECORD_COLUMNS if name != "quote"),
    *("nature", "surface", "span_start", "span_end", "note", "header"),
)


def package(
    observations: Sequence[Observation], documents: Iterable[ParsedDocument], entries: Iterable[Entry]
) -> dict[str, Table]:
    """The tables by name: all ``documents``, their ``sentences``, the ``indicators`` of ``entries`` that have
    a record, the ``records``.
    """
    known = list(documents)
    reporting = Counter(found.document for found in observations)
    reported = Counter(found.indicator for found in observations)
    sentences: list[TableRow] = [
        (each.id, number, kind == HEADING, start, end, each.text[start:end])
        for each in known
        for number, start, end, kind, _ in each.sentences
    ]
    texts = {(document, number): str(text) for document, number, *_, text in sentences}
    described: list[TableRow] = [
        (
            *(each.id, each.date, each.title, each.language, each.area or None, each.event or None),
            *(each.publisher or None, each.source or None, each.url or None),
            *(each.path, each.sha256, reporting[each.id]),
        )
        for each in known
    ]
    indicators: list[TableRow] = [
        (each.slug, each.label, each.label_zh or None, *each[3:6], reported[each.slug])
        for each in entries
        if each.slug in reported
    ]
    return {
        "documents": Table(DOCUMENT_COLUMNS, described),
        "sentences": Table(SENTENCE_COLUMNS, sentences),
        "indicators": Table(INDICATOR_COLUMNS, indicators),
        "records": Table(DETAIL_COLUMNS, [_detailed(found, texts) for found in observations]),
    }


def _detailed(found: Observation, texts: Mapping[tuple[object, object], str]) -> TableRow:
    header = found.quote.removesuffix(texts.get((found.document, found.sentence), found.quote))
    told = dict(zip(RECORD_COLUMNS, record(found), strict=True))
    del told["quote"]
    return (
        *(*told.values(), found.nature, found.surface),
        *(found.span_start, found.span_end, found.note or None, header.strip() or None),
    )
