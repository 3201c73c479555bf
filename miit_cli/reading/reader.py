"""The recipe: a document in, its observations and the account of every numeral out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.facts import (
    NO_INDICATOR,
    RECORDED,
    UNEXPLAINED,
    Document,
    Figure,
    Observation,
    Reading,
    Sentence,
)
from miit_cli.reading import lexicon, numerals, periods
from miit_cli.reading.clauses import COMMA, NUMBER, TIME, Item, items_of, phrases_of, segments_of
from miit_cli.reading.linking import Column, Linker, Outcome, Passage, unrelated
from miit_cli.reading.mentions import Concepts
from miit_cli.reading.spans import BARE, DATE, NAME, ORDINAL, WORDPART, Quantity, Time
from miit_cli.reading.status import REASONS, elsewhere, standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miit_cli.vocabulary import Vocabulary

_PLAIN_REASONS = {
    NAME: "part of a name",
    WORDPART: "part of a word or a fixed phrase",
    ORDINAL: "an ordinal",
    DATE: "a date or period",
    "range": "an end of a range",
    "fraction": "a fraction without an exact decimal",
}
_ELLIPSIS = re.compile(r"(?:…|\.{3})\s?(?=[a-z\u4e00-\u9fff])")
_DIGEST = re.compile(r"快讯|短讯|简讯|in brief", re.IGNORECASE)
_NUMERAL = re.compile(r"\d")


class Span(NamedTuple):
    """A period as a record has it."""

    start: str | None
    end: str
    basis: str
    time: Time | None
    future: bool
    closed: bool


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
        self.vocabulary = reader.vocabulary
        self.words, self.linker = reader.tools(document.language)
        self.folded = lexicon.fold(document.text)
        self.clock = periods.Clock(document.date)
        self.digest = bool(_DIGEST.search(document.title))
        self.passage = Passage()
        self.context: Time | None = None
        self.since: Time | None = None
        self.scope = self.base_scope = "region" if document.area else ""
        self.after_heading = False
        self.last_time: Time | None = None  # of the sentence before
        self.goal: Time | None = None  # the day by which the text wants its aims reached
        self.local: Time | None = None  # the period that this paragraph has said it is about
        self.paragraph = 0
        self.observations: list[Observation] = []
        self.figures: list[Figure] = []

    def read(self) -> Reading:
        for sentence in self.document.sentences:
            self._turn(sentence)
            self._sentence(sentence)
        headings = {sentence.number for sentence in self.document.sentences if sentence.heading}
        observations, repeated = distinct(self.observations, headings)
        return Reading(tuple(observations), tuple(_account(self.figures, repeated)))

    def _turn(self, sentence: Sentence) -> None:
        """What a new paragraph or heading ends."""
        if sentence.paragraph == self.paragraph:
            return
        self.paragraph = sentence.paragraph
        self.local = None
        if sentence.heading:
            mentioned = set() if self.digest else self.passage.mentioned
            self.passage = Passage()
            self.passage.mentioned = mentioned
            self.scope = self.base_scope
            if self.digest:
                self.context = self.since = self.goal = None
        elif not self.after_heading:
            before = self.passage
            self.passage = Passage()
            self.passage.mentioned = before.mentioned
            if self.document.language == "en" or any(column.known for column in before.main):
                self.passage.topic, self.passage.subjects = before.topic, before.subjects
            self.passage.distant = before.main or before.distant if self.document.language == "en" else []
            self.passage.history = before.history
            self.passage.unit = before.unit
            self.scope = self.base_scope
        self.after_heading = sentence.heading

    def _sentence(self, sentence: Sentence) -> None:
        text = self.document.text
        folded = self.folded[sentence.start : sentence.end]
        chinese = self.document.language == "zh"
        times = (periods.chinese if chinese else periods.english)(folded, self.clock, sentence.start)
        numbers = (numerals.chinese if chinese else numerals.english)(folded, sentence.start)
        numbers = [q for q in numbers if not any(t.start < q.end and q.start < t.end for t in times)]
        valued = any(q.value is not None for q in numbers)
        if not valued:
            self._quiet(sentence, folded, times)
            self._plain_figures(sentence, times, numbers)
            return
        if not self._live(folded):
            self._elsewhere(sentence, folded, times, numbers)
            return
        numbers = _declared(_named(folded, sentence.start, self.words, numbers), folded, sentence.start)
        items = items_of(folded, sentence.start, self.words, times, numbers)
        self._aim(times)
        if self._cut_off(sentence):
            self.passage = Passage()
        outcomes = self.linker.link(text, items, numbers, self.passage)
        self._record(sentence, items, numbers, outcomes)
        self._plain_figures(sentence, times, [q for i, q in enumerate(numbers) if i not in outcomes])
        self._carry(items)

    def _live(self, folded: str) -> bool:
        """Whether the sentence, or what it continues, can be about an indicator at all."""
        passage = self.passage
        known = any(column.known for column in passage.focus)
        return bool(passage.topic or known or passage.distant) or bool(self.words.anchors.search(folded))

    def _whose(self, folded: str, stop: int) -> str:
        """The scope that a sentence's words give up to an offset."""
        scope, own = self.scope, False
        for match in self.words.scopes.finditer(folded, 0, stop):
            kinds = self.words.words[lexicon.plain(match[0], self.words.language)].cues & lexicon.SCOPES
            if "source" in kinds:
                scope = scope if own else ""
                continue
            scope, own = ("", own) if "national" in kinds else (min(kinds), True)
        return scope

    def _elsewhere(
        self, sentence: Sentence, folded: str, times: Sequence[Time], numbers: Sequence[Quantity]
    ) -> None:
        """The figures of a sentence that is about other things: their subject is the words before them."""
        rest: list[Quantity] = []
        text, floor = self.document.text, sentence.start
        for quantity in sorted(numbers, key=lambda q: q.start):
            if quantity.value is None:
                rest.append(quantity)
                continue
            outcome = unrelated(text, folded, sentence, quantity, floor)
            scope = self._whose(folded, quantity.start - sentence.start)
            if scope and outcome.kind != NO_INDICATOR:
                outcome = Outcome(NO_INDICATOR, REASONS[scope], value=outcome.value)
            floor = quantity.end
            self.figures.append(
                Figure(
                    self.document.id, sentence.number, quantity.start, quantity.end, text[quantity.start : quantity.end],
                    outcome.kind, outcome.reason, outcome.value, _unit_name(quantity), outcome.subject, quantity.bound,
                    "actual", None, self.clock.date,
                )
            )  # fmt: skip
        self.passage.focus = self.passage.main = [
            Column(frozenset(), False)
        ]  # what follows is not of what was before
        self._plain_figures(sentence, times, rest)
        self.scope = self._lasting(self._whose(folded, len(folded)))

    def _cut_off(self, sentence: Sentence) -> bool:
        """Whether the beginning of the sentence is lost, and its subject with it."""
        text = self.document.text
        if _ELLIPSIS.search(text, sentence.start, sentence.end):
            return True
        return (
            self.document.language == "en"
            and text[sentence.start].islower()
            and not sentence.heading
            and text[max(0, sentence.start - 8) : sentence.start].rstrip()[-1:] in (".", "!", "?")
        )

    def _aim(self, times: Sequence[Time]) -> None:
        for time in times:
            if time.role == "deadline":
                self.goal = time

    def _quiet(self, sentence: Sentence, folded: str, times: Sequence[Time]) -> None:
        """A sentence without figures says what the next ones are about, and when."""
        self._aim(times)
        for time in times:
            leading = time.start - sentence.start <= (24 if self.document.language == "zh" else 60)
            if time.role == "since" and time.finish >= self.clock.date[:4]:
                self.since = time
            elif time.role in ("period", "point") and time.finish <= self.clock.date and self._recent(time):
                if leading or self.context is None:
                    self.context = self.local = time
                    break
        if not self.words.anchors.search(folded):
            self.scope = self._lasting(self._whose(folded, len(folded)))
            return
        items = items_of(folded, sentence.start, self.words, times, ())
        segments = segments_of(items)
        short = len(folded) <= (24 if self.document.language == "zh" else 70)
        for segment in segments:
            for phrase in phrases_of(items, segment, self.document.language):
                subject = self.linker.concepts.subject(phrase.joined())
                if subject & self.linker.concepts.anchors:
                    self.passage.mention(subject)
                if (short or sentence.heading) and not self.passage.main:
                    self.passage.focus = self.passage.main = [Column(part) for part in phrase.parts]
        self.scope = self._lasting_scope(items)

    # --- periods ---

    def _carry(self, items: list[Item]) -> None:
        """The period of the sentence's first figure is that of the passage from here on."""
        first = next((n for n, item in enumerate(items) if item.kind == NUMBER), None)
        if first is None:
            return
        time = self._time(items, first) or (self._compared(items) if self.context is None else None)
        if time is not None and time.role in ("period", "point", "deadline", "span") and time.grain != "day":
            self._review(time)
        self.last_time = time
        self.scope = self._lasting_scope(items)

    def _review(self, time: Time) -> None:
        """A period that a figure has: that of the paragraph from here on, unless it lies inside the one before."""
        if not self._recent(time):
            return
        if self.context is None or not _within(time, self.context):
            self.context = time
        elif time.grain == "month":
            return
        if self.local is None or not _within(time, self.local):
            self.local = time

    def _recent(self, time: Time) -> bool:
        """Whether a report of this day may review that period: history does not carry on."""
        return int(time.finish[:4]) >= self.clock.year - 1 or time.role == "deadline"

    def _lasting_scope(self, items: list[Item]) -> str:
        return self._lasting(elsewhere(items, len(items), self.scope)[0])

    def _lasting(self, scope: str) -> str:
        """What of a scope holds for the next sentence: an operator's does not, nor a region's in English."""
        if scope == "operator" or (self.document.language == "en" and scope in ("region", "foreign")):
            return self.base_scope
        return scope

    def _time(self, items: list[Item], index: int) -> Time | None:
        """The time expression that governs the number at ``items[index]``, None when the sentence has none."""
        left = index
        crossed_number = crossed_comma = False
        before: Time | None = None
        before_crossed = False
        while left > 0:
            left -= 1
            item = items[left]
            if item.kind == NUMBER:
                crossed_number = True
            elif item.kind not in (TIME, "term", "gap", "conj"):
                crossed_comma = True
            elif item.time is not None and item.time.role in _GOVERNING:
                if _from(items, left) and (crossed_number or index - left > 4):
                    continue
                before, before_crossed = item.time, crossed_number
                break
        after: Time | None = None
        after_crossed = after_comma = False
        trailing = False
        for place in range(index + 1, len(items)):
            item = items[place]
            if item.kind == NUMBER:
                after_crossed = True
            elif item.kind not in (TIME, "term", "gap", "conj"):
                after_comma = True
            elif item.time is not None and item.time.role in _GOVERNING:
                after = item.time
                trailing = self.document.language == "en" and not _number_follows(items, place)
                break
        if before is None:
            if after is not None and (
                not after_comma or (trailing and (not after_crossed or self.context is None))
            ):
                return after
            return None
        if after is not None and before_crossed and not after_crossed and not after_comma:
            return after
        if (
            crossed_comma
            and after is not None
            and not after_crossed
            and not after_comma
            and self.document.language == "en"
        ):
            return after
        return before

    def _carried(self, items: list[Item]) -> Time | None:
        """The period of the passage; an "of which" keeps that of the sentence before."""
        opening = next((item for item in items if item.kind == "term"), None)
        if opening is not None and opening.cue("of_which") and self.last_time is not None:
            return self.last_time
        return self.local or self.context

    def _so_far(self, finish: str) -> str:
        """Of the year that runs, what the passage reviews."""
        context = self.context
        if context is not None and context.finish[:4] == finish[:4] and context.finish < self.clock.date:
            return context.finish
        return finish

    def _compared(self, items: list[Item]) -> Time | None:
        """A comparison with the year before last is about the whole of last year."""
        for item in items:
            time = item.time
            if (
                time is not None
                and time.role == "base"
                and time.grain == "year"
                and int(time.finish[:4]) == self.clock.year - 2
            ):
                year = self.clock.year - 1
                return time._replace(begin=f"{year}-01-01", finish=f"{year}-12-31", role="period")
        return None

    def _span(self, items: list[Item], index: int, nature: str, new: bool) -> Span:
        date = self.clock.date
        time = _listed_time(items, index) or self._time(items, index)
        basis = "stated"
        if time is None and standing(items, index, None, False, False) == "target":
            time = self.goal
            if time is None:
                year = self.clock.year + (self.clock.month == 12)  # December plans the year to come
                begin = f"{year}-01-01" if nature == "flow" else None
                return Span(begin, f"{year}-12-31", "document", None, True, False)
            basis = "context"
        if time is None:
            time, basis = self._carried(items), "context"
        if time is None:
            time = self._compared(items)
        since = next(
            (
                i.time
                for i in items
                if i.time is not None and i.time.role == "since" and i.time.finish >= date[:4]
            ),
            None,
        )
        if time is None or time.role == "now":
            start = None
            if nature == "flow" and time is None and since is not None and since.begin is not None:
                return Span(since.begin, min(date, self._so_far(f"{date[:4]}-12-31")), "stated", since, False, True)
            if nature == "flow" and (since or self.since) and not _cumulative(items, index):
                start = (since or self.since).begin  # type: ignore[union-attr]
            return Span(start, date, "document", time, False, True)
        future = time.role == "deadline" or time.finish[:4] > date[:4]
        closed = time.finish <= date
        finish = time.finish
        if basis == "stated" and time.grain == "year" and time.role == "period" and time.finish[:4] == date[:4] and not future and standing(items, index, time, False, False) == "actual":
            finish = self._so_far(finish)
        if nature == "stock":
            return Span(None, finish, basis, time, future, closed)
        begin = time.begin
        if since is not None and new and since.begin is not None and since.begin <= finish:
            begin = since.begin
        elif time.role == "point" and time.grain in ("month", "quarter", "half", "day"):
            begin = f"{finish[:4]}-01-01"
            if _cumulative(items, index):
                begin = None
        elif begin is None:
            begin = f"{finish[:4]}-01-01"
        return Span(begin, finish, basis, time, future, closed)

    # --- records ---

    def _record(
        self, sentence: Sentence, items: list[Item], numbers: Sequence[Quantity], outcomes: dict[int, Outcome]
    ) -> None:
        places = {item.number: n for n, item in enumerate(items) if item.kind == NUMBER}
        text = self.document.text
        quote = text[sentence.start : sentence.end]
        for number, outcome in sorted(outcomes.items()):
            quantity, index = numbers[number], places[number]
            scope, why = elsewhere(items, index, self.scope)
            if scope and outcome.kind != NO_INDICATOR:
                outcome = Outcome(NO_INDICATOR, why, value=outcome.value)
            nature = (
                self.vocabulary[outcome.slugs[0]].nature
                if outcome.slugs
                else ("flow" if outcome.measure == "growth" else "stock")
            )
            span = self._span(items, index, nature, outcome.new)
            status = standing(items, index, span.time, span.closed, span.future)
            start, end = span.start, span.end
            if (
                status == "actual"
                and end > self.clock.date
                and (nature == "stock" or end[:7] > self.clock.date[:7])
            ):
                end = self.clock.date
            for slug in outcome.slugs:
                entry = self.vocabulary[slug]
                where = (
                    self._span(items, index, entry.nature, outcome.new) if entry.nature != nature else span
                )
                begin, finish = (where.start, where.end) if entry.nature != nature else (start, end)
                self.observations.append(
                    Observation(
                        slug, outcome.value, entry.unit, quantity.bound, status, begin, finish, where.basis,  # type: ignore[arg-type]
                        entry.measure, entry.nature, self.document.id, self.document.date, sentence.number, quote,
                        quantity.start, quantity.end, text[quantity.start : quantity.end],
                        "the period is that of the document" if where.basis == "document" else "",
                    )
                )  # fmt: skip
            self.figures.append(
                Figure(
                    self.document.id, sentence.number, quantity.start, quantity.end, text[quantity.start : quantity.end],
                    outcome.kind, " ".join(outcome.slugs) or outcome.reason, outcome.value, _unit_name(quantity),
                    outcome.subject, quantity.bound, status, start, end, outcome.measure, nature,
                )
            )  # fmt: skip

    def _plain_figures(self, sentence: Sentence, times: Sequence[Time], numbers: Sequence[Quantity]) -> None:
        """Numerals that are dates, names, ordinals or parts of words."""
        text = self.document.text
        for time in times:
            surface = text[time.start : time.end]
            if _NUMERAL.search(surface):
                self.figures.append(
                    Figure(
                        self.document.id,
                        sentence.number,
                        time.start,
                        time.end,
                        surface,
                        NO_INDICATOR,
                        _PLAIN_REASONS[DATE],
                    )
                )
        for quantity in numbers:
            reason = _PLAIN_REASONS.get(quantity.reason)
            kind = NO_INDICATOR if reason else UNEXPLAINED
            surface = text[quantity.start : quantity.end]
            self.figures.append(
                Figure(
                    self.document.id,
                    sentence.number,
                    quantity.start,
                    quantity.end,
                    surface,
                    kind,
                    reason or "",
                )
            )


