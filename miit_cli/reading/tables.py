"""Tables: what each cell with a value is, from its row, its column, and what stands above the table.

The words of a row's label, of the column's headers, of a section's row, of the caption and of the
heading name the indicator, by the lexicon that prose uses, too; the unit and the period stand in
any of them, the nearest first. A cell that is not understood is a figure with its reason.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading import numbers as numerals
from miit_cli.reading.cells import CHANGE, LEVEL, CellPart, is_bracketed, parts_of
from miit_cli.reading.grids import (
    EXPLICIT,
    Grid,
    PrintedRow,
    PrintedTable,
    TextCell,
    bands,
    quoted,
    tables_of,
    words_of,
)
from miit_cli.reading.labels import (
    ALONE,
    BASE,
    BRACKET,
    GROWN,
    JANUARY,
    NUMBERING,
    SO_FAR,
    Label,
    Labels,
    Unit,
)
from miit_cli.reading.lexicon import Lexicon, fold
from miit_cli.reading.mentions import NONE, Atoms, Concepts
from miit_cli.reading.numbers.values import plain
from miit_cli.reading.outcomes import Outcome, Reason
from miit_cli.reading.parsing import PARTS
from miit_cli.reading.sizes import departure
from miit_cli.reading.spans import BARE, COUNT, NAME, PERCENT, POINTS, Quantity, Time
from miit_cli.reading.times.clock import month_end
from miit_cli.reading.wordclasses import word_data
from miit_cli.types import NO_INDICATOR, UNATTRIBUTED, UNCATALOGUED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miit_cli.reading.times.clock import Clock
    from miit_cli.types import ParsedDocument, SentenceSpan
    from miit_cli.vocabulary import Vocabulary

__all__ = ["CellReading", "Plain", "PrintedTable", "TableReader", "quoted", "tables_of"]

NATIONAL, REGION = "", "region"
REASONS = {
    "company": Reason.COMPANY,
    "operator": Reason.COMPANY,
    REGION: Reason.REGION,
    "foreign": Reason.FOREIGN,
}
# What the places of the word data are to a table.
_PLACES = {
    "nation": NATIONAL, "home": NATIONAL, "province": REGION, "city": REGION, "county": REGION,
    "region": REGION, "local": REGION, "country": "foreign", "demonym": "foreign",
}  # fmt: skip
_FORECAST = re.compile(r"(?:19|20)\d\d\s?(?:年\s?)?[(（]?[EFef][)）]?$")
_AVERAGE = words_of("average")
_REGION_HEAD = words_of("region-head")
# Whose a table is, where its caption names an owner that no list knows: "of Leapfield Motors", "Wenzhou's".
_OWNED = re.compile(
    r"\b(?:[A-Z][\w-]+ )+(?:Motors?|Group|Corp\w*|Co\b|Inc\b|Ltd\b|Holdings?|Company|Technolog\w+|Bank)"
    r"|\b(?!China|Country|Nation|Ministry|Year|Industry)[A-Z][a-z]+['’]s\b"
    r"|[\u4e00-\u9fff](?:集团|股份|有限公司|公司)"
)
_HALVES = re.compile(r"(?P<first>[^(（/、,，]{2,}?)\s?[(（/、,，](?P<second>.+)")
_LONGEST_LABEL = 200  # characters in which a part and its whole are looked for
_SHARE = re.compile(
    r"(?P<part>.+?)\s(?:as an?\s)?(?:share|proportion|percentage)\s(?:of|in)\s(?P<whole>.+)"
    r"|(?P<zh_part>.+?)占(?P<zh_whole>.+?)的?(?:比[重例率]|份额)",
    re.IGNORECASE,
)
_TOTAL = words_of("total")
_RATE = words_of("rate")
_FALLEN = words_of("fallen")
_ADDED = words_of("added")
_REACHED = words_of("reached")
_OF_WHICH = re.compile(
    r"\s*(?:其中|of which|among (?:them|which)|including|thereof)\s?[:：,，]?\s?", re.IGNORECASE
)
# Of tables that were held out while this was written, 47 of 49 records were right.
_SURE, _LESS_SURE = 0.95, 0.9
# Of values that are farther from the usual ones than anything but a unit that was not read can take them.
_OFF, _FARTHEST = 0.3, 8.0


class RecordPeriod(NamedTuple):
    """A period as a record has it."""

    start: str | None
    end: str
    basis: str  # one of types.BASES
    future: bool = False
    closed: bool = True


class CellReading(NamedTuple):
    """What became of a number in a cell."""

    sentence: SentenceSpan
    quantity: Quantity
    outcome: Outcome
    status: str
    span: RecordPeriod
    nature: str
    confidence: float = 0.0  # that the record is right


class Plain(NamedTuple):
    """The times and the other numbers of a row."""

    sentence: SentenceSpan
    times: list[Time]
    numbers: list[Quantity]


class TableReader:
    """Reads the tables of one document."""

    def __init__(
        self, document: ParsedDocument, words: Lexicon, concepts: Concepts, clock: Clock, owner: str
    ) -> None:
        self.document, self.concepts, self.clock = document, concepts, clock
        self.language = document.language
        self.base = REGION if document.area else owner  # whose the figures are where nothing says
        self.labels = Labels(words, document.language, clock)
        self.label = self.labels.of
        self.undated = RecordPeriod(None, clock.date, "document")

    def read(self, table: PrintedTable, context: Time | None) -> Iterator[CellReading | Plain]:
        """What became of each numeral of a table; ``context`` is the period of the text above it."""
        for band in bands(table):
            yield from self._read(band, context)

    def _read(self, table: PrintedTable, context: Time | None) -> Iterator[CellReading | Plain]:
        grid = Grid(table)
        captions = [self.label(text) for text in (*grid.corner, *table.captions)]
        headings = [self.label(text) for text in table.headings]
        announced = self.label(table.announced)
        sections: list[Label] = []
        lead = Label("")
        for number, row in enumerate(grid.rows):
            values = [] if number < grid.header else grid.values(row)
            labels = [self.label(cell.text) for cell in grid.labels(row)]
            if number >= grid.header and not values and len([cell for cell in row.cells if cell.text]) == 1:
                sections = labels or [self.label(row.cells[0].text)]
            for column, cell in values:
                heads = [self.label(text) for text in grid.heads(column)]
                beside = self._beside(grid, column, heads, labels)
                unit = [self.labels.unit_cell(text) for text in grid.units(row)]
                above = captions, headings, announced
                place = _CellContext(labels, heads, beside, sections, *above, lead, unit)
                for part in parts_of(cell, self.labels, negative=self._is_account(grid, column)):
                    yield self._value(row.sentence, part, self._placed(part, place), grid, context)
            yield self._plain(row, [cell for _, cell in values])
            named = [each for each in labels if each.atoms]
            if named and not _OF_WHICH.match(named[0].text) and grid.grouped:
                lead = named[0]

    def _beside(self, grid: Grid, column: int, heads: list[Label], labels: list[Label]) -> Label:
        """What a column of growth leaves out and the one to its left tells: its period, its subject.

        It is no growth of a thing that is known where that column is of one that is not, or of a share.
        """
        told = fold(" ".join(label.text for label in heads))
        if not GROWN.search(told) and not _FALLEN.search(told):
            return Label("")
        timed = any(label.times for label in heads) or ALONE.search(told) or SO_FAR.search(told)
        named = any(self.concepts.head(label.atoms) for label in (*heads, *labels))
        subject = any(label.atoms for label in (*heads, *labels))
        found = Label("")
        for left in range(column - 1, -1, -1):
            others = [self.label(text) for text in grid.heads(left)] if grid.is_value(left) else []
            words = " ".join(label.text for label in others)
            if BASE.search(words):
                continue
            if not timed and not found.times and not found.text:
                times = tuple(pair for label in others for pair in label.times)
                spoken = " ".join(each[0] for each in (ALONE.search(words), SO_FAR.search(words)) if each)
                found = found._replace(times=times, text=spoken)
            if not named and not found.atoms and not found.unknown:
                told_left = NONE.union(*(label.atoms for label in others))
                found = found._replace(
                    atoms=self.concepts.head(told_left) if subject else told_left,
                    unknown=" ".join(
                        label.text for label in others if label.unknown or "share" in label.cues
                    ),
                )
        return found

    # --- one value ---

    def _is_account(self, grid: Grid, column: int) -> bool:
        """Whether brackets make a number of this column negative: not all of several have them."""
        cells = [cell for row in grid.body for place, cell in grid.values(row) if place == column]
        return len(cells) == 1 or not all(is_bracketed(cell.text) for cell in cells)

    def _placed(self, part: CellPart, place: _CellContext) -> _CellContext:
        """What is told of a number: the words in its cell; of two, each has its half of the header."""
        words = [self.label(part.words)] if part.words else []
        heads = place.heads
        if part.half:
            halves = [_halved(head.text) for head in heads]
            heads = [self.label(first if part.half == LEVEL else second) for first, second in halves]
        place = place._replace(heads=[*words, *heads])
        labels = (*place.near, *place.unit)
        cues = frozenset[str]().union(*(label.cues for label in labels))
        return place._replace(cues=cues, told=fold(" ".join(label.text for label in labels)))

    def _value(
        self, sentence: SentenceSpan, part: CellPart, place: _CellContext, grid: Grid, context: Time | None
    ) -> CellReading:
        quantity, unit = part.quantity, part.unit
        if quantity.value is None:
            nothing = Outcome(UNATTRIBUTED, Reason.NO_SUBJECT)
            return CellReading(sentence, quantity, nothing, "actual", self.undated, "stock")
        measure = self._measured(part, place)
        if measure == "growth" and unit is None and _is_difference(place):
            unit = (_unit(place, "") or Unit(COUNT, Decimal(1)))._replace(name=COUNT)
        if part.scaled or (unit is not None and unit.name == BARE):
            unit = _named(unit, _unit(place, measure))
        unit = unit or _unit(place, measure)
        if not measure and (unit is None or unit.name == PERCENT):
            outer = (_measure(label.text, label.cues) for label in (*place.sections, *place.captions))
            measure = next(filter(None, outer), "")
            unit = unit or _unit(place, measure)
        if unit is None or (unit.name == BARE and measure == "growth"):
            unit = Unit(PERCENT if measure == "growth" else BARE, Decimal(1))
        value = quantity.value if unit.factor == 1 else plain(quantity.value * unit.factor)
        if measure == "growth" and not part.signed and value > 0 and _tells_fall(place.told):
            value = -value
        quantity = quantity._replace(value=value, unit=unit.name, classifier=unit.written)
        outcome = self._outcome(quantity, place, measure)
        status = "target" if self._is_aimed(place) else _status(place)
        nature = self._nature(outcome, measure)
        dated = self._span(place, nature, grid, context, status)
        span = dated or self.undated
        unnamed = (part.half == CHANGE and not measure) or (measure == "share" and _is_changed(place))
        if dated is None or unnamed:
            outcome = Outcome(UNATTRIBUTED, Reason.NO_SUBJECT, value=quantity.value)
        if status == "actual" and span.future and outcome.slugs:
            status = "expected"
        sure = _SURE if span.basis == "stated" else _LESS_SURE
        if dated is not None and span.basis == "document" and nature == "flow":
            sure = _OFF  # no time is told, and no flow is of a day
        if outcome.measure == "level" and any(_is_off(slug, quantity.value) for slug in outcome.slugs):
            sure = _OFF
        return CellReading(sentence, quantity, outcome, status, span, nature, sure)

    def _is_aimed(self, place: _CellContext) -> bool:
        """Whether a table of aims holds a value: as its caption says, or its heading of what is to come."""
        above = place.captions
        if any(time.finish > self.clock.date for label in place.near for _, time in label.times):
            above = [*above, *place.headings, place.announced]
        return any("target" in label.cues for label in above) and not _REACHED.search(place.told)

    def _measured(self, part: CellPart, place: _CellContext) -> str:
        """What a number measures; behind a level, its change where a sign or a word says so."""
        if part.half == CHANGE:
            if "share" in place.cues:
                return ""  # the other of two shares
            if part.signed:
                return "growth"
            outer = [_measure(label.text, label.cues) for label in (*place.heads, *place.captions)]
            return "growth" if "growth" in outer and "share" not in outer else ""
        return _measure(place.told, place.cues)

    def _outcome(self, quantity: Quantity, place: _CellContext, measure: str) -> Outcome:
        """What a value is a record of, or why of nothing."""
        value, unit = quantity.value, quantity.unit
        refusal = _refusal(place, unit, measure) or self._owner(place)
        if refusal:
            return Outcome(NO_INDICATOR, refusal, value=value)
        slug = self._slug(place, unit, measure)
        if slug:
            entry = self.concepts.vocabulary[slug]
            return Outcome("recorded", slugs=(slug,), value=value, measure=entry.measure)
        subject = " ".join(label.text for label in place.labels if label.text) or place.subject
        if not subject:
            return Outcome(UNATTRIBUTED, Reason.NO_SUBJECT, value=value)
        return Outcome(
            UNCATALOGUED, Reason.NO_ENTRY, value=value, subject=subject, measure=measure or "level"
        )

    def _owner(self, place: _CellContext) -> Reason | None:
        """Whose the value is, where not the nation's."""
        for label in (*place.labels, *place.heads, *place.sections):
            scopes = _scopes(label)
            if scopes and "national" not in label.cues:
                return REASONS[min(scopes)]
        by_region = any(_REGION_HEAD.fullmatch(label.text.strip()) for label in place.captions)
        if by_region and not any(
            "national" in label.cues or _TOTAL.search(label.text) for label in place.labels
        ):
            return REASONS[REGION]
        if any("national" in label.cues for label in (*place.labels, *place.heads)):
            return None
        if any(_OWNED.search(label.text) for label in place.above):
            return Reason.COMPANY
        told = (self._told_owner(label) for label in place.above)
        scope = next((owner for owner in told if owner is not None), self.base)
        return REASONS[scope] if scope != NATIONAL else None

    def _told_owner(self, label: Label) -> str | None:
        """Whose a caption or a heading says that the table is; None where it names nobody."""
        text = label.text if self.language == "en" else fold(label.text)
        places = [_PLACES.get(span.kind) for span in word_data(self.language).places(text)]
        owners = [*filter(None, places), *sorted(_scopes(label))]
        nation = "national" in label.cues or (NATIONAL in places and not owners)  # but China Mobile
        return NATIONAL if nation else next(iter(owners), None)

    def _slug(self, place: _CellContext, unit: str, measure: str) -> str | None:
        """The indicator that the labels name: by themselves, or with what stands above them."""
        near, exact = place.near, self._exact(place, unit, measure)
        if exact:
            return exact
        if any(label.unknown for label in near):
            return None
        parts = [label for label in near if "share" not in label.cues]
        wholes = [label.atoms for label in near if label not in parts and label.atoms]
        if not any(label.atoms for label in parts):
            parts, wholes = [*near], []
        own: Atoms = NONE.union(*(label.atoms for label in parts))
        if measure == "share" and not wholes:
            own, wholes = self._of_whole(near) or (own, wholes)
        for atoms in self._completed(own, place, unit):
            for whole in (*wholes, None):
                slug = self.concepts.resolve(atoms, unit, measure, whole)
                if slug is not None:
                    return slug
        return None

    def _of_whole(self, near: Sequence[Label]) -> tuple[Atoms, list[Atoms]] | None:
        """The part and the whole of a share that one label tells: "X as a share of Y", X占Y比重."""
        for label in near:
            found = _SHARE.match(label.text[:_LONGEST_LABEL])
            if found:
                part, whole = (self.label(found[name] or found[f"zh_{name}"]) for name in ("part", "whole"))
                return part.atoms, [whole.atoms]
        return None

    def _completed(self, own: Atoms, place: _CellContext, unit: str) -> Iterator[Atoms]:
        """The atoms of the labels, and those with the head or the subject that they leave out."""
        if own:
            yield own
        concepts = self.concepts
        total = any(_TOTAL.search(label.text) and not label.atoms for label in place.labels)
        outer = [*place.sections, *([place.lead] if own and not total else []), *place.above]
        for label in outer:
            if label.unknown and label in place.sections and not own:
                return
            missing = NONE
            if not concepts.head(own):
                missing |= concepts.head(label.atoms)
            if not concepts.subject(own):
                missing |= concepts.subject(label.atoms)
            if missing:
                yield own | missing
            if label in place.captions and concepts.subject(missing):
                break  # what stands farther off speaks of something else
        if own and not concepts.head(own):
            usual = concepts.default_head(own, unit)
            told = next(filter(None, (concepts.head(label.atoms) for label in place.captions)), usual)
            if usual <= told:  # a table of another thing that is measured says so in its caption
                yield own | usual

    def _exact(self, place: _CellContext, unit: str, measure: str) -> str | None:
        """The entry one of whose names stands there to the letter, and whose unit and measure fit."""
        if len(place.labels) != 1 or any(label.unknown for label in (*place.heads, place.beside)):
            return None
        for slug in _slugs_by_name(self.concepts.vocabulary).get(_bare(place.labels[0].text), ()):
            entry = self.concepts.vocabulary[slug]
            fits = entry.measure == measure if measure else entry.measure in ("level", "share")
            same = entry.unit == unit or (unit in (COUNT, BARE) and entry.unit not in ("yuan", PERCENT))
            if fits and same:
                return slug
        return None

    def _nature(self, outcome: Outcome, measure: str) -> str:
        if outcome.slugs:
            return self.concepts.vocabulary[outcome.slugs[0]].nature
        return "flow" if measure == "growth" else "stock"

    # --- the period ---

    def _span(
        self, place: _CellContext, nature: str, grid: Grid, context: Time | None, status: str
    ) -> RecordPeriod | None:
        """The period of a value: that of its column or row, completed by what stands above."""
        own = [pair for label in (*place.heads, place.beside, *place.labels) for pair in label.times]
        outer = [pair for label in (*place.sections, *place.above) for pair in label.times]
        captions = [pair for label in (*place.sections, *place.captions) for pair in label.times]
        time = self._joined(own, outer, captions, grid)
        if not own and any(label.undated for label in (*place.heads, *place.labels)):
            return None  # never another period in its place
        basis = "stated" if own else "context"
        if time is None and context is not None:
            time, basis = context, "context"
        alone, so_far = ALONE.search(place.told), SO_FAR.search(place.told)
        if time is None:
            return None if alone or so_far else self.undated
        begin, finish = time.begin, time.finish
        month = finish[:8] + "01"
        if alone and not so_far:
            begin = month
        elif so_far or begin is None or (time.role == "point" and time.grain == "month"):
            begin = finish[:4] + JANUARY
        future = finish[:4] > self.clock.date[:4] or (begin or finish) > self.clock.date
        if status == "actual" and not future and finish[:7] > self.clock.date[:7]:
            finish = self.clock.date
        return RecordPeriod(
            None if nature == "stock" else begin, finish, basis, future, finish <= self.clock.date
        )

    def _joined(
        self,
        own: Sequence[tuple[str, Time]],
        outer: Sequence[tuple[str, Time]],
        captions: Sequence[tuple[str, Time]],
        grid: Grid,
    ) -> Time | None:
        """The time of a value: the months that one label names in the year that another does."""
        near = list(own) or list(outer[:1])
        if not near:
            return None
        months = next(((words, time) for words, time in near if time.grain != "year"), None)
        if months:
            year = next((time for words, time in (*near, *outer) if EXPLICIT.search(words)), None)
            return self._in_year(months, year.finish[:4]) if year else months[1]
        # years across under "January to June": of each year the same months
        same = next(((words, time) for words, time in captions if time.grain not in ("year", "day")), None)
        if own and same and same[1].finish[:4] in grid.years and not grid.has_months:
            return self._in_year(same, near[0][1].finish[:4])
        return near[0][1]

    def _in_year(self, months: tuple[str, Time], year: str) -> Time:
        words, time = months
        if EXPLICIT.search(words) and time.finish[:4] == year:
            return time
        if time.begin is None or time.begin[:4] == time.finish[:4]:
            moved = _moved(time, int(year))
            if moved is not None:
                return moved
        return time

    # --- the numerals that are no values ---

    def _plain(self, row: PrintedRow, values: Sequence[TextCell]) -> Plain:
        times: list[Time] = []
        numbers: list[Quantity] = []
        for cell in row.cells:
            if cell in values or not cell.text:
                continue
            folded = fold(cell.text)
            here = [
                time._replace(start=cell.start + time.start, end=cell.start + time.end)
                for _, time in self.labels.times(folded)
            ]
            times += here
            numbers += [
                quantity
                if quantity.value is None and quantity.reason
                else quantity._replace(value=None, reason=NAME)
                for quantity in numerals.find(self.language, folded, cell.start)
                if not any(time.start < quantity.end and quantity.start < time.end for time in here)
            ]
        return Plain(row.sentence, times, numbers)


