"""The recipe: a document in, its observations and the account of every numeral out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading import lexicon, numerals, periods
from miit_cli.reading.accounts import Account
from miit_cli.reading.clauses import phrases_of, segments_of
from miit_cli.reading.items import NUMBER, Item, items_of
from miit_cli.reading.linking import Linker
from miit_cli.reading.mentions import NONE, Concepts
from miit_cli.reading.outcomes import refused
from miit_cli.reading.passage import Column, Passage
from miit_cli.reading.scopes import REASONS, Scope
from miit_cli.reading.spans import COUNTS
from miit_cli.reading.status import standing
from miit_cli.reading.subjects import unrelated
from miit_cli.reading.timeline import Timeline
from miit_cli.types import NO_INDICATOR, Document, Reading, Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miit_cli.reading.outcomes import Outcome
    from miit_cli.reading.spans import Quantity, Time
    from miit_cli.vocabulary import Vocabulary

_ELLIPSIS = re.compile(r"(?:…|\.{3})\s?(?=[a-z\u4e00-\u9fff])")
_DIGEST = re.compile(r"快讯|短讯|简讯|in brief", re.IGNORECASE)
# What a list is about in one of its items: "- *Machinery.*"
_ITEM = re.compile(r"[*_•·\-]\W*(?:[\w'’&]+[\s\-]){0,4}[\w'’&]+[.:：。]?[*_]*")
# A sentence of at most so many characters says what the next ones are about, as a heading does.
_LABEL = {"zh": 24, "en": 70}


class Found(NamedTuple):
    """What is found in a sentence before any of it is interpreted."""

    sentence: Sentence
    folded: str
    times: Sequence[Time]
    numbers: Sequence[Quantity]


class Reader:
    """Reads documents of one vocabulary; keeps nothing from one document to the next.

    Example:
        >>> from miit_cli import corpus, vocabulary
        >>> text = "At the end of June 2025, China had 4.55 million 5G base stations."
        >>> document = corpus.text_document(text, id="note", date="2025-07-01")
        >>> [str(o.value) for o in Reader(vocabulary.load()).read(document).observations]
        ['4550000']
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.concepts = Concepts(vocabulary)
        self._tools: dict[str, tuple[lexicon.Lexicon, Linker]] = {}

    def tools(self, language: str) -> tuple[lexicon.Lexicon, Linker]:
        """The words of a language and the linker that uses them, built once."""
        if language not in self._tools:
            words = lexicon.build(language, self.concepts.user_names, self.concepts.anchors)
            self._tools[language] = (words, Linker(self.concepts, language))
        return self._tools[language]

    def read(self, document: Document) -> Reading:
        """The observations of a document, and a figure for each of its numerals."""
        return _Pages(self, document).read()


