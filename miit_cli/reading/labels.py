"""What a text beside or above a value of a table says: its words, its unit, its times."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading import numbers as numerals
from miit_cli.reading import times as periods
from miit_cli.reading.grids import YEAR
from miit_cli.reading.items import GAP, Item, items_of
from miit_cli.reading.lexicon import Lexicon, fold
from miit_cli.reading.mentions import NONE, Atoms
from miit_cli.reading.numbers.values import plain
from miit_cli.reading.spans import BARE, COUNT, PERCENT, PHYSICAL, YEARS, Quantity, Time
from miit_cli.reading.times.en import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miit_cli.reading.times.clock import Clock

_MONTH_OF = re.compile(r"(?P<year>(?:19|20)\d\d)\s?[-./年]\s?(?P<month>0?[1-9]|1[0-2])月?")
_MONTH_WORD = re.compile(
    rf"(?P<name>{'|'.join(MONTHS)})[a-z]{{0,6}}\.?(?:\s?[-,]?\s?(?P<year>(?:19|20)\d\d))?"
)
BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,40})[)）\]】]")
_UNIT_LINE = re.compile(
    r"(?:计量)?单位\s?[:：]\s?(?P<zh>[^)）]+)|\bunits?\s?(?:of measure)?[:：]\s?(?P<en>[^)]+)", re.IGNORECASE
)
_PLAIN_HEAD = re.compile(
    r"绝对[量数值]|(?:[本当]?[期年月])?末?到达(?:数|值)?|[本当]?[期月]末(?:数|值)?|^末$|实际[值数]?|指标值?(?:名称)?|数值|数据|完成(?:额|值|情况)?|金额|项目|名称|类别|地区|总额|总计|合计|小计"
    r"|到达|净增|本?月(?:末到?)?"
    r"|\b(?:months?|quarters?|years?|periods?|indicators?|items?|amounts?|figures?|numbers?|data|levels?|absolute|actual|results?|totals?|categor(?:y|ies)|name)\b",
    re.IGNORECASE,
)
NUMBERING = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}(?:[)）、]|[.．](?!\d))|[#•·▪*-])\s*"
)
GROWN = re.compile(
    r"同比|增速|增长|增减|涨跌|变动|\by[/-]?o?-?y\b|\byear[ -]on[ -]year\b|\bon[ -]year\b"
    r"|\bgrowth\b|\bchange\b|\bchg\b|\+/-|±",
    re.IGNORECASE,
)
BASE = re.compile(
    r"(?:上年|去年|上期)同[期月]|\b(?:same period|corresponding period)\b|\bperiod last year\b"
    r"|\byear(?:-| )(?:earlier|ago)\b",
    re.IGNORECASE,
)
ALONE = re.compile(r"本月|当月|\b(?:this|current|the) month\b|^month(?:ly)?$|\bin the month\b", re.IGNORECASE)
SO_FAR = re.compile(
    r"累计|\bcumulative\b|\byear[ -]to[ -]date\b|\bytd\b|\bsince january\b|\baccumulated\b"
    r"|\bjanuary to date\b",
    re.IGNORECASE,
)
JANUARY = "-01-01"
_COMMA = re.compile(r"[,，](?!\d)")
_SPLIT = re.compile(r"[,，](?!\d)|[、;；/]|\band\b|和")
_SCALES = re.compile(
    r"(?P<money>rmb|cny|yuan|us\$|usd)\s?(?P<scale>(?:[\d,.]+\s?)?(?:bn?|bln|billion|mn?|mln|million|tn|trn|trillion|thousand)?)"
)
# what stands beside a unit and tells no more than that stocks are meant: (year-end, million)
_AT_END = re.compile(
    r"\b(?:year|period|month|quarter)[\s-]end\b|\bend of (?:the )?\w+\b|[年期月季]末", re.IGNORECASE
)
_LETTERS = {"b": "bn", "m": "mn"}  # CNYb
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
                units.append(inside[0])
                hidden.append((bracket.start(1) + inside[1][0], bracket.start(1) + inside[1][1]))
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
        month = _MONTH_OF.fullmatch(text)
        if month:
            found = periods.find("zh", f"{month['year']}年{int(month['month'])}月", self.clock, 0)
            return [(text, time._replace(start=0, end=len(folded))) for time in found[:1]]
        word = _MONTH_WORD.fullmatch(text)
        if word:
            number = MONTHS.index(word["name"]) + 1
            found = periods.find(
                "zh", f"{word['year'] or ''}{'年' * bool(word['year'])}{number}月", self.clock, 0
            )
            return [(text, time._replace(start=0, end=len(folded))) for time in found[:1]]
        if YEAR.fullmatch(text) and not BRACKET.search(text):
            day = text[:4]
            return [(text, Time(0, len(folded), day + JANUARY, day + "-12-31", "period", "year"))]
        bare = re.match(r"(?:19|20)\d\d(?=\s?[(（])", text) if self.language == "zh" else None
        if bare:
            return [(bare[0], Time(0, 4, bare[0] + JANUARY, bare[0] + "-12-31", "period", "year"))]
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
        found = [self.unit(part, noun=False) for part in _SPLIT.split(text) if part.strip()]
        known = [unit for unit in found if unit]
        rest = [
            part
            for part, unit in zip((p for p in _SPLIT.split(text) if p.strip()), found, strict=True)
            if not unit
        ]
        return known if all(GROWN.search(part) or _AT_END.search(part) for part in rest) else []

    def unit(self, text: str, *, noun: bool = True) -> Unit | None:
        """A unit as written: 亿元, million, 10,000 vehicles, %; or a ``noun`` alone: vehicles."""
        text = fold(text).strip(" .:：*_")
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
        if folded.rstrip().endswith("%"):
            end = len(folded.rstrip())
            return Unit(PERCENT, Decimal(1)), (end - 1, end)
        if folded.lstrip().startswith("%"):
            start = folded.index("%")
            return Unit(PERCENT, Decimal(1)), (start, start + 1)
        comma = max((found.start() for found in _COMMA.finditer(folded)), default=-1)
        unit = self.unit(folded[comma + 1 :], noun=False)
        if unit is None or (comma < 0 and unit.factor == 1 and unit.name in (COUNT, BARE)):
            return None  # 用户 is no unit where it is all of the label
        return unit, (max(comma, 0), len(folded))


def _is_scale(number: Quantity, times: int, noun: bool) -> bool:
    """Whether a number is a unit and its scale, and no time (2023年) or figure ("3 million")."""
    if number.unit == YEARS or (number.unit == PHYSICAL and not noun):
        return False
    return number.value is not None and (number.value / times).normalize().as_tuple().digits == (1,)


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
