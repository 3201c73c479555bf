"""A document as one page of HTML: its text with every figure coloured, and what was read beside it.

The file needs nothing else: style and script are in it, and its policy lets a browser run just these two,
by their hashes, and load nothing. So a hostile document runs nothing, even where the escaping had a hole.
Without the script the page still shows all of it: colours, tables, and links between figures and rows.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from importlib import resources
from itertools import groupby

from miit_cli.output.cells import visible
from miit_cli.page import Page, PageBlock, PageEntry
from miit_cli.types import CAPTION, CLASSES, HEADING, HEDGES, ITEM, NOTE, QUOTATION, RECORDED, SURE, TABLE

ELEMENTS = {HEADING: "h2", QUOTATION: "blockquote"}  # of the others: p, or a table
MEANINGS = (  # of the classes
    "an indicator, with its value",
    "an indicator that the vocabulary lacks",
    "very likely an indicator, not surely enough",
    "the text does not say of what",
    "a date, a name, a count of something else",
    "not understood",
)
BORDER = re.compile(r"(\n| ?\| ?)")  # between the rows and the cells of a table


def render(page: Page) -> Iterator[str]:
    """The page as HTML, part by part."""
    folder = resources.files(__name__)
    style, script = (folder.joinpath(name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    yield from _head(page, style, script)
    yield from _top(page)
    yield "<main>\n"
    yield from _text(page)
    yield from _tables(page)
    yield f"</main>\n<div id=card role=tooltip hidden></div>\n<script>{script}</script>\n</body>\n</html>\n"


def _say(words: object) -> str:
    """Text as HTML that shows it and obeys nothing in it."""
    return escape(visible(str(words).replace("\r\n", "\n"), keep="\n\t"))


def _css(kind: str) -> str:
    return kind.replace(" ", "-")


def _head(page: Page, style: str, script: str) -> Iterator[str]:
    def hashed(code: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"

    policy = (
        f"default-src 'none'; style-src {hashed(style)}; script-src {hashed(script)}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    yield "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield "<meta name=viewport content='width=device-width, initial-scale=1'>\n"
    yield "<meta name=referrer content=no-referrer>\n<meta name=color-scheme content='light dark'>\n"
    yield f"<title>{_say(page.document.title or page.document.id)}</title>\n"
    yield f"<style>{style}</style>\n</head>\n<body>\n"


def _top(page: Page) -> Iterator[str]:
    """What stands above the text: the document, and the classes, each with a switch for its figures."""
    document = page.document
    yield "<header>\n<div class=about>\n"
    yield f"<h1 lang={_say(document.language)}>{_say(document.title or document.id)}</h1>\n"
    told = [f"<time>{_say(document.date)}</time>"]
    told += [_say(part) for part in (document.publisher, document.event, document.area) if part]
    if document.url.lower().startswith(("https://", "http://")):
        told.append(f"<a href='{escape(document.url)}' rel='noopener noreferrer nofollow'>source</a>")
    told.append(f"<code>{_say(document.id)}</code>")
    yield f"<p class=meta>{' <i>·</i> '.join(told)}</p>\n</div>\n"
    yield "<fieldset class=legend>\n<legend>Figures</legend>\n"
    for kind, meaning in zip(CLASSES, MEANINGS, strict=True):
        if number := page.counts.get(kind, 0):
            yield (
                f"<label class='{_css(kind)}' title='{_say(meaning)}'>"
                f"<input type=checkbox id='show-{_css(kind)}' data-kind='{kind}' checked>"
                f"<span class=fig>{kind}</span> <b>{number}</b></label>\n"
            )
    yield "</fieldset>\n</header>\n"


# the text


def _text(page: Page) -> Iterator[str]:
    figures: dict[int, str] = {}  # by number, how its element begins
    for number, grouped in groupby(page.entries, lambda entry: entry.figure):
        first, *more = grouped
        doubt = " doubt" if any(map(_is_doubted, (first, *more))) else ""
        what = (first.kind, first.label or first.subject, _value(first), first.period, first.reason)
        summary = " · ".join(filter(None, what))  # what a browser without the script shows
        figures[number] = (
            f"<a class='fig {_css(first.kind)}{doubt}' id=f{number} href='#r{number}' "
            f"data-number={number} title='{_say(summary)}'>"
        )
    yield f"<article lang={_say(page.document.language)} aria-label=Text>\n"
    for block in page.blocks:
        pieces = [
            f"{figures[piece.figure]}{_say(piece.text)}</a>" if piece.figure else _say(piece.text)
            for piece in block.pieces
        ]
        if block.kind == TABLE:
            yield from _grid(block, pieces)
            continue
        element = ELEMENTS.get(block.kind, "p")
        css = f" class={block.kind}" if block.kind in (ITEM, NOTE, CAPTION) else ""
        yield f"<{element}{css}>{''.join(pieces)}</{element}>\n"
    yield "</article>\n"


def _is_doubted(entry: PageEntry) -> bool:
    unsure = entry.confidence is not None and entry.confidence < SURE
    return entry.kind == RECORDED and (unsure or bool(entry.note))


def _grid(block: PageBlock, pieces: Iterable[str]) -> Iterator[str]:
    """A table of the document: lines of cells, ``| a | b |``."""
    rows: list[list[str]] = [[""]]
    for piece, html in zip(block.pieces, pieces, strict=True):
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
    label = f"{_say(entry.label)} <code>{_say(entry.indicator)}</code>"
    period = f"{_say(entry.period).replace('..', '..<wbr>')}<i> {_say(entry.period_words)}</i>"
    return (
        f"<th scope=row>{_link(entry, _value(entry), ' data-name=Value')}"
        f"{_named('Indicator', label, 'label')}{_named('Doubt', _say(entry.note), 'doubt')}"
        f"{_named('Bound', HEDGES.get(entry.bound, entry.bound), 'more')}</th>"
        f"<td>{_named('Period', period, '')}{_named('Reason', _say(entry.reason), 'more')}</td>"
        f"<td>{_named('Standing', _say(entry.status), entry.status)}</td><td>{_confidence(entry)}</td>"
    )


def _other(entry: PageEntry) -> str:
    return (
        f"<th scope=row>{_link(entry, entry.text)}"
        f"{_named('Subject', _say(entry.subject), 'label')}{_named('Indicator', _say(entry.label), 'label')}"
        f"{_named('Value', _say(_value(entry)), 'more')}{_named('Period', _say(entry.period), 'more')}"
        f"{_named('Standing', _say(entry.status), 'more')}</th>"
        f"<td><span class=kind>{entry.kind}</span>{_named('Reason', _say(entry.reason), 'label')}"
        f"{_confidence(entry)}</td>"
    )


def _link(entry: PageEntry, words: str, named: str = "") -> str:
    """From a row to the figure in the text."""
    return f"<a href='#f{entry.figure}' data-number={entry.figure}{named}>{_say(words)}</a>"


def _named(name: str, html: str, css: str) -> str:
    """A part of a row with its name; "" for none. With the css "more" it is on the card alone."""
    return f"<span data-name={name} class='{css}'>{html}</span>" if html else ""


def _value(entry: PageEntry) -> str:
    """A value as a reader says it: ``more than 270,000 enterprises``, ``3.8%``; "" where there is none."""
    if entry.value is None:
        return ""
    gap = "" if entry.unit in ("%", "") else " "
    return f"{HEDGES.get(entry.bound, '')} {entry.value:,f}{gap}{entry.unit}".strip()


def _confidence(entry: PageEntry) -> str:
    """How sure it is, where that is known, and where it stands."""
    sentence = _named("Sentence", str(entry.sentence), "more")
    if entry.confidence is None:
        return sentence
    told = f"{entry.confidence:.2f}"
    meter = f"{told}<meter value={told} aria-hidden=true></meter>"
    return _named("Confidence", meter, "low" if entry.confidence < SURE else "sure") + sentence
