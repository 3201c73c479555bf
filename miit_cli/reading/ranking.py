"""Weights learned from labelled sentences, and the probabilities that they give to candidates."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from math import exp
from operator import mul
from typing import TYPE_CHECKING, Any, NamedTuple

from miit_cli.reading.features import names

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from miit_cli.reading.features import Block

SCALE = 100  # a weight of 100 in the data is 1.0 in the exponent
_KEPT = 1 << 16  # blocks of which it is kept what they are worth
_BITS = 30  # of a place in packed weights, as many as of a digit of Python's integers: all is quick
_ZERO, _PLACE = 1 << _BITS - 1, (1 << _BITS) - 1  # what stands for zero in a place, and all of its bits


class Candidate(NamedTuple):
    """One answer to one question: what it says, and the features that speak for or against it."""

    key: Hashable  # what the reader would take: indicators, a reason, a period, a standing
    group: str  # shares the weights of the common features
    features: Sequence[Block | str]
    thing: str = ""  # what it is of, where that has no entry

    @property
    def slugs(self) -> tuple[str, ...]:
        """The indicators that it names, of what a number may be of; none where that is a reason."""
        return self.key if isinstance(self.key, tuple) else ()


class Weights:
    """What a question has learned: a linear part, and a layer of units that see features together.

    The score of a candidate is the sum of the weights of its own features, of those that the common features
    have with its group, and of what its units say: each sums what all these features and the group tell it,
    and where that is above zero it counts, times what the unit is worth. All of it is integers.

    Args:
        learnt: ``own`` (a feature's weight, then what it tells each unit), ``common`` and ``groups`` (what
            it tells each unit), ``grouped`` (its weight with each group), ``units`` (what each is
            worth); of weights and of units 100 are 1.0. Rows of features are text, read when they are
            first asked for: most features of all are none of a document's.
    """

    def __init__(self, learnt: Mapping[str, Any]) -> None:
        self.learnt = learnt
        self._worth: list[int] = learnt.get("units", [])
        self._grouped: dict[str, dict[str, int]] = learnt.get("grouped", {})
        self._lanes = 1 + len(self._worth)
        groups = learnt.get("groups", {})
        self._places = {group: _BITS * (self._lanes + place) for place, group in enumerate(groups)}
        self._groups = {group: self._weighed([0, *told]) for group, told in groups.items()}
        self._own, self._common = Worths(self._of_own), Worths(self._of_common)
        self._zero = _packed([_ZERO] * (self._lanes + len(groups)))
        self._lanes_only = _packed([_PLACE] * self._lanes)
        self._signs = _packed([0, *(_ZERO for _ in self._worth)])
        self._gains = _packed([0, *(_PLACE * (worth > 0) for worth in self._worth)])

    def _of_own(self, feature: str) -> int:
        return self._weighed(self._row("own", feature))

    def _of_common(self, feature: str) -> int:
        grouped = self._grouped.get(feature, {})
        return self._weighed([0, *self._row("common", feature)]) + sum(
            weight * SCALE << self._places[group] for group, weight in grouped.items()
        )

    def _row(self, part: str, feature: str) -> list[int]:
        return [*map(int, self.learnt.get(part, {}).get(feature, "").split())]

    def _weighed(self, row: Sequence[int]) -> int:
        """A weight and what it tells each unit, packed: times what they are worth, without the sign."""
        return _packed(each * abs(worth) for each, worth in zip(row, [SCALE, *self._worth], strict=False))

    def scores(self, candidates: Sequence[Candidate], common: Sequence[Block | str]) -> list[int]:
        """The score of each candidate, in ten thousandths; features are blocks or names.

        What a feature tells stands side by side in one integer, a place for the linear part, each unit and
        each group: so one sum adds to all of them. The highest bit of a place tells that it is not below
        zero, which leaves the rest of it standing; and the places of a number add up to its remainder by a
        place of ones (as the digits of a decimal do by nine).
        """
        shared = sum(map(self._common.__getitem__, common), self._zero)
        own, signs, gains, scores = self._own.__getitem__, self._signs, self._gains, []
        begun = {group: self._begun(shared, group) for group in {group for _, group, _, _ in candidates}}
        for _, group, features, _ in candidates:
            total = sum(map(own, features), begun[group])
            positive = total & signs
            heard = total & (positive - (positive >> _BITS - 1))
            gained = heard & gains
            scores.append((total & _PLACE) - _ZERO + gained % _PLACE - (heard - gained) % _PLACE)
        return scores

    def _begun(self, shared: int, group: str) -> int:
        """What the candidates of a group begin with."""
        units = (shared & self._lanes_only) + self._groups.get(group, 0)
        if group in self._places:
            units += (shared >> self._places[group] & _PLACE) - _ZERO
        return units

    def grounds(self, candidate: Candidate, common: Sequence[Block | str]) -> dict[str, float]:
        """What each feature adds to the score of a candidate: ``group:feature`` for common ones.

        Through a unit that counts, each adds what it tells the unit times what that is worth; so the parts
        add up to the score.
        """
        learnt, group = self.learnt, candidate.group
        rows = [(group, 0, learnt.get("groups", {}).get(group, ()))]
        for feature in names(common):
            grouped = self._grouped.get(feature, {}).get(group, 0)
            rows.append((f"{group}:{feature}", grouped, self._row("common", feature)))
        for feature in names(candidate.features):
            linear, *told = self._row("own", feature) or [0]
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


@cache
def weights() -> Mapping[str, Weights]:
    """The weights of each question (``link``, ``period``, ``status``, ``sign``), from tools/train.py."""
    text = resources.files("miit_cli").joinpath("data", "weights.json").read_text(encoding="utf-8")
    return {question: Weights(learnt) for question, learnt in json.loads(text).items()}


def probabilities(
    candidates: Sequence[Candidate], common: Sequence[Block | str], weights: Weights
) -> list[float]:
    """The probability of each candidate by the weights of a question: in proportion to ``exp`` of its score.

    ``common`` are the features that all candidates share.
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
    best: dict[Hashable, int] = {}
    for index, (candidate, share) in enumerate(zip(candidates, odds, strict=True)):
        key = candidate.key
        sums[key] = sums.get(key, 0.0) + share
        if share > odds[best.setdefault(key, index)]:
            best[key] = index
    key = max(sums, key=sums.__getitem__)
    return best[key], sums[key]
