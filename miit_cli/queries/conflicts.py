"""``miit conflicts``: values that cannot all be true, and values that are very likely misread.

Like is held against like: actual figures against actual ones, expected against expected,
targets against targets. That a figure turned out other than it was expected is news, and
no conflict. Hedges and roundings that leave room for a common true value are none either.

The kinds:

- ``documents``: two documents report one indicator and period with values that contradict;
- ``document``: one document does;
- ``series``: a level is more than five times or less than a fifth of both its neighbours in
  time, of the same shape of period. Levels do not move so: a unit or a scale was misread.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.bounds import contradict
from miit_cli.periods import shape
from miit_cli.queries import selection
from miit_cli.queries.comparison import step
from miit_cli.queries.selection import TARGET, by_indicator, by_period, grouped, hedged, period
from miit_cli.table import Table, TableRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from miit_cli.types import Observation

COLUMNS = (
    *("indicator", "label", "period", "status", "unit"),
    *("value", "bound", "document", "published"),
    *("other_value", "other_bound", "other_document", "other_published"),
    *("difference", "difference_unit", "kind", "other_period", "note"),
)
DOCUMENTS, DOCUMENT, SERIES = KINDS = ("documents", "document", "series")

MOST = 5  # times its neighbours, or they it: further a level does not move from one period to the next


class Conflict(NamedTuple):
    """Two observations that do not go together; of a series the one out of line, and the one before it.

    ``after`` is the neighbour on the other side of the one out of line.
    """

    kind: str
    one: Observation
    other: Observation
    after: Observation | None = None


def conflicts(
    observations: Iterable[Observation], labels: Mapping[str, str] = {}, kinds: Sequence[str] = KINDS
) -> Table:
    """One row for each conflict of these kinds, by indicator and period: COLUMNS."""
    found = [each for each in find(observations) if each.kind in kinds]
    return Table(COLUMNS, [_row(labels.get(each.one.indicator, each.one.indicator), each) for each in found])


def doubts(observations: Iterable[Observation]) -> dict[Observation, str]:
    """What speaks against an observation, in words, for each that is part of a conflict."""
    said: dict[Observation, dict[str, None]] = {}
    for each in find(observations, every=True):
        said.setdefault(each.one, {})[_against(each)] = None
        if each.kind != SERIES:
            turned = each._replace(one=each.other, other=each.one)
            said.setdefault(each.other, {})[_against(turned)] = None
    return {found: "; ".join(notes) for found, notes in said.items()}


def find(observations: Iterable[Observation], *, every: bool = False) -> list[Conflict]:
    """The conflicts, by indicator and period; with ``every`` also those that repeat another one's values."""
    found: list[Conflict] = []
    for group in by_indicator(observations).values():
        found += _contradictions(group, every)
        found += _out_of_line(group, every)
    found.sort(key=lambda each: (each.one.indicator, each.one.end, each.one.start or "", each.one.status))
    return found


# values that contradict


def _contradictions(observations: Iterable[Observation], every: bool) -> Iterator[Conflict]:
    groups = grouped(observations, lambda found: (found.start or None, found.end, found.status))
    for group in groups.values():
        if len(group) > 1:
            told = sorted(group, key=lambda found: (selection.publication(found), hedged(found)))
            yield from _contradicting(told, DOCUMENTS, every)
            for _, own in groupby(told, key=lambda found: found.document):
                yield from _contradicting(list(own), DOCUMENT, every)


def _contradicting(observations: list[Observation], kind: str, every: bool) -> Iterator[Conflict]:
    """Each distinct claim with the last earlier one that it contradicts; with ``every`` all their sources."""
    stated = list(grouped(observations, hedged).items())
    for place, (number, sources) in enumerate(stated):
        for earlier, others in reversed(stated[:place]):
            if not contradict(earlier, number):
                continue
            one, other = others[0], sources[0]
            if kind == DOCUMENTS:  # the first source of each, so that they are two, where there are two
                one = next((found for found in others if found.document != other.document), one)
                other = next((found for found in sources if found.document != one.document), one)
            if one is not other:
                yield Conflict(kind, one, other)
                if every:
                    yield from (Conflict(kind, one, more) for more in sources if more not in (one, other))
                    yield from (Conflict(kind, more, other) for more in others if more not in (one, other))
                break


# levels out of line


def _out_of_line(observations: Iterable[Observation], every: bool) -> Iterator[Conflict]:
    """The levels of one indicator that lie far from both their neighbours in time."""
    levels = [found for found in observations if found.measure == "level" and found.status != TARGET]
    shapes = grouped(sorted(levels, key=selection.in_time), lambda found: shape(found.start, found.end))
    for alike in shapes.values():
        periods = list(by_period(alike).values())
        settled = [selection.settle(group).observation for group in periods]
        for before, group, after in zip(settled, periods[1:], settled[2:], strict=False):
            far = [found for found in group if _far(found, before) * _far(found, after) > 0]
            firsts = {hedged(found): found for found in reversed(far)}
            yield from (
                Conflict(SERIES, found, before, after)
                for found in far
                if every or firsts[hedged(found)] is found
            )


def _far(found: Observation, other: Observation) -> int:
    """1 where a level is more than MOST times another, -1 where it is less than that part of it, else 0."""
    if min(found.value, other.value) <= 0:
        return 0
    return (found.value > MOST * other.value) - (MOST * found.value < other.value)


# what is said


def _against(found: Conflict) -> str:
    """Why the first of the two is in doubt."""
    if found.kind == DOCUMENTS:
        return f"{found.other.document} reports {hedged(found.other)}"
    if found.kind == DOCUMENT:
        return f"the same document also says {hedged(found.other)} (sentence {found.other.sentence})"
    told = []
    for neighbour in filter(None, (found.other, found.after)):  # 12 times that of 2022, 0.08 times …
        ratio = found.one.value / neighbour.value
        digits = Decimal(1) if ratio >= 10 else Decimal(1).scaleb(ratio.adjusted() - 1)
        told.append(f"{ratio.quantize(digits):f} times that of {period(neighbour)}")
    return " and ".join(told)


def _row(name: str, found: Conflict) -> TableRow:
    one, other = found.one, found.other
    difference, unit, _, _ = step(one, other)
    return (
        *(one.indicator, name, period(one), one.status, one.unit),
        *(one.value, one.bound, one.document, one.published),
        *(other.value, other.bound, other.document, other.published),
        *(difference, unit, found.kind, period(other)),
        None if found.kind == DOCUMENTS else _against(found),
    )
