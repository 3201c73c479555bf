"""Time expressions in prose: the days they mean, and what they are for."""

# ruff: noqa: E501 - a wording and what is found in it stand on one line

from __future__ import annotations

import datetime
import re
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miit_cli.reading import lexicon, times
from miit_cli.reading.spans import Time
from miit_cli.reading.times import en, forms, zh

ROLES = {"period", "point", "deadline", "base", "since", "now", "event", "plan", "span", "unknown"}


def find(language: str, text: str, date: str = "2023-07-25") -> list[Time]:
    return times.find(language, lexicon.fold(text), times.Clock(date), 0)


def shown(text: str, time: Time) -> str:
    """A time in one line: surface, days, role."""
    days = "?" if time.role == "unknown" else f"{time.begin}..{time.finish}"
    return f"{text[time.start : time.end]} = {days.replace('None', '')} {time.role}"


# text | the times in it, each "surface = first..last role"; read on 2023-07-25
ENGLISH = """
Profits grew in H1. | H1 = 2023-01-01..2023-06-30 period
Profits grew in 1H. | 1H = 2023-01-01..2023-06-30 period
In January 2023 it rose, up from 6.8 percent in December. | January 2023 = 2023-01-01..2023-01-31 period; December = 2022-12-01..2022-12-31 period
In 2023, it will come to 3 million by December. | 2023 = 2023-01-01..2023-12-31 period; December = 2023-12-01..2023-12-31 deadline
Output is expected to grow in the fourth quarter. | fourth quarter = 2023-10-01..2023-12-31 period
Output grew in the fourth quarter. | fourth quarter = 2022-10-01..2022-12-31 period
China sold 507,000 NEVs last year. | last year = 2022-01-01..2022-12-31 period
Sales rose compared with that in April. | April = 2023-04-01..2023-04-30 base
In January-July, 2022, it grew. | January-July, 2022 = 2022-01-01..2022-07-31 period
From January to July 2022 it grew. | From January to July 2022 = 2022-01-01..2022-07-31 period
In the January-to-June stretch it grew. | January-to-June stretch = 2023-01-01..2023-06-30 period
From November 2022 to February 2023 it grew. | From November 2022 to February 2023 = 2022-11-01..2023-02-28 period
In April and May 2022 it grew. | April = 2022-04-01..2022-04-30 period; May 2022 = 2022-05-01..2022-05-31 period
January 1 to June 30, 2023 | January 1 to June 30, 2023 = 2023-01-01..2023-06-30 period
In Jul-22 it grew. | Jul-22 = 2022-07-01..2022-07-31 period
In 2022-07 it grew. | 2022-07 = 2022-07-01..2022-07-31 period
In 07/2022 it grew. | 07/2022 = 2022-07-01..2022-07-31 period
In 14/2022 it grew. | 14/2022 = ? unknown
In 2022Q3 it grew. | 2022Q3 = 2022-07-01..2022-09-30 period
In 2022-Q3 it grew. | 2022-Q3 = 2022-07-01..2022-09-30 period
In 3Q22 it grew. | 3Q22 = 2022-07-01..2022-09-30 period
In Q3 2022 it grew. | Q3 2022 = 2022-07-01..2022-09-30 period
In Q1, it grew. | Q1 = 2023-01-01..2023-03-31 period
In Q1-Q3 2022 it grew. | Q1-Q3 2022 = 2022-01-01..2022-09-30 period
It went from 3% in Q1 to 4.5% in Q2. | Q1 = 2023-01-01..2023-03-31 period; Q2 = 2023-04-01..2023-06-30 period
In the July-September quarter of 2022 it grew. | July-September quarter of 2022 = 2022-07-01..2022-09-30 period
In the September quarter it grew. | September quarter = 2022-07-01..2022-09-30 period
In the third quarter it grew. | third quarter = 2022-07-01..2022-09-30 period
In the first and second quarters it grew. | first = 2023-01-01..2023-03-31 period; second quarters = 2023-04-01..2023-06-30 period
In the first three quarters of 2022 it grew. | first three quarters of 2022 = 2022-01-01..2022-09-30 period
In the quarter ended September 30, 2022 it grew. | quarter ended September 30, 2022 = 2022-07-01..2022-09-30 period
In 2023H1 it grew. | 2023H1 = 2023-01-01..2023-06-30 period
In H1 it grew. | H1 = 2023-01-01..2023-06-30 period
In 1H22 it grew. | 1H22 = 2022-01-01..2022-06-30 period
First-half growth was slow. | First-half = 2023-01-01..2023-06-30 period
For the six months ended June 30, 2023, it grew. | six months ended June 30, 2023 = 2023-01-01..2023-06-30 period
In the six months to June it grew. | six months to June = 2023-01-01..2023-06-30 period
In the year to June 2022 it grew. | year to June 2022 = 2021-07-01..2022-06-30 period
In six months, 3 million were made. | six months = 2023-01-01..2023-06-30 period
In four months it will be over. |
The six-month tally is out. | six-month = 2023-01-01..2023-06-30 period
Half-year sales are out. | Half-year = 2023-01-01..2023-06-30 period
In the second quarter it rose by 4.4 percent, after a fall in the first. | second quarter = 2023-04-01..2023-06-30 period; first = 2023-01-01..2023-03-31 period
It came first, with the growth in the second quarter at 7 percent. | second quarter = 2023-04-01..2023-06-30 period
In the year so far it grew. | year so far = 2023-01-01..2023-07-25 now
In the coming year it will grow. | coming year = 2024-01-01..2024-12-31 period
In the first 7M it grew. | first 7M = 2023-01-01..2023-07-31 period
In 9M 2022 it grew. | 9M 2022 = 2022-01-01..2022-09-30 period
In the opening two months it grew. | opening two months = 2023-01-01..2023-02-28 period
It grew through May. | May = 2023-01-01..2023-05-31 period
In the first ten days of June it grew. | first ten days of June = 2023-06-01..2023-06-10 period
In FY2022 it grew. | FY2022 = 2022-01-01..2022-12-31 period
In calendar 2022 it grew. | calendar 2022 = 2022-01-01..2022-12-31 period
In full-year 2022 it grew. | full-year 2022 = 2022-01-01..2022-12-31 period
In the year 2022 it grew. | year 2022 = 2022-01-01..2022-12-31 period
In 2022 as a whole it grew. | 2022 as a whole = 2022-01-01..2022-12-31 period
Over the 2016-2020 period it grew. | 2016-2020 period = 2016-01-01..2020-12-31 period
From 2016 to 2020 it grew. | 2016 to 2020 = 2016-01-01..2020-12-31 period
From 2016 to 2020 it grew from 5 to 8 million. | 2016 = 2016-01-01..2016-12-31 period; 2020 = 2020-01-01..2020-12-31 period
Over the five years to 2022 it grew. | five years to 2022 = 2018-01-01..2022-12-31 period
It reached 5 by the end of last June. | end of last June = 2023-06-01..2023-06-30 point
It reached 5 at the end of 2022. | end of 2022 = 2022-01-01..2022-12-31 point
It reached 5 at end-June. | end-June = 2023-06-01..2023-06-30 point
It reached 5 at mid-year. | mid-year = 2023-01-01..2023-06-30 point
It is to reach 5 by 2025. | 2025 = 2025-01-01..2025-12-31 deadline
So far this year it grew. | So far this year = 2023-01-01..2023-07-25 now
It rose year to date. | year to date = 2023-01-01..2023-07-25 now
The plan of July 20, 2023 says so. | July 20, 2023 = ..2023-07-20 event
In early June it was said. | early June = ..2023-06-30 event
It was said last week. | last week = ..2023-07-25 event
It has grown since 2012. | 2012 = 2012-01-01..2012-12-31 since
In the first half of 2023 it grew 3.8% versus 3.4% a year earlier. | first half of 2023 = 2023-01-01..2023-06-30 period; a year earlier = 2022-01-01..2022-06-30 base
It was below that of the same period of last year. | same period of last year = ..2023-07-25 base
There were five million five years ago. | five years ago = ..2018-07-25 base
It is 862,000 more than at the end of 2022. | end of 2022 = 2022-01-01..2022-12-31 base
It is up by 862,000 from the end of 2022. | end of 2022 = 2022-01-01..2022-12-31 base
It is up 5% from 2022. | 2022 = 2022-01-01..2022-12-31 base
Compared with 2020 it doubled. | 2020 = 2020-01-01..2020-12-31 base
At 2020 constant prices it doubled. | 2020 = 2020-01-01..2020-12-31 base
At the constant price of last year it doubled. | last year = 2022-01-01..2022-12-31 base
Firms whose revenue exceeded 5 million last year grew. | last year = 2022-01-01..2022-12-31 base
In the first 14 months it grew. | first 14 months = ? unknown
In the fifth quarter it grew. | fifth quarter = ? unknown
In Q7 2022 it grew. | Q7 2022 = ? unknown
On the 32nd of May it grew. | 32nd of May = ? unknown
On February 30, 2023 it grew. | February 30, 2023 = ? unknown
In the past 12 months it grew. | past 12 months = ? unknown
In the first week of July it grew. | first week of July = ? unknown
It was the fastest growth in the past five years. | past five years = ..2023-07-25 base
In the 1990s it grew. | 1990s = ? unknown
On 03/04/2023 it grew. | 03/04/2023 = ? unknown
It may rise in may. | may = 2023-05-01..2023-05-31 period
In May 40 firms grew. | May = 2023-05-01..2023-05-31 period
China had 2023 national green factories. |
The Q7 is a car and h5 a page. |
"""

