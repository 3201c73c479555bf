"""What a document has spoken of so far: things, figures, owners and times, from sentence to sentence."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miit_cli.reading.parsing import Mention, Parsed

_REMEMBERED = 7  # sentences whose words a number may go back to


class Decided(NamedTuple):
    """What became of a number, as those after it look back on it."""

    slugs: tuple[str, ...]  # empty: none of the vocabulary
    reason: str
    measure: str
    unit: str
    sign: int
    sentence: int
    paragraph: int
    group: int
    index: int
    size: int


class _Spoken(NamedTuple):
    number: int
    paragraph: int
    heading: bool
    mentions: list[Mention]
    owners: tuple[str, ...]


class Discourse:
    """The state of one document, ended by nothing but its distance."""

    def __init__(self, title: Parsed | None = None) -> None:
        self.recent: deque[_Spoken] = deque(maxlen=_REMEMBERED)
        self.title = title.mentions if title is not None else []
        self.heading: list[Mention] = []
        self.heading_owners: tuple[str, ...] = ()
        self.lead: list[Mention] = []
        self.decided: list[Decided] = []
        self.paragraph = 0
        self.paragraph_owners: tuple[str, ...] = ()
        self.last_owners: tuple[str, ...] = ()

    def turn(self, parsed: Parsed) -> None:
        """Begins a sentence."""
        sentence = parsed.sentence
        if sentence.paragraph != self.paragraph:
            self.paragraph = sentence.paragraph
            self.paragraph_owners = ()

    def keep(self, parsed: Parsed) -> None:
        """Ends a sentence."""
        sentence = parsed.sentence
        owners = parsed.owners_of_sentence()
        if sentence.heading:
            self.heading, self.heading_owners = parsed.mentions, owners
        elif not self.lead and parsed.mentions:
            self.lead = parsed.mentions
        if not self.paragraph_owners:
            self.paragraph_owners = owners
        self.last_owners = owners
        self.recent.append(
            _Spoken(sentence.number, sentence.paragraph, sentence.heading, parsed.mentions, owners)
        )

    def earlier(self, number: int) -> Iterator[tuple[str, int, Mention]]:
        """The things of earlier sentences, the nearest first: where (P same paragraph, Q other, H heading,
        L lead, T title), how many sentences back, and the mention."""
        for spoken in reversed(self.recent):
            back = number - spoken.number
            where = "H" if spoken.heading else "P" if spoken.paragraph == self.paragraph else "Q"
            for mention in reversed(spoken.mentions):
                yield where, back, mention
        for mention in self.heading:
            yield "H", _REMEMBERED + 1, mention
        for mention in self.lead:
            yield "L", _REMEMBERED + 2, mention
        for mention in self.title:
            yield "T", _REMEMBERED + 3, mention
