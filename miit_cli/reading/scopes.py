"""Whose figures those of a passage are: the nation's, or those of a region, a firm, another country."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miit_cli.reading.items import COMMA
from miit_cli.reading.lexicon import SCOPES, Lexicon, plain
from miit_cli.reading.outcomes import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miit_cli.reading.items import Item

NATIONAL = ""
COMPANY, OPERATOR, REGION, FOREIGN = "company", "operator", "region", "foreign"
REASONS = {
    COMPANY: Reason.COMPANY,
    OPERATOR: Reason.COMPANY,
    REGION: Reason.REGION,
    FOREIGN: Reason.FOREIGN,
}
_GOES_ON = re.compile(r"(?:its?|the\s(?:province|city|region|municipality))\b")
# So many operators together are the country's.
_ALL_OPERATORS = 3


class Scope:
    """Whose figures the passage tells, from one sentence to the next."""

    def __init__(self, words: Lexicon, area: str) -> None:
        self.words = words
        self.base = self.current = REGION if area else NATIONAL
        self.last = self.base  # of the sentence before

    def reset(self) -> None:
        """A new paragraph speaks of what the document is about."""
        self.current = self.last = self.base

    def open(self, folded: str) -> None:
        """Begins a sentence: "It has built …" goes on about the region of the one before."""
        if self.last == REGION and self.words.language == "en" and _GOES_ON.match(folded):
            self.current = REGION

    def keep(self, scope: str) -> None:
        """Ends a sentence: an operator's scope does not hold for the next, nor a region's in English."""
        fleeting = scope == OPERATOR or (self.words.language == "en" and scope in (REGION, FOREIGN))
        self.current, self.last = self.base if fleeting else scope, scope

    def of_text(self, folded: str, stop: int) -> str:
        """The scope that a sentence's words give up to an offset."""
        scope, own = self.current, False
        for match in self.words.scopes.finditer(folded, 0, stop):
            kinds = self.words.words[plain(match[0], self.words.language)].cues & SCOPES
            if "source" in kinds:
                scope = scope if own else NATIONAL
            elif "national" in kinds:
                scope = NATIONAL
            else:
                scope, own = min(kinds), True
        return scope

    def behind(self, items: Sequence[Item], place: int) -> str:
        """The scope that stands behind a number in English: "63.8 percent in the western regions"."""
        if self.words.language != "en" or place + 1 >= len(items):
            return NATIONAL
        if items[place + 1].cue(REGION):
            return REGION
        if items[place + 1].word.text != "in":
            return NATIONAL
        for item in items[place + 1 :]:
            if item.cue(REGION):
                return REGION
            if not (item.word.neutral or item.cue("glue")) and item.word.text != "and" and item.kind != COMMA:
                return NATIONAL
        return NATIONAL

    def of_items(self, items: Sequence[Item], stop: int) -> str:
        """The scope that reaches the number at ``items[stop]``."""
        scope, own = self.current, False
        operators: set[str] = set()
        for item in items[:stop]:
            cues = item.word.cues
            if not cues or cues.isdisjoint(SCOPES):
                continue
            if "national" in cues or ("source" in cues and not own):
                scope = NATIONAL
                operators.clear()
            for kind in REASONS:
                if kind in cues:
                    scope, own = kind, True
            if OPERATOR in cues:
                operators.add(item.word.text)
        return NATIONAL if scope == OPERATOR and len(operators) >= _ALL_OPERATORS else scope
