"""What a text beside or above a value of a table says: its words, its unit, its times."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading import numbers as numerals
from miit_cli.reading import times as periods
from miit_cli.reading.grids import MONTH, YEAR, words_of
from miit_cli.reading.items import GAP, Item, items_of
from miit_cli.reading.lexicon import Lexicon, fold
from miit_cli.reading.mentions import NONE, Atoms
from miit_cli.reading.numbers.values import plain
from miit_cli.reading.spans import BARE, COUNT, PERCENT, PHYSICAL, YEARS, Quantity, Time
from miit_cli.reading.times.en import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miit_cli.reading.times.clock import Clock

_MONTH_WORD = re.compile(
    rf"(?P<name>{'|'.join(MONTHS)})[a-z]{{0,6}}\.?(?:\s?[-,]?\s?(?P<year>(?:19|20)\d\d))?"
)
_YEAR_AND_MORE = re.compile(r"(?:19|20)\d\d\s?[(（]")
BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,40})[)）\]】]")
_UNIT_LINE = re.compile(
    r"(?:计量)?单位\s?[:：]\s?(?P<zh>[^)）]+)|\bunits?\s?(?:of measure)?[:：]\s?(?P<en>[^)]+)", re.IGNORECASE
)
_PLAIN_HEAD = words_of("plain-head")
NUMBERING = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}(?:[)）、]|[.．](?!\d))|[#•·▪*-])\s*"
)
GROWN = words_of("grown")
BASE = words_of("base")
ALONE = words_of("alone")
SO_FAR = words_of("so-far")
JANUARY = "-01-01"
_COMMA = re.compile(r"[,，](?!\d)")
_SPLIT = re.compile(r"[,，](?!\d)|[、;；/]|\band\b|和")
_SCALES = re.compile(
    r"(?P<money>rmb|cny|yuan|us\$|usd)\s?(?P<scale>(?:[\d,.]+\s?)?(?:bn?|bln|billion|mn?|mln|million|tn|trn|trillion|thousand)?)"
)
_AT_END = words_of("at-end")
_LETTERS = {"b": "bn", "m": "mn"}  # CNYb, subscribers (m)
_EN_LETTERS, _ZH_LETTERS = re.compile(r"[a-z]{2,}"), re.compile(r"[\u4e00-\u9fffa-z]{1,}")


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


class Labels:
    """Reads the labels of one document's tables, each text once."""

    def __init__(self, words: Lexicon, language: str, clock: Clock) -> None:
        self.words, self.language, self.clock = words, language, clock
        self._labels: dict[str, Label] = {}

    def of(self, text: str) -> Label:
        """What a text beside or above a value says."""
        if text not in self._labels:
            self._labels[text] = self._label(text)
        return self._labels[text]

    def unit_cell(self, text: str) -> Label:
        """What a cell of a column of units says."""
        label = self.of(text)
        unit = None if label.units else self.unit(text)
        return label._replace(units=(unit,)) if unit else label

    def _label(self, text: str) -> Label:
        folded = fold(text)
        hidden: list[tuple[int, int]] = [found.span() for found in [NUMBERING.match(folded)] if found]
        units: list[Unit] = []
        for bracket in BRACKET.finditer(folded):
            read = self.units(bracket[1])
            if read or (not GROWN.search(bracket[1]) and self._is_time(bracket[1])):
                units += read
                hidden.append(bracket.span())
            elif inside := self._trailing_unit(bracket[1]):  # (output, 10,000)
                unit, (start, end) = inside
                units.append(unit)
                hidden.append((bracket.start(1) + start, bracket.start(1) + end))
        line = _UNIT_LINE.search(folded)
        if line:
            units += self.units(line["zh"] or line["en"])
            hidden.append(line.span())
        trailing = None if units else self._trailing_unit(folded)
        if trailing:
            units.append(trailing[0])
            hidden.append(trailing[1])
        times = self.times(folded)
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
        for told in (_PLAIN_HEAD, BASE, ALONE, SO_FAR, GROWN):
            rest = _blanked(rest, [found.span() for found in told.finditer(rest)])
        gaps = (rest[item.start : item.end] for item in items if item.kind == GAP)
        return " ".join(word for gap in gaps for word in letters.findall(gap))

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
        found = periods.find(self.language, folded, self.clock, 0)
        return [
            (folded[time.start : time.end], time)
            for time in found
            if (
                time.role in ("period", "point", "deadline") or (time.grain == "day" and time.role == "event")
            )
            and not ALONE.search(folded[time.start : time.end])
            and not SO_FAR.search(folded[time.start : time.end])
        ]

    def _is_time(self, text: str) -> bool:
        return any(time.end - time.start >= len(text.strip()) - 1 for _, time in self.times(text))

    def units(self, text: str) -> list[Unit]:
        """The units that a text lists; none where it is something else."""
        whole = self.unit(text)
        if whole:
            return [whole]
        parts = [(part, self.unit(part, noun=False)) for part in _SPLIT.split(text) if part.strip()]
        if all(unit or GROWN.search(part) or _AT_END.search(part) for part, unit in parts):
            return [unit for _, unit in parts if unit]
        return []

    def unit(self, text: str, *, noun: bool = True) -> Unit | None:
        """A unit as written: 亿元, million, 10,000 vehicles, %; or a ``noun`` alone: vehicles."""
        text = fold(text).strip(" .:：*_")
        text = _LETTERS.get(text, text)
        if not text or len(text) > 40:
            return None
        if text in ("%", "percent", "per cent", "pct"):
            return Unit(PERCENT, Decimal(1))
        money = _SCALES.fullmatch(text)
        if money:
            scale = money["scale"].strip()
            currency = "us dollars" if "us" in money["money"] else "yuan"
            text = f"{_LETTERS.get(scale, scale)} {currency}".strip()
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
        text = folded.strip()
        if text.endswith("%") or text.startswith("%"):
            at = folded.rindex("%") if text.endswith("%") else folded.index("%")
            return Unit(PERCENT, Decimal(1)), (at, at + 1)
        comma = max((found.start() for found in _COMMA.finditer(folded)), default=-1)
        unit = self.unit(folded[comma + 1 :], noun=False)
        if unit is None or (comma < 0 and unit.factor == 1 and unit.name in (COUNT, BARE)):
            return None  # 用户 is no unit where it is all of the label
        return unit, (max(comma, 0), len(folded))


def _month(text: str) -> str:
    """A month that is all of a label, as Chinese writes it; "" for anything else."""
    if found := MONTH.fullmatch(text):
        return f"{found['year']}年{int(found['month'])}月"
    if found := _MONTH_WORD.fullmatch(text):
        year = f"{found['year']}年" if found["year"] else ""
        return f"{year}{MONTHS.index(found['name']) + 1}月"
    return ""


def _year(year: str, end: int) -> Time:
    return Time(0, end, year + JANUARY, year + "-12-31", "period", "year")


def _is_scale(number: Quantity, times: int, noun: bool) -> bool:
    """Whether a number is a unit and its scale, and no time (2023年) or figure ("3 million")."""
    if number.unit == YEARS or (number.unit == PHYSICAL and not noun):
        return False
    return number.value is not None and (number.value / times).normalize().as_tuple().digits == (1,)


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
