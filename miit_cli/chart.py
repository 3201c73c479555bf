"""What a chart shows, before anybody decides how: panels of lines of marks."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Mark(NamedTuple):
    """One figure: it stands at the end of its period, and a flow reaches back to the start of it."""

    indicator: str
    period: str
    start: str | None
    end: str
    shape: str  # marks of one shape are like with like, and are joined
    value: Decimal
    unit: str
    bound: str
    status: str
    document: str
    aside: bool = False  # another document speaks for the period: the line does not go through it
    confidence: float = 1.0


class Line(NamedTuple):
    """An indicator: its marks in order of time, the targets apart."""

    label: str
    marks: tuple[Mark, ...]
    targets: tuple[Mark, ...]

    @property
    def every(self) -> tuple[Mark, ...]:
        """Its marks and its targets."""
        return (*self.marks, *self.targets)

    def shapes(self) -> list[list[Mark]]:
        """The marks that are like with like: a line is drawn through each list."""
        found: dict[str, list[Mark]] = {}
        for mark in self.marks:
            if not mark.aside:
                found.setdefault(mark.shape, []).append(mark)
        return list(found.values())


class Panel(NamedTuple):
    """Lines that share the two axes; ``unit`` is the word for what is counted."""

    title: str
    unit: str
    lines: tuple[Line, ...]

    @property
    def marks(self) -> list[Mark]:
        """Those of all lines, targets too."""
        return [mark for line in self.lines for mark in line.every]


class ChartSource(NamedTuple):
    """A document that figures of the chart come from."""

    document: str
    title: str
    date: str


class Chart(NamedTuple):
    """Panels one above the other, on one axis of time."""

    panels: tuple[Panel, ...]
    sources: tuple[ChartSource, ...]
    notes: tuple[str, ...] = ()

    @property
    def marks(self) -> list[Mark]:
        """Those of all panels."""
        return [mark for panel in self.panels for mark in panel.marks]
