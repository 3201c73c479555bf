"""Markdown and plain text: front matter, then prose, kept as it is."""

from __future__ import annotations

import re

from miit_cli.formats import Page, encodings, frontmatter

_OPENING = 8000  # characters in which a dateline and a title are looked for
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<title>[^\n]*)$", re.MULTILINE)
_SENTENCE_END = "。！？；.!?;:：,，、"
_LONGEST_TITLE = 100


def read(data: bytes, name: str) -> Page:
    """A text file; its fields are those of the front matter, and a title from its first heading."""
    text = encodings.decode(data, name)
    fields, body = frontmatter.parse(text, name)
    opening = text[body : body + _OPENING]
    if "title" not in fields:
        fields["title"] = title_of(opening)
    return Page(text, body, fields, opening, firm=True)


def title_of(opening: str) -> str:
    """The first Markdown heading, else a first line that is too short and bare for a sentence."""
    found = _HEADING.search(opening)
    if found:
        return found["title"].strip().rstrip("#").rstrip()
    for line in opening.splitlines():
        first = line.strip()
        if first:
            bare = (
                any(map(str.isalnum, first))
                and len(first) <= _LONGEST_TITLE
                and not first.endswith(tuple(_SENTENCE_END))
            )
            return first.strip("*_ ") if bare else ""
    return ""
