"""``show``, ``export``, ``table``, ``list``, ``targets`` and ``conflicts``."""

from __future__ import annotations

from decimal import Decimal

import pytest
from queries_case import MEETINGS, seen, shown

from miit_cli.errors import UsageError
from miit_cli.queries.conflicts import conflicts, doubts
from miit_cli.queries.listing import listing
from miit_cli.queries.pivot import pivot
from miit_cli.queries.records import RECORD_COLUMNS, records
from miit_cli.queries.series import COLUMNS, points, series
from miit_cli.queries.targets import targets
from miit_cli.table import Marked, Table

ALL = seen(MEETINGS)


def of(*slugs: str) -> list:
    return [found for found in ALL if found.indicator in slugs]


# --- show and export -----------------------------------------------------------------------------


def test_columns_of_a_record() -> None:
    assert ",".join(RECORD_COLUMNS) == (
        "indicator,period,value,unit,bound,status,start,end,basis,measure,document,published,sentence,quote,"
        "confidence"
    )
    assert COLUMNS[: len(RECORD_COLUMNS)] == RECORD_COLUMNS


def test_records_as_they_come() -> None:
    found = seen("nev-sales 6500000 lower actual 2022-01-01..2022-12-31 2023-01-11-work-conference")
    assert records(found) == Table(
        RECORD_COLUMNS,
        [
            (
                *("nev-sales", "2022", Decimal(6500000), "vehicle", "lower", "actual"),
                *("2022-01-01", "2022-12-31", "stated", "level"),
                *("2023-01-11-work-conference", "2023-01-11", 1, "Sentence 1.", 1.0),
            )
        ],
    )


def test_a_series_with_the_change_since_the_one_before() -> None:
    assert shown(
        series(of("5g-base-stations")),
        *("period", "value", "bound", "change", "change_bound", "change_percent", "change_from"),
    ) == (
        "2022-07 1968000 exact - - - -\n"
        "2022 2300000 lower 332000 lower 16.8 2022-07\n"
        "2023-06 2937000 exact 637000 upper 27.7 2022\n"
        "2025-06 4550000 exact 1613000 exact 54.9 2023-06"
    )


def test_the_one_before_is_of_the_same_shape() -> None:
    assert shown(series(of("industrial-growth")), "period", "change", "change_unit", "change_from") == (
        "2022-01..2022-07 - - -\n2022 - - -\n2023-H1 - - -\n2025-H1 2.6 percentage-point 2023-H1"
    )


def test_targets_in_a_series_have_no_change() -> None:
    assert shown(series(of("specialized-smes")), "period", "status", "change_bound", "document") == (
        "2022 actual - 2023-01-11-work-conference\n"
        "2023-03-01 actual unknown 2023-03-01-press-conference\n"
        "2023 target - 2023-01-11-work-conference\n"
        "2023 target - 2023-03-01-press-conference"
    )


def test_several_series_in_the_order_asked_for() -> None:
    found = series(ALL, ["nev-sales", "clusters"])
    assert shown(found, "indicator", "value") == "nev-sales 6500000\nclusters 45"


def test_points_are_of_one_shape_and_one_a_period() -> None:
    assert [str(found.value) for found in points(of("industrial-growth"))] == ["3.8", "6.4"]
    assert [str(found.value) for found in points(of("little-giants"))] == ["8997", "8997"]
    assert [str(found.value) for found in points(of("manufacturing-share"))] == ["27.7"]
    assert points(of("little-giants-new")) == []
    assert points([]) == []


# --- table ---------------------------------------------------------------------------------------


