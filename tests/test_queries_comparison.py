"""``miit diff``: what changed between two periods or two documents."""

from __future__ import annotations

import pytest
from queries_case import DOCUMENTS, MEETINGS, seen, shown

from miit_cli.errors import NothingToShow
from miit_cli.periods import parse
from miit_cli.queries.comparison import COMPARISON_COLUMNS as COLUMNS
from miit_cli.queries.comparison import CONFIDENCE_COLUMNS, compare
from miit_cli.table import Table

ALL = seen(MEETINGS)
SHORT = (
    "indicator",
    "from_period",
    "from_value",
    "to_period",
    "to_value",
    "change",
    "change_bound",
    "comparable",
)


def diff(before: str, after: str, lines: str = MEETINGS, *indicators: str, everything: bool = False) -> Table:
    sides = parse(before, DOCUMENTS), parse(after, DOCUMENTS)
    return compare(seen(lines), *sides, indicators, everything=everything)


def test_columns() -> None:
    assert ",".join(COLUMNS) == (
        "indicator,unit,from_period,from_value,from_bound,from_status,to_period,to_value,to_bound,to_status,"
        "change,change_unit,change_bound,change_percent,comparable,note,from_document,to_document"
    )


def test_how_sure_the_sides_are_can_be_asked_for() -> None:
    found = diff("2022", "2023", MEETINGS, "clusters", "little-giants", everything=True)
    assert shown(found, "indicator", *CONFIDENCE_COLUMNS) == "clusters 1.0 -\nlittle-giants 1.0 1.0"


def test_two_years() -> None:
    found = diff("2022", "2023")
    assert shown(found, *COLUMNS[:-3]) == (
        "5g-base-stations station 2022 2300000 lower actual 2023-06 2937000 exact actual"
        " 637000 station upper 27.7 yes\n"
        "industrial-growth percent 2022 3.6 exact expected 2023-H1 3.8 exact actual"
        " 0.2 percentage-point exact - no\n"
        "little-giants enterprise 2022 8997 exact actual 2023-03-01 8997 exact actual"
        " 0 enterprise exact 0.0 yes\n"
        "manufacturing-growth percent 2022 3.1 approx expected 2023-H1 4.2 exact actual"
        " 1.1 percentage-point approx - no\n"
        "specialized-smes enterprise 2022 70000 lower actual 2023-03-01 70000 lower actual"
        " - enterprise unknown - yes"
    )
    assert found.column("note") == [
        "",
        "not like with like: January to December 2022 against January to June 2023",
        "",
        "not like with like: January to December 2022 against January to June 2023",
        "nothing follows from more than 70000 to more than 70000",
    ]
    assert found.rows[0][-4:-2] == ("2023-01-11-work-conference", "2023-07-25-symposium")


def test_everything_adds_the_indicators_that_one_side_has() -> None:
    found = diff("2022", "2023", everything=True)
    lone = found._replace(rows=[row for row in found.rows if row[COLUMNS.index("comparable")] is None])
    columns = ("indicator", "from_value", "from_status", "to_value", "to_status", "note")
    assert shown(lone, *columns) == (
        "clusters 45 actual - - -\n"
        "gigabit-cities - - 110 actual -\n"
        "little-giants-new 3000 target - - -\n"
        "manufacturing-share 27.7 actual - - reports disagree on 2022:"
        " 28 (2023-01-11-work-conference) or 27.7 (2023-03-01-press-conference)\n"
        "nev-sales 6500000 actual - - -\n"
        "software-growth 10.9 actual - - -"
    )
    assert len(found.rows) == len(diff("2022", "2023").rows) + len(lone.rows)


