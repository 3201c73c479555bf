"""``miit plot``: the series of some indicators as the panels of a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miit_cli.chart import Chart, ChartSource, Line, Mark, Panel
from miit_cli.periods import shape
from miit_cli.queries import selection
from miit_cli.queries.selection import TARGET, by_indicator, period
from miit_cli.table import Table
from miit_cli.types import SURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from miit_cli.types import Observation

COLUMNS = (
    *("indicator", "period", "start", "end", "value"),
    *("unit", "bound", "status", "document", "confidence"),
)


def chart(
    observations: Iterable[Observation],
    indicators: Sequence[str],
    labels: Mapping[str, str],
    units: Mapping[str, str],
    sources: Mapping[str, ChartSource],
    *,
    together: bool = False,
) -> Chart:
    """A panel for each indicator, or with ``together`` for all of one unit and measure.

    One mark a period says what stands for it; where documents disagree the others stand aside, and a
    note says so. Targets are marks of their own. ``labels`` name the indicators, ``units`` the units.
    """
    notes: list[str] = []
    groups = by_indicator(observations, indicators)
    kinds = selection.grouped(
        groups, lambda slug: (groups[slug][0].unit, groups[slug][0].measure if together else slug)
    )
    panels = []
    for (unit, _), slugs in kinds.items():
        lines = tuple(_line(labels[slug], groups[slug], notes) for slug in slugs)
        # a panel bears the name of its line; several lines are named one by one
        panels.append(Panel(lines[0].label if len(lines) == 1 else "", units[unit], lines))
    marks = [mark for panel in panels for mark in panel.marks]
    known = sorted(
        {sources[mark.document] for mark in marks}, key=lambda source: (source.date, source.document)
    )
    if unsure := [f"{mark.indicator} {mark.period}" for mark in marks if mark.confidence < SURE]:
        notes.append(f"read with a confidence below {SURE}: {', '.join(unsure)}")
    return Chart(tuple(panels), tuple(known), tuple(notes))


def _line(label: str, observations: list[Observation], notes: list[str]) -> Line:
    standing = [found for found in observations if found.status != TARGET]
    targets = [found for found in observations if found.status == TARGET]
    return Line(label, tuple(_marks(standing, notes)), tuple(_marks(targets, notes)))


def _marks(observations: list[Observation], notes: list[str]) -> Iterator[Mark]:
    for found in selection.by_period(sorted(observations, key=selection.in_time)).values():
        settled = selection.settle(found)
        if settled.disputed:
            notes.append(selection.disagreement(settled))
        yield _mark(settled.observation)
        for other in settled.disputed:
            if other != settled.observation:
                yield _mark(other)._replace(aside=True)


def _mark(found: Observation) -> Mark:
    return Mark(
        *(found.indicator, period(found), found.start or None, found.end, shape(found.start, found.end)),
        *(found.value, found.unit, found.bound, found.status, found.document),
        confidence=found.confidence,
    )


def points(drawn: Chart) -> Table:
    """The marks of a chart as a table: COLUMNS."""
    return Table(Mark._fields, [*drawn.marks]).project(COLUMNS)
