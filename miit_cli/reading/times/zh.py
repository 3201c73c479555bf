"""Times in Chinese: the year that one is of, the days of its forms, and what it is for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from miit_cli.reading.lexicon import load_data
from miit_cli.reading.numbers.values import ZH_DIGITS, chinese_number
from miit_cli.reading.spans import Time
from miit_cli.reading.times import forms
from miit_cli.reading.times.clock import (
    LOOKBACK,
    MANY_YEARS,
    UNKNOWN,
    Clock,
    Days,
    between,
    from_day_to_day,
    half,
    is_meeting,
    looked_back,
    month_of,
    part_of_year,
    quarter,
    several_years,
    stretch,
    whole,
    years_before,
)
from miit_cli.reading.times.forms import Finder, Form, FormMatch, Said, a_year_earlier, filled

_YEARS = {
    "今年": 0, "本年": 0, "今": 0, "去年": -1, "上年": -1, "上一年": -1, "前一年": -1, "去": -1, "前年": -2,
    "明年": 1, "来年": 1, "后年": 2,
}  # fmt: skip
_SAME_YEAR = ("当年", "同年", "该年")
_ROC = 1911  # the year before the first of 民国
# What is said of a period that is still to come, or goes on.
_FORECAST = re.compile(r"(?:(?P<aim>有望|力争|目标)|预计|预测|预期|估计|预估|料)[^，。；、\d]{0,8}\Z")
_NEAR_WORDS = 12  # characters
_FORWARD_UNTIL = ("到", "至", "直到")
_PART_OF_MONTH = ("初", "上旬", "中旬", "下旬")


class Chinese(Said):
    """A Chinese expression."""

    forward = re.compile(r"将|力争|预计|预期|目标|有望|确保|争取|计划|拟|要")
    near = 60

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
            return _ROC + self.number("roc")
        word = self.get("rel") or self.get("short")
        if word in ("上一年", "前一年") and self.hint is not None:
            return self.hint - 1
        if word in _SAME_YEAR:
            return self.clock.year if self.hint is None else self.hint
        return self.clock.year + _YEARS[word] if word else None

    def year_of(self, last: int) -> int:
        """The year of a span that ends with a month."""
        named = self.year
        if named is not None:
            return named
        if self.hint is not None and self.hint < self.clock.year:
            return self.hint
        forecast = _FORECAST.search(self.before(_NEAR_WORDS))
        aimed = forecast is not None and forecast["aim"] is not None
        told_soon = last == 12 and self.clock.month == 1  # what December brought is only guessed in January
        ahead = aimed or (forecast and not told_soon) or self.get("until") in _FORWARD_UNTIL
        return self.clock.year if ahead else self.clock.past(last)

    def number(self, group: str = "n") -> int:
        """A number in digits or characters; 0 where it is none."""
        return _number(self.get(group))

    def days(self, form: Form) -> Days | None:
        """The days by a form; None where it does not hold."""
        return _DAYS[form.name](self)

    def time(self, form: Form, days: Days) -> Time:
        """The time that it is by a form, with what it is for."""
        match, clock, folded = self.match, self.clock, self.match.string
        start, end = match.span()
        tail = match["tail"] or ""
        if tail in ("前", "后") and not (self.get("end") or "月" in match[0] or form.kind == "point"):
            tail, end = "", end - 1
        if days in (UNKNOWN, LOOKBACK):
            role = "base" if _SUPERLATIVE.match(folded, end) else "unknown"
            return Time(start, end, None, clock.date, role, days.grain)
        if form.kind == "plan":
            return Time(start, end, days.begin, days.finish, _role_of_plan(match, days, clock), days.grain)
        if not tail and folded.startswith(("自", "从"), start - 1) and _SINCE_THEN.match(folded, end):
            tail = "以来"
        role = "base" if _is_base(folded, match, tail, end, form) else _role(match, tail, days, clock, form)
        return Time(start, end, days.begin, days.finish, role, days.grain)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else int(chinese_number(text) or 0)


# --- months and days ---


def _month(said: Chinese) -> Days | None:
    """7月, and some days of it: 7月上旬."""
    return _ended(said, forms.DAYS["nth-month"](said))


def _ended(said: Chinese, days: Days | None) -> Days | None:
    partly = days is not UNKNOWN and said.get("end") in _PART_OF_MONTH
    return days._replace(begin=None, grain="day") if days and partly else days


def _from_to(said: Chinese) -> Days:
    """1—7月; 2022年11月—2023年1月."""
    first, last = said.number("m1"), said.number("m2")
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return UNKNOWN
    if not said.get("year2"):
        year = said.year_of(last)
        return between(year, first, year, last)
    year = _second_year(said)
    return between(year - (first > last) if said.year is None else said.year, first, year, last)


def _second_year(said: Chinese) -> int:
    """The year before the second month."""
    text = said.get("year2").removesuffix("年")
    return int(text) if text.isdigit() else said.clock.year + _YEARS[said.get("year2")]


def _from_day_to_day(said: Chinese) -> Days:
    """1月1日至6月30日."""
    last = said.number("m2" if said.get("m2") else "m1")
    year = said.year_of(last)
    return from_day_to_day((year, said.number("m1"), said.number("d1")), (year, last, said.number("d2")))


def _recent(said: Chinese) -> Days | None:
    """上月, 本季度; 次月 is when something was said, 当月 behind a period is its last month."""
    unit, which = {"月": "month", "季": "quarter"}[said.get("unit")], said.get("which")
    if which == "次":
        return said.clock.today()
    if which not in ("当", "同"):
        return _ended(said, part_of_year(said.clock, unit, which == "上"))
    if said.last is None:
        return None
    year, month = int(said.last.finish[:4]), int(said.last.finish[5:7])
    return month_of(year, month) if unit == "month" else quarter(year, -(-month // 3) * 3)


def _ago(said: Chinese) -> Days:
    """三年前."""
    count = said.number()
    if said.get("unit") == "年" and count == 1:
        return a_year_earlier(said)
    if said.get("unit") == "年" and 1 < count <= MANY_YEARS:
        return years_before(said.clock, count)
    return said.clock.today("span")


def _lookback(said: Chinese) -> Days:
    unit = next((unit for unit in ("quarter", "month") if said.get(unit)), "")
    count = said.number(unit) if unit else None
    return UNKNOWN if count == 1 else looked_back(said.clock, unit, count)  # 此前一个月 is before another


# --- halves, quarters, years ---


def _half(said: Chinese) -> Days:
    last = 12 if said.get("h") == "下" or said.get("n") == "2" else 6
    return said.ending(half, last) if said.get("n") in ("", "1", "2") else UNKNOWN


def _quarter(said: Chinese) -> Days | None:
    number = {"首": 1, "次": 2, "末": 4}.get(said.get("n"))
    return said.ending(quarter, 3 * number) if number else forms.DAYS["quarter"](said)


def _whole_year(said: Chinese) -> Days:
    if said.year is not None:
        return whole(said.year)
    ahead = said.clock.month >= forms.SPRING and said.is_ahead()
    return whole(said.hint or (said.clock.year if ahead else said.clock.reviewed()))


def _year_end(said: Chinese) -> Days | None:
    """年底, 年末; without a year they need the 年, and early in a year they are of the one before."""
    if said.year is not None:
        return whole(said.year)
    if said.get("end") in ("底", "末"):
        return None
    if said.hint is not None and said.hint > said.clock.year:
        return whole(said.hint)  # 2024年要…，年底前建成…
    over = said.clock.month < forms.SPRING and not said.get("until") and not said.is_ahead()
    return whole(said.clock.year - over)


def _year_open(said: Chinese) -> Days | None:
    if said.year is not None:
        return whole(said.year)
    return None if said.get("end") == "初" else whole(said.clock.year)


def _year(said: Chinese) -> Days | None:
    """2022年; a year is a bare number where nothing says so."""
    match = said.match
    if said.get("y") and "年" not in match[0] and not match.string.startswith("年", match.end()):
        return None
    return None if said.year is None else whole(said.year)


def _years(said: Chinese) -> Days | None:
    """2016—2020年; 2012年到2021年, unless each end has a figure: 从21亿元增长到31亿元."""
    each = "年" in said.match[0].rstrip("年 ")  # so each is a time by itself
    if each and _FROM_FIGURE.match(said.match.string, said.match.end()):
        return None
    return several_years(int(said.get("y1")), int(said.get("y2")), "year")


_FROM_FIGURE = re.compile(r"[^。；;]{0,60}?[从由自][约近超]?\d")


def _same_period(said: Chinese) -> Days | None:
    """较同期; 同期 by itself is the period spoken of."""
    return a_year_earlier(said) if said.get("lead") else None


_DAYS: dict[str, Callable[..., Days | None]] = forms.DAYS | {
    "ago": _ago,
    "day": lambda said: said.day(said.number(), said.number("d")),
    "from-day-to-day": _from_day_to_day,
    "from-to": _from_to,
    "half": _half,
    "lookback": _lookback,
    "middle": lambda said: said.ending(half, 6),
    "month": _month,
    "now": lambda said: said.clock.today(),
    "quarter": _quarter,
    "recent": _recent,
    "same-period": _same_period,
    "whole-year": _whole_year,
    "year": _year,
    "year-end": _year_end,
    "year-open": _year_open,
    "years": _years,
}


# --- where a time may begin ---


@cache
def _begins() -> re.Pattern[str]:
    return re.compile(filled("zh", load_data("zh/times.toml")["times"]["begin"]), re.VERBOSE)


@cache
def _forms() -> tuple[FormMatch, ...]:
    around = filled("zh", "{lead}(?:%s)(?P<half2>(?:的)?末)?{tail}")
    return tuple((form, re.compile(around % form.pattern, re.VERBOSE).match) for form in forms.forms("zh"))


# 4、5、6三个月: several months in a row, each a period.
_LISTED = re.compile(r"(?:今年)?(?P<months>\d{1,2}(?:[、和与及/]\d{1,2}){1,11})(?:月份?|[两三四五六]个月)")
_FIRST_TWO = re.compile("1[、和与及]2")
_EACH = re.compile(r"[^。；;]{0,60}?(?:分别|依次|各)")

# 一、二、三季度: three quarters or more are each a period, two where their figures are told one by one.
_HAN = "[零〇○一二两三四五六七八九十]"
_LISTED_QUARTERS = re.compile(
    rf"第?{_HAN}(?:季度?)?(?:[、和与及]第?{_HAN}(?:季度?)?){{2,3}}(?<=季度)"
    rf"|第?{_HAN}(?:季度?)?[、和与及]第?{_HAN}季度(?=[^。；;]{{0,60}}?(?:分别|依次))"
)


class _Finder(Finder):
    """Goes through a Chinese text."""

    said = Chinese
    near = 48

    def begins(self) -> re.Pattern[str]:
        return _begins()

    def forms(self, near: str) -> tuple[FormMatch, ...]:
        return _forms()

    def names_year(self, time: Time, days: Days) -> bool:
        """去年的颓势: a year in passing is not that of what follows."""
        possessive = days.grain == "year" and self.folded.startswith("的", time.end)
        return time.role not in ("base", "unknown", "now", "event", "plan") and not possessive

    def at(self, begun: re.Match[str]) -> tuple[Sequence[Time], int]:
        """The times that begin at a place, of a list several, and where to go on."""
        start = begun.start()
        if months := _LISTED.match(self.folded, start):
            return [*self._listed_months(months)], months.end()
        if quarters := _LISTED_QUARTERS.match(self.folded, start):
            return [*self._listed_quarters(quarters)], quarters.end()
        time = self.read(start)
        return ([time], time.end) if time else ([], start + 1)

    def _listed_months(self, listed: re.Match[str]) -> Iterator[Time]:
        if _FIRST_TWO.fullmatch(listed["months"]) and not _EACH.match(self.folded, listed.end()):
            yield self._part(*listed.span(), stretch(self.clock.past(2), 1, 2))  # told as one
            return
        for start, end, text in self._parts(r"\d+", listed):
            month = int(text)
            known = 1 <= month <= 12
            yield self._part(start, end, month_of(self._year_of(month), month) if known else None)

    def _listed_quarters(self, listed: re.Match[str]) -> Iterator[Time]:
        for start, end, text in self._parts(rf"{_HAN}(?:季度?)?", listed):
            last = 3 * _number(text[0])
            known = 3 <= last <= 12
            yield self._part(start, end, quarter(self._year_of(last), last) if known else None)

    def _year_of(self, month: int) -> int:
        """The year of a month or quarter in a list: one that is over and was named before, or the last."""
        if self.hint is not None and self.hint < self.clock.year:
            return self.hint
        return self.clock.past(month)

    def _parts(self, each: str, listed: re.Match[str]) -> Iterator[tuple[int, int, str]]:
        """Where each of a list begins and ends, and what it says; what the list ends with is the last's."""
        parts = [*re.compile(each).finditer(self.folded, *listed.span())]
        ends = [part.end() for part in parts[:-1]] + [listed.end()]
        return ((part.start(), end, part[0]) for part, end in zip(parts, ends, strict=True))

    def _part(self, start: int, end: int, days: Days | None) -> Time:
        """One of several periods in a row."""
        if days is None:
            return Time(start, end, None, self.clock.date, "unknown", "span")
        return Time(start, end, days.begin, days.finish, "period", days.grain)


