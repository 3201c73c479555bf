"""The shared state of one sentence, and the surroundings of one group of its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.clauses import Group, Phrase, Segment
from miit_cli.reading.spans import COUNTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miit_cli.reading.items import Item
    from miit_cli.reading.mentions import Atoms, Concepts
    from miit_cli.reading.outcomes import Outcome
    from miit_cli.reading.passage import Column, Passage
    from miit_cli.reading.spans import Quantity


class Context:
    """A sentence while it is read from left to right: its items, and what it has said so far."""

    def __init__(
        self,
        concepts: Concepts,
        language: str,
        text: str,
        items: Sequence[Item],
        numbers: Sequence[Quantity],
        passage: Passage,
    ) -> None:
        self.concepts, self.language, self.english = concepts, language, language == "en"
        self.text = text  # the document's
        self.items, self.numbers, self.passage = items, numbers, passage
        self.outcomes: dict[int, Outcome] = {}
        self.pending: list[Column] = []  # named by a segment without numbers
        self.pending_measure, self.pending_sign = "", 1
        self.among: Atoms | None = None  # the whole that was set up: "in total exports"
        self.measure, self.sign = "", 1  # of the number before
        self.whole: Atoms | None = None  # what that is a share of
        self.previous: Quantity | None = None
        self.averaging = False  # the numbers are means over several years
        self.aside = False  # an "of which" turned to a part
        self._cues: frozenset[str] = frozenset().union(*(item.word.cues for item in items))

    def has(self, cue: str, first: int, last: int) -> bool:
        """Whether a word of that kind stands among ``items[first:last]``."""
        # Most sentences have no word of most kinds: they are answered without a look at the items.
        return cue in self._cues and any(cue in item.word.cues for item in self.items[first:last])

    def says(self, cue: str) -> bool:
        """Whether a word of that kind stands anywhere in the sentence."""
        return cue in self._cues

    def current(self) -> list[Column]:
        """What is spoken of where a number names nothing itself."""
        return self.pending or self.passage.focus

    def spoken(self) -> Iterator[Column]:
        """All that is spoken of, the nearest first."""
        yield from self.pending
        yield from self.passage.focus

    def excerpt(self, first: int, last: int) -> str:
        """The text from one item to another, both included."""
        return self.text[self.items[first].start : self.items[last].end]

    def is_of(self, at: int) -> bool:
        """Whether the item is 的."""
        return self.items[at].word.text == "的"

    def is_filler(self, at: int) -> bool:
        """Whether the item is a word that says nothing."""
        word = self.items[at].word
        return word.neutral and not word.cues

    def is_small(self, at: int) -> bool:
        """Whether the item is a word that may stand inside any phrase."""
        word = self.items[at].word
        return not word.atoms and (word.neutral or "glue" in word.cues)


class Site(NamedTuple):
    """A group of numbers and its surroundings; ``floor`` and ``ceiling`` bound the items that may be its."""

    segment: Segment
    group: Group
    quantities: list[Quantity]
    unit: str
    left: list[Phrase]
    right: list[Phrase]
    floor: int
    ceiling: int

    @property
    def first(self) -> int:
        """The item of the first number."""
        return self.group.first

    @property
    def end(self) -> int:
        """The item after the last number."""
        return self.group.last + 1

    @property
    def counts(self) -> bool:
        """Whether the numbers count things."""
        return self.unit in COUNTS
