"""``miit docs ID -o page.html``: the text of a document and what was read of each figure in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from miit_cli.outline import parts
from miit_cli.page import Page, PageBlock, PageEntry, Piece
from miit_cli.periods import label, words
from miit_cli.queries.audit import count
from miit_cli.queries.documents import segments
from miit_cli.queries.selection import period
from miit_cli.types import HEADING, PARAGRAPH, RECORDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from miit_cli.types import Figure, Observation, ParsedDocument

BASES = {
    "stated": "the period is said in the sentence",
    "context": "the period is that of the passage",
    "document": "the period follows from the date of the document",
}


def page(
    document: ParsedDocument,
    figures: Iterable[Figure],
    observations: Iterable[Observation],
    labels: Mapping[str, str],
    units: Mapping[str, str],
    doubts: Mapping[Observation, str] = {},
) -> Page:
    """The page of a document: ``figures`` and ``observations`` are those that were read in it.

    ``labels`` are the names of the indicators, ``units`` the words of the units, ``doubts`` what else is to
    be said of an observation.
    """
    shown: list[Figure] = []
    for figure in sorted(figures, key=lambda figure: (figure.start, figure.end)):
        if not shown or figure.end > shown[-1].end:  # else it lies within the one before
            shown.append(figure)
    entries = [
        entry
        for number, (figure, found) in enumerate(_read_in(shown, observations), 1)
        for entry in _entries(number, figure, found, labels, units, doubts)
    ]
    return Page(document, tuple(_blocks(document, shown)), tuple(entries), count(shown))


def _read_in(
    figures: Sequence[Figure], observations: Iterable[Observation]
) -> Iterator[tuple[Figure, list[Observation]]]:
    """Each figure with the observations whose span has a part in common with its own."""
    starts = [figure.start for figure in figures]
    found: list[list[Observation]] = [[] for _ in figures]
    for each in observations:
        first = max(0, bisect_right(starts, each.span_start) - 1)
        for place in range(first, bisect_left(starts, each.span_end)):
            if each.span_start < figures[place].end:
                found[place].append(each)
    return zip(figures, found, strict=True)


# the text


def _blocks(document: ParsedDocument, figures: Sequence[Figure]) -> Iterator[PageBlock]:
    numbers = {figure: number for number, figure in enumerate(figures, 1)}
    starts = [figure.start for figure in figures]
    headings = {sentence.start for sentence in document.sentences if sentence.heading}
    for part in parts(document.text, document.outline):
        kind = HEADING if part.kind == PARAGRAPH and part.start in headings else part.kind
        inside = figures[bisect_left(starts, part.start) : bisect_left(starts, part.end)]
        pieces = segments(document.text, inside, part.start, part.end)
        shown = tuple(Piece(text, numbers[figure] if figure else 0) for text, figure in pieces)
        if shown:
            yield PageBlock(kind, shown, part.header)


# what was read


def _entries(
    number: int,
    figure: Figure,
    found: Sequence[Observation],
    labels: Mapping[str, str],
    units: Mapping[str, str],
    doubts: Mapping[Observation, str],
) -> Iterator[PageEntry]:
    if figure.kind != RECORDED or not found:
        yield _open(number, figure, labels, units)
        return
    for each in found:
        yield PageEntry(
            *(number, figure.kind, each.surface, each.sentence),
            *(each.indicator, labels.get(each.indicator, each.indicator), ""),
            *(each.value, each.bound, units.get(each.unit, each.unit)),
            *(period(each), words(each.start or None, each.end), each.status),
            *(each.confidence, BASES.get(each.basis, each.basis)),
            "; ".join(filter(None, (each.note, doubts.get(each, "")))),
        )


def _open(number: int, figure: Figure, labels: Mapping[str, str], units: Mapping[str, str]) -> PageEntry:
    """What is known of a figure that is no record."""
    names = ", ".join(labels.get(slug, slug) for slug in figure.indicator.split())
    when = (figure.period_start or None, figure.period_end)
    return PageEntry(
        *(number, figure.kind, figure.text, figure.sentence, figure.indicator, names, figure.subject),
        *(figure.value, figure.bound, units.get(figure.unit, figure.unit)),
        period=label(*when) if figure.period_end else "",
        period_words=words(*when) if figure.period_end else "",
        status=figure.status,
        confidence=figure.confidence,
        reason=figure.reason,
        note="",
    )
