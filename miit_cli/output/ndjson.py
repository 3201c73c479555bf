"""JSON objects, one a line: exact numbers, null for an empty cell."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from miit_cli.output.cells import controls
from miit_cli.table import Marked

if TYPE_CHECKING:
    from miit_cli.output import Style
    from miit_cli.table import Table

_quote: Callable[[str], str] = json.encoder.encode_basestring


def render(table: Table, style: Style) -> Iterator[str]:
    """The rows as objects, a line each."""
    for line in objects(table):
        yield line + "\n"


def objects(table: Table) -> Iterator[str]:
    """The rows as JSON objects, keys in the order of the columns."""
    keys = [string(column) for column in table.columns]
    for row in table.rows:
        pairs = zip(keys, row, strict=True)
        yield "{" + ", ".join([f"{key}: {value(cell)}" for key, cell in pairs]) + "}"


def value(cell: object) -> str:
    """A cell in JSON. A decimal is written with all its digits: no float stands between.

    >>> value(Decimal("9.0")), value(None), value(True)
    ('9.0', 'null', 'true')
    """
    match cell:
        case None:
            return "null"
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return format(cell, "f")
        case int() | float():
            return str(cell)
    return str(cell) if _is_number(cell) else string(str(cell))


def _is_number(cell: object) -> bool:
    """Whether a marked cell is a number like others, which only a terminal marks."""
    return isinstance(cell, Marked) and cell.value is not None and cell == format(cell.value, "f")


def string(line: str) -> str:
    """Text in JSON: UTF-8 as it is, but what a terminal would obey as an escape."""
    return controls().sub(lambda match: f"\\u{ord(match[0]):04x}", _quote(line))
