"""Arithmetic on hedged numbers: what follows from *more than 2.3 million* and *about 3.1*.

A hedged number stands for all the true values that it leaves possible: ``exact`` for
one, ``lower`` for everything above it, ``upper`` for everything below it, ``approx``
for a neighbourhood. Values are exact decimals throughout; a percentage is rounded to
one decimal (more only while it would be zero), half to even, but a percentage that is
itself a bound is rounded towards the side that keeps it true: *more than 16.869…* is
*more than 16.8*.
"""

from __future__ import annotations

import itertools
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.types import HEDGES

if TYPE_CHECKING:
    from collections.abc import Sequence

EXACT, LOWER, UPPER, APPROX = "exact", "lower", "upper", "approx"
UNKNOWN = "unknown"  # the bound of a change of which nothing follows

# enough digits that sums and differences of any two stated numbers are exact
_EXACTLY = Context(prec=120)
_INFINITE = Decimal("Infinity")
_ROUNDING = {LOWER: ROUND_FLOOR, UPPER: ROUND_CEILING}

_ABOUT = Decimal("0.05")  # "about" reaches this far, relative to the number
_ROUNDED_FROM = 3  # trailing zeros from which an integer may be a rounding: thousands, 万, million
_ROUNDED_BY = Decimal("0.005")  # how far, at most, a rounding lies off without being another figure


class Hedged(NamedTuple):
    """A number as a source states it."""

    value: Decimal
    bound: str = EXACT

    def __str__(self) -> str:
        """As a note says it: ``more than 2300000``."""
        return f"{HEDGES.get(self.bound, '')} {plain(self.value)}".strip()


class Change(NamedTuple):
    """From one hedged number to another; ``value`` and ``percent`` are None when nothing follows."""

    value: Decimal | None
    bound: str
    percent: Decimal | None = None


def plain(value: Decimal) -> str:
    """The digits of a decimal, never with an exponent."""
    return f"{value:f}"


def change(before: Hedged, after: Hedged) -> Change:
    """What is sure about ``after - before``.

    >>> change(Hedged(Decimal(1968000)), Hedged(Decimal(2300000), "lower"))
    Change(value=Decimal('332000'), bound='lower', percent=Decimal('16.8'))
    """
    bound = _bound_of_change(before.bound, after.bound)
    if bound == UNKNOWN:
        return Change(None, UNKNOWN)
    difference = _EXACTLY.subtract(after.value, before.value)
    # A percentage of nothing, of a loss, or down to a hedged loss says nothing.
    nothing = before.value <= 0 or (after.value < 0 and bound != EXACT)
    return Change(difference, bound, None if nothing else percent(difference, before.value, bound))


def _bound_of_change(before: str, after: str) -> str:
    """The bound of ``after - before``: a minuend passes its bound on, a subtrahend turns it round."""
    if APPROX in (before, after):
        return APPROX
    if before == EXACT:
        return after
    turned = UPPER if before == LOWER else LOWER
    return turned if after in (EXACT, turned) else UNKNOWN


def percent(part: Decimal, whole: Decimal, bound: str = EXACT) -> Decimal:
    """``part`` in percent of ``whole`` (not zero), rounded so that ``bound`` stays true."""
    exact = _EXACTLY.divide(_EXACTLY.multiply(part, Decimal(100)), whole)
    places = max(1, -exact.adjusted()) if exact else 1
    rounding = _ROUNDING.get(bound, ROUND_HALF_EVEN)
    return exact.quantize(Decimal(1).scaleb(-places), rounding, _EXACTLY)


def reach(number: Hedged) -> tuple[Decimal, Decimal]:
    """The least and the greatest true value that a hedged number leaves possible, perhaps infinite."""
    value, bound = number
    if bound == LOWER:
        return value, _INFINITE
    if bound == UPPER:
        return -_INFINITE, value
    if bound == APPROX:
        return _EXACTLY.subtract(value, tolerance(value)), _EXACTLY.add(value, tolerance(value))
    return value, value


def tolerance(value: Decimal) -> Decimal:
    """How far *about* ``value`` reaches: a twentieth of it, at least half of its last digit (*about 3*)."""
    last_digit = Decimal(1).scaleb(min(_exponent(value), 0))
    return max(abs(_EXACTLY.multiply(value, _ABOUT)), last_digit / 2)