class _CellContext(NamedTuple):
    """What is told of a value, from near to far."""

    labels: list[Label]  # of its row
    heads: list[Label]  # of its column, the nearest first
    beside: Label  # what its column takes from the one to the left
    sections: list[Label]  # of the rows of one cell above it
    captions: list[Label]  # of the table, that of its corner first
    headings: list[Label]  # of the section and of the document
    announced: Label  # the sentence right before the table
    lead: Label  # the row of which it may be a part
    unit: list[Label]  # the cell of its row in the column of units
    cues: frozenset[str] = frozenset()  # of the labels near it
    told: str = ""  # their words, folded

    @property
    def near(self) -> tuple[Label, ...]:
        return (*self.labels, *self.heads, self.beside)

    @property
    def above(self) -> tuple[Label, ...]:
        return (*self.captions, *self.headings)

    @property
    def subject(self) -> str:
        return next((label.text for label in (*self.heads, *self.sections) if label.atoms), "")


def _scopes(label: Label) -> set[str]:
    """Whose a label says that the values are; a part of the nation is a region, as a province is."""
    owners = {REGION if cue == PARTS else cue for cue in label.cues}
    return owners & REASONS.keys()


def _is_off(slug: str, value: Decimal | None) -> bool:
    """Whether a value is far from the usual ones of its indicator."""
    away = departure(slug, value)
    return away is not None and away > _FARTHEST


