"""What the grammars of times have in common: the forms, what one says, and the way through a text.

A form is a line of ``data/LANGUAGE/times.toml``; of the forms that match at a place, the longest that has
days is taken. What a text says of one time tells the year of the next.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import ClassVar, NamedTuple

from miit_cli.reading import lexicon
from miit_cli.reading.lexicon import load_data, named_patterns
from miit_cli.reading.spans import Time
from miit_cli.reading.times.clock import (
    MANY_YEARS,
    UNKNOWN,
    Clock,
    Days,
    day_of,
    month_of,
    plan_of,
    quarter,
    same_a_year_before,
    so_far,
    stretch,
    whole,
    years,
)

SPRING = 3  # before it, a year is told of that is over


class Form(NamedTuple):
    """One way to write a time: what gives its days, what it is for, letters that it needs, its pattern."""

    name: str
    kind: str  # period | point | opening | plan | event | base | now
    needs: str
    pattern: str


# A form, and what looks for it at a place of a text.
FormMatch = tuple[Form, Callable[[str, int], re.Match[str] | None]]


@cache
def _words(language: str) -> dict[str, str]:
    """The named patterns of a language."""
    return named_patterns(load_data(f"{language}/times.toml")["words"], {})


def filled(language: str, pattern: str) -> str:
    """A pattern of the data with those that it names."""
    return lexicon.filled(pattern, _words(language))


@cache
def forms(language: str) -> tuple[Form, ...]:
    """The forms of a language."""
    lines = load_data(f"{language}/times.toml")["times"]["forms"]
    return tuple(Form(name, kind, needs, filled(language, pattern)) for name, kind, needs, pattern in lines)


class Said(ABC):
    """An expression, and what its days and what it is for follow from."""

    forward: ClassVar[re.Pattern[str]]  # what tells that something lies ahead,
    near: ClassVar[int]  # in so many characters around

    def __init__(self, match: re.Match[str], clock: Clock, hint: int | None, last: Days | None) -> None:
        self.match, self.clock = match, clock
        self.hint = hint  # the year that was named last
        self.last = last  # the period that was named last

    @property
    @abstractmethod
    def year(self) -> int | None:
        """The year that the expression names; None when it names none."""

    @abstractmethod
    def year_of(self, last: int) -> int:
        """The year of a span that ends with a month."""

    @abstractmethod
    def number(self, group: str = "n") -> int:
        """A number in digits or words."""

    @abstractmethod
    def days(self, form: Form) -> Days | None:
        """The days by a form; None where it does not hold, and UNKNOWN where there are no such days."""

    @abstractmethod
    def time(self, form: Form, days: Days) -> Time:
        """The time that it is by a form, with what it is for."""

    def get(self, group: str) -> str:
        """A group of the match; empty where the form has none or it matched nothing."""
        return (self.match[group] or "") if group in self.match.re.groupindex else ""

    def before(self, size: int) -> str:
        """So many characters before the expression."""
        start = self.match.start()
        return self.match.string[max(0, start - size) : start]

    def is_ahead(self) -> bool:
        """Whether the words around the expression tell of what is to come."""
        start, end = self.match.span()
        return bool(self.forward.search(self.match.string[max(0, start - self.near) : end + self.near]))

    def ending(self, part: Callable[[int, int, bool], Days], last: int) -> Days:
        """A part of a year that ends with a month, of the year that is named or meant."""
        return part(self.year_of(last), last, self.year is not None)

    def months(self, first: int, last: int) -> Days:
        """Several months of the year that is named or meant."""
        return stretch(self.year_of(last), first, last, self.year is not None)

    def day(self, month: int, day: int) -> Days:
        """A day of the year that is named or meant; UNKNOWN where there is none."""
        named = self.year
        year = self.clock.year_of_day(month, day) if named is None else named
        return day_of(year, month, day, named is not None)


# --- the days of forms that both languages have ---


def _nth_month(said: Said) -> Days:
    """the third month of the year; 07/2022."""
    number = said.number()
    return said.ending(month_of, number) if 1 <= number <= 12 else UNKNOWN


def _first_months(said: Said) -> Days:
    last = said.number()
    return said.ending(so_far, last) if 1 <= last <= 12 else UNKNOWN


def _quarter(said: Said) -> Days:
    number = said.number()
    return said.ending(quarter, 3 * number) if 1 <= number <= 4 else UNKNOWN


def _quarters(said: Said) -> Days:
    """the first three quarters; Q1 to Q3."""
    first, last = said.number("n1") if said.get("n1") else 1, said.number()
    return said.months(3 * first - 2, 3 * last) if 1 <= first <= last <= 4 else UNKNOWN


def _past_year(said: Said) -> Days | None:
    """The past year, as long as one looks back on the calendar year."""
    return whole(said.clock.year - 1) if said.clock.month <= SPRING + 1 else None


def _coming_years(said: Said) -> Days:
    count, year = said.number(), said.clock.year
    return years(year + 1, year + count, "year") if 1 <= count <= MANY_YEARS else UNKNOWN


def a_year_earlier(said: Said) -> Days:
    """What was said last, a year before."""
    return same_a_year_before(said.last, said.clock)


DAYS: dict[str, Callable[..., Days | None]] = {
    "nth-month": _nth_month,
    "first-months": _first_months,
    "quarter": _quarter,
    "quarters": _quarters,
    "past-year": _past_year,
    "coming-years": _coming_years,
    "a-year-earlier": a_year_earlier,
    "plan": lambda said: plan_of(said.number()),
    "unknown": lambda _: UNKNOWN,
}


# --- the way through a text ---

_JOINED = re.compile(r"\s*(?:and(?:\sin)?|和|与|及|、)\s*")


class Finder(ABC):
    """Goes through one folded text; what was said so far tells what is meant by what follows."""

    said: ClassVar[type[Said]]
    near: ClassVar[int]  # characters: no expression is longer

    def __init__(self, folded: str, clock: Clock) -> None:
        self.folded, self.clock = folded, clock
        self.hint: int | None = None
        self.last: Days | None = None

    @abstractmethod
    def begins(self) -> re.Pattern[str]:
        """What every expression begins with."""

    @abstractmethod
    def forms(self, near: str) -> Iterable[FormMatch]:
        """The forms that a place may have, by the text that begins there."""

    @abstractmethod
    def names_year(self, time: Time, days: Days) -> bool:
        """Whether what follows is of the same year."""

    def at(self, begun: re.Match[str]) -> tuple[Sequence[Time], int]:
        """The times that begin at a place, and where to go on."""
        time = self.read(begun.start())
        return ([time], time.end) if time else ([], begun.end())

    def times(self, offset: int) -> list[Time]:
        """The times in order; offsets are moved by ``offset``."""
        found: list[Time] = []
        position = 0
        while begun := self.begins().search(self.folded, position):
            here, position = self.at(begun)
            for time in here:
                found.append(time._replace(role="base") if self._is_joined(found[-1:], time) else time)
        return [time._replace(start=time.start + offset, end=time.end + offset) for time in found]

    def _is_joined(self, last: Sequence[Time], time: Time) -> bool:
        """Whether a word joins a time to the last one, which is a base: 较上年同期*和1—3月*."""
        if not last or last[0].role != "base" or time.role not in ("period", "point"):
            return False
        return _JOINED.fullmatch(self.folded, last[0].end, time.start) is not None

    def read(self, start: int) -> Time | None:
        """The time that begins at a place, by the longest form that has days."""
        near = self.folded[start : start + self.near]
        fitting = [
            (match, form)
            for form, matches in self.forms(near)
            if form.needs in near and (match := matches(self.folded, start)) and match.end() > start
        ]
        fitting.sort(key=lambda pair: -pair[0].end())
        for match, form in fitting:
            said = self.said(match, self.clock, self.hint, self.last)
            days = said.days(form)
            if days is not None:
                time = said.time(form, days)
                self._remember(time, days)
                return time
        return None

    def _remember(self, time: Time, days: Days) -> None:
        if self.names_year(time, days):
            self.hint = int(days.finish[:4])
        if time.role in ("period", "point", "deadline"):
            self.last = days
