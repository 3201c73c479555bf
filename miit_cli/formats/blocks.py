"""Lines out of formats that have paragraphs and tables: what HTML and Word share."""

from __future__ import annotations

import re
from typing import NamedTuple

_SENTENCE_ENDS = ("。", "！", "？", "；", ".", "!", "?", ";")
_SPACE = re.compile(r"(\s+)")
_WIDE = re.compile(r"[⺀-鿿豈-﫿︰-﹏＀-￯]")


class Line(NamedTuple):
    """A paragraph, a heading (``# …``) or a row of a table (``| a | b |``)."""

    text: str
    main: bool = False  # in what the file marks as its main part
    tight: bool = False  # follows the line before without an empty one
    row: bool = False


class _Row(NamedTuple):
    level: int  # how many cells it lies in
    cells: list[list[Line]]


class Blocks:
    """Collects lines in order; a table's row becomes one line, a table that lays out a page does not."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._rows: list[_Row] = []
        self._cells: list[list[Line]] = []

    def put(self, line: Line) -> None:
        (self._cells[-1] if self._cells else self.lines).append(line)

    def begin_row(self) -> None:
        self._rows.append(_Row(len(self._cells), []))

    def begin_cell(self) -> None:
        self._cells.append([])

    def end_cell(self) -> None:
        if not self._cells:
            return
        cell = self._cells.pop()
        if self._rows and self._rows[-1].level == len(self._cells):
            self._rows[-1].cells.append(cell)
        else:  # a cell without a row
            self._put_all(cell)

    def end_row(self) -> None:
        if not self._rows:
            return
        cells = self._rows.pop().cells
        lines = [line for cell in cells for line in cell]
        if sum(map(bool, cells)) == 1 or any(map(_is_passage, cells)):
            self._put_all(lines)
        elif lines:
            texts = [" ".join(line.text.lstrip("# ") for line in cell) for cell in cells]
            self.put(Line(f"| {' | '.join(texts)} |", lines[0].main, tight=True, row=True))

    def end(self) -> list[Line]:
        """All lines, those of a table that was never closed with them."""
        while self._cells or self._rows:
            if self._rows and self._rows[-1].level == len(self._cells):
                self.end_row()
            else:
                self.end_cell()
        return self.lines

    def _put_all(self, lines: list[Line]) -> None:
        for line in lines:
            self.put(line)


def _is_passage(cell: list[Line]) -> bool:
    """Whether a cell holds paragraphs or a table of its own, and not a value or a label."""
    return any(line.row for line in cell) or (
        len(cell) > 1 and any(line.text.endswith(_SENTENCE_ENDS) for line in cell)
    )


def joined(lines: list[Line]) -> str:
    """The text of lines: an empty line between paragraphs, none between rows."""
    parts: list[str] = []
    before: Line | None = None
    for line in lines:
        if before is not None:
            parts.append("\n" if line.tight and before.row == line.row else "\n\n")
        parts.append(line.text)
        before = line
    return "".join(parts)


def collapsed(text: str) -> str:
    """Runs of white space as one space; a line break between two Chinese characters as none."""
    words = _SPACE.split(text.strip())
    for place in range(1, len(words), 2):
        broken = "\n" in words[place] and _WIDE.match(words[place - 1][-1:]) and _WIDE.match(words[place + 1])
        words[place] = "" if broken else " "
    return "".join(words)
