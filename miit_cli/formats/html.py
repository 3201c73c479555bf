"""Saved web pages to text: a block a line, a table row a line, furniture left out.

libxml2 is used as a stream of events. A tree of a hostile page grows with the square of
its length in every parser that builds one; here nesting and time are bounded, entities
are those of HTML only, and nothing is fetched.
"""

from __future__ import annotations

import json
import time

from miit_cli.errors import InputError
from miit_cli.formats import Page, encodings, library
from miit_cli.formats.blocks import Blocks, Line, collapsed, joined

_CHUNK = 64 * 1024
_DEEPEST = 1000
_SECONDS = 30.0
_OPENING = 8000
_ENOUGH = 200  # characters that make a marked main part the page's text


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ASIDES = frozenset(("title", "script"))
_MAIN = frozenset(("main", "article"))
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
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CELLS = frozenset(("td", "th"))

# names of <meta> elements, in the order in which they are believed
_META = {
    "title": ("articletitle", "og:title", "dc.title", "dcterms.title", "title"),
    "date": (
        "article:published_time",
        "og:published_time",
        "datepublished",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "citation_publication_date",
        "parsely-pub-date",
        "sailthru.date",
        "dcterms.issued",
        "dc.date.issued",
        "dcterms.date",
        "dc.date",
        "firstpublishedtime",
        "releasedate",
        "date",
        "time",
        "article:modified_time",
        "og:updated_time",
        "last-modified",
    ),
    "publisher": ("og:site_name", "sitename", "dc.publisher", "publisher", "application-name"),
    "source": ("contentsource", "dc.source", "source"),
    "url": ("canonical", "og:url", "url"),
}
_WANTED = frozenset(name for names in _META.values() for name in names)


def read(data: bytes, name: str) -> Page:
    """A saved web page; its fields are what its metadata says."""
    etree = library("lxml.etree", name, "html")
    text = encodings.decode(data, name, declared=encodings.declared_charset(data))
    target = _Target(name)
    parser = etree.HTMLParser(target=target)
    deadline = time.monotonic() + _SECONDS
    try:
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK])
            if time.monotonic() > deadline:
                raise InputError(f"{name}: takes too long to read as HTML: save it again, or as text")
        parser.close()
    except (etree.LxmlError, ValueError) as error:
        raise InputError(f"{name}: is no HTML that can be read: save it again, or as text") from error
    page = _page(target.blocks.end(), target.says)
    if not page.text:
        raise InputError(f"{name}: holds no text that can be seen without scripts: save its text as .txt")
    return page


def _page(lines: list[Line], says: _Says) -> Page:
    """The text of the main part, where the page marks one, else of all of it."""
    main = [line for line in lines if line.main]
    chosen = main if sum(len(line.text) for line in main) >= _ENOUGH else lines
    text = joined(chosen)
    opening = text[:_OPENING]
    if chosen is main:  # the dateline often stands above the main part
        opening = joined(lines)[:_OPENING] + "\n" + opening
    fields = says.fields()
    if "title" not in fields:
        fields["title"] = next((line.text.lstrip("# ") for line in chosen if line.text.startswith("#")), "")
    return Page(text, 0, fields, opening)