def chinese(folded: str, clock: Clock, offset: int) -> list[Time]:
    """The time expressions of a folded Chinese text; offsets are moved by ``offset``."""
    return _Finder(folded, clock).times(offset)


# --- what a time is for ---

_ITS_FIGURE = re.compile(r"的[约近超逾]?\d")
# 五年来最快: what a figure is held against.
_SUPERLATIVE = re.compile(r"的?(?:同期)?(?:最|新高|新低|首次|首度|单[月季])")
# 自2020年启动…以来; 自去年末增加了5万户.
_SINCE_THEN = re.compile(r"[^，,。；;\d]{1,20}以来|[净新]?(?:增加|增长|增|减少|减|下降|提高)了?\d")


def _role_of_plan(match: re.Match[str], days: Days, clock: Clock) -> str:
    """A five-year plan: its last day counts where 末 says so, else it is a name; 比…末 is compared with."""
    if match["plantail"] in ("末", "期末"):
        if match["lead"] and not _ITS_FIGURE.match(match.string, match.end()):
            return "base"
        return "deadline" if days.finish > clock.date else "point"
    return "span" if match["plantail"] in ("期间", "时期") else "plan"


# 上年不变价, 2020年可比价: the year of the prices.
_PRICES = re.compile(r"的?(?:不变|可比|固定)(?:单?价)|的?(?:价格|单价)(?:计|折|为)")
_ON_RECORD = re.compile(r"有(?:统计|[纪记]录|数据|可比数据)(?:数据)?以来")  # 1997年有统计以来
# 上年营业收入500万元以上的企业: the year of a threshold.
_THRESHOLD = re.compile(
    r"的?(?:年)?(?:主营业务|主营|营业|销售|业务)?收入\d[\d.,]*[百千万亿]*元及?以上(?:的|企业|工业|法人|[)）]|\Z)"
)


