"""The index of the built-in corpus that a wheel carries, so that the first question of all need not read.

It is made when the wheel is built. It is taken only where the sources and the vocabulary are the same to
the byte, and then, like any index, for those documents only that are.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from miit_cli.index import schema, sources
from miit_cli.index.location import Location, seal
from miit_cli.index.schema import sqlite3

if TYPE_CHECKING:
    from collections.abc import Callable

    from miit_cli.index.worker import MakeReader
    from miit_cli.vocabulary import Vocabulary

NAME = ".index.sqlite"  # hidden: it is no document


def build(path: str, vocabulary: Vocabulary, make: MakeReader | None = None) -> None:
    """Make the index that is carried, a new file; ``make`` makes the reader where it is not the program's."""
    from miit_cli.index.ingest import refresh
    from miit_cli.index.opening import Opening, bundled, default_reader
    from miit_cli.names import meanings
    from miit_cli.types import BUNDLED

    opening = Opening([BUNDLED], vocabulary, jobs=1, notify=print, make=make or default_reader)
    with closing(schema.connect(path)) as connection:
        schema.create(connection)
        refresh(opening, connection, {"snapshot": opening.look()})
        told = {"digest": sources.read().digest, "vocabulary": vocabulary.fingerprint}
        kept = [*told.items(), ("names", meanings(vocabulary))]
        connection.executemany("REPLACE INTO meta VALUES (?, ?)", kept)
        # where the documents are, and how they look, is another matter on another machine
        _move(connection, lambda path: os.path.relpath(path, os.fsencode(bundled())))
        connection.execute("UPDATE meta SET value = x'' WHERE key IN ('snapshot', 'unsettled')")
        connection.execute("VACUUM")


def _move(connection: sqlite3.Connection, moved: Callable[[bytes], bytes]) -> None:
    paths = connection.execute("SELECT path, number FROM document").fetchall()
    rows = [(moved(path), number) for path, number in paths]
    connection.executemany("UPDATE document SET path = ? WHERE number = ?", rows)


def adopt(prebuilt: str, location: Location, digest: str, vocabulary: str) -> None:
    """Make a prebuilt file the index, when there is one that fits; to be called under the lock."""
    if not os.path.exists(prebuilt):
        return
    fits = False
    try:
        shutil.copyfile(prebuilt, location.path)
        wanted = {"digest": digest, "vocabulary": vocabulary}
        fits = _adopted(location, os.path.dirname(prebuilt), wanted)
    finally:
        if fits:
            seal(location)
        else:
            with suppress(OSError):
                os.remove(location.path)


def _adopted(location: Location, folder: str, wanted: dict[str, str]) -> bool:
    """Make a copy the index of the documents in this folder, when it was made for what is wanted."""
    with closing(schema.connect(location.path)) as connection:
        try:
            if not wanted.items() <= schema.noted(connection).items():
                return False
            connection.execute("BEGIN")
            _move(connection, lambda path: os.path.join(os.fsencode(folder), path))
            connection.execute("REPLACE INTO meta VALUES ('key', ?)", (location.key,))
            connection.execute("COMMIT")
            return True
        except sqlite3.DatabaseError:
            return False
