"""The tables of the index."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
else:
    try:  # the module sqlite3 adds what is about dates, and is slow to import; the classes are the same
        import _sqlite3 as sqlite3
    except ImportError:
        import sqlite3

__all__ = ["RECORD_KEY", "SUMMARIES", "connect", "create", "lacking", "noted", "sqlite3"]

# An index is only ever used by the sources that made it, ``tables.sql`` among them: so it needs no version.
TABLES = os.path.join(os.path.dirname(__file__), "tables.sql")
RECORD_KEY = 'indicator, "end", start, published, document, place'
# What brings ``tally`` and ``claim`` up to the records of one indicator.
SUMMARIES = (
    "DELETE FROM tally WHERE indicator = ?",
    "INSERT INTO tally SELECT indicator, confidence, count(*) FROM record WHERE indicator = ? GROUP BY 1, 2",
    "DELETE FROM claim WHERE indicator = ?",
    f"""
    INSERT INTO claim SELECT {RECORD_KEY} FROM (
        SELECT *, row_number() OVER (same ORDER BY published, document, place) AS nth,
            count(*) OVER same AS of
        FROM record WHERE indicator = ?
        WINDOW same AS (PARTITION BY "end", start, status, value, bound, confidence)
    ) WHERE nth IN (1, of)
    """,
)


def connect(name: str) -> sqlite3.Connection:
    """A connection that leaves transactions to us and waits its turn."""
    return sqlite3.connect(name, timeout=10, isolation_level=None)


def create(connection: sqlite3.Connection, about: Mapping[str, object]) -> None:
    """Make the tables in an empty database, which says this of itself."""
    with open(TABLES, encoding="utf-8") as file:
        connection.executescript(f"BEGIN;{file.read()}")
    connection.executemany("INSERT INTO meta VALUES (?, ?)", about.items())
    connection.execute("COMMIT")


def noted(connection: sqlite3.Connection) -> dict[str, Any]:
    """What the index says of itself. What it keeps of the names is long, and only asked for by `Store`."""
    return dict(connection.execute("SELECT key, value FROM meta WHERE key != 'names'"))


def lacking(connection: sqlite3.Connection) -> set[str]:
    """The paths of the documents whose figures nobody has asked for yet."""
    query = "SELECT path FROM document JOIN content USING (number) WHERE figures IS NULL"
    return {os.fsdecode(path) for (path,) in connection.execute(query)}
