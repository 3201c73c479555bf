"""A series as a line of eight block characters."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

BLOCKS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[Decimal]) -> str:
    """The values as blocks from the least to the greatest; "" for fewer than two.

    >>> sparkline([Decimal(1), Decimal(2), Decimal(8)])
    '▁▂█'
    """
    if len(values) < 2:
        return ""
    least = min(values)
    reach = max(values) - least
    if not reach:
        return BLOCKS[0] * len(values)
    return "".join(BLOCKS[int((value - least) / reach * (len(BLOCKS) - 1))] for value in values)
