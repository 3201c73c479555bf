"""Brings an index up to what the documents are now: what changed is read again, and nothing else."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.errors import InputError
from miit_cli.index import schema
from miit_cli.index.crew import Job, read
from miit_cli.index.look import SETTLES, Entry, changed
from miit_cli.index.parcel import MakeReader, Parcel, Row, Rows
from miit_cli.index.words import words

if TYPE_CHECKING:
    from miit_cli.vocabulary import Vocabulary

# Called with how many documents are done, and of how many.
Progress = Callable[[int, int], None]

# Seconds between commits: what is lost at most when the process is killed.
COMMIT_EVERY = 1.5

_SAYS = 'indicator = ? AND "end" = ? AND start = ? AND status = ? AND value = ? AND bound = ?'
_COUNT = "INSERT INTO tally VALUES (?, ?) ON CONFLICT DO UPDATE SET records = records + excluded.records"
_SAID_LAST = """
INSERT INTO claim VALUES (?1, ?2, ?3, ?7, ?8, ?9, ?4, ?5, ?6, ?4, ?5, ?6)
ON CONFLICT DO UPDATE SET last_published = ?4, last_document = ?5, last_place = ?6
WHERE (?4, ?5, ?6) > (last_published, last_document, last_place)
"""
_SAID_FIRST = """
UPDATE claim SET first_published = ?4, first_document = ?5, first_place = ?6
WHERE indicator = ?1 AND "end" = ?2 AND start = ?3 AND status = ?7 AND value = ?8 AND bound = ?9
    AND (?4, ?5, ?6) < (first_published, first_document, first_place)
