"""A chart in the terminal: lines in Braille dots, marks and values as characters, readable without colour.

A mark is ``●``, or what the tables put before such a figure: ``>`` more than, ``<`` less than, ``~`` about,
``e`` expected, ``t`` target. Where a panel has several lines, each has a letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import cycle, pairwise
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.chart import Chart, Line, Mark, Panel
from miit_cli.output.cells import visible
from miit_cli.output.chart.axes import Axes, axes, bands, ends
from miit_cli.output.chart.words import WORDS, ChartWords
from miit_cli.types import SIGNS, STANDINGS

if TYPE_CHECKING:
    from decimal import Decimal

DOT = "●"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
BLANK = "\u2800"  # a Braille character without a dot

WIDEST = 120  # a chart does not get clearer by being wider
LEAST = 24  # of the field, however narrow the terminal
HEIGHTS = {1: 14, 2: 10}  # lines of the field, by how many panels there are
LOWEST = 7

COLORS = ("36", "33", "35", "32", "34", "31")
DIM, BOLD = "2", "1"


def render(chart: Chart, lang: str, width: int, color: bool) -> Iterator[str]:
    """The chart, line by line."""
    words = WORDS[lang]
    height = HEIGHTS.get(len(chart.panels), LOWEST)
    margin = _margin(chart, words, height)
    room = max(min(width, WIDEST) - margin - 2, LEAST)
    time = bands(chart.marks, room)
    for number, panel in enumerate(chart.panels):
        if number:
            yield "\n"
        field = Field(panel, axes(panel.marks, time, words, height // 3), room, height)
        yield from _panel(panel, field, words, margin, width, color)
    yield from _legend(chart, words, width, color)
    yield from _sources(chart, words, width, color)


def _margin(chart: Chart, words: ChartWords, height: int) -> int:
    """The width of the widest number beside any of the fields."""
    time = bands(chart.marks, LEAST)
    every = [axes(panel.marks, time, words, height // 3) for panel in chart.panels]
    return max(len(found.scale.text(tick)) for found in every for tick in found.ticks)


def _panel(
    panel: Panel, field: Field, words: ChartWords, margin: int, width: int, color: bool
) -> Iterator[str]:
    unit = field.axes.scale.unit(panel.unit, words)
    if panel.title and cells(visible(panel.title)) + 2 + cells(unit) > width:
        yield _broken(visible(panel.title), width, BOLD, color) + _broken(unit, width, DIM, color)
    elif panel.title:
        yield _styled(visible(panel.title), BOLD, color) + _styled(f"  {unit}\n", DIM, color)
    else:
        yield _broken(unit, width, BOLD, color)
    if len(panel.lines) > 1:
        for letter, line, paint in zip(LETTERS, panel.lines, cycle(COLORS), strict=False):
            yield f"{_styled(letter, paint, color)}  {visible(line.label)}\n"
    labels = {field.row(tick): field.axes.scale.text(tick) for tick in field.axes.ticks}
    for row, drawn in enumerate(field.drawn()):
        label = labels.get(row, "")
        edge = f"{label:>{margin}} {'┤' if label else '│'}"
        yield _styled(edge, DIM, color) + _painted(drawn, color).rstrip() + "\n"
    rule, names = _time(field.axes, field.width)
    yield _styled(f"{'':>{margin}} └{rule}\n", DIM, color)
    yield _styled(f"{'':>{margin}}  {names}".rstrip() + "\n", DIM, color)


def _time(axes: Axes, width: int) -> tuple[str, str]:
    """The axis of time with a tick where a band ends, and the name of each below it."""
    rule, names = ["─"] * width, [" "] * width
    for band in axes.bands:
        right = _column(axes, band.end, width)
        rule[right] = "┴" if right < width - 1 else "┘"
        begin = _column(axes, (band.start + band.end) / 2, width) - len(band.name) // 2
        names[begin : begin + len(band.name)] = band.name
    return "".join(rule), "".join(names[:width])


def _column(axes: Axes, place: float, width: int) -> int:
    return min(int(axes.across(place) * width), width - 1)


class PaintedCell(NamedTuple):
    """A character of the field and how it is painted."""

    character: str = " "
    paint: str = ""


class Field:
    """The field of a panel: where lines and marks are drawn, a character at a time."""

    def __init__(self, panel: Panel, axes: Axes, width: int, height: int) -> None:
        self.axes = axes
        self.width = width
        self.height = height
        self._panel = panel

    def row(self, value: Decimal) -> int:
        """The row of a value, from the top."""
        return self.height - 1 - min(int(self.axes.up(value) * self.height), self.height - 1)

    def column(self, mark: Mark) -> int:
        """The column of a mark."""
        return _column(self.axes, ends(mark), self.width)

    def drawn(self) -> list[list[PaintedCell]]:
        """The rows: the lines, upon them the marks, and the values where there is room."""
        cells = self._lines()
        named = list(self._named())
        for mark, text, paint in named:
            self._put(cells, self.row(mark.value), self.column(mark) - len(text) + 1, text, paint)
        for mark, text, _ in named:
            self._label(cells, mark, text)
        return cells

    def _lines(self) -> list[list[PaintedCell]]:
        """The lines alone, each with its own dots, in the order in which they are named."""
        cells = [[PaintedCell()] * self.width for _ in range(self.height)]
        for line, paint in zip(self._panel.lines, cycle(COLORS)):
            for row, drawn in enumerate(self._dots(line)):
                for column, character in enumerate(drawn[: self.width]):
                    if character not in (BLANK, " "):
                        cells[row][column] = PaintedCell(character, paint)
        return cells

    def _dots(self, line: Line) -> list[str]:
        from plotille import Canvas

        axes = self.axes
        canvas = Canvas(self.width, self.height, axes.first, 0.0, axes.last, 1.0)
        for marks in line.shapes():
            for before, after in pairwise(marks):
                canvas.line(ends(before), axes.up(before.value), ends(after), axes.up(after.value))
        drawn: str = canvas.plot(linesep="\n")
        return drawn.split("\n")

    def _named(self) -> Iterator[tuple[Mark, str, str]]:
        """Every mark with the characters that stand for it and their paint; targets come last."""
        several = len(self._panel.lines) > 1
        for letter, line, paint in zip(cycle(LETTERS), self._panel.lines, cycle(COLORS)):
            for mark in (*line.marks, *line.targets):
                before = STANDINGS.get(mark.status, "") + SIGNS.get(mark.bound, "")
                yield mark, before + letter if several else before or DOT, paint

    def _put(self, cells: list[list[PaintedCell]], row: int, column: int, text: str, paint: str) -> None:
        for offset, character in enumerate(text):
            cells[row][max(column, 0) + offset] = PaintedCell(character, paint)

    def _label(self, cells: list[list[PaintedCell]], mark: Mark, text: str) -> None:
        """Write the value beside its mark, where nothing else stands: above, below, right or left of it."""
        label = self.axes.scale.text(mark.value)
        row, column = self.row(mark.value), self.column(mark)
        centred = column - (len(label) + len(text)) // 2
        for up, begin in (
            *((1, centred), (0, column + 2), (-1, centred), (0, column - len(text) - len(label))),
            *((1, column - len(label) + 1), (-1, column + 1)),
        ):
            if self._free(cells, row - up, begin, len(label)):
                self._put(cells, row - up, begin, label, "")
                return

    def _free(self, cells: list[list[PaintedCell]], row: int, begin: int, length: int) -> bool:
        if not 0 <= row < self.height or begin < 0 or begin + length > self.width:
            return False
        around = cells[row][max(begin - 1, 0) : begin + length + 1]
        return all(cell.character == " " for cell in around)


def _legend(chart: Chart, words: ChartWords, width: int, color: bool) -> Iterator[str]:
    """What the marks mean, those that are there."""
    used = {mark.bound for mark in chart.marks} | {mark.status for mark in chart.marks}
    told = [f"{sign} {words.marks[name]}" for name, sign in {**SIGNS, **STANDINGS}.items() if name in used]
    if told:
        yield "\n" + _broken("  ".join(told), width, DIM, color)


def _sources(chart: Chart, words: ChartWords, width: int, color: bool) -> Iterator[str]:
    """The ids of the documents, as many to a line as there is room."""
    line = words.sources
    for number, source in enumerate(words.shortened([visible(each.document) for each in chart.sources])):
        name = (words.separator if number else "") + source
        if number and cells(line + name) > max(width, LEAST):
            yield _styled(line + words.separator.rstrip(), DIM, color) + "\n"
            line, name = "", source
        line += name
    yield _styled(line, DIM, color) + "\n"


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _broken(text: str, width: int, paint: str, color: bool) -> str:
    """Text in lines that are no wider than the terminal, or than a chart is at least."""
    if cells(text) > max(width, LEAST):
        from miit_cli.output.fit import wrapped  # with Rich, which a chart can do without

        text = wrapped(text, max(width, LEAST))
    return "".join(_styled(line, paint, color) + "\n" for line in text.split("\n"))


def _styled(text: str, paint: str, color: bool) -> str:
    return f"\x1b[{paint}m{text}\x1b[0m" if color and paint else text


def _painted(cells: Sequence[PaintedCell], color: bool) -> str:
    return "".join(_styled(cell.character, cell.paint, color) for cell in cells)
