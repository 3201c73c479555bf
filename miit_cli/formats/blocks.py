"""Blocks out of what formats share: tables as grids of cells, and what stands above and below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from miit_cli.formats.characters import collapsed, width
from miit_cli.outline import TextBlock
from miit_cli.types import CAPTION, HEADING, NOTE, PARAGRAPH, TABLE

_SENTENCE_ENDS = ("。", "！", "？", "；", ".", "!", "?", ";")
_MOST_COLUMNS = 200
_MOST_SPANNED = 100
_LONGEST_CAPTION = 160  # columns
_SECTION = 80  # columns of a row of one cell that heads the rows below it
_UNIT = re.compile(r"(?:计量)?单位\s?[:：]|\bunits?\s?[:：]|^[(（][^()（）]{1,30}[)）]$", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:注|备注|说明|附注|数据?来源|资料来源)\s?\d{0,2}[:：.、]|(?:notes?|sources?|remarks?)\b\s?\d{0,2}\s?[:：.]|[*†‡§①-⑩]",
    re.IGNORECASE,
)
_GAP = re.compile(r"\t+|[ \u3000\xa0]{2,}")
_DIGIT = re.compile(r"\d")
_LONGEST_CELL = 60  # columns of a cell of a table that is drawn with blanks
_PLAIN_VALUE = re.compile(r"(?!(?:19|20)\d\d$)[(（]?[-−–+]?\d[\d.,]*%?[)）]?")
_OFF_MIDDLE = 0.15  # of the width of a group of columns: how far from its middle a header of it may stand
_ABBREVIATION = 8  # columns: what ends in a point and is no longer is "No." or "approx."
_DATED = re.compile(r"(?:19|20)\d\d年.*[\u4e00-\u9fff]{4}|\b(?:19|20)\d\d\b.*[A-Za-z]{4}")
_SHORTEST_PASSAGE = 40  # columns of a sentence in a cell
_TITLE = re.compile(r"(?:table|表)\s?\d{0,3}", re.IGNORECASE)


class Cell(NamedTuple):
    """A cell of a table: its blocks, and how many columns and rows it spans."""

    blocks: list[TextBlock]
    columns: int
    rows: int
    header: bool
    continues: bool  # the cell above it

    @property
    def text(self) -> str:
        return " ".join(block.text.replace("\n", " ") for block in self.blocks).strip()


class _OpenTable(NamedTuple):
    rows: list[list[Cell]]
    open_cells: list[Cell]  # those that have begun and not ended


class Blocks:
    """Collects blocks in order; a table becomes one, unless it only lays out the page."""

    def __init__(self) -> None:
        self.blocks: list[TextBlock] = []
        self._tables: list[_OpenTable] = []

    def put(self, *blocks: TextBlock) -> None:
        """Add blocks to the cell that is open, else to the text."""
        open_cells = next((table.open_cells for table in reversed(self._tables) if table.open_cells), None)
        (open_cells[-1].blocks if open_cells else self.blocks).extend(blocks)

    def begin_table(self) -> None:
        self._tables.append(_OpenTable([], []))

    def end_table(self) -> None:
        if self._tables:
            rows = self._tables.pop().rows
            # one block for the rows that hold values, paragraphs for what is laid out
            for laid_out, grouped in groupby(rows, lambda row: any(map(_is_laid_out, row))):
                run = list(grouped)
                self.put(*(_blocks_in(run) if laid_out else _table(run)))

    def begin_row(self) -> None:
        if not self._tables:
            self.begin_table()  # rows without their table
        self._tables[-1].rows.append([])

    def begin_cell(
        self, columns: int = 1, rows: int = 1, *, header: bool = False, continues: bool = False
    ) -> None:
        if not self._tables or not self._tables[-1].rows:
            self.begin_row()
        columns, rows = (max(1, min(span, _MOST_SPANNED)) for span in (columns, rows))
        self._tables[-1].open_cells.append(Cell([], columns, rows, header, continues))

    def end_cell(self) -> None:
        if self._tables and self._tables[-1].open_cells:
            self._tables[-1].rows[-1].append(self._tables[-1].open_cells.pop())

    def end(self) -> list[TextBlock]:
        """All blocks, those of a table that was never closed with them."""
        while self._tables:
            while self._tables[-1].open_cells:
                self.end_cell()
            self.end_table()
        return labelled(self.blocks)


def _blocks_in(rows: Iterable[list[Cell]]) -> list[TextBlock]:
    return [block for cells in rows for cell in cells for block in cell.blocks]


def _is_laid_out(cell: Cell) -> bool:
    """Whether a cell holds paragraphs or a table of its own, and not a value or a label."""
    return (
        any(block.kind == TABLE for block in cell.blocks)
        or (len(cell.blocks) > 1 and any(block.text.endswith(_SENTENCE_ENDS) for block in cell.blocks))
        or is_passage(cell.text)
    )


def is_passage(text: str) -> bool:
    """Whether a cell holds sentences."""
    return width(text) > _SHORTEST_PASSAGE and text.endswith(_SENTENCE_ENDS)


def _table(rows: list[list[Cell]]) -> list[TextBlock]:
    """The block of a table, and what it has above and below itself in rows of one cell."""
    full = [n for n, cells in enumerate(rows) if sum(bool(cell.text) for cell in cells) > 1]
    if not full:
        return _blocks_in(rows)
    first, end = full[0], full[-1] + 1
    while end < len(rows) and not _is_note(_text(rows[end])):
        end += 1
    inside = rows[first:end]
    body = (n for n, cells in enumerate(inside) if not cells or not all(cell.header for cell in cells))
    header = next(body, 0)
    lines = [row_text(texts) for texts in _grid(inside, header) if any(texts)]
    return [
        *(TextBlock(CAPTION, text) for text in map(_text, rows[:first]) if text),
        TextBlock(TABLE, "\n".join(lines), header=header),
        *(TextBlock(NOTE, text) for text in map(_text, rows[end:]) if text),
    ]


def _is_note(text: str) -> bool:
    """Whether a row of one cell at the end of a table reads as a note."""
    return bool(_NOTE.match(text)) or width(text) > _SECTION or text.endswith(_SENTENCE_ENDS)


def _text(cells: list[Cell]) -> str:
    return " ".join(filter(None, (cell.text for cell in cells)))


def _grid(rows: list[list[Cell]], header: int) -> list[list[str]]:
    """The texts of a table by row and column. What a label spans, it is said of: in each of them."""
    hanging: dict[int, tuple[str, int]] = {}  # by column: what spans the next rows, and how many
    grid: list[list[str]] = []
    for number, cells in enumerate(rows):
        texts: list[str] = []
        waiting = list(reversed(cells))
        alone = sum(bool(cell.text) for cell in cells) == 1
        while (waiting or len(texts) in hanging) and len(texts) < _MOST_COLUMNS:
            place = len(texts)
            if place in hanging:
                text, left = hanging.pop(place)
                if left > 1:
                    hanging[place] = (text, left - 1)
                texts.append(text)
                continue
            cell = waiting.pop()
            text = cell.text.replace(" | ", " ¦ ")
            if cell.continues and not text and grid and place < len(grid[-1]):
                text = grid[-1][place]
            label = number < header or place == 0 or not _DIGIT.search(text)
            for column in range(cell.columns):
                shown = text if column == 0 or (label and not alone) else ""
                texts.append("" if cell.continues and not label else shown)
                if cell.rows > 1:
                    hanging[place + column] = (shown if label else "", cell.rows - 1)
        grid.append(texts)
    return grid


def row_text(cells: Sequence[str]) -> str:
    """A row of a table as a line of text.

    >>> row_text(["Ports", "", "5"])
    '| Ports |  | 5 |'
    """
    return f"| {' | '.join(cells)} |"


# tables that are drawn with blanks


class TablePiece(NamedTuple):
    """A piece of a line, and where it begins and ends in columns of the screen or in points."""

    text: str
    start: float
    end: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2

    def overlap(self, other: TablePiece) -> float:
        """How far both reach over the same columns; below zero how far they are apart."""
        return min(self.end, other.end) - max(self.start, other.start)


def drawn(lines: Sequence[str]) -> list[list[str]] | None:
    """The cells of lines that blanks or tabs part into columns; None where they are no table.

    >>> drawn(["Indicator    2021   2022", "Ports               5", "Lines        4      6"])
    [['Indicator', '2021', '2022'], ['Ports', '', '5'], ['Lines', '4', '6']]
    """
    return tabulated([[*_pieces(line)] for line in lines])


def _pieces(line: str) -> Iterator[TablePiece]:
    column = at = 0
    for gap in [*_GAP.finditer(line), None]:
        text = line[at : gap.start() if gap else len(line)]
        if text.strip():
            yield TablePiece(collapsed(text), column, column + width(text))
        column += width(text) + (width(gap[0].expandtabs(8)) if gap else 0)
        at = gap.end() if gap else len(line)


def barred(lines: Sequence[str]) -> list[list[str]] | None:
    """The cells of lines that bars part into as many columns each; None where they are no table.

    >>> barred(["Category | Revenue | Y/Y", "Products | 820.1 | 12.5%"])
    [['Category', 'Revenue', 'Y/Y'], ['Products', '820.1', '12.5%']]
    """
    rows = []
    for line in map(str.strip, lines):
        framed = len(line) > 1 and line.startswith("|") and line.endswith("|")
        # a bar on one side alone parts an empty cell
        rows.append([cell.strip() for cell in (line[1:-1] if framed else line).split("|")])
    if len(rows) < 2 or {len(row) for row in rows} != {len(rows[0])} or len(rows[0]) < 2:
        return None
    return rows if _is_valued(rows) else None


def _is_valued(rows: Sequence[Sequence[str]]) -> bool:
    """Whether half of the rows below the first one have a digit behind their label."""
    valued = sum(any(map(_DIGIT.search, row[1:])) for row in rows[1:])
    return valued * 2 >= len(rows) - 1


def stacked(lines: Sequence[str]) -> tuple[int, int, list[list[str]]] | None:
    """The first table among lines of one cell each: a header of texts, then rows of a text and its values.

    Returns where it begins and ends among the lines, and its rows, the header first.

    >>> stacked(["By kind (CNYb)", "Kind", "Revenue", "Products", "820.1", "Services", "1,390.8"])
    (1, 7, [['Kind', 'Revenue'], ['Products', '820.1'], ['Services', '1,390.8']])
    """
    kinds = "".join(
        "v" if _PLAIN_VALUE.fullmatch(line.strip()) else "n" if width(line) <= _LONGEST_CELL else " "
        for line in lines
    )  # a letter a line: of a value, of a name
    for row in re.finditer("nv+", kinds):
        size, end = len(row[0]), row.end()
        head = row.start() - size
        while kinds.startswith(row[0], end):
            end += size
        if end - row.start() >= 2 * size and head >= 0 and kinds.startswith("n" * size, head):
            cells = [line.strip() for line in lines[head:end]]
            return head, end, [cells[n : n + size] for n in range(0, len(cells), size)]
    return None


def tabulated(rows: Sequence[list[TablePiece]]) -> list[list[str]] | None:
    """The cells of rows of pieces by the column under which each stands; None where they are no table."""
    pieces = [piece for row in rows for piece in row]
    if len(rows) < 2 or sum(len(row) > 1 for row in rows) * 2 < len(rows):
        return None
    if any(width(piece.text) > _LONGEST_CELL or _is_sentence(piece.text) for piece in pieces):
        return None
    if not _is_valued([[piece.text for piece in row] for row in rows]):
        return None
    columns = _joined_columns(rows, columns_of(pieces))
    if len(columns) < 2:
        return None
    valued = (n for n, row in enumerate(rows) if any(_PLAIN_VALUE.fullmatch(p.text) for p in row[1:]))
    header = next(valued, 0)
    return [_aligned(_spread(row, columns) if n < header else row, columns) for n, row in enumerate(rows)]


def _is_sentence(cell: str) -> bool:
    return width(cell) > _ABBREVIATION and cell.endswith(("。", ".", "；"))


def columns_of(pieces: Sequence[TablePiece]) -> list[TablePiece]:
    """The columns that pieces make, the narrow ones first; one that lies over several makes none."""
    columns: list[TablePiece] = []
    for piece in sorted(pieces, key=lambda piece: (piece.end - piece.start, piece.start)):
        under = [column for column in columns if piece.overlap(column) > 0]
        if len(under) < 2:
            columns = [column for column in columns if column not in under]
            wider = [piece, *under]
            columns.append(TablePiece("", min(one.start for one in wider), max(one.end for one in wider)))
    return sorted(columns, key=lambda column: column.start)


def _joined_columns(rows: Sequence[Sequence[TablePiece]], columns: list[TablePiece]) -> list[TablePiece]:
    """The columns, those put together of which no row has both: a header to the right of its values."""
    place = 0
    while place < len(columns) - 1:
        pair = columns[place : place + 2]
        if any(all(any(piece.overlap(column) > 0 for piece in row) for column in pair) for row in rows):
            place += 1
        else:
            columns = [*columns[:place], TablePiece("", pair[0].start, pair[1].end), *columns[place + 2 :]]
    return columns


def _spread(row: list[TablePiece], columns: Sequence[TablePiece]) -> list[TablePiece]:
    """A row of a header whose pieces stand each over the middle of as many columns: as wide as these."""
    over = [piece for piece in row if piece.start >= columns[0].end]
    groups: list[list[TablePiece]] = [[] for _ in over]
    for column in columns[1:] if over else ():
        nearest = min(range(len(over)), key=lambda n: abs(over[n].middle - column.middle))
        groups[nearest].append(column)
    sizes = {len(group) for group in groups}
    if len(sizes) != 1 or sizes == {1} or sizes == {0}:
        return row
    wide = []
    for piece, group in zip(over, groups, strict=True):
        whole = TablePiece(piece.text, group[0].start, group[-1].end)
        if abs(piece.middle - whole.middle) > (whole.end - whole.start) * _OFF_MIDDLE:
            return row
        wide.append(whole)
    return [*(piece for piece in row if piece.start < columns[0].end), *wide]


def _aligned(row: Sequence[TablePiece], columns: Sequence[TablePiece]) -> list[str]:
    """The cells of a row: each piece in the columns that it lies over, else in the nearest one."""
    cells = [""] * len(columns)
    for piece in row:
        overlaps = [piece.overlap(column) for column in columns]
        under = [n for n, overlap in enumerate(overlaps) if overlap > 0]
        if len(under) > 1 and (len(row) == 1 or _PLAIN_VALUE.fullmatch(piece.text)):
            under = under[:1]  # the heading of a section, or a value
        for place in under or [overlaps.index(max(overlaps))]:
            cells[place] = f"{cells[place]} {piece.text}".strip()
    return cells


# what stands around a table


def labelled(blocks: Iterable[TextBlock]) -> list[TextBlock]:
    """The blocks with the captions of tables, their units and notes named as such."""
    blocks = list(blocks)
    for place, block in enumerate(blocks):
        if block.kind != TABLE:
            continue
        for above in range(place - 1, max(place - 3, -1), -1):
            if not _is_caption(blocks[above]):
                break
            blocks[above] = blocks[above]._replace(kind=CAPTION)
            if _TITLE.match(blocks[above].text):
                break
        for below in range(place + 1, len(blocks)):
            if blocks[below].kind not in (PARAGRAPH, HEADING) or not _NOTE.match(blocks[below].text):
                break
            blocks[below] = blocks[below]._replace(kind=NOTE)
    return blocks


def is_title(text: str) -> bool:
    """Whether a line is the title of a table, or tells its unit."""
    text = text[:_LONGEST_CAPTION]
    return bool(_UNIT.search(text) or _TITLE.match(text) or _DATED.search(text))


def _is_caption(block: TextBlock) -> bool:
    """Whether a block above a table says what the table is about, or in which unit."""
    if block.kind != PARAGRAPH:
        return block.kind == CAPTION
    if _UNIT.search(block.text) or _TITLE.match(block.text):
        return width(block.text) <= _LONGEST_CAPTION
    ends = (*_SENTENCE_ENDS, ":", "：")
    return all(width(line) <= _LONGEST_CAPTION and not line.endswith(ends) for line in block.text.split("\n"))
