"""How times are written in English: a table of forms, each with its pattern and the days that it means."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from typing import NamedTuple

from miit_cli.reading.numbers import counts
from miit_cli.reading.numbers.values import EN_ORDINALS, english_number
from miit_cli.reading.times.clock import (
    UNKNOWN,
    Clock,
    Days,
    day_of,
    half,
    looked_back,
    month_end,
    month_of,
    month_start,
    part_of_year,
    plan_of,
    quarter,
    same_a_year_before,
    so_far,
    stretch,
    whole,
    years_before,
)

# --- the words of the forms ---

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
            ("june", "jun"), ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"),
            ("october", "oct"), ("november", "nov"), ("december", "dec"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
_LAST = {"opening": 1, "latter": 2, "final": 4, "last": 4}
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
# Any word: whether it is a number is looked up, see Said.number.
_NUMBER = r"(?:[a-z]{3,9}(?:-[a-z]{3,6})?|\d{1,4})"
_ORDINAL = (
    r"(?:(?!(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)[a-z]{4,11}"
    r"|\d{1,4}(?:st|nd|rd|th))"
)
_Y = r"(?:19|20)\d\d(?!\d|[.,]\d)"
_REL = r"(?:this|last|next|that|current|previous|same|past|preceding|following)\syear"
_NOT_ON = r"(?!\s(?:earlier|before|ago|on|over|end|to)\b|[-'’]|\searlier)"
_OF_YEAR = rf"""
    (?:,?\s(?:(?:of|in|for|during)\s)?(?:the\s)?
      (?:(?:fiscal\s|calendar\s)?(?:year\s(?:of\s)?)?(?P<y>{_Y})|(?P<yrel>{_REL}|year{_NOT_ON}))
     |\s?['’](?P<yy>\d\d)(?!\d))?
"""
_DASH = r"[-–—−‑]"
TO = rf"(?:\s?{_DASH}\s?|\s(?:to|through|thru|until|till)\s|-to-)"
_END = r"(?:end|close|turn|conclusion|finish)(?:ing)?\sof\s(?:the\s)?"
_WHEN = r"(?:when|as|after|once|before|with)\s(?:the\s(?:month\sof\s)?)?"
_CLOSED_NAKED = r"""\s(?:
    ended|ends|closed|closes|came\sto\s(?:an\send|a\sclose)|comes\sto\s(?:an\send|a\sclose)
   |drew\sto\s(?:an\send|a\sclose)|was\sover|is\sover|was\sout|is\sout|finished|over|concluded|closing|ending
   |had\sended|had\sclosed|was\sup|is\sup|runs\sout|ran\sout|wrapped\sup|was\sdone|has\sended)"""
_CLOSED = (
    rf"(?:\s(?:of\s)?(?:(?P<y>(?:19|20)\d\d)|(?P<yrel>this\syear|last\syear|the\syear)))?{_CLOSED_NAKED}"
)
_STRETCH = r"(?:\s(?:period|stretch|span|window))?"

# What the expression is for, beside its days.
PERIOD, POINT, OPENING, PLAN, NOW, BASE, EVENT = (
    "period", "point", "opening", "plan", "now", "base", "event",
)  # fmt: skip


_AROUND = 120  # characters


class Said(NamedTuple):
    """What the days of an expression follow from."""

    match: re.Match[str]
    clock: Clock
    hint: int | None  # the year that was named last
    last: Days | None  # the period that was named last
    until: bool  # "by", "as of" stand before it

    def get(self, group: str) -> str:
        """A group of the match; empty where the form has none or it matched nothing."""
        return self.match.groupdict().get(group) or ""

    def around(self) -> str:
        """The words around the expression, which tell whether it lies ahead."""
        start, end = self.match.span()
        return self.match.string[max(0, start - _AROUND) : end + _AROUND]

    def year(self) -> int | None:
        """The year that the expression names; None when it names none."""
        if self.get("y"):
            return int(self.get("y")[-4:])
        if self.get("yy"):
            return 2000 + int(self.get("yy"))
        word = self.get("yrel")
        if word.startswith(("this", "current")):
            return self.clock.year
        if word.startswith(("last", "previous", "past", "preceding")):
            return self.clock.year - 1
        if word.startswith(("that", "same")):
            return self.hint
        return self.clock.year + 1 if word.startswith(("next", "following")) else _year_ahead(self.match)

    def year_of(self, last: int) -> tuple[int, int | None]:
        """The year of a span that ends with a month, and the same when it is named."""
        named = self.year()
        if named is not None:
            return named, named
        past = self.clock.past(last)
        if self.hint is not None and self.hint < self.clock.year:
            past = self.hint
        elif past < self.clock.year and _FORWARD.search(self.around()):
            past = self.clock.year  # it will be so by December; what was so then was in the year before
        return past, None

    def month(self, group: str = "m") -> int:
        return _MONTHS[self.get(group).removesuffix(".")]

    def number(self, group: str = "n") -> int:
        """A number in digits or words; -1 for a word that is none."""
        text = self.get(group)
        if text in _LAST:
            return _LAST[text]
        if text in EN_ORDINALS:
            return EN_ORDINALS[text]
        digits = re.match(r"\d+", text)
        number = int(digits[0]) if digits else english_number(text)
        return -1 if number is None else int(number)

    @property
    def counts(self) -> bool:
        """Whether what should be numbers are."""
        return all(self.number(group) >= 0 for group in ("n", "n1", "n2") if self.get(group))


# A list shares the year behind its last: "in April and May 2022".
_SHARED_YEAR = re.compile(
    rf"(?:(?:,\s|\sand\s|,\sand\s)(?:the\s)?(?:{MONTH}|{_ORDINAL}[\s-]quarter))+\s(?:of\s)?(?P<y>{_Y})",
    re.VERBOSE,
)


def _year_ahead(match: re.Match[str]) -> int | None:
    found = _SHARED_YEAR.match(match.string, match.end())
    return int(found["y"]) if found else None


# --- the days of the forms ---


def _month(said: Said) -> Days | None:
    if not _is_month(said):
        return None
    number = said.month()
    which = said.get("which")
    if which == "last":
        year = said.clock.year - (number >= said.clock.month)
        return month_of(year, number, year)
    if which in ("this", "next"):
        year = said.clock.year + (which == "next" and number <= said.clock.month)
        return month_of(year, number, year)
    year, named = said.year_of(number)
    days = month_of(year, number, named)
    return days._replace(grain="alone") if said.get("alone") else days


_MARCHING = re.compile(r"\s(?:towards?|on|forward|ahead|into)\b")
_MAY_LEAD = re.compile(
    r"(?:\b(?:in|of|by|to|since|until|till|through|from|end-|for|during|late|early|last|at|when|and|as)"
    r"|[-–—])\s?\Z"
)


def _is_month(said: Said) -> bool:
    """ "may" is a month after a preposition or beside a number, not as a verb; "mar" needs its full stop."""
    match, name = said.match, said.get("m")
    if name == "march":
        return not _MARCHING.match(match.string, match.end())
    if name not in ("may", "mar") or said.get("y") or said.get("yrel") or said.get("yy") or said.get("alone"):
        return True
    if name == "mar":
        return match.string.startswith(".", match.end())
    return bool(
        said.get("which") or _MAY_LEAD.search(match.string[max(0, match.start() - 12) : match.start()])
    )


def _month_and_year(said: Said) -> Days | None:
    """Jul-22."""
    return month_of(2000 + int(said.get("yy")), said.month(), 2000 + int(said.get("yy")))


def _part_of_month(said: Said) -> Days | None:
    """early in June: a day of it, or some."""
    days = _month(said)
    return days and days._replace(begin=None, grain="day")


def _first_days(said: Said) -> Days | None:
    """the first ten days of June."""
    days, last = _month(said), said.number()
    if days is None or not days.begin or not 1 <= last <= int(days.finish[8:]):
        return UNKNOWN
    return days._replace(finish=f"{days.finish[:8]}{last:02d}", grain="span")


def _numbered_month(said: Said) -> Days | None:
    """2022-07, and 2009-15, which are years."""
    year, month = int(said.get("y")), int(said.get("n"))
    if 1 <= month <= 12:
        return month_of(year, month, year)
    return _years_from(year, year // 100 * 100 + month, "plan")


def _month_of_year(said: Said) -> Days | None:
    """07/2022; a month that there is not is none."""
    year, month = int(said.get("y")), int(said.get("n"))
    return month_of(year, month, year) if 1 <= month <= 12 else UNKNOWN


def _from_to(said: Said) -> Days | None:
    """January to July 2022; November 2022 to February 2023."""
    first, last = said.month("m1"), said.month("m2")
    if said.get("and") and not said.get("between") and (first, last) != (1, 2):
        return None
    begun = int(said.get("y1")) if said.get("y1") else None
    year, named = said.year_of(last)
    if begun is None:
        return stretch(year, first if first <= last else first - 12, last, named)
    if said.year() is None:
        year = begun + (last < first)
    if year < begun or year - begun > _MANY_YEARS or (year == begun and last < first):
        return UNKNOWN
    return stretch(year, first - 12 * (year - begun), last, year)


_MANY_YEARS = 60


def _from_day_to_day(said: Said) -> Days | None:
    """January 1 to June 30, 2023."""
    m2 = said.month("m2") if said.get("m2") else said.month("m1")
    year, named = said.year_of(m2)
    m1, d1, d2 = said.month("m1"), int(said.get("d1")), int(said.get("d2"))
    first = year - (m1 > m2)
    if not (_exists(first, m1, d1) and _exists(year, m2, d2)):
        return UNKNOWN
    begin, finish = day_of(first, m1, d1).finish, day_of(year, m2, d2).finish
    if begin > finish:
        return UNKNOWN
    if d1 == 1 and finish == month_end(year, m2):
        return stretch(year, m1 - 12 * (year - first), m2, named)
    return Days(begin, finish, "span", named)


def _day(said: Said) -> Days | None:
    month, day = said.month(), int(said.get("d"))
    if not said.get("th") and not said.get("y") and not 1 <= day <= 31:
        return None  # "in May 40 firms"
    named = said.year()
    year = named or said.clock.year_of_day(month, day)
    return day_of(year, month, day, named) if _exists(year, month, day) else UNKNOWN


def _day_in_figures(said: Said) -> Days | None:
    year, month, day = int(said.get("y")), int(said.get("mm")), int(said.get("d"))
    if "turned" in said.match.groupdict():  # month or day first
        if month <= 12 and day <= 12 and month != day:
            return UNKNOWN
        month, day = min(month, day), max(month, day)
    return day_of(year, month, day, year) if _exists(year, month, day) else UNKNOWN


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _nth_month(said: Said) -> Days | None:
    """the third month of the year."""
    number = said.number()
    if not 1 <= number <= 12:
        return UNKNOWN
    year, named = said.year_of(number)
    return month_of(year, number, named)


def _first_months(said: Said) -> Days | None:
    last = said.number()
    if not 1 <= last <= 12:
        return UNKNOWN
    year, named = said.year_of(last)
    return so_far(year, last, named)


_LENGTHS = {"quarter": 3, "half": 6, "year": 12}  # months


def _months_to(said: Said) -> Days | None:
    """six months ended June 30, 2023; the quarter to June."""
    last = said.month()
    count = (
        said.number()
        if said.get("n")
        else next(n for word, n in _LENGTHS.items() if word in said.get("unit"))
    )
    year, named = said.year_of(last)
    whole_months = not said.get("d") or int(said.get("d")) == monthrange(year, last)[1]
    if not 1 <= count <= 12 * _MANY_YEARS or not whole_months:
        return UNKNOWN
    return stretch(year, last - count + 1, last, named)


def _months_before(said: Said) -> Days | None:
    """five months before June."""
    count, last = said.number(), said.month() - 1 or 12
    year, named = said.year_of(last)
    return stretch(year, last - count + 1, last, named) if 1 <= count <= last else UNKNOWN


def _months_after(said: Said) -> Days | None:
    """after seven months."""
    last = said.number()
    recent = max(2, said.clock.month - 2) <= last < said.clock.month
    return so_far(said.clock.year, last) if recent else None


def _half_gone(said: Said) -> Days | None:
    """half-year sales: in the months after it."""
    clock = said.clock
    return half(clock.year, 6) if _HALF < clock.month <= _HALF + _RECENT else None


_HALF, _RECENT = 6, 3  # months


def _years_to(said: Said) -> Days | None:
    """the five years to 2022."""
    count, year = (10 if said.get("decade") else said.number()), int(said.get("y"))
    return _years_from(year - count + 1, year, "plan") if 1 <= count <= _MANY_YEARS else UNKNOWN


def _half(said: Said) -> Days | None:
    number = said.number()
    if number not in (1, 2):
        return UNKNOWN
    year, named = said.year_of(6 * number)
    return half(year, 6 * number, named)


def _quarter(said: Said) -> Days | None:
    number = said.number()
    if said.get("n") == "last" and said.year() is None:
        number = (said.clock.month - 1) // 3 or 4
    if not 1 <= number <= 4:
        return UNKNOWN
    year, named = said.year_of(3 * number)
    return quarter(year, 3 * number, named)


def _same_kind(said: Said) -> Days | None:
    """Behind a quarter "the third" is another, behind a half "the second"."""
    part = {"quarter": _quarter, "half": _half}.get(said.last.grain) if said.last is not None else None
    days = part(said) if part is not None else None
    return None if days is UNKNOWN else days


def _quarter_of_month(said: Said) -> Days | None:
    """the June quarter."""
    last = said.month()
    year, named = said.year_of(last)
    return quarter(year, last, named) if last % 3 == 0 else UNKNOWN


def _quarters(said: Said) -> Days | None:
    """the first three quarters; Q1 to Q3."""
    first, last = (said.number("n1"), said.number("n2")) if said.get("n1") else (1, said.number())
    if not 1 <= first <= last <= 4:
        return UNKNOWN
    year, named = said.year_of(3 * last)
    return stretch(year, 3 * first - 2, 3 * last, named)


def _coded(part: Callable[[Said], Days | None]) -> Callable[[Said], Days | None]:
    """Q3 2022: as a quarter; a bare Q7 is a name."""

    def days(said: Said) -> Days | None:
        found = part(said)
        return None if found is UNKNOWN and said.year() is None else found

    return days


def _years(said: Said) -> Days | None:
    """2016-2020; "from 2016 to 2020", unless each end has a figure: "from 5 to 6 million"."""
    first, tail = int(said.get("y1")), said.get("y2")
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    in_words = " " in said.match[0].strip() and not re.search(_DASH, said.match[0])
    if in_words and _FROM_FIGURE.match(said.match.string, said.match.end()):
        return None
    return _years_from(first, last, "year" if in_words else "plan")


_FROM_FIGURE = re.compile(r"[^.;]{0,80}?\bfrom\s(?:[a-z]+\s){0,3}[$¥]?\d")


def _years_from(first: int, last: int, grain: str) -> Days:
    if not first < last <= first + _MANY_YEARS:
        return UNKNOWN
    return Days(month_start(first, 1), month_end(last, 12), grain, last)


def whole_year(said: Said) -> Days | None:
    named = said.year()
    if named is None and said.hint is None and _FORWARD.search(said.around()):
        return whole(said.clock.year)
    return whole(named or said.hint or said.clock.reviewed(), named)


_FORWARD = re.compile(
    r"\b(?:will|shall|should|aims?|aiming|strives?|striving|plans?|planned|targets?|goal|expect(?:s|ed)?|hopes?|to\s(?:reach|exceed))\b"
)


def _this_year(said: Said) -> Days | None:
    return whole(said.clock.year, said.clock.year)


def _year(said: Said) -> Days | None:
    match = said.match
    if said.get("y") and counts(match.string, match.start("y"), match.end("y")):
        return None
    year = said.year() or said.clock.year
    return whole(year, year)


def _year_before_last(said: Said) -> Days | None:
    return whole(said.clock.year - 2, said.clock.year - 2)


def _middle(said: Said) -> Days | None:
    """mid-2023: its June."""
    year = said.year() or said.hint or said.clock.past(6)
    return half(year, 6, said.year())


_SPRING = 3


def _end_of_year(said: Said) -> Days | None:
    clock = said.clock
    # Early in a year, its end is that of the year before, unless it is looked forward to.
    over = clock.month < _SPRING and not _FORWARD.search(said.around())
    year = said.year() or said.hint or (clock.year - 1 if over else clock.year)
    return whole(year, year)


def _year_end(said: Said) -> Days | None:
    ahead = said.hint if said.hint is not None and said.hint > said.clock.year else None
    year = said.year() or ahead or (said.clock.year if said.until else said.clock.reviewed(4))
    return whole(year, year)


def _closing_year(said: Said) -> Days | None:
    return whole(said.hint or said.clock.reviewed(7))


def _start(said: Said) -> Days | None:
    year = said.year() or said.clock.year
    return whole(year, year)


def _anaphor(said: Said) -> Days | None:
    """The quarter, the half, the nine months: the last one that is over."""
    text, clock = said.match[0], said.clock
    number = said.number() if said.get("n") else 0
    if number and (number not in (3, 6) or "period" in text):
        last, days = number, so_far
    elif "quarter" in text or number == 3:
        last, days = 3 * ((clock.month - 1) // 3), quarter
    else:
        last, days = (6 if clock.month > 6 else 0), half
    if last > 12:
        return UNKNOWN
    return days(clock.year if 0 < last < clock.month else clock.year - 1, last or 12)


def _annual(said: Said) -> Days | None:
    return whole(said.hint or said.clock.reviewed(10))


def _the_year(said: Said) -> Days | None:
    return whole(said.hint or said.clock.reviewed())


def _unknown(said: Said) -> Days | None:
    return UNKNOWN


def _lookback(said: Said) -> Days | None:
    return looked_back(said.clock, said.get("unit"), said.number() if said.get("n") else None)


def _plan(said: Said) -> Days | None:
    return plan_of(said.number())


def _now(said: Said) -> Days | None:
    start = said.match.start()
    text, before = said.match[0], said.match.string[max(0, start - 8) : start]
    if text == "that date" or (text == "this time" and not before.endswith("by ")):
        return None
    return Days(None, said.clock.date, "day")


def _to_date(said: Said) -> Days | None:
    """so far this year."""
    return Days(f"{said.clock.year}-01-01", said.clock.date, "ytd")


_COMPARES = re.compile(
    r"\b(?:than|from|over|against|with|to|on|versus|vs\.?|above|below|of|as)\s(?:in\s|at\s|for\s|during\s|that\s(?:of|in)\s)?(?:the\s)?\Z"
)


def _same_period(said: Said) -> Days | None:
    """the same period of last year; "in the same period" is the one spoken of."""
    match = said.match
    if not said.get("of") and not _COMPARES.search(match.string[max(0, match.start() - 30) : match.start()]):
        return None
    return _a_year_earlier(said)


def _a_year_earlier(said: Said) -> Days | None:
    return same_a_year_before(said.last, said.clock)


def _ago(said: Said) -> Days | None:
    """five years ago; a month earlier."""
    number = said.number() if said.get("n") else 1
    if said.get("unit").startswith("year") and 1 <= number <= _MANY_YEARS:
        return years_before(said.clock, number)
    return Days(None, said.clock.date, "span")


def _previous(said: Said) -> Days | None:
    return Days(None, said.clock.date, "span")


def _recent(said: Said) -> Days | None:
    """last month, this quarter; "last week" is when something was said."""
    back = 1 if said.get("which") == "last" else 0
    if said.get("unit") == "week":
        return Days(None, said.clock.date, "day")
    return part_of_year(said.clock, said.get("unit"), back)


def _past_year(said: Said) -> Days | None:
    """The past year, as long as one looks back on the calendar year."""
    return whole(said.clock.year - 1) if said.clock.month <= _SPRING + 1 else None


def _coming_year(said: Said) -> Days | None:
    """The year ahead, which late in a year is the next one."""
    return whole(said.clock.year + (said.clock.month > _HALF))


def _coming_years(said: Said) -> Days | None:
    count = said.number()
    if not 1 <= count <= _MANY_YEARS:
        return UNKNOWN
    year = said.clock.year
    return Days(month_start(year + 1, 1), month_end(year + count, 12), "year")


# --- the forms ---


_YEAR_FIRST = ("(?P<y>", "(?P<y1>")


class Form(NamedTuple):
    """One way to write a time: its pattern, its days, what it is for, and letters that it needs."""

    pattern: str
    days: Callable[[Said], Days | None]
    kind: str = PERIOD
    needs: str = ""

    @property
    def has_month(self) -> bool:
        """Whether it needs a month's name."""
        return "(?P<m>" in self.pattern or "(?P<m1>" in self.pattern

    @property
    def begins(self) -> str:
        """What it begins with: a ``month``, a ``year`` in figures, or "" for anything."""
        pattern = self.pattern.lstrip()
        return "month" if pattern.startswith("(?P<m>") else "year" if pattern.startswith(_YEAR_FIRST) else ""


FORMS = (
    # plans, the present, what is compared with
    Form(
        rf"(?P<n>{_ORDINAL})\s(?:national\s)?five[\s-]year\s(?:plan|program(?:me)?)(?:\speriod)?",
        _plan,
        PLAN,
        needs="five",
    ),
    Form(r"(?P<n>1[1-6]th)\splan(?:\speriod)?", _plan, PLAN, needs="plan"),
    Form(
        r"""(?:now|present|at\spresent|currently|today|to\sdate|so\sfar|thus\sfar|moment|at\sthis\smoment
        |at\sthe\smoment|this\stime|that\sdate|these\sdays|nowadays)(?=[\s,.;:)]|$)""",
        _now,
        NOW,
    ),
    Form(
        r"so\sfar\sthis\syear|this\syear\sso\sfar|year\sso\sfar|year[\s-]to[\s-]date|ytd(?![a-z])",
        _to_date,
        NOW,
    ),
    Form(
        rf"""(?:same|corresponding|comparable|matching)\s(?:{_NUMBER}\s)?(?:period|months?|quarter|half|stretch|time
        |span|day|point)(?P<of>(?:\s(?:of|in|a)\s(?:the\s)?(?:year\searlier|year\sbefore|previous\syear
        |last\syear|year\sago|(?:19|20)\d\d))|\slast\syear|\sa\syear\s(?:earlier|ago|before))?""",
        _same_period,
        BASE,
    ),
    Form(r"(?:(?<=in\sthe\s)|(?<=over\sthe\s)|(?<=during\sthe\s))past\syear", _past_year, needs="past"),
    Form(
        r"""(?:previous|preceding|prior|past)\syear|(?:a\s)?year[\s-](?:earlier|before|ago)
        (?:[\s-](?:period|quarter|month|half|level|figure))?|twelve\smonths\s(?:earlier|before|ago)""",
        _a_year_earlier,
        BASE,
    ),
    Form(
        rf"(?:(?P<n>{_NUMBER})|an?)\s(?P<unit>years?|months?|quarters?|weeks?|decades?)\s(?:earlier|before|ago)(?!\s(?:{MONTH}|the\b))",
        _ago,
        BASE,
    ),
    Form(r"(?:month|quarter|week)\s(?:earlier|before|ago)", _previous, BASE),
    Form(r"(?:previous|preceding|prior|same)\s(?:month|quarter|half)(?:-year)?", _previous, BASE),
    Form(r"(?P<which>last|this|current)\s(?P<unit>month|quarter|half|week)(?![a-z])(?!\s(?:of|in))", _recent),
    Form(r"month\s(?:earlier|before|ago)", _previous, BASE),
    # the last day of something
    Form(rf"{_END}(?:month\sof\s)?(?:(?P<which>last|this|next)\s)?(?P<m>{MONTH}){_OF_YEAR}", _month, POINT),
    Form(rf"{_END}(?P<n>{_ORDINAL}|last|final)[\s-]quarter{_OF_YEAR}", _quarter, POINT, needs="quarter"),
    Form(rf"{_END}q(?P<n>\d)(?:[\s-]?(?P<y>{_Y}))?", _quarter, POINT, needs="q"),
    Form(rf"{_END}(?P<n>{_ORDINAL})[\s-]half{_OF_YEAR}", _half, POINT, needs="half"),
    Form(
        rf"{_END}(?:first|opening)\s(?P<n>{_NUMBER})\smonths{_OF_YEAR}", _first_months, POINT, needs="months"
    ),
    Form(
        rf"{_END}(?:first|opening)\s(?P<n>{_NUMBER})\squarters{_OF_YEAR}", _quarters, POINT, needs="quarters"
    ),
    Form(rf"{_END}(?:fiscal\s|calendar\s)?(?P<y>{_Y})", _end_of_year, POINT),
    Form(
        rf"{_END}(?P<yrel>this\syear|last\syear|next\syear|year(?!-)|previous\syear|past\syear)",
        _end_of_year,
        POINT,
        needs="year",
    ),
    Form(rf"{_END}(?P<n>{_ORDINAL})\sfive[\s-]year\splan(?:\speriod)?", _plan, POINT, needs="five"),
    Form(r"year[\s-]?end(?!-)(?:\s(?:of\s)?(?P<y>(?:19|20)\d\d))?", _year_end, POINT),
    Form(
        r"(?P<y>(?:19|20)\d\d)(?:'s)?\s(?:year[\s-]?end|end(?![\s-](?:of|user)|-)|close)(?![a-z])",
        _year_end,
        POINT,
    ),
    Form(rf"end[\s-](?P<y>{_Y})", _year_end, POINT),
    Form(rf"(?:end|late)[\s-](?P<m>{MONTH}){_OF_YEAR}", _month, POINT),
    Form(rf"(?P<m>{MONTH})[\s-]end(?![a-z]){_OF_YEAR}", _month, POINT),
    Form(
        r"mid[\s-]?year(?![a-z])(?:\s(?:of\s)?(?P<y>(?:19|20)\d\d))?|(?:middle|midpoint)\sof\s(?:the\s)?year",
        _middle,
        POINT,
    ),
    Form(rf"(?:mid[\s-]|middle\sof\s)(?P<y>{_Y})", _middle, POINT),
    Form(rf"{_WHEN}(?P<m>{MONTH}){_CLOSED}", _month, POINT),
    Form(rf"{_WHEN}(?P<n>{_ORDINAL})\squarter{_CLOSED}", _quarter, POINT, needs="quarter"),
    Form(rf"{_WHEN}(?P<n>{_ORDINAL})\shalf{_CLOSED}", _half, POINT, needs="half"),
    Form(rf"{_WHEN}year{_CLOSED}", _closing_year, POINT, needs="year"),
    Form(rf"{_WHEN}(?P<y>{_Y}){_CLOSED_NAKED}", _year, POINT),
    # its first days
    Form(
        rf"(?:start|beginning|outset|onset|opening)\sof\s(?:the\s)?(?:(?P<y>{_Y})|(?P<yrel>{_REL}|year))",
        _start,
        OPENING,
        needs="of",
    ),
    # months of a year
    Form(
        rf"(?:first|opening|initial)\s(?P<n>{_NUMBER})[\s-]months?{_STRETCH}{_OF_YEAR}",
        _first_months,
        needs="month",
    ),
    Form(rf"first\s(?P<n>\d{{1,2}})m(?![a-z\d]){_OF_YEAR}", _first_months, needs="first"),
    Form(
        rf"(?P<n>\d{{1,2}})m[\s-]?(?:of\s)?(?:(?P<y>{_Y})|['’]?(?<![\s-])(?P<yy>\d\d)(?!\d))", _first_months
    ),
    Form(
        rf"""(?:(?P<n>{_NUMBER})[\s-]months?|(?<!this\s)(?<!last\s)(?<!next\s)(?P<unit>quarter|half(?:[\s-]year)?|year))
        (?:\speriod)?\s(?:to|through|ending|ended|up\sto|until|till)(?:\s(?:in|on|at))?\s(?:the\send\sof\s|end-)?
        (?:(?P<d>\d{{1,2}})\s)?(?P<m>{MONTH}){_OF_YEAR}""",
        _months_to,
    ),
    Form(
        rf"""(?:(?P<n>{_NUMBER})[\s-]months?|(?<!this\s)(?<!last\s)(?P<unit>quarter|half(?:[\s-]year)?|year))
        (?:\speriod)?\s(?:to|through|ending|ended|up\sto|until|till)(?:\son)?\s
        (?P<m>{MONTH})\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d){_OF_YEAR}""",
        _months_to,
    ),
    Form(rf"(?P<n>{_NUMBER})\smonths\sbefore\s(?P<m>{MONTH})", _months_before, needs="months"),
    Form(
        rf"""(?P<between>between\s)?(?:from\s)?(?P<m1>{MONTH})(?:,?\s(?P<y1>{_Y}))?(?:{TO}|(?P<and>\sand\s))
        (?P<m2>{MONTH}){_STRETCH}(?:\s(?:quarter|half))?{_OF_YEAR}(?:\speriod)?""",
        _from_to,
    ),
    Form(
        rf"""(?:from\s|between\s)?(?P<m1>{MONTH})\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:{TO}|\sand\s)(?:(?P<m2>{MONTH})\s)?
        (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|\.\d|\s?(?:%|percent|million)){_OF_YEAR}""",
        _from_day_to_day,
    ),
    Form(
        rf"""(?:from\s|between\s)?(?P<d1>\d{{1,2}})\s(?P<m1>{MONTH})(?:{TO}|\sand\s)(?P<d2>\d{{1,2}})\s
        (?P<m2>{MONTH}){_OF_YEAR}""",
        _from_day_to_day,
    ),
    Form(
        rf"(?:month\sof\s)?(?:(?P<which>last|this|next)\s)?(?P<m>{MONTH})(?:\s(?P<alone>alone|only))?{_OF_YEAR}",
        _month,
    ),
    Form(
        rf"(?P<n>{_ORDINAL})\smonth\sof\s(?:the\s)?(?:(?P<y>{_Y})|(?P<yrel>{_REL}|year))",
        _nth_month,
        needs="month",
    ),
    Form(rf"(?P<m>{MONTH})[-'’](?P<yy>[0-3]\d)(?![\d,.%]|\s?(?:percent|{_DASH}))", _month_and_year),
    Form(r"(?P<y>(?:19|20)\d\d)[-/](?P<n>\d\d)(?![\d/-]|[.,]\d|\s?(?:%|percent))", _numbered_month),
    Form(r"(?P<n>\d\d?)/(?P<y>(?:19|20)\d\d)(?![\d/-]|[.,]\d|\s?(?:%|percent))", _month_of_year),
    Form(rf"(?:early|mid)(?:\sin)?[\s-](?P<m>{MONTH}){_OF_YEAR}", _part_of_month, EVENT),
    Form(
        rf"(?:first|opening|last)\s(?P<n>{_NUMBER})\sdays\sof\s(?P<m>{MONTH}){_OF_YEAR}",
        _first_days,
        needs="days",
    ),
    Form(
        rf"(?:{_ORDINAL}|last|final|opening)\sweeks?\s(?:of|in)\s{MONTH}(?:\s{_Y})?", _unknown, needs="week"
    ),
    Form(rf"week\s(?:ended|ending|to|of)\s(?:{MONTH}\s\d{{1,2}}|\d{{1,2}}\s{MONTH})", _unknown, needs="week"),
    Form(
        r"""(?<=the\s)(?:quarter(?:\sas\sa\swhole)?|half[\s-]year|half|(?P<n>two|three|four|five|six|seven|eight
        |nine|ten|eleven)(?:\smonths|-month\speriod))(?=[\s,.;:)]|$)(?!\sof\s)""",
        _anaphor,
    ),
    Form(
        rf"(?:(?<=in\s)|(?<=over\s)|(?<=same\s)|(?<=for\s))(?P<n>{_NUMBER})\smonths(?=[\s,.;:)]|$)"
        r"(?!\s(?:of|to|from|later|ahead|before|after|earlier|ago|ended|ending|in\sa\srow|running))",
        _months_after,
        needs="months",
    ),
    Form(
        rf"(?P<n>{_NUMBER})-months?(?=\s[a-z])(?!\s(?:high|low|period|plan|campaign))",
        _months_after,
        needs="month",
    ),
    Form(r"half-year(?=\s[a-z])(?!\s(?:ago|earlier|before|mark))", _half_gone, needs="half"),
    Form(rf"(?:after|through)\s(?:the\s)?(?P<n>{_NUMBER})\smonths(?!\sof)", _months_after, needs="months"),
    # halves and quarters
    Form(rf"(?P<n>{_ORDINAL}|latter|opening)[\s-]half(?:[\s-]year)?{_OF_YEAR}", _half, needs="half"),
    Form(rf"(?P<y>{_Y})(?:'s)?\s(?P<n>first|second)[\s-]half", _half, needs="half"),
    Form(
        rf"h(?P<n>\d{{1,2}})(?![a-z\d]|\.\d)(?:[\s,-]{{1,2}}(?:of\s)?(?:fy\s?)?(?P<y>{_Y})|\s?['’](?P<yy>\d\d)(?!\d))?",
        _coded(_half),
    ),
    Form(r"h(?P<n>\d)(?:(?P<y>20\d\d)|(?P<yy>\d\d))(?!\d)", _coded(_half)),
    Form(
        rf"(?P<n>\d)h[\s-]?(?:(?P<y>{_Y})|['’]?(?<![\s-])(?P<yy>\d\d)(?!\d)|(?=[\s,;:.)]|$))", _coded(_half)
    ),
    Form(r"(?P<y>(?:19|20)\d\d)[\s-]?h(?P<n>\d{1,2})(?![\da-z])", _half),
    Form(rf"first\s(?P<n>{_NUMBER})\squarters{_OF_YEAR}", _quarters, needs="quarters"),
    Form(
        rf"(?P<n1>{_ORDINAL})(?:\s(?:to|through)\s(?:the\s)?|-to-)(?P<n2>{_ORDINAL})[\s-]quarters?{_OF_YEAR}",
        _quarters,
        needs="quarter",
    ),
    Form(rf"q(?P<n1>\d{{1,2}})(?:{TO})q?(?P<n2>\d{{1,2}})(?![\da-z]|\.\d|%){_OF_YEAR}", _quarters, needs="q"),
    Form(
        rf"(?P<n>{_ORDINAL}|opening|final|last)(?:[\s-]quarters?{_OF_YEAR}|(?=\sand\s(?:the\s)?{_ORDINAL}\squarter))",
        _quarter,
        needs="quarter",
    ),
    Form(rf"(?P<y>{_Y})(?:'s)?\s(?P<n>{_ORDINAL}|final|last)[\s-]quarter", _quarter, needs="quarter"),
    Form(rf"(?P<m>{MONTH})[\s-]quarter(?![a-z]){_OF_YEAR}", _quarter_of_month),
    Form(
        rf"q(?P<n>\d{{1,2}})(?![a-z\d]|\.\d)(?:[\s,-]{{1,2}}(?:of\s)?(?:fy\s?)?(?P<y>{_Y})|\s?['’](?P<yy>\d\d)(?!\d))?",
        _coded(_quarter),
        needs="q",
    ),
    Form(r"q(?P<n>\d)(?:(?P<y>20\d\d)|(?P<yy>\d\d))(?!\d)", _coded(_quarter), needs="q"),
    Form(
        rf"(?P<n>\d)q[\s-]?(?:(?P<y>{_Y})|['’]?(?<![\s-])(?P<yy>\d\d)(?!\d)|(?=[\s,]))",
        _coded(_quarter),
        needs="q",
    ),
    Form(r"(?P<y>(?:19|20)\d\d)[\s-]?q(?P<n>\d{1,2})(?![\da-z])", _quarter, needs="q"),
    # days
    Form(
        rf"""(?P<m>{MONTH})\s(?P<d>\d{{1,2}})(?P<th>st|nd|rd|th)?
        (?!\d|[a-z]|\.\d|,\d{{3}}(?!\d)|\s?(?:million|billion|trillion|percent|%))(?:,?\s?(?P<y>(?:19|20)\d\d)(?!\d))?""",
        _day,
    ),
    Form(
        rf"(?P<d>\d{{1,4}})(?P<th>st|nd|rd|th)?\s(?:of\s)?(?P<m>{MONTH})(?:,?\s?(?P<y>(?:19|20)\d\d)(?!\d))?",
        _day,
    ),
    Form(r"(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<mm>\d\d?)(?P=sep)(?P<d>\d\d?)(?!\d)", _day_in_figures),
    Form(
        r"(?P<turned>)(?P<mm>\d\d?)(?P<sep>[/.])(?P<d>\d\d?)(?P=sep)(?P<y>(?:19|20)\d\d)(?!\d)",
        _day_in_figures,
    ),
    # years
    Form(
        rf"""(?P<y1>(?:19|20)\d\d)(?:\s?{_DASH}\s?|(?<=from\s\d\d\d\d)\s(?:to|through)\s|(?<=between\s\d\d\d\d)\sand\s
        |\s(?:to|through|thru)\s(?=\d{{4}}(?!\d)))(?P<y2>(?:19|20)?\d\d)(?!\d|[.,]\d|\s?(?:%|percent|million|billion))(?:\speriod)?""",
        _years,
    ),
    Form(
        rf"(?:(?P<n>{_NUMBER})[\s-]years?|(?P<decade>decade))(?:\speriod)?\s(?:to|through|ending|ended|up\sto|until)\s(?:in\s)?(?P<y>{_Y})",
        _years_to,
    ),
    Form(
        rf"(?:past|last|previous|recent|latest|preceding)\s(?:(?P<n>{_NUMBER})\s)?"
        r"(?:days|weeks|(?P<unit>month|quarter)s|years|decades?)",
        _lookback,
    ),
    Form(r"(?:19|20)\d0s(?![a-z])", _unknown, needs="0s"),
    Form(rf"(?:coming|next)\s(?P<n>{_NUMBER})\syears", _coming_years, POINT, needs="years"),
    Form(
        rf"""(?:full[\s-]year(?:\sof)?|fiscal(?:\syear)?|fy|calendar(?:\syear)?|(?:whole|full|entire)[\s-](?:of\s)?(?:the\s)?
        (?:year\s(?:of\s)?)?|all\sof|year(?:\sof)?)[\s-]?(?P<y>{_Y})""",
        whole_year,
    ),
    Form(r"fy\s?['’]?(?P<yy>\d\d)(?!\d)", whole_year, needs="fy"),
    Form(rf"(?P<y>{_Y})(?:'s)?\s(?:as\sa\swhole|full[\s-]year|overall)", whole_year),
    Form(
        r"""(?:whole|full|entire)[\s-](?:of\s)?(?:the\s)?year(?![a-z])(?:\sas\sa\swhole)?|year\sas\sa\swhole
        |year\sthrough(?=\s|,|\.)|total\sannual|annual\stotal""",
        whole_year,
    ),
    Form(r"within\sthe\syear(?![a-z-])|(?:end|finish|close)\sthe\syear(?![a-z-])", _this_year, needs="year"),
    Form(rf"(?P<n>{_NUMBER})\smonths\s(?:together|combined|in\sall)", _first_months, needs="months"),
    Form(r"(?<=in\sthe\s)(?P<n>first|second|third|fourth)(?=\s?(?:[,.;:)]|$|and\b))", _same_kind),
    Form(r"(?:early|late)(?:\sin)?[\s-](?P<y>(?:19|20)\d\d)(?!\d)", _unknown),
    Form(
        r"""(?P<y>(?:19|20)\d\d)(?![\d,]*\d|\.\d|\s?(?:million|billion|trillion|percent|%|yuan|units|vehicles
        |enterprises|companies|firms|factories|projects|people|cases|base|stations|of\sthem))(?:'s)?""",
        _year,
    ),
    Form(r"coming\syear(?![a-z])|year\sahead", _coming_year, needs="year"),
    Form(r"year\sbefore\slast", _year_before_last, needs="year"),
    Form(r"(?P<yrel>this\syear|last\syear|next\syear|current\syear)(?:'s)?", _year, needs="year"),
    Form(r"annual(?=\s(?:added|value|growth|industrial|telecom|increase))", _annual, needs="annual"),
    Form(
        r"""(?<=the\s)year(?=\s(?:was|were|has|had|came|reached|rose|grew|stood|totaled)|,|\.|;|$)
        |(?<=for\sthe\s)year""",
        _the_year,
    ),
    # holidays move from year to year
    Form(
        r"""(?:spring\sfestival|golden\sweek|lunar\snew\syear|chinese\snew\syear|national\sday|may\sday|labou?r\sday
        |mid-autumn|dragon\sboat|singles'?\sday)\s(?:holidays?|period|week|break|season)""",
        _unknown,
    ),
)
