"""The things that a phrase names, as what a group of numbers may be about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.mentions import NONE
from miit_cli.reading.passage import Column
from miit_cli.reading.unknowns import modified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miit_cli.reading.clauses import Phrase
    from miit_cli.reading.context import Context
    from miit_cli.reading.mentions import Atoms

_THE_INDUSTRY = re.compile(r"\bthe\s(?:whole\s|entire\s)?industry\b(?!\sas\sa\swhole)", re.IGNORECASE)
_THE_SECTOR = re.compile(r"\b(?:[Tt]he\s(?:whole\s)?(?:sector|industry)['’]s|Sector)\s+\Z")
_OF_SECTOR = re.compile(r"\s(?:of|in)\s(?:the|this)\ssector\b")
_EXPORTS: Atoms = frozenset(["export-delivery"])  # of the whole industry, unless a trade is spoken of


class Candidate(NamedTuple):
    """Columns that a group may be about."""

    columns: list[Column]
    end: int = 0  # the item up to which this uses the words behind the group


def columns_of(context: Context, phrase: Phrase, attached: bool = False) -> list[Column]:
    """The things that a phrase names; not known where an unknown word beside it makes them others."""
    text = context.text[phrase.start : phrase.end]
    known = not modified(context, phrase, attached)
    parts: Sequence[Atoms] = phrase.parts
    if context.english and (trade := _that_trade(context, phrase)) is not None:
        parts = [_of_trade(context, part, trade) for part in parts]
    return [Column(part, known, text) for part in parts]


def _that_trade(context: Context, phrase: Phrase) -> Atoms | None:
    """The trade that "the industry" or "the sector's" means: that which was spoken of last."""
    passage, text, start = context.passage, context.text, phrase.start
    subjects = passage.subjects or ([passage.trade] if passage.trade else [])
    if _THE_SECTOR.search(text, max(0, start - 20), start) or _OF_SECTOR.match(text, phrase.end):
        return next((each for each in (*subjects, passage.trade) if context.concepts.is_trade(each)), None)
    if not subjects or not context.concepts.is_trade(subjects[0]):
        return None
    if phrase.joined() == _EXPORTS:
        return subjects[0]
    if not _THE_INDUSTRY.search(context.text, max(0, phrase.start - 12), phrase.end):
        return None
    return subjects[0] if phrase.joined() == {"industry"} else NONE


def _of_trade(context: Context, part: Atoms, trade: Atoms) -> Atoms:
    own = part - {"industry"}
    if trade and (not own or context.concepts.speaks(own | trade)):
        return own | trade
    return own or part