def _measure(told: str, cues: frozenset[str]) -> str:
    """What is measured, where the labels say: growth, or a share."""
    if "share" in cues:
        return "share"
    return "growth" if GROWN.search(told) or cues & {"growth_noun", "growth_down", "after_down"} else ""


def _unit(place: _CellContext, measure: str) -> Unit | None:
    """The unit of a value: the nearest that its measure can have."""
    labels = (*place.heads, *place.unit, *place.labels, *place.sections, *place.above)
    units = (unit for label in labels for unit in label.units)
    rate = measure in ("growth", "share")
    return next((unit for unit in units if not rate or unit.name in (PERCENT, POINTS)), None)


def _is_difference(place: _CellContext) -> bool:
    """Whether a column "Change" without a unit of its own is in that of the row: it is no rate."""
    if _RATE.search(place.told) or any(label.units for label in (*place.heads, place.beside)):
        return False
    level = _unit(place, "")
    return level is not None and level.name != PERCENT


def _refusal(place: _CellContext, unit: str, measure: str) -> Reason | None:
    """Why a value is none of an indicator, where its labels tell."""
    told = place.told
    if BASE.search(told) and measure != "growth":
        return Reason.BASE
    found = next((reason for cue, reason in _REFUSED.items() if cue in place.cues), None)
    if found or unit == POINTS:
        return found or Reason.POINTS
    if measure == "growth" and _AVERAGE.search(told):
        return Reason.AVERAGE
    added = _ADDED.search(told) or (measure == "growth" and unit not in (PERCENT, BARE))
    return Reason.DIFFERENCE if added else None


