"""Tables: what each cell with a value is, from its row, its column, and what stands above the table.

The words of a row's label, of the column's headers, of a section's row, of the caption and of the
heading name the indicator, by the lexicon that prose uses, too; the unit and the period stand in
any of them, the nearest first. A cell that is not understood is a figure with its reason.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.outline import parts
from miit_cli.reading import numbers as numerals
from miit_cli.reading import times as periods
from miit_cli.reading.items import GAP, Item, items_of
from miit_cli.reading.lexicon import Lexicon, fold
from miit_cli.reading.mentions import NONE, Atoms, Concepts
from miit_cli.reading.numbers.values import plain
from miit_cli.reading.outcomes import Outcome, Reason, refused
from miit_cli.reading.spans import BARE, COUNT, NAME, PERCENT, PHYSICAL, POINTS, YEARS, Quantity, Time
from miit_cli.reading.wordclasses import word_data
from miit_cli.types import CAPTION, HEADING, TABLE, UNATTRIBUTED, UNCATALOGUED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miit_cli.reading.times.clock import Clock
    from miit_cli.types import Document, Sentence

CONFIDENCE = 0.95  # of a cell that is understood: the share that was right in tables held out
NATIONAL, REGION = "", "region"
REASONS = {
    "company": Reason.COMPANY,
    "operator": Reason.COMPANY,
    REGION: Reason.REGION,
    "foreign": Reason.FOREIGN,
}
# What the places of the word data are to a table.
_PLACES = {
    "nation": NATIONAL, "province": REGION, "city": REGION, "county": REGION, "region": REGION, "local": REGION,
    "country": "foreign", "demonym": "foreign",
}  # fmt: skip
_NOTHING = re.compile(r"[-–—−－…./·~*x×]*|n\.?/?a\.?|n\.?m\.?|\(?nil\)?|none|无|暂无|空", re.IGNORECASE)
_VALUE = re.compile(
    r"(?P<open>[(（])?\s?(?P<sign>[-−–—－‑+＋↑↓]\s?)?"
    r"(?P<number>(?:\d{1,3}(?:[,，'’ \xa0\u2009\u202f]\d{3})+|\d+)(?:[.．]\d+)?)\s?(?P<close>[)）])?"
    r"\s?(?P<mark>[①-⑳*†‡]|[pre](?![a-z]))?\s?(?P<unit>[^\d\s].{0,30})?"
)
_SCALE = re.compile(
    r"[%％万亿千百元个户辆台家座吨]|(?:(?:hundred|thousand|million|billion|trillion|[mb]n|tn|percent|per cent"
    r"|yuan|units?)\b)",
    re.IGNORECASE,
)
_MINUS = frozenset("-−–—－‑↓")
_YEAR = re.compile(
    r"(?:19|20)\d\d(?:\s?年(?:度|末|底)?)?(?:\s?[EFef](?![A-Za-z])|\s?[(（][^()（）]{1,14}[)）])?"
)
_FORECAST = re.compile(r"(?:19|20)\d\d\s?(?:年\s?)?[(（]?[EFef][)）]?$")
_MONTH_OF = re.compile(r"(?P<year>(?:19|20)\d\d)\s?[-./年]\s?(?P<month>0?[1-9]|1[0-2])月?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_WORD = re.compile(
    rf"(?P<name>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?(?:\s?[-,]?\s?(?P<year>(?:19|20)\d\d))?"
)
_EXPLICIT = re.compile(r"(?:19|20)\d\d")
_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,40})[)）\]】]")
_UNIT_LINE = re.compile(
    r"(?:计量)?单位\s?[:：]\s?(?P<zh>[^)）]+)|\bunits?\s?(?:of measure)?[:：]\s?(?P<en>[^)]+)", re.IGNORECASE
)
_UNIT_HEAD = re.compile(r"(?:计量)?单位|units?(?: of measure(?:ment)?)?|measure", re.IGNORECASE)
_ASIDE_HEAD = re.compile(
    r"备注|注|说明|来源|数据来源|notes?|remarks?|sources?|序号|编号|排名|位次|名次|no\.?|#|rank(?:ing)?",
    re.IGNORECASE,
)
_PLAIN_HEAD = re.compile(
    r"绝对[量数值]|(?:[本当]?[期年月])?末?到达(?:数|值)?|[本当]?[期月]末(?:数|值)?|^末$|实际[值数]?|指标值?(?:名称)?|数值|数据|完成(?:额|值|情况)?|金额|项目|名称|类别|地区|总额|总计|合计|小计"
    r"|\b(?:indicators?|items?|amounts?|figures?|numbers?|data|levels?|absolute|actual|results?|totals?|categor(?:y|ies)|name)\b",
    re.IGNORECASE,
)
_REGION_HEAD = re.compile(
    r"(?:各?(?:地区|省份?|省市|城市|市州?|国家|国别|省（区、市）))(?:名称)?|(?:region|province|area|city|country|place)s?",
    re.IGNORECASE,
)
# Whose a table is, where its caption names an owner that no list knows: "of Leapfield Motors", "Wenzhou's".
_OWNED = re.compile(
    r"\b(?:[A-Z][\w-]+ )+(?:Motors?|Group|Corp\w*|Co\b|Inc\b|Ltd\b|Holdings?|Company|Technolog\w+|Bank)"
    r"|\b(?!China|Country|Nation|Ministry|Year|Industry)[A-Z][a-z]+['’]s\b"
    r"|[\u4e00-\u9fff](?:集团|股份|有限公司|公司)"
)
_TOTAL = re.compile(r"合计|总计|总计数|全部|\btotals?\b|\boverall\b|\ball\b", re.IGNORECASE)
_NUMBERING = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}(?:[)）、]|[.．](?!\d))|[#•·▪*-])\s*"
)
_GROWN = re.compile(
    r"同比|增速|增长|增减|涨跌|变动|\by[/-]?o?-?y\b|\byear[ -]on[ -]year\b|\bon[ -]year\b"
    r"|\bgrowth\b|\bchange\b|\bchg\b|\+/-|±",
    re.IGNORECASE,
)
_RATE = re.compile(r"同比|增速|增长|%|\by[/-]?o?-?y\b|\byear[ -]on[ -]year\b|\bgrowth\b", re.IGNORECASE)
_FALLEN = re.compile(
    r"(?:同比)?(?:下降|降幅|减少)(?!.{0,3}增)|\b(?:decline|decrease|drop|fall)\b", re.IGNORECASE
)
_ADDED = re.compile(r"净增|增量|增加[数额]|\bnet (?:increase|addition)s?\b", re.IGNORECASE)
_BASE = re.compile(
    r"(?:上年|去年|上期)同[期月]|\b(?:same period|corresponding period)\b|\bperiod last year\b"
    r"|\byear(?:-| )(?:earlier|ago)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"本月|当月|\b(?:this|current|the) month\b|^month(?:ly)?$|\bin the month\b", re.IGNORECASE
)
_SO_FAR = re.compile(
    r"累计|\bcumulative\b|\byear[ -]to[ -]date\b|\bytd\b|\bsince january\b|\baccumulated\b"
    r"|\bjanuary to date\b",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(
    r"\s*(?:其中|of which|among (?:them|which)|including|thereof)\s?[:：,，]?\s?", re.IGNORECASE
)
_JANUARY = "-01-01"
_SPLIT = re.compile(r"[,，、;；/]|\band\b|和")
_SCALES = re.compile(
    r"(?P<money>rmb|cny|yuan|us\$|usd)\s?(?P<scale>(?:[\d,.]+\s?)?(?:bn|billion|mn|mln|million|tn|trn|trillion|thousand)?)"
)
_EN_LETTERS, _ZH_LETTERS = re.compile(r"[a-z]{2,}"), re.compile(r"[\u4e00-\u9fffa-z]{1,}")


# Of tables that were held out while this was written, 47 of 49 records were right.
_SURE, _LESS_SURE = 0.95, 0.9


class Cell(NamedTuple):
    """A cell of a table: its text, and where that begins in the document."""

    text: str
    start: int

    @property
    def is_nothing(self) -> bool:
        return _NOTHING.fullmatch(self.text.strip()) is not None

    @property
    def is_year(self) -> bool:
        return _YEAR.fullmatch(self.text.strip()) is not None

    @property
    def is_value(self) -> bool:
        found = _VALUE.fullmatch(self.text.strip())
        return found is not None and (not found["unit"] or _SCALE.match(found["unit"]) is not None)


class Row(NamedTuple):
    """A row of a table, which is a sentence of its document."""

    sentence: Sentence
    cells: list[Cell]


class Table(NamedTuple):
    """A table of a document, and what stands above it, the nearest first."""

    rows: list[Row]
    header: int  # how many rows the format calls its header
    captions: list[str]  # what stands right above it, the nearest first
    headings: list[str]  # those of its section and of the document


class Span(NamedTuple):
    """A period as a record has it."""

    start: str | None
    end: str
    basis: str  # one of types.BASES
    future: bool = False
    closed: bool = True


class Reading(NamedTuple):
    """What became of a number in a cell."""

    sentence: Sentence
    quantity: Quantity
    outcome: Outcome
    status: str
    span: Span
    nature: str
    confidence: float = 0.0  # that the record is right


class Plain(NamedTuple):
    """The times and the other numbers of a row."""

    sentence: Sentence
    times: list[Time]
    numbers: list[Quantity]


class Unit(NamedTuple):
    """A unit as written: its name among those of numbers, and by how much it multiplies."""

    name: str
    factor: Decimal
    written: str = ""


class Label(NamedTuple):
    """What a text beside or above a value says."""

    text: str
    atoms: Atoms = NONE
    cues: frozenset[str] = frozenset()
    units: tuple[Unit, ...] = ()
    times: tuple[tuple[str, Time], ...] = ()  # each with its words
    unknown: str = ""  # words that the lexicon does not know
    undated: bool = False  # a time stands there that is not understood


def tables_of(document: Document) -> dict[int, Table]:
    """The tables of a document by the number of their first sentence."""
    found: dict[int, Table] = {}
    sentences = iter(document.sentences)
    sentence = next(sentences, None)
    captions: list[str] = []
    headings: list[str] = []
    for part in parts(document.text, document.outline):
        rows: list[Row] = []
        while sentence is not None and sentence.start < part.end:
            if part.kind == TABLE:
                rows.append(Row(sentence, cells_of(document.text, sentence)))
            elif sentence.kind == HEADING:
                headings.append(document.text[sentence.start : sentence.end])
            sentence = next(sentences, None)
        if rows:
            above = [*headings[:-4:-1], *([document.title] if document.title else [])]
            found[rows[0].sentence.number] = Table(rows, part.header, captions[::-1], above)
        if part.kind == CAPTION:
            captions += document.text[part.start : part.end].split("\n")
        else:
            captions = []
    return found


def cells_of(text: str, sentence: Sentence) -> list[Cell]:
    """The cells of a row: ``| a | b |``."""
    cells: list[Cell] = []
    start = sentence.start + 2
    for cell in text[start : sentence.end - 2].split(" | "):
        cells.append(Cell(cell, start))
        start += len(cell) + 3
    return cells


def quoted(table: Table, row: str) -> str:
    """A row with the header that says what it holds, as one line."""
    texts = [" | ".join(cell.text for cell in each.cells) for each in table.rows[: max(table.header, 1)]]
    header = [f"| {text} |" for text in texts]
    return row if row in header else " ".join([*header, row])


class Reader:
    """Reads the tables of one document."""

    def __init__(
        self, document: Document, words: Lexicon, concepts: Concepts, clock: Clock
    ) -> None:
        self.document, self.words, self.concepts, self.clock = document, words, concepts, clock
        self.language = document.language
        self.base = REGION if document.area else NATIONAL
        self._labels: dict[str, Label] = {}

    def read(self, table: Table, context: Time | None) -> Iterator[Reading | Plain]:
        """What became of each numeral of a table; ``context`` is the period of the text above it."""
        grid = _Grid(table)
        captions = [self.label(text) for text in (*grid.corner, *table.captions)]
        headings = [self.label(text) for text in table.headings]
        sections: list[Label] = []
        lead = Label("")
        for number, row in enumerate(table.rows):
            values = [] if number < grid.header else grid.values(row)
            labels = [self.label(cell.text) for cell in grid.labels(row)]
            if number >= grid.header and not values and len([cell for cell in row.cells if cell.text]) == 1:
                sections = labels or [self.label(row.cells[0].text)]
            for column, cell in values:
                heads = [self.label(text) for text in grid.heads(column)]
                beside = self._beside(grid, column, heads, labels)
                unit = [self.label(text) for text in grid.units(row)]
                place = _Place(labels, heads, beside, sections, captions, headings, lead, unit)
                yield self._value(row.sentence, cell, place, grid, context)
            yield self._plain(row, [cell for _, cell in values])
            named = [each for each in labels if each.atoms]
            if named and not _OF_WHICH.match(named[0].text):
                lead = named[0]

    def _beside(self, grid: _Grid, column: int, heads: list[Label], labels: list[Label]) -> Label:
        """What a column of growth leaves out and the one to its left tells: its period, its subject."""
        told = " ".join(label.text for label in heads)
        if not _GROWN.search(told) and not _FALLEN.search(told):
            return Label("")
        timed = any(label.times for label in heads) or _ALONE.search(told) or _SO_FAR.search(told)
        named = any(label.atoms for label in (*heads, *labels))
        found = Label("")
        for left in range(column - 1, -1, -1):
            others = [self.label(text) for text in grid.heads(left)] if grid.is_value(left) else []
            words = " ".join(label.text for label in others)
            if _BASE.search(words):
                continue
            if not timed and not found.times and not found.text:
                times = tuple(pair for label in others for pair in label.times)
                spoken = " ".join(each[0] for each in (_ALONE.search(words), _SO_FAR.search(words)) if each)
                found = found._replace(times=times, text=spoken)
            if not named and not found.atoms:
                found = found._replace(atoms=NONE.union(*(label.atoms for label in others)))
        return found

    # --- one value ---

    def _value(
        self, sentence: Sentence, cell: Cell, place: _Place, grid: _Grid, context: Time | None
    ) -> Reading:
        quantity, unit = self._quantity(cell)
        if quantity.value is None:
            span = Span(None, self.clock.date, "document")
            return Reading(
                sentence, quantity, Outcome(UNATTRIBUTED, Reason.NO_SUBJECT), "actual", span, "stock"
            )
        near = (*place.labels, *place.heads, place.beside)
        cues = frozenset().union(*(label.cues for label in (*near, *place.unit)))
        told = " ".join(label.text for label in (*near, *place.unit))
        measure = _measure(told, cues)
        if measure == "growth" and unit is None and _is_difference(place, told):
            unit = (_unit(place, "") or Unit(COUNT, Decimal(1)))._replace(name=COUNT)
        unit = unit or _unit(place, measure)
        if not measure and (unit is None or unit.name == PERCENT):
            outer = (_measure(label.text, label.cues) for label in (*place.sections, *place.captions))
            measure = next(filter(None, outer), "")
            unit = unit or _unit(place, measure)
        if unit is None or (unit.name == BARE and measure == "growth"):
            unit = Unit(PERCENT if measure == "growth" else BARE, Decimal(1))
        value = quantity.value if unit.factor == 1 else plain(quantity.value * unit.factor)
        if (
            measure == "growth"
            and _FALLEN.search(told)
            and not _GROWN.search(_FALLEN.sub("", told))
            and value > 0
        ):
            value = -value
        quantity = quantity._replace(value=value, unit=unit.name, classifier=unit.written)
        outcome = self._outcome(quantity, place, near, cues, measure, told)
        status = _status(told, cues)
        nature = self._nature(outcome, measure)
        dated = self._span(place, nature, grid, told, context, status)
        span = dated or Span(None, self.clock.date, "document")
        if dated is None:
            outcome = Outcome(UNATTRIBUTED, Reason.NO_SUBJECT, value=quantity.value)
        if status == "actual" and span.future and outcome.slugs:
            status = "expected"
        sure = _SURE if span.basis == "stated" else _LESS_SURE
        return Reading(sentence, quantity, outcome, status, span, nature, sure)

    def _quantity(self, cell: Cell) -> tuple[Quantity, Unit | None]:
        """The number of a cell, and its unit where the cell has one."""
        text = cell.text
        lead = len(text) - len(text.lstrip())
        found = _VALUE.fullmatch(text.strip())
        if found:
            unit = self.unit(found["unit"]) if found["unit"] else None
            if not found["unit"] or unit:
                value = Decimal(re.sub(r"[,，'’\s]", "", found["number"]).replace("．", "."))
                bracketed = bool(found["open"]) and bool(found["close"])
                if (found["sign"] or "").strip() in _MINUS if found["sign"] else bracketed:
                    value = -value
                begin = found.start("sign") if found["sign"] else found.start("number")
                end = found.end("unit") if unit else found.end("number")
                return Quantity(cell.start + lead + begin, cell.start + lead + end, value, BARE), unit
        numbers = [q for q in numerals.find(self.language, fold(text), cell.start) if q.value is not None]
        if len(numbers) == 1:
            only = numbers[0]
            unit = (
                None
                if only.unit == BARE and not only.classifier
                else Unit(only.unit, Decimal(1), only.classifier)
            )
            return only, unit
        digit = re.search(r"\d", text)
        at = cell.start + (digit.start() if digit else 0)
        return Quantity(at, cell.start + len(text.rstrip()), None, BARE), None

    def _outcome(
        self,
        quantity: Quantity,
        place: _Place,
        near: Sequence[Label],
        cues: frozenset[str],
        measure: str,
        told: str,
    ) -> Outcome:
        """What a value is a record of, or why of nothing."""
        value, unit = quantity.value, quantity.unit
        refusal = _refusal(told, cues, unit, measure) or self._owner(place)
        slug = None if refusal else self._slug(place, near, unit, measure)
        if slug and not refusal:
            entry = self.concepts.vocabulary[slug]
            return Outcome("recorded", slugs=(slug,), value=value, measure=entry.measure)
        if refusal:
            return refused(refusal, value)
        subject = " ".join(label.text for label in place.labels if label.text) or place.subject
        if not subject:
            return Outcome(UNATTRIBUTED, Reason.NO_SUBJECT, value=value)
        return Outcome(
            UNCATALOGUED, Reason.NO_ENTRY, value=value, subject=subject, measure=measure or "level"
        )

    def _owner(self, place: _Place) -> Reason | None:
        """Whose the value is, where not the nation's."""
        for label in (*place.labels, *place.heads, *place.sections):
            scopes = label.cues & REASONS.keys()
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
        scope = self.base
        for label in reversed(place.above):
            scope = self._told_owner(label) or scope
        return REASONS[scope] if scope != NATIONAL else None

    def _told_owner(self, label: Label) -> str:
        """Whose a caption or a heading says that the table is."""
        text = label.text if self.language == "en" else fold(label.text)
        kinds = [_PLACES.get(span.kind, NATIONAL) for span in word_data(self.language).places(text)]
        kinds += sorted(label.cues & REASONS.keys())
        return NATIONAL if "national" in label.cues else next(filter(None, kinds), NATIONAL)

    def _slug(self, place: _Place, near: Sequence[Label], unit: str, measure: str) -> str | None:
        """The indicator that the labels name: by themselves, or with what stands above them."""
        exact = self._exact(place, unit, measure)
        if exact:
            return exact
        if any(label.unknown for label in near):
            return None
        parts = [label for label in near if "share" not in label.cues]
        wholes = [label.atoms for label in near if label not in parts and label.atoms]
        if not any(label.atoms for label in parts):
            parts, wholes = [*near], []
        own: Atoms = NONE.union(*(label.atoms for label in parts))
        for atoms in self._completed(own, place, unit):
            for whole in (*wholes, None):
                slug = self.concepts.resolve(atoms, unit, measure, whole)
                if slug is not None:
                    return slug
        return None

    def _completed(self, own: Atoms, place: _Place, unit: str) -> Iterator[Atoms]:
        """The atoms of the labels, and those with the head or the subject that they leave out."""
        if own:
            yield own
        concepts = self.concepts
        outer = [*place.sections, *([place.lead] if own else []), *place.above]
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
        if own and not concepts.head(own):
            yield own | concepts.default_head(own, unit)

    def _exact(self, place: _Place, unit: str, measure: str) -> str | None:
        """The entry whose label stands there to the letter, and whose unit and measure fit."""
        vocabulary = self.concepts.vocabulary
        wanted = {_bare(label.text) for label in place.labels if len(place.labels) == 1}
        for slug in vocabulary if wanted else ():
            entry = vocabulary[slug]
            if {_bare(entry.label), _bare(entry.label_zh)} & wanted - {""}:
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
        self, place: _Place, nature: str, grid: _Grid, told: str, context: Time | None, status: str
    ) -> Span | None:
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
        alone, so_far = _ALONE.search(told), _SO_FAR.search(told)
        if time is None:
            return None if alone or so_far else Span(None, self.clock.date, "document")
        begin, finish = time.begin, time.finish
        month = finish[:8] + "01"
        if alone and not so_far:
            begin = month
        elif so_far or begin is None or (time.role == "point" and time.grain == "month"):
            begin = finish[:4] + _JANUARY
        future = finish[:4] > self.clock.date[:4] or (begin or finish) > self.clock.date
        if (
            status == "actual"
            and not future
            and finish > self.clock.date
            and finish[:7] > self.clock.date[:7]
        ):
            finish = self.clock.date
        return Span(None if nature == "stock" else begin, finish, basis, future, finish <= self.clock.date)

    def _joined(
        self,
        own: Sequence[tuple[str, Time]],
        outer: Sequence[tuple[str, Time]],
        captions: Sequence[tuple[str, Time]],
        grid: _Grid,
    ) -> Time | None:
        """The time of a value: the months that one label names in the year that another does."""
        near = list(own) or list(outer[:1])
        if not near:
            return None
        months = next(((words, time) for words, time in near if time.grain != "year"), None)
        year = next(((words, time) for words, time in near if _EXPLICIT.search(words)), None)
        if months and year:
            return self._in_year(months, year[1].finish[:4])
        if months:
            year = next(((words, time) for words, time in outer if _EXPLICIT.search(words)), None)
            return self._in_year(months, year[1].finish[:4]) if year else months[1]
        # years across under "January to June": of each year the same months
        same = next(((words, time) for words, time in captions if time.grain not in ("year", "day")), None)
        if own and same and same[1].finish[:4] in grid.years and not grid.has_months:
            return self._in_year(same, near[0][1].finish[:4])
        return near[0][1]

    def _in_year(self, months: tuple[str, Time], year: str) -> Time:
        words, time = months
        if _EXPLICIT.search(words) and time.finish[:4] == year:
            return time
        if time.begin is None or time.begin[:4] == time.finish[:4]:
            moved = _moved(time, int(year))
            if moved is not None:
                return moved
        return time

    # --- what labels say ---

    def label(self, text: str) -> Label:
        """What a text beside or above a value says."""
        if text not in self._labels:
            self._labels[text] = self._label(text)
        return self._labels[text]

    def _label(self, text: str) -> Label:
        folded = fold(text)
        hidden: list[tuple[int, int]] = [found.span() for found in [_NUMBERING.match(folded)] if found]
        units: list[Unit] = []
        for bracket in _BRACKET.finditer(folded):
            read = self.units(bracket[1])
            if read or (not _GROWN.search(bracket[1]) and self._is_time(bracket[1])):
                units += read
                hidden.append(bracket.span())
        line = _UNIT_LINE.search(folded)
        if line:
            units += self.units(line["zh"] or line["en"])
            hidden.append(line.span())
        trailing = None if units else self._trailing_unit(folded)
        if trailing:
            units.append(trailing[0])
            hidden.append(trailing[1])
        times = self._times(folded)
        hidden += [(time.start, time.end) for _, time in times]
        rest = _blanked(folded, hidden)
        items = items_of(rest, 0, self.words, (), ())
        unknown = self._unknown(rest, items)
        atoms: Atoms = NONE.union(*(part for item in items for part in item.word.atoms))
        cues = frozenset[str]().union(*(item.word.cues for item in items))
        undated = not times and any(
            time.role == "unknown" for time in periods.find(self.language, folded, self.clock, 0)
        )
        return Label(text, atoms, cues, tuple(units), tuple(times), unknown, undated)

    def _unknown(self, rest: str, items: Sequence[Item]) -> str:
        """The words that the lexicon does not know, cues of growth aside."""
        letters = _ZH_LETTERS if self.language == "zh" else _EN_LETTERS
        gaps: list[str] = []
        for item in items:
            if item.kind == GAP:
                gap = rest[item.start : item.end]
                for told in (_PLAIN_HEAD, _BASE, _ALONE, _SO_FAR, _GROWN):
                    gap = told.sub(" ", gap)
                gaps += letters.findall(gap)
        return " ".join(gaps)

    def _times(self, folded: str) -> list[tuple[str, Time]]:
        text = folded.strip()
        month = _MONTH_OF.fullmatch(text)
        if month:
            found = periods.find("zh", f"{month['year']}年{int(month['month'])}月", self.clock, 0)
            return [(text, time._replace(start=0, end=len(folded))) for time in found[:1]]
        word = _MONTH_WORD.fullmatch(text)
        if word:
            number = _MONTHS.index(word["name"]) + 1
            found = periods.find(
                "zh", f"{word['year'] or ''}{'年' * bool(word['year'])}{number}月", self.clock, 0
            )
            return [(text, time._replace(start=0, end=len(folded))) for time in found[:1]]
        if _YEAR.fullmatch(text) and not _BRACKET.search(text):
            day = text[:4]
            return [(text, Time(0, len(folded), day + _JANUARY, day + "-12-31", "period", "year"))]
        bare = re.match(r"(?:19|20)\d\d(?=\s?[(（])", text) if self.language == "zh" else None
        if bare:
            return [(bare[0], Time(0, 4, bare[0] + _JANUARY, bare[0] + "-12-31", "period", "year"))]
        found = periods.find(self.language, folded, self.clock, 0)
        return [
            (folded[time.start : time.end], time)
            for time in found
            if time.role in ("period", "point", "deadline")
            and not _ALONE.search(folded[time.start : time.end])
            and not _SO_FAR.search(folded[time.start : time.end])
        ]

    def _is_time(self, text: str) -> bool:
        return any(time.end - time.start >= len(text.strip()) - 1 for _, time in self._times(text))

    def units(self, text: str) -> list[Unit]:
        """The units that a text lists; none where it is something else."""
        whole = self.unit(text)
        if whole:
            return [whole]
        found = [self.unit(part) for part in _SPLIT.split(text) if part.strip()]
        known = [unit for unit in found if unit]
        rest = [
            part
            for part, unit in zip((p for p in _SPLIT.split(text) if p.strip()), found, strict=True)
            if not unit
        ]
        return known if all(_GROWN.search(part) for part in rest) else []

    def unit(self, text: str, *, noun: bool = True) -> Unit | None:
        """A unit as written: 亿元, million, 10,000 vehicles, %; or a ``noun`` alone: vehicles."""
        text = fold(text).strip(" .:：*_")
        if not text or len(text) > 40:
            return None
        if text in ("%", "percent", "per cent", "pct"):
            return Unit(PERCENT, Decimal(1))
        money = _SCALES.fullmatch(text)
        if money:
            text = (
                f"{money['scale'].strip() or ''} {'us dollars' if 'us' in money['money'] else 'yuan'}".strip()
            )
        two = 1 if text[0].isdigit() else 2  # 一万户 may be a fixed phrase, 两万户 is none
        written = text if two == 1 else ("2" if self.language == "zh" else "2 ") + text
        numbers = numerals.find(self.language, written, 0)
        number = numbers[0] if len(numbers) == 1 and not numbers[0].start else None
        if number is None or number.value is None or not _is_scale(number, two, noun):
            return None
        rest = written[number.end :].strip()
        if rest and not ((noun or number.value != two) and self._counted(rest)):
            return None
        name = COUNT if rest and number.unit == BARE else number.unit
        return Unit(name, plain(number.value / two), rest or number.classifier)

    def _counted(self, noun: str) -> bool:
        """Whether a word is what a unit counts: vehicles, users."""
        items = items_of(noun, 0, self.words, (), ())
        return bool(items) and all(
            item.kind != GAP and (item.word.atoms or item.cue("glue")) for item in items
        )

    def _trailing_unit(self, folded: str) -> tuple[Unit, tuple[int, int]] | None:
        """The unit at the end of a label: "revenue, billion yuan", 同比增长%."""
        if folded.rstrip().endswith("%"):
            end = len(folded.rstrip())
            return Unit(PERCENT, Decimal(1)), (end - 1, end)
        if folded.lstrip().startswith("%"):
            start = folded.index("%")
            return Unit(PERCENT, Decimal(1)), (start, start + 1)
        comma = max(folded.rfind(","), folded.rfind("，"))
        unit = self.unit(folded[comma + 1 :], noun=False)
        return (unit, (comma if comma > 0 else 0, len(folded))) if unit else None

    # --- the numerals that are no values ---

    def _plain(self, row: Row, values: Sequence[Cell]) -> Plain:
        times: list[Time] = []
        numbers: list[Quantity] = []
        for cell in row.cells:
            if cell in values or not cell.text:
                continue
            folded = fold(cell.text)
            here = [
                time._replace(start=cell.start + time.start, end=cell.start + time.end)
                for _, time in self._times(folded)
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


class _Place(NamedTuple):
    """What is told of a value, from near to far."""

    labels: list[Label]  # of its row
    heads: list[Label]  # of its column, the nearest first
    beside: Label  # what its column takes from the one to the left
    sections: list[Label]  # of the rows of one cell above it
    captions: list[Label]  # of the table, that of its corner first
    headings: list[Label]  # of the section and of the document
    lead: Label  # the row of which it may be a part
    unit: list[Label]  # the cell of its row in the column of units

    @property
    def above(self) -> tuple[Label, ...]:
        return (*self.captions, *self.headings)

    @property
    def subject(self) -> str:
        return next((label.text for label in (*self.heads, *self.sections) if label.atoms), "")


class _Grid:
    """The shape of a table: which rows and columns are labels, which hold values."""

    def __init__(self, table: Table) -> None:
        self.rows = table.rows
        self.columns = max((len(row.cells) for row in table.rows), default=0)
        self.header = self._header_rows(table.header)
        self._aside = {n for n in range(self.columns) if self._is_headed(n, _ASIDE_HEAD)} | self._counting()
        self._units = {n for n in range(self.columns) if self._is_headed(n, _UNIT_HEAD)}
        self._labels = self._label_columns()
        texts = [cell.text for row in self.rows[: self.header] for cell in row.cells]
        texts += [row.cells[n].text for row in self.rows for n in self._labels if n < len(row.cells)]
        self.years = {found[0] for text in texts for found in [_EXPLICIT.search(text)] if found}
        self.has_months = any(
            re.search(
                r"月|季|半年|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4]|h[12])",
                text,
                re.IGNORECASE,
            )
            for text in texts
        )

    def _header_rows(self, known: int) -> int:
        """The rows at the top without a value; a year is none."""
        count = 0
        for row in self.rows:
            body = row.cells[1:] if len(row.cells) > 1 else row.cells
            if any(cell.is_value and not cell.is_year for cell in body) or (
                count >= known and not any(c.text for c in body)
            ):
                break
            if count >= max(known, 1) and any(cell.is_year for cell in row.cells[:1]):
                break
            if count >= known and not any(cell.text and not cell.is_nothing for cell in body):
                break
            count += 1
        return min(max(count, known), max(len(self.rows) - 1, 0))

    def _is_headed(self, column: int, pattern: re.Pattern[str]) -> bool:
        heads = [
            row.cells[column].text.strip() for row in self.rows[: self.header] if column < len(row.cells)
        ]
        return any(pattern.fullmatch(text) for text in heads)

    def _counting(self) -> set[int]:
        """The first column, where it only numbers the rows."""
        texts = [row.cells[0].text.strip(" .、") for row in self.rows[self.header :] if row.cells]
        return {0} if len(texts) > 1 and texts == [str(n) for n in range(1, len(texts) + 1)] else set()

    def _label_columns(self) -> set[int]:
        """The columns on the left that hold no values; years down the first one are labels."""
        found: set[int] = set()
        body = self.rows[self.header :]
        for column in range(self.columns):
            cells = [row.cells[column] for row in body if column < len(row.cells)]
            texts = [cell for cell in cells if cell.text and not cell.is_nothing]
            if column in self._aside or column in self._units:
                continue
            years = bool(texts) and all(cell.is_year for cell in texts)
            if (
                texts
                and any(cell.is_value for cell in texts)
                and not (years and column == 0 and self.columns > 1)
            ):
                break
            found.add(column)
        return found

    def labels(self, row: Row) -> list[Cell]:
        return [row.cells[n] for n in sorted(self._labels) if n < len(row.cells) and row.cells[n].text]

    def values(self, row: Row) -> list[tuple[int, Cell]]:
        """The cells of a row that hold figures, with their columns."""
        apart = self._labels | self._aside | self._units
        return [
            (n, cell)
            for n, cell in enumerate(row.cells)
            if n not in apart and re.search(r"\d", cell.text) and not cell.is_nothing
        ]

    def is_value(self, column: int) -> bool:
        """Whether a column holds figures."""
        return column >= 0 and column not in self._labels | self._aside | self._units

    @property
    def corner(self) -> list[str]:
        """What the header says above the labels."""
        heads = (text for column in sorted(self._labels) for text in self.heads(column))
        return [text for text in heads if text]

    def heads(self, column: int) -> list[str]:
        """The headers of a column, the nearest first; an empty one goes on from its left."""
        found: list[str] = []
        for number, row in reversed([*enumerate(self.rows[: self.header])]):
            text = row.cells[column].text if column < len(row.cells) else ""
            left = column
            while not text and number < self.header - 1 and self.is_value(left - 1) and left > 0:
                left -= 1
                text = row.cells[left].text if left < len(row.cells) else ""
            if text and text not in found:
                found.append(text)
        return found

    def units(self, row: Row) -> list[str]:
        return [row.cells[n].text for n in sorted(self._units) if n < len(row.cells) and row.cells[n].text]


def _measure(told: str, cues: frozenset[str]) -> str:
    """What is measured, where the labels say: growth, or a share."""
    if "share" in cues:
        return "share"
    return "growth" if _GROWN.search(told) or cues & {"growth_noun", "growth_down", "after_down"} else ""


def _unit(place: _Place, measure: str) -> Unit | None:
    """The unit of a value: the nearest that its measure can have."""
    for label in (*place.heads, *place.unit, *place.labels, *place.sections, *place.above):
        fitting = [unit for unit in label.units if _can_have(measure, unit)]
        if fitting:
            return fitting[0]
    return None


def _can_have(measure: str, unit: Unit) -> bool:
    rate = unit.name in (PERCENT, POINTS)
    return rate if measure in ("growth", "share") else True


def _is_difference(place: _Place, told: str) -> bool:
    """Whether a column "Change" without a unit of its own is in that of the row: it is no rate."""
    if _RATE.search(told) or any(label.units for label in (*place.heads, place.beside)):
        return False
    level = _unit(place, "")
    return level is not None and level.name != PERCENT


def _is_scale(number: Quantity, times: int, noun: bool) -> bool:
    """Whether a number is a unit and its scale, and no time (2023年) or figure ("3 million")."""
    if number.unit == YEARS or (number.unit == PHYSICAL and not noun):
        return False
    return times != 1 or number.value is None or number.value.normalize().as_tuple().digits == (1,)


def _refusal(told: str, cues: frozenset[str], unit: str, measure: str) -> Reason | None:
    """Why a value is none of an indicator, where its labels tell."""
    if _BASE.search(told) and measure != "growth":
        return Reason.BASE
    found = next((reason for cue, reason in _REFUSED.items() if cue in cues), None)
    if found or unit == POINTS:
        return found or Reason.POINTS
    added = _ADDED.search(told) or (measure == "growth" and unit not in (PERCENT, BARE))
    return Reason.DIFFERENCE if added else None


_REFUSED = {
    "month_on_month": Reason.MONTH_ON_MONTH,
    "average": Reason.AVERAGE,
    "contribution": Reason.CONTRIBUTION,
}


def _status(told: str, cues: frozenset[str]) -> str:
    if "target" in cues:
        return "target"
    return "expected" if "expected" in cues or _FORECAST.search(told) else "actual"


def _moved(time: Time, year: int) -> Time | None:
    """The same days of another year."""
    from miit_cli.reading.times.clock import month_end

    finish = month_end(year, int(time.finish[5:7])) if time.grain != "day" else f"{year}{time.finish[4:]}"
    begin = None if time.begin is None else f"{year}{time.begin[4:]}"
    return time._replace(begin=begin, finish=finish)


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _bare(text: str) -> str:
    """A label without numbering, brackets and marks, to compare it with names."""
    return re.sub(r"[\W_]+", "", _BRACKET.sub("", _NUMBERING.sub("", fold(text), count=1)))
