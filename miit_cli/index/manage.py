"""What the index holds, and how to be rid of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.errors import InputError
from miit_cli.index.lock import locked
from miit_cli.index.opening import Notify, Opening, default_reader, is_fresh, open_store
from miit_cli.index.place import Place, Unusable, indexes, remove, sealed
from miit_cli.index.schema import connect, noted
from miit_cli.index.sqlite import sqlite3

if TYPE_CHECKING:
    from miit_cli.index.build import Progress
    from miit_cli.index.parcel import MakeReader
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
    opening = Opening(paths, vocabulary, 0, False, None, lambda message: None, default_reader)
    place = opening.place
    if not os.path.exists(place.path):
        return IndexInfo(place.path, ABSENT)
    size = os.path.getsize(place.path)
    if not sealed(place):
        return IndexInfo(place.path, DAMAGED, size)
    try:
        return _info(place, opening.look(), size, vocabulary.fingerprint)
    except sqlite3.DatabaseError:
        return IndexInfo(place.path, DAMAGED, size)


def _info(place: Place, seen: bytes, size: int, vocabulary: str) -> IndexInfo:
    connection = connect(place.path)
    try:
        state = FRESH if is_fresh(connection, place, seen) else STALE
        ((documents, records),) = connection.execute(
            "SELECT (SELECT count(*) FROM document), (SELECT ifnull(sum(records), 0) FROM tally)"
        ).fetchall()
        reader = str(noted(connection).get("digest", ""))
    finally:
        connection.close()
    return IndexInfo(place.path, state, size, documents, records, _built(place), vocabulary, reader)


def _built(place: Place) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(int(os.path.getmtime(place.path)), UTC).isoformat()


def rebuild(
    paths: Sequence[str],
    vocabulary: Vocabulary,
    *,
    jobs: int = 0,
    skip_bad: bool = False,
    progress: Progress | None = None,
    notify: Notify | None = None,
    make: MakeReader = default_reader,
) -> IndexInfo:
    """Read all documents again; the options are those of ``open_store``."""
    drop(paths, vocabulary)
    open_store(
        paths, vocabulary, jobs=jobs, skip_bad=skip_bad, progress=progress, notify=notify, make=make
    ).close()
    return info(paths, vocabulary)


def drop(paths: Sequence[str] | None = None, vocabulary: Vocabulary | None = None) -> list[str]:
    """Remove the index of these documents, or all indexes; the paths of those that there were.

    Raises InputError when one cannot be removed.
    """
    if paths is not None and vocabulary is not None:
        opening = Opening(paths, vocabulary, 0, False, None, lambda message: None, default_reader)
        places = [opening.place]
    else:
        places = [Place(path, b"") for path in _all()]
    return [place.path for place in places if _dropped(place)]


def _all() -> list[str]:
    try:
        return sorted(indexes())
    except OSError:
        return []


def _dropped(place: Place) -> bool:
    if not os.path.exists(place.path):
        return False
    try:
        with locked(place):
            remove(place)
            os.remove(place.lock)
    except (OSError, Unusable) as error:
        raise InputError(f"{place.path}: cannot be removed ({error}): remove it by hand") from error
    return True
