"""Tables as bulletins end in: what each cell is, in each format."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import report_formats

from miit_cli import corpus, vocabulary
from miit_cli.confidence import default_confidence
from miit_cli.formats import pdf
from miit_cli.periods import label
from miit_cli.reading.reader import Reader
from miit_cli.types import PARAGRAPH, RECORDED, UNEXPLAINED, ReadingResult

FILES = sorted((Path(__file__).parent / "tables").glob("*.toml"))
FORMATS = ("md", "html", "plain html", "docx", "txt", "bars")


class TableCase(NamedTuple):
    language: str
    title: str
    date: str
    table: report_formats.ReportTable
    records: list[tuple[str, ...]]

    @property
    def name(self) -> str:
        return f"{self.language}: {self.title}"


def cases() -> list[TableCase]:
    found = []
    for path in FILES:
        file = tomllib.loads(path.read_text(encoding="utf-8"))
        for case in file["table"]:
            table = report_formats.ReportTable(
                case["above"], report_formats.cells(case["rows"]), case["header"], case.get("below", [])
            )
            records = [tuple(line.split()) for line in case["records"].split("\n") if line.strip()]
            found.append(TableCase(file["language"], case["title"], case["date"].isoformat(), table, records))
    return found


CASES = cases()
each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@cache
def reader() -> Reader:
    return Reader(vocabulary.load())


def written(case: TableCase, form: str) -> tuple[str, bytes]:
    """A file of this form, dated by its name."""
    match form:
        case "md":
            return f"{case.date}.md", report_formats.markdown(case.table).encode()
        case "html" | "plain html":
            return (
                f"{case.date}.html",
                f"<meta charset=utf-8>{report_formats.html(case.table, heads=form == 'html')}".encode(),
            )
        case "docx":
            return f"{case.date}.docx", report_formats.word("", [case.table])
        case "pdf" | "ruled pdf":
            data = report_formats.pdf_table(case.table, ruled=form != "pdf", language=case.language)
            return f"{case.date}.pdf", data
        case "bars":
            return f"{case.date}.txt", report_formats.barred(case.table).encode()
        case _:
            return f"{case.date}.txt", report_formats.drawn(case.table).encode()


def records(reading: ReadingResult) -> list[tuple[str, ...]]:
    return [
        (
            one.indicator,
            str(one.value),
            label(one.start, one.end),
            *([one.status] if one.status != "actual" else []),
        )
        for one in reading.observations
    ]


def read(case: TableCase, form: str) -> list[tuple[str, ...]]:
    return records(reader().read(corpus.parse_document(*written(case, form))))


def test_there_are_forty_tables_in_each_language() -> None:
    counts = Counter(case.language for case in CASES)
    assert min(counts["en"], counts["zh"]) >= 40


@pytest.mark.parametrize("ruled", [True, False])
@each
def test_a_table_of_a_pdf(case: TableCase, ruled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without lines it does not show over how many rows a label goes: nothing wrong comes of it."""
    pytest.importorskip("pdfplumber")
    pytest.importorskip("reportlab")
    if case.language == "en" and not str(case.table).isascii():
        pytest.skip("a character that the font lacks")
    monkeypatch.setattr(pdf, "_ask_child", lambda data, _name: pdf._extract(data))
    merged_rows = any(row[0] == "^" for row in case.table.rows[case.table.header :])
    got = read(case, "ruled pdf" if ruled else "pdf")
    assert not Counter(got) - Counter(case.records)
    assert sorted(got) == sorted(case.records) or (merged_rows and not ruled)


@pytest.mark.parametrize("form", FORMATS)
@each
def test_each_cell_is_what_its_row_and_column_say(case: TableCase, form: str) -> None:
    if form == "docx":
        pytest.importorskip("docx")
    document = corpus.parse_document(*written(case, form))
    reading = reader().read(document)
    assert sorted(records(reading)) == sorted(case.records)
    for one in reading.observations:
        assert document.text[one.span_start : one.span_end] == one.surface
    places = [(figure.start, figure.end) for figure in reading.figures]
    assert len(set(places)) == len(places)
    assert UNEXPLAINED not in {figure.kind for figure in reading.figures}
    recorded = {(figure.start, figure.end) for figure in reading.figures if figure.kind == RECORDED}
    assert {(one.span_start, one.span_end) for one in reading.observations} == recorded


