"""A chart as a picture for a report: SVG, drawn with the standard library alone.

What a mark means does not hang on colour: its form says the hedge (a triangle points to where the true
value lies, a ring is *about*), its filling the standing (hollow is expected), a diamond is a target.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle, pairwise
from typing import NamedTuple

from miit_cli.chart import Chart, Line, Mark, Panel
from miit_cli.output.cells import visible
from miit_cli.output.chart.axes import Axes, axes, bands, begins, ends
from miit_cli.output.chart.draw import Canvas, Position, places
from miit_cli.output.chart.glyphs import width as text_width
from miit_cli.output.chart.glyphs import wrapped
from miit_cli.output.chart.words import WORDS, ChartWords
from miit_cli.types import SIGNS

WIDTH = 880.0
MARGIN = 24.0  # around everything
HEIGHTS = {1: 340.0, 2: 230.0}  # of a field, by how many panels there are
LOWEST = 180.0
TITLE, UNIT, SMALL = 17.0, 12.5, 11.5  # sizes of text
LEADING = 1.45
GAP = 30.0  # between panels

INK, SOFT, GRID, PAPER = "#1f2933", "#5b6770", "#e4e8ec", "#ffffff"
# Okabe and Ito's colours, which the colour-blind tell apart
COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9")
# what each becomes on a dark ground
DARK = {
    **{INK: "#e6edf3", SOFT: "#9ba8b4", GRID: "#2b333c", PAPER: "#0d1117"},
    **dict(zip(COLORS, ("#58a6e6", "#ff8f4d", "#38c79c", "#e39cc6", "#dfae4b", "#93d2f7"), strict=True)),
}
DASHES = ("", "7 4", "2 3.5", "10 3 2 3")

HEDGED = {bound: f"{sign} " for bound, sign in SIGNS.items()}  # before a value, as in the tables
SIZE = 5.0  # of a mark
DIAMOND = ((0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0))
TRIANGLES = {
    "lower": ((0, -1.3), (1.2, 0.85), (-1.2, 0.85)),
    "upper": ((0, 1.3), (1.2, -0.85), (-1.2, -0.85)),
}


def render(chart: Chart, lang: str, *, outlined: bool = False, dark: bool = False) -> str:
    """The picture. With ``outlined`` all text is drawn as outlines, and no font is needed to see it.

    With ``dark`` it is on a dark ground.
    """
    words = WORDS[lang]
    canvas = Canvas(WIDTH, PAPER, lang, outlined, DARK if dark else {})
    time = bands(chart.marks, int((WIDTH - 3 * MARGIN) / (SMALL * 0.62)))
    drawn = [(panel, axes(panel.marks, time, words, 5)) for panel in chart.panels]
    widest = max(text_width(found.scale.text(tick), SMALL) for _, found in drawn for tick in found.ticks)
    top = MARGIN
    for number, (panel, found) in enumerate(drawn):
        top += GAP if number else 0
        drawing = _PanelDrawing(canvas, panel, found, words, MARGIN + 10 + widest)
        top = drawing.draw(top, HEIGHTS.get(len(drawn), LOWEST))
    top = _legend(canvas, chart.marks, words, top + 22)
    top = _sources(canvas, chart, words, top + 6)
    title = "; ".join(line.label for panel in chart.panels for line in panel.lines)
    # all figures in words, for who cannot see the picture
    said = (_said(line, mark, panel) for panel in chart.panels for line in panel.lines for mark in line.every)
    return canvas.finished(top + MARGIN - SMALL, title, "; ".join(said))


def _said(line: Line, mark: Mark, panel: Panel) -> str:
    figure = f"{HEDGED.get(mark.bound, '')}{mark.value:,f} {panel.unit}"
    standing = "" if mark.status == "actual" else f" ({mark.status})"
    return f"{line.label}, {mark.period}: {figure}{standing} — {mark.document}"


def _draw_mark(canvas: Canvas, mark: Mark, at: Position, color: str, told: str) -> None:
    """Draw a mark; ``told`` is what a reader is told who points at it."""

    def polygon(corners: Sequence[tuple[float, float]], size: float, filling: str) -> None:
        points = places([Position(at.x + x * size, at.y + y * size) for x, y in corners])
        canvas.add(
            "polygon", points=points, fill=filling, stroke=color, stroke_width=1.6, stroke_linejoin="round"
        )

    def circle(radius: float, filling: str, weight: float) -> None:
        canvas.add("circle", cx=at.x, cy=at.y, r=radius, fill=filling, stroke=color, stroke_width=weight)

    filling = color if mark.status == "actual" else PAPER
    triangle, target, about = TRIANGLES.get(mark.bound), mark.status == "target", mark.bound == "approx"
    with canvas.group(told):
        if target:
            polygon(DIAMOND, SIZE, filling)
        if triangle:
            polygon(triangle, SIZE * 0.5 if target else SIZE, color if target else filling)
        elif not target:
            if about:
                circle(SIZE * 1.45, PAPER, 1.0)
            circle(SIZE * (0.8 if about else 0.95), filling, 1.8)


class _Box(NamedTuple):
    """A rectangle that something stands in."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: _Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


