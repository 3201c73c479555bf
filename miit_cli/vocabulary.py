"""The indicators: what there is to ask for, and what each is called.

Two data files make the built-in vocabulary. ``data/vocabulary.csv`` holds one
indicator a line, with as many further names at its end as what it is made of
(``data/concepts.toml``) does not tell; ``data/units.csv`` the units that an
indicator may have. They are CSV because a ``miit get`` loads them in two
milliseconds, and importing a TOML parser alone takes ten times as long.

A user's own indicators stand in a TOML file, one table each::

    [[indicator]]
    slug = "crude-steel-output"            # a-z, 0-9 and single hyphens
    label = "Crude steel output"
    label_zh = "粗钢产量"                   # may be left out
    aliases = ["steel output", "钢产量"]    # may be left out
    unit = "ton"                           # one of data/units.csv
    measure = "level"                      # level, growth, share, change
    nature = "flow"                        # flow (over a period), stock (on a day)

An equal slug replaces the built-in entry with all its names. A name may stand
for one indicator only, however it is spelled (`fold`). Whatever is wrong with a
file is an `InputError` that names the file, the entry and the remedy.
"""

from __future__ import annotations

import csv
import os
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.errors import InputError
from miit_cli.types import MEASURES, NATURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
COLUMNS = ["slug", "label", "label_zh", "unit", "measure", "nature"]
KEYS = (*COLUMNS, "aliases")
OPTIONAL = ("label_zh", "aliases")
LONGEST_NAME = 300
_SHAPE = 'begin each entry with [[indicator]], and put texts in quotes: slug = "…"'
_UNITS = "say percent, yuan, unit or another of the README's units"
LARGEST_FILE = 2_000_000  # bytes: some ten thousand indicators
SLUG_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


class Entry(NamedTuple):
    """An indicator: its names, and what its figures are."""

    slug: str
    label: str
    label_zh: str  # "" where the user gave none
    unit: str
    measure: str  # one of types.MEASURES
    nature: str  # one of types.NATURES
    aliases: tuple[str, ...] = ()
    user: bool = False  # from the user's own file


class Name(NamedTuple):
    """One of the names of an indicator: ``how`` is slug, label or alias."""

    slug: str
    how: str
    text: str


class Vocabulary:
    """The indicators by slug, in the order of the files.

    >>> vocabulary = load()
    >>> vocabulary["nev-sales"].unit
    'vehicle'
    """

    def __init__(self, entries: dict[str, Entry], own: bytes = b"") -> None:
        """Take checked entries, and the bytes of the user's file among them."""
        self.entries = entries
        self._own = own

    def __getitem__(self, slug: str) -> Entry:
        return self.entries[slug]

    def __contains__(self, slug: object) -> bool:
        return slug in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def fingerprint(self) -> str:
        """A short text that changes when the user's file does; ``built-in`` without one.

        The built-in files are among the sources of the reader, which the index watches itself.
        It guards a cache against edits, not against enemies, so a checksum and
        the length will do: importing ``hashlib`` costs more than all of `load`.
        """
        if not self._own:
            return "built-in"
        from zlib import crc32

        return f"{crc32(self._own):08x}{len(self._own):x}"

    @cached_property
    def names(self) -> dict[str, Name]:
        """Every slug, label and alias, by its folded form (`fold`)."""
        return _index_names(self.entries.values(), "vocabulary")

    def called(self, name: str) -> str | None:
        """The slug of the indicator that has this name, spelling aside."""
        found = self.names.get(fold(name))
        return found.slug if found else None


def fold(name: str) -> str:
    """The form in which names are compared: letters and digits only, no case, no width.

    >>> fold("5G Base-Stations")
    '5gbasestations'
    """
    if not name.isascii():
        from unicodedata import normalize

        name = normalize("NFKC", name)
    return "".join(filter(str.isalnum, name.casefold()))


def shown(text: str, width: int = 60) -> str:
    """The text as one printable line for a message, quoted, cut with a sign."""
    if len(text) > width:
        text = text[: width - 1] + "…"
    return "'" + "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text) + "'"


def load(user_file: str | None = None) -> Vocabulary:
    """The built-in vocabulary, with the user's file laid over it.

    Raises InputError for whatever is wrong with either.
    """
    entries = _built_in()
    if user_file is None:
        return Vocabulary(entries)
    content = _read(user_file, "--vocabulary takes a TOML file")
    entries.update((entry.slug, entry) for entry in _user_entries(user_file, content))
    vocabulary = Vocabulary(entries, content)
    # Built-in names are known to be distinct (a test says so); a user's may clash with them.
    vocabulary.names = _index_names(entries.values(), _place(user_file))
    return vocabulary


