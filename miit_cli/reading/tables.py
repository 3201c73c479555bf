"""Tables: what each cell with a value is, from its row, its column, and what stands above the table.

The words of a row's label, of the column's headers, of a section's row, of the caption and of the
heading name the indicator, by the lexicon that prose uses, too; the unit and the period stand in
any of them, the nearest first. A cell that is not understood is a figure with its reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading import numbers as numerals
from miit_cli.reading.cells import (
    BRACKET,
    CHANGE,
    NUMBERING,
    CellPart,
    Label,
    Labels,
    Unit,
    is_bracketed,
    parts_of,
)
from miit_cli.reading.grids import (
    EXPLICIT,
    Grid,
    PrintedRow,
    PrintedTable,
    TextCell,
    bands,
    says,
    words_of,
)
from miit_cli.reading.lexicon import Lexicon, fold
from miit_cli.reading.mentions import NONE, Atoms, Concepts
from miit_cli.reading.numbers.values import plain
from miit_cli.reading.outcomes import Outcome, Reason
from miit_cli.reading.parsing import COMPANY, FOREIGN, PARTS, REGION
from miit_cli.reading.sizes import departure
from miit_cli.reading.spans import BARE, COUNT, NAME, PERCENT, POINTS, Quantity, Time
from miit_cli.reading.times.clock import month_end
from miit_cli.reading.wordclasses import word_data
from miit_cli.types import NO_INDICATOR, UNATTRIBUTED, UNCATALOGUED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from miit_cli.reading.times.clock import Clock
    from miit_cli.types import SentenceSpan
    from miit_cli.vocabulary import Vocabulary

NATIONAL = ""
_OWNERS = {
    COMPANY: Reason.COMPANY, "operator": Reason.COMPANY, REGION: Reason.REGION, FOREIGN: Reason.FOREIGN,
}  # fmt: skip
_REFUSED = {
    "month_on_month": Reason.MONTH_ON_MONTH, "average": Reason.AVERAGE,
    "contribution": Reason.CONTRIBUTION,
}  # fmt: skip
# What the places of the word data are to a table.
_PLACES = {
    "nation": NATIONAL, "home": NATIONAL, "province": REGION, "city": REGION, "county": REGION,
    "region": REGION, "country": FOREIGN, "demonym": FOREIGN,
}  # fmt: skip
_FORECAST = re.compile(r"(?:19|20)\d\d\s?(?:年\s?)?[(（]?[EFef][)）]?$")
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
_OF_WHICH = re.compile(
    r"\s*(?:其中|of which|among (?:them|which)|including|thereof)\s?[:：,，]?\s?", re.IGNORECASE
)
# Of tables that were held out while this was written, 47 of 49 records were right.
_SURE, _LESS_SURE = 0.95, 0.9
# Of values that are farther from the usual ones than anything but a unit that was not read can take them.
_OFF, _FARTHEST = 0.3, 8.0

Times = list[tuple[str, Time]]  # each with its words


class RecordPeriod(NamedTuple):
    """A period as a record has it."""

    start: str | None
    end: str
    basis: str  # one of types.BASES
    future: bool = False


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


class _Context(NamedTuple):
    """What is told of a value, from near to far."""

    grid: Grid
    captions: list[Label]  # of the table, that of its corner first
    headings: list[Label]  # of the section and of the document
    announced: Label  # the sentence right before the table
    labels: list[Label]  # of its row
    sections: list[Label]  # of the rows of one cell above it
    lead: Label  # the row of which it may be a part
    units: list[Label]  # the cell of its row in the column of units
    heads: list[Label]  # of its column, the nearest first
    beside: Label  # what its column takes from the one to the left
    cues: frozenset[str] = frozenset()  # of the labels near it
    told: str = ""  # their words, folded

    @property
    def near(self) -> tuple[Label, ...]:
        return (*self.labels, *self.heads, self.beside)

    @property
    def above(self) -> tuple[Label, ...]:
        return (*self.captions, *self.headings)

    def unit(self, measure: str) -> Unit | None:
        """The unit of a value: the nearest that its measure can have."""
        rate = measure in ("growth", "share")
        labels = (*self.heads, *self.units, *self.labels, *self.sections, *self.above)
        units = (unit for label in labels for unit in label.units)
        return next((unit for unit in units if not rate or unit.name in (PERCENT, POINTS)), None)

    def status(self) -> str:
        if "target" in self.cues:
            return "target"
        forecast = any(_FORECAST.search(label.text.strip()) for label in self.near)
        return "expected" if forecast or "expected" in self.cues else "actual"

    def refusal(self, unit: str, measure: str) -> Reason | None:
        """Why a value is none of an indicator, where its labels tell."""
        if says("base", self.told) and measure != "growth":
            return Reason.BASE
        found = next((reason for cue, reason in _REFUSED.items() if cue in self.cues), None)
        if found or unit == POINTS:
            return found or Reason.POINTS
        if measure == "growth" and says("average", self.told):
            return Reason.AVERAGE
        added = says("added", self.told) or (measure == "growth" and unit not in (PERCENT, BARE))
        return Reason.DIFFERENCE if added else None


class TableReader:
    """Reads the tables of one document.

    ``owner`` is whose the figures are where nothing says, ``spoken`` the period of the text above.
    """

    def __init__(
        self, words: Lexicon, concepts: Concepts, clock: Clock, owner: str, spoken: Time | None
    ) -> None:
        self.concepts, self.clock, self.owner, self.spoken = concepts, clock, owner, spoken
        self.language = words.language
        self.labels = Labels(words, clock)
        self.undated = RecordPeriod(None, clock.date, "document")

    def _labels(self, texts: Iterable[str]) -> list[Label]:
        return [self.labels.of(text) for text in texts]

    def read(self, table: PrintedTable) -> Iterator[CellReading | Plain]:
        """What became of each numeral of a table."""
        for band in bands(table):
            yield from self._read(band)

    def _read(self, table: PrintedTable) -> Iterator[CellReading | Plain]:
        grid = Grid(table)
        captions, headings = self._labels((*grid.corner, *table.captions)), self._labels(table.headings)
        announced = self.labels.of(table.announced)
        columns = defaultdict(list)
        for row in grid.body:
            for column, cell in grid.values(row):
                columns[column].append(is_bracketed(cell.text))
        sections: list[Label] = []
        lead = Label("")
        for number, row in enumerate(grid.rows):
            values = [] if number < grid.header else grid.values(row)
            labels = self._labels(grid.labels(row))
            if number >= grid.header and not values and len([cell for cell in row.cells if cell.text]) == 1:
                sections = labels or [self.labels.of(row.cells[0].text)]
            units = [self.labels.unit_cell(text) for text in grid.units(row)]
            for column, cell in values:
                heads = self._labels(grid.heads(column))
                beside = self._beside(grid, column, heads, labels)
                context = _Context(
                    grid, captions, headings, announced, labels, sections, lead, units, heads, beside
                )
                # as in accounts, unless all of several numbers of a column stand in brackets
                negative = len(columns[column]) == 1 or not all(columns[column])
                for part in parts_of(cell, self.labels, negative=negative):
                    yield self._value(row.sentence, part, self._completed_by(part, context))
            yield self._plain(row, [cell for _, cell in values])
            named = next((each for each in labels if each.atoms), None)
            if named and not _OF_WHICH.match(named.text) and grid.grouped:
                lead = named

    def _beside(self, grid: Grid, column: int, heads: list[Label], labels: list[Label]) -> Label:
        """What a column of growth leaves out and the one to its left tells: its period, its subject.

        It is no growth of a thing that is known where that column is of one that is not, or of a share.
        """
        told, found = _told(heads), Label("")
        if not says("grown", told) and not says("fallen", told):
            return found
        near = [*heads, *labels]
        timed = any(label.times for label in heads) or says("alone", told) or says("so-far", told)
        named = any(self.concepts.head(label.atoms) for label in near)
        subject = any(label.atoms for label in near)
        for left in range(column - 1, -1, -1):
            others = self._labels(grid.heads(left)) if grid.is_value(left) else []
            words = " ".join(label.text for label in others)
            if says("base", words):
                continue
            if not timed and not found.times and not found.text:
                spoken = [each[0] for name in ("alone", "so-far") if (each := says(name, words))]
                found = found._replace(times=tuple(_times(others)), text=" ".join(spoken))
            if not named and not found.atoms and not found.unknown:
                atoms = _atoms(others)
                odd = [label.text for label in others if label.unknown or "share" in label.cues]
                found = found._replace(
                    atoms=self.concepts.head(atoms) if subject else atoms, unknown=" ".join(odd)
                )
        return found

    # --- one value ---

    def _completed_by(self, part: CellPart, context: _Context) -> _Context:
        """What is told of a number: the words in its cell, too; of two, each has its half of the header."""
        words = self._labels([part.words] if part.words else [])
        heads = context.heads
        if part.half:
            heads = self._labels(_halved(head.text)[part.half == CHANGE] for head in heads)
        context = context._replace(heads=[*words, *heads])
        labels = (*context.near, *context.units)
        return context._replace(cues=NONE.union(*(label.cues for label in labels)), told=_told(labels))

    def _value(self, sentence: SentenceSpan, part: CellPart, context: _Context) -> CellReading:
        if part.quantity.value is None:
            nothing = Outcome(UNATTRIBUTED, Reason.NO_SUBJECT)
            return CellReading(sentence, part.quantity, nothing, "actual", self.undated, "stock")
        measure, unit = _measured(part, context)
        value = part.quantity.value if unit.factor == 1 else plain(part.quantity.value * unit.factor)
        falls = says("fallen", context.told) and not says("grown", words_of("fallen").sub("", context.told))
        if measure == "growth" and not part.signed and value > 0 and falls:  # in a column "Decline"
            value = -value
        quantity = part.quantity._replace(value=value, unit=unit.name, classifier=unit.written)
        outcome = self._outcome(value, unit.name, context, measure)
        status = "target" if self._is_aimed(context) else context.status()
        nature = "flow" if measure == "growth" else "stock"
        if outcome.slugs:
            nature = self.concepts.vocabulary[outcome.slugs[0]].nature
        dated = self._span(context, nature, status)
        span = dated or self.undated
        changed = any(says("grown", fold(head.text)) for head in context.heads) and not any(
            "share" in head.cues for head in context.heads
        )
        if dated is None or (part.half == CHANGE and not measure) or (measure == "share" and changed):
            outcome = Outcome(UNATTRIBUTED, Reason.NO_SUBJECT, value=value)
        if status == "actual" and span.future and outcome.slugs:
            status = "expected"
        sure = _SURE if span.basis == "stated" else _LESS_SURE
        if dated is not None and span.basis == "document" and nature == "flow":
            sure = _OFF  # no time is told, and no flow is of a day
        if outcome.measure == "level" and any((departure(s, value) or 0) > _FARTHEST for s in outcome.slugs):
            sure = _OFF
        return CellReading(sentence, quantity, outcome, status, span, nature, sure)

    def _is_aimed(self, context: _Context) -> bool:
        """Whether a table of aims holds a value: as its caption says, or its heading of what is to come."""
        above = context.captions
        if any(time.finish > self.clock.date for _, time in _times(context.near)):
            above = [*above, *context.headings, context.announced]
        return any("target" in label.cues for label in above) and not says("reached", context.told)

    def _outcome(self, value: Decimal, unit: str, context: _Context, measure: str) -> Outcome:
        """What a value is a record of, or why of nothing."""
        refusal = context.refusal(unit, measure) or self._owner(context)
        if refusal:
            return Outcome(NO_INDICATOR, refusal, value=value)
        slug = self._exact(context, unit, measure) or self._slug(context, unit, measure)
        if slug:
            entry = self.concepts.vocabulary[slug]
            return Outcome("recorded", slugs=(slug,), value=value, measure=entry.measure)
        above = (label.text for label in (*context.heads, *context.sections) if label.atoms)
        subject = " ".join(label.text for label in context.labels if label.text) or next(above, "")
        if not subject:
            return Outcome(UNATTRIBUTED, Reason.NO_SUBJECT, value=value)
        measure = measure or "level"
        return Outcome(UNCATALOGUED, Reason.NO_ENTRY, value=value, subject=subject, measure=measure)

    def _owner(self, context: _Context) -> Reason | None:
        """Whose the value is, where not the nation's."""
        beside = (*context.labels, *context.heads)
        for label in (*beside, *context.sections):
            if (scopes := _scopes(label)) and "national" not in label.cues:
                return _OWNERS[scopes[0]]
        by_region = any(words_of("region-head").fullmatch(each.text.strip()) for each in context.captions)
        if by_region and not any("national" in a.cues or says("total", a.text) for a in context.labels):
            return _OWNERS[REGION]
        if any("national" in label.cues for label in beside):
            return None
        if any(_OWNED.search(label.text) for label in context.above):
            return Reason.COMPANY
        told = (self._told_owner(label) for label in context.above)
        scope = next((owner for owner in told if owner is not None), self.owner)
        return _OWNERS[scope] if scope != NATIONAL else None

    def _told_owner(self, label: Label) -> str | None:
        """Whose a caption or a heading says that the table is; None where it names nobody."""
        text = label.text if self.language == "en" else fold(label.text)
        places = [_PLACES.get(span.kind) for span in word_data(self.language).places(text)]
        owners = [*filter(None, places), *_scopes(label)]
        nation = "national" in label.cues or (NATIONAL in places and not owners)  # but China Mobile
        return NATIONAL if nation else next(iter(owners), None)

    def _exact(self, context: _Context, unit: str, measure: str) -> str | None:
        """The entry one of whose names stands there to the letter, and whose unit and measure fit."""
        if len(context.labels) != 1 or any(label.unknown for label in (*context.heads, context.beside)):
            return None
        for slug in _slugs_by_name(self.concepts.vocabulary).get(_bare(context.labels[0].text), ()):
            entry = self.concepts.vocabulary[slug]
            fits = entry.measure in ((measure,) if measure else ("level", "share"))
            counted = unit in (COUNT, BARE) and entry.unit not in ("yuan", PERCENT)
            if fits and (entry.unit == unit or counted):
                return slug
        return None

    def _slug(self, context: _Context, unit: str, measure: str) -> str | None:
        """The indicator that the labels name: by themselves, or with what stands above them."""
        near = context.near
        if any(label.unknown for label in near):
            return None
        parts = [label for label in near if "share" not in label.cues]
        wholes = [label.atoms for label in near if "share" in label.cues and label.atoms]
        if not any(label.atoms for label in parts):
            parts, wholes = [*near], []
        own = _atoms(parts)
        if measure == "share" and not wholes:
            own, wholes = self._of_whole(near) or (own, wholes)
        slugs = (
            self.concepts.resolve(atoms, unit, measure, whole)
            for atoms in self._completed(own, context, unit)
            for whole in (*wholes, None)
        )
        return next((slug for slug in slugs if slug is not None), None)

    def _of_whole(self, near: Sequence[Label]) -> tuple[Atoms, list[Atoms]] | None:
        """The part and the whole of a share that one label tells: "X as a share of Y", X占Y比重."""
        for label in near:
            if found := _SHARE.match(label.text[:_LONGEST_LABEL]):
                part, whole = self._labels(found[name] or found[f"zh_{name}"] for name in ("part", "whole"))
                return part.atoms, [whole.atoms]
        return None

    def _completed(self, own: Atoms, context: _Context, unit: str) -> Iterator[Atoms]:
        """The atoms of the labels, and those with the head or the subject that they leave out."""
        if own:
            yield own
        head, subject = self.concepts.head, self.concepts.subject
        total = any(says("total", label.text) and not label.atoms for label in context.labels)
        for label in (*context.sections, *([context.lead] if own and not total else []), *context.above):
            if label.unknown and label in context.sections and not own:
                return
            missing = NONE if head(own) else head(label.atoms)
            if not subject(own):
                missing |= subject(label.atoms)
            if missing:
                yield own | missing
            if label in context.captions and subject(missing):
                break  # what stands farther off speaks of something else
        if own and not head(own):
            usual = self.concepts.default_head(own, unit)
            told = next(filter(None, (head(label.atoms) for label in context.captions)), usual)
            if usual <= told:  # a table of another thing that is measured says so in its caption
                yield own | usual

    # --- the period ---

    def _span(self, context: _Context, nature: str, status: str) -> RecordPeriod | None:
        """The period of a value: that of its column or row, completed by what stands above."""
        near = (*context.heads, context.beside, *context.labels)
        own = _times(near)
        if not own and any(label.undated for label in near):
            return None  # never another period in its place
        time, today = self._joined(own, context), self.clock.date
        basis = "stated" if own else "context"
        if time is None and self.spoken is not None:
            time, basis = self.spoken, "context"
        alone, so_far = says("alone", context.told), says("so-far", context.told)
        if time is None:
            return None if alone or so_far else self.undated
        begin, finish = time.begin, time.finish
        if alone and not so_far:
            begin = f"{finish[:8]}01"
        elif so_far or begin is None or (time.role == "point" and time.grain == "month"):
            begin = f"{finish[:4]}-01-01"
        future = finish[:4] > today[:4] or (begin or finish) > today
        if status == "actual" and not future and finish[:7] > today[:7]:
            finish = today
        return RecordPeriod(None if nature == "stock" else begin, finish, basis, future)

    def _joined(self, own: Times, context: _Context) -> Time | None:
        """The time of a value: the months that one label names in the year that another does."""
        outer = _times((*context.sections, *context.above))
        near = own or outer[:1]
        if not near:
            return None
        months = next(((words, time) for words, time in near if time.grain != "year"), None)
        if months:
            year = next((time for words, time in (*near, *outer) if EXPLICIT.search(words)), None)
            return _in_year(*months, year.finish[:4]) if year else months[1]
        # years across under "January to June": of each year the same months
        captions = _times((*context.sections, *context.captions))
        same = next(((words, time) for words, time in captions if time.grain not in ("year", "day")), None)
        grid = context.grid
        if own and same and same[1].finish[:4] in grid.years and not grid.has_months:
            return _in_year(*same, near[0][1].finish[:4])
        return near[0][1]

    # --- the numerals that are no values ---

    def _plain(self, row: PrintedRow, values: Sequence[TextCell]) -> Plain:
        found = Plain(row.sentence, [], [])
        for cell in row.cells:
            if cell in values or not cell.text:
                continue
            folded = fold(cell.text)
            here = [
                time._replace(start=cell.start + time.start, end=cell.start + time.end)
                for _, time in self.labels.times(folded)
            ]
            found.times.extend(here)
            for q in numerals.find(self.language, folded, cell.start):
                if not any(time.start < q.end and q.start < time.end for time in here):
                    known = q.value is None and q.reason
                    found.numbers.append(q if known else q._replace(value=None, reason=NAME))
        return found


