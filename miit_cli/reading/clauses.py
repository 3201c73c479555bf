"""The structure of a sentence: its segments, the numbers in a row, and the phrases that name things.

A group of numbers takes the phrase that follows it, or the one before it, or what was spoken of before.
"""

from __future__ import annotations

from itertools import dropwhile, pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.items import COMMA, CONJ, GAP, NUMBER, STOPS, TIME, Item
from miit_cli.reading.mentions import NONE, Atoms
from miit_cli.reading.spans import BARE, COUNT, COUNTS, PERCENT, POINTS, TIMES, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miit_cli.reading.lexicon import Word


class Segment(NamedTuple):
    """A stretch of a sentence between commas, colons or brackets: ``items[first:last]``."""

    first: int
    last: int


class Phrase(NamedTuple):
    """A run of words that names one or several things: ``items[first]`` to ``items[last]``."""

    first: int
    last: int
    parts: tuple[Atoms, ...]


def segments_of(items: Sequence[Item]) -> list[Segment]:
    """The segments of a sentence in order."""
    stops = [-1, *(i for i, item in enumerate(items) if item.kind in STOPS), len(items)]
    return [Segment(before + 1, stop) for before, stop in pairwise(stops) if stop > before + 1]


# --- lists ---


def listed_commas(items: list[Item], language: str, numbers: Sequence[Quantity]) -> list[Item]:
    """English commas that only part the members of a list, read as conjunctions."""
    found = list(items)
    for i, item in enumerate(items[1:-1], 1) if language == "en" else ():
        if item.kind == COMMA and (_number_list(items, i, numbers) or _noun_list(items, i)):
            found[i] = item._replace(kind=CONJ)
    return found


def _number_list(items: Sequence[Item], i: int, numbers: Sequence[Quantity]) -> bool:
    """``3.7%, 9.7% and 1.5%``: numbers on both sides, and no noun of its own for the second."""
    second, *behind = (*dropwhile(lambda item: item.kind == CONJ, items[i + 1 :]), None)
    before = items[i - 1]
    if second is None or not before.kind == second.kind == NUMBER:
        return False
    if not _same_kind(numbers[before.number], numbers[second.number]):
        return False
    return behind[0] is None or not (behind[0].names or behind[0].cue("after_difference"))


def _noun_list(items: Sequence[Item], i: int) -> bool:
    """``value added, revenue and profit``: only nouns up to the next comma or conjunction."""
    before = next((item for item in reversed(items[:i]) if item.word.atoms or not item.cue("glue")), None)
    if before is None or not before.word.atoms:
        return False
    nouns = False
    for item in items[i + 1 :]:
        if item.kind == CONJ and not nouns:
            return _already_listed(items[:i]) or _is_set_off(items[i + 2 :])
        if item.kind in (CONJ, COMMA):
            return nouns
        if not _is_nominal(item):
            return False
        nouns = nouns or bool(item.word.atoms)
    return False


def _already_listed(before: Sequence[Item]) -> bool:
    """Whether the comma before "and" closes a list: an earlier one parts nouns already."""
    end = next((item for item in reversed(before) if not _is_nominal(item) or item.kind == CONJ), None)
    return end is not None and end.kind in (COMMA, CONJ)


def _is_set_off(items: Sequence[Item]) -> bool:
    """Whether a thing and a comma stand first: sales of cars, and *those of NEVs,* rose 3 and 5 percent."""
    nominal = [*takewhile(_is_nominal, items)]
    ended = len(nominal) < len(items) and items[len(nominal)].kind == COMMA
    return ended and any(item.word.atoms for item in nominal)


def _is_nominal(item: Item) -> bool:
    """Whether it may stand inside a noun phrase: a word of a thing, or a small one."""
    return bool(item.word.atoms) or item.cue("glue")


# --- groups ---


def rows_of(items: Sequence[Item], segment: Segment, numbers: Sequence[Quantity]) -> Iterator[list[int]]:
    """The places of the numbers of a segment that stand in a row: of one kind, joined by "and" or "also"."""
    run: list[int] = []
    for i in range(segment.first, segment.last):
        item = items[i]
        if item.kind == NUMBER:
            if run and (
                not any(item.kind == CONJ or item.cue("also") for item in items[run[-1] + 1 : i])
                or not _in_row(items, run[-1], i, numbers)
                or _is_share(items, i)
                or _is_difference(items, i, numbers)
                or _is_monthly_alone(items, run[-1], i)
                or any(item.cue("faster") for item in items[i + 1 : i + 2])  # 4.3%, *0.9% faster*
            ):
                yield run
                run = []
            run.append(i)
        elif run and not (item.kind == CONJ or _joins_numbers(item)):
            yield run
            run = []
    if run:
        yield run


def _in_row(items: Sequence[Item], last: int, place: int, numbers: Sequence[Quantity]) -> bool:
    """Whether two numbers can stand in one row; growth may be told in times and percent: 1倍和35.5%."""
    one, other = numbers[items[last].number], numbers[items[place].number]
    beside = place == last + 2  # with nothing but a word of joining between
    return _same_kind(one, other) or (beside and {one.unit, other.unit} == {TIMES, PERCENT})


def _is_share(items: Sequence[Item], place: int) -> bool:
    """ "up 1.9%, *or* 46.2% *of* the total": the second says of what the first level is a part.

    So it does in "up 90% on year and 25% *of* all sales".
    """
    yearly = any(item.cue("year_on_year") for item in items[max(0, place - 2) : place])
    told = yearly or items[place - 1].word.text == "or"
    return told and any(item.cue("of") for item in items[place + 1 : place + 2])


