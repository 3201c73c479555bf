"""Time expressions in prose, and the days that they mean.

A report says "the first half of the year", "1—7月份", "by the end of 2025"; which year and
which days follow from the day of publication and from the passage.
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import cache

from miit_cli.reading.spans import Time

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_WORDS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve first second third fourth".split(),
        [*range(1, 13), 1, 2, 3, 4],
        strict=True,
    )
)
_HAN = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "十一": 11, "十二": 12}
_PLANS = {
    "十二五": 2011,
    "十三五": 2016,
    "十四五": 2021,
    "十五五": 2026,
    "12th": 2011,
    "13th": 2016,
    "14th": 2021,
    "15th": 2026,
}


def month_end(year: int, month: int) -> str:
    """The last day of a month, ISO 8601."""
    return f"{year:04d}-{month:02d}-{monthrange(year, month)[1]:02d}"


def month_start(year: int, month: int) -> str:
    """The first day of a month, ISO 8601."""
    return f"{year:04d}-{month:02d}-01"


class Clock:
    """Resolves expressions without a year against the day of publication.

    ``year`` and ``month`` are those of the publication. ``hint`` is the year that the sentence
    has named last, for a month or quarter that follows it.
    """

    def __init__(self, date: str) -> None:
        self.date = date
        self.year, self.month, self.day = (int(part) for part in date.split("-"))

    def past(self, last_month: int, future: bool = False) -> int:
        """The year in which a span that ends with ``last_month`` was over, or will be when ``future``."""
        over = last_month < self.month or (last_month == self.month and self.day >= 15)
        if future:
            return self.year
        return self.year if over else self.year - 1


def _int(text: str) -> int:
    return int(text) if text.isdigit() else _HAN.get(text) or _WORDS[text]


# --- Chinese -------------------------------------------------------------------------------

_N = r"(?:\d{1,2}|十[一二]|[一二三四五六七八九十两])"
_ZH = r"""
    (?P<plan>[“"]?(?:十[二三四五]五)[”"]?(?P<plantail>末|期末|期间|时期|以来)?)
   |(?P<coming>未来(?P<years>[一二两三四五])年)
   |(?P<lead>比|较|按|高于|低于|快于|慢于|相比于?)?
    (?P<until>截至到|截至|截止到|截止|到|至|直到|预计到)?
    (?:(?P<today>今天|昨天|昨日|今日|日前|近日)\s?(?:[(（]\d{1,2}月\d{1,2}日[)）])?
      |(?P<now>目前为止|目前|当前|现在|如今|迄今为止|迄今|至今|眼下)
      |(?:(?P<year>(?:19|20)\d\d)\s?年?|(?P<rel>今年|去年|前年|明年|上年|本年|当年|同年|后年))?
       (?P<paren>\s?[(（](?:19|20)\d\d年?[)）])?
       (?:的)?\s?
       (?:
         (?P<fromto>(?P<m1>\d{1,2}|[一二三四五六七八九十]{1,2})\s?(?:月份?)?\s?(?:—|–|－|-|―|─|至|到|~|～)+\s?(?P<m2>\d{1,2}|[一二三四五六七八九十]{1,2})\s?月(?:份)?)
        |(?P<md>(?P<m3>\d{1,2})月(?P<d3>\d{1,2})[日号](?:[\d零一二三四五六七八九十]+时)?)
        |(?P<month>(?P<m4>\d{1,2}|十[一二]|(?<![十\d])[一二三四五六七八九十])月(?:份)?(?P<mend>末|底|初|下旬|中旬|上旬)?)
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


def find(language: str, folded: str, clock: Clock, offset: int) -> list[Time]:
    """The time expressions of a folded text; offsets are moved by ``offset``."""
    return (chinese if language == "zh" else english)(folded, clock, offset)


@cache
def _zh_pattern() -> re.Pattern[str]:
    return re.compile(_ZH, re.VERBOSE)


# Where a time expression can begin: the pattern above is tried only there.
# A month begins where its digits do, and not behind a decimal point, though 2022.7月 is one.
_FIRST = r"(?<!\d)(?:(?<!\d\.)|(?<=(?:19|20)\d\d\.))"
_ZH_SEED = re.compile(
    r"(?=[比较按高低快慢相截到至直预\d今去前明上本当同后昨目现如迄眼头未一二三四五六七八九十下第全年“\"])"
    r"(?:比|较|按|高于|低于|快于|慢于|相比于?)?(?:截至到|截至|截止到|截止|到|至|直到|预计到)?"
    r"(?:(?<!\d)(?:19|20)\d\d\s?年?|今年|去年|前年|明年|上年|本年|当年|同年|后年|今天|昨天|昨日|今日|目前|当前|现在|如今|迄今|至今|眼下"
    r"|[一二三四五六七八九十]{1,2}[—–－\-至到~～]{1,2}[一二三四五六七八九十]{1,2}月|未来[一二两三四五]年"
    rf"|{_FIRST}(?:\d{{1,2}}(?:[、和]\d{{1,2}}){{1,11}}(?:月|[两三四五六]个月)|\d{{1,2}}\s?月|\d{{1,2}}\s?(?:月份?)?\s?[—–－\-―─至到~～]+\s?\d{{1,2}}\s?月)|[一二三四五六七八九十]{{1,2}}月|前(?:\d{{1,2}}|十一|[一二两三四五六七八九十])个?月|头[一二两三]个月"
    r"|[一二三四五六七八九十]月|[上下]半年|前三季度|前3季度|一至三季度|第?[一二三四1234](?:、[二三四])?季度|全年|年底|年末|年初|[“\"]?十[二三四五]五)"
)


def chinese(folded: str, clock: Clock, offset: int) -> list[Time]:
    """The time expressions of a folded Chinese text; offsets are moved by ``offset``."""
    found: list[Time] = []
    position = 0
    hint: int | None = None
    while seed := _ZH_SEED.search(folded, position):
        match = _zh_pattern().match(folded, seed.start())
        listed = _ZH_MONTHS.match(folded, seed.start())
        if listed:
            found.extend(_zh_months(listed, clock, offset))
            position = listed.end()
            continue
        if not match or match.end() <= seed.start():
            position = seed.end()
            continue
        time, hint = _zh_time(folded, match, clock, offset, hint)
        if time is None:
            position = seed.start() + 1
            continue
        found.append(time)
        position = time.end - offset
    return found


# 4、5、6三个月: several months in a row, each a period.
_ZH_MONTHS = re.compile(r"(?:今年)?(?P<months>\d{1,2}(?:[、和]\d{1,2}){1,11})(?:月(?:份)?|[两三四五六]个月)")


def _zh_months(match: re.Match[str], clock: Clock, offset: int) -> list[Time]:
    found: list[Time] = []
    at = match.start("months")
    for number in re.split("[、和]", match["months"]):
        month = int(number)
        if 1 <= month <= 12:
            year = clock.past(month)
            found.append(
                Time(
                    at + offset,
                    at + len(number) + offset,
                    month_start(year, month),
                    month_end(year, month),
                    "period",
                    "month",
                    False,
                )
            )
        at += len(number) + 1
    return found


def _zh_year(match: re.Match[str], clock: Clock, hint: int | None) -> int | None:
    if match["year"]:
        return int(match["year"])
    word = match["rel"]
    if word is None:
        return None
    if word in ("当年", "同年"):
        return hint if hint is not None else clock.year
    return clock.year + {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}[word]


def _zh_time(
    folded: str, match: re.Match[str], clock: Clock, offset: int, hint: int | None
) -> tuple[Time | None, int | None]:
    group = match.groupdict()
    start, end = match.start(), match.end()
    if group["plan"]:
        return _plan(match, clock, offset), hint
    if group["coming"]:
        finish = month_end(clock.year + _int(group["years"] or "1"), 12)
        return Time(
            start + offset, end + offset, month_start(clock.year + 1, 1), finish, "deadline", "year"
        ), hint
    tail = group["tail"] or ""
    if tail in ("前", "后") and not (group["yend"] or group["month"] or group["md"]):
        tail, end = "", end - 1
    role = "period"
    if group["lead"]:
        role = "base"
    if folded.startswith("相比", end):
        role = "base"
    if tail == "同期" or folded.startswith("同期", end):
        role = "base" if group["rel"] != "今年" else role
    if group["now"]:
        return Time(start + offset, end + offset, None, clock.date, "now", "day"), hint
    if group["today"]:
        return Time(start + offset, end + offset, None, clock.date, "event", "day"), hint
    year = _zh_year(match, clock, hint)
    until = group["until"] or ""
    deadline = until in ("到", "至", "直到", "预计到")
    begin, finish, grain, named = _zh_days(match, clock, year, deadline, hint)
    if finish is None:
        return None, hint
    if group["year"] and not folded[match.start("year") : end].replace(group["year"], "", 1).startswith(
        ("年", " 年")
    ):
        # A bare number is a year only where something says so.
        if not (group["month"] or group["quarter"] or group["half"]):
            return None, hint
    if named:
        hint = named
    if role != "base":
        role = _zh_role(group, until, tail, grain, finish, clock)
    return Time(start + offset, end + offset, begin, finish, role, grain, year is not None), hint


def _zh_role(
    group: dict[str, str | None], until: str, tail: str, grain: str, finish: str, clock: Clock
) -> str:
    if tail in ("以来", "起", "开始"):
        return "since"
    if grain == "day":
        return "point" if until else "event"
    if group["yopen"]:
        return "since" if tail else "event"
    if until in ("到", "至", "直到", "预计到") and finish > clock.date:
        return "deadline"
    if until or group["yend"] or group["mend"] or group["half2"]:
        return "deadline" if finish > clock.date and not until.startswith("截") else "point"
    return "period"


def _zh_days(
    match: re.Match[str], clock: Clock, year: int | None, future: bool, hint: int | None
) -> tuple[str | None, str | None, str, int | None]:
    """First day, last day, grain, and the year that is now named."""
    group = match.groupdict()

    def resolve(last: int) -> int:
        if year is not None:
            return year
        if hint is not None and hint < clock.year:
            return hint
        return clock.past(last, future)

    if group["fromto"]:
        first, last = _han_month(group["m1"]), _han_month(group["m2"])
        if not 1 <= first <= last <= 12:
            return None, None, "", None
        y = resolve(last)
        grain = "ytd" if first == 1 else "span"
        return month_start(y, first), month_end(y, last), grain, y
    if group["md"]:
        month, day = int(group["m3"]), int(group["d3"])
        if not 1 <= month <= 12 or not 1 <= day <= 31:
            return None, None, "", None
        y = (
            year
            if year is not None
            else (clock.year if (month, day) <= (clock.month, clock.day + 7) else clock.year - 1)
        )
        day = min(day, monthrange(y, month)[1])
        return None, f"{y:04d}-{month:02d}-{day:02d}", "day", y
    if group["month"]:
        month = _han_month(group["m4"])
        if not 1 <= month <= 12:
            return None, None, "", None
        y = resolve(month)
        if group["mend"] in ("初", "上旬", "中旬", "下旬"):
            return None, month_end(y, month), "day", y
        return month_start(y, month), month_end(y, month), "month", y
    if group["fm"]:
        last = _han_month(group["m5"])
        y = resolve(last)
        return month_start(y, 1), month_end(y, last), "ytd", y
    if group["half"]:
        last = 6 if group["h"] == "上" else 12
        y = resolve(last)
        return month_start(y, last - 5), month_end(y, last), "half", y
    if group["nine"]:
        y = resolve(9)
        return month_start(y, 1), month_end(y, 9), "ytd", y
    if group["q2"]:
        first, last = _int(group["qa"]), _int(group["qb"])
        y = resolve(last * 3)
        return month_start(y, first * 3 - 2), month_end(y, last * 3), "span", y
    if group["quarter"]:
        last = 3 * _int(group["q"] or "1")
        y = resolve(last)
        return month_start(y, last - 2), month_end(y, last), "quarter", y
    if group["whole"] and year is None:
        y = clock.year if clock.month >= 6 else clock.year - 1
        if hint is not None:
            y = hint
        return month_start(y, 1), month_end(y, 12), "year", y
    if (group["yend"] or group["yopen"]) and year is None:
        if group["yend"] in ("底", "末") or group["yopen"] == "初":
            return None, None, "", None
        y = clock.year if group["yend"] else clock.year
        return (month_start(y, 1), month_end(y, 12), "year", y)
    if year is None:
        return None, None, "", None
    return month_start(year, 1), month_end(year, 12), "year", year


def _han_month(text: str | None) -> int:
    text = text or ""
    if text.isdigit():
        return int(text)
    if text in _HAN:
        return _HAN[text]
    return 10 + _HAN.get(text[-1], 0) if text.startswith("十") else 0


def _plan(match: re.Match[str], clock: Clock, offset: int) -> Time:
    """A five-year plan: its last day counts where "末" says so, else it is a name."""
    text = match[0]
    first = next(year for name, year in _PLANS.items() if name in text)
    last = month_end(first + 4, 12)
    tail = match.groupdict().get("plantail") or ""
    if tail in ("末", "期末", "end"):
        role = "deadline" if last > clock.date else "point"
    elif tail in ("期间", "时期", "during"):
        role = "span"
    else:
        role = "plan"
    return Time(match.start() + offset, match.end() + offset, month_start(first, 1), last, role, "plan")


# --- English -------------------------------------------------------------------------------

_EN_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)"
_EN_NUM = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,2})"
_EN = rf"""
    (?<![a-z0-9])
    (?P<lead>compared\swith|compared\sto|compared\sagainst|compare\swith|in\scomparison\swith|relative\sto|versus|vs\.?|than\s(?:(?:that|those|it|they|the\sfigure|the\slevel)\s)?(?:was\s|were\s|had\sbeen\s)?(?:in|at|of|by|for|during)?|over\sthe\s(?=same|previous|preceding|year|corresponding|prior)|from\sthe\s(?=same|previous|preceding|year|corresponding|prior)|over(?=\s\d{{4}})|up\son|down\son|up\sfrom|down\sfrom|against|on\sthe\s(?=same|previous)|above\sthat\sof|above|below|from\sa\syear|as\sagainst|of\sthe\s(?=same|corresponding)|in\sthe\s(?=same|corresponding))?\s?
    (?P<until>as\sof|as\sat|up\sto|until|till|by|as\sfar\sas|through|to)?\s?
    (?P<det>the\s)?
    (?:
      (?P<plan>1[2345]th\sfive[\s-]year\splan(?:\speriod)?|(?:twelf|thirteen|fourteen|fifteen)th\sfive[\s-]year\splan(?:\speriod)?)
     |(?P<now>now|present|at\spresent|currently|today|to\sdate|so\sfar|thus\sfar|moment|at\sthis\smoment|at\sthe\smoment|this\stime|that\sdate|these\sdays|nowadays)(?=[\s,.;:)]|$)
     |(?P<sameperiod>(?:same|corresponding)\s(?:{_EN_NUM}\s)?(?:period|months?|quarter|half|stretch|time|span|day|point)(?:\s(?:of|in|a)\s(?:the\s)?(?:year\searlier|year\sbefore|previous\syear|last\syear|year\sago|(?:19|20)\d\d))?(?:\slast\syear|\sa\syear\s(?:earlier|ago|before))?)
     |(?P<end>end|close|turn|conclusion|finish)(?:ing)?\sof\s(?:the\s)?(?:(?:month\sof\s)?(?P<emonth>{_EN_MONTH})\.?(?:\s(?:of\s)?(?P<eyear>(?:19|20)\d\d|this\syear|last\syear|the\syear))?|(?P<eyear2>(?:19|20)\d\d)|(?P<erel>this\syear|last\syear|next\syear|the\syear|year|the\sprevious\syear|the\spast\syear)|(?P<equarter>first|second|third|fourth)\squarter(?:\s(?:of\s)?(?P<eqyear>(?:19|20)\d\d|this\syear|last\syear|the\syear))?|(?P<ehalf>first|second)\shalf(?:\s(?:of\s)?(?P<ehyear>(?:19|20)\d\d|this\syear|last\syear|the\syear))?|(?P<eplan>1[2345]th\sfive[\s-]year\splan(?:\speriod)?)|(?P<eperiod>period|the\speriod|that\smonth|the\smonth|that\syear|the\squarter|quarter|the\shalf|the\ssame\speriod|same\speriod))
     |(?P<yearend>year[\s-]?end|(?P<yey>(?:19|20)\d\d)(?:'s)?\s(?:year[\s-]?end|end|close))
     |(?P<endyear>end[\s-](?P<eyy>(?:19|20)\d\d))
     |(?P<endmonth>(?:(?:end|late)[\s-](?P<emm>{_EN_MONTH})|(?P<emm2>{_EN_MONTH})[\s-]end)(?:\s(?P<emy>(?:19|20)\d\d|this\syear|last\syear))?)
     |(?:when|as|after|once|before|with)\s(?:the\s(?:month\sof\s)?)?(?P<closing>(?:(?P<cmonth>{_EN_MONTH})|(?P<cyear>(?:19|20)\d\d)|(?:the\s)?(?P<cquarter>first|second|third|fourth)\squarter|(?:the\s)?(?P<chalf>first|second)\shalf|(?P<cthe>year|quarter|period|month))(?:\s(?:of\s)?(?P<cy2>(?:19|20)\d\d|this\syear|last\syear))?\s(?:ended|ends|closed|closes|came\sto\s(?:an\send|a\sclose)|comes\sto\s(?:an\send|a\sclose)|drew\sto\s(?:an\send|a\sclose)|was\sover|is\sover|was\sout|is\sout|finished|over|concluded|closing|ending|had\sended|had\sclosed|was\sup|is\sup|runs\sout|ran\sout|wrapped\sup|was\sdone|has\sended))
     |(?P<firstn>(?:first|opening|initial)\s(?P<fn>{_EN_NUM})(?:\s(?:months?)|-months?)(?:\speriod|\sstretch)?)(?:\s(?:of\s)?(?:the\s)?(?P<fny>(?:19|20)\d\d|this\syear|last\syear|year))?
     |(?P<nmonths>(?P<nn>{_EN_NUM})[\s-]months?\s(?:period\s)?(?:to|through|ending|ended|up\sto|until|till|ending\sin|ended\sin)\s(?:the\send\sof\s)?(?P<nm>{_EN_MONTH})(?:\s(?P<nmy>(?:19|20)\d\d|this\syear|last\syear))?)
     |(?:after|through)\s(?:the\s)?(?P<nafter>(?P<an>{_EN_NUM})\smonths)(?!\sof)
     |(?P<nbefore>(?P<bn>{_EN_NUM})\smonths\sbefore\s(?P<bm>{_EN_MONTH}))
     |(?P<mform>(?P<nmn>\d{{1,2}})m(?P<nmy2>\d\d)(?!\d))
     |(?P<quarters>first\s(?P<qn>two|three|four|2|3)\squarters)(?:\s(?:of\s)?(?:the\s)?(?P<qny>(?:19|20)\d\d|this\syear|last\syear|year))?
     |(?P<half>(?P<hn>first|second|latter|opening|1st|2nd)[\s-]half(?:[\s-]year)?|first\ssix\smonths|h(?P<hd>[12])(?=\s|,|$)|(?P<hd2>[12])h(?=\d\d|\s))(?:\s?(?:of\s)?(?:the\s)?(?P<hy>(?:19|20)\d\d|this\syear|last\syear|year|\d\d(?=\s)))?
     |(?P<quarter>(?P<q>first|second|third|fourth|opening|final|last|1st|2nd|3rd|4th)[\s-]quarter|q(?P<qd>[1-4])(?=\s|,|$|\s?20)|(?P<qd2>[1-4])q(?=\d\d|\s))(?:\s?(?:of\s)?(?:the\s)?(?P<qy>(?:19|20)\d\d|this\syear|last\syear|year|\d\d(?=\s)))?
     |(?P<range>(?:between\s|from\s)?(?P<r1>{_EN_MONTH})\.?\s?(?:-|–|—|to|through|and|until|till)\s?(?P<r2>{_EN_MONTH})\.?(?![a-z]))(?:\s(?:period\s|stretch\s)?(?:(?:of|in)\s)?(?P<ry>(?:19|20)\d\d|this\syear|last\syear|the\syear))?(?:\speriod)?
     |(?P<day>(?:(?P<dm>{_EN_MONTH})\.?\s(?P<dd>\d{{1,2}})(?:st|nd|rd|th)?|(?P<dd2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<dm2>{_EN_MONTH}))(?!\d|\.\d|,\d{{3}}(?!\d)|\s?(?:million|billion|trillion|percent|%))(?:,?\s?(?P<dy>(?:19|20)\d\d)(?!\d))?)
     |(?P<iso>(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d))
     |(?P<month>(?:month\sof\s)?(?P<m>{_EN_MONTH}))\.?(?![a-z])(?:\s(?P<malone>alone|only))?(?:,?\s(?:of\s)?(?P<my>(?:19|20)\d\d|this\syear|last\syear|the\syear))?
     |(?P<range2>(?P<ry1>(?:19|20)\d\d)\s?(?:-|–|—)\s?(?P<ry2>(?:19|20)?\d\d))(?!\d)
     |(?P<whole>(?:whole|full|entire)[\s-](?:of\s)?(?:the\s)?(?:year(?:\s(?:of\s)?(?P<wy>(?:19|20)\d\d))?|(?P<wy2>(?:19|20)\d\d))|full-year|all\sof\s(?P<wy3>(?:19|20)\d\d)|year\sas\sa\swhole|year\sthrough(?=\s|,|\.)|(?:total\sannual|annual\stotal))
     |(?P<start>(?:start|beginning|outset|onset|opening)\sof\s(?:the\s)?(?P<sy>this\syear|last\syear|year|(?:19|20)\d\d))
     |(?P<relmonth>(?:previous|preceding|prior|same)\smonth|month\s(?:earlier|before|ago)|last\smonth|this\smonth|the\smonth)
     |(?P<base>(?:previous|preceding|prior|past)\syear|year\s(?:earlier|before|ago)|a\syear\s(?:earlier|before|ago)|year-earlier\speriod|year-ago\speriod)
     |(?P<year>(?:fiscal\s|year\s)?(?P<y>(?:19|20)\d\d))(?![\d,]*\d|\.\d|\s?(?:million|billion|trillion|percent|%|yuan|units|vehicles|enterprises|companies|firms|factories|projects|people|cases|base|stations|of\sthem))(?:'s)?
     |(?P<rel>this\syear|last\syear|next\syear|current\syear)(?:'s)?
     |(?P<anaphor>(?<=the\s)(?:quarter|half[\s-]year|half|(?:three|six|nine)\smonths|first\sthree\smonths|quarter\sas\sa\swhole|(?:three|six|nine)-month\speriod)(?=[\s,.;:)]|$)|annual(?=\s(?:added|value|output|growth|industrial|revenue|telecom|increase)))
     |(?P<theyear>(?<=the\s)year(?=\s(?:was|were|has|had|came|reached|rose|grew|stood|totaled)|,|\.|;|$)|(?<=for\sthe\s)year)
    )
"""


