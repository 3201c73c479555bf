"""Makes the file of the index one that can be written to: as it is, mended, or made anew."""

from __future__ import annotations

import os
from collections.abc import Callable

from miit_cli.index import schema
from miit_cli.index.code import Code
from miit_cli.index.place import Place, make_room, remove, seal, sealed
from miit_cli.index.sqlite import sqlite3


def mended(place: Place, sources: Code, notify: Callable[[str], None]) -> sqlite3.Connection:
    """A connection to the index of these sources, whole though perhaps unfinished or empty.

    To be called under the lock. What cannot be trusted is thrown away, which is said unless it is
    only of other sources.
    """
    known = os.path.exists(place.path)
    whole = known and _is_whole(place)
    if whole:
        connection = schema.connect(place.path)
        if _is_of(connection, place, sources):
            connection.execute("PRAGMA synchronous = NORMAL")
            return connection
        connection.close()
    remove(place)
    if known and not whole:
        notify("the index was left half-written or was damaged; it is built anew")
    make_room()
    return _made(place, sources, schema.connect(place.path))


def _is_whole(place: Place) -> bool:
    if sealed(place):
        return True
    try:
        if not os.path.getsize(place.journal):
            return False
    except OSError:
        return False
    return _is_rolled_back(place)


def _is_rolled_back(place: Place) -> bool:
    """After a kill in a commit: SQLite undoes it by the journal when it is asked for anything."""
    connection = schema.connect(place.path)
    try:
        whole: bool = connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()
    if whole:
        seal(place)
    return whole


def _is_of(connection: sqlite3.Connection, place: Place, sources: Code) -> bool:
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != schema.VERSION:
            return False
        about = schema.noted(connection)
    except sqlite3.DatabaseError:
        return False
    return about.get("key") == place.key and about.get("digest") == sources.digest


def _made(place: Place, sources: Code, connection: sqlite3.Connection) -> sqlite3.Connection:
    # nothing is lost with a file that is not sealed yet, and it is synced when it is
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -65536")
    schema.create(connection, searchable=True)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [("key", place.key), ("digest", sources.digest)])
    return connection
