"""Pages of words in their places, as a PDF has them, to blocks of text.

Words make lines, lines make flows (a column of the page), flows make paragraphs; what stands in columns
of short pieces is a table. What heads or ends each page is left out, and what goes on over the end of a
page is put together.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.formats.blocks import Blocks, TablePiece, columns_of, is_title, labelled, row_text, tabulated
from miit_cli.formats.characters import collapsed, is_tight, raised, seen, width
from miit_cli.formats.lines import begins_anew, ends_sentence, seam
from miit_cli.outline import TextBlock
from miit_cli.types import HEADING, NOTE, PARAGRAPH, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_APART = 1.0  # em between two words that stand in two columns
_LOOSE = 1.4  # of the usual distance of lines: more parts paragraphs
_NEW_SECTION, _NEW_TABLE = 1.25, 2.2  # of the usual distance of rows: more ends a table
_SHORT = 16  # columns of the label of a header
_WRAPPED = 0.8  # of the usual distance of rows: less is a cell that goes on
_INDENT = 1.2  # em
_LARGER, _SMALLER = 1.15, 0.88  # than the text of the page: a heading, a note
_NARROWEST = 22  # columns: a flow without a wider line is no prose, and its lines stay
_SLACK = 1.5  # em that a full line may lack
_GAP = 0.8  # of the size of the text, between what is on every page and the page
_MOST_PIECES = 2
_FURNITURE = 3  # lines at the top and at the bottom of a page that may be on every page
_PAGE_NUMBER = re.compile(
    r"[-–—·•\s]*(?:(?:page|p\.)\s?)?第?\s?\d{1,3}\s?页?(?:\s?(?:of|/|共)\s?\d{1,3}\s?页?)?[-–—·•\s]*",
    re.IGNORECASE,
)
_UNIT_LINE = re.compile(r"[(（]?(?:(?:计量)?单位|units?)\s?[:：]", re.IGNORECASE)
_LEAST_LINES = 4  # of a column
_ASTRAY = 0.2  # of the width of a column: how far from its place in equal columns a gutter may lie
_OF_COLUMN = 0.6  # of its width: what half of the lines of prose take at least


class PlacedWord(NamedTuple):
    """A word of a page, in points from its upper left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


class RuledCell(NamedTuple):
    """A cell between lines that are drawn, in points."""

    left: float
    top: float
    right: float
    bottom: float


class Sheet(NamedTuple):
    """What a page shows: its words, and the cells of each table that has lines."""

    words: list[PlacedWord]
    tables: list[list[RuledCell]]


class _PageLine(PlacedWord):
    """Words on one line with no wide gap between them, as one."""

    __slots__ = ()


def blocks_of(pages: Sequence[Sheet]) -> list[TextBlock]:
    """The blocks of the pages of a document."""
    lines = [_lines(page) for page in pages]
    furniture = _furniture(lines)
    sizes = Counter(round(line.size) for page in lines for line in page for _ in line.text)
    body = float(sizes.most_common(1)[0][0]) if sizes else 0.0
    found: list[TextBlock] = []
    for page, own in zip(pages, lines, strict=True):
        kept = [line for line in own if (line.top, line.left) not in furniture.get(id(own), ())]
        _append(found, _page(page, kept, body))
    for place, (one, two) in enumerate(pairwise(found)):
        if one.kind == HEADING and two.kind == TABLE:
            found[place] = one._replace(kind=PARAGRAPH)  # its caption
    return labelled(found)


# words and lines


def _lines(page: Sheet) -> list[_PageLine]:
    """The lines of a page from top to bottom, tables with drawn lines left out."""
    inside = [_bounds(cells) for cells in page.tables]
    words = [word for word in page.words if not any(_is_in(word, box) for box in inside)]
    return [line for row in _rows(words) for line in _pieces(row)]


def _bounds(cells: Sequence[RuledCell]) -> RuledCell:
    return RuledCell(
        min(cell.left for cell in cells),
        min(cell.top for cell in cells),
        max(cell.right for cell in cells),
        max(cell.bottom for cell in cells),
    )


