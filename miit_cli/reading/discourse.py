"""What a document has spoken of so far: things, figures, owners and times, from sentence to sentence."""

from __future__ import annotations

from collections import Counter, deque
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from miit_cli.reading.parsing import FOREIGN, HOME, NATIONAL, OTHERS, REGION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from miit_cli.reading.parsing import Mention, Parsed
    from miit_cli.reading.spans import DateRange, Time
    from miit_cli.types import SentenceSpan

_TOLD = ("period", "point", "span")  # the roles of times that say when something is
_REMEMBERED = 7  # sentences whose words a number may go back to
_OPENING = 3  # sentences with which a text begins
_LOOKED_OVER = 4000  # characters of a text in which the places are counted


class Decided(NamedTuple):
    """What became of a number, as those after it look back on it."""

    slugs: tuple[str, ...]  # empty: none of the vocabulary
    reason: str
    measure: str
    unit: str
    sign: str  # up, down or unknown
    sentence: int
    paragraph: int
    group: int
    index: int  # type: ignore[assignment]  # the method of tuples is not needed here
    size: int
    status: str = "actual"
    begin: str | None = None  # of its period
    finish: str = ""  # "" where it has none
    time: int = -1  # where the time stands that it has, -1 for one that is not in its sentence
    thing: str = ""  # what it is of, where that has no entry
    value: Decimal | None = None  # without its sign

    def near(self, sentence: SentenceSpan) -> str:
        """Where it stands, seen from a sentence: S in it, P in its paragraph, F farther."""
        if self.sentence == sentence.number:
            return "S"
        return "P" if self.paragraph == sentence.paragraph else "F"


