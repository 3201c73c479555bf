"""What completion offers from the index that there is: fast, and never building what takes long.

An index that is a little behind its documents will do: what it does not know can still be typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from miit_cli.index.location import locate, sealed
from miit_cli.index.opening import open_store
from miit_cli.index.schema import RECORD_KEY, connect, create, noted, sqlite3
from miit_cli.types import BUNDLED, SIGNS

if TYPE_CHECKING:
    from miit_cli.vocabulary import Vocabulary

MOST = 2000  # offers; nobody reads so many
_SURE = "confidence >= (SELECT value FROM meta WHERE key = 'confidence')"


def view(paths: Sequence[str], vocabulary: Vocabulary) -> CompletionView:
    """What the index of these documents holds; nothing, where there is none.

    Only the built-in corpus is read if need be: that takes less than a second, and only once.
    """
    location = locate(paths, vocabulary.fingerprint)
    if list(paths) == [BUNDLED] and not sealed(location):
        open_store(paths, vocabulary, jobs=1).close()
    if sealed(location):
        connection = connect(location.path)
        if noted(connection).get("key") == location.key:
            return CompletionView(connection)
    nothing = connect(":memory:")
    create(nothing, {})
    return CompletionView(nothing)


class CompletionView:
    """The names of what is in an index; it holds the file open until it is closed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection, self.close = connection, connection.close

    def periods(self) -> list[tuple[str, str]]:
        """The first day ("" when there is none) and the last day of every period, the latest first."""
        return self._rows('SELECT DISTINCT start, "end" FROM claim ORDER BY 2 DESC, 1')

    def values(self, indicator: str) -> list[tuple[str, str, str]]:
        """The periods of an indicator, each with what was last reported for it."""
        claims = self._rows(
            f'SELECT start, "end", value, bound FROM claim JOIN record USING ({RECORD_KEY}) '
            f'WHERE indicator = ? AND {_SURE} ORDER BY "end" DESC, start, published',
            indicator,
        )
        told = {
            (start, end): f"{SIGNS.get(bound, '')} {value}".strip() for start, end, value, bound in claims
        }
        return [(start, end, value) for (start, end), value in told.items()]

    def documents(self, indicator: str | None = None) -> list[tuple[str, str]]:
        """The ids and the titles of the documents, of those that report an indicator; the latest first."""
        reporting = f"SELECT document FROM record WHERE indicator = ? AND {_SURE}"
        where = f"WHERE id IN ({reporting})" if indicator else ""
        values = (indicator,) if indicator else ()
        return self._rows(f"SELECT id, title FROM document {where} ORDER BY date DESC, id", *values)

    def _rows(self, statement: str, *values: str) -> list[Any]:
        return self._connection.execute(f"{statement} LIMIT {MOST}", values).fetchall()