def _is_in(word: PlacedWord, box: RuledCell) -> bool:
    across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box.left <= across <= box.right and box.top <= down <= box.bottom


def _rows(words: Sequence[PlacedWord]) -> list[list[PlacedWord]]:
    """Words by the line on which they stand, raised marks with it."""
    rows: list[list[PlacedWord]] = []
    for word in sorted(words, key=lambda word: (word.bottom, word.left)):
        for row in reversed(rows[-3:]):
            least = min(word.bottom - word.top, row[0].bottom - row[0].top)
            overlap = min(word.bottom, row[0].bottom) - max(word.top, row[0].top)
            if overlap > least * 0.5:
                row.append(word)
                break
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.left) for row in rows]


def _pieces(row: Sequence[PlacedWord]) -> Iterator[_PageLine]:
    """The words of a line, parted where the gap is wide."""
    largest = max(word.size for word in row)
    run: list[PlacedWord] = []
    for word in row:
        if run and word.left - run[-1].right > max(word.size, run[-1].size) * _APART:
            yield _line(run, largest)
            run = []
        run.append(word)
    yield _line(run, largest)


def _line(run: Sequence[PlacedWord], largest: float) -> _PageLine:
    text = ""
    for place, word in enumerate(run):
        gap = word.left - run[place - 1].right if place else 0.0
        if word.size < largest * _SMALLER and text and word.bottom < run[0].bottom - word.size * 0.1:
            text += raised(word.text, text)
            continue
        tight = gap < word.size * 0.15 or (gap < word.size * 0.4 and is_tight(text, word.text))
        text += word.text if tight or not text else f" {word.text}"
    top, bottom, size = min(w.top for w in run), max(w.bottom for w in run), max(w.size for w in run)
    return _PageLine(collapsed(seen(text)), run[0].left, run[-1].right, top, bottom, size)


# what stands on every page


