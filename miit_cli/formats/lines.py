"""Lines that a program broke, joined again; lines that stand for themselves, left as they are.

A line is broken where the next word did not fit: then it is as long as the others, and what
follows goes on. A figure a line, a heading, an item of a list are no such lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from miit_cli.formats.characters import is_tight, width
from miit_cli.outline import TextBlock


class TextLine(NamedTuple):
    """A line of a paragraph; ``hard`` where the format breaks behind it."""

    text: str
    hard: bool = False


_ENDS = re.compile(r"[.!?。！？…][\"'”’」』）)\]]*$")
_PAUSES = re.compile(r"[;；:：][\"'”’」』）)\]]*$")
_OPEN = re.compile(
    r"(?:[,，、(（\[“‘《—–-]|\b(?:a|an|the|of|in|to|by|and|or|for|from|with|at|on|as|that|which|than|were|was"
    r"|is|are|has|had|have|its|their|more|over|about|nearly|up|down|grew|rose|reached|totaled|fell)"
    r"|[的和与及或为达至到在对从比])$",
    re.IGNORECASE,
)
# What begins a line of its own: a bullet, a number of a list, a heading of a section.
_STARTS = re.compile(
    r"(?:[#|>]|[-*+•·▪●■◆◇○➢►✓]\s|\d{1,2}[.)、]\s?\D|[(（]?[一二三四五六七八九十]{1,3}[、)）]|第[一二三四五六七八九十\d]{1,3}[章节条部]"
    r"|[(（]\d{1,2}[)）]|(?:table|figure|note|notes|source|sources)\b[^.]{0,20}[:：.]|[图表]\s?\d|[注附][:：]|数据来源)",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"[^\n:：]{2,60}[:：]\s?\S")  # a table in words: Value added: up 3.7%
_FIRST = re.compile(r"[A-Za-z0-9$€£¥%.,'’\-]+|\S")
_SOFT = "\xad"  # a soft hyphen, kept at the end of a line only
_HYPHEN = re.compile(r"(?P<head>[A-Za-z]*[a-z]{2,})[-\u2010]$")
_WORD = re.compile(r"[a-z]{2,}")
_WORDS = re.compile(r"[a-z]{2,}(?:-[a-z]+)*")
_NARROWEST = 28  # columns: of a column of a page
_LONG = 50  # columns of a line that nothing else shows to be broken
_SLACK = 4  # columns that a line of Chinese may lack: no mark of punctuation begins a line


def joined(lines: Sequence[TextLine], kind: str, *, whole: bool = False) -> list[TextBlock]:
    """The lines of a paragraph as one block; none where they hold no text.

    Their texts have no white space at their ends. With ``whole`` each line goes on in the next, as in an
    item of a list.
    """
    shown = [line for line in lines if line.text.strip(_SOFT)]
    if not shown:
        return []
    for place, line in enumerate(shown):  # what goes on nowhere has no hyphen
        if line.text.endswith(_SOFT) and (line.hard or place == len(shown) - 1):
            shown[place] = line._replace(text=line.text.rstrip(_SOFT))
    pieces = [shown[0].text]
    if len(shown) == 1:
        return [TextBlock(kind, pieces[0])]
    test = _Wrapping([line.text for line in shown])
    for before, line in pairwise(shown):
        gap = "\n"
        if not before.hard and (whole or test.goes_on(before.text, line.text)):
            pieces[-1], gap = seam(pieces[-1], line.text)
        pieces += [gap, line.text]
    return [TextBlock(kind, "".join(pieces))]


class _Wrapping:
    """What the lines of a paragraph show of the width at which they were broken."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._widest = max(map(width, texts))
        self._is_prose = bool(_ENDS.search(texts[-1]))
        # three lines of one width, of which one ends in mid-sentence, are no accident
        self._is_wrapped = (
            len(texts) > 2
            and not all(map(_ENDS.search, texts[:-1]))
            and all(self._is_full(one, two) for one, two in pairwise(texts))
        )

    def goes_on(self, before: str, after: str) -> bool:
        """Whether a line goes on in the next."""
        if begins_anew(after) or (_LABELLED.match(before) and _LABELLED.match(after)):
            return False
        full = self._is_full(before, after)
        if before.endswith(_SOFT):
            return True
        if ends_sentence(before):
            return self._is_wrapped and full
        if _OPEN.search(before) or (after[0].islower() and before[-1].isascii()):
            return True
        if self._is_prose or self._is_wrapped:
            return full and width(before) >= _NARROWEST
        return full and width(before) >= _LONG and not after[0].isupper()

    def _is_full(self, before: str, after: str) -> bool:
        """Whether the first word of the next line had no place in this one."""
        first = _FIRST.match(after)
        need = width(first[0]) if first else 1
        need += _SLACK if is_tight(before, after) else 1
        return width(before) + need > self._widest


def begins_anew(line: str) -> bool:
    """Whether a line begins something of its own: a bullet, a number of a list, a heading of a section."""
    return _STARTS.match(line) is not None


def ends_sentence(line: str) -> bool:
    """Whether a sentence, or a part of one, ends with a line."""
    return bool(_ENDS.search(line) or _PAUSES.search(line))


def seam(before: str, after: str) -> tuple[str, str]:
    """A line and what joins it to the next: a known word that was broken loses its hyphen."""
    if before.endswith(_SOFT):
        return before.rstrip(_SOFT), ""
    broken = _HYPHEN.search(before[-40:])
    if broken and after[0].islower():
        tail = _WORD.match(after)
        head = broken["head"].lower()
        known = tail and head + tail[0] in _words() and f"{head}-{tail[0]}" not in _words()
        return (before[:-1] if known else before), ""
    return before, "" if is_tight(before, after) or before.endswith("-") else " "


@cache
def _words() -> frozenset[str]:
    """The English words of the lexicon and of the vocabulary, to know a broken one by."""
    data = resources.files("miit_cli").joinpath("data")
    files = [data.joinpath("vocabulary.csv")]
    files += [data.joinpath("en", name) for name in ("atoms.toml", "cues.toml", "classes.tsv", "units.toml")]
    return frozenset(
        word for file in files for word in _WORDS.findall(file.read_text(encoding="utf-8").lower())
    )