def units() -> dict[str, tuple[str, str]]:
    """The units an indicator may have: slug to English and Chinese word."""
    return {unit: (label, label_zh) for _, (unit, label, label_zh) in _rows("units.csv")}


def word_lines(language: str, name: str) -> list[str]:
    """The lines of a built-in file of words, its comments left out."""
    content = _read_own(os.path.join(language, f"{name}.tsv")).decode("utf-8")
    return [line for line in content.split("\n") if line and not line.startswith("#")]


def to_toml(entries: Iterable[Entry]) -> str:
    """The entries as a user's vocabulary file, which `load` reads back unchanged.

    Any text is safe in it: quotes and control characters are escaped. (A lone
    surrogate, which no UTF-8 file can hold, becomes U+FFFD.)
    """
    tables = []
    for entry in entries:
        told = {key: _quoted(getattr(entry, key)) for key in COLUMNS if key != "label_zh" or entry.label_zh}
        lines = [f"{key} = {text}" for key, text in told.items()]
        if entry.aliases:
            lines.insert(-3, f"aliases = [{', '.join(map(_quoted, entry.aliases))}]")
        tables.append("\n".join(["[[indicator]]", *lines, ""]))
    return "\n".join(tables)


def _quoted(text: str) -> str:
    """A TOML basic string."""

    def escaped(character: str) -> str:
        if character in '"\\':
            return "\\" + character
        if "\ud800" <= character <= "\udfff":  # surrogates
            return "\ufffd"
        return character if character.isprintable() else f"\\U{ord(character):08X}"

    return f'"{"".join(map(escaped, text))}"'


# --- reading ---------------------------------------------------------------------------------


def _read_own(name: str) -> bytes:
    return _read(os.path.join(DATA, name), "install miit again")


def _read(path: str, remedy: str) -> bytes:
    """The bytes of a file of bearable size."""
    try:
        with open(path, "rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{_place(path)}: {reason}; {remedy}") from None
    if len(content) > LARGEST_FILE:
        raise InputError(f"{_place(path)}: larger than {LARGEST_FILE:,} bytes; {remedy}")
    return content


