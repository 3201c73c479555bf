"""What the cells of a table say: labels their words, units and times; values their numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading import numbers as numerals
from miit_cli.reading import times as periods
from miit_cli.reading.grids import MONTH, VALUE, YEAR, TextCell, is_figure, says, words_of
from miit_cli.reading.items import GAP, Item, items_of
from miit_cli.reading.lexicon import Lexicon, fold
from miit_cli.reading.mentions import NONE, Atoms
from miit_cli.reading.numbers.values import plain
from miit_cli.reading.spans import BARE, COUNT, PERCENT, PHYSICAL, TURNED, YEARS, Quantity, Time
from miit_cli.reading.times.en import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miit_cli.reading.times.clock import Clock

_MONTH_WORD = re.compile(
    rf"(?P<name>{'|'.join(MONTHS)})[a-z]{{0,6}}\.?(?:\s?[-,]?\s?(?P<year>(?:19|20)\d\d))?"
)
_YEAR_AND_MORE = re.compile(r"(?:19|20)\d\d\s?[(（]")
BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,40})[)）\]】]")
_UNIT_LINE = re.compile(
    r"(?:计量)?单位\s?[:：]\s?(?P<zh>[^)）]+)|\bunits?\s?(?:of measure)?[:：]\s?(?P<en>[^)]+)", re.IGNORECASE
)
NUMBERING = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}(?:[)）、]|[.．](?!\d))|[#•·▪*-])\s*"
)
_COMMA = re.compile(r"[,，](?!\d)")
_SPLIT = re.compile(r"[,，](?!\d)|[、;；/]|\band\b|和")
_SCALES = re.compile(
    r"(?P<money>rmb|cny|yuan|us\$|usd)\s?"
    r"(?P<scale>(?:[\d,.]+\s?)?(?:bn?|bln|billion|mn?|mln|million|tn|trn|trillion|thousand)?)"
)
_LETTERS = {"b": "bn", "m": "mn"}  # CNYb, subscribers (m)
_UNKNOWN = {"en": re.compile(r"[a-z]{2,}"), "zh": re.compile(r"[\u4e00-\u9fffa-z]+")}

_LONGEST = 120  # characters of a cell of two numbers
LEVEL, CHANGE = "level", "change"
_MINUS = frozenset("-−–—－‑↓")
_DIGITS = re.compile(r"[\d.,，\s+−–-]+")
_BRACKETED = re.compile(r"(?P<first>.*?\S)\s?[(（](?P<second>[^()（）]*\d[^()（）]*)[)）]\s*")
_APART = re.compile(
    r"(?P<first>.*?\d.*?)(?:[,，](?!\d{3})|[;；/、]|\s(?=[↑↓+−–-]\s?\d))\s?(?P<second>\D*\d.*)"
)
_SIGNS = dict.fromkeys(">≥＞", "lower") | dict.fromkeys("<≤＜", "upper") | dict.fromkeys("~≈", "approx")


# --- labels ---


class Unit(NamedTuple):
    """A unit as written: its name among those of numbers, and by how much it multiplies."""

    name: str
    factor: Decimal = Decimal(1)
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


class Labels:
    """Reads the labels of one document's tables; ``of`` reads each text once."""

    def __init__(self, words: Lexicon, clock: Clock) -> None:
        self.words, self.language, self.clock = words, words.language, clock
        self.of = cache(self._label)

    def unit_cell(self, text: str) -> Label:
        """What a cell of a column of units says."""
        label = self.of(text)
        unit = None if label.units else self.unit(text)
        return label._replace(units=(unit,)) if unit else label

    def _label(self, text: str) -> Label:
        folded = fold(text)
        hidden = [found.span() for found in [NUMBERING.match(folded)] if found]
        units: list[Unit] = []
        for bracket in BRACKET.finditer(folded):
            inside = bracket[1]
            read = self._units(inside)
            if read or (not says("grown", inside) and self._is_time(inside)):
                units += read
                hidden.append(bracket.span())
            elif last := self._trailing_unit(inside):  # (output, 10,000)
                units.append(last[0])
                hidden.append((bracket.start(1) + last[1], bracket.start(1) + last[2]))
        if line := _UNIT_LINE.search(folded):
            units += self._units(line["zh"] or line["en"])
            hidden.append(line.span())
        if not units and (last := self._trailing_unit(folded)):
            units.append(last[0])
            hidden.append(last[1:])
        times = self.times(folded)
        hidden += [(time.start, time.end) for _, time in times]
        rest = _blanked(folded, hidden)
        items = items_of(rest, 0, self.words, (), ())
        atoms: Atoms = NONE.union(*(part for item in items for part in item.word.atoms))
        cues = frozenset[str]().union(*(item.word.cues for item in items))
        undated = not times and any(
            time.role == "unknown" for time in periods.find(self.language, folded, self.clock, 0)
        )
        unknown = self._unknown(rest, items)
        return Label(text, atoms, cues, tuple(units), tuple(times), unknown, undated)

    def _unknown(self, rest: str, items: Sequence[Item]) -> str:
        """The words that the lexicon does not know, cues of growth aside."""
        for name in ("plain-head", "base", "alone", "so-far", "grown"):
            rest = _blanked(rest, [found.span() for found in words_of(name).finditer(rest)])
        gaps = (rest[item.start : item.end] for item in items if item.kind == GAP)
        return " ".join(word for gap in gaps for word in _UNKNOWN[self.language].findall(gap))

    def times(self, folded: str) -> list[tuple[str, Time]]:
        """The times of a folded text, each with its words."""
        text = folded.strip()
        if month := _month(text):
            found = periods.find("zh", month, self.clock, 0)
            return [(text, time._replace(start=0, end=len(folded))) for time in found[:1]]
        if YEAR.fullmatch(text) and not BRACKET.search(text):
            return [(text, _year(text[:4], len(folded)))]
        if self.language == "zh" and _YEAR_AND_MORE.match(text):
            return [(text[:4], _year(text[:4], 4))]
        told = []
        for time in periods.find(self.language, folded, self.clock, 0):
            words = folded[time.start : time.end]
            dates = time.role in ("period", "point", "deadline") or (time.grain, time.role) == (
                "day",
                "event",
            )
            if dates and not says("alone", words) and not says("so-far", words):
                told.append((words, time))
        return told

    def _is_time(self, text: str) -> bool:
        return any(time.end - time.start >= len(text.strip()) - 1 for _, time in self.times(text))

    def _units(self, text: str) -> list[Unit]:
        """The units that a text lists; none where it is something else."""
        if whole := self.unit(text):
            return [whole]
        parts = [(part, self.unit(part, noun=False)) for part in _SPLIT.split(text) if part.strip()]
        if all(unit or says("grown", part) or says("at-end", part) for part, unit in parts):
            return [unit for _, unit in parts if unit]
        return []

    def unit(self, text: str, *, noun: bool = True) -> Unit | None:
        """A unit as written: 亿元, million, 10,000 vehicles, %; or a ``noun`` alone: vehicles."""
        text = fold(text).strip(" .:：*_")
        text = _LETTERS.get(text, text)
        if not text or len(text) > 40:
            return None
        if text in ("%", "percent", "per cent", "pct"):
            return Unit(PERCENT)
        if money := _SCALES.fullmatch(text):
            scale = money["scale"].strip()
            currency = "us dollars" if "us" in money["money"] else "yuan"
            text = f"{_LETTERS.get(scale, scale)} {currency}".strip()
        two = 1 if text[0].isdigit() else 2  # 一万户 may be a fixed phrase, 两万户 is none
        written = text if two == 1 else ("2" if self.language == "zh" else "2 ") + text
        numbers = numerals.find(self.language, written, 0)
        number = numbers[0] if len(numbers) == 1 and not numbers[0].start else None
        if number is None or number.value is None:
            return None
        factor = plain(number.value / two)
        is_time = number.unit == YEARS or (number.unit == PHYSICAL and not noun)  # 2023年
        if is_time or factor.normalize().as_tuple().digits != (1,):  # a figure: 3 million
            return None
        rest = written[number.end :].strip()
        if rest and not ((noun or factor != 1) and self._is_counted(rest)):
            return None
        name = COUNT if rest and number.unit == BARE else number.unit
        return Unit(name, factor, rest or number.classifier)

    def _is_counted(self, noun: str) -> bool:
        """Whether a word is what a unit counts: vehicles, users."""
        items = items_of(noun, 0, self.words, (), ())
        return bool(items) and all(
            item.kind != GAP and (item.word.atoms or item.cue("glue")) for item in items
        )

    def _trailing_unit(self, folded: str) -> tuple[Unit, int, int] | None:
        """The unit at the end of a label, and where it stands: "revenue, billion yuan", 同比增长%."""
        text = folded.strip()
        if text.endswith("%") or text.startswith("%"):
            at = folded.rindex("%") if text.endswith("%") else folded.index("%")
            return Unit(PERCENT), at, at + 1
        comma = max((found.start() for found in _COMMA.finditer(folded)), default=-1)
        unit = self.unit(folded[comma + 1 :], noun=False)
        if unit is None or (comma < 0 and unit.factor == 1 and unit.name in (COUNT, BARE)):
            return None  # 用户 is no unit where it is all of the label
        return unit, max(comma, 0), len(folded)


