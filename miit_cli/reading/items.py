"""A sentence as a row of items: numbers, times, words of the lexicon, punctuation, and gaps of other text."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.lexicon import NO_WORD, Lexicon, Word, plain
from miit_cli.reading.wordclasses import word_data

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from miit_cli.reading.spans import Quantity, Time

# Kinds of items.
TERM, TIME, NUMBER, COMMA, SEMI, COLON, OPEN, CLOSE, CONJ, GAP = (
    "term", "time", "number", "comma", "semi", "colon", "open", "close", "conj", "gap",
)  # fmt: skip
STOPS = frozenset([COMMA, SEMI, COLON, OPEN, CLOSE])  # what parts the segments of a sentence
_PUNCTUATION = {
    **dict.fromkeys([*",，—–-", "--"], COMMA),
    **dict.fromkeys(";；。.!！?？", SEMI),
    **dict.fromkeys(":：", COLON),
    **dict.fromkeys("(（[", OPEN),
    **dict.fromkeys(")）]", CLOSE),
    "、": CONJ,
}
_QUIET = " \t\n\r\"'“”‘’《》<>·*#|-_/…\u3000"


class Item(NamedTuple):
    """A piece of a sentence; offsets into the document."""

    kind: str
    start: int
    end: int
    word: Word = NO_WORD
    time: Time | None = None
    number: int = -1  # which quantity

    def cue(self, name: str) -> bool:
        """Whether it is a word of that kind."""
        return name in self.word.cues

    @property
    def names(self) -> bool:
        """Whether it may be part of a subject's words."""
        return self.kind == GAP or bool(self.word.atoms)


def items_of(
    folded: str, offset: int, lexicon: Lexicon, times: Sequence[Time], numbers: Sequence[Quantity]
) -> list[Item]:
    """The items of a sentence in order; every character is in one, or is quiet."""
    spans = [Item(TIME, time.start, time.end, time=time) for time in times]
    for i, q in enumerate(numbers):
        if not q.reason or q.value is not None:
            start, end = (q.left, q.right) if q.right > 0 else (q.start, q.end)  # with its hedge
            spans.append(Item(NUMBER, start, end, number=i))
    found: list[Item] = []
    position = offset
    for item in sorted(spans, key=lambda each: each.start):
        # "90% or above two": the hedge is the first number's, the second stays
        hedged = item.kind == NUMBER and numbers[item.number].start >= position
        if item.start >= position or hedged:
            start = max(position, item.start)
            _words(folded, position - offset, start - offset, offset, lexicon, found)
            found.append(item._replace(start=start))
            position = item.end
    _words(folded, position - offset, len(folded), offset, lexicon, found)
    return [*_listed_by_slashes(folded, offset, found)]


def _listed_by_slashes(folded: str, offset: int, items: Sequence[Item]) -> Iterator[Item]:
    """The items, with a conjunction where a slash parts two things or two numbers: 产量/销量同比+3%/-2%."""
    yield from items[:1]
    for before, item in pairwise(items):
        alike = before.kind == item.kind == NUMBER or (before.word.atoms and item.word.atoms)
        if alike and folded[before.end - offset : item.start - offset] == "/":
            yield Item(CONJ, before.end, item.start)
        yield item


def asides_of(items: Sequence[Item]) -> list[int]:
    """Which brackets each item stands in, counted from 1; 0 for those in none, and where none is closed."""
    found, opened, count = [0] * len(items), 0, 0
    for i, item in enumerate(items):
        if item.kind == OPEN:
            opened = i
        elif item.kind == CLOSE and opened < i and items[opened].kind == OPEN:
            count += 1
            found[opened : i + 1] = [count] * (i + 1 - opened)
            opened = i
    return found


def _words(folded: str, start: int, stop: int, offset: int, lexicon: Lexicon, found: list[Item]) -> None:
    """Terms, punctuation and gaps of ``folded[start:stop]``."""
    words = lexicon.words
    for match in _whole(lexicon, folded, start, stop):
        left, right = match.span()
        text = match[0]
        word = words.get(text)
        kind = _PUNCTUATION.get(text, "") if word is None else ""
        if not kind:
            word = word or words[plain(text, lexicon.language)]
            if folded[left - 1 : left] == "-" and left - 1 > start and "glue" in word.cues and not word.atoms:
                continue  # the end of a compound: commercial-use
            kind = CONJ if "conj" in word.cues else TERM
        if left > start and folded[start:left].strip(_QUIET):
            found.append(Item(GAP, start + offset, left + offset))
        found.append(Item(kind, left + offset, right + offset, word or NO_WORD))
        start = right
    if start < stop and folded[start:stop].strip(_QUIET):
        found.append(Item(GAP, start + offset, stop + offset))


def _whole(lexicon: Lexicon, folded: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    """The words and marks, without what is a piece of other words: none of 工业 in 食品加工业."""
    if lexicon.language == "en":
        yield from lexicon.found(folded, start, stop)
        return
    data, at = word_data(lexicon.language), start
    while at >= 0:
        matches, at = lexicon.found(folded, at, stop), -1
        for match in matches:
            word = lexicon.words.get(match[0])
            may_be_cut = word is not None and (word.atoms or len(match[0]) == 1)
            if may_be_cut and data.runs_over(folded, start, *match.span()):
                at = match.start() + 1
                break
            yield match
            start = match.end()