def test_indicators_down_and_periods_across() -> None:
    found = pivot(of("5g-base-stations", "manufacturing-share", "manufacturing-growth"))
    assert found.columns == (
        *("indicator", "label", "unit", "2022-H1", "2022-07", "2022-01..2022-07"),
        *("2022", "2023-06", "2023-H1", "2025-06"),
    )
    assert shown(found) == (
        "5g-base-stations 5g-base-stations station - 1968000 - >2300000 2937000 - 4550000\n"
        "manufacturing-growth manufacturing-growth percent - - 2.7 ~3.1 (expected) - 4.2 -\n"
        "manufacturing-share manufacturing-share percent 28.8 - - 28 / 27.7 - - -"
    )
    assert found.notes == (
        "manufacturing-share 2022: reports disagree: 28 (2023-01-11-work-conference)"
        " or 27.7 (2023-03-01-press-conference)",
    )


def test_cells_are_numbers_where_nothing_is_to_be_said() -> None:
    found = pivot(of("5g-base-stations"), labels={"5g-base-stations": "5G base stations"})
    assert found.rows == [
        *(
            (
                *("5g-base-stations", "5G base stations", "station"),
                *(Decimal(1968000), ">2300000", Decimal(2937000), Decimal(4550000)),
            ),
        )
    ]
    cell = found.rows[0][4]
    assert isinstance(cell, Marked)
    assert (cell.value, cell.bound, cell.status) == (Decimal(2300000), "lower", "actual")


def test_without_marks_and_the_latest_only() -> None:
    found = pivot(of("manufacturing-share", "little-giants"), marks=False, last=2)
    assert found.columns[3:] == ("2023-03-01", "2023")
    assert shown(pivot(of("manufacturing-share"), marks=False), "2022") == "27.7"
    assert shown(found, "indicator", "2023-03-01", "2023") == (
        "little-giants 8997 10000\nmanufacturing-share - -"
    )


def test_a_hedge_and_a_figure_that_agree_are_one_cell() -> None:
    found = pivot(
        seen(
            """
            5g-base-stations 2300000 lower actual 2022-12-31 2023-01-11-work-conference
            5g-base-stations 2312000 exact actual 2022-12-31 2023-01-10-bulletin
            """
        )
    )
    assert (found.rows[0][3], found.notes) == (Decimal(2312000), ())


# --- list ----------------------------------------------------------------------------------------


def test_list() -> None:
    found = listing(
        of("industrial-growth", "little-giants", "little-giants-new"), {"little-giants": "Giants"}
    )
    assert found.columns == (
        *("indicator", "label", "unit", "records", "first", "last"),
        *("latest_value", "latest_bound", "latest_status", "latest_confidence", "latest_doubt"),
    )
    assert shown(found) == (
        "industrial-growth industrial-growth percent 4 2022-01..2022-07 2025-H1 6.4 exact actual 1.0 -\n"
        "little-giants Giants enterprise 3 2022 2023-03-01 8997 exact actual 1.0 -\n"
        "little-giants-new little-giants-new enterprise 1 2022 2022 3000 lower target 1.0 -"
    )


def test_list_says_where_reports_disagree_on_the_latest_value() -> None:
    found = listing(of("manufacturing-share"))
    assert found.column("latest_doubt") == [
        "reports disagree: 28 (2023-01-11-work-conference) or 27.7 (2023-03-01-press-conference)"
    ]


def test_list_with_the_indicators_that_have_no_record() -> None:
    found = listing(of("nev-sales"), catalogue={"crude-steel": "ton", "nev-sales": "vehicle"})
    assert shown(found) == (
        "crude-steel crude-steel ton 0 - - - - - - -\n"
        "nev-sales nev-sales vehicle 1 2022 2022 6500000 lower actual 1.0 -"
    )


def test_list_from_the_first_and_the_last_record_alone() -> None:
    every = of("5g-base-stations")
    counts = {"5g-base-stations": len(every)}
    assert listing([every[0], every[-1]], counts=counts) == listing(every)


# --- targets -------------------------------------------------------------------------------------


