"""Labels of periods, and what users may type for them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miit_cli.errors import UsageError
from miit_cli.periods import (
    SelectorKind,
    day,
    known_period,
    label,
    month_end,
    parse,
    parse_period,
    season,
    shape,
    words,
)

DOCUMENTS = ("2023-01-11-work-conference", "2023-03-01-press-conference", "2023-07-25-symposium", "通报-2024")

LABELS = """
-          2022-12-31 2022
-          2022-06-30 2022-06
-          2022-07-31 2022-07
-          2024-02-29 2024-02
-          2024-02-28 2024-02-28
-          2023-03-01 2023-03-01
2022-01-01 2022-12-31 2022
2022-01-01 2022-06-30 2022-H1
2022-07-01 2022-12-31 2022-H2
2022-01-01 2022-03-31 2022-Q1
2022-07-01 2022-09-30 2022-Q3
2022-10-01 2022-12-31 2022-Q4
2022-07-01 2022-07-31 2022-07
2024-02-01 2024-02-29 2024-02
2024-02-01 2024-02-28 2024-02-01..2024-02-28
2022-01-01 2022-02-28 2022-01..2022-02
2022-01-01 2022-07-31 2022-01..2022-07
2021-07-01 2022-03-31 2021-07..2022-03
2012-01-01 2022-12-31 2012..2022
2022-03-01 2022-03-07 2022-03-01..2022-03-07
2022-03-01 2022-03-01 2022-03-01
2022-01-15 2022-06-30 2022-01-15..2022-06-30
"""


@pytest.mark.parametrize(("start", "end", "expected"), [line.split() for line in LABELS.strip().splitlines()])
def test_label(start: str, end: str, expected: str) -> None:
    assert label(None if start == "-" else start, end) == expected


SELECTORS = """
2022                   year  2022                   2022-01-01 2022-12-31
2022H1                 part  2022-H1                2022-01-01 2022-06-30
2022-h2                part  2022-H2                2022-07-01 2022-12-31
2022Q3                 part  2022-Q3                2022-07-01 2022-09-30
2022-q4                part  2022-Q4                2022-10-01 2022-12-31
2022-07                month 2022-07                2022-07-01 2022-07-31
2024-02                month 2024-02                2024-02-01 2024-02-29
1900-02                month 1900-02                1900-02-01 1900-02-28
2022-03-01             day   2022-03-01             2022-03-01 2022-03-01
2022-01..2022-07       range 2022-01..2022-07       2022-01-01 2022-07-31
2012..2022             range 2012..2022             2012-01-01 2022-12-31
2021Q3..2022-Q1        range 2021-Q3..2022-Q1       2021-07-01 2022-03-31
2022-03-01..2022-03-07 range 2022-03-01..2022-03-07 2022-03-01 2022-03-07
"""


@pytest.mark.parametrize("line", SELECTORS.strip().splitlines())
def test_selector(line: str) -> None:
    typed, kind, text, start, end = line.split()
    assert parse(f" {typed} ", DOCUMENTS) == (text, SelectorKind(kind), start, end, "")


@pytest.mark.parametrize(
    "typed",
    [
        *("", "foo", "199", "20222", "0999", "2022-", "2022-13", "2022-00", "2022-7", "2022-07-", "2022--07"),
        *("2022-02-30", "2022-07-00", "2022-07-1", "2022H3", "2022Q5", "2022 H1", "2022H1x", "20220731"),
        *("2022..", "..2022", "2022..2023..2024", "2022..foo", "２０２２", "²⁰²²", "2022-0²"),
    ],
)
def test_neither_period_nor_document(typed: str) -> None:
    with pytest.raises(UsageError) as error:
        parse(typed, DOCUMENTS)
    assert str(error.value) == (
        f"'{typed}' is no period (2022, 2022-H1, 2022-Q3, 2022-07, 2022-01..2022-07 or 2022-07-31)"
        " and no document: 'miit docs' lists the documents"
    )


def test_a_range_that_ends_before_it_begins() -> None:
    with pytest.raises(
        UsageError, match=r"^the period '2022-07..2022-01' ends before it begins: write it as"
    ):
        parse("2022-07..2022-01")


def test_documents_by_name_and_by_beginning() -> None:
    assert parse("2023-01-11-work-conference", DOCUMENTS)[:2] == (
        "2023-01-11-work-conference",
        SelectorKind.DOCUMENT,
    )
    assert parse("2023-07-25-s", DOCUMENTS).text == "2023-07-25-symposium"
    assert parse("通报", DOCUMENTS).text == "通报-2024"
    with pytest.raises(
        UsageError, match=r"^'2023-0' begins the names of 3 documents \(.*\): write more of it$"
    ):
        parse("2023-0", DOCUMENTS)


def test_a_whole_name_is_not_ambiguous() -> None:
    assert parse("plan", ["plan", "plan-b"]).text == "plan"


def test_a_period_comes_before_a_document() -> None:
    assert parse("2023", DOCUMENTS).kind is SelectorKind.YEAR
    assert parse("2023-07", DOCUMENTS) == ("2023-07", SelectorKind.MONTH, "2023-07-01", "2023-07-31", "")


def test_a_day_keeps_the_document_that_it_begins() -> None:
    assert parse("2023-07-25", DOCUMENTS) == (
        *("2023-07-25", SelectorKind.DAY, "2023-07-25", "2023-07-25"),
        "2023-07-25-symposium",
    )
    assert parse("2023-07-25", ["2023-07-25-a", "2023-07-25-b"]).document == ""


def test_days_for_the_filters() -> None:
    assert known_period("2022-H2", "--since").start == "2022-07-01"
    assert known_period("2022-H1", "--until").end == "2022-06-30"
    assert day("2023-03-01") == "2023-03-01"
    with pytest.raises(UsageError, match=r"^--since needs a period, not 'spring': write 2022, "):
        known_period("spring", "--since")
    with pytest.raises(UsageError, match=r"^--as-of needs a day such as 2023-03-01, not '2023-03'$"):
        day("2023-03")


def test_what_may_be_a_document() -> None:
    for text in ("2022", "2023-07", "2023H1", "2023-07-24"):
        assert not parse(text, DOCUMENTS).may_be_document
    for text in ("2023-07-25", "2023-07-25-symposium"):
        assert parse(text, DOCUMENTS).may_be_document


SHAPES = """
-          2022-07-31 stock
2022-01-01 2022-12-31 year
2022-01-01 2022-06-30 half-year
2022-07-01 2022-12-31 half-year
2022-04-01 2022-06-30 quarter
2022-07-01 2022-07-31 month
2022-01-01 2022-07-31 01..07+0
2021-07-01 2022-03-31 07..03+1
2012-01-01 2022-12-31 11_years
2022-03-01 2022-03-01 day
2022-03-01 2022-03-07 03-01..03-07+0
"""


@pytest.mark.parametrize(("start", "end", "expected"), [line.split() for line in SHAPES.strip().splitlines()])
def test_shape(start: str, end: str, expected: str) -> None:
    assert shape(None if start == "-" else start, end) == expected.replace("_", " ")


def test_leap_years_do_not_change_the_shape() -> None:
    assert shape("2023-01-01", "2023-02-28") == shape("2024-01-01", "2024-02-29") == "01..02+0"


def test_season_tells_the_halves_of_a_year_apart() -> None:
    assert season("2022-01-01", "2022-06-30") == season("2023-01-01", "2023-06-30")
    assert season("2022-01-01", "2022-06-30") != season("2022-07-01", "2022-12-31")


def test_words() -> None:
    assert words("2022-01-01", "2022-07-31") == "January to July 2022"
    assert words("2022-07-01", "2022-07-31") == "July 2022"
    assert words("2021-07-01", "2022-03-31") == "July 2021 to March 2022"
    assert words("2022-03-01", "2022-03-07") == "2022-03-01 to 2022-03-07"
    assert words(None, "2022-07-31") == "2022-07-31"


days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(days)
def test_month_end_is_the_calendars(moment: date) -> None:
    last = calendar.monthrange(moment.year, moment.month)[1]
    assert month_end(moment.isoformat()[:7]) == moment.replace(day=last).isoformat()


@given(days, st.integers(0, 4000))
def test_the_label_of_a_period_selects_it(start: date, length: int) -> None:
    end = start + timedelta(length)
    selector = parse_period(label(start.isoformat(), end.isoformat()))
    assert selector is not None
    assert (selector.start, selector.end) == (start.isoformat(), end.isoformat())


@given(days)
def test_the_label_of_a_stock_selects_its_day(moment: date) -> None:
    selector = parse_period(label(None, moment.isoformat()))
    assert selector is not None
    assert selector.end == moment.isoformat()


@given(st.text(max_size=30))
def test_any_text_is_a_selector_or_a_usage_error(text: str) -> None:
    try:
        selector = parse(text, DOCUMENTS)
    except UsageError as error:
        assert "\n" not in str(error) or "\n" in text.strip()
    else:
        assert selector.text
