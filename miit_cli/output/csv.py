"""Comma-separated values: RFC 4180 in UTF-8, with ``\\n`` line ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from miit_cli.output.cells import text

if TYPE_CHECKING:
    from miit_cli.output import Style
    from miit_cli.table import Table

MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so, a spreadsheet runs
QUOTED = frozenset('",\r\n')


def render(table: Table, style: Style) -> Iterator[str]:
    """The table as CSV, line by line. With a byte-order mark no text is left that a spreadsheet runs."""
    if style.bom:
        yield MARK
    if style.header:
        yield ",".join(map(_field, table.columns)) + "\n"
    cell = _harmless if style.bom else text
    alone = len(table.columns) == 1
    for row in table.rows:
        line = ",".join([_field(cell(value)) for value in row])
        yield (line or '""' if alone else line) + "\n"  # a lone empty cell would be an empty line


def _field(value: str) -> str:
    if QUOTED.isdisjoint(value):
        return value
    return '"' + value.replace('"', '""') + '"'


def _harmless(cell: object) -> str:
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return "'" + cell
    return text(cell)
