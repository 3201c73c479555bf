"""``miit docs``."""

from enum import StrEnum
from typing import Annotated

from miit_cli.commands._shared import WITHOUT_FORMAT, formats, own_format
from miit_cli.context import Context
from miit_cli.errors import UsageError
from miit_cli.options import FORMAT_HELP, Param
from miit_cli.output import Format, Layout

LAYOUT = Layout(columns=("document", "date", "title", "records"), optional=("title",))


class PageFormat(StrEnum):
    """What a document is written as to be read in a browser."""

    HTML = "html"


ENDINGS = dict.fromkeys(("html", "htm"), PageFormat.HTML)
FORMATS = (*Format, *PageFormat)


def command(
    context: Annotated[Context, WITHOUT_FORMAT],
    identity: Annotated[
        str | None,
        Param("A document's id, or the unambiguous start of it.", metavar="ID", complete="document"),
    ] = None,
    form: Annotated[str | None, formats(f"{FORMAT_HELP} html is a page of one document.", FORMATS)] = None,
) -> None:
    """The documents, with date, title and number of records; with ID, its text.

    In the text every figure is marked by its class: [recorded], [new uncatalogued], [unsure uncertain],
    [lost unattributed], [no indicator], [? unexplained]; with --format or --columns its figures
    come as a table, as in audit.

    With -o page.html it is a page to read in a browser: each figure coloured, with what was read on hover
    and on keyboard focus, a legend that filters, and the records as a table beside it.
    """
    if own_format(context, form, PageFormat, FORMATS, ENDINGS):
        if identity is None:
            raise UsageError("docs: a page is of one document; give its ID (`miit docs` lists them)")
        if context.options.columns:
            raise UsageError("--columns: a page has no columns; leave it out, or choose csv")
        _write_page(context, context.document_id(identity))
    elif identity is None:
        from miit_cli.queries.documents import documents

        nothing = "no document had been published by then; leave out --as-of"
        context.emit(documents(context.documents()), lambda: LAYOUT, nothing=nothing)
    else:
        _show(context, context.document_id(identity))


def _show(context: Context, name: str) -> None:
    from miit_cli.queries.documents import MARKS, segments

    figures = context.store.figures(name, min_confidence=context.options.min_confidence)
    if context.options.columns or context.options.format_given:
        from miit_cli.queries.audit import listing

        context.emit(listing(figures))
        return
    context.options.check_ending("txt", *ENDINGS)
    document = context.store.document(name)
    pieces = [
        (f"{MARKS[figure.kind]}{text}]", figure.kind) if figure else (text, "")
        for text, figure in segments(document.text, figures)
    ]
    if context.options.terminal:
        from miit_cli.output.terminal import passage

        context.write([passage(pieces, context.options.color, context.options.width)], arranged=True)
    else:
        context.write(["".join(piece for piece, _ in pieces).strip("\n"), "\n"])


def _write_page(context: Context, name: str) -> None:
    from miit_cli.commands._shared import doubts
    from miit_cli.output.page import render
    from miit_cli.queries.page import page

    least = context.options.min_confidence
    figures = context.store.figures(name, min_confidence=least)
    observations = context.store.observations(document=name, min_confidence=least)
    labels = {slug: context.label(slug) for slug in context.vocabulary}
    against = doubts(context, sorted({found.indicator for found in observations}))
    shown = page(context.store.document(name), figures, observations, labels, context.units, against)
    context.write(render(shown))
