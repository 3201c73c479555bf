"""A sentence analysed: its items, the things that it mentions, its numbers in groups, and who owns them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading import features as named
from miit_cli.reading import numbers, times
from miit_cli.reading.clauses import listed_commas, phrases_of, rows_of, segments_of
from miit_cli.reading.items import (
    COLON,
    COMMA,
    CONJ,
    GAP,
    NUMBER,
    SEMI,
    STOPS,
    TERM,
    Item,
    asides_of,
    items_of,
)
from miit_cli.reading.mentions import NONE
from miit_cli.reading.spans import BARE
from miit_cli.reading.wordclasses import word_data

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from miit_cli.reading.discourse import Discourse
    from miit_cli.reading.features import Block
    from miit_cli.reading.lexicon import Lexicon
    from miit_cli.reading.mentions import Atoms
    from miit_cli.reading.spans import Quantity, Time
    from miit_cli.reading.times.clock import Clock
    from miit_cli.reading.wordclasses import WordSpan
    from miit_cli.types import SentenceSpan

PARTING = STOPS | {NUMBER}  # what ends the stretch of words that may be a number's own
COMPANY, REGION, FOREIGN = "company", "region", "foreign"  # reasons of numbers, too
OWNED = (REGION, COMPANY, FOREIGN)  # those of a number that is not the nation's
NATIONAL, HOME, PARTS, WORLD = "national", "home", "parts", "world"
OTHERS = (COMPANY, "operator", REGION, FOREIGN)  # owners that are not the nation
OWNERS = (*OTHERS, NATIONAL, PARTS)
_OWNERS = {
    "nation": NATIONAL, "home": HOME, "province": REGION, "city": REGION, "county": REGION,
    "region": REGION, "country": FOREIGN, "demonym": FOREIGN, "world": WORLD,
}  # fmt: skip
# Dots that stand for what is lost: at the beginning of a sentence or a quotation, not in the middle.
_CUT = re.compile(r"(?:(?<=[“\"「『(（:：。.])|(?<=[:：。.”]\s)|\A|\n)\s*(?:…+|\.{3,})\s*")
_CARRIERS = 3
_LEADING = 3  # words before a number that may lead to it
_HELD = 40  # characters before the nation, in which it stands what is held against it
_HELD_AGAINST = {
    "en": re.compile(
        r"\b(?:than (?:the|that of)?"
        r"|(?:first|second|third|fourth|fifth|top|no\.? ?\d+|\d+(?:st|nd|rd|th))(?: place| spot)?"
        r"(?: in| of| among)?(?: the| all)?"
        r"|(?:percent|%|third|quarter|fifth|tenth|half|share|part) of(?: the)?(?: total)?)\s$"
    ),
    "zh": re.compile(r"(?:居|占|[高低快慢好优大]于|列|排名?|比|较|超过?|领跑)(?:了|到|在)?[“\"]?$"),
}
_POSSESSOR = re.compile(r"['’]s\s")
_QUOTES = " \t\n\r\"'“”‘’《》<>·*#|-_/…\u3000"
# 上年, the month before: a time that is told by where it lies.
_BEFORE = re.compile(
    r"上(?:一|一?个)?(?P<zh>年|月|季度)|前(?:一|一?个)?(?P<front>年|月|季度)"
    r"|\b(?:previous|preceding|prior|last)\s(?P<en>year|month|quarter)"
    r"|\b(?P<back>year|month|quarter)\s(?:before|earlier|ago|prior)",
    re.IGNORECASE,
)
_MONTHS = {"年": 12, "year": 12, "月": 1, "month": 1, "季度": 3, "quarter": 3}
_LABEL = 8  # items before a colon
_SIZES = frozenset(["revenue", "sales", "production", "sales-output"])  # by which firms are large
_LARGE = frozenset(["enterprise", "above-size"])  # those firms
_SUBJECT = 3  # items in which the subject of a sentence begins
_DOWN = frozenset(["growth_down", "after_down"])
_UP = frozenset(["growth_up", "after_up"])


def months_before(text: str, time: Time) -> int:
    """How many months before what is spoken of a time says that it lies: 1, 3, 12, or 0 for none."""
    before = _BEFORE.search(text, time.start, time.end)
    return _MONTHS[before[before.lastgroup or 0].lower()] if before else 0


class Mention(NamedTuple):
    """One thing that a sentence names: a member of a noun phrase that may list several."""

    atoms: Atoms
    first: int  # items[first] to items[last]
    last: int
    part: int  # its place among the members
    parts: int  # how many members the phrase has
    before: str  # class of the unknown word right before it, "" for none
    after: str  # the same behind it


class Place(NamedTuple):
    """Where a number stands: its item, and its place in a row of numbers of one kind."""

    item: int
    index: int  # type: ignore[assignment]  # the method of tuples is not needed here
    size: int
    group: int  # number of the group in its sentence, from 0
    first: int  # item of the first of the row
    last: int  # item of the last of the row
    left: int  # first item that may be the number's own: behind the number or stop before it
    right: int  # the same to the right, exclusive
    members: tuple[tuple[int, int], ...]  # of the list that a row of numbers goes with

    def beside(self, before: bool) -> int:
        """How many numbers of its row stand before it, or else behind it."""
        return self.index if before else self.size - 1 - self.index

    def member(self, mention: Mention) -> int:
        """Which of the things listed before the row a mention is; -1 for none."""
        members = self.members
        first = next((n for n, (lo, hi) in enumerate(members) if lo <= mention.first < hi), -1)
        member = first + mention.part  # what is said as one phrase goes on through the list
        if first >= 0 and member < len(members) and members[member][0] <= mention.last:
            return member
        return first


class Parsed:
    """What is found in a sentence before any of it is interpreted."""

    we = NATIONAL  # whose figures are ours

    def __init__(self, sentence: SentenceSpan, folded: str, words: Lexicon, clock: Clock, text: str) -> None:
        language = words.language
        self.words, self.data = words, word_data(language)
        offset = sentence.start
        self.sentence, self.folded, self.text = sentence, folded, text
        self.times: Sequence[Time] = times.find(language, folded, clock, offset)
        found = numbers.find(language, folded, offset)
        if found and self.times:
            found = [q for q in found if not any(t.start < q.end and q.start < t.end for t in self.times)]
        if found:
            names = [match.span() for match in words.numeric.finditer(folded)]
            found = list(numbers.declared(numbers.outside(names, found, offset), folded, offset))
        self.numbers: list[Quantity] = found
        items = items_of(folded, offset, words, self.times, found)
        self.items: list[Item] = listed_commas(items, language, found)
        self.numbers_until = [0, *accumulate(item.kind == NUMBER for item in self.items)]
        self.stops_until = [0, *accumulate(item.kind in STOPS for item in self.items)]
        self.semis_until = [0, *accumulate(item.kind == SEMI for item in self.items)]
        self.mentions: list[Mention] = []
        self.places: dict[int, Place] = {}
        self._subjects: dict[int, tuple[str, str]] = {}
        self._qualifiers: dict[int, tuple[str, str]] = {}
        self._structure(language)

    def _structure(self, language: str) -> None:
        items, group_number = self.items, 0
        for segment in segments_of(items):
            for phrase in phrases_of(items, segment, language):
                before = self._modifier(phrase.first - 1)
                after = self.follower(phrase.last + 1)
                for part, atoms in enumerate(phrase.parts):
                    self.mentions.append(
                        Mention(atoms, phrase.first, phrase.last, part, len(phrase.parts), before, after)
                    )
            for row in rows_of(items, segment, self.numbers) if self.numbers else ():
                first, last, size = row[0], row[-1], len(row)
                self._share_unit([items[i].number for i in row])
                left, right = self.start_of(first, PARTING), self.stop_of(last + 1, PARTING)
                members = self._members(first, size) if size > 1 else ()
                for index, item in enumerate(row):
                    self.places[items[item].number] = Place(
                        item, index, size, group_number, first, last, left, right, members
                    )
                group_number += 1

    # --- scanning the items ---

    def tells(self, start: int, stop: int, *cues: str) -> bool:
        """Whether any of items ``[start, stop)`` is a word of one of some kinds."""
        if self.cues.isdisjoint(cues):
            return False
        return any(not item.word.cues.isdisjoint(cues) for item in self.items[start:stop])

    def atoms_in(self, start: int, stop: int) -> Atoms:
        """What is named by the mentions that begin in items ``[start, stop)``."""
        return NONE.union(*(mention.atoms for mention in self.mentions if start <= mention.first < stop))

    def start_of(self, at: int, kinds: Container[str]) -> int:
        """Where the stretch begins that ends before an item and holds none of some kinds."""
        return next((i for i in range(at, 0, -1) if self.items[i - 1].kind in kinds), 0)

    def stop_of(self, at: int, kinds: Container[str]) -> int:
        """The first item of some kinds, from one on; how many there are in all where none is."""
        return next((i for i in range(at, len(self.items)) if self.items[i].kind in kinds), len(self.items))

    def clause(self, at: int) -> tuple[int, int]:
        """The items ``[start, stop)`` between the stops on either side of one."""
        return self.start_of(at, STOPS), self.stop_of(at, STOPS)

    def between(self, start: int, stop: int) -> tuple[int, int, int]:
        """How many numbers, stops, and ends of parts of the sentence are items ``[start, stop)``."""
        if stop <= start:
            return 0, 0, 0
        numbers = self.numbers_until[stop] - self.numbers_until[start]
        stops = self.stops_until[stop] - self.stops_until[start]
        return numbers, stops, self.semis_until[stop] - self.semis_until[start]

    def skip(self, steps: range, *cues: str, directed: bool = False) -> int:
        """The first item that is no word of some kinds; the end of the steps where all are.

        ``directed`` skips what tells a direction, too.
        """
        items, directions = self.items, self.directions if directed else ()
        return next(
            (i for i in steps if items[i].word.cues.isdisjoint(cues) and not (directed and directions[i])),
            steps.stop,
        )

    def before(self, at: int) -> int:
        """The nearest item before one that is no small word, or the first; -1 before the first."""
        return self.skip(range(at - 1, 0, -1), "glue") if at else -1

    def leads(self, at: int) -> bool:
        """Whether an item leads to a number behind it: *to* 3 percent, *降至*3%, *至9月*的3%."""
        item = self.items[at]
        return item.cue("to") or (item.time is not None and self.text[item.time.start] in "至到")

    def led_by(self, place: Place) -> int:
        """The item that leads to a row of numbers, before small words and a colon; -1 for none."""
        at = place.first - 1
        while at >= 0 and (self.items[at].kind == COLON or self.leads(at) or self.items[at].cue("glue")):
            at -= 1
        return at

    def leads_only(self, start: int, stop: int, *cues: str) -> bool:
        """Whether items ``[start, stop)`` only lead on: directions, times, words of some kinds."""
        return all(
            self.directions[i] or item.time is not None or not item.word.cues.isdisjoint(("glue", *cues))
            for i, item in enumerate(self.items[start:stop], start)
        )

    def leave_out_size(self, number: int) -> None:
        """Leaves out what only tells how large some firms are: those *with sales* of over 20 million yuan.

        Args:
            number: the threshold, from which they are counted among the large ones.
        """
        place = self.places[number]

        def is_size(mention: Mention) -> bool:
            if mention.atoms.isdisjoint(_SIZES) or not mention.atoms - _LARGE <= _SIZES:
                return False
            behind = all(item.cue("glue") for item in self.items[place.last + 1 : mention.first])
            return place.left <= mention.first < (place.right if behind else place.first)

        self.mentions = [mention for mention in self.mentions if not is_size(mention)]

    @cached_property
    def label(self) -> list[Mention]:
        """The things that a label before a colon names, where no number stands in it."""
        end = self.stop_of(0, (COLON, NUMBER))
        labelled = end < min(_LABEL, len(self.items)) and self.items[end].kind == COLON
        return [mention for mention in self.mentions if mention.last < end] if labelled else []

    def _members(self, first: int, size: int) -> tuple[tuple[int, int], ...]:
        """The last so many things listed before a row of numbers, known or not: items ``[start, stop)``.

        They may be listed in the clause before: 芯片、汽车等较快增长，*产量分别*增长….
        """
        start = self.start_of(first, (NUMBER, SEMI, COLON))
        parted = [i for i in range(start, first) if self.items[i].kind in (CONJ, COMMA)]
        ends = pairwise([start - 1, *parted, first])
        chunks = [(before + 1, stop) for before, stop in ends if stop > before + 1]
        joined = [start > 0 and self.items[start - 1].kind == CONJ for start, _ in reversed(chunks)]
        if joined[: size + 1] == [False, *[True] * (size - 1), False] and self.tells(*chunks[-1], "apart"):
            del chunks[-1]
        return tuple(chunks[-size:]) if len(chunks) >= size else ()

    def _share_unit(self, row: list[int]) -> None:
        """Gives the numbers of a row the unit that only its last one has: 9.3 and 9.8 percent."""
        last = self.numbers[row[-1]]
        for number in row[:-1]:
            if self.numbers[number].unit == BARE and last.unit != BARE:
                self.numbers[number] = self.numbers[number]._replace(unit=last.unit)

    def _modifier(self, at: int) -> str:
        """What an unknown word makes of what follows: describes, narrows, name, verb, noun, unknown.

        Ends in "+" for one that stands alone, and is hardly the end of anything else: China's *ferry* output.
        """
        word = self._gap_word(at, -1)
        if not word or (at, NATIONAL) in self.owners:  # the mainland's
            return ""
        if word[0].isupper() and self.words.language == "en" and at > 0:
            return "name"
        kind = self.data.modifier(word) or "unknown"
        item = self.items[at]
        *_, alone = _POSSESSOR.split(self.text[item.start : item.end].strip(_QUOTES))
        by_itself = len(alone) == len(word)
        letters = self.data.word_class(word)
        owned = by_itself and _POSSESSOR.search(self.text, item.start - 3, item.end)
        if kind == "narrows" and ("p" in letters or ("v" in letters and not owned)):
            kind = "verb or noun"
        return f"{kind}+" if by_itself else kind

    def follower(self, at: int) -> str:
        """What kind of word stands unknown behind a thing: noun, verb or another."""
        word = self._gap_word(at, 0)
        if not word:
            return ""
        letters = self.data.word_class(word)
        if "v" in letters or "p" in letters:
            return "verb"
        return "noun" if "n" in letters else letters[:1] or "unknown"

    def subject(self, at: int) -> tuple[str, str]:
        """The unknown words that a clause begins with before an item: the kind of the last, and what follows.

        *Data processing* services earned 4 billion; both are "" where all words are known.
        """
        if at not in self._subjects:
            unknown = (i for i in range(self.start_of(at, PARTING), at) if self.is_unknown(i))
            gap = next(unknown, -1)
            letters = self.data.word_class(self._gap_word(gap, -1))
            told = (letters[:2] or "unknown", tail_word(self.surfaces[gap + 1])) if gap >= 0 else ("", "")
            self._subjects[at] = told
        return self._subjects[at]

    def is_unknown(self, at: int) -> bool:
        """Whether an item holds words that no list has, and that tell no direction."""
        return self.items[at].kind == GAP and not self.directions[at]

    def qualifier(self, at: int) -> tuple[str, str]:
        """What is said of a thing right behind it: how it is joined, and its kind.

        Charging points *run by veterans* ("p", noun), *in the country* ("in", national), *in* use. Both are
        "" where nothing is said there; the kind is that of an owner or of a word, or the kind of an item.
        """
        if at not in self._qualifiers:
            self._qualifiers[at] = self._qualifier(at)
        return self._qualifiers[at]

    def _qualifier(self, at: int) -> tuple[str, str]:
        items, joint = self.items, ""
        if at < len(items) and items[at].kind == GAP:
            letters = self.data.word_class(self._gap_word(at, -1).lower())
            joint = next((letter for letter in "pga" if letter in letters), "")
            at += bool(joint)
        first, owners = at, dict(self.owners)
        while at < len(items) and at not in owners and self._joins(at):
            at += 1
        if at >= len(items) or not (joint or at > first):
            return "", ""
        told = owners.get(at) or self.follower(at)
        return joint or self.surfaces[first], told or ("thing" if items[at].word.atoms else items[at].kind)

    def _joins(self, at: int) -> bool:
        """Whether a word may stand inside a noun phrase or join one to another, and tells no direction."""
        word = self.items[at].word
        joins = "glue" in word.cues or "of" in word.cues
        return joins and not word.atoms and "stop" not in word.cues and not self.directions[at]

    def ends_with_verb(self, at: int) -> bool:
        """Whether unknown text ends with a word that is a verb and no noun."""
        letters = self.data.word_class(self._gap_word(at, -1).lower())
        return bool({"v", "p"} & {*letters}) and "n" not in letters

    def _gap_word(self, at: int, which: int) -> str:
        """The first (0) or last (-1) word of the gap at a place, as written; "" where there is no gap."""
        if not 0 <= at < len(self.items) or self.items[at].kind != GAP:
            return ""
        item = self.items[at]
        if self.words.language == "en":
            found = self.text[item.start : item.end].split()
            return found[which].strip(_QUOTES) if found else ""
        gap = self.folded[item.start - self.sentence.start : item.end - self.sentence.start].strip(_QUOTES)
        sizes = range(min(4, len(gap)), 0, -1)
        pieces = (gap[:n] for n in sizes) if which == 0 else (gap[-n:] for n in sizes)
        return next((piece for piece in pieces if self.data.word_class(piece)), gap)

    @cached_property
    def directions(self) -> list[str]:
        """Which way each item tells, "" for most."""
        offset = self.sentence.start
        spans = sorted((span.start + offset, span.kind) for span in self.data.directions(self.folded))
        found = []
        for item in self.items:
            direction = _told(item.word.cues)
            if not direction and spans and item.kind in (GAP, TERM):
                inside = [kind for start, kind in spans if item.start <= start < item.end]
                direction = inside[-1] if inside else ""
            found.append(direction)
        return found

    @cached_property
    def owners(self) -> list[tuple[int, str]]:
        """Whose figures the words tell: the item where an owner is named, and its kind, in order.

        ``home`` is the nation of what was named before: the country, 全国.
        """
        sentence = self.sentence
        source = self.text[sentence.start : sentence.end] if self.words.language == "en" else self.folded
        spans = [(span.start, self.owner_of(span)) for span in self.data.places(source)]
        spans += [
            (s.start, COMPANY) for s in self.data.organisations(source) if not self._is_kind_of_firms(s)
        ]
        found: dict[tuple[int, str], None] = {}
        ends = [item.end - sentence.start for item in self.items]
        for start, kind in spans:
            at = bisect_right(ends, start)
            if at < len(ends) and not self.items[at].cue("no_owner"):
                found[at, kind] = None
        for at, cues in self.cued:
            for kind in cues.intersection(OWNERS):
                found[at, HOME if kind == NATIONAL and HOME in cues else kind] = None
        ours = {at for at, cues in self.cued if "ours" in cues}
        owners = [(at, self.we if kind == NATIONAL and at in ours else kind) for at, kind in found]
        together = self._carriers_together
        owners = sorted((at, NATIONAL) if at in together else (at, kind) for at, kind in owners)
        return [
            (at, kind) for at, kind in owners if kind not in (NATIONAL, HOME) or not self._is_yardstick(at)
        ]

    def _is_kind_of_firms(self, name: WordSpan) -> bool:
        """Whether capitals only write a term for many firms: Small and Medium-sized Enterprises."""
        stop = self.sentence.start + name.end
        term = next((item.word for item in self.items if item.start < stop <= item.end), None)
        return term is not None and bool(term.atoms) and self.data.is_member(term.text.split()[-1])

    def _is_yardstick(self, at: int) -> bool:
        """Whether another is only held against what an item names: 居全国第二, 9 percent of the nation."""
        before = self.folded[: self.items[at].start - self.sentence.start]
        return _HELD_AGAINST[self.words.language].search(before[-_HELD:]) is not None

    @property
    def _carriers_together(self) -> set[int]:
        """The items of a list of all carriers: the nation, unless each of them has a number of its own."""
        run: list[int] = []
        for at, cues in self.cued:
            if "carrier" in cues:
                listed = run and all(self.items[i].kind in (COMMA, CONJ) for i in range(run[-1] + 1, at))
                run = [*run, at] if listed else [at]
        each = any(place.size >= _CARRIERS for place in self.places.values())
        return {*run} if len(run) >= _CARRIERS and not each else set()

    @staticmethod
    def owner_of(place: WordSpan) -> str:
        """Whose figures are told where a place is named."""
        return _OWNERS[place.kind]

    @cached_property
    def opens_with_name(self) -> bool:
        """Whether a capitalised word that no dictionary has is among the first of it: a firm, or a person."""
        if self.words.language != "en":
            return False
        opening = (self.text[item.start : item.end] for item in self.items[:_SUBJECT] if item.kind == GAP)
        words = (word.strip(_QUOTES) for gap in opening for word in gap.split())
        return any(word[:1].isupper() and not self.data.word_class(word.lower()) for word in words)

    @cached_property
    def surfaces(self) -> list[str]:
        """What each item says, for features: a word of the lexicon, or the unknown word."""
        return [self._surface(item) for item in self.items]

    def _surface(self, item: Item) -> str:
        if item.kind == NUMBER:
            return "#"
        if item.time is not None:
            return f"@{item.time.role}"
        if item.word.text:
            return item.word.text
        if item.kind == GAP:
            offset = self.sentence.start
            return self.folded[item.start - offset : item.end - offset].strip()
        return item.kind

    @cached_property
    def cues(self) -> frozenset[str]:
        """All kinds of words in it."""
        return NONE.union(*(cues for _, cues in self.cued))

    @cached_property
    def owners_of_sentence(self) -> tuple[str, ...]:
        """Whose figures the sentence tells, in order of mention."""
        return tuple(kind for _, kind in self.owners)

    @cached_property
    def asides(self) -> list[int]:
        """Which brackets each item stands in, counted from 1; 0 for none."""
        return asides_of(self.items)

    @cached_property
    def dated(self) -> list[tuple[int, Time]]:
        """The items that are times, in order."""
        return [(i, item.time) for i, item in enumerate(self.items) if item.time is not None]

    @cached_property
    def compared(self) -> list[int]:
        """The items that may tell what a number is compared with, in order."""
        words = [i for i, cues in self.cued if "month_on_month" in cues or "year_on_year" in cues]
        times = [
            i
            for i, time in self.dated
            if time.role == "base" and (time.grain == "month" or months_before(self.text, time) in (1, 3))
        ]
        return sorted({*words, *times})

    @cached_property
    def directed(self) -> list[tuple[int, str]]:
        """The items that tell a direction, in order."""
        return [(i, direction) for i, direction in enumerate(self.directions) if direction]

    @cached_property
    def cued(self) -> list[tuple[int, frozenset[str]]]:
        """The items that are words of a kind, in order, with their kinds."""
        return [(i, item.word.cues) for i, item in enumerate(self.items) if item.word.cues]

    def owner_features(self, at: int, discourse: Discourse) -> list[Block]:
        """Whose a number at an item may be: owners before and behind it, and those of the passage."""
        found: list[Block] = []
        stops, numbers = self.stops_until, self.numbers_until
        home = FOREIGN if discourse.is_abroad(self) else NATIONAL
        owners = [(i, home if kind == HOME else kind) for i, kind in self.owners]
        before = [(i, kind) for i, kind in owners if i < at]
        last = before[-1][1] if before else "none"
        for i, kind in owners[len(before) :]:
            if i > at and stops[i] == stops[at] and numbers[i] == numbers[at + 1]:
                found.append((named.owner_behind, kind, min(i - at, 4), last))
                break
        if before:
            i, kind = before[-1]
            between, stopped = min(numbers[at] - numbers[i], 2), min(stops[at] - stops[i], 2)
            semi = self.semis_until[at] > self.semis_until[i]
            own = next((k for _, k in reversed(before) if k not in (NATIONAL, WORLD)), "none")
            second = before[-2][1] if len(before) > 1 else ""
            found += [
                (named.owner_before, kind, between, stopped, semi),
                (named.owners_before, before[0][1], before[0][0] <= 1, own, second, kind),
            ]
        else:
            said = (discourse.last_owners[-1:], discourse.paragraph_owners, discourse.heading_owners)
            last_said, paragraph, heading = map(_one, said)
            found.append((named.owners_said, last_said, self.tells(0, 2, "anaphor"), paragraph, heading))
        operators = {self.surfaces[i] for i, kind in before if kind == "operator"}
        title, lead = _one(discourse.title_owners), _one(discourse.lead_owners)
        nearest, back, here = discourse.passage_owners
        last_named = discourse.last is not None and discourse.last.opens_with_name
        return [
            *found,
            (named.owners_around, min(len(operators), 3), title, bool(discourse.area)),
            (named.owners_of_passage, _one(nearest), _one(nearest[-1:]), min(back, 4), here),
            (named.owners_of_document, title, lead, discourse.names_nation(self)),
            (named.places_of_document, *discourse.places_told),
            (named.names_told, self.opens_with_name, last_named, *discourse.opening_names),
        ]

    def names_rate(self, at: int) -> bool:
        """Whether an item names a rate of change, by itself or at its end: growth, output growth, 降幅."""
        end = self.words.words.get(tail_word(self.surfaces[at]))
        return self.items[at].cue("growth_noun") or (end is not None and "growth_noun" in end.cues)

    @cached_property
    def ends(self) -> dict[int, str]:
        """Of each number whether the words right before it make it an end of a change: from, to or plain."""
        return {number: self._end(place) for number, place in self.places.items()}

    def _end(self, place: Place) -> str:
        words = 0
        for i in range(place.item - 1, place.left - 1, -1):
            if self.tells(i, i + 1, "base_number", "base"):
                return "from"
            if self.leads(i):
                return "to"
            words += self.items[i].time is None
            if words == _LEADING:
                break
        return "plain"

    def is_of_nation(self, at: int, discourse: Discourse) -> bool:
        """Whether the last owner before an item is the nation, in its sentence or those before."""
        before = tuple(k for i, k in self.owners if i < at and k != WORLD) or discourse.passage_owners[0]
        return before[-1:] in ((NATIONAL,), (HOME,))

    def lost_until(self, at: int) -> int:
        """The item with which a sentence goes on whose beginning is lost: "… reached 55.7%"; 0 for none."""
        return max((i for i in self._cuts if i <= at), default=0)

    @cached_property
    def _cuts(self) -> list[int]:
        """The items right behind dots that begin a sentence or a quotation."""
        starts = [item.start for item in self.items]
        cuts = _CUT.finditer(self.text, self.sentence.start, self.sentence.end)
        found = (bisect_left(starts, match.end() - 1) for match in cuts)
        return [i for i in found if i < len(starts)]

    @property
    def announces(self) -> bool:
        """Whether it ends with a colon."""
        return self.folded.rstrip().endswith((":", "："))

    @cached_property
    def is_cumulated(self) -> bool:
        """Whether it speaks of the year so far."""
        told = not self.cues.isdisjoint(("the_year", "cumulative"))
        return told or any(time.grain == "ytd" for time in self.times)

    @cached_property
    def monthly(self) -> list[int]:
        """The items that compare with the month before."""
        return self._comparing("month_on_month", 1)

    @cached_property
    def yearly(self) -> list[int]:
        """The items that compare with the year before."""
        return self._comparing("year_on_year", 12)

    def _comparing(self, cue: str, months: int) -> list[int]:
        words = [i for i, cues in self.cued if cue in cues]
        bases = [(i, time) for i, time in self.dated if time.role == "base"]
        return [*words, *(i for i, time in bases if months_before(self.text, time) == months)]

    @cached_property
    def asks(self) -> bool:
        """Whether it is a question."""
        return self.folded.rstrip(_QUOTES).endswith(("?", "？"))

    @property
    def has_values(self) -> bool:
        """Whether any of its numbers is a value."""
        return bool(self.places)


def _one(owners: Sequence[str]) -> str:
    """The first of some owners."""
    return owners[0] if owners else "none"


def _told(cues: frozenset[str]) -> str:
    """The direction that a word of the lexicon tells."""
    if not cues.isdisjoint(_DOWN):
        return "down"
    return "" if cues.isdisjoint(_UP) else "up"


def tail_word(text: str) -> str:
    """The last word of a surface, or its last two characters."""
    word = text.rsplit(maxsplit=1)[-1] if " " in text else text
    return word[-12:] if word.isascii() else word[-2:]


def head_word(text: str) -> str:
    """The first word of a surface, or its first two characters."""
    word = text.split(maxsplit=1)[0] if " " in text else text
    return word[:12] if word.isascii() else word[:2]
