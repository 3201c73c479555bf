"""Times in Chinese: the year that one is of, the days of its forms, and what it is for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from miit_cli.reading.lexicon import load_data
from miit_cli.reading.numbers.values import ZH_DIGITS, chinese_number
from miit_cli.reading.spans import Time
from miit_cli.reading.times import forms
from miit_cli.reading.times.clock import (
    LOOKBACK,
    UNKNOWN,
    Clock,
    Days,
    between,
    from_day_to_day,
    is_meeting,
    part,
    several_years,
    stretch,
    whole,
)
from miit_cli.reading.times.forms import Form, FormMatch, Said, a_year_earlier, filled

_YEARS = {
    "今年": 0, "本年": 0, "今": 0, "去年": -1, "上年": -1, "上一年": -1, "前一年": -1, "去": -1, "前年": -2,
    "明年": 1, "来年": 1, "后年": 2,
}  # fmt: skip
_SAME_YEAR = ("当年", "同年", "该年")
_NUMBERS = {"首": 1, "次": 2, "上": 1, "前": 1, "头": 1, "下": 2}  # of quarters and halves
_ROC = 1911  # the year before the first of 民国
# What is said of a period that is still to come, or goes on.
_FORECAST = re.compile(r"(?:(?P<aim>有望|力争|目标)|预计|预测|预期|估计|预估|料)[^，。；、\d]{0,8}\Z")
_NEAR_WORDS = 12  # characters
_FORWARD_UNTIL = ("到", "至", "直到")
_PART_OF_MONTH = ("初", "上旬", "中旬", "下旬")


class Chinese(Said):
    """A Chinese expression."""

    longest = 48
    forward = re.compile(r"将|力争|预计|预期|目标|有望|确保|争取|计划|拟|要")
    near = 60
    looks_ahead_from = forms.SPRING

    @staticmethod
    @cache
    def begins() -> re.Pattern[str]:
        """What every expression begins with; of no length, since one may begin inside of another's lead."""
        return re.compile(f"(?={filled('zh', load_data('zh/times.toml')['times']['begin'])})", re.VERBOSE)

    @staticmethod
    def forms_at(near: str) -> tuple[FormMatch, ...]:
        return _forms()

    @staticmethod
    def listed(folded: str, start: int, clock: Clock, hint: int | None) -> list[Time]:
        """Several months or quarters in a row, each a period."""
        if months := _LISTED.match(folded, start):
            if not _FIRST_TWO.fullmatch(months["months"]) or _EACH.match(folded, months.end()):
                return [*_parts(months, "month", r"\d+", clock, hint)]
            days = stretch(clock.past(2), 1, 2)  # told as one
            return [Time(*months.span(), days.begin, days.finish, "period", days.grain)]
        quarters = _LISTED_QUARTERS.match(folded, start)
        return [*_parts(quarters, "quarter", rf"{_HAN}(?:季度?)?", clock, hint)] if quarters else []

    @property
    def year(self) -> int | None:
        if digits := self.get("py") or self.get("y"):
            return int(digits)
        if characters := self.get("phy") or self.get("hy"):
            return int("".join(str(ZH_DIGITS.get(c, 0)) for c in characters))
        if self.get("roc"):
            return _ROC + self.number("roc")
        word = self.get("rel") or self.get("short")
        if word in ("上一年", "前一年") and self.hint is not None:
            return self.hint - 1
        if word in _SAME_YEAR:
            return self.clock.year if self.hint is None else self.hint
        return self.clock.year + _YEARS[word] if word else None

    def is_to_come(self, last: int) -> bool:
        if self.get("until") in _FORWARD_UNTIL:
            return True
        forecast = _FORECAST.search(self.before(_NEAR_WORDS))
        if forecast is None or forecast["aim"]:
            return forecast is not None
        return last != 12 or self.clock.month != 1  # what December brought is only guessed in January

    def number(self, group: str = "n", of: int = 4) -> int:
        """A number in digits or characters, the last one of so many for 末; 0 where it is none."""
        text = self.get(group)
        return of if text == "末" else _NUMBERS.get(text) or _number(text)

    def days(self, form: Form) -> Days | None:
        return _DAYS[form.name](self)

    def time(self, form: Form, days: Days) -> Time:
        match, folded = self.match, self.match.string
        start, end = match.span()
        tail = match["tail"] or ""
        if tail in ("前", "后") and not (self.get("end") or "月" in match[0] or form.kind == "point"):
            tail, end = "", end - 1
        if days in (UNKNOWN, LOOKBACK):
            role = "base" if _SUPERLATIVE.match(folded, end) else "unknown"
        elif form.kind == "plan":
            role = self._role_of_plan(days)
        else:
            if not tail and folded.startswith(("自", "从"), start - 1) and _SINCE_THEN.match(folded, end):
                tail = "以来"
            role = "base" if self._is_base(form, tail, end) else self._role(form, days, tail)
        return Time(start, end, days.begin, days.finish or self.clock.date, role, days.grain)

    def tells_year(self, time: Time, days: Days) -> bool:
        """去年的颓势: a year in passing is not that of what follows."""
        possessive = days.grain == "year" and self.match.string.startswith("的", time.end)
        return time.role not in ("base", "unknown", "now", "event", "plan") and not possessive

    # --- what it is for ---

    def _role_of_plan(self, days: Days) -> str:
        """A five-year plan: its last day where 末 says so, else it is a name; 比…末 is compared with."""
        match = self.match
        if match["plantail"] not in ("末", "期末"):
            return "span" if match["plantail"] in ("期间", "时期") else "plan"
        if match["lead"] and not _ITS_FIGURE.match(match.string, match.end()):
            return "base"
        return "deadline" if days.finish > self.clock.date else "point"

    def _is_base(self, form: Form, tail: str, end: int) -> bool:
        """Whether a time is what a figure is compared with, or the year of constant prices or a threshold."""
        folded = self.match.string
        if self.match["lead"] or form.kind == "base" or folded.startswith(("相比", "比较"), end):
            return True
        if (tail == "同期" or folded.startswith("同期", end)) and self.get("rel") != "今年":
            return True
        priced = _ON_RECORD.match(folded, end) or _PRICES.match(folded, end)
        return bool(priced or (form.name == "year" and _THRESHOLD.match(folded, end)))

    def _role(self, form: Form, days: Days, tail: str) -> str:
        match, until = self.match, self.match["until"] or ""
        if form.kind == "now":
            return "now"
        if tail in ("以来", "起", "开始"):
            return "since"
        if days.grain == "day" or is_meeting(days):
            return "point" if until else "event"
        if form.kind == "opening":
            return "since" if tail else "event"
        of_figure = until in ("到", "至") and _ITS_FIGURE.match(match.string, match.end())  # 加快到4月份的7%
        closes = match["half2"] or self.get("end")  # 6月末, 一季度末: the last day of a period
        if of_figure or not (until or form.kind == "point" or closes):
            return "period"
        return "deadline" if days.finish > self.clock.date and not until.startswith("截") else "point"


