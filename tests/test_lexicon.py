"""The words of a text are found from their beginnings, as one pattern of all of them would find them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from miit_cli.reading import lexicon

LABELLED = Path(__file__).resolve().parent / "labelled"
WRITTEN = {
    "en": (
        "at&t and r & d: q&a, value-added output of 5g base-stations -- as of june",
        "5g base stationsx, new energy, vehicles; 5g base. stations! new-energy vehicle(s)",
    ),
    "zh": ("5G 基站 455万个、5G基站；10G-PON 及以上端口1,000Mbps 用户 x-works 的 工厂",),
}
TEXTS = [
    (language, text)
    for language, written in WRITTEN.items()
    for labelled in [sorted((LABELLED / language).glob("*/20*.md"))[::40]]
    for text in (*written, *(path.read_text("utf-8") for path in labelled))
]
NAMES = {"en": ["工厂", "works & yards"], "zh": ["工厂", "x works"]}


@cache
def words_of(language: str) -> lexicon.Lexicon:
    return lexicon.build(language, {"x-works": NAMES[language]})


@cache
def one_pattern(language: str) -> re.Pattern[str]:
    """All phrases at once; English ones that begin as a list does may have commas between their words."""
    listed: set[str] = set()
    others = {*words_of(language).words}
    if language == "en":
        others = set()
        for first, known in words_of(language)._phrases.items():
            (listed if first in lexicon._listing("en") or first.isdigit() else others).update(known)
    parts = [
        lexicon._pattern(tuple(sorted(each)), language, parted=parted).pattern
        for each, parted in ((listed, True), (others, False))
    ]
    return re.compile("|".join([*parts, lexicon._PUNCTUATION]))


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_words_are_those_that_one_pattern_finds(language: str, text: str) -> None:
    words, pattern, folded = words_of(language), one_pattern(language), lexicon.fold(text)
    stops = [(0, len(folded)), *((n, min(n + 37, len(folded))) for n in range(0, min(len(folded), 900), 11))]
    for start, stop in stops:
        found = [match.span() for match in words.found(folded, start, stop)]
        assert found == [match.span() for match in pattern.finditer(folded, start, stop)]


def phrases(language: str, text: str) -> list[str]:
    words = lexicon.build(language, {})
    folded = lexicon.fold(text)
    return [match[0] for match in words.found(folded, 0, len(folded))]


def test_a_comma_parts_what_no_phrase_lists() -> None:
    assert "china telecom" in phrases("en", "China Telecom earned more")
    assert phrases("en", "In China, telecom revenue")[1:3] == ["china", ","]
    listed = "specialized, refined, distinctive and innovative"
    assert listed in phrases("en", f"8,997 {listed} firms")


@pytest.mark.parametrize("text", ["拥有5G工厂700家", "拥有 5G 工厂 700 家", "拥有5G 工厂700家"])
def test_a_blank_between_scripts_parts_nothing(text: str) -> None:
    assert [lexicon.plain(phrase, "zh") for phrase in phrases("zh", text)][:1] == ["5g工厂"]


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("en", "sales of electric vehicles", "nev"),
        ("en", "new energy vehicles: electric vehicles lead", "nev"),
        ("en", "evs lead phevs", "nev"),
        ("en", "new energy vehicles: electric vehicles and plug-in hybrids", "bev"),
        ("en", "new-energy cars, of which evs 417,000 and phevs 99,000", "bev"),
        ("zh", "电动汽车销量", "nev"),
        ("zh", "新能源汽车中，电动汽车和插电式混合动力汽车", "bev"),
    ],
)
def test_words_of_a_whole_are_said_of_a_part_beside_another(language: str, text: str, meant: str) -> None:
    folded = lexicon.fold(text)
    words = lexicon.build(language, {}).of_text(folded)
    spoken = {"en": ("electric vehicles", "evs"), "zh": ("电动汽车",)}[language]
    found = [words.words[phrase].atoms for phrase in spoken if phrase in folded]
    assert found == [(frozenset([meant]),)] * len(found) != []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1.68 billion phone users, 524 million of them on 5g", "phone"),
        ("1.8 billion phone users, including 1.58 billion mobile phone users", "fixed-phone"),
        ("phone users: 1.38 billion; 279 million have fixed-line telephones", "fixed-phone"),
    ],
)
def test_phone_users_are_those_of_all_phones_where_these_are_told_apart(text: str, meant: str) -> None:
    words = lexicon.build("en", {}).of_text(text)
    assert words.words["phone users"].atoms == (frozenset([meant, "subscribers"]),)
    assert words.words["5g phone users"].atoms == (frozenset(["5g", "subscribers"]),)


def test_a_name_of_the_users_own_stays_that() -> None:
    words = lexicon.build("en", {"my-evs": ["electric vehicles"]})
    used = words.of_text("new energy vehicles: electric vehicles and plug-in hybrids")
    assert used.words["electric vehicles"].atoms == (frozenset(["my-evs"]),)


@pytest.mark.parametrize(
    ("said", "cue"), [("成长", "growth_up"), ("年成长", "growth_up"), ("年衰退", "growth_down")]
)
def test_taiwan_says_growth_in_words_of_its_own(said: str, cue: str) -> None:
    assert cue in lexicon.build("zh", {}).words[said].cues
