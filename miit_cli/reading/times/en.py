"""Times in English: the year that one is of, the days of its forms, and what it is for."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from functools import cache

from miit_cli.reading.lexicon import load_data
from miit_cli.reading.numbers import counts
from miit_cli.reading.numbers.values import EN_ONES, EN_ORDINALS, EN_TENS, english_number
from miit_cli.reading.spans import Time
from miit_cli.reading.times import forms
from miit_cli.reading.times.clock import (
    LOOKBACK,
    MANY_YEARS,
    UNKNOWN,
    Days,
    between,
    from_day_to_day,
    is_meeting,
    month_end,
    part,
    several_years,
    whole,
)
from miit_cli.reading.times.forms import Form, FormMatch, Said, a_year_earlier, filled, numbered

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = {"opening": 1, "latter": 2} | EN_ORDINALS
_YEARS = {
    **dict.fromkeys(("this", "current"), 0),
    **dict.fromkeys(("last", "previous", "past", "preceding"), -1),
    **dict.fromkeys(("next", "following"), 1),
}
_LEAD = 64  # characters before an expression that tell what it is for


class English(Said):
    """An English expression."""

    longest = 90
    forward = re.compile(
        r"\b(?:will|shall|should|aims?|aiming|strives?|striving|plans?|planned|targets?|goal|expect(?:s|ed)?"
        r"|hopes?|to\s(?:reach|exceed))\b"
    )
    near = 120

    @staticmethod
    @cache
    def begins() -> re.Pattern[str]:
        """Where a form may begin: letters first, since the engine tries one alternative after another."""
        data = load_data("en/times.toml")["begin"]
        month, noun = filled("en", "{month}"), filled("en", data["noun"])
        words = [*data["before"], *EN_ORDINALS, *EN_ONES, *EN_TENS]
        letters = sorted({word[0] for word in words})
        before = "|".join(f"{c}(?:{'|'.join(w[1:] for w in words if w[0] == c)})" for c in letters)
        digits = data["digits"].replace("{follows}", data["follows"])
        return re.compile(
            rf"""(?<![a-z0-9])(?<!\d[.,])(?:(?:{month}|{"|".join(data["alone"])})(?![a-z])
            |(?:{before})(?=[\s-][^.;:]{{0,40}}?{noun})|(?=\d)(?:{filled("en", digits)}))""",
            re.VERBOSE,
        )

    @staticmethod
    def forms_at(near: str) -> tuple[FormMatch, ...]:
        begins = "year" if _A_YEAR.match(near) else "month" if _a_month().match(near) else ""
        return _forms(begins == "month" or _a_month().search(near) is not None, begins)

    @property
    def year(self) -> int | None:
        if self.get("y"):
            return int(self.get("y")[-4:])
        if self.get("yy"):
            return 2000 + int(self.get("yy"))
        word = re.split(r"\s", self.get("yrel"), maxsplit=1)[0]
        if word in ("that", "same"):
            return self.hint
        if word in _YEARS:
            return self.clock.year + _YEARS[word]
        # a list shares the year behind its last: "in April and May 2022"
        found = _shared_year().match(self.match.string, self.match.end())
        return int(found["y"]) if found else None

    def is_to_come(self, last: int) -> bool:
        """It will be so by December; what was so then was in the year before."""
        return self.is_ahead()

    def month(self, group: str = "m") -> int:
        """A month by its name."""
        return MONTHS.index(self.get(group)[:3]) + 1

    def number(self, group: str = "n", of: int = 4) -> int:
        """A number in digits or words, the last one of so many for ``last``; -1 for a word that is none."""
        text = self.get(group)
        if text in ("final", "last"):
            return of
        if text in _NUMBERS:
            return _NUMBERS[text]
        digits = re.match(r"\d+", text)
        number = digits[0] if digits else english_number(text)
        return -1 if number is None else int(number)

    def days(self, form: Form) -> Days | None:
        """The days by a form; None where it does not hold, as where a word should be a number and is none."""
        counted = all(self.number(group) >= 0 for group in ("n", "n1") if self.get(group))
        return _DAYS[form.name](self) if counted else None

    def time(self, form: Form, days: Days) -> Time:
        start, lead = self.match.start(), self.before(_LEAD)
        end = start + len(self.match[0].rstrip(" ,."))
        if days in (UNKNOWN, LOOKBACK):
            role = "base" if _SUPERLATIVE.search(lead) or _SINCE.search(lead) else "unknown"
            return Time(start, end, None, self.clock.date, role, days.grain)
        if days.grain == "month" and form.kind == "period" and lead.endswith("through "):
            days = days._replace(begin=f"{days.finish[:4]}-01-01", grain="ytd")
        elif days.grain == "month" and _SO_FAR.search(lead):
            days = days._replace(begin=f"{days.finish[:4]}-01-01")
        return Time(start, end, days.begin, days.finish, self._role(form, days, lead, end), days.grain)

    def tells_year(self, time: Time, days: Days) -> bool:
        return time.role != "base" and days.named

    # --- what it is for ---

    def _role(self, form: Form, days: Days, lead: str, end: int) -> str:
        folded = self.match.string
        if form.kind in ("plan", "now", "base"):
            return form.kind
        if self._is_base(form, days, lead, end):
            return "base"
        found = _UNTIL.search(lead)
        until = found[1] if found else "as of" if folded.startswith("as of", end) else ""
        said = (_SAYING.search(lead) is not None and folded.startswith(" that ", end)) or _DATED.search(lead)
        if form.kind != "opening" and (days.grain == "day" or is_meeting(days) or said):
            point = until in ("as of", "as at", "up to", "by", "until", "till", "through")
            return "point" if point else "event"
        if form.kind == "opening" or _SINCE.search(lead):
            return "since"
        if form.kind == "point" or until in (
            "as of",
            "as at",
            "by",
            "come",
            "no later than",
            "before",
            "up to",
        ):
            return "deadline" if days.finish > self.clock.date else "point"
        return "period"

    def _is_base(self, form: Form, days: Days, lead: str, end: int) -> bool:
        """Whether a time is what a figure is compared with, or the year of constant prices or a threshold."""
        folded, goes_on = self.match.string, _GOES_ON.match(self.match.string, end)
        if form.kind == "point" and (_OVER.search(lead) or (_FROM.search(lead) and not goes_on)):
            return True  # "188,000 over the end of last year"
        # "over the first half"
        review = (days.grain != "year" or form.name == "whole-year") and _OVER.search(lead)
        if not review and (_base_lead().search(lead) or (_FROM_FIGURES.search(lead) and not goes_on)):
            return True
        if _PRICES.match(folded, end) or _CONSTANT.search(lead):
            return True
        relative = "last year" in folded[end - 12 : end]
        return bool(relative and (_OF.search(lead) or _THRESHOLD.search(lead)))


_A_YEAR = re.compile(r"(?:19|20)\d\d")


@cache
def _a_month() -> re.Pattern[str]:
    return re.compile(filled("en", "{month}"))


@cache
def _shared_year() -> re.Pattern[str]:
    listed = r"(?:(?:,\s|\sand\s|,\sand\s)(?:the\s)?(?:{month}|{ordinal}[\s-]quarter))+\s(?:of\s)?(?P<y>{y})"
    return re.compile(filled("en", listed), re.VERBOSE)


@cache
def _forms(month: bool, begins: str) -> tuple[FormMatch, ...]:
    """The forms for a text that has a month's name or not, and that begins with a ``month`` or a ``year``."""
    starts = {"(?P<m>": "month", "(?P<y>": "year", "(?P<y1": "year"}
    return tuple(
        forms.matched(form)
        for form in forms.forms("en")
        if (month or not ("(?P<m>" in form.pattern or "(?P<m1>" in form.pattern))
        and starts.get(form.pattern.lstrip()[:6], "") in ("", begins)
    )


