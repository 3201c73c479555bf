"""Time expressions in Chinese."""

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

_HAN = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_YEARS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}
_UNTIL = ("到", "至", "直到", "预计到")
_ZH = r"""
    (?P<plan>[“"]?(?:十[二三四五]五)[”"]?(?P<plantail>末|期末|期间|时期|以来)?)
   |(?P<coming>未来(?P<years>[一二两三四五])年)
   |(?P<lead>比|较|按|高于|低于|快于|慢于|相比于?)?
    (?P<until>截至到|截至|截止到|截止|到|至|直到|预计到)?
    (?:(?P<today>今天|昨天|昨日|今日|日前|近日)\s?(?:[(（]\d{1,2}月\d{1,2}日[)）])?
      |(?P<now>目前为止|目前|当前|现在|如今|当下|迄今为止|迄今|至今|眼下)
      |(?:(?P<year>(?:19|20)\d\d)\s?年?|(?P<rel>今年|去年|前年|明年|上年|本年|当年|同年|后年))?
       (?P<paren>\s?[(（](?:19|20)\d\d年?[)）])?
       (?:的)?\s?
       (?:
         (?P<fromto>(?P<m1>\d{1,2}|[一二三四五六七八九十]{1,2})\s?(?:月份?)?\s?(?:—|–|－|-|―|─|至|到|~
               |～)+\s?(?P<m2>\d{1,2}|[一二三四五六七八九十]{1,2})\s?月(?:份)?)
        |(?P<md>(?P<m3>\d{1,2})月(?P<d3>\d{1,2})[日号](?:[\d零一二三四五六七八九十]+时)?)
        |(?P<month>(?P<m4>\d{1,2}|十[一二]|(?<![十\d])[一二三四五六七八九十])月(?:份)?(?P<mend>末|底|初|下旬
              |中旬|上旬)?)
        |(?P<fm>(?:前|头|首)(?P<m5>\d{1,2}|十一|[一二两三四五六七八九十])(?:个)?月(?!份))
        |(?P<half>(?:的)?(?P<h>上|下)半年)
        |(?P<nine>前三季度|前3季度|一至三季度|1至3季度|1—3季度|1-3季度)
        |(?P<q2>第?(?P<qa>[一二三四1234])(?:、|和|至|到|-|—)(?P<qb>[二三四234])季度)
        |(?P<quarter>第?(?P<q>[一二三四1234])季度|首季)
        |(?P<whole>全年|年度|整年)
        |(?P<yend>年底|年末|底|末|年终)(?:时)?
        |(?P<yopen>年初|初)
       )?
    )
    (?P<half2>(?:的)?末)?
    (?P<tail>以来|前后|之前|以前|同期|前|起|开始|后|时)?
"""


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_ZH, re.VERBOSE)


# Where a time expression can begin: the pattern above is tried only there.
# A month begins where its digits do, and not behind a decimal point, though 2022.7月 is one.
_FIRST = r"(?<!\d)(?:(?<!\d\.)|(?<=(?:19|20)\d\d\.))"
_SEED = re.compile(
    r"(?=[比较按高低快慢相截到至直预\d今去前明上本当同后昨目现如迄眼头未一二三四五六七八九十下第全年“\"])"
    r"(?:比|较|按|高于|低于|快于|慢于|相比于?)?(?:截至到|截至|截止到|截止|到|至|直到|预计到)?"
    r"(?:(?<!\d)(?:19|20)\d\d\s?年?|今年|去年|前年|明年|上年|本年|当年|同年|后年|今天|昨天|昨日|今日|目前"
    r"|当前|现在|如今|当下|迄今|至今|眼下"
    r"|[一二三四五六七八九十]{1,2}[—–－\-至到~～]{1,2}[一二三四五六七八九十]{1,2}月|未来[一二两三四五]年"
    rf"|{_FIRST}(?:\d{{1,2}}(?:[、和]\d{{1,2}}){{1,11}}(?:月|[两三四五六]个月)|\d{{1,2}}\s?月"
    rf"|\d{{1,2}}\s?(?:月份?)?\s?[—–－\-―─至到~～]+\s?\d{{1,2}}\s?月)|[一二三四五六七八九十]{{1,2}}月"
    rf"|前(?:\d{{1,2}}|十一|[一二两三四五六七八九十])个?月|头[一二两三]个月"
    r"|[一二三四五六七八九十]月|[上下]半年|前三季度|前3季度|一至三季度"
    r"|第?[一二三四1234](?:、[二三四])?季度|全年|年底|年末|年初|[“\"]?十[二三四五]五)"
)

