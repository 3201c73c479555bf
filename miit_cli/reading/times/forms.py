"""What the grammars of times have in common: the forms, what one says, and the way through a text.

A form is a line of ``data/LANGUAGE/times.toml``; of the forms that match at a place, the longest that has
days is taken. What a text says of one time tells the year of the next.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
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
    month_end,
    months,
    part,
    plan_of,
    stretch,
    whole,
)

SPRING = 3  # before it, a year is told of that is over
_JOINED = re.compile(r"\s*(?:and(?:\sin)?|和|与|及|、)\s*")


# What may stand around each form of a language.
_AROUND = {"en": "%s", "zh": "{lead}(?:%s)(?P<half2>(?:的)?末)?{tail}"}


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
    return tuple(
        Form(name, kind, needs, filled(language, _AROUND[language] % pattern))
        for name, kind, needs, pattern in load_data(f"{language}/times.toml")["times"]["forms"]
    )


@cache
def matched(form: Form) -> FormMatch:
    """A form with what looks for it; its pattern is made when it is first needed."""
    return form, re.compile(form.pattern, re.VERBOSE).match


class Said(ABC):
    """An expression of a language, and what its days and what it is for follow from."""

    longest: ClassVar[int]  # characters: no expression is longer
    forward: ClassVar[re.Pattern[str]]  # what tells that something lies ahead,
    near: ClassVar[int]  # in so many characters around
    looks_ahead_from: ClassVar[int] = 1  # the month from which "the year" may be one that lies ahead

    def __init__(self, match: re.Match[str], clock: Clock, hint: int | None, last: Days | None) -> None:
        self.match, self.clock = match, clock
        self.hint = hint  # the year that was named last
        self.last = last  # the period that was named last

    # --- how a language writes times ---

    @staticmethod
    @abstractmethod
    def begins() -> re.Pattern[str]:
        """What every expression begins with."""

    @staticmethod
    @abstractmethod
    def forms_at(near: str) -> tuple[FormMatch, ...]:
        """The forms that a place may have, by the text that begins there."""

    @staticmethod
    def listed(folded: str, start: int, clock: Clock, hint: int | None) -> list[Time]:
        """The times of a list of several that begins at a place and that no form has."""
        return []

    @property
    @abstractmethod
    def year(self) -> int | None:
        """The year that the expression names; None when it names none."""

    @abstractmethod
    def is_to_come(self, last: int) -> bool:
        """Whether a span without a year that ends with a month lies ahead."""

    @abstractmethod
    def number(self, group: str = "n", of: int = 4) -> int:
        """A number in digits or words, the last one of so many for ``last`` and 末."""

    @abstractmethod
    def days(self, form: Form) -> Days | None:
        """The days by a form; None where it does not hold, and UNKNOWN where there are no such days."""

    @abstractmethod
    def time(self, form: Form, days: Days) -> Time:
        """The time that it is by a form, with what it is for."""

    @abstractmethod
    def tells_year(self, time: Time, days: Days) -> bool:
        """Whether what follows is of the same year."""

    # --- what is read from it ---

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

    def year_of(self, last: int) -> int:
        """The year of a span that ends with a month."""
        if (named := self.year) is not None:
            return named
        if self.hint is not None and self.hint < self.clock.year:
            return self.hint
        past = self.clock.past(last)
        return self.clock.year if past < self.clock.year and self.is_to_come(last) else past

    def ending(self, grain: str, last: int) -> Days:
        """A part of a year that ends with a month, of the year that is named or meant."""
        return part(grain, self.year_of(last), last, self.year is not None)

    def months(self, first: int, last: int) -> Days:
        """Several months of the year that is named or meant."""
        return stretch(self.year_of(last), first, last, self.year is not None)

    def day(self, month: int, day: int) -> Days:
        """A day of the year that is named or meant; UNKNOWN where there is none."""
        named = self.year
        year = self.clock.year_of_day(month, day) if named is None else named
        return day_of(year, month, day, named is not None)


# --- the days of forms that both languages have ---


def numbered(grain: str, parts: int) -> Callable[[Said], Days]:
    """One of so many parts of a year, by its number: the third month of the year; 07/2022; Q3."""

    def days(said: Said) -> Days:
        number = said.number(of=parts)
        return said.ending(grain, 12 // parts * number) if 1 <= number <= parts else UNKNOWN

    return days


def _quarters(said: Said) -> Days:
    """the first three quarters; Q1 to Q3."""
    first, last = said.number("n1") if said.get("n1") else 1, said.number()
    return said.months(3 * first - 2, 3 * last) if 1 <= first <= last <= 4 else UNKNOWN


def _whole_year(said: Said) -> Days:
    clock = said.clock
    ahead = clock.month >= said.looks_ahead_from and said.hint is None and said.is_ahead()
    year = clock.year if ahead else clock.reviewed()
    return whole(said.year or said.hint or year, said.year is not None)


def _past_year(said: Said) -> Days | None:
    """The past year, as long as one looks back on the calendar year."""
    return whole(said.clock.year - 1) if said.clock.month <= SPRING + 1 else None


def _coming_years(said: Said) -> Days:
    count = said.number()
    return (
        months(said.clock.year + count, 13 - 12 * count, 12, "year") if 1 <= count <= MANY_YEARS else UNKNOWN
    )


def ago(said: Said) -> Days:
    """five years ago; a month earlier."""
    number = said.number() if said.get("n") else 1
    if said.get("unit").startswith(("year", "年")) and 1 <= number <= MANY_YEARS:
        return said.clock.years_ago(number)
    return said.clock.today("span")


def a_year_earlier(said: Said) -> Days:
    """The period that was said last, a year before; the day of publication where none was."""
    if said.last is None or said.last.grain == "day":
        return said.clock.today("span")
    begin, finish, *_ = said.last
    earlier = month_end(int(finish[:4]) - 1, int(finish[5:7]))
    return Days(begin and f"{int(begin[:4]) - 1:04d}{begin[4:]}", earlier, "span")


DAYS: dict[str, Callable[..., Days | None]] = {
    "a-year-earlier": a_year_earlier,
    "ago": ago,
    "coming-years": _coming_years,
    "first-months": numbered("ytd", 12),
    "half": numbered("half", 2),
    "nth-month": numbered("month", 12),
    "past-year": _past_year,
    "plan": lambda said: plan_of(said.number()),
    "quarter": numbered("quarter", 4),
    "quarters": _quarters,
    "unknown": lambda _: UNKNOWN,
    "whole-year": _whole_year,
}


# --- the way through a text ---


class Finder:
    """Goes through one folded text; what was said so far tells what is meant by what follows."""

    def __init__(self, said: type[Said], folded: str, clock: Clock) -> None:
        self.said, self.folded, self.clock = said, folded, clock
        self.hint: int | None = None
        self.last: Days | None = None

    def times(self, offset: int) -> list[Time]:
        """The times in order; offsets are moved by ``offset``."""
        found: list[Time] = []
        position = 0
        while begun := self.said.begins().search(self.folded, position):
            start = begun.start()
            here = self.said.listed(self.folded, start, self.clock, self.hint) or self._read(start)
            for time in here:
                found.append(time._replace(role="base") if self._is_joined(found[-1:], time) else time)
            position = here[-1].end if here else max(begun.end(), start + 1)
        return [time._replace(start=time.start + offset, end=time.end + offset) for time in found]

    def _is_joined(self, last: Sequence[Time], time: Time) -> bool:
        """Whether a word joins a time to the last one, which is a base: 较上年同期*和1—3月*."""
        if not last or last[0].role != "base" or time.role not in ("period", "point"):
            return False
        return _JOINED.fullmatch(self.folded, last[0].end, time.start) is not None

    def _read(self, start: int) -> list[Time]:
        """The time that begins at a place, by the longest form that has days; none where no form has."""
        near = self.folded[start : start + self.said.longest]
        fitting = [
            (match, form)
            for form, matches in self.said.forms_at(near)
            if form.needs in near and (match := matches(self.folded, start)) and match.end() > start
        ]
        fitting.sort(key=lambda pair: -pair[0].end())
        for match, form in fitting:
            said = self.said(match, self.clock, self.hint, self.last)
            days = said.days(form)
            if days is None:
                continue
            time = said.time(form, days)
            if said.tells_year(time, days):
                self.hint = int(days.finish[:4])
            if time.role in ("period", "point", "deadline"):
                self.last = days
            return [time]
        return []
