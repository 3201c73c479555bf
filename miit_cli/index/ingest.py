"""Brings an index up to what the documents are now: what changed is read again, and nothing else."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from miit_cli import corpus
from miit_cli.confidence import default_confidence
from miit_cli.errors import InputError
from miit_cli.index import schema
from miit_cli.index.pool import read
from miit_cli.index.snapshot import SETTLES, Stat, by_path, changed
from miit_cli.index.worker import Job
from miit_cli.types import Amount

if TYPE_CHECKING:
    from miit_cli.index.opening import Opening
    from miit_cli.index.schema import sqlite3
    from miit_cli.index.worker import DocumentRows, Result

BATCH_SECONDS = 1.5  # of reading are written at a time: what is lost at most when the process is killed


# Called with how much is done, and of how much.
Progress = Callable[[Amount, Amount], None]


def refresh(
    opening: Opening,
    connection: sqlite3.Connection,
    about: Mapping[str, bytes],
    committed: Callable[[], None] = lambda: None,
) -> None:
    """Read what changed into the tables, in several commits; ``committed`` is called after each.

    ``about`` is noted with the last of them, and only then does it count as finished: above all the
    ``snapshot``, how the files look.

    Raises InputError for the first bad file unless bad ones are skipped. Whatever is raised, the index
    is left whole: it holds some documents, and goes on from there the next time.
    """
    clashes: list[InputError] = []
    files = corpus.files(opening.paths, report=clashes.append if opening.skip_bad else None)
    looks = by_path(about["snapshot"])
    known: dict[str, str] = {
        os.fsdecode(path): digest for path, digest in connection.execute("SELECT path, sha256 FROM document")
    }
    settled = known.keys() - (schema.lacking(connection) if opening.account else ())
    jobs = [
        Job(path, None if opening.account else known.get(path), _size(looks.get(path)), opening.account)
        for path in _doubtful(files, looks, settled, schema.noted(connection))
    ]
    unsettled, faults = list[str](), list[str]()
    with Writer(connection, committed) as writer, closing(_results(jobs, opening)) as results:
        for path in known.keys() - set(files):
            writer.put(path, None)
        for result in results:
            if result.fault and not opening.skip_bad:
                raise InputError(result.fault)
            stands = result.path if result.path in known else None
            if result.rows or (result.fault and stands):
                writer.put(stands, result.rows)
            if result.fault:
                faults.append(result.fault)
            look = looks.get(result.path)
            if result.fault or look is None or changed(look) > result.read_at - SETTLES:
                unsettled.append(result.path)
        # where a file stood in the way of another, no file stands for the fault
        doubts = os.fsencode("\0".join(unsettled)) if not clashes else b"\0"
        writer.finish({**about, "unsettled": doubts, "confidence": default_confidence()})
    skipped = [*map(str, clashes), *faults]
    for fault in skipped:
        opening.notify(f"skipped: {fault}")
    if skipped:
        opening.notify(f"{len(skipped)} skipped, {len(files) - len(faults)} read")


def _doubtful(
    files: Sequence[str], looks: Mapping[str, Stat], settled: Set[str], before: Mapping[str, bytes]
) -> Iterator[str]:
    """The files that may differ from what the index holds."""
    was = by_path(before.get("snapshot", b""))  # not there when it was never finished
    unsettled = set(os.fsdecode(before.get("unsettled", b"")).split("\0"))
    for path in files:
        # a file that a link leads to may have been found, and read, by another path before
        as_it_was = path in looks and was.get(path) == looks[path]
        if not as_it_was or path in unsettled or path not in settled:
            yield path


def _results(jobs: Sequence[Job], opening: Opening) -> Generator[Result]:
    """What comes of each job, in their order; the progress is told when it has been taken."""
    whole, size = Amount(len(jobs), sum(job.size for job in jobs)), 0
    with closing(read(jobs, opening.vocabulary, opening.make, opening.jobs)) as results:
        for done, (job, result) in enumerate(zip(jobs, results, strict=True), 1):
            yield result
            size += job.size
            if opening.progress:
                opening.progress(Amount(done, size), whole)


def _size(look: Stat | None) -> int:
    return look[0] if look else 0


class Writer:
    """Puts documents into the tables and takes them out, in transactions of some seconds; a context.

    What was given to it whole is written also when the context ends with an error or an interrupt.
    ``committed`` is called after each commit.
    """

    def __init__(self, connection: sqlite3.Connection, committed: Callable[[], None]) -> None:
        self._connection, self._execute, self._committed = connection, connection.execute, committed
        self._since = 0.0  # when the transaction began
        self._execute("PRAGMA cache_size = -65536")
        self._execute("PRAGMA cache_spill = OFF")  # a kill leaves what was committed as it is
        # of indicators whose records are others than when the index was last finished
        self._touched: set[str] = set()
        if "snapshot" not in schema.noted(connection):
            self._touch("SELECT indicator FROM record UNION SELECT indicator FROM tally")

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self._commit()

    def put(self, path: str | None, rows: DocumentRows | None) -> None:
        """Take out the document of a path, one that was there before this writer was, and add another."""
        with self._change():
            if path is not None:
                self._remove(os.fsencode(path))
            if rows is not None:
                self._add(rows)
        if time.monotonic() - self._since > BATCH_SECONDS:
            self._commit()

    def finish(self, notes: Mapping[str, object]) -> None:
        """Note that all is done; nothing is written where nothing came of it."""
        if notes.items() <= schema.noted(self._connection).items():
            return
        with self._change():
            for statement in schema.SUMMARIES:
                self._connection.executemany(statement, [(name,) for name in sorted(self._touched)])
            self._connection.executemany("REPLACE INTO meta VALUES (?, ?)", notes.items())
        self._commit()

    @contextmanager
    def _change(self) -> Iterator[None]:
        """Do something whole, or not at all: an interrupt may come between any two statements."""
        try:
            if not self._connection.in_transaction:
                self._execute("BEGIN IMMEDIATE")
                self._since = time.monotonic()
                self._execute("DELETE FROM meta WHERE key = 'snapshot'")  # it is unfinished
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._execute("ROLLBACK")
            raise

    def _commit(self) -> None:
        if self._connection.in_transaction:
            self._execute("COMMIT")
            self._committed()

    def _add(self, rows: DocumentRows) -> None:
        self._touched.update(str(record[0]) for record in rows.records)
        ((number,),) = self._execute("SELECT ifnull(max(number), 0) + 1 FROM document")
        self._insert("document", [(number, *rows.document)])
        self._insert("content", [(number, *rows.content)])
        self._insert("search", [(number, rows.words)])
        self._insert("record", rows.records)

    def _remove(self, path: bytes) -> None:
        number, name = self._execute("SELECT number, id FROM document WHERE path = ?", (path,)).fetchone()
        self._touch("SELECT DISTINCT indicator FROM record WHERE document = ?", name)
        self._execute("DELETE FROM record WHERE document = ?", (name,))
        for table in ("search", "content", "document"):
            self._execute(f"DELETE FROM {table} WHERE number = ?", (number,))

    def _insert(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        if rows:
            self._connection.executemany(
                f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows
            )

    def _touch(self, query: str, *values: str) -> None:
        self._touched.update(name for (name,) in self._execute(query, values))