@cache
def _en_pattern() -> re.Pattern[str]:
    return re.compile(_EN, re.VERBOSE)


_EN_SEED = re.compile(
    r"(?<![a-z0-9])(?:(?:19|20)\d\d|end[\s-]|end(?=\sof)|close\sof|turn\sof|conclusion\sof|finish\sof|year|half|quarters?|months?|first|second|third|fourth|opening|initial|final|now|present|currently|today|date|far"
    r"|moment|time|same|corresponding|previous|preceding|prior|past|start|beginning|outset|onset|whole|full|entire|full-year|all\sof|total\sannual|annual\stotal|latter|last|this|next|current|late|h[12]|q[1-4]|[12]h\d\d|[1-4]q\d\d|\d{1,2}m\d\d|[12]h|[1-4]q|1[2345]th|thirteenth|fourteenth|fifteenth|twelfth|year-?end|"
    r"annual|between|from|when|as|after|once|before|with|\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?"
    + _EN_MONTH
    + rf"|{_EN_NUM}[\s-]months?|"
    + _EN_MONTH
    + r")(?![a-z])"
)
_EN_LEAD = re.compile(
    r"(?:compared\s(?:with|to|against)|in\scomparison\swith|relative\sto|versus|vs\.?|"
    r"than\s(?:(?:that|those|it|they|the\sfigure|the\slevel)\s)?(?:was\s|were\s|had\sbeen\s)?(?:in|at|of|by|for|during)?|than|over|up\son|down\son|up\sfrom|"
    r"down\sfrom|from(?:\sthat\sof)?|against|above(?:\sthat\sof)?|below(?:\sthat\sof)?|as\sagainst|on|up\sover|compared|more\sthan\sin|it\swas\sin|of|in)\s(?:the\s|a\s)?(?:end\sof\s)?\Z"
)
_EN_BASE_LEAD = re.compile(
    r"(?:compared\s(?:with|to|against)|in\scomparison\swith|relative\sto|versus|vs\.?|than(?:\s(?:that|those|it|they|the\sfigure|the\slevel))?"
    r"(?:\s(?:was|were|had\sbeen))?(?:\s(?:in|at|of|by|for|during|as\sof))?|(?:up|down|higher|lower|rise|increase|growth|gain|decline|drop|fall|change|points?|percent|%)\s(?:on|from|over|against)|as\sagainst|against(?:\sthose\sof|\sthat\sof)?|above(?:\sthat\sof)?|below(?:\sthat\sof)?|it\swas\s(?:in|at)|they\swere\s(?:in|at)|prices\sof)\s(?:the\s|a\s|that\sof\s|those\sof\s|its\slevel\sin\s|the\slevel\sof\s)*\Z"
)
_EN_OF = re.compile(r"\b(?:short|shy|ahead|out|instead)\sof\s\Z")
_EN_PRICES = re.compile(r"\s(?:constant\s|unit\s)*prices")
_EN_OVER = re.compile(r"\bover\s(?:the\s)?\Z")
_EN_UNTIL = re.compile(
    r"(as\sof|as\sat|up\sto|until|till|by|through|to|come|before|no\slater\sthan)\s(?:the\s|that\s)?(?:very\s)?\Z"
)
_EN_SINCE = re.compile(r"(?:since|starting\s(?:from|in)|beginning\s(?:from|in)|from)\s(?:the\s)?\Z")


