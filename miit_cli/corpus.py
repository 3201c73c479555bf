"""Files to documents: which files a corpus is made of, and what each says of itself.

``files`` finds files, ``read_bytes`` reads one, ``parse_document`` makes a ParsedDocument of
path and bytes alone, so that it can run in any process. Whatever is wrong with a file is
an InputError of one line that names it and the remedy.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Container, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from miit_cli.errors import InputError
from miit_cli.formats import SUFFIXES, FileContent, dates, frontmatter, reader
from miit_cli.outline import compose
from miit_cli.types import BUNDLED, ParsedDocument

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_BYTES = 32 * 1024 * 1024

_KINDS = ", ".join(SUFFIXES)
_LONGEST_FIELD = 1000
_LANGUAGES = {
    **dict.fromkeys(("en", "eng", "english", "英文", "英语"), "en"),
    **dict.fromkeys(("zh", "chi", "zho", "cn", "chinese", "中文", "汉语"), "zh"),
}
_TOLD = ("title", "event", "area", "publisher", "source", "url")
_NATIONAL = frozenset(("china", "national", "nationwide", "全国", "中国", "国家"))
_SAMPLE = 20_000  # characters that tell the language
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_LATIN = re.compile("[A-Za-z]+")
_HAN_WEIGHT = 3  # a Chinese character says about as much as three Latin letters
_NO_DATE = (
    "has no date: begin it with the lines `---`, `date: YYYY-MM-DD`, `---`, or its file name with YYYY-MM-DD"
)
_NO_DATE_HERE = "has no date: begin its file name with the day of publication, YYYY-MM-DD"

_NAME_ONE = f"name a folder or a file of documents, or `{BUNDLED}`"
_PASSED_OVER = (".", "~$")  # hidden files, and the locks of open Word documents

FaultHandler = Callable[[InputError], None]


def bundled_path() -> Path:
    """The folder of the built-in corpus: in the installed package, else in the repository."""
    package = Path(__file__).resolve().parent
    installed = package / "corpus"
    return installed if installed.is_dir() else package.parent / "corpus"


def document_id(path: str | os.PathLike[str]) -> str:
    """The id of a document: its file name without the suffix."""
    return printable(os.path.splitext(os.path.basename(path))[0])


def printable(name: str | os.PathLike[str]) -> str:
    """A name or a path fit for a line of text: no control characters, one Unicode form.

    A file name in the bytes of an old Chinese archive is read as GB18030.
    """
    text = os.fspath(name)
    if text.isascii() and text.isprintable():
        return text
    if any("\ud800" <= char <= "\udfff" for char in text):
        text = os.fsencode(text).decode("gb18030", "replace")
    return "".join(char if _is_shown(char) else "�" for char in unicodedata.normalize("NFC", text))


# finding


def files(paths: Sequence[str], *, report: FaultHandler | None = None) -> list[str]:
    """The files that the paths stand for, by document id: folders recursively, files, ``bundled``.

    A folder is searched for files of known suffix; hidden ones are passed over, links are
    followed once. A file that is named is taken whatever its suffix. The same file reached
    twice counts once; two files of one id are an error. With ``report`` given, such an error
    is handed to it and the rest goes on (``--skip-bad``).
    """
    fail = report or _raise
    seen = _Walked(set(), set())
    documents: dict[str, str] = {}
    for named in paths:
        for path in _files(named, seen, fail):
            id = document_id(path)
            if any("\ud800" <= char <= "\udfff" for char in path):  # how Python writes other bytes
                fail(InputError(f"{printable(path)}: its name is not in UTF-8: rename it"))
            elif documents.setdefault(id, path) is not path:
                first, second = (printable(Path(same)) for same in (documents[id], path))
                fail(InputError(f"{second}: has the same id as {first} ({id}): rename one of them"))
    return [documents[id] for id in sorted(documents)]


class _Walked(NamedTuple):
    """Real paths, so that what is reached twice counts once."""

    files: set[str]
    folders: set[str]


def _raise(error: InputError) -> NoReturn:
    raise error


def _files(named: str, seen: _Walked, fail: FaultHandler) -> Iterator[str]:
    """The files that one path stands for, as far as they have not been seen."""
    path = os.fspath(bundled_path()) if named == BUNDLED else named
    shown = BUNDLED if named == BUNDLED else printable(named) or "''"
    try:
        is_folder = bool(named) and stat.S_ISDIR(os.stat(path).st_mode)
    except (OSError, ValueError) as error:
        fail(InputError(f"{shown}: {_why(error)}: {_NAME_ONE}"))
        return
    real = os.path.realpath(path)
    if not named:
        fail(InputError(f"{shown}: is no path: {_NAME_ONE}"))
    elif not is_folder:
        if real not in seen.files:
            seen.files.add(real)
            yield str(Path(path))
    else:
        found = list(_search(path, seen, fail))
        yield from found
        below = os.path.join(real, "")
        if not found and not any(file.startswith(below) for file in seen.files):
            fail(InputError(f"{shown}: holds no documents: put files in it that end in {_KINDS}"))


def _search(folder: str, seen: _Walked, fail: FaultHandler) -> Iterator[str]:
    """The files below a folder, each folder visited once however many links lead to it."""
    folders = [folder]
    while folders:
        here = folders.pop()
        real = os.path.realpath(here)
        if real in seen.folders:
            continue
        seen.folders.add(real)
        try:
            with os.scandir(here) as listing:
                entries = {entry.name: entry for entry in listing}
        except OSError as error:
            fail(InputError(f"{printable(here)}: {_why(error)}: change its permissions or leave it out"))
            continue
        names = sorted(name for name in entries if not name.startswith(_PASSED_OVER))
        below = [name for name in names if _is_folder(entries[name])]
        folder_names = set(below)
        before, inside = str(Path(here) / "x")[:-1], os.path.join(real, "")
        for name in names:
            if name in folder_names or os.path.splitext(name)[1].lower() not in SUFFIXES:
                continue
            entry = entries[name]
            file = os.path.realpath(entry.path) if entry.is_symlink() else inside + name
            if file not in seen.files:
                seen.files.add(file)
                yield before + name
        below = [name for name in below if not _belongs_to_page(name, entries)]
        folders.extend(entries[name].path for name in reversed(below))


def _belongs_to_page(folder: str, siblings: Container[str]) -> bool:
    """Whether a folder holds the pictures and frames of a saved page: ``X_files`` beside ``X.html``."""
    stem = folder.removesuffix("_files").removesuffix(".files")
    return stem != folder and any(stem + suffix in siblings for suffix in (".html", ".htm"))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


# reading


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a file, at most MAX_BYTES of them; InputError for what is no file."""
    name = printable(path)
    try:
        mode = os.stat(path).st_mode
        # a pipe without a writer would block an open; a socket refuses it, and says so
        if not stat.S_ISREG(mode) and not stat.S_ISSOCK(mode):
            kind = "a folder" if stat.S_ISDIR(mode) else "a pipe" if stat.S_ISFIFO(mode) else "a device"
            raise InputError(f"{name}: is {kind}, not a file: save the document in a file")
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: {_why(error)}: correct the name, or make it readable") from error
    if len(data) > MAX_BYTES:
        raise InputError(f"{name}: is larger than {MAX_BYTES >> 20} MB, more than a report can be: split it")
    return data


