"""Time expressions in English."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from miit_cli.reading.times.clock import (
    PLAN_YEARS,
    PLANS,
    Clock,
    Days,
    day_of,
    half,
    month_end,
    month_of,
    month_start,
    months,
    quarter,
    so_far,
    stretch,
    whole,
)
from miit_cli.reading.spans import Time
from miit_cli.reading.numbers.values import EN_ONES

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
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1,
    "2nd": 2, "3rd": 3, "4th": 4, "opening": 1, "latter": 2, "final": 4, "last": 4,
}  # fmt: skip
_PLAN_WORDS = {"twelf": "12th", "thirteen": "13th", "fourteen": "14th", "fifteen": "15th"}
_NUMBER_WORDS = tuple(EN_ONES)[1:13]
_EN_MONTH = f"(?:{'|'.join(_MONTHS)})"
_EN_NUM = rf"(?:{'|'.join(_NUMBER_WORDS)}|\d{{1,2}})"
_EN = rf"""
    (?<![a-z0-9])(?<!\d\.)
    (?P<lead>compared\swith|compared\sto|compared\sagainst|compare\swith|in\scomparison\swith|relative\sto
          |versus|vs\.?|than\s(?:(?:that|those|it|they|the\sfigure|the\slevel)\s)?(?:was\s|were\s
          |had\sbeen\s)?(?:in|at|of|by|for|during)?|over\sthe\s(?=same|previous|preceding|year|corresponding
          |prior)|from\sthe\s(?=same|previous|preceding|year|corresponding|prior)|over(?=\s\d{{4}})|up\son
          |down\son|up\sfrom|down\sfrom|against|on\sthe\s(?=same|previous)|above\sthat\sof|above|below
          |from\sa\syear|as\sagainst|of\sthe\s(?=same|corresponding)|in\sthe\s(?=same|corresponding))?\s?
    (?P<until>as\sof|as\sat|up\sto|until|till|by|as\sfar\sas|through|to)?\s?
    (?P<det>the\s)?
    (?:
      (?P<plan>1[2345]th\sfive[\s-]year\splan(?:\speriod)?|(?:twelf|thirteen|fourteen
            |fifteen)th\sfive[\s-]year\splan(?:\speriod)?)
     |(?P<now>now|present|at\spresent|currently|today|to\sdate|so\sfar|thus\sfar|moment|at\sthis\smoment
           |at\sthe\smoment|this\stime|that\sdate|these\sdays|nowadays)(?=[\s,.;:)]|$)
     |(?P<sameperiod>(?:same|corresponding)\s(?:{_EN_NUM}\s)?(?:period|months?|quarter|half|stretch|time
           |span|day|point)(?:\s(?:of|in|a)\s(?:the\s)?(?:year\searlier|year\sbefore|previous\syear
           |last\syear|year\sago|(?:19|20)\d\d))?(?:\slast\syear|\sa\syear\s(?:earlier|ago|before))?)
     |(?P<end>end|close|turn|conclusion
           |finish)(?:ing)?\sof\s(?:the\s)?(?:(?:month\sof\s)?(?P<emonth>{_EN_MONTH})\.?(?:\s(?:of\s)?(?P<eyear>(?:19
           |20)\d\d|this\syear|last\syear|the\syear))?|(?P<eyear2>(?:19|20)\d\d)|(?P<erel>this\syear
           |last\syear|next\syear|the\syear|year|the\sprevious\syear|the\spast\syear)|(?P<equarter>first
           |second|third|fourth)\squarter(?:\s(?:of\s)?(?P<eqyear>(?:19|20)\d\d|this\syear|last\syear
           |the\syear))?|(?P<ehalf>first|second)\shalf(?:\s(?:of\s)?(?P<ehyear>(?:19|20)\d\d|this\syear
           |last\syear|the\syear))?|(?P<eplan>1[2345]th\sfive[\s-]year\splan(?:\speriod)?)
           |(?P<eperiod>period|the\speriod|that\smonth|the\smonth|that\syear|the\squarter|quarter|the\shalf
           |the\ssame\speriod|same\speriod))
     |(?P<yearend>year[\s-]?end|(?P<yey>(?:19|20)\d\d)(?:'s)?\s(?:year[\s-]?end|end|close))
     |(?P<endyear>end[\s-](?P<eyy>(?:19|20)\d\d))
     |(?P<endmonth>(?:(?:end|late)[\s-](?P<emm>{_EN_MONTH})|(?P<emm2>{_EN_MONTH})[\s-]end)(?:\s(?P<emy>(?:19
           |20)\d\d|this\syear|last\syear))?)
     |(?:when|as|after|once|before|with)\s(?:the\s(?:month\sof\s)?)?(?P<closing>(?:(?P<cmonth>{_EN_MONTH})
           |(?P<cyear>(?:19|20)\d\d)|(?:the\s)?(?P<cquarter>first|second|third|fourth)\squarter
           |(?:the\s)?(?P<chalf>first|second)\shalf|(?P<cthe>year|quarter|period
           |month))(?:\s(?:of\s)?(?P<cy2>(?:19|20)\d\d|this\syear|last\syear))?\s(?:ended|ends|closed|closes
           |came\sto\s(?:an\send|a\sclose)|comes\sto\s(?:an\send|a\sclose)|drew\sto\s(?:an\send|a\sclose)
           |was\sover|is\sover|was\sout|is\sout|finished|over|concluded|closing|ending|had\sended
           |had\sclosed|was\sup|is\sup|runs\sout|ran\sout|wrapped\sup|was\sdone|has\sended))
     |(?P<firstn>(?:first|opening|initial)\s(?P<fn>{_EN_NUM})(?:\s(?:months?)|-months?)(?:\speriod
           |\sstretch)?)(?:\s(?:of\s)?(?:the\s)?(?P<fny>(?:19|20)\d\d|this\syear|last\syear|year))?
     |(?P<nmonths>(?P<nn>{_EN_NUM})[\s-]months?\s(?:period\s)?(?:to|through|ending|ended|up\sto|until|till
           |ending\sin|ended\sin)\s(?:the\send\sof\s)?(?P<nm>{_EN_MONTH})(?:\s(?P<nmy>(?:19|20)\d\d
           |this\syear|last\syear))?)
     |(?:after|through)\s(?:the\s)?(?P<nafter>(?P<an>{_EN_NUM})\smonths)(?!\sof)
     |(?P<nbefore>(?P<bn>{_EN_NUM})\smonths\sbefore\s(?P<bm>{_EN_MONTH}))
     |(?P<mform>(?P<nmn>\d{{1,2}})m(?P<nmy2>\d\d)(?!\d))
     |(?P<quarters>first\s(?P<qn>two|three|four|2|3)\squarters)(?:\s(?:of\s)?(?:the\s)?(?P<qny>(?:19|20)\d\d
           |this\syear|last\syear|year))?
     |(?P<half>(?P<hn>first|second|latter|opening|1st|2nd)[\s-]half(?:[\s-]year)?|first\ssix\smonths
           |h(?P<hd>[12])(?=\s|,|$)|(?P<hd2>[12])h(?=\d\d|\s))(?:\s?(?:of\s)?(?:the\s)?(?P<hy>(?:19|20)\d\d
           |this\syear|last\syear|year|\d\d(?=\s)))?
     |(?P<quarter>(?P<q>first|second|third|fourth|opening|final|last|1st|2nd|3rd|4th)[\s-]quarter
           |q(?P<qd>[1-4])(?=\s|,|$|\s?20)|(?P<qd2>[1-4])q(?=\d\d|\s))(?:\s?(?:of\s)?(?:the\s)?(?P<qy>(?:19
           |20)\d\d|this\syear|last\syear|year|\d\d(?=\s)))?
     |(?P<range>(?:between\s|from\s)?(?P<r1>{_EN_MONTH})\.?\s?(?:-|–|—|to|through|and|until
           |till)\s?(?P<r2>{_EN_MONTH})\.?(?![a-z]))(?:\s(?:period\s|stretch\s)?(?:(?:of|in)\s)?(?P<ry>(?:19
           |20)\d\d|this\syear|last\syear|the\syear))?(?:\speriod)?
     |(?P<day>(?:(?P<dm>{_EN_MONTH})\.?\s(?P<dd>\d{{1,2}})(?:st|nd|rd|th)?|(?P<dd2>\d{{1,2}})(?:st|nd|rd
           |th)?\s(?:of\s)?(?P<dm2>{_EN_MONTH}))(?!\d|\.\d|,\d{{3}}(?!\d)|\s?(?:million|billion|trillion
           |percent|%))(?:,?\s?(?P<dy>(?:19|20)\d\d)(?!\d))?)
     |(?P<iso>(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d))
     |(?P<month>(?:month\sof\s)?(?P<m>{_EN_MONTH}))\.?(?![a-z])(?:\s(?P<malone>alone
           |only))?(?:,?\s(?:of\s)?(?P<my>(?:19|20)\d\d|this\syear|last\syear|the\syear))?
     |(?P<range2>(?P<ry1>(?:19|20)\d\d)(?:\s?(?:-|–|—)\s?
           |(?<=from\s\d\d\d\d)\s(?:to|through)\s|(?<=between\s\d\d\d\d)\sand\s)(?P<ry2>(?:19|20)?\d\d))(?!\d)
     |(?P<whole>(?:whole|full|entire)[\s-](?:of\s)?(?:the\s)?(?:year(?:\s(?:of\s)?(?P<wy>(?:19|20)\d\d))?
           |(?P<wy2>(?:19|20)\d\d))|full-year|all\sof\s(?P<wy3>(?:19|20)\d\d)|year\sas\sa\swhole
           |year\sthrough(?=\s|,|\.)|(?:total\sannual|annual\stotal))
     |(?P<start>(?:start|beginning|outset|onset|opening)\sof\s(?:the\s)?(?P<sy>this\syear|last\syear|year
           |(?:19|20)\d\d))
     |(?P<relmonth>(?:previous|preceding|prior|same)\smonth|month\s(?:earlier|before|ago)|last\smonth
           |this\smonth|the\smonth)
     |(?P<base>(?:previous|preceding|prior|past)\syear|year\s(?:earlier|before|ago)|a\syear\s(?:earlier
           |before|ago)|year-earlier\speriod|year-ago\speriod)
     |(?P<year>(?:fiscal\s|year\s)?(?P<y>(?:19|20)\d\d))(?![\d,]*\d|\.\d|\s?(?:million|billion|trillion
           |percent|%|yuan|units|vehicles|enterprises|companies|firms|factories|projects|people|cases|base
           |stations|of\sthem))(?:'s)?
     |(?P<rel>this\syear|last\syear|next\syear|current\syear)(?:'s)?
     |(?P<anaphor>(?<=the\s)(?:quarter|half[\s-]year|half|(?P<anm>two|four|five|seven|eight|ten|eleven)\smonths
           |(?:three|six|nine)\smonths|first\sthree\smonths
           |quarter\sas\sa\swhole|(?:three|six|nine)-month\speriod)(?=[\s,.;:)]|$)|annual(?=\s(?:added|value
           |growth|industrial|telecom|increase)))
     |(?P<theyear>(?<=the\s)year(?=\s(?:was|were|has|had|came|reached|rose|grew|stood|totaled)|,|\.|;|$)
           |(?<=for\sthe\s)year)
    )
"""


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_EN, re.VERBOSE)


# How a time expression begins; the rest of it is only looked for where one of these stands.
_SEEDS = (
    r"end[\s-]", r"end(?=\sof)", r"close\sof", r"turn\sof", r"conclusion\sof", r"finish\sof", "year",
    "half", "quarters?", "months?", "first", "second", "third", "fourth", "opening", "initial", "final",
    "now", "present", "currently", r"at\s(?:present|the\smoment|this\smoment)", r"to\sdate", r"that\sdate",
    r"so\sfar", r"thus\sfar", r"this\stime", r"these\sdays", "nowadays", "today", "moment", "same",
    "corresponding", "previous", "preceding", "prior", "past", "start", "beginning", "outset", "onset",
    "whole", "full", "entire", "full-year", r"all\sof", r"total\sannual", r"annual\stotal", "latter",
    "last", "this", "next", "current", "late", "h[12]", "q[1-4]", "thirteenth", "fourteenth", "fifteenth",
    "twelfth", "year-?end", "annual", "between", "from", "when", "as", "after", "once", "before", "with",
    *(rf"{word}[\s-]months?" for word in _NUMBER_WORDS),
    *_MONTHS,
)  # fmt: skip
_DIGIT_SEEDS = (
    r"(?:19|20)\d\d", r"[12]h\d\d", r"[1-4]q\d\d", r"\d{1,2}m\d\d", "[12]h", "[1-4]q", "1[2345]th",
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_EN_MONTH}", r"\d{1,2}[\s-]months?",
)  # fmt: skip


@cache
def _seed() -> re.Pattern[str]:
    """The beginnings by their first letters, since the engine tries one after another."""
    letters = sorted({seed[0] for seed in _SEEDS})
    groups = [f"{c}(?:{'|'.join(seed[1:] for seed in _SEEDS if seed[0] == c)})" for c in letters]
    digits = rf"(?=\d)(?:{'|'.join(_DIGIT_SEEDS)})"
    return re.compile(rf"(?<![a-z0-9])(?<!\d\.)(?:{'|'.join([*groups, digits])})(?![a-z])")


_BASE_LEAD = re.compile(
    r"(?:compared\s(?:with|to|against)|in\scomparison\swith|relative\sto|versus|vs\.?|than(?:\s(?:that"
    r"|those|it|they|the\sfigure|the\slevel))?"
    r"(?:\s(?:was|were|had\sbeen))?(?:\s(?:in|at|of|by|for|during|as\sof)(?:\sthe\s(?:weak|strong|low|high|poor|same))?)?|(?:unchanged|flat|up|down|higher|lower|rise"
    r"|increase|growth|gain|decline|drop|fall|change|points?|percent|%)\s(?:on|from|over|against)"
    r"|as\sagainst|against(?:\sthose\sof|\sthat\sof)?|above(?:\sthat\sof)?|below(?:\sthat\sof)?"
    r"|(?:high|low)\sbase\s(?:of|in)|it\swas\s(?:in|at)|they\swere\s(?:in|at)|prices\sof)\s(?:the\s|a\s|that\sof\s|those\sof\s"
    r"|its\slevel\sin\s|the\slevel\sof\s)*\Z"
)
_OF = re.compile(r"\b(?:short|shy|ahead|out|instead)\sof\s\Z")
_PRICES = re.compile(r"\s(?:constant\s|unit\s)*prices")
_OVER = re.compile(r"\bover\s(?:the\s)?\Z")
_UNTIL = re.compile(
    r"(as\sof|as\sat|up\sto|until|till|by|through|to|come|before|no\slater\sthan)\s(?:the\s"
    r"|that\s)?(?:very\s)?\Z"
)
_FORWARD = re.compile(
    r"\b(?:will|shall|should|aims?|aiming|strives?|striving|plans?|planned|targets?|goal|expect(?:s|ed)?|hopes?|to\s(?:reach|exceed))\b"
)
_SINCE = re.compile(r"(?:since|starting\s(?:from|in)|beginning\s(?:from|in)|from)\s(?:the\s)?\Z")
_MAY_LEAD = re.compile(
    r"(?:\b(?:in|of|by|to|since|until|till|through|from|end-|for|during|late|early|last|at|when|and|as)"
    r"|[-–—])\s?\Z"
)
# "said in December that": then it was said, and of another time.
_SAYING = re.compile(
    r"\b(?:said|announced|forecast|predicted|estimated|projected|disclosed|reported|told\s\w+)\s"
    r"(?:back\s)?(?:in|on|at)\s(?:the\s)?\Z"
)
_DATED = re.compile(
    r"\b(?:plan|document|notice|circular|guideline)s?\s"
    r"(?:of|from|(?:issued|released|published|unveiled)(?:\s(?:in|on))?)\s(?:the\s)?\Z"
)
_LEAD = 48  # characters before an expression that tell what it is for


def english(folded: str, clock: Clock, offset: int) -> list[Time]:
    """The time expressions of a folded English text; offsets are moved by ``offset``."""
    found: list[Time] = []
    position = 0
    hint: int | None = None
    while seed := _seed().search(folded, position):
        match = _pattern().match(folded, seed.start())
        time = None
        if match and match.end() > seed.start():
            time, hint = _read(folded, match, clock, hint)
        if time is None:
            position = seed.end()
            continue
        position = time.end
        found.append(time._replace(start=time.start + offset, end=time.end + offset))
    return found


def _read(
    folded: str, match: re.Match[str], clock: Clock, hint: int | None
) -> tuple[Time | None, int | None]:
    """The time of a match, and the year that is named now."""
    start = match.start()
    end = start + len(match[0].rstrip(" ,"))
    lead = folded[max(0, start - _LEAD) : start]
    if match["plan"]:
        first = _first_of_plan(match[0])
        finish = month_end(first + PLAN_YEARS - 1, 12)
        return Time(start, end, month_start(first, 1), finish, "plan", "plan"), hint
    if match["now"]:
        return (Time(start, end, None, clock.date, "now", "day") if _is_now(match, lead) else None), hint
    if match["sameperiod"] or match["base"] or match["relmonth"]:
        return _relative_period(match, clock, start, end), hint
    days = _days(_Said(match, clock, hint, bool(_UNTIL.search(lead))))
    if days is None or not _is_month(folded, match):
        return None, hint
    if days.grain == "month" and lead.endswith("through "):
        days = days._replace(begin=f"{days.finish[:4]}-01-01", grain="ytd")
    role = _role(folded, match, lead, days, clock, end)
    named = hint if role == "base" else days.named or hint
    return Time(start, end, days.begin, days.finish, role, days.grain), named


def _first_of_plan(text: str) -> int:
    """The first year of a five-year plan."""
    name = next((name for name in PLANS if name in text), None)
    return PLANS[name or next(name for word, name in _PLAN_WORDS.items() if word in text)]


def _is_now(match: re.Match[str], lead: str) -> bool:
    if match["now"] == "this time":
        return "by" in lead[-4:]
    return match["now"] != "that date"


def _relative_period(match: re.Match[str], clock: Clock, start: int, end: int) -> Time:
    """This month and last month are periods; the same period, a year earlier, are what is compared with."""
    if match["relmonth"] not in ("last month", "this month"):
        return Time(start, end, None, clock.date, "base", "span")
    month = clock.month - (match["relmonth"] == "last month")
    days = month_of(clock.year, month) if month else month_of(clock.year - 1, 12)
    return Time(start, end, days.begin, days.finish, "period", "month")


def _is_month(folded: str, match: re.Match[str]) -> bool:
    """ "may" is a month after a preposition or beside a number, not as a verb; "mar" needs its full stop."""
    if not match["month"] or match["m"] not in ("may", "mar"):
        return True
    if match["m"] == "mar":
        return bool(match["my"]) or folded[match.end() - 1] == "." or folded.startswith(".", match.end())
    if match["my"] or match["malone"]:
        return True
    return bool(_MAY_LEAD.search(folded[max(0, match.start() - 12) : match.start()]))


def _role(folded: str, match: re.Match[str], lead: str, days: Days, clock: Clock, end: int) -> str:
    if _is_base(folded, match, lead, days, end):
        return "base"
    if match["start"]:
        return "since"
    found = _UNTIL.search(lead)
    until = found[1] if found else "as of" if match[0].startswith("as of") else ""
    said = (_SAYING.search(lead) is not None and folded.startswith(" that ", end)) or _DATED.search(lead)
    if days.grain == "day" or said:
        point = until in ("as of", "as at", "up to", "by", "until", "till", "through")
        return "point" if point else "event"
    if _SINCE.search(lead) and lead.rstrip().endswith(("since", "since the")):
        return "since"
    if _ended(match) or until in ("as of", "as at", "by", "come", "no later than", "before"):
        return "deadline" if days.finish > clock.date else "point"
    return "period"


def _ended(match: re.Match[str]) -> bool:
    return any(match[group] for group in ("end", "yearend", "endyear", "endmonth", "closing"))


def _is_base(folded: str, match: re.Match[str], lead: str, days: Days, end: int) -> bool:
    """Whether a time is what a figure is compared with."""
    if _ended(match) and _OVER.search(lead):
        return True  # "188,000 over the end of last year"
    review = (days.grain != "year" or match["whole"]) and _OVER.search(lead)  # "over the first half"
    if _BASE_LEAD.search(lead) and not review:
        return True
    return bool((match["rel"] and _OF.search(lead)) or _PRICES.match(folded, end))


# --- days ---


class _Said(NamedTuple):
    """What the days of an expression follow from."""

    match: re.Match[str]
    clock: Clock
    hint: int | None  # the year that was named last
    until: bool  # "by", "as of" stand before it

    def year(self, *groups: str) -> int | None:
        """A year as digits or as "this year"; None when the text names none."""
        text = next((self.match[group] for group in groups if self.match[group]), "").strip()
        if text.isdigit():
            return int(text) if len(text) == 4 else 2000 + int(text)
        if text.startswith(("this", "current")):
            return self.clock.year
        if text.startswith("last") or "previous" in text or "past" in text:
            return self.clock.year - 1
        return self.clock.year + 1 if text.startswith("next") else None

    def year_of(self, last: int, group: str = "") -> tuple[int, int | None]:
        """The year of a span that ends with a month, and the same when it is named."""
        named = self.year(group) if group else None
        if named is not None:
            return named, named
        if self.hint is not None and self.hint <= self.clock.year:
            return self.hint, None
        return self.clock.past(last), None

    def month(self, *groups: str) -> int:
        return _MONTHS[next(self.match[group] for group in groups if self.match[group])]

    def number(self, *groups: str) -> int:
        text = next(self.match[group] for group in groups if self.match[group])
        return int(text) if text.isdigit() else _NUMBERS[text]


def _days(said: _Said) -> Days | None:
    """The days of an expression; None where it means none."""
    return next((days(said) for group, days in _FORMS if said.match[group]), None)


def _end(said: _Said) -> Days | None:
    match = said.match
    if match["emonth"]:
        return _month_days(said, "eyear", "emonth")
    if match["equarter"]:
        return _quarter_days(said, said.number("equarter"), "eqyear")
    if match["ehalf"]:
        return _half_days(said, said.number("ehalf"), "ehyear")
    if match["eplan"]:
        first = PLANS[match["eplan"][:4]]
        return months(first, 1, 12, "plan", first + 4)._replace(finish=month_end(first + 4, 12))
    if match["eperiod"]:
        return None
    clock = said.clock
    # In January, "the end of the year" is that of the year before, unless it is looked forward to.
    over = clock.month == 1 and not _FORWARD.search(said.match.string)
    this = clock.year - 1 if over else clock.year
    year = said.year("eyear2", "erel") or said.hint or this
    return whole(year, year)


def _month_days(said: _Said, group: str, *month: str) -> Days:
    number = said.month(*month)
    year, named = said.year_of(number, group)
    return month_of(year, number, named)


def _quarter_days(said: _Said, number: int, group: str) -> Days:
    year, named = said.year_of(3 * number, group)
    return quarter(year, 3 * number, named)


def _half_days(said: _Said, number: int, group: str) -> Days:
    year, named = said.year_of(6 * number, group)
    return half(year, 6 * number, named)


def _year_end(said: _Said) -> Days | None:
    year = said.year("yey", "eyy") or (said.clock.year if said.until else said.clock.reviewed(4))
    return whole(year, year)


def _month_end(said: _Said) -> Days | None:
    return _month_days(said, "emy", "emm", "emm2")


def _closing(said: _Said) -> Days | None:
    match = said.match
    if match["cmonth"]:
        return _month_days(said, "cy2", "cmonth")
    if match["cyear"]:
        return whole(int(match["cyear"]), int(match["cyear"]))
    if match["cquarter"]:
        return _quarter_days(said, said.number("cquarter"), "cy2")
    if match["chalf"]:
        return _half_days(said, said.number("chalf"), "cy2")
    return whole(said.hint or said.clock.reviewed(7)) if match["cthe"] == "year" else None


def _first_months(said: _Said) -> Days | None:
    last = said.number("fn")
    if not 1 <= last <= 12:
        return None
    year, named = said.year_of(last, "fny")
    return so_far(year, last, named)


def _months_to(said: _Said) -> Days | None:
    count, last = said.number("nn"), said.month("nm")
    year, named = said.year_of(last, "nmy")
    return stretch(year, last - count + 1, last, named)


def _months_after(said: _Said) -> Days | None:
    last = said.number("an")
    return so_far(said.clock.year, last) if said.clock.month - 2 <= last < said.clock.month else None


def _months_before(said: _Said) -> Days | None:
    count, last = said.number("bn"), said.month("bm") - 1 or 12
    year, named = said.year_of(last)
    return stretch(year, last - count + 1, last, named) if last >= count else None


def _months_in_figures(said: _Said) -> Days | None:
    last, year = int(said.match["nmn"]), 2000 + int(said.match["nmy2"])
    return so_far(year, last, year) if 1 <= last <= 12 else None


def _quarters(said: _Said) -> Days | None:
    last = 3 * said.number("qn")
    year, named = said.year_of(last, "qny")
    return so_far(year, last, named)


def _half(said: _Said) -> Days | None:
    number = said.number("hn", "hd", "hd2") if any(map(said.match.__getitem__, ("hn", "hd", "hd2"))) else 1
    return _half_days(said, number, "hy")


def _quarter(said: _Said) -> Days | None:
    number = said.number("q", "qd", "qd2")
    if said.match["q"] == "last" and not said.match["qy"]:
        number = (said.clock.month - 1) // 3 or 4
    return _quarter_days(said, number, "qy")


def _from_to(said: _Said) -> Days | None:
    first, last = said.month("r1"), said.month("r2")
    year, named = said.year_of(last, "ry")
    return stretch(year, first if first <= last else first - 12, last, named)


def _day(said: _Said) -> Days | None:
    month, day = said.month("dm", "dm2"), int(said.match["dd"] or said.match["dd2"])
    return _checked_day(said, said.year("dy"), month, day)


def _iso_day(said: _Said) -> Days | None:
    return _checked_day(said, *(int(said.match[group]) for group in ("iy", "im", "id")))


def _checked_day(said: _Said, named: int | None, month: int, day: int) -> Days | None:
    year = named or said.clock.year_of_day(month, day)
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return day_of(year, month, day, named)


def _month(said: _Said) -> Days | None:
    days = _month_days(said, "my", "m")
    return days._replace(grain="alone") if said.match["malone"] else days


def _years(said: _Said) -> Days | None:
    first, tail = int(said.match["ry1"]), said.match["ry2"]
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    grain = "year" if " " in said.match["range2"].strip() else "plan"  # "from 2016 to 2020" is past
    return Days(month_start(first, 1), month_end(max(first, last), 12), grain, last)


def _whole_year(said: _Said) -> Days | None:
    named = said.year("wy", "wy2", "wy3")
    return whole(named or said.hint or said.clock.reviewed(), named)


def _start(said: _Said) -> Days | None:
    year = said.year("sy") or said.clock.year
    return whole(year, year)


def _anaphor(said: _Said) -> Days | None:
    """The quarter, the half, the nine months: the last one that is over."""
    text, clock = said.match["anaphor"], said.clock
    if text == "annual":
        return whole(said.hint or clock.reviewed(10))
    if said.match["anm"]:
        last, days = _NUMBERS[said.match["anm"]], so_far
    elif "quarter" in text or "three" in text:
        last, days = 3 * ((clock.month - 1) // 3), quarter
    elif "nine" in text:
        last, days = 9, so_far
    else:
        last, days = (6 if clock.month > 6 else 0), half
    return days(clock.year if 0 < last < clock.month else clock.year - 1, last or 12)


def _the_year(said: _Said) -> Days | None:
    return whole(said.hint or said.clock.reviewed())


def _year(said: _Said) -> Days | None:
    year = said.year("y", "rel") or said.clock.year
    return whole(year, year)


# The forms of the pattern: the first that matched tells the days.
_FORMS: tuple[tuple[str, Callable[[_Said], Days | None]], ...] = (
    ("end", _end),
    ("yearend", _year_end),
    ("endyear", _year_end),
    ("endmonth", _month_end),
    ("closing", _closing),
    ("firstn", _first_months),
    ("nmonths", _months_to),
    ("nafter", _months_after),
    ("nbefore", _months_before),
    ("mform", _months_in_figures),
    ("quarters", _quarters),
    ("half", _half),
    ("quarter", _quarter),
    ("range", _from_to),
    ("day", _day),
    ("iso", _iso_day),
    ("month", _month),
    ("range2", _years),
    ("whole", _whole_year),
    ("start", _start),
    ("anaphor", _anaphor),
    ("theyear", _the_year),
    ("year", _year),
    ("rel", _year),
)
