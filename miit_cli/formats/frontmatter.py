"""Front matter: the ``key: value`` lines between two ``---`` at the top of a document.

It is YAML, and of YAML only what describes a document: a mapping to text, or to a small
mapping or list of texts. Values are never typed, so that ``2023-02-30`` and ``no`` arrive
as they were written; nothing is constructed, so that no tag or alias can do anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from miit_cli.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
_KEYLIKE = re.compile(r"[ \t]*[\"']?[\w-]+[\"']?[ \t]*:(?:\s|$)")
_TWO_COLONS = re.compile(r"\s*(?P<key>[\w-]+)[ \t]*:[ \t]+(?P<value>[^\"'\[{|>&*!].*:(?:[ \t].*)?)")
_FORBIDDEN = (  # in YAML; compiled when there is one
    "[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_LONGEST = 64 * 1024
_DEEPEST = 8
_SYNONYMS = {"lang": "language", "published": "date", "link": "url"}


def parse(text: str, name: str) -> tuple[dict[str, str], int]:
    """The fields at the top of a document and the offset of its prose; ({}, 0) when it has none.

    Keys are in lower case; an empty value is left out. InputError names file and line.
    """
    opening = _OPENING.match(text)
    if not opening:
        return {}, 0
    start = opening.end()
    closing = _CLOSING.search(text, start, start + _LONGEST)
    if not closing:
        if _KEYLIKE.match(text[start : start + 200]):
            raise InputError(f"{name}:1: its front matter is never closed: end it with a line ---")
        return {}, 0
    block = text[start : closing.start()].replace("\r\n", "\n").replace("\r", "\n")
    return _named(_fields(block, name), name), closing.end()


def line_of(text: str, key: str) -> int:
    """The line that a key stands on, for an error about its value."""
    keys = "|".join([key, *(word for word, meaning in _SYNONYMS.items() if meaning == key)])
    found = re.search(rf"^[\"']?(?:{keys})[\"']?[ \t]*:", text[:_LONGEST], re.MULTILINE | re.IGNORECASE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _named(fields: list[tuple[str, str, int]], name: str) -> dict[str, str]:
    """Fields by key; the same key twice must say the same."""
    named: dict[str, str] = {}
    for written, value, line in fields:
        key = written.strip().lower()
        key = _SYNONYMS.get(key, key)
        if value in _NOTHING:
            continue
        if named.setdefault(key, value) != value:
            raise InputError(
                f"{name}:{line}: its front matter contradicts itself: two values for {key!r}: keep one"
            )
    return named


def _fields(block: str, name: str) -> list[tuple[str, str, int]]:
    """The fields as the YAML parser sees them, from its events: nothing recurs, nothing is built."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return list(_mapping(yaml.parse(block, Loader=loader), name))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1
        if "nesting depth" in str(error.problem):
            raise _shape(name, line) from error
        unquoted = _unquoted(block.split("\n")[line - 2 : line - 1])
        if unquoted:
            raise InputError(
                f"{name}:{line}: a value holds a colon: write it in quotes: {unquoted}"
            ) from error
        raise _broken(name, line, "it is no YAML") from error
    except yaml.YAMLError as error:
        found = re.search(_FORBIDDEN, block)
        line = block.count("\n", 0, found.start()) + 2 if found else 1
        raise _broken(name, line, "a character that YAML forbids") from error


def _unquoted(lines: list[str]) -> str:
    """The line of a value that holds a colon and no quotation marks, with them; "" for another fault."""
    found = _TWO_COLONS.fullmatch(lines[0]) if lines else None
    if not found:
        return ""
    quoted = "'" + found["value"].strip().replace("'", "''") + "'"
    return f"{found['key']}: {quoted[:200]}"


class _Open(NamedTuple):
    """A mapping or list that has begun, and its items so far: of a mapping keys and values in turn."""

    is_mapping: bool
    items: list[str]

    def text(self) -> str:
        items = self.items
        if self.is_mapping:
            items = [f"{key}: {value}" for key, value in zip(items[::2], items[1::2], strict=True)]
        return "; ".join(filter(None, items))


def _mapping(events: Iterator[Any], name: str) -> Iterator[tuple[str, str, int]]:
    """(key, value, line) of the outermost mapping; what lies deeper is joined to one text."""
    pairs = _values(events, name)
    for key, line, depth in pairs:
        if depth:
            raise _shape(name, line)
        value, _line, _depth = next(pairs)
        yield key, value, line


def _values(events: Iterator[Any], name: str) -> Iterator[tuple[str, int, int]]:
    """(text, line, depth) of the keys and values of the outermost mapping, in turn."""
    import yaml

    open_: list[_Open] = []
    for event in events:
        line = event.start_mark.line + 2
        text = None
        if isinstance(event, yaml.AliasEvent):
            raise InputError(f"{name}:{line}: its front matter uses an alias (*): write the value out")
        if isinstance(event, yaml.CollectionStartEvent):
            open_.append(_Open(isinstance(event, yaml.MappingStartEvent), []))
            if not open_[0].is_mapping or len(open_) > _DEEPEST:
                raise _shape(name, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            text = open_.pop().text()
        elif isinstance(event, yaml.ScalarEvent):
            text = event.value
        if text is not None and len(open_) > 1:
            open_[-1].items.append(text)
        elif text is not None and open_:
            yield text, line, int(not isinstance(event, yaml.ScalarEvent))
        elif text and isinstance(event, yaml.ScalarEvent):
            raise _shape(name, line)


def _broken(name: str, line: int, why: str) -> InputError:
    return InputError(f"{name}:{line}: its front matter is broken: {why}: write `key: value` lines")


def _shape(name: str, line: int) -> InputError:
    return InputError(f"{name}:{line}: its front matter is not made of `key: value` lines: mend or remove it")