def test_targets_that_are_still_open() -> None:
    assert shown(
        targets(ALL),
        *("indicator", "target_value", "target_bound", "due", "document", "actual_value", "actual_bound"),
        *("actual_period", "reached_percent", "reached_bound", "verdict"),
    ) == (
        "little-giants-new 3000 lower 2022-12-31 2022-08-19-teleconference - - - - - open\n"
        "little-giants 10000 lower 2023-12-31 2023-01-11-work-conference 8997 exact 2023-03-01"
        " 90.0 exact open\n"
        "specialized-smes 80000 lower 2023-12-31 2023-01-11-work-conference 70000 lower 2023-03-01"
        " 87.5 lower open"
    )


VERDICTS = {
    "met": ("5g-base-stations 100 exact actual 2023-12-31 2024-01-10-a", "met", ""),
    "missed": ("5g-base-stations 99 exact actual 2023-12-31 2024-01-10-a", "missed", ""),
    "more than enough": ("5g-base-stations 100 lower actual 2023-12-31 2024-01-10-a", "met", ""),
    "a bound too low": ("5g-base-stations 90 lower actual 2023-12-31 2024-01-10-a", "undetermined", ""),
    "a bound too high": ("5g-base-stations 110 upper actual 2023-12-31 2024-01-10-a", "undetermined", ""),
    "before the due day": ("5g-base-stations 120 exact actual 2023-11-30 2024-01-10-a", "open", ""),
    "only expected": ("5g-base-stations 120 exact expected 2023-12-31 2024-01-10-a", "open", ""),
    "late": (
        "5g-base-stations 120 exact actual 2024-06-30 2024-07-10-a",
        *("met", "judged by 2024-06, after the due day"),
    ),
    "too late to tell": (
        "5g-base-stations 120 exact actual 2025-06-30 2025-07-10-a",
        *("undetermined", "reached by 2025-06, long after the due day"),
    ),
    "too late, and not enough": (
        "5g-base-stations 90 exact actual 2025-06-30 2025-07-10-a",
        *("missed", "judged by 2025-06, after the due day"),
    ),
    "the first after the due day": (
        "5g-base-stations 90 exact actual 2023-12-31 2024-01-10-a\n"
        "5g-base-stations 120 exact actual 2024-06-30 2024-07-10-a",
        *("missed", ""),
    ),
    "disagreeing": (
        "5g-base-stations 90 exact actual 2023-12-31 2024-01-10-a\n"
        "5g-base-stations 120 exact actual 2023-12-31 2024-01-11-b",
        *("undetermined", "reports disagree on the actual figure"),
    ),
    "disagreeing on both sides of nothing": (
        "5g-base-stations 110 exact actual 2023-12-31 2024-01-10-a\n"
        "5g-base-stations 120 exact actual 2023-12-31 2024-01-11-b",
        *("met", ""),
    ),
}


@pytest.mark.parametrize("case", VERDICTS)
def test_verdicts(case: str) -> None:
    lines, verdict, note = VERDICTS[case]
    aim = "5g-base-stations 100 lower target 2023-12-31 2023-01-11-work-conference"
    found = targets(seen(f"{aim}\n{lines}")).records()
    assert [(row["verdict"], row["note"]) for row in found] == [(verdict, note)]


def test_a_change_from_what_reports_disagree_on_says_so() -> None:
    lines = """
    5g-base-stations 3377000 exact actual 2023-12-31 2024-01-19-a
    5g-base-stations 3300000 exact actual 2023-12-31 2024-02-01-b
    5g-base-stations 3647000 exact actual 2024-03-31 2024-04-18-c
    """
    assert shown(series(seen(lines)), "period", "change", "note") == (
        "2023 - -\n2023 - -\n2024-03 347000 reports disagree on 2023"
    )


