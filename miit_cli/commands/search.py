"""``miit search``."""

from typing import Annotated

from miit_cli.options import Param
from miit_cli.output.layout import Layout
from miit_cli.session import Session

LAYOUT = Layout(
    columns=("indicator", "label", "matched", "score", "records"),
    optional=("matched", "score"),
)
SENTENCES = Layout(columns=("document", "sentence", "text"), headings={"sentence": "§"})


def command(
    session: Session,
    text: Annotated[list[str], Param("Words, in English or Chinese.", metavar="TEXT…")],
    sentences: Annotated[
        bool, Param("Search the documents' sentences instead: those that hold every word.", "--sentences")
    ] = False,
) -> None:
    """Indicators whose names come near TEXT, best first."""
    words = " ".join(text)
    if sentences:
        _search_sentences(session, words)
    else:
        _search_indicators(session, words)


def _search_indicators(session: Session, text: str) -> None:
    from miit_cli.names import search
    from miit_cli.queries.find import indicators

    found = search(text, session.vocabulary, session.counts)
    matches = [(match.slug, match.matched, match.score) for match in found]
    table = indicators(matches, {match.slug: session.label(match.slug) for match in found}, session.counts)
    nothing = f"no indicator comes near {text!r}; `miit list --all` shows them, --sentences searches the text"
    session.emit(table, lambda: LAYOUT, nothing=nothing)


def _search_sentences(session: Session, text: str) -> None:
    from miit_cli.queries.find import sentences

    hits = session.store.sentences(text, document=session.document, as_of=session.options.as_of)
    table = sentences((hit.document, hit.published, hit.sentence, hit.text) for hit in hits)
    nothing = f"no sentence holds every word of {text!r}; leave a word out, or leave out --sentences"
    session.emit(table, lambda: SENTENCES, nothing=nothing)
