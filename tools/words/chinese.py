"""Chinese words: what they can be, which way they tell, what they do to a noun."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path

from common import write
from sources import jieba_words

HERE = Path(__file__).parent
COMMON = 50  # how often a word stands in jieba's texts from which it is kept
LONGEST = 4
# jieba's parts of speech as the letters that English has; d is an adverb there
LETTERS = {
    "n": "n",
    "v": "v",
    "vn": "nv",
    "a": "a",
    "ad": "ar",
    "an": "na",
    "d": "r",
    "z": "a",
    "i": "a",
    "l": "l",
    "b": "b",
}
FUNCTION = "pcurmqyeohxtfs"
ABOUT_CLASSES = """
The common Chinese words of two to four characters by what they can be: n noun, v verb, a
adjective or word of state, r adverb, b word that only narrows a noun (大型), l set phrase, f
function word, pronoun, number, time or place word. Names are left out.
Source: jieba (PyPI, MIT), its dictionary.
"""
ABOUT_DIRECTIONS = """
Words that tell which way an amount went. turned-up and turned-down: from one sign to the other;
easing: what a rate did, which says nothing of its sign; up-by and down-by: words that tell it
right before their number alone; thing: things that are named with such words and tell nothing.
Source: jieba (PyPI, MIT), its dictionary; chosen and put together in tools/words/directions.toml.
"""
ABOUT_MODIFIERS = """
What a word does to the noun it stands before: "describes" leaves the thing what it is (平稳, 快速),
"narrows" makes it another thing (民营, 大型). Nouns narrow too: they are in classes.tsv.
Source: jieba (PyPI, MIT), its dictionary (words of state, adjectives, adverbs describe; b
narrows), corrected in tools/words/modifiers.toml.
"""


def classes() -> dict[str, str]:
    """The letters of each common word."""
    found = {}
    for word, (count, part) in jieba_words().items():
        if count >= COMMON and 2 <= len(word) <= LONGEST:
            letters = LETTERS.get(part) or ("f" if part[0] in FUNCTION and part not in ("nr", "ns") else "")
            if letters:
                found[word] = letters
    return found


def directions() -> dict[str, set[str]]:
    """The words of each way."""
    table = tomllib.loads((HERE / "directions.toml").read_text(encoding="utf-8"))["zh"]
    left_out = set(table["left_out"].split())
    found = {
        way: set(table[way]["words"].split())
        for way in ("up", "down", "easing", "turned-up", "turned-down", "thing", "up-by", "down-by")
    }
    for way in ("up", "down"):
        made = {how + verb for how in table["how"].split() for verb in table[f"{way}_ways"].split()}
        found[way] |= made - left_out
    for way in ("turned-up", "turned-down", "easing", "thing"):
        found["up"] -= found[way]
        found["down"] -= found[way]
    return found


def modifiers(known: dict[str, str]) -> dict[str, set[str]]:
    """The words that describe and those that narrow."""
    own = tomllib.loads((HERE / "modifiers.toml").read_text(encoding="utf-8"))["zh"]
    found: dict[str, set[str]] = {"describes": set(), "narrows": set()}
    for word, letters in known.items():
        if letters in ("a", "ar", "r", "na"):
            found["describes"].add(word)
        elif letters == "b":
            found["narrows"].add(word)
    for kind, other in (("describes", "narrows"), ("narrows", "describes")):
        words = set(own[kind].split())
        found[kind] |= words
        found[other] -= words
    return found


def build(data: Path) -> None:
    """Writes classes, directions and modifiers."""
    known = classes()
    grouped: defaultdict[str, set[str]] = defaultdict(set)
    for word, letters in known.items():
        grouped[letters].add(word)
    write(data / "zh" / "classes.tsv", ABOUT_CLASSES, dict(sorted(grouped.items())))
    write(data / "zh" / "directions.tsv", ABOUT_DIRECTIONS, directions())
    write(data / "zh" / "modifiers.tsv", ABOUT_MODIFIERS, modifiers(known))
