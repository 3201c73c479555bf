"""Brings an index up to what the documents are now: what changed is read again, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.errors import InputError
from miit_cli.index.crew import Job, read
from miit_cli.index.look import SETTLES, Entry, changed
from miit_cli.index.parcel import MakeReader, Parcel
from miit_cli.index.sqlite import sqlite3
from miit_cli.index.writer import Writer

if TYPE_CHECKING:
    from miit_cli.vocabulary import Vocabulary

# Called with how many documents are done, and of how many.
Progress = Callable[[int, int], None]


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
    writer = Writer(connection, committed)
    outcome = Outcome([], {})
    with writer.at_work():
        for path in known.keys() - files:
            writer.forget(path)
        doubtful = files.intersection(task.doubtful) | (files - known.keys())  # a link may lead elsewhere now
        wanted = [path for path in task.files if path in doubtful]
        jobs = [Job(path, known.get(path), _size(task.entries.get(path))) for path in wanted]
        with closing(read(jobs, how.vocabulary, how.make, how.jobs)) as parcels:
            for done, parcel in enumerate(parcels, 1):
                if parcel.fault and not how.skip_bad:
                    raise InputError(parcel.fault)
                _take(parcel, known, writer)
                _note(parcel, task.entries.get(parcel.path), outcome)
                if how.progress:
                    how.progress(done, len(jobs))
        writer.finish(finish(outcome))
    return outcome


def _take(parcel: Parcel, known: Mapping[str, str], writer: Writer) -> None:
    if (parcel.rows or parcel.fault) and parcel.path in known:
        writer.forget(parcel.path)
    if parcel.rows:
        writer.put(parcel.rows)


def _note(parcel: Parcel, entry: Entry | None, outcome: Outcome) -> None:
    if parcel.fault:
        outcome.faults[parcel.path] = parcel.fault
    if parcel.fault or entry is None or changed(entry) > parcel.read_at - SETTLES:
        outcome.unsettled.append(parcel.path)


def _size(entry: Entry | None) -> int:
    return entry[0] if entry else 0
