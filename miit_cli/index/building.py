"""The file of the index, made one that can be written to: as it is, or a new one."""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from miit_cli import corpus
from miit_cli.index import schema
from miit_cli.index.location import Location, make_room, remove, seal, sealed
from miit_cli.index.opening import Opening, default_reader
from miit_cli.index.schema import sqlite3
from miit_cli.types import BUNDLED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from miit_cli.index.sources import Sources
    from miit_cli.index.worker import MakeReader
    from miit_cli.vocabulary import Vocabulary

PREBUILT = ".index.sqlite"  # in the built-in corpus of a wheel; hidden: it is no document


def writable(location: Location, sources: Sources, opening: Opening) -> sqlite3.Connection:
    """A connection to the index of these sources, perhaps unfinished or empty; to be called under the lock.

    What is not whole, or not of these documents and sources, is thrown away.
    """
    if list(opening.paths) == [BUNDLED] and not os.path.exists(location.path):
        with suppress(FileNotFoundError, sqlite3.DatabaseError):
            _adopt(location, opening.vocabulary)
    about = {"key": location.key, "digest": sources.digest}
    if sealed(location):
        connection = schema.connect(location.path)
        with suppress(sqlite3.DatabaseError):
            if about.items() <= schema.noted(connection).items():
                return connection
        connection.close()
    remove(location)
    make_room()
    connection = schema.connect(location.path)
    _begin(connection, about, opening.vocabulary)
    seal(location)
    return connection


def _begin(connection: sqlite3.Connection, about: Mapping[str, object], vocabulary: Vocabulary) -> None:
    from miit_cli.names import meanings

    schema.create(connection, {**about, "names": meanings(vocabulary)})


# --- the index that a wheel carries, so that the first question of all need not read -------------


def prebuild(path: str, vocabulary: Vocabulary, make: MakeReader = default_reader) -> None:
    """Make an index of the built-in corpus, a new file; ``make`` makes the reader."""
    from miit_cli.index import sources
    from miit_cli.index.ingest import refresh

    opening = Opening([BUNDLED], vocabulary, jobs=1, notify=print, make=make)
    with closing(schema.connect(path)) as connection:
        about = {"digest": sources.read().digest, "vocabulary": vocabulary.fingerprint}
        _begin(connection, about, vocabulary)
        refresh(opening, connection, {"snapshot": opening.look()})
        # where the documents are, and how they look, is another matter on another machine
        connection.execute("UPDATE document SET path = id, look = ''")
        connection.execute("UPDATE meta SET value = x'' WHERE key = 'snapshot'")
        connection.execute("VACUUM")


def _adopt(location: Location, vocabulary: Vocabulary) -> None:
    """Make the prebuilt file the index, when there is one for this vocabulary."""
    shutil.copyfile(corpus.bundled_path() / PREBUILT, location.path)
    with closing(schema.connect(location.path)) as connection:
        if schema.noted(connection).get("vocabulary") != vocabulary.fingerprint:
            return
        paths = [(os.fsencode(path), corpus.document_id(path)) for path in corpus.files([BUNDLED])]
        connection.execute("BEGIN")
        connection.executemany("UPDATE document SET path = ? WHERE id = ?", paths)
        connection.execute("REPLACE INTO meta VALUES ('key', ?)", (location.key,))
        connection.execute("COMMIT")
    seal(location)
