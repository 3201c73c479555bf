"""Blocks out of what formats share: tables as grids of cells, and what stands above and below them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.formats.characters import collapsed, width
from miit_cli.outline import TextBlock
from miit_cli.types import CAPTION, HEADING, NOTE, PARAGRAPH, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
_NAME, _VALUE = "n", "v"  # what a line of one cell is
_STACKED_ROW = re.compile(f"{_NAME}{_VALUE}+")
_OFF_MIDDLE = 0.15  # of the width of a group of columns: how far from its middle a header of it may stand
_ABBREVIATION = 8  # columns: what ends in a point and is no longer is "No." or "approx."
_DATED = re.compile(r"(?:19|20)\d\d年.*[\u4e00-\u9fff]{4}|\b(?:19|20)\d\d\b.*[A-Za-z]{4}")
_SHORTEST_PASSAGE = 40  # columns of a sentence in a cell
_TITLE = re.compile(r"(?:table|表)\s?\d{0,3}", re.IGNORECASE)


class Cell(NamedTuple):
    """A cell of a table: its blocks, and how many columns and rows it spans."""

    blocks: list[TextBlock]
    columns: int = 1
    rows: int = 1
    header: bool = False
    continues: bool = False  # the cell above it

    @property
    def text(self) -> str:
        return " ".join(block.text.replace("\n", " ") for block in self.blocks).strip()


class _CellRow(NamedTuple):
    cells: list[Cell]
    header: bool = False


class _OpenTable(NamedTuple):
    rows: list[_CellRow]
    open_cells: list[Cell]  # those that have begun and not ended


class Blocks:
    """Collects blocks in order; a table becomes one, unless it only lays out the page."""

    def __init__(self) -> None:
        self.blocks: list[TextBlock] = []
        self._tables: list[_OpenTable] = []

    def put(self, block: TextBlock) -> None:
        self._place().append(block)

    def _place(self) -> list[TextBlock]:
        for table in reversed(self._tables):
            if table.open_cells:
                return table.open_cells[-1].blocks
        return self.blocks

    def begin_table(self) -> None:
        self._tables.append(_OpenTable([], []))

    def end_table(self) -> None:
        if self._tables:
            table = self._tables.pop()
            place = self._place()
            place += _settled_table(table.rows)

    def begin_row(self, *, header: bool = False) -> None:
        if not self._tables:
            self.begin_table()  # rows without their table
        self._tables[-1].rows.append(_CellRow([], header))

    def begin_cell(
        self, columns: int = 1, rows: int = 1, *, header: bool = False, continues: bool = False
    ) -> None:
        if not self._tables or not self._tables[-1].rows:
            self.begin_row()
        columns, rows = (max(1, min(span, _MOST_SPANNED)) for span in (columns, rows))
        self._tables[-1].open_cells.append(Cell([], columns, rows, header, continues))

    def end_cell(self) -> None:
        if self._tables and self._tables[-1].open_cells:
            table = self._tables[-1]
            cell = table.open_cells.pop()
            table.rows[-1].cells.append(cell)

    def end(self) -> list[TextBlock]:
        """All blocks, those of a table that was never closed with them."""
        while self._tables:
            while self._tables[-1].open_cells:
                self.end_cell()
            self.end_table()
        return labelled(self.blocks)


def _settled_table(rows: list[_CellRow]) -> list[TextBlock]:
    """The blocks of a table: one for the rows that hold values, paragraphs for what is laid out."""
    blocks: list[TextBlock] = []
    grid: list[_CellRow] = []

    def close() -> None:
        blocks.extend(table_of(grid))
        grid.clear()

    for row in rows:
        if any(map(_is_passage, row.cells)):
            close()
            blocks.extend(block for cell in row.cells for block in cell.blocks)
        else:
            grid.append(row)
    close()
    return blocks


def _is_passage(cell: Cell) -> bool:
    """Whether a cell holds paragraphs or a table of its own, and not a value or a label."""
    return (
        any(block.kind == TABLE for block in cell.blocks)
        or (len(cell.blocks) > 1 and any(block.text.endswith(_SENTENCE_ENDS) for block in cell.blocks))
        or is_passage(cell.text)
    )


def is_passage(text: str) -> bool:
    """Whether a cell holds sentences."""
    return width(text) > _SHORTEST_PASSAGE and text.endswith(_SENTENCE_ENDS)


def table_of(rows: list[_CellRow]) -> list[TextBlock]:
    """The block of a table, and what it has above and below itself in rows of one cell."""
    full = [n for n, (cells, _) in enumerate(rows) if sum(bool(cell.text) for cell in cells) > 1]
    if not full:
        return [block for cells, _ in rows for cell in cells for block in cell.blocks]
    before, after = rows[: full[0]], rows[full[-1] + 1 :]
    inside = rows[full[0] : full[-1] + 1]
    # a row of one cell at the end is a note where it reads as one
    notes = next((n for n, (cells, _) in enumerate(after) if _is_note(cells)), len(after))
    inside, after = inside + after[:notes], after[notes:]
    header = next((n for n, (cells, head) in enumerate(inside) if not _is_header(cells, head)), len(inside))
    header = 0 if header == len(inside) else header
    lines = [row_text(texts) for texts in _grid([cells for cells, _ in inside], header) if any(texts)]
    return [
        *(TextBlock(CAPTION, text) for cells, _ in before if (text := _text(cells))),
        TextBlock(TABLE, "\n".join(lines), header=header),
        *(TextBlock(NOTE, text) for cells, _ in after if (text := _text(cells))),
    ]


def _is_note(cells: list[Cell]) -> bool:
    text = _text(cells)
    return bool(_NOTE.match(text)) or width(text) > _SECTION or text.endswith(_SENTENCE_ENDS)


def _is_header(cells: list[Cell], head: bool) -> bool:
    return head or (bool(cells) and all(cell.header for cell in cells))


def _text(cells: list[Cell]) -> str:
    return " ".join(filter(None, (cell.text for cell in cells)))


def _grid(rows: list[list[Cell]], header: int) -> list[list[str]]:
    """The texts of a table by row and column. What a label spans, it is said of: in each of them."""
    hanging: dict[int, tuple[str, int]] = {}  # by column: what spans the next rows, and how many
    grid: list[list[str]] = []
    for number, cells in enumerate(rows):
        texts: list[str] = []
        waiting = list(cells)
        alone = sum(bool(cell.text) for cell in cells) == 1
        while (waiting or len(texts) in hanging) and len(texts) < _MOST_COLUMNS:
            place = len(texts)
            if place in hanging:
                text, left = hanging.pop(place)
                if left > 1:
                    hanging[place] = (text, left - 1)
                texts.append(text)
                continue
            cell = waiting.pop(0)
            text = cell.text.replace(" | ", " ¦ ")
            if cell.continues and grid and place < len(grid[-1]) and not text:
                text = grid[-1][place]
            label = number < header or place == 0 or not _DIGIT.search(text)
            for column in range(cell.columns):
                shown = text if column == 0 or (label and not alone) else ""
                texts.append(shown)
                if cell.continues and not label:
                    texts[-1] = ""
                if cell.rows > 1:
                    hanging[place + column] = (shown if label else "", cell.rows - 1)
        grid.append(texts)
    return grid


def row_text(cells: list[str]) -> str:
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


def drawn(lines: list[str]) -> list[list[str]] | None:
    """The cells of lines that blanks or tabs part into columns; None where they are no table.

    >>> drawn(["Indicator    2021   2022", "Ports               5", "Lines        4      6"])
    [['Indicator', '2021', '2022'], ['Ports', '', '5'], ['Lines', '4', '6']]
    """
    return tabulated([[*_pieces(line)] for line in lines])


def barred(lines: Sequence[str]) -> list[list[str]] | None:
    """The cells of lines that bars part into as many columns each; None where they are no table.

    >>> barred(["Category | Revenue | Y/Y", "Products | 820.1 | 12.5%"])
    [['Category', 'Revenue', 'Y/Y'], ['Products', '820.1', '12.5%']]
    """
    rows = [[cell.strip() for cell in _unframed(line.strip()).split("|")] for line in lines]
    if len(rows) < 2 or {len(row) for row in rows} != {len(rows[0])} or len(rows[0]) < 2:
        return None
    return rows if _is_valued(rows) else None


def _is_valued(rows: Sequence[Sequence[str]]) -> bool:
    """Whether half of the rows below the first one have a digit behind their label."""
    valued = sum(any(map(_DIGIT.search, row[1:])) for row in rows[1:])
    return valued * 2 >= len(rows) - 1


def _unframed(line: str) -> str:
    """A line without the bars around it; one on one side alone parts an empty cell."""
    framed = len(line) > 1 and line.startswith("|") and line.endswith("|")
    return line[1:-1] if framed else line


class Stack(NamedTuple):
    """A table whose cells stand below one another: ``lines[first:end]`` and its rows, the header first."""

    first: int
    end: int
    rows: list[list[str]]


def stacked(lines: Sequence[str]) -> Stack | None:
    """The first table among lines of one cell each: a header of texts, then rows of a text and its values.

    >>> stacked(["By kind (CNYb)", "Kind", "Revenue", "Products", "820.1", "Services", "1,390.8"]).rows
    [['Kind', 'Revenue'], ['Products', '820.1'], ['Services', '1,390.8']]
    """
    kinds = "".join(map(_kind, lines))
    for row in _STACKED_ROW.finditer(kinds):
        first, size = row.start(), len(row[0])
        end = first
        while kinds.startswith(row[0], end):
            end += size
        head = first - size
        if end - first >= 2 * size and head >= 0 and kinds.startswith(_NAME * size, head):
            cells = [line.strip() for line in lines[head:end]]
            return Stack(head, end, [cells[n : n + size] for n in range(0, len(cells), size)])
    return None


def _kind(line: str) -> str:
    if _PLAIN_VALUE.fullmatch(line.strip()):
        return _VALUE
    return _NAME if width(line) <= _LONGEST_CELL else " "


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
    header = next(
        (n for n, row in enumerate(rows) if any(_PLAIN_VALUE.fullmatch(p.text) for p in row[1:])), 0
    )
    return [
        _aligned(_spread(row, columns) if number < header else row, columns)
        for number, row in enumerate(rows)
    ]


def _spread(row: Sequence[TablePiece], columns: Sequence[TablePiece]) -> list[TablePiece]:
    """A row of a header whose pieces stand each over the middle of as many columns: as wide as these."""
    over = [piece for piece in row if piece.start >= columns[0].end]
    groups: dict[int, list[TablePiece]] = {n: [] for n in range(len(over))}
    for column in columns[1:] if over else ():
        nearest = min(groups, key=lambda n: abs(_middle(over[n]) - _middle(column)))
        groups[nearest].append(column)
    sizes = {len(group) for group in groups.values()}
    if len(sizes) != 1 or sizes == {1} or sizes == {0}:
        return list(row)
    wide = [TablePiece(one.text, groups[n][0].start, groups[n][-1].end) for n, one in enumerate(over)]
    if any(
        abs(_middle(one) - _middle(whole)) > (whole.end - whole.start) * _OFF_MIDDLE
        for one, whole in zip(over, wide, strict=True)
    ):
        return list(row)
    return [*(piece for piece in row if piece.start < columns[0].end), *wide]


def _middle(piece: TablePiece) -> float:
    return (piece.start + piece.end) / 2


def _joined_columns(rows: Sequence[Sequence[TablePiece]], columns: list[TablePiece]) -> list[TablePiece]:
    """The columns, those put together of which no row has both: a header to the right of its values."""
    place = 0
    while place < len(columns) - 1:
        one, two = columns[place : place + 2]
        both = any(
            any(_overlap(piece, one) > 0 for piece in row) and any(_overlap(piece, two) > 0 for piece in row)
            for row in rows
        )
        if both:
            place += 1
        else:
            columns = [*columns[:place], TablePiece("", one.start, two.end), *columns[place + 2 :]]
    return columns


def columns_of(pieces: Sequence[TablePiece]) -> list[TablePiece]:
    """The columns that pieces make, the narrow ones first; one that lies over several makes none."""
    columns: list[TablePiece] = []
    for piece in sorted(pieces, key=lambda piece: (piece.end - piece.start, piece.start)):
        under = [column for column in columns if _overlap(piece, column) > 0]
        if len(under) < 2:
            columns = [column for column in columns if column not in under]
            wider = [piece, *under]
            columns.append(TablePiece("", min(one.start for one in wider), max(one.end for one in wider)))
    return sorted(columns, key=lambda column: column.start)


def _overlap(one: TablePiece, other: TablePiece) -> float:
    return min(one.end, other.end) - max(one.start, other.start)


def _is_sentence(cell: str) -> bool:
    return width(cell) > _ABBREVIATION and cell.endswith(("。", ".", "；"))


def _pieces(line: str) -> Iterator[TablePiece]:
    column = at = 0
    for gap in [*_GAP.finditer(line), None]:
        text = line[at : gap.start() if gap else len(line)]
        if text.strip():
            yield TablePiece(collapsed(text), column, column + width(text))
        column += width(text) + (width(gap[0].expandtabs(8)) if gap else 0)
        at = gap.end() if gap else len(line)


def _aligned(row: Sequence[TablePiece], columns: Sequence[TablePiece]) -> list[str]:
    """The cells of a row: each piece in the columns that it lies over, else in the nearest one."""
    cells = [""] * len(columns)
    for piece in row:
        under = [n for n, column in enumerate(columns) if _overlap(piece, column) > 0]
        if len(under) > 1 and (len(row) == 1 or _PLAIN_VALUE.fullmatch(piece.text)):
            under = under[:1]  # the heading of a section, or a value
        for place in under or [_nearest(piece, columns)]:
            cells[place] = f"{cells[place]} {piece.text}".strip()
    return cells


def _nearest(piece: TablePiece, columns: Sequence[TablePiece]) -> int:
    return max(range(len(columns)), key=lambda n: _overlap(piece, columns[n]))


# what stands around a table


def labelled(blocks: list[TextBlock]) -> list[TextBlock]:
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
    if block.kind == CAPTION:
        return True
    if block.kind != PARAGRAPH:
        return False
    if _UNIT.search(block.text) or _TITLE.match(block.text):
        return width(block.text) <= _LONGEST_CAPTION
    lines = block.text.split("\n")
    return all(
        width(line) <= _LONGEST_CAPTION and not line.endswith((*_SENTENCE_ENDS, ":", "：")) for line in lines
    )
