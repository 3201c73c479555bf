"""Bytes to text: UTF-8, UTF-16 and GB18030, told apart without being told.

The text is decoded once and never rewritten: line endings stay, so that offsets are
those of the decoded file. Only a byte-order mark is left out.
"""

from __future__ import annotations

import codecs
import re

from miit_cli.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the shorter one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 20_000  # characters that are enough to tell an encoding
_GB_SHARE = 0.6  # of the characters beyond ASCII, so many must be everyday Chinese ones
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b"))
_CONTROL_SHARE = 0.01
_SAVE_AS = "save it as UTF-8 text, or as .html, .docx or .pdf"
_FOREIGN = (  # what begins so is a document of another program
    (b"%PDF-", "it is a PDF: give it the suffix .pdf"),
    (b"PK\x03\x04", "it is a zip archive or an office document: a Word document needs the suffix .docx"),
    (b"\xd0\xcf\x11\xe0", "it is an old office document: save it as .docx"),
    (b"{\\rtf", "it is rich text: save it as .docx"),
)
_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)


def decode(data: bytes, name: str, *, declared: str | None = None) -> str:
    """The text of a file; InputError when it is no text.

    ``declared`` is the encoding that a web page claims; it is believed only where the
    bytes are not UTF-8, since saved pages often keep the claim of another encoding.
    """
    for start, remedy in _FOREIGN:
        if data.startswith(start):
            raise InputError(f"{name}: is no text: {remedy}")
    text = _decode(data, declared)
    if text is None:
        raise InputError(f"{name}: is no text in UTF-8, UTF-16 or GB18030: {_SAVE_AS}")
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        raise InputError(f"{name}:{line}: is no text (a null character): {_SAVE_AS}")
    return text


def declared_charset(data: bytes) -> str | None:
    """The encoding that a web page claims in its first bytes, as Python calls it."""
    found = _CHARSET.search(data[:4096])
    if not found:
        return None
    claim = found[1].decode("ascii").lower()
    if claim in {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"}:
        return "gb18030"
    try:
        codec = codecs.lookup(claim)
        b"".decode(claim)  # refuses the codecs that are no text encodings (zip, rot13)
    except LookupError:
        return None
    return codec.name


def _decode(data: bytes, declared: str | None) -> str | None:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], codec)
    if b"\0" in data:
        return _without_mark(data)
    if len(data.translate(None, _CONTROLS)) < len(data) * (1 - _CONTROL_SHARE):
        return None
    text = _strict(data, "utf-8")
    if text is None and declared:
        text = data.decode(declared, "replace")
    if text is None:
        text = _chinese(_strict(data, "gb18030")) or _without_mark(data)
    return text


def _strict(data: bytes, codec: str) -> str | None:
    try:
        text = data.decode(codec)
        if codec != "utf-8":
            text.encode()  # a lone surrogate is no character
    except UnicodeError:
        return None
    return text


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without its mark: digits and spaces leave null bytes on one side only."""
    left, right = data[: 2 * _SAMPLE : 2].count(0), data[1 : 2 * _SAMPLE : 2].count(0)
    codec = "utf-16-be" if left > right else "utf-16-le"
    text = _strict(data, codec)
    if text is None or min(left, right) * 20 > max(left, right):
        return None
    sample = text[:_SAMPLE]
    plain = sum(" " <= char <= "~" or char in "\t\r\n" for char in sample)
    return text if (plain + _everyday(sample)) >= _GB_SHARE * len(sample) else None


def _chinese(text: str | None) -> str | None:
    """The text if it reads as Chinese: nearly any bytes decode as GB18030, few make words."""
    if text is None:
        return None
    sample = [char for char in text[: _SAMPLE * 10] if char > "\x7f"][:_SAMPLE]
    return text if _everyday("".join(sample)) >= _GB_SHARE * len(sample) else None


def _everyday(sample: str) -> int:
    """How many of the characters are in GB 2312, the set of everyday Chinese, beyond ASCII."""
    beyond = "".join(char for char in sample if char > "\x7f")
    return len(beyond.encode("gb2312", "ignore")) // 2
