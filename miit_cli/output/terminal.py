"""A table for people: fitted to the width, numbers aligned, hedges and standing as marks.

Nothing is cut: long text wraps, periods for which there is no room continue in a block below, columns that
had to give way are named, and where nothing of that helps each row is written down the page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.style import Style as Paint
from rich.table import Table as Grid
from rich.text import Text

from miit_cli.output import Layout
from miit_cli.output.cells import is_number, text, visible
from miit_cli.output.fit import shares, wrapped
from miit_cli.table import Marked
from miit_cli.types import HEDGES as SAID
from miit_cli.types import SIGNS, STANDINGS, SURE

if TYPE_CHECKING:
    from miit_cli.output import Style
    from miit_cli.table import Table, TableRow

HEDGES = {**SIGNS, "unknown": "?"}
LEGEND = {
    **{SIGNS[bound]: words for bound, words in SAID.items()},
    "?": "the bounds do not decide",
    "e": "expected",
    "t": "target",
    "!": "in doubt",
    "…?": f"read with a confidence below {SURE}",
}
UNSURE = "…?"
_LONG_NUMBER = re.compile(r"(?<![\d.])\d{4,}")
GAP = 2  # spaces between columns
NARROWEST = 16  # what a column of text keeps before optional columns give way
INDENT = 4  # of long text below its row


def render(table: Table, style: Style) -> Iterator[str]:
    """The table as the terminal shows it, part by part."""
    page = TerminalPage(table, style.layout or Layout(table.columns), style.width)
    console = console_of(style.width, style.color)
    for part in page.parts():
        yield _printed(console, part)


def console_of(width: int, color: bool) -> Console:
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


def _printed(console: Console, part: RenderableType) -> str:
    with console.capture() as capture:
        console.print(part)
    return "".join(line.rstrip(" ") + "\n" for line in capture.get().split("\n")[:-1])


class TerminalColumn(NamedTuple):
    """A column as it is shown: its cells as text, numbers among them aligned already."""

    heading: str
    cells: list[str]
    number: bool

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
        self._table = table
        self._layout = layout
        self._width = width
        self._place = {name: number for number, name in enumerate(table.columns)}
        self._marks: set[str] = set()
        self._dropped: dict[str, None] = {}

    def parts(self) -> Iterator[RenderableType]:
        """What is printed, from the top to the footers."""
        for number, (title, rows) in enumerate(self._groups()):
            if number:
                yield Text()
            if title:
                yield Text(visible(title), style="bold")
            yield from self._group(rows)
        yield from (Text(line, style="dim") for line in self._footers())

    def _groups(self) -> Iterator[tuple[str, list[TableRow]]]:
        """The rows that stand together, and the title above them."""
        layout = self._layout
        if not layout.block:
            yield "", self._table.rows
            return
        place = self._place[layout.block]
        for value, rows in groupby(self._table.rows, key=lambda row: text(row[place])):
            yield layout.titles.get(value, value), list(rows)

    def _group(self, rows: list[TableRow]) -> Iterator[RenderableType]:
        names = self._fitting(rows)
        if names is None:
            yield from self._upright(rows)
            return
        for number, across in enumerate(self._chunks(names, rows)):
            kept = [
                row
                for row in rows
                if not across or any(row[self._place[name]] is not None for name in across)
            ]
            if number:
                yield Text()
            yield from self._drawn([*names, *across], kept)

    # which columns there is room for

    def _fitting(self, rows: list[TableRow]) -> list[str] | None:
        """The columns that fit beside each other, optional ones left out; None when there are no such."""
        columns = {name: self._column(name, rows) for name in self._layout.columns if name in self._place}
        least = {
            name: column.least
            for name, column in columns.items()
            if name not in self._layout.optional or any(cell.strip() for cell in column.cells)
        }
        for name in reversed(self._layout.optional):
            if self._together(least.values()) <= self._width:
                break
            if least.pop(name, None):
                self._dropped[name] = None
        return list(least) if self._together(least.values()) <= self._width else None

    def _together(self, widths: Iterable[int]) -> int:
        each = [width + GAP for width in widths]
        return sum(each) - GAP

    def _chunks(self, names: list[str], rows: list[TableRow]) -> Iterator[list[str]]:
        """The columns across, as many at a time as there is room for beside the others."""
        room = self._width - self._together(self._column(name, rows).least for name in names)
        chunk: list[str] = []
        left = room
        for name in self._layout.across:
            width = self._column(name, rows).width + GAP
            if chunk and width > left:
                yield chunk
                chunk, left = [], room
            chunk.append(name)
            left -= width
        yield chunk

    # what is drawn

    def _drawn(self, names: list[str], rows: list[TableRow]) -> Iterator[RenderableType]:
        """The rows as a grid, with long text below each where the layout has some."""
        columns = [self._column(name, rows) for name in names]
        for name in names:
            self._explain(name, rows)
        widths = self._widths(columns)
        below = [self._place[name] for name in self._layout.below if name in self._place]
        if not below:
            yield _grid(columns, widths, self._layout.links)
            return
        for number, row in enumerate(rows):
            alone = [column._replace(cells=[column.cells[number]]) for column in columns]
            yield _grid(alone, widths, self._layout.links, header=number == 0)
            for place in below:
                if words := visible(text(row[place])):
                    yield Padding(
                        Text(wrapped(words, self._width - INDENT), style="italic"), (0, 0, 0, INDENT)
                    )

    def _widths(self, columns: Sequence[TerminalColumn]) -> list[int]:
        """The width of each column: numbers what they need, text a share of what they leave."""
        room = self._width - self._together(column.width if column.number else 0 for column in columns)
        words = iter(shares([column.width for column in columns if not column.number], room))
        return [column.width if column.number else next(words) for column in columns]

    def _upright(self, rows: list[TableRow]) -> Iterator[RenderableType]:
        """Each row down the page, all its columns, for a terminal on which they do not fit side by side."""
        self._dropped.clear()
        layout = self._layout
        names = [name for name in (*layout.columns, *layout.across, *layout.below) if name in self._place]
        for number, row in enumerate(rows):
            if number:
                yield Text()
            for name in names:
                self._explain(name, [row])
                column = self._column(name, [row])
                if cell := column.cells[0].strip():
                    yield Text(wrapped(f"{column.heading}: {cell}", self._width))

    def _explain(self, name: str, rows: list[TableRow]) -> None:
        """Remember the marks of a column for the legend."""
        self._marks.update(*(_marks(name, self._place, row) for row in rows))
        if any(_is_unsure(name, self._place, row) for row in rows):
            self._marks.add(UNSURE)

    def _column(self, name: str, rows: list[TableRow]) -> TerminalColumn:
        heading = self._layout.headings.get(name, name.replace("_", " "))
        cells = [row[self._place[name]] for row in rows]
        marks = [_marks(name, self._place, row) for row in rows]
        if is_number(cells) or any(marks):
            unsure = [_is_unsure(name, self._place, row) for row in rows]
            return TerminalColumn(heading, _aligned(cells, marks, unsure, cell_len(heading)), True)
        return TerminalColumn(
            heading, [visible(text(cell).replace("\t", " "), keep="\n") for cell in cells], False
        )

    def _footers(self) -> Iterator[str]:
        if self._marks:
            yield "  ".join(f"{mark} {meaning}" for mark, meaning in LEGEND.items() if mark in self._marks)
        if self._dropped:
            yield f"no room for {', '.join(self._dropped)}: widen the terminal, or use --columns or -f csv"


# cells


def _marks(name: str, place: Mapping[str, int], row: TableRow) -> str:
    """The standing and the hedge of a value, which stand in other columns of its row or in itself.

    ``value`` has them in ``doubt``, ``status`` and ``bound``, ``from_value`` in ``from_…``;
    ``change`` and ``change_percent`` have a hedge in ``change_bound``.
    """
    cell = row[place[name]]
    if isinstance(cell, Marked):
        return "" if cell.value is None else _mark(STANDINGS, cell.status) + _mark(HEDGES, cell.bound)
    stem, _, kind = name.rpartition("_")
    if kind in ("change", "percent"):
        stem = stem or kind
        if cell is None and kind == "percent":
            return ""
        return _mark(HEDGES, row[place[f"{stem}_bound"]]) if f"{stem}_bound" in place else ""
    if kind != "value" or cell is None:
        return ""
    prefix = name.removesuffix("value")
    doubt, status, bound = (place.get(f"{prefix}{name}") for name in ("doubt", "status", "bound"))
    doubtful = "!" if doubt is not None and row[doubt] else ""
    standing = "" if status is None else _mark(STANDINGS, row[status])
    return doubtful + standing + ("" if bound is None else _mark(HEDGES, row[bound]))


def _is_unsure(name: str, place: Mapping[str, int], row: TableRow) -> bool:
    """Whether a value was read with little confidence: ``value`` has it in ``confidence``, and so on."""
    cell = row[place[name]]
    if isinstance(cell, Marked):
        return cell.value is not None and cell.unsure
    column = place.get(f"{name.removesuffix('value')}confidence")
    confidence = row[column] if name.endswith("value") and column is not None else None
    return isinstance(confidence, float) and confidence < SURE


def _mark(marks: Mapping[str, str], word: object) -> str:
    return marks.get(text(word), "")


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
            return _LONG_NUMBER.sub(lambda digits: f"{int(digits[0]):,}", visible(text(cell)))
    return visible(text(cell))


def _grid(
    columns: Sequence[TerminalColumn], widths: Sequence[int], links: Mapping[str, str], *, header: bool = True
) -> Grid:
    """Columns of these widths beside each other; text is broken to them here, at better places."""
    grid = Grid(box=None, padding=(0, GAP, 0, 0), pad_edge=False, show_header=header, header_style="dim")
    for column, width in zip(columns, widths, strict=True):
        heading = f"{column.heading:>{width}}" if column.number else wrapped(column.heading, width)
        grid.add_column(Text(heading), width=width, no_wrap=True, overflow="ignore")
    for cells in zip(*(column.cells for column in columns), strict=True):
        broken = [
            cell if column.number else wrapped(cell, width)
            for column, cell, width in zip(columns, cells, widths, strict=True)
        ]
        grid.add_row(
            *(
                Text(part, Paint(link=links[cell]) if cell in links else "")
                for part, cell in zip(broken, cells, strict=True)
            )
        )
    return grid