class _PanelDrawing:
    """A panel on its way to the canvas."""

    def __init__(self, canvas: Canvas, panel: Panel, found: Axes, words: ChartWords, left: float) -> None:
        self._canvas, self._panel, self._axes, self._words = canvas, panel, found, words
        self._left, self._right = left, WIDTH - MARGIN - 8
        self._top = self._bottom = 0.0
        self._taken: list[_Box] = []
        # the lines, each with what tells it apart, with colours and without
        self._looks = [*zip(panel.lines, cycle(COLORS), cycle(DASHES))]

    def draw(self, top: float, height: float) -> float:
        """Draw it below ``top``; returns where it ends."""
        self._top = self._head(top) + 16
        self._bottom = self._top + height
        self._grid()
        for line, color, dashes in self._looks:
            self._line(line, color, dashes)
        marks = [(line, mark, color) for line, color, _ in self._looks for mark in line.every]
        for line, mark, color in marks:
            at = self._at(mark)
            _draw_mark(self._canvas, mark, at, color, _said(line, mark, self._panel))
            self._taken.append(_Box(at.x - 6, at.y - 6, at.x + 6, at.y + 6))
        for _, mark, color in marks:
            self._value(mark, color if len(self._looks) > 1 else INK)
        return self._bottom + SMALL + 10

    def _head(self, top: float) -> float:
        """The title, the unit, and for several lines their names."""
        counted = self._axes.scale.unit(self._panel.unit, self._words)
        for text in wrapped(visible(self._panel.title), TITLE, WIDTH - 2 * MARGIN):
            top += TITLE
            self._canvas.text(Position(MARGIN, top), text, TITLE, INK, bold=True)
            top += TITLE * (LEADING - 1)
        self._canvas.text(Position(MARGIN, top + UNIT), counted, UNIT, SOFT, bold=not self._panel.title)
        top += UNIT * LEADING
        for line, color, dashes in self._looks if len(self._looks) > 1 else ():
            self._path([Position(MARGIN, top + 9), Position(MARGIN + 28, top + 9)], color, 2.5, dashes)
            self._canvas.text(Position(MARGIN + 36, top + 13), visible(line.label), UNIT, INK)
            top += UNIT * LEADING
        return top

    def _grid(self) -> None:
        """The axes and their labels."""
        canvas, bottom = self._canvas, self._bottom
        for tick in self._axes.ticks:
            y = self._y(self._axes.up(tick))
            weight, color = (1.2, SOFT) if not tick else (1.0, GRID)
            canvas.line(Position(self._left, y), Position(self._right, y), color, weight)
            label = self._axes.scale.text(tick)
            canvas.text(Position(self._left - 8, y + SMALL * 0.36), label, SMALL, SOFT, "end")
        canvas.line(Position(self._left, bottom), Position(self._right, bottom), SOFT, 1.2)
        for place in [self._axes.bands[0].start, *(band.end for band in self._axes.bands)]:
            x = self._x(place)
            canvas.line(Position(x, bottom), Position(x, bottom + 5), SOFT, 1.2)
        for band in self._axes.bands:
            middle = Position(self._x((band.start + band.end) / 2), bottom + SMALL + 6)
            canvas.text(middle, band.name, SMALL, SOFT, "middle")

    def _x(self, place: float) -> float:
        return self._left + self._axes.across(place) * (self._right - self._left)

    def _y(self, share: float) -> float:
        return self._bottom - share * (self._bottom - self._top)

    def _at(self, mark: Mark) -> Position:
        return Position(self._x(ends(mark)), self._y(self._axes.up(mark.value)))

    def _path(self, points: Sequence[Position], color: str, weight: float, dashes: str) -> None:
        style = {"stroke_linejoin": "round", "stroke_dasharray": dashes}
        self._canvas.add(
            "polyline", points=places(points), fill="none", stroke=color, stroke_width=weight, **style
        )

    def _line(self, line: Line, color: str, dashes: str) -> None:
        """Marks of like periods joined, and for each flow a bar over its period."""
        for marks in line.shapes():
            points = [self._at(mark) for mark in marks]
            if len(points) > 1:
                self._path(points, color, 2.0, dashes)
            self._taken.extend(box for pair in pairwise(points) for box in _along(*pair))
        for mark in line.every:
            if mark.start:
                at = self._at(mark)
                self._canvas.line(Position(self._x(begins(mark)), at.y), at, color, 4.0, faint=True)

    def _value(self, mark: Mark, color: str) -> None:
        """The value beside its mark, with its hedge, where nothing else stands."""
        text = f"{HEDGED.get(mark.bound, '')}{self._axes.scale.text(mark.value)}"
        at, wide = self._at(mark), text_width(text, SMALL)
        for right, down in ((0, -11), (0, 19), (1, -7), (-1, -7), (1, 15), (-1, 15), (1.2, 4), (-1.2, 4)):
            middle, baseline = at.x + right * (wide / 2 + 9), at.y + down
            box = _Box(middle - wide / 2 - 1, baseline - SMALL * 0.8, middle + wide / 2 + 1, baseline + 2)
            inside = self._left < box.left and box.right < self._right + 6
            if inside and box.bottom < self._bottom and not any(map(box.touches, self._taken)):
                self._taken.append(box)
                self._canvas.text(Position(middle, baseline), text, SMALL, color, "middle", halo=PAPER)
                return


