"""What the parts of a document's text are: paragraphs, headings, items, quotations, tables, notes, captions.

A text is its blocks with an empty line between them; no block has an empty line inside. So the
first letter of its kind is all that has to be kept of a block: in the *outline*, a word a block.

    h p t1

is a heading, a paragraph, and a table with one header row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from miit_cli.types import KINDS

_KINDS = {kind[0]: kind for kind in KINDS}
GAP = "\n\n"


class TextBlock(NamedTuple):
    """A block as a format gives it."""

    kind: str
    text: str  # one line, or several without an empty one between them
    header: int = 0  # how many rows of a table are its header


class Part(NamedTuple):
    """A block in its place: ``text[start:end]``."""

    kind: str
    start: int
    end: int
    header: int


def compose(blocks: Sequence[TextBlock]) -> tuple[str, str]:
    """The text of blocks, and its outline.

    >>> compose([TextBlock("heading", "Half a year"), TextBlock("paragraph", "Users: 7.")])
    ('Half a year\\n\\nUsers: 7.', 'h p')
    """
    outline = " ".join(f"{block.kind[0]}{block.header or ''}" for block in blocks)
    return GAP.join(block.text for block in blocks), outline


def parts(text: str, outline: str) -> Iterator[Part]:
    """The blocks of a text, in order."""
    start = 0
    for word in outline.split():
        end = text.find(GAP, start)
        end = len(text) if end < 0 else end
        yield Part(_KINDS[word[0]], start, end, int(word[1:] or 0))
        start = end + len(GAP)