def _number_follows(items: Sequence[Item], index: int) -> bool:
    """Whether a number follows a time before the next comma: the time is that number's."""
    for item in items[index + 1 :]:
        if item.kind == NUMBER:
            return True
        if item.kind not in (TIME, "term", "gap", "conj"):
            return False
    return False


def _within(time: Time, outer: Time) -> bool:
    """Whether a period lies inside another, as a month in the half-year under review."""
    if time.role != "period" or time.begin is None or outer.begin is None:
        return False
    inside = outer.begin <= time.begin and time.finish <= outer.finish
    return inside and (time.begin, time.finish) != (outer.begin, outer.finish)


def _listed_time(items: Sequence[Item], index: int) -> Time | None:
    """The period of one of several numbers that answer several periods: "in April and May … 5% and 6%"."""
    numbers = _run(items, index, NUMBER)
    if len(numbers) < 2:
        return None
    last = next((n for n in range(numbers[0] - 1, -1, -1) if items[n].kind == TIME), None)
    times = _run(items, last, TIME) if last is not None else []
    if len(times) != len(numbers):
        return None
    return items[times[numbers.index(index)]].time


def _run(items: Sequence[Item], index: int, kind: str) -> list[int]:
    """The places of the items of a kind that stand in a row with the one at ``index``."""
    places = [index]
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(items) and (items[at].kind in (kind, "conj") or items[at].cue("glue")):
            if items[at].kind == kind:
                places.append(at)
            at += step
    return sorted(places)


