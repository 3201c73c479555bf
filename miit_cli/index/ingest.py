"""Makes an index that can be written to, the one that there is or a new one, and brings it up to what the
documents are now: what changed is read again, and nothing else."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from miit_cli import corpus
from miit_cli.confidence import default_confidence
from miit_cli.errors import InputError
from miit_cli.index import schema
from miit_cli.index.location import Location, make_room, remove, seal, sealed
from miit_cli.index.opening import Opening, default_reader
from miit_cli.index.pool import read
from miit_cli.index.schema import sqlite3
from miit_cli.index.snapshot import SETTLES, Stat, by_path, changed
from miit_cli.index.worker import Job
from miit_cli.types import BUNDLED, Amount

if TYPE_CHECKING:
    from miit_cli.index.sources import Sources
    from miit_cli.index.worker import DocumentRows, MakeReader, Result
    from miit_cli.vocabulary import Vocabulary

PREBUILT = ".index.sqlite"  # in the built-in corpus of a wheel; hidden: it is no document
BATCH_SECONDS = 1.5  # of reading are written at a time: what is lost at most when the process is killed


# Called with how much is done, and of how much.
Progress = Callable[[Amount, Amount], None]


def writable(location: Location, sources: Sources, opening: Opening) -> sqlite3.Connection:
    """A connection to the index of these sources, perhaps unfinished or empty; to be called under the lock.

    What is not whole, or not of these documents and sources, is thrown away.
    """
    from miit_cli.names import meanings

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
    schema.create(connection, {**about, "names": meanings(opening.vocabulary)})
    seal(location)
    return connection


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
    known = {
        os.fsdecode(path): (look, digest)
        for path, look, digest in connection.execute("SELECT path, look, sha256 FROM document")
    }
    lacking = schema.lacking(connection) if opening.account else set()
    jobs = [job._replace(account=opening.account) for job in _jobs(files, looks, known, lacking)]
    faults, finished = list[str](), not clashes
    with Writer(connection, committed) as writer, closing(_results(jobs, opening)) as results:
        for path in known.keys() - set(files):
            writer.remove(path)
        for result in results:
            if result.fault and not opening.skip_bad:
                raise InputError(result.fault)
            stat, stands = looks.get(result.path, ()), result.path in known
            settled = not result.fault and changed(stat) <= result.read_at - SETTLES
            look = str(stat) if settled else ""
            if stands and (result.rows or result.fault):
                writer.remove(result.path)
            if result.rows:
                writer.add(result.rows, look)
            elif result.fault:
                faults.append(result.fault)
            elif look != known[result.path][0]:
                writer.note(result.path, look)
            finished = finished and settled
        snapshot = about["snapshot"] if finished else b""
        writer.finish({**about, "snapshot": snapshot, "confidence": default_confidence()})
    skipped = [*map(str, clashes), *faults]
    for fault in skipped:
        opening.notify(f"skipped: {fault}")
    if skipped:
        opening.notify(f"{len(skipped)} skipped, {len(files) - len(faults)} read")


def _jobs(
    files: Sequence[str], looks: Mapping[str, Stat], known: Mapping[str, tuple[str, str]], lacking: Set[str]
) -> Iterator[Job]:
    """The files that may differ from what the index holds of them, and those of which it is ``lacking``."""
    for path in files:
        stat, (look, digest) = looks.get(path, ()), known.get(path, ("", None))
        if path in lacking or look != str(stat):
            yield Job(path, None if path in lacking else digest, stat[0] if stat else 0)


def _results(jobs: Sequence[Job], opening: Opening) -> Generator[Result]:
    """What comes of each job, in their order; the progress is told when it has been taken."""
    whole, size = Amount(len(jobs), sum(job.size for job in jobs)), 0
    with closing(read(jobs, opening.vocabulary, opening.make, opening.jobs)) as results:
        for done, (job, result) in enumerate(zip(jobs, results, strict=True), 1):
            yield result
            size += job.size
            if opening.progress:
                opening.progress(Amount(done, size), whole)


class Writer:
    """Puts documents into the tables and takes them out, in transactions of some seconds; a context.

    What was given to it whole is written also when the context ends with an error or an interrupt.
    ``committed`` is called after each commit.
    """

    def __init__(self, connection: sqlite3.Connection, committed: Callable[[], None]) -> None:
        self._connection, self._execute, self._committed = connection, connection.execute, committed
        self._since = 0.0  # when the transaction began
        self._untold = False  # whether a commit was begun that ``committed`` has not heard of
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

    def add(self, rows: DocumentRows, look: str) -> None:
        """Put in a document whose file looks so, "" while that may change unseen."""
        self._touched.update(str(record[0]) for record in rows.records)
        with self._change():
            ((number,),) = self._execute("SELECT ifnull(max(number), 0) + 1 FROM document")
            self._insert("document", [(number, *rows.document, look)])
            self._insert("content", [(number, *rows.content)])
            self._insert("search", [(number, rows.words)])
            self._insert("record", rows.records)

    def remove(self, path: str) -> None:
        """Take out the document of a path."""
        query = "SELECT number, id FROM document WHERE path = ?"
        number, name = self._execute(query, (os.fsencode(path),)).fetchone()
        self._touch("SELECT DISTINCT indicator FROM record WHERE document = ?", name)
        with self._change():
            self._execute("DELETE FROM record WHERE document = ?", (name,))
            for table in ("search", "content", "document"):
                self._execute(f"DELETE FROM {table} WHERE number = ?", (number,))

    def note(self, path: str, look: str) -> None:
        """Note how the file of a document looks now, which says what it said."""
        with self._change():
            self._execute("UPDATE document SET look = ? WHERE path = ?", (look, os.fsencode(path)))

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
        except GeneratorExit:  # collected, be it after the end: an interrupt came right before or behind it
            raise
        except BaseException:
            if self._connection.in_transaction:
                self._execute("ROLLBACK")
            raise
        if time.monotonic() - self._since > BATCH_SECONDS:
            self._commit()

    def _commit(self) -> None:
        if self._connection.in_transaction:
            self._untold = True
            self._execute("COMMIT")
        if self._untold:  # also where an interrupt came between the two
            self._committed()
            self._untold = False

    def _insert(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        if rows:
            self._connection.executemany(
                f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows
            )

    def _touch(self, query: str, *values: str) -> None:
        self._touched.update(name for (name,) in self._execute(query, values))


# --- the index that a wheel carries, so that the first question of all need not read -------------


def prebuild(path: str, vocabulary: Vocabulary, make: MakeReader = default_reader) -> None:
    """Make an index of the built-in corpus, a new file; ``make`` makes the reader."""
    from miit_cli.index import sources
    from miit_cli.names import meanings

    opening = Opening([BUNDLED], vocabulary, jobs=1, notify=print, make=make)
    with closing(schema.connect(path)) as connection:
        about = {"digest": sources.read().digest, "vocabulary": vocabulary.fingerprint}
        schema.create(connection, {**about, "names": meanings(vocabulary)})
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
