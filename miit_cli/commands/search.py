"""``miit search``."""

from typing import Annotated

from miit_cli.context import Context
from miit_cli.options import Param
from miit_cli.output import Layout

LAYOUT = Layout(columns=("indicator", "label", "matched", "score", "records"), optional=("matched", "score"))
SENTENCES = Layout(columns=("document", "sentence", "text"), headings={"sentence": "§"})


def command(
    context: Context,
    text: Annotated[list[str], Param("Words, in English or Chinese.", metavar="TEXT…")],
    sentences: Annotated[
        bool, Param("Search the documents' sentences instead: those that hold every word.", "--sentences")
    ] = False,
) -> None:
    """Indicators whose names come near TEXT, best first."""
    from miit_cli.queries import find

    words = " ".join(text)
    if sentences:
        hits = context.store.sentences(words, document=context.document, as_of=context.options.as_of)
        table, layout = find.sentences(hits), SENTENCES
        nothing = f"no sentence holds every word of {words!r}; leave a word out, or leave out --sentences"
    else:
        from miit_cli.names import search

        found = search(words, context.vocabulary, context.counts, context.store.meanings())
        matches = [(match.slug, match.matched, match.score) for match in found]
        labels = {match.slug: context.label(match.slug) for match in found}
        table, layout = find.indicators(matches, labels, context.counts), LAYOUT
        nothing = (
            f"no indicator comes near {words!r}; `miit list --all` shows them, --sentences searches the text"
        )
    context.emit(table, lambda: layout, nothing=nothing)
