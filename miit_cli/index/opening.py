"""Opens the store: the index when it is what the documents are, else after it was brought up to them.

The index is only ever a help. Whatever is wrong with it is said in one line, and the documents are
read without it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from miit_cli.errors import InputError
from miit_cli.index import code
from miit_cli.index.look import by_path, look
from miit_cli.index.place import Place, Unusable, place, sealed
from miit_cli.index.schema import connect, create, noted
from miit_cli.index.sqlite import sqlite3
from miit_cli.index.store import Store

if TYPE_CHECKING:
    from miit_cli.index.build import Outcome, Progress, Task
    from miit_cli.index.parcel import MakeReader, Reads
    from miit_cli.vocabulary import Vocabulary

BUNDLED = "bundled"
Notify = Callable[[str], None]


def default_reader(vocabulary: Vocabulary) -> Reads:
    """The reader of the program, imported when there is something to read."""
    from miit_cli.reading.reader import Reader

    return Reader(vocabulary)


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
        progress: called with how many documents are done, and of how many, while they are read.
        notify: called with each line that is to be said on standard error.
        make: makes the reader, in every process that reads.

    Raises InputError for the first file, in order, that cannot be read.
    """
    opening = Opening(paths, vocabulary, jobs, skip_bad, progress, notify or _silent, make)
    if cache:
        return Store(opening.connection(), opening.connection, opening.instead)
    return Store(opening.unindexed(), opening.unindexed, _raise)


def _silent(message: str) -> None:
    """Say nothing."""


def _raise(error: sqlite3.DatabaseError) -> NoReturn:
    raise error


class Opening(NamedTuple):
    """What it takes to open a store, and to open it again."""

    paths: Sequence[str]
    vocabulary: Vocabulary
    jobs: int
    skip_bad: bool
    progress: Progress | None
    notify: Notify
    make: MakeReader

    @property
    def place(self) -> Place:
        """Where the index is."""
        return place(self.paths, self.vocabulary.fingerprint)

    def connection(self) -> sqlite3.Connection:
        """A connection to the finished index, or to what was read without one."""
        try:
            place, seen = self.place, self.look()
            return self._fresh(place, seen) or self._refreshed(place, seen)
        except (OSError, sqlite3.Error, Unusable) as error:
            self.notify(f"the index is not used, since {_reason(error)}; the documents are read anew")
        return self.unindexed()

    def instead(self, error: sqlite3.DatabaseError) -> sqlite3.Connection:
        """What answers after the index has failed in the middle of a question."""
        self.notify(f"the index is not used, since {error}; the documents are read anew")
        if _is_damage(error):  # the next one builds it anew
            with suppress(OSError):
                os.remove(self.place.seal)
        return self.unindexed()

    def unindexed(self) -> sqlite3.Connection:
        """A database that lives as long as the connection; only what memory does not hold is on the disk."""
        try:
            return self._private("")
        except sqlite3.OperationalError:  # no room for what does not fit
            return self._private(":memory:")

    # when nothing changed

    def _fresh(self, place: Place, seen: bytes) -> sqlite3.Connection | None:
        """The index as it is, when it is as we left it and what it was made of looks as it did."""
        if not sealed(place):
            return None
        connection = connect(place.path)
        try:
            if is_fresh(connection, place, seen):
                return connection
        except sqlite3.DatabaseError:  # looked into with care where it can be mended
            pass
        connection.close()
        return None

    def look(self) -> bytes:
        """A look at the documents."""
        return look([bundled() if path == BUNDLED else path for path in self.paths])

    # when something did

    def _refreshed(self, place: Place, seen: bytes) -> sqlite3.Connection:
        from miit_cli.index.lock import locked

        told = "waiting for another process that reads the same documents"
        with locked(place, lambda: self.notify(told)) as waited:
            seen = self.look() if waited else seen
            # the one that had the lock may have done it all
            return self._fresh(place, seen) or self._brought_up(place, seen)

    def _brought_up(self, place: Place, seen: bytes) -> sqlite3.Connection:
        from miit_cli.index.mend import mended
        from miit_cli.index.place import seal
        from miit_cli.index.seed import NAME, plant

        sources = code.read()
        if list(self.paths) == [BUNDLED] and not os.path.exists(place.path):
            plant(os.path.join(bundled(), NAME), place, sources, self.vocabulary.fingerprint)
        connection = mended(place, sources, self.notify)
        try:
            about = {"key": place.key, "code": sources.look, "look": seen}
            self.read(connection, about, lambda: seal(place))
        except BaseException as error:
            connection.close()
            if not _is_damage(error):  # unfinished, but whole: the next one goes on from here
                with suppress(OSError):
                    seal(place)
            raise
        return connection

    def _private(self, name: str) -> sqlite3.Connection:
        connection = connect(name)
        connection.execute("PRAGMA cache_size = -65536")
        create(connection, searchable=False)
        try:
            self.read(connection, {"look": self.look()}, lambda: None)
        except BaseException:
            connection.close()
            raise
        return connection

    def read(
        self, connection: sqlite3.Connection, about: dict[str, bytes], committed: Callable[[], None]
    ) -> None:
        """Read what changed into the tables; ``about`` is noted with it: above all, how the files look."""
        from miit_cli.confidence import default_confidence
        from miit_cli.index.build import How, refresh

        faults: list[InputError] = []
        task = self._task(noted(connection), about["look"], faults.append if self.skip_bad else None)

        def finish(outcome: Outcome) -> dict[str, object]:
            # where a file stood in the way of another, no file stands for the fault
            unsettled = os.fsencode("\0".join(outcome.unsettled)) if not faults else b"\0"
            return {**about, "unsettled": unsettled, "confidence": default_confidence()}

        how = How(self.vocabulary, self.make, self.jobs, self.skip_bad, self.progress)
        outcome = refresh(connection, task, how, finish, committed)
        skipped = [*map(str, faults), *outcome.faults.values()]
        for fault in skipped:
            self.notify(f"skipped: {fault}")
        if skipped:
            self.notify(f"{len(skipped)} skipped, {len(task.files) - len(outcome.faults)} read")

    def _task(self, before: dict[str, Any], seen: bytes, report: Callable[[InputError], None] | None) -> Task:
        from miit_cli import corpus
        from miit_cli.index.build import Task

        files = corpus.files(self.paths, report=report)
        entries = by_path(seen)
        if "look" not in before:  # it was never finished
            return Task(files, files, entries)
        was = by_path(before["look"])
        unsettled = set(os.fsdecode(before["unsettled"]).split("\0"))
        doubtful = [
            path
            for path in files
            if path in unsettled or path not in entries or was.get(path) != entries[path]
        ]
        return Task(files, doubtful, entries)


def is_fresh(connection: sqlite3.Connection, place: Place, seen: bytes) -> bool:
    """Whether the index is of these documents as they look now, and of these sources."""
    about = noted(connection)
    return (
        about.get("key") == place.key
        and about.get("look") == seen
        and about.get("unsettled") == b""
        and about.get("code") == code.glance()
    )


def bundled() -> str:
    """What ``corpus.bundled_path`` says (a test compares), without importing what reads documents."""
    installed = os.path.join(code.PACKAGE, "corpus")
    return installed if os.path.isdir(installed) else os.path.join(os.path.dirname(code.PACKAGE), "corpus")


def _is_damage(error: BaseException) -> bool:
    """Whether an error says that the index is not as it was written; a full disk and a lock do not."""
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}" if error.filename else f"{error.strerror or error}"
    return str(error)
