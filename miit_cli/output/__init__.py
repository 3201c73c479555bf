"""A Table to a format: pure functions from a table to text, imported when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
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


class Layout(NamedTuple):
    """The columns of a terminal table. A value is shown with its hedge and standing as marks before it."""

    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()  # give way where the terminal is narrow, the last first
    across: tuple[str, ...] = ()  # follow the columns, as many as there is room for; the rest in blocks below
    block: str = ""  # the column whose value heads a block of rows, "" for one block
    titles: Mapping[str, str] = {}  # what stands above the block of a value
    headings: Mapping[str, str] = {}  # of columns whose own name is too long
    below: tuple[str, ...] = ()  # columns of long text, each on lines of its own below its row
    links: Mapping[str, str] = {}  # where a cell of that text leads, for terminals that know links


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
    if form is Format.TABLE:
        from miit_cli.output import terminal

        return terminal.render
    from miit_cli.output import plain

    render: Renderer = getattr(plain, form)
    return render
