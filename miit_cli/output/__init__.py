"""A Table to a format: one file a format, each a pure function from a table to text.

A format is ``render(table, style) -> Iterator[str]``; it is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, assert_never

if TYPE_CHECKING:
    from miit_cli.output.layout import Layout
    from miit_cli.table import Table

ENDINGS = {"md": "markdown", "jsonl": "ndjson"}  # where the usual ending of a file is not the format's name


class Format(StrEnum):
    """The formats that every querying command writes."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    NDJSON = "ndjson"
    MARKDOWN = "markdown"

    @classmethod
    def of_file(cls, path: str) -> Format | None:
        """The format that the ending of a file name says, None when it says none."""
        ending = path.rpartition(".")[2].lower()
        word = ENDINGS.get(ending, ending)
        return next((form for form in cls if form.value == word and form is not cls.TABLE), None)


class Style(NamedTuple):
    """How a table is written; each format uses what concerns it."""

    header: bool = True
    bom: bool = False
    color: bool = False
    width: int = 80
    layout: Layout | None = None  # how the terminal arranges it; None shows the columns as they are


Renderer = Callable[["Table", Style], Iterator[str]]


def renderer(form: Format) -> Renderer:
    """The function that writes a format."""
    match form:
        case Format.TABLE:
            from miit_cli.output.terminal import render
        case Format.CSV:
            from miit_cli.output.csv import render
        case Format.TSV:
            from miit_cli.output.tsv import render
        case Format.JSON:
            from miit_cli.output.json import render
        case Format.NDJSON:
            from miit_cli.output.ndjson import render
        case Format.MARKDOWN:
            from miit_cli.output.markdown import render
        case _:
            assert_never(form)
    return render
