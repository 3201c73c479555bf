"""Tables as grids: which rows are their headers, which columns labels, which cells hold values."""

from __future__ import annotations

import re
from collections import deque
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.outline import parts
from miit_cli.reading.lexicon import load_data
from miit_cli.types import CAPTION, HEADING, TABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miit_cli.types import ParsedDocument, SentenceSpan


@cache
def words_of(name: str) -> re.Pattern[str]:
    """What finds the words of ``data/tables.toml`` that have this name."""
    return re.compile("|".join(load_data("tables.toml")[name]), re.IGNORECASE)


def says(name: str, text: str) -> re.Match[str] | None:
    """The first of the words of this name in a text."""
    return words_of(name).search(text)


_SIGN = r"[-−–—－‑+＋↑↓]\s?"
_DIGITS = r"(?:\d{1,3}(?:[,，'’ \xa0\u2009\u202f]\d{3})+|\d+)(?:[.．]\d+)?"
VALUE = re.compile(
    rf"(?P<open>[(（])?\s?(?P<sign>{_SIGN})?(?P<number>{_DIGITS})"
    r"\s?(?P<inner>[%％])?(?P<close>[)）])?"
    r"\s?(?P<mark>[①-⑳*†‡]|[pre](?![a-z]))?\s?(?P<unit>[^\d\s].{0,30})?"
)
# What may stand before the number of a cell: hedges, and the way that it went.
_LEAD = re.compile(
    r"(?:(?:(?:more|less|fewer|higher|lower) than|over|under|above|below|nearly|almost|about|around|some"
    r"|roughly|approximately|approx\.?|ca\.?|at least|up to|close to|up|down|rose|fell|grew|growth|by|of"
    r"|increased|decreased|an? (?:increase|decrease|rise|fall))(?![a-z])|[>≥<≤~≈＞＜±]|同比|比上年|按年|增长"
    r"|下降|上升|增加|减少|降低|大约|约|接近|近|超过|超|突破|达到?|逾|不足|增|降|升|跌)\s?",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"[(（]?\s?(?:{_SIGN})?[$€£¥￥]?{_DIGITS}")
_TO = re.compile(r"\s?(?:[-–—~～至到]|to)\s?(?=\d)")
_MORE = re.compile(  # what may stand behind it: a bracket, another number, a hedge, a mark, nothing
    r"\s?(?:[(（)）[\]【/;；]|[,，、]\s?\D*\d|[多余以左①-⑳*†‡+↑↓]|[pre](?![A-Za-z])|[-−–—]\s?\d|or more\b)"
    r"|\s?\Z"
)
_NEAR = 16  # characters behind a number in which its unit begins
_SCALE = re.compile(
    r"[%％万亿千百元个户辆台家座吨]|(?:(?:hundred|thousand|million|billion|trillion|[mb]n|tn|(?-i:[mb])(?=\Z)"
    r"|percent|per cent|yuan|units?)\b)",
    re.IGNORECASE,
)
YEAR = re.compile(
    r"(?:19|20)\d\d(?:\s?年(?:度|末|底)?)?(?:\s?[AEFaef](?![A-Za-z])|\s?[(（][^()（）]{1,14}[)）])?"
)
MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)\s?[-./年]\s?(?P<month>0?[1-9]|1[0-2])月?")
EXPLICIT = re.compile(r"(?:19|20)\d\d")


class TextCell(NamedTuple):
    """A cell of a table: its text, and where that begins in the document."""

    text: str
    start: int

    @property
    def is_nothing(self) -> bool:
        return words_of("nothing").fullmatch(self.text.strip()) is not None

    @property
    def is_year(self) -> bool:
        return YEAR.fullmatch(self.text.strip()) is not None

    @property
    def is_value(self) -> bool:
        text = self.text.strip()
        return not MONTH.fullmatch(text) and is_figure(text)


