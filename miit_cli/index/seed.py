"""The index of the built-in corpus that a wheel carries, so that the first question of all need not read.

It is made when the wheel is built. It is taken only where the sources and the vocabulary are the same to
the byte, and then, like any index, for those documents only that are.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from miit_cli.index import code, schema
from miit_cli.index.place import Place, seal
from miit_cli.index.sqlite import sqlite3

if TYPE_CHECKING:
    from collections.abc import Callable

    from miit_cli.index.parcel import MakeReader
    from miit_cli.vocabulary import Vocabulary

NAME = ".index.sqlite"  # hidden: it is no document


def grow(path: str, vocabulary: Vocabulary, make: MakeReader | None = None) -> None:
    """Make a seed in a new file; ``make`` makes the reader where it is not the program's."""
    from miit_cli.index.opening import BUNDLED, Opening, bundled, default_reader

    opening = Opening([BUNDLED], vocabulary, 1, False, None, print, make or default_reader)
    connection = schema.connect(path)
    schema.create(connection, searchable=True)
    opening.read(connection, {"look": opening.look()}, _nothing)
    told = {"digest": code.read().digest, "vocabulary": vocabulary.fingerprint}
    connection.executemany("REPLACE INTO meta VALUES (?, ?)", told.items())
    # where the documents are, and how they look, is another matter on another machine
    _move(connection, lambda path: os.path.relpath(path, os.fsencode(bundled())))
    connection.execute("DELETE FROM meta WHERE key IN ('look', 'unsettled')")
    connection.execute("VACUUM")
    connection.close()


def _move(connection: sqlite3.Connection, moved: Callable[[bytes], bytes]) -> None:
    paths = connection.execute("SELECT path, number FROM document").fetchall()
    rows = [(moved(path), number) for path, number in paths]
    connection.executemany("UPDATE document SET path = ? WHERE number = ?", rows)


def _nothing() -> None:
    """Nothing is to be done after a commit to a file that is nobody's index yet."""


def plant(seed: str, place: Place, sources: code.Code, vocabulary: str) -> None:
    """Put a seed where the index should be, when there is one that fits; to be called under the lock."""
    if not os.path.exists(seed):
        return
    fits = False
    try:
        shutil.copyfile(seed, place.path)
        fits = _adopted(place, os.path.dirname(seed), {"digest": sources.digest, "vocabulary": vocabulary})
    finally:
        if fits:
            seal(place)
        else:
            with suppress(OSError):
                os.remove(place.path)


def _adopted(place: Place, folder: str, wanted: dict[str, str]) -> bool:
    """Make a copy the index of the documents in this folder, when it was made for what is wanted."""
    connection = schema.connect(place.path)
    try:
        if not wanted.items() <= schema.noted(connection).items():
            return False
        connection.execute("BEGIN")
        _move(connection, lambda path: os.path.join(os.fsencode(folder), path))
        connection.execute("REPLACE INTO meta VALUES ('key', ?)", (place.key,))
        connection.execute("COMMIT")
        return True
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()
