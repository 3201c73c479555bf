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
from typing import Any

from miit_cli.errors import InputError
from miit_cli.facts import PARAGRAPH
from miit_cli.formats import Page
from miit_cli.formats.blocks import labelled
from miit_cli.formats.characters import collapsed, seen, width
from miit_cli.formats.lines import seam
from miit_cli.outline import Block, compose

_SECONDS = 60
_MEMORY = 2 * 1024**3
_PAGES = 2000
_LONGEST = 16 * 1024 * 1024  # characters
_OPENING = 8000
_JUNK_TITLE = re.compile(r"microsoft word|untitled|\.(?:docx?|wps|pdf|indd)$|^\s*$", re.IGNORECASE)
_FULL_LINE = 0.75  # of the widest line of its page: a shorter one ends a paragraph
_NARROWEST = 30  # columns: a page without a wider line is no prose, and its lines stay


def read(data: bytes, name: str) -> Page:
    """A PDF; lines that the page broke are joined to paragraphs again."""
    if not find_spec("pypdf"):
        raise InputError(f"{name}: reading this format needs pypdf: pip install 'miit[pdf]'")
    if b"%PDF-" not in data[:1024]:
        raise InputError(f"{name}: is no PDF, or a damaged one: save it again")
    answer = _ask_child(data, name)
    if "error" in answer:
        raise InputError(f"{name}: {answer['error']}")
    blocks = labelled([Block(PARAGRAPH, text) for page in answer["pages"] for text in paragraphs(page)])
    if not blocks:
        raise InputError(f"{name}: holds no text, only pictures of it: run OCR on it, or save its text")
    title = "" if _JUNK_TITLE.search(answer["title"]) else answer["title"]
    return Page(blocks, {"title": title}, compose(blocks)[0][:_OPENING])


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
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > _LONGEST:
            return {"error": "holds more text than a report can: save what matters of it as .txt"}
    title = reader.metadata.title if reader.metadata else ""
    return {"pages": pages, "title": title or ""}


if __name__ == "__main__":
    _main()
