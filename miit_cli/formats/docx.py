"""Word documents to blocks of text, without what is deleted, hidden or struck out.

A .docx is a zip archive of XML. Its size unpacked is bounded before anything is unpacked;
lxml, as python-docx sets it up, expands no entities and bounds the nesting.
"""

from __future__ import annotations

import io
import re
import zipfile
from importlib import import_module
from typing import TYPE_CHECKING, Any

from miit_cli.errors import InputError
from miit_cli.formats import FileContent, library
from miit_cli.formats.blocks import Blocks
from miit_cli.formats.characters import collapsed, raised, seen
from miit_cli.formats.lines import TextLine, joined
from miit_cli.outline import TextBlock
from miit_cli.types import CAPTION, HEADING, ITEM, NOTE, PARAGRAPH, QUOTATION, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNPACKED = 128 * 1024 * 1024  # bytes of all parts, pictures among them
_XML = 48 * 1024 * 1024  # bytes of the parts that are parsed
_PARTS = 5000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OLD = b"\xd0\xcf\x11\xe0"
_STYLES = (  # by what the name of a style begins with
    (re.compile(r"heading ?[1-6]$|title$", re.IGNORECASE), HEADING),
    (re.compile(r"list\b", re.IGNORECASE), ITEM),
    (re.compile(r"caption$", re.IGNORECASE), CAPTION),
    (re.compile(r"(?:intense )?quote$", re.IGNORECASE), QUOTATION),
)
_NOTES = ("/footnotes", "/endnotes")  # how the types of the relations to them end
_SKIPPED = frozenset((_FALLBACK, _W + "del", _W + "moveFrom", _W + "instrText", _W + "delText"))
_UNSEEN = tuple(_W + name for name in ("vanish", "webHidden", "strike", "dstrike"))
_OFF = ("0", "false", "off", "none")
_BREAKS = {_W + "tab": " ", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}


def read(data: bytes, name: str) -> FileContent:
    """A Word document: its title is its first heading, else the one in its properties."""
    docx = library("docx", name, "docx")
    _check(data, name)
    try:
        document = docx.Document(io.BytesIO(data))
        blocks = _blocks(document)
        title = next((block.text for block in blocks if block.kind == HEADING), "")
        title = title or document.core_properties.title or ""
    except Exception as error:  # whatever a damaged file makes the library raise
        raise InputError(f"{name}: is no Word document that can be read: save it again as .docx") from error
    if not blocks:
        raise InputError(f"{name}: holds no text: write the report into it, or remove it")
    return FileContent(blocks, {"title": title})


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


def _blocks(document: Any) -> list[TextBlock]:
    """Paragraphs and tables in the order in which they stand, then the notes of all pages."""
    kinds = _kinds(document)
    blocks = Blocks()
    _gather(blocks, document.element.body, kinds)
    found = blocks.end()
    for note in _notes(document):
        blocks = Blocks()
        _gather(blocks, note, kinds)
        found += [block._replace(kind=NOTE) if block.kind != TABLE else block for block in blocks.end()]
    return found


def _notes(document: Any) -> Iterator[Any]:
    """The footnotes and endnotes, those that only separate them from the text left out."""
    parse = import_module("docx.oxml").parse_xml
    for relation in document.part.rels.values():
        if relation.reltype.endswith(_NOTES) and not relation.is_external:
            yield from (note for note in parse(relation.target_part.blob) if not note.get(f"{_W}type"))


def _gather(blocks: Blocks, body: Any, kinds: dict[str, str]) -> None:
    """Put what an element holds into blocks, text boxes and insertions with it."""
    etree = import_module("lxml.etree")  # python-docx brings it
    words: list[list[str]] = []  # of the paragraphs that are open: a text box lies inside one
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _SKIPPED or (tag == _W + "r" and _is_unseen(element)):
                walk.skip_subtree()
            elif tag == _W + "p":
                words.append([])
            else:
                _open(blocks, tag, element)
        elif tag == _W + "p" and words:
            _put(blocks, "".join(words.pop()), _kind(element, kinds))
        elif tag == _W + "t" and words:
            _add(words[-1], element)
        elif tag in _BREAKS and words:
            words[-1].append(_BREAKS[tag])
        elif tag == _W + "tbl":
            blocks.end_table()
        elif tag == _W + "tc":
            blocks.end_cell()


def _open(blocks: Blocks, tag: str, element: Any) -> None:
    """Begin a table, a row or a cell."""
    if tag == _W + "tbl":
        blocks.begin_table()
    elif tag == _W + "tr":
        blocks.begin_row(header=element.find(f"{_W}trPr/{_W}tblHeader") is not None)
    elif tag == _W + "tc":
        spanned = _value(element.find(f"{_W}tcPr/{_W}gridSpan"))
        merged = element.find(f"{_W}tcPr/{_W}vMerge")
        blocks.begin_cell(
            int(spanned) if spanned.isdigit() else 1,
            continues=merged is not None and _value(merged) != "restart",
        )


def _value(element: Any) -> str:
    return "" if element is None else element.get(f"{_W}val", "")


def _is_unseen(run: Any) -> bool:
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return False
    found = (properties.find(name) for name in _UNSEEN)
    return any(each is not None and _value(each) not in _OFF for each in found)


def _add(words: list[str], element: Any) -> None:
    """The text of a run; above the line, it is no text unless it is a power."""
    text = element.text or ""
    if _value(element.getparent().find(f"{_W}rPr/{_W}vertAlign")) == "superscript":
        text = raised(text, "".join(words[-5:]))
    words.append(text)


def _put(blocks: Blocks, paragraph: str, kind: str) -> None:
    lines = [TextLine(collapsed(seen(line))) for line in paragraph.split("\n")]
    for block in joined(lines, kind, whole=kind in (HEADING, CAPTION)):
        blocks.put(block)


def _kind(paragraph: Any, kinds: dict[str, str]) -> str:
    kind = kinds.get(_value(paragraph.find(f"{_W}pPr/{_W}pStyle")), PARAGRAPH)
    if kind == PARAGRAPH and paragraph.find(f"{_W}pPr/{_W}numPr") is not None:
        return ITEM
    return kind


def _kinds(document: Any) -> dict[str, str]:
    """Kind of block by style id. Ids are translated (``1``, ``berschrift1``), names are not."""
    kinds = {}
    for style in document.styles.element.iter(f"{_W}style"):
        name = _value(style.find(f"{_W}name"))
        found = next((kind for pattern, kind in _STYLES if pattern.match(name)), None)
        if found:
            kinds[style.get(f"{_W}styleId", "")] = found
    return kinds
