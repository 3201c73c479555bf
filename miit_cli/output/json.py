"""A JSON array of objects, one object a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from miit_cli.output.ndjson import objects

if TYPE_CHECKING:
    from miit_cli.output import Style
    from miit_cli.table import Table


def render(table: Table, style: Style) -> Iterator[str]:
    """The rows as one array."""
    separator = "["
    for line in objects(table):
        yield f"{separator}\n  {line}"
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"