CHINESE = """
2020—2024年从31.3万亿元增长到40.5万亿元。 | 2020—2024年 = 2020-01-01..2024-12-31 period
2022年一、二、三季度增速分别为1%、2%和3%。 | 2022年 = 2022-01-01..2022-12-31 period; 一 = 2022-01-01..2022-03-31 period; 二 = 2022-04-01..2022-06-30 period; 三季度 = 2022-07-01..2022-09-30 period
一、二季度分别增长1%和2%。 | 一 = 2023-01-01..2023-03-31 period; 二季度 = 2023-04-01..2023-06-30 period
一、二季度合计增长2%。 | 一、二季度 = 2023-01-01..2023-06-30 period
来年力争增长5%。 | 来年 = 2024-01-01..2024-12-31 period
6月产量为1997年有统计以来最高；前6个月增长3%。 | 6月 = 2023-06-01..2023-06-30 period; 1997年 = 1997-01-01..1997-12-31 base; 前6个月 = 2023-01-01..2023-06-30 period
2022全年增长。 | 2022全年 = 2022-01-01..2022-12-31 period
2022年度增长。 | 2022年度 = 2022-01-01..2022-12-31 period
2022年Q3增长。 | 2022年Q3 = 2022-07-01..2022-09-30 period
2022年第3个月增长。 | 2022年第3个月 = 2022-03-01..2022-03-31 period
2022年第14个月增长。 | 2022年第14个月 = ? unknown
2022/07，增长。 | 2022/07 = 2022-07-01..2022-07-31 period
2022年Q1-Q3增长。 | 2022年Q1-Q3 = 2022-01-01..2022-09-30 period
Q1~Q3增长。 | Q1~Q3 = 2022-01-01..2022-09-30 period
1、2月份利润增长。 | 1、2月份 = 2023-01-01..2023-02-28 period
1、2月份分别增长2%和3%。 | 1 = 2023-01-01..2023-01-31 period; 2月份 = 2023-02-01..2023-02-28 period
4/5/6月增长。 | 4 = 2023-04-01..2023-04-30 period; 5 = 2023-05-01..2023-05-31 period; 6月 = 2023-06-01..2023-06-30 period
2022Q3增长。 | 2022Q3 = 2022-07-01..2022-09-30 period
首季增长。 | 首季 = 2023-01-01..2023-03-31 period
今年首季增长。 | 今年首季 = 2023-01-01..2023-03-31 period
次季增长。 | 次季 = 2023-04-01..2023-06-30 period
第二季增长。 | 第二季 = 2023-04-01..2023-06-30 period
首7个月增长。 | 首7个月 = 2023-01-01..2023-07-31 period
首两月增长。 | 首两月 = 2023-01-01..2023-02-28 period
首三季增长。 | 首三季 = 2022-01-01..2022-09-30 period
今(二○二二)年前三季增长。 | 今(二○二二)年前三季 = 2022-01-01..2022-09-30 period
民国111年增长。 | 民国111年 = 2022-01-01..2022-12-31 period
二〇二二年增长。 | 二〇二二年 = 2022-01-01..2022-12-31 period
上半年度增长。 | 上半年度 = 2023-01-01..2023-06-30 period
1—7月份增长。 | 1—7月份 = 2023-01-01..2023-07-31 period
2022年11月—2023年1月增长。 | 2022年11月—2023年1月 = 2022-11-01..2023-01-31 period
去年12月至今年2月增长。 | 去年12月至今年2月 = 2022-12-01..2023-02-28 period
1月1日至6月30日增长。 | 1月1日至6月30日 = 2023-01-01..2023-06-30 period
二、三季度增长。 | 二、三季度 = 2022-04-01..2022-09-30 period
上月增长。 | 上月 = 2023-06-01..2023-06-30 period
5月增长，当月新增。 | 5月 = 2023-05-01..2023-05-31 period; 当月 = 2023-05-01..2023-05-31 period
2012年至2021年下降。 | 2012年至2021年 = 2012-01-01..2021-12-31 period
从2013年到2020年，从21亿元增长到31亿元。 | 2013年 = 2013-01-01..2013-12-31 period; 到2020年 = 2020-01-01..2020-12-31 point
去年的颓势已改，前7个月增长。 | 去年 = 2022-01-01..2022-12-31 period; 前7个月 = 2023-01-01..2023-07-31 period
预计四季度增长。 | 四季度 = 2023-10-01..2023-12-31 period
四季度增长。 | 四季度 = 2022-10-01..2022-12-31 period
截至6月末，共有。 | 截至6月末 = 2023-06-01..2023-06-30 point
到2025年，将达到。 | 到2025年 = 2025-01-01..2025-12-31 deadline
“十四五”末 | “十四五”末 = 2021-01-01..2025-12-31 deadline
自2012年以来增长。 | 2012年以来 = 2012-01-01..2012-12-31 since
7月上旬公布。 | 7月上旬 = ..2023-07-31 event
较上年末增长。 | 较上年末 = 2022-01-01..2022-12-31 base
比2020年增长。 | 比2020年 = 2020-01-01..2020-12-31 base
与2020年相比增长。 | 2020年 = 2020-01-01..2020-12-31 base
按照上年不变价计算。 | 按照上年 = 2022-01-01..2022-12-31 base
2020年不变价计算。 | 2020年 = 2020-01-01..2020-12-31 base
上年营业收入500万元以上的企业。 | 上年 = 2022-01-01..2022-12-31 base
高于去年同期。 | 高于去年同期 = 2022-01-01..2022-12-31 base
三年前只有5万个。 | 三年前 = ..2020-07-25 base
由二季度下降3%转为增长。 | 二季度 = 2023-04-01..2023-06-30 period
此前22个月增长。 | 此前22个月 = ? unknown
前14个月增长。 | 前14个月 = ? unknown
第5季度增长。 | 第5季度 = ? unknown
13月增长。 | 13月 = ? unknown
2月30日增长。 | 2月30日 = ? unknown
过去五年增长。 | 过去五年 = ? unknown
增速为五年来最快。 | 五年来 = ..2023-07-25 base
春节期间增长。 | 春节期间 = ? unknown
同期增长。 |
"""


