"""Weights learned from labelled sentences, and the probabilities that they give to candidates."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from math import exp
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

SCALE = 100  # a weight of 100 in the data is 1.0 in the exponent


class Candidate(NamedTuple):
    """One answer to one question: what it says, and the features that speak for or against it."""

    key: Hashable  # what the reader would take: indicators, a reason, a period, a standing
    group: str  # shares the weights of the common features
    features: Sequence[str]


Weights = dict[str, int]


@cache
def weights() -> Mapping[str, Weights]:
    """The weights of each question (``link``, ``period``, ``status``, ``sign``), as learned by tools/train.py."""
    text = resources.files("miit_cli").joinpath("data", "weights.json").read_text(encoding="utf-8")
    loaded: dict[str, Weights] = json.loads(text)
    return loaded


def probabilities(
    candidates: Sequence[Candidate], common: Sequence[str], weights: Weights
) -> list[float]:
    """The probability of each candidate (softmax over the sums of its weights).

    Args:
        candidates: what may be chosen.
        common: features that all share; each counts with the group of a candidate (``group:feature``).
        weights: of the question.
    """
    shared: dict[str, int] = {}
    scores = []
    get = weights.get
    for _, group, features in candidates:
        if group not in shared:
            shared[group] = sum(get(f"{group}:{feature}", 0) for feature in common)
        scores.append(shared[group] + sum(get(feature, 0) for feature in features))
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
    index = max(
        (i for i, candidate in enumerate(candidates) if candidate.key == key), key=lambda i: odds[i]
    )
    return index, sums[key]