_REFUSED = {
    "month_on_month": Reason.MONTH_ON_MONTH,
    "average": Reason.AVERAGE,
    "contribution": Reason.CONTRIBUTION,
}


def _is_changed(place: _CellContext) -> bool:
    """Whether a column tells the change of a share that its row names."""
    heads = place.heads
    return any(GROWN.search(fold(head.text)) for head in heads) and not any(
        "share" in head.cues for head in heads
    )


def _status(place: _CellContext) -> str:
    if "target" in place.cues:
        return "target"
    said = (_FORECAST.search(label.text.strip()) for label in place.near)
    forecast = "expected" in place.cues or any(said)
    return "expected" if forecast else "actual"


def _tells_fall(told: str) -> bool:
    """Whether a header "Decline" makes its values negative."""
    return bool(_FALLEN.search(told) and not GROWN.search(_FALLEN.sub("", told)))


def _named(own: Unit | None, told: Unit | None) -> Unit:
    """The unit of a number that is written with its scale: of those around it, the name alone."""
    unit = own or Unit(BARE, Decimal(1))
    return unit._replace(name=told.name, written=told.written) if told else unit


def _halved(head: str) -> tuple[str, str]:
    """A header of two numbers a cell, in two: "Output (y/y)", 产量/同比; one that is of both, twice."""
    found = _HALVES.fullmatch(head.strip()[:_LONGEST_LABEL])
    if found and GROWN.search(found["second"]) and not GROWN.search(found["first"]):
        return found["first"], found["second"].strip(")） ")
    return head, head


def _moved(time: Time, year: int) -> Time | None:
    """The same days of another year."""
    finish = month_end(year, int(time.finish[5:7])) if time.grain != "day" else f"{year}{time.finish[4:]}"
    begin = None if time.begin is None else f"{year}{time.begin[4:]}"
    return time._replace(begin=begin, finish=finish)


def _bare(text: str) -> str:
    """A label without numbering, brackets, marks and "number of", to compare it with names."""
    text = re.sub(r"[\W_]+", "", BRACKET.sub("", NUMBERING.sub("", fold(text), count=1)))
    return re.sub(r"^numberof|(?<=..)(?:总数|数量|数)$", "", text)


@lru_cache(4)
def _slugs_by_name(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The indicators by each of their names."""
    found: dict[str, tuple[str, ...]] = {}
    for slug in vocabulary:
        entry = vocabulary[slug]
        for name in dict.fromkeys(map(_bare, (entry.label, entry.label_zh, *entry.aliases))):
            if name:
                found[name] = (*found.get(name, ()), slug)
    return found
