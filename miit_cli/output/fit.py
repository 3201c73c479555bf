"""Text into a width: how wide each column may be, and where a line of text breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len

WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"  # Chinese breaks after any character
PIECES = re.compile(rf"[{WIDE}]|[^\s{WIDE}/-]*[/-]+|[^\s{WIDE}/-]+|\s+")


def shares(wanted: Sequence[int], room: int) -> list[int]:
    """How much of the room each gets: what it wants, or an equal part of what the modest ones leave.

    >>> shares([5, 30, 50], 45)
    [5, 20, 20]
    """
    given = dict.fromkeys(range(len(wanted)), 0)
    for left, place in enumerate(sorted(given, key=lambda place: wanted[place])):
        part = (room - sum(given.values())) // (len(wanted) - left)
        given[place] = max(1, min(wanted[place], part))
    return list(given.values())


def wrapped(words: str, width: int) -> str:
    """Text in lines of at most this many cells, broken at spaces, hyphens and slashes, else anywhere.

    >>> wrapped("2023-01-11-work-conference", 12)
    '2023-01-11-\\nwork-\\nconference'
    """
    return "\n".join(line for paragraph in words.split("\n") for line in _lines(paragraph, width))


def _lines(paragraph: str, width: int) -> list[str]:
    lines = [""]
    for piece in PIECES.findall(paragraph):
        if cell_len(lines[-1]) + cell_len(piece.rstrip()) <= width:
            lines[-1] += piece
        else:
            lines += _cut(piece.lstrip(), width)
    return [line.rstrip() for line in lines if line.strip()] or [""]


def _cut(piece: str, width: int) -> list[str]:
    """A piece that may be wider than a line."""
    lines = [""]
    for character in piece:
        if cell_len(lines[-1] + character) > width and lines[-1]:
            lines.append("")
        lines[-1] += character
    return lines
