"""The two axes: a scale for the numbers with round ticks, and time, true to the calendar.

A place on the axis of time is a day as its ordinal; what stands at the end of a day is drawn where the
next day begins, so that a year reaches from its first tick to the tick of the next year.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from miit_cli.chart import Mark
from miit_cli.output.chart.words import ChartWords

# from this part of the greatest value on, the least is near enough that the axis need not begin at zero
NEAR = 0.6
AIR = Decimal("0.08")  # between the outermost marks and the ends of the axis, where that is not zero
STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


class Scale(NamedTuple):
    """Numbers are shown in units of ten to the ``power``."""

    power: int
    name: str

    def text(self, value: Decimal) -> str:
        """The digits of a value on this scale, no more than are said.

        >>> Scale(6, "million").text(Decimal(1968000))
        '1.968'
        """
        scaled = value.scaleb(-self.power).normalize()
        return f"{scaled:,f}" if scaled else "0"

    def unit(self, unit: str, words: ChartWords) -> str:
        """What is counted on this scale: ``million stations``."""
        return f"{self.name}{words.joint}{unit}" if self.name else unit


class Band(NamedTuple):
    """A named stretch of the axis of time: a year, a quarter, a month; places as ordinals."""

    name: str
    start: int
    end: int


class Axes(NamedTuple):
    """What both axes of a panel show."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]
    scale: Scale
    bands: tuple[Band, ...]

    @property
    def first(self) -> int:
        """The place at which time begins."""
        return self.bands[0].start

    @property
    def last(self) -> int:
        """The place at which it ends."""
        return self.bands[-1].end

    def across(self, place: float) -> float:
        """Where a place in time is: 0 at the left, 1 at the right."""
        return (place - self.first) / (self.last - self.first)

    def up(self, value: Decimal) -> float:
        """Where a value is: 0 at the bottom, 1 at the top."""
        return float((value - self.low) / (self.high - self.low))


def axes(marks: Sequence[Mark], bands: Sequence[Band], words: ChartWords, ticks: int) -> Axes:
    """The axes of a panel with these marks: about as many ``ticks``."""
    values = [mark.value for mark in marks]
    scale = _scale(values, words)
    low, high, drawn = _ticks(min(values), max(values), ticks)
    return Axes(low, high, drawn, scale, tuple(bands))


def begins(mark: Mark) -> int:
    """The place at which the period of a mark begins; that of a stock is its day."""
    return date.fromisoformat(mark.start or mark.end).toordinal()


def ends(mark: Mark) -> int:
    """The place at which a mark stands."""
    return date.fromisoformat(mark.end).toordinal() + 1


def _scale(values: Iterable[Decimal], words: ChartWords) -> Scale:
    greatest = max(abs(value) for value in values)
    return next((Scale(*each) for each in words.scales if greatest >= Decimal(10) ** each[0]), Scale(0, ""))


def _ticks(least: Decimal, greatest: Decimal, count: int) -> tuple[Decimal, Decimal, tuple[Decimal, ...]]:
    """The ends of an axis and its round ticks."""
    low, high = _reach(least, greatest)
    step = _step((high - low) / count)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = tuple(step * number for number in range(first, last + 1))
    return ticks[0], ticks[-1], ticks


def _reach(least: Decimal, greatest: Decimal) -> tuple[Decimal, Decimal]:
    """From where to where: from zero, unless all values are far from it."""
    if least == greatest:
        return min(least * (1 + AIR), Decimal(0)), max(greatest * (1 + AIR), Decimal(0)) or Decimal(1)
    air = (greatest - least) * AIR
    if least >= 0 and float(least) < NEAR * float(greatest):
        return Decimal(0), greatest + air
    if greatest <= 0 and float(greatest) > NEAR * float(least):
        return least - air, Decimal(0)
    return least - air, greatest + air


def _step(rough: Decimal) -> Decimal:
    """The first round number that is not below."""
    power = Decimal(1).scaleb(rough.adjusted())
    return next(step * power for step in STEPS if step * power >= rough)


def bands(marks: Iterable[Mark], room: int) -> tuple[Band, ...]:
    """The stretches of time that hold all marks: the finest kind of which the labels have room.

    ``room`` is how many characters stand side by side.
    """
    known = list(marks)
    first, last = min(map(begins, known)), max(map(ends, known)) - 1
    months = _months(last) - _months(first) + 1
    for step in (1, 3, 12, 24, 60, 120, 240):
        if step < _finest(months):
            continue
        found = _bands(_months(first), _months(last), step)
        if sum(len(band.name) + 2 for band in found) <= room:
            break
    return found


def _finest(months: int) -> int:
    """Months up to nine of them, quarters up to two years, then years; for one month alone its year."""
    return 1 if 1 < months <= 9 else 3 if 1 < months <= 24 else 12


def _months(ordinal: int) -> int:
    """The months since the beginning of the calendar."""
    day = date.fromordinal(ordinal)
    return day.year * 12 + day.month - 1


def _bands(first: int, last: int, step: int) -> tuple[Band, ...]:
    first -= first % step
    starts = range(first, last + 1, step)
    return tuple(Band(_name(start, step), _ordinal(start), _ordinal(start + step)) for start in starts)


def _ordinal(months: int) -> int:
    """The place of the first day of a month; the calendar ends with the year 9999."""
    year, month = divmod(months, 12)
    if year > date.max.year:
        return date.max.toordinal() + 1
    return date(max(year, 1), month + 1, 1).toordinal()


def _name(months: int, step: int) -> str:
    year, month = divmod(months, 12)
    if step == 1:
        return f"{year}-{month + 1:02}"
    return f"{year}-Q{month // 3 + 1}" if step == 3 else str(year)
