"""Cuts a document's text into sentences, labels and headings, without rewriting it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miit_cli.types import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

# A heading is a short line that does not end as a sentence does.
_HEADING_MAX = {"zh": 60, "en": 180}
# Text wrapped by hand has lines of about one length; a short line before a long one is a heading.
_WRAP_MIN = {"zh": 25, "en": 50}
_WRAP_MAX = {"zh": 60, "en": 110}
_LINE = re.compile(r"[^\n\r]+")
_BULLET = re.compile(r"\s*(?:[#|>]|[-*+•·]\s|\d{1,2}[.)、]\s?\D)")
_TERMINAL = re.compile(r"[.!?。！？;；:：…][\"'”’」』）)\]]*\s*$")
_ZH_END = re.compile(r"[。！？!?…]+[\"'”’」』）)*_]*")
# The lookbehind begins a run of stops only where it begins: a line of a million dots is tried once.
_EN_END = re.compile(r"(?:(?<![.!?])[.!?]+[\"'”’)\]*_]*(?=\s)|[。！？]+[”’」』）]*)")
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


def split(text: str, body: int, language: str) -> tuple[Sentence, ...]:
    """The sentences of ``text[body:]``, in order, numbered from 1.

    Args:
        text: the document as decoded; offsets count its characters.
        body: where the prose begins, after the front matter.
        language: ``en`` or ``zh``.

    Each sentence has its ``heading`` flag and the number of its paragraph.
    """
    found: list[Sentence] = []
    for paragraph, (start, end) in enumerate(_paragraphs(text, body, language), 1):
        heading = _is_heading(text, start, end, language)
        for left, right in _pieces(text, start, end, language, heading):
            found.append(Sentence(len(found) + 1, left, right, heading, paragraph))
    return tuple(found)


def _paragraphs(text: str, body: int, language: str) -> list[tuple[int, int]]:
    """Runs of lines that belong together: one line, or lines wrapped by hand."""
    runs: list[tuple[int, int]] = []
    last_line = (-1, -1)
    for line in _LINE.finditer(text, body):
        start, end = line.span()
        if not text[start:end].strip():
            continue
        if runs and _continues(text, last_line, (start, end), language):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
        last_line = (start, end)
    return runs


_LABELLED = re.compile(r"[^\n:：]{2,60}[:：]\s?\S")  # a table in words: Value added: up 3.7%


def _continues(text: str, last: tuple[int, int], line: tuple[int, int], language: str) -> bool:
    if line[0] - last[1] > 2 or text.count("\n", last[1], line[0]) > 1:
        return False
    shortest, longest = _WRAP_MIN[language], _WRAP_MAX[language]
    before, after = last[1] - last[0], line[1] - line[0]
    if not shortest <= before <= longest or after > longest:
        return False
    if _BULLET.match(text, line[0], line[1]) or _BULLET.match(text, last[0], last[1]):
        return False
    if _LABELLED.match(text, line[0], line[1]) and _LABELLED.match(text, last[0], last[1]):
        return False
    # A wrapped line may end anywhere; one that ends a sentence may also end its paragraph.
    return not _TERMINAL.search(text[max(last[0], last[1] - 8) : last[1]])


def _is_heading(text: str, start: int, end: int, language: str) -> bool:
    if text.startswith("#", start):
        return True
    return end - start <= _HEADING_MAX[language] and not _TERMINAL.search(text[max(start, end - 8) : end])


def _pieces(text: str, start: int, end: int, language: str, heading: bool) -> list[tuple[int, int]]:
    cuts: list[int] = []
    if not heading:
        ends = _ZH_END if language == "zh" else _EN_END
        for stop in ends.finditer(text, start, end):
            if language == "en" and _ABBREVIATION.search(
                text[max(start, stop.start() - 8) : stop.start() + 1]
            ):
                continue
            cuts.append(stop.end())
    pieces: list[tuple[int, int]] = []
    left = start
    for right in _bounded(text, start, [*cuts, end], _LONGEST[language]):
        piece = text[left:right]
        stripped = piece.strip()
        if stripped:
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