def _exponent(value: Decimal) -> int:
    """The place of the last digit that is stated: 0 for units, 6 for a number in whole millions."""
    exponent = value.normalize(_EXACTLY).as_tuple().exponent
    return exponent if isinstance(exponent, int) and value else 0


def fineness(value: Decimal) -> int:
    """How fine a number is stated: 1 for 27.7, 0 for 28, -6 for whole millions."""
    return -_exponent(value)


def rounds(precise: Decimal, coarse: Decimal) -> bool:
    """Whether ``coarse``, in round thousands or more, is ``precise`` with fewer digits (at least two).

    >>> rounds(Decimal(1968000), Decimal(1970000)), rounds(Decimal("27.7"), Decimal(28))
    (True, False)
    """
    place = _exponent(coarse)
    if place < _ROUNDED_FROM or coarse.adjusted() == place or _exponent(precise) >= place:
        return False
    return abs(_EXACTLY.subtract(precise, coarse)) * 2 <= Decimal(1).scaleb(place)


def same_figure(a: Decimal, b: Decimal) -> bool:
    """Whether two numbers are one figure: equal, or one the close rounding of the other.

    Percentages and small counts are taken as they stand: 28 is not 27.7.
    """
    if a == b:
        return True
    close = abs(_EXACTLY.subtract(a, b)) <= max(abs(a), abs(b)) * _ROUNDED_BY
    return close and (rounds(a, b) or rounds(b, a))


def contradict(a: Hedged, b: Hedged) -> bool:
    """Whether no true value fits both: *more than 2.3 million* and 2,312,000 agree, 28 and 27.7 do not."""
    if a.bound == b.bound == EXACT:
        return not same_figure(a.value, b.value)
    (a_least, a_most), (b_least, b_most) = reach(a), reach(b)
    return a_least > b_most or b_least > a_most


def dispute(numbers: Sequence[Hedged]) -> tuple[int, int] | None:
    """The places of two numbers that contradict each other, or None.

    Ranges on a line that have two by two a point in common have one in common, so that it is
    enough to hold the one that begins last against the one that ends first. Only where these
    two are roundings of each other, the others are held against each other as well.
    """
    if len(numbers) < 2:
        return None
    spans = [reach(number) for number in numbers]
    last_begin, one = max((low, place) for place, (low, _) in enumerate(spans))
    first_end, other = min((high, place) for place, (_, high) in enumerate(spans))
    if last_begin <= first_end:
        return None
    extremes = sorted((one, other))
    pairs = itertools.chain([extremes], itertools.combinations(range(len(numbers)), 2))
    return next(((one, other) for one, other in pairs if contradict(numbers[one], numbers[other])), None)


def supports(evidence: Hedged, claim: Hedged) -> bool | None:
    """Whether what is reported bears out what is claimed; None when it decides neither way.

    A claim that only leaves the hedge out, or rounds, is borne out.

    >>> supports(Hedged(Decimal(2300000)), Hedged(Decimal(2000000), "lower"))
    True
    """
    (least, most), (low, high) = reach(evidence), reach(claim)
    if {evidence.bound, claim.bound} == {LOWER, UPPER}:
        same = False
    elif claim.bound == APPROX:
        same = abs(_EXACTLY.subtract(evidence.value, claim.value)) <= tolerance(claim.value)
    else:
        rounded = evidence.bound == claim.bound == EXACT and rounds(evidence.value, claim.value)
        same = evidence.value == claim.value or rounded
    if same or (low <= least and most <= high):
        return True
    return False if contradict(evidence, claim) else None


def reaches(actual: Hedged, target: Hedged) -> bool | None:
    """Whether ``actual`` is what ``target`` asks for; None when the bounds do not decide.

    A bare number, *more than* and *about* ask for at least that much (for at most, where the
    number is a decline); *less than* asks for at most. *About* is reached within its tolerance.
    """
    least, most = reach(actual)
    low, high = reach(target) if target.bound == APPROX else (target.value, target.value)
    if target.bound == UPPER or (target.value < 0 and target.bound != LOWER):
        yes, no = most <= high, least > high
    else:
        yes, no = low <= least, low > most
    return True if yes else False if no else None
