"""The cases of prose, by kind of wording (``tools/cases.py`` says what a file of them holds).

The reader learns from them, so they are held in two ways: what must be so for every text is held for each
case, and how many cases of each file come out right by ``floors.toml``.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections import Counter
from pathlib import Path

import cases
import pytest
from cases import Case

from miit_cli import vocabulary
from miit_cli.types import BASES, BOUNDS, CLASSES, RECORDED, STATUSES, UNEXPLAINED

LANGUAGES = ("en", "zh")
BUILT_IN = vocabulary.load()
DIGITS = re.compile(r"\d+")
FLOORS: dict[str, dict[str, int]] = tomllib.loads(
    (Path(__file__).parent / "floors.toml").read_text(encoding="utf-8")
)["cases"]

each_file = pytest.mark.parametrize("path", cases.FILES, ids=cases.name)


# --- what the files hold ---------------------------------------------------------------------


@each_file
def test_file_holds_cases_of_its_kind(path: Path) -> None:
    titles = Counter(case.title for case in cases.load(path))
    assert titles
    assert [title for title, times in titles.items() if times > 1] == []
    assert {case.language for case in cases.load(path)} == {path.parent.name}
    assert path.read_text(encoding="utf-8").startswith("# "), "the file does not say of which kind it is"


def test_every_kind_is_shown_in_both_languages() -> None:
    kinds = {
        language: {path.stem for path in cases.CASES.glob(f"{language}/*.toml")} for language in LANGUAGES
    }
    assert kinds["en"] == kinds["zh"]
    assert kinds["en"], "no cases were found"


@each_file
def test_some_texts_must_yield_nothing(path: Path) -> None:
    """In every kind, so that nothing is learned only where it is wanted."""
    assert [case for case in cases.load(path) if not case.records]


@each_file
def test_cases_are_well_formed(path: Path) -> None:
    for case in cases.load(path):
        for row in case.records:
            indicator, _, bound, status, start, end, *basis = row
            assert indicator in BUILT_IN or indicator in case.vocabulary, case.title
            assert bound in BOUNDS, case.title
            assert status in STATUSES, case.title
            assert datetime.date.fromisoformat(end)
            assert start == "-" or datetime.date.fromisoformat(start) <= datetime.date.fromisoformat(end)
            assert basis == [] or basis[0] in BASES, case.title
        for kind, numeral in case.figures:
            assert kind in CLASSES, case.title
            assert numeral in case.text, case.title


# --- what the reader makes of them -----------------------------------------------------------


def test_every_file_has_a_floor() -> None:
    assert list(FLOORS) == sorted(map(cases.name, cases.FILES))


@each_file
def test_floors(path: Path) -> None:
    got, floors = cases.score(path), FLOORS[cases.name(path)]
    assert got.keys() == floors.keys()
    below = {key: f"{count}, the floor is {floors[key]}" for key, count in got.items() if count < floors[key]}
    assert not below, "\n".join([f"of {len(cases.load(path))} cases:", *cases.misses(path)])


# --- what is so for every text ---------------------------------------------------------------


@each_file
def test_spans_are_where_the_text_says(path: Path) -> None:
    for case in cases.load(path):
        text, reading = case.document.text, cases.read(case)
        for one in reading.observations:
            assert text[one.span_start : one.span_end] == one.surface, case.title
        for figure in reading.figures:
            assert text[figure.start : figure.end] == figure.text, case.title
        recorded = {(figure.start, figure.end) for figure in reading.figures if figure.kind == RECORDED}
        assert {(one.span_start, one.span_end) for one in reading.observations} <= recorded, case.title


@each_file
def test_every_number_is_accounted_for_once(path: Path) -> None:
    for case in cases.load(path):
        figures = cases.read(case).figures
        assert UNEXPLAINED not in {figure.kind for figure in figures}, case.title
        for run in DIGITS.finditer(case.document.text):
            classed = _covering(case, run)
            assert classed == 1, f"{case.title}: {run[0]} at {run.start()} is classed {classed} times"


def _covering(case: Case, run: re.Match[str]) -> int:
    return sum(f.start <= run.start() and run.end() <= f.end for f in cases.read(case).figures)


@each_file
def test_what_was_read_before_changes_nothing(path: Path) -> None:
    """Each case once more, in the other order."""
    for case in reversed(cases.load(path)):
        assert cases.reader(case.vocabulary).read(case.document) == cases.read(case), case.title