class _Says:
    """What a page says of itself: its metadata, by name."""

    def __init__(self) -> None:
        self.meta: dict[str, str] = {}

    def element(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "meta":
            content = attributes.get("content", "").strip()
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                key = attributes.get(attribute, "").strip().lower()
                if key in _WANTED and content:
                    self.meta.setdefault(key, content)
        elif tag == "link" and attributes.get("rel") == "canonical":
            self.meta.setdefault("canonical", attributes.get("href", ""))
        elif tag == "time" and "datetime" in attributes:
            self.meta.setdefault("time", attributes["datetime"])

    def title(self, text: str) -> None:
        self.meta.setdefault("title", collapsed(text))

    def linked_data(self, script: str) -> None:
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

    def fields(self) -> dict[str, str]:
        """Fields of a document; ``date`` holds all candidates, a line each, the best first."""
        fields = {}
        for field, names in _META.items():
            values = [self.meta[name] for name in names if self.meta.get(name)]
            if values:
                fields[field] = "\n".join(values) if field == "date" else values[0]
        return fields


class _Target:
    """The events of libxml2 as lines of text, and as metadata."""

    def __init__(self, name: str) -> None:
        self.blocks = Blocks()
        self.says = _Says()
        self._name = name
        self._words: list[str] = []  # of the line that is being read
        self._aside: list[str] | None = None  # of a title or a script that is being read
        self._heading = ""
        self._depth = 0
        self._skipped = 0  # the depth at which what is left out began; 0 for none
        self._main = 0
        self._preserved = 0
        self._tight = False

    # what lxml calls

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise InputError(f"{self._name}: is nested too deeply for a page: save it again, or as text")
        self.says.element(tag, attributes)
        if _is_aside(tag, attributes):
            self._aside = []
        if self._skipped:
            return
        if tag in _BLOCKS or tag in _SKIPPED:
            self._break(tight=tag == "br")
        if tag in _SKIPPED or _is_hidden(attributes):
            self._skipped = self._depth
        elif not self._main and _is_main(tag, attributes):
            self._break()
            self._main = self._depth
        self._open(tag)

    def end(self, tag: str) -> None:
        if tag in _ASIDES and self._aside is not None:
            (self.says.title if tag == "title" else self.says.linked_data)("".join(self._aside))
            self._aside = None
        if not self._skipped:
            self._close(tag)
        if self._depth <= self._skipped:
            self._skipped = 0
        if self._depth <= self._main:
            self._break()
            self._main = 0
        self._depth -= 1

    def data(self, data: str) -> None:
        if self._aside is not None:
            self._aside.append(data)
        elif not self._skipped:
            self._words.append(data)

    def comment(self, _text: str) -> None:
        """A comment is no text."""

    def close(self) -> None:
        self._break()

    # how lines come about

    def _open(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._heading = "#" * int(tag[1]) + " "
        elif tag == "pre":
            self._preserved = self._depth
        elif tag == "tr":
            self.blocks.begin_row()
        elif tag in _CELLS:
            self.blocks.begin_cell()

    def _close(self, tag: str) -> None:
        if tag in _BLOCKS and tag != "br":
            self._break()
        if tag in _HEADINGS:
            self._heading = ""
        elif tag == "pre":
            self._preserved = 0
            self._tight = False
        elif tag == "tr":
            self.blocks.end_row()
        elif tag in _CELLS:
            self.blocks.end_cell()

    def _break(self, *, tight: bool = False) -> None:
        """End the line that is being read; ``tight`` when the next one follows without an empty line."""
        raw = "".join(self._words)
        self._words.clear()
        for piece in raw.splitlines() if self._preserved else [raw]:
            text = collapsed(piece)
            if text:
                self.blocks.put(Line(self._heading + text, self._main > 0, self._tight))
                self._tight = self._preserved > 0
        self._tight = tight or self._preserved > 0


def _is_aside(tag: str, attributes: dict[str, str]) -> bool:
    """Whether the content is no text of the page, and is wanted: its title, its linked data."""
    return tag == "title" or (
        tag == "script" and attributes.get("type", "").strip().lower() == "application/ld+json"
    )


def _is_hidden(attributes: dict[str, str]) -> bool:
    return "hidden" in attributes or "display:none" in attributes.get("style", "").replace(" ", "").lower()


def _is_main(tag: str, attributes: dict[str, str]) -> bool:
    return (
        tag in _MAIN
        or attributes.get("role") == "main"
        or attributes.get("itemprop") == "articleBody"
        or attributes.get("id", "").lower() in _MAIN_IDS
    )
