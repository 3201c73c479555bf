r"""The formats without colours and widths, a function for each, named as in ``Format``.

CSV is RFC 4180 in UTF-8 with ``\n`` line ends. In TSV a tab, line end or backslash inside a cell is ``\t``,
``\n``, ``\r`` or ``\\``. JSON has exact numbers and null for an empty cell. Markdown is as GitHub reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from miit_cli.output import Style
from miit_cli.output.cells import controls, is_number, text
from miit_cli.table import Marked, Table

BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so, a spreadsheet runs
QUOTED = frozenset('",\r\n')
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
# what Markdown or the HTML inside it would take for markup; line ends become breaks afterwards
MARKUP = re.compile(r"[\\`*_\[\]<>|~]")
LINE_END = re.compile(r"\r\n|[\r\n]")


def csv(table: Table, style: Style) -> Iterator[str]:
    """The table as CSV, line by line. With a byte-order mark no text is left that a spreadsheet runs."""
    if style.bom:
        yield BYTE_ORDER_MARK
    if style.header:
        yield ",".join(map(_quoted, table.columns)) + "\n"
    cell = _harmless if style.bom else text
    alone = len(table.columns) == 1
    for row in table.rows:
        line = ",".join([_quoted(cell(value)) for value in row])
        yield (line or '""' if alone else line) + "\n"  # a lone empty cell would be an empty line


def _quoted(value: str) -> str:
    return value if QUOTED.isdisjoint(value) else '"' + value.replace('"', '""') + '"'


def _harmless(cell: object) -> str:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else text(cell)


def tsv(table: Table, style: Style) -> Iterator[str]:
    """The table as TSV, line by line."""
    for row in ([table.columns] if style.header else []) + table.rows:
        yield "\t".join([text(value).translate(ESCAPES) for value in row]) + "\n"


def json(table: Table, style: Style) -> Iterator[str]:
    """The rows as an array of objects, one a line."""
    separator = "["
    for line in objects(table):
        yield f"{separator}\n  {line}"
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"


def ndjson(table: Table, style: Style) -> Iterator[str]:
    """The rows as objects, a line each."""
    return (line + "\n" for line in objects(table))


def objects(table: Table) -> Iterator[str]:
    """The rows as JSON objects, keys in the order of the columns.

    A decimal is written with all its digits, no float stands between; of text, what a terminal would obey
    is an escape.
    """
    from json.encoder import encode_basestring

    def string(line: str) -> str:
        quoted: str = encode_basestring(line)
        return controls().sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)

    def value(cell: object) -> str:
        match cell:
            case None:
                return "null"
            case bool():
                return "true" if cell else "false"
            case Decimal() | int() | float():
                return text(cell)
            case Marked(value=Decimal() as number) if cell == text(number):  # only a terminal marks it
                return cell
        return string(str(cell))

    keys = [string(column) for column in table.columns]
    for row in table.rows:
        pairs = zip(keys, row, strict=True)
        yield "{" + ", ".join([f"{key}: {value(cell)}" for key, cell in pairs]) + "}"


def markdown(table: Table, style: Style) -> Iterator[str]:
    """The table as Markdown, line by line, numbers to the right."""
    columns = [[row[place] for row in table.rows] for place in range(len(table.columns))]
    yield _line(map(_escaped, table.columns))
    yield _line("---:" if is_number(column) else "---" for column in columns)
    for row in table.rows:
        yield _line(_escaped(text(value)) for value in row)


def _line(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _escaped(value: str) -> str:
    return LINE_END.sub("<br>", MARKUP.sub(r"\\\g<0>", value))