def _month(text: str) -> str:
    """A month that is all of a label, as Chinese writes it; "" for anything else."""
    if found := MONTH.fullmatch(text):
        return f"{found['year']}年{int(found['month'])}月"
    if found := _MONTH_WORD.fullmatch(text):
        year = f"{found['year']}年" if found["year"] else ""
        return f"{year}{MONTHS.index(found['name']) + 1}月"
    return ""


def _year(year: str, end: int) -> Time:
    return Time(0, end, f"{year}-01-01", f"{year}-12-31", "period", "year")


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


# --- values ---


class CellPart(NamedTuple):
    """A number of a cell."""

    quantity: Quantity
    unit: Unit | None = None  # where the cell has one
    words: str = ""  # what else stands there: "up … year on year"
    signed: bool = False  # whether it says which way it went
    scaled: bool = False  # whether it is written with its scale, and lacks the name of a unit only
    half: str = ""  # LEVEL, or the CHANGE that stands behind it


def parts_of(cell: TextCell, labels: Labels, *, negative: bool) -> Iterator[CellPart]:
    """The numbers of a cell, 231万个（+62.2%）; one of no value where they are not understood.

    ``negative`` tells what a number in brackets is: less than zero, as accounts write it, or not known.
    """
    halves = [_part(half, labels, negative=False) for half in _pair(cell)]
    if halves and all(half.quantity.value is not None for half in halves):
        yield halves[0]._replace(half=LEVEL)
        yield halves[1]._replace(half=CHANGE)
    else:
        yield _part(cell, labels, negative=negative)


