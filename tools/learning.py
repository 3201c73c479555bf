"""Learns the weights of a question from examples: a small network that scores the candidates of each number.

What it is stands in ``miit_cli/reading/ranking.py``: a linear part, and one layer of units that sees which
features stand together. It is learned by Adam (Kingma and Ba, 2015) with dropout of units and of features,
from the softmax over the candidates of each number. The same examples give the same weights: nothing of it
depends on how many threads there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import scipy.sparse

from miit_cli.reading.features import Block, indicator_features, magnitude_features, names
from miit_cli.reading.ranking import SCALE, Candidate
from miit_cli.reading.sizes import USUAL

_OF_USERS = 8  # of so many documents one teaches how to read entries of a user's own
_BATCH = 256  # numbers in a step
_STEPS = 400  # at least: few examples are gone through more often
_MEAN, _SQUARE = 0.9, 0.999  # how slowly Adam forgets
_TINY = 1e-12
_LEAST = 4  # of the weights of common features with groups, in hundredths; they are many


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
    def spelled(self) -> dict[int, str]:
        """The features by number."""
        return {number: name for name, number in self.features.items()}

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
        """One number: its candidates, what they share, and the places of the right ones.

        Of one document in so many the indicators are entries of a user's own.
        """
        users = crc32(document.encode()) % _OF_USERS == 0
        self.asked.append(
            Asked(
                document,
                self._numbered(common),
                [
                    self._numbered(map(_unnamed, features) if users else features)
                    for _, _, features, _ in candidates
                ],
                [self.groups.setdefault(group, len(self.groups)) for _, group, _, _ in candidates],
                [i in good for i in range(len(candidates))],
            )
        )

    def _numbered(self, blocks: Iterable[Block | str]) -> list[int]:
        return [self.features.setdefault(name, len(self.features)) for name in names(blocks)]

    def of(self, documents: Callable[[str], bool]) -> Examples:
        """The examples of some of the documents; the numbers of features stay the same."""
        kept = Examples()
        kept.features, kept.groups = self.features, self.groups
        kept.asked = [asked for asked in self.asked if documents(asked.document)]
        return kept


class Shape(NamedTuple):
    """How large a network is, and how it is learned."""

    units: int  # of its layer
    least: int  # numbers that a feature must stand in
    epochs: int
    rate: float = 0.004  # of the first step; it falls to nothing
    decay: float = 1e-4  # draws weights to zero
    dropout: float = 0.1  # of the units, in each step of learning
    masked: float = 0.3  # of the features: other texts have other words, so none is leant on alone
    networks: int = (
        1  # that begin otherwise each, and are asked together: what one makes up, another does not
    )


class Tables(NamedTuple):
    """Examples as matrices: rows are candidates, or numbers for what all candidates of one share."""

    own: scipy.sparse.csr_matrix
    common: scipy.sparse.csr_matrix
    group: np.ndarray  # of each candidate
    number: np.ndarray  # that each candidate is of
    right: np.ndarray  # whether each candidate is
    starts: np.ndarray  # the first candidate of each number, and the end

    def of(self, numbers: np.ndarray) -> Tables:
        """Some of the numbers."""
        sizes = np.diff(self.starts)[numbers]
        rows = np.concatenate([np.arange(self.starts[n], self.starts[n + 1]) for n in numbers])
        return Tables(
            self.own[rows],
            self.common[numbers],
            self.group[rows],
            np.repeat(np.arange(len(numbers)), sizes),
            self.right[rows],
            np.concatenate([[0], np.cumsum(sizes)]),
        )


Weights = dict[str, np.ndarray]


class Network:
    """The weights of a question while they are learned (what they mean is said in ``ranking.py``).

    ``own``, ``common`` are the features by place; ``weights`` holds matrices with a row for each of them:
    ``linear`` (own), ``grouped`` (common, a column a group), ``own``, ``common``, ``groups`` (a column a
    unit), and ``units``.
    """

    def __init__(self, examples: Examples, shape: Shape, begin: int = 1) -> None:
        self.examples, self.shape = examples, shape
        own = Counter(f for each in examples.asked for f in {f for row in each.own for f in row})
        common = Counter(f for each in examples.asked for f in set(each.common))
        self.own, self.common = self._kept(own), self._kept(common)
        width, units = len(examples.groups), shape.units
        self._random = np.random.default_rng(begin)
        self.weights: Weights = {
            "linear": np.zeros(len(self.own), np.float32),
            "grouped": np.zeros((len(self.common), width), np.float32),
            "own": self._small(len(self.own), units),
            "common": self._small(len(self.common), units),
            "groups": self._small(width, units),
            "units": self._small(units),
        }

    def _small(self, *size: int) -> np.ndarray:
        return self._random.normal(0, 0.1, size).astype(np.float32)

    def _kept(self, counts: Counter[int]) -> list[int]:
        """The features that stand in enough numbers, in the order of their names."""
        spelled = self.examples.spelled
        return sorted((f for f, n in counts.items() if n >= self.shape.least), key=spelled.__getitem__)

    def tables(self, examples: Examples) -> Tables:
        """Examples with the features of this network."""
        asked = examples.asked
        sizes = [len(each.own) for each in asked]
        return Tables(
            _matrix([row for each in asked for row in each.own], self.own),
            _matrix([each.common for each in asked], self.common),
            np.array([group for each in asked for group in each.groups], dtype=int),
            np.repeat(np.arange(len(asked)), sizes),
            np.array([right for each in asked for right in each.right], np.float32),
            np.concatenate([[0], np.cumsum(sizes)]).astype(int),
        )

    # --- what it says ---

    def scores(self, tables: Tables) -> np.ndarray:
        """The score of each candidate."""
        layer = np.maximum(self._layer(tables), 0)
        return self._linear(tables) + (layer * self.weights["units"]).sum(axis=1)

    def _linear(self, tables: Tables) -> np.ndarray:
        grouped = tables.common @ self.weights["grouped"]
        return tables.own @ self.weights["linear"] + grouped[tables.number, tables.group]

    def _layer(self, tables: Tables) -> np.ndarray:
        weights = self.weights
        shared = (tables.common @ weights["common"])[tables.number]
        return tables.own @ weights["own"] + shared + weights["groups"][tables.group]

    def right(self, tables: Tables) -> float:
        """The part of the numbers whose most probable candidate is right."""
        scores = self.scores(tables)
        order = np.lexsort((-scores, tables.number))
        best = order[np.unique(tables.number[order], return_index=True)[1]]
        return float(tables.right[best].mean())

    def loss(self, tables: Tables) -> float:
        """The mean negative log likelihood."""
        _, total, good = _shares(self.scores(tables), tables)
        return float((np.log(total) - np.log(good)).mean())

    # --- how it learns ---

    def learn(self) -> None:
        """Learns from the examples: steps of Adam over small sets of numbers, ever shorter."""
        tables = self.tables(self.examples)
        if not len(tables.starts) > 1:
            return
        mean = {name: np.zeros_like(weights) for name, weights in self.weights.items()}
        square = {name: np.zeros_like(weights) for name, weights in self.weights.items()}
        batches = -(-self.examples.count // _BATCH)
        epochs = max(self.shape.epochs, _STEPS // batches)
        steps, step = epochs * batches, 0
        for _ in range(epochs):
            order = self._random.permutation(self.examples.count)
            for begin in range(0, len(order), _BATCH):
                slopes = self._slopes(tables.of(np.sort(order[begin : begin + _BATCH])))
                pace = self.shape.rate * (1 - step / steps)
                step += 1
                for name, slope in slopes.items():
                    weights = self.weights[name]
                    drawn = slope + self.shape.decay * weights
                    mean[name] += (1 - _MEAN) * (drawn - mean[name])
                    square[name] += (1 - _SQUARE) * (drawn * drawn - square[name])
                    size = np.sqrt(square[name] / (1 - _SQUARE**step)) + 1e-8
                    weights -= pace / (1 - _MEAN**step) * mean[name] / size

    def _slopes(self, tables: Tables) -> Weights:
        """The gradient of the loss, with some of the features and of the units left out."""
        tables = tables._replace(own=self._masked(tables.own), common=self._masked(tables.common))
        keep = 1 - self.shape.dropout
        layer = self._layer(tables)
        counted = ((layer > 0) & (self._random.random(layer.shape) < keep)).astype(np.float32) / np.float32(
            keep
        )
        layer *= counted
        scores = self._linear(tables) + (layer * self.weights["units"]).sum(axis=1)
        parts, total, good = _shares(scores, tables)
        number, count, width = tables.number, len(total), len(self.examples.groups)
        off = (parts / total[number] - parts * tables.right / good[number]).astype(np.float32) / np.float32(
            count
        )
        inner = off[:, None] * self.weights["units"] * counted
        places = np.arange(len(off))
        group = scipy.sparse.csr_matrix((np.ones_like(off), (tables.group, places)), (width, len(off)))
        cells = np.zeros((count, width), np.float32)
        np.add.at(cells, (number, tables.group), off)
        return {
            "linear": tables.own.T @ off,
            "grouped": tables.common.T @ cells,
            "own": tables.own.T @ inner,
            "common": tables.common.T @ np.add.reduceat(inner, tables.starts[:-1]),
            "groups": group @ inner,
            "units": (layer * off[:, None]).sum(axis=0),
        }

    def _masked(self, matrix: scipy.sparse.csr_matrix) -> scipy.sparse.csr_matrix:
        """A matrix without some of its features, the others as much heavier."""
        kept = self._random.random(matrix.nnz) >= self.shape.masked
        heavier = np.float32(1 / (1 - self.shape.masked))
        return scipy.sparse.csr_matrix((kept * heavier, matrix.indices, matrix.indptr), matrix.shape)

    # --- what is kept ---

    def rounded(self) -> dict[str, Any]:
        """The weights as integers by the names of their features, as the data file holds them."""
        spelled = self.examples.spelled
        groups = list(self.examples.groups)
        whole = {name: np.rint(weights * SCALE).astype(int) for name, weights in self.weights.items()}
        own = np.column_stack([whole["linear"], whole["own"]])
        common = {spelled[f]: row for f, row in zip(self.common, whole["common"].tolist(), strict=True)}
        grouped: dict[str, dict[str, int]] = {}
        for feature, group in zip(*np.nonzero(np.abs(whole["grouped"]) >= _LEAST), strict=True):
            name = spelled[self.common[feature]]
            grouped.setdefault(name, {})[groups[group]] = int(whole["grouped"][feature, group])
        return {
            "common": _rows(common),
            "grouped": grouped,
            "groups": dict(zip(groups, whole["groups"].tolist(), strict=True)),
            "own": _rows({spelled[f]: row for f, row in zip(self.own, own.tolist(), strict=True)}),
            "units": whole["units"].tolist(),
        }


def _rows(told: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """Rows of weights as text, without those that tell nothing."""
    return {name: " ".join(map(str, row)) for name, row in told.items() if any(row)}


def _unnamed(block: Block | str) -> Block | str:
    """A block as it is where its indicator is an entry of a user's own."""
    if block[0] is magnitude_features and block[2] != "?":
        return magnitude_features, block[1], USUAL
    if block[0] is not indicator_features or str(block[1]).startswith("unlisted"):
        return block
    return indicator_features, "?", *block[2:]


