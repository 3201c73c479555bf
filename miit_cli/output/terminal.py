"""A table for people: fitted to the width, numbers aligned, hedges and standing as marks.

Nothing is cut: long text wraps, periods for which there is no room continue in a block below, columns that
had to give way are named, and where nothing of that helps each row is written down the page.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.style import Style as Paint
from rich.table import Table as Grid
from rich.text import Text

from miit_cli.output import Layout, Style
from miit_cli.output.cells import is_number, text, visible
from miit_cli.table import Marked, Table, TableRow
from miit_cli.types import CLASSES, SIGNS, STANDINGS, SURE
from miit_cli.types import HEDGES as SAID

HEDGES = {**SIGNS, "unknown": "?"}
UNSURE = "…?"
LEGEND = {
    **{SIGNS[bound]: words for bound, words in SAID.items()},
    "?": "the bounds do not decide",
    "e": "expected",
    "t": "target",
    "!": "in doubt",
    UNSURE: f"read with a confidence below {SURE}",
}
COLORS = dict(  # of figures in a text
    zip(CLASSES, ("bold green", "bold yellow", "bold cyan", "bold magenta", "dim", "bold red"), strict=True)
)
# what a terminal that shows links (OSC 8) says of itself
PROGRAMS = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "Tabby"})
TERMS = frozenset({"xterm-kitty", "xterm-ghostty", "alacritty", "foot", "foot-extra", "wezterm", "contour"})
VARIABLES = ("WT_SESSION", "KONSOLE_VERSION", "DOMTERM", "KITTY_WINDOW_ID")
FIRST_VTE = 5000  # GNOME Terminal and its kin; what came before shows the escape itself
LONG_NUMBER = re.compile(r"(?<![\d.])\d{4,}")
WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"  # Chinese breaks after any character
PIECES = re.compile(rf"[{WIDE}]|[^\s{WIDE}/-]*[/-]+|[^\s{WIDE}/-]+|\s+")
GAP = 2  # spaces between columns
NARROWEST = 16  # what a column of text keeps before optional columns give way
INDENT = 4  # of long text below its row


def render(table: Table, style: Style) -> Iterator[str]:
    """The table as the terminal shows it, part by part."""
    console = _console(style.width, style.color)
    for part in TerminalPage(table, style.layout or Layout(table.columns), style.width).parts():
        with console.capture() as capture:
            console.print(part)
        yield "".join(line.rstrip(" ") + "\n" for line in capture.get().split("\n")[:-1])


def passage(pieces: Iterable[tuple[str, str]], color: bool, width: int) -> str:
    """The text of a document: pieces with the class of each ("" for none), coloured, its lines wrapped."""
    whole = Text()
    for piece, kind in pieces:
        shown = visible(piece.replace("\r\n", "\n").replace("\t", " "), keep="\n")
        whole.append(shown, COLORS.get(kind, ""))
    lines: list[Text] = []
    for paragraph in whole.split("\n", allow_blank=True):
        end = 0
        for line in wrapped(paragraph.plain, width).split("\n"):
            start = paragraph.plain.index(line, end)
            end = start + len(line)
            lines.append(paragraph[start:end])
    console = _console(width, color)
    with console.capture() as capture:
        console.print(Text("\n").join(lines))
    return capture.get().strip("\n") + "\n"


def _console(width: int, color: bool) -> Console:
    """What prints for a terminal of that width, whatever the environment says of colours."""
    return Console(
        file=io.StringIO(),
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )


# links


def knows_links(environ: Mapping[str, str], terminal: bool) -> bool:
    """Whether links are shown as links; FORCE_HYPERLINK says it outright, 0 is no.

    >>> knows_links({"TERM_PROGRAM": "WezTerm"}, True), knows_links({"TERM": "xterm"}, True)
    (True, False)
    """
    if forced := environ.get("FORCE_HYPERLINK"):
        return forced != "0"
    term, vte = environ.get("TERM"), environ.get("VTE_VERSION", "")
    named = environ.get("TERM_PROGRAM") in PROGRAMS or term in TERMS or any(map(environ.get, VARIABLES))
    return terminal and term != "dumb" and (named or (vte.isdecimal() and int(vte) >= FIRST_VTE))


def link_target(url: str, path: str) -> str:
    """Where the name of a document leads: to the page that it was published on, else to its file.

    Only web addresses are followed, and nothing in them that a terminal would obey.
    """
    if url.lower().startswith(("http://", "https://")):
        return quote(url, safe="/:?#[]@!$&'()*+,;=%~-._")
    return f"file://{quote(os.path.abspath(path))}"


# text into a width


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
            continue
        lines.append("")
        for character in piece.lstrip():  # a piece may be wider than a line
            if cell_len(lines[-1] + character) > width and lines[-1]:
                lines.append("")
            lines[-1] += character
    return [line.rstrip() for line in lines if line.strip()] or [""]


# a table


class TerminalColumn(NamedTuple):
    """A column as it is shown: its cells as text, numbers among them aligned already."""

    heading: str
    cells: list[str]
    number: bool
    marks: frozenset[str]  # that the legend has to explain

    @property
    def width(self) -> int:
        """What it takes to show it unbroken."""
        return max(cell_len(line) for cell in (self.heading, *self.cells) for line in cell.split("\n"))

    @property
    def least(self) -> int:
        """What it is not to be squeezed below."""
        return self.width if self.number else min(self.width, max(NARROWEST, cell_len(self.heading)))


class TerminalPage:
    """A table on its way to a terminal of some width; it remembers what its footers have to explain."""

    def __init__(self, table: Table, layout: Layout, width: int) -> None:
        self._table, self._layout, self._width = table, layout, width
        self._place = {name: number for number, name in enumerate(table.columns)}
        self._marks: set[str] = set()
        self._dropped: dict[str, None] = {}

    def parts(self) -> Iterator[RenderableType]:
        """What is printed, from the top to the footers."""
        layout = self._layout
        groups = [("", self._table.rows)]
        if layout.block:
            grouped = groupby(self._table.rows, lambda row: text(row[self._place[layout.block]]))
            groups = [(value, list(rows)) for value, rows in grouped]
        for number, (value, rows) in enumerate(groups):
            if number:
                yield Text()
            if title := layout.titles.get(value, value):
                yield Text(visible(title), style="bold")
            yield from self._group(rows)
        if self._marks:
            told = (f"{mark} {meaning}" for mark, meaning in LEGEND.items() if mark in self._marks)
            yield Text("  ".join(told), style="dim")
        if self._dropped:
            names = ", ".join(self._dropped)
            yield Text(f"no room for {names}: widen the terminal, or use --columns or -f csv", style="dim")

    def _group(self, rows: list[TableRow]) -> Iterator[RenderableType]:
        names = self._fitting(rows)
        if names is None:
            yield from self._upright(rows)
            return
        for number, across in enumerate(self._chunks(names, rows)):
            if number:
                yield Text()
            places = [self._place[name] for name in across]
            kept = [row for row in rows if not across or any(row[place] is not None for place in places)]
            yield from self._drawn([*names, *across], kept)

    def _fitting(self, rows: list[TableRow]) -> list[str] | None:
        """The columns that fit beside each other, optional ones left out; None when there are no such."""
        optional = self._layout.optional
        columns = {name: self._column(name, rows) for name in self._layout.columns if name in self._place}
        least = {
            name: column.least
            for name, column in columns.items()
            if name not in optional or any(cell.strip() for cell in column.cells)
        }
        for name in reversed(optional):
            if _together(least.values()) <= self._width:
                break
            if least.pop(name, None):
                self._dropped[name] = None
        return list(least) if _together(least.values()) <= self._width else None

    def _chunks(self, names: list[str], rows: list[TableRow]) -> Iterator[list[str]]:
        """The columns across, as many at a time as there is room for beside the others."""
        left = room = self._width - _together(self._column(name, rows).least for name in names)
        chunk: list[str] = []
        for name in self._layout.across:
            width = self._column(name, rows).width + GAP
            if chunk and width > left:
                yield chunk
                chunk, left = [], room
            chunk.append(name)
            left -= width
        yield chunk

    def _drawn(self, names: list[str], rows: list[TableRow]) -> Iterator[RenderableType]:
        """The rows as a grid, with long text below each where the layout has some."""
        columns = [self._column(name, rows) for name in names]
        self._marks.update(*(column.marks for column in columns))
        # numbers get what they need, text a share of what they leave
        room = self._width - _together(column.width if column.number else 0 for column in columns)
        words = iter(shares([column.width for column in columns if not column.number], room))
        widths = [column.width if column.number else next(words) for column in columns]
        below = [self._place[name] for name in self._layout.below if name in self._place]
        if not below:
            yield self._grid(columns, widths)
            return
        for number, row in enumerate(rows):
            alone = [column._replace(cells=[column.cells[number]]) for column in columns]
            yield self._grid(alone, widths, header=number == 0)
            for told in filter(None, (visible(text(row[place])) for place in below)):
                shown = Text(wrapped(told, self._width - INDENT), style="italic")
                yield Padding(shown, (0, 0, 0, INDENT))

    def _grid(self, columns: Sequence[TerminalColumn], widths: Sequence[int], *, header: bool = True) -> Grid:
        """Columns of these widths beside each other; text is broken to them here, at better places."""
        links = self._layout.links
        grid = Grid(box=None, padding=(0, GAP, 0, 0), pad_edge=False, show_header=header, header_style="dim")
        for column, width in zip(columns, widths, strict=True):
            heading = f"{column.heading:>{width}}" if column.number else wrapped(column.heading, width)
            grid.add_column(Text(heading), width=width, no_wrap=True, overflow="ignore")
        for cells in zip(*(column.cells for column in columns), strict=True):
            row = []
            for column, cell, width in zip(columns, cells, widths, strict=True):
                shown = cell if column.number else wrapped(cell, width)
                row.append(Text(shown, Paint(link=links[cell]) if cell in links else ""))
            grid.add_row(*row)
        return grid

    def _upright(self, rows: list[TableRow]) -> Iterator[RenderableType]:
        """Each row down the page, all its columns, for a terminal on which they do not fit side by side."""
        self._dropped.clear()
        layout = self._layout
        names = [name for name in (*layout.columns, *layout.across, *layout.below) if name in self._place]
        for number, row in enumerate(rows):
            if number:
                yield Text()
            for column in (self._column(name, [row]) for name in names):
                self._marks |= column.marks
                if cell := column.cells[0].strip():
                    yield Text(wrapped(f"{column.heading}: {cell}", self._width))

    def _column(self, name: str, rows: list[TableRow]) -> TerminalColumn:
        heading = self._layout.headings.get(name, name.replace("_", " "))
        cells = [row[self._place[name]] for row in rows]
        marks = [_marks(name, self._place, row) for row in rows]
        unsure = [_is_unsure(name, self._place, row) for row in rows]
        explained = frozenset("".join(marks)) | ({UNSURE} if any(unsure) else set())
        if is_number(cells) or any(marks):
            return TerminalColumn(heading, _aligned(cells, marks, unsure, cell_len(heading)), True, explained)
        shown = [visible(text(cell).replace("\t", " "), keep="\n") for cell in cells]
        return TerminalColumn(heading, shown, False, explained)


def _together(widths: Iterable[int]) -> int:
    """The width of columns side by side."""
    return sum(width + GAP for width in widths) - GAP


def _marks(name: str, place: Mapping[str, int], row: TableRow) -> str:
    """The standing and the hedge of a value, which stand in other columns of its row or in itself.

    ``value`` has them in ``doubt``, ``status`` and ``bound``, ``from_value`` in ``from_…``;
    ``change`` and ``change_percent`` have a hedge in ``change_bound``.
    """

    def beside(column: str) -> str:
        return text(row[place[column]]) if column in place else ""

    cell = row[place[name]]
    if isinstance(cell, Marked):
        if cell.value is None:
            return ""
        return STANDINGS.get(cell.status, "") + HEDGES.get(cell.bound, "")
    stem, _, kind = name.rpartition("_")
    if kind == "change" or (kind == "percent" and cell is not None):
        return HEDGES.get(beside(f"{stem or kind}_bound"), "")
    if kind != "value" or cell is None:
        return ""
    prefix = name.removesuffix("value")
    doubt = place.get(f"{prefix}doubt")
    doubtful = "!" if doubt is not None and row[doubt] else ""
    return doubtful + STANDINGS.get(beside(f"{prefix}status"), "") + HEDGES.get(beside(f"{prefix}bound"), "")


def _is_unsure(name: str, place: Mapping[str, int], row: TableRow) -> bool:
    """Whether a value was read with little confidence: ``value`` has it in ``confidence``, and so on."""
    cell = row[place[name]]
    if isinstance(cell, Marked):
        return cell.value is not None and cell.unsure
    column = place.get(f"{name.removesuffix('value')}confidence")
    confidence = row[column] if name.endswith("value") and column is not None else None
    return isinstance(confidence, float) and confidence < SURE


def _aligned(cells: Sequence[object], marks: Sequence[str], unsure: Sequence[bool], least: int) -> list[str]:
    """Numbers with thousands separators, one above the other at the decimal point, marks before them.

    What is ``unsure`` has a question mark behind it. Each is at least ``least`` wide.
    """
    parts = [_separated(cell).partition(".") for cell in cells]
    left = [
        f"{mark} {part[0]}".rstrip() if mark else part[0] for mark, part in zip(marks, parts, strict=True)
    ]
    right = [part[1] + part[2] + "?" * doubt for part, doubt in zip(parts, unsure, strict=True)]
    fraction = max(map(len, right))
    whole = max(*map(len, left), least - fraction)
    return [f"{before:>{whole}}{after:<{fraction}}" for before, after in zip(left, right, strict=True)]


def _separated(cell: object) -> str:
    match cell:
        case Marked(value=Decimal() as value):
            return f"{value:,f}"
        case Decimal():
            return f"{cell:,f}"
        case int():
            return f"{cell:,}"
        case Marked():  # of several values
            return LONG_NUMBER.sub(lambda digits: f"{int(digits[0]):,}", visible(text(cell)))
    return visible(text(cell))
