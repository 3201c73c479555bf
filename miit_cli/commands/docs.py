"""``miit docs``."""

from typing import Annotated

from miit_cli.options import Param
from miit_cli.output.layout import Layout
from miit_cli.session import Session

LAYOUT = Layout(columns=("document", "date", "title", "records"), optional=("title",))


def command(
    session: Session,
    identity: Annotated[
        str | None,
        Param("A document's id, or the unambiguous start of it.", metavar="ID", complete="document"),
    ] = None,
) -> None:
    """The documents, with date, title and number of records; with ID, its text.

    In the text every figure is marked by its class: [recorded], [new uncatalogued], [unsure uncertain],
    [lost unattributed], [no indicator], [? unexplained]; with --format or --columns its figures
    come as a table, as in audit.
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
        for each in session.store.documents(session.options.min_confidence)
        if session.document in (None, each.id) and (options.as_of is None or each.date <= options.as_of)
    ]
    nothing = "no document had been published by then; leave out --as-of"
    session.emit(documents(known), lambda: LAYOUT, nothing=nothing)


def _show(session: Session, name: str) -> None:
    from miit_cli.queries.documents import MARKS, segments

    figures = session.store.figures(name, min_confidence=session.options.min_confidence)
    if session.options.columns or session.options.format_given:
        from miit_cli.queries.audit import listing

        session.emit(listing(figures))
        return
    document = session.store.document(name)
    pieces = [
        (f"{MARKS[kind]}{text}]" if kind else text, kind)
        for text, kind, _ in segments(document.text, figures)
    ]
    if session.options.terminal:
        from miit_cli.output.passage import render

        session.write([render(pieces, session.options.color, session.options.width)], arranged=True)
    else:
        session.write(["".join(piece for piece, _ in pieces).strip("\n"), "\n"])
