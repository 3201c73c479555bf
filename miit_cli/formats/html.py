"""Saved web pages to blocks of text, furniture, hidden and struck-out text left out.

libxml2 is used as a stream of events. A tree of a hostile page grows with the square of
its length in every parser that builds one; here nesting and time are bounded, entities
are those of HTML only, and nothing is fetched.
"""

from __future__ import annotations

import json
import time
from typing import NamedTuple

from miit_cli.errors import InputError
from miit_cli.formats import FileContent, encodings, first_heading, library
from miit_cli.formats.blocks import Blocks
from miit_cli.formats.characters import collapsed, raised, seen
from miit_cli.formats.lines import TextLine, joined
from miit_cli.outline import TextBlock, compose
from miit_cli.types import CAPTION, HEADING, ITEM, PARAGRAPH, QUOTATION

_CHUNK = 64 * 1024
_DEEPEST = 1000
_SECONDS = 30.0
_LINKED_DATA = ("script", "application/ld+json")
_ENOUGH = 200  # characters that make a marked main part the page's text


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MAIN = _names("main article")
# where the sites of ministries and news agencies keep the report itself
_MAIN_IDS = _names("ucap-content js_content zoom con_con ccontent articlecontent")
_SKIPPED = _names(
    "script style noscript template svg math iframe object video audio canvas select button nav footer aside"
    " textarea dialog"
)
_BLOCKS = _names(
    "address article blockquote body br caption center dd details div dl dt fieldset figcaption figure form"
    " header hgroup hr html li main ol p pre section summary table tbody td tfoot th thead title tr ul"
    " h1 h2 h3 h4 h5 h6"
)
_CELLS = _names("td th")
_KINDS = {
    **dict.fromkeys(_names("h1 h2 h3 h4 h5 h6"), HEADING),
    **dict.fromkeys(_names("li dd dt"), ITEM),
    **dict.fromkeys(_names("caption figcaption"), CAPTION),
    "blockquote": QUOTATION,
}
_WITHDRAWN = _names("del s strike")
_UNSEEN = ("display:none", "visibility:hidden", "line-through")  # in the style of an element

# names of <meta> elements, in the order in which they are believed
_META = {
    "title": "articletitle og:title dc.title dcterms.title title",
    "date": "article:published_time og:published_time datepublished pubdate publishdate publish-date"
    " publish_date publication_date citation_publication_date parsely-pub-date sailthru.date dcterms.issued"
    " dc.date.issued dcterms.date dc.date firstpublishedtime releasedate date time"
    " article:modified_time og:updated_time last-modified",
    "publisher": "og:site_name sitename dc.publisher publisher application-name",
    "source": "contentsource dc.source source",
    "url": "canonical og:url url",
}
_WANTED = _names(" ".join(_META.values()))


def read(data: bytes, name: str) -> FileContent:
    """A saved web page: the part that it marks as the main one, else all of it.

    Its fields are what its metadata says; ``date`` holds all candidates, a line each, the best first.
    """
    library("lxml.etree", name, "html")
    page = _parsed(encodings.decode(data, name, declared=encodings.declared_charset(data)), name)
    blocks, main = page.whole.end(), page.main.end()
    if not blocks:
        raise InputError(f"{name}: holds no text that can be seen without scripts: save its text as .txt")
    is_main = sum(len(block.text) for block in main) >= _ENOUGH
    # the dateline often stands above the main part
    opening = f"{compose(blocks)[0]}\n{compose(main)[0]}" if is_main else ""
    fields = {}
    for field, names in _META.items():
        values = [page.meta[name] for name in names.split() if page.meta.get(name)]
        if values:
            fields[field] = "\n".join(values) if field == "date" else values[0]
    chosen = main if is_main else blocks
    fields.setdefault("title", first_heading(chosen))
    return FileContent(chosen, fields, opening)


def fragment(markup: str, name: str) -> list[TextBlock]:
    """The blocks of a piece of HTML, as Markdown may hold."""
    return _parsed(markup, name).whole.end()


def _parsed(text: str, name: str) -> _Page:
    etree = library("lxml.etree", name, "html")
    page = _Page(name)
    parser = etree.HTMLParser(target=page)
    deadline = time.monotonic() + _SECONDS
    try:
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK])
            if time.monotonic() > deadline:
                raise InputError(f"{name}: takes too long to read as HTML: save it again, or as text")
        parser.close()
    except (etree.LxmlError, ValueError) as error:
        raise InputError(f"{name}: is no HTML that can be read: save it again, or as text") from error
    return page


class _Element(NamedTuple):
    """An element that is open, and what those around it say of its text."""

    kind: str = PARAGRAPH
    skipped: bool = False
    main: bool = False
    head: bool = False  # of a table
    preserved: bool = False


