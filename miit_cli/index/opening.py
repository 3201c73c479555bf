"""Opens the store: the index when it is what the documents are, else after it was brought up to them.

The index is only ever a help. Whatever is wrong with it is said in one line, and the documents are
read without it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.index import snapshot, sources
from miit_cli.index.location import Location, Unusable, locate, locked, seal, sealed
from miit_cli.index.schema import connect, create, lacking, noted, sqlite3
from miit_cli.index.store import Store
from miit_cli.types import BUNDLED

if TYPE_CHECKING:
    from miit_cli.index.ingest import Progress
    from miit_cli.index.worker import MakeReader, Reads
    from miit_cli.vocabulary import Vocabulary

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
    return Store(Opening(paths, vocabulary, cache, jobs, skip_bad, progress, notify or _nothing, make))


class Opening(NamedTuple):
    """What it takes to open a store, and to open it again."""

    paths: Sequence[str]
    vocabulary: Vocabulary
    cache: bool = True
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
        if not self.cache:
            return self._unindexed()
        try:
            location, seen = self.location, self.look()
            return self._fresh(location, seen) or self._refreshed(location, seen)
        except (OSError, sqlite3.Error, Unusable) as error:
            return self.instead(error)

    def instead(self, error: Exception) -> sqlite3.Connection:
        """What answers where the index fails, be it in the middle of a question."""
        if not self.cache:
            raise error
        reason = str(error)
        if isinstance(error, OSError):
            reason = ": ".join(str(part) for part in (error.filename, error.strerror) if part) or reason
        self.notify(f"the index is not used, since {reason}; the documents are read anew")
        # a full disk and a lock are no damage; what is damaged the next question builds anew
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            with suppress(OSError):
                os.remove(self.location.seal)
        return self._unindexed()

    def _unindexed(self) -> sqlite3.Connection:
        """A database that lives as long as the connection; only what memory does not hold is on the disk."""

        def filled(name: str) -> sqlite3.Connection:
            connection = connect(name)
            create(connection, {})
            return self._filled(connection, {"snapshot": self.look()})

        try:
            return filled("")
        except sqlite3.OperationalError:  # no room for what does not fit
            return filled(":memory:")

    def reader(self) -> Reads:
        """What reads a document."""
        return self.make(self.vocabulary)

    def look(self) -> bytes:
        """How the documents look."""
        return snapshot.take([bundled() if path == BUNDLED else path for path in self.paths])

    def _fresh(self, location: Location, seen: bytes) -> sqlite3.Connection | None:
        """The index as it is, when it is as we left it and what it was made of looks as it did."""
        if not sealed(location):
            return None
        connection = connect(location.path)
        try:
            if is_fresh(connection, location, seen) and not (self.account and lacking(connection)):
                return connection
        except sqlite3.DatabaseError:  # looked into with care where it can be recovered
            pass
        connection.close()
        return None

    def _refreshed(self, location: Location, seen: bytes) -> sqlite3.Connection:
        from miit_cli.index.ingest import writable

        told = "waiting for another process that reads the same documents"
        with locked(location, lambda: self.notify(told)) as waited:
            seen = self.look() if waited else seen
            if found := self._fresh(location, seen):  # the one that had the lock has done it all
                return found
            code = sources.read()
            connection = writable(location, code, self)
            about = {"sources": code.snapshot, "snapshot": seen}
            return self._filled(connection, about, lambda: seal(location))

    def _filled(
        self,
        connection: sqlite3.Connection,
        about: dict[str, bytes],
        committed: Callable[[], None] = lambda: None,
    ) -> sqlite3.Connection:
        from miit_cli.index.ingest import refresh

        try:
            refresh(self, connection, about, committed)
        except BaseException:
            connection.close()
            raise
        return connection


def is_fresh(connection: sqlite3.Connection, location: Location, seen: bytes) -> bool:
    """Whether the index is of these documents as they look now, and of these sources."""
    about = noted(connection)
    return (
        about.get("key") == location.key
        and about.get("snapshot") == seen
        and about.get("sources") == sources.look()
    )


def bundled() -> str:
    """What ``corpus.bundled_path`` says (a test compares), without importing what reads documents."""
    installed = os.path.join(sources.PACKAGE, "corpus")
    inside = os.path.isdir(installed)
    return installed if inside else os.path.join(os.path.dirname(sources.PACKAGE), "corpus")
