"""Cases of prose, by kind of wording: ``tests/cases/en/*.toml`` and ``zh/*.toml``, text in, records out.

A file holds one kind of wording in one language, and says at its head which. Each ``[[case]]`` has

* ``title``, and ``date``, the day on which the text was published;
* ``text``, which may begin with front matter;
* ``records``: all that the text yields, a line each, ``indicator value bound status start end`` with
  ``-`` for a start that there is none of, and a seventh word, the basis, where the case is about it;
  an empty text is a claim too: nothing may be read out of it;
* ``figures``, where the case is about numerals that are no records: a line each, ``class | numeral``.

``vocabulary`` at the head of a file adds entries of a user's, as a vocabulary file has them. The reader
learns from these cases (``tools/train.py``); how many of each file it gets right is held by
``tests/floors.toml`` and told by ``python tools/evaluate.py --floors``.
"""

from __future__ import annotations

import datetime
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from miit_cli import corpus, vocabulary
from miit_cli.confidence import default_confidence
from miit_cli.reading.reader import Reader
from miit_cli.types import ParsedDocument, ReadingResult, judged

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases"
FILES = sorted(CASES.glob("*/*.toml"))

CaseRow = tuple[str, ...]


class Case(NamedTuple):
    """One text and what it yields."""

    file: str  # en/declines
    title: str
    date: str
    language: str
    text: str
    records: tuple[CaseRow, ...]
    figures: tuple[CaseRow, ...]  # class, numeral
    vocabulary: str

    @property
    def document(self) -> ParsedDocument:
        """The text as a document of that day."""
        return corpus.text_document(self.text, id="case", date=self.date, language=self.language)


class Misses(NamedTuple):
    """What the reader makes of a case and the case does not say, and the other way round."""

    missed: tuple[CaseRow, ...]
    extra: tuple[CaseRow, ...]
    misclassed: tuple[CaseRow, ...]  # of its figures, those that are classed otherwise

    @property
    def is_right(self) -> bool:
        """Whether all records are as listed, and no others."""
        return not self.missed and not self.extra


def name(path: Path) -> str:
    """What a file is called in ``floors.toml``: ``en/declines``."""
    return f"{path.parent.name}/{path.stem}"


@cache
def load(path: Path) -> tuple[Case, ...]:
    """The cases of a file.

    Raises:
        ValueError: a key is missing, misspelt or of another kind than it must be.
    """
    file = tomllib.loads(path.read_text(encoding="utf-8"))
    if not set(file) <= {"language", "vocabulary", "case"}:
        raise ValueError(f"{path}: only language, vocabulary and case stand at its head, not {[*file]}")
    return tuple(_case(path, file, case) for case in file["case"])


def _case(path: Path, file: dict[str, str], case: dict[str, str | datetime.date]) -> Case:
    place = f"{path}: {case.get('title')}"
    if unknown := (set(case) ^ {"title", "date", "text", "records"}) - {"figures"}:
        raise ValueError(f"{place}: {sorted(unknown)} is missing or unknown")
    if not isinstance(case["date"], datetime.date):
        raise ValueError(f"{place}: {case['date']!r} is no date")
    return Case(
        name(path), str(case["title"]), case["date"].isoformat(), file["language"], str(case["text"]),
        tuple(_rows(str(case["records"]), None)), tuple(_rows(str(case.get("figures", "")), "|")),
        file.get("vocabulary", ""),
    )  # fmt: skip


def _rows(text: str, separator: str | None) -> Iterator[CaseRow]:
    lines = (line for line in text.splitlines() if line.strip())
    return (tuple(cell.strip() for cell in line.split(separator)) for line in lines)


@cache
def reader(own: str = "") -> Reader:
    """A reader of the built-in vocabulary and of a file of one's own with this text."""
    if not own:
        return Reader(vocabulary.load())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.toml"
        path.write_text(own, encoding="utf-8")
        return Reader(vocabulary.load(str(path)))


@cache
def read(case: Case) -> ReadingResult:
    """What the reader finds in a case."""
    return reader(case.vocabulary).read(case.document)


def judge(case: Case) -> Misses:
    """How far what is read surely enough to be shown differs from what the case says."""
    reading = read(case)
    got = Counter(_told(case, reading))
    wanted = Counter(case.records)
    classed = Counter((judged(f, default_confidence()).kind, f.text) for f in reading.figures)
    return Misses(
        tuple(sorted((wanted - got).elements())),
        tuple(sorted((got - wanted).elements())),
        tuple(sorted((Counter(case.figures) - classed).elements())),
    )


def _told(case: Case, reading: ReadingResult) -> Iterator[CaseRow]:
    """The records as a case has them, with the basis where the case is about it."""
    based = any(len(row) == 7 for row in case.records)
    for o in reading.observations:
        if o.confidence >= default_confidence():
            basis = [o.basis] if based else []
            yield (o.indicator, str(o.value), o.bound, o.status, o.start or "-", o.end, *basis)


def score(path: Path) -> dict[str, int]:
    """Of a file, the number of cases whose records are right, and of figures that are classed as listed."""
    cases = load(path)
    misses = [judge(case) for case in cases]
    listed = sum(len(case.figures) for case in cases)
    return {
        "records": sum(each.is_right for each in misses),
        "figures": listed - sum(len(each.misclassed) for each in misses),
    }


def misses(path: Path) -> Iterator[str]:
    """A line for each case of a file that is not as it says: ``en/declines: title: missed …; extra …``."""
    for case in load(path):
        told = judge(case)
        parts = [f"{kind} {', '.join(map(' '.join, rows))}" for kind, rows in told._asdict().items() if rows]
        if parts:
            yield f"{case.file}: {case.title}: {'; '.join(parts)}"
