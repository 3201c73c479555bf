"""Front matter: the ``key: value`` lines between two ``---`` at the top of a document.

It is YAML, and of YAML only what describes a document: a mapping to text, or to a small
mapping or list of texts. Values are never typed, so that ``2023-02-30`` and ``no`` arrive
as they were written; nothing is constructed, so that no tag or alias can do anything.
"""

from __future__ import annotations

import re
from typing import Any

from miit_cli.errors import InputError

_OPENING = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
_KEYLIKE = re.compile(r"[ \t]*[\"']?[\w-]+[\"']?[ \t]*:(?:\s|$)")
_TWO_COLONS = re.compile(r"\s*(?P<key>[\w-]+)[ \t]*:[ \t]+(?P<value>[^\"'\[{|>&*!].*:(?:[ \t].*)?)")
_FORBIDDEN = (  # in YAML; compiled when there is one
    "[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_BROKEN = "its front matter is broken: {}: write `key: value` lines"
_LONGEST = 64 * 1024
_DEEPEST = 7  # of what a field holds
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
    fields: dict[str, str] = {}
    for written, value, line in _fields(block, name):
        key = written.strip().lower()
        key = _SYNONYMS.get(key, key)
        if value not in _NOTHING and fields.setdefault(key, value) != value:
            contradiction = f"its front matter contradicts itself: two values for {key!r}"
            raise InputError(f"{name}:{line}: {contradiction}: keep one")
    return fields, closing.end()


def line_of(text: str, key: str) -> int:
    """The line that a key stands on, for an error about its value."""
    keys = "|".join([key, *(word for word, meaning in _SYNONYMS.items() if meaning == key)])
    found = re.search(rf"^[\"']?(?:{keys})[\"']?[ \t]*:", text[:_LONGEST], re.MULTILINE | re.IGNORECASE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _fields(block: str, name: str) -> list[tuple[str, str, int]]:
    """(key, value, line) of each field, from the nodes of YAML: none of it is constructed."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = yaml.parse(block, Loader=loader) if "*" in block else ()
        alias: Any = next((event for event in events if isinstance(event, yaml.AliasEvent)), None)
        if alias:
            place = f"{name}:{alias.start_mark.line + 2}"
            raise InputError(f"{place}: its front matter uses an alias (*): write the value out")
        root = yaml.compose(block, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1
        if "nesting depth" in str(error.problem):
            raise _shape(name, line) from error
        lines = block.split("\n")[line - 2 : line - 1]
        if colons := _TWO_COLONS.fullmatch(lines[0]) if lines else None:
            quoted = "'" + colons["value"].strip().replace("'", "''") + "'"
            remedy = f"write it in quotes: {colons['key']}: {quoted[:200]}"
            raise InputError(f"{name}:{line}: a value holds a colon: {remedy}") from error
        raise InputError(f"{name}:{line}: {_BROKEN.format('it is no YAML')}") from error
    except yaml.YAMLError as error:
        found = re.search(_FORBIDDEN, block)
        line = block.count("\n", 0, found.start()) + 2 if found else 1
        raise InputError(f"{name}:{line}: {_BROKEN.format('a character that YAML forbids')}") from error
    except RecursionError as error:  # of YAML's parser in Python, which has no limit of its own
        raise _shape(name, 2) from error
    if root is None or root.value == "":
        return []
    if not isinstance(root, yaml.MappingNode):
        raise _shape(name, root.start_mark.line + 2)
    return [
        (_text(key, name, 0), _text(value, name, _DEEPEST), key.start_mark.line + 2)
        for key, value in root.value
    ]


def _text(node: Any, name: str, depth: int) -> str:
    """What a node says: a text itself, a mapping or list all that it holds, which may be so deep."""
    if isinstance(node.value, str):
        return node.value
    if not depth:
        raise _shape(name, node.start_mark.line + 2)
    items = [
        ": ".join(_text(part, name, depth - 1) for part in (item if isinstance(item, tuple) else (item,)))
        for item in node.value
    ]
    return "; ".join(filter(None, items))


def _shape(name: str, line: int) -> InputError:
    return InputError(f"{name}:{line}: its front matter is not made of `key: value` lines: mend or remove it")