# 4、5、6三个月: several months in a row, each a period.
_LISTED = re.compile(r"(?:今年)?(?P<months>\d{1,2}(?:[、和]\d{1,2}){1,11})(?:月(?:份)?|[两三四五六]个月)")


def chinese(folded: str, clock: Clock, offset: int) -> list[Time]:
    """The time expressions of a folded Chinese text; offsets are moved by ``offset``."""
    found: list[Time] = []
    position = 0
    hint: int | None = None
    while seed := _SEED.search(folded, position):
        listed = _LISTED.match(folded, seed.start())
        if listed:
            found.extend(_listed(listed, clock, offset))
            position = listed.end()
            continue
        match = _pattern().match(folded, seed.start())
        if not match or match.end() <= seed.start():
            position = seed.end()
            continue
        time, hint = _read(folded, match, clock, hint)
        if time is None:
            position = seed.start() + 1
            continue
        position = time.end
        found.append(time._replace(start=time.start + offset, end=time.end + offset))
    return found


def _listed(match: re.Match[str], clock: Clock, offset: int) -> list[Time]:
    found: list[Time] = []
    at = match.start("months") + offset
    for number in re.split("[、和]", match["months"]):
        if 1 <= int(number) <= 12:
            days = month_of(clock.past(int(number)), int(number))
            found.append(Time(at, at + len(number), days.begin, days.finish, "period", "month"))
        at += len(number) + 1
    return found


def _read(
    folded: str, match: re.Match[str], clock: Clock, hint: int | None
) -> tuple[Time | None, int | None]:
    """The time of a match, and the year that is named now."""
    start, end = match.span()
    if match["plan"]:
        return _plan(match, clock), hint
    if match["coming"]:
        finish = month_end(clock.year + _HAN[match["years"]], 12)
        return Time(start, end, month_start(clock.year + 1, 1), finish, "deadline", "year"), hint
    tail = match["tail"] or ""
    if tail in ("前", "后") and not (match["yend"] or match["month"] or match["md"]):
        tail, end = "", end - 1
    if match["now"] or match["today"]:
        return Time(start, end, None, clock.date, "now" if match["now"] else "event", "day"), hint
    days = _days(_Said(match, clock, _year(match, clock, hint), hint, match["until"] in _UNTIL))
    if days is None or _only_a_number(folded, match, end):
        return None, hint
    if not tail and folded.startswith(("自", "从"), start - 1) and _SINCE_THEN.match(folded, end):
        tail = "以来"
    based = match["lead"] or folded.startswith("相比", end) or _same_period(folded, match, tail, end)
    role = "base" if based else _role(match, tail, days, clock)
    return Time(start, end, days.begin, days.finish, role, days.grain), days.named


_SINCE_THEN = re.compile(r"[^，,。；;\d]{1,20}以来")  # 自2020年启动…以来


def _same_period(folded: str, match: re.Match[str], tail: str, end: int) -> bool:
    return (tail == "同期" or folded.startswith("同期", end)) and match["rel"] != "今年"


def _only_a_number(folded: str, match: re.Match[str], end: int) -> bool:
    """Whether a year is a bare number: it is a year only where something says so."""
    if not match["year"] or match["month"] or match["quarter"] or match["half"]:
        return False
    return not folded[match.end("year") : end].startswith(("年", " 年"))


def _plan(match: re.Match[str], clock: Clock) -> Time:
    """A five-year plan: its last day counts where "末" says so, else it is a name."""
    first = next(year for name, year in PLANS.items() if name in match[0])
    last = month_end(first + PLAN_YEARS - 1, 12)
    role = "plan"
    if match["plantail"] in ("末", "期末"):
        role = "deadline" if last > clock.date else "point"
    elif match["plantail"] in ("期间", "时期"):
        role = "span"
    return Time(match.start(), match.end(), month_start(first, 1), last, role, "plan")


