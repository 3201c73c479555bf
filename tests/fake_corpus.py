"""A small corpus whose records were made by hand, for the tests of what leaves the program.

``FixedReader`` stands in for the reader: it finds the phrases of ``FOUND`` and knows what each says.
So these tests hold what is written, whatever is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from miit_cli.types import Figure, Observation, ParsedDocument, ReadingResult
from miit_cli.vocabulary import Vocabulary

ENGLISH = """\
---
date: 2023-03-01
title: 'Notes on "new" networks & industry'
event: Press day
publisher: Office of Notes
url: https://example.org/notes/1?a=b&c=d
---

## Networks

By the end of February the base stations of 5G were 2.384 million, and by 2025 there will be over 3.6 million.

Industrial output rose by 3.6% in 2022; for the first two months, about 2.4% is expected.

Sales of new energy vehicles were nearly 7 million in 2022, "a record", and 593,000 in January and February.
"""

CHINESE = """\
---
date: 2023-07-20
title: 上半年情况
---

截至6月底，5G基站达到293.7万个。

上半年，工业增加值同比增长3.8%，比去年全年的3.6%有所加快。
"""


class Told(NamedTuple):
    """What a phrase says."""

    surface: str
    indicator: str
    value: str
    start: str | None
    end: str
    bound: str = "exact"
    status: str = "actual"
    basis: str = "stated"


FOUND = {
    "notes": (
        Told("2.384 million", "5g-base-stations", "2384000", None, "2023-02-28"),
        Told("over 3.6 million", "5g-base-stations", "3600000", None, "2025-12-31", "lower", "target"),
        Told("3.6%", "industrial-value-added-growth", "3.6", "2022-01-01", "2022-12-31"),
        Told(
            *("about 2.4%", "industrial-value-added-growth", "2.4", "2023-01-01", "2023-02-28"),
            *("approx", "expected"),
        ),
        Told("nearly 7 million", "nev-sales", "7000000", "2022-01-01", "2022-12-31", "upper"),
        Told("593,000", "nev-sales", "593000", "2023-01-01", "2023-02-28"),
    ),
    "half-year": (
        Told("293.7万", "5g-base-stations", "2937000", None, "2023-06-30"),
        Told("3.8%", "industrial-value-added-growth", "3.8", "2023-01-01", "2023-06-30"),
        Told(
            *("3.6%", "industrial-value-added-growth", "3.60", "2022-01-01", "2022-12-31"),
            *("exact", "actual", "context"),
        ),
    ),
}


class FixedReader:
    """Finds what FOUND says of a document."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def records(self, document: ParsedDocument) -> ReadingResult | None:
        """The same."""
        return self.read(document)

    def read(self, document: ParsedDocument) -> ReadingResult:
        """The records and the figures of a document."""
        found = tuple(self._observations(document))
        figures = tuple(
            Figure(
                *(each.document, each.sentence, each.span_start, each.span_end, each.surface),
                *("recorded", each.indicator),
            )
            for each in found
        )
        return ReadingResult(found, figures)

    def _observations(self, document: ParsedDocument) -> Iterator[Observation]:
        for told in FOUND[document.id]:
            begin = document.text.index(told.surface)
            place = next(each for each in document.sentences if each.start <= begin < each.end)
            entry = self._vocabulary[told.indicator]
            yield Observation(
                *(told.indicator, Decimal(told.value), entry.unit, told.bound, told.status),
                *(told.start, told.end, told.basis, entry.measure, entry.nature),
                *(document.id, document.date, place.number, document.text[place.start : place.end]),
                *(begin, begin + len(told.surface), told.surface),
            )


def write_corpus(folder: Path) -> Path:
    """The two documents, as files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "notes.md").write_text(ENGLISH, "utf-8")
    (folder / "half-year.md").write_text(CHINESE, "utf-8")
    return folder


def use(monkeypatch: pytest.MonkeyPatch, folder: Path, make: type[FixedReader] = FixedReader) -> Path:
    """Let every command ask these documents, read by hand. Returns their folder."""
    from miit_cli import index
    from miit_cli.index.opening import open_store

    corpus = write_corpus(folder / "corpus")
    by_hand = partial(open_store, make=make)

    def opened(paths: object, vocabulary: object, **options: object) -> object:
        return by_hand(paths, vocabulary, **{**options, "cache": False})

    monkeypatch.setattr(index, "open_store", opened)
    monkeypatch.setenv("MIIT_CORPUS", str(corpus))
    return corpus
