"""The answer to a question: named columns, rows of raw cells, and what is to be said beside them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from miit_cli.errors import UsageError

TableRow = tuple[object, ...]


class Table(NamedTuple):
    """Cells are raw: ``str``, ``Decimal``, ``int``, ``float``, ``bool``, None. Notes go to standard error."""

    columns: tuple[str, ...]
    rows: list[TableRow]
    notes: tuple[str, ...] = ()

    def project(self, columns: Sequence[str]) -> Table:
        """The same rows with only ``columns``, in that order; an unknown one is a UsageError."""
        if tuple(columns) == self.columns:
            return self
        places = [self._place(name) for name in columns]
        rows: list[TableRow] = [tuple(row[place] for place in places) for row in self.rows]
        return Table(tuple(columns), rows, self.notes)

    def column(self, name: str) -> list[object]:
        """All cells of one column."""
        place = self._place(name)
        return [row[place] for row in self.rows]

    def records(self) -> list[dict[str, object]]:
        """Each row as a mapping from column to cell."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def _place(self, name: str) -> int:
        if name not in self.columns:
            raise UsageError(f"there is no column '{name}': the columns are {', '.join(self.columns)}")
        return self.columns.index(name)


class Marked(str):
    """A cell that is a number with a mark: ``>2300000``, ``3.6 (expected)``, ``28 / 27.7``.

    As text it is ready for any format; a terminal that aligns and groups digits finds the
    parts in the attributes. ``value`` is None where documents disagree; ``unsure`` is true of
    what was read with little confidence, which only a terminal shows.
    """

    __slots__ = ("bound", "status", "unsure", "value")

    value: Decimal | None
    bound: str
    status: str
    unsure: bool

    def __new__(
        cls, text: str, value: Decimal | None, bound: str, status: str, unsure: bool = False
    ) -> Marked:
        cell = super().__new__(cls, text)
        cell.value, cell.bound, cell.status, cell.unsure = value, bound, status, unsure
        return cell
