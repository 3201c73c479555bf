"""One report in many formats: what tests of reading and of formats render, and read again."""

from __future__ import annotations

import html as html_
import io
import re
from typing import NamedTuple


class ReportTable(NamedTuple):
    """A table: what stands above it, its rows (``<`` and ``^`` merge a cell), what stands below."""

    above: list[str]
    rows: list[list[str]]
    header: int
    below: list[str]


def cells(rows: str) -> list[list[str]]:
    """The rows of a table as a case writes them: ``a | b``."""
    return [[cell.strip() for cell in line.split("|")] for line in rows.strip("\n").splitlines()]


def merged(rows: list[list[str]], row: int, column: int) -> tuple[int, int]:
    """How many columns and rows a cell spans."""
    right = column + 1
    while right < len(rows[row]) and rows[row][right] == "<":
        right += 1
    below = row + 1
    while below < len(rows) and column < len(rows[below]) and rows[below][column] == "^":
        below += 1
    return right - column, below - row


def markdown(table: ReportTable) -> str:
    """As GitHub writes tables: one header row, nothing is merged."""
    rows = [["" if cell in "<^" else cell for cell in row] for row in table.rows]
    if not table.header:
        rows.insert(0, [""] * len(rows[0]))
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n\n".join([*table.above, "\n".join(lines), *table.below])


def html(table: ReportTable, *, heads: bool = True) -> str:
    """As a page writes it, with its header cells marked or not."""
    lines = []
    for row, texts in enumerate(table.rows):
        tag = "th" if heads and row < table.header else "td"
        line = ""
        for column, text in enumerate(texts):
            if text in ("<", "^"):
                continue
            columns, rows = merged(table.rows, row, column)
            spans = f' colspan="{columns}"' * (columns > 1) + f' rowspan="{rows}"' * (rows > 1)
            line += f"<{tag}{spans}>{html_.escape(text)}</{tag}>"
        lines.append(f"<tr>{line}</tr>")
    above, below = (
        "".join(f"<p>{html_.escape(text)}</p>" for text in part) for part in (table.above, table.below)
    )
    return f"{above}<table>{''.join(lines)}</table>{below}"


def drawn(table: ReportTable) -> str:
    """As text, with blanks between the columns."""
    from miit_cli.formats.characters import width

    rows = [["" if cell in "<^" else cell for cell in row] for row in table.rows]
    widths = [max(width(row[n]) for row in rows if n < len(row)) for n in range(len(rows[0]))]
    lines = [
        "".join(cell + " " * (widths[n] - width(cell) + 3) for n, cell in enumerate(row)).rstrip()
        for row in rows
    ]
    return "\n".join([*table.above, "", *lines, "", *table.below])


def barred(table: ReportTable) -> str:
    """As text, with bars between the columns and no rule below the header."""
    rows = [["" if cell in "<^" else cell for cell in row] for row in table.rows]
    width = max(map(len, rows))
    lines = [" | ".join([*row, *[""] * (width - len(row))]) for row in rows]
    return "\n".join([*table.above, "", *lines, "", *table.below])


def word(title: str, blocks: list[str | ReportTable]) -> bytes:
    """A Word document of paragraphs and tables."""
    import docx

    document = docx.Document()
    document.add_heading(title, 1)
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        for text in block.above:
            document.add_paragraph(text)
        grid = document.add_table(len(block.rows), len(block.rows[0]))
        for row, texts in enumerate(block.rows):
            for column, text in enumerate(texts):
                if text in ("<", "^"):
                    continue
                columns, rows = merged(block.rows, row, column)
                cell = grid.cell(row, column)
                if (columns, rows) != (1, 1):
                    cell = cell.merge(grid.cell(row + rows - 1, column + columns - 1))
                cell.text = text
        for text in block.below:
            document.add_paragraph(text)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


# whole reports


class Report(NamedTuple):
    """A report: its day, its title, and its paragraphs of sentences."""

    language: str
    date: str
    title: str
    paragraphs: list[list[str]]

    @property
    def gap(self) -> str:
        return "" if self.language == "zh" else " "

    @property
    def texts(self) -> list[str]:
        return [self.gap.join(sentences) for sentences in self.paragraphs]


def wrapped(text: str, columns: int, language: str) -> str:
    """A paragraph broken into lines of at most so many columns."""
    from miit_cli.formats.characters import width

    lines, line = [], ""
    for piece in re.findall(r"[A-Za-z0-9.%,'-]+|.", text) if language == "zh" else text.split(" "):
        apart = " " if line and language != "zh" else ""
        mark = piece in "，。、；：”"  # begins no line
        if width(line + apart + piece) > columns and not mark:
            lines.append(line)
            line, apart = "", ""
        line += apart + piece
    return "\n".join([*lines, line])


def pdf_table(table: ReportTable, *, ruled: bool, language: str) -> bytes:
    """A PDF of a table, with lines between its cells or without."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate
    from reportlab.platypus import Table as Grid

    name = _font(language)
    style = [("FONT", (0, 0), (-1, -1), name, 9), *_spans(table)]
    if ruled:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    rows = [["" if cell in "<^" else cell for cell in row] for row in table.rows]
    flow = [_paragraph(text, name, language) for text in table.above]
    flow += [Grid(rows, style=style), *(_paragraph(text, name, language) for text in table.below)]
    made = io.BytesIO()
    SimpleDocTemplate(made, pagesize=A4).build(flow)
    return made.getvalue()


def _spans(table: ReportTable) -> list[tuple[str, tuple[int, int], tuple[int, int]]]:
    found = []
    for row, texts in enumerate(table.rows):
        for column, text in enumerate(texts):
            columns, rows = merged(table.rows, row, column)
            if text not in ("<", "^") and (columns, rows) != (1, 1):
                found.append(("SPAN", (column, row), (column + columns - 1, row + rows - 1)))
    return found


def _font(language: str) -> str:
    """A font that no file is needed for."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    if language != "zh":
        return "Helvetica"
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"


def _paragraph(text: str, name: str, language: str):
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    wrap = "CJK" if language == "zh" else None
    style = ParagraphStyle("x", fontName=name, fontSize=10.5, leading=14, spaceAfter=8, wordWrap=wrap)
    return Paragraph(html_.escape(text), style)


def pdf(report: Report, columns: int, table: list[list[str]] | None = None) -> bytes:
    """A PDF of one column or of several, Chinese with a font that no file is needed for."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Table

    name = _font(report.language)
    wide, _ = A4
    column = (wide - 100 - (columns - 1) * 20) / columns
    frames = [Frame(50 + n * (column + 20), 50, column, 700 / columns**2) for n in range(columns)]
    made = io.BytesIO()
    document = BaseDocTemplate(made, pagesize=A4)
    document.addPageTemplates([PageTemplate(frames=frames)])
    flow = [_paragraph(text, name, report.language) for text in [report.title, *report.texts]]
    document.build([*flow, *([Table(table, style=[("FONT", (0, 0), (-1, -1), name, 10)])] if table else [])])
    return made.getvalue()
