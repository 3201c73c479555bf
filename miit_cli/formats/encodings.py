"""Bytes to text: UTF-8, UTF-16, GB18030 and Big5, told apart without being told.

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
_LEGIBLE = 0.75  # share of letters and everyday Chinese: 0.98 in reports, 0.47 in wrong guesses
_EVERYDAY = 0.9  # of the characters of a report in Big5; of other bytes that decode, a third are rare
_SOME = 100  # bytes
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b"))
_CONTROL_SHARE = 0.01
_FEW_CONTROLS = 3
_SAVE_AS = "save it as UTF-8 text, or as .html, .docx or .pdf"
_FOREIGN = (  # what begins so is a document of another program
    (b"%PDF-", "it is a PDF: give it the suffix .pdf"),
    (b"PK\x03\x04", "it is a zip archive: if it is a Word document, give it the suffix .docx"),
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
        raise InputError(f"{_place(data, name)}: is no text in UTF-8, UTF-16, GB18030 or Big5: {_SAVE_AS}")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputError(f"{name}:{line}: is no text (a null character): {_SAVE_AS}")
    return text


def _place(data: bytes, name: str) -> str:
    """File and line of the first byte that is not UTF-8, for a file that is mostly that."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not _is_binary(data) and error.start > _SOME:
            return f"{name}:{data.count(10, 0, error.start) + 1}"
    return name


def declared_charset(data: bytes) -> str | None:
    """The encoding that a web page claims in its first bytes, as Python calls it."""
    found = _CHARSET.search(data[:4096])
    if not found:
        return None
    claim = found[1].decode("ascii").lower()
    if claim in {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"}:
        return "gb18030"
    try:
        b"".decode(claim)  # refuses the codecs that are no text encodings (zip, rot13)
        return codecs.lookup(claim).name
    except LookupError:
        return None


def _decode(data: bytes, declared: str | None) -> str | None:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], codec)
    if b"\0" in data or _is_binary(data):
        return _without_mark(data)
    text = _strict(data, "utf-8")
    if text is None and declared:
        return data.decode(declared, "replace")
    return text if text is not None else _simplified(data) or _traditional(data) or _without_mark(data)


def _is_binary(data: bytes) -> bool:
    """More control characters than a text in an encoding of single bytes has."""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls > max(_FEW_CONTROLS, len(data) * _CONTROL_SHARE)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        text = data.decode(codec)
        if codec != "utf-8":
            text.encode()  # a lone surrogate is no character
    except UnicodeError:
        return None
    return text


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without its mark, in the order of bytes that makes letters and everyday Chinese."""
    texts = [text for codec in ("utf-16-le", "utf-16-be") if (text := _strict(data, codec))]
    best = max(texts, key=_legible, default="")
    return best if best and _legible(best) >= _LEGIBLE else None


def _legible(text: str) -> float:
    sample = text[:_SAMPLE]
    plain = sum(" " <= char <= "~" or char in "\t\r\n" for char in sample)
    return (plain + _everyday(_beyond_ascii(sample))) / len(sample)


def _simplified(data: bytes) -> str | None:
    """GB18030, if it reads as Chinese: nearly any bytes decode as it, few make words."""
    text = _strict(data, "gb18030")
    beyond = _beyond_ascii((text or "")[: _SAMPLE * 10])[:_SAMPLE]
    return text if _everyday(beyond) >= _LEGIBLE * len(beyond) else None


def _traditional(data: bytes) -> str | None:
    """Big5, if it reads as Chinese: its everyday characters have lead bytes up to C6."""
    text = _strict(data, "big5hkscs")
    leads = _beyond_ascii((text or "")[:_SAMPLE]).encode("big5hkscs")[::2]
    everyday = sum(0xA1 <= lead <= 0xC6 for lead in leads)
    return text if leads and everyday >= _EVERYDAY * len(leads) else None


def _beyond_ascii(text: str) -> str:
    return "".join(char for char in text if char > "\x7f")


def _everyday(characters: str) -> int:
    """How many of the characters are in GB 2312, the set of everyday Chinese."""
    return len(characters.encode("gb2312", "ignore")) // 2
