"""How sure a record is: from how sure each choice was, from the usual values, and from the other records.

A record is judged when its document has been read, since of two values of the same indicator and period
the less sure is doubtful. It is Platt's scaling (1999) with more than one input.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log
from typing import TYPE_CHECKING, NamedTuple

from miit_cli import confidence
from miit_cli.reading.sizes import departure

if TYPE_CHECKING:
    from miit_cli.confidence import Platt
    from miit_cli.types import Observation

LIKELY = 0.5  # what is less sure is more likely wrong than right, and no record
_LEAST = 1e-4  # no choice is surer than all but so much
_GAP = 4.0  # of log odds, beyond which one of two records is no rival
_FAR = 6.0  # spreads, beyond which it is all the same
_UNKNOWN = 1.0  # spreads, where the usual values are not known: what is usual


class Choices(NamedTuple):
    """How probable each choice was that made a record, and whether it stands in another owner's report."""

    link: float  # which indicator
    sign: float = 1.0
    status: float = 1.0
    period: float = 1.0
    owned: bool = False  # the report begins with another owner, and the nation was not named last
    base: bool = False  # it is what a change goes from

    @property
    def odds(self) -> float:
        """The log odds that all choices are right: one that is unsure is enough to doubt the record."""
        probability = min(max(self.link * self.sign * self.status * self.period, _LEAST), 1 - _LEAST)
        return log(probability / (1 - probability))


class Signals(NamedTuple):
    """What speaks for a record and against it."""

    choices: float  # the log odds that all of them are right
    behind: float  # by how much another value of its indicator, period and standing is surer: below zero
    departure: float  # spreads from the usual values of the indicator
    foreign: float  # the part of the document's figures that are a place's, a firm's or another country's
    owned: float  # 1 in the report of one of these, where the nation was not named last, else 0


def signals(
    observation: Observation, choices: Choices, rival: Choices | None, foreign: float = 0.0
) -> Signals:
    """The signals of a record.

    ``rival`` are the choices that made another value of the same indicator, period and standing (of several
    the surest), ``foreign`` is the part of the document's figures that are not the nation's.
    """
    odds = choices.odds
    behind = max(-_GAP, min(0.0, odds - rival.odds)) if rival else 0.0
    away = departure(observation.indicator, observation.value)
    far = _UNKNOWN if away is None else min(away, _FAR)
    return Signals(odds, behind, far, foreign, float(choices.owned))


# Gives the confidence of an observation by its signals, in a language.
Calibrate = Callable[["Observation", Signals, str], float]


def calibrated(_: Observation, signals: Signals, language: str) -> float:
    """How many of the records with these signals are right in a language, in two decimals.

    It was measured on labelled texts that the weights had not seen (``tools/train.py --calibrate``).
    """
    platt = confidence.platt(language)
    return held_back(share(signals, platt), platt)


def share(signals: Signals, platt: Platt) -> float:
    """How many of the records with these signals are right, by a regression."""
    score = platt.bias + sum(grounds(signals, platt).values())
    return round(min(max(1 / (1 + exp(-score)), 0.01), 0.99), 2)


def grounds(signals: Signals, platt: Platt) -> dict[str, float]:
    """What each signal adds to the log odds of a record."""
    return {name: platt.weights[name] * value for name, value in signals._asdict().items()}


def held_back(share: float, platt: Platt) -> float:
    """A confidence that is not called sure unless enough of those that are so are right."""
    return share if share >= platt.sure else min(share, platt.unsure)
