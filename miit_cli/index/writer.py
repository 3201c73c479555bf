"""Writes documents into the tables, many at a time, and keeps whole what is written."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from miit_cli.index import schema
from miit_cli.index.parcel import Row, Rows
from miit_cli.index.sqlite import sqlite3
from miit_cli.index.words import words

# Seconds between commits: what is lost at most when the process is killed.
COMMIT_EVERY = 1.5
# How many documents, and characters of text, are written at a time.
BATCH = 200
BATCH_TEXT = 2_000_000

_DOCUMENT = "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_CONTENT = "INSERT INTO content VALUES (?, ?, ?)"
_RECORD = "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SEARCH = "INSERT INTO search (rowid, words) VALUES (?, ?)"
_UNSEARCH = "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)"
_TEXT = "SELECT text, body, language FROM document JOIN content USING (number) WHERE number = ?"
_COUNT = "INSERT INTO tally VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET records = records + excluded.records"
_SAYS = " AND ".join(f"{column} = ?" for column in schema.CLAIM)
_SAID_LAST = """
INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
    last_published = excluded.last_published, last_document = excluded.last_document,
    last_place = excluded.last_place
WHERE (excluded.last_published, excluded.last_document, excluded.last_place)
    > (last_published, last_document, last_place)
"""
_SAID_FIRST = f"""
UPDATE claim SET first_published = ?, first_document = ?, first_place = ?
WHERE {_SAYS} AND (?, ?, ?) < (first_published, first_document, first_place)
"""
_SAID_BY = f"SELECT published, document, place FROM record WHERE {_SAYS} ORDER BY"

Claim = tuple[Row, ...]


class Writer:
    """Puts documents into the tables and takes them out; ``committed`` is called after each commit."""

    def __init__(self, connection: sqlite3.Connection, committed: Callable[[], None]) -> None:
        self._connection = connection
        self._committed = committed
        self._searchable = schema.is_searchable(connection)
        self._waiting: list[Rows] = []
        self._size = 0
        self._since = time.monotonic()
        ((self._number,),) = connection.execute("SELECT ifnull(max(number), 0) FROM document")

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Commits what is whole at the end, also when the end is an error or an interrupt."""
        try:
            yield
        finally:
            try:
                self._write()
            finally:
                self._commit()

    def put(self, rows: Rows) -> None:
        """Add a document."""
        self._waiting.append(rows)
        self._size += len(str(rows.content[0]))
        if len(self._waiting) >= BATCH or self._size >= BATCH_TEXT:
            self._write()
            if time.monotonic() - self._since > COMMIT_EVERY:
                self._commit()

    def forget(self, path: str) -> None:
        """Take out a document that was there before this writer was."""
        with self._whole():
            self._forget(path)

    def finish(self, notes: Mapping[str, object]) -> None:
        """Note that all is done; nothing is written where nothing came of it."""
        self._write()
        if not notes.items() <= schema.noted(self._connection).items():
            with self._whole():
                self._connection.executemany("REPLACE INTO meta VALUES (?, ?)", notes.items())

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """An interrupt may come between any two statements: what is done inside is done whole, or not."""
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")
            self._since = time.monotonic()
            # whoever reads the index sees that it is another one now, and unfinished
            self._connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
            self._connection.execute("DELETE FROM meta WHERE key = 'look'")
        self._connection.execute("SAVEPOINT whole")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO whole")
            raise
        self._connection.execute("RELEASE whole")

    def _commit(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")
            self._committed()

    def _write(self) -> None:
        batch, self._waiting, self._size = self._waiting, [], 0
        if batch:
            with self._whole():
                self._put(batch)

    def _put(self, batch: list[Rows]) -> None:
        many = self._connection.executemany
        numbered = list(enumerate(batch, self._number + 1))
        self._number += len(batch)
        records = sorted(record for rows in batch for record in rows.records)
        many(_DOCUMENT, [(number, *rows.document) for number, rows in numbered])
        many(_CONTENT, [(number, *rows.content) for number, rows in numbered])
        many(_RECORD, records)
        if self._searchable:
            many(_SEARCH, _by_row((number, rows.words) for number, rows in numbered))
        self._say(records)

    def _forget(self, path: str) -> None:
        execute = self._connection.execute
        which = "SELECT number, id FROM document WHERE path = ?"
        number, name = execute(which, (os.fsencode(path),)).fetchone()
        said = f"SELECT {', '.join(schema.CLAIM)} FROM record WHERE document = ?"
        claims: list[Row] = execute(said, (name,)).fetchall()
        if self._searchable:
            self._forget_words(number)
        execute("DELETE FROM record WHERE document = ?", (name,))
        execute("DELETE FROM content WHERE number = ?", (number,))
        execute("DELETE FROM document WHERE number = ?", (number,))
        self._unsay(claims)

    def _forget_words(self, number: int) -> None:
        """The index of words holds no text: it is told again what it was told."""
        from miit_cli.sentences import split

        document = self._connection.execute(_TEXT, (number,)).fetchone()
        said = [(sentence, words(document[0][start:end])) for sentence, start, end, _, _ in split(*document)]
        self._connection.executemany(_UNSEARCH, _by_row([(number, said)]))

    # what is kept beside the records

    def _say(self, records: list[Row]) -> None:
        """Keep ``tally`` and ``claim`` true after records came, in the order of the table."""
        edges: dict[Row, tuple[Row, Row]] = {}
        for record in records:
            claim, by = (*record[:3], *record[6:9], record[-1]), record[3:6]
            edges[claim] = (edges[claim][0] if claim in edges else by, by)
        self._count(Counter((record[0], record[-1]) for record in records))
        self._claim(edges)

    def _unsay(self, claims: list[Row]) -> None:
        """Keep ``tally`` and ``claim`` true after records went."""
        execute = self._connection.execute
        self._count({key: -gone for key, gone in Counter((claim[0], claim[-1]) for claim in claims).items()})
        for claim in set(claims):
            execute(f"DELETE FROM claim WHERE {_SAYS}", claim)
            first = execute(f"{_SAID_BY} published, document, place LIMIT 1", claim).fetchall()
            last = execute(f"{_SAID_BY} published DESC, document DESC, place DESC LIMIT 1", claim).fetchall()
            if first:
                self._claim({claim: (first[0], last[0])})

    def _count(self, records: Mapping[Row, int]) -> None:
        self._connection.executemany(_COUNT, [(*key, number) for key, number in records.items()])

    def _claim(self, edges: Mapping[Row, tuple[Row, Row]]) -> None:
        rows = [(*claim, *first, *last) for claim, (first, last) in edges.items()]
        self._connection.executemany(_SAID_LAST, rows)
        firsts = [(*first, *claim, *first) for claim, (first, _) in edges.items()]
        self._connection.executemany(_SAID_FIRST, firsts)


def _by_row(said: Iterable[tuple[int, list[tuple[int, str]]]]) -> list[tuple[int, str]]:
    return [
        (schema.row_of(number, sentence), text) for number, sentences in said for sentence, text in sentences
    ]