def cases(table: str) -> list[tuple[str, str]]:
    rows = [line.split(" |", 1) for line in table.strip().splitlines()]
    return [(text, found.strip()) for text, found in rows]


@pytest.mark.parametrize(("text", "found"), cases(ENGLISH), ids=lambda text: text[:40])
def test_english(text: str, found: str) -> None:
    assert "; ".join(shown(text, time) for time in find("en", text)) == found


@pytest.mark.parametrize(("text", "found"), cases(CHINESE), ids=lambda text: text[:40])
def test_chinese(text: str, found: str) -> None:
    assert "; ".join(shown(text, time) for time in find("zh", text)) == found


def test_the_end_of_the_year_in_a_review_is_that_of_the_year_before() -> None:
    assert [time.finish for time in find("zh", "年末，共有5万个。", "2023-01-20")] == ["2022-12-31"]
    assert [time.finish for time in find("zh", "力争年末达到5万个。", "2023-01-20")] == ["2023-12-31"]


# --- numbers of months, quarters, days and years that there are, and that there are not ---

NUMBERS = (*range(41), 100, 9999)
WORDS = ("zero", "one", "seven", "twelve", "thirteen", "nineteen", "twenty", "ninety")
MONTHS = ("January", "Feb", "May", "Sept.", "December")
ENGLISH_FRAMES = (
    *("the first {n} months", "the first {n} months of 2022", "{n} months to {m}", "{n}-month period ended in {m} 2022"),
    *("{n} months ended {m} {n}", "{m} {n}", "{m} {n}, 2022", "{n} {m}", "{n} {m} 2022", "the {n}th of {m}", "{m}-{n}"),
    *("Q{n}", "Q{n} 2022", "2022Q{n}", "{n}Q22", "H{n}", "{n}H22", "2022H{n}", "Q{n} to Q{n}", "Q1-Q{n} 2022", "{n}M22"),
    *("the {n}th quarter", "the {n}th quarter of last year", "end of the {n}th quarter", "the {n}th half of 2022"),
    *("first {n} quarters", "the {n}th Five-Year Plan", "end of the {n}th Five-Year Plan", "{n} years ago", "{n} months earlier"),
    *("{n} years to 2022", "the past {n} years", "the next {n} years", "the first {n} days of {m}", "{m} {n} to {m} {n}"),
    *("{m} {n} to {n}", "{n} {m} to {n} {m} 2023", "2022-{n}", "2022-{n}-{n}", "{n}/{n}/2022", "2022.{n}.{n}", "20{n}-20{n}"),
    *("{m} 20{n}", "{m} 2022 to {m} 20{n}", "from 20{n} to 20{n}", "FY{n}", "'{n}", "the {n}th month of the year", "{n} months"),
    *("{n} months before {m}", "after {n} months", "the {n} months", "when the {n}th quarter ended", "end of the first {n} months"),
)  # fmt: skip
CHINESE_FRAMES = (
    *("{n}月", "{n}月末", "2022年{n}月", "{n}月{n}日", "{n}月{n}日至{n}月{n}日", "1—{n}月", "{n}—{n}月份", "{n}至12月", "2022年{n}月—2023年{n}月"),
    *("前{n}个月", "首{n}个月", "今年前{n}月", "此前{n}个月", "近{n}个月", "第{n}季度", "{n}季度末", "前{n}季度", "首{n}季", "第{n}季"),
    *("{n}、{n}季度", "一至{n}季度", "Q{n}", "2022Q{n}", "2022年Q{n}", "{n}Q22", "2022H{n}", "{n}年前", "近{n}年", "{n}年来", "未来{n}年"),
    *("第{n}个五年规划", "民国{n}年", "2022.{n}月", "2022-{n}-{n}", "{n}、{n}、6三个月", "20{n}年", "20{n}—20{n}年", "去年{n}月至今年{n}月"),
    *("{n}周前", "{n}天前", "较{n}月末", "截至{n}月底", "到20{n}年底", "{n}月上旬", "过去{n}年间", "今(20{n})年{n}月"),
)  # fmt: skip
HAN = ("零", "一", "两", "十", "十一", "十二", "十三", "二十二", "四十", "一百", "九千")


