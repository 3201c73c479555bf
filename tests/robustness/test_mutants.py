"""What a mutation of the rules changed without any other test noticing: each is pinned here."""

from __future__ import annotations

from decimal import Decimal

import pytest

from miit_cli.bounds import Hedged, change, reaches, rounds, same_figure, supports
from miit_cli.reading import numbers as numerals
from miit_cli.reading.numbers import values
from miit_cli.reading.times import clock
from miit_cli.reading.times.clock import Clock


def hedged(value: str, bound: str = "exact") -> Hedged:
    return Hedged(Decimal(value), bound)


@pytest.mark.parametrize(
    ("after", "percent"),
    [
        (hedged("0", "lower"), "-100"),  # down to more than nothing is still a percentage
        (hedged("0.5", "lower"), "-90"),
        (hedged("-0.5", "lower"), None),  # down to a hedged loss is none
        (hedged("-0.5", "upper"), None),
        (hedged("-3", "approx"), None),
        (hedged("-3"), "-160"),
    ],
    ids=str,
)
def test_percentages_at_and_below_nothing(after: Hedged, percent: str | None) -> None:
    found = change(hedged("5"), after).percent
    assert found == (None if percent is None else Decimal(percent))


def test_a_rounding_begins_at_thousands() -> None:
    assert not rounds(Decimal(12340), Decimal(12300))
    assert rounds(Decimal(12340), Decimal(12000))
    assert not rounds(Decimal(12501), Decimal(12000))
    assert rounds(Decimal(12500), Decimal(12000))


def test_one_figure_reaches_as_far_as_half_a_percent() -> None:
    assert same_figure(Decimal(1_194_000), Decimal(1_200_000))
    assert not same_figure(Decimal(1_193_999), Decimal(1_200_000))


@pytest.mark.parametrize(
    ("actual", "target", "reached"),
    [
        ("-0.7", "-0.5", True),  # a decline is reached by as much or more of it
        ("-0.3", "-0.5", False),
        ("0.7", "0.5", True),
        ("0.3", "0.5", False),
        ("0.2", "0", True),
        ("0", "0", True),
        ("-0.2", "0", False),
    ],
)
def test_targets_close_to_nothing(actual: str, target: str, reached: bool) -> None:
    assert reaches(hedged(actual), hedged(target)) is reached


def test_about_reaches_no_further_than_its_tolerance() -> None:
    claim = hedged("100", "approx")
    assert supports(hedged("105"), claim) is True
    assert supports(hedged("106"), claim) is False
    assert supports(hedged("200"), claim) is False
    assert supports(hedged("104", "lower"), claim) is True
    assert supports(hedged("200", "lower"), claim) is False


SCALES = {
    **dict.fromkeys(("thousand", "k"), 10**3),
    **dict.fromkeys(("million", "mln", "mn", "m"), 10**6),
    **dict.fromkeys(("billion", "bln", "bn", "b"), 10**9),
    **dict.fromkeys(("trillion", "trn", "tn"), 10**12),
}


@pytest.mark.parametrize("scale", SCALES)
def test_every_way_to_write_a_scale(scale: str) -> None:
    apart = "" if len(scale) == 1 else " "
    assert [q.value for q in numerals.find("en", f"reached 5.5{apart}{scale} yuan", 0)] == [
        5.5 * SCALES[scale]
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("hundred", 100),
        ("three hundred", 300),
        ("two hundred thousand", 200000),
        ("a hundred and one", 101),
        ("four billion", 4 * 10**9),
        ("six trillion two million", 6 * 10**12 + 2 * 10**6),
        ("ninety-nine", 99),
    ],
)
def test_english_words(written: str, value: int) -> None:
    assert values.english_number(written) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("二〇二二", "2022"),
        ("零", "0"),
        ("两百", "200"),
        ("十", "10"),
        ("一百零五", "105"),
        ("亿", "100000000"),
        ("万", "10000"),
        ("一点〇五", "1.05"),
        ("两点五万亿", "2500000000000"),
    ],
)
def test_chinese_words(written: str, value: str) -> None:
    assert values.chinese_number(written) == Decimal(value)


def test_a_fraction_is_a_percentage_to_one_decimal_where_it_is_not_exact() -> None:
    assert values.percentage(Decimal(1), Decimal(3)) == Decimal("33.3")
    assert values.percentage(Decimal(2), Decimal(3)) == Decimal("66.7")
    assert values.percentage(Decimal(3), Decimal(8)) == Decimal("37.5")
    assert values.percentage(Decimal(1), Decimal(16)) == Decimal("6.25")