def _is_base(folded: str, match: re.Match[str], tail: str, end: int, form: Form) -> bool:
    """Whether a time is what a figure is compared with, or the year of constant prices or a threshold."""
    if (
        match["lead"]
        or form.kind == "base"
        or _ON_RECORD.match(folded, end)
        or folded.startswith(("相比", "比较"), end)
    ):
        return True
    if (tail == "同期" or folded.startswith("同期", end)) and match.groupdict().get("rel") != "今年":
        return True
    return bool(_PRICES.match(folded, end) or (form.name == "year" and _THRESHOLD.match(folded, end)))


def _role(match: re.Match[str], tail: str, days: Days, clock: Clock, form: Form) -> str:
    until, coming = match["until"] or "", days.finish > clock.date
    if form.kind == "now":
        return "now"
    if tail in ("以来", "起", "开始"):
        return "since"
    if days.grain == "day" or is_meeting(days):
        return "point" if until else "event"
    if form.kind == "opening":
        return "since" if tail else "event"
    of_figure = until in ("到", "至") and _ITS_FIGURE.match(match.string, match.end())  # 加快到4月份的7%
    if of_figure or not (until or form.kind == "point" or _closes(match)):
        return "period"
    return "deadline" if coming and not until.startswith("截") else "point"


def _closes(match: re.Match[str]) -> bool:
    """6月末, 一季度末: the last day of a period."""
    return bool(match["half2"] or match.groupdict().get("end"))
