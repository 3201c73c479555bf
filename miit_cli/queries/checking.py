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
from miit_cli.queries.selection import (
    ACTUAL,
    EXPECTED,
    TARGET,
    by_indicator,
    hedged,
    latest,
    nearest,
    period,
    reported,
    settle,
)
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
        finding = find(claim, known.get(claim.indicator, []), doubts)
        finding = _borne_out(claim, finding, doubtful.get(claim.indicator, []))
        rows.append(((claim.span_start, place), _row(claim, _sure(claim, finding, least))))
    rows += [((figure.start, 0), _unknown(figure)) for figure in figures if _is_open(figure)]
    return Table(COLUMNS, [row for _, row in sorted(rows, key=lambda placed: placed[0])])


def exit_code(table: Table) -> ExitCode:
    """0 when every figure is supported, 4 when one is contradicted, else 1."""
    verdicts = set(table.column("verdict"))
    if CONTRADICTED in verdicts:
        return ExitCode.CHECK
    return ExitCode.DONE if verdicts == {SUPPORTED} else ExitCode.NOTHING


# --- what is reported ----------------------------------------------------------------------------


def find(
    claim: Observation, observations: Sequence[Observation], doubts: Mapping[Observation, str]
) -> Finding:
    """What the corpus, its reports of the claim's indicator, says of a claim."""
    evidence = _evidence(claim, observations)
    if not evidence:
        return Finding(NOT_REPORTED, note=_what_else(claim, observations))
    verdicts = [supports(hedged(found), hedged(claim)) for found in evidence]
    verdict = True if True in verdicts else False if False in verdicts else None
    decisive = [found for found, says in zip(evidence, verdicts, strict=True) if says is verdict]
    chosen = settle(decisive).observation
    against = [found for found, says in zip(evidence, verdicts, strict=True) if says is False]
    notes = _notes(claim, chosen, verdict, against)
    if chosen in doubts and not (verdict and against):
        notes.append(f"the report is in doubt: {doubts[chosen]}")
    return Finding(_VERDICT[verdict], chosen, "; ".join(notes))


def _sure(claim: Observation, finding: Finding, least: float) -> Finding:
    """The finding, or that it was not read surely enough whether the text claims this at all."""
    if claim.confidence >= least:
        return finding
    return _unsure(
        finding, f"read with a confidence of {claim.confidence}; by itself it would be {finding.verdict}"
    )


def _borne_out(claim: Observation, finding: Finding, unsure: Sequence[Observation]) -> Finding:
    """The finding, but for a contradicted claim that a report bears out which was not read surely."""
    if finding.verdict != CONTRADICTED:
        return finding
    found = next((one for one in _evidence(claim, unsure) if supports(hedged(one), hedged(claim))), None)
    if found is None:
        return finding
    return _unsure(finding, f"read with a confidence of {found.confidence}, {reported(found)} bears it out")


def _unsure(finding: Finding, why: str) -> Finding:
    return finding._replace(verdict=UNSURE, note="; ".join(filter(None, [why, finding.note])))


def _evidence(claim: Observation, observations: Sequence[Observation]) -> list[Observation]:
    for status in _statuses(claim):
        standing = [found for found in observations if found.status == status and _counts(claim, found)]
        same = [found for found in standing if (found.start or None, found.end) == _span(claim)]
        if not same and claim.basis == "document" and status != TARGET:
            before = [found for found in standing if found.end <= claim.end]
            same = latest(before) if before else []
        if same:
            return same
    return []


def _counts(claim: Observation, found: Observation) -> bool:
    """Whether a report can bear a claim out: what was only forecast did not happen by that."""
    return claim.status != ACTUAL or not _is_forecast(found)


def _is_forecast(found: Observation) -> bool:
    """Whether a report told what was to come: published before the end of its period."""
    return found.status == EXPECTED and found.published < found.end


def _span(claim: Observation) -> tuple[str | None, str]:
    return claim.start or None, claim.end


def _statuses(claim: Observation) -> tuple[str, ...]:
    """The standings that count as evidence, the best first."""
    due = claim.status == TARGET and claim.end <= claim.published
    return (TARGET, ACTUAL) if due else _EVIDENCE[claim.status]


# --- what is to be said --------------------------------------------------------------------------


def _notes(
    claim: Observation, chosen: Observation, verdict: bool | None, against: Sequence[Observation]
) -> list[str]:
    notes = []
    if (chosen.start or None, chosen.end) != _span(claim):
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


def _what_else(claim: Observation, observations: Sequence[Observation]) -> str:
    """Of which periods there are reports, the nearest ones, where there is none of the one in question."""
    ends = {_when(found): found.end for found in observations if found.status != TARGET}
    return f"reported for {nearest(ends, claim.end, _NEAREST)}" if ends else ""


def _when(found: Observation) -> str:
    """The period of a report, and whether it was only forecast."""
    return f"{period(found)} (forecast)" if _is_forecast(found) else period(found)


# --- rows ----------------------------------------------------------------------------------------


def _row(claim: Observation, finding: Finding) -> TableRow:
    return (
        *(finding.verdict, claim.indicator, period(claim), claim.value, claim.unit),
        *(claim.bound, claim.status, claim.surface),
        *_source(finding.evidence),
        *(finding.note, claim.confidence),
    )


def _source(found: Observation | None) -> TableRow:
    if found is None:
        return (None,) * 8
    return (
        *(found.value, found.bound, found.status, period(found)),
        *(found.document, found.published, found.sentence, found.quote),
    )


def _is_open(figure: Figure) -> bool:
    """Whether a figure could be one of an indicator and is none of the claims."""
    return figure.kind not in (RECORDED, UNCERTAIN, NO_INDICATOR)


def _unknown(figure: Figure) -> TableRow:
    when = label(figure.period_start, figure.period_end) if figure.period_end else None
    subject = f": {figure.subject}" if figure.subject else ""
    return (
        *(NOT_REPORTED, None, when, figure.value, figure.unit or None),
        *(figure.bound or None, figure.status or None, figure.text),
        *_source(None),
        *(f"{figure.kind}{subject}", None),
    )
