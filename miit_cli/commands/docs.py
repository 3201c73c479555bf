"""``miit docs``."""

from typing import Annotated

from miit_cli.context import Context
from miit_cli.options import Param
from miit_cli.output.layout import Layout

LAYOUT = Layout(columns=("document", "date", "title", "records"), optional=("title",))


def command(
    context: Context,
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
        _list(context)
    else:
        _show(context, context.document_id(identity))


def _list(context: Context) -> None:
    from miit_cli.queries.documents import documents

    options = context.options
    known = [
        each
        for each in context.store.documents(context.options.min_confidence)
        if context.document in (None, each.id) and (options.as_of is None or each.date <= options.as_of)
    ]
    nothing = "no document had been published by then; leave out --as-of"
    context.emit(documents(known), lambda: LAYOUT, nothing=nothing)


def _show(context: Context, name: str) -> None:
    from miit_cli.queries.documents import MARKS, segments

    figures = context.store.figures(name, min_confidence=context.options.min_confidence)
    if context.options.columns or context.options.format_given:
        from miit_cli.queries.audit import listing

        context.emit(listing(figures))
        return
    document = context.store.document(name)
    pieces = [
        (f"{MARKS[kind]}{text}]" if kind else text, kind)
        for text, kind, _ in segments(document.text, document.body, figures)
    ]
    if context.options.terminal:
        from miit_cli.output.passage import render

        context.write([render(pieces, context.options.color, context.options.width)], arranged=True)
    else:
        context.write(["".join(piece for piece, _ in pieces).strip("\n"), "\n"])
