"""Word documents to text: a paragraph a line, a table row a line, headings marked as in Markdown.

A .docx is a zip archive of XML. Its size unpacked is bounded before anything is unpacked;
lxml, as python-docx sets it up, expands no entities and bounds the nesting.
"""

from __future__ import annotations

import io
import re
import zipfile
from importlib import import_module
from typing import Any

from miit_cli.errors import InputError
from miit_cli.formats import Page, library
from miit_cli.formats.blocks import Blocks, Line, collapsed, joined

_UNPACKED = 128 * 1024 * 1024  # bytes of all parts, pictures among them
_XML = 48 * 1024 * 1024  # bytes of the parts that are parsed
_PARTS = 5000
_OPENING = 8000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OLD = b"\xd0\xcf\x11\xe0"
_HEADING = re.compile(r"heading ?([1-6])$|(title)$", re.IGNORECASE)
_SKIPPED = frozenset((_FALLBACK, _W + "del", _W + "moveFrom", _W + "instrText", _W + "delText"))
_BREAKS = {_W + "tab": " ", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}


def read(data: bytes, name: str) -> Page:
    """A Word document: its title is its first heading, else the one in its properties."""
    docx = library("docx", name, "docx")
    _check(data, name)
    try:
        document = docx.Document(io.BytesIO(data))
        lines = _lines(document)
        title = next((line.text.lstrip("# ") for line in lines if line.text.startswith("#")), "")
        title = title or document.core_properties.title or ""
    except Exception as error:  # whatever a damaged file makes the library raise
        raise InputError(f"{name}: is no Word document that can be read: save it again as .docx") from error
    text = joined(lines)
    if not text:
        raise InputError(f"{name}: holds no text: write the report into it, or remove it")
    return Page(text, 0, {"title": title}, text[:_OPENING])


def _check(data: bytes, name: str) -> None:
    """Refuse what is no Word document, and what unpacks to more than a report can be."""
    if data.startswith(_OLD):
        raise InputError(
            f"{name}: is an old or a protected Word document: save it as .docx without a password"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise InputError(f"{name}: is no Word document, or a damaged one: save it again as .docx") from error
    xml = sum(part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    if len(parts) > _PARTS or xml > _XML or sum(part.file_size for part in parts) > _UNPACKED:
        raise InputError(f"{name}: unpacks to more than a report can hold: save its text as .txt or .md")


def _lines(document: Any) -> list[Line]:
    """Paragraphs and rows in the order in which they stand, text boxes and insertions with them."""
    etree = import_module("lxml.etree")  # python-docx brings it
    styles = _heading_styles(document)
    blocks = Blocks()
    words: list[list[str]] = []  # of the paragraphs that are open: a text box lies inside one
    walk = etree.iterwalk(document.element.body, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _SKIPPED:
                walk.skip_subtree()
            elif tag == _W + "p":
                words.append([])
            elif tag == _W + "tr":
                blocks.begin_row()
            elif tag == _W + "tc":
                blocks.begin_cell()
        elif tag == _W + "p" and words:
            _put(blocks, "".join(words.pop()), styles.get(_style(element), 0))
        elif tag == _W + "t" and words:
            words[-1].append(element.text or "")
        elif tag in _BREAKS and words:
            words[-1].append(_BREAKS[tag])
        elif tag == _W + "tr":
            blocks.end_row()
        elif tag == _W + "tc":
            blocks.end_cell()
    return blocks.end()


def _put(blocks: Blocks, paragraph: str, level: int) -> None:
    if level:
        paragraph = paragraph.replace("\n", " ")
    for place, line in enumerate(paragraph.split("\n")):
        text = collapsed(line)
        if text:
            blocks.put(Line("#" * level + " " * (level > 0) + text, tight=place > 0))


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if found is None else found.get(f"{_W}val", "")


def _heading_styles(document: Any) -> dict[str, int]:
    """Heading level by style id. Ids are translated (``1``, ``berschrift1``), names are not."""
    levels = {}
    for style in document.styles.element.iter(f"{_W}style"):
        named = style.find(f"{_W}name")
        found = _HEADING.match("" if named is None else named.get(f"{_W}val", ""))
        if found:
            levels[style.get(f"{_W}styleId", "")] = int(found[1] or 1)
    return levels