def _is_difference(items: Sequence[Item], place: int, numbers: Sequence[Quantity]) -> bool:
    """ "3.8 million, *460,000 more than* at the end of last year": by how much the first has grown."""
    behind = items[place + 1 : place + 2]
    compared = any(item.cue("after_difference") or item.word.text == "over the" for item in behind)
    return compared and items[place - 1].kind == CONJ and numbers[items[place].number].unit in COUNTS


def _is_monthly_alone(items: Sequence[Item], last: int, place: int) -> bool:
    """ "5% on year and *3% on the month*": what follows compares the second number, and not the first.

    In "7.4% and 3.5% lower on the month" it compares both.
    """
    behind = items[place + 1 : place + 3]
    monthly = any(item.cue("month_on_month") for item in behind) and behind[0].kind not in STOPS
    return monthly and not all(item.cue("also") for item in items[last + 1 : place])


def _joins_numbers(item: Item) -> bool:
    cues = item.word.cues
    return "glue" in cues or (not item.word.atoms and ("also" in cues or "year_on_year" in cues))


_LARGE = 10_000  # a number without a unit that is no year


def _same_kind(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers can stand in one list: "0.2 and 0.5 percentage points", "12个和15个百分点"."""
    if one.classifier == "个" and other.unit == POINTS:
        return True
    if one.unit == other.unit or {one.unit, other.unit} == {COUNT, BARE}:
        return True
    if one.unit != BARE or one.value is None:
        return False
    large = other.value is not None and other.unit not in (PERCENT, POINTS) and abs(other.value) >= _LARGE
    return abs(one.value) < 1000 or (large and abs(one.value) >= _LARGE)  # 4232万、7120万载重吨


# --- phrases ---


def phrases_of(items: Sequence[Item], segment: Segment, language: str) -> Iterator[Phrase]:
    """The noun phrases of a segment, in order."""
    builder: _Builder | None = None
    examples = False
    for i in range(segment.first, segment.last):
        item = items[i]
        if item.cue("such_as"):
            examples = builder is not None
        elif examples and not (_is_nominal(item) or item.kind in (CONJ, GAP)):
            examples = False
        if examples:
            continue
        if item.word.atoms:
            if builder is not None and language == "en" and _begins_anew(items, builder.first, i):
                yield from builder.done()
                builder = None
            builder = builder or _Builder(i, language)
            builder.add(i, item.word)
        elif builder is None:
            continue
        elif item.kind == CONJ:
            builder.fresh = True
        elif item.cue("apposition") and not item.cue("glue"):
            if not _told_apart(items, i, segment.last):
                builder.restart()
        elif item.kind != TIME and not item.cue("glue"):
            yield from builder.done()
            builder = None
    if builder is not None:
        yield from builder.done()


def _told_apart(items: Sequence[Item], at: int, stop: int) -> bool:
    """Whether what was listed as examples has a number each: 新能源汽车、太阳能电池等产品产量分别增长…

    That may be told in the next clause, where this one names nothing else: 芯片、汽车等增长，产量分别增长….
    """
    else_told = any(item.word.atoms or item.kind == NUMBER for item in items[at:stop])
    if stop < len(items) and items[stop].kind == COMMA and not else_told:
        ends = (i for i in range(stop + 1, len(items)) if items[i].kind in (NUMBER, *STOPS))
        stop = next(ends, stop)
    return any(item.cue("apart") for item in items[at:stop])


def _begins_anew(items: Sequence[Item], first: int, place: int) -> bool:
    """ "2.8 million vehicles and *sold* 2.9 million": a word between two numbers is the second one's."""
    after = place + 1 < len(items) and items[place + 1].kind == NUMBER
    joined = items[place - 1].kind == CONJ or items[place - 1].cue("also")
    return after and joined and first > 0 and items[first - 1].kind == NUMBER


# What Chinese lists of one subject without a conjunction: 收入利润.
_AMOUNTS = frozenset(["value-added", "revenue", "profit", "production", "sales", "exports", "investment"])


class _Builder:
    """Gathers the parts of one phrase."""

    def __init__(self, first: int, language: str) -> None:
        self.first = self.last = first
        self.language = language
        self.parts: list[list[Atoms]] = []
        self.current: list[Atoms] = []
        self.fresh = True

    def add(self, i: int, word: Word) -> None:
        self.last = i
        listed = {atoms for part in [*self.parts, self.current] for atoms in part}
        if len(word.atoms) > 1 and listed.issuperset(word.atoms):
            return  # it only counts over what was listed: completions, orders and backlog, the three
        if self.fresh or self._next_head(word):
            if self.current:
                self.parts.append(self.current)
            self.current, self.fresh = [NONE], False
        self.current = [part | atoms for part in self.current for atoms in word.atoms]

    def _next_head(self, word: Word) -> bool:
        """收入利润: two things measured of one subject, without a conjunction."""
        atoms = word.atoms[0]
        return (
            self.language == "zh"
            and len(word.atoms) == 1
            and atoms <= _AMOUNTS
            and any(part & _AMOUNTS and not part & atoms for part in self.current)
        )

    def restart(self) -> None:
        """ "… and other emerging services": the examples before give way to what follows."""
        self.parts, self.current, self.fresh = [], [], True

    def done(self) -> list[Phrase]:
        parts = dict.fromkeys(atoms for part in [*self.parts, self.current] for atoms in part if atoms)
        return [Phrase(self.first, self.last, tuple(parts))] if parts else []
