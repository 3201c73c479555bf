"""Markdown and plain text: front matter, then blocks of text without their markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from miit_cli.formats import FileContent, encodings, first_heading, frontmatter
from miit_cli.formats.blocks import barred, drawn, is_passage, labelled, row_text, stacked
from miit_cli.formats.characters import collapsed, raised, seen
from miit_cli.formats.lines import TextLine, joined
from miit_cli.outline import TextBlock
from miit_cli.types import HEADING, ITEM, NOTE, PARAGRAPH, QUOTATION, TABLE

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SENTENCE_END = tuple("。！？；.!?;:：,，、")
_LONGEST_TITLE = 100
_MOST_BARS = 2  # of a title: a line of more of them is one of links
_MARKUP = re.compile(r"[*_~`\\<&\[\]^]|!\[")
_BULLET = re.compile(r"[•·▪●■◆◇○➢►✓–—-]\s+(?=\S)")
_BARE_HEADING = re.compile(r"#{1,6}(?=[\u4e00-\u9fff])")  # without the blank that Markdown asks for
_LONGEST_NUMBER = 99  # of a list: 2023. is a year
_TIMES = re.compile(r"(?<=\d)\*(?=\d)")  # 3*5 is no emphasis
_STRUCK = re.compile(r"~~(?=[^\s~])[^~]{1,2000}~~")  # CommonMark would not see the end of ~~9.9%~~3.8%
_SPAN = re.compile(r"\[([^\[\]\n]{1,200})\]\{[^{}\n]{1,200}\}")  # of Pandoc: [7 million]{.mark}
_FORMULA = re.compile(r"\$([-+]?\d[\d.,]*(?:\\?%)?)\$")
_CUE = re.compile(r"(?:\d\d:)?\d\d:\d\d[.,]\d{3}\s-->\s(?:\d\d:)?\d\d:\d\d[.,]\d{3}")  # of subtitles
_STRONG = re.compile(r"\*\*+|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)")
_TAG = re.compile(r"<(?P<end>/)?(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>[^>]*)>")
_WITHDRAWN = frozenset(("del", "s", "strike", "script", "style"))
_HIDDEN = re.compile(r"\bhidden\b|display:\s*none|line-through", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CUT = re.compile(r"<(del|s|strike|script|style)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_ROWS = re.compile(r"<t[rdh]\b", re.IGNORECASE)
_CONTAINERS = {"list_item": ITEM, "blockquote": QUOTATION, "footnote_reference": NOTE, "heading": HEADING}
_BREAKING = re.compile(r"\r\n?|\n")
# What begins a line that CommonMark may read as anything but prose.
_MARKED = re.compile(
    r"^[ \t]*(?:[-#>*+_=`~<|:\[]|\d{1,9}[.)](?:[ \t]|$))|[\x00-\x08\x0b-\x1f\x85\u2028\u2029]", re.MULTILINE
)


def read(data: bytes, name: str) -> FileContent:
    """A text file; its fields are those of the front matter, and a title from its first heading."""
    text = encodings.decode(data, name)
    fields, body = frontmatter.parse(text, name)
    blocks = blocks_of(text, body, name)
    if "title" not in fields:
        fields["title"] = _title(blocks)
    return FileContent(blocks, fields, source=text)


def _title(blocks: Sequence[TextBlock]) -> str:
    """The first heading, else a first line that is too short and bare for a sentence."""
    if heading := first_heading(blocks):
        return heading
    first = blocks[0].text.partition("\n")[0] if blocks else ""
    bare = (
        any(map(str.isalnum, first))
        and len(first) <= _LONGEST_TITLE
        and first.count("|") < _MOST_BARS
        and not first.endswith(_SENTENCE_END)
    )
    return first if bare else ""


def blocks_of(text: str, body: int = 0, name: str = "") -> list[TextBlock]:
    """The blocks of Markdown or plain text, which begins at ``body``."""
    prose = _BREAKING.sub("\n", text[body:])
    lines = prose.split("\n")
    walk = _Walk(name, lines)
    if " --> " in prose and sum(map(bool, map(_CUE.match, lines))) > 1:
        return labelled(walk.subtitles())
    return labelled(walk.blocks(prose) if _MARKED.search(prose) else walk.paragraphs())


@cache
def _parser() -> MarkdownIt:
    """CommonMark with tables and footnotes; an indented line is no code in a report."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin)
    # only what has markup in it is parsed further, and a footnote stays where it stands
    parser.core.ruler.disable(["inline", "footnote_tail", "text_join"])
    return parser.disable("code")