@cache
def _forms() -> tuple[FormMatch, ...]:
    return tuple(map(forms.matched, forms.forms("zh")))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else int(chinese_number(text) or 0)


# --- several in a row ---

# 4、5、6三个月
_LISTED = re.compile(r"(?:今年)?(?P<months>\d{1,2}(?:[、和与及/]\d{1,2}){1,11})(?:月份?|[两三四五六]个月)")
_FIRST_TWO = re.compile("1[、和与及]2")
_EACH = re.compile(r"[^。；;]{0,60}?(?:分别|依次|各)")

# 一、二、三季度: three quarters or more are each a period, two where their figures are told one by one.
_HAN = "[零〇○一二两三四五六七八九十]"
_LISTED_QUARTERS = re.compile(
    rf"第?{_HAN}(?:季度?)?(?:[、和与及]第?{_HAN}(?:季度?)?){{2,3}}(?<=季度)"
    rf"|第?{_HAN}(?:季度?)?[、和与及]第?{_HAN}季度(?=[^。；;]{{0,60}}?(?:分别|依次))"
)


def _parts(listed: re.Match[str], grain: str, each: str, clock: Clock, hint: int | None) -> Iterator[Time]:
    """The months or quarters of a list, of a year that is over and was named before, or of the last."""
    found = [*re.compile(each).finditer(listed.string, *listed.span())]
    ends = [one.end() for one in found[:-1]] + [listed.end()]  # what the list ends with is the last's
    for one, end in zip(found, ends, strict=True):
        last = _number(one[0].rstrip("季度")) * (3 if grain == "quarter" else 1)
        if not 1 <= last <= 12:
            yield Time(one.start(), end, None, clock.date, "unknown", "span")
            continue
        days = part(grain, hint if hint is not None and hint < clock.year else clock.past(last), last)
        yield Time(one.start(), end, days.begin, days.finish, "period", days.grain)


