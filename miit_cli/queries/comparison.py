"""``miit diff A B``: what changed between two periods or two documents, indicator by indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from miit_cli.bounds import UNKNOWN, change
from miit_cli.periods import Selector, SelectorKind, season, shape, words
from miit_cli.queries.selection import (
    TARGET,
    Settled,
    by_indicator,
    foremost,
    grouped,
    hedged,
    nothing_for,
    period,
    reported,
    select,
    settle,
    standing,
    without_targets,
)
from miit_cli.table import Table, TableRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from decimal import Decimal

    from miit_cli.types import Observation

COMPARISON_COLUMNS = (
    *("indicator", "unit", "from_period", "from_value", "from_bound", "from_status"),
    *("to_period", "to_value", "to_bound", "to_status"),
    *("change", "change_unit", "change_bound", "change_percent", "comparable", "note"),
    *("from_document", "to_document"),
)
CONFIDENCE_COLUMNS = ("from_confidence", "to_confidence")
COLUMNS = (*COMPARISON_COLUMNS, *CONFIDENCE_COLUMNS)
Candidates = tuple["list[Observation]", "list[Observation]"]
Rank = tuple[bool, str, str]  # the selectors themselves, then the latest of each side

POINTS = "percentage-point"
_IN_POINTS = ("percent", POINTS)


class Step(NamedTuple):
    """The change from one observation to another, in the unit in which it is told."""

    change: Decimal | None
    unit: str
    bound: str
    percent: Decimal | None


class Pair(NamedTuple):
    """What stands on the two sides for one indicator."""

    before: Settled
    after: Settled


def step(before: Observation, after: Observation) -> Step:
    """The change between two observations of one indicator.

    A level changes in its unit and in percent; a rate or a share in percentage points only.
    """
    found = change(hedged(before), hedged(after))
    if after.unit in _IN_POINTS or after.measure in ("growth", "share"):
        return Step(found.value, POINTS, found.bound, None)
    return Step(found.value, after.unit, found.bound, found.percent)


def compare(
    observations: Iterable[Observation],
    before: Selector,
    after: Selector,
    indicators: Sequence[str] = (),
    *,
    everything: bool = False,
) -> Table:
    """One row for each indicator that both sides have: COLUMNS.

    ``everything`` adds the indicators that only one side has. Raises NothingToShow when a
    side has no record at all.
    """
    pool = list(observations)
    lefts = by_indicator(_side(before, after, pool), indicators)
    rights = by_indicator(_side(after, before, pool), indicators)
    rows: list[TableRow] = []
    for slug in dict.fromkeys(indicators) or sorted({*lefts, *rights}):
        left, right = lefts.get(slug, []), rights.get(slug, [])
        pair = _pair(before, left, after, right)
        if pair:
            rows.append(_row(pair))
        elif everything and (left or right):
            rows.append(_lone_row(before, left, after, right))
    return Table(COLUMNS, rows)


def _side(selector: Selector, other: Selector, pool: list[Observation]) -> list[Observation]:
    """What a selector takes; of a year not the part that the other side is: nothing changes from itself."""
    taken = select(selector, pool)
    if not taken:
        raise nothing_for(selector, pool)
    part = other.start, other.end
    if selector.kind is not SelectorKind.YEAR or part == (selector.start, selector.end):
        return taken
    return [found for found in taken if (found.start, found.end) != part]


# --- like with like ------------------------------------------------------------------------------


def _pair(
    before: Selector, left: list[Observation], after: Selector, right: list[Observation]
) -> Pair | None:
    """The two periods to compare: targets with targets, and only where there is nothing else."""
    for aimed in (False, True):
        lefts = [found for found in left if (found.status == TARGET) is aimed]
        rights = [found for found in right if (found.status == TARGET) is aimed]
        if lefts and rights:
            return _like_with_like(before, standing(before, lefts), after, standing(after, rights))
    return None


def _like_with_like(
    before: Selector, lefts: list[Observation], after: Selector, rights: list[Observation]
) -> Pair:
    """The same months first, then the same length, then the latest of each side."""
    for likeness in (season, shape):
        ours, theirs = _by_likeness(likeness, lefts), _by_likeness(likeness, rights)
        shared = ours.keys() & theirs.keys()
        if shared:
            pairs: list[Candidates] = [
                (foremost(before, ours[name]), foremost(after, theirs[name])) for name in shared
            ]
            pairs.sort(key=lambda pair: (pair[1][0].start or "", pair[0][0].start or ""))  # longest first
            ours_best, theirs_best = max(pairs, key=lambda pair: _rank(before, after, pair))
            return Pair(settle(ours_best), settle(theirs_best))
    return Pair(settle(foremost(before, lefts)), settle(foremost(after, rights)))


def _by_likeness(
    likeness: Callable[[str | None, str], str], observations: list[Observation]
) -> dict[str, list[Observation]]:
    return grouped(observations, lambda found: likeness(found.start or None, found.end))


def _rank(before: Selector, after: Selector, pair: Candidates) -> Rank:
    ours, theirs = pair[0][0], pair[1][0]
    themselves = period(ours) == before.text and period(theirs) == after.text
    return themselves, theirs.end, ours.end


# --- rows ----------------------------------------------------------------------------------------


def _row(pair: Pair) -> TableRow:
    before, after = pair.before.observation, pair.after.observation
    found = step(before, after)
    unlike = _unlike(before, after)
    notes = [unlike, *map(_disagreement, pair), *_nothing_follows(before, after, found)]
    return (
        *(after.indicator, after.unit, *_cells(before), *_cells(after), *found),
        *("no" if unlike else "yes", "; ".join(filter(None, notes))),
        *(before.document, after.document, before.confidence, after.confidence),
    )


def _cells(found: Observation) -> TableRow:
    return period(found), found.value, found.bound, found.status


def _unlike(before: Observation, after: Observation) -> str:
    """Why two periods are not like with like, or nothing."""
    for found in (before, after):
        if found.nature == "flow" and not found.start:
            return f"cumulative up to {found.end}, and from when is not said"
    if shape(before.start, before.end) == shape(after.start, after.end):
        return ""
    return f"not like with like: {words(before.start, before.end)} against {words(after.start, after.end)}"


def _disagreement(side: Settled) -> str:
    if not side.disputed:
        return ""
    return f"reports disagree on {period(side.observation)}: {' or '.join(map(reported, side.disputed))}"


def _nothing_follows(before: Observation, after: Observation, found: Step) -> list[str]:
    if found.bound != UNKNOWN:
        return []
    return [f"nothing follows from {hedged(before)} to {hedged(after)}"]


def _lone_row(
    before: Selector, left: list[Observation], after: Selector, right: list[Observation]
) -> TableRow:
    """A row with one side empty; where one side only aims at it, the other is shown."""
    on_the_left = bool(left) and (not right or any(found.status != TARGET for found in left))
    selector, side = (before, left) if on_the_left else (after, right)
    settled = settle(foremost(selector, without_targets(side)))
    lone = settled.observation
    cells, none = _cells(lone), (None,) * 4
    sides = (*cells, *none) if on_the_left else (*none, *cells)
    sources: TableRow = (lone.document, None, lone.confidence, None)
    if not on_the_left:
        sources = (None, lone.document, None, lone.confidence)
    return (lone.indicator, lone.unit, *sides, *(None,) * 5, _disagreement(settled), *sources)
