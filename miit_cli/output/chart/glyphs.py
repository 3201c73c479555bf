"""Text as outlines, so that a picture shows 基站 on a machine that has no Chinese font.

The outlines are of Noto Sans CJK, which is under the SIL Open Font License (``data/glyphs-OFL.txt``);
``tools/glyphs.py`` makes them. They are in thousandths of an em, their y axis upwards.
"""

from __future__ import annotations

import os
import unicodedata
from functools import cache
from typing import NamedTuple

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "glyphs.tsv")
EM = 1000
NEVER_FIRST = "，。、；：）》！？％”’"  # on a line
WIDE, NARROW = 1000, 560  # what is reckoned for a character without outline


class Glyph(NamedTuple):
    """The outline of a character, as an SVG path."""

    advance: int
    path: str


@cache
def glyphs() -> dict[str, Glyph]:
    """The characters that there are outlines for."""
    with open(DATA, encoding="utf-8") as file:
        lines = (line.rstrip("\n").split("\t") for line in file)
        return {character: Glyph(int(advance), path) for character, advance, path in lines}


def width(text: str, size: float) -> float:
    """How wide a text is at a size, to a few percent where a viewer's own font draws it."""
    known = glyphs()
    return sum(known[c].advance if c in known else WIDE if _is_wide(c) else NARROW for c in text) * size / EM


def missing(text: str) -> str:
    """The characters of a text that have no outline, each once."""
    return "".join(dict.fromkeys(character for character in text if character not in glyphs()))


def wrapped(text: str, size: float, room: float) -> list[str]:
    """A text in lines of at most ``room``: broken at spaces, and between Chinese characters."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width((line + piece).rstrip(), size) > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.rstrip() else lines


def _pieces(text: str) -> list[str]:
    """The parts of a text between which a line may end."""
    pieces: list[str] = []
    for character in text:
        before = pieces[-1][-1] if pieces else " "
        may_break = before == " " or _is_wide(before) or _is_wide(character)
        if not pieces or (may_break and character not in NEVER_FIRST):
            pieces.append(character)
        else:
            pieces[-1] += character
    return pieces


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
