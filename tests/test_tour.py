"""A day of an analyst (docs/tour.md), command by command: what each leaves behind is whole and agrees.

That the page shows what a terminal shows is held by test_docs.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as xml

import pytest
import tour_folder
from conftest import ROOT, Answer

Ask = Callable[..., Answer]
STATIONS = "5g-base-stations"


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of mixed files, as the corpus."""
    folder = tmp_path / "reports"
    tour_folder.write(folder)
    monkeypatch.setenv("MIIT_CORPUS", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


def rows(answer: Answer) -> list[dict[str, str]]:
    assert answer.code == 0, answer.err
    return list(csv.DictReader(answer.out.splitlines()))


def test_the_page_names_every_step() -> None:
    text = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
    typed = re.findall(r"^\$ miit (\w+)", text, re.M)
    steps = ["list", "audit", "suggest", "show", "docs", "check", "export", "plot"]
    assert [step for step in dict.fromkeys(typed[1:]) if step in steps] == steps


def test_every_file_is_a_document_and_every_record_leads_back_to_one(reports: Path, ask: Ask) -> None:
    documents = {row["document"]: int(row["records"]) for row in rows(ask("docs"))}
    assert sorted(documents) == sorted(path.stem for path in reports.iterdir())
    exported = rows(ask("export"))
    assert sum(documents.values()) == len(exported) > 10
    assert {row["document"] for row in exported if row["indicator"] == STATIONS} >= {
        "2023-07-20-half-year",
        "2024-01-19-nian",
        "2024-04-18-quarter",
        "2025-01-26-telecoms",
    }
    assert not [row for row in rows(ask("audit", "--all")) if row["class"] == "unexplained"]
    assert not [row for row in exported if "readers" in row["quote"] or "Archive" in row["quote"]]


def test_what_the_vocabulary_lacks_becomes_a_series(reports: Path, ask: Ask) -> None:
    assert ask("suggest", "-o", "mine.toml").code == 0
    assert rows(ask("show", "harbor-cranes", "--vocabulary", "mine.toml"))[0]["value"] == "12500"


def test_a_slip_is_seen_in_every_place(reports: Path, ask: Ask) -> None:
    [found] = rows(ask("conflicts", STATIONS))
    assert (found["kind"], found["value"], found["document"]) == ("series", "36470000", "2024-04-18-quarter")
    doubts = [row["doubt"] for row in rows(ask("show", STATIONS, "--columns", "doubt"))]
    assert sum(map(bool, doubts)) == 1
    assert ask("docs", "2024-04", "-o", "page.html").code == 0
    page = Path("page.html").read_text(encoding="utf-8")
    assert "fig recorded doubt" in page and found["note"] in page


def test_a_draft_is_checked(reports: Path, ask: Ask) -> None:
    draft = "At the end of 2023 there were 3.377 million 5G base stations. "
    assert ask("check", draft, "--date", "2024-08-01").code == 0
    wrong = ask("check", f"{draft}In 2023 sales of new energy vehicles came to 9.1 million.")
    assert wrong.code == 4


def test_what_is_handed_on_is_whole(reports: Path, ask: Ask) -> None:
    assert ask("export", "-f", "sdmx-csv", "-o", "sdmx.csv").code == 0
    assert ask("schema", "--sdmx", "-o", "structure.json").code == 0
    codes = {
        each["id"]: {code["id"] for code in each["codes"]}
        for each in json.loads(Path("structure.json").read_text(encoding="utf-8"))["data"]["codelists"]
    }
    with Path("sdmx.csv").open(encoding="utf-8", newline="") as file:
        assert {row["INDICATOR"] for row in csv.DictReader(file)} <= codes["CL_INDICATOR"]
    assert ask("plot", STATIONS, "-o", "chart.svg").code == 0
    assert "36,470,000" in (
        xml.parse("chart.svg").getroot().findtext("{http://www.w3.org/2000/svg}desc") or ""
    )
