"""``miit table``: indicators down, periods across."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miit_cli.bounds import plain
from miit_cli.queries.selection import ACTUAL, by_indicator, by_period, disagreement, period, settle
from miit_cli.table import Marked, Table, TableRow
from miit_cli.types import SIGNS, SURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from miit_cli.queries.selection import Settled
    from miit_cli.types import Observation

COLUMNS = ("indicator", "label", "unit")  # the periods follow


def pivot(
    observations: Iterable[Observation],
    indicators: Sequence[str] = (),
    labels: Mapping[str, str] = {},
    *,
    last: int | None = None,
    marks: bool = True,
) -> Table:
    """One row an indicator, one column a period, in order of time; ``last`` keeps the latest periods.

    A cell is a plain Decimal when the figure is exact, actual, sure and undisputed, and else
    ``Marked``; without ``marks`` it is always the Decimal. Where documents disagree, the
    cell shows both values, or without marks the later published, and a note says so.
    """
    groups = {slug: _settled(found) for slug, found in by_indicator(observations, indicators).items()}
    ends = {name: settled.observation.end for cells in groups.values() for name, settled in cells.items()}
    # in order of time; of periods that end together a name of few words (2022) before its parts
    periods = sorted(ends, key=lambda name: (ends[name], len(name), name))[-last if last else 0 :]
    rows: list[TableRow] = []
    for slug, cells in groups.items():
        shown = [_cell(cells[name], marks) if name in cells else None for name in periods]
        unit = next(iter(cells.values())).observation.unit
        rows.append((slug, labels.get(slug, slug), unit, *shown))
    notes = tuple(
        disagreement(cells[name])
        for cells in groups.values()
        for name in periods
        if name in cells and cells[name].disputed
    )
    return Table((*COLUMNS, *periods), rows, notes)


def _settled(observations: list[Observation]) -> dict[str, Settled]:
    """What speaks for each period; a period that is dated at both ends before one that is not."""
    cells: dict[str, Settled] = {}
    for (start, _), found in by_period(observations).items():
        settled = settle(found)
        name = period(settled.observation)
        if start or name not in cells:
            cells[name] = settled
    return cells


def _cell(settled: Settled, marks: bool) -> Decimal | Marked:
    found = settled.observation
    numbers = settled.disputed or (found,)
    text = " / ".join(SIGNS.get(number.bound, "") + plain(number.value) for number in numbers)
    unsure = found.confidence < SURE
    standing = "" if found.status == ACTUAL else f" ({found.status})"
    if not marks or (text + standing == plain(found.value) and not unsure):
        return found.value
    value = None if settled.disputed else found.value
    return Marked(text + standing, value, found.bound, found.status, unsure)