def test_a_part_of_a_year_is_not_compared_with_itself() -> None:
    lines = """
    industrial-growth 3.4 exact actual 2022-01-01..2022-06-30 2022-08-19-teleconference
    industrial-growth 3.6 exact actual 2022-01-01..2022-12-31 2023-01-11-work-conference
    software-growth   9.9 exact actual 2022-01-01..2022-06-30 2022-08-19-teleconference
    """
    assert shown(diff("2022-H1", "2022", lines), *SHORT) == (
        "industrial-growth 2022-H1 3.4 2022 3.6 0.2 exact no"
    )
    assert shown(diff("2022", "2022-H1", lines), "change") == "-0.2"
    assert len(diff("2022", "2022", lines).rows) == 2


def test_two_documents() -> None:
    assert shown(diff("2022-08-19", "2025-07-28"), *SHORT, "note") == (
        "5g-base-stations 2022-07 1968000 2025-06 4550000 2582000 exact yes -\n"
        "industrial-growth 2022-01..2022-07 3.5 2025-H1 6.4 2.9 exact no"
        " not like with like: January to July 2022 against January to June 2025\n"
        "software-growth 2022-H1 10.9 2025-H1 11.9 1.0 exact yes -"
    )


def test_of_documents_what_happened_is_compared_before_what_is_expected() -> None:
    lines = """
    industrial-growth 4.6 exact  actual   2023-01-01..2023-12-31 2023-01-11-work-conference
    industrial-growth 5.8 exact  actual   2024-01-01..2024-12-31 2025-07-28-symposium
    industrial-growth 5.5 approx expected 2025-01-01..2025-12-31 2025-07-28-symposium
    """
    found = diff("2023-01-11", "2025-07-28", lines)
    assert shown(found, *SHORT, "note") == "industrial-growth 2023 4.6 2024 5.8 1.2 exact yes -"


def test_indicators_in_the_order_asked_for() -> None:
    found = diff("2022", "2023", MEETINGS, "little-giants", "5g-base-stations")
    assert found.column("indicator") == ["little-giants", "5g-base-stations"]


def test_like_is_compared_with_like_first() -> None:
    lines = """
    industrial-growth 3.4 exact actual 2022-01-01..2022-06-30 2022-08-19-teleconference
    industrial-growth 3.6 exact actual 2022-01-01..2022-12-31 2023-01-11-work-conference
    industrial-growth 3.8 exact actual 2023-01-01..2023-06-30 2023-07-25-symposium
    industrial-growth 4.0 exact actual 2023-01-01..2023-09-30 2023-10-20-symposium
    """
    assert shown(diff("2022", "2023", lines), *SHORT) == (
        "industrial-growth 2022-H1 3.4 2023-H1 3.8 0.4 exact yes"
    )


def test_the_same_months_come_before_the_same_length() -> None:
    lines = """
    industrial-growth 3.1 exact actual 2022-04-01..2022-06-30 2022-08-19-teleconference
    industrial-growth 3.2 exact actual 2022-07-01..2022-09-30 2022-10-19-teleconference
    industrial-growth 3.3 exact actual 2023-04-01..2023-06-30 2023-07-25-symposium
    """
    assert shown(diff("2022", "2023", lines), *SHORT) == (
        "industrial-growth 2022-Q2 3.1 2023-Q2 3.3 0.2 exact yes"
    )


def test_the_selected_periods_themselves_come_before_later_ones_like_them() -> None:
    lines = """
    industrial-growth 3.6 exact actual 2022-01-01..2022-12-31 2023-01-11-work-conference
    industrial-growth 9.9 exact actual 2022-12-01..2022-12-31 2023-01-11-work-conference
    industrial-growth 4.6 exact actual 2023-01-01..2023-12-31 2024-01-11-work-conference
    industrial-growth 8.8 exact actual 2023-12-01..2023-12-31 2024-01-11-work-conference
    """
    assert shown(diff("2022", "2023", lines), *SHORT) == "industrial-growth 2022 3.6 2023 4.6 1.0 exact yes"