def english(folded: str, clock: Clock, offset: int) -> list[Time]:
    """The time expressions of a folded English text; offsets are moved by ``offset``."""
    found: list[Time] = []
    position = 0
    hint: int | None = None
    while seed := _EN_SEED.search(folded, position):
        match = _en_pattern().match(folded, seed.start())
        if not match or match.end() <= seed.start():
            position = seed.end()
            continue
        time, hint = _en_time(folded, match, clock, offset, hint)
        if time is None:
            position = seed.end()
            continue
        found.append(time)
        position = time.end - offset
    return found


def _relative(text: str | None, clock: Clock) -> int | None:
    """A year as digits or as "this year"; None when the text names none."""
    if not text:
        return None
    text = text.strip()
    if text.isdigit():
        return int(text) if len(text) == 4 else 2000 + int(text)
    if text.startswith(("this", "current")):
        return clock.year
    if text.startswith("last") or "previous" in text or "past" in text:
        return clock.year - 1
    if text.startswith("next"):
        return clock.year + 1
    return None


def _en_time(
    folded: str, match: re.Match[str], clock: Clock, offset: int, hint: int | None
) -> tuple[Time | None, int | None]:
    group = match.groupdict()
    start, end = match.start(), match.end()
    lead = folded[max(0, start - 48) : start]
    while end > start and folded[end - 1] in " ,":
        end -= 1
    if group["plan"]:
        text = match[0]
        ordinals = {"twelf": "12th", "thirteen": "13th", "fourteen": "14th", "fifteen": "15th"}
        name = next((n for n in _PLANS if n in text), None) or next(
            v for k, v in ordinals.items() if k in text
        )
        first = _PLANS[name]
        return Time(
            start + offset, end + offset, month_start(first, 1), month_end(first + 4, 12), "plan", "plan"
        ), hint
    if group["now"]:
        if group["now"] in ("that date",) or (group["now"] == "this time" and "by" not in lead[-4:]):
            return None, hint
        return Time(start + offset, end + offset, None, clock.date, "now", "day"), hint
    if group["sameperiod"] or group["base"] or group["relmonth"]:
        if group["relmonth"] and group["relmonth"] in ("last month", "this month"):
            month = clock.month - 1 or 12 if group["relmonth"][0] == "l" else clock.month
            year = clock.year if group["relmonth"][0] == "t" or clock.month > 1 else clock.year - 1
            return Time(
                start + offset,
                end + offset,
                month_start(year, month),
                month_end(year, month),
                "period",
                "month",
            ), hint
        return Time(start + offset, end + offset, None, clock.date, "base", "span"), hint
    begin, finish, grain, named = _en_days(group, clock, hint, bool(_EN_UNTIL.search(lead)))
    if finish is None:
        return None, hint
    if group["month"] and group["m"] in ("may", "mar") and not _may_is_month(folded, match, group):
        return None, hint
    role = _en_role(folded, group, lead, grain, finish, clock, end)
    dated = named is not None
    if named:
        hint = named
    elif finish:
        hint = hint if hint else None
    return Time(start + offset, end + offset, begin, finish, role, grain, dated), hint


