"""A chart in the terminal: lines in Braille dots, marks and values as characters, readable without colour.

A mark is ``●``, or what the tables put before such a figure: ``>`` more than, ``<`` less than, ``~`` about,
``e`` expected, ``t`` target. Where a panel has several lines, each has a letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from itertools import cycle, pairwise
from string import ascii_lowercase as LETTERS
from typing import NamedTuple

from miit_cli.chart import Chart, Line, Mark, Panel
from miit_cli.output.cells import visible
from miit_cli.output.chart.axes import Axes, axes, bands, ends
from miit_cli.output.chart.words import WORDS, ChartWords
from miit_cli.types import SIGNS, STANDINGS

DOT = "●"
BLANK = "\u2800"  # a Braille character without a dot

WIDEST = 120  # a chart does not get clearer by being wider
LEAST = 24  # of the field, however narrow the terminal
HEIGHTS = {1: 14, 2: 10}  # lines of the field, by how many panels there are
LOWEST = 7

COLORS = ("36", "33", "35", "32", "34", "31")
DIM, BOLD = "2", "1"


class Terminal(NamedTuple):
    """What is written to."""

    width: int
    color: bool

    def painted(self, text: str, paint: str) -> str:
        """Text in a colour, or as it is."""
        return f"\x1b[{paint}m{text}\x1b[0m" if self.color and paint else text

    def broken(self, text: str, paint: str) -> str:
        """Text in lines that are no wider than the terminal, or than a chart is at least."""
        room = max(self.width, LEAST)
        if cells(text) > room:
            from miit_cli.output.terminal import wrapped  # with Rich, which a chart can do without

            text = wrapped(text, room)
        return "".join(self.painted(line, paint) + "\n" for line in text.split("\n"))


def render(chart: Chart, lang: str, width: int, color: bool) -> Iterator[str]:
    """The chart, line by line."""
    words, terminal = WORDS[lang], Terminal(width, color)
    height = HEIGHTS.get(len(chart.panels), LOWEST)
    time = bands(chart.marks, LEAST)
    every = [axes(panel.marks, time, words, height // 3) for panel in chart.panels]
    margin = max(len(found.scale.text(tick)) for found in every for tick in found.ticks)
    room = max(min(width, WIDEST) - margin - 2, LEAST)
    time = bands(chart.marks, room)
    for number, (panel, found) in enumerate(zip(chart.panels, every, strict=True)):
        if number:
            yield "\n"
        yield from _panel(Field(panel, found._replace(bands=time), room, height), words, margin, terminal)
    used = {word for mark in chart.marks for word in (mark.bound, mark.status)}
    told = [f"{sign} {words.marks[name]}" for name, sign in {**SIGNS, **STANDINGS}.items() if name in used]
    if told:
        yield "\n" + terminal.broken("  ".join(told), DIM)
    yield from _sources(chart, words, terminal)


def _panel(field: Field, words: ChartWords, margin: int, terminal: Terminal) -> Iterator[str]:
    panel, axes = field.panel, field.axes
    title, unit = visible(panel.title), axes.scale.unit(panel.unit, words)
    if not title:
        yield terminal.broken(unit, BOLD)
    elif cells(title) + 2 + cells(unit) > terminal.width:
        yield terminal.broken(title, BOLD) + terminal.broken(unit, DIM)
    else:
        yield terminal.painted(title, BOLD) + terminal.painted(f"  {unit}\n", DIM)
    if len(panel.lines) > 1:
        for letter, line, paint in zip(LETTERS, panel.lines, cycle(COLORS), strict=False):
            yield f"{terminal.painted(letter, paint)}  {visible(line.label)}\n"
    labels = {field.row(tick): axes.scale.text(tick) for tick in axes.ticks}
    for row, drawn in enumerate(field.drawn()):
        label = labels.get(row, "")
        edge = terminal.painted(f"{label:>{margin}} {'┤' if label else '│'}", DIM)
        yield edge + "".join(terminal.painted(*cell) for cell in drawn).rstrip() + "\n"
    rule, names = ["─"] * field.width, [" "] * field.width
    for band in axes.bands:  # a tick where it ends, its name below it
        right = field.column(band.end)
        rule[right] = "┴" if right < field.width - 1 else "┘"
        begin = field.column((band.start + band.end) / 2) - len(band.name) // 2
        names[begin : begin + len(band.name)] = band.name
    yield terminal.painted(f"{'':>{margin}} └{''.join(rule)}\n", DIM)
    yield terminal.painted(f"{'':>{margin}}  {''.join(names[: field.width])}".rstrip() + "\n", DIM)


class Field:
    """The field of a panel: where lines and marks are drawn, a character and its paint at a time."""

    def __init__(self, panel: Panel, axes: Axes, width: int, height: int) -> None:
        self.panel, self.axes, self.width, self.height = panel, axes, width, height
        self._cells = [[(" ", "")] * width for _ in range(height)]

    def row(self, value: Decimal) -> int:
        """The row of a value, from the top."""
        return self.height - 1 - min(int(self.axes.up(value) * self.height), self.height - 1)

    def column(self, place: float) -> int:
        """The column of a place in time."""
        return min(int(self.axes.across(place) * self.width), self.width - 1)

    def drawn(self) -> list[list[tuple[str, str]]]:
        """The rows: the lines, upon them the marks, and the values where there is room."""
        for line, paint in zip(self.panel.lines, cycle(COLORS)):
            for row, drawn in enumerate(self._dots(line)):
                for column, character in enumerate(drawn[: self.width]):
                    if character not in (BLANK, " "):
                        self._put(row, column, character, paint)
        named = list(self._named())
        for mark, text, paint in named:
            self._put(self.row(mark.value), self.column(ends(mark)) - len(text) + 1, text, paint)
        for mark, text, _ in named:
            self._label(mark, text)
        return self._cells

    def _dots(self, line: Line) -> list[str]:
        from plotille import Canvas

        axes = self.axes
        canvas = Canvas(self.width, self.height, axes.bands[0].start, 0.0, axes.bands[-1].end, 1.0)
        for marks in line.shapes():
            for before, after in pairwise(marks):
                canvas.line(ends(before), axes.up(before.value), ends(after), axes.up(after.value))
        drawn: str = canvas.plot(linesep="\n")
        return drawn.split("\n")

    def _named(self) -> Iterator[tuple[Mark, str, str]]:
        """Every mark with the characters that stand for it and their paint; targets come last."""
        several = len(self.panel.lines) > 1
        for letter, line, paint in zip(cycle(LETTERS), self.panel.lines, cycle(COLORS)):
            for mark in line.every:
                before = STANDINGS.get(mark.status, "") + SIGNS.get(mark.bound, "")
                yield mark, before + letter if several else before or DOT, paint

    def _put(self, row: int, column: int, text: str, paint: str) -> None:
        for place, character in enumerate(text, max(column, 0)):
            self._cells[row][place] = (character, paint)

    def _label(self, mark: Mark, text: str) -> None:
        """Write the value beside its mark, where nothing else stands: above, below, right or left of it."""
        label = self.axes.scale.text(mark.value)
        row, column = self.row(mark.value), self.column(ends(mark))
        centred = column - (len(label) + len(text)) // 2
        for up, begin in (
            *((1, centred), (0, column + 2), (-1, centred), (0, column - len(text) - len(label))),
            *((1, column - len(label) + 1), (-1, column + 1)),
        ):
            if self._is_free(row - up, begin, begin + len(label)):
                self._put(row - up, begin, label, "")
                return

    def _is_free(self, row: int, begin: int, end: int) -> bool:
        inside = 0 <= row < self.height and begin >= 0 and end <= self.width
        return inside and all(char == " " for char, _ in self._cells[row][max(begin - 1, 0) : end + 1])


def _sources(chart: Chart, words: ChartWords, terminal: Terminal) -> Iterator[str]:
    """The ids of the documents, as many to a line as there is room."""
    line = words.sources
    for number, source in enumerate(words.shortened([visible(each.document) for each in chart.sources])):
        name = (words.separator if number else "") + source
        if number and cells(line + name) > max(terminal.width, LEAST):
            yield terminal.painted(line + words.separator.rstrip(), DIM) + "\n"
            line, name = "", source
        line += name
    yield terminal.painted(line, DIM) + "\n"


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
