"""Arithmetic on hedged numbers."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from miit_cli.bounds import (
    Change,
    Hedged,
    change,
    contradict,
    dispute,
    fineness,
    percent,
    reach,
    reaches,
    rounds,
    same_figure,
    supports,
    tolerance,
)

D = Decimal
NAMES = {"": "exact", ">": "lower", "<": "upper", "~": "approx"}


def hedged(text: str) -> Hedged:
    """``>2300000`` is more than 2.3 million, ``<`` less than, ``~`` about."""
    mark = text[0] if text[0] in NAMES else ""
    return Hedged(D(text.removeprefix(mark)), NAMES[mark])


# --- changes -------------------------------------------------------------------------------------

CHANGES = """
1968000  2937000  969000  exact   49.2
2937000  1968000  -969000 exact   -33.0
1968000  >2300000 332000  lower   16.8
>2300000 2937000  637000  upper   27.7
<100     120      20      lower   20.0
100      <120     20      upper   20.0
>100     <120     20      upper   20.0
<100     >120     20      lower   20.0
~3.1     4.2      1.1     approx  35.5
3.6      ~4.2     0.6     approx  16.7
~100     ~110     10      approx  10.0
>100     ~120     20      approx  20.0
>70000   >80000   -       unknown -
>70000   >70000   -       unknown -
<70000   <80000   -       unknown -
8997     8997     0       exact   0.0
1000     1000.4   0.4     exact   0.04
3        1        -2      exact   -66.7
>3       1        -2      upper   -66.6
0        5        5       exact   -
-2       3        5       exact   -
5        -3       -8      exact   -160.0
>5       -3       -8      upper   -
100      0        -100    exact   -100.0
"""


@pytest.mark.parametrize("line", CHANGES.strip().splitlines())
def test_change(line: str) -> None:
    before, after, value, bound, percentage = line.split()
    found = change(hedged(before), hedged(after))
    assert found == Change(
        None if value == "-" else D(value), bound, None if percentage == "-" else D(percentage)
    )


def test_decimals_stay_exact() -> None:
    assert change(hedged("3.6"), hedged("3.8")).value == D("0.2")
    large = D("123456789012345678901234567890.1")
    assert change(Hedged(D("0.1")), Hedged(large)).value == D("123456789012345678901234567890.0")


def test_a_percentage_is_rounded_half_to_even_and_a_bound_to_the_side_that_is_true() -> None:
    assert [percent(D("0.25"), D(100)), percent(D("0.35"), D(100))] == [D("0.2"), D("0.4")]
    assert percent(D("0.25"), D(100), "lower") == D("0.2")
    assert percent(D("0.21"), D(100), "upper") == D("0.3")
    assert percent(D(1), D(30000)) == D("0.003")


amounts = st.builds(
    Hedged, st.decimals(1, 10**9, places=1), st.sampled_from(["exact", "lower", "upper", "approx"])
)
within = st.decimals(0, 1, places=3)


def possible(number: Hedged, part: Decimal) -> Decimal:
    """One of the true values that a hedged number of a level leaves possible."""
    least, most = reach(number)
    low, high = max(least, D(0)), min(most, number.value * 3)
    return low + (high - low) * part


@given(amounts, amounts, within, within)
def test_a_bound_holds_for_all_true_values(
    before: Hedged, after: Hedged, one: Decimal, other: Decimal
) -> None:
    found = change(before, after)
    assume(found.bound in ("exact", "lower", "upper"))
    assert found.value is not None
    assert found.percent is not None
    old, new = possible(before, one), possible(after, other)
    assume(old > 0)
    holds = {"exact": D.__eq__, "lower": D.__ge__, "upper": D.__le__}[found.bound]
    assert holds(new - old, found.value)
    if found.bound != "exact":
        assert holds((new - old) * 100 / old, found.percent)


@given(amounts, amounts)
def test_the_way_back_is_the_negative_with_the_bound_turned_round(before: Hedged, after: Hedged) -> None:
    there, back = change(before, after), change(after, before)
    turned = {"lower": "upper", "upper": "lower"}
    assert back.bound == turned.get(there.bound, there.bound)
    assert back.value == (None if there.value is None else -there.value)


# --- contradictions ------------------------------------------------------------------------------

AGREE = """
28       28.0
3        3.0
1186     1186
>2300000 2312000
>2300000 2300000
>2300000 >2000000
<8000    7900
>5       <9
~3.1     3.0
~3       2.6
~70000   72000
~100     ~108
4550000  4549870
1970000  1968000
>10      <10
"""

DISAGREE = """
28       27.7
3        3.1
1186     1187
110      112
>2300000 1968000
<8000    8100
>9       <5
~3.1     3.3
~70000   90000
~100     ~112
4550000  4560000
1970000  1960000
2300000  2340000
9000     8997
10000    14000
"""


def pairs(lines: str) -> list[list[str]]:
    return [line.split() for line in lines.strip().splitlines()]


@pytest.mark.parametrize(("one", "other"), pairs(AGREE))
def test_what_can_both_be_true(one: str, other: str) -> None:
    assert not contradict(hedged(one), hedged(other))
    assert not contradict(hedged(other), hedged(one))


@pytest.mark.parametrize(("one", "other"), pairs(DISAGREE))
def test_what_cannot_both_be_true(one: str, other: str) -> None:
    assert contradict(hedged(one), hedged(other))
    assert contradict(hedged(other), hedged(one))


def test_a_dispute_names_two_that_contradict_each_other() -> None:
    assert dispute([hedged(number) for number in (">20", "25", "<30")]) is None
    assert dispute([hedged(number) for number in ("28", ">20", "27.7")]) == (0, 2)
    assert dispute([hedged(">20"), hedged(">30")]) is None
    assert dispute([hedged("28")]) is None
    assert dispute([hedged(number) for number in ("1970000", "1968000", "1969000")]) == (1, 2)
    assert dispute([]) is None


values = st.integers(1, 30).map(D) | st.sampled_from([D(n) for n in range(1966000, 1971000, 500)])
small = st.builds(Hedged, values, st.sampled_from(["exact", "lower", "upper", "approx"]))


@given(st.lists(small, max_size=6))
def test_a_dispute_is_found_where_any_two_contradict(numbers: list[Hedged]) -> None:
    found = dispute(numbers)
    assert (found is not None) == any(contradict(*pair) for pair in combinations(numbers, 2))
    if found:
        assert contradict(numbers[found[0]], numbers[found[1]])
        assert found[0] < found[1]


# --- roundings -----------------------------------------------------------------------------------


def test_roundings() -> None:
    assert rounds(D(2937000), D(2900000))
    assert rounds(D(1968000), D(1970000))
    assert not rounds(D(2937000), D(3000000)), "one digit is too few"
    assert not rounds(D(1968000), D(1900000))
    assert not rounds(D("27.7"), D(28)), "percentages are taken as they stand"
    assert not rounds(D(112), D(110))
    assert same_figure(D("12312345678901"), D("12310000000000"))
    assert not same_figure(D(2937000), D(2900000)), "too far off to be the same figure"


def test_fineness_and_tolerance() -> None:
    assert [fineness(D(text)) for text in ("27.7", "9.0", "28", "70000", "1.8E+12", "0")] == [
        1,
        0,
        0,
        -4,
        -11,
        0,
    ]
    assert [tolerance(D(text)) for text in ("3", "3.1", "70000", "-13.5")] == [
        *(D("0.5"), D("0.155"), D(3500)),
        D("0.675"),
    ]


# --- evidence ------------------------------------------------------------------------------------

EVIDENCE = """
2312000  >2000000 yes
>2300000 >2000000 yes
>2300000 2300000  yes
2300000  >2300000 yes
1968000  3000000  no
1968000  >2000000 no
1968000  <2000000 yes
>2300000 >2500000 open
>2300000 2500000  open
>2300000 <2000000 no
<8000    <9000    yes
<8000    >7000    open
<8000    >9000    no
2937000  2900000  yes
2937000  3000000  no
27.7     28       no
3.0      3        yes
3.1      ~3       yes
>2300000 ~2310000 yes
~3.1     3.1      yes
~3.1     3.0      open
~3.1     4        no
>5       <5       open
"""


@pytest.mark.parametrize(("evidence", "claim", "expected"), pairs(EVIDENCE))
def test_supports(evidence: str, claim: str, expected: str) -> None:
    assert supports(hedged(evidence), hedged(claim)) is {"yes": True, "no": False, "open": None}[expected]


@given(small, small)
def test_what_is_said_supports_itself_and_contradictions_never_do(one: Hedged, other: Hedged) -> None:
    assert supports(one, one) is True
    assert (supports(one, other) is False) <= contradict(one, other)


TARGETS = """
8997    >10000  no
10000   >10000  yes
>70000  >80000  open
>80000  >80000  yes
<70000  >80000  no
<90000  >80000  open
4.8     ~5      yes
4.4     ~5      no
5       5       yes
5.2     5       yes
4.9     5       no
-14     -13.5   yes
-12     -13.5   no
-13     ~-13.5  yes
7       <8      yes
>7      <8      open
9       <8      no
"""


@pytest.mark.parametrize(("actual", "target", "expected"), pairs(TARGETS))
def test_reaches(actual: str, target: str, expected: str) -> None:
    assert reaches(hedged(actual), hedged(target)) is {"yes": True, "no": False, "open": None}[expected]


def test_words() -> None:
    assert [str(hedged(text)) for text in ("28", ">70000", "<1.8E+12", "~3.1")] == [
        *("28", "more than 70000", "less than 1800000000000"),
        "about 3.1",
    ]
