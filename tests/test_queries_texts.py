"""``check``, ``audit``, ``suggest``, ``docs`` and ``search``: what is asked of texts."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from queries_case import MEETINGS, seen, shown

from miit_cli.errors import ExitCode
from miit_cli.queries import audit, checking, documents, find, suggest
from miit_cli.table import Table
from miit_cli.types import CLASSES, Figure, Observation
from miit_cli.vocabulary import Entry, load, to_toml, units

ALL = seen(MEETINGS)
VOCABULARY = load()
UNITS = units()


def figure(kind: str, text: str = "42", start: int = 0, **fields: object) -> Figure:
    made = Figure("2023-01-11-a", 3, start, start + len(text), text, kind, "a reason")
    return made._replace(**fields)  # type: ignore[arg-type]


# --- check ---------------------------------------------------------------------------------------


def claims(line: str, basis: str = "stated") -> list[Observation]:
    return seen(f"{line} 2023-09-01-text", basis=basis)


def checked(line: str, basis: str = "stated") -> tuple[str, str]:
    """The verdict on one claim, and the note."""
    row = checking.check(claims(line, basis), [], ALL, 0.5).records()[0]
    return str(row["verdict"]), str(row["note"])


CHECKS = """
5g-base-stations  1968000 exact  actual 2022-07-31             : supported
5g-base-stations  1970000 exact  actual 2022-07-31             : supported; reported is 1968000
5g-base-stations  2000000 lower  actual 2022-12-31             : supported; reported is more than 2300000
5g-base-stations  2300000 exact  actual 2022-12-31             : supported; reported is more than 2300000
5g-base-stations  3000000 exact  actual 2022-07-31             : contradicted
5g-base-stations  2000000 lower  actual 2022-07-31             : contradicted
5g-base-stations  3000000 exact  target 2022-07-31             : contradicted; reported as actual
5g-base-stations  2500000 lower  actual 2022-12-31             : not reported; reported is more than 2300000, which does not decide
5g-base-stations  1968000 exact  actual 2022-08-31             : not reported; reported for 2022-07, 2022, 2023-06, 2025-06
industrial-growth 3.6     exact  actual 2022-01-01..2022-12-31 : supported; reported as expected
industrial-growth 3.5     exact  actual 2022-01-01..2022-12-31 : contradicted; reported as expected
industrial-growth 3.5     exact  actual 2022-01-01..2022-06-30 : not reported; reported for 2022-01..2022-07, 2022, 2023-H1, 2025-H1
manufacturing-share 28    exact  actual 2022-01-01..2022-12-31 : supported; but 27.7 (2023-03-01-press-conference)
manufacturing-share 29    exact  actual 2022-01-01..2022-12-31 : contradicted
little-giants     10000   lower  target 2023-12-31             : supported
little-giants     12000   exact  target 2023-12-31             : not reported; reported is more than 10000, which does not decide
little-giants     10000   lower  actual 2023-12-31             : not reported; reported for 2022, 2023-03-01
unheard-of        5       exact  actual 2022-12-31             : not reported
"""  # noqa: E501 - a table


@pytest.mark.parametrize("line", CHECKS.strip().splitlines())
def test_check(line: str) -> None:
    claim, expected = line.split(" : ")
    verdict, _, note = expected.partition("; ")
    assert checked(claim) == (verdict, note)


def test_what_an_unsure_report_bears_out_is_not_contradicted() -> None:
    claim = seen("5g-base-stations 3000000 exact actual 2022-07-31 2023-09-01-text")
    unsure = seen(
        "5g-base-stations 3000000 exact actual 2022-07-31 2022-08-19-teleconference", confidence=0.6
    )
    row = checking.check(claim, [], ALL, 0.5, unsure=unsure).records()[0]
    assert (row["verdict"], row["note"]) == (
        "unsure",
        "read with a confidence of 0.6, 3000000 (2022-08-19-teleconference) bears it out",
    )


def test_a_forecast_bears_out_no_claim_that_it_happened() -> None:
    forecast = seen("industrial-growth 3.6 exact expected 2023-01-01..2023-12-31 2023-07-01-forecast")
    said = "industrial-growth 3.6 exact {} 2023-01-01..2023-12-31 2024-02-01-text"
    verdicts = {}
    for status in ("actual", "expected"):
        row = checking.check(seen(said.format(status)), [], forecast, 0.5).records()[0]
        verdicts[status] = row["verdict"], row["note"]
    assert verdicts == {
        "actual": ("not reported", "reported for 2023 (forecast)"),
        "expected": ("supported", ""),
    }


def test_a_claim_without_a_period_is_held_against_the_latest_report_before_the_text() -> None:
    assert checked("5g-base-stations 2900000 lower actual 2023-09-01", "document") == (
        *("supported",),
        "the text gives no period: held against the latest, 2023-06; reported is 2937000",
    )
    assert checked("5g-base-stations 4550000 exact actual 2023-09-01", "document") == (
        *("contradicted",),
        "the text gives no period: held against the latest, 2023-06",
    )
    assert checked("5g-base-stations 1 exact actual 2022-01-01", "document")[0] == "not reported"


def test_what_was_reported_and_where() -> None:
    found = checking.check(claims("5g-base-stations 3000000 exact actual 2022-07-31"), [], ALL, 0.5)
    assert found.columns == checking.COLUMNS
    assert found.rows == [
        (
            *("contradicted", "5g-base-stations", "2022-07", Decimal(3000000), "station", "exact", "actual"),
            *("3000000", Decimal(1968000), "exact", "actual", "2022-07"),
            *("2022-08-19-teleconference", "2022-08-19", 1, "Sentence 1.", "", 1.0),
        )
    ]


def test_figures_without_an_indicator_come_back_in_their_place() -> None:
    figures = [
        figure(
            "uncatalogued",
            "400",
            5,
            value=Decimal(400),
            unit="case",
            subject="robots",
            period_end="2022-12-31",
        ),
        figure("unattributed", "9%", 40),
        figure("no indicator", "2025", 50),
        figure("recorded", "45", 10),
    ]
    found = checking.check(claims("clusters 45 exact actual 2022-12-31"), figures, ALL, 0.5)
    assert shown(found, "verdict", "text", "period", "value", "unit", "note") == (
        "not reported 400 2022 400 case uncatalogued: robots\n"
        "supported 45 2022 45 enterprise -\n"
        "not reported 9% - - - unattributed"
    )


def test_exit_codes() -> None:
    right = claims("clusters 45 exact actual 2022-12-31")
    wrong = claims("clusters 46 exact actual 2022-12-31")
    lost = [figure("unattributed")]
    assert checking.exit_code(checking.check(right, [], ALL, 0.5)) is ExitCode.DONE
    assert checking.exit_code(checking.check(right, lost, ALL, 0.5)) is ExitCode.NOTHING
    assert checking.exit_code(checking.check([*right, *wrong], lost, ALL, 0.5)) is ExitCode.CHECK
    assert checking.exit_code(checking.check([], [], ALL, 0.5)) is ExitCode.NOTHING


def test_a_claim_that_was_not_read_surely_is_unsure_whatever_is_reported() -> None:
    right = claims("clusters 45 exact actual 2022-12-31")
    wrong = claims("clusters 46 exact actual 2022-12-31")
    unsure = [claim._replace(confidence=0.49) for claim in (*right, *wrong)]
    found = checking.check(unsure, [figure("uncertain")], ALL, 0.5)
    assert shown(found, "verdict", "document", "note") == (
        "unsure 2023-01-11-work-conference read with a confidence of 0.49; by itself it would be supported\n"
        "unsure 2023-01-11-work-conference read with a confidence of 0.49; by itself it would be contradicted"
    )
    assert checking.exit_code(found) is ExitCode.NOTHING
    assert checking.exit_code(checking.check(unsure[:1], [], ALL, 0.49)) is ExitCode.DONE
    assert checking.exit_code(checking.check([*unsure, *wrong], [], ALL, 0.5)) is ExitCode.CHECK


def test_every_record_bears_itself_out() -> None:
    found = checking.check(ALL, [], ALL, 0.5)
    assert set(found.column("verdict")) == {"supported"}


# --- audit ---------------------------------------------------------------------------------------


def test_each_numeral_with_its_place() -> None:
    found = audit.listing([figure("uncatalogued", value=Decimal(42), unit="case", subject="robots")])
    assert found == Table(
        (
            *("document", "sentence", "start", "end", "text", "class", "reason", "value", "unit", "subject"),
            *("indicator", "confidence"),
        ),
        [
            (
                *("2023-01-11-a", 3, 0, 2, "42", "uncatalogued", "a reason", Decimal(42), "case", "robots"),
                *(None, None),
            )
        ],
    )
    assert audit.listing([figure("no indicator")]).rows[0][7:] == (None,) * 5
    unsure = figure("uncertain", indicator="nev-sales", confidence=0.4)
    assert audit.listing([unsure]).rows[0][10:] == ("nev-sales", 0.4)


def test_totals_by_class() -> None:
    counts = audit.count([*[figure("recorded")] * 5, *[figure("no indicator")] * 2, figure("unexplained")])
    assert shown(audit.totals(counts)) == (
        "recorded 5 62.5\nuncatalogued 0 0.0\nuncertain 0 0.0\nunattributed 0 0.0\n"
        "no indicator 2 25.0\nunexplained 1 12.5\nall 8 100.0"
    )
    assert audit.explained(counts) == Decimal("87.5")


def test_one_in_ten_thousand_is_not_rounded_away() -> None:
    assert Decimal(99) < audit.explained({"recorded": 9999, "unexplained": 1}) < Decimal(100)


def test_of_no_numerals_all_are_explained() -> None:
    assert audit.explained(audit.count([])) == 100
    assert shown(audit.totals({}), "class", "numerals", "percent").endswith("all 0 -")


# --- suggest -------------------------------------------------------------------------------------


def uncatalogued(subject: str, **fields: object) -> Figure:
    return figure("uncatalogued", subject=subject, value=Decimal(1), **fields)


def entries(*figures: Figure, **options: object) -> list[suggest.Suggestion]:
    return suggest.suggestions(figures, **options)  # type: ignore[arg-type]


def test_figures_are_grouped_by_subject_unit_and_measure() -> None:
    found = entries(
        uncatalogued("the number of delivery robots", unit="device", measure="level", nature="stock"),
        uncatalogued(
            "Delivery robots", unit="device", measure="level", nature="stock", document="2024-01-01-b"
        ),
        uncatalogued("delivery robots", unit="percent", measure="growth", nature="flow"),
        uncatalogued("工业软件企业", unit="enterprise", measure="level", nature="stock"),
        figure("unattributed", subject="delivery robots"),
        uncatalogued(""),
        quote=lambda found: f"Sentence {found.sentence} of {found.document}.",
    )
    assert [entry[:9] for entry in found] == [
        ("delivery-robots", "Delivery robots", "", "device", "level", "stock", (), 2, 2),
        ("delivery-robots-growth", "delivery robots growth", "", "percent", "growth", "flow", (), 1, 1),
        ("zh-59216b7b", "工业软件企业", "工业软件企业", "enterprise", "level", "stock", (), 1, 1),
    ]
    assert found[0].example == "Sentence 3 of 2023-01-11-a."


def test_other_spellings_become_aliases() -> None:
    found = entries(
        uncatalogued("smart ports"), uncatalogued("smart ports"), uncatalogued("Smart-Ports"),
        uncatalogued("工业软件", measure="growth"),
    )  # fmt: skip
    assert (found[0].label, found[0].aliases) == ("smart ports", ())
    assert (found[1].label, found[1].aliases, found[1].unit) == ("工业软件增速", ("工业软件",), "percent")


def test_names_that_are_in_use_are_left_to_their_owners() -> None:
    found = entries(
        uncatalogued("5G base stations", unit="percent", measure="share"),
        uncatalogued("5G base stations", unit="yuan"),
        uncatalogued("drones", unit="device"),
        uncatalogued("drones", unit="yuan"),
        taken=lambda name: VOCABULARY.called(name) is not None,
    )
    assert [(entry.slug, entry.label, entry.aliases) for entry in found] == [
        ("5g-base-stations-share", "5G base stations share", ()),
        ("5g-base-stations-yuan", "5G base stations (yuan)", ()),
        ("drones", "drones", ()),
        ("drones-yuan", "drones (yuan)", ()),
    ]


def test_a_unit_that_no_vocabulary_has() -> None:
    assert [entry.unit for entry in entries(uncatalogued("drones", unit="squadron"), units={"device"})] == [
        "unit"
    ]


def test_as_a_table() -> None:
    found = suggest.table(entries(uncatalogued("drones", unit="device", period_start="2022-01-01")))
    assert found.columns == suggest.COLUMNS
    assert shown(found) == "drones drones - device level flow - 1 1 42"


class _Subjects(NamedTuple):
    subject: str
    unit: str
    measure: str


subjects = st.builds(
    _Subjects,
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    | st.sampled_from(
        ["drones", "Drones", "the drones", "5G base stations", "無人機", "drones growth", "drones-2"]
    ),
    st.sampled_from(["device", "yuan", "percent", "", "squadron"]),
    st.sampled_from(["level", "growth", "share", "change", ""]),
)


@given(st.lists(subjects, max_size=8))
@example([_Subjects("㉠", "device", "level")])
def test_whatever_is_suggested_can_be_read_back(
    tmp_path_factory: pytest.TempPathFactory, made: list[_Subjects]
) -> None:
    found = entries(
        *[uncatalogued(one.subject, unit=one.unit, measure=one.measure) for one in made],
        taken=lambda name: VOCABULARY.called(name) is not None,
        units=UNITS,
    )
    if found:
        file = tmp_path_factory.mktemp("vocabulary") / "mine.toml"
        file.write_text(to_toml([Entry(*entry[:7]) for entry in found]), encoding="utf-8")
        assert len(load(str(file))) == len(VOCABULARY) + len(found)


# --- docs ----------------------------------------------------------------------------------------


class DatedDocument(NamedTuple):
    id: str
    date: str
    title: str = "A meeting"
    language: str = "en"
    records: int = 3
    area: str = ""
    publisher: str = "MIIT"
    path: str = "corpus/a.md"
    sha256: str = "0"


def test_documents_by_date() -> None:
    found = documents.documents(
        [DatedDocument("b", "2023-01-02"), DatedDocument("a", "2023-01-02"), DatedDocument("c", "2022-12-31")]
    )
    assert shown(found, "document", "date", "title", "records", "area") == (
        "c 2022-12-31 A meeting 3 -\na 2023-01-02 A meeting 3 -\nb 2023-01-02 A meeting 3 -"
    )


def test_a_text_with_its_figures_marked() -> None:
    text = "In 2022 there were 45, up [9%]."
    figures = [
        figure("recorded", "45", text.index("45")),
        figure("no indicator", "2022", text.index("2022")),
        figure("unattributed", "9%", text.index("9%")),
    ]
    assert list(documents.segments(text, figures)) == [
        *(("In ", None), ("2022", figures[1]), (" there were ", None), ("45", figures[0])),
        *((", up [", None), ("9%", figures[2]), ("].", None)),
    ]


def test_every_class_has_a_mark_of_its_own() -> None:
    assert len(set(documents.MARKS.values())) == len(documents.MARKS) == len(CLASSES)


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5)), max_size=5),
)
def test_the_pieces_of_a_text_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    figures = [
        figure("recorded", start=start, end=start + length)
        for start, length in spans
        if start + length <= len(text)
    ]
    assert "".join(piece for piece, _ in documents.segments(text, figures)) == text


# --- search --------------------------------------------------------------------------------------


def test_search_results() -> None:
    found = find.indicators(
        [("nev-sales", "NEV sales", 100.0), ("nev-exports", "NEV exports", 71.6)],
        {"nev-sales": "Sales of NEVs"},
        {"nev-sales": 1},
    )
    assert found == Table(
        ("indicator", "label", "matched", "score", "records"),
        [
            ("nev-sales", "Sales of NEVs", "NEV sales", 100, 1),
            ("nev-exports", "nev-exports", "NEV exports", 72, 0),
        ],
    )


def test_sentences() -> None:
    hits = [("2023-01-11-a", "2023-01-11", 4, "There were 45.")]
    assert find.sentences(hits) == Table(("document", "date", "sentence", "text"), hits)