STACKED = """Software revenue by kind, January-June 2023 (CNYb)
Kind
Revenue
Y/Y
Software products
1,301.2
10.8%
IT services
3,696.4
16.1%
Compiled from the ministry's bulletin, of which 2 are left out.
"""


def test_cells_below_one_another_are_a_table_between_its_lines() -> None:
    document = corpus.parse_document("2023-07-27.txt", STACKED.encode())
    assert records(reader().read(document)) == [
        ("software-products-revenue", "1301200000000", "2023-H1"),
        ("software-products-revenue-growth", "10.8", "2023-H1"),
        ("it-services-revenue", "3696400000000", "2023-H1"),
        ("it-services-revenue-growth", "16.1", "2023-H1"),
    ]
    assert [sentence.kind for sentence in document.sentences if sentence.kind == PARAGRAPH]


def test_a_value_that_only_an_unread_unit_can_explain_is_no_record() -> None:
    text = "| Year-end figures | 2023 |\n| --- | --- |\n| Mobile subscribers | {} |\n"
    for value, kind in (("1,727,000,000", "recorded"), ("1727", "unattributed")):
        document = corpus.parse_document("2024-02-06.md", text.format(value).encode())
        read = reader().read(document)
        assert len(read.observations) == (kind == "recorded")
        assert [(f.kind, f.indicator) for f in read.figures if f.indicator] == [(kind, "mobile-subscribers")]


@pytest.mark.parametrize(
    ("announced", "status"),
    [
        ("方案规定的发展目标与时间表如下。", ["target", "target"]),
        ("各年的数据如下。", ["actual", "expected"]),
    ],
)
def test_a_table_of_aims_may_be_announced_by_a_sentence(announced: str, status: list[str]) -> None:
    rows = "| 指标 | 2013年 | 2015年 |", "| --- | --- | --- |", "| 固定宽带用户（亿户） | 2.1 | 2.7 |"
    text = "\n".join([announced, "", *rows])
    document = corpus.parse_document("2013-08-19.md", text.encode())
    assert [one.status for one in reader().read(document).observations] == status


@pytest.mark.parametrize(
    "rows",
    [
        [
            "In the first quarter of 2020 | Share of GDP (%) | Increase/Decrease (±%)",
            "Manufacturing | 27.2 | -1.1",
        ],
        ["2020 | Value | Change", "Manufacturing as a share of GDP (%) | 27.2 | -1.1"],
        [
            "In the first quarter of 2020 | Utilization rate (%) | Change (±%) Y/Y",
            "Manufacturing | 67.2 | -9.1",
        ],
        ["Capacity utilization, first quarter of 2020 | % | Change (±%) Y/Y", "Manufacturing | 67.2 | -9.1"],
    ],
)
def test_the_change_of_a_rate_is_no_growth(rows: list[str]) -> None:
    rows = [rows[0], "--- | --- | ---", *rows[1:]]
    document = corpus.parse_document("2021-04-19.md", "\n".join(f"| {row} |" for row in rows).encode())
    assert all(one.value > 0 for one in reader().read(document).observations)


@pytest.mark.parametrize(
    ("title", "lead", "shown"),
    [
        ("Figures", "Zhejiang Province published its figures for the first half on Tuesday.", 0),
        ("China Mobile: first half", "The company reported on Tuesday.", 0),
        ("India in figures", "The ministry published them on Tuesday.", 0),
        ("Figures", "Hefei was where the ministry published figures of the country on Tuesday.", 2),
        ("Figures", "They were published on Tuesday.", 2),
    ],
)
def test_a_table_is_of_whom_the_text_above_it_names(title: str, lead: str, shown: int) -> None:
    rows = (
        "First half of 2023 | Value",
        "--- | ---",
        "5G base stations | 2,937,000",
        "NEV output | 3,788,000",
    )
    table = "\n".join(f"| {row} |" for row in rows)
    page = f'---\ntitle: "{title}"\ndate: 2023-07-25\nlanguage: en\n---\n{lead}\n\n{table}\n'
    document = corpus.parse_document(Path("2023-07-25-note.md"), page.encode())
    assert len(reader().read(document).observations) == shown


def test_a_flow_without_a_time_is_doubtful() -> None:
    text = "| Nationwide | Output (10,000) |\n| --- | --- |\n| New energy vehicles | 1288.8 |\n"
    document = corpus.parse_document("2025-02-20.md", text.encode())
    assert not [one for one in reader().read(document).observations if one.confidence >= default_confidence()]