def _times(labels: Iterable[Label]) -> Times:
    return [pair for label in labels for pair in label.times]


def _atoms(labels: Iterable[Label]) -> Atoms:
    return NONE.union(*(label.atoms for label in labels))


def _told(labels: Iterable[Label]) -> str:
    return fold(" ".join(label.text for label in labels))


def _scopes(label: Label) -> list[str]:
    """Whose a label says that the values are; a part of the nation is a region, as a province is."""
    owners = {REGION if cue == PARTS else cue for cue in label.cues}
    return sorted(owners & _OWNERS.keys())


def _measured(part: CellPart, context: _Context) -> tuple[str, Unit]:
    """What a number measures, and its unit."""
    behind = part.half == CHANGE
    measure = _change(part, context) if behind else _measure(context.told, context.cues)
    unit, level = part.unit, context.unit("")
    if (
        measure == "growth"
        and unit is None
        and level is not None
        and level.name != PERCENT
        and not says("rate", context.told)
        and not any(label.units for label in (*context.heads, context.beside))
    ):
        unit = level._replace(name=COUNT)  # a column "Change" is in the unit of the row, and no rate
    told = context.unit(measure)
    if part.scaled or (unit is not None and unit.name == BARE):  # it is written with its scale
        unit = unit or Unit(BARE)
        unit = unit._replace(name=told.name, written=told.written) if told else unit
    unit = unit or told
    if not measure and (unit is None or unit.name == PERCENT):
        outer = (_measure(label.text, label.cues) for label in (*context.sections, *context.captions))
        measure = next(filter(None, outer), "")
        unit = unit or context.unit(measure)
    if unit is None or (unit.name == BARE and measure == "growth"):
        unit = Unit(PERCENT if measure == "growth" else BARE)
    return measure, unit