def _may_is_month(folded: str, match: re.Match[str], group: dict[str, str | None]) -> bool:
    """ "may" is a month after a preposition or beside a number, not as a verb."""
    if group["m"] == "mar":
        return bool(group["my"]) or folded[match.end() - 1] == "." or folded.startswith(".", match.end())
    if group["my"] or group["malone"]:
        return True
    return bool(
        re.search(
            r"(?:\b(?:in|of|by|to|since|until|till|through|from|end-|for|during|late|early|last|at|when|and|as)|[-–—])\s?\Z",
            folded[max(0, match.start() - 12) : match.start()],
        )
    )


def _en_role(
    folded: str, group: dict[str, str | None], lead: str, grain: str, finish: str, clock: Clock, end: int
) -> str:
    if _EN_BASE_LEAD.search(lead) and not (grain != "year" and _EN_OVER.search(lead)):
        return "base"
    if group["rel"] and _EN_OF.search(lead):
        return "base"
    if _EN_PRICES.match(folded, end):
        return "base"
    until = _EN_UNTIL.search(lead)
    if group["start"]:
        return "since"
    point = bool(
        group["end"] or group["yearend"] or group["endyear"] or group["endmonth"] or group["closing"]
    )
    if grain == "day":
        return (
            "point"
            if until and until[1] in ("as of", "as at", "up to", "by", "until", "till", "through")
            else "event"
        )
    if _EN_SINCE.search(lead) and lead.rstrip().endswith(("since", "since the")):
        return "since"
    if point or (until and until[1] in ("as of", "as at", "by", "come", "no later than", "before")):
        return "deadline" if finish > clock.date else "point"
    return "period"


