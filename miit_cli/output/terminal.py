"""A table for people: fitted to the width, numbers aligned, hedges and standing as marks.

Nothing is cut: long text wraps, and columns for which there is no room are named below the table.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from miit_cli.output.cells import is_number, text, visible
from miit_cli.output.layout import Layout
from miit_cli.table import Marked

if TYPE_CHECKING:
    from miit_cli.output import Style
    from miit_cli.table import Row, Table

HEDGES = {"lower": ">", "upper": "<", "approx": "~", "unknown": "?"}
STANDINGS = {"expected": "e", "target": "t"}
LEGEND = {
    ">": "more than",
    "<": "less than",
    "~": "about",
    "?": "the bounds do not decide",
    "e": "expected",
    "t": "target",
}
GAP = 2  # spaces between columns
NARROWEST = 14  # what a column of text keeps before optional columns give way


class Column(NamedTuple):
    """A column as it is shown: its cells as text, and whether it may wrap."""

    name: str
    cells: tuple[str, ...]
    number: bool

    @property
    def width(self) -> int:
        return max(map(cell_len, (self.name, *self.cells)))

    @property
    def least(self) -> int:
        """The width below which it is not to be squeezed."""
        return self.width if self.number else min(self.width, max(NARROWEST, cell_len(self.name)))


def render(table: Table, style: Style) -> Iterator[str]:
    """The table as the terminal shows it, block by block."""
    layout = style.layout or Layout(table.columns)
    console = _console(style)
    shown, dropped = _fitting(table, layout, style.width)
    marks: set[str] = set()
    for number, (title, rows) in enumerate(_blocks(table, layout)):
        if number:
            yield "\n"
        columns = [_column(name, table.columns, rows, layout, marks) for name in shown]
        yield _printed(console, _block(title, columns, table, rows, layout))
    for line in _footers(marks, dropped):
        yield _printed(console, Text(line, style="dim"))


def _console(style: Style) -> Console:
    return Console(
        file=io.StringIO(),
        width=style.width,
        force_terminal=style.color,
        color_system="standard" if style.color else None,
        no_color=not style.color,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )


def _printed(console: Console, what: RenderableType) -> str:
    with console.capture() as capture:
        console.print(what)
    return "".join(line.rstrip(" ") + "\n" for line in capture.get().split("\n")[:-1])


def _blocks(table: Table, layout: Layout) -> Iterator[tuple[str, list[Row]]]:
    """The rows, and the title of each block of them."""
    if not layout.block:
        yield "", table.rows
        return
    place = table.columns.index(layout.block)
    for value, rows in groupby(table.rows, key=lambda row: text(row[place])):
        yield layout.titles.get(value, value), list(rows)


def _fitting(table: Table, layout: Layout, width: int) -> tuple[list[str], list[str]]:
    """The columns for which there is room, and those that had to give way."""
    shown = [name for name in layout.columns if name in table.columns]
    every = {name: _column(name, table.columns, table.rows, layout, set()) for name in shown}
    dropped: list[str] = []
    for name in reversed(layout.optional):
        if sum(every[kept].least + GAP for kept in shown) - GAP <= width:
            break
        if name in shown:
            shown.remove(name)
            dropped.insert(0, name)
    return shown, dropped


def _column(
    name: str, columns: tuple[str, ...], rows: Sequence[Row], layout: Layout, marks: set[str]
) -> Column:
    """A column of the table; ``marks`` gathers the marks that its values bear."""
    heading = layout.headings.get(name, name.replace("_", " "))
    place = columns.index(name)
    cells = [row[place] for row in rows]
    if not is_number(cells):
        return Column(
            heading, tuple(visible(text(cell).replace("\t", " "), keep="\n") for cell in cells), False
        )
    before = [_marks(name, columns, row) for row in rows]
    marks.update(*before)
    return Column(heading, tuple(_aligned(cells, before, cell_len(heading))), True)


def _marks(name: str, columns: tuple[str, ...], row: Row) -> str:
    """The hedge and the standing that other columns of the row give for this value."""
    cell = row[columns.index(name)]
    if isinstance(cell, Marked):
        return "" if cell.value is None else STANDINGS.get(cell.status, "") + HEDGES.get(cell.bound, "")
    if cell is None and not name.endswith("change"):
        return ""
    stem = name.removesuffix("value").removesuffix("change_percent").removesuffix("change")
    hedge = "change_bound" if "change" in name else f"{stem}bound"
    found = HEDGES.get(_beside(hedge, columns, row), "")
    standing = "" if "change" in name else STANDINGS.get(_beside(f"{stem}status", columns, row), "")
    return f"{standing}{found}" if name.endswith(("value", "change", "change_percent")) else ""


def _beside(name: str, columns: tuple[str, ...], row: Row) -> str:
    return text(row[columns.index(name)]) if name in columns else ""


def _aligned(cells: Sequence[object], marks: Sequence[str], least: int) -> Iterator[str]:
    """Numbers with thousands separators, one above the other at the decimal point, marks before them.

    Each is at least ``least`` wide.
    """
    parts = [_grouped(cell).partition(".") for cell in cells]
    left = [f"{mark} {part[0]}" if mark else part[0] for mark, part in zip(marks, parts, strict=True)]
    right = [part[1] + part[2] for part in parts]
    fraction = max(map(len, right))
    whole = max(*map(len, left), least - fraction)
    for before, after in zip(left, right, strict=True):
        yield f"{before:>{whole}}{after:<{fraction}}".rstrip()


def _grouped(cell: object) -> str:
    match cell:
        case Marked(value=Decimal() as value):
            return f"{value:,f}"
        case Decimal():
            return f"{cell:,f}"
        case int():
            return f"{cell:,}"
    return text(cell)


def _block(
    title: str, columns: Sequence[Column], table: Table, rows: Sequence[Row], layout: Layout
) -> RenderableType:
    below = [name for name in layout.below if name in table.columns]
    parts: list[RenderableType] = [Text(visible(title), style="bold")] if title else []
    if not below:
        return Group(*parts, _grid(columns))
    widths = [column.width for column in columns]
    for number, row in enumerate(rows):
        alone = [Column(column.name, (column.cells[number],), column.number) for column in columns]
        parts.append(_grid(alone, widths, header=number == 0))
        parts.extend(_long(text(row[table.columns.index(name)])) for name in below)
    return Group(*parts)


def _grid(columns: Sequence[Column], widths: Iterable[int] | None = None, *, header: bool = True) -> Grid:
    grid = Grid(box=None, padding=(0, GAP, 0, 0), pad_edge=False, show_header=header, header_style="dim")
    for column, width in zip(columns, widths or [0] * len(columns), strict=True):
        grid.add_column(
            Text(f"{column.name:>{column.width}}" if column.number else column.name),
            no_wrap=column.number,
            overflow="fold",
            min_width=width or None,
        )
    for cells in zip(*(column.cells for column in columns), strict=True):
        grid.add_row(*map(Text, cells))
    return grid


def _long(words: str) -> RenderableType:
    return Padding(Text(visible(words), style="italic", overflow="fold"), (0, 0, 0, 4))


def _footers(marks: set[str], dropped: Sequence[str]) -> Iterator[str]:
    if marks:
        yield "  ".join(f"{mark} {meaning}" for mark, meaning in LEGEND.items() if mark in marks)
    if dropped:
        yield f"no room for {', '.join(dropped)}: widen the terminal, or use --columns or -f csv"