def _pair(cell: TextCell) -> list[TextCell]:
    """A level and what stands behind it, in brackets or apart; none in most cells."""
    text = cell.text
    if len(text) > _LONGEST:
        return []
    if VALUE.fullmatch(text.strip()) and not re.search(r"\d.*?[^\d\s.,，'’．].*\d", text):
        return []
    for form in (_BRACKETED, _APART):
        found = form.fullmatch(text)
        if found and is_figure(found["first"].strip()) and is_figure(found["second"].strip()):
            return [TextCell(found[name], cell.start + found.start(name)) for name in ("first", "second")]
    return []


def is_bracketed(text: str) -> bool:
    """Whether a cell is a number in brackets and nothing else."""
    found = VALUE.fullmatch(text.strip())
    return found is not None and bool(found["open"] and found["close"])


def _part(cell: TextCell, labels: Labels, *, negative: bool) -> CellPart:
    found = VALUE.fullmatch(cell.text.strip())
    written = found and (found["unit"] or found["inner"])
    unit = labels.unit(written) if written else None
    if not found or (written and not unit):
        return _worded(cell, labels)
    value = Decimal(re.sub(r"[,，'’\s]", "", found["number"]).replace("．", "."))
    sign = (found["sign"] or "").strip()
    bracketed = bool(found["open"] and found["close"])
    if sign in _MINUS if sign else bracketed and negative:
        value = -value
    start = cell.start + len(cell.text) - len(cell.text.lstrip())
    begin = start + found.start("sign" if sign else "number")
    end = start + found.end(("unit" if found["unit"] else "inner") if unit else "number")
    return CellPart(Quantity(begin, end, value, BARE), unit, signed=bool(sign) or bracketed)


def _worded(cell: TextCell, labels: Labels) -> CellPart:
    """A number with a hedge, a direction or a scale in words, where the cell holds no other."""
    found = numerals.find(labels.language, fold(cell.text), cell.start)
    if len(found) != 1 or found[0].value is None:
        digit = re.search(r"\d", cell.text)
        at = cell.start + (digit.start() if digit else 0)
        return CellPart(Quantity(at, cell.start + len(cell.text.rstrip()), None, BARE))
    only, value = found[0], found[0].value
    left, right = (place - cell.start for place in (only.left or only.start, only.right or only.end))
    words = f"{cell.text[:left]} {cell.text[right:]}".strip()
    if only.bound == "exact" and words[:1] in _SIGNS:
        only = only._replace(bound=_SIGNS[words[0]])
        words = words[1:]
    down = says("down", words) is not None
    if down and value > 0:
        only = only._replace(value=-value, bound=TURNED.get(only.bound, only.bound))
    bare = only.unit == BARE and not only.classifier
    written = cell.text[only.start - cell.start : only.end - cell.start]
    unit = None if bare else Unit(only.unit, written=only.classifier)
    scaled = bare and not _DIGITS.fullmatch(written)
    words = words_of("down").sub(" ", words).strip(" ,，;；()（）")
    return CellPart(only, unit, words, signed=down, scaled=scaled)