def test_a_flow_is_judged_by_its_own_period() -> None:
    aim = "industrial-growth 5 approx target 2025-01-01..2025-12-31 2025-01-11-work-conference"
    half = "industrial-growth 6.4 exact actual 2025-01-01..2025-06-30 2025-07-28-symposium"
    before = "industrial-growth 5.8 exact actual 2024-01-01..2024-12-31 2025-01-11-work-conference"
    year = "industrial-growth 4.9 exact actual 2025-01-01..2025-12-31 2026-01-11-work-conference"
    after = "industrial-growth 9.9 exact actual 2026-01-01..2026-12-31 2027-01-11-work-conference"
    columns = ("actual_value", "actual_period", "reached_percent", "reached_bound", "verdict")
    assert shown(targets(seen(f"{aim}\n{before}\n{after}")), *columns) == "- - - - open"
    assert shown(targets(seen(f"{aim}\n{half}")), *columns) == "6.4 2025-H1 128.0 approx open"
    assert shown(targets(seen(f"{aim}\n{half}\n{year}\n{after}")), *columns) == "4.9 2025 98.0 approx met"


def test_a_target_that_is_raised_is_two() -> None:
    lines = """
    little-giants 9000  lower target 2023-12-31 2022-08-19-teleconference
    little-giants 10000 lower target 2023-12-31 2023-01-11-work-conference
    little-giants 9000  lower target 2023-12-31 2023-01-11-work-conference
    """
    assert shown(targets(seen(lines)), "target_value", "document") == (
        "9000 2022-08-19-teleconference\n10000 2023-01-11-work-conference"
    )


# --- conflicts -----------------------------------------------------------------------------------


def test_the_one_conflict() -> None:
    assert shown(conflicts(ALL)) == (
        "manufacturing-share manufacturing-share 2022 actual percent"
        " 28 exact 2023-01-11-work-conference 2023-01-11"
        " 27.7 exact 2023-03-01-press-conference 2023-03-01 -0.3 percentage-point documents 2022 -"
    )


NO_CONFLICT = """
bounds_that_leave_room      40      lower actual   2022-12-31 2023-01-01-a | 45      2022-12-31 2023-01-02-b
the_same_number             3       exact actual   2022-12-31 2023-01-01-a | 3.0     2022-12-31 2023-01-02-b
roundings                   1968000 exact actual   2022-12-31 2023-01-01-a | 1970000 2022-12-31 2023-01-02-b
an_estimate_and_the_outcome 40      exact expected 2022-12-31 2023-01-01-a | 45      2022-12-31 2023-01-02-b
a_target_and_the_outcome    40      exact target   2022-12-31 2023-01-01-a | 45      2022-12-31 2023-01-02-b
two_days                    40      exact actual   2022-12-31 2023-01-01-a | 45      2022-12-30 2023-01-02-b
"""


@pytest.mark.parametrize("line", NO_CONFLICT.strip().splitlines(), ids=lambda line: line.split()[0])
def test_no_false_conflict(line: str) -> None:
    one, other = line.split(maxsplit=1)[1].split("|")
    value, rest = other.split(maxsplit=1)
    assert conflicts(seen(f"clusters {one}\nclusters {value} exact actual {rest}")).rows == []


def test_bounds_that_leave_no_room_are_a_conflict() -> None:
    lines = """
    clusters 50 lower actual 2022-12-31 2023-01-01-a
    clusters 45 exact actual 2022-12-31 2023-01-02-b
    """
    assert shown(conflicts(seen(lines)), "value", "bound", "other_value", "difference") == "50 lower 45 -5"


def test_each_value_is_held_against_the_last_one_that_it_contradicts() -> None:
    lines = """
    clusters 40 exact actual 2022-12-31 2023-01-01-a
    clusters 41 exact actual 2022-12-31 2023-01-02-b
    clusters 40 exact actual 2022-12-31 2023-01-03-c
    clusters 42 exact actual 2022-12-31 2023-01-04-d
    """
    assert shown(conflicts(seen(lines)), "value", "document", "other_value", "other_document") == (
        "40 2023-01-01-a 41 2023-01-02-b\n41 2023-01-02-b 42 2023-01-04-d"
    )


