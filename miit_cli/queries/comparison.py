"""``miit diff A B``: what changed between two periods or two documents, indicator by indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miit_cli.bounds import UNKNOWN, change
from miit_cli.periods import Selector, SelectorKind, season, shape, words
from miit_cli.queries import selection
from miit_cli.queries.selection import TARGET, by_indicator, foremost, grouped, hedged, period, settle
from miit_cli.table import Table, TableRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from miit_cli.queries.selection import Settled
    from miit_cli.types import Observation

COMPARISON_COLUMNS = (
    *("indicator", "unit", "from_period", "from_value", "from_bound", "from_status"),
    *("to_period", "to_value", "to_bound", "to_status"),
    *("change", "change_unit", "change_bound", "change_percent", "comparable", "note"),
    *("from_document", "to_document"),
)
CONFIDENCE_COLUMNS = ("from_confidence", "to_confidence")
COLUMNS = (*COMPARISON_COLUMNS, *CONFIDENCE_COLUMNS)

POINTS = "percentage-point"


def step(before: Observation, after: Observation) -> tuple[Decimal | None, str, str, Decimal | None]:
    """The change between two observations of one indicator, its unit, its bound, and in percent.

    A level changes in its unit and in percent; a rate or a share in percentage points only.
    """
    value, bound, percent = change(hedged(before), hedged(after))
    if after.unit in ("percent", POINTS) or after.measure in ("growth", "share"):
        return value, POINTS, bound, None
    return value, after.unit, bound, percent


def compare(
    observations: Sequence[Observation],
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
    lefts = by_indicator(_side(before, after, observations), indicators)
    rights = by_indicator(_side(after, before, observations), indicators)
    rows: list[TableRow] = []
    for slug in dict.fromkeys(indicators) or sorted({*lefts, *rights}):
        left, right = lefts.get(slug, []), rights.get(slug, [])
        if pair := _pair(before, left, after, right):
            rows.append(_changed(*pair))
        elif everything and (left or right):
            rows.append(_lone(before, left, after, right))
    return Table(COLUMNS, rows)


def _side(selector: Selector, other: Selector, pool: Sequence[Observation]) -> list[Observation]:
    """What a selector takes; of a year not the part that the other side is: nothing changes from itself."""
    taken = selection.select(selector, pool)
    if not taken:
        raise selection.nothing_for(selector, pool)
    part = other.start, other.end
    if selector.kind is not SelectorKind.YEAR or part == (selector.start, selector.end):
        return taken
    return [found for found in taken if (found.start, found.end) != part]


# --- like with like ------------------------------------------------------------------------------


def _pair(
    before: Selector, left: list[Observation], after: Selector, right: list[Observation]
) -> tuple[Settled, Settled] | None:
    """The two periods to compare: targets with targets, and only where there is nothing else."""
    for aimed in (False, True):
        lefts = [found for found in left if (found.status == TARGET) is aimed]
        rights = [found for found in right if (found.status == TARGET) is aimed]
        if lefts and rights:
            lefts, rights = selection.standing(before, lefts), selection.standing(after, rights)
            ours, theirs = _like_with_like(before, lefts, after, rights)
            return settle(ours), settle(theirs)
    return None


def _like_with_like(
    before: Selector, lefts: list[Observation], after: Selector, rights: list[Observation]
) -> tuple[list[Observation], list[Observation]]:
    """The same months first, then the same length, then the latest of each side."""

    def rank(pair: tuple[list[Observation], list[Observation]]) -> tuple[bool, str, str]:
        ours, theirs = pair[0][0], pair[1][0]
        themselves = period(ours) == before.text and period(theirs) == after.text
        return themselves, theirs.end, ours.end

    for likeness in (season, shape):
        ours, theirs = (_by_likeness(likeness, side) for side in (lefts, rights))
        pairs = [
            (foremost(before, ours[name]), foremost(after, theirs[name]))
            for name in ours.keys() & theirs.keys()
        ]
        if pairs:
            pairs.sort(key=lambda pair: (pair[1][0].start or "", pair[0][0].start or ""))  # longest first
            return max(pairs, key=rank)
    return foremost(before, lefts), foremost(after, rights)


def _by_likeness(
    likeness: Callable[[str | None, str], str], side: list[Observation]
) -> dict[str, list[Observation]]:
    return grouped(side, lambda found: likeness(found.start or None, found.end))


# --- rows ----------------------------------------------------------------------------------------


def _changed(before: Settled, after: Settled) -> TableRow:
    """The row of an indicator that both sides have."""
    first, second = before.observation, after.observation
    found = step(first, second)
    unlike = _unlike(first, second)
    unknown = f"nothing follows from {hedged(first)} to {hedged(second)}" if found[2] == UNKNOWN else ""
    notes = (unlike, _disagreement(before), _disagreement(after), unknown)
    return _row(first, second, (*found, "no" if unlike else "yes"), "; ".join(filter(None, notes)))


def _lone(before: Selector, left: list[Observation], after: Selector, right: list[Observation]) -> TableRow:
    """A row with one side empty; where one side only aims at it, the other is shown."""
    on_the_left = bool(left) and (not right or any(found.status != TARGET for found in left))
    selector, side = (before, left) if on_the_left else (after, right)
    settled = settle(foremost(selector, selection.without_targets(side)))
    lone, nothing, note = settled.observation, (None,) * 5, _disagreement(settled)
    return _row(lone, None, nothing, note) if on_the_left else _row(None, lone, nothing, note)


def _row(before: Observation | None, after: Observation | None, change: TableRow, note: str) -> TableRow:
    cells, ends = list[object](), list[object]()
    for found in (before, after):
        cells += [period(found), found.value, found.bound, found.status] if found else [None] * 4
    for field in ("document", "confidence"):
        ends += [getattr(found, field, None) for found in (before, after)]
    some = after or before
    assert some
    return (some.indicator, some.unit, *cells, *change, note, *ends)


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
    told = " or ".join(map(selection.reported, side.disputed))
    return f"reports disagree on {period(side.observation)}: {told}"