def _from(items: Sequence[Item], index: int) -> bool:
    """Whether a time is that of the lower end of "from … to …"."""
    return any(item.cue("base_number") for item in items[max(0, index - 2) : index])


_GOVERNING = ("period", "point", "deadline", "now", "span")


def _cumulative(items: Sequence[Item], index: int) -> bool:
    for item in reversed(items[:index]):
        if item.kind == COMMA:
            return False
        if item.cue("cumulative"):
            return True
    return False


def _named(folded: str, offset: int, words: lexicon.Lexicon, numbers: Sequence[Quantity]) -> list[Quantity]:
    """Numbers inside a name of the lexicon (10G PON, per 10,000 people) are part of it."""
    names = [match.span() for match in words.numeric.finditer(folded)]
    return [
        q._replace(value=None, reason=NAME)
        if any(start <= q.start - offset < end for start, end in names)
        else q
        for q in numbers
    ]


_HEADER = re.compile(
    r"[(\[](?:[^()]{0,40}\b)?(?P<unit>cny|rmb|yuan|us\$|usd)\s?(?P<scale>bn|b|billion|mn|m|million|trn|tn|trillion)\b"
)
_HEADER_SCALES = {"b": 10**9, "m": 10**6, "t": 10**12}


def _declared(numbers: Sequence[Quantity], folded: str, offset: int) -> list[Quantity]:
    """Numbers of a list whose heading gives their unit: "by category (CNYb): software 1,145.132"."""
    header = _HEADER.search(folded)
    if header is None:
        return [*numbers]
    unit = "us-dollar" if header["unit"].startswith("us") else "yuan"
    factor = _HEADER_SCALES[header["scale"][0]]
    return [
        q._replace(value=numerals.plain(q.value * factor), unit=unit)
        if q.unit == BARE and q.value is not None and q.start - offset > header.end() and not q.classifier
        else q
        for q in numbers
    ]