def _year(match: re.Match[str], clock: Clock, hint: int | None) -> int | None:
    """The year that an expression says."""
    if match["year"]:
        return int(match["year"])
    word = match["rel"]
    if word in ("当年", "同年"):
        return clock.year if hint is None else hint
    return None if word is None else clock.year + _YEARS[word]


def _role(match: re.Match[str], tail: str, days: Days, clock: Clock) -> str:
    until, coming = match["until"] or "", days.finish > clock.date
    if tail in ("以来", "起", "开始"):
        return "since"
    if days.grain == "day":
        return "point" if until else "event"
    if match["yopen"]:
        return "since" if tail else "event"
    if until in _UNTIL and coming:
        return "deadline"
    if until or match["yend"] or match["mend"] or match["half2"]:
        return "deadline" if coming and not until.startswith("截") else "point"
    return "period"


# --- days ---


class _Said(NamedTuple):
    """What the days of an expression follow from."""

    match: re.Match[str]
    clock: Clock
    year: int | None
    hint: int | None  # the year that was named last
    future: bool

    def year_of(self, last: int) -> int:
        """The year of a span that ends with a month."""
        if self.year is not None:
            return self.year
        if self.hint is not None and self.hint < self.clock.year:
            return self.hint
        return self.clock.year if self.future else self.clock.past(last)

    def month(self, group: str) -> int:
        """A month in digits or characters; 0 where it is none."""
        text: str = self.match[group]
        if text.isdigit():
            return int(text)
        if text in _HAN:
            return _HAN[text]
        return 10 + _HAN.get(text[-1], 0) if text.startswith("十") else 0


def _days(said: _Said) -> Days | None:
    """The days of an expression, and the year that it names; None where it means none."""
    days = next((days(said) for group, days in _FORMS if said.match[group]), None)
    if days is None and not any(said.match[group] for group, _ in _FORMS) and said.year is not None:
        days = whole(said.year)
    return days and days._replace(named=int(days.finish[:4]))


def _from_to(said: _Said) -> Days | None:
    first, last = said.month("m1"), said.month("m2")
    return stretch(said.year_of(last), first, last) if 1 <= first <= last <= 12 else None


def _day(said: _Said) -> Days | None:
    month, day = int(said.match["m3"]), int(said.match["d3"])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    year = said.clock.year_of_day(month, day) if said.year is None else said.year
    return day_of(year, month, min(day, monthrange(year, month)[1]))


def _month(said: _Said) -> Days | None:
    month = said.month("m4")
    if not 1 <= month <= 12:
        return None
    days = month_of(said.year_of(month), month)
    inside = said.match["mend"] in ("初", "上旬", "中旬", "下旬")
    return days._replace(begin=None, grain="day") if inside else days


def _first_months(said: _Said) -> Days | None:
    last = said.month("m5")
    return so_far(said.year_of(last), last)


def _half(said: _Said) -> Days | None:
    last = 6 if said.match["h"] == "上" else 12
    return half(said.year_of(last), last)


def _three_quarters(said: _Said) -> Days | None:
    return so_far(said.year_of(9), 9)


def _quarters(said: _Said) -> Days | None:
    first, last = said.month("qa"), said.month("qb")
    return months(said.year_of(last * 3), first * 3 - 2, last * 3, "span")


def _quarter(said: _Said) -> Days | None:
    last = 3 * (said.month("q") if said.match["q"] else 1)
    return quarter(said.year_of(last), last)


def _whole_year(said: _Said) -> Days | None:
    if said.year is not None:
        return whole(said.year)
    return whole(said.clock.reviewed() if said.hint is None else said.hint)


def _edge_of_year(said: _Said) -> Days | None:
    """年底, 年初: without a year they need the 年."""
    if said.year is not None:
        return whole(said.year)
    bare = said.match["yend"] in ("底", "末") or said.match["yopen"] == "初"
    return None if bare else whole(said.clock.year)


# The forms of the pattern: the first that matched tells the days.
_FORMS: tuple[tuple[str, Callable[[_Said], Days | None]], ...] = (
    ("fromto", _from_to),
    ("md", _day),
    ("month", _month),
    ("fm", _first_months),
    ("half", _half),
    ("nine", _three_quarters),
    ("q2", _quarters),
    ("quarter", _quarter),
    ("whole", _whole_year),
    ("yend", _edge_of_year),
    ("yopen", _edge_of_year),
)
