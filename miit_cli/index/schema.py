"""The tables of the index."""

from __future__ import annotations

from typing import Any

from miit_cli.index.sqlite import sqlite3

# Raise it when a table changes: an index of any other version is built again.
VERSION = 2

# What makes two records say the same.
CLAIM = ("indicator", '"end"', "start", "status", "value", "bound", "confidence")

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
INSERT INTO meta VALUES ('generation', 0);

CREATE TABLE document (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    path BLOB NOT NULL UNIQUE,  -- a file name may be bytes that are no text
    date TEXT NOT NULL,
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    area TEXT NOT NULL,
    event TEXT NOT NULL,
    publisher TEXT NOT NULL,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    body INTEGER NOT NULL
);

-- What is long and seldom asked for stands apart, so that the documents are listed without it.
CREATE TABLE content (
    number INTEGER PRIMARY KEY REFERENCES document,
    text TEXT NOT NULL,
    figures TEXT NOT NULL  -- JSON
);

-- Clustered in the order in which records are answered, so that nothing is ever sorted.
-- A start of '' is none. ``place`` numbers the records of a document in the order of its text.
CREATE TABLE record (
    indicator TEXT NOT NULL,
    "end" TEXT NOT NULL,
    start TEXT NOT NULL,
    published TEXT NOT NULL,
    document TEXT NOT NULL,
    place INTEGER NOT NULL,
    status TEXT NOT NULL,
    value TEXT NOT NULL,  -- as it was read: 9.0 is not 9
    bound TEXT NOT NULL,
    unit TEXT NOT NULL,
    basis TEXT NOT NULL,
    measure TEXT NOT NULL,
    nature TEXT NOT NULL,
    sentence INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    surface TEXT NOT NULL,
    quote TEXT NOT NULL,
    note TEXT NOT NULL,
    confidence REAL NOT NULL,
    PRIMARY KEY (indicator, "end", start, published, document, place)
) WITHOUT ROWID;
CREATE INDEX record_document ON record (document, confidence);

-- What follows is kept beside the records so that an overview of an archive, in which thousands of
-- documents say the same, costs little more than one of a few reports.

-- How many records an indicator has, of each confidence.
CREATE TABLE tally (
    indicator TEXT NOT NULL,
    confidence REAL NOT NULL,
    records INTEGER NOT NULL,
    PRIMARY KEY (indicator, confidence)
) WITHOUT ROWID;

-- Each different thing that is said, with the first and the last record that says it.
CREATE TABLE claim (
    indicator TEXT NOT NULL,
    "end" TEXT NOT NULL,
    start TEXT NOT NULL,
    status TEXT NOT NULL,
    value TEXT NOT NULL,
    bound TEXT NOT NULL,
    confidence REAL NOT NULL,
    first_published TEXT NOT NULL,
    first_document TEXT NOT NULL,
    first_place INTEGER NOT NULL,
    last_published TEXT NOT NULL,
    last_document TEXT NOT NULL,
    last_place INTEGER NOT NULL,
    PRIMARY KEY (indicator, "end", start, status, value, bound, confidence)
) WITHOUT ROWID;
"""

# A row for each sentence: see ``row_of``. Words are cut by ``words`` and stand between spaces; the tokenizer
# must not cut them again. Nothing but the index of the words is kept: the text itself is in ``content``.
SEARCH = """
CREATE VIRTUAL TABLE search USING fts5(words, content='', columnsize=0, tokenize='ascii');
"""


# Sentences of a document are numbered below this.
SENTENCES = 1 << 24


def row_of(number: int, sentence: int) -> int:
    """The row of a sentence in the index of words, from the numbers of document and sentence."""
    return number * SENTENCES + sentence


def connect(name: str) -> sqlite3.Connection:
    """A connection that leaves transactions to us and waits its turn."""
    return sqlite3.connect(name, timeout=10, isolation_level=None)


def noted(connection: sqlite3.Connection) -> dict[str, Any]:
    """What the index says of itself."""
    return dict(connection.execute("SELECT key, value FROM meta"))


def create(connection: sqlite3.Connection, *, searchable: bool) -> None:
    """Make the tables in an empty database; ``searchable`` by words, where SQLite can."""
    connection.executescript(f"BEGIN;{TABLES}COMMIT;")
    if searchable and has_search(connection):
        connection.executescript(SEARCH)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def has_search(connection: sqlite3.Connection) -> bool:
    """Whether this SQLite was built with full-text search."""
    return bool(connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0])


def is_searchable(connection: sqlite3.Connection) -> bool:
    """Whether this index has the words of the sentences."""
    return bool(connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'search'").fetchone()[0])
