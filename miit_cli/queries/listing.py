"""``miit list``: the indicators, how much is known of each, and the latest value."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from miit_cli.queries.selection import ACTUAL, by_indicator, latest, period, settle, without_targets
from miit_cli.table import Table, TableRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from miit_cli.types import Observation

COLUMNS = (
    *("indicator", "label", "unit", "records", "first", "last"),
    *("latest_value", "latest_bound", "latest_status", "latest_confidence"),
)


def listing(
    observations: Iterable[Observation],
    labels: Mapping[str, str] | None = None,
    *,
    counts: Mapping[str, int] | None = None,
    catalogue: Mapping[str, str] | None = None,
) -> Table:
    """One row an indicator that has records, by slug; ``catalogue`` (slug: unit) adds those without.

    ``last`` is the period of the latest value. What is expected is looked at only where nothing has
    happened, and targets where there is nothing else. ``counts`` gives the numbers of records where
    ``observations`` are only a part of them (those of the first and the last period are enough).
    """
    pool = list(observations)
    disputed: list[str] = []
    numbers = counts if counts is not None else Counter(found.indicator for found in pool)
    names = labels or {}
    groups = by_indicator(pool)
    rows: list[TableRow] = [
        (slug, names.get(slug, slug), found[0].unit, numbers[slug], *_extent(found, disputed))
        for slug, found in groups.items()
    ]
    for slug in (catalogue or {}).keys() - groups.keys():
        rows.append((slug, names.get(slug, slug), (catalogue or {})[slug], 0, *(None,) * 6))
    notes = (f"reports disagree on the latest value of {', '.join(disputed)}",) if disputed else ()
    return Table(COLUMNS, sorted(rows, key=lambda row: str(row[0])), notes)


def _extent(observations: list[Observation], disputed: list[str]) -> TableRow:
    """First and last period, and the latest value; one that reports disagree on goes into ``disputed``."""
    happened = [found for found in observations if found.status == ACTUAL]
    standing = happened or without_targets(observations)
    first = min(standing, key=lambda found: (found.end, found.start or "~"))
    settled = settle(latest(standing))
    last = settled.observation
    if settled.disputed:
        disputed.append(last.indicator)
    return period(first), period(last), last.value, last.bound, last.status, last.confidence