def _unit_name(quantity: Quantity) -> str:
    return (
        quantity.unit if quantity.unit not in ("bare", "count", "physical") else (quantity.classifier or "")
    )


def distinct(
    observations: Sequence[Observation], headings: set[int] | frozenset[int] = frozenset()
) -> tuple[list[Observation], set[tuple[int, int, str]]]:
    """One observation a figure: of two roundings the more precise, of two hedges the first in the body."""
    kept: dict[tuple[str, str | None, str, str], list[Observation]] = {}
    repeated: set[tuple[int, int, str]] = set()
    for one in observations:
        if one.sentence in headings and any(
            other.indicator == one.indicator
            and other.status == one.status
            and other.sentence not in headings
            and _same(one, other)
            for other in observations
        ):
            repeated.add((one.span_start, one.span_end, one.indicator))
            continue
        rivals = kept.setdefault((one.indicator, one.start, one.end, one.status), [])
        for place, other in enumerate(rivals):
            if _same(one, other):
                loser = other if _finer(one, other) else one
                if loser is other:
                    rivals[place] = one
                repeated.add((loser.span_start, loser.span_end, loser.indicator))
                break
        else:
            rivals.append(one)
    rows = [one for rivals in kept.values() for one in rivals]
    return sorted(rows, key=lambda o: (o.span_start, o.indicator)), repeated