"""
_SAID_YET = f"""
SELECT indicator, "end", start, published, document, place, status, value, bound FROM record WHERE {_SAYS}
"""
_IN_TURN, _IN_REVERSE = (
    f"ORDER BY published {order}, document {order}, place {order} LIMIT 1" for order in ("ASC", "DESC")
)


class Task(NamedTuple):
    """What is to be done: the files that make the corpus, and which of them must be looked into."""

    files: Sequence[str]  # all of them, in order
    doubtful: Sequence[str]  # those that may differ from what the index holds, in order
    entries: Mapping[str, Entry]


class How(NamedTuple):
    """How documents are read."""

    vocabulary: Vocabulary
    make: MakeReader
    jobs: int = 0
    skip_bad: bool = False
    progress: Progress | None = None


class Outcome(NamedTuple):
    """What came of it."""

    unsettled: list[str]  # files to look into the next time too
    faults: dict[str, str]  # of the files that were skipped


def refresh(
    connection: sqlite3.Connection,
    task: Task,
    how: How,
    finish: Callable[[Outcome], Mapping[str, object]],
    committed: Callable[[], None],
) -> Outcome:
    """Do the task, in several commits; ``committed`` is called after each.

    What ``finish`` says of the outcome is noted in the index with the last of them, and only then does
    it count as finished.

    Raises InputError for the first bad file unless bad ones are skipped. Whatever is raised, the index
    is left whole: it holds some documents, and goes on from there the next time.
    """
    known: dict[str, str] = {
        os.fsdecode(path): digest for path, digest in connection.execute("SELECT path, sha256 FROM document")
    }
    files = set(task.files)
    writer = _Writer(connection, committed)
    outcome = Outcome([], {})
    with writer.at_work():
        for path in known.keys() - files:
            writer.forget(path)
        jobs = [Job(path, known.get(path), _size(task.entries.get(path))) for path in task.doubtful]
        with closing(read(jobs, how.vocabulary, how.make, how.jobs)) as parcels:
            for done, parcel in enumerate(parcels, 1):
                if parcel.fault and not how.skip_bad:
                    raise InputError(parcel.fault)
                _take(parcel, known, writer)
                _note(parcel, task.entries.get(parcel.path), outcome)
                writer.rest()
                if how.progress:
                    how.progress(done, len(jobs))
        writer.finish(finish(outcome))
    return outcome


def _take(parcel: Parcel, known: Mapping[str, str], writer: _Writer) -> None:
    if (parcel.rows or parcel.fault) and parcel.path in known:
        writer.forget(parcel.path)
    if parcel.rows:
        writer.put(parcel.path, parcel.rows)


def _note(parcel: Parcel, entry: Entry | None, outcome: Outcome) -> None:
    if parcel.fault:
        outcome.faults[parcel.path] = parcel.fault
    if parcel.fault or entry is None or changed(entry) > parcel.read_at - SETTLES:
        outcome.unsettled.append(parcel.path)


def _size(entry: Entry | None) -> int:
    return entry[1] if entry is not None and len(entry) > 1 else 0


class _Writer:
    """Puts documents into the tables. What is put is kept until there is a batch, then committed at once."""

    def __init__(self, connection: sqlite3.Connection, committed: Callable[[], None]) -> None:
        self._connection = connection
        self._committed = committed
        self._searchable = schema.is_searchable(connection)
        self._since = time.monotonic()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Commits what is whole at the end, also when the end is an error."""
        try:
            yield
        finally:
            self._commit()

    def rest(self) -> None:
        """Between two documents: commit when it is time to."""
        if self._connection.in_transaction and time.monotonic() - self._since > COMMIT_EVERY:
            self._commit()

    def put(self, path: str, rows: Rows) -> None:
        with self._whole():
            self._put(path, rows)

    def forget(self, path: str) -> None:
        with self._whole():
            self._forget(path)

    def finish(self, notes: Mapping[str, object]) -> None:
        if notes.items() <= dict(self._connection.execute("SELECT key, value FROM meta")).items():
            return  # nothing came of it, so nothing is written
        with self._whole():
            self._connection.executemany("REPLACE INTO meta VALUES (?, ?)", notes.items())

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """An interrupt may come between any two statements: a document is in the index whole, or not."""
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")
            self._since = time.monotonic()
            # whoever reads the index sees that it is another one now, and unfinished
            self._connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
            self._connection.execute("DELETE FROM meta WHERE key = 'look'")
        self._connection.execute("SAVEPOINT document")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO document")
            raise
        self._connection.execute("RELEASE document")

    def _commit(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")
            self._committed()

    def _put(self, path: str, rows: Rows) -> None:
        execute, many = self._connection.execute, self._connection.executemany
        try:
            number = execute(
                "INSERT INTO document VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows.document
            ).lastrowid
        except sqlite3.IntegrityError as error:
            raise InputError(self._namesake(path, str(rows.document[0]))) from error
        assert number is not None
        execute("INSERT INTO content VALUES (?, ?, ?)", (number, *rows.content))
        many("INSERT INTO quote VALUES (?, ?, ?)", rows.quotes)
        many("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows.records)
        if self._searchable:
            execute("INSERT INTO search (rowid, words) VALUES (?, ?)", (number, rows.words))
        self._say([record[:9] for record in rows.records])

    def _namesake(self, path: str, name: str) -> str:
        rows = self._connection.execute("SELECT path FROM document WHERE id = ?", (name,)).fetchall()
        other = os.fsdecode(rows[0][0]) if rows else "another document"
        return f"{path}: {other} has the same id {name}; rename one of them"

    def _forget(self, path: str) -> None:
        execute = self._connection.execute
        number, name, body = execute(
            "SELECT number, id, body FROM document WHERE path = ?", (os.fsencode(path),)
        ).fetchone()
        said = execute(
            'SELECT indicator, "end", start, status, value, bound FROM record WHERE document = ?', (name,)
        )
        gone: list[Row] = said.fetchall()
        if self._searchable:  # the index of words holds no text: it is told again what it was told
            ((text,),) = execute("SELECT text FROM content WHERE number = ?", (number,))
            execute(
                "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)",
                (number, words(text[body:])),
            )
        execute("DELETE FROM record WHERE document = ?", (name,))
        execute("DELETE FROM quote WHERE document = ?", (name,))
        execute("DELETE FROM content WHERE number = ?", (number,))
        execute("DELETE FROM document WHERE number = ?", (number,))
        self._unsay(gone)

    def _say(self, records: list[Row]) -> None:
        """Keep ``tally`` and ``claim`` true after records came."""
        many = self._connection.executemany
        many(_COUNT, [(record[0], 1) for record in records])
        many(_SAID_LAST, records)
        many(_SAID_FIRST, records)

    def _unsay(self, claims: list[Row]) -> None:
        """Keep ``tally`` and ``claim`` true after records went."""
        execute, many = self._connection.execute, self._connection.executemany
        many(_COUNT, [(claim[0], -1) for claim in claims])
        for claim in set(claims):
            execute(f"DELETE FROM claim WHERE {_SAYS}", claim)
            for edge in (_IN_TURN, _IN_REVERSE):
                left = execute(f"{_SAID_YET} {edge}", claim).fetchall()
                many(_SAID_LAST, left)
