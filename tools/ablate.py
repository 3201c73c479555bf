"""Tells what each family of features is worth: how many answers are right without it, in unseen texts.

    python tools/ablate.py                  # every question: a table, the families worth least first
    python tools/ablate.py --question sign

The labelled texts are walked through once. A third of them is held out; the weights of a question are
learned from the others, and for each family (what stands before the "=" or "/" of a feature's name) once
more without it. What all candidates of a number share is marked with a "*". A family without which as many
answers are right costs time for nothing.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from typing import NamedTuple

import labelled
import numpy as np
import train
from learning import Examples, Model, fitted, model_of, pruned

from miit_cli import vocabulary
from miit_cli.reading.reader import Reader

_FOLDS = 3
_ENDS = re.compile("[=/:.]")  # of a family's name


class Family(NamedTuple):
    """What a family is worth: how much its removal changes on texts that were held out."""

    name: str
    weights: int
    right: float  # part of the answers that are right, more is better
    loss: float  # mean negative log likelihood, less is better


def families(question: str, examples: Examples, held: set[str]) -> Iterator[Family]:
    """All of a question together (named "all"), then each family by how it changes them."""
    penalty = train.PENALTY[question]
    model = model_of(examples.of(lambda document: document not in held), train.LEAST[question])
    unseen = Model(examples.of(lambda document: document in held), model.own, model.common)
    weights = pruned(model, penalty, fitted(model, penalty), train.MOST[question])
    kept, family = weights != 0, _families(model)
    right, loss = _scores(unseen, weights)
    yield Family("all", int(kept.sum()), right, loss)
    for name in np.unique(family[kept]):
        without = kept & (family != name)
        other_right, other_loss = _scores(unseen, fitted(model, penalty, weights, without.astype(float)))
        yield Family(name, int(kept.sum() - without.sum()), other_right - right, other_loss - loss)


def _scores(unseen: Model, weights: np.ndarray) -> tuple[float, float]:
    return unseen.right(weights), unseen.loss(weights)[0] / unseen.count


def _families(model: Model) -> np.ndarray:
    """The family of each weight."""
    spelled = {number: name for name, number in model.examples.features.items()}
    own = [_ENDS.split(spelled[feature], maxsplit=1)[0] for feature in model.own]
    common = [f"*{_ENDS.split(spelled[feature], maxsplit=1)[0]}" for feature in model.common]
    return np.array([*own, *np.repeat(common, model.width)])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--question", choices=train.QUESTIONS, action="append")
    options = parser.parse_args()
    texts, teacher = labelled.load([labelled.TEXTS]), train.Teacher()
    train.taught([*texts, *train.extra("")], Reader(vocabulary.load()), teacher)
    held = {text.document.id for text in train.folds(texts, _FOLDS)[0]}
    print("| question | family | weights | right | loss |\n| --- | --- | ---: | ---: | ---: |")
    for question in options.question or train.QUESTIONS:
        whole, *parts = families(question, teacher.examples[question], held)
        for each in [whole, *sorted(parts, key=lambda part: part.loss)]:
            sign = "" if each is whole else "+"
            right, loss = f"{each.right:{sign}.4f}", f"{each.loss:{sign}.4f}"
            print("|", " | ".join([question, each.name, str(each.weights), right, loss]), "|", flush=True)


if __name__ == "__main__":
    main()