# the calendar

JULY = Clock("2023-07-25")


@pytest.mark.parametrize(
    ("date", "last_month", "year"),
    [
        ("2023-07-14", 7, 2022),
        ("2023-07-15", 7, 2023),
        ("2023-07-16", 7, 2023),
        ("2023-07-01", 6, 2023),
        ("2023-07-31", 8, 2022),
        ("2023-07-31", 12, 2022),
        ("2023-01-02", 12, 2022),
    ],
)
def test_a_month_is_told_of_from_its_middle_on(date: str, last_month: int, year: int) -> None:
    assert Clock(date).past(last_month) == year


@pytest.mark.parametrize(
    ("month", "day", "year"),
    [(7, 20, 2023), (7, 25, 2023), (7, 32, 2023), (7, 33, 2022), (8, 1, 2022), (12, 31, 2022), (1, 1, 2023)],
)
def test_a_day_without_a_year_is_past_or_of_the_week_to_come(month: int, day: int, year: int) -> None:
    assert JULY.year_of_day(month, day) == year


def test_the_year_that_is_reviewed() -> None:
    assert [Clock(f"2023-{month:02d}-15").reviewed() for month in (1, 5, 6, 7, 12)] == [
        2022,
        2022,
        2023,
        2023,
        2023,
    ]
    assert [Clock(f"2023-{month:02d}-15").reviewed(10) for month in (9, 10, 11)] == [2022, 2023, 2023]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (clock.part("half", 2023, 6), ("2023-01-01", "2023-06-30", "half")),
        (clock.part("half", 2023, 12), ("2023-07-01", "2023-12-31", "half")),
        (clock.part("quarter", 2023, 3), ("2023-01-01", "2023-03-31", "quarter")),
        (clock.part("quarter", 2024, 12), ("2024-10-01", "2024-12-31", "quarter")),
        (clock.months(2023, 0, 2, "span"), ("2022-12-01", "2023-02-28", "span")),
        (clock.months(2024, -11, 2, "span"), ("2023-01-01", "2024-02-29", "span")),
        (clock.stretch(2023, 1, 7), ("2023-01-01", "2023-07-31", "ytd")),
        (clock.stretch(2023, 2, 7), ("2023-02-01", "2023-07-31", "span")),
        (clock.part("ytd", 2023, 7), ("2023-01-01", "2023-07-31", "ytd")),
        (clock.whole(2023), ("2023-01-01", "2023-12-31", "year")),
        (clock.part("month", 2024, 2), ("2024-02-01", "2024-02-29", "month")),
        (clock.day_of(2024, 2, 9), (None, "2024-02-09", "day")),
    ],
)
def test_parts_of_a_year(days: clock.Days, expected: tuple[str | None, str, str]) -> None:
    assert days[:3] == expected


def test_five_year_plans_follow_each_other() -> None:
    assert [clock.PLANS[number] for number in range(12, 16)] == [2011, 2016, 2021, 2026]
    assert clock.PLAN_YEARS == 5


# Chinese numbers

CHINESE_SCALES = {"百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10}
CHINESE_SCALES |= {"千亿": 11, "万亿": 12}


@pytest.mark.parametrize("scale", CHINESE_SCALES)
def test_every_chinese_scale(scale: str) -> None:
    [found] = numerals.find("zh", f"收入达5.5{scale}元", 0)
    assert (found.value, found.unit) == (Decimal(55) * 10 ** (CHINESE_SCALES[scale] - 1), "yuan")


@pytest.mark.parametrize(
    ("text", "start", "end", "value", "bound"),
    [
        ("占五分之二，", 1, 5, "40", "exact"),
        ("占5分之2，", 1, 5, "40", "exact"),
        ("占三分之一，", 1, 5, "33.3", "exact"),
        ("连续第五年增长", 2, 5, "5", "exact"),
        ("连续第12年增长", 2, 6, "12", "exact"),
        ("增速为-5.5%，", 3, 8, "-5.5", "exact"),
        ("达5万多个，", 1, 5, "50000", "lower"),
        ("达五万多个，", 1, 5, "50000", "lower"),
        ("超3成，", 1, 3, "30", "lower"),
        ("有5成立，", 1, 2, "5", "exact"),
    ],
)
def test_chinese_forms(text: str, start: int, end: int, value: str | None, bound: str) -> None:
    [found] = numerals.find("zh", text, 0)
    assert (found.start, found.end, found.bound) == (start, end, bound), found
    assert found.value == (None if value is None else Decimal(value))
