"""The forms of the marks in a picture, and which of them a chart needs explained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from miit_cli.chart import Mark
from miit_cli.types import SIGNS

if TYPE_CHECKING:
    from miit_cli.output.chart.draw import Canvas, Position

HEDGED = {bound: f"{sign} " for bound, sign in SIGNS.items()}  # before a value, as in the tables

SIZE = 5.0
DIAMOND = ((0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0))
UP = ((0, -1.3), (1.2, 0.85), (-1.2, 0.85))
DOWN = ((0, 1.3), (1.2, -0.85), (-1.2, -0.85))


def draw_mark(canvas: Canvas, mark: Mark, at: Position, color: str, paper: str, told: str) -> None:
    """Draw a mark; ``told`` is what a reader is told who points at it."""
    filling = color if mark.status == "actual" else paper
    with canvas.group(told):
        if mark.status == "target":
            canvas.polygon(at, DIAMOND, SIZE, filling, color)
            if mark.bound in ("lower", "upper"):
                canvas.polygon(at, UP if mark.bound == "lower" else DOWN, SIZE * 0.5, color, color)
        elif mark.bound in ("lower", "upper"):
            canvas.polygon(at, UP if mark.bound == "lower" else DOWN, SIZE, filling, color)
        else:
            if mark.bound == "approx":
                canvas.circle(at, SIZE * 1.45, paper, color, 1.0)
            canvas.circle(at, SIZE * (0.8 if mark.bound == "approx" else 0.95), filling, color, 1.8)


def meaning(marks: Sequence[Mark]) -> Iterator[tuple[Mark, str]]:
    """Each kind of mark that is there, with its name: a mark of just that kind, to be drawn in the legend."""
    plain = marks[0]._replace(start=None, bound="exact", status="actual")
    for name in ("exact", "lower", "upper", "approx"):
        if any(mark.bound == name for mark in marks):
            yield plain._replace(bound=name), name
    for name in ("expected", "target"):
        if any(mark.status == name for mark in marks):
            yield plain._replace(status=name), name
    if any(mark.start for mark in marks):
        yield plain, "flow"
