"""Pages of words in their places, as a PDF has them, to blocks of text.

Words make lines, lines make flows (a column of the page), flows make paragraphs; what stands in columns
of short pieces is a table. What heads or ends each page is left out, and what goes on over the end of a
page is put together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, pairwise, takewhile
from operator import itemgetter
from statistics import median
from typing import NamedTuple

from miit_cli.formats.blocks import Blocks, TablePiece, columns_of, is_title, labelled, row_text, tabulated
from miit_cli.formats.characters import collapsed, is_tight, raised, seen, width
from miit_cli.formats.lines import begins_anew, ends_sentence, seam
from miit_cli.outline import TextBlock
from miit_cli.types import HEADING, NOTE, PARAGRAPH, TABLE

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


def blocks_of(pages: Sequence[Sheet]) -> list[TextBlock]:
    """The blocks of the pages of a document."""
    lines = []
    for page in pages:
        boxes = [_bounds(cells) for cells in page.tables]  # of tables with drawn lines
        lines.append(_lines(word for word in page.words if not any(_is_in(word, box) for box in boxes)))
    sizes = Counter(round(line.size) for page in lines for line in page for _ in line.text)
    body = float(sizes.most_common(1)[0][0]) if sizes else 0.0
    found: list[TextBlock] = []
    for page, own in zip(pages, _without_furniture(lines), strict=True):
        _append(found, _page(page, own, body))
    for place, (one, two) in enumerate(pairwise(found)):
        if one.kind == HEADING and two.kind == TABLE:
            found[place] = one._replace(kind=PARAGRAPH)  # its caption
    return labelled(found)


# words and lines: a line is the words on it with no wide gap between them, as one


def _bounds(cells: Sequence[RuledCell]) -> RuledCell:
    lefts, tops, rights, bottoms = zip(*cells, strict=True)
    return RuledCell(min(lefts), min(tops), max(rights), max(bottoms))


def _is_in(word: PlacedWord, box: RuledCell) -> bool:
    across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box.left <= across <= box.right and box.top <= down <= box.bottom


def _lines(words: Iterable[PlacedWord]) -> list[PlacedWord]:
    """Words as lines, parted where the gap is wide; a raised mark stands on the line of its word."""
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
    lines = []
    for row in rows:
        largest = max(word.size for word in row)
        run: list[PlacedWord] = []
        for word in sorted(row, key=lambda word: word.left):
            if run and word.left - run[-1].right > max(word.size, run[-1].size) * _APART:
                lines.append(_line(run, largest))
                run = []
            run.append(word)
        lines.append(_line(run, largest))
    return lines


def _line(run: Sequence[PlacedWord], largest: float) -> PlacedWord:
    text = ""
    for place, word in enumerate(run):
        gap = word.left - run[place - 1].right if place else 0.0
        if word.size < largest * _SMALLER and text and word.bottom < run[0].bottom - word.size * 0.1:
            text += raised(word.text, text)
            continue
        tight = gap < word.size * 0.15 or (gap < word.size * 0.4 and is_tight(text, word.text))
        text += word.text if tight or not text else f" {word.text}"
    top, bottom, size = min(w.top for w in run), max(w.bottom for w in run), max(w.size for w in run)
    return PlacedWord(collapsed(seen(text)), run[0].left, run[-1].right, top, bottom, size)


def _by_row(lines: Iterable[PlacedWord]) -> list[list[PlacedWord]]:
    """Lines by the row on which they stand beside each other."""
    rows: list[list[PlacedWord]] = []
    for line in sorted(lines, key=lambda line: line.bottom):
        if rows and line.top < rows[-1][0].bottom - (line.bottom - line.top) * 0.5:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


# what stands on every page


def _without_furniture(pages: Sequence[list[PlacedWord]]) -> Iterator[list[PlacedWord]]:
    """The lines of each page without those that head or end it: the same on several, or its number."""
    rows = [_by_row(lines) for lines in pages]
    edges = [_edges(own) for own in rows]
    told = Counter(key for own in edges for key in {_key(line) for row in own for line in row})
    often = max(2, len(pages) // 3)
    for lines, own, outer in zip(pages, rows, edges, strict=True):
        furniture = {
            line
            for row in outer
            for line in row
            if told[_key(line)] >= often
            or (row in (own[0], own[-1]) and len(row) == 1 and _PAGE_NUMBER.fullmatch(line.text))
        }
        yield [line for line in lines if line not in furniture]


def _edges(rows: Sequence[list[PlacedWord]]) -> list[list[PlacedWord]]:
    """The rows at the top and at the bottom of a page that a gap parts from the rest; no rows of a table."""
    gaps = [two[0].top - one[0].bottom > one[0].size * _GAP for one, two in pairwise(rows)]
    above = next((n + 1 for n in range(min(_FURNITURE, len(gaps))) if gaps[n]), 0)
    below = next((n + 1 for n in range(min(_FURNITURE, len(gaps))) if gaps[-1 - n]), 0)
    edges = [*rows[:above], *rows[max(above, len(rows) - below) :]]
    return [row for row in edges if len(row) <= _MOST_PIECES]


def _key(line: PlacedWord) -> tuple[str, int]:
    """The text without its numbers, and how high it stands: a page number grows."""
    return re.sub(r"\d+", "#", line.text), round(line.top / 4)


# a page


def _page(page: Sheet, lines: list[PlacedWord], body: float) -> list[TextBlock]:
    """The blocks of a page in the order in which they are read."""
    tables = sorted(((_bounds(cells).top, cells) for cells in page.tables), key=itemgetter(0))
    found: list[TextBlock] = []
    for top, cells in [*tables, (float("inf"), [])]:
        for flow in _flows([line for line in lines if line.top < top]):
            found += _flow(flow, body)
        lines = [line for line in lines if line.top >= top]
        found += _ruled(cells, page.words)
    return found


def _flows(lines: list[PlacedWord]) -> Iterator[list[PlacedWord]]:
    """Lines by the column of the page in which they stand; what crosses the columns parts them."""
    edges = _gutters(lines, 3) or _gutters(lines, 2)
    for crosses, run in groupby(lines, lambda line: _column(line, edges) is None):
        band = list(run)
        for place in [None] if crosses else range(len(edges) + 1):
            if flow := [line for line in band if _column(line, edges) == place]:
                yield flow


def _gutters(lines: Sequence[PlacedWord], columns: int) -> list[float]:
    """Where the columns of prose of a page are parted; none where it has not so many."""
    if len(lines) < _LEAST_LINES * columns // 2 + 1:
        return []
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    wide = (right - left) / columns
    edges = []
    for about in (left + wide * n for n in range(1, columns)):
        places = [about + wide * _ASTRAY * step / 12 for step in range(-12, 13)]
        crossed = [(sum(line.left < at < line.right for line in lines), abs(at - about), at) for at in places]
        edges.append(min(crossed)[-1])  # the fewest lines cross it, of such places it is the nearest
    for number in range(columns):
        own = [line.right - line.left for line in lines if _column(line, edges) == number]
        if len(own) < (2 if number else _LEAST_LINES) or median(own) < wide * _OF_COLUMN:
            return []
    return edges


def _column(line: PlacedWord, edges: Sequence[float]) -> int | None:
    """The column in which a line stands; None where it crosses one of the edges."""
    if any(line.left < edge < line.right for edge in edges):
        return None
    return sum(edge <= line.left for edge in edges)


def _flow(lines: list[PlacedWord], body: float) -> Iterator[TextBlock]:
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
        yield from _paragraphs(chain(*rows[begun : first if table else start]), body)
        if table:
            yield table
        else:
            for column in _side_by_side(rows[start:end]):
                yield from _paragraphs(column, body)
        begun = start = end
    yield from _paragraphs(chain(*rows[begun:]), body)


def _side_by_side(rows: Sequence[list[PlacedWord]]) -> list[list[PlacedWord]]:
    """Lines that stand beside each other and are no table, by the column that they make."""
    edges = [column.start for column in columns_of([_piece(line) for row in rows for line in row])]
    found: list[list[PlacedWord]] = [[] for _ in edges]
    for line in chain(*rows):
        found[max(sum(edge <= line.left + 1 for edge in edges) - 1, 0)].append(line)
    return found


def _piece(line: PlacedWord) -> TablePiece:
    return TablePiece(line.text, line.left, line.right)


# tables


def _table_end(rows: Sequence[list[PlacedWord]], start: int) -> int:
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


def _is_section(line: PlacedWord, rows: Sequence[list[PlacedWord]]) -> bool:
    """Whether a line alone may be the label of a section of a table, or a part of one, and no caption."""
    across = max(row[-1].right for row in rows) - min(row[0].left for row in rows)
    return line.right - line.left < across / 2 and not ends_sentence(line.text) and not is_title(line.text)


def _table_start(rows: Sequence[list[PlacedWord]], start: int, end: int, begun: int) -> int:
    """The first row of the table whose rows of several pieces begin at ``start``.

    Headers of several columns may lie above it, and the label of a header of two rows between them.
    """
    inside = [row for row in rows[start:end] if len(row) > 1]
    left = min(row[1].left for row in inside)
    middle = (min(row[0].left for row in inside) + max(row[-1].right for row in inside)) / 2
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


def _drawn(rows: Sequence[list[PlacedWord]]) -> TextBlock | None:
    """The table that lines of several pieces make, cells that go on in the next line put together."""
    steps = [two[0].top - one[0].top for one, two in pairwise(rows)]
    full = [two[0].top - one[0].top for one, two in pairwise(rows) if len(one) > 1 and len(two) > 1]
    usual = median(full or steps or [0.0])
    joined: list[list[TablePiece]] = []
    for row, step in zip(rows, [usual, *steps], strict=True):
        pieces = list(map(_piece, row))
        if joined and step < usual * _WRAPPED and len(pieces) <= len(joined[-1]):
            joined[-1] = _merged(joined[-1], pieces)
        else:
            joined.append(pieces)
    table = tabulated(joined)
    return TextBlock(TABLE, "\n".join(map(row_text, table))) if table else None


def _merged(row: list[TablePiece], further: Sequence[TablePiece]) -> list[TablePiece]:
    """A row and the next line of its cells."""
    row = list(row)
    for piece in further:
        under = [n for n, one in enumerate(row) if piece.overlap(one) > 0]
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
            if _nearest(cell.top, down) != top:
                continue
            columns = _nearest(cell.right, across) - _nearest(cell.left, across)
            table.begin_cell(columns, _nearest(cell.bottom, down) - top)
            if text := _joined(line.text for line in _lines(w for w in words if _is_in(w, cell))):
                table.put(TextBlock(PARAGRAPH, text))
            table.end_cell()
    table.end_table()
    return table.blocks


def _edges_of(places: Iterable[float]) -> list[float]:
    """The edges of rows or columns; those that lie within three points are one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > 3:
            found.append(place)
    return found


