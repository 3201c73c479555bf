"""File formats to text: one module a format, each with ``read(data, name) -> FileContent``.

``data`` is the file's bytes and ``name`` what to call it in an error; nothing else
is read, fetched or run. A format's library is imported when a file needs it, so a
folder of Markdown needs none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import PurePath
from types import ModuleType
from typing import NamedTuple

from miit_cli.errors import InputError
from miit_cli.outline import TextBlock
from miit_cli.types import HEADING

# The suffixes that a folder is searched for, and the module that reads each.
SUFFIXES = {
    **dict.fromkeys((".md", ".markdown", ".txt"), "text"),
    **dict.fromkeys((".html", ".htm"), "html"),
    ".docx": "docx",
    ".pdf": "pdf",
}


class FileContent(NamedTuple):
    """What a file says: its text, and what it says of itself.

    ``fields`` holds values under the names of ``ParsedDocument`` (title, date, language, area,
    event, publisher, source, url), as written: the date is not yet an ISO day. ``opening`` is
    where to look for a dateline, if not in the blocks. ``source`` is the file as decoded, where its fields
    were written for this purpose: then a wrong one is an error of a line.
    """

    blocks: list[TextBlock]
    fields: Mapping[str, str]
    opening: str = ""
    source: str = ""

    @property
    def firm(self) -> bool:
        """Whether its fields were written to be read here."""
        return bool(self.source)


def reader(path: PurePath) -> Callable[[bytes, str], FileContent]:
    """The function that reads a file of this name; a suffix that is not known is text."""
    module = import_module(f"{__name__}.{SUFFIXES.get(path.suffix.lower(), 'text')}")
    read: Callable[[bytes, str], FileContent] = module.read
    return read


def first_heading(blocks: Sequence[TextBlock]) -> str:
    """The text of the first heading; "" where there is none."""
    return next((block.text for block in blocks if block.kind == HEADING), "")


def library(module: str, name: str, extra: str) -> ModuleType:
    """Import what a format needs, or say which extra of the package brings it."""
    try:
        return import_module(module)
    except ImportError as error:
        wanted = f"{module.partition('.')[0]}: pip install 'miit[{extra}]'"
        raise InputError(f"{name}: reading this format needs {wanted}") from error
