"""The records of the bundled corpus: all of them, and that they come out of its sentences.

``bundled-records.csv`` was checked by hand against the five reports. It has the columns of
``miit export`` without ``sentence`` and ``quote``, which move when a report is reworded, and without
``confidence``, which moves when the reader learns.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from miit_cli import corpus

RECORDS = Path(__file__).parent / "bundled-records.csv"
LEFT_OUT = ("sentence", "quote", "confidence")
COUNT = 63
READ, SHOWN = 63, 62  # of these, at least: at any confidence, and by default
LOST = ("55.7%", "75.1%")  # the figures of the sentence whose beginning the source has lost

# a file of the corpus, the sentence, the number in it -> another number, and what becomes of the records
CHANGES = [
    pytest.param(
        "2022-08-19-teleconference",
        "By the end of July the country had built",
        ("1.968 million", "1.977 million"),
        {("5g-base-stations", "1968000"): ("5g-base-stations", "1977000")},
        id="level",
    ),
    pytest.param(
        "2023-07-25-symposium",
        "In total, the country has built and opened",
        ("110 “Gigabit", "113 “Gigabit"),
        {("gigabit-cities", "110"): ("gigabit-cities", "113")},
        id="count",
    ),
    pytest.param(
        "2022-08-19-teleconference",
        "Value added in high-tech manufacturing",
        ("9.0% and 4.9%", "9.0% and 5.1%"),
        {
            ("equipment-manufacturing-value-added-growth", "4.9"): (
                "equipment-manufacturing-value-added-growth",
                "5.1",
            )
        },
        id="respectively",
    ),
]

ALL = ("--min-confidence", "0")  # how sure a reading is may change with what stands around it

ExportRows = Callable[..., list[dict[str, str]]]
Ask = Callable[..., Any]  # ``conftest.ask``


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def _told(rows: list[dict[str, str]]) -> set[tuple[str, ...]]:
    """The records without their places and how sure they are, which a change of wording moves."""
    return {tuple(value for key, value in row.items() if key not in LEFT_OUT) for row in rows}


def _pinned() -> list[dict[str, str]]:
    return _rows(RECORDS.read_text(encoding="utf-8"))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The bundled corpus, to be changed."""
    return Path(shutil.copytree(corpus.bundled_path(), tmp_path / "corpus"))


@pytest.fixture
def export(ask: Ask) -> ExportRows:
    """Ask for records: ``export("--corpus", folder)``."""

    def export(*arguments: str) -> list[dict[str, str]]:
        answer = ask("export", "--format", "csv", *arguments)
        assert answer.code == 0, answer.err
        return _rows(answer.out)

    return export


def _sentence(text: str, beginning: str) -> str:
    """The one sentence of a report that begins so."""
    assert text.count(beginning) == 1, beginning
    rest = text[text.index(beginning) :]
    end = next(at for at in range(len(rest)) if rest[at] == "." and rest[at + 1 : at + 2] in (" ", "\n", ""))
    return rest[: end + 1]


def _kept(rows: list[dict[str, str]]) -> list[tuple[str, ...]]:
    return [tuple(value for key, value in row.items() if key not in LEFT_OUT) for row in rows]


def test_the_records_are_these(export: ExportRows) -> None:
    """What is shown is right, and nearly all is read; what is not sure enough is not shown."""
    pinned = set(_kept(_pinned()))
    assert len(pinned) == COUNT
    shown = _kept(export())
    assert set(shown) <= pinned
    assert len(shown) >= SHOWN
    assert len(pinned & set(_kept(export(*ALL)))) >= READ


def test_quotes_are_in_the_reports(export: ExportRows) -> None:
    for row in export():
        text = (corpus.bundled_path() / f"{row['document']}.md").read_text(encoding="utf-8")
        assert row["quote"] in text


@pytest.mark.parametrize(("document", "beginning", "change", "moved"), CHANGES)
def test_another_number_is_another_record(
    document: str,
    beginning: str,
    change: tuple[str, str],
    moved: dict[tuple[str, str], tuple[str, str]],
    copy: Path,
    export: ExportRows,
) -> None:
    before = export("--corpus", str(copy), *ALL)
    sentence = _rewrite(copy / f"{document}.md", beginning, lambda sentence: sentence.replace(*change))
    assert sentence.count(change[0]) == 1
    after = export("--corpus", str(copy), *ALL)
    expected = [_moved(row, document, moved) for row in before]
    assert _told(after) == _told(expected) != _told(before)


def _rewrite(report: Path, beginning: str, change: Callable[[str], str]) -> str:
    """Change the sentence of a report that begins so; the sentence as it was."""
    text = report.read_text(encoding="utf-8")
    sentence = _sentence(text, beginning)
    report.write_text(text.replace(sentence, change(sentence)), encoding="utf-8")
    return sentence


def _moved(
    row: dict[str, str], document: str, moved: dict[tuple[str, str], tuple[str, str]]
) -> dict[str, str]:
    told = moved.get((row["indicator"], row["value"])) if row["document"] == document else None
    return {**row, "indicator": told[0], "value": told[1]} if told else row


@pytest.mark.parametrize(("document", "beginning", "change", "moved"), CHANGES)
def test_a_sentence_taken_out_takes_its_records_along(
    document: str,
    beginning: str,
    change: tuple[str, str],
    moved: dict[tuple[str, str], tuple[str, str]],
    copy: Path,
    export: ExportRows,
) -> None:
    before = export("--corpus", str(copy), *ALL)
    sentence = _rewrite(copy / f"{document}.md", beginning, lambda sentence: "")
    after = export("--corpus", str(copy), *ALL)
    gone = _told([row for row in before if row["document"] == document and row["quote"] in sentence])
    assert {row[0] for row in gone} >= {indicator for indicator, _ in moved}
    assert _told(before) - _told(after) == gone
    assert _told(after) < _told(before)


def test_every_numeral_is_accounted_for(ask: Ask) -> None:
    answer = ask("audit", "--all", "--format", "csv")
    rows = _rows(answer.out)
    assert rows
    assert [row for row in rows if row["class"] == "unexplained"] == []
    assert ask("audit", "--strict").code == 0


def test_the_lost_sentence_is_unattributed(ask: Ask) -> None:
    answer = ask("audit", "--all", "--format", "csv")
    lost = [row for row in _rows(answer.out) if row["class"] == "unattributed"]
    assert tuple(row["text"] for row in lost) == LOST
    assert {row["document"] for row in lost} == {"2022-08-19-teleconference"}
