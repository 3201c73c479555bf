"""Which record a period or a document means, and the bare value of it."""

from __future__ import annotations

import pytest
from queries_case import DOCUMENTS, MEETINGS, seen

from miit_cli.errors import CheckFailed, NothingToShow, UsageError
from miit_cli.periods import parse
from miit_cli.queries.records import RECORD_COLUMNS, expect, field, get, number, record, undisputed
from miit_cli.queries.selection import Settled, by_indicator, period, pick, select, settle
from miit_cli.types import Observation

ALL = seen(MEETINGS)


def of(slug: str) -> list[Observation]:
    return [found for found in ALL if found.indicator == slug]


def answer(slug: str, typed: str) -> Settled:
    return get(of(slug), parse(typed, DOCUMENTS))


def taken(typed: str, observations: list[Observation]) -> list[str]:
    found = select(parse(typed, DOCUMENTS), observations)
    return [f"{observation.indicator} {period(observation)}" for observation in found]


def test_a_year_takes_every_record_whose_period_ends_in_it() -> None:
    assert taken("2022", of("industrial-growth")) == [
        "industrial-growth 2022-01..2022-07",
        "industrial-growth 2022",
    ]


def test_other_periods_take_flows_of_just_that_period_and_stocks_on_its_last_day() -> None:
    assert taken("2022-H1", ALL) == ["manufacturing-share 2022-H1", "software-growth 2022-H1"]
    assert taken("2023-H1", of("5g-base-stations")) == ["5g-base-stations 2023-06"]
    assert taken("2022-07", ALL) == ["5g-base-stations 2022-07"]
    assert taken("2022-01..2022-07", ALL) == [
        *("5g-base-stations 2022-07", "industrial-growth 2022-01..2022-07"),
        "manufacturing-growth 2022-01..2022-07",
    ]
    assert taken("2023-03-01", ALL) == ["little-giants 2023-03-01", "specialized-smes 2023-03-01"]


def test_a_flow_whose_beginning_is_not_said_stands_at_its_end() -> None:
    flow = seen("nev-sales 100 exact actual ..2022-07-31 2022-08-19-teleconference")
    assert taken("2022-07", flow) == ["nev-sales 2022-07"]


def test_a_document_takes_what_it_reports() -> None:
    assert taken("2025-07-28-s", ALL) == [
        *("5g-base-stations 2025-06", "industrial-growth 2025-H1"),
        "software-growth 2025-H1",
    ]


def test_a_document_is_taken_by_what_it_says_has_happened() -> None:
    lines = """
    industrial-growth 5.8 exact  actual   2024-01-01..2024-12-31 2025-07-28-symposium
    industrial-growth 5.5 approx expected 2025-01-01..2025-12-31 2025-07-28-symposium
    """
    found = get(seen(lines), parse("2025-07-28-symposium", DOCUMENTS))
    assert (str(found.observation.value), found.notes) == (
        "5.8",
        ("an expected figure is left out: about 5.5 for 2025 (--status expected takes it)",),
    )


def test_what_is_not_there_names_what_is_nearest_and_the_document_meant() -> None:
    lines = "\n".join(
        f"5g-base-stations {year} exact actual {year}-12-31 2025-07-28-symposium"
        for year in range(2010, 2024)
    )
    with pytest.raises(NothingToShow) as raised:
        get(seen(lines), parse("2015-07", DOCUMENTS))
    assert "there is 2012, 2013, 2014, 2015, 2016, 2017, …" in str(raised.value).replace("has no", "there is")
    with pytest.raises(NothingToShow, match="; of 2025-07-28-symposium there is, write more of its id"):
        get(seen(lines), parse("2025-07", DOCUMENTS))


def test_a_day_on_which_nothing_stands_means_the_document_that_it_begins() -> None:
    assert taken("2025-07-28", of("software-growth")) == ["software-growth 2025-H1"]
    assert taken("2025-07-28", of("little-giants")) == []


GET = """
5g-base-stations  2022-07            1968000
5g-base-stations  2023               2937000
5g-base-stations  2022               2300000
industrial-growth 2022               3.6
industrial-growth 2022-01..2022-07   3.5
industrial-growth 2023-01-11         3.6
little-giants     2023-01-11-work    8997
little-giants     2023               8997
little-giants-new 2022               3000
"""


@pytest.mark.parametrize(("slug", "typed", "value"), [line.split() for line in GET.strip().splitlines()])
def test_one_value(slug: str, typed: str, value: str) -> None:
    assert str(answer(slug, typed).observation.value) == value


NOTES = {
    ("5g-base-stations", "2022-07"): (),
    ("5g-base-stations", "2022"): ("the source says more than 2300000",),
    ("5g-base-stations", "2023"): ("2023-06 is taken, the latest inside 2023",),
    ("5g-base-stations", "2023H1"): ("2023-06 is taken, which stands on the last day of 2023-H1",),
    ("industrial-growth", "2022"): ("the figure is expected, not final",),
    ("industrial-growth", "2025-07-28"): (
        "nothing stands on 2025-07-28: 2025-H1 is taken from 2025-07-28-symposium",
    ),
    ("little-giants-new", "2022"): ("the source says more than 3000", "the figure is a target"),
    ("specialized-smes", "2023"): (
        "2023-03-01 is taken, the latest inside 2023",
        "a target is left out: more than 80000 for 2023 (--status target takes it)",
        "the source says more than 70000",
    ),
}


@pytest.mark.parametrize(("slug", "typed"), NOTES)
def test_what_is_said_beside_a_value(slug: str, typed: str) -> None:
    assert answer(slug, typed).notes == NOTES[slug, typed]


