"""An SQLite database of a corpus: typed, with foreign keys and full-text search.

SQLite has no decimals. ``value`` is a number, for sorting and for charts; ``stated`` is the exact
decimal as text, with the digits that the source gives.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Mapping
from importlib import resources
from typing import Any
from urllib.parse import quote

from miit_cli.output.cells import text
from miit_cli.table import Table

# after the rows, because an index is built faster than it is kept
INDEXES = """
CREATE INDEX records_by_indicator ON records (indicator, "end");
CREATE INDEX records_by_document ON records (document, sentence);
CREATE VIEW quoted_records AS
    SELECT r.indicator, i.label, r.period, r.value, r.stated, r.unit, r.bound, r.status, r.start, r."end",
        r.basis, r.measure, r.document, r.published, r.sentence,
        coalesce(r.header || ' ', '') || s.text AS quote, r.confidence
    FROM records r JOIN indicators i USING (indicator) JOIN sentences s USING (document, sentence)
    ORDER BY r.id;
"""
# content="…" is what tells Datasette and sqlite-utils that the table can be searched
SEARCH = """
CREATE VIRTUAL TABLE sentences_fts USING fts5(text, content="sentences", tokenize='{tokenizer}');
INSERT INTO sentences_fts (sentences_fts) VALUES ('rebuild');
"""
MADE = ("documents", "sentences", "indicators", "records")
# Chinese has no spaces between words: there any three characters are found
TOKENIZERS = {"en": "unicode61 remove_diacritics 2", "zh": "trigram"}


def others(path: str) -> list[str]:
    """The tables of an existing database that ``write`` does not make: somebody else's."""
    if not os.path.isfile(path) or os.path.getsize(path) == 0:
        return []
    try:
        with contextlib.closing(sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            found = [str(name) for (name,) in rows]
    except sqlite3.Error:  # no database
        return []
    return [name for name in found if name not in MADE and not name.startswith(("sqlite_", "sentences_fts"))]


def write(tables: Mapping[str, Table], path: str) -> None:
    """Write the tables to a new database. Raises OSError when that fails."""
    with open(path, "xb"):  # SQLite does not say why it cannot open a file
        pass
    try:
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
            _write(tables, connection)
    except sqlite3.OperationalError as error:  # a full disk
        raise OSError(str(error)) from error


def _write(tables: Mapping[str, Table], connection: sqlite3.Connection) -> None:
    definitions = resources.files("miit_cli.output").joinpath("sqlite.sql").read_text(encoding="utf-8")
    connection.executescript(f"PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON; {definitions}")
    connection.execute("BEGIN")
    for name in MADE:
        columns, rows = tables[name].columns, iter(tables[name].rows)
        if "value" in columns:
            place = columns.index("value")
            rows = ((text(row[place]), *row[:place], _number(row[place]), *row[place + 1 :]) for row in rows)
            columns = ("stated", *columns)
        names, holders = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {name} ({names}) VALUES ({holders})", rows)
    connection.execute("COMMIT")
    connection.executescript(INDEXES)
    if connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]:
        language = "zh" if "zh" in tables["documents"].column("language") else "en"
        connection.executescript(SEARCH.format(tokenizer=TOKENIZERS[language]))
    connection.execute("ANALYZE")


def _number(value: Any) -> int | float:
    """A decimal as a number: an integer where it is one that SQLite holds."""
    whole = value == value.to_integral_value() and abs(value) < 1 << 63
    return int(value) if whole else float(value)
