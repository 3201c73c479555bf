"""How a table is arranged on a terminal: which columns, which give way, what heads a block of rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


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