def _rows(name: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of a built-in CSV file with their numbers, the header left out."""
    rows = csv.reader(_read_own(name).decode("utf-8").splitlines())
    next(rows)
    return enumerate(rows, start=2)


def _built_in() -> dict[str, Entry]:
    known, entries = units(), dict[str, Entry]()
    for line, row in _rows("vocabulary.csv"):
        where = f"vocabulary.csv: line {line}"
        if len(row) < len(COLUMNS):
            raise InputError(f"{where}: {len(row)} fields where {len(COLUMNS)} belong: {','.join(COLUMNS)}")
        entry = Entry._make((*row[: len(COLUMNS)], tuple(row[len(COLUMNS) :]), False))
        _check(entry, known, where)
        if entry.slug in entries:
            raise InputError(f"{where}: slug {shown(entry.slug)} stands there already; remove one")
        entries[entry.slug] = entry
    return entries


def _user_entries(path: str, content: bytes) -> list[Entry]:
    """The entries of a user's file, each checked by itself."""
    known, entries, seen = units(), list[Entry](), dict[str, int]()
    for number, table in enumerate(_tables(path, content), start=1):
        slug = table.get("slug")
        called = f" {shown(slug)}" if isinstance(slug, str) else ""
        where = f"{_place(path)}: indicator {number}{called}"
        entry = _entry(table, where)
        _check(entry, known, where)
        if entry.slug in seen:
            raise InputError(f"{where}: indicator {seen[entry.slug]} has this slug already; rename one")
        seen[entry.slug] = number
        entries.append(entry)
    return entries


def _tables(path: str, content: bytes) -> list[dict[str, object]]:
    """The ``[[indicator]]`` tables of a TOML file."""
    import tomllib

    place = _place(path)
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(f"{place}: line {line}: no UTF-8 text; save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{place}: no TOML: {shown(str(error), 200)[1:-1]}; {_SHAPE}") from None
    except RecursionError:
        raise InputError(f"{place}: no vocabulary: brackets nested too deep; {_SHAPE}") from None
    for key in document:
        if key != "indicator":
            raise InputError(f"{place}: unknown key {shown(key)}; the file holds [[indicator]] tables only")
    tables = document.get("indicator", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise InputError(f"{place}: 'indicator' is no list of tables; begin each with [[indicator]]")
    if not tables:
        raise InputError(f"{place}: holds no indicator; write a [[indicator]] table for each")
    return tables


def _entry(table: dict[str, object], where: str) -> Entry:
    """The entry that a TOML table says, its keys and types checked."""
    for key in table:
        if key not in KEYS:
            raise InputError(f"{where}: unknown key {shown(key)}; the keys are {', '.join(KEYS)}")
    texts = []
    for key in COLUMNS:
        value = table.get(key, "" if key in OPTIONAL else None)
        if value is None:
            raise InputError(f'{where}: {key} is missing; give {key} = "…"')
        if not isinstance(value, str):
            raise InputError(f"{where}: {key} is no text; put it in quotes")
        texts.append(value)
    aliases = table.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise InputError(f'{where}: aliases is no list of texts; write ["…", "…"]')
    return Entry._make((*texts, tuple(aliases), True))


# --- checking --------------------------------------------------------------------------------


def _check(entry: Entry, known: dict[str, tuple[str, str]], where: str) -> None:
    """Raise InputError for what is wrong with an entry by itself."""
    if not is_slug(entry.slug):
        remedy = "a-z, 0-9 and single hyphens between them"
        raise InputError(f"{where}: slug {shown(entry.slug)} has a bad form; write {remedy}")
    for key, names in (("label", [entry.label]), ("label_zh", [entry.label_zh]), ("alias", entry.aliases)):
        for name in names:
            _check_name(key, name, where)
    if entry.unit not in known:
        from difflib import get_close_matches

        near = get_close_matches(entry.unit.lower()[:40], list(known), n=3, cutoff=0.6)
        remedy = f"perhaps {' or '.join(near)}" if near else _UNITS
        raise InputError(f"{where}: unknown unit {shown(entry.unit)}; {remedy}")
    for key, value, choices in (("measure", entry.measure, MEASURES), ("nature", entry.nature, NATURES)):
        if value not in choices:
            raise InputError(f"{where}: unknown {key} {shown(value)}; one of {', '.join(choices)}")


def _check_name(key: str, name: str, where: str) -> None:
    if name[:1].isalnum() and len(name) <= LONGEST_NAME:  # nearly every name: two thousand at each start
        return
    if key == "label_zh" and not name:
        return
    if len(name) > LONGEST_NAME:
        raise InputError(f"{where}: {key} {shown(name)} is longer than {LONGEST_NAME} characters; shorten it")
    if not fold(name):  # a letter in a circle is one
        raise InputError(f"{where}: {key} {shown(name)} is empty or has no letter; give it a name")


def is_slug(text: str) -> bool:
    """Whether a text has the form of a slug: ``5g-base-stations``."""
    words = text.split("-")
    return len(text) <= LONGEST_NAME and all(words) and SLUG_LETTERS.issuperset(text)


def _index_names(entries: Iterable[Entry], place: str) -> dict[str, Name]:
    """Names by folded form; InputError where two indicators, or one twice, claim the same."""
    entries = list(entries)
    index = {fold(entry.slug): Name(entry.slug, "slug", entry.slug) for entry in entries}
    for entry in entries:
        mine = set[str]()  # a label may spell its own slug, and the other label
        labels = [("label", text) for text in (entry.label, entry.label_zh) if text]
        for how, text in (*labels, *(("alias", text) for text in entry.aliases)):
            key = fold(text)
            other = index.setdefault(key, Name(entry.slug, how, text))
            if other.slug != entry.slug or (how == "alias" and key in mine):
                raise InputError(f"{place}: {_clash(entry, how, text, other)}")
            mine.add(key)
    return index


def _clash(entry: Entry, how: str, text: str, other: Name) -> str:
    if other.slug == entry.slug:
        return f"indicator {shown(entry.slug)} has the name {shown(text)} twice; remove the alias"
    return (
        f"{how} {shown(text)} of indicator {shown(entry.slug)} is also the {other.how} "
        f"{shown(other.text)} of {shown(other.slug)}; rename one, or replace that entry by its slug"
    )


def _place(path: str) -> str:
    """A file's name, fit to stand in a message."""
    return path if path.isprintable() and len(path) <= LONGEST_NAME else shown(path, LONGEST_NAME)
