"""``miit show``."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from miit_cli.commands._parameters import Names
from miit_cli.options import Param
from miit_cli.output.layout import Layout
from miit_cli.session import Session

if TYPE_CHECKING:
    from miit_cli.facts import Observation
    from miit_cli.table import Table


def command(
    session: Session,
    names: Names,
    quotes: Annotated[
        bool, Param("On a terminal, also the sentence that each figure stands in.", "--quotes")
    ] = False,
    sources: Annotated[
        bool,
        Param(
            "Also the document of each figure: title, publisher, date, and where it is; a column `source`.",
            "--sources",
        ),
    ] = False,
) -> None:
    """The series of an indicator: every record in order of time, the change since the one before, its source.

    On a terminal the hedge of a figure stands before it: > more than, < less than, ~ about; and so does
    its standing: e expected, t target; and ! where another report or its neighbours in time speak against
    it, as the note then says.
    """
    from miit_cli.commands._doubts import doubts
    from miit_cli.queries.records import RECORD_COLUMNS
    from miit_cli.queries.series import series

    slugs = session.slugs(names)
    observations = session.observations(slugs)
    table = series(observations, slugs, doubts(session, slugs))
    if sources:
        table = _with_sources(session, table)
    nothing = f"no record of {', '.join(slugs)} here; `miit list` shows what there is"
    session.emit(
        table,
        lambda: _layout(session, observations, (*["quote"] * quotes, *["source"] * sources)),
        columns=(*RECORD_COLUMNS, *["source"] * sources),
        nothing=nothing,
    )


def _with_sources(session: Session, table: "Table") -> "Table":
    """The table and a column that says where each record was published."""
    from miit_cli.queries.documents import source
    from miit_cli.table import Table

    told = {document.id: source(document) for document in session.store.documents()}
    sources = [told[str(name)] for name in table.column("document")]
    rows = [(*row, source) for row, source in zip(table.rows, sources, strict=True)]
    return Table((*table.columns, "source"), rows, table.notes)


def _layout(session: Session, observations: Iterable["Observation"], below: tuple[str, ...]) -> Layout:
    from miit_cli.queries.selection import by_indicator

    return Layout(
        columns=("period", "value", "change", "change_percent", "document", "sentence", "note"),
        optional=("note", "sentence", "change_percent"),
        block="indicator",
        titles={slug: _title(session, slug, found) for slug, found in by_indicator(observations).items()},
        headings={"change_percent": "%", "sentence": "§", "document": "source"},
        below=below,
    )


def _title(session: Session, slug: str, observations: list["Observation"]) -> str:
    """The name of an indicator, its unit, and the course of its values."""
    from miit_cli.output.spark import sparkline
    from miit_cli.queries.series import points

    drawn = sparkline([found.value for found in points(observations)])
    return f"{session.title(slug)}  {drawn}".rstrip()
