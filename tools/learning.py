"""Learns few integer weights from examples: a softmax over the candidates of each number, then pruned.

The features of a number that all its candidates share have a weight for each group of candidates; they are
kept apart from the candidates' own, for there would be millions of them otherwise. A weight whose removal
costs least is removed, by the second derivative of the loss (optimal brain damage), and the others are
learned anew, until so many are left as are wanted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import numpy as np
import scipy.optimize
import scipy.sparse

from miit_cli.reading.features import Block, names
from miit_cli.reading.ranking import SCALE, Candidate

_LEAST_WEIGHT = 3  # smaller ones, of so many hundredths, are left out
_KEPT = 0.6  # of the weights, from one round of pruning to the next
_ROUNDS, _LATER_ROUNDS = 80, 40  # steps of the optimiser: of the first fit, and of those that begin with one

Wanted = Callable[[str], bool]


class Asked(NamedTuple):
    """One number, as one question was asked about it."""

    document: str
    common: list[int]  # features by number, as the others
    own: list[list[int]]  # of each candidate
    groups: list[int]  # of each candidate
    right: list[bool]  # of each candidate


class Examples:
    """The candidates of many numbers, with the right ones marked."""

    def __init__(self) -> None:
        self.features: dict[str, int] = {}
        self.groups: dict[str, int] = {}
        self.asked: list[Asked] = []

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return len(self.asked)

    def add(
        self,
        document: str,
        candidates: Sequence[Candidate],
        common: Sequence[Block | str],
        good: Collection[int],
    ) -> None:
        """One number: its candidates, what they share, and the places of the right ones."""
        self.asked.append(
            Asked(
                document,
                self._numbered(common),
                [self._numbered(features) for _, _, features, _ in candidates],
                [self.groups.setdefault(group, len(self.groups)) for _, group, _, _ in candidates],
                [i in good for i in range(len(candidates))],
            )
        )

    def _numbered(self, blocks: Sequence[Block | str]) -> list[int]:
        return [self.features.setdefault(name, len(self.features)) for name in names(blocks)]

    def of(self, documents: Callable[[str], bool]) -> Examples:
        """The examples of some of the documents; the numbers of features stay the same."""
        kept = Examples()
        kept.features, kept.groups = self.features, self.groups
        kept.asked = [asked for asked in self.asked if documents(asked.document)]
        return kept


class Model:
    """The loss of weights on examples, its slope and its curvature.

    Weights are one vector: those of ``own`` features, then those of ``common`` ones, each with all groups.
    """

    def __init__(self, examples: Examples, own: Sequence[int], common: Sequence[int]) -> None:
        self.examples, self.own, self.common = examples, own, common
        asked = examples.asked
        self.width = len(examples.groups)
        self.count = len(asked)
        self.size = len(own) + len(common) * self.width
        self._own = _matrix([row for each in asked for row in each.own], own)
        self._common = _matrix([each.common for each in asked], common)
        self._own_turned, self._common_turned = self._own.T.tocsr(), self._common.T.tocsr()
        self._right = np.array([right for each in asked for right in each.right], dtype=float)
        self._number = np.repeat(np.arange(self.count), [len(each.own) for each in asked])
        groups = np.array([group for each in asked for group in each.groups], dtype=int)
        self._cell = self._number * self.width + groups

    def loss(self, weights: np.ndarray) -> tuple[float, np.ndarray]:
        """The negative log likelihood, and its gradient."""
        parts, total = self._parts(weights)
        good = self._sums(parts * self._right)
        off = parts / total[self._number] - parts * self._right / good[self._number]
        return float((np.log(total) - np.log(good)).sum()), self._gathered(off, self._cells(off))

    def curvature(self, weights: np.ndarray) -> np.ndarray:
        """The second derivative of the loss by each weight, as if all candidates were wrong."""
        parts, total = self._parts(weights)
        odds = parts / total[self._number]
        shares = self._cells(odds)
        return self._gathered(odds * (1 - odds), shares * (1 - shares))

    def right(self, weights: np.ndarray) -> float:
        """The part of the numbers whose most probable candidate is right."""
        scores = self._scores(weights)
        order = np.lexsort((-scores, self._number))
        best = order[np.unique(self._number[order], return_index=True)[1]]
        return float(self._right[best].mean())

    def _scores(self, weights: np.ndarray) -> np.ndarray:
        own, common = weights[: len(self.own)], weights[len(self.own) :].reshape(-1, self.width)
        return self._own @ own + (self._common @ common).ravel()[self._cell]

    def _parts(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        scores = self._scores(weights)
        top = np.full(self.count, -np.inf)
        np.maximum.at(top, self._number, scores)
        parts = np.exp(scores - top[self._number])
        return parts, self._sums(parts)

    def _sums(self, values: np.ndarray) -> np.ndarray:
        return np.bincount(self._number, weights=values, minlength=self.count)

    def _cells(self, values: np.ndarray) -> np.ndarray:
        """The sums of candidates by number and group."""
        cells = np.bincount(self._cell, weights=values, minlength=self.count * self.width)
        return cells.reshape(self.count, self.width)

    def _gathered(self, candidates: np.ndarray, cells: np.ndarray) -> np.ndarray:
        return np.concatenate([self._own_turned @ candidates, (self._common_turned @ cells).ravel()])


def _matrix(rows: Sequence[Sequence[int]], features: Sequence[int]) -> scipy.sparse.csr_matrix:
    """A row for each of the rows, a column for each of the features."""
    place = {feature: i for i, feature in enumerate(features)}
    kept = [[place[feature] for feature in row if feature in place] for row in rows]
    columns = np.fromiter((i for row in kept for i in row), dtype=np.int32)
    starts = np.cumsum([0, *map(len, kept)])
    return scipy.sparse.csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(kept), len(features)))


def fitted(
    model: Model, penalty: float, start: np.ndarray | None = None, mask: np.ndarray | None = None
) -> np.ndarray:
    """The weights of the least loss with an L2 penalty; those that ``mask`` has zeros for stay zero."""
    mask = np.ones(model.size) if mask is None else mask

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = model.loss(weights)
        return value + 0.5 * penalty * (weights @ weights), (slope + penalty * weights) * mask

    begin = np.zeros(model.size) if start is None else start * mask
    steps = _ROUNDS if start is None else _LATER_ROUNDS
    return scipy.optimize.minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": steps}).x


def pruned(model: Model, penalty: float, weights: np.ndarray, most: int) -> np.ndarray:
    """At most so many weights: those whose removal costs most, learned anew."""
    left = int(np.count_nonzero(weights))
    while left > most:
        left = max(most, int(left * _KEPT))
        cost = weights**2 * (model.curvature(weights) + penalty)
        mask = np.zeros(model.size)
        mask[np.argsort(-cost, kind="stable")[:left]] = 1
        weights = fitted(model, penalty, weights, mask)
    return weights


def model_of(examples: Examples, least: int, wanted: Wanted = lambda name: True) -> Model:
    """The model of the features that stand in so many numbers, or candidates, and are wanted."""
    spelled = {number: name for name, number in examples.features.items()}
    own = Counter(feature for each in examples.asked for row in each.own for feature in set(row))
    common = Counter(feature for each in examples.asked for feature in set(each.common))

    def kept(counts: Counter[int]) -> list[int]:
        enough = (feature for feature, count in counts.items() if count >= least)
        return sorted((f for f in enough if wanted(spelled[f])), key=spelled.__getitem__)

    return Model(examples, kept(own), kept(common))


def learned(examples: Examples, penalty: float, least: int, most: int) -> dict[str, int]:
    """The integer weights of a question by the names of their features, at most so many."""
    model = model_of(examples, least)
    weights = pruned(model, penalty, fitted(model, penalty), most)
    spelled = {number: name for name, number in examples.features.items()}
    groups = {number: name for name, number in examples.groups.items()}
    named = [spelled[feature] for feature in model.own] + [
        f"{groups[group]}:{spelled[feature]}" for feature in model.common for group in range(model.width)
    ]
    pairs = zip(named, (round(float(weight) * SCALE) for weight in weights), strict=True)
    return dict(sorted((name, weight) for name, weight in pairs if abs(weight) >= _LEAST_WEIGHT))
