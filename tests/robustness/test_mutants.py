"""What a mutation of the rules changed without any other test noticing: each is pinned here."""

from __future__ import annotations

from decimal import Decimal

import pytest

from miit_cli.bounds import Hedged, change, reaches, rounds, same_figure, supports
from miit_cli.reading import numerals, values


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


def test_a_fraction_is_a_percentage_only_where_it_is_exact() -> None:
    assert values.percentage(Decimal(1), Decimal(3)) is None
    assert values.percentage(Decimal(3), Decimal(8)) == Decimal("37.5")
    assert values.percentage(Decimal(1), Decimal(16)) == Decimal("6.25")
