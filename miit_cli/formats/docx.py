"""Word documents to blocks of text, without what is deleted, hidden or struck out.

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
from miit_cli.formats import FileContent, first_heading, library
from miit_cli.formats.blocks import Blocks
from miit_cli.formats.characters import collapsed, raised, seen
from miit_cli.formats.lines import TextLine, joined
from miit_cli.outline import TextBlock
from miit_cli.types import CAPTION, HEADING, ITEM, NOTE, PARAGRAPH, QUOTATION, TABLE

_UNPACKED = 128 * 1024 * 1024  # bytes of all parts, pictures among them
_XML = 48 * 1024 * 1024  # bytes of the parts that are parsed
_PARTS = 5000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMES = {"w": _W.strip("{}")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OLD = b"\xd0\xcf\x11\xe0"
_STYLES = (  # by what the name of a style begins with
    (re.compile(r"heading ?[1-6]$|title$", re.IGNORECASE), HEADING),
    (re.compile(r"list\b", re.IGNORECASE), ITEM),
    (re.compile(r"caption$", re.IGNORECASE), CAPTION),
    (re.compile(r"(?:intense )?quote$", re.IGNORECASE), QUOTATION),
)
_NOTES = ("/footnotes", "/endnotes")  # how the types of the relations to them end
_SKIPPED = frozenset((_FALLBACK, "del", "moveFrom", "instrText", "delText"))
_UNSEEN = ("w:vanish", "w:webHidden", "w:strike", "w:dstrike")
_SEEN = (None, "0", "false", "off", "none")
_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read(data: bytes, name: str) -> FileContent:
    """A Word document: its title is its first heading, else the one in its properties."""
    docx = library("docx", name, "docx")
    _check(data, name)
    try:
        document = docx.Document(io.BytesIO(data))
        blocks = _blocks(document)
        title = first_heading(blocks) or document.core_properties.title or ""
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
    """Paragraphs and tables in the order in which they stand, then the footnotes and endnotes."""
    parse = import_module("docx.oxml").parse_xml
    kinds: dict[str | None, str] = {}  # by style id: ids are translated (``1``, ``berschrift1``), names not
    for style in document.styles.element.iter(f"{_W}style"):
        name = _value(style, "w:name") or ""
        kinds[style.get(f"{_W}styleId", "")] = next((kind for form, kind in _STYLES if form.match(name)), "")
    found = _gathered(document.element.body, kinds)
    for relation in document.part.rels.values():
        if relation.reltype.endswith(_NOTES) and not relation.is_external:
            for note in parse(relation.target_part.blob):
                if not note.get(f"{_W}type"):  # those only separate notes from the text
                    blocks = _gathered(note, kinds)
                    found += [each if each.kind == TABLE else each._replace(kind=NOTE) for each in blocks]
    return found


def _gathered(body: Any, kinds: dict[str | None, str]) -> list[TextBlock]:
    """The blocks that an element holds, text boxes and insertions with it."""
    blocks = Blocks()
    words: list[list[str]] = []  # of the paragraphs that are open: a text box lies inside one
    walk = import_module("lxml.etree").iterwalk(body, events=("start", "end"))  # python-docx brings it
    for event, element in walk:
        tag = str(element.tag).removeprefix(_W)  # that of a comment is a function
        match event, tag:
            case "start", _ if tag in _SKIPPED or (tag == "r" and _is_unseen(element)):
                walk.skip_subtree()
            case "start", "p":
                words.append([])
            case "start", "tbl":
                blocks.begin_table()
            case "start", "tr":
                blocks.begin_row()
            case "start", "tc":
                spanned = _value(element, "w:tcPr/w:gridSpan") or ""
                blocks.begin_cell(
                    int(spanned) if spanned.isdigit() else 1,
                    header=element.getparent().find("w:trPr/w:tblHeader", _NAMES) is not None,
                    continues=_value(element, "w:tcPr/w:vMerge") not in (None, "restart"),
                )
            case "end", "p" if words:
                blocks.put(*_paragraph("".join(words.pop()), element, kinds))
            case "end", "t" if words:
                text = element.text or ""
                if _value(element.getparent(), "w:rPr/w:vertAlign") == "superscript":
                    text = raised(text, "".join(words[-1][-5:]))
                words[-1].append(text)
            case "end", _ if tag in _BREAKS and words:
                words[-1].append(_BREAKS[tag])
            case "end", "tbl":
                blocks.end_table()
            case "end", "tc":
                blocks.end_cell()
    return blocks.end()


def _value(element: Any, path: str) -> str | None:
    """What an element below another says, "" for nothing; None where it is missing."""
    found = element.find(path, _NAMES)
    return None if found is None else found.get(f"{_W}val", "")


def _is_unseen(run: Any) -> bool:
    properties = run.find("w:rPr", _NAMES)
    return properties is not None and any(_value(properties, name) not in _SEEN for name in _UNSEEN)


def _paragraph(text: str, element: Any, kinds: dict[str | None, str]) -> list[TextBlock]:
    kind = kinds.get(_value(element, "w:pPr/w:pStyle")) or PARAGRAPH
    if kind == PARAGRAPH and element.find("w:pPr/w:numPr", _NAMES) is not None:
        kind = ITEM
    lines = [TextLine(collapsed(seen(line))) for line in text.split("\n")]
    return joined(lines, kind, whole=kind in (HEADING, CAPTION))
