"""What the index holds, and how to be rid of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from miit_cli.errors import InputError
from miit_cli.index.location import Location, Unusable, indexes, locked, remove, sealed
from miit_cli.index.opening import Opening, is_fresh, open_store
from miit_cli.index.schema import connect, noted, sqlite3

if TYPE_CHECKING:
    from miit_cli.vocabulary import Vocabulary


class IndexInfo(NamedTuple):
    """What there is to know about an index."""

    path: str
    state: str  # absent, fresh, stale (brought up to date with the next question), damaged (built anew then)
    bytes: int = 0
    documents: int = 0
    records: int = 0
    built: str = ""  # ISO time of the last change, in UTC
    vocabulary: str = ""  # fingerprint
    reader: str = ""  # digest of the sources that read


def info(paths: Sequence[str], vocabulary: Vocabulary) -> IndexInfo:
    """The index of these documents. Nothing is read and nothing is built."""
    from datetime import UTC, datetime

    opening = Opening(paths, vocabulary)
    location, path = opening.location, opening.location.path
    if not os.path.exists(path):
        return IndexInfo(path, "absent")
    damaged = IndexInfo(path, "damaged", os.path.getsize(path))
    if not sealed(location):
        return damaged
    with suppress(sqlite3.DatabaseError), closing(connect(path)) as connection:
        return damaged._replace(
            state="fresh" if is_fresh(connection, location, opening.look()) else "stale",
            documents=connection.execute("SELECT count(*) FROM document").fetchone()[0],
            records=connection.execute("SELECT count(*) FROM record").fetchone()[0],
            built=datetime.fromtimestamp(int(os.path.getmtime(path)), UTC).isoformat(),
            vocabulary=vocabulary.fingerprint,
            reader=str(noted(connection).get("digest", "")),
        )
    return damaged


def rebuild(paths: Sequence[str], vocabulary: Vocabulary, **how: Any) -> IndexInfo:
    """Read all documents again; the options are those of ``open_store``."""
    drop(paths, vocabulary)
    open_store(paths, vocabulary, **how).close()
    return info(paths, vocabulary)


def drop(paths: Sequence[str] | None = None, vocabulary: Vocabulary | None = None) -> list[str]:
    """Remove the index of these documents, or all indexes; the paths of those that there were.

    Raises InputError when one cannot be removed.
    """
    if paths is not None and vocabulary is not None:
        locations = [Opening(paths, vocabulary).location]
    else:
        locations = [Location(path, b"") for path in sorted(indexes())]
    there = [location for location in locations if os.path.exists(location.path)]
    for location in there:
        try:
            with locked(location):
                remove(location)
                os.remove(location.lock)
        except (OSError, Unusable) as error:
            raise InputError(f"{location.path}: cannot be removed ({error}): remove it by hand") from error
    return [location.path for location in there]
