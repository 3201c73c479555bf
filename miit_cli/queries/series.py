"""``miit show``: every record in order of time, and the change since the one before."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from miit_cli.periods import shape
from miit_cli.queries.comparison import step
from miit_cli.queries.records import RECORD_COLUMNS, record
from miit_cli.queries.selection import TARGET, Settled, by_indicator, by_period, in_time, period, settle
from miit_cli.table import Table, TableRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from miit_cli.types import Observation

CHANGE_COLUMNS = ("change", "change_unit", "change_bound", "change_percent", "change_from")
COLUMNS = (*RECORD_COLUMNS, *CHANGE_COLUMNS, "doubt", "note")


def series(
    observations: Iterable[Observation],
    indicators: Sequence[str] = (),
    doubts: Mapping[Observation, str] = {},
) -> Table:
    """Each indicator's records in order of time, with the change since the period before: COLUMNS.

    The contract's columns are RECORD_COLUMNS; the others are there for the terminal and
    for ``--columns``. The one before is the last earlier period of the same shape; targets
    are in the series, and have no change. ``doubts`` say what speaks against a record
    (``conflicts.doubts``): column ``doubt``; ``note`` has that, and the doubt of the reader.
    """
    groups = by_indicator(observations, indicators)
    return Table(COLUMNS, [row for found in groups.values() for row in _rows(found, doubts)])


def _rows(observations: list[Observation], doubts: Mapping[Observation, str]) -> Iterator[TableRow]:
    settled: dict[str, Settled] = {}
    for (start, end), found in by_period(sorted(observations, key=in_time)).items():
        before = settled.get(shape(start, end))
        for observation in found:
            change: TableRow = (None,) * len(CHANGE_COLUMNS)
            doubt, disputed = doubts.get(observation), ""
            if before and observation.status != TARGET:
                when = period(before.observation)
                change = (*step(before.observation, observation), when)
                disputed = f"reports disagree on {when}" if before.disputed else ""
            note = "; ".join(filter(None, (doubt, observation.note, disputed)))
            yield (*record(observation), *change, doubt, note)
        if standing := [observation for observation in found if observation.status != TARGET]:
            settled[shape(start, end)] = settle(standing)


def points(observations: Iterable[Observation]) -> list[Observation]:
    """One observation a period, in order of time, all of one shape: what a sparkline or chart draws.

    ``observations`` are of one indicator. Of several shapes the most frequent is drawn, of
    equally frequent ones the one that reaches furthest. Targets are none of the points.
    """
    standing = [found for found in sorted(observations, key=in_time) if found.status != TARGET]
    settled = [settle(found).observation for found in by_period(standing).values()]
    shapes = Counter(shape(found.start, found.end) for found in settled)
    reach = {shape(found.start, found.end): found.end for found in settled}
    drawn = max(shapes, key=lambda name: (shapes[name], reach[name], name), default="")
    return [found for found in settled if shape(found.start, found.end) == drawn]
