"""What the size of a number tells: beside the usual values of an indicator, and beside the numbers before."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from importlib import resources
from math import log10
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.spans import COUNTS, TIMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from miit_cli.reading.discourse import Decided
    from miit_cli.reading.spans import Quantity

_FARTHEST = 5  # spreads
USUAL = "0"  # spreads, as a feature: what an entry of a user's own is taken for
_STEPS = 4  # of ratios
_ROUNDED = Decimal("0.03")  # of a value, by which a rough figure may be off


class Magnitude(NamedTuple):
    """The size of the values of an indicator, without their sign."""

    middle: float  # the median of their decimal logarithms
    spread: float  # the mean distance from it


@cache
def magnitudes() -> Mapping[str, Magnitude]:
    """The magnitudes by slug, of what enough texts tell of; from tools/train.py."""
    text = resources.files("miit_cli").joinpath("data", "magnitudes.csv").read_text(encoding="utf-8")
    return {
        row["indicator"]: Magnitude(float(row["middle"]), float(row["spread"]))
        for row in csv.DictReader(text.splitlines())
    }


def departure(slug: str, value: Decimal | None) -> float | None:
    """How many spreads a value is away from the usual ones of its indicator; None where unknown.

    Example:
        >>> departure("5g-base-stations", Decimal(30)) > 10
        True
    """
    magnitude = magnitudes().get(slug)
    if magnitude is None or not value:
        return None
    return abs(log10(abs(value)) - magnitude.middle) / magnitude.spread


def usualness(slug: str, q: Quantity) -> str:
    """How far a number is from the usual ones of an indicator, in spreads; "?" where that is not known."""
    away = departure(slug, q.value) if q.unit != TIMES else None
    return "?" if away is None else str(min(int(away), _FARTHEST))


def size_of(q: Quantity) -> Decimal | None:
    """The value of a number without its sign."""
    return None if q.value is None else abs(q.value)


def digits(q: Quantity) -> int:
    """How many digits say what a number is, up to four."""
    return min(len(q.value.normalize().as_tuple().digits), 4) if q.value is not None else 0


def ratio(q: Quantity, other: Decided) -> str:
    """How large a number is beside an earlier one of the same unit, in steps of about three times."""
    comparable = q.unit == other.unit or {q.unit, other.unit} <= {*COUNTS}
    if not q.value or not other.value or not comparable:
        return ""
    return str(max(-_STEPS, min(_STEPS, round(2 * log10(abs(q.value) / other.value)))))


def alike(told: Decimal, value: Decimal) -> str:
    """Whether two values may be one figure: same, near (a rounding), or other."""
    if told == value:
        return "same"
    return "near" if abs(told - value) <= _ROUNDED * max(told, value) else "other"
