"""``miit targets``: each target beside what has been reached.

A stock is judged by the first actual figure that stands on or after the due day (the
latest, should there be several for that day); until there is one the target is open, and
the latest figure before it shows how far things are. That it is reached more than a year
after the due day does not say whether it was by then. A flow is judged by the actual
figure of just the period that the target is for; until there is one, what is known of a
part of that period is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from miit_cli.bounds import APPROX, percent, reaches
from miit_cli.queries.selection import (
    ACTUAL,
    TARGET,
    by_indicator,
    by_period,
    hedged,
    period,
    publication,
    settle,
)
from miit_cli.table import Table, TableRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from miit_cli.queries.selection import Settled
    from miit_cli.types import Observation

COLUMNS = (
    *("indicator", "label", "target_value", "target_bound", "unit", "period", "due", "document", "published"),
    *("actual_value", "actual_bound", "actual_period", "actual_document"),
    *("reached_percent", "reached_bound", "verdict", "note"),
    *("target_confidence", "actual_confidence"),
)
MET, MISSED, OPEN, UNDETERMINED = "met", "missed", "open", "undetermined"
StartAndEnd = tuple["str | None", str]
Actuals = dict[StartAndEnd, "list[Observation]"]  # the actual figures of an indicator, by period

_VERDICT = {True: MET, False: MISSED, None: UNDETERMINED}


def targets(observations: Iterable[Observation], labels: Mapping[str, str] = {}) -> Table:
    """One row a target, by due day: COLUMNS. One that is stated again is one, from its first document."""
    rows: list[TableRow] = []
    for slug, found in by_indicator(observations).items():
        actuals = by_period(observation for observation in found if observation.status == ACTUAL)
        rows += [_row(labels.get(slug, slug), target, actuals) for target in _distinct(found)]
    return Table(COLUMNS, sorted(rows, key=lambda row: (row[6], row[0], row[8])))


def _distinct(observations: list[Observation]) -> list[Observation]:
    aims = [found for found in observations if found.status == TARGET]
    aims.sort(key=publication, reverse=True)
    first = {(found.start or None, found.end, hedged(found)): found for found in aims}
    return list(first.values())


def _row(name: str, target: Observation, actuals: Actuals) -> TableRow:
    evidence, decides = _evidence(target, actuals)
    return (
        *(target.indicator, name, target.value, target.bound, target.unit, period(target), target.end),
        *(target.document, target.published),
        *_cells(target, evidence),
        *_verdict(target, evidence, decides),
        *(target.confidence, evidence.observation.confidence if evidence else None),
    )


def _evidence(target: Observation, actuals: Actuals) -> tuple[Settled | None, bool]:
    """The figure to hold against the target, and whether it decides."""
    span = _deciding(target, actuals)
    if span in actuals:
        return settle(actuals[span]), True
    parts = [span for span in actuals if span[1] <= target.end and (span[0] or "") >= (target.start or "")]
    if not parts:
        return None, False
    return settle(actuals[max(parts, key=_latest_then_longest)]), False


def _deciding(target: Observation, actuals: Actuals) -> StartAndEnd:
    """The period whose figure decides, whether there is one or not."""
    if target.start:
        return target.start, target.end
    later = [span for span in actuals if span[1] >= target.end]
    return min(later, key=lambda span: (span[1], span[0] or ""), default=(None, target.end))


def _latest_then_longest(span: StartAndEnd) -> tuple[str, int]:
    return span[1], -int((span[0] or "9999").replace("-", ""))


def _cells(target: Observation, evidence: Settled | None) -> TableRow:
    if evidence is None:
        return (None,) * 6
    found = evidence.observation
    reached, bound = _reached(target, found)
    return found.value, found.bound, period(found), found.document, reached, bound


def _reached(target: Observation, found: Observation) -> tuple[Decimal | None, str | None]:
    """How much of the target's number there is, in percent; of a decline or of nothing, none."""
    if target.value <= 0 or found.value < 0:
        return None, None
    bound = APPROX if target.bound == APPROX else found.bound
    return percent(found.value, target.value, bound), bound


def _verdict(target: Observation, evidence: Settled | None, decides: bool) -> TableRow:
    if evidence is None or not decides:
        return OPEN, ""
    verdicts = {
        reaches(hedged(found), hedged(target)) for found in evidence.disputed or (evidence.observation,)
    }
    found = evidence.observation
    if len(verdicts) > 1:
        return UNDETERMINED, "reports disagree on the actual figure"
    verdict = _VERDICT[verdicts.pop()]
    if found.end <= target.end:
        return verdict, ""
    if verdict == MET and found.end > f"{int(target.end[:4]) + 1}{target.end[4:]}":
        return UNDETERMINED, f"reached by {period(found)}, long after the due day"
    return verdict, f"judged by {period(found)}, after the due day"
