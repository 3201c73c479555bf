"""A Table to a format: one file a format, each a pure function from a table to text.

A format is ``render(table, style) -> Iterator[str]``; it is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from miit_cli.output.layout import Layout
    from miit_cli.table import Table

T = TypeVar("T")


def by_ending(path: str | None, endings: Mapping[str, T]) -> T | None:
    """What the ending of a file name stands for; None where it stands for nothing."""
    return endings.get((path or "").rpartition(".")[2].lower())


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
        usual = {form.value: form for form in cls if form is not cls.TABLE}
        return by_ending(path, {**usual, "md": cls.MARKDOWN, "jsonl": cls.NDJSON})


class Style(NamedTuple):
    """How a table is written; each format uses what concerns it."""

    header: bool = True
    bom: bool = False
    color: bool = False
    width: int = 80
    layout: Layout | None = None  # how the terminal arranges it; None shows the columns as they are


Renderer = Callable[["Table", Style], Iterator[str]]


def renderer(form: Format) -> Renderer:
    """The function that writes a format; the modules of others are not imported."""
    name = "terminal" if form is Format.TABLE else form.value
    render: Renderer = import_module(f"{__name__}.{name}").render
    return render
