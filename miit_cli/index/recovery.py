"""Makes the file of the index one that can be written to: as it is, rolled back, or made anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from miit_cli.index import schema
from miit_cli.index.location import Location, make_room, remove, seal, sealed
from miit_cli.index.schema import sqlite3
from miit_cli.index.sources import Sources

if TYPE_CHECKING:
    from miit_cli.vocabulary import Vocabulary


def recovered(
    location: Location, sources: Sources, vocabulary: Vocabulary, notify: Callable[[str], None]
) -> sqlite3.Connection:
    """A connection to the index of these sources, whole though perhaps unfinished or empty.

    To be called under the lock. What cannot be trusted is thrown away, which is said unless it is
    only of other sources.
    """
    known = os.path.exists(location.path)
    whole = known and (sealed(location) or _is_rolled_back(location))
    if whole:
        connection = schema.connect(location.path)
        if _is_of(connection, location, sources):
            connection.execute("PRAGMA synchronous = NORMAL")
            return connection
        connection.close()
    remove(location)
    if known and not whole:
        notify("the index was left half-written or was damaged; it is built anew")
    make_room()
    return _made(location, sources, vocabulary)


def _is_rolled_back(location: Location) -> bool:
    """After a kill in a commit: SQLite undoes it by the journal when it is asked for anything."""
    try:
        if not os.path.getsize(location.journal):
            return False
    except OSError:
        return False
    connection = schema.connect(location.path)
    try:
        whole: bool = connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()
    if whole:
        seal(location)
    return whole


def _is_of(connection: sqlite3.Connection, location: Location, sources: Sources) -> bool:
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        about = schema.noted(connection) if version == schema.VERSION else {}
    except sqlite3.DatabaseError:
        return False
    return about.get("key") == location.key and about.get("digest") == sources.digest


def _made(location: Location, sources: Sources, vocabulary: Vocabulary) -> sqlite3.Connection:
    from miit_cli.names import meanings

    connection = schema.connect(location.path)
    # nothing is lost with a file that is not sealed yet, and it is synced when it is
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -65536")
    schema.create(connection)
    about = [("key", location.key), ("digest", sources.digest), ("names", meanings(vocabulary))]
    connection.executemany("INSERT INTO meta VALUES (?, ?)", about)
    return connection
