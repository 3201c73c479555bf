"""Opens the store: the index when it is what the documents are, else after it was brought up to them.

The index is only ever a help. Whatever is wrong with it is said in one line, and the documents are
read without it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from miit_cli.errors import InputError
from miit_cli.index import snapshot, sources
from miit_cli.index.location import Location, Unusable, locate, sealed
from miit_cli.index.schema import connect, create, noted, sqlite3
from miit_cli.index.store import Store, Ways

if TYPE_CHECKING:
    from miit_cli.index.ingest import Progress, RefreshOutcome, Task
    from miit_cli.index.worker import MakeReader, Reads
    from miit_cli.vocabulary import Vocabulary

BUNDLED = "bundled"
Notify = Callable[[str], None]


def default_reader(vocabulary: Vocabulary) -> Reads:
    """The reader of the program, imported when there is something to read."""
    from miit_cli.reading.reader import Reader

    return Reader(vocabulary)


def _nothing(message: str = "") -> None:
    """Say nothing."""


def open_store(
    paths: Sequence[str],
    vocabulary: Vocabulary,
    *,
    cache: bool = True,
    jobs: int = 0,
    skip_bad: bool = False,
    progress: Progress | None = None,
    notify: Notify | None = None,
    make: MakeReader = default_reader,
) -> Store:
    """Everything that the documents say, read as far as it was not read before.

    Args:
        paths: folders and files of documents; ``bundled`` names the built-in corpus.
        vocabulary: the indicators to read for. Only its ``fingerprint`` is asked for when nothing is read.
        cache: whether to use the index, and leave one.
        jobs: how many processes may read; 0 is one for each core.
        skip_bad: go on past files that cannot be read, and say which.
        progress: called with how much is done, and of how much (``Amount``), while documents are read.
        notify: called with each line that is to be said on standard error.
        make: makes the reader, in every process that reads.

    Raises InputError for the first file, in order, that cannot be read.
    """
    opening = Opening(paths, vocabulary, jobs, skip_bad, progress, notify or _nothing, make)
    full = opening._replace(account=True)
    if cache:
        ways = Ways(opening.connection, full.connection, opening.instead)
    else:
        ways = Ways(opening.unindexed, full.unindexed, _raise)
    return Store(ways, lambda document: make(vocabulary).read(document))


def _raise(error: sqlite3.DatabaseError) -> NoReturn:
    raise error


class Opening(NamedTuple):
    """What it takes to open a store, and to open it again."""

    paths: Sequence[str]
    vocabulary: Vocabulary
    jobs: int = 0
    skip_bad: bool = False
    progress: Progress | None = None
    notify: Notify = _nothing
    make: MakeReader = default_reader
    account: bool = False  # of every figure, also of documents without a record

    @property
    def location(self) -> Location:
        """Where the index is."""
        return locate(self.paths, self.vocabulary.fingerprint)

    def connection(self) -> sqlite3.Connection:
        """A connection to the finished index, or to what was read without one."""
        try:
            location, seen = self.location, self.look()
            return self._fresh(location, seen) or self._refreshed(location, seen)
        except (OSError, sqlite3.Error, Unusable) as error:
            self.notify(f"the index is not used, since {_reason(error)}; the documents are read anew")
        return self.unindexed()

    def instead(self, error: sqlite3.DatabaseError) -> sqlite3.Connection:
        """What answers after the index has failed in the middle of a question."""
        self.notify(f"the index is not used, since {error}; the documents are read anew")
        if _is_damage(error):  # the next one builds it anew
            with suppress(OSError):
                os.remove(self.location.seal)
        return self.unindexed()

    def unindexed(self) -> sqlite3.Connection:
        """A database that lives as long as the connection; only what memory does not hold is on the disk."""
        try:
            return self._private("")
        except sqlite3.OperationalError:  # no room for what does not fit
            return self._private(":memory:")

    def look(self) -> bytes:
        """How the documents look."""
        return snapshot.take([bundled() if path == BUNDLED else path for path in self.paths])

    def read(
        self,
        connection: sqlite3.Connection,
        about: dict[str, bytes],
        committed: Callable[[], None] = _nothing,
    ) -> None:
        """Read what changed into the tables; ``about`` is noted with it: above all, how the files look."""
        from miit_cli.confidence import default_confidence
        from miit_cli.index.ingest import How, refresh

        faults: list[InputError] = []
        task = self._task(connection, about["snapshot"], faults.append if self.skip_bad else None)

        def finish(outcome: RefreshOutcome) -> dict[str, object]:
            # where a file stood in the way of another, no file stands for the fault
            unsettled = os.fsencode("\0".join(outcome.unsettled)) if not faults else b"\0"
            return {**about, "unsettled": unsettled, "confidence": default_confidence()}

        how = How(self.vocabulary, self.make, self.jobs, self.skip_bad, self.progress, self.account)
        outcome = refresh(connection, task, how, finish, committed)
        skipped = [*map(str, faults), *outcome.faults.values()]
        for fault in skipped:
            self.notify(f"skipped: {fault}")
        if skipped:
            self.notify(f"{len(skipped)} skipped, {len(task.files) - len(outcome.faults)} read")

    def _fresh(self, location: Location, seen: bytes) -> sqlite3.Connection | None:
        """The index as it is, when it is as we left it and what it was made of looks as it did."""
        if not sealed(location):
            return None
        connection = connect(location.path)
        try:
            if is_fresh(connection, location, seen) and not (self.account and _lacking(connection)):
                return connection
        except sqlite3.DatabaseError:  # looked into with care where it can be recovered
            pass
        connection.close()
        return None

    def _refreshed(self, location: Location, seen: bytes) -> sqlite3.Connection:
        from miit_cli.index.location import locked

        told = "waiting for another process that reads the same documents"
        with locked(location, lambda: self.notify(told)) as waited:
            seen = self.look() if waited else seen
            # the one that had the lock may have done it all
            return self._fresh(location, seen) or self._brought_up(location, seen)

    def _brought_up(self, location: Location, seen: bytes) -> sqlite3.Connection:
        from miit_cli.index.location import seal
        from miit_cli.index.prebuilt import NAME, adopt
        from miit_cli.index.recovery import recovered

        code = sources.read()
        if list(self.paths) == [BUNDLED] and not os.path.exists(location.path):
            adopt(os.path.join(bundled(), NAME), location, code.digest, self.vocabulary.fingerprint)
        connection = recovered(location, code, self.vocabulary, self.notify)
        try:
            about = {"key": location.key, "sources": code.snapshot, "snapshot": seen}
            self.read(connection, about, lambda: seal(location))
        except BaseException as error:
            connection.close()
            if not _is_damage(error):  # unfinished, but whole: the next one goes on from here
                with suppress(OSError):
                    seal(location)
            raise
        return connection

    def _private(self, name: str) -> sqlite3.Connection:
        connection = connect(name)
        connection.execute("PRAGMA cache_size = -65536")
        create(connection)
        try:
            self.read(connection, {"snapshot": self.look()})
        except BaseException:
            connection.close()
            raise
        return connection

    def _task(
        self, connection: sqlite3.Connection, seen: bytes, report: Callable[[InputError], None] | None
    ) -> Task:
        from miit_cli import corpus
        from miit_cli.index.ingest import Task

        before = noted(connection)
        lacking = set(_lacking(connection)) if self.account else set[str]()
        files = corpus.files(self.paths, report=report)
        entries = snapshot.by_path(seen)
        was = snapshot.by_path(before.get("snapshot", b""))  # not there when it was never finished
        unsettled = set(os.fsdecode(before.get("unsettled", b"")).split("\0"))
        # a file that a link leads to may have been found, and read, by another path before
        held = {os.fsdecode(path) for (path,) in connection.execute("SELECT path FROM document")}
        settled = held - unsettled - lacking
        doubtful = [
            path
            for path in files
            if path not in settled or path not in entries or was.get(path) != entries[path]
        ]
        return Task(files, doubtful, entries)


def _lacking(connection: sqlite3.Connection) -> list[str]:
    """The documents whose figures nobody has asked for yet."""
    query = "SELECT path FROM document JOIN content USING (number) WHERE figures IS NULL"
    return [os.fsdecode(path) for (path,) in connection.execute(query)]


def is_fresh(connection: sqlite3.Connection, location: Location, seen: bytes) -> bool:
    """Whether the index is of these documents as they look now, and of these sources."""
    about = noted(connection)
    return (
        about.get("key") == location.key
        and about.get("snapshot") == seen
        and about.get("unsettled") == b""
        and about.get("sources") == sources.look()
    )


def bundled() -> str:
    """What ``corpus.bundled_path`` says (a test compares), without importing what reads documents."""
    installed = os.path.join(sources.PACKAGE, "corpus")
    inside = os.path.isdir(installed)
    return installed if inside else os.path.join(os.path.dirname(sources.PACKAGE), "corpus")


def _is_damage(error: BaseException) -> bool:
    """Whether an error says that the index is not as it was written; a full disk and a lock do not."""
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}" if error.filename else f"{error.strerror or error}"
    return str(error)
