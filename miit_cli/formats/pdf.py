"""PDF to text: pdfplumber in a process of its own, bounded in time, memory, pages and output.

A PDF is a program of a kind: a small one can keep any reader busy for hours. The child
process (this module, run) gets the bytes on standard input and answers in JSON; the parent
waits for so long and no longer.
"""

from __future__ import annotations

import io
import json
import logging
import os
import re
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from miit_cli.errors import InputError
from miit_cli.formats import FileContent, first_heading
from miit_cli.formats.pages import PlacedWord, RuledCell, Sheet, blocks_of

_SECONDS = 120
_MEMORY = 2 * 1024**3
_PAGES = 2000
_LONGEST = 16 * 1024 * 1024  # characters
_HEAVIEST = 32 * 1024 * 1024  # bytes of what draws a page
_THICKEST = 4  # points of a line that is drawn as a rectangle
_UNREADABLE = "is a PDF that cannot be read: save its text as .txt"
_JUNK_TITLE = re.compile(r"microsoft word|untitled|\.(?:docx?|wps|pdf|indd)$|^\s*$", re.IGNORECASE)


def read(data: bytes, name: str) -> FileContent:
    """A PDF; lines that the page broke are joined to paragraphs again."""
    if not find_spec("pdfplumber"):
        raise InputError(f"{name}: reading this format needs pdfplumber: pip install 'miit[pdf]'")
    if b"%PDF-" not in data[:1024]:
        raise InputError(f"{name}: is no PDF, or a damaged one: save it again")
    answer = _ask_child(data, name)
    if "error" in answer:
        raise InputError(f"{name}: {answer['error']}")
    sheets = [
        Sheet(
            [PlacedWord(*word) for word in words], [[RuledCell(*cell) for cell in table] for table in tables]
        )
        for words, tables in answer["pages"]
    ]
    blocks = blocks_of(sheets)
    if not blocks:
        raise InputError(f"{name}: holds no text, only pictures of it: run OCR on it, or save its text")
    title = first_heading(blocks) if _JUNK_TITLE.search(answer["title"]) else answer["title"]
    return FileContent(blocks, {"title": title})


def _ask_child(data: bytes, name: str) -> dict[str, Any]:
    path = os.pathsep.join(entry for entry in sys.path if os.path.isabs(entry))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
    # -P: no module out of the folder one is in
    command = [sys.executable, "-P", "-W", "ignore", "-m", __name__]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=_SECONDS, env=environment, check=False
        )
        return dict(json.loads(done.stdout))
    except subprocess.TimeoutExpired as error:
        limit = f"takes more than {_SECONDS} seconds to read"
        raise InputError(f"{name}: {limit}: save its text as .txt") from error
    except ValueError as error:  # the child died: of memory, or of a fault in a library
        raise InputError(f"{name}: {_UNREADABLE}") from error


def _main() -> None:
    """The child: bytes in, JSON out."""
    _limit()
    try:
        answer = _extract(sys.stdin.buffer.read())
    except Exception:  # whatever a damaged file makes the library raise
        answer = {"error": _UNREADABLE}
    sys.stdout.write(json.dumps(answer))


def _limit() -> None:
    """Memory and processor time, where the system can bound them."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock has to do
        return
    for kind, limit in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS)):
        _soft, hard = resource.getrlimit(kind)
        if hard == resource.RLIM_INFINITY or limit < hard:
            resource.setrlimit(kind, (limit, hard))


def _extract(data: bytes) -> dict[str, Any]:
    """The words and the tables of each page, and the title; or what is wrong."""
    pdfplumber = import_module("pdfplumber")
    contents = import_module("pdfminer.pdftypes").stream_value
    logging.disable(logging.CRITICAL)
    try:
        document = pdfplumber.open(io.BytesIO(data))
    except import_module("pdfplumber.utils.exceptions").PdfminerException as error:
        if "Password" in repr(error):
            return {"error": "is protected by a password: save it without one"}
        raise
    if not document.pages:
        raise ValueError("no pages")
    if len(document.pages) > _PAGES:
        return {"error": f"has more than {_PAGES} pages: save the text of those that matter as .txt"}
    found = []
    length = 0
    for page in document.pages:
        if sum(len(contents(each).get_data()) for each in page.page_obj.contents) > _HEAVIEST:
            raise ValueError("a page of more than a report can hold")
        words = _words(page)
        found.append((words, _tables(page)))
        length += sum(len(word[0]) for word in words)
        if length > _LONGEST:
            return {"error": "holds more text than a report can: save what matters of it as .txt"}
        page.close()
    title = (document.metadata or {}).get("Title", "")
    return {"pages": found, "title": title if isinstance(title, str) else ""}


def _words(page: Any) -> list[list[Any]]:
    """The words that stand upright; a mark above the line is one of its own."""
    upright = page.filter(lambda each: each.get("upright", True))
    words = upright.extract_words(extra_attrs=["size"], x_tolerance_ratio=0.2)
    return [[word[name] for name in ("text", "x0", "x1", "top", "bottom", "size")] for word in words]


def _tables(page: Any) -> list[list[tuple[float, ...]]]:
    """The cells of each table that lines part into several rows and columns; none where that fails."""

    def is_no_ground(drawn: dict[str, Any]) -> bool:
        """The coloured grounds of rows would pass for cells."""
        filled = drawn["object_type"] == "rect" and not drawn.get("stroke")
        return not (filled and min(drawn["width"], drawn["height"]) > _THICKEST)

    try:
        tables = page.filter(is_no_ground).find_tables()
    except Exception:  # a damaged page has its text, and no tables
        return []
    return [table.cells for table in tables if max(len(row.cells) for row in table.rows) > 1]


if __name__ == "__main__":
    _main()
