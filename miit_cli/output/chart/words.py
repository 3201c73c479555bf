"""The words on a chart, by language; what the program puts there beside labels and units."""

from __future__ import annotations

import os
import tomllib
from typing import NamedTuple

MOST = 8  # sources that a chart names


class ChartWords(NamedTuple):
    """The words of one language. ``scales`` are powers of ten with their names, the greatest first."""

    scales: list[tuple[int, str]]
    joint: str  # between the name of a scale and a unit
    marks: dict[str, str]  # what a mark means: reported, the bounds, expected, target, and the bar of a flow
    sources: str
    separator: str
    more: str  # how many more sources there are

    def shortened(self, names: list[str]) -> list[str]:
        """The names of sources, of many only the first."""
        return names if len(names) <= MOST else [*names[: MOST - 1], self.more.format(len(names) - MOST + 1)]

    def every(self) -> list[str]:
        """All of them, for whoever must be able to draw them."""
        named = (name for _, name in self.scales)
        return [*named, self.joint, *self.marks.values(), self.sources, self.separator, self.more]


with open(os.path.join(os.path.dirname(__file__), "words.toml"), "rb") as _file:
    WORDS = {language: ChartWords(**told) for language, told in tomllib.load(_file).items()}
