"""PDF to text: pypdf in a process of its own, bounded in time, memory, pages and output.

A PDF is a program of a kind: a small one can keep any reader busy for hours. The child
process (this module, run) gets the bytes on standard input and answers in JSON; the parent
waits for so long and no longer.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from miit_cli.errors import InputError
from miit_cli.formats import FileContent
from miit_cli.formats.blocks import drawn, labelled, row_text
from miit_cli.formats.characters import collapsed, seen, width
from miit_cli.formats.lines import seam
from miit_cli.outline import Block, compose
from miit_cli.types import PARAGRAPH, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS = 60
_MEMORY = 2 * 1024**3
_PAGES = 2000
_LONGEST = 16 * 1024 * 1024  # characters
_OPENING = 8000
_LONGEST_LAYOUT = 200_000  # characters of a page
_COLUMNS = re.compile(r"\S {2,}\S")
_JUNK_TITLE = re.compile(r"microsoft word|untitled|\.(?:docx?|wps|pdf|indd)$|^\s*$", re.IGNORECASE)
_FULL_LINE = 0.75  # of the widest line of its page: a shorter one ends a paragraph
_NARROWEST = 30  # columns: a page without a wider line is no prose, and its lines stay


def read(data: bytes, name: str) -> FileContent:
    """A PDF; lines that the page broke are joined to paragraphs again."""
    if not find_spec("pypdf"):
        raise InputError(f"{name}: reading this format needs pypdf: pip install 'miit[pdf]'")
    if b"%PDF-" not in data[:1024]:
        raise InputError(f"{name}: is no PDF, or a damaged one: save it again")
    answer = _ask_child(data, name)
    if "error" in answer:
        raise InputError(f"{name}: {answer['error']}")
    blocks = labelled([block for page, layout in answer["pages"] for block in blocks_of(page, layout)])
    if not blocks:
        raise InputError(f"{name}: holds no text, only pictures of it: run OCR on it, or save its text")
    title = "" if _JUNK_TITLE.search(answer["title"]) else answer["title"]
    return FileContent(blocks, {"title": title}, compose(blocks)[0][:_OPENING])


def _ask_child(data: bytes, name: str) -> dict[str, Any]:
    path = os.pathsep.join(entry for entry in sys.path if os.path.isabs(entry))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
    command = [
        sys.executable,
        "-P",
        "-W",
        "ignore",
        "-m",
        __name__,
    ]  # -P: no module out of the folder one is in
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=_SECONDS, env=environment, check=False
        )
        return dict(json.loads(done.stdout))
    except subprocess.TimeoutExpired as error:
        raise InputError(
            f"{name}: takes more than {_SECONDS} seconds to read: save its text as .txt"
        ) from error
    except ValueError as error:  # the child died: of memory, or of a fault in a library
        raise InputError(f"{name}: is a PDF that cannot be read: save its text as .txt") from error


def blocks_of(page: str, layout: str) -> Iterator[Block]:
    """The blocks of a page: its tables, as the layout shows them, where the page has their text."""
    lines = page.splitlines()
    at = 0
    for rows in _tables(layout):
        wanted = _squeezed("".join(cell for row in rows for cell in row))
        found = _run_of(lines, at, wanted)
        if found:
            first, last = found
            yield from (Block(PARAGRAPH, text) for text in paragraphs("\n".join(lines[at:first])))
            yield Block(TABLE, "\n".join(row_text(row) for row in rows))
            at = last
    yield from (Block(PARAGRAPH, text) for text in paragraphs("\n".join(lines[at:])))


def _tables(layout: str) -> Iterator[list[list[str]]]:
    """Runs of lines that blanks part into columns."""
    run: list[str] = []
    for line in [*layout.splitlines(), ""]:
        if _COLUMNS.search(line):
            run.append(seen(line))
            continue
        rows = drawn(run)
        if rows:
            yield rows
        run = []


def _run_of(lines: list[str], at: int, wanted: str) -> tuple[int, int] | None:
    """The lines that hold just this text, blanks aside, as first and behind the last."""
    squeezed = [_squeezed(seen(line)) for line in lines]
    for first in range(at, len(lines)):
        if not squeezed[first] or not wanted.startswith(squeezed[first]):
            continue
        length, last = 0, first
        while last < len(lines) and wanted.startswith(squeezed[last], length):
            length += len(squeezed[last])
            last += 1
            if length == len(wanted):
                return first, last
    return None


def _squeezed(text: str) -> str:
    return "".join(text.split())


def paragraphs(page: str) -> list[str]:
    """The paragraphs of a page, the lines joined that the width of the page has broken."""
    lines = [collapsed(seen(line)) for line in page.splitlines()]
    full = max(max(map(width, lines), default=0) * _FULL_LINE, _NARROWEST)
    found: list[list[str]] = []
    goes_on = False
    for line in lines:
        if not line:
            goes_on = False
            continue
        if found and (goes_on or line[0].islower()):
            found[-1][-1:] = [*seam(found[-1][-1], line), line]
        else:
            found.append([line])
        goes_on = width(line) >= full
    return ["".join(pieces) for pieces in found]


def _main() -> None:
    """The child: bytes in, JSON out."""
    _limit()
    try:
        answer = _extract(sys.stdin.buffer.read())
    except Exception:  # whatever a damaged file makes the library raise
        answer = {"error": "is a PDF that cannot be read: save its text as .txt"}
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
    import io
    import logging

    pypdf = import_module("pypdf")
    logging.disable(logging.CRITICAL)
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return {"error": "is protected by a password: save it without one"}
    if len(reader.pages) > _PAGES:
        return {"error": f"has more than {_PAGES} pages: save the text of those that matter as .txt"}
    pages: list[tuple[str, str]] = []
    length = 0
    for page in reader.pages:
        pages.append((page.extract_text(), _layout(page)))
        length += len(pages[-1][0])
        if length > _LONGEST:
            return {"error": "holds more text than a report can: save what matters of it as .txt"}
    title = reader.metadata.title if reader.metadata else ""
    return {"pages": pages, "title": title or ""}


def _layout(page: Any) -> str:
    """The page with its text in place, for its tables; nothing where the library fails at it."""
    try:
        return str(page.extract_text(extraction_mode="layout"))[:_LONGEST_LAYOUT]
    except Exception:  # a damaged page has its text, and no tables
        return ""


if __name__ == "__main__":
    _main()