# --- months ---


def _month(said: English) -> Days | None:
    if not _is_month(said):
        return None
    number, clock, which = said.month(), said.clock, said.get("which")
    if which == "last":
        return part("month", clock.year - (number >= clock.month), number, named=True)
    if which in ("this", "next"):
        return part("month", clock.year + (which == "next" and number <= clock.month), number, named=True)
    days = said.ending("month", number)
    return days._replace(grain="alone") if said.get("alone") else days


_MARCHING = re.compile(r"\s(?:towards?|on|forward|ahead|into)\b")
_MAY_LEAD = re.compile(
    r"(?:\b(?:in|of|by|to|since|until|till|through|from|end-|for|during|late|early|last|at|when|and|as)"
    r"|[-–—])\s?\Z"
)
_MAY_NEXT = re.compile(r":\s|'s\b|\s?\(?[-+−]\s?\d|\s\d+\.\d")  # May: 6.5, May's, May +5.8, May 4.1 percent


def _is_month(said: English) -> bool:
    """ "may" is a month after a preposition or beside a number, not as a verb; "mar" needs its full stop."""
    match, name = said.match, said.get("m")
    if name == "march":
        return not _MARCHING.match(match.string, match.end())
    if name not in ("may", "mar") or any(said.get(group) for group in ("y", "yrel", "yy", "alone")):
        return True
    if name == "mar":
        return match.string.startswith(".", match.end())
    return bool(
        said.get("which") or _MAY_LEAD.search(said.before(12)) or _MAY_NEXT.match(match.string, match.end())
    )


