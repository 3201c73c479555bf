"""What a passage is about: carried from sentence to sentence, ended by paragraphs and headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.mentions import NONE, Atoms

if TYPE_CHECKING:
    from collections.abc import Sequence


class Column(NamedTuple):
    """One thing that is spoken of."""

    atoms: Atoms
    known: bool = True  # whether the lexicon knows all of its words
    text: str = ""


class Passage:
    """What has been spoken of so far."""

    def __init__(self, mentioned: set[str] | None = None, trade: Atoms = NONE) -> None:
        self.trade = trade  # the first that the document speaks of: what "the sector" is after a heading
        self.mentioned: set[str] = mentioned or set()  # every atom so far
        self.focus: list[Column] = []
        self.main: list[Column] = []  # the focus without what an "of which" turned to
        self.distant: list[Column] = []  # of the paragraph before
        self.history: list[Column] = []  # what was spoken of last, in order
        self.topic: Atoms = NONE
        self.subjects: list[Atoms] = []  # spoken of lately, the last first
        self.unit = ""  # of a list whose heading declares it

    def mention(self, subject: Atoms) -> None:
        """Remembers a subject as the one that was spoken of last."""
        self.topic = subject
        self.mentioned |= subject
        self.subjects = [subject, *(s for s in self.subjects if s != subject)][:6]

    def depart(self) -> None:
        """What was spoken of is so no more: something of which the vocabulary has nothing comes next."""
        self.topic, self.subjects, self.distant, self.history = NONE, [], [], []
        self.trade = NONE

    def remember(self, column: Column) -> None:
        """Puts a column at the end of what was spoken of last."""
        self.history = [*[c for c in self.history if c.atoms != column.atoms][-3:], column]

    def turn_to(self, columns: list[Column]) -> None:
        """What follows is about these."""
        self.focus = self.main = columns

    def next_paragraph(self, english: bool) -> Passage:
        """The passage that a new paragraph begins.

        English goes on speaking of the last thing; Chinese only of a topic that the lexicon knows.
        """
        after = Passage(self.mentioned, self.trade)
        if english or any(column.known for column in self.main):
            after.topic, after.subjects = self.topic, self.subjects
        after.distant = (self.main or self.distant) if english else []
        after.history, after.unit = self.history, self.unit
        return after


def merged(first: Sequence[Column], second: Sequence[Column]) -> list[Column]:
    """Two phrases that together name one thing."""
    if len(first) > 1 and len(second) > 1:
        return list(second)
    text = " ".join(dict.fromkeys(c.text for c in [*first[:1], *second[:1]] if c.text))
    return [
        Column(one.atoms | two.atoms, one.known and two.known, text)
        for one in (first or [Column(NONE)])
        for two in (second or [Column(NONE)])
    ]
