"""What a text may name at the most, found quickly: most documents of an archive name no indicator at all."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.lexicon import SPACED
from miit_cli.reading.mentions import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from miit_cli.reading.lexicon import Lexicon
    from miit_cli.reading.mentions import Atoms

_WORD = re.compile("[a-z0-9]+")
_DIGITS = "0123456789"
_GROUPED = re.compile(r",(?<=\d,)(?=\d)")  # a pattern that begins with its character is a quick one
_PAIR = 2  # characters of a Chinese phrase that tell whether to look for it


class KnownPhrase(NamedTuple):
    """A phrase of the lexicon: its words, and the atoms that it may stand for."""

    first: str  # one of its words
    others: frozenset[str]
    atoms: frozenset[str]


class Screen:
    """Finds the phrases that a text may hold; it may find too many, and misses none.

    No order of their words and no edges are asked for: only whether all words of a phrase stand somewhere
    in the text. That needs no pattern of thousands of phrases, which takes long to build and to run.
    """

    def __init__(self, words: Lexicon, wanted: Atoms) -> None:
        """Take the words of a language, and the atoms that matter."""
        self._whole_words = words.language == "en"
        self._phrases: dict[str, list[KnownPhrase]] = {}  # by how they begin
        self._others: list[KnownPhrase] = []  # those that begin with less, or with other letters
        for phrase, word in words.words.items():
            atoms = wanted & NONE.union(*word.atoms)
            if atoms:
                # a user's name may be in another script
                first, *rest = (_WORD.findall(phrase) if self._whole_words else phrase.split()) or [phrase]
                begins = first if self._whole_words else first[:_PAIR]
                sought = _WORD.fullmatch(begins) if self._whole_words else len(begins) == _PAIR
                known = self._phrases.setdefault(begins, []) if sought else self._others
                known.append(KnownPhrase(first, frozenset(rest) - {first}, atoms))
        self._pairs = _first_of(() if self._whole_words else self._phrases)

    def phrases(self, folded: str) -> list[KnownPhrase]:
        """The phrases that a folded text may hold."""
        text = _spelled(folded)
        if self._whole_words:
            words = _words(text)
            found = [phrase for phrase in self._begun(words) if phrase.others <= words]
        else:
            starts = [match.start() for match in self._pairs.finditer(text)]
            found = _held(text, self._begun({text[start : start + _PAIR] for start in starts}))
        return found + _held(text, self._others)

    def _begun(self, beginnings: set[str]) -> list[KnownPhrase]:
        return [phrase for each in self._phrases.keys() & beginnings for phrase in self._phrases[each]]


def within(folded: str, phrases: Iterable[KnownPhrase]) -> list[KnownPhrase]:
    """Those of the phrases that a piece of the text may hold."""
    return _held(_spelled(folded), phrases)


def _held(text: str, phrases: Iterable[KnownPhrase]) -> list[KnownPhrase]:
    return [
        each for each in phrases if each[0] in text and (not each[1] or all(part in text for part in each[1]))
    ]


def atoms_of(phrases: Iterable[KnownPhrase]) -> set[str]:
    """What phrases may stand for."""
    return set().union(*[phrase.atoms for phrase in phrases])


def _first_of(pairs: Iterable[str]) -> re.Pattern[str]:
    """Finds the first of two characters, wherever both of a pair stand side by side."""
    behind: dict[str, str] = defaultdict(str)
    for pair in pairs:
        behind[pair[0]] += pair[1]
    options = [f"{re.escape(first)}(?=[{re.escape(others)}])" for first, others in sorted(behind.items())]
    return re.compile("|".join(options) or "(?!)")


def _spelled(folded: str) -> str:
    """A text, and behind it itself without what phrases lack: 10,000 people, 5G 基站."""
    plain = _GROUPED.sub("", folded)
    if not plain.isascii():
        plain = SPACED.sub("", plain)
    return folded if plain == folded else f"{folded} {plain}"


def _words(folded: str) -> set[str]:
    """The words of a text; one that a number touches, with and without its digits."""
    found = {*_WORD.findall(folded)}
    return found.union([word.rstrip(_DIGITS) for word in found if word[-1] in _DIGITS])
