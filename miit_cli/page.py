"""What the page of a document shows, before anybody decides how: blocks of text, and what was read."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from miit_cli.types import ParsedDocument


class Piece(NamedTuple):
    """A stretch of text; ``figure`` is the number of the figure that it is, 0 for none."""

    text: str
    figure: int = 0


class PageBlock(NamedTuple):
    """A part of the text of a kind of types.KINDS; joined, its pieces are its text.

    A table has a row on each line; the first ``header`` of them head it.
    """

    kind: str
    pieces: tuple[Piece, ...]
    header: int = 0


class PageEntry(NamedTuple):
    """What was read of a figure. One that serves several indicators has an entry for each.

    ``subject`` are the words that it is said of, where it has no indicator. ``reason`` says why it is no
    record, or, of a record, where its period comes from.
    """

    figure: int  # from 1, in the order of the text
    kind: str  # one of types.CLASSES
    text: str
    sentence: int
    indicator: str  # the slug, "" for none
    label: str
    subject: str
    value: Decimal | None
    bound: str
    unit: str  # as a reader says it
    period: str
    period_words: str
    status: str
    confidence: float | None
    reason: str
    note: str  # a doubt, "" for none


class Page(NamedTuple):
    """A document with all that was read of it; ``counts`` has the figures of every class."""

    document: ParsedDocument
    blocks: tuple[PageBlock, ...]
    entries: tuple[PageEntry, ...]
    counts: dict[str, int]
