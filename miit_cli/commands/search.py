"""``miit search``."""

from typing import Annotated

from miit_cli.context import Context
from miit_cli.options import Param
from miit_cli.output import Layout

LAYOUT = Layout(
    columns=("indicator", "label", "matched", "score", "records"),
    optional=("matched", "score"),
)
SENTENCES = Layout(columns=("document", "sentence", "text"), headings={"sentence": "§"})


def command(
    context: Context,
    text: Annotated[list[str], Param("Words, in English or Chinese.", metavar="TEXT…")],
    sentences: Annotated[
        bool, Param("Search the documents' sentences instead: those that hold every word.", "--sentences")
    ] = False,
) -> None:
    """Indicators whose names come near TEXT, best first."""
    words = " ".join(text)
    if sentences:
        _search_sentences(context, words)
    else:
        _search_indicators(context, words)


def _search_indicators(context: Context, text: str) -> None:
    from miit_cli.names import search
    from miit_cli.queries.find import indicators

    found = search(text, context.vocabulary, context.counts, context.store.meanings())
    matches = [(match.slug, match.matched, match.score) for match in found]
    table = indicators(matches, {match.slug: context.label(match.slug) for match in found}, context.counts)
    nothing = f"no indicator comes near {text!r}; `miit list --all` shows them, --sentences searches the text"
    context.emit(table, lambda: LAYOUT, nothing=nothing)


def _search_sentences(context: Context, text: str) -> None:
    from miit_cli.queries.find import sentences

    hits = context.store.sentences(text, document=context.document, as_of=context.options.as_of)
    nothing = f"no sentence holds every word of {text!r}; leave a word out, or leave out --sentences"
    context.emit(sentences(hits), lambda: SENTENCES, nothing=nothing)