def _measure(told: str, cues: frozenset[str]) -> str:
    """What is measured, where the labels say: growth, or a share."""
    if "share" in cues:
        return "share"
    return "growth" if says("grown", told) or cues & {"growth_noun", "growth_down", "after_down"} else ""


def _change(part: CellPart, context: _Context) -> str:
    """What the number behind a level measures: its change where a sign or a word says so."""
    if "share" in context.cues:
        return ""  # the other of two shares
    if part.signed:
        return "growth"
    outer = [_measure(label.text, label.cues) for label in (*context.heads, *context.captions)]
    return "growth" if "growth" in outer and "share" not in outer else ""


def _halved(head: str) -> tuple[str, str]:
    """A header of two numbers a cell, in two: "Output (y/y)", 产量/同比; one that is of both, twice."""
    found = _HALVES.fullmatch(head.strip()[:_LONGEST_LABEL])
    if found and says("grown", found["second"]) and not says("grown", found["first"]):
        return found["first"], found["second"].strip(")） ")
    return head, head


def _in_year(words: str, time: Time, year: str) -> Time:
    """The same days of another year, unless they run from one year to the next."""
    told = EXPLICIT.search(words) and time.finish[:4] == year
    if told or (time.begin and time.begin[:4] != time.finish[:4]):
        return time
    finish = (
        f"{year}{time.finish[4:]}" if time.grain == "day" else month_end(int(year), int(time.finish[5:7]))
    )
    return time._replace(begin=time.begin and f"{year}{time.begin[4:]}", finish=finish)


def _bare(text: str) -> str:
    """A label without numbering, brackets, marks and "number of", to compare it with names."""
    text = re.sub(r"[\W_]+", "", BRACKET.sub("", NUMBERING.sub("", fold(text), count=1)))
    return re.sub(r"^numberof|(?<=..)(?:总数|数量|数)$", "", text)


@lru_cache(4)
def _slugs_by_name(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The indicators by each of their names."""
    found: dict[str, list[str]] = defaultdict(list)
    for slug in vocabulary:
        entry = vocabulary[slug]
        for name in {*map(_bare, (entry.label, entry.label_zh, *entry.aliases))} - {""}:
            found[name].append(slug)
    return found
