"""What the index holds, and how to be rid of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from miit_cli.errors import InputError
from miit_cli.index.location import Location, Unusable, indexes, locked, remove, sealed
from miit_cli.index.opening import Opening, is_fresh, open_store
from miit_cli.index.schema import connect, noted, sqlite3

if TYPE_CHECKING:
    from miit_cli.vocabulary import Vocabulary

ABSENT, FRESH, STALE, DAMAGED = "absent", "fresh", "stale", "damaged"


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
    opening = Opening(paths, vocabulary)
    location = opening.location
    if not os.path.exists(location.path):
        return IndexInfo(location.path, ABSENT)
    size = os.path.getsize(location.path)
    try:
        if sealed(location):
            return _info(location, opening.look(), size, vocabulary.fingerprint)
    except sqlite3.DatabaseError:
        pass
    return IndexInfo(location.path, DAMAGED, size)


def _info(location: Location, seen: bytes, size: int, vocabulary: str) -> IndexInfo:
    from datetime import UTC, datetime

    with closing(connect(location.path)) as connection:
        state = FRESH if is_fresh(connection, location, seen) else STALE
        ((documents,),) = connection.execute("SELECT count(*) FROM document")
        ((records,),) = connection.execute("SELECT count(*) FROM record")
        reader = str(noted(connection).get("digest", ""))
    built = datetime.fromtimestamp(int(os.path.getmtime(location.path)), UTC).isoformat()
    return IndexInfo(location.path, state, size, documents, records, built, vocabulary, reader)


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
    return [location.path for location in locations if _dropped(location)]


def _dropped(location: Location) -> bool:
    if not os.path.exists(location.path):
        return False
    try:
        with locked(location):
            remove(location)
            os.remove(location.lock)
    except (OSError, Unusable) as error:
        raise InputError(f"{location.path}: cannot be removed ({error}): remove it by hand") from error
    return True
