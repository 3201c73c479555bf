"""Cuts a sentence into words to search for: each Chinese character, each run of letters or digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

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


def searchable(sentences: Iterable[str]) -> str:
    """What is kept of a document for searching: a line for each sentence, a space before each word."""
    return "\n".join(f" {words(sentence)}" for sentence in sentences)


def phrases(text: str) -> list[str]:
    """What a line must hold to answer a search: each run between spaces, as words side by side.

    The last word of each may go on.

    >>> [all(phrase in searchable(["base stations were built"]) for phrase in phrases("station base"))]
    [True]
    """
    return [f" {phrase}" for part in text.split() if (phrase := words(part))]
