"""Why the reader took what it took: the candidates of each figure, and the features that decided."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from miit_cli import confidence
from miit_cli.reading import calibration, ranking
from miit_cli.reading.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from miit_cli.reading.features import Block
    from miit_cli.reading.parsing import Parsed
    from miit_cli.reading.ranking import Candidate
    from miit_cli.types import Observation, ParsedDocument
    from miit_cli.vocabulary import Vocabulary

_LEAST = 0.02  # candidates that are less probable are left out
_FEATURES = 8  # of each candidate, the weightiest


class Ground(NamedTuple):
    """One feature that spoke for or against a candidate of a figure."""

    figure: str  # as written
    candidate: str
    probability: float
    feature: str
    weight: float  # logarithm of the odds that it is worth


def explain(vocabulary: Vocabulary, document: ParsedDocument, sentence: int) -> list[Ground]:
    """The grounds for every choice about the figures of a sentence.

    Args:
        vocabulary: what is read by.
        document: where the sentence stands.
        sentence: its number in the document, from 1.
    """
    explainer = _Explainer(sentence)
    Reader(vocabulary, explainer, explainer.calibrate).read(document)
    return explainer.grounds


class _Explainer:
    """A chooser that chooses by the weights and notes why."""

    def __init__(self, sentence: int) -> None:
        self.sentence = sentence
        self.grounds: list[Ground] = []

    def __call__(
        self,
        question: str,
        parsed: Parsed,
        number: int,
        candidates: Sequence[Candidate],
        common: Sequence[Block | str],
    ) -> tuple[int, float]:
        weights = ranking.weights()[question]
        odds = ranking.probabilities(candidates, common, weights)
        if parsed.sentence.number == self.sentence:
            q = parsed.numbers[number]
            figure, between = parsed.text[q.start : q.end], ".." if question == "period" else " "
            by_odds = sorted(zip(candidates, odds, strict=True), key=lambda each: -each[1])
            for candidate, probability in takewhile(lambda each: each[1] >= _LEAST, by_odds):
                key = candidate.key
                name = between.join(str(part or "") for part in key) if isinstance(key, tuple) else str(key)
                told = f"{question}: {name}" + (f" ({candidate.thing})" if candidate.thing else "")
                grounds = weights.grounds(candidate, common)
                self._note(figure, told, round(probability, 3), grounds, _FEATURES)
        return ranking.most_probable(candidates, odds)

    def calibrate(self, observation: Observation, signals: calibration.Signals, language: str) -> float:
        """The confidence of a record, which is the last that is noted of it."""
        sure = calibration.calibrated(observation, signals, language)
        if observation.sentence == self.sentence:
            grounds = calibration.grounds(signals, confidence.platt(language))
            told = f"confidence: {observation.indicator}"
            self._note(observation.surface, told, sure, grounds, len(grounds))
        return sure

    def _note(
        self, figure: str, told: str, probability: float, grounds: Mapping[str, float], most: int
    ) -> None:
        """Note the weightiest grounds of a choice."""
        for name, weight in sorted(grounds.items(), key=lambda each: (-abs(each[1]), each[0]))[:most]:
            if weight:
                self.grounds.append(Ground(figure, told, probability, name, round(weight, 4)))
