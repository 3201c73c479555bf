"""How well labelled texts are read: the floors of each set, and what the evaluation itself must hold."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

import evaluate
import labelled
import pytest

from miit_cli import corpus, vocabulary
from miit_cli.types import BASES, BOUNDS, STATUSES, Observation

TESTS = Path(__file__).parent
ROOTS = (labelled.TEXTS, labelled.HELD_OUT)
FLOORS = tomllib.loads((TESTS / "floors.toml").read_text(encoding="utf-8"))
SETS = [
    "/".join(folder.parts[-3:]) for root in ROOTS for folder in sorted(root.glob("*/*/"))
]  # labelled/en/press, heldout/en/narrow
VOCABULARY = vocabulary.load()

each_set = pytest.mark.parametrize("name", SETS)


@cache
def _texts(name: str) -> list[labelled.Labelled]:
    return labelled.load([TESTS / name])


@cache
def _verdicts(name: str) -> list[evaluate.Verdict]:
    return evaluate.judge(_texts(name)[:: evaluate.SAMPLED])


# --- the labels ---


def test_every_set_has_a_floor() -> None:
    assert [f"{root.name}/{name}" for root in ROOTS for name in FLOORS[root.name]] == SETS


def test_ids_are_unique() -> None:
    assert len(corpus.files([*map(str, ROOTS)])) == sum(len(_texts(name)) for name in SETS)


@each_set
def test_labels_are_located(name: str) -> None:
    texts = _texts(name)
    assert sum(len(text.records) for text in texts) > 100
    assert labelled.lost(texts) == []


@each_set
def test_labels_are_well_formed(name: str) -> None:
    for text in _texts(name):
        for gold in text.records:
            place = f"{gold.document}: {gold.quote}"
            assert gold.indicator in VOCABULARY or not gold.catalogued, place
            assert gold.bound in BOUNDS, place
            assert gold.status in STATUSES, place
            assert gold.basis in BASES, place
            assert gold.start <= gold.end, place
            assert len(gold.end) == len("2024-12-31"), place
            if gold.catalogued and VOCABULARY[gold.indicator].nature == "stock":
                assert not gold.start, place


@each_set
def test_no_number_is_both_a_record_and_none(name: str) -> None:
    for text in _texts(name):
        none = {other.span for other in text.others}
        assert [gold.quote for gold in text.records if gold.span in none] == []


# --- the reader ---


@each_set
def test_floors(name: str) -> None:
    got = evaluate.reached(_verdicts(name))
    root, _, each = name.partition("/")
    floors = FLOORS[root][each]
    below = {key: round(value, 3) for key, value in got.items() if value < floors[key]}
    assert not below, f"the floors are {floors}"


# --- the evaluation ---


def test_what_is_not_sure_is_left_out_of_what_is_shown(tmp_path: Path) -> None:
    text = _text(tmp_path, PARKS.format(alt=""))
    records = [_record("green-industrial-parks", "12"), _record("national-high-tech-zones", "34", start=24)]
    unsure = [record._replace(confidence=0.4) for record in records]
    verdict = evaluate.pair(text, [unsure[0], records[1]])
    assert evaluate.shown([verdict], 0.5) == evaluate.Score(gold=1, got=1, found=0, right=0)
    assert evaluate.shown([verdict], 0.4) == evaluate.score([verdict])


def _text(tmp_path: Path, rows: str, others: str = "") -> labelled.Labelled:
    (tmp_path / "2024-07-20-note.md").write_text(
        "---\nlanguage: en\n---\nChina had 12 parks and 34 zones.\n", encoding="utf-8"
    )
    (tmp_path / "records.csv").write_text(f"{','.join(labelled.RECORD_COLUMNS)}\n{rows}", encoding="utf-8")
    (tmp_path / "not-records.csv").write_text(
        f"{','.join(labelled.NONE_COLUMNS)}\n{others}", encoding="utf-8"
    )
    return labelled.load([tmp_path])[0]


def _record(indicator: str, value: str, *, bound: str = "exact", start: int = 10) -> Observation:
    return Observation(
        indicator, Decimal(value), "park", bound, "actual", None, "2024-07-20", "document", "level", "stock",
        "2024-07-20-note", "2024-07-20", 1, "", start, start + 2, value,
    )  # fmt: skip


PARKS = "2024-07-20-note,green-industrial-parks,12,exact,actual,,2024-07-20,document,{alt},12 parks\n"


def test_a_found_record_with_a_wrong_field_is_not_right(tmp_path: Path) -> None:
    text = _text(tmp_path, PARKS.format(alt=""))
    verdict = evaluate.pair(text, [_record("green-industrial-parks", "12", bound="lower")])
    assert evaluate.score([verdict]) == evaluate.Score(gold=1, got=1, found=1, right=0)


def test_what_alt_allows_is_right(tmp_path: Path) -> None:
    text = _text(tmp_path, PARKS.format(alt="bound=lower|approx;value=12|13"))
    verdict = evaluate.pair(text, [_record("green-industrial-parks", "13", bound="lower")])
    assert evaluate.score([verdict]) == evaluate.Score(gold=1, got=1, found=1, right=1)


@pytest.mark.parametrize("records", [[], [_record("green-industrial-parks", "12")]], ids=["missed", "found"])
def test_an_optional_label_does_not_count(tmp_path: Path, records: list[Observation]) -> None:
    verdict = evaluate.pair(_text(tmp_path, PARKS.format(alt="optional=yes")), records)
    assert evaluate.score([verdict]) == evaluate.Score(gold=0, got=0, found=0, right=0)


def test_a_record_that_no_label_tells_is_extra_and_its_label_of_none_is_mistaken(tmp_path: Path) -> None:
    text = _text(tmp_path, PARKS.format(alt=""), "2024-07-20-note,34,region,34 zones\n")
    place = text.document.text.index("34")
    verdict = evaluate.pair(text, [_record("national-high-tech-zones", "34", start=place)])
    assert evaluate.score([verdict]) == evaluate.Score(gold=1, got=1, found=0, right=0)
    assert [label.quote for label in verdict.mistaken] == ["34 zones"]


def test_a_quote_that_stands_twice_is_lost(tmp_path: Path) -> None:
    text = _text(tmp_path, PARKS.format(alt="").replace("12 parks", "a"))
    assert [label.quote for label in labelled.lost([text])] == ["a"]


def test_a_row_of_no_document_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"records\.csv:2: no document '2024-07-21-note'"):
        _text(tmp_path, PARKS.format(alt="").replace("2024-07-20-note", "2024-07-21-note"))
