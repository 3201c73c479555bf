"""Weights learned from labelled sentences, and the probabilities that they give to candidates."""

from __future__ import annotations

import json
from functools import cache, cached_property
from importlib import resources
from math import exp
from struct import unpack
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.features import names

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from miit_cli.reading.features import Block

SCALE = 100  # a weight of 100 in the data is 1.0 in the exponent
_KEPT = 1 << 16  # blocks of which it is kept what they are worth
_BITS, _ZERO = 32, 1 << 31  # of a place in packed weights, and what stands for zero there


class Candidate(NamedTuple):
    """One answer to one question: what it says, and the features that speak for or against it."""

    key: Hashable  # what the reader would take: indicators, a reason, a period, a standing
    group: str  # shares the weights of the common features
    features: Sequence[Block | str]
    thing: str = ""  # what it is of, where that has no entry


class Weights(dict[str, int]):
    """The weight of each feature of a question; a common one has its group before it (``group:feature``)."""

    @cached_property
    def groups(self) -> dict[str, int]:
        """The groups of the common features, each with its place among them."""
        names = dict.fromkeys(name.partition(":")[0] for name in self if ":" in name)
        return {name: place for place, name in enumerate(names)}

    @cached_property
    def packed(self) -> dict[str, int]:
        """The weights of each common feature with all groups, side by side in one integer.

        Each group has so many bits that sums never run over: adding the integers of the features adds up
        the weights of all the groups at once.
        """
        found: dict[str, int] = {}
        for name, weight in self.items():
            group, colon, feature = name.partition(":")
            if colon:
                found[feature] = found.get(feature, 0) + (weight << _BITS * self.groups[group])
        return found

    @cached_property
    def own(self) -> Worths:
        """What blocks of the features of one candidate are worth."""
        return Worths(self)

    @cached_property
    def shared(self) -> Worths:
        """What blocks of common features are worth, packed."""
        return Worths(self.packed)

    def sums(self, common: Sequence[Block | str]) -> Sequence[int]:
        """The sum of the weights of common features with each group, in the order of ``groups``."""
        count = len(self.groups)
        total = sum(map(self.shared.__getitem__, common), self._zero)
        return [lane - _ZERO for lane in unpack(f"<{count}I", total.to_bytes(4 * count, "little"))]

    @cached_property
    def _zero(self) -> int:
        """Keeps what stands in each place from being negative."""
        return sum(_ZERO << _BITS * place for place in self.groups.values())


class Worths(dict["Block | str", int]):
    """What blocks of features are worth, each worked out when it is first asked for."""

    def __init__(self, weights: Mapping[str, int]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, block: Block | str) -> int:
        if len(self) >= _KEPT:
            self.clear()
        found = self[block] = sum(self._weights.get(name, 0) for name in names([block]))
        return found


@cache
def weights() -> Mapping[str, Weights]:
    """The weights of each question (``link``, ``period``, ``status``, ``sign``), from tools/train.py."""
    text = resources.files("miit_cli").joinpath("data", "weights.json").read_text(encoding="utf-8")
    return {question: Weights(learnt) for question, learnt in json.loads(text).items()}


def probabilities(
    candidates: Sequence[Candidate], common: Sequence[Block | str], weights: Weights
) -> list[float]:
    """The probability of each candidate (softmax over the sums of its weights).

    Args:
        candidates: what may be chosen.
        common: features that all share; each counts with the group of a candidate (``group:feature``).
        weights: of the question.
    """
    worth = weights.own.__getitem__
    scores = [sum(map(worth, features)) for _, _, features, _ in candidates]
    if common:
        sums, places = weights.sums(common), weights.groups
        for i, (_, group, _, _) in enumerate(candidates):
            if group in places:
                scores[i] += sums[places[group]]
    return softmax(scores)


def softmax(scores: Sequence[int]) -> list[float]:
    """Probabilities in proportion to ``exp(score / SCALE)``."""
    if not scores:
        return []
    top = max(scores)
    parts = [exp((score - top) / SCALE) for score in scores]
    total = sum(parts)
    return [part / total for part in parts]


def most_probable(candidates: Sequence[Candidate], odds: Sequence[float]) -> tuple[int, float]:
    """The best candidate of the key that has the most probability, and that probability.

    Several candidates may share a key, which then has the sum of theirs; of equals, the first.
    """
    sums: dict[Hashable, float] = {}
    for candidate, share in zip(candidates, odds, strict=True):
        sums[candidate.key] = sums.get(candidate.key, 0.0) + share
    key = max(sums, key=sums.__getitem__)
    index = max((i for i, candidate in enumerate(candidates) if candidate.key == key), key=lambda i: odds[i])
    return index, sums[key]
