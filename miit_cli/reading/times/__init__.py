"""Time expressions in prose, and the days that they mean.

A report says "the first half of the year", "1—7月份", "by the end of 2025"; which year and
which days follow from the day of publication and from the passage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from miit_cli.reading.times.clock import Clock
from miit_cli.reading.times.en import English
from miit_cli.reading.times.forms import Finder
from miit_cli.reading.times.zh import Chinese

if TYPE_CHECKING:
    from miit_cli.reading.spans import Time


def find(language: str, folded: str, clock: Clock, offset: int) -> list[Time]:
    """The time expressions of a folded text; offsets are moved by ``offset``."""
    return Finder(Chinese if language == "zh" else English, folded, clock).times(offset)


__all__ = ["Clock", "find"]
