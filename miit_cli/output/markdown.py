"""A Markdown table (as GitHub reads it), numbers to the right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from miit_cli.output.cells import is_number, text

if TYPE_CHECKING:
    from miit_cli.output import Style
    from miit_cli.table import Table

# what Markdown or the HTML inside it would take for markup; line ends become breaks afterwards
MARKUP = re.compile(r"[\\`*_\[\]<>|~]")
LINE_END = re.compile(r"\r\n|[\r\n]")


def render(table: Table, style: Style) -> Iterator[str]:
    """The table as Markdown, line by line."""
    yield _line([_escape(column) for column in table.columns])
    yield _line(["---:" if number else "---" for number in _numbers(table)])
    for row in table.rows:
        yield _line([_escape(text(value)) for value in row])


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def _numbers(table: Table) -> list[bool]:
    """For each column: whether what stands in it is numbers."""
    return [is_number([row[place] for row in table.rows]) for place in range(len(table.columns))]


def _escape(value: str) -> str:
    return LINE_END.sub("<br>", MARKUP.sub(r"\\\g<0>", value))
