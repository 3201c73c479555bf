"""What the parts of a document's text are: paragraphs, headings, items, quotations, tables, notes, captions.

A text is its blocks with an empty line between them; no block has an empty line inside. So a
letter a block is all that has to be kept beside the text, with the lines of the file that it
came from: the *outline*, a word a block.

    h@1 p@3+61+120 t1@6+30+30+75

is a heading of line 1, a paragraph that begins on line 3 and whose fourth and fifth line begin
at its characters 61 and 120, and a table with one header row. A block of a format without lines
has its letter alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.types import CAPTION, HEADING, ITEM, NOTE, PARAGRAPH, QUOTATION, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LETTERS = {
    PARAGRAPH: "p",
    HEADING: "h",
    ITEM: "i",
    QUOTATION: "q",
    TABLE: "t",
    NOTE: "n",
    CAPTION: "c",
}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_ENTRY = re.compile(r"(?P<letter>[a-z])(?P<header>\d*)(?:@(?P<line>\d+)(?P<breaks>[+\d]*))?")
GAP = "\n\n"


class TextBlock(NamedTuple):
    """A block as a format gives it: its text, and where that stood in the file."""

    kind: str
    text: str  # one line, or several without an empty one between them
    line: int = 0  # of the file, from 1; 0 where the format has no lines
    breaks: tuple[int, ...] = ()  # where in the text each further line of the file begins
    header: int = 0  # how many rows of a table are its header


class Part(NamedTuple):
    """A block in its place: ``text[start:end]``."""

    kind: str
    start: int
    end: int
    line: int
    breaks: tuple[int, ...]
    header: int


def compose(blocks: Iterable[TextBlock]) -> tuple[str, str]:
    """The text of blocks, and its outline.

    >>> compose([TextBlock(HEADING, "Half a year", 1), TextBlock(PARAGRAPH, "Users: 7.", 3)])
    ('Half a year\\n\\nUsers: 7.', 'h@1 p@3')
    """
    blocks = list(blocks)
    return GAP.join(block.text for block in blocks), " ".join(map(_entry, blocks))


def _entry(block: TextBlock) -> str:
    entry = _LETTERS[block.kind] + (str(block.header) if block.header else "")
    if block.line:
        entry += f"@{block.line}" + "".join(f"+{place}" for place in block.breaks)
    return entry


def parts(text: str, outline: str) -> Iterator[Part]:
    """The blocks of a text, in order."""
    start = 0
    for word in outline.split():
        found = _ENTRY.fullmatch(word)
        if found is None:
            raise ValueError(f"no outline: {word!r}")
        end = text.find(GAP, start)
        end = len(text) if end < 0 else end
        breaks = tuple(int(place) for place in (found["breaks"] or "").split("+") if place)
        yield Part(
            _KINDS[found["letter"]], start, end, int(found["line"] or 0), breaks, int(found["header"] or 0)
        )
        start = end + len(GAP)


def line_of(text: str, outline: str, offset: int) -> int:
    """The line of the file that a character of the text stood on; 0 where the format has none.

    >>> line_of("Half a year\\n\\nUsers: 7 and 8.", "h@1 p@3+9", 22)
    4
    """
    for part in parts(text, outline):
        if part.start <= offset < part.end + len(GAP):
            return part.line and part.line + sum(part.start + place <= offset for place in part.breaks)
    return 0