def _furniture(pages: Sequence[list[_PageLine]]) -> dict[int, set[tuple[float, float]]]:
    """By page, where the lines stand that head or end it: the same on several, or the number of the page."""
    rows = {id(lines): _by_row(lines) for lines in pages}
    told = Counter(
        key for own in rows.values() for key in {_key(line) for row in _edges(own) for line in row}
    )
    often = max(2, len(pages) // 3)
    return {
        page: {
            (line.top, line.left)
            for row in _edges(own)
            for line in row
            if told[_key(line)] >= often
            or (row in (own[0], own[-1]) and len(row) == 1 and _PAGE_NUMBER.fullmatch(line.text))
        }
        for page, own in rows.items()
    }


def _edges(rows: Sequence[list[_PageLine]]) -> list[list[_PageLine]]:
    """The rows at the top and at the bottom of a page that a gap parts from the rest; no rows of a table."""
    gaps = [two[0].top - one[0].bottom > one[0].size * _GAP for one, two in pairwise(rows)]
    above = next((n + 1 for n in range(min(_FURNITURE, len(gaps))) if gaps[n]), 0)
    below = next((n + 1 for n in range(min(_FURNITURE, len(gaps))) if gaps[-1 - n]), 0)
    edges = [*rows[:above], *rows[max(above, len(rows) - below) :]]
    return [row for row in edges if len(row) <= _MOST_PIECES]


def _key(line: _PageLine) -> tuple[str, int]:
    """The text without its numbers, and how high it stands: a page number grows."""
    return re.sub(r"\d+", "#", line.text), round(line.top / 4)


# a page


def _page(page: Sheet, lines: list[_PageLine], body: float) -> list[TextBlock]:
    """The blocks of a page in the order in which they are read."""
    marks = [(_bounds(cells).top, cells) for cells in page.tables]
    found: list[TextBlock] = []
    for top, cells in [*sorted(marks, key=lambda mark: mark[0]), (float("inf"), None)]:
        above = [line for line in lines if line.top < top]
        lines = [line for line in lines if line.top >= top]
        for flow in _flows(above):
            found += _flow(flow, body)
        if cells:
            found += _ruled(cells, page.words)
    return found


def _flows(lines: list[_PageLine]) -> list[list[_PageLine]]:
    """Lines by the column of the page in which they stand; what crosses the columns parts them."""
    edges = _gutters(lines, 3) or _gutters(lines, 2)
    found: list[list[_PageLine]] = []
    for crosses, run in groupby(lines, lambda line: _column(line, edges) is None):
        band = list(run)
        places = [None] if crosses else range(len(edges) + 1)
        found += ([line for line in band if _column(line, edges) == place] for place in places)
    return [flow for flow in found if flow]


def _gutters(lines: Sequence[_PageLine], columns: int) -> list[float]:
    """Where the columns of prose of a page are parted; none where it has not so many."""
    if len(lines) < _LEAST_LINES * columns // 2 + 1:
        return []
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    wide = (right - left) / columns
    edges = [_gutter(lines, left + wide * n, wide * _ASTRAY) for n in range(1, columns)]
    for number in range(columns):
        own = [line.right - line.left for line in lines if _column(line, edges) == number]
        if len(own) < (2 if number else _LEAST_LINES) or median(own) < wide * _OF_COLUMN:
            return []
    return edges


def _gutter(lines: Sequence[_PageLine], about: float, reach: float) -> float:
    """The place near ``about`` that the fewest lines cross, of those the nearest."""
    places = [about + reach * step / 12 for step in range(-12, 13)]
    return min(places, key=lambda at: (sum(line.left < at < line.right for line in lines), abs(at - about)))


def _column(line: _PageLine, edges: Sequence[float]) -> int | None:
    """The column in which a line stands; None where it crosses one of the edges."""
    if any(line.left < edge < line.right for edge in edges):
        return None
    return sum(edge <= line.left for edge in edges)


def _flow(lines: list[_PageLine], body: float) -> Iterator[TextBlock]:
    """The blocks of a column: tables where several pieces stand on a line, paragraphs elsewhere."""
    rows = _by_row(lines)
    begun = start = 0
    while start < len(rows):
        end = _table_end(rows, start)
        if end - start < 2:
            start += 1
            continue
        first = _table_start(rows, start, end, begun)
        table = _drawn(rows[first:end])
        first = first if table else start
        yield from _paragraphs([line for row in rows[begun:first] for line in row], body)
        if table:
            yield table
        else:
            for column in _side_by_side(rows[start:end]):
                yield from _paragraphs(column, body)
        begun = start = end
    yield from _paragraphs([line for row in rows[begun:] for line in row], body)


def _side_by_side(rows: Sequence[list[_PageLine]]) -> list[list[_PageLine]]:
    """Lines that stand beside each other and are no table, by the column that they make."""
    pieces = [TablePiece(line.text, line.left, line.right) for row in rows for line in row]
    edges = [column.start for column in columns_of(pieces)]
    found: list[list[_PageLine]] = [[] for _ in edges]
    for row in rows:
        for line in row:
            found[max(sum(edge <= line.left + 1 for edge in edges) - 1, 0)].append(line)
    return [column for column in found if column]


def _by_row(lines: Sequence[_PageLine]) -> list[list[_PageLine]]:
    rows: list[list[_PageLine]] = []
    for line in sorted(lines, key=lambda line: line.bottom):
        near = rows and line.top < rows[-1][0].bottom - (line.bottom - line.top) * 0.5
        if near:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


# tables


def _table_end(rows: Sequence[list[_PageLine]], start: int) -> int:
    """Behind the last of the rows that may be a table: of several pieces, or of one between such rows."""
    end = start
    steps: list[float] = []
    while end < len(rows):
        alone = len(rows[end]) == 1
        follows = end + 1 < len(rows) and len(rows[end + 1]) > 1
        if alone and not (end > start and follows and _is_section(rows[end][0], rows[start:end])):
            break
        if end > start:
            step = rows[end][0].top - rows[end - 1][0].top
            if steps and step > median(steps) * (_NEW_SECTION if alone else _NEW_TABLE):
                break
            steps.append(step)
        end += 1
    return end


def _is_section(line: _PageLine, rows: Sequence[list[_PageLine]]) -> bool:
    """Whether a line alone may be the label of a section of a table, or a part of one, and no caption."""
    across = max(row[-1].right for row in rows) - min(row[0].left for row in rows)
    return line.right - line.left < across / 2 and not ends_sentence(line.text) and not is_title(line.text)


def _table_start(rows: Sequence[list[_PageLine]], start: int, end: int, begun: int) -> int:
    """The first row of the table whose rows of several pieces begin at ``start``.

    Headers of several columns may lie above it, and the label of a header of two rows between them.
    """
    inside = [row for row in rows[start:end] if len(row) > 1]
    left, middle = min(row[1].left for row in inside), _middle(inside)
    first = start
    while first > max(begun, start - 2):
        row, below = rows[first - 1], rows[first][0]
        line, size = row[0], row[0].size
        over = line.left > left - size and abs((line.left + row[-1].right) / 2 - middle) > size
        between = width(line.text) <= _SHORT and below.top - line.top <= size
        close = below.top - line.bottom < size
        if is_title(line.text) or not close or not (over or between):
            break
        first -= 1
    return first


def _middle(rows: Sequence[list[_PageLine]]) -> float:
    return (min(row[0].left for row in rows) + max(row[-1].right for row in rows)) / 2


def _drawn(rows: Sequence[list[_PageLine]]) -> TextBlock | None:
    """The table that lines of several pieces make, cells that go on in the next line put together."""
    steps = [two[0].top - one[0].top for one, two in pairwise(rows)]
    full = [two[0].top - one[0].top for one, two in pairwise(rows) if len(one) > 1 and len(two) > 1]
    usual = median(full or steps or [0.0])
    joined: list[list[TablePiece]] = []
    for place, row in enumerate(rows):
        pieces = [TablePiece(line.text, line.left, line.right) for line in row]
        close = place and steps[place - 1] < usual * _WRAPPED
        if close and joined and len(pieces) <= len(joined[-1]):
            joined[-1] = _merged(joined[-1], pieces)
        else:
            joined.append(pieces)
    table = tabulated(joined)
    return TextBlock(TABLE, "\n".join(map(row_text, table))) if table else None


def _merged(row: list[TablePiece], further: Sequence[TablePiece]) -> list[TablePiece]:
    """A row and the next line of its cells."""
    row = list(row)
    for piece in further:
        under = [n for n, one in enumerate(row) if piece.start < one.end and one.start < piece.end]
        if len(under) == 1:
            one = row[under[0]]
            text = _joined([one.text, piece.text])
            row[under[0]] = TablePiece(text, min(one.start, piece.start), max(one.end, piece.end))
        else:
            row.append(piece)
    return sorted(row, key=lambda piece: piece.start)


def _ruled(cells: Sequence[RuledCell], words: Sequence[PlacedWord]) -> list[TextBlock]:
    """The blocks of a table with lines between its cells, or of what a frame holds."""
    across = _edges_of([edge for cell in cells for edge in (cell.left, cell.right)])
    down = _edges_of([edge for cell in cells for edge in (cell.top, cell.bottom)])
    table = Blocks()
    table.begin_table()
    for top in range(len(down) - 1):
        table.begin_row()
        for cell in sorted(cells):
            if _place(cell.top, down) != top:
                continue
            table.begin_cell(
                _place(cell.right, across) - _place(cell.left, across), _place(cell.bottom, down) - top
            )
            inside = [word for word in words if _is_in(word, cell)]
            lines = [line for row in _rows(inside) for line in _pieces(row)]
            text = _joined([line.text for line in lines])
            if text:
                table.put(TextBlock(PARAGRAPH, text))
            table.end_cell()
    table.end_table()
    return table.blocks


def _edges_of(places: Sequence[float]) -> list[float]:
    """The edges of rows or columns; those that lie within three points are one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > 3:
            found.append(place)
    return found


def _place(edge: float, edges: Sequence[float]) -> int:
    return min(range(len(edges)), key=lambda n: abs(edges[n] - edge))


def _joined(texts: Sequence[str]) -> str:
    whole = ""
    for text in texts:
        before, gap = seam(whole, text) if whole else ("", "")
        whole = before + gap + text
    return whole


# paragraphs


def _paragraphs(lines: Sequence[_PageLine], body: float) -> Iterator[TextBlock]:
    """The paragraphs of lines that stand below each other."""
    if not lines:
        return
    steps = [two.top - one.top for one, two in pairwise(lines) if two.top > one.top]
    usual = min(median(steps), body * 2.5) if steps else 0.0
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    prose = max(width(line.text) for line in lines) >= _NARROWEST
    run: list[_PageLine] = []
    for line in lines:
        if run and not _goes_on(run, line, usual, (left, right), prose=prose):
            yield _paragraph(run, body)
            run = []
        run.append(line)
    yield _paragraph(run, body)


def _goes_on(
    run: Sequence[_PageLine], line: _PageLine, usual: float, sides: tuple[float, float], *, prose: bool
) -> bool:
    """Whether a line goes on with the paragraph of those above it."""
    before = run[-1]
    if (
        begins_anew(line.text)
        or _UNIT_LINE.match(line.text)
        or not _SMALLER < line.size / before.size < _LARGER
    ):
        return False
    if line.top - before.top > usual * _LOOSE:
        return False
    if line.text[:1].islower() and not ends_sentence(before.text):
        return True
    if not prose:
        return False
    indented = line.left - sides[0] > line.size * _INDENT
    if indented and before.left < line.left - line.size * 0.5:
        return False
    first = re.match(r"[\x21-\x7e]+|.", line.text)
    need = line.size * (0.5 * len(first[0]) if first and first[0].isascii() else _SLACK)
    return before.right + need + line.size * 0.2 > sides[1] - line.size * 0.5


def _paragraph(run: Sequence[_PageLine], body: float) -> TextBlock:
    text = _joined([line.text for line in run])
    size = run[0].size
    if size > body * _LARGER and width(text) <= _NARROWEST * 4:
        return TextBlock(HEADING, text)
    return TextBlock(
        NOTE if size < body * _SMALLER and re.match(r"[\d*†‡①-⑩\[(（注]", text) else PARAGRAPH, text
    )


# over the end of a page


def _append(found: list[TextBlock], further: list[TextBlock]) -> None:
    """The blocks of one more page; what goes on there is put together."""
    last = next((place for place in reversed(range(len(found))) if found[place].kind != NOTE), None)
    if last is not None and further:
        one, two = found[last], further[0]
        whole = None
        if one.kind == TABLE == two.kind:
            whole = _one_table(one, two)
        elif one.kind == PARAGRAPH == two.kind and _is_broken(one.text, two.text):
            whole = TextBlock(PARAGRAPH, _joined([one.text, two.text]))
        if whole:
            found[last] = whole
            further = further[1:]
    found += further


def _is_broken(one: str, two: str) -> bool:
    return width(one) > _NARROWEST and not ends_sentence(one) and not begins_anew(two)


def _one_table(one: TextBlock, two: TextBlock) -> TextBlock | None:
    """A table and the rest of it, whose header need not be said again."""
    upper, lower = one.text.split("\n"), two.text.split("\n")
    if upper[0].count(" | ") != lower[0].count(" | "):
        return None
    again = 0
    while again < min(len(upper), len(lower)) and upper[again] == lower[again]:
        again += 1
    return one._replace(text="\n".join([*upper, *lower[again:]]))
