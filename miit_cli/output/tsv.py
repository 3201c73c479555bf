r"""Tab-separated values. Tab, line end and backslash inside a cell are ``\t``, ``\n``, ``\r`` and ``\\``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from miit_cli.output.cells import text

if TYPE_CHECKING:
    from miit_cli.output import Style
    from miit_cli.table import Table

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def render(table: Table, style: Style) -> Iterator[str]:
    """The table as TSV, line by line."""
    if style.header:
        yield "\t".join(map(_field, table.columns)) + "\n"
    for row in table.rows:
        yield "\t".join([_field(text(value)) for value in row]) + "\n"


def _field(value: str) -> str:
    return value.translate(ESCAPES)
