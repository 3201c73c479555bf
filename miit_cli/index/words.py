"""Cuts a sentence into words to search for: each Chinese character, each run of letters or digits."""

from __future__ import annotations

import re
import unicodedata

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")
_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")  # full-width digits and letters


def words(text: str) -> str:
    """The words of a text in small letters, with a space between them.

    >>> words("5G基站 exceeded 2.1 million")
    '5g 基 站 exceeded 2 1 million'
    """
    if _WIDE.search(text):
        text = unicodedata.normalize("NFKC", text)
    return " ".join(_WORD.findall(text.lower()))


def phrases(text: str) -> list[str]:
    """What a sentence must hold to answer a search: each run between spaces, as words side by side."""
    return [phrase for part in text.split() if (phrase := words(part))]


def holds(sentence: str, wanted: list[str]) -> bool:
    """Whether the words of a sentence hold each phrase; the last word of a phrase may go on.

    >>> holds(words("base stations were built"), phrases("station base"))
    True
    """
    line = f" {sentence}"
    return all(f" {phrase}" in line for phrase in wanted)


def expression(wanted: list[str]) -> str:
    """The same question in the language of FTS5."""
    return " AND ".join(f'"{phrase}" *' for phrase in wanted)
