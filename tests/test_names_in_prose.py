"""What ``miit show`` understands, a report may say: every name of an indicator, in a plain sentence.

The floors are what holds today; a name that is read as another indicator is worse than one that is not read.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from miit_cli.corpus import text_document
from miit_cli.reading.reader import Reader
from miit_cli.reading.sizes import magnitudes
from miit_cli.vocabulary import Entry, load, units

VOCABULARY = load()
UNITS = units()
READER = Reader(VOCABULARY)
SAID: dict[str, list[str]] = {}  # the names that no file of the vocabulary lists
with open(Path(__file__).parent / "names-said.csv", encoding="utf-8", newline="") as rows:
    for row in csv.DictReader(rows):
        SAID.setdefault(row["slug"], []).append(row["query"])


class SpokenName(NamedTuple):
    """A name, the indicator that it stands for, and those that its sentence is read as."""

    name: str
    slug: str
    found: set[str]


SCALES = {"en": {12: " trillion", 9: " billion", 6: " million"}, "zh": {12: "万亿", 8: "亿", 4: "万"}}


def sentence(entry: Entry, name: str, language: str) -> str:
    """The name as the subject of a usual figure in the unit of its indicator."""
    unit = UNITS[entry.unit][language == "zh"]
    if entry.measure == "growth":
        return f"2024年，{name}为7.3%。" if language == "zh" else f"In 2024, {name} was 7.3 percent."
    usual = magnitudes().get(entry.slug)
    size = usual.middle if usual else 4.5
    power = next((power for power in SCALES[language] if size >= power), 0)
    figure = f"{10 ** (size - power):,.{2 if power else 0}f}{SCALES[language].get(power, '')}"
    return (
        f"2024年，{name}达到{figure}{unit}。"
        if language == "zh"
        else f"In 2024, {name} reached {figure} {unit}."
    )


def said(measure: str, language: str) -> Iterator[SpokenName]:
    for entry in VOCABULARY.entries.values():
        for name in (entry.label, entry.label_zh, *entry.aliases, *SAID.get(entry.slug, ())):
            if entry.measure == measure and name.isascii() == (language == "en"):
                text = sentence(entry, name, language)
                document = text_document(text, id="note", date="2025-01-20", language=language)
                found = READER.read(document).observations
                sure = {each.indicator for each in found}
                yield SpokenName(name, entry.slug, sure)


@pytest.mark.parametrize(
    ("measure", "language", "right", "wrong"),
    [
        ("level", "en", 0.82, 0.02),
        ("growth", "en", 0.83, 0.03),
        ("level", "zh", 0.72, 0.02),
        ("growth", "zh", 0.80, 0.02),
    ],
)
def test_a_name_is_read_as_its_indicator(measure: str, language: str, right: float, wrong: float) -> None:
    every = list(said(measure, language))
    read = [each for each in every if each.slug in each.found]
    misread = [each for each in every if each.found and each.slug not in each.found]
    print(f"{measure}, {language}: {len(read)} of {len(every)}, as another {len(misread)}")
    assert len(every) > 300
    assert len(read) / len(every) >= right, [each.name for each in every if not each.found]
    assert len(misread) / len(every) <= wrong, misread