def _nearest(edge: float, edges: Sequence[float]) -> int:
    return min(range(len(edges)), key=lambda n: abs(edges[n] - edge))


def _joined(texts: Iterable[str]) -> str:
    whole = ""
    for text in texts:
        before, gap = seam(whole, text) if whole else ("", "")
        whole = before + gap + text
    return whole


# paragraphs


def _paragraphs(stacked: Iterable[PlacedWord], body: float) -> Iterator[TextBlock]:
    """The paragraphs of lines that stand below each other."""
    lines = list(stacked)
    if not lines:
        return
    steps = [two.top - one.top for one, two in pairwise(lines) if two.top > one.top]
    usual = min(median(steps), body * 2.5) if steps else 0.0
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    prose = max(width(line.text) for line in lines) >= _NARROWEST
    run: list[PlacedWord] = []
    for line in lines:
        if run and not _goes_on(run[-1], line, usual, (left, right), prose=prose):
            yield _paragraph(run, body)
            run = []
        run.append(line)
    yield _paragraph(run, body)


def _goes_on(
    before: PlacedWord, line: PlacedWord, usual: float, sides: tuple[float, float], *, prose: bool
) -> bool:
    """Whether a line goes on with the paragraph of the one above it."""
    if begins_anew(line.text) or _UNIT_LINE.match(line.text):
        return False
    if not _SMALLER < line.size / before.size < _LARGER or line.top - before.top > usual * _LOOSE:
        return False
    if line.text[:1].islower() and not ends_sentence(before.text):
        return True
    indented = line.left - sides[0] > line.size * _INDENT and before.left < line.left - line.size * 0.5
    if not prose or indented:
        return False
    first = re.match(r"[\x21-\x7e]+|.", line.text)
    need = line.size * (0.5 * len(first[0]) if first and first[0].isascii() else _SLACK)
    return before.right + need + line.size * 0.2 > sides[1] - line.size * 0.5