def _same(one: Observation, other: Observation) -> bool:
    """Whether two observations may tell one figure: equal, a rounding, or a bound that holds."""
    if one.value == other.value:
        return True
    rough, fine = (one, other) if _digits(one) <= _digits(other) else (other, one)
    if _digits(rough) == _digits(fine):
        return False
    if rough.bound == "lower":
        return fine.value > rough.value and fine.value < rough.value * 2
    if rough.bound == "upper":
        return fine.value < rough.value and fine.value * 2 > rough.value
    exponent = rough.value.normalize().as_tuple().exponent
    return (
        isinstance(exponent, int) and abs(fine.value - rough.value) * 2 <= 10**exponent
        if exponent >= 0
        else abs(fine.value - rough.value) * 2 * 10 ** (-exponent) <= 1
    )


def _digits(one: Observation) -> int:
    return len(one.value.normalize().as_tuple().digits)


def _finer(one: Observation, other: Observation) -> bool:
    return _digits(one) > _digits(other)


def _account(figures: Sequence[Figure], repeated: set[tuple[int, int, str]]) -> list[Figure]:
    """The figures in order of place; a repeated one stays recorded, and says so."""
    gone = {(start, end) for start, end, _ in repeated}
    found = []
    for figure in sorted(figures, key=lambda f: (f.start, f.end)):
        if figure.kind == RECORDED and (figure.start, figure.end) in gone:
            figure = figure._replace(reason=f"{figure.reason} (said again)")
        found.append(figure)
    return found


def fingerprint() -> str:
    """A name for the reader's rules: it changes when a rule or a word does (see ``index``)."""
    import hashlib
    from pathlib import Path

    root = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    files = [
        *root.joinpath("reading").glob("*.py"),
        *root.joinpath("data").rglob("*.*"),
        root / "sentences.py",
    ]
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
