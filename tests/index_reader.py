"""A reader for the tests of the index: simple enough to know what it finds, and it says what it read."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from miit_cli.types import Figure, Observation, ParsedDocument, ReadingResult
from miit_cli.vocabulary import Entry

SLUGS = ("ship-exports", "tram-output", "yarn-output")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
# where each reader writes down the id of every document that it reads
NOTHING = "nothing to record"
DIARY = "MIIT_TEST_DIARY"
# the process that may read the documents at which other processes die
PARENT = "MIIT_TEST_PARENT"

EN = (
    "The yards sent off {} ships.",
    "Trams left the works at a rate of {} percent.",
    "Nobody counted the yarn.",
)
ZH = (
    "船厂交付了{}艘船。",
    "有轨电车产量增长{}%。",
    "当天下着雨，会议照常举行。",
    "基站建设继续推进，达到{}个。",
)


class FakeVocabulary(dict[str, Entry]):
    """A vocabulary, as much of one as the index asks for."""

    def __init__(self, fingerprint: str = "v1") -> None:
        super().__init__({slug: Entry(slug, slug, "", "unit", "level", "flow") for slug in SLUGS})
        self.fingerprint = fingerprint
        self.names: dict[str, object] = {}


class FakeReader:
    """Every number is a record: its last digit says of what, its length for how long."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._slugs = sorted(vocabulary)

    def records(self, document: ParsedDocument) -> ReadingResult | None:
        """The same, where there is something to record."""
        return None if NOTHING in document.text else self.read(document)

    def read(self, document: ParsedDocument) -> ReadingResult:
        """The records, not in the order of the text; and the figures."""
        if diary := os.environ.get(DIARY):
            with open(diary, "a", encoding="utf-8") as file:
                file.write(f"{document.id}\n")
        if "ValueError" in document.text:
            error = ValueError(f"cannot read {document.id}")
            at = document.text.index("ValueError")
            error.sentence = next(each.number for each in document.sentences if at < each.end)  # type: ignore[attr-defined]
            raise error
        if "die here" in document.text and os.environ[PARENT] != str(os.getpid()):
            os._exit(7)
        found = [self._record(document, *place) for place in _numbers(document)]
        figures = tuple(_figure(record) for record in found)
        if NOTHING in document.text:
            return ReadingResult(
                (), tuple(figure._replace(kind="no indicator", indicator="") for figure in figures)
            )
        return ReadingResult(tuple(reversed(found)), figures)

    def _record(
        self, document: ParsedDocument, sentence: int, quote: str, start: int, end: int
    ) -> Observation:
        surface = document.text[start:end]
        year = document.date[:4]
        return Observation(
            indicator=self._slugs[int(surface[-1]) % len(self._slugs)],
            value=Decimal(surface),
            unit="percent" if "." in surface else "vehicle",
            bound=("exact", "lower", "approx")[len(surface) % 3],
            status=("actual", "target")[int(surface[0]) % 2],
            start=None if len(surface) % 2 else f"{year}-01-01",
            end=f"{year}-{int(surface[0]) + 1:02}-28",
            basis="stated",
            measure="level",
            nature="flow",
            document=document.id,
            published=document.date,
            sentence=sentence,
            quote=quote,
            span_start=start,
            span_end=end,
            surface=surface,
            note="a guess" if surface == "7" else "",
            confidence=0.4 if "perhaps" in quote else 1.0,
        )


def _numbers(document: ParsedDocument) -> Iterable[tuple[int, str, int, int]]:
    for number, start, end, _, _ in document.sentences:
        for match in NUMBER.finditer(document.text, start, end):
            yield number, document.text[start:end], match.start(), match.end()


def _figure(record: Observation) -> Figure:
    known = record.status == "actual"
    return Figure(
        document=record.document,
        sentence=record.sentence,
        start=record.span_start,
        end=record.span_end,
        text=record.surface,
        kind="recorded" if known else "no indicator",
        reason=record.indicator,
        value=record.value if known else None,
        period_start=record.start,
        period_end=record.end,
        indicator=record.indicator if known else "",
        confidence=record.confidence if known else None,
    )


def write(folder: Path, name: str, *sentences: str, date: str = "2023-03-01") -> Path:
    """Write a document; a file of equal size is written into, as an editor in a hurry would."""
    path = folder / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ndate: {date}\ntitle: On {name}\n---\n" + "\n\n".join(sentences) + "\n", "utf-8")
    return path


def varied(folder: Path, count: int, seed: int = 0) -> None:
    """Write documents that repeat each other in part, of different days, in both languages."""
    chance = random.Random(seed)
    for number in range(count):
        kinds = ZH if number % 3 == 0 else EN
        lines = [kind.format(chance.choice(("7", "12", "38.0", "38", "401", "9.5"))) for kind in kinds * 2]
        write(
            folder / f"part{number % 4}",
            f"d{number:04}",
            *lines,
            date=f"20{chance.randint(20, 24)}-05-0{number % 9 + 1}",
        )