def _en_days(  # noqa: PLR0911, PLR0912 - a flat table of forms
    group: dict[str, str | None], clock: Clock, hint: int | None, future: bool
) -> tuple[str | None, str | None, str, int | None]:
    """First day, last day, grain, and the year when it is named."""

    def resolve(last: int, said: str | None) -> tuple[int, int | None]:
        year = _relative(said, clock)
        if year is not None:
            return year, year
        if hint is not None and hint <= clock.year:
            return hint, None
        return clock.past(last, False), None

    if group["end"]:
        if group["emonth"]:
            month = _MONTHS[group["emonth"]]
            year, named = resolve(month, group["eyear"])
            return month_start(year, month), month_end(year, month), "month", named
        if group["equarter"]:
            last = 3 * _WORDS[group["equarter"]]
            year, named = resolve(last, group["eqyear"])
            return month_start(year, last - 2), month_end(year, last), "quarter", named
        if group["ehalf"]:
            last = 6 * _WORDS[group["ehalf"]]
            year, named = resolve(last, group["ehyear"])
            return month_start(year, last - 5), month_end(year, last), "half", named
        if group["eplan"]:
            first = _PLANS[group["eplan"][:4]]
            return month_start(first, 1), month_end(first + 4, 12), "plan", first + 4
        if group["eperiod"]:
            return None, None, "", None
        year = _relative(group["eyear2"] or group["erel"], clock) or (hint if hint else clock.year)
        return month_start(year, 1), month_end(year, 12), "year", year
    if group["yearend"] or group["endyear"]:
        year = _relative(group["yey"] or group["eyy"], clock) or (
            clock.year if clock.month > 3 or future else clock.year - 1
        )
        return month_start(year, 1), month_end(year, 12), "year", year
    if group["endmonth"]:
        month = _MONTHS[group["emm"] or group["emm2"] or ""]
        year, named = resolve(month, group["emy"])
        return month_start(year, month), month_end(year, month), "month", named
    if group["closing"]:
        if group["cmonth"]:
            month = _MONTHS[group["cmonth"]]
            year, named = resolve(month, group["cy2"])
            return month_start(year, month), month_end(year, month), "month", named
        if group["cyear"]:
            year = int(group["cyear"])
            return month_start(year, 1), month_end(year, 12), "year", year
        if group["cquarter"] or group["chalf"]:
            last = 3 * _WORDS[group["cquarter"]] if group["cquarter"] else 6 * _WORDS[group["chalf"] or ""]
            year, named = resolve(last, group["cy2"])
            return (
                month_start(year, last - (2 if group["cquarter"] else 5)),
                month_end(year, last),
                "quarter" if group["cquarter"] else "half",
                named,
            )
        if group["cthe"] == "year":
            year = hint or (clock.year if clock.month > 6 else clock.year - 1)
            return month_start(year, 1), month_end(year, 12), "year", None
        return None, None, "", None
    if group["firstn"]:
        last = _int(group["fn"] or "")
        if not 1 <= last <= 12:
            return None, None, "", None
        year, named = resolve(last, group["fny"])
        return month_start(year, 1), month_end(year, last), "ytd", named
    if group["nmonths"]:
        count, month = _int(group["nn"] or ""), _MONTHS[group["nm"] or ""]
        year, named = resolve(month, group["nmy"])
        first = month - count + 1
        begin = month_start(year, first) if first >= 1 else month_start(year - 1, first + 12)
        return begin, month_end(year, month), "ytd" if first == 1 else "span", named
    if group["nafter"]:
        last = _int(group["an"] or "")
        if not clock.month - 2 <= last < clock.month:
            return None, None, "", None
        return month_start(clock.year, 1), month_end(clock.year, last), "ytd", None
    if group["nbefore"]:
        count, month = _int(group["bn"] or ""), _MONTHS[group["bm"] or ""] - 1
        year, named = resolve(month or 12, None)
        first = (month or 12) - count + 1
        if first < 1:
            return None, None, "", None
        return month_start(year, first), month_end(year, month or 12), "ytd" if first == 1 else "span", named
    if group["mform"]:
        last, year = int(group["nmn"] or 0), 2000 + int(group["nmy2"] or 0)
        if not 1 <= last <= 12:
            return None, None, "", None
        return month_start(year, 1), month_end(year, last), "ytd", year
    if group["quarters"]:
        last = 3 * _int(group["qn"] or "")
        year, named = resolve(last, group["qny"])
        return month_start(year, 1), month_end(year, last), "ytd", named
    if group["half"]:
        name = group["hn"] or group["hd"] or group["hd2"] or "first"
        last = 6 if name in ("first", "opening", "1st", "1") else 12
        year, named = resolve(last, group["hy"])
        return month_start(year, last - 5), month_end(year, last), "half", named
    if group["quarter"]:
        name = group["q"] or group["qd"] or group["qd2"] or ""
        number = {"opening": 1, "final": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}.get(
            name
        ) or _int(name)
        if name == "last" and not group["qy"]:
            number = (clock.month - 1) // 3 or 4
        year, named = resolve(3 * number, group["qy"])
        return month_start(year, 3 * number - 2), month_end(year, 3 * number), "quarter", named
    if group["range"]:
        first, last = _MONTHS[group["r1"] or ""], _MONTHS[group["r2"] or ""]
        year, named = resolve(last, group["ry"])
        if first > last:
            return month_start(year - 1, first), month_end(year, last), "span", named
        return month_start(year, first), month_end(year, last), "ytd" if first == 1 else "span", named
    if group["day"] or group["iso"]:
        month = int(group["im"]) if group["iso"] else _MONTHS[group["dm"] or group["dm2"] or ""]
        day = int(group["id"] or group["dd"] or group["dd2"] or 0)
        year = _relative(group["iy"] or group["dy"], clock) or (
            clock.year if (month, day) <= (clock.month, clock.day + 7) else clock.year - 1
        )
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
            return None, None, "", None
        return None, f"{year:04d}-{month:02d}-{day:02d}", "day", year if group["iy"] or group["dy"] else None
    if group["month"]:
        month = _MONTHS[group["m"] or ""]
        year, named = resolve(month, group["my"])
        return month_start(year, month), month_end(year, month), "month", named
    if group["range2"]:
        first, tail = int(group["ry1"] or 0), group["ry2"] or ""
        last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
        return month_start(first, 1), month_end(max(first, last), 12), "plan", last
    if group["whole"]:
        said = _relative(group["wy"] or group["wy2"] or group["wy3"], clock)
        year = said or hint or (clock.year if clock.month >= 6 else clock.year - 1)
        return month_start(year, 1), month_end(year, 12), "year", said
    if group["start"]:
        year = _relative(group["sy"], clock) or clock.year
        return month_start(year, 1), month_end(year, 12), "year", year
    if group["anaphor"]:
        if group["anaphor"] == "annual":
            year = hint or (clock.year if clock.month >= 10 else clock.year - 1)
            return month_start(year, 1), month_end(year, 12), "year", None
        if "quarter" in group["anaphor"] or "three" in group["anaphor"]:
            last = 3 * max(0, (clock.month - 1) // 3)
            grain = "quarter"
        elif "nine" in group["anaphor"]:
            last, grain = 9, "ytd"
        else:
            last, grain = (6 if clock.month > 6 else 0), "half"
        year = clock.year if 0 < last < clock.month else clock.year - 1
        last = last or 12
        first = {"quarter": last - 2, "half": last - 5}.get(grain, 1)
        return month_start(year, first), month_end(year, last), grain, None
    if group["theyear"]:
        year = hint or (clock.year if clock.month >= 6 else clock.year - 1)
        return month_start(year, 1), month_end(year, 12), "year", None
    year = _relative(group["y"] or group["rel"], clock) or clock.year
    return month_start(year, 1), month_end(year, 12), "year", year
