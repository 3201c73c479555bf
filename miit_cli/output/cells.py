"""Raw cells to text: exact, and the same in every format that is read by programs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from miit_cli.table import Marked

BLOCKS = "▁▂▃▄▅▆▇█"


def text(cell: object) -> str:
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


def is_number(column: Sequence[object]) -> bool:
    """Whether a column is one of numbers: at least one, and nothing else but empty cells."""
    held = [cell for cell in column if cell is not None]
    numbers = (
        isinstance(cell, int | float | Decimal | Marked) and not isinstance(cell, bool) for cell in held
    )
    return bool(held) and all(numbers)


def sparkline(values: Sequence[Decimal]) -> str:
    """The values as block characters from the least to the greatest; "" for fewer than two.

    >>> sparkline([Decimal(1), Decimal(2), Decimal(8)])
    '▁▂█'
    """
    if len(values) < 2:
        return ""
    least = min(values)
    reach = max(values) - least or Decimal(1)
    return "".join(BLOCKS[int((value - least) / reach * (len(BLOCKS) - 1))] for value in values)


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

    def shown(found: re.Match[str]) -> str:
        code = ord(found[0])
        return found[0] if found[0] in keep else f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"

    return controls().sub(shown, line)
