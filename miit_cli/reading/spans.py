"""What the finders give and the interpreter takes: spans of one sentence, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

PERCENT, POINTS, COUNT, TIMES = "percent", "points", "count", "times"
YEARS, BARE, PHYSICAL = "years", "bare", "physical"
COUNTS = (COUNT, BARE)  # a number of things, and one without a unit
YUAN, DOLLAR, CURRENCY = "yuan", "us-dollar", "currency"  # the last is any other money
MONEY = (YUAN, DOLLAR, CURRENCY)

# The first and the last day of a period; a point in time has no first.
DateRange = tuple[str | None, str]

# The bound of a number whose sign is turned: "down more than 4%" is less than -4.
TURNED = {"lower": "upper", "upper": "lower"}

# Why a numeral is no value, when its shape alone tells.
DATE, NAME, ORDINAL, WORDPART, RANGE, NOTE = "date", "name", "ordinal", "wordpart", "range", "note"


class Quantity(NamedTuple):
    """A number as written, with scale, unit and hedge; offsets into the document."""

    start: int
    end: int
    value: Decimal | None
    unit: str  # PERCENT, POINTS, COUNT, …, or a unit of the vocabulary (yuan, us-dollar, gigabyte, eflops)
    bound: str = "exact"
    classifier: str = ""  # the measure word or unit as written
    left: int = 0  # where its hedge begins
    right: int = 0  # where its hedge ends
    reason: str = ""  # why it is no value, when the shape alone tells
    factor: int | Decimal = 1  # what its unit as written multiplies by: 10**9 for an EB in gigabytes


class Time(NamedTuple):
    """A time expression, resolved with the document's date.

    A time of role ``unknown`` is written and not understood ("the 14th month"): no other period may be
    taken in its place, but of grain ``lookback`` (the past five years) for what exists at their end.
    """

    start: int
    end: int
    begin: str | None  # first day of the period; None for a point in time
    finish: str  # last day, or the day itself
    role: str  # period | point | deadline | base | since | now | event | plan | span | unknown
    grain: str  # year | half | quarter | month | ytd | day | span | lookback | unknown