# --- months and days ---


def _ended(said: Chinese, days: Days | None) -> Days | None:
    """7月上旬: some days of a month."""
    partly = days is not UNKNOWN and said.get("end") in _PART_OF_MONTH
    return days.one_of_them() if days and partly else days


def _from_to(said: Chinese) -> Days:
    """1—7月; 2022年11月—2023年1月."""
    first, last, second = said.number("m1"), said.number("m2"), said.get("year2").removesuffix("年")
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return UNKNOWN
    if not second:
        year = said.year_of(last)
        return between(year, first, year, last)
    year = int(second) if second.isdigit() else said.clock.year + _YEARS[f"{second}年"]
    return between(year - (first > last) if said.year is None else said.year, first, year, last)


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
        return _ended(said, said.clock.current(unit, which == "上"))
    if said.last is None:
        return None
    year, month = int(said.last.finish[:4]), int(said.last.finish[5:7])
    return part(unit, year, month if unit == "month" else -(-month // 3) * 3)


def _lookback(said: Chinese) -> Days:
    unit = next((unit for unit in ("quarter", "month") if said.get(unit)), "")
    count = said.number(unit) if unit else None
    return UNKNOWN if count == 1 else said.clock.looked_back(unit, count)  # 此前一个月 is before another


# --- halves, quarters, years ---


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


_DAYS: dict[str, Callable[..., Days | None]] = forms.DAYS | {
    "ago": lambda said: (a_year_earlier if said.get("unit") == "年" and said.number() == 1 else forms.ago)(
        said
    ),
    "day": lambda said: said.day(said.number(), said.number("d")),
    "from-day-to-day": _from_day_to_day,
    "from-to": _from_to,
    "lookback": _lookback,
    "middle": lambda said: said.ending("half", 6),
    "month": lambda said: _ended(said, forms.DAYS["nth-month"](said)),
    "now": lambda said: said.clock.today(),
    "recent": _recent,
    "same-period": lambda said: a_year_earlier(said) if said.get("lead") else None,  # else that spoken of
    "year": _year,
    "year-end": _year_end,
    "year-open": _year_open,
    "years": _years,
}

# --- what tells what a time is for ---

_ITS_FIGURE = re.compile(r"的[约近超逾]?\d")
# 五年来最快: what a figure is held against.
_SUPERLATIVE = re.compile(r"的?(?:同期)?(?:最|新高|新低|首次|首度|单[月季])")
# 自2020年启动…以来; 自去年末增加了5万户.
_SINCE_THEN = re.compile(r"[^，,。；;\d]{1,20}以来|[净新]?(?:增加|增长|增|减少|减|下降|提高)了?\d")
# 上年不变价, 2020年可比价: the year of the prices.
_PRICES = re.compile(r"的?(?:不变|可比|固定)(?:单?价)|的?(?:价格|单价)(?:计|折|为)")
_ON_RECORD = re.compile(r"有(?:统计|[纪记]录|数据|可比数据)(?:数据)?以来")  # 1997年有统计以来
# 上年营业收入500万元以上的企业: the year of a threshold.
_THRESHOLD = re.compile(
    r"的?(?:年)?(?:主营业务|主营|营业|销售|业务)?收入\d[\d.,]*[百千万亿]*元及?以上(?:的|企业|工业|法人|[)）]|\Z)"
)
