"""Tells what each family of features is worth: how many answers are right without it, in unseen texts.

    python tools/ablate.py                  # every question: a table, the families worth least first
    python tools/ablate.py --question sign

The labelled texts are walked through once. A third of them is held out; the weights of a question are
learned from the others, and each family (what stands before the "=" or "/" of a feature's name) is then
silenced in turn. What all candidates of a number share is marked with a "*". A family without which as many
answers are right costs time for nothing.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import labelled
import train
from learning import Examples, Network

from miit_cli import vocabulary
from miit_cli.reading.reader import Reader

_FOLDS = 3
_ENDS = re.compile("[=/:.]")  # of a family's name


class Family(NamedTuple):
    """What a family is worth: how much its silence changes on texts that were held out."""

    name: str
    features: int
    right: float  # part of the answers that are right, more is better
    loss: float  # mean negative log likelihood, less is better


def families(question: str, examples: Examples, held: set[str]) -> Iterator[Family]:
    """All of a question together (named "all"), then each family by how it changes them."""
    network = Network(examples.of(lambda document: document not in held), train.SHAPES[question])
    network.learn()
    unseen = network.tables(examples.of(lambda document: document in held))
    right, loss = network.right(unseen), network.loss(unseen)
    yield Family("all", len(network.own) + len(network.common), right, loss)
    spelled = examples.spelled
    for mark, kinds, features in (
        ("", ("linear", "own"), network.own),
        ("*", ("grouped", "common"), network.common),
    ):
        places: dict[str, list[int]] = defaultdict(list)
        for place, feature in enumerate(features):
            places[_ENDS.split(spelled[feature], maxsplit=1)[0]].append(place)
        for name, rows in sorted(places.items()):
            learned = {kind: network.weights[kind][rows] for kind in kinds}
            for kind in kinds:
                network.weights[kind][rows] = 0
            yield Family(mark + name, len(rows), network.right(unseen) - right, network.loss(unseen) - loss)
            for kind in kinds:
                network.weights[kind][rows] = learned[kind]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--question", choices=train.QUESTIONS, action="append")
    options = parser.parse_args()
    texts, teacher = labelled.load([labelled.TEXTS]), train.Teacher()
    train.taught([*texts, *train.extra("")], Reader(vocabulary.load()), teacher)
    held = {text.document.id for text in train.folds(texts, _FOLDS)[0]}
    print("| question | family | features | right | loss |\n| --- | --- | ---: | ---: | ---: |")
    for question in options.question or train.QUESTIONS:
        whole, *parts = families(question, teacher.examples[question], held)
        for each in [whole, *sorted(parts, key=lambda part: part.loss)]:
            sign = "" if each is whole else "+"
            right, loss = f"{each.right:{sign}.4f}", f"{each.loss:{sign}.4f}"
            print("|", " | ".join([question, each.name, str(each.features), right, loss]), "|", flush=True)


if __name__ == "__main__":
    main()
