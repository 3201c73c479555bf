"""``miit suggest``."""

from functools import lru_cache
from typing import TYPE_CHECKING

from miit_cli.context import Context
from miit_cli.errors import NothingToShow
from miit_cli.output import Format, Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from miit_cli.queries.suggest import Suggestion
    from miit_cli.types import Figure

LAYOUT = Layout(columns=("slug", "unit", "measure", "figures", "example"), optional=("measure", "unit"))


def command(context: Context) -> None:
    """The figures that the vocabulary lacks, grouped by subject, as entries for your own vocabulary file.

    `miit suggest >mine.toml`, look it over, then ask with --vocabulary mine.toml. With --format or
    --columns it is a table instead.
    """
    from miit_cli.queries.suggest import suggestions, table
    from miit_cli.vocabulary import units

    vocabulary = context.vocabulary
    found = suggestions(
        context.figures(), lambda name: vocabulary.called(name) is not None, units(), _quoting(context)
    )
    if not found:
        raise NothingToShow("no figure is uncatalogued; `miit audit` counts those of each class")
    options = context.options
    if options.columns or options.format_given or Format.of_file(options.output or ""):
        context.emit(table(found), lambda: LAYOUT)
    else:
        context.write(_entries(found))


def _entries(found: "list[Suggestion]") -> "Iterator[str]":
    """The entries as a vocabulary file, each below what speaks for it."""
    from miit_cli.output.cells import visible
    from miit_cli.vocabulary import Entry, to_toml

    for place, entry in enumerate(found):
        yield "\n" if place else ""
        counted = ((entry.figures, "figure"), (entry.documents, "document"))
        evidence = " in ".join(f"{number} {noun}{'s' * (number != 1)}" for number, noun in counted)
        yield f"# {evidence}: {visible(' '.join(entry.example.split()))}\n"
        yield to_toml([Entry(*entry[:7])])


def _quoting(context: Context) -> "Callable[[Figure], str]":
    """A function that gives the sentence that a figure stands in."""

    @lru_cache(maxsize=1)  # the figures of a document come together
    def sentences(name: str) -> dict[int, str]:
        document = context.store.document(name)
        return {each.number: document.text[each.start : each.end] for each in document.sentences}

    return lambda figure: sentences(figure.document).get(figure.sentence, figure.text)