def _why(error: OSError | ValueError) -> str:
    """What went wrong with a path, in small words: ``no such file or directory``."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[:1].lower() + error.strerror[1:]
    return "is no path"


# parsing


def parse_document(path: str | os.PathLike[str], data: bytes, *, undated: str = "") -> ParsedDocument:
    """The document that a file's bytes make. Depends on nothing else, and reads nothing else.

    ``undated`` is the day of a file that says none; without it, such a file is an error.

    ``text`` is what a reader sees of it, whatever the format.
    """
    place = Path(path)
    name = printable(path)
    if not data.strip():
        raise InputError(f"{name}: is empty: write the report into it, or remove it")
    page = reader(place)(data, name)
    text, outline = compose(page.blocks)
    language = _language(page, text, name)
    date = _date(page, text, place, name, undated)
    known = {"id": document_id(place), "path": os.fspath(path), "date": date, "language": language}
    return _document(page.fields, data, known | {"text": text, "outline": outline})


def text_document(text: str, *, id: str, date: str, language: str | None = None) -> ParsedDocument:
    """A document of a text that is in no file, for ``miit check``; front matter in it is passed over."""
    from miit_cli.formats import text as markdown

    source = text.encode("utf-8", "replace").decode()  # an argument may hold bytes that are no text
    fields, body = frontmatter.parse(source, id)
    text, outline = compose(markdown.blocks_of(source, body, id))
    language = language or language_of(text)
    known = {"id": id, "path": "", "date": date, "language": language}
    return _document(fields, source.encode(), known | {"text": text, "outline": outline})


def _document(fields: Mapping[str, str], data: bytes, known: dict[str, str]) -> ParsedDocument:
    """A document of what is known of it and of the ``fields`` that say what it is; ``data`` are its bytes."""
    from miit_cli import sentences

    told = {name: clean(fields.get(name, "")) for name in _TOLD}
    if told["area"].lower() in _NATIONAL:
        told["area"] = ""
    return ParsedDocument(
        sentences=sentences.split(known["text"], known["outline"], known["language"]),
        sha256=hashlib.sha256(data).hexdigest(),
        **known,
        **told,
    )


def dateline(text: str) -> str | None:
    """The day in the dateline of a text; None where it has none, or no such day exists."""
    try:
        return dates.of_opening(text)
    except dates.NoSuchDay:
        return None


def _date(page: FileContent, text: str, path: Path, name: str, undated: str) -> str:
    """The day of publication: from the fields, the dateline, or the file name."""
    try:
        for value in page.fields.get("date", "").splitlines():
            try:
                return dates.day(value)
            except ValueError:
                if page.firm:
                    raise
        found = dates.of_opening(page.opening or text) or dates.of_name(path.stem)
    except dates.NoSuchDay as error:
        raise InputError(
            f"{_at(page, 'date', name)}: there is no such day: {clean(str(error))}: correct it"
        ) from error
    except ValueError as error:
        raise InputError(
            f"{_at(page, 'date', name)}: is no date: {clean(str(error))!r}: write date: YYYY-MM-DD"
        ) from error
    if found is None and not undated:
        raise InputError(f"{name}: {_NO_DATE if page.firm else _NO_DATE_HERE}")
    return found or undated


def _language(page: FileContent, text: str, name: str) -> str:
    said = page.fields.get("language", "")
    if not said:
        return language_of(text)
    language = _LANGUAGES.get(re.split("[-_ ]", said.strip().lower())[0])
    if language is None:
        raise InputError(
            f"{_at(page, 'language', name)}: unknown language {clean(said)!r}: write en or zh, or remove it"
        )
    return language


def language_of(text: str) -> str:
    """``zh`` where Chinese characters prevail, else ``en``."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return "en"
    han, latin = (sum(map(len, letters.findall(sample))) for letters in (_HAN, _LATIN))
    return "zh" if han * _HAN_WEIGHT > latin else "en"


def _at(page: FileContent, key: str, name: str) -> str:
    """File and, where the field stands in front matter, line."""
    return f"{name}:{frontmatter.line_of(page.source, key)}" if page.firm and key in page.fields else name


def clean(value: str) -> str:
    """A field as one line without control characters.

    >>> clean("5G \\x1b[31mbase\\nstations")
    '5G [31mbase stations'
    """
    if not value.isascii() or not value.isprintable():
        spaced = " ".join(value.split())
        value = "".join(char for char in spaced if _is_shown(char))
    value = value.strip()
    return value if len(value) <= _LONGEST_FIELD else value[: _LONGEST_FIELD - 1] + "…"


def _is_shown(char: str) -> bool:
    """Neither a control or format character (bidirectional marks turn lines around) nor half of one."""
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
