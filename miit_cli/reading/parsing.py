"""A sentence analysed: its items, the things that it mentions, its numbers in groups, and who owns them."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading import numerals, periods
from miit_cli.reading.clauses import groups_of, listed_commas, phrases_of, segments_of
from miit_cli.reading.items import COMMA, GAP, NUMBER, SEMI, STOPS, Item, items_of
from miit_cli.reading.spans import BARE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miit_cli.facts import Sentence
    from miit_cli.reading.clock import Clock
    from miit_cli.reading.discourse import Discourse
    from miit_cli.reading.lexicon import Lexicon
    from miit_cli.reading.mentions import Atoms
    from miit_cli.reading.spans import Quantity, Time

OWNERS = ("company", "operator", "region", "foreign")


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
    index: int
    size: int
    group: int  # number of the group in its sentence, from 0
    left: int  # first item that may be the number's own: behind the number or stop before it
    right: int  # the same to the right, exclusive


class Parsed:
    """What is found in a sentence before any of it is interpreted."""

    def __init__(
        self, sentence: Sentence, folded: str, words: Lexicon, clock: Clock, text: str
    ) -> None:
        language = words.language
        offset = sentence.start
        self.sentence, self.folded, self.text = sentence, folded, text
        self.times: Sequence[Time] = periods.find(language, folded, clock, offset)
        found = numerals.find(language, folded, offset)
        if self.times:
            found = [q for q in found if not any(t.start < q.end and q.start < t.end for t in self.times)]
        names = [match.span() for match in words.numeric.finditer(folded)]
        found = list(numerals.declared(numerals.outside(names, found, offset), folded, offset))
        self.numbers: list[Quantity] = found
        items = items_of(folded, offset, words, self.times, found)
        self.items: list[Item] = listed_commas(items, language, found)
        self.numbers_until = [0, *accumulate(item.kind == NUMBER for item in self.items)]
        self.stops_until = [0, *accumulate(item.kind in STOPS for item in self.items)]
        self.semis_until = [0, *accumulate(item.kind == SEMI for item in self.items)]
        self.mentions: list[Mention] = []
        self.places: dict[int, Place] = {}
        self._structure(language)

    def _structure(self, language: str) -> None:
        items, group_number = self.items, 0
        for segment in segments_of(items):
            for phrase in phrases_of(items, segment, language):
                before = self.unknown(phrase.first - 1)
                after = self.unknown(phrase.last + 1)
                for part, atoms in enumerate(phrase.parts):
                    self.mentions.append(
                        Mention(atoms, phrase.first, phrase.last, part, len(phrase.parts), before, after)
                    )
            for group in groups_of(items, segment, self.numbers):
                places = [i for i in range(group.first, group.last + 1) if items[i].kind == NUMBER]
                self._share_unit([items[i].number for i in places])
                for index, item in enumerate(places):
                    number = items[item].number
                    left, right = self._window(item)
                    self.places[number] = Place(item, index, len(places), group_number, left, right)
                group_number += 1

    def _share_unit(self, row: list[int]) -> None:
        """Gives the numbers of a row the unit that only its last one has: 9.3 and 9.8 percent."""
        last = self.numbers[row[-1]]
        for number in row[:-1]:
            if self.numbers[number].unit == BARE and last.unit != BARE:
                self.numbers[number] = self.numbers[number]._replace(unit=last.unit)

    def _window(self, at: int) -> tuple[int, int]:
        """The items between the nearest stops or numbers around a number."""
        left, right = at, at + 1
        items = self.items
        while left > 0 and items[left - 1].kind not in STOPS and items[left - 1].kind != NUMBER:
            left -= 1
        while right < len(items) and items[right].kind not in STOPS and items[right].kind != NUMBER:
            right += 1
        return left, right

    def unknown(self, at: int) -> str:
        """The class of an unknown word at a place: "" where there is none."""
        if not 0 <= at < len(self.items) or self.items[at].kind != GAP:
            return ""
        return "unknown"

    def surface(self, at: int) -> str:
        """What an item says, for features: a word of the lexicon, or the unknown word."""
        item = self.items[at]
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

    def owners_of_sentence(self) -> tuple[str, ...]:
        """Whose figures the sentence tells, in order of mention."""
        return tuple(
            kind for item in self.items for kind in (*OWNERS, "national") if kind in item.word.cues
        )

    def owner_features(self, at: int, discourse: Discourse) -> list[str]:
        """Whose a number at an item may be: owners before and behind it, and those of the passage."""
        found: list[str] = []
        last = ""
        for i, item in enumerate(self.items):
            for kind in (*OWNERS, "national"):
                if kind not in item.word.cues:
                    continue
                if i < at:
                    last = f"{kind}/{min(self.numbers_until[at] - self.numbers_until[i], 2)}"
                    last += f".{min(self.semis_until[at] - self.semis_until[i], 1)}"
                elif self.stops_until[i] == self.stops_until[at] and self.numbers_until[i] <= self.numbers_until[at] + 1:
                    found.append(f"ob={kind}")
        found.append(f"o={last or 'none'}")
        if not last:
            found.append(f"op={(discourse.last_owners or ('none',))[-1]}")
            found.append(f"opp={(discourse.paragraph_owners or ('none',))[0]}")
            found.append(f"oh={(discourse.heading_owners or ('none',))[0]}")
        return found

    @property
    def has_values(self) -> bool:
        """Whether any of its numbers is a value."""
        return bool(self.places)


__all__ = ["COMMA", "OWNERS", "Mention", "Parsed", "Place"]
