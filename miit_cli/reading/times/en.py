"""Time expressions in English: where they stand, and what they are for."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from miit_cli.reading.numbers.values import EN_ONES, EN_ORDINALS, EN_TENS
from miit_cli.reading.spans import Time
from miit_cli.reading.times.clock import LOOKBACK, UNKNOWN, Clock, Days, is_meeting
from miit_cli.reading.times.en_forms import (
    BASE,
    FORMS,
    MONTH,
    NOW,
    OPENING,
    PERIOD,
    PLAN,
    POINT,
    TO,
    Form,
    Said,
    whole_year,
)

# --- where a time may begin ---


@cache
def _compiled(month: bool, begins: str) -> tuple[tuple[str, Callable[..., re.Match[str] | None], Form], ...]:
    """The forms for a text in which there is a month's name or not, and that begins with one, or with a year.

    Each with what it needs, and what looks for it at a place.
    """
    forms = (form for form in FORMS if form.has_month <= month and form.begins in ("", begins))
    return tuple((form.needs, _pattern_of(form.pattern).match, form) for form in forms)


@cache
def _pattern_of(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})", re.VERBOSE)


_NEAR = 90  # characters: no expression is longer
_A_MONTH, _A_YEAR = re.compile(MONTH), re.compile(r"(?:19|20)\d\d")


# How a time expression begins: a form is only looked for where one of these stands, or a month or a number.
_ALONE = (
    "now", "present", "currently", r"at\s(?:present|the\smoment|this\smoment)", r"to\sdate", r"that\sdate",
    r"so\sfar", r"thus\sfar", r"this\stime", r"these\sdays", "nowadays", "today", "moment", "ytd",
    r"year[\s-]?end", "annual", r"annual\stotal", r"total\sannual", r"mid(?=[\s-])", r"mid[\s-]?year",
    r"(?:end|finish|close)\sthe\syear", r"h\d{1,5}", r"q\d{1,5}", r"fy\d*",
    r"year(?!-?\s?-?(?:on|over)\b)", "half", "quarter", "months?",
    r"an?(?=\s(?:year|month|quarter|week|decade)\b)", r"decade(?=\sto)", r"week\s(?:ended|ending|to|of)",
    r"(?:spring|golden|lunar|chinese|national|may|labou?r|dragon|singles'?)\s(?:festival|week|new|day|boat)",
    "mid-autumn", r"(?<=in\sthe\s)(?:first|second|third|fourth)(?=\s?(?:[,.;:)]|$|and\b))",
)  # fmt: skip
_BEFORE = (
    "end", "ending", "close", "closing", "turn", "turning", "conclusion", "finish", "finishing", "opening",
    "initial", "final", "same", "corresponding", "comparable", "matching", "previous", "preceding", "prior",
    "past", "recent", "latest", "start", "beginning", "outset", "onset", "whole", "full", "entire", "all",
    "latter", "last", "this", "next", "coming", "current", "late", "early", "middle", "midpoint", "fiscal",
    "calendar", "between", "from", "when", "as", "after", "once", "before", "with", "within", "through",
    *EN_ORDINALS, *EN_ONES, *EN_TENS,
)  # fmt: skip
_NOUN = (
    r"(?:month|year|quarter|hal[fv]|week|day|decade|time|period|stretch|span|point|plan|\d{4}|\dm\b"
    rf"|{MONTH})"
)


@cache
def _seed() -> re.Pattern[str]:
    """Where a form may begin: letters first, since the engine tries one alternative after another."""
    letters = sorted({word[0] for word in _BEFORE})
    before = "|".join(f"{c}(?:{'|'.join(w[1:] for w in _BEFORE if w[0] == c)})" for c in letters)
    nouns = r"[\s-](?:month|year|quarter|half|plan|five|to|and|national|week|decade)"
    follows = rf"(?=\s(?:of\s)?{MONTH}|{nouns}|{TO})"
    digits = (
        rf"(?:19|20)\d\d(?!\d)|(?:19|20)\d\d[hq]\d\d?|(?:19|20)\d0s|\d[hq](?:\d{{4}}|\d\d)?|\d\d?m(?:\d{{4}}|\d\d)?"
        rf"|\d{{1,4}}(?:st|nd|rd|th)?(?!\d){follows}|\d\d?[/.]\d\d?[/.]\d{{4}}"
        rf"|\d\d?/(?:19|20)\d\d(?!\d)"
    )
    return re.compile(
        rf"""(?<![a-z0-9])(?<!\d[.,])(?:(?:{MONTH}|{"|".join(_ALONE)})(?![a-z])
        |(?:{before})(?=[\s-][^.;:]{{0,40}}?{_NOUN})|(?=\d)(?:{digits}))""",
        re.VERBOSE,
    )


# --- what a time is for ---

_QUANTITY = (
    r"(?:number|level|figure|total|count|reading|amount|pace|rate|result|average|tally|growth|value)s?"
)
_BASE_LEAD = re.compile(
    r"(?<![a-z])(?:compared\s(?:with|to|against)|in\scomparison\s(?:with|to)|relative\sto|versus|vs\.?|than(?:\s(?:that"
    r"|those|it|they|the\sfigure|the\slevel))?"
    r"(?:\s(?:was|were|had\sbeen))?(?:\s(?:in|at|of|by|for|during|as\sof)"
    r"(?:\sthe\s(?:weak|strong|low|high|poor|same))?)?|(?:unchanged|flat|up|down|higher|lower|rise"
    r"|increase|growth|gain|decline|drop|fall|change|points?|percent|pct|pc|%)\s(?:on|from|over|against)"
    r"|as\sagainst|against(?:\sthose\sof|\sthat\sof)?|above(?:\sthat\sof)?|below(?:\sthat\sof)?"
    r"|(?:high|low)\sbase\s(?:of|in)|it\swas\s(?:in|at)|they\swere\s(?:in|at)|prices?\sof"
    rf"|(?:than|over|from|against|short\sof|below|above|to)\s(?:the|its|their)\s{_QUANTITY}\s(?:for|in|at|of|seen\sin|recorded\sin|by))"
    r"\s(?:the\s|a\s|that\s(?:of|in|for)\s|those\s(?:of|in|for)\s|its\slevel\s(?:in|at)\s|the\slevel\s(?:of|in|at)\s|(?:the\s)?end\sof\s)*\Z"
)
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
_LEAD = 64  # characters before an expression that tell what it is for


def english(folded: str, clock: Clock, offset: int) -> list[Time]:
    """The time expressions of a folded English text; offsets are moved by ``offset``."""
    found: list[Time] = []
    position = 0
    hint: int | None = None
    last: Days | None = None
    while seed := _seed().search(folded, position):
        read = _read(folded, seed.start(), clock, hint, last)
        if read is None:
            position = seed.end()
            continue
        time, days = read
        if time.role != "base" and days.named is not None:
            hint = days.named
        if time.role in ("period", "point", "deadline"):
            last = days
        position = time.end
        found.append(time._replace(start=time.start + offset, end=time.end + offset))
    return found


def _read(
    folded: str, start: int, clock: Clock, hint: int | None, last: Days | None
) -> tuple[Time, Days] | None:
    """The time that begins at a place, by the longest form that has days, and its days."""
    near = folded[start : start + _NEAR]
    begins = "year" if _A_YEAR.match(near) else "month" if _A_MONTH.match(near) else ""
    forms = _compiled(bool(begins == "month" or _A_MONTH.search(near)), begins)
    fitting = [
        (match, form)
        for needs, matches, form in forms
        if needs in near and (match := matches(folded, start)) and match.end() > start
    ]
    fitting.sort(key=lambda pair: -pair[0].end())
    lead = folded[max(0, start - _LEAD) : start] if fitting else ""
    for match, form in fitting:
        said = Said(match, clock, hint, last, bool(_UNTIL.search(lead)))
        days = form.days(said) if said.counts else None
        if days is not None:
            end = start + len(match[0].rstrip(" ,."))
            return _time(folded, start, end, lead, days, form, clock), days
    return None


def _time(folded: str, start: int, end: int, lead: str, days: Days, form: Form, clock: Clock) -> Time:
    if days in (UNKNOWN, LOOKBACK):
        role = "base" if _SUPERLATIVE.search(lead) or _SINCE.search(lead) else "unknown"
        return Time(start, end, None, clock.date, role, days.grain)
    if days.grain == "month" and form.kind == PERIOD and lead.endswith("through "):
        days = days._replace(begin=f"{days.finish[:4]}-01-01", grain="ytd")
    return Time(start, end, days.begin, days.finish, _role(folded, lead, days, clock, end, form), days.grain)


def _role(folded: str, lead: str, days: Days, clock: Clock, end: int, form: Form) -> str:
    if form.kind in (PLAN, NOW, BASE):
        return form.kind
    if _is_base(folded, lead, days, end, form):
        return "base"
    found = _UNTIL.search(lead)
    until = found[1] if found else "as of" if folded.startswith("as of", end) else ""
    said = (_SAYING.search(lead) is not None and folded.startswith(" that ", end)) or _DATED.search(lead)
    if form.kind != OPENING and (days.grain == "day" or is_meeting(days) or said):
        point = until in ("as of", "as at", "up to", "by", "until", "till", "through")
        return "point" if point else "event"
    if form.kind == OPENING or _SINCE.search(lead):
        return "since"
    if form.kind == POINT or until in ("as of", "as at", "by", "come", "no later than", "before", "up to"):
        return "deadline" if days.finish > clock.date else "point"
    return "period"


def _is_base(folded: str, lead: str, days: Days, end: int, form: Form) -> bool:
    """Whether a time is what a figure is compared with, or the year of constant prices or a threshold."""
    if form.kind == POINT and (
        _OVER.search(lead) or (_FROM.search(lead) and not _GOES_ON.match(folded, end))
    ):
        return True  # "188,000 over the end of last year"
    review = (days.grain != "year" or form.days is whole_year) and _OVER.search(lead)  # "over the first half"
    if _BASE_LEAD.search(lead) and not review:
        return True
    if _FROM_FIGURES.search(lead) and not review and not _GOES_ON.match(folded, end):
        return True
    if _PRICES.match(folded, end) or _CONSTANT.search(lead):
        return True
    relative = "last year" in folded[end - 12 : end]
    return bool(relative and (_OF.search(lead) or _THRESHOLD.search(lead)))