def filled(frames: tuple[str, ...], numbers: tuple[object, ...]) -> list[str]:
    return [
        frame.format(n=n, m=MONTHS[at % len(MONTHS)])
        for frame, (at, n) in product(frames, enumerate(numbers))
    ]


def assert_sound(language: str, text: str, date: str) -> None:
    """Spans in order and inside the text, roles that there are, and days that there are."""
    found = find(language, text, date)
    assert all(0 <= time.start < time.end <= len(text) for time in found), text
    assert all(one.end <= two.start for one, two in pairwise(found)), text
    assert {time.role for time in found} <= ROLES, text
    for time in found:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", time.finish), text
        assert time.begin is None or re.fullmatch(r"\d{4}-(?:0\d|1[0-2])-\d\d", time.begin), text
        assert time.begin is None or time.begin <= time.finish, text


@pytest.mark.parametrize("date", ["2023-01-31", "2024-02-29", "2023-07-25", "2022-12-31"])
def test_no_number_of_a_period_raises(date: str) -> None:
    for text in filled(ENGLISH_FRAMES, (*NUMBERS, *WORDS)):
        assert_sound("en", f"In {text}, output rose 5%.", date)
    for text in filled(CHINESE_FRAMES, (*NUMBERS, *HAN)):
        assert_sound("zh", f"{text}，增长5%。", date)


