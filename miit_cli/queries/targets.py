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
from miit_cli.queries import selection
from miit_cli.queries.selection import ACTUAL, TARGET, by_indicator, by_period, hedged, period, settle
from miit_cli.table import Table, TableRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from miit_cli.queries.selection import Settled
    from miit_cli.types import Observation

COLUMNS = (
    *("indicator", "label", "target_value", "target_bound", "unit", "period", "due", "document", "published"),
    *("actual_value", "actual_bound", "actual_period", "actual_document"),
    *("reached_percent", "reached_bound", "verdict", "note"),
    *("target_confidence", "actual_confidence"),
)
MET, MISSED, OPEN, UNDETERMINED = "met", "missed", "open", "undetermined"
Actuals = dict[tuple["str | None", str], "list[Observation]"]  # of an indicator, by start and end
_NO_ACTUAL: TableRow = (None,) * 6

_VERDICT = {True: MET, False: MISSED, None: UNDETERMINED}


def targets(observations: Iterable[Observation], labels: Mapping[str, str] = {}) -> Table:
    """One row a target, by due day: COLUMNS. One that is stated again is one, from its first document."""
    rows: list[TableRow] = []
    for slug, found in by_indicator(observations).items():
        actuals = by_period(observation for observation in found if observation.status == ACTUAL)
        aims = [observation for observation in found if observation.status == TARGET]
        aims.sort(key=selection.publication, reverse=True)
        first = {(aim.start or None, aim.end, hedged(aim)): aim for aim in aims}
        rows += [_row(labels.get(slug, slug), target, actuals) for target in first.values()]
    return Table(COLUMNS, sorted(rows, key=lambda row: (row[6], row[0], row[8])))


def _row(name: str, target: Observation, actuals: Actuals) -> TableRow:
    evidence, decides = _evidence(target, actuals)
    cells, confidence = _NO_ACTUAL, None
    if evidence:
        found = evidence.observation
        cells = (found.value, found.bound, period(found), found.document, *_reached(target, found))
        confidence = found.confidence
    return (
        *(target.indicator, name, target.value, target.bound, target.unit, period(target), target.end),
        *(target.document, target.published, *cells),
        *(_verdict(target, evidence) if evidence and decides else (OPEN, "")),
        *(target.confidence, confidence),
    )


def _evidence(target: Observation, actuals: Actuals) -> tuple[Settled | None, bool]:
    """The figure to hold against the target, and whether it decides."""
    deciding = target.start or None, target.end
    if not target.start:
        later = [span for span in actuals if span[1] >= target.end]
        deciding = min(later, key=lambda span: (span[1], span[0] or ""), default=deciding)
    if deciding in actuals:
        return settle(actuals[deciding]), True
    parts = [span for span in actuals if span[1] <= target.end and (span[0] or "") >= (target.start or "")]
    if not parts:
        return None, False
    end = max(end for _, end in parts)
    longest = min((span for span in parts if span[1] == end), key=lambda span: span[0] or "")
    return settle(actuals[longest]), False


def _reached(target: Observation, found: Observation) -> TableRow:
    """How much of the target's number there is, in percent; of a decline or of nothing, none."""
    if target.value <= 0 or found.value < 0:
        return None, None
    bound = APPROX if target.bound == APPROX else found.bound
    return percent(found.value, target.value, bound), bound


def _verdict(target: Observation, evidence: Settled) -> TableRow:
    found = evidence.observation
    verdicts = {reaches(hedged(each), hedged(target)) for each in evidence.disputed or (found,)}
    if len(verdicts) > 1:
        return UNDETERMINED, "reports disagree on the actual figure"
    verdict = _VERDICT[verdicts.pop()]
    if found.end <= target.end:
        return verdict, ""
    if verdict == MET and found.end > f"{int(target.end[:4]) + 1}{target.end[4:]}":
        return UNDETERMINED, f"reached by {period(found)}, long after the due day"
    return verdict, f"judged by {period(found)}, after the due day"
