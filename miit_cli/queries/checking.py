"""``miit check``: each figure of a text beside what the corpus reports.

A figure is held only against reports of the same indicator and the same period: growth in
a longer or another stretch, or a stock on another day, is no evidence either way. A figure
of which the text does not say the period is held against the latest period that is
reported up to the day of the text.

A figure that the text does not let be read surely enough is unsure, whatever is reported.

What happened is judged by actual figures, and by estimates of it where there are no others; a forecast
from before its end is none. A target is judged by targets, or, once its day is past, by the actual
figure. Where documents disagree, a figure that one of them bears out is supported, and the note names
the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from miit_cli.bounds import supports
from miit_cli.errors import ExitCode
from miit_cli.periods import label
from miit_cli.queries import selection
from miit_cli.queries.selection import ACTUAL, EXPECTED, TARGET, by_indicator, hedged, period, reported
from miit_cli.table import Table, TableRow
from miit_cli.types import NO_INDICATOR, RECORDED, UNCERTAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from miit_cli.types import Figure, Observation

COLUMNS = (
    *("verdict", "indicator", "period", "value", "unit", "bound", "status", "text"),
    *("reported_value", "reported_bound", "reported_status", "reported_period"),
    *("document", "published", "sentence", "quote", "note", "confidence"),
)
SUPPORTED, CONTRADICTED, UNSURE, NOT_REPORTED = "supported", "contradicted", "unsure", "not reported"
_NEAREST = 4  # periods that are named where there is no report of the one in question
_VERDICT = {True: SUPPORTED, False: CONTRADICTED, None: NOT_REPORTED}
_EVIDENCE = {ACTUAL: (ACTUAL, EXPECTED), EXPECTED: (EXPECTED, ACTUAL), TARGET: (TARGET,)}


class Finding(NamedTuple):
    """What is reported about one claim; ``evidence`` is None where nothing is."""

    verdict: str
    evidence: Observation | None = None
    note: str = ""

    def unsure(self, confidence: float, why: str) -> Finding:
        """What comes of it where something was not read surely enough to count."""
        told = f"read with a confidence of {confidence}{why}"
        return self._replace(verdict=UNSURE, note="; ".join(filter(None, (told, self.note))))


def check(
    claims: Iterable[Observation],
    figures: Iterable[Figure],
    observations: Iterable[Observation],
    least: float,
    doubts: Mapping[Observation, str] = {},
    unsure: Iterable[Observation] = (),
) -> Table:
    """One row for each figure of the text, in the order of the text: COLUMNS.

    ``claims`` and ``figures`` are what the reader finds in the text (its date is the
    claims' ``published``), ``observations`` what the corpus reports of the same
    indicators. ``sentence`` and ``quote`` are those of the report. Figures whose indicator
    is unknown or lost come back as not reported; numerals that are no indicator do not
    come back. A claim of less confidence than ``least`` is unsure. ``doubts`` say what speaks
    against a report (``conflicts.doubts``): the note names it where the verdict rests on such a one.
    What one of the ``unsure`` reports bears out, which were not read surely enough to count, is not
    contradicted, but unsure.
    """
    known, doubtful = by_indicator(observations), by_indicator(unsure)
    rows: list[tuple[tuple[int, int], TableRow]] = []
    for place, claim in enumerate(claims):
        finding = _find(claim, known.get(claim.indicator, []), doubts)
        if finding.verdict == CONTRADICTED:
            for found in _evidence(claim, doubtful.get(claim.indicator, [])):
                if supports(hedged(found), hedged(claim)):
                    finding = finding.unsure(found.confidence, f", {reported(found)} bears it out")
                    break
        if claim.confidence < least:
            finding = finding.unsure(claim.confidence, f"; by itself it would be {finding.verdict}")
        rows.append(((claim.span_start, place), _row(claim, finding)))
    for figure in figures:
        if figure.kind not in (RECORDED, UNCERTAIN, NO_INDICATOR):
            rows.append(((figure.start, 0), _unknown(figure)))
    return Table(COLUMNS, [row for _, row in sorted(rows, key=lambda placed: placed[0])])


def exit_code(table: Table) -> ExitCode:
    """0 when every figure is supported, 4 when one is contradicted, else 1."""
    verdicts = set(table.column("verdict"))
    if CONTRADICTED in verdicts:
        return ExitCode.CHECK
    return ExitCode.DONE if verdicts == {SUPPORTED} else ExitCode.NOTHING


# --- what is reported ----------------------------------------------------------------------------


def _find(
    claim: Observation, observations: Sequence[Observation], doubts: Mapping[Observation, str]
) -> Finding:
    """What the corpus, its reports of the claim's indicator, says of a claim."""
    evidence = _evidence(claim, observations)
    if not evidence:
        ends = {
            f"{period(found)} (forecast)" if _is_forecast(found) else period(found): found.end
            for found in observations
            if found.status != TARGET
        }
        told = f"reported for {selection.nearest(ends, claim.end, _NEAREST)}" if ends else ""
        return Finding(NOT_REPORTED, note=told)
    verdicts = [supports(hedged(found), hedged(claim)) for found in evidence]
    verdict = True if True in verdicts else False if False in verdicts else None
    decisive = [found for found, says in zip(evidence, verdicts, strict=True) if says is verdict]
    chosen = selection.settle(decisive).observation
    against = [found for found, says in zip(evidence, verdicts, strict=True) if says is False]
    notes = _notes(claim, chosen, verdict, against)
    if chosen in doubts and not (verdict and against):
        notes.append(f"the report is in doubt: {doubts[chosen]}")
    return Finding(_VERDICT[verdict], chosen, "; ".join(notes))


def _evidence(claim: Observation, observations: Sequence[Observation]) -> list[Observation]:
    """The reports that a claim is held against: of the best standing that there is."""
    due = claim.status == TARGET and claim.end <= claim.published
    for status in (TARGET, ACTUAL) if due else _EVIDENCE[claim.status]:
        standing = [
            found
            for found in observations
            # what was only forecast did not happen by that
            if found.status == status and not (claim.status == ACTUAL and _is_forecast(found))
        ]
        same = [found for found in standing if _same_period(claim, found)]
        if not same and claim.basis == "document" and status != TARGET:
            before = [found for found in standing if found.end <= claim.end]
            same = selection.latest(before) if before else []
        if same:
            return same
    return []


def _is_forecast(found: Observation) -> bool:
    """Whether a report told what was to come: published before the end of its period."""
    return found.status == EXPECTED and found.published < found.end


def _same_period(claim: Observation, found: Observation) -> bool:
    return (claim.start or None, claim.end) == (found.start or None, found.end)


def _notes(
    claim: Observation, chosen: Observation, verdict: bool | None, against: Sequence[Observation]
) -> list[str]:
    notes = []
    if not _same_period(claim, chosen):
        notes.append(f"the text gives no period: held against the latest, {period(chosen)}")
    if chosen.status != claim.status:
        notes.append(f"reported as {chosen.status}")
    if verdict is None:
        notes.append(f"reported is {hedged(chosen)}, which does not decide")
    if verdict and hedged(chosen) != hedged(claim):
        notes.append(f"reported is {hedged(chosen)}")
    if verdict and against:
        notes.append(f"but {', '.join(sorted({reported(found) for found in against}))}")
    return notes


# --- rows ----------------------------------------------------------------------------------------


def _row(claim: Observation, finding: Finding) -> TableRow:
    found = finding.evidence
    source: TableRow = (None,) * 8
    if found:
        source = (
            *(found.value, found.bound, found.status, period(found)),
            *(found.document, found.published, found.sentence, found.quote),
        )
    return (
        *(finding.verdict, claim.indicator, period(claim), claim.value, claim.unit),
        *(claim.bound, claim.status, claim.surface, *source, finding.note, claim.confidence),
    )


def _unknown(figure: Figure) -> TableRow:
    """The row of a figure that could be an indicator's and is none of the claims."""
    when = label(figure.period_start, figure.period_end) if figure.period_end else None
    subject = f": {figure.subject}" if figure.subject else ""
    return (
        *(NOT_REPORTED, None, when, figure.value, figure.unit or None),
        *(figure.bound or None, figure.status or None, figure.text),
        *(*(None,) * 8, f"{figure.kind}{subject}", None),
    )
