"""The recipe: a document in, its observations and the account of every numeral out."""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate
from operator import or_
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from miit_cli.reading import grids, lexicon, numbers, ranking, standing, tables, timing
from miit_cli.reading.accounts import Account
from miit_cli.reading.calibration import Calibrate, Choices, calibrated
from miit_cli.reading.candidates import ANY, Linking, units_of
from miit_cli.reading.discourse import Decided, Discourse, Unsettled
from miit_cli.reading.mentions import Concepts
from miit_cli.reading.outcomes import REASONS, Outcome, Reason
from miit_cli.reading.parsing import REGION, Parsed
from miit_cli.reading.screening import KnownPhrase, Screen, atoms_of, within
from miit_cli.reading.sizes import size_of
from miit_cli.reading.spans import NAME, TIMES, TURNED
from miit_cli.reading.standing import DOWN, UNKNOWN, UP
from miit_cli.reading.subjects import subject_of
from miit_cli.reading.times.clock import Clock
from miit_cli.reading.timing import Known
from miit_cli.types import (
    CAPTION,
    HEADING,
    NO_INDICATOR,
    TABLE,
    UNATTRIBUTED,
    UNCATALOGUED,
    ParsedDocument,
    ReadingResult,
    SentenceSpan,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from miit_cli.reading.features import Block
    from miit_cli.reading.ranking import Candidate
    from miit_cli.reading.spans import DateRange
    from miit_cli.reading.timing import Source
    from miit_cli.vocabulary import Vocabulary


D = TypeVar("D", bound=Discourse)
T = TypeVar("T")


class Chooser(Protocol):
    """Answers one question about one number: which of the candidates, and how probable it is."""

    def __call__(
        self,
        question: str,
        parsed: Parsed,
        number: int,
        candidates: Sequence[Candidate],
        common: Sequence[Block | str],
    ) -> tuple[int, float]: ...


def by_weights(
    question: str, parsed: Parsed, number: int, candidates: Sequence[Candidate], common: Sequence[Block | str]
) -> tuple[int, float]:
    """Takes the most probable candidate by the learned weights."""
    found = ranking.probabilities(candidates, common, ranking.weights()[question])
    return ranking.most_probable(candidates, found)


class Reader:
    """Reads documents of one vocabulary; keeps nothing from one document to the next.

    Example:
        >>> from miit_cli import corpus, vocabulary
        >>> text = "At the end of June 2025, China had 4.55 million 5G base stations."
        >>> document = corpus.text_document(text, id="note", date="2025-07-01")
        >>> [str(o.value) for o in Reader(vocabulary.load()).read(document).observations]
        ['4550000']
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        choose: Chooser = by_weights,
        calibrate: Calibrate = calibrated,
    ) -> None:
        self.vocabulary = vocabulary
        self.choose, self.calibrate = choose, calibrate
        self.concepts = Concepts(vocabulary)
        self.linking = Linking(self.concepts)
        self._words: dict[str, lexicon.Lexicon] = {}
        self._screens: dict[str, Screen] = {}

    def words(self, language: str) -> lexicon.Lexicon:
        """The words of a language, built once."""
        if language not in self._words:
            self._words[language] = lexicon.build(language, self.concepts.user_names)
        return self._words[language]

    def records(self, document: ParsedDocument) -> ReadingResult | None:
        """What ``read`` gives where it finds an observation; None, and much sooner, where it finds none.

        No number can be of an indicator that nothing before it names, and no text goes back on what it has
        said: so a document is read as far as the last number that may be of one.
        """
        if document.language not in self._screens:
            self._screens[document.language] = Screen(self.words(document.language), self.linking.needed)
        pages = _Pages(self, document)
        phrases = self._screens[document.language].phrases(f"{pages.folded_title}\n{pages.folded}")
        if not self.linking.any_way(ANY, atoms_of(phrases)):
            return None
        return pages.records(phrases)

    def read(self, document: ParsedDocument) -> ReadingResult:
        """The observations of a document, and a figure for each of its numerals."""
        return _Pages(self, document).read()


class _Pages:
    """The working state of one document."""

    def __init__(self, reader: Reader, document: ParsedDocument) -> None:
        self.document, self.reader = document, reader
        self.folded = lexicon.fold(document.text)
        self.folded_title = lexicon.fold(document.title)
        self.account = Account(document, reader.calibrate)
        self._known: dict[int, Parsed] = {}  # sentences that are analysed ahead, by number
        self._links: dict[tuple[int, int], tuple[Candidate, float]] = {}  # of numbers that are linked ahead

    # What follows is needed where a sentence is read, and most documents of an archive have none to read.

    @cached_property
    def words(self) -> lexicon.Lexicon:
        """The words of its language, as it uses them."""
        return self.reader.words(self.document.language).of_text(self.folded)

    @cached_property
    def clock(self) -> Clock:
        """The day of the document."""
        return Clock(self.document.date)

    @cached_property
    def discourse(self) -> Discourse:
        """What it has spoken of so far."""
        return self._begun(Discourse)

    def _begun(self, kind: type[D]) -> D:
        document = self.document
        title = SentenceSpan(0, 0, len(document.title), HEADING)
        parsed = Parsed(title, self.folded_title, self.words, self.clock, document.title)
        cased = document.language == "en"  # where names are told by their capitals
        text = (document.title, document.text) if cased else (self.folded_title, self.folded)
        return kind(parsed, document.area, "\n".join(text))

    @cached_property
    def tables(self) -> dict[int, grids.PrintedTable]:
        """Its tables, by the number of the sentence that each begins with."""
        return grids.tables_of(self.document)

    def records(self, phrases: Sequence[KnownPhrase]) -> ReadingResult | None:
        """The reading, None where there is no observation; ``phrases`` are those that the text may hold."""
        sentences = self.document.sentences
        last = self._last_promising(phrases)
        if not self._is_told(sentences[:last]):
            return None
        self._sentences(sentences[:last])
        if not self.account.observations:
            return None
        self._sentences(sentences[last:])
        found = self.account.reading()
        return found if found.observations else None  # of those that are likely

    def _is_told(self, sentences: Sequence[SentenceSpan]) -> bool:
        """Whether any number of the sentences may be taken for an indicator's.

        Up to the first, no number is asked for its time and standing; what is found out of it is kept. No
        answer is had ahead where a table stands, or where a time that is not known yet has a say.
        """
        discourse = self._begun(Unsettled)
        return any(self._tried(sentence, self._tells, discourse) for sentence in sentences)

    def _tells(self, sentence: SentenceSpan, discourse: Unsettled) -> bool:
        if sentence.kind == TABLE:
            return True
        parsed = self._known[sentence.number] = self._parsed(sentence)
        discourse.turn(parsed)
        for number in sorted(parsed.places) if sentence.kind != CAPTION else ():
            link, sure = self._link(parsed, number, discourse)
            if discourse.asked:
                return True
            self._links[sentence.number, number] = link, sure
            if link.slugs:
                return True
            discourse.decide(_decided(parsed, number, link))
        discourse.keep(parsed)
        return False

    def _last_promising(self, phrases: Sequence[KnownPhrase]) -> int:
        """How many sentences it takes to the last number that what is named so far can be of.

        Of a table, nothing is foretold.
        """
        any_way, sentences = self.reader.linking.any_way, self.document.sentences
        texts = (self.folded_title, *(self.folded[each.start : each.end] for each in sentences))
        # what is named up to the end of each sentence
        _, *until = accumulate((atoms_of(within(text, phrases)) for text in texts), or_)
        for place in range(len(sentences) - 1, -1, -1):
            named = until[place]
            if not any_way(ANY, named):
                break
            if sentences[place].kind == TABLE:
                return place + 1
            if any(any_way(unit, named) for unit in self._units(sentences[place])):
                parsed = self._known[place + 1] = self._parsed(sentences[place])
                units = {unit for number in parsed.places for unit in units_of(parsed.numbers[number])}
                if any(any_way(unit, named) for unit in units):
                    return place + 1
        return 0

    def _units(self, sentence: SentenceSpan) -> set[str]:
        """The units that the values of a sentence may have, and more; found without analysing it."""
        folded = self.folded[sentence.start : sentence.end]
        found = numbers.declared(numbers.find(self.words.language, folded, 0), folded, 0)
        return {unit for q in found if q.value is not None or not q.reason for unit in units_of(q)}

    def _parsed(self, sentence: SentenceSpan) -> Parsed:
        folded = self.folded[sentence.start : sentence.end]
        known = self._known.pop(sentence.number, None)
        return known or Parsed(sentence, folded, self.words, self.clock, self.document.text)

    def read(self) -> ReadingResult:
        """All of it."""
        self._sentences(self.document.sentences)
        return self.account.reading()

    def _sentences(self, sentences: Sequence[SentenceSpan]) -> None:
        for sentence in sentences:
            self._tried(sentence, self._sentence)

    def _tried(self, sentence: SentenceSpan, do: Callable[..., T], *given: Discourse) -> T:
        try:
            return do(sentence, *given)
        except Exception as error:
            error.sentence = sentence.number  # type: ignore[attr-defined]  # told with the fault
            raise

    def _sentence(self, sentence: SentenceSpan) -> None:
        if sentence.kind == TABLE:
            self._tabulate(sentence)
            return
        parsed = self._parsed(sentence)
        self.discourse.turn(parsed)
        if sentence.kind == CAPTION:  # of a table: its numbers are those of its name and of its unit
            rest = [q._replace(value=None, reason=q.reason or NAME) for q in parsed.numbers]
        else:
            for number in sorted(parsed.places):
                self._figure(parsed, number)
            rest = [q for i, q in enumerate(parsed.numbers) if i not in parsed.places]
        self.account.plain(sentence, parsed.times, rest)
        self.discourse.keep(parsed)

    def _tabulate(self, sentence: SentenceSpan) -> None:
        """The figures of the table that begins with this row; the other rows are read with the first."""
        table = self.tables.get(sentence.number)
        if table is None:
            return
        owner = REGION if self.document.area else self.discourse.owner
        spoken = self.discourse.spoken_time
        reader = tables.TableReader(self.words, self.reader.concepts, self.clock, owner, spoken)
        for each in reader.read(table):
            if isinstance(each, tables.Plain):
                self.account.plain(each.sentence, each.times, each.numbers)
                continue
            outcome, span = each.outcome, each.span
            for slug in outcome.slugs:
                entry = self.reader.vocabulary[slug]
                self.account.observe(
                    each.sentence, each.quantity, outcome, entry, each.status, span[:3], each.confidence
                )
                observation = self.account.observations[-1]
                quote = grids.quoted(table, observation.quote)
                self.account.observations[-1] = observation._replace(quote=quote)
            self.account.figure(
                each.sentence, each.quantity, outcome, each.status, span.start, span.end, each.nature
            )

    def _figure(self, parsed: Parsed, number: int) -> None:
        """Decides what a number is, which way it points, how it stands and when; and says so."""
        discourse, q, sentence = self.discourse, parsed.numbers[number], parsed.sentence
        known_link = self._links.pop((sentence.number, number), None)
        link, sure = known_link or self._link(parsed, number, discourse)
        slugs, measure, reason = link.slugs, _measure(link), "" if link.slugs else str(link.key)
        sign, known = UP, 1.0
        if slugs and measure in ("growth", "change"):
            sign, known = self._sign(parsed, number, slugs)
        foreseen = standing.is_foreseen(parsed, number)
        status, stands = self._status(parsed, number, foreseen)
        if slugs:
            nature = self.reader.vocabulary[slugs[0]].nature
        else:
            nature = "flow" if q.unit in ("percent", "yuan", "us-dollar") else "stock"
        relation = self.reader.linking.relation(slugs or (link.thing,), discourse)
        about = Known(nature, relation, status, slugs[0] if slugs else "")
        period, source, timed = self._period(parsed, number, about)
        if status == "target" and period[1] == self.clock.date and nature == "stock":
            status = "actual"  # what stands on the day that a document is written is no aim
        if slugs and slugs[0].endswith("-growth") and timing.length_of(period) == "years":
            slugs, reason = (), "average"  # none on the year before
        if slugs and period[1] <= self.clock.date and foreseen:
            slugs, reason = (), "base"  # what came is told beside it
        lost = timing.unread(parsed, number, nature) if slugs else ""
        outcome = _outcome(parsed, number, slugs or reason, measure, sign, lost)
        if outcome.value is not None and outcome.value < 0 and measure == "growth" and q.bound in TURNED:
            q = q._replace(bound=TURNED[q.bound])
        # in the report of another owner, and the nation was not named last
        owned = discourse.is_of_another and not parsed.is_of_nation(parsed.places[number].item, discourse)
        made = Choices(sure, known, stands, timed, bool(slugs) and owned, parsed.ends[number] == "from")
        for slug in outcome.slugs:
            entry = self.reader.vocabulary[slug]
            self.account.observe(sentence, q, outcome, entry, status, (*period, source.basis), made)
        self.account.figure(sentence, q, outcome, status, *period, nature)
        discourse.decide(
            _decided(parsed, number, link)._replace(
                sign=sign,
                status=status,
                begin=None if lost else period[0],
                finish="" if lost else period[1],
                time=source.time.start if source.time is not None else -1,
            )
        )

    def _link(self, parsed: Parsed, number: int, discourse: Discourse) -> tuple[Candidate, float]:
        """What a number is, and how probable that is."""
        candidates, common = self.reader.linking.candidates(parsed, number, discourse)
        taken, sure = self.reader.choose("link", parsed, number, candidates, common)
        if candidates[taken].key == "threshold":
            parsed.leave_out_size(number)
            discourse.views = {}
        return candidates[taken], sure

    def _sign(self, parsed: Parsed, number: int, slugs: tuple[str, ...]) -> tuple[str, float]:
        q = parsed.numbers[number]
        negative = q.value is not None and q.value < 0
        if q.classifier == "signed" or negative:
            return DOWN if negative else UP, 1.0  # a written sign is exact
        if standing.is_untold(parsed, number):
            return UNKNOWN, 1.0
        if rate := standing.sign_of_rate(parsed, number, slugs, self.discourse):
            return rate, 1.0
        candidates, features = (
            standing.SIGN_CANDIDATES,
            standing.sign_features(parsed, number, self.discourse),
        )
        taken, sure = self.reader.choose("sign", parsed, number, candidates, features)
        return str(candidates[taken].key), sure

    def _status(self, parsed: Parsed, number: int, foreseen: bool) -> tuple[str, float]:
        if standing.told_in_fact(parsed, number):
            return "actual", 1.0
        if foreseen or standing.is_expected(parsed, number):
            return "expected", 1.0
        features = standing.status_features(parsed, number, self.discourse, self.clock)
        candidates, today = standing.STATUS_CANDIDATES, self.clock.date
        taken, sure = self.reader.choose("status", parsed, number, candidates, features)
        status = str(candidates[taken].key)
        if status == "target" and (
            standing.is_aimed_later(parsed, number, self.discourse, today)
            or standing.is_reached(parsed, number, today)
        ):
            return "actual", 1.0
        return status, sure

    def _period(self, parsed: Parsed, number: int, about: Known) -> tuple[DateRange, Source, float]:
        if exact := timing.exact_source(parsed, number, self.discourse, about.nature):
            return (exact.begin if about.nature == "flow" else None, exact.finish), exact, 1.0
        candidates, sources = timing.period_candidates(parsed, number, self.discourse, self.clock, about)
        taken, sure = self.reader.choose("period", parsed, number, candidates, ())
        told, period = sources[taken], cast("DateRange", candidates[taken].key)
        every = (each for some in sources for each in some)
        stated = [each for each in every if each.basis == timing.STATED and each.finish == period[1]]
        return period, told[0]._replace(basis=timing.basis_of([*told, *stated])), sure


def _outcome(
    parsed: Parsed, number: int, taken: tuple[str, ...] | str, measure: str, sign: str, lost: str
) -> Outcome:
    """What is told of a number.

    Args:
        parsed: the sentence.
        number: which of its numbers.
        taken: the indicators that it is of, or why it is none.
        measure: what it would measure.
        sign: which way it points.
        lost: the words of its period where they were not understood.
    """
    q, slugs = parsed.numbers[number], () if isinstance(taken, str) else taken
    value = _value(parsed, number, slugs, measure, sign)
    if lost:
        return Outcome(UNATTRIBUTED, Reason.UNREAD_PERIOD, value=value, subject=lost)
    if slugs and sign == UNKNOWN:
        return Outcome(UNATTRIBUTED, Reason.NO_DIRECTION, value=q.value, subject=" ".join(slugs))
    if slugs:
        return Outcome("recorded", slugs=slugs, value=value, measure=measure)
    subject = subject_of(parsed, number)
    if taken == UNCATALOGUED and subject:
        return Outcome(UNCATALOGUED, Reason.NO_ENTRY, value=value, subject=subject)
    if taken in (UNCATALOGUED, UNATTRIBUTED):
        return Outcome(UNATTRIBUTED, Reason.NO_SUBJECT, value=value)
    return Outcome(NO_INDICATOR, REASONS[str(taken)], value=q.value)


def _measure(link: Candidate) -> str:
    return link.group.rstrip("+") if link.slugs or link.thing else ""


def _decided(parsed: Parsed, number: int, link: Candidate) -> Decided:
    """What became of a number, without when and how it stands."""
    slugs, place, sentence = link.slugs, parsed.places[number], parsed.sentence
    return Decided(
        slugs, "" if slugs else str(link.key), _measure(link), parsed.numbers[number].unit, UP,
        sentence.number, sentence.paragraph, place.group, place.index, place.size, thing=link.thing,
        value=size_of(parsed.numbers[number]),
    )  # fmt: skip


def _value(parsed: Parsed, number: int, slugs: tuple[str, ...], measure: str, sign: str) -> Decimal | None:
    """The value in the unit of the indicator: signed, and in percent where the text tells how many times."""
    q = parsed.numbers[number]
    value = q.value
    if value is None or not slugs:
        return value
    if q.unit == TIMES:
        value = ((value - (not _grew(parsed, number))) * 100).normalize() + 0
    if measure in ("growth", "change"):
        down = sign == DOWN and not slugs[0].endswith("-reduction")
        value = -abs(value) if down else abs(value)
    return value


def _grew(parsed: Parsed, number: int) -> bool:
    """Whether a number tells how many times more there is (grew 1.6 times), not how many times as much."""
    place, told = parsed.places[number], False
    behind = place.last + 1
    behind += behind < place.right and parsed.items[behind].cue("possessive")  # 一倍的增长
    if behind < place.right and parsed.directions[behind] and not parsed.items[behind].cue("base"):
        return True  # 1.6-fold up, a 1.6-fold increase; not 1.6 times more than
    for i in range(place.item - 1, place.left - 1, -1):
        item = parsed.items[i]
        if item.cue("growth_noun"):
            return True
        told = told or item.cue("to")
        if parsed.directions[i]:
            return not told
    return False
