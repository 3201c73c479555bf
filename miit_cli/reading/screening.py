"""What a text may name at the most, found quickly: most documents of an archive name no indicator at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from miit_cli.reading.lexicon import Lexicon
    from miit_cli.reading.mentions import Atoms

_WORD = re.compile("[a-z0-9]+")
_DIGITS = "0123456789"
_GROUPING = re.compile(r"(?<=\d),(?=\d)")


class KnownPhrase(NamedTuple):
    """A phrase of the lexicon: its words, and the atoms that it may stand for."""

    parts: frozenset[str]
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
        for phrase, word in words.words.items():
            atoms = frozenset(atom for each in word.atoms for atom in each if atom in wanted)
            if atoms:
                parts = _WORD.findall(phrase) if self._whole_words else phrase.split()
                begins = "" if not parts else parts[0] if self._whole_words else parts[0][:2]
                found = KnownPhrase(frozenset(parts or [phrase]), atoms)
                self._phrases.setdefault(begins, []).append(found)

    def phrases(self, folded: str) -> list[KnownPhrase]:
        """The phrases that a folded text may hold."""
        if not self._whole_words:
            begun = [known for begins, known in self._phrases.items() if begins in folded]
            return [phrase for known in begun for phrase in within(folded, known)]
        words = _words(_spelled(folded))
        begun = [self._phrases[word] for word in words if word in self._phrases]
        found = [phrase for known in begun for phrase in known if phrase.parts <= words]
        return found + within(folded, self._phrases.get("", ()))  # a user's name in another script


def within(folded: str, phrases: Iterable[KnownPhrase]) -> list[KnownPhrase]:
    """Those of the phrases that a piece of the text may hold."""
    text = _spelled(folded)
    return [phrase for phrase in phrases if all(part in text for part in phrase.parts)]


def atoms_of(phrases: Iterable[KnownPhrase]) -> set[str]:
    """What phrases may stand for."""
    return {atom for phrase in phrases for atom in phrase.atoms}


def _spelled(folded: str) -> str:
    """A text, and behind it itself without what groups digits, which phrases lack: 10000 people."""
    plain = _GROUPING.sub("", folded)
    return folded if plain == folded else f"{folded} {plain}"


def _words(folded: str) -> set[str]:
    """The words of a text; one that a number touches, with and without its digits."""
    found = set(_WORD.findall(folded))
    return found.union([word.rstrip(_DIGITS) for word in found if word[-1] in _DIGITS])
