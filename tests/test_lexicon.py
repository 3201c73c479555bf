"""The words of a text are found by their first one, as one pattern of all of them would find them."""

from __future__ import annotations

from pathlib import Path

import pytest

from miit_cli.reading import lexicon

ROOT = Path(__file__).resolve().parent.parent
LABELLED = sorted((ROOT / "tests" / "labelled" / "en").glob("*/20*.md"))
TEXTS = [
    "at&t and r & d: q&a, value-added output of 5g base-stations -- as of june",
    "5g base stationsx, new energy, vehicles; 5g base. stations! new-energy vehicle(s)",
    *(path.read_text("utf-8") for path in LABELLED[::40]),
]


@pytest.fixture(scope="module")
def english() -> lexicon.Lexicon:
    return lexicon.build("en", {"x-works": ["工厂", "works & yards"]})


@pytest.mark.parametrize("text", TEXTS)
def test_english_words_are_those_that_one_pattern_finds(english: lexicon.Lexicon, text: str) -> None:
    folded = lexicon.fold(text)
    stops = [(0, len(folded)), *((n, min(n + 37, len(folded))) for n in range(0, min(len(folded), 900), 11))]
    for start, stop in stops:
        found = [match.span() for match in english.found(folded, start, stop)]
        assert found == [match.span() for match in english._pattern.finditer(folded, start, stop)]
