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
from miit_cli.formats import pdf
from miit_cli.periods import label
from miit_cli.reading.reader import Reader
from miit_cli.types import RECORDED, UNEXPLAINED, ReadingResult

FILES = sorted((Path(__file__).parent / "tables").glob("*.toml"))
FORMATS = ("md", "html", "plain html", "docx", "txt")


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