def _along(first: Position, last: Position) -> Iterator[_Box]:
    """Small boxes along a line, so that no value is written over it."""
    steps = max(int(abs(last.x - first.x) / 4), int(abs(last.y - first.y) / 4), 1)
    for step in range(steps + 1):
        x = first.x + (last.x - first.x) * step / steps
        y = first.y + (last.y - first.y) * step / steps
        yield _Box(x - 1.5, y - 1.5, x + 1.5, y + 1.5)


def _legend(canvas: Canvas, marks: Sequence[Mark], words: ChartWords, top: float) -> float:
    """What the marks mean, those that are there; returns where it ends."""
    plain = marks[0]._replace(start=None, bound="exact", status="actual")
    bounds = [plain._replace(bound=name) for name in ("exact", "lower", "upper", "approx")]
    standings = [plain._replace(status=name) for name in ("expected", "target")]
    told = [(mark, mark.bound) for mark in bounds if any(mark.bound == each.bound for each in marks)]
    told += [(mark, mark.status) for mark in standings if any(mark.status == each.status for each in marks)]
    told += [(plain, "flow")] if any(mark.start for mark in marks) else []
    left = MARGIN
    for mark, name in told:
        label = words.marks[name]
        wide = 22 + text_width(label, SMALL)
        if left + wide > WIDTH - MARGIN:
            left, top = MARGIN, top + SMALL * 1.7
        if name == "flow":
            canvas.line(Position(left, top + 8), Position(left + 14, top + 8), SOFT, 4.0, faint=True)
        else:
            _draw_mark(canvas, mark, Position(left + 7, top + 8), SOFT, "")
        canvas.text(Position(left + 20, top + 12), label, SMALL, SOFT)
        left += wide + 20
    return top + SMALL * 1.7


def _sources(canvas: Canvas, chart: Chart, words: ChartWords, top: float) -> float:
    """The documents; returns where the last line ends."""
    told = [canvas.drawable(f"{source.title} ({source.date})", source.document) for source in chart.sources]
    text = words.sources + words.separator.join(words.shortened(told))
    for line in wrapped(visible(text), SMALL, WIDTH - 2 * MARGIN):
        top += SMALL * LEADING
        canvas.text(Position(MARGIN, top), line, SMALL, SOFT)
    return top
