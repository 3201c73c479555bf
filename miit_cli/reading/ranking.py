"""Weights learned from labelled sentences, and the probabilities that they give to candidates."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from math import exp
from operator import mul
from struct import unpack
from typing import TYPE_CHECKING, Any, NamedTuple

from miit_cli.reading.features import names

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

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


class Weights:
    """What a question has learned: a linear part, and a layer of units that see features together.

    The score of a candidate is the sum of the weights of its own features, of those that the common features
    have with its group, and of what its units say: each sums what all these features and the group tell it,
    and where that is above zero it counts, times what the unit is worth. All of it is integers.

    Args:
        learnt: ``own`` (a feature's weight, then what it tells each unit), ``common`` and ``groups`` (what
            it tells each unit), ``grouped`` (its weight with each group), ``units`` (what each is
            worth); of weights and of units 100 are 1.0.
    """

    def __init__(self, learnt: Mapping[str, Any]) -> None:
        self.learnt = learnt
        self._worth: list[int] = learnt.get("units", [])
        self._grouped: dict[str, dict[str, int]] = learnt.get("grouped", {})
        self._places = {group: place for place, group in enumerate(learnt.get("groups", {}))}
        self._groups = {group: _packed([0, *told]) for group, told in learnt.get("groups", {}).items()}
        self._own, self._common = Worths(self._of_own), Worths(self._of_common)
        self._lanes = 1 + len(self._worth)
        self._zero = _packed([_ZERO] * (self._lanes + len(self._places)))
        self._units_only = (1 << _BITS * self._lanes) - 1

    def _of_own(self, feature: str) -> int:
        row = self.learnt.get("own", {}).get(feature)
        return _packed(row) if row else 0

    def _of_common(self, feature: str) -> int:
        told, grouped = self.learnt.get("common", {}).get(feature), self._grouped.get(feature)
        found = _packed([0, *told]) if told else 0
        for group, weight in grouped.items() if grouped else ():
            found += weight << _BITS * (self._lanes + self._places[group])
        return found

    def scores(self, candidates: Sequence[Candidate], common: Sequence[Block | str]) -> list[int]:
        """The score of each candidate, in ten thousandths; features are blocks or names.

        What a feature tells stands side by side in one integer, each part in so many bits that sums never
        run over: so a feature is added to the linear part, to all units and all groups at once.
        """
        shared = sum(map(self._common.__getitem__, common), self._zero)
        grouped = _unpacked(shared >> _BITS * self._lanes, len(self._places))
        shared &= self._units_only
        own, scores = self._own.__getitem__, []
        for _, group, features, _ in candidates:
            total = sum(map(own, features), shared + self._groups.get(group, 0))
            linear, *told = _unpacked(total, self._lanes)
            if group in self._places:
                linear += grouped[self._places[group]] - _ZERO
            counted = [
                (heard - _ZERO) * worth
                for heard, worth in zip(told, self._worth, strict=True)
                if heard > _ZERO
            ]
            scores.append((linear - _ZERO) * SCALE + sum(counted))
        return scores

    def grounds(self, candidate: Candidate, common: Sequence[Block | str]) -> dict[str, float]:
        """What each feature adds to the score of a candidate: ``group:feature`` for common ones.

        Through a unit that counts, each adds what it tells the unit times what that is worth; so the parts
        add up to the score.
        """
        learnt, group = self.learnt, candidate.group
        rows = [(group, 0, learnt.get("groups", {}).get(group, ()))]
        for feature in names(common):
            grouped = self._grouped.get(feature, {}).get(group, 0)
            rows.append((f"{group}:{feature}", grouped, learnt.get("common", {}).get(feature, ())))
        for feature in names(candidate.features):
            linear, *told = learnt.get("own", {}).get(feature, [0])
            rows.append((feature, linear, told))
        heard = map(sum, zip(*(told for _, _, told in rows if told), strict=True))
        worth = [each if total > 0 else 0 for each, total in zip(self._worth, heard, strict=False)]
        found: dict[str, float] = {}
        for name, linear, told in rows:
            part = linear / SCALE + sum(map(mul, told, worth)) / SCALE**2
            found[name] = found.get(name, 0.0) + part
        return found


class Worths(dict["Block | str", int]):
    """What blocks of features are worth, each worked out when it is first asked for.

    Args:
        worth: gives that of one feature.
    """

    def __init__(self, worth: Callable[[str], int]) -> None:
        super().__init__()
        self._worth = cache(worth)

    def __missing__(self, block: Block | str) -> int:
        if len(self) >= _KEPT:
            self.clear()
            self._worth.cache_clear()
        found = self[block] = sum(map(self._worth, names([block])))
        return found


def _packed(numbers: Iterable[int]) -> int:
    """Numbers side by side in one."""
    return sum(number << _BITS * place for place, number in enumerate(numbers))


def _unpacked(packed: int, count: int) -> tuple[int, ...]:
    """So many numbers out of one, none of them negative."""
    return unpack(f"<{count}I", packed.to_bytes(4 * count, "little"))


@cache
def weights() -> Mapping[str, Weights]:
    """The weights of each question (``link``, ``period``, ``status``, ``sign``), from tools/train.py."""
    text = resources.files("miit_cli").joinpath("data", "weights.json").read_text(encoding="utf-8")
    return {question: Weights(learnt) for question, learnt in json.loads(text).items()}


def probabilities(
    candidates: Sequence[Candidate], common: Sequence[Block | str], weights: Weights
) -> list[float]:
    """The probability of each candidate: in proportion to ``exp`` of its score.

    Args:
        candidates: what may be chosen.
        common: features that all share.
        weights: of the question.
    """
    scores = weights.scores(candidates, common)
    top = max(scores, default=0)
    parts = [exp((score - top) / SCALE**2) for score in scores]
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