def is_figure(text: str) -> bool:
    """Whether a text begins with a number that is all of it, or goes on with a unit, a bracket or another.

    >>> is_figure("over 2.3 million"), is_figure("231万个（+62.2%）"), is_figure("5G users")
    (True, True, False)
    """
    begin = at = 0
    while True:
        while found := _LEAD.match(text, at):
            at = found.end()
        number = _NUMBER.match(text, at)
        if not number:
            return False
        rest = text[number.end() : number.end() + _NEAR].lstrip()
        if at > begin and YEAR.fullmatch(number[0].strip()) and not _SCALE.match(rest):
            return False  # growth over 2022
        further = _TO.match(text, number.end())
        if not further:
            return _SCALE.match(rest) is not None or _MORE.match(text, number.end()) is not None
        begin = at = further.end()
        if YEAR.fullmatch(text, at):
            return False  # 2021-2023


class PrintedRow(NamedTuple):
    """A row of a table, which is a sentence of its document."""

    sentence: SentenceSpan
    cells: list[TextCell]


class PrintedTable(NamedTuple):
    """A table of a document, and what stands above it, the nearest first."""

    rows: list[PrintedRow]
    header: int  # how many rows the format calls its header
    captions: list[str]  # what stands right above it, the nearest first
    headings: list[str]  # those of its section and of the document
    announced: str = ""  # the sentence right before it, where that is no caption


def tables_of(document: ParsedDocument) -> dict[int, PrintedTable]:
    """The tables of a document by the number of their first sentence."""
    found: dict[int, PrintedTable] = {}
    sentences = deque(document.sentences)
    captions: list[str] = []
    headings: list[str] = []
    before = ""
    for part in parts(document.text, document.outline):
        rows: list[PrintedRow] = []
        while sentences and sentences[0].start < part.end:
            sentence = sentences.popleft()
            if part.kind == TABLE:
                rows.append(PrintedRow(sentence, _cells_of(document.text, sentence)))
                continue
            before = document.text[sentence.start : sentence.end]
            if sentence.kind == HEADING:
                headings.append(before)
        if rows:
            above = [*headings[:-4:-1], *filter(None, [document.title])]
            found[rows[0].sentence.number] = PrintedTable(rows, part.header, captions[::-1], above, before)
        text = document.text[part.start : part.end]
        captions = [*captions, *text.split("\n")] if part.kind == CAPTION else []
    return found


def _cells_of(text: str, sentence: SentenceSpan) -> list[TextCell]:
    """The cells of a row: ``| a | b |``."""
    cells: list[TextCell] = []
    start = sentence.start + 2
    for cell in text[start : sentence.end - 2].split(" | "):
        cells.append(TextCell(cell, start))
        start += len(cell) + 3
    return cells


def quoted(table: PrintedTable, row: str) -> str:
    """A row with the header that says what it holds, as one line."""
    header = [
        f"| {' | '.join(cell.text for cell in each.cells)} |" for each in table.rows[: max(table.header, 1)]
    ]
    return row if row in header else " ".join([*header, row])


def bands(table: PrintedTable) -> list[PrintedTable]:
    """A table as those that stand side by side in it, each with its own labels; most are one.

    Indicator | Value | Indicator | Value is two: the header of the labels comes again.
    """
    width = max((len(row.cells) for row in table.rows), default=0)
    header = [cell.text.strip() for cell in table.rows[0].cells] if table.rows else []
    starts = [0, *(n for n in range(2, len(header)) if header[n] == header[0] and _has_labels(table, n))]
    if len(starts) == 1 or not _has_labels(table, 0):
        return [table]
    return [
        table._replace(rows=[row._replace(cells=row.cells[start:end]) for row in table.rows])
        for start, end in zip(starts, [*starts[1:], width], strict=True)
    ]


def _has_labels(table: PrintedTable, column: int) -> bool:
    """Whether a column holds words below its header, and no figure."""
    cells = _column(table.rows[max(table.header, 1) :], column)
    told = [cell for cell in cells if cell.text.strip() and not cell.is_nothing]
    return bool(told) and not any(cell.is_value or cell.is_year for cell in told)


def _column(rows: Sequence[PrintedRow], column: int) -> list[TextCell]:
    """The cells of a column, in the rows that have it."""
    return [row.cells[column] for row in rows if column < len(row.cells)]


