"""``miit list``: the indicators, how much is known of each, and the latest value."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from miit_cli.queries.selection import ACTUAL, by_indicator, latest, period, reported, settle, without_targets
from miit_cli.table import Table, TableRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from miit_cli.types import Observation

LISTING_COLUMNS = (
    *("indicator", "label", "unit", "records", "first", "last"),
    *("latest_value", "latest_bound", "latest_status", "latest_confidence"),
)
COLUMNS = (*LISTING_COLUMNS, "latest_doubt")


def listing(
    observations: Iterable[Observation],
    labels: Mapping[str, str] = {},
    *,
    counts: Mapping[str, int] | None = None,
    catalogue: Mapping[str, str] = {},
) -> Table:
    """One row an indicator that has records, by slug; ``catalogue`` (slug: unit) adds those without.

    ``last`` is the period of the latest value. What is expected is looked at only where nothing has
    happened, and targets where there is nothing else. ``counts`` gives the numbers of records where
    ``observations`` are only a part of them (those of the first and the last period are enough). The
    contract's columns are LISTING_COLUMNS; ``latest_doubt`` is there for the terminal and ``--columns``.
    """
    pool = list(observations)
    numbers = counts if counts is not None else Counter(found.indicator for found in pool)
    groups = by_indicator(pool)
    rows: list[TableRow] = []
    for slug in sorted({*groups, *catalogue}):
        if found := groups.get(slug):
            rows.append((slug, labels.get(slug, slug), found[0].unit, numbers[slug], *_extent(found)))
        else:
            rows.append((slug, labels.get(slug, slug), catalogue[slug], 0, *(None,) * 7))
    return Table(COLUMNS, rows)


def _extent(observations: list[Observation]) -> TableRow:
    """First and last period, and the latest value with the reports that disagree on it, if any."""
    happened = [found for found in observations if found.status == ACTUAL]
    standing = happened or without_targets(observations)
    first = min(standing, key=lambda found: (found.end, found.start or "~"))
    last, disputed, _ = settle(latest(standing))
    doubt = f"reports disagree: {' or '.join(map(reported, disputed))}" if disputed else None
    return period(first), period(last), last.value, last.bound, last.status, last.confidence, doubt