def test_a_document_with_several_periods_answers_with_the_latest() -> None:
    found = pick(
        parse("2023-07-25-symposium", DOCUMENTS),
        seen(
            """
            industrial-growth 3.0 exact actual 2023-01-01..2023-03-31 2023-07-25-symposium
            industrial-growth 4.4 exact actual 2023-06-01..2023-06-30 2023-07-25-symposium
            industrial-growth 3.8 exact actual 2023-01-01..2023-06-30 2023-07-25-symposium
            """
        ),
    )
    assert str(found.observation.value) == "3.8"
    assert found.notes == ("2023-H1 is taken, the latest period in 2023-07-25-symposium",)


def test_a_longer_stretch_is_not_inside_the_year_in_which_it_ends() -> None:
    lines = """
    nev-sales 50 exact actual 2012-01-01..2022-12-31 2023-01-11-work-conference
    nev-sales 2  exact actual 2022-10-01..2022-12-31 2023-01-11-work-conference
    """
    assert str(pick(parse("2022"), seen(lines)).observation.value) == "2"
    assert str(pick(parse("2012..2022"), seen(lines)).observation.value) == "50"
    assert str(pick(parse("2022"), seen(lines)[:1]).observation.value) == "50"


def test_documents_that_disagree() -> None:
    found = answer("manufacturing-share", "2022")
    assert [str(side.value) for side in found.disputed] == ["28", "27.7"]
    with pytest.raises(CheckFailed) as error:
        undisputed(found)
    assert str(error.value) == (
        "manufacturing-share 2022: reports disagree: 28 (2023-01-11-work-conference)"
        " or 27.7 (2023-03-01-press-conference); --document chooses one"
    )
    assert undisputed(answer("manufacturing-share", "2022-H1")).document == "2022-08-19-teleconference"


def test_no_record_says_what_there_is() -> None:
    with pytest.raises(NothingToShow) as error:
        answer("5g-base-stations", "2021")
    assert str(error.value) == (
        "5g-base-stations has no record for 2021; there is 2022-07, 2022, 2023-06, 2025-06"
    )
    with pytest.raises(
        NothingToShow, match=r"^there is no record for 2021; `miit list` shows what there is$"
    ):
        pick(parse("2021"), [])


SPEAKS = """
exact_before_hedged    nev-sales 6600000 exact  actual 2022 2023-01-10-a | nev-sales 6500000 lower actual 2022 2023-01-11-b
finer_before_rounder   nev-sales 6612300 exact  actual 2022 2023-01-10-a | nev-sales 6610000 exact actual 2022 2023-01-11-b
later_before_earlier   nev-sales 6612300 exact  actual 2022 2023-01-11-a | nev-sales 6612300 exact actual 2022 2023-01-10-b
higher_of_two_floors   nev-sales 6600000 lower  actual 2022 2023-01-10-a | nev-sales 6500000 lower actual 2022 2023-01-11-b
lower_of_two_ceilings  nev-sales 6600000 upper  actual 2022 2023-01-10-a | nev-sales 6700000 upper actual 2022 2023-01-11-b
about_before_more_than nev-sales 6600000 approx actual 2022 2023-01-10-a | nev-sales 6500000 lower actual 2022 2023-01-11-b
actual_before_expected nev-sales 6600000 exact  actual 2022 2023-01-10-a | nev-sales 6700000 exact expected 2022 2023-01-11-b
"""  # noqa: E501 - a table


@pytest.mark.parametrize("line", SPEAKS.strip().splitlines(), ids=lambda line: line.split()[0])
def test_which_of_several_records_of_a_period_speaks(line: str) -> None:
    both = line.split(maxsplit=1)[1].replace(" 2022 ", " 2022-01-01..2022-12-31 ")
    first, second = (seen(half)[0] for half in both.split("|"))
    for order in ([first, second], [second, first]):
        assert settle(order) == Settled(first)


def test_of_records_that_disagree_the_later_speaks() -> None:
    settled = settle([found for found in of("manufacturing-share") if found.end == "2022-12-31"])
    assert str(settled.observation.value) == "27.7"
    assert len(settled.disputed) == 2


def test_fields() -> None:
    found = answer("nev-sales", "2022").observation
    assert dict(zip(RECORD_COLUMNS, record(found), strict=True)) == {
        name: field(found, name) for name in RECORD_COLUMNS
    }
    assert (field(found, "bound"), field(found, "start"), field(found, "period")) == (
        *("lower", "2022-01-01"),
        "2022",
    )
    assert field(answer("5g-base-stations", "2022").observation, "start") is None


def test_expectations() -> None:
    found = answer("5g-base-stations", "2022-07").observation
    expect(found, "1968000")
    expect(found, " 1,968,000.0 ")
    expect(found, "1.968E6")
    expect(found, "exact", "bound")
    expect(found, "", "start")
    with pytest.raises(CheckFailed) as error:
        expect(found, "2000000")
    assert str(error.value) == (
        "5g-base-stations 2022-07: value is 1968000, not 2000000 (2022-08-19-teleconference)"
    )
    with pytest.raises(CheckFailed, match="bound is exact, not lower"):
        expect(found, "lower", "bound")
    for text in ("many", "", "nan", "inf"):
        with pytest.raises(UsageError, match=r"^--expect needs a number such as 2300000 or 3.6, not '"):
            number(text)


def test_groups_keep_the_order_that_was_asked_for() -> None:
    assert list(by_indicator(ALL, ["nev-sales", "unheard-of", "clusters", "nev-sales"])) == [
        "nev-sales",
        "clusters",
    ]
    assert list(by_indicator(reversed(ALL)))[:2] == ["5g-base-stations", "clusters"]
