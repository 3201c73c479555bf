"""``miit docs``."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

from miit_cli.facts import NO_INDICATOR, RECORDED, UNATTRIBUTED, UNCATALOGUED, UNEXPLAINED
from miit_cli.options import Options, Param
from miit_cli.output.layout import Layout
from miit_cli.session import Session

if TYPE_CHECKING:
    from miit_cli.queries.documents import Segment

LAYOUT = Layout(columns=("document", "date", "title", "records"), optional=("title",))
STYLES = {
    RECORDED: "\x1b[1;32m",
    UNCATALOGUED: "\x1b[1;33m",
    UNATTRIBUTED: "\x1b[1;35m",
    NO_INDICATOR: "\x1b[2m",
    UNEXPLAINED: "\x1b[1;31m",
}
PLAIN = "\x1b[0m"


def command(
    session: Session,
    identity: Annotated[
        str | None,
        Param("A document's id, or the unambiguous start of it.", metavar="ID", complete="document"),
    ] = None,
) -> None:
    """The documents, with date, title and number of records; with ID, its text.

    In the text every figure is marked by its class: [recorded], [new uncatalogued], [lost unattributed],
    [no indicator], [? unexplained]; with --format or --columns its figures come as a table, as in audit.
    """
    if identity is None:
        _list(session)
    else:
        _show(session, session.document_id(identity))


def _list(session: Session) -> None:
    from miit_cli.queries.documents import documents

    options = session.options
    known = [
        each
        for each in session.store.documents()
        if session.document in (None, each.id) and (options.as_of is None or each.date <= options.as_of)
    ]
    session.emit(documents(known), lambda: LAYOUT, nothing="no document had been published by then")


def _show(session: Session, name: str) -> None:
    from miit_cli.queries.documents import segments

    figures = session.store.figures(document=name)
    if session.options.columns or session.options.format_given:
        from miit_cli.queries.audit import listing

        session.emit(listing(figures))
        return
    document = session.store.document(name)
    session.write(_marked(segments(document.text, document.body, figures), session.options), arranged=True)


def _marked(pieces: "Iterable[Segment]", options: Options) -> Iterator[str]:
    """The text with its figures in brackets, and in colours where there are any."""
    from miit_cli.output.cells import visible
    from miit_cli.queries.documents import MARKS

    end = ""
    for text, kind, _ in pieces:
        end = text
        shown = visible(text, keep="\n\t") if options.terminal else text
        if not kind:
            yield shown
        elif options.color:
            yield f"{STYLES[kind]}{MARKS[kind]}{shown}]{PLAIN}"
        else:
            yield f"{MARKS[kind]}{shown}]"
    yield "" if end.endswith("\n") else "\n"