def test_a_document_that_says_both_is_told_from_one_that_says_one() -> None:
    lines = """
    clusters 40 exact actual 2022-12-31 2023-01-01-a
    clusters 41 exact actual 2022-12-31 2023-01-01-a
    clusters 41 exact actual 2022-12-31 2023-01-02-b
    """
    assert shown(conflicts(seen(lines)), "value", "document", "other_value", "other_document") == (
        "40 2023-01-01-a 41 2023-01-02-b\n40 2023-01-01-a 41 2023-01-01-a"
    )
    assert shown(conflicts(seen(lines)), "kind", "note") == (
        "documents -\ndocument the same document also says 41 (sentence 2)"
    )


def stations(*values: str, period: str = "{}-12-31") -> str:
    """Levels of one indicator, of 2020 and the years after."""
    return "\n".join(
        f"5g-base-stations {value} exact actual {period.format(year, year)} {year + 1}-01-01-a"
        for year, value in enumerate(values, 2020)
    )


OUT_OF_LINE = """
a_scale_too_many    90 100 1001 110  | 1001 2022 10 times that of 2021 and 9.1 times that of 2023
a_scale_too_few     90 100 10 110    | 10 2022 0.10 times that of 2021 and 0.091 times that of 2023
one_side_only       90 100 600 550   |
five_times_and_less 100 500 100      |
at_an_end           1000 100 90 1000 |
up_and_down         10 100 1000      |
"""


@pytest.mark.parametrize("line", OUT_OF_LINE.strip().splitlines(), ids=lambda line: line.split()[0])
def test_a_level_far_from_both_its_neighbours_is_out_of_line(line: str) -> None:
    told, _, expected = line.partition("|")
    found = conflicts(seen(stations(*told.split()[1:])), kinds=["series"])
    assert shown(found, "value", "period", "note") == expected.strip()


def test_only_levels_of_like_periods_are_neighbours() -> None:
    years = stations("100", "1000", "100", period="{}-01-01..{}-12-31")
    mixed = years.replace("2021-01-01..2021-12-31", "2021-01-01..2021-06-30")
    assert shown(conflicts(seen(years)), "kind", "other_period") == "series 2020"
    assert not conflicts(seen(mixed)).rows
    assert not conflicts(seen(years.replace("5g-base-stations", "output-growth"))).rows
    assert not conflicts(seen(years.replace("1000 exact actual", "1000 exact target"))).rows


def test_every_record_of_a_conflict_is_in_doubt() -> None:
    lines = """
    clusters 40  exact actual 2022-12-31 2023-01-01-a
    clusters 40  exact actual 2022-12-31 2023-01-02-b
    clusters 41  exact actual 2022-12-31 2023-01-03-c
    clusters 500 exact actual 2023-12-31 2024-01-01-d
    clusters 500 exact actual 2023-12-31 2024-01-02-e
    clusters 42  exact actual 2024-12-31 2025-01-01-f
    """
    told = {found.document[11:]: note for found, note in doubts(seen(lines)).items()}
    far = "12 times that of 2022 and 12 times that of 2024"
    assert told == {
        "a": "2023-01-03-c reports 41",
        "b": "2023-01-03-c reports 41",
        "c": "2023-01-01-a reports 40; 2023-01-02-b reports 40",
        "d": far,
        "e": far,
    }


# --- tables --------------------------------------------------------------------------------------


def test_a_table_with_chosen_columns() -> None:
    found = Table(("a", "b"), [(1, 2), (3, 4)], ("a note",))
    assert found.project(["b", "a", "b"]) == Table(("b", "a", "b"), [(2, 1, 2), (4, 3, 4)], ("a note",))
    assert found.project(["a", "b"]) is found
    assert found.column("b") == [2, 4]
    assert found.records() == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]
    with pytest.raises(UsageError, match=r"^there is no column 'c': the columns are a, b$"):
        found.project(["a", "c"])


def test_repetitions_change_no_answer() -> None:
    twice = [*ALL, *ALL]
    assert conflicts(twice) == conflicts(ALL)
    assert targets(twice) == targets(ALL)
    assert pivot(twice) == pivot(ALL)