def _paragraph(run: Sequence[PlacedWord], body: float) -> TextBlock:
    text, size = _joined(line.text for line in run), run[0].size
    if size > body * _LARGER and width(text) <= _NARROWEST * 4:
        return TextBlock(HEADING, text)
    is_note = size < body * _SMALLER and re.match(r"[\d*†‡①-⑩\[(（注]", text)
    return TextBlock(NOTE if is_note else PARAGRAPH, text)


# over the end of a page


def _append(found: list[TextBlock], further: list[TextBlock]) -> None:
    """The blocks of one more page; what goes on there is put together."""
    last = next((place for place in reversed(range(len(found))) if found[place].kind != NOTE), None)
    if last is not None and further and (whole := _whole(found[last], further[0])):
        found[last] = whole
        further = further[1:]
    found += further


def _whole(one: TextBlock, two: TextBlock) -> TextBlock | None:
    """Two blocks as one, where the second goes on with the first."""
    if one.kind == TABLE == two.kind:
        upper, lower = one.text.split("\n"), two.text.split("\n")
        if upper[0].count(" | ") != lower[0].count(" | "):
            return None
        # the header need not be said again
        again = [*takewhile(lambda pair: pair[0] == pair[1], zip(upper, lower, strict=False))]
        return one._replace(text="\n".join([*upper, *lower[len(again) :]]))
    broken = width(one.text) > _NARROWEST and not ends_sentence(one.text) and not begins_anew(two.text)
    if one.kind == PARAGRAPH == two.kind and broken:
        return TextBlock(PARAGRAPH, _joined([one.text, two.text]))
    return None
