"""What a text may name at the most, found quickly: most documents of an archive name no indicator at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from miit_cli.reading.lexicon import Lexicon
    from miit_cli.reading.mentions import Atoms

_RUN = re.compile(r"[a-z0-9]+")
_DIGITS = "0123456789"
_Phrases = dict[str, list[tuple[tuple[str, ...], frozenset[str]]]]  # by a piece that they begin with: pieces, atoms


class Screen:
    """Finds the atoms that the words of a text may stand for; it may find too many, and misses none.

    No order of the words and no edges of phrases are asked for: only whether all pieces of a phrase stand
    somewhere in the text. That takes no pattern of thousands of phrases, which is slow to build and to run.
    """

    def __init__(self, words: Lexicon, wanted: Atoms) -> None:
        """Take the words of a language, and the atoms that matter."""
        self._key = _first_run if words.language == "en" else _first_characters
        self._keys = _runs if words.language == "en" else _characters
        self._phrases: _Phrases = {}
        for phrase, word in words.words.items():
            atoms = frozenset(atom for each in word.atoms for atom in each if atom in wanted)
            if atoms:
                pieces = tuple(phrase.split())
                self._phrases.setdefault(self._key(pieces[0]), []).append((pieces, atoms))

    def atoms(self, folded: str) -> set[str]:
        """The atoms that a folded text may name."""
        found: set[str] = set()
        for key in self._keys(folded) & self._phrases.keys():
            for pieces, atoms in self._phrases[key]:
                if not atoms <= found and all(piece in folded for piece in pieces):
                    found |= atoms
        return found


def _first_run(piece: str) -> str:
    match = _RUN.match(piece)
    return match[0] if match else ""


def _runs(folded: str) -> set[str]:
    """Letters and digits in a row; what only ends with digits of a number that touches it, without them, too."""
    found = set(_RUN.findall(folded))
    return {"", *found, *(run.rstrip(_DIGITS) for run in found)}


def _first_characters(piece: str) -> str:
    return piece[:2]


def _characters(folded: str) -> set[str]:
    """Each character, and each two in a row."""
    return {*folded, *_pairs(folded)}


def _pairs(folded: str) -> Iterable[str]:
    return map(str.__add__, folded, folded[1:])