def _first_days(said: English) -> Days:
    """the first ten days of June."""
    days, last = _month(said), said.number()
    if days is None or not 1 <= last <= int(days.finish[8:]):
        return UNKNOWN
    return days._replace(finish=f"{days.finish[:8]}{last:02d}", grain="span")


def _numbered_month(said: English) -> Days:
    """2022-07, and 2009-15, which are years."""
    year, month = int(said.get("y")), said.number()
    if 1 <= month <= 12:
        return said.ending("month", month)
    return several_years(year, year // 100 * 100 + month, "plan", named=True)


def _last_months(said: English) -> Days:
    """the last two months of the year; its last two quarters."""
    count = said.number() * (3 if said.get("unit") == "quarter" else 1)
    return said.months(13 - count, 12) if 1 <= count < 12 else UNKNOWN


def _from_to(said: English) -> Days | None:
    """January to July 2022; November 2022 to February 2023."""
    first, last = said.month("m1"), said.month("m2")
    if said.get("and") and not said.get("between") and (first, last) != (1, 2):
        return None
    year, named = said.year_of(last), said.year is not None
    if not said.get("y1"):
        return between(year - (first > last), first, year, last, named)
    begun = int(said.get("y1"))
    return between(begun, first, year if named else begun + (last < first), last, named=True)


def _months_to(said: English) -> Days:
    """six months ended June 30, 2023; the quarter to June."""
    last = said.month()
    lengths = {"quarter": 3, "half": 6, "year": 12}
    count = next((n for word, n in lengths.items() if word in said.get("unit")), 0) or said.number()
    year = said.year_of(last)
    whole_months = not said.get("d") or int(said.get("d")) == monthrange(year, last)[1]
    return said.months(last - count + 1, last) if 1 <= count <= 12 * MANY_YEARS and whole_months else UNKNOWN


def _months_before(said: English) -> Days:
    """five months before June."""
    count, last = said.number(), said.month() - 1 or 12
    return said.months(last - count + 1, last) if 1 <= count <= last else UNKNOWN


def _months_after(said: English) -> Days | None:
    """after seven months."""
    last = said.number()
    recent = max(2, said.clock.month - 2) <= last < said.clock.month
    return part("ytd", said.clock.year, last) if recent else None


def _anaphor(said: English) -> Days:
    """The quarter, the half, the nine months: the last one that is over."""
    text, clock, number = said.match[0], said.clock, said.number() if said.get("n") else 0
    if number and (number not in (3, 6) or "period" in text):
        last, grain = number, "ytd"
    elif "quarter" in text or number == 3:
        last, grain = 3 * ((clock.month - 1) // 3), "quarter"
    else:
        last, grain = (6 if clock.month > 6 else 0), "half"
    return part(grain, clock.year if 0 < last < clock.month else clock.year - 1, last or 12)


# --- days ---


def _from_day_to_day(said: English) -> Days:
    """January 1 to June 30, 2023."""
    m1, m2 = said.month("m1"), said.month("m2" if said.get("m2") else "m1")
    year = said.year_of(m2)
    begun, over = (year - (m1 > m2), m1, int(said.get("d1"))), (year, m2, int(said.get("d2")))
    return from_day_to_day(begun, over, said.year is not None)


def _day(said: English) -> Days | None:
    day = int(said.get("d"))
    if not said.get("th") and not said.get("y") and not 1 <= day <= 31:
        return None  # "in May 40 firms"
    return said.day(said.month(), day)


def _day_in_figures(said: English) -> Days:
    month, day = int(said.get("mm")), int(said.get("d"))
    if "turned" in said.match.re.groupindex:  # month or day first
        if month <= 12 and day <= 12 and month != day:
            return UNKNOWN
        month, day = min(month, day), max(month, day)
    return said.day(month, day)


def _now(said: English) -> Days | None:
    text = said.match[0]
    if text == "that date" or (text == "this time" and not said.before(8).endswith("by ")):
        return None
    return said.clock.today()


def _recent(said: English) -> Days:
    """last month, this quarter; "last week" is when something was said."""
    if said.get("unit") == "week":
        return said.clock.today()
    return said.clock.current(said.get("unit"), said.get("which") == "last")


# --- halves and quarters ---


def _quarter(said: English) -> Days | None:
    if said.get("n") == "last" and said.year is None:
        return said.ending("quarter", 3 * ((said.clock.month - 1) // 3 or 4))
    return forms.DAYS["quarter"](said)


def _same_kind(said: English) -> Days | None:
    """Behind a quarter "the third" is another, behind a half "the second"."""
    grain = said.last.grain if said.last is not None else ""
    days = _DAYS[grain](said) if grain in ("quarter", "half") else None
    return None if days is UNKNOWN else days


def _quarter_of_month(said: English) -> Days:
    """the June quarter."""
    last = said.month()
    return said.ending("quarter", last) if last % 3 == 0 else UNKNOWN


def _coded(part: Callable[[English], Days | None]) -> Callable[[English], Days | None]:
    """Q3 2022: as a quarter; a bare Q7 is a name."""

    def days(said: English) -> Days | None:
        found = part(said)
        return None if found is UNKNOWN and said.year is None else found

    return days


# --- years ---


def _years(said: English) -> Days | None:
    """2016-2020; "from 2016 to 2020", unless each end has a figure: "from 5 to 6 million"."""
    first, tail = int(said.get("y1")), said.get("y2")
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    in_words = " " in said.match[0].strip() and not re.search(_DASH, said.match[0])
    if in_words and _FROM_FIGURE.match(said.match.string, said.match.end()):
        return None
    return several_years(first, last, "year" if in_words else "plan", named=True)


_DASH = re.compile("[-–—−‑]")
_FROM_FIGURE = re.compile(r"[^.;]{0,80}?\bfrom\s(?:[a-z]+\s){0,3}[$¥]?\d")


def _years_to(said: English) -> Days:
    """the five years to 2022."""
    count, year = (10 if said.get("decade") else said.number()), int(said.get("y"))
    return several_years(year - count + 1, year, "plan", named=True) if count <= MANY_YEARS else UNKNOWN


def _year(said: English) -> Days | None:
    match = said.match
    if said.get("y") and counts(match.string, match.start("y"), match.end("y")):
        return None
    return whole(said.year or said.clock.year, named=True)


def _middle(said: English) -> Days:
    """mid-2023: its June."""
    year = said.year
    return part("half", year or said.hint or said.clock.past(6), 6, year is not None)


def _end_of_year(said: English) -> Days:
    """Early in a year, its end is that of the year before, unless it is looked forward to."""
    over = said.clock.month < forms.SPRING and not said.is_ahead()
    return whole(said.year or said.hint or said.clock.year - over, named=True)


def _year_end(said: English) -> Days:
    clock = said.clock
    ahead = said.hint if said.hint is not None and said.hint > clock.year else None
    told = clock.year if _UNTIL.search(said.before(_LEAD)) else clock.reviewed(4)
    return whole(said.year or ahead or told, named=True)


def _reviewed(from_month: int) -> Callable[[English], Days]:
    """The year that was named, or else the one that a document reviews, its own from a month on."""
    return lambda said: whole(said.hint or said.clock.reviewed(from_month))


def _lookback(said: English) -> Days:
    return said.clock.looked_back(said.get("unit"), said.number() if said.get("n") else None)


_COMPARES = re.compile(
    r"\b(?:than|from|over|against|with|to|on|versus|vs\.?|above|below|of|as)\s"
    r"(?:in\s|at\s|for\s|during\s|that\s(?:of|in)\s)?(?:the\s)?\Z"
)


_NAMED_YEAR = re.compile(r"(?:19|20)\d\d")


def _of_year(spoken: Days | None, year: int) -> Days:
    """The days of another year that are as many as those spoken of; all of it where none are."""
    if spoken is None or spoken.begin is None or spoken.begin[:4] != spoken.finish[:4]:
        return whole(year, named=True)
    begin, month = f"{year:04d}{spoken.begin[4:]}", int(spoken.finish[5:7])
    return Days(begin, month_end(year, month), spoken.grain)


def _same_period(said: English) -> Days | None:
    """the same period of last year, or of 2019; "in the same period" is the one spoken of."""
    if year := _NAMED_YEAR.search(said.get("of")):
        return _of_year(said.last, int(year[0]))
    return a_year_earlier(said) if said.get("of") or _COMPARES.search(said.before(30)) else None


_DAYS: dict[str, Callable[..., Days | None]] = forms.DAYS | {
    "anaphor": _anaphor,
    "annual": _reviewed(10),
    "closing-year": _reviewed(7),
    "coded-half": _coded(numbered("half", 2)),
    "coded-quarter": _coded(_quarter),
    "coming-year": lambda said: whole(said.clock.year + (said.clock.month > 6)),  # late in a year the next
    "day": _day,
    "day-in-figures": _day_in_figures,
    "end-of-year": _end_of_year,
    "first-days": _first_days,
    "from-day-to-day": _from_day_to_day,
    "from-to": _from_to,
    # half-year sales: in the months after it
    "half-gone": lambda said: part("half", said.clock.year, 6) if 6 < said.clock.month <= 9 else None,
    "last-months": _last_months,
    "lookback": _lookback,
    "middle": _middle,
    "month": _month,
    "month-and-year": lambda said: said.ending("month", said.month()),
    "months-after": _months_after,
    "months-before": _months_before,
    "months-to": _months_to,
    "now": _now,
    "numbered-month": _numbered_month,
    "part-of-month": lambda said: (days := _month(said)) and days.one_of_them(),
    "previous": lambda said: said.clock.today("span"),
    "quarter": _quarter,
    "quarter-of-month": _quarter_of_month,
    "recent": _recent,
    "same-kind": _same_kind,
    "same-period": _same_period,
    "the-year": _reviewed(6),
    "this-year": lambda said: whole(said.clock.year, named=True),
    "to-date": lambda said: Days(f"{said.clock.year}-01-01", said.clock.date, "ytd"),
    "year": _year,
    "year-before-last": lambda said: whole(said.clock.year - 2, named=True),
    "year-end": _year_end,
    "years": _years,
    "years-to": _years_to,
}


# --- what tells what a time is for ---


@cache
def _base_lead() -> re.Pattern[str]:
    return re.compile(load_data("en/times.toml")["times"]["base"], re.VERBOSE)


_FROM_FIGURES = re.compile(r"\d[^,;.\d]{0,40}\s(?:from|over)\s(?:the\s|its\slevel\s(?:in|at)\s(?:the\s)?)?\Z")
_FROM = re.compile(r"\bfrom\s(?:the\s|its\slevel\s(?:in|at)\s(?:the\s)?)?\Z")
_GOES_ON = re.compile(r"\s?(?:to|through|until|till|on|onwards?|[-–—])\b")
_OF = re.compile(r"\b(?:short|shy|ahead|out|instead)\sof\s\Z")
_PRICES = re.compile(r"\s(?:constant\s|unit\s|comparable\s|fixed\s)*prices?\b")
_CONSTANT = re.compile(r"\b(?:constant|comparable|fixed|unit)\s(?:prices?\s(?:of|from|in)\s)?(?:the\s)?\Z")
_THRESHOLD = re.compile(
    r"\b(?:firms|enterprises|companies|businesses|ones|those)\s(?:whose|with|that\shad|having)\s[^,.;]{0,60}\Z"
)
_OVER = re.compile(r"\bover\s(?:the\s)?\Z")
# "the fastest in the past five years": what a figure is held against.
_SUPERLATIVE = re.compile(
    r"(?:\w{2,}est|\bmost|\bleast|\bhigh|\blow|\btime|\bworst)\s(?:\w+\s){0,2}(?:in|of|over|for)\s(?:the\s)?\Z"
)
_UNTIL = re.compile(
    r"(as\sof|as\sat|up\sto|until|till|by|through|to|come|before|no\slater\sthan)\s(?:the\s"
    r"|that\s)?(?:very\s)?\Z"
)
_SO_FAR = re.compile(r"\b(?:as\sof|as\sat|up\sto|until|till)\s(?:the\s)?\Z")  # the year so far, of what flows
_SINCE = re.compile(r"\bsince\s(?:the\s|about\s)?\Z")
# "said in December that": then it was said, and of another time.
_SAYING = re.compile(
    r"\b(?:said|announced|forecast|predicted|estimated|projected|disclosed|reported|told\s\w+)\s"
    r"(?:back\s)?(?:in|on|at)\s(?:the\s)?\Z"
)
_DATED = re.compile(
    r"\b(?:plan|document|notice|circular|guideline)s?\s"
    r"(?:of|from|(?:issued|released|published|unveiled)(?:\s(?:in|on))?)\s(?:the\s)?\Z"
    r"|(?:\bcopyright|©|\(c\))\s?(?:©|\(c\))?\s?\Z"
)
