"""Which numeral belongs to which mention: lists, "respectively", "of which", ellipsis.

A sentence is a row of items: numbers, times, words of the lexicon, punctuation, and gaps of other
text. Phrases are runs of words that name something; a group is numbers in a row. A group takes
the phrase that follows it, or the one before it, or what the clause before was about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.lexicon import plain
from miit_cli.reading.mentions import NONE, Atoms
from miit_cli.reading.spans import BARE, COUNT, PERCENT, POINTS, TIMES, YEARS, Quantity, Term, Time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miit_cli.reading.lexicon import Lexicon

# Kinds of items.
TERM, TIME, NUMBER, COMMA, SEMI, COLON, OPEN, CLOSE, CONJ, GAP = (
    "term", "time", "number", "comma", "semi", "colon", "open", "close", "conj", "gap",
)  # fmt: skip
_PUNCTUATION = {
    ",": COMMA, "，": COMMA, ";": SEMI, "；": SEMI, ":": COLON, "：": COLON, "(": OPEN, "（": OPEN, ")": CLOSE, "）": CLOSE,
    "、": CONJ, "。": SEMI, ".": SEMI, "!": SEMI, "！": SEMI, "?": SEMI, "？": SEMI, "[": OPEN, "]": CLOSE, "—": COMMA, "–": COMMA,
}  # fmt: skip
_QUIET = " \t\n\r\"'“”‘’《》<>·*#|-_/…\u3000"


class Item(NamedTuple):
    """A piece of a sentence."""

    kind: str
    start: int
    end: int
    term: Term | None = None
    time: Time | None = None
    number: int = -1  # which quantity

    def cue(self, name: str) -> bool:
        """Whether it is a word of that kind."""
        return self.term is not None and name in self.term.cues


class Phrase:
    """A run of words that names one or several things."""

    __slots__ = ("end", "first", "last", "parts", "start", "unknown")

    def __init__(self, first: int, last: int, start: int, end: int, parts: list[Atoms], unknown: str) -> None:
        self.first, self.last = first, last  # items
        self.start, self.end = start, end  # offsets
        self.parts = parts
        self.unknown = unknown  # text in it, or right beside it, that the lexicon does not know

    def joined(self) -> Atoms:
        """All its atoms."""
        return frozenset().union(*self.parts)


def items_of(
    folded: str, offset: int, lexicon: Lexicon, times: Sequence[Time], numbers: Sequence[Quantity]
) -> list[Item]:
    """The items of a sentence in order; every character is in one, or is quiet."""
    taken = sorted(
        [Item(TIME, t.start, t.end, time=t) for t in times]
        + [
            Item(NUMBER, q.left or q.start, q.right or q.end, number=i)
            for i, q in enumerate(numbers)
            if not q.reason or q.value is not None
        ],
        key=lambda item: item.start,
    )
    found: list[Item] = []
    position = offset
    for item in taken:
        if item.start < position:
            continue
        _words(folded, position, item.start, offset, lexicon, found)
        found.append(item)
        position = item.end
    _words(folded, position, offset + len(folded), offset, lexicon, found)
    return found


def _words(folded: str, start: int, end: int, offset: int, lexicon: Lexicon, found: list[Item]) -> None:
    """Terms, punctuation and gaps between two taken spans."""
    position = start - offset
    stop = end - offset
    words, english = lexicon.words, lexicon.language == "en"
    for match in lexicon.pattern.finditer(folded, position, stop):
        left, right = match.span()
        if left > position:
            _gap(folded, position, left, offset, found)
        position = right
        text = match[0]
        if match.lastgroup == "mark":
            found.append(Item(_PUNCTUATION.get(text, COMMA), left + offset, right + offset))
            continue
        word = words[plain(text, "en") if english else text]
        term = Term(left + offset, right + offset, text, word.atoms, word.cues, word.neutral)
        found.append(Item(CONJ if "conj" in word.cues else TERM, term.start, term.end, term))
    if position < stop:
        _gap(folded, position, stop, offset, found)


def _gap(folded: str, start: int, end: int, offset: int, found: list[Item]) -> None:
    if folded[start:end].strip(_QUIET):
        found.append(Item(GAP, start + offset, end + offset))


class Segment(NamedTuple):
    """A stretch of a sentence between commas, colons or brackets: ``items[first:last]``."""

    first: int
    last: int
    opened: str  # the mark before it


class Group(NamedTuple):
    """Numbers in a row: ``items`` at these indices."""

    first: int
    last: int
    numbers: tuple[int, ...]


def listed_commas(items: list[Item], language: str, numbers: Sequence[Quantity]) -> list[Item]:
    """English commas that only part the members of a list, read as conjunctions."""
    if language != "en":
        return items
    found = list(items)
    for i, item in enumerate(items):
        if (
            item.kind == COMMA
            and 0 < i < len(items) - 1
            and (_number_list(items, i, numbers) or _noun_list(items, i))
        ):
            found[i] = item._replace(kind=CONJ)
    return found


def _number_list(items: list[Item], i: int, numbers: Sequence[Quantity]) -> bool:
    """``3.7%, 9.7% and 1.5%``: numbers on both sides, and a conjunction or number after."""
    if items[i - 1].kind != NUMBER:
        return False
    after = i + 1
    while after < len(items) and items[after].kind == CONJ:
        after += 1
    if after >= len(items) or items[after].kind != NUMBER:
        return False
    if not _same_kind(numbers[items[i - 1].number], numbers[items[after].number]):
        return False
    follower = items[after + 1] if after + 1 < len(items) else None
    return follower is None or not (
        follower.kind == GAP or (follower.term is not None and bool(follower.term.atoms))
    )


def _noun_list(items: list[Item], i: int) -> bool:
    """``value added, revenue and profit``: only nouns up to the next comma or conjunction."""
    before = i - 1
    while (
        before >= 0 and items[before].kind == TERM and not items[before].term.atoms and _glue(items[before])
    ):  # type: ignore[union-attr]
        before -= 1
    if before < 0 or items[before].term is None or not items[before].term.atoms:  # type: ignore[union-attr]
        return False
    nouns = False
    for item in items[i + 1 :]:
        if item.kind == CONJ and not nouns:
            return _already_listed(items, i)
        if item.kind in (CONJ, COMMA):
            return nouns
        if item.term is not None and item.term.atoms:
            nouns = True
        elif not _glue(item):
            return False
    return False


def _already_listed(items: list[Item], i: int) -> bool:
    """Whether the comma before "and" closes a list: an earlier one parts nouns already."""
    for item in reversed(items[:i]):
        if item.kind in (COMMA, CONJ):
            return True
        if not (_glue(item) or (item.term is not None and item.term.atoms)):
            return False
    return False


def _glue(item: Item) -> bool:
    return item.term is not None and ("glue" in item.term.cues)


def segments_of(items: list[Item]) -> list[Segment]:
    """The segments of a sentence in order."""
    found: list[Segment] = []
    first, opened = 0, ""
    for i, item in enumerate(items):
        if item.kind in (COMMA, SEMI, COLON, OPEN, CLOSE):
            if i > first:
                found.append(Segment(first, i, opened))
            first, opened = i + 1, item.kind
    if len(items) > first:
        found.append(Segment(first, len(items), opened))
    return found


def groups_of(items: list[Item], segment: Segment, numbers: Sequence[Quantity]) -> list[Group]:
    """The number groups of a segment: numbers with nothing but conjunctions between them."""
    found: list[Group] = []
    run: list[int] = []
    for i in range(segment.first, segment.last):
        item = items[i]
        if item.kind == NUMBER:
            if run and not _same_kind(numbers[items[run[-1]].number], numbers[item.number]):
                found.append(_group(items, run))
                run = []
            run.append(i)
        elif run and not (item.kind == CONJ or _glue(item) or item.cue("hedge") or _between(item)):
            found.append(_group(items, run))
            run = []
    if run:
        found.append(_group(items, run))
    return [part for group in found for part in _separate(items, group)]


def _between(item: Item) -> bool:
    return (
        item.term is not None
        and not item.term.atoms
        and ("also" in item.term.cues or "year_on_year" in item.term.cues)
    )


def _separate(items: list[Item], group: Group) -> Iterator[Group]:
    """Numbers that stand beside each other without a conjunction are groups of their own."""
    run = [group.first]
    for i in range(group.first + 1, group.last + 1):
        if items[i].kind != NUMBER:
            continue
        if any(items[j].kind == CONJ or items[j].cue("also") for j in range(run[-1] + 1, i)):
            run.append(i)
        else:
            yield _group(items, run)
            run = [i]
    yield _group(items, run)


def _group(items: list[Item], run: list[int]) -> Group:
    return Group(run[0], run[-1], tuple(items[i].number for i in run))


_KINDS = {COUNT: COUNT, BARE: COUNT}


def _same_kind(one: Quantity, other: Quantity) -> bool:
    first, second = _KINDS.get(one.unit, one.unit), _KINDS.get(other.unit, other.unit)
    if one.classifier == "个" and other.unit == POINTS:
        return True
    plain = one.value is not None and abs(one.value) < 1000
    return first == second or (one.unit == BARE and plain)


def phrases_of(items: list[Item], segment: Segment, language: str) -> list[Phrase]:
    """The noun phrases of a segment, in order."""
    found: list[Phrase] = []
    builder: _Builder | None = None
    for i in range(segment.first, segment.last):
        item = items[i]
        term = item.term
        if term is not None and term.atoms:
            builder = builder or _Builder(items, i, segment, language)
            builder.add(i, term)
        elif builder is None:
            continue
        elif item.kind == CONJ:
            builder.conj()
        elif item.kind == TIME or _glue(item):
            builder.pause(item)
        elif item.cue("apposition"):
            builder.restart()
        else:
            found.extend(builder.done())
            builder = None
    if builder is not None:
        found.extend(builder.done())
    return found


_AMOUNTS = frozenset(["value-added", "revenue", "profit", "production", "sales", "exports", "investment"])


class _Builder:
    """Gathers the parts of one phrase."""

    def __init__(self, items: list[Item], first: int, segment: Segment, language: str) -> None:
        self.items, self.segment, self.language = items, segment, language
        self.first = self.last = first
        self.parts: list[list[Atoms]] = []
        self.current: list[Atoms] = []
        self.fresh = True

    def add(self, i: int, term: Term) -> None:
        if len(term.atoms) > 1 and self._sums_up(term):
            self.last = i
            return
        if not self.fresh and self._next_head(term):
            self.fresh = True
        if self.fresh:
            if self.current:
                self.parts.append(self.current)
            self.current, self.fresh = [NONE], False
        if len(term.atoms) == 1:
            self.current = [part | term.atoms[0] for part in self.current]
        else:
            self.current = [part | atoms for part in self.current for atoms in term.atoms]
        self.last = i

    def _next_head(self, term: Term) -> bool:
        """收入利润: two things measured of one subject, without a conjunction."""
        return (
            len(term.atoms) == 1
            and term.atoms[0] <= _AMOUNTS
            and any(part & _AMOUNTS and not part & term.atoms[0] for part in self.current)
            and self.language == "zh"
        )

    def _sums_up(self, term: Term) -> bool:
        """Whether a word only counts over what was listed: completions, orders and backlog, the three."""
        listed = {atoms for part in [*self.parts, self.current] for atoms in part}
        return set(term.atoms) <= listed

    def conj(self) -> None:
        self.fresh = True

    def pause(self, item: Item) -> None:
        """A word that may stand inside a phrase."""

    def restart(self) -> None:
        """ "… and other emerging services": the examples before give way to what follows."""
        self.parts, self.current, self.fresh = [], [], True

    def done(self) -> list[Phrase]:
        columns = [atoms for part in [*self.parts, self.current] for atoms in part if atoms]
        if not columns:
            return []
        distinct = list(dict.fromkeys(columns))
        start, end = self.items[self.first].start, self.items[self.last].end
        return [
            Phrase(
                self.first,
                self.last,
                start,
                end,
                distinct,
                _unknown_beside(self.items, self.first, self.last, self.segment, self.language),
            )
        ]


_VERBAL = re.compile(r"(?:ed|ing|ly|ew|wn|ise|ize|ote|id|aw|an|uilt|ent|ame)$")
_ZH_NOUN_END = tuple(
    "业品省市县区州机车件厂材器仪具线料药食服钢铝铜煤油气电粮片板膜池费额资场园院校队室类型级性化"
)


def _unknown_beside(items: list[Item], first: int, last: int, segment: Segment, language: str) -> str:
    """Text right before or after a phrase that makes it another one: ``textile`` before ``value added``."""
    found = ""
    if (
        first > segment.first
        and items[first - 1].kind == GAP
        and items[first - 1].end >= items[first].start - 1
    ):
        found = "<"
    if (
        language == "zh"
        and last + 1 < segment.last
        and items[last + 1].kind == GAP
        and items[last + 1].start == items[last].end
    ):
        found += ">"
    return found
