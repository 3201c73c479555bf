"""``miit audit``: every numeral accounted for, and how many of each class."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from miit_cli.bounds import percent
from miit_cli.table import Table, TableRow
from miit_cli.types import CLASSES, UNEXPLAINED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from miit_cli.types import Figure

COLUMNS = (
    *("document", "sentence", "start", "end", "text", "class", "reason", "value", "unit", "subject"),
    *("indicator", "confidence"),
)
EXPLANATION_COLUMNS = ("figure", "candidate", "probability", "feature", "weight")
TOTALS_COLUMNS = ("class", "numerals", "percent")


def listing(figures: Iterable[Figure]) -> Table:
    """One row a numeral, as they come (``--all``): COLUMNS."""
    rows: list[TableRow] = [
        (*each[:8], each.unit or None, each.subject or None, each.indicator or None, each.confidence)
        for each in figures
    ]
    return Table(COLUMNS, rows)


def explanation(weighed: Iterable[TableRow]) -> Table:
    """What the reader weighed (``audit --explain``), a row a feature: EXPLANATION_COLUMNS."""
    return Table(EXPLANATION_COLUMNS, list(weighed))


def count(figures: Iterable[Figure]) -> dict[str, int]:
    """How many numerals there are of each class, all classes named."""
    numbers = Counter(figure.kind for figure in figures)
    return {kind: numbers[kind] for kind in CLASSES}


def totals(counts: Mapping[str, int]) -> Table:
    """One row a class, and one for all: TOTALS_COLUMNS."""
    whole = sum(counts.values())
    parts = [*((kind, counts.get(kind, 0)) for kind in CLASSES), ("all", whole)]
    rows: list[TableRow] = [
        (name, part, percent(Decimal(part), Decimal(whole)) if whole else None) for name, part in parts
    ]
    return Table(TOTALS_COLUMNS, rows)


def explained(counts: Mapping[str, int]) -> Decimal:
    """The numerals that are explained, in percent and exact; of none, all of them."""
    whole = sum(counts.values())
    return 100 - Decimal(100 * counts.get(UNEXPLAINED, 0)) / whole if whole else Decimal(100)
