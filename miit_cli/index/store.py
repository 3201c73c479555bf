"""Questions to the index, answered with the tuples of ``types``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from miit_cli.errors import UsageError
from miit_cli.index.schema import RECORD_KEY, sqlite3
from miit_cli.types import DocumentInfo, Observation

if TYPE_CHECKING:
    from typing import Unpack

    from miit_cli.index.opening import Opening
    from miit_cli.types import Figure, ParsedDocument

_FIELDS = ", ".join(f'r."{field}"' for field in Observation._fields)
# The outer loop is over the claims, however many records the planner believes that there are.
_SAME = " AND ".join(f"r.{column} = c.{column}" for column in RECORD_KEY.split(", "))
_CLAIMS = f"claim c CROSS JOIN record r ON {_SAME}"
_ORDER = ", ".join(f"r.{column}" for column in RECORD_KEY.split(", "))
_TALLY = "SELECT indicator, sum(records) FROM tally WHERE confidence >= ?"
_DOCUMENT = "path, id, date, language, title, area, event, publisher, source, url, sha256"


class RecordFilters(TypedDict, total=False):
    """Which records are meant; what is None or not there asks for nothing.

    ``min_confidence`` is the least confidence of the records, from 0 to 1; None is ``default_confidence()``.
    """

    status: str | Iterable[str] | None  # one or several of actual, expected and target
    since: str | None  # ISO day; no period that ends before it
    until: str | None  # ISO day; no period that ends after it
    document: str | None  # id of the only document
    as_of: str | None  # ISO day; nothing that was published after it
    min_confidence: float | None


class Hit(NamedTuple):
    """A sentence that was searched for."""

    document: str
    published: str
    sentence: int
    text: str


class Store:
    """The documents as they were read. Close it, or use it as a context.

    Each answer is of one state of the documents: where another process has brought the index up to
    documents that changed meanwhile, the store opens itself again.

    The keywords of what asks for records are those of ``RecordFilters``.
    """

    def __init__(self, opening: Opening) -> None:
        """Read what is not read yet."""
        self._opening = opening
        self._connection = opening.connection()
        self._opened = self._version()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    # records

    def observations(
        self, indicators: Sequence[str] | None = None, **filters: Unpack[RecordFilters]
    ) -> list[Observation]:
        """The records, ordered by indicator, end, start, published, document, sentence and span.

        ``indicators`` are slugs; None is all of them.
        """
        return self._observations("record r", indicators, filters)

    def distinct_observations(
        self, indicators: Sequence[str] | None = None, **filters: Unpack[RecordFilters]
    ) -> list[Observation]:
        """Of the records that say the same, only the first and the last, in the order of ``observations``.

        The same is an equal indicator, period, status, value, bound and confidence. Whatever weighs what
        was said, and not how often, answers from these as it does from all; it is much less in an archive
        whose documents repeat each other. With ``document`` or ``as_of`` it is all the records that these
        leave.
        """
        partly = filters.get("document") is not None or filters.get("as_of") is not None
        return self._observations("record r" if partly else _CLAIMS, indicators, filters)

    def counts(self, **filters: Unpack[RecordFilters]) -> dict[str, int]:
        """How many records each indicator has, of those that have any."""
        least = filters.get("min_confidence")
        if not any(value for name, value in filters.items() if name != "min_confidence"):
            return dict(self._rows(f"{_TALLY} GROUP BY 1", [self._least(least)]))
        where = self._where(None, filters)
        return dict(self._rows(f"SELECT indicator, count(*) FROM record r {where} GROUP BY 1", where.values))

    def _observations(
        self, table: str, indicators: Sequence[str] | None, filters: RecordFilters
    ) -> list[Observation]:
        from decimal import Decimal

        where = self._where(indicators, filters)
        rows = self._rows(f"SELECT {_FIELDS} FROM {table} {where} ORDER BY {_ORDER}", where.values)
        return [
            Observation(row[0], Decimal(row[1]), row[2], row[3], row[4], row[5] or None, *row[6:])
            for row in rows
        ]

    def _where(self, indicators: Sequence[str] | None, filters: RecordFilters) -> _Where:
        """The filters of records, as a condition on ``record r``."""
        since, until, document = filters.get("since"), filters.get("until"), filters.get("document")
        status = filters.get("status")
        where = _Where()
        where.among("r.indicator", indicators)
        where.among("r.status", [status] if isinstance(status, str) else status)
        where.that('r."end" >= ?', since)
        where.that('r."end" <= ?', until)
        where.that("r.document = ?", document)
        where.that("r.published <= ?", filters.get("as_of"))
        where.that("r.confidence >= ?", self._least(filters.get("min_confidence")))
        if indicators is None and document is None and (since or until):
            # the records of each indicator are in order of time: so each is looked at, and not all of them
            where.terms.append("r.indicator IN (SELECT indicator FROM tally)")
        return where

    def _least(self, min_confidence: float | None) -> float:
        if min_confidence is None:
            ((min_confidence,),) = self._rows("SELECT value FROM meta WHERE key = 'confidence'")
        return min_confidence

    # documents

    def documents(self, min_confidence: float | None = None) -> list[DocumentInfo]:
        """The documents, ordered by date and id."""
        records = "SELECT count(*) FROM record r WHERE r.document = id AND r.confidence >= ?"
        rows = self._rows(
            f"SELECT {_DOCUMENT}, ({records}) FROM document ORDER BY date, id", [self._least(min_confidence)]
        )
        return [DocumentInfo(name, os.fsdecode(path), *told) for path, name, *told in rows]

    def ids(self) -> list[str]:
        """The ids of the documents, in that order."""
        return [name for (name,) in self._rows("SELECT id FROM document ORDER BY date, id")]

    def document(self, id: str) -> ParsedDocument:
        """A document with its text and sentences. Raises UsageError where there is none of that id."""
        from miit_cli.sentences import split
        from miit_cli.types import ParsedDocument

        rows = self._rows(
            f"SELECT {_DOCUMENT}, outline, text FROM document JOIN content USING (number) WHERE id = ?", (id,)
        )
        if not rows:
            raise UsageError(f"no document {id!r}; `miit docs` lists them")
        path, name, *told, outline, text = rows[0]
        document = dict(zip(DocumentInfo._fields[2:-1], told, strict=True))
        sentences = split(text, outline, document["language"])
        return ParsedDocument(
            name, os.fsdecode(path), **document, outline=outline, text=text, sentences=sentences
        )

    def figures(
        self, document: str | None = None, as_of: str | None = None, min_confidence: float | None = None
    ) -> list[Figure]:
        """Every numeral of the documents, in the order of ``documents`` and of the text.

        What is less sure than ``min_confidence`` is uncertain, what is as sure is recorded. Those of
        documents without a record are read when they are first asked for; the index then keeps them.
        """
        from miit_cli.types import judged

        where = _Where()
        where.that("id = ?", document)
        where.that("date <= ?", as_of)
        query = f"SELECT id, figures FROM document JOIN content USING (number) {where} ORDER BY date, id"
        rows = self._rows(query, where.values)
        if document is None and any(figures is None for _, figures in rows):
            self._turn_to(self._opening._replace(account=True).connection())
            rows = self._rows(query, where.values)
        least = self._least(min_confidence)
        return [judged(figure, least) for name, kept in rows for figure in self._figures(name, kept)]

    def _figures(self, document: str, kept: str | None) -> Iterable[Figure]:
        """The figures of a document; ``kept`` is what the index has of them."""
        import json
        from decimal import Decimal

        from miit_cli.types import Figure

        if kept is None:
            return self._opening.reader().read(self.document(document)).figures
        return (
            Figure._make((document, *told[:6], told[6] and Decimal(told[6]), *told[7:]))
            for told in json.loads(kept)
        )

    def sentences(self, text: str, *, document: str | None = None, as_of: str | None = None) -> list[Hit]:
        """The sentences that hold each word of ``text``, in the order of ``documents``.

        A Chinese word is looked for as it stands, a word of letters and digits from its beginning
        ("station" finds "stations"); case and width do not matter.
        """
        from miit_cli.index.full_text import phrases
        from miit_cli.sentences import split

        wanted = phrases(text)
        if not wanted:
            return []
        where = _Where()
        for phrase in wanted:
            where.that("instr(words, ?)", phrase)
        where.that("d.id = ?", document)
        where.that("d.date <= ?", as_of)
        rows = self._rows(
            "SELECT d.id, d.date, d.language, c.outline, c.text, s.words "
            "FROM document d JOIN search s USING (number) JOIN content c USING (number) "
            f"{where} ORDER BY d.date, d.id",
            where.values,
        )
        return [
            Hit(name, date, number, full[start:end])
            for name, date, language, outline, full, words in rows
            for line, (number, start, end, _, _) in zip(
                words.split("\n"), split(full, outline, language), strict=True
            )
            if all(phrase in line for phrase in wanted)
        ]

    # names

    def meanings(self) -> bytes:
        """What ``names.meanings`` gives for the vocabulary; nothing where there is no index that keeps it."""
        return next((kept for (kept,) in self._rows("SELECT value FROM meta WHERE key = 'names'")), b"")

    # the connection

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        """The rows of one query, all of one finished state of the documents."""
        try:
            rows = self._connection.execute(sql, values).fetchall()
            while self._version() != self._opened:  # another process has written to the index meanwhile
                self._turn_to(self._opening.connection())
                rows = self._connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            self._turn_to(self._opening.instead(error))
            rows = self._connection.execute(sql, values).fetchall()
        return rows

    def _turn_to(self, connection: sqlite3.Connection) -> None:
        self.close()
        self._connection = connection
        self._opened = self._version()

    def _version(self) -> int:
        """A number that is another one after another connection has written."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


class _Where:
    """A WHERE that grows; what is None asks for nothing."""

    def __init__(self) -> None:
        self.terms: list[str] = []
        self.values: list[str | float] = []

    def that(self, term: str, value: str | float | None) -> None:
        if value is not None:
            self.terms.append(term)
            self.values.append(value)

    def among(self, column: str, values: Iterable[str] | None) -> None:
        if values is not None:
            listed = list(values)
            self.terms.append(f"{column} IN ({', '.join('?' * len(listed))})")
            self.values.extend(listed)

    def __str__(self) -> str:
        return f"WHERE {' AND '.join(self.terms)}" if self.terms else ""
