"""The words on a chart, by language; what the program puts there beside labels and units."""

from __future__ import annotations

from typing import NamedTuple

MOST = 8  # sources that a chart names


class ChartWords(NamedTuple):
    """The words of one language. ``scales`` are powers of ten with their names, the greatest first."""

    scales: tuple[tuple[int, str], ...]
    joint: str  # between the name of a scale and a unit
    marks: dict[str, str]  # what a mark means: reported, the bounds, expected, target, and the bar of a flow
    sources: str
    separator: str
    more: str  # how many more sources there are

    def shortened(self, names: list[str]) -> list[str]:
        """The names of sources, of many only the first."""
        if len(names) <= MOST:
            return names
        return [*names[: MOST - 1], self.more.format(len(names) - MOST + 1)]

    def every(self) -> list[str]:
        """All of them, for whoever must be able to draw them."""
        return [name for _, name in self.scales] + [
            *(self.joint, *self.marks.values(), self.sources, self.separator, self.more)
        ]


WORDS = {
    "en": ChartWords(
        ((12, "trillion"), (9, "billion"), (6, "million")),
        " ",
        {
            "exact": "as reported",
            "lower": "more than",
            "upper": "less than",
            "approx": "about",
            "expected": "expected",
            "target": "target",
            "flow": "period covered",
        },
        "Sources: ",
        "; ",
        "{} more",
    ),
    "zh": ChartWords(
        ((12, "万亿"), (8, "亿"), (4, "万")),
        "",
        {
            "exact": "公布值",
            "lower": "超过",
            "upper": "不足",
            "approx": "约",
            "expected": "预计",
            "target": "目标",
            "flow": "所涵盖时期",
        },
        "资料来源：",
        "；",
        "另有{}份",
    ),
}
