"""``miit conflicts``: one indicator, one period, two documents, and values that cannot both be true.

Like is held against like: actual figures against actual ones, expected against expected,
targets against targets. That a figure turned out other than it was expected is news, and
no conflict. Hedges and roundings that leave room for a common true value are none either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from miit_cli.bounds import Hedged, contradict
from miit_cli.queries.comparison import step
from miit_cli.queries.selection import hedged, period, publication
from miit_cli.table import Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from miit_cli.types import Observation

COLUMNS = (
    *("indicator", "label", "period", "status", "unit"),
    *("value", "bound", "document", "published"),
    *("other_value", "other_bound", "other_document", "other_published"),
    *("difference", "difference_unit"),
)


def conflicts(observations: Iterable[Observation], labels: Mapping[str, str] | None = None) -> Table:
    """One row for each value that contradicts the one published before it: COLUMNS."""
    groups: dict[tuple[str, str | None, str, str], list[Observation]] = {}
    for found in observations:
        groups.setdefault((found.indicator, found.start or None, found.end, found.status), []).append(found)
    names = labels or {}
    rows: list[Row] = []
    for key in sorted(groups, key=lambda key: (key[0], key[2], key[1] or "", key[3])):
        name = names.get(key[0], key[0])
        rows += [_row(name, one, other) for one, other in _contradictions(groups[key])]
    return Table(COLUMNS, rows)


def _contradictions(observations: list[Observation]) -> Iterator[tuple[Observation, Observation]]:
    """Each distinct claim with the last earlier one, of another document, that it contradicts."""
    if len(observations) < 2:
        return
    claims: dict[Hedged, list[Observation]] = {}
    for found in sorted(observations, key=publication):
        claims.setdefault(hedged(found), []).append(found)
    stated = list(claims.items())
    for place, (number, sources) in enumerate(stated):
        for earlier, others in reversed(stated[:place]):
            pair = _of_two_documents(others, sources) if contradict(earlier, number) else None
            if pair:
                yield pair
                break


def _of_two_documents(
    ones: list[Observation], others: list[Observation]
) -> tuple[Observation, Observation] | None:
    """The first source of each of two claims, so that they are two; None where one document says both."""
    one = next((found for found in ones if found.document != others[0].document), ones[0])
    other = next((found for found in others if found.document != one.document), None)
    return (one, other) if other else None


def _row(name: str, one: Observation, other: Observation) -> Row:
    difference, unit, _, _ = step(one, other)
    return (
        *(one.indicator, name, period(one), one.status, one.unit),
        *(one.value, one.bound, one.document, one.published),
        *(other.value, other.bound, other.document, other.published),
        *(difference, unit),
    )