class _Walk:
    """The tokens of Markdown as blocks."""

    def __init__(self, name: str, raw: list[str]) -> None:
        self._name = name
        self._raw = raw  # the lines of the prose
        self._env: dict[str, Any] = {}
        self._inside: list[str] = []  # kinds of the containers that are open
        self._number = ""  # of the item that has begun, where its number is to be seen
        self._rows: list[list[str]] = []  # of the table that is open
        self._header = 0

    def blocks(self, prose: str) -> Iterator[TextBlock]:
        for token in _parser().parse(prose, self._env):
            opens, _, end = token.type.rpartition("_")
            if opens in _CONTAINERS and end == "open":
                self._inside.append(_CONTAINERS[opens])
            elif opens in _CONTAINERS:
                self._inside.pop()
            match token.type:
                case "inline":
                    yield from self._inline(token.content, self._raw[slice(*(token.map or (0, 0)))])
                case "fence":
                    texts = token.content.rstrip("\n").split("\n")
                    rows = drawn([text for text in texts if text.strip()])
                    yield from [_drawn_table(rows)] if rows else joined([*map(_line, texts)], PARAGRAPH)
                case "html_block":
                    yield from self._html(_COMMENT.sub("", token.content))
                case "thead_close":
                    self._header = len(self._rows)
                case "tr_open":
                    self._rows.append([])
                case "table_close":
                    yield from self._table()
                case "list_item_open":
                    self._number = token.info if len(token.info) > len(str(_LONGEST_NUMBER)) else ""

    def paragraphs(self) -> Iterator[TextBlock]:
        """What ``blocks`` gives of prose without markup, as most files are, in a tenth of the time."""
        for blank, run in groupby(self._raw, lambda line: not line.strip(" \t")):
            if not blank:
                lines = list(run)
                yield from self._inline("\n".join(lines).strip(), lines)

    def subtitles(self) -> Iterator[TextBlock]:
        """What is said in subtitles, without the numbers and times of their cues, as one paragraph."""
        said = [
            _line(_bare(raw))
            for raw, following in pairwise([*self._raw, ""])
            if not _CUE.match(raw) and not _CUE.match(following) and raw.strip() != "WEBVTT"
        ]
        yield from joined(said, PARAGRAPH, whole=True)

    def _inline(self, content: str, raw: list[str]) -> Iterator[TextBlock]:
        """The blocks of a text that has no others inside, and stands in the lines ``raw``."""
        if self._rows:
            self._rows[-1].append(" ".join(line.text for line in self._lines(content)).replace(" | ", " ¦ "))
            return
        kind = self._inside[-1] if self._inside else PARAGRAPH
        content = f"{self._number}. {content}" if self._number else content
        self._number = ""
        if len(raw) > 1 and not self._inside:
            if rows := barred(raw) or drawn(raw):
                yield _drawn_table(rows)
                return
            if stack := stacked(raw):
                first, end, rows = stack
                yield from self._inline("\n".join(raw[:first]), raw[:first])
                yield _drawn_table(rows)
                yield from self._inline("\n".join(raw[end:]), raw[end:])
                return
        lines = self._lines(content)
        if kind == HEADING:
            lines = [line._replace(hard=False) for line in lines]
        for own, run in _runs(lines, kind):
            yield from joined(run, own, whole=own in (ITEM, HEADING, NOTE))

    def _lines(self, content: str) -> list[TextLine]:
        """The lines of a paragraph without markup."""
        content = _STRUCK.sub(lambda found: "\n" * found[0].count("\n"), content)
        if "]{" in content or "$" in content:
            content = _FORMULA.sub(r"\1", _SPAN.sub(r"\1", content))
        if not _MARKUP.search(content):
            return [*map(_line, content.split("\n"))]
        tokens: list[Token] = []
        parser = _parser()
        parser.inline.parse(_TIMES.sub(r"\\*", content), parser, self._env, tokens)
        return _Shown().lines_of(tokens)

    def _table(self) -> Iterator[TextBlock]:
        rows, header = [*filter(any, self._rows)], self._header
        self._rows, self._header = [], 0
        if all(sum(map(bool, cells)) == 1 or any(map(is_passage, cells)) for cells in rows):
            yield from (TextBlock(PARAGRAPH, text) for cells in rows for text in cells if text)
        else:
            yield TextBlock(TABLE, "\n".join(map(row_text, rows)), header if header < len(rows) else 0)

    def _html(self, content: str) -> list[TextBlock]:
        if _ROWS.search(content):
            from miit_cli.formats import html

            return html.fragment(content, self._name)
        return joined([*map(_line, _bare(content).split("\n"))], PARAGRAPH)


