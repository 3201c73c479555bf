"""A look into the index that there is, for completion: fast, and never building what takes long.

An index that is a little behind its documents will do: what it does not know can still be typed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from miit_cli.index.opening import BUNDLED, open_store
from miit_cli.index.place import place, sealed
from miit_cli.index.schema import connect, noted

if TYPE_CHECKING:
    from miit_cli.vocabulary import Vocabulary

MOST = 2000  # offers; nobody reads so many
_SURE = "confidence >= (SELECT value FROM meta WHERE key = 'confidence')"
HEDGES = {"lower": "> ", "upper": "< ", "approx": "~ "}


def peek(paths: Sequence[str], vocabulary: Vocabulary) -> Peek:
    """What the index of these documents holds; nothing, where there is none.

    Only the built-in corpus is read if need be: that takes less than a second, and only once.
    """
    index = place(paths, vocabulary.fingerprint)
    if list(paths) == [BUNDLED] and not sealed(index):
        open_store(paths, vocabulary, jobs=1).close()
    if not sealed(index):
        return Peek(None)
    connection = connect(index.path)
    return Peek(connection if noted(connection).get("key") == index.key else None)


class Peek:
    """The names of what is in an index; a context, for it holds the file open."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        """Take a connection to an index, or None where there is none."""
        self._connection = connection

    def __enter__(self) -> Peek:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()

    def periods(self) -> list[tuple[str, str]]:
        """The first day ("" when there is none) and the last day of every period, the latest first."""
        return self._rows(f'SELECT DISTINCT start, "end" FROM claim WHERE {_SURE} ORDER BY 2 DESC, 1')

    def values(self, indicator: str) -> list[tuple[str, str, str]]:
        """The periods of an indicator, each with what was last reported for it."""
        claims = self._rows(
            'SELECT start, "end", value, bound, status FROM claim WHERE indicator = ? '
            f"AND {_SURE} "
            'ORDER BY "end" DESC, start, last_published',
            indicator,
        )
        told = {(start, end): f"{HEDGES.get(bound, '')}{value}" for start, end, value, bound, _ in claims}
        return [(start, end, value) for (start, end), value in told.items()]

    def documents(self, indicator: str | None = None) -> list[tuple[str, str]]:
        """The ids and the titles of the documents, of those that report an indicator; the latest first."""
        if indicator is None:
            return self._rows("SELECT id, title FROM document ORDER BY date DESC, id")
        return self._rows(
            "SELECT id, title FROM document WHERE id IN "
            f"(SELECT document FROM record WHERE indicator = ? AND {_SURE}) "
            "ORDER BY date DESC, id",
            indicator,
        )

    def _rows(self, statement: str, *values: str) -> list[Any]:
        if self._connection is None:
            return []
        return self._connection.execute(f"{statement} LIMIT {MOST}", values).fetchall()