class Discourse:
    """The state of one document, ended by nothing but its distance."""

    def __init__(self, title: Parsed, area: str = "", text: str = "") -> None:
        self.area, self._text = area, text
        self.titled, self.title = title, title.mentions
        self.headed: Parsed | None = None  # the heading above
        self.heading: list[Mention] = []
        self.lead: list[Mention] = []
        self.label: list[Mention] = []  # of the paragraph
        self._said: dict[frozenset[str], Mention] = {}  # each thing at its last mention, in order
        self.decided: list[Decided] = []
        self.valued: dict[tuple[Decimal | None, str], Decided] = {}  # the last of each value and unit
        self.latest: dict[str, Decided] = {}  # the last number of each indicator
        self.recorded: Decided | None = None  # the last number that is an indicator's
        self.recorded_before: Decided | None = None  # the same, before this sentence
        self.views: dict[object, Any] = {}  # what the numbers of this sentence share in looking back
        self.wide: DateRange | None = None  # the last that is not a part of the one before
        self.spoken_time: Time | None = None
        self.announced: DateRange | None = None  # of the last sentence without figures that says one
        self.section: DateRange | None = None  # of the heading
        self.local: DateRange | None = None  # the first of the paragraph
        self.opening: DateRange | None = None  # the first of the document
        self.goal: DateRange | None = None  # the last deadline
        self.goal_told = (0, 0)  # the sentence and the paragraph that told it
        self.paragraph = 0
        self._of_paragraph: list[Parsed] = []  # its sentences so far
        self.last: Parsed | None = None  # the sentence before
        self.we = NATIONAL  # whose 我国 is: of a text that names an office of Taiwan it is Taiwan's
        self._opening: list[Parsed] = []  # the first sentences that are no heading
        self._passage: deque[Parsed] = deque(maxlen=_REMEMBERED)

    def turn(self, parsed: Parsed) -> None:
        """Begins a sentence."""
        self.views = {}
        self.recorded_before = self.recorded
        if any("taiwan" in cues for _, cues in parsed.cued):
            self.we = REGION
        parsed.we = self.we
        if parsed.sentence.paragraph != self.paragraph:
            self.paragraph = parsed.sentence.paragraph
            self._of_paragraph, self.local, self.label = [], None, []

    # Whose figures words tell is looked for when a number asks, which few do: those that some sentence names,
    # in order, the first that names any.

    @property
    def title_owners(self) -> tuple[str, ...]:
        return self.titled.owners_of_sentence

    @property
    def heading_owners(self) -> tuple[str, ...]:
        return self.headed.owners_of_sentence if self.headed else ()

    @property
    def paragraph_owners(self) -> tuple[str, ...]:
        return _first_owners(self._of_paragraph)

    @property
    def last_owners(self) -> tuple[str, ...]:
        return self.last.owners_of_sentence if self.last else ()

    @property
    def lead_owners(self) -> tuple[str, ...]:
        return _first_owners(self._opening)

    @property
    def passage_owners(self) -> tuple[tuple[str, ...], int, bool]:
        """Those of the nearest sentence before that names any, how far back, and whether in the paragraph.

        Empty, and one more than are remembered, where none does.
        """
        for back, parsed in enumerate(reversed(self._passage), 1):
            if parsed.owners_of_sentence:
                return parsed.owners_of_sentence, back, parsed.sentence.paragraph == self.paragraph
        return (), _REMEMBERED + 1, False

    @property
    def opening_names(self) -> tuple[bool, bool]:
        """Whether the title and the first sentence of the text begin with names that no list knows."""
        return self.titled.opens_with_name, any(lead.opens_with_name for lead in self._opening[:1])

    @cached_property
    def places_told(self) -> tuple[int, int, int]:
        """How often the text names the nation, other countries, and parts of the nation; 3 for oftener."""
        kinds = Counter(map(self.titled.owner_of, self.titled.data.places(self._text[:_LOOKED_OVER])))
        return min(kinds[NATIONAL], 3), min(kinds[FOREIGN], 3), min(kinds[REGION], 3)

    @property
    def owner(self) -> str:
        """Whose figures are told where nothing says it, as in a table: "" for the nation's.

        They are those of an owner that the title, the first sentences or those before name, where the nation
        is not named; or of the one whose most of the last figures were.
        """
        lately = self.decided[-_REMEMBERED:]
        reasons = Counter(each.reason for each in lately if not each.slugs)
        most = max(((count, kind) for kind, count in reasons.items() if kind in OTHERS), default=(0, ""))
        if most[0] > sum(bool(each.slugs) for each in lately):
            return most[1]
        sentences = (*reversed(self._passage), *self._opening, self.titled)
        told = [kind for each in sentences for kind in each.owners_of_sentence]
        if NATIONAL in told or HOME in told:
            return ""
        return next((kind for kind in told if kind in OTHERS), "")

    @property
    def is_of_another(self) -> bool:
        """Whether the heading, or the title and the lead, begin with a place, a firm or another country."""
        title, lead, heading = (
            any(owner in OTHERS for owner in owners[:1])
            for owners in (self.title_owners, self.lead_owners, self.heading_owners)
        )
        return heading or (title and lead)

    def names_nation(self, parsed: Parsed) -> bool:
        """Whether the nation is named in the title, the first sentences, those just before or this one."""
        return NATIONAL in self._kinds_told(parsed)

    def is_abroad(self, parsed: Parsed) -> bool:
        """Whether another country is named there, and the nation is not: "the country" is that one."""
        told = self._kinds_told(parsed)
        return FOREIGN in told and NATIONAL not in told

    def _kinds_told(self, parsed: Parsed) -> set[str]:
        told: set[str] | None = self.views.get("owners")
        if told is None:
            sentences = (self.titled, *self._opening, *self._passage, parsed)
            told = self.views["owners"] = {kind for each in sentences for _, kind in each.owners}
        return told

    @property
    def leading(self) -> Parsed | None:
        """The sentence before, where it has no figures."""
        return self.last if self.last is not None and not self.last.has_values else None

    @property
    def paragraph_opening(self) -> Parsed | None:
        """The first sentence of the paragraph, where that is another one."""
        return self._of_paragraph[0] if self._of_paragraph else None

    @property
    def announcing(self) -> Parsed | None:
        """The nearest sentence before that ends with a colon: what is listed below it goes on with it."""
        return next((parsed for parsed in reversed(self._passage) if parsed.announces), None)

    @property
    def last_end(self) -> str | None:
        """The last day of the period that is spoken of."""
        period = self.local or self.opening
        if period is not None:
            return period[1]
        return self.decided[-1].finish or None if self.decided else None

    def decide(self, decided: Decided) -> None:
        """Remembers what became of a number."""
        self.decided.append(decided)
        self.valued[decided.value, decided.unit] = decided
        if decided.slugs:
            self.recorded = decided
            self.latest.update(dict.fromkeys(decided.slugs, decided))
        if decided.finish and decided.begin is not None:
            wide = self.wide
            inside = wide is not None and (wide[0] or "") <= decided.begin and decided.finish <= wide[1]
            if not inside:
                self.wide = (decided.begin, decided.finish)

    def carried(self) -> Iterator[tuple[str, DateRange]]:
        """The periods that earlier sentences hand on, each with the name of its kind."""
        last = next((each for each in reversed(self.decided[-6:]) if each.finish), None)
        if last is not None:
            here = "P" if last.paragraph == self.paragraph else "F"
            yield f"last{here}", (last.begin, last.finish)
        for name in ("wide", "announced", "section", "local", "opening", "goal"):
            period: DateRange | None = getattr(self, name)
            if period is not None:
                yield name, period
        for time in self.titled.times[:1]:
            if time.role in _TOLD:
                yield "title", (time.begin, time.finish)
        if last is not None:
            yield "last>month", (f"{last.finish[:7]}-01", last.finish)
            yield "last>year", (f"{last.finish[:4]}-01-01", last.finish)

    def keep(self, parsed: Parsed) -> None:
        """Ends a sentence."""
        sentence = parsed.sentence
        self._keep_times(parsed)
        if sentence.heading:
            self.heading, self.headed = parsed.mentions, parsed
        else:
            self.lead = self.lead or parsed.mentions
            if len(self._opening) < _OPENING:
                self._opening.append(parsed)
        self.label = self.label or parsed.label
        self._of_paragraph.append(parsed)
        self._passage.append(parsed)
        self.last = parsed
        for mention in parsed.mentions:
            self._said.pop(mention.atoms, None)
            self._said[mention.atoms] = mention

    def _keep_times(self, parsed: Parsed) -> None:
        for time in parsed.times:
            if time.role == "deadline":
                self.goal = (time.begin, time.finish)
                self.goal_told = (parsed.sentence.number, parsed.sentence.paragraph)
        told = next((time for time in parsed.times if time.role in _TOLD), None)
        if told is None:
            return
        self.spoken_time = told
        first = (told.begin, told.finish)
        if parsed.sentence.heading:
            self.section = first
        elif not parsed.has_values:
            self.announced = first
        self.local = self.local or first
        self.opening = self.opening or first

    def earlier(self, number: int) -> Iterator[tuple[str, int, Mention]]:
        """The things of earlier sentences, the nearest first: where (P same paragraph, Q other, H heading,
        X before the heading, L lead, T title, D anywhere), how many sentences back, and the mention."""
        other = "Q"
        for parsed in reversed(self._passage):
            sentence = parsed.sentence
            where = "H" if sentence.heading else "P" if sentence.paragraph == self.paragraph else other
            for mention in reversed(parsed.mentions):
                yield where, number - sentence.number, mention
            if sentence.heading:
                other = "X"
        farther = (self.heading, self.lead, self.title, reversed(self._said.values()))
        for back, (where, mentions) in enumerate(zip("HLTD", farther, strict=True), _REMEMBERED + 1):
            for mention in mentions:
                yield where, back, mention


def _first_owners(sentences: Iterable[Parsed]) -> tuple[str, ...]:
    return next(filter(None, (parsed.owners_of_sentence for parsed in sentences)), ())


class Unsettled(Discourse):
    """One that is told what numbers are, but not when.

    ``asked`` tells whether the period of a number was asked for, in vain.
    """

    asked = False

    @property
    def last_end(self) -> str | None:
        """The last day of the period that is spoken of, where no number has to tell it."""
        self.asked = self.asked or (not (self.local or self.opening) and bool(self.decided))
        return super().last_end
