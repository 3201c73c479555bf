"""Time expressions in Chinese: a table of forms, of which the longest that matches is taken."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from miit_cli.reading.numbers.values import ZH_DIGITS, chinese_number
from miit_cli.reading.spans import Time
from miit_cli.reading.times.clock import (
    LOOKBACK,
    PLANS,
    UNKNOWN,
    Clock,
    Days,
    day_of,
    half,
    is_meeting,
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

_YEARS = {
    "今年": 0,
    "本年": 0,
    "今": 0,
    "去年": -1,
    "上年": -1,
    "上一年": -1,
    "去": -1,
    "前年": -2,
    "明年": 1,
    "来年": 1,
    "后年": 2,
}
_SAME_YEAR = ("当年", "同年", "该年")
_ROC = 1911  # the year before the first of 民国
# What is said of a period that is still to come, or goes on.
_FORECAST = re.compile(r"(?:(?P<aim>有望|力争|目标)|预计|预测|预期|估计|预估|料)[^，。；、\d]{0,8}\Z")
_NEAR_WORDS = 12  # characters
_FORWARD_UNTIL = ("到", "至", "直到")
_HAN = "[零〇○一二两三四五六七八九十]"
_NUM = rf"(?:\d{{1,4}}|{_HAN}{{1,4}})"
_YEAR = rf"""
    (?:(?P<y>(?:19|20)\d\d)(?!\d)\s?年?|(?P<hy>[一二][零〇○九]{_HAN}{{2}})年|民国(?P<roc>\d{{2,3}}|{_HAN}{{2,5}})年
      |(?P<rel>今年|去年|前年|明年|来年|上一年|上年|本年|当年|同年|该年|后年)|(?P<short>[今去])(?=\s?[(（]))
    (?:\s?[(（](?:(?P<py>(?:19|20)\d\d)|(?P<phy>[一二][零〇○九]{_HAN}{{2}}))年?[)）]年?)?
"""
_ANY_YEAR = rf"(?:{_YEAR}(?:的)?\s?)?"
_TO = r"(?:[—–－\-―─~～]{1,2}|至|到)"
_LEAD = (
    r"(?P<lead>比起?|较之?|按照?|高于|低于|快于|慢于|好于|优于|多于|少于|强于|相比于?|相较于?|相对于?|对比|超过)?"
    r"(?P<until>截至到|截至|截止到|截止|到|至|直到|截)?(?:了)?"
)
_TAIL = r"(?P<tail>以来|前后|之前|以前|同期|前|起|开始|后|时)?"
_PART_OF_MONTH = ("初", "上旬", "中旬", "下旬", "中")

# What the expression is for, beside its days.
_PERIOD, _POINT, _OPENING, _PLAN, _NOW, _BASE, _EVENT = (
    "period", "point", "opening", "plan", "now", "base", "event",
)  # fmt: skip


_AROUND = 60  # characters


class _Said(NamedTuple):
    """What the days of an expression follow from."""

    match: re.Match[str]
    clock: Clock
    hint: int | None  # the year that was named last
    last: Days | None  # the period that was named last

    def get(self, group: str) -> str:
        """A group of the match; empty where the form has none or it matched nothing."""
        return self.match.groupdict().get(group) or ""

    def around(self) -> str:
        """The words around the expression, which tell whether it lies ahead."""
        start, end = self.match.span()
        return self.match.string[max(0, start - _AROUND) : end + _AROUND]

    @property
    def year(self) -> int | None:
        """The year that the expression says; None when it says none."""
        digits = self.get("py") or self.get("y")
        if digits:
            return int(digits)
        characters = self.get("phy") or self.get("hy")
        if characters:
            return int("".join(str(ZH_DIGITS.get(c, 0)) for c in characters))
        if self.get("roc"):
            return _ROC + _number(self.get("roc"))
        word = self.get("rel") or self.get("short")
        if word == "上一年" and self.hint is not None:
            return self.hint - 1
        if word in _SAME_YEAR:
            return self.clock.year if self.hint is None else self.hint
        return self.clock.year + _YEARS[word] if word else None

    def year_of(self, last: int) -> int:
        """The year of a span that ends with a month."""
        if self.year is not None:
            return self.year
        if self.hint is not None and self.hint < self.clock.year:
            return self.hint
        start = self.match.start()
        forecast = _FORECAST.search(self.match.string, max(0, start - _NEAR_WORDS), start)
        aimed = forecast is not None and forecast["aim"] is not None
        told_soon = last == 12 and self.clock.month == 1  # what December brought is only guessed in January
        ahead = aimed or (forecast and not told_soon) or self.get("until") in _FORWARD_UNTIL
        return self.clock.year if ahead else self.clock.past(last)

    def number(self, group: str = "n") -> int:
        return _number(self.get(group))


def _number(text: str) -> int:
    """A number in digits or characters; 0 where it is none."""
    return int(text) if text.isdigit() else int(chinese_number(text) or 0)


# --- the days of the forms ---


def _month(said: _Said) -> Days | None:
    month = said.number()
    if not 1 <= month <= 12:
        return UNKNOWN
    return _ended(said, month_of(said.year_of(month), month))


def _ended(said: _Said, days: Days) -> Days:
    """A month, or some days of it: 7月上旬."""
    return days._replace(begin=None, grain="day") if said.get("end") in _PART_OF_MONTH else days


def _from_to(said: _Said) -> Days | None:
    """1—7月; 2022年11月—2023年1月."""
    first, last = said.number("m1"), said.number("m2")
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return UNKNOWN
    if not said.get("year2"):
        year = said.year_of(last)
        return stretch(year, first, last) if first <= last else UNKNOWN
    year2 = _second_year(said)
    year1 = said.year if said.year is not None else year2 - (first > last)
    if not (year1, first) <= (year2, last) or year2 - year1 > _MANY_YEARS:
        return UNKNOWN
    return stretch(year2, first - 12 * (year2 - year1), last)


_MANY_YEARS = 60


def _second_year(said: _Said) -> int:
    """The year before the second month."""
    text = re.sub(r"\D", "", said.get("year2"))
    return int(text) if text else said.clock.year + _YEARS.get(said.get("year2")[:2], 0)


def _from_day_to_day(said: _Said) -> Days | None:
    """1月1日至6月30日."""
    m1, d1, d2 = said.number("m1"), said.number("d1"), said.number("d2")
    m2 = said.number("m2") if said.get("m2") else m1
    if not 1 <= m2 <= 12:
        return UNKNOWN
    year = said.year_of(m2)
    if not (_exists(year, m1, d1) and _exists(year, m2, d2) and (m1, d1) <= (m2, d2)):
        return UNKNOWN
    if d1 == 1 and d2 == monthrange(year, m2)[1]:
        return stretch(year, m1, m2)
    return Days(day_of(year, m1, d1).finish, day_of(year, m2, d2).finish, "span")


def _day(said: _Said) -> Days | None:
    month, day = said.number("n"), said.number("d")
    year = said.clock.year_of_day(month, day) if said.year is None else said.year
    return day_of(year, month, day) if _exists(year, month, day) else UNKNOWN


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _first_months(said: _Said) -> Days | None:
    last = said.number()
    return so_far(said.year_of(last), last) if 1 <= last <= 12 else UNKNOWN


def _half(said: _Said) -> Days | None:
    last = 12 if said.get("h") == "下" or said.get("n") == "2" else 6
    return half(said.year_of(last), last) if said.get("n") in ("", "1", "2") else UNKNOWN


def _quarter(said: _Said) -> Days | None:
    number = {"首": 1, "次": 2, "末": 4}.get(said.get("n")) or said.number()
    return quarter(said.year_of(3 * number), 3 * number) if 1 <= number <= 4 else UNKNOWN


def _quarters(said: _Said) -> Days | None:
    first, last = said.number("qa") if said.get("qa") else 1, said.number()
    if not 1 <= first <= last <= 4:
        return UNKNOWN
    return stretch(said.year_of(3 * last), 3 * first - 2, 3 * last)


_FORWARD = re.compile(r"将|力争|预计|预期|目标|有望|确保|争取|计划|拟|要")
_SPRING = 3  # before it, a year is told of that is over


def _whole_year(said: _Said) -> Days | None:
    if said.year is not None:
        return whole(said.year)
    ahead = said.clock.month >= _SPRING and _FORWARD.search(said.around())
    return whole(said.hint or (said.clock.year if ahead else said.clock.reviewed()))


def _year_end(said: _Said) -> Days | None:
    """年底, 年末; without a year they need the 年, and early in a year they are of the one before."""
    if said.year is not None:
        return whole(said.year)
    if said.get("end") in ("底", "末"):
        return None
    if said.hint is not None and said.hint > said.clock.year:
        return whole(said.hint)  # 2024年要…，年底前建成…
    over = said.clock.month < _SPRING and not said.get("until") and not _FORWARD.search(said.around())
    return whole(said.clock.year - 1 if over else said.clock.year)


def _year_open(said: _Said) -> Days | None:
    if said.year is not None:
        return whole(said.year)
    return None if said.get("end") == "初" else whole(said.clock.year)


def _year_middle(said: _Said) -> Days | None:
    return half(said.year_of(6), 6)


def _year(said: _Said) -> Days | None:
    """2022年; a year is a bare number where nothing says so."""
    if (
        said.get("y")
        and "年" not in said.match[0]
        and not said.match.string.startswith("年", said.match.end())
    ):
        return None
    return None if said.year is None else whole(said.year)


def _years(said: _Said) -> Days | None:
    """2016—2020年; 2012年到2021年, unless each end has a figure: 从21亿元增长到31亿元."""
    first, last = int(said.get("y1")), int(said.get("y2"))
    each = "年" in said.match[0].rstrip("年 ")  # so each is a time by itself
    if each and _FROM_FIGURE.match(said.match.string, said.match.end()):
        return None
    if not first < last <= first + _MANY_YEARS:
        return UNKNOWN
    return Days(month_start(first, 1), month_end(last, 12), "year")


_FROM_FIGURE = re.compile(r"[^。；;]{0,60}?[从由自][约近超]?\d")


def _recent(said: _Said) -> Days | None:
    """上月, 本季度; 上周 is when something was said."""
    unit = {"月": "month", "季": "quarter", "周": "week"}[said.get("unit")]
    which = said.get("which")
    if unit == "week" or which == "次":
        return Days(None, said.clock.date, "day")
    if which in ("当", "同"):
        return _that(said, unit)
    return _ended(said, part_of_year(said.clock, unit, 1 if which == "上" else 0))


def _that(said: _Said, unit: str) -> Days | None:
    """当月 behind a period is its last month."""
    if said.last is None:
        return None
    year, month = int(said.last.finish[:4]), int(said.last.finish[5:7])
    return month_of(year, month) if unit == "month" else quarter(year, -(-month // 3) * 3)


def _half_gone(said: _Said) -> Days | None:
    return half(said.year_of(6), 6)


def _ago(said: _Said) -> Days | None:
    """三年前."""
    count = said.number()
    if said.get("unit") == "年" and count == 1:
        return same_a_year_before(said.last, said.clock)
    if said.get("unit") == "年" and 1 < count <= _MANY_YEARS:
        return years_before(said.clock, count)
    return Days(None, said.clock.date, "span")


def _past_year(said: _Said) -> Days | None:
    """过去一年, as long as one looks back on the calendar year."""
    return whole(said.clock.year - 1) if said.clock.month <= _SPRING + 1 else None


def _coming(said: _Said) -> Days | None:
    count, year = said.number(), said.clock.year
    if not 1 <= count <= _MANY_YEARS:
        return UNKNOWN
    return Days(month_start(year + 1, 1), month_end(year + count, 12), "year")


def _same_period(said: _Said) -> Days | None:
    """较同期; 同期 by itself is the period spoken of."""
    return same_a_year_before(said.last, said.clock) if said.get("lead") else None


def _plan(said: _Said) -> Days | None:
    name = next((name for name in PLANS if name in said.match[0]), "")
    number = said.number() if said.get("n") else 10 + _number(name[1:2])
    return plan_of(number)


def _now(said: _Said) -> Days | None:
    return Days(None, said.clock.date, "day")


def _unknown(said: _Said) -> Days | None:
    return UNKNOWN


def _lookback(said: _Said) -> Days | None:
    unit = "quarter" if said.get("quarters") else "month" if said.get("months") else ""
    if unit and _number(said.get(f"{unit}s")) == 1:
        return UNKNOWN  # 此前一个月 is that before another
    return looked_back(said.clock, unit, _number(said.get(f"{unit}s")) if unit else None)


# --- the forms ---


class _Form(NamedTuple):
    """One way to write a time: its pattern, its days, what it is for, and letters that it needs."""

    pattern: str
    days: Callable[[_Said], Days | None]
    kind: str = _PERIOD
    needs: str = ""


_OF_PLAN = r"(?P<plantail>末|期末|期间|时期|以来)?"
_MONTH_END = r"(?P<end>末|底|初|下旬|中旬|上旬)?"
_MONTH = rf"(?P<n>\d{{1,3}}|十[一二]|(?<![十\d]){_HAN}{{1,2}})"
_FORMS = (
    _Form(rf"[“\"「『]?(?:十[一二三四五六]五)[”\"」』]?{_OF_PLAN}", _plan, _PLAN, needs="五"),
    _Form(rf"第(?P<n>{_NUM})个五年(?:规划|计划){_OF_PLAN}", _plan, _PLAN, needs="五"),
    _Form(
        r"(?:今天|昨天|昨日|今日|日前|近日|本周|上周|当天|当日)\s?(?:[(（]\d{1,2}月\d{1,2}日[)）])?",
        _now,
        _EVENT,
    ),
    _Form(r"到?(?:目前为止|目前|当前|现在|如今|当下|迄今为止|迄今|至今|眼下|现阶段|现时)", _now, _NOW),
    _Form(rf"(?:未来|今后|接下来)(?P<n>{_NUM})年", _coming, _POINT, needs="年"),
    _Form(rf"(?P<n>\d{{1,3}}|{_HAN}{{1,4}})(?P<unit>年|个月|周|天)(?:以|之)?前", _ago, _BASE, needs="前"),
    _Form(r"(?:过去|刚刚过去)的?一年", _past_year, needs="一年"),
    _Form(
        rf"(?:近|最近|过去|此前|这|(?<![提此之以])前|头|往前)(?:的)?(?!\d{{4}}年)(?:(?P<quarters>{_NUM})个季度|{_NUM}(?:多|余|来)?(?:年|个季度))"
        r"(?:来|间|以来|里|中)?(?!前|级|期)",
        _lookback,
    ),
    _Form(
        rf"(?:近|最近|过去|此前|之前|这)(?:的)?(?P<months>{_NUM})个?月(?!份)(?:来|间|以来|里)?",
        _lookback,
        needs="月",
    ),
    _Form(rf"(?:\d{{1,3}}|{_HAN}{{1,4}})(?:多|余)?年(?:以)?来", _lookback, needs="年"),
    _Form(
        r"(?:春节|国庆|五一|元旦|中秋|端午|清明|暑期|双十一|双11)(?:期间|假期|长假|黄金周|假日)|春运(?:期间)?",
        _unknown,
    ),
    # months
    _Form(
        rf"{_ANY_YEAR}(?P<m1>{_NUM})\s?月?(?:份)?\s?{_TO}\s?(?P<year2>(?:(?:19|20)\d\d年|今年|去年|明年|上年))?(?P<m2>{_NUM})\s?月(?:份)?(?!\d)",
        _from_to,
        needs="月",
    ),
    _Form(
        rf"{_ANY_YEAR}(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})[日号]?\s?{_TO}\s?(?:(?P<m2>\d{{1,2}})月)?(?P<d2>\d{{1,2}})[日号]",
        _from_day_to_day,
        needs="月",
    ),
    _Form(
        rf"{_ANY_YEAR}(?P<n>{_NUM})\s?月\s?(?P<d>{_NUM})\s?[日号](?:[\d零一二三四五六七八九十]+时)?",
        _day,
        _EVENT,
        needs="月",
    ),
    _Form(r"(?P<y>(?:19|20)\d\d)([-/.])(?P<n>\d\d?)\2(?P<d>\d\d?)(?!\d)", _day, _EVENT),
    _Form(rf"(?P<y>(?:19|20)\d\d)\.(?P<n>\d{{1,2}})月(?:份)?{_MONTH_END}", _month, needs="月"),
    _Form(rf"{_ANY_YEAR}{_MONTH}\s?月(?:份)?{_MONTH_END}", _month, needs="月"),
    _Form(rf"{_YEAR}(?:的)?第(?P<n>{_NUM})个月", _month, needs="个月"),
    _Form(r"(?P<y>(?:19|20)\d\d)/(?P<n>\d\d)(?![\d/])", _month, needs="/"),
    _Form(
        rf"(?<![此以之目空]){_ANY_YEAR}(?:前|头|首)\s?(?P<n>{_NUM})\s?个?月(?!份)",
        _first_months,
        needs="月",
    ),
    _Form(rf"{_ANY_YEAR}(?P<h>上|下|前|头)半年(?:度)?", _half, needs="半年"),
    _Form(rf"{_ANY_YEAR}h(?P<n>\d{{1,2}})(?![\da-z])", _half, needs="h"),
    _Form(r"(?<!上)(?<!下)(?<!每)半年(?:下来|里|度)", _half_gone, needs="半年"),
    _Form(rf"{_ANY_YEAR}(?:前|首|头)(?P<n>{_NUM})个?季(?:度)?", _quarters, needs="季"),
    _Form(
        rf"{_ANY_YEAR}第?(?P<qa>{_NUM})(?:季度?)?(?:、|和|与|及|{_TO})第?(?P<n>{_NUM})季度?",
        _quarters,
        needs="季",
    ),
    _Form(rf"{_ANY_YEAR}第?\s?(?P<n>{_NUM})\s?季度", _quarter, needs="季"),
    _Form(rf"{_ANY_YEAR}(?:第(?P<n>{_NUM})季(?!度))", _quarter, needs="季"),
    _Form(rf"{_ANY_YEAR}(?P<n>首|次|末)季(?:度)?", _quarter, needs="季"),
    _Form(
        rf"(?<![a-z\d]){_ANY_YEAR}q(?P<qa>[1-4])\s?{_TO}\s?q(?P<n>[1-4])(?![\da-z.])",
        _quarters,
        needs="q",
    ),
    _Form(rf"{_YEAR}\s?q(?P<n>\d{{1,2}})(?![\da-z])", _quarter, needs="q"),
    _Form(r"(?<![a-z\d])q(?P<n>[1-4])(?![\da-z.])", _quarter, needs="q"),
    _Form(r"(?P<n>[1-4])q(?:(?P<y>20\d\d)|\d\d)(?!\d)", _quarter, needs="q"),
    _Form(rf"{_ANY_YEAR}(?:全年(?:度)?|年度|整年|财年)", _whole_year),
    _Form(rf"{_ANY_YEAR}(?P<end>年底|年末|底|末|年终|岁末)(?:时)?", _year_end, _POINT),
    _Form(rf"{_ANY_YEAR}(?P<end>年初|初|开年)", _year_open, _OPENING),
    _Form(rf"{_ANY_YEAR}年中(?!国|央|小|期|型|华|部|东|西)", _year_middle, _POINT, needs="年中"),
    _Form(
        rf"[从由自]?(?P<y1>(?:19|20)\d\d)(?!\d)\s?年?\s?{_TO}\s?(?P<y2>(?:19|20)\d\d)(?!\d)\s?年(?!\d{{1,2}}月|第?[一二三四1-4]季|[上下]半|[底末初])",
        _years,
    ),
    _Form(_YEAR, _year),
    # what is told by what was said before
    _Form(
        rf"(?P<which>上|本|当|同|次)个?(?P<unit>月|季)(?:度|份)?(?!报|刊|薪|租|费|底薪){_MONTH_END}",
        _recent,
    ),
    _Form(r"同期", _same_period, _BASE, needs="同期"),
)  # fmt: skip


@cache
def _compiled() -> tuple[tuple[str, Callable[[str, int], re.Match[str] | None], _Form], ...]:
    """What each form needs, what looks for it at a place, and the form."""
    patterns = (rf"{_LEAD}(?:{form.pattern})(?P<half2>(?:的)?末)?{_TAIL}" for form in _FORMS)
    return tuple(
        (form.needs, re.compile(pattern, re.VERBOSE).match, form)
        for pattern, form in zip(patterns, _FORMS, strict=True)
    )


# Where a time expression can begin: the forms are tried only there.
# A month begins where its digits do, not inside 1,968,000 nor behind a decimal point, though 2022.7月 is one.
_FIRST = r"(?<!\d)(?<!\d,(?=\d{3}))(?:(?<!\d\.)|(?<=(?:19|20)\d\d\.))"
_SEED = re.compile(
    rf"(?=[来比较按高低快慢好优多少强相对超截到至直预从由自\dhq今去前明上本当同后该昨目现如迄眼头首次末第全年半民零〇○一二两三四五六七八九十下近最过此之这未接岁整财开往春国元中端清暑双“\"「『五])"
    rf"{_LEAD}"
    rf"(?:[从由自]?(?<!\d)(?:19|20)\d\d(?!\d)|[一二][零〇○九]{_HAN}{{2}}年|民国(?:\d|{_HAN})"
    r"|今年|去年|前年|明年|来年|上一?年|本年|当年|同年|该年|后年|[今去]\s?[(（]|今天|昨天|昨日|今日|日前|近日|目前|当前|现在|如今"
    r"|当下|迄今|至今|眼下|现阶段|现时|本周|上周|当天|当日"
    rf"|{_FIRST}\d{{1,2}}(?:[、和/]\d{{1,2}}){{1,11}}(?:月|[两三四五六]个月)"
    rf"|{_FIRST}\d{{1,3}}\s?(?:月|(?:月份?)?\s?{_TO}\s?(?:(?:19|20)\d\d年|[今去明上]年)?(?:{_NUM}\s?(?:月|季)|\d{{1,2}}月)|个?季度|q\d\d)"
    rf"|{_FIRST}\d{{1,4}}(?:多|余)?(?:年|个月|周|天)(?:以|之)?[前来]"
    rf"|{_HAN}{{1,4}}(?:多|余)?(?:月|季度|(?:年|个月|周|天)(?:以|之)?[前来]|{_TO}第?{_HAN}{{1,2}}(?:月|季)|(?:[、和与及]第?{_HAN}){{1,3}}季度)"
    rf"|[前头首]\s?(?:{_NUM})\s?个?(?:月|季|年)|(?:近|最近|过去|此前|之前|这|未来|今后|接下来|往前)的?(?!\d{{4}}年)(?:{_NUM})(?:多|余|来)?(?:个|年|月)"
    rf"|第(?:{_NUM})(?:季|个五年)|[首次末]季|[上下前头]半年|半年[下里度]|[hq]\d|全年|(?<!\d)年度|整年|年底|年末|年终|岁末|年初|开年|年中"
    r"|[上本当同次]个?[月季]|(?<=[比较按])同期|[“\"「『]?十[一二三四五六]五|(?:春节|国庆|五一|元旦|中秋|端午|清明|暑期|双十一|双11)[期假长黄]|春运)",
    re.VERBOSE,
)

# 4、5、6三个月: several months in a row, each a period.
_LISTED = re.compile(r"(?:今年)?(?P<months>\d{1,2}(?:[、和/]\d{1,2}){1,11})(?:月(?:份)?|[两三四五六]个月)")

_EACH = re.compile(r"[^。；;]{0,60}?(?:分别|依次|各)")

# 一、二、三季度: three quarters or more are each a period, two where their figures are told one by one.
_LISTED_QUARTERS = re.compile(
    rf"第?{_HAN}(?:[、和]第?{_HAN}){{2,3}}季度|第?{_HAN}[、和]第?{_HAN}季度(?=[^。；;]{{0,60}}?(?:分别|依次))"
)


def chinese(folded: str, clock: Clock, offset: int) -> list[Time]:
    """The time expressions of a folded Chinese text; offsets are moved by ``offset``."""
    found: list[Time] = []
    position = 0
    hint: int | None = None
    last: Days | None = None
    while seed := _SEED.search(folded, position):
        listed = _LISTED.match(folded, seed.start())
        if listed:
            found.extend(_listed(listed, clock, offset))
            position = listed.end()
            continue
        if quarters := _LISTED_QUARTERS.match(folded, seed.start()):
            found.extend(_each_quarter(quarters, clock, hint, offset))
            position = quarters.end()
            continue
        read = _read(folded, seed.start(), clock, hint, last)
        if read is None:
            position = seed.start() + 1
            continue
        time, days = read
        if time.role not in ("base", "unknown", "now", "event", "plan") and not _is_possessive(
            folded, time, days
        ):
            hint = int(days.finish[:4])
        if time.role in ("period", "point", "deadline"):
            last = days
        position = time.end
        found.append(time._replace(start=time.start + offset, end=time.end + offset))
    return found


def _is_possessive(folded: str, time: Time, days: Days) -> bool:
    """去年的颓势: a year in passing, which is not that of what follows."""
    return days.grain == "year" and folded.startswith("的", time.end)


def _listed(match: re.Match[str], clock: Clock, offset: int) -> list[Time]:
    if match["months"][1:] in ("、2", "和2") and not _EACH.match(match.string, match.end()):
        days = stretch(clock.past(2), 1, 2)  # the first two months are told as one
        return [
            Time(match.start() + offset, match.end() + offset, days.begin, days.finish, "period", days.grain)
        ]
    found: list[Time] = []
    at = match.start("months") + offset
    for number in re.split("[、和/]", match["months"]):
        end = at + len(number)
        if 1 <= int(number) <= 12:
            days = month_of(clock.past(int(number)), int(number))
            found.append(Time(at, end, days.begin, days.finish, "period", "month"))
        else:
            found.append(Time(at, end, None, clock.date, "unknown", "span"))
        at = end + 1
    return found


def _each_quarter(match: re.Match[str], clock: Clock, hint: int | None, offset: int) -> Iterator[Time]:
    for part in re.finditer(_HAN, match[0]):
        number = _number(part[0])
        start, end = match.start() + part.start() + offset, match.start() + part.end() + offset
        if 1 <= number <= 4:
            over = hint is not None and hint < clock.year
            days = quarter(hint if over and hint else clock.past(3 * number), 3 * number)
            yield Time(start, end, days.begin, days.finish, "period", "quarter")
        else:
            yield Time(start, end, None, clock.date, "unknown", "span")


def _read(
    folded: str, start: int, clock: Clock, hint: int | None, last: Days | None
) -> tuple[Time, Days] | None:
    """The time that begins at a place, by the longest form that has days, and its days."""
    near = folded[start : start + _NEAR]
    fitting = [
        (match, form)
        for needs, matches, form in _compiled()
        if needs in near and (match := matches(folded, start)) and match.end() > start
    ]
    fitting.sort(key=lambda pair: -pair[0].end())
    for match, form in fitting:
        days = form.days(_Said(match, clock, hint, last))
        if days is not None:
            return _time(folded, match, days, form, clock), days
    return None


_NEAR = 48  # characters: no expression is longer
_ITS_FIGURE = re.compile(r"的[约近超逾]?\d")
# 五年来最快: what a figure is held against.
_SUPERLATIVE = re.compile(r"的?(?:同期)?(?:最|新高|新低|首次|首度|单[月季])")
_SINCE_THEN = re.compile(r"[^，,。；;\d]{1,20}以来")  # 自2020年启动…以来


def _time(folded: str, match: re.Match[str], days: Days, form: _Form, clock: Clock) -> Time:
    start, end = match.span()
    tail = match["tail"] or ""
    if tail in ("前", "后") and not (match.groupdict().get("end") or "月" in match[0] or form.kind == _POINT):
        tail, end = "", end - 1
    if days in (UNKNOWN, LOOKBACK):
        role = "base" if _SUPERLATIVE.match(folded, end) else "unknown"
        return Time(start, end, None, clock.date, role, days.grain)
    if form.kind == _PLAN:
        return Time(start, end, days.begin, days.finish, _role_of_plan(match, days, clock), days.grain)
    if not tail and folded.startswith(("自", "从"), start - 1) and _SINCE_THEN.match(folded, end):
        tail = "以来"
    role = "base" if _is_base(folded, match, tail, end, form) else _role(match, tail, days, clock, form)
    return Time(start, end, days.begin, days.finish, role, days.grain)


def _role_of_plan(match: re.Match[str], days: Days, clock: Clock) -> str:
    """A five-year plan: its last day counts where 末 says so, else it is a name."""
    if match["plantail"] in ("末", "期末"):
        return "deadline" if days.finish > clock.date else "point"
    return "span" if match["plantail"] in ("期间", "时期") else "plan"


# 上年不变价, 2020年可比价: the year of the prices.
_PRICES = re.compile(r"的?(?:不变|可比|固定)(?:单?价)|的?(?:价格|单价)(?:计|折|为)")
_ON_RECORD = re.compile(r"有(?:统计|[纪记]录|数据|可比数据)(?:数据)?以来")  # 1997年有统计以来
# 上年营业收入500万元以上的企业: the year of a threshold.
_THRESHOLD = re.compile(
    r"的?(?:年)?(?:主营业务|主营|营业|销售|业务)?收入\d[\d.,]*[百千万亿]*元及?以上(?:的|企业|工业|法人|[)）]|\Z)"
)


def _is_base(folded: str, match: re.Match[str], tail: str, end: int, form: _Form) -> bool:
    """Whether a time is what a figure is compared with, or the year of constant prices or a threshold."""
    if (
        match["lead"]
        or form.kind == _BASE
        or _ON_RECORD.match(folded, end)
        or folded.startswith(("相比", "比较"), end)
    ):
        return True
    if (tail == "同期" or folded.startswith("同期", end)) and match.groupdict().get("rel") != "今年":
        return True
    return bool(_PRICES.match(folded, end) or (form.days is _year and _THRESHOLD.match(folded, end)))


def _role(match: re.Match[str], tail: str, days: Days, clock: Clock, form: _Form) -> str:
    until, coming = match["until"] or "", days.finish > clock.date
    if form.kind == _NOW:
        return "now"
    if tail in ("以来", "起", "开始"):
        return "since"
    if days.grain == "day" or is_meeting(days):
        return "point" if until else "event"
    if form.kind == _OPENING:
        return "since" if tail else "event"
    of_figure = until in ("到", "至") and _ITS_FIGURE.match(match.string, match.end())  # 加快到4月份的7%
    if of_figure or not (until or form.kind == _POINT or _closes(match)):
        return "period"
    return "deadline" if coming and not until.startswith("截") else "point"


def _closes(match: re.Match[str]) -> bool:
    """6月末, 一季度末: the last day of a period."""
    return bool(match["half2"] or match.groupdict().get("end"))
