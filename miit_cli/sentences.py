"""Cuts a document's text into sentences, labels and headings, without rewriting it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miit_cli.outline import parts
from miit_cli.types import HEADING, PARAGRAPH, TABLE, SentenceSpan

if TYPE_CHECKING:
    from collections.abc import Iterator

# A heading is a short line that does not end as a sentence does.
_HEADING_MAX = {"zh": 60, "en": 180}
_FIGURE = re.compile(
    r"\d\s?(?:[%％万亿倍]|(?:percent|per cent|thousand|million|billion|trillion)\b)", re.IGNORECASE
)
_LINE = re.compile(r"[^\n\r]+")
_TERMINAL = re.compile(r"[.!?。！？;；:：…][\"'”’」』）)\]]*\s*$")
_ZH_END = re.compile(r"[。！？!?…]+[\"'”’」』）)*_]*")
# The lookbehind begins a run of stops only where it begins: a line of a million dots is tried once.
# A page that was copied may have lost the blank behind a stop: (MIIT).Profits
_EN_END = re.compile(
    r"[.!?。！？](?:"
    r"(?<=[.!?])(?<![.!?][.!?])[.!?]*[\"'”’)\]*_]*(?=\s)"
    r"|(?<=\.)(?:(?<=[a-z]{3}\.)|(?<=[A-Za-z]\)\.))(?<!www\.)(?=[A-Z][a-z]{2})"
    r"|(?<=[。！？])[。！？]*[”’」』）]*)"
)
# A full stop after these ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mr|mrs|ms|dr|prof|no|vs|st|co|ltd|inc|corp|fig|"
    r"approx|est|incl|resp|e\.g|i\.e|u\.s|a\.m|p\.m|vol|pp)|\b[a-z])\.$",
    re.IGNORECASE,
)


# No sentence is longer, whatever a file has between two stops: what is done with the figures of one grows
# with the square of their number. The longest in a thousand reports has 1424 characters, in Chinese 443.
_LONGEST = {"zh": 1000, "en": 3000}
_BREAK = re.compile(r"[\s，、;；]|,(?=\D)")


def split(text: str, outline: str, language: str) -> tuple[SentenceSpan, ...]:
    """The sentences of ``text``, in order, numbered from 1.

    Args:
        text: the text of a document; offsets count its characters.
        outline: its blocks (``miit_cli.outline``).
        language: ``en`` or ``zh``.

    A heading, and a row of a table, is one sentence. Each line of the text is a paragraph of its own,
    but for lines of one figure that follow each other: those go on about what stands above them.
    """
    found: list[SentenceSpan] = []
    paragraph = 0
    listed = False  # whether the line before was of one figure
    for part in parts(text, outline):
        for line in _LINE.finditer(text, part.start, part.end):
            start, end = line.span()
            kind = part.kind
            if kind == PARAGRAPH and end - start <= _HEADING_MAX[language]:
                # a short line of prose that does not end as a sentence does is read as a heading
                kind = PARAGRAPH if _TERMINAL.search(text[max(start, end - 8) : end]) else HEADING
            before = listed
            listed = part.kind == PARAGRAPH and kind == HEADING and bool(_FIGURE.search(text, start, end))
            if before and listed:
                kind = PARAGRAPH
            else:
                paragraph += 1
            whole = kind in (HEADING, TABLE)
            for left, right in _pieces(text, start, end, language, whole):
                found.append(SentenceSpan(len(found) + 1, left, right, kind, paragraph))
    return tuple(found)


def _pieces(text: str, start: int, end: int, language: str, whole: bool) -> list[tuple[int, int]]:
    stops = (_ZH_END if language == "zh" else _EN_END).finditer(text, start, end)
    cuts = [
        stop.end()
        for stop in (() if whole else stops)
        if language == "zh" or not _ABBREVIATION.search(text[max(start, stop.start() - 8) : stop.start() + 1])
    ]
    pieces: list[tuple[int, int]] = []
    left = start
    for right in _bounded(text, start, [*cuts, end], _LONGEST[language]):
        piece = text[left:right]
        if stripped := piece.strip():
            offset = left + len(piece) - len(piece.lstrip())
            pieces.append((offset, offset + len(stripped)))
        left = right
    return pieces


def _bounded(text: str, start: int, ends: list[int], longest: int) -> Iterator[int]:
    """The ends of the pieces, with further ones inside what is too long for a sentence."""
    left = start
    for end in ends:
        while end - left > longest:
            gaps = _BREAK.finditer(text, left + longest // 2, left + longest)
            left = max((gap.end() for gap in gaps), default=left + longest)
            yield left
        yield end
        left = end
