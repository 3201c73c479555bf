"""Brings an index up to what the documents are now: what changed is read again, and nothing else."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.errors import InputError
from miit_cli.index import schema
from miit_cli.index.pool import read
from miit_cli.index.snapshot import SETTLES, Stat, changed
from miit_cli.index.worker import Job

if TYPE_CHECKING:
    from miit_cli.index.schema import sqlite3
    from miit_cli.index.worker import DocumentRows, MakeReader, Result
    from miit_cli.vocabulary import Vocabulary

# How many documents, characters of text and seconds of reading are written at a time: what is lost at most
# when the process is killed.
BATCH = 200
BATCH_TEXT = 2_000_000
BATCH_SECONDS = 1.5


class Amount(NamedTuple):
    """So much of the files."""

    documents: int
    size: int  # bytes


# Called with how much is done, and of how much.
Progress = Callable[[Amount, Amount], None]


class Task(NamedTuple):
    """What is to be done: the files that make the corpus, and which of them must be looked into."""

    files: Sequence[str]  # all of them, in order
    doubtful: Sequence[str]  # those that may differ from what the index holds, in order
    entries: Mapping[str, Stat]


class How(NamedTuple):
    """How documents are read."""

    vocabulary: Vocabulary
    make: MakeReader
    jobs: int = 0
    skip_bad: bool = False
    progress: Progress | None = None
    account: bool = False  # of every figure, also of documents without a record


class RefreshOutcome(NamedTuple):
    """What came of it."""

    unsettled: list[str]  # files to look into the next time too
    faults: dict[str, str]  # of the files that were skipped


def refresh(
    connection: sqlite3.Connection,
    task: Task,
    how: How,
    finish: Callable[[RefreshOutcome], Mapping[str, object]],
    committed: Callable[[], None],
) -> RefreshOutcome:
    """Do the task, in several commits; ``committed`` is called after each.

    What ``finish`` says of the outcome is noted in the index with the last of them, and only then does
    it count as finished.

    Raises InputError for the first bad file unless bad ones are skipped. Whatever is raised, the index
    is left whole: it holds some documents, and goes on from there the next time.
    """
    known: dict[str, str] = {
        os.fsdecode(path): digest for path, digest in connection.execute("SELECT path, sha256 FROM document")
    }
    outcome = RefreshOutcome([], {})
    jobs = [
        Job(path, None if how.account else known.get(path), _size(task.entries.get(path)), how.account)
        for path in task.doubtful
    ]
    whole, size = Amount(len(jobs), sum(job.size for job in jobs)), 0
    with Writer(connection, committed) as writer:
        for path in known.keys() - set(task.files):
            writer.remove(path)
        with closing(read(jobs, how.vocabulary, how.make, how.jobs)) as results:
            for done, result in enumerate(results, 1):
                if result.fault and not how.skip_bad:
                    raise InputError(result.fault)
                _take(result, known, writer)
                _note(result, task.entries.get(result.path), outcome)
                size += jobs[done - 1].size
                if how.progress:
                    how.progress(Amount(done, size), whole)
        writer.finish(finish(outcome))
    return outcome


def _take(result: Result, known: Mapping[str, str], writer: Writer) -> None:
    if (result.rows or result.fault) and result.path in known:
        writer.remove(result.path)
    if result.rows:
        writer.add(result.rows)


def _note(result: Result, entry: Stat | None, outcome: RefreshOutcome) -> None:
    if result.fault:
        outcome.faults[result.path] = result.fault
    if result.fault or entry is None or changed(entry) > result.read_at - SETTLES:
        outcome.unsettled.append(result.path)


def _size(entry: Stat | None) -> int:
    return entry[0] if entry else 0


class Writer:
    """Puts documents into the tables, many in one transaction, and takes them out; a context.

    What was given to it is written also when the context ends with an error or an interrupt. ``committed``
    is called after each commit.
    """

    def __init__(self, connection: sqlite3.Connection, committed: Callable[[], None]) -> None:
        self._connection = connection
        self._committed = committed
        self._removed: list[bytes] = []
        self._added: list[DocumentRows] = []
        self._since = time.monotonic()
        # of indicators whose records are others than when the index was last finished
        self._touched: set[str] = set()
        if "snapshot" not in schema.noted(connection):
            self._touch("SELECT indicator FROM record UNION SELECT indicator FROM tally")

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write()

    def add(self, rows: DocumentRows) -> None:
        """Add a document."""
        self._added.append(rows)
        if (
            len(self._added) >= BATCH
            or sum(len(str(each.content[0])) for each in self._added) >= BATCH_TEXT
            or time.monotonic() - self._since > BATCH_SECONDS
        ):
            self._write()

    def remove(self, path: str) -> None:
        """Take out a document that was there before this writer was."""
        self._removed.append(os.fsencode(path))

    def finish(self, notes: Mapping[str, object]) -> None:
        """Note that all is done; nothing is written where nothing came of it."""
        self._write()
        if not notes.items() <= schema.noted(self._connection).items():
            self._commit(lambda: self._conclude(notes))

    def _write(self) -> None:
        removed, self._removed, added, self._added = self._removed, [], self._added, []
        if removed or added:
            self._commit(lambda: self._change(removed, added))
        self._since = time.monotonic()

    def _commit(self, change: Callable[[], None]) -> None:
        """Do something whole, or not at all: an interrupt may come between any two statements."""
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        try:
            # whoever reads the index sees that it is another one now, and unfinished
            execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
            execute("DELETE FROM meta WHERE key = 'snapshot'")
            change()
            execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                execute("ROLLBACK")
            raise
        self._committed()

    def _change(self, removed: Sequence[bytes], added: Sequence[DocumentRows]) -> None:
        for path in removed:
            self._remove(path)
        ((last,),) = self._connection.execute("SELECT ifnull(max(number), 0) FROM document")
        numbered = list(enumerate(added, last + 1))
        records = sorted(record for rows in added for record in rows.records)
        self._touched.update(str(record[0]) for record in records)
        self._insert("document", [(number, *rows.document) for number, rows in numbered])
        self._insert("content", [(number, *rows.content) for number, rows in numbered])
        self._insert("search", [(number, rows.words) for number, rows in numbered])
        self._insert("record", records)

    def _remove(self, path: bytes) -> None:
        execute = self._connection.execute
        number, name = execute("SELECT number, id FROM document WHERE path = ?", (path,)).fetchone()
        self._touch("SELECT DISTINCT indicator FROM record WHERE document = ?", name)
        execute("DELETE FROM record WHERE document = ?", (name,))
        for table in ("search", "content", "document"):
            execute(f"DELETE FROM {table} WHERE number = ?", (number,))

    def _insert(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        if rows:
            self._connection.executemany(
                f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows
            )

    def _touch(self, query: str, *values: str) -> None:
        self._touched.update(name for (name,) in self._connection.execute(query, values))

    def _conclude(self, notes: Mapping[str, object]) -> None:
        for statement in schema.SUMMARIES:
            self._connection.executemany(statement, [(name,) for name in sorted(self._touched)])
        self._connection.executemany("REPLACE INTO meta VALUES (?, ?)", notes.items())
