"""``miit export``, and what ``show`` and ``get`` share with it: a record as a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miit_cli.queries.selection import period
from miit_cli.table import Table, TableRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from miit_cli.types import Observation

RECORD_COLUMNS = (
    *("indicator", "period", "value", "unit", "bound", "status", "start", "end"),
    *("basis", "measure", "document", "published", "sentence", "quote"),
    "confidence",
)


def record(found: Observation) -> TableRow:
    """One observation as a row of RECORD_COLUMNS."""
    return (
        *(found.indicator, period(found), found.value, found.unit, found.bound, found.status),
        *(found.start or None, found.end, found.basis, found.measure),
        *(found.document, found.published, found.sentence, found.quote),
        found.confidence,
    )


def records(observations: Iterable[Observation]) -> Table:
    """The records as they come (``export``): RECORD_COLUMNS."""
    return Table(RECORD_COLUMNS, [record(found) for found in observations])