def _bare(content: str) -> str:
    """What a piece of HTML shows."""
    from html import unescape

    return unescape(re.sub(r"<[^<>]*>", "", re.sub(r"<br\b[^>]*>", "\n", _CUT.sub("", content))))


def _line(text: str) -> TextLine:
    broken = text.rstrip().endswith("\xad")
    text = collapsed(seen(text))
    return TextLine(text + "\xad" if broken else text)


def _runs(lines: list[TextLine], kind: str) -> Iterator[tuple[str, list[TextLine]]]:
    """The kinds and lines of a paragraph, parted where one begins with a mark that Markdown does not know."""
    own, run = kind, list[TextLine]()
    for line in lines:
        bullet = _BULLET.match(line.text) if kind == PARAGRAPH else None
        heading = _BARE_HEADING.match(line.text) if kind == PARAGRAPH else None
        if bullet or heading or own == HEADING != kind:
            if run:
                yield own, run
            own, run = ITEM if bullet else HEADING if heading else kind, []
        cut = bullet or heading
        run.append(line._replace(text=line.text[cut.end() :]) if cut else line)
    yield own, run


def _drawn_table(rows: list[list[str]]) -> TextBlock:
    return TextBlock(TABLE, "\n".join(row_text([collapsed(seen(cell)) for cell in cells]) for cells in rows))


class _Shown:
    """What inline tokens show, by line."""

    def __init__(self) -> None:
        self._done: list[TextLine] = []
        self._words: list[str] = []
        self._withdrawn: list[str] = []  # tags of what is struck out or hidden
        self._link = 0  # where in the line a link began
        self._raised: int | None = None  # where in the line something above it began

    def lines_of(self, tokens: Sequence[Token]) -> list[TextLine]:
        for place, token in enumerate(tokens):
            match token.type:
                case "softbreak" | "hardbreak":
                    self._end_line(hard=token.type == "hardbreak")
                case "html_inline":
                    self._tag(token.content)
                case "link_open":
                    self._link = sum(map(len, self._words))
                case "link_close":
                    self._end_link(following=tokens[place + 1].content if place + 1 < len(tokens) else "")
                case "text" | "text_special" | "code_inline" if not self._withdrawn:
                    self._words.append(token.content)
        self._end_line()
        return self._done

    def _end_line(self, *, hard: bool = False) -> None:
        text = _STRONG.sub("", "".join(self._words))
        self._done.append(_line(text)._replace(hard=hard))
        self._words, self._link, self._raised = [], 0, None

    def _tag(self, content: str) -> None:
        found = _TAG.match(content)
        if not found:
            return
        tag, ends = found["tag"].lower(), bool(found["end"])
        if self._withdrawn:
            if ends and tag == self._withdrawn[-1]:
                self._withdrawn.pop()
        elif not ends and (tag in _WITHDRAWN or _HIDDEN.search(found["rest"])):
            self._withdrawn.append(tag)
        elif tag == "br":
            self._end_line()
        elif tag == "sup":
            line = "".join(self._words)
            if not ends:
                self._raised = len(line)
            elif self._raised is not None:
                before = line[: self._raised]
                self._words = [before, raised(line[self._raised :], before)]
                self._raised = None

    def _end_link(self, following: str) -> None:
        """A number that links to a note is no text: million[1](#note)."""
        line = "".join(self._words)
        text, before = line[self._link :], line[: self._link]
        glued = before[-1:].strip() and not re.match(r"[\w%％]", following)
        if glued and re.fullmatch(r"\[?\d{1,3}\]?", text):
            self._words = [before]
