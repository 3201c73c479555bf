"""Raw cells to text: exact, and the same in every format that is read by programs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from miit_cli.table import Marked

CellValue = object  # str | Decimal | int | float | bool | None


def text(cell: CellValue) -> str:
    """A cell as a program reads it: exact decimals, ``yes`` and ``no``, nothing for None.

    >>> text(Decimal("1.968E+6")), text(True), text(None)
    ('1968000', 'yes', '')
    """
    match cell:
        case str():
            return cell
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case Decimal():
            return format(cell, "f")
    return str(cell)


def is_number(column: Sequence[CellValue]) -> bool:
    """Whether a column is one of numbers: at least one, and nothing else but empty cells."""
    held = [cell for cell in column if cell is not None]
    return bool(held) and all(
        isinstance(cell, (int, float, Decimal, Marked)) and not isinstance(cell, bool) for cell in held
    )


@cache
def controls() -> re.Pattern[str]:
    """What a terminal obeys: C0 and C1 controls, and the marks that turn the direction of text around."""
    return re.compile(
        "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
    )


def visible(line: str, keep: str = "") -> str:
    r"""Text that a terminal only shows: control characters become escapes (``\x1b``), except ``keep``.

    >>> visible("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return controls().sub(lambda match: match[0] if match[0] in keep else _escape(match[0]), line)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
