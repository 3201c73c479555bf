"""The calendar: which days a year, a half, a quarter or a month has, and which of them a document means."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import NamedTuple

# The first year of each five-year plan.
PLANS = {11: 2006, 12: 2011, 13: 2016, 14: 2021, 15: 2026, 16: 2031}
PLAN_YEARS = 5
MANY_YEARS = 60  # nobody speaks of more at once
_MIDDLE = 15  # a month, half or year is told of in full from this day of its last month on
_MEETING = 7  # days
_SIZES = {"month": 1, "quarter": 3, "half": 6, "year": 12}  # months


def month_end(year: int, month: int) -> str:
    """The last day of a month, ISO 8601."""
    return f"{year:04d}-{month:02d}-{monthrange(year, month)[1]:02d}"


def month_start(year: int, month: int) -> str:
    """The first day of a month, ISO 8601."""
    return f"{year:04d}-{month:02d}-01"


class Days(NamedTuple):
    """The days that an expression means; ``begin`` is None for a single day."""

    begin: str | None
    finish: str
    grain: str  # as in spans.Time
    named: bool = False  # whether the text names its year

    def one_of_them(self) -> Days:
        """Some day of a period: early in June, 7月上旬."""
        return self._replace(begin=None, grain="day")


# Days that are written and not understood: the 14th month, the 30th of February.
UNKNOWN = Days(None, "", "unknown")
# Years that have just gone by, of which nobody knows the first day: over the past five years.
LOOKBACK = Days(None, "", "lookback")


def months(year: int, first: int, last: int, grain: str, named: bool = False) -> Days:
    """From one month of a year to another; a first month before January is one of the year before.

    Example:
        >>> months(2023, -1, 2, "span")[:2]
        ('2022-11-01', '2023-02-28')
    """
    before, month = divmod(first - 1, 12)
    return Days(month_start(year + before, month + 1), month_end(year, last), grain, named)


def part(grain: str, year: int, last: int, named: bool = False) -> Days:
    """The month, quarter or half of a year that ends with a month; for ``ytd`` all its months up to it."""
    return months(year, last - _SIZES.get(grain, last) + 1, last, grain, named)


def whole(year: int, named: bool = False) -> Days:
    """A year."""
    return part("year", year, 12, named)


def stretch(year: int, first: int, last: int, named: bool = False) -> Days:
    """Several months: from January on they are the year so far."""
    return months(year, first, last, "ytd" if first == 1 else "span", named)


def between(begun: int, first: int, year: int, last: int, named: bool = False) -> Days:
    """From a month of a year to one of another; UNKNOWN where that is backwards or too long."""
    if not (begun, first) <= (year, last) or year - begun > MANY_YEARS:
        return UNKNOWN
    return stretch(year, first - 12 * (year - begun), last, named)


def several_years(first: int, last: int, grain: str, named: bool = False) -> Days:
    """From one year to the end of a later one; UNKNOWN where that is no later, or too late."""
    if not first < last <= first + MANY_YEARS:
        return UNKNOWN
    return months(last, 1 - 12 * (last - first), 12, grain, named)


def plan_of(number: int) -> Days:
    """A five-year plan by its number; UNKNOWN for one of which nobody speaks."""
    first = PLANS.get(number)
    return UNKNOWN if first is None else several_years(first, first + PLAN_YEARS - 1, "plan")


def day_of(year: int, month: int, day: int, named: bool = False) -> Days:
    """One day; UNKNOWN where there is none."""
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return UNKNOWN
    return Days(None, f"{year:04d}-{month:02d}-{day:02d}", "day", named)


def from_day_to_day(begun: tuple[int, int, int], over: tuple[int, int, int], named: bool = False) -> Days:
    """From one day (year, month, day) to another; whole months are told as such."""
    begin, finish = day_of(*begun), day_of(*over)
    if UNKNOWN in (begin, finish) or begin.finish > finish.finish:
        return UNKNOWN
    if begun[2] == 1 and finish.finish == month_end(*over[:2]):
        return between(*begun[:2], *over[:2], named)
    return Days(begin.finish, finish.finish, "span", named)


def is_meeting(days: Days) -> bool:
    """Whether some days are so few that something takes place in them and no figure is of them."""
    if days.begin is None or days.grain != "span":
        return False
    return (date.fromisoformat(days.finish) - date.fromisoformat(days.begin)).days < _MEETING


class Clock:
    """Resolves expressions without a year against the day of publication."""

    def __init__(self, date: str) -> None:
        self.date = date
        self.year, self.month, self.day = (int(part) for part in date.split("-"))

    def today(self, grain: str = "day") -> Days:
        """The day of publication."""
        return Days(None, self.date, grain)

    def past(self, last_month: int) -> int:
        """The year in which a span that ends with ``last_month`` was over."""
        over = last_month < self.month or (last_month == self.month and self.day >= _MIDDLE)
        return self.year if over else self.year - 1

    def year_of_day(self, month: int, day: int) -> int:
        """The year of a day without one: a document tells of the week to come, and of what is past."""
        return self.year if (month, day) <= (self.month, self.day + 7) else self.year - 1

    def reviewed(self, from_month: int = 6) -> int:
        """The year that a document reviews: its own from a month on, before that the last one."""
        return self.year if self.month >= from_month else self.year - 1

    def years_ago(self, count: int) -> Days:
        """The day that is some years before that of publication."""
        year = self.year - count
        return day_of(year, self.month, min(self.day, monthrange(year, self.month)[1]))

    def looked_back(self, unit: str, count: int | None) -> Days:
        """So many months or quarters that have just gone by: the year so far, where it had so many.

        Example:
            >>> Clock("2023-10-21").looked_back("quarter", 3)[:2]
            ('2023-01-01', '2023-09-30')
        """
        size = _SIZES.get(unit)
        gone = (self.month - 1) // size if size else 0
        return part("ytd", self.year, gone * size) if size and 1 < gone == count else LOOKBACK

    def current(self, unit: str, back: int = 0) -> Days:
        """The month, quarter or half in which a document appears, or one that is ``back`` before it."""
        size = _SIZES[unit]
        before, month = divmod((self.month - 1) // size * size - back * size, 12)
        return months(self.year + before, month + 1, month + size, unit)
