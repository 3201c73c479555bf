"""``miit search``: indicators whose names come near a text, and sentences that hold its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miit_cli.table import Table, TableRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COLUMNS = ("indicator", "label", "matched", "score", "records")
SENTENCE_COLUMNS = ("document", "date", "sentence", "text")


def indicators(
    matches: Iterable[tuple[str, str, float]], labels: Mapping[str, str], counts: Mapping[str, int]
) -> Table:
    """``matches``, best first, are (slug, the name that came near, score from 0 to 100): COLUMNS."""
    rows: list[TableRow] = [
        (slug, labels.get(slug, slug), matched, round(score), counts.get(slug, 0))
        for slug, matched, score in matches
    ]
    return Table(COLUMNS, rows)


def sentences(found: Iterable[tuple[str, str, int, str]]) -> Table:
    """``found`` are (document, date, number, text), best first: SENTENCE_COLUMNS."""
    return Table(SENTENCE_COLUMNS, list(found))