class Grid:
    """The shape of a table: which rows and columns are labels, which hold values."""

    def __init__(self, table: PrintedTable) -> None:
        self.rows = table.rows
        self.header = self._header_rows(table.header)
        self.body = self.rows[self.header :]
        self._columns = range(max((len(row.cells) for row in table.rows), default=0))
        self._units, self._aside = self._headed("unit-head"), self._headed("aside-head")
        numbering = [row.cells[0].text.strip(" .、") for row in self.body if row.cells]
        if len(numbering) > 1 and numbering == [str(n) for n in range(1, len(numbering) + 1)]:
            self._aside.add(0)
        self._labels = self._label_columns()
        self._apart = self._labels | self._aside | self._units
        texts = [cell.text for row in self.rows[: self.header] for cell in row.cells]
        texts += [cell.text for column in self._labels for cell in _column(self.rows, column)]
        self.years = {found[0] for text in texts for found in [EXPLICIT.search(text)] if found}
        self.has_months = any(says("months", text) for text in texts)

    def _header_rows(self, known: int) -> int:
        """The rows at the top without a value; a year is none."""
        count = 0
        for row in self.rows:
            body = row.cells[1:] if len(row.cells) > 1 else row.cells
            valued = any(cell.is_value and not cell.is_year for cell in body)
            told = any(cell.text and not cell.is_nothing for cell in body)
            of_year = any(cell.is_year for cell in row.cells[:1])
            if valued or (count >= known and not told) or (count >= max(known, 1) and of_year):
                break
            count += 1
        return min(max(count, known), max(len(self.rows) - 1, 0))

    def _headed(self, name: str) -> set[int]:
        """The columns with a header of this name."""
        heads = {n: _column(self.rows[: self.header], n) for n in self._columns}
        is_named = words_of(name).fullmatch
        return {n for n, cells in heads.items() if any(is_named(cell.text.strip()) for cell in cells)}

    def _label_columns(self) -> set[int]:
        """The columns on the left that hold no values; years down the first one are labels."""
        found: set[int] = set()
        for column in self._columns:
            if column in self._aside or column in self._units:
                continue
            texts = [cell for cell in _column(self.body, column) if cell.text and not cell.is_nothing]
            years = bool(texts) and all(cell.is_year for cell in texts)
            valued = sum(cell.is_value for cell in texts)
            few = valued * 2 < len(texts) if column == 0 else not valued  # a label may begin with a number
            if not few and not (years and column == 0 and len(self._columns) > 1):
                break
            found.add(column)
        return found

    @cached_property
    def grouped(self) -> bool:
        """Whether a row without its first label has that of the row above: not if the first has none."""
        first = min(self._labels, default=-1)
        top = next((row for row in self.body if self.values(row)), None)
        return first < 0 or top is None or bool(top.cells[first].text.strip())

    def labels(self, row: PrintedRow) -> list[str]:
        """What the cells of a row say that are labels."""
        return [cell.text for n, cell in enumerate(row.cells) if n in self._labels and cell.text]

    def units(self, row: PrintedRow) -> list[str]:
        """What its cells in the columns of units say."""
        return [cell.text for n, cell in enumerate(row.cells) if n in self._units and cell.text]

    def values(self, row: PrintedRow) -> list[tuple[int, TextCell]]:
        """Its cells that hold figures, with their columns."""
        return [
            (n, cell)
            for n, cell in enumerate(row.cells)
            if n not in self._apart and re.search(r"\d", cell.text) and not cell.is_nothing
        ]

    def is_value(self, column: int) -> bool:
        """Whether a column holds figures."""
        return column >= 0 and column not in self._apart

    @property
    def corner(self) -> list[str]:
        """What the header says above the labels."""
        return [text for column in sorted(self._labels) for text in self.heads(column)]

    def heads(self, column: int) -> list[str]:
        """The headers of a column, the nearest first; an empty one goes on from its left."""
        found: list[str] = []
        for number, row in reversed([*enumerate(self.rows[: self.header])]):
            text = "".join(cell.text for cell in _column([row], column))
            left = column
            while not text and number < self.header - 1 and self.is_value(left - 1):
                left -= 1
                text = "".join(cell.text for cell in _column([row], left))
            if text and text not in found:
                found.append(text)
        return found
