"""What a command works with: the shared options, and what they open when it is first asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from miit_cli.errors import NothingToShow
from miit_cli.options import Options
from miit_cli.output import Format, Style, renderer, sink

if TYPE_CHECKING:
    from miit_cli.index import Store
    from miit_cli.output import Layout
    from miit_cli.periods import Selector
    from miit_cli.table import Table
    from miit_cli.types import DocumentInfo, Figure, Observation
    from miit_cli.vocabulary import Vocabulary


_OFFERED = 3  # other indicators that are named where there is no record of one


class Context:
    """One command at work. Nothing is read before a command asks for it.

    Data leaves by ``emit`` and ``write``, to where the options say; all else by ``note``.
    """

    def __init__(self, options: Options) -> None:
        self.options = options

    def __enter__(self) -> Context:
        return self

    def __exit__(self, *_: object) -> None:
        store = self.__dict__.get("store")  # only when it was opened
        if store is not None:
            store.close()

    # what there is

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The built-in indicators and the user's own."""
        from miit_cli.vocabulary import load

        return load(self.options.vocabulary)

    @cached_property
    def store(self) -> Store:
        """The documents, read."""
        from miit_cli.index import open_store

        options = self.options
        return open_store(options.corpus, self.vocabulary, cache=options.cache, **self.reading())

    def reading(self) -> dict[str, Any]:
        """How documents are read, as ``open_store`` and ``index.manage.rebuild`` are told."""
        from miit_cli.output.progress import progress

        options = self.options
        shown = None if options.quiet else progress("reading")
        return {"jobs": options.jobs, "skip_bad": options.skip_bad, "progress": shown, "notify": self.note}

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many records each indicator has."""
        return self.store.counts(min_confidence=self.options.min_confidence)

    def slugs(self, names: Iterable[str], *, tell: bool = False) -> list[str]:
        """The indicators that names mean, each once, in the order of the names.

        A match that was guessed is said; with ``tell`` also what an alias or a beginning stands for,
        since a bare value does not show it. Raises NothingToShow, with the nearest, when none is sure.
        """
        slugs: dict[str, None] = {}
        exact = self.options.exact
        for name in names:
            slug = name
            if name not in self.vocabulary:
                from miit_cli.names import resolve

                kept = self.store.meanings()
                match = resolve(name, self.vocabulary, reported=self.counts, exact=exact, kept=kept)
                slug = match.slug
                if match.how == "fuzzy" or (tell and match.how in ("alias", "prefix")):
                    self.note(f"{name!r} is taken for {slug}")
            slugs[slug] = None
        return list(slugs)

    def no_record_of(self, slugs: Sequence[str]) -> str:
        """That there is no record of indicators, and which there are of others with names like theirs."""
        from miit_cli.names import search

        counts, kept = self.filtered_counts(), self.store.meanings()
        found = [
            match.slug
            for slug in slugs
            for match in search(self.vocabulary[slug].label, self.vocabulary, counts, kept)
            if counts.get(match.slug)
        ]
        near = list(dict.fromkeys(found))[:_OFFERED]
        told = f", but of {', '.join(near)}" if near else ""
        return f"no record of {', '.join(slugs)} {self.here}{told}; `miit list` shows what there is"

    @property
    def here(self) -> str:
        """Where something was looked for in vain: here, and by which filters."""
        given = [f"--status {status}" for status in self.options.statuses]
        for name, value in self._filters.items():
            given += [f"--{name.replace('_', '-')} {value}"] if value and name != "status" else []
        return f"here with {' '.join(given)}" if given else "here"

    def observations(self, indicators: Sequence[str] | None = None) -> list[Observation]:
        """The records that the filters leave, in the stable order of the store."""
        return self.store.observations(indicators, **self._filters)

    def uncertain(self, indicators: Sequence[str] | None = None) -> list[Observation]:
        """The records that the filters would leave if they were surer."""
        found = self.store.observations(indicators, **{**self._filters, "min_confidence": 0.0})
        return [one for one in found if one.confidence < self.min_confidence]

    def claims(self, indicators: Sequence[str] | None = None, *selectors: Selector) -> list[Observation]:
        """Those of the records that matter to what weighs what was said, and not how often: far fewer.

        Of the records that say the same they are the first and the last; all, where one of the
        ``selectors`` takes those of a document.
        """
        if any(selector.may_be_document for selector in selectors):
            return self.observations(indicators)
        return self.store.distinct_observations(indicators, **self._filters)

    def filtered_counts(self) -> dict[str, int]:
        """How many records of each indicator the filters leave."""
        return self.store.counts(**self._filters)

    @cached_property
    def _filters(self) -> dict[str, Any]:
        options = self.options
        return {
            "status": options.statuses or None,
            "since": options.since,
            "until": options.until,
            "document": self.document,
            "as_of": options.as_of,
            "min_confidence": options.min_confidence,
        }

    @property
    def min_confidence(self) -> float:
        """The least confidence of the records that count."""
        from miit_cli.confidence import default_confidence

        asked = self.options.min_confidence
        return default_confidence() if asked is None else asked

    def figures(self) -> list[Figure]:
        """Every numeral of the documents that the filters leave."""
        return self.store.figures(
            document=self.document, as_of=self.options.as_of, min_confidence=self.options.min_confidence
        )

    @cached_property
    def document(self) -> str | None:
        """The id that --document means."""
        return None if self.options.document is None else self.document_id(self.options.document)

    def documents(self) -> list[DocumentInfo]:
        """The documents that --document and --as-of leave, by date."""
        as_of = self.options.as_of
        return [
            each
            for each in self.store.documents(self.options.min_confidence)
            if self.document in (None, each.id) and (as_of is None or each.date <= as_of)
        ]

    @property
    def document_ids(self) -> Iterator[str]:
        """The ids of all documents, by date; an archive is not asked for them before the first is wanted."""
        yield from self._document_ids

    @cached_property
    def _document_ids(self) -> list[str]:
        return self.store.ids()

    def document_id(self, start: str) -> str:
        """The document whose id this is, or is the unambiguous start of. Raises UsageError."""
        from miit_cli.periods import document_named

        return document_named(start, self._document_ids)

    def label(self, slug: str) -> str:
        """The name of an indicator in the user's language."""
        entry = self.vocabulary[slug]
        return (entry.label_zh if self.options.lang == "zh" else entry.label) or entry.label

    @cached_property
    def units(self) -> dict[str, str]:
        """The words for the units, in the user's language."""
        from miit_cli.vocabulary import units

        return {unit: words[self.options.lang == "zh"] for unit, words in units().items()}

    def labels(self, observations: Iterable[Observation]) -> dict[str, str]:
        """The names of all the indicators of records."""
        return {slug: self.label(slug) for slug in {found.indicator for found in observations}}

    def title(self, slug: str) -> str:
        """What stands above the records of an indicator: its name, its slug and its unit."""
        return f"{self.label(slug)}  {slug}, {self.vocabulary[slug].unit}"

    def titles(self, table: Table) -> dict[str, str]:
        """The titles of all the indicators of a table."""
        return {slug: self.title(slug) for slug in dict.fromkeys(map(str, table.column("indicator")))}

    def links(self) -> dict[str, str]:
        """Where the names of documents lead, for a terminal that knows links."""
        from miit_cli.output.terminal import knows_links, link_target

        if not (self.options.color and knows_links(os.environ, self.options.terminal)):
            return {}
        return {each.id: link_target(each.url, each.path) for each in self.store.documents()}

    # what leaves

    def emit(
        self,
        table: Table,
        layout: Callable[[], Layout] | None = None,
        *,
        columns: Sequence[str] = (),
        nothing: str = "",
    ) -> None:
        """Write a table, and then say its notes: of what cannot be written there is nothing to note.

        ``layout`` arranges it for a terminal; ``columns`` are those that programs get when the user names
        none. With ``nothing`` an empty table is NothingToShow of that text.
        """
        options = self.options
        options.check_ending()
        chosen = table.project(options.columns or columns or table.columns)
        if nothing and not table.rows:
            self.note(*table.notes)
            raise NothingToShow(nothing)
        arranged = options.format is Format.TABLE
        arrangement = layout() if layout and arranged and not options.columns else None
        if arrangement:
            chosen = table
            arrangement = arrangement._replace(links=self.links())
        style = Style(options.header, options.bom, options.color, options.width, arrangement)
        self.write(renderer(options.format)(chosen, style), arranged=arranged)
        self.note(*table.notes)

    def write(self, chunks: Iterable[str], *, arranged: bool = False) -> None:
        """Write text where the options say. On a terminal it is shown and never obeyed.

        ``arranged`` says that what comes from documents is harmless already and our own colours are in it.
        """
        if self.options.terminal and not arranged:
            from miit_cli.output.cells import visible

            chunks = (visible(chunk, keep="\n\t") for chunk in chunks)
        sink.write(chunks, self.options.output)

    def stream(self, chunks: Iterable[str]) -> None:
        """Write text as it comes, each piece at once, for a program that waits for it."""
        if self.options.output is not None:
            self.write(chunks)
            return
        for chunk in chunks:
            self.write([chunk])

    def note(self, *messages: str) -> None:
        """Say what is no data, on standard error, a line each."""
        if not self.options.quiet:
            for message in messages:
                sink.say(message)