class _Page:
    """The events of libxml2 as blocks of text, and as metadata by name."""

    def __init__(self, name: str) -> None:
        self.whole, self.main = Blocks(), Blocks()
        self.meta: dict[str, str] = {}
        self._name = name
        self._words: list[str] = []  # of the line that is being read
        self._lines: list[TextLine] = []  # of the paragraph that is being read
        self._aside: list[str] | None = None  # of a title or a script that is being read
        self._raised: list[int] = []  # where in the line what stands above it began
        self._open = [_Element()]

    # what lxml calls

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._open) > _DEEPEST:
            raise InputError(f"{self._name}: is nested too deeply for a page: save it again, or as text")
        self._note_metadata(tag, attributes)
        outer = self._open[-1]
        if outer.skipped:
            self._open.append(outer)
            return
        main = outer.main or _is_main(tag, attributes)
        if tag == "br":
            self._end_line()
        elif tag in _BLOCKS or tag in _SKIPPED or main != outer.main:
            self._end_paragraph()
        style = attributes.get("style", "").replace(" ", "").lower()
        hidden = "hidden" in attributes or any(unseen in style for unseen in _UNSEEN)
        element = _Element(
            _KINDS.get(tag, outer.kind),
            # some pages show their main part with a script
            tag in _SKIPPED or tag in _WITHDRAWN or (hidden and not _is_main(tag, attributes)),
            main,
            outer.head or tag == "thead",
            outer.preserved or tag == "pre",
        )
        self._open.append(element)
        if tag == "sup":
            self._raised.append(len(self._words))
        for blocks in () if element.skipped else self._places():
            if tag == "table":
                blocks.begin_table()
            elif tag == "tr":
                blocks.begin_row()
            elif tag in _CELLS:
                columns, rows = (_span(attributes.get(span, "")) for span in ("colspan", "rowspan"))
                blocks.begin_cell(columns, rows, header=tag == "th" or element.head)

    def end(self, tag: str) -> None:
        if tag in ("title", "script") and self._aside is not None:
            text, self._aside = "".join(self._aside), None
            if tag == "title":
                self.meta.setdefault("title", collapsed(text))
            else:
                self._note_linked_data(text)
        element = self._open[-1]
        if not element.skipped:
            self._close(tag)
        if element.main and not self._open[-2].main:
            self._end_paragraph()
        self._open.pop()

    def data(self, data: str) -> None:
        if self._aside is not None:
            self._aside.append(data)
        elif not self._open[-1].skipped:
            self._words.append(data)

    def close(self) -> None:
        self._end_paragraph()

    # metadata

    def _note_metadata(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "meta" and (content := attributes.get("content", "").strip()):
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                key = attributes.get(attribute, "").strip().lower()
                if key in _WANTED:
                    self.meta.setdefault(key, content)
        elif tag == "link" and attributes.get("rel") == "canonical":
            self.meta.setdefault("canonical", attributes.get("href", ""))
        elif tag == "time" and "datetime" in attributes:
            self.meta.setdefault("time", attributes["datetime"])
        elif tag == "title" or (tag, attributes.get("type", "").strip().lower()) == _LINKED_DATA:
            self._aside = []

    def _note_linked_data(self, script: str) -> None:
        """datePublished of JSON-LD, in its outer layers."""
        try:
            layer = [json.loads(script)]
        except (ValueError, RecursionError):
            return
        for _depth in range(3):
            items = [item for entry in layer for item in (entry if isinstance(entry, list) else [entry])]
            items = [item for item in items if isinstance(item, dict)]
            for item in items:
                if isinstance(item.get("datePublished"), str):
                    self.meta.setdefault("datepublished", item["datePublished"])
            layer = [item["@graph"] for item in items if "@graph" in item]

    # blocks

    def _places(self) -> tuple[Blocks, ...]:
        return (self.whole, self.main) if self._open[-1].main else (self.whole,)

    def _close(self, tag: str) -> None:
        if tag in _BLOCKS and tag != "br":
            self._end_paragraph()
        if tag == "sup" and self._raised:
            at = self._raised.pop()
            before = "".join(self._words[max(0, at - 5) : at])
            self._words[at:] = [raised("".join(self._words[at:]), before)]
        for blocks in self._places():
            if tag == "table":
                blocks.end_table()
            elif tag in _CELLS:
                blocks.end_cell()

    def _end_line(self) -> None:
        raw = "".join(self._words)
        self._words.clear()
        self._raised.clear()
        preserved = self._open[-1].preserved
        for piece in raw.splitlines() if preserved else [raw]:
            if text := collapsed(seen(piece)):
                self._lines.append(TextLine(text, hard=preserved))
            else:
                self._put()  # an empty line parts paragraphs

    def _end_paragraph(self) -> None:
        self._end_line()
        self._put()

    def _put(self) -> None:
        kind = self._open[-1].kind
        found = joined(self._lines, kind, whole=kind in (HEADING, CAPTION))
        for blocks in self._places():
            blocks.put(*found)
        self._lines.clear()


def _span(value: str) -> int:
    value = value.strip()[:4]
    return int(value) if value.isascii() and value.isdigit() else 1


def _is_main(tag: str, attributes: dict[str, str]) -> bool:
    return (
        tag in _MAIN
        or attributes.get("role") == "main"
        or attributes.get("itemprop") == "articleBody"
        or attributes.get("id", "").lower() in _MAIN_IDS
    )
