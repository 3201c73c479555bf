"""The account of a document: its observations, and a figure for each of its numerals."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from miit_cli.bounds import Hedged, contradict
from miit_cli.reading.calibration import LIKELY, Calibrate, Choices, signals
from miit_cli.reading.outcomes import FOREIGN, REASONS, Outcome, Reason
from miit_cli.reading.spans import BARE, COUNT, PHYSICAL, Quantity, Time
from miit_cli.types import (
    NO_INDICATOR,
    RECORDED,
    UNATTRIBUTED,
    UNEXPLAINED,
    Figure,
    Observation,
    ParsedDocument,
    ReadingResult,
    SentenceSpan,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from miit_cli.vocabulary import Entry

_NUMERAL = re.compile(r"\d")
_DOUBT = {"document": "the period is that of the document"}

Slot = tuple[str, str | None, str, str]  # what an observation tells the value of
Where = tuple[int, int]  # where a number begins and ends


class Account:
    """Gathers what is said of the numerals of one document.

    Args:
        document: it is of.
        calibrate: gives the confidence of an observation by its signals, in a language.
    """

    def __init__(self, document: ParsedDocument, calibrate: Calibrate) -> None:
        self.document, self._calibrate = document, calibrate
        self.observations: list[Observation] = []
        self._made: list[Choices | float] = []  # how each of them was
        self.figures: list[Figure] = []
        self._foreign = 0  # figures that are not the nation's

    def observe(
        self,
        sentence: SentenceSpan,
        quantity: Quantity,
        outcome: Outcome,
        entry: Entry,
        status: str,
        span: tuple[str | None, str, str],
        made: Choices | float,
    ) -> None:
        """One observation of one indicator.

        ``span`` is its first day, its last one, and the basis; ``made`` the choices that it came from, or its
        confidence where there were none.
        """
        start, end, basis = span
        document, text = self.document, self.document.text
        self.observations.append(
            Observation(
                entry.slug, outcome.value or Decimal(0),  # no minus zero
                entry.unit, quantity.bound, status, start, end, basis,
                entry.measure, entry.nature, document.id, document.date, sentence.number,
                text[sentence.start : sentence.end],
                quantity.start, quantity.end, text[quantity.start : quantity.end], _DOUBT.get(basis, ""),
            )
        )  # fmt: skip
        self._made.append(made)

    def figure(
        self,
        sentence: SentenceSpan,
        quantity: Quantity,
        outcome: Outcome,
        status: str,
        start: str | None,
        end: str,
        nature: str,
    ) -> None:
        """One number that is a value, with what became of it."""
        unit = quantity.classifier if quantity.unit in (BARE, COUNT, PHYSICAL) else quantity.unit
        self._foreign += outcome.reason in FOREIGN
        self.figures.append(
            Figure(
                self.document.id, sentence.number, quantity.start, quantity.end,
                self.document.text[quantity.start : quantity.end],
                outcome.kind, outcome.told, outcome.value, unit, outcome.subject,
                quantity.bound, status, start, end, outcome.measure, nature, " ".join(outcome.slugs),
            )
        )  # fmt: skip

    def plain(self, sentence: SentenceSpan, times: Sequence[Time], numbers: Sequence[Quantity]) -> None:
        """Numerals that are dates, names, ordinals or parts of words."""
        text = self.document.text
        spans: list[tuple[Time | Quantity, Reason | None]] = [
            *((time, Reason.DATE) for time in times if _NUMERAL.search(text, time.start, time.end)),
            *((quantity, REASONS.get(quantity.reason)) for quantity in numbers),
        ]
        for span, reason in spans:
            told = (NO_INDICATOR, reason.value) if reason else (UNEXPLAINED, "")
            place = span.start, span.end, text[span.start : span.end]
            self.figures.append(Figure(self.document.id, sentence.number, *place, *told))

    def reading(self) -> ReadingResult:
        """All of it, in order of place, with each claim once; what is more likely wrong is no record."""
        headings = {sentence.number for sentence in self.document.sentences if sentence.heading}
        judged = self._judged()
        observations, repeated = _distinct(judged, headings)
        sure: dict[Where, float] = {}
        for one in (*judged, *observations):  # of several indicators, the surest: that record is shown
            sure[_place(one)] = max(one.confidence, sure.get(_place(one), 0.0))
        figures = sorted(self.figures, key=lambda figure: (figure.start, figure.end))
        return ReadingResult(
            tuple(one for one in observations if one.confidence >= LIKELY),
            tuple(_judged(each, sure, repeated) if each.kind == RECORDED else each for each in figures),
        )

    def _judged(self) -> list[Observation]:
        """The observations with their confidence, which depends on what else the document says."""
        told: dict[Slot, list[tuple[Observation, Choices]]] = {}
        for one, made in zip(self.observations, self._made, strict=True):
            choices = made if isinstance(made, Choices) else Choices(made)
            told.setdefault(_slot(one), []).append((one, choices))
        for each in told.values():
            each.sort(key=lambda pair: -pair[1].odds)
        return [
            one._replace(confidence=made if isinstance(made, float) else self._sure(one, made, told))
            for one, made in zip(self.observations, self._made, strict=True)
        ]

    def _sure(
        self, one: Observation, made: Choices, told: Mapping[Slot, Sequence[tuple[Observation, Choices]]]
    ) -> float:
        rivals = [
            (other.sentence == one.sentence, choices)
            for other, choices in told[_slot(one)]
            if contradict(Hedged(one.value, one.bound), Hedged(other.value, other.bound))
        ]
        if made.base and any(here and not choices.base for here, choices in rivals):
            return 0.0  # what a change goes from is of another time than what it goes to
        rival = next((choices for here, choices in rivals if not (here and choices.base)), None)
        foreign = self._foreign / (self._foreign + len(self.observations))
        return self._calibrate(one, signals(one, made, rival, foreign), self.document.language)


def _judged(figure: Figure, sure: Mapping[Where, float], repeated: set[Where]) -> Figure:
    """A recorded figure with its confidence; a repeated one stays recorded, and says so."""
    place = figure.start, figure.end
    if sure[place] < LIKELY:
        return figure._replace(kind=UNATTRIBUTED, reason=Reason.UNLIKELY.value, confidence=sure[place])
    again = " (said again)" if place in repeated else ""
    return figure._replace(confidence=sure[place], reason=f"{figure.reason}{again}")


def _distinct(
    observations: Iterable[Observation], headings: set[int]
) -> tuple[list[Observation], set[Where]]:
    """The observations of a document, one a figure, and where those stand that are left out.

    Of two roundings the more precise stays, of two hedges the first in the body; ``headings``, the sentences
    that are such, only repeat that.
    """
    kept: dict[Slot, list[Observation]] = {}
    repeated: set[Where] = set()
    body: dict[tuple[str, str], list[Observation]] = {}
    for one in observations:
        if one.sentence not in headings:
            body.setdefault((one.indicator, one.status), []).append(one)
    for one in observations:
        told = body.get((one.indicator, one.status), ()) if one.sentence in headings else ()
        if any(_same(one, other) for other in told):
            repeated.add(_place(one))
            continue
        rivals = kept.setdefault(_slot(one), [])
        place = next((n for n, other in enumerate(rivals) if _same(one, other)), None)
        if place is None:
            rivals.append(one)
            continue
        # of equals, the first stays; each bears the other out
        rough, fine = sorted((one, rivals[place]), key=lambda each: _digits(each.value))
        repeated.add(_place(rough))
        rivals[place] = fine._replace(confidence=max(fine.confidence, rough.confidence))
    rows = [one for rivals in kept.values() for one in rivals]
    return sorted(rows, key=lambda one: (one.span_start, one.indicator)), repeated


def _slot(one: Observation) -> Slot:
    return one.indicator, one.start, one.end, one.status


def _place(one: Observation) -> Where:
    return one.span_start, one.span_end


def _same(one: Observation, other: Observation) -> bool:
    """Whether two observations may tell one figure: equal, a rounding, or a bound that holds."""
    if one.value == other.value:
        return True
    rough, fine = (one, other) if _digits(one.value) <= _digits(other.value) else (other, one)
    if _digits(rough.value) == _digits(fine.value):
        return False
    if rough.bound == "lower":
        return rough.value < fine.value < rough.value * 2
    if rough.bound == "upper":
        return fine.value < rough.value < fine.value * 2
    # Half of the last digit that the rough one gives: 4.1 may be 4.05 to 4.15.
    last = rough.value.normalize().as_tuple().exponent
    return isinstance(last, int) and abs(fine.value - rough.value).scaleb(-last) * 2 <= 1


@lru_cache(4096)
def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)