def test_of_like_periods_the_latest_and_the_longest() -> None:
    lines = """
    industrial-growth 3.1 exact actual 2022-01-01..2022-07-31 2022-08-19-teleconference
    industrial-growth 3.2 exact actual 2022-07-01..2022-07-31 2022-08-19-teleconference
    industrial-growth 3.3 exact actual 2022-01-01..2022-03-31 2022-08-19-teleconference
    industrial-growth 4.1 exact actual 2023-01-01..2023-07-31 2023-08-19-teleconference
    industrial-growth 4.2 exact actual 2023-07-01..2023-07-31 2023-08-19-teleconference
    industrial-growth 4.3 exact actual 2023-01-01..2023-03-31 2023-08-19-teleconference
    """
    assert shown(diff("2022", "2023", lines), *SHORT) == (
        "industrial-growth 2022-01..2022-07 3.1 2023-01..2023-07 4.1 1.0 exact yes"
    )


def test_stocks_compare_on_any_two_days_the_latest_of_each_side() -> None:
    lines = """
    5g-base-stations 10 exact actual 2022-07-31 2022-08-19-teleconference
    5g-base-stations 20 exact actual 2022-10-15 2022-10-19-teleconference
    5g-base-stations 30 exact actual 2023-06-30 2023-07-25-symposium
    5g-base-stations 35 exact actual 2023-03-31 2023-07-25-symposium
    """
    assert shown(diff("2022", "2023", lines), *SHORT) == (
        "5g-base-stations 2022-10-15 20 2023-06 30 10 exact yes"
    )


def test_a_flow_without_a_beginning_is_not_like_anything() -> None:
    lines = """
    nev-sales 100 exact actual ..2022-07-31 2022-08-19-teleconference
    nev-sales 150 exact actual ..2023-07-31 2023-08-19-teleconference
    """
    assert shown(diff("2022", "2023", lines), "change", "comparable", "note") == (
        "50 no cumulative up to 2022-07-31, and from when is not said"
    )


def test_targets_are_compared_with_targets_or_left_out() -> None:
    lines = """
    little-giants 8997  exact actual 2022-12-31 2023-01-11-work-conference
    little-giants 10000 lower target 2023-12-31 2023-01-11-work-conference
    clusters      45    exact target 2022-12-31 2022-08-19-teleconference
    clusters      50    exact target 2023-12-31 2023-01-11-work-conference
    """
    assert shown(diff("2022", "2023", lines), *SHORT) == "clusters 2022 45 2023 50 5 exact yes"
    assert shown(diff("2022", "2023", lines, everything=True), "indicator", "from_value", "to_value") == (
        "clusters 45 50\nlittle-giants 8997 -"
    )


def test_an_actual_on_the_right_is_shown_alone_where_the_left_only_aims() -> None:
    lines = """
    little-giants 9000 lower target 2022-12-31 2022-08-19-teleconference
    little-giants 9500 exact actual 2023-06-30 2023-07-25-symposium
    """
    assert shown(diff("2022", "2023", lines, everything=True), "from_value", "to_value", "to_status") == (
        "- 9500 actual"
    )


def test_a_side_on_which_documents_disagree() -> None:
    found = diff("2022-H1", "2022", MEETINGS, "manufacturing-share")
    assert shown(found, "from_value", "to_value", "change", "change_unit", "change_percent", "note") == (
        "28.8 27.7 -1.1 percentage-point - not like with like:"
        " January to June 2022 against January to December 2022;"
        " reports disagree on 2022: 28 (2023-01-11-work-conference) or 27.7 (2023-03-01-press-conference)"
    )


def test_a_side_without_any_record() -> None:
    with pytest.raises(NothingToShow, match=r"^there is no record for 2021; there is "):
        diff("2021", "2023")


def test_repetitions_change_nothing() -> None:
    sides = parse("2022"), parse("2023")
    assert compare([*ALL, *ALL], *sides, everything=True) == compare(ALL, *sides, everything=True)
