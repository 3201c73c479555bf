"""The two axes: a scale for the numbers with round ticks, and time, true to the calendar.

A place on the axis of time is a day as its ordinal; what stands at the end of a day is drawn where the
next day begins, so that a year reaches from its first tick to the tick of the next year.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
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
    """What both axes of a panel show, from the first tick or band to the last."""

    ticks: Sequence[Decimal]
    scale: Scale
    bands: Sequence[Band]

    def across(self, place: float) -> float:
        """Where a place in time is: 0 at the left, 1 at the right."""
        first = self.bands[0].start
        return (place - first) / (self.bands[-1].end - first)

    def up(self, value: Decimal) -> float:
        """Where a value is: 0 at the bottom, 1 at the top."""
        return float((value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0]))


def axes(marks: Sequence[Mark], bands: Sequence[Band], words: ChartWords, count: int) -> Axes:
    """The axes of a panel with these marks, with about so many ticks."""
    values = [mark.value for mark in marks]
    greatest = max(map(abs, values))
    scales = (Scale(*each) for each in words.scales if greatest >= Decimal(10) ** each[0])
    return Axes(_ticks(min(values), max(values), count), next(scales, Scale(0, "")), bands)


def begins(mark: Mark) -> int:
    """The place at which the period of a mark begins; that of a stock is its day."""
    return date.fromisoformat(mark.start or mark.end).toordinal()


def ends(mark: Mark) -> int:
    """The place at which a mark stands."""
    return date.fromisoformat(mark.end).toordinal() + 1


def _ticks(least: Decimal, greatest: Decimal, count: int) -> list[Decimal]:
    """Round ticks that reach over all values."""
    low, high = _reach(least, greatest)
    rough = (high - low) / count
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(step * power for step in STEPS if step * power >= rough)
    return [step * number for number in range(math.floor(low / step), math.ceil(high / step) + 1)]


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


def bands(marks: Sequence[Mark], room: int) -> list[Band]:
    """The stretches of time that hold all marks: the finest kind of which the labels have room.

    ``room`` is how many characters stand side by side.
    """
    first, last = _months(min(map(begins, marks))), _months(max(map(ends, marks)) - 1)
    months = last - first + 1
    # months up to nine of them, quarters up to two years, then years; for one month alone its year
    finest = 1 if 1 < months <= 9 else 3 if 1 < months <= 24 else 12
    for step in (1, 3, 12, 24, 60, 120, 240):
        if step >= finest:
            starts = range(first - first % step, last + 1, step)
            found = [Band(_name(start, step), _ordinal(start), _ordinal(start + step)) for start in starts]
            if sum(len(band.name) + 2 for band in found) <= room:
                break
    return found


def _months(ordinal: int) -> int:
    """The months since the beginning of the calendar."""
    day = date.fromordinal(ordinal)
    return day.year * 12 + day.month - 1


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