@pytest.mark.parametrize("number", [13, 22, 40])
def test_a_period_that_there_is_not_is_not_replaced_by_another(number: int) -> None:
    english = (
        "the first {n} months of 2022",
        "2022Q{n}",
        "the {n}th quarter",
        "the {n}th of May, 2022",
        "Q1-Q{n} 2022",
    )
    chinese = (
        "{n}月",
        "2022年{n}月",
        "1—{n}月",
        "前{n}个月",
        "第{n}季度",
        "2月{m}日",
        "2022年{n}月末",
        "较{n}月",
    )
    day = number + 20
    for frame in english:
        written = f"In {frame.format(n=day if 'May' in frame else number)} output rose."
        assert [time.role for time in find("en", written)] == ["unknown"], written
    for frame in chinese:
        written = frame.format(n=number, m=day) + "增长。"
        assert [time.role for time in find("zh", written)] == ["unknown"], written


PIECES = {
    "en": (
        *("January", " to ", "-", "June", " 30", ", 2022", "2022", "2023", "Q", "H", "3", "12", "99", "first ", "third "),
        *("quarter", "half", " of ", "the ", "end of ", "last ", "year", "months", "six ", "five-year plan", "th", "past "),
        *("ago", "earlier", "than ", "from ", "by ", "since ", "mid-", "FY", "/", ".", "'", "and ", "decade", "week", "may"),
    ),
    "zh": (
        *("1", "7", "12", "99", "2022", "年", "月", "日", "季度", "个", "前", "首", "第", "上", "下", "半年", "末", "底", "初"),
        *("—", "至", "到", "、", "（", "）", "今年", "去年", "上年", "同期", "较", "截至", "以来", "十四五", "五", "十", "二"),
        *("近", "来", "当月", "上月", "民国", "未来", "Q", "季", "全年", "不变价", "相比", "零", "○", "上旬", "期间", "春节"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
@given(data=st.data(), date=st.dates(min_value=datetime.date(1999, 1, 1)).map(str))
def test_any_text_is_searched(language: str, data: st.DataObject, date: str) -> None:
    pieces = st.sampled_from(PIECES[language]) | st.text(max_size=3)
    assert_sound(language, "".join(data.draw(st.lists(pieces, max_size=12))), date)


@pytest.mark.parametrize(("language", "days"), [("en", en._DAYS), ("zh", zh._DAYS)])
def test_every_form_of_the_data_has_its_days(language: str, days: dict[str, object]) -> None:
    assert {form.name for form in forms.forms(language)} <= days.keys()
