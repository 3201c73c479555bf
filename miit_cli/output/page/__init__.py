"""A document as one page of HTML: its text with every figure coloured, and what was read beside it.

The file needs nothing else: style and script are in it, and its policy lets a browser run just these two,
by their hashes, and load nothing. So a hostile document runs nothing, even where the escaping had a hole.
Without the script the page still shows all of it: colours, tables, and links between figures and rows.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from html import escape
from importlib import resources
from typing import TYPE_CHECKING

from miit_cli.output.cells import visible
from miit_cli.types import (
    CAPTION,
    CLASSES,
    HEADING,
    HEDGES,
    ITEM,
    NO_INDICATOR,
    NOTE,
    QUOTATION,
    RECORDED,
    SURE,
    TABLE,
    UNATTRIBUTED,
    UNCATALOGUED,
    UNCERTAIN,
    UNEXPLAINED,
)

if TYPE_CHECKING:
    from miit_cli.page import Page, PageBlock, PageEntry

ELEMENTS = {HEADING: "h2", QUOTATION: "blockquote"}  # of the others: p, or a table
MEANINGS = {
    RECORDED: "an indicator, with its value",
    UNCATALOGUED: "an indicator that the vocabulary lacks",
    UNCERTAIN: "very likely an indicator, not surely enough",
    UNATTRIBUTED: "the text does not say of what",
    NO_INDICATOR: "a date, a name, a count of something else",
    UNEXPLAINED: "not understood",
}
BORDER = re.compile(r"(\n| ?\| ?)")  # between the rows and the cells of a table
JOINED = ("%",)  # units that stand right behind the number


def render(page: Page) -> Iterator[str]:
    """The page as HTML, part by part."""
    style, script = _own("page.css"), _own("page.js")
    yield from _head(page, style, script)
    yield from _top(page)
    yield "<main>\n"
    yield from _text(page)
    yield from _tables(page)
    yield f"</main>\n<div id=card role=tooltip hidden></div>\n<script>{script}</script>\n</body>\n</html>\n"


def _own(name: str) -> str:
    return resources.files("miit_cli.output.page").joinpath(name).read_text(encoding="utf-8")


def _say(words: object) -> str:
    """Text as HTML that shows it and obeys nothing in it."""
    return escape(visible(str(words).replace("\r\n", "\n"), keep="\n\t"))


def _source(code: str) -> str:
    """How a policy names a style or script that it lets run: by its hash."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def _head(page: Page, style: str, script: str) -> Iterator[str]:
    policy = (
        f"default-src 'none'; style-src {_source(style)}; script-src {_source(script)}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    yield "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield "<meta name=viewport content='width=device-width, initial-scale=1'>\n"
    yield "<meta name=referrer content=no-referrer>\n<meta name=color-scheme content='light dark'>\n"
    yield f"<title>{_say(page.document.title or page.document.id)}</title>\n"
    yield f"<style>{style}</style>\n</head>\n<body>\n"


# above the text


def _top(page: Page) -> Iterator[str]:
    document = page.document
    yield "<header>\n<div class=about>\n"
    yield f"<h1 lang={_say(document.language)}>{_say(document.title or document.id)}</h1>\n"
    told = [f"<time>{_say(document.date)}</time>"]
    told += [_say(part) for part in (document.publisher, document.event, document.area) if part]
    if document.url.lower().startswith(("https://", "http://")):
        address = escape(document.url)
        told.append(f"<a href='{address}' rel='noopener noreferrer nofollow'>source</a>")
    told.append(f"<code>{_say(document.id)}</code>")
    yield f"<p class=meta>{' <i>·</i> '.join(told)}</p>\n</div>\n"
    yield from _legend(page.counts)
    yield "</header>\n"


def _legend(counts: Mapping[str, int]) -> Iterator[str]:
    """The classes, each with a switch that shows or hides its figures."""
    yield "<fieldset class=legend>\n<legend>Figures</legend>\n"
    for kind in CLASSES:
        if number := counts.get(kind, 0):
            yield (
                f"<label class='{_css(kind)}' title='{_say(MEANINGS[kind])}'>"
                f"<input type=checkbox id='show-{_css(kind)}' data-kind='{kind}' checked>"
                f"<span class=fig>{kind}</span> <b>{number}</b></label>\n"
            )
    yield "</fieldset>\n"


def _css(kind: str) -> str:
    return kind.replace(" ", "-")


# the text


def _text(page: Page) -> Iterator[str]:
    first = {entry.figure: entry for entry in reversed(page.entries)}
    doubted = {entry.figure for entry in page.entries if _doubted(entry)}
    yield f"<article lang={_say(page.document.language)} aria-label=Text>\n"
    for block in page.blocks:
        if block.kind == TABLE:
            yield from _grid(block, first, doubted)
            continue
        element = ELEMENTS.get(block.kind, "p")
        css = f" class={block.kind}" if block.kind in (ITEM, NOTE, CAPTION) else ""
        yield f"<{element}{css}>{''.join(_pieces(block, first, doubted))}</{element}>\n"
    yield "</article>\n"


def _grid(block: PageBlock, first: Mapping[int, PageEntry], doubted: Container[int]) -> Iterator[str]:
    """A table of the document: lines of cells, ``| a | b |``."""
    rows: list[list[str]] = [[""]]
    for piece, html in zip(block.pieces, _pieces(block, first, doubted), strict=True):
        for part in [html] if piece.figure else BORDER.split(html):
            if part == "\n":
                rows.append([""])
            elif part.strip() == "|":
                rows[-1].append("")
            else:
                rows[-1][-1] += part
    yield "<div class=grid><table>\n"
    for number, row in enumerate(rows):
        element = "th" if number < block.header else "td"
        cells = row[1:-1] if len(row) > 2 else row
        yield f"<tr>{''.join(f'<{element}>{cell}</{element}>' for cell in cells)}</tr>\n"
    yield "</table></div>\n"


def _pieces(block: PageBlock, first: Mapping[int, PageEntry], doubted: Container[int]) -> Iterator[str]:
    for piece in block.pieces:
        if not piece.figure:
            yield _say(piece.text)
            continue
        entry = first[piece.figure]
        doubt = " doubt" if piece.figure in doubted else ""
        yield (
            f"<a class='fig {_css(entry.kind)}{doubt}' id=f{piece.figure} href='#r{piece.figure}' "
            f"data-number={piece.figure} title='{_say(_summary(entry))}'>{_say(piece.text)}</a>"
        )


def _summary(entry: PageEntry) -> str:
    """What a browser without the script shows of a figure."""
    what = entry.label or entry.subject
    return " · ".join(filter(None, (entry.kind, what, _value(entry), entry.period, entry.reason)))


def _doubted(entry: PageEntry) -> bool:
    unsure = entry.confidence is not None and entry.confidence < SURE
    return entry.kind == RECORDED and (unsure or bool(entry.note))


# the tables: a row says all that was read, and the script makes the card of a figure of what has a name


def _tables(page: Page) -> Iterator[str]:
    records = [entry for entry in page.entries if entry.kind == RECORDED]
    others = [entry for entry in page.entries if entry.kind != RECORDED]
    yield "<aside aria-label='What was read'>\n<p class=find hidden><input type=search id=find "
    yield "placeholder='Filter: growth, 2023, target…' aria-label='Filter the figures'>"
    yield "<output for=find></output></p>\n"
    yield f"<h2>Records <b>{len(records)}</b></h2>\n"
    if records:
        yield from _table(("Value and indicator", "Period", "Standing", "Confidence"), records, _record)
    else:
        yield "<p class=none>No figure of this text is a record.</p>\n"
    if others:
        yield f"<details{'' if records else ' open'}><summary>Other figures <b>{len(others)}</b></summary>\n"
        yield from _table(("Figure, and what it is of", "Class, and why"), others, _other)
        yield "</details>\n"
    yield "</aside>\n"


def _table(
    headings: Iterable[str], entries: Iterable[PageEntry], row: Callable[[PageEntry], str]
) -> Iterator[str]:
    yield f"<table>\n<thead><tr>{''.join(f'<th scope=col>{name}' for name in headings)}</thead>\n<tbody>\n"
    before = 0
    for entry in entries:
        name = f" id=r{entry.figure}" if entry.figure != before else ""
        before = entry.figure
        yield f"<tr{name} class='{_css(entry.kind)}' data-figure={entry.figure} data-kind='{entry.kind}'>"
        yield f"{row(entry)}</tr>\n"
    yield "</tbody>\n</table>\n"


def _record(entry: PageEntry) -> str:
    doubt = _named("Doubt", _say(entry.note), "doubt")
    period = _say(entry.period).replace("..", "..<wbr>")
    return (
        f"<th scope=row>{_link(entry, _value(entry), 'Value')}"
        f"{_named('Indicator', f'{_say(entry.label)} <code>{_say(entry.indicator)}</code>', 'label')}{doubt}"
        f"{_named('Bound', HEDGES.get(entry.bound, entry.bound), 'more')}</th>"
        f"<td>{_named('Period', f'{period}<i> {_say(entry.period_words)}</i>')}"
        f"{_named('Reason', _say(entry.reason), 'more')}</td>"
        f"<td>{_named('Standing', _say(entry.status), entry.status)}</td>"
        f"<td>{_confidence(entry)}{_named('Sentence', str(entry.sentence), 'more')}</td>"
    )


def _other(entry: PageEntry) -> str:
    return (
        f"<th scope=row>{_link(entry, entry.text)}"
        f"{_named('Subject', _say(entry.subject), 'label')}{_named('Indicator', _say(entry.label), 'label')}"
        f"{_named('Value', _say(_value(entry)), 'more')}{_named('Period', _say(entry.period), 'more')}"
        f"{_named('Standing', _say(entry.status), 'more')}</th>"
        f"<td><span class=kind>{entry.kind}</span>{_named('Reason', _say(entry.reason), 'label')}"
        f"{_confidence(entry)}{_named('Sentence', str(entry.sentence), 'more')}</td>"
    )


def _link(entry: PageEntry, words: str, name: str = "") -> str:
    """From a row to the figure in the text."""
    named = f" data-name={name}" if name else ""
    return f"<a href='#f{entry.figure}' data-number={entry.figure}{named}>{_say(words)}</a>"


def _named(name: str, html: str, css: str = "") -> str:
    """A part of a row with its name; "" for none. With the css "more" it is on the card alone."""
    return f"<span data-name={name} class='{css}'>{html}</span>" if html else ""


def _value(entry: PageEntry) -> str:
    """A value as a reader says it: ``more than 270,000 enterprises``, ``3.8%``; "" where there is none."""
    if entry.value is None:
        return ""
    gap = "" if entry.unit in JOINED or not entry.unit else " "
    return f"{HEDGES.get(entry.bound, '')} {entry.value:,f}{gap}{entry.unit}".strip()


def _confidence(entry: PageEntry) -> str:
    if entry.confidence is None:
        return ""
    told = f"{entry.confidence:.2f}"
    meter = f"<meter value={told} aria-hidden=true></meter>"
    return _named("Confidence", f"{told}{meter}", "low" if entry.confidence < SURE else "sure")
