"""``miit docs``."""

from typing import TYPE_CHECKING, Annotated

from miit_cli.errors import UsageError
from miit_cli.options import OUTPUT, Only, Param, Typed
from miit_cli.output import Format
from miit_cli.output.layout import Layout
from miit_cli.session import Session

if TYPE_CHECKING:
    from miit_cli.page import Page

LAYOUT = Layout(columns=("document", "date", "title", "records"), optional=("title",))
HTML, ENDINGS = "html", ("html", "htm")
FORMATS = (*(form.value for form in Format), HTML)
SHARED = Only(tuple(name for name in Typed._fields if name != "format"))


def command(
    session: Annotated[Session, SHARED],
    identity: Annotated[
        str | None,
        Param("A document's id, or the unambiguous start of it.", metavar="ID", complete="document"),
    ] = None,
    form: Annotated[
        str | None,
        Param(
            "Default: table on a terminal, csv in a pipe; in a file, what its ending says, else csv. "
            "html is a page of one document.",
            "--format -f",
            "|".join(FORMATS),
            OUTPUT,
            FORMATS,
        ),
    ] = None,
) -> None:
    """The documents, with date, title and number of records; with ID, its text.

    In the text every figure is marked by its class: [recorded], [new uncatalogued], [unsure uncertain],
    [lost unattributed], [no indicator], [? unexplained]; with --format or --columns its figures
    come as a table, as in audit.

    With -o page.html it is a page to read in a browser: each figure coloured, with what was read on hover
    and on keyboard focus, a legend that filters, and the records as a table beside it.
    """
    if _is_page(session, form):
        if identity is None:
            raise UsageError("docs: a page is of one document; give its ID (`miit docs` lists them)")
        if session.options.columns:
            raise UsageError("--columns: a page has no columns; leave it out, or choose csv")
        _write_page(session, session.document_id(identity))
    elif identity is None:
        _list(session)
    else:
        _show(session, session.document_id(identity))


def _is_page(session: Session, form: str | None) -> bool:
    """Whether a page is asked for; another format is put into the options."""
    options = session.options
    if form is None:
        return (options.output or "").rpartition(".")[2].lower() in ENDINGS
    if form == HTML:
        return True
    if form not in FORMATS:
        raise UsageError(f"--format: {form!r} is none of {', '.join(FORMATS)}")
    session.options = options._replace(format=Format(form), format_given=True)
    return False


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


def _write_page(session: Session, name: str) -> None:
    from miit_cli.output.page import render

    session.write(render(_page(session, name)))


def _page(session: Session, name: str) -> "Page":
    from miit_cli.commands._doubts import doubts
    from miit_cli.queries.page import page
    from miit_cli.vocabulary import units

    least = session.options.min_confidence
    figures = session.store.figures(name, min_confidence=least)
    observations = session.store.observations(document=name, min_confidence=least)
    chinese = session.options.lang == "zh"
    words = {unit: told[chinese] for unit, told in units().items()}
    labels = {slug: session.label(slug) for slug in session.vocabulary}
    against = doubts(session, sorted({found.indicator for found in observations}))
    return page(session.store.document(name), figures, observations, labels, words, against)