def _matrix(rows: Sequence[Sequence[int]], features: Sequence[int]) -> scipy.sparse.csr_matrix:
    """A row for each of the rows, a column for each of the features."""
    place = {feature: i for i, feature in enumerate(features)}
    kept = [[place[feature] for feature in row if feature in place] for row in rows]
    columns = np.fromiter((i for row in kept for i in row), dtype=np.int32)
    starts = np.cumsum([0, *map(len, kept)])
    ones = np.ones(len(columns), np.float32)
    return scipy.sparse.csr_matrix((ones, columns, starts), shape=(len(kept), len(features)))


def _shares(scores: np.ndarray, tables: Tables) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The part of each candidate, and of each number the sum of all parts and of the right ones."""
    count = len(tables.starts) - 1
    top = np.maximum.reduceat(scores, tables.starts[:-1])
    parts = np.exp(scores - top[tables.number])
    total = np.bincount(tables.number, weights=parts, minlength=count)
    good = np.bincount(tables.number, weights=parts * tables.right, minlength=count)
    return parts, total, np.maximum(good, _TINY)


def learned(examples: Examples, shape: Shape) -> dict[str, Any]:
    """The integer weights of a question, as ``ranking.Weights`` takes them; networks learn side by side."""
    network = Network(examples, shape)
    if shape.networks == 1:
        network.learn()
    else:
        with ProcessPoolExecutor() as pool:
            begins = range(1, shape.networks + 1)
            network.weights = _joined([*pool.map(partial(_learnt, examples, shape), begins)])
    return network.rounded()


def _learnt(examples: Examples, shape: Shape, begin: int) -> Weights:
    network = Network(examples, shape, begin)
    network.learn()
    return network.weights


def _joined(networks: Sequence[Weights]) -> Weights:
    """Those of one network with the units of several; its scores are the mean of theirs."""
    joined = {
        name: np.mean([weights[name] for weights in networks], axis=0)
        if name in ("linear", "grouped")
        else np.concatenate([weights[name] for weights in networks], axis=-1)
        for name in networks[0]
    }
    joined["units"] /= len(networks)
    return joined
