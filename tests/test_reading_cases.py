"""Cases of prose, by kind of wording: ``cases/en/*.toml`` and ``cases/zh/*.toml``, text in, records out.

A file holds one kind of wording in one language, and says at its head which. Each ``[[case]]`` has

* ``title``, and ``date``, the day on which the text was published;
* ``text``, which may begin with front matter;
* ``records``: all that the text yields, a line each, ``indicator value bound status start end`` with
  ``-`` for a start that there is none of, and a seventh word, the basis, where the case is about it;
  an empty text is a claim too: nothing may be read out of it;
* ``figures``, where the case is about numerals that are no records: a line each, ``class | numeral``.

``vocabulary`` at the head of a file adds entries of a user's, as a vocabulary file has them.

Files that ``floors.toml`` names under ``cases`` hold wordings that the reader is still learning: at least
so many of their cases must come out right, and all other tests hold for them too.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from miit_cli import corpus, vocabulary
from miit_cli.reading.reader import Reader
from miit_cli.types import BASES, BOUNDS, CLASSES, RECORDED, STATUSES, UNEXPLAINED, Document, Reading

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*/*.toml"))
LANGUAGES = ("en", "zh")
BUILT_IN = vocabulary.load()
DIGITS = re.compile(r"\d+")


class Case(NamedTuple):
    """One text and what it yields."""

    file: str
    title: str
    date: str
    language: str
    text: str
    records: tuple[tuple[str, ...], ...]
    figures: tuple[tuple[str, ...], ...]
    vocabulary: str

    @property
    def name(self) -> str:
        return f"{self.file}: {self.title}"


def _rows(text: str, separator: str | None) -> tuple[tuple[str, ...], ...]:
    lines = (line for line in text.splitlines() if line.strip())
    return tuple(tuple(cell.strip() for cell in line.split(separator)) for line in lines)


def _cases(path: Path) -> Iterator[Case]:
    """The cases of a file; a key that is missing or misspelt is an error, not a case that passes."""
    file = tomllib.loads(path.read_text(encoding="utf-8"))
    name = f"{path.parent.name}/{path.stem}"
    assert set(file) <= {"language", "vocabulary", "case"}, name
    for case in file.get("case", []):
        unknown = set(case) ^ {"title", "date", "text", "records"}
        assert unknown <= {"figures"}, f"{name}: {case.get('title')}: {unknown}"
        assert isinstance(case["date"], datetime.date), f"{name}: {case['title']}"
        yield Case(
            name,
            case["title"],
            case["date"].isoformat(),
            file["language"],
            case["text"],
            _rows(case["records"], None),
            _rows(case.get("figures", ""), "|"),
            file.get("vocabulary", ""),
        )


ALL = [case for path in FILES for case in _cases(path)]
FLOORS: dict[str, int] = tomllib.loads((CASES.parent / "floors.toml").read_text(encoding="utf-8"))["cases"]
each = pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
each_learned = pytest.mark.parametrize(
    "case", [case for case in ALL if case.file not in FLOORS], ids=lambda case: case.name
)


@cache
def _reader(own: str, folder: Path) -> Reader:
    if not own:
        return Reader(BUILT_IN)
    path = folder / "own.toml"
    path.write_text(own, encoding="utf-8")
    return Reader(vocabulary.load(str(path)))


@cache
def _read(case: Case, folder: Path) -> tuple[Document, Reading]:
    document = corpus.text_document(case.text, id="case", date=case.date, language=case.language)
    return document, _reader(case.vocabulary, folder).read(document)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the vocabularies of the cases are put to be loaded from."""
    return tmp_path_factory.mktemp("vocabulary")


# --- what the files hold ---------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_file_holds_cases_of_its_kind(path: Path) -> None:
    cases = list(_cases(path))
    titles = Counter(case.title for case in cases)
    assert cases
    assert [title for title, times in titles.items() if times > 1] == []
    assert {case.language for case in cases} == {path.parent.name}
    assert path.read_text(encoding="utf-8").startswith("# "), "the file does not say of which kind it is"


def test_every_kind_is_shown_in_both_languages() -> None:
    kinds = {language: {path.stem for path in CASES.glob(f"{language}/*.toml")} for language in LANGUAGES}
    assert kinds["en"] == kinds["zh"]
    assert kinds["en"], "no cases were found"


@pytest.mark.parametrize("language", LANGUAGES)
def test_some_texts_must_yield_nothing(language: str) -> None:
    """In every kind, so that no rule is shown only where it is wanted."""
    silent = {case.file for case in ALL if case.language == language and not case.records}
    assert silent == {case.file for case in ALL if case.language == language}


@each
def test_case_is_well_formed(case: Case) -> None:
    for row in case.records:
        indicator, _, bound, status, start, end, *basis = row
        assert indicator in BUILT_IN or indicator in case.vocabulary
        assert bound in BOUNDS
        assert status in STATUSES
        assert datetime.date.fromisoformat(end)
        assert start == "-" or datetime.date.fromisoformat(start) <= datetime.date.fromisoformat(end)
        assert basis == [] or basis[0] in BASES
    for kind, numeral in case.figures:
        assert kind in CLASSES
        assert numeral in case.text


# --- what the reader makes of them -----------------------------------------------------------


def _got(case: Case, reading: Reading) -> list[tuple[str, ...]]:
    """The records as a case has them, with the basis where the case is about it."""
    based = any(len(row) == 7 for row in case.records)
    return sorted(
        (o.indicator, str(o.value), o.bound, o.status, o.start or "-", o.end, *([o.basis] if based else []))
        for o in reading.observations
    )


def _figures(reading: Reading) -> Counter[tuple[str, ...]]:
    return Counter((figure.kind, figure.text) for figure in reading.figures)


@each_learned
def test_records(case: Case, folder: Path) -> None:
    _, reading = _read(case, folder)
    assert _got(case, reading) == sorted(case.records)


@each_learned
def test_figures_that_are_no_records(case: Case, folder: Path) -> None:
    _, reading = _read(case, folder)
    got = _figures(reading)
    missing = Counter(case.figures) - got
    assert not missing, f"got {sorted(got)}"


@pytest.mark.parametrize("file", FLOORS)
def test_cases_that_are_being_learned(file: str, folder: Path) -> None:
    cases = [case for case in ALL if case.file == file]
    right = [
        case
        for case in cases
        for _, reading in [_read(case, folder)]
        if _got(case, reading) == sorted(case.records) and not Counter(case.figures) - _figures(reading)
    ]
    wrong = [case.title for case in cases if case not in right]
    assert len(right) >= FLOORS[file], f"{len(right)} of {len(cases)} are right; wrong are {wrong}"


@each
def test_spans_are_where_the_text_says(case: Case, folder: Path) -> None:
    document, reading = _read(case, folder)
    for one in reading.observations:
        assert document.text[one.span_start : one.span_end] == one.surface
    for figure in reading.figures:
        assert document.text[figure.start : figure.end] == figure.text
    recorded = {(figure.start, figure.end) for figure in reading.figures if figure.kind == RECORDED}
    assert {(one.span_start, one.span_end) for one in reading.observations} <= recorded


@each
def test_every_number_is_accounted_for_once(case: Case, folder: Path) -> None:
    document, reading = _read(case, folder)
    assert UNEXPLAINED not in {figure.kind for figure in reading.figures}
    for run in DIGITS.finditer(document.text):
        classed = [f for f in reading.figures if f.start <= run.start() and run.end() <= f.end]
        assert len(classed) == 1, f"{run[0]} at {run.start()} is classed {len(classed)} times"