class _Pages:
    """The working state of one document."""

    def __init__(self, reader: Reader, document: Document) -> None:
        self.document = document
        self.vocabulary, self.concepts = reader.vocabulary, reader.concepts
        self.words, self.linker = reader.tools(document.language)
        self.folded = lexicon.fold(document.text)
        self.digest = bool(_DIGEST.search(document.title))
        self.passage = Passage()
        self.timeline = Timeline(periods.Clock(document.date), document.language)
        self.scope = Scope(self.words, document.area)
        self.account = Account(document)
        self.paragraph = 0
        self.after_heading = False

    def read(self) -> Reading:
        for sentence in self.document.sentences:
            if sentence.paragraph != self.paragraph:
                self._turn(sentence)
            found = self._find(sentence)
            self.scope.open(found.folded)
            if all(quantity.value is None for quantity in found.numbers):
                self._announce(found)
            elif self._is_live(found) or self._is_cut_off(found.sentence):
                self._interpret(found)
            else:
                self._pass_by(found)
        return self.account.reading()

    def _find(self, sentence: Sentence) -> Found:
        """The times and the numbers of a sentence; a numeral in a time is no number."""
        language, folded = self.document.language, self.folded[sentence.start : sentence.end]
        times = periods.find(language, folded, self.timeline.clock, sentence.start)
        numbers = numerals.find(language, folded, sentence.start)
        if times:
            numbers = [q for q in numbers if not any(t.start < q.end and q.start < t.end for t in times)]
        return Found(sentence, folded, times, numbers)

    def _turn(self, sentence: Sentence) -> None:
        """What a new paragraph or heading ends."""
        self.paragraph = sentence.paragraph
        self.timeline.next_paragraph()
        if sentence.heading:
            spoken = (each for each in reversed(self.passage.subjects) if self.concepts.is_trade(each))
            trade = self.passage.trade or next(spoken, NONE)
            self.passage = Passage() if self.digest else Passage(self.passage.mentioned, trade)
            self.scope.reset()
            if self.digest:
                self.timeline.forget()
        elif not self.after_heading:
            self.passage = self.passage.next_paragraph(self.document.language == "en")
            self.scope.reset()
        self.after_heading = sentence.heading

    # --- sentences without figures ---

    def _announce(self, found: Found) -> None:
        """A sentence without figures says what the next ones are about, and when."""
        self.timeline.announce(found.times, found.sentence.start, found.sentence.heading)
        if self._is_label(found) or self.words.anchors.search(found.folded):
            items = items_of(found.folded, found.sentence.start, self.words, found.times, ())
            self._name(found, items)
            self.scope.keep(self.scope.of_items(items, len(items)))
        else:
            self.scope.keep(self.scope.of_text(found.folded, len(found.folded)))
        self.account.plain(found.sentence, found.times, found.numbers)

    def _is_label(self, found: Found) -> bool:
        """Whether a sentence says what the next ones are about: a heading, or as short as one."""
        return found.sentence.heading or len(found.folded) <= _LABEL[self.document.language]

    def _name(self, found: Found, items: list[Item]) -> None:
        """Remembers the subjects that a sentence names."""
        label = self._is_label(found)
        for segment in segments_of(items):
            for phrase in phrases_of(items, segment, self.document.language):
                subject = self.concepts.subject(phrase.joined())
                if subject & self.concepts.anchors:
                    self.passage.mention(subject)
                elif subject and not subject & self.concepts.known and _ITEM.fullmatch(found.folded):
                    self.passage.depart()
                if label and not self.passage.main:
                    self.passage.turn_to([Column(part) for part in phrase.parts])

    # --- sentences about other things ---

    def _is_live(self, found: Found) -> bool:
        """Whether the sentence, or what it continues, can be about an indicator at all."""
        passage = self.passage
        if passage.topic or any(column.known for column in (*passage.focus, *passage.distant)):
            return True
        if passage.trade and self.document.language == "en":
            return True  # "Revenue reached": of what the document is about
        if passage.distant and any(quantity.unit not in COUNTS for quantity in found.numbers):
            return True  # of something that the vocabulary lacks
        return bool(self.words.anchors.search(found.folded))

    def _pass_by(self, found: Found) -> None:
        """The figures of a sentence that is about other things: their subject is the words before them."""
        sentence, folded = found.sentence, found.folded
        floor, subject = sentence.start, ""
        for quantity in sorted(found.numbers, key=lambda q: q.start):
            if quantity.value is None:
                continue
            scope = self.scope.of_text(folded, quantity.start - sentence.start)
            outcome = unrelated(self.document.text, folded, sentence, quantity, floor, subject)
            subject = outcome.subject or subject
            outcome = _within_scope(outcome, scope)
            self.account.figure(sentence, quantity, outcome, "actual", None, self.document.date)
            floor = quantity.end
        self.passage.turn_to([Column(NONE, known=False)])  # what follows is not of what was before
        self.account.plain(sentence, found.times, [q for q in found.numbers if q.value is None])
        self.scope.keep(self.scope.of_text(folded, len(folded)))

    # --- sentences with figures ---

    def _interpret(self, found: Found) -> None:
        """Ties the figures of a sentence to indicators, and hands on its period and its scope."""
        sentence, folded = found.sentence, found.folded
        numbers = numerals.declared(self._outside_names(found), folded, sentence.start)
        items = items_of(folded, sentence.start, self.words, found.times, numbers)
        self.timeline.aim(found.times)
        if self._is_cut_off(sentence):
            self.passage = Passage()
        outcomes = self.linker.link(self.document.text, items, numbers, self.passage)
        places = {item.number: place for place, item in enumerate(items) if item.kind == NUMBER}
        for number, outcome in sorted(outcomes.items()):
            self._record(sentence, items, places[number], numbers[number], outcome)
        self.account.plain(sentence, found.times, [q for i, q in enumerate(numbers) if i not in outcomes])
        if outcomes:
            recorded = [number for number in sorted(outcomes) if outcomes[number].slugs] or sorted(outcomes)
            self.timeline.carry(items, places[recorded[0]])
            self.scope.keep(self.scope.of_items(items, len(items)))

    def _outside_names(self, found: Found) -> Sequence[Quantity]:
        """The numbers; those inside a name of the lexicon (10G PON, per 10,000 people) are part of it."""
        names = [match.span() for match in self.words.numeric.finditer(found.folded)]
        return numerals.outside(names, found.numbers, found.sentence.start)

    def _is_cut_off(self, sentence: Sentence) -> bool:
        """Whether the beginning of the sentence is lost, and its subject with it."""
        text, start = self.document.text, sentence.start
        if _ELLIPSIS.search(text, start, sentence.end):
            return True
        if self.document.language != "en" or sentence.heading or not text[start].islower():
            return False
        return text[max(0, start - 8) : start].rstrip()[-1:] in (".", "!", "?")

    def _record(
        self, sentence: Sentence, items: Sequence[Item], place: int, quantity: Quantity, outcome: Outcome
    ) -> None:
        """The observations of one number, and its figure."""
        scope = self.scope.of_items(items, place) or self.scope.behind(items, place)
        outcome = _within_scope(outcome, scope)
        nature = self._nature(outcome)
        span = self.timeline.span(items, place, nature, outcome.new)
        status = standing(items, place, span.closed, span.future)
        span = self.timeline.happened(span, nature) if status == "actual" else span
        for slug in outcome.slugs:
            entry = self.vocabulary[slug]
            other = entry.nature != nature
            where = self.timeline.span(items, place, entry.nature, outcome.new) if other else span
            self.account.observe(sentence, quantity, outcome, entry, status, where)
        self.account.figure(sentence, quantity, outcome, status, span.start, span.end, nature)

    def _nature(self, outcome: Outcome) -> str:
        if outcome.slugs:
            return self.vocabulary[outcome.slugs[0]].nature
        return "flow" if outcome.measure == "growth" else "stock"


def _within_scope(outcome: Outcome, scope: str) -> Outcome:
    """The outcome, or where its figure is not the nation's, the reason that this gives."""
    return refused(REASONS[scope], outcome.value) if scope and outcome.kind != NO_INDICATOR else outcome
