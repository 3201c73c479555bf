"""``miit show``."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from miit_cli.commands._parameters import IndicatorNames
from miit_cli.context import Context
from miit_cli.options import Param
from miit_cli.output import Layout

if TYPE_CHECKING:
    from miit_cli.table import Table
    from miit_cli.types import Observation


def command(
    context: Context,
    names: IndicatorNames,
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

    slugs = context.slugs(names)
    observations = context.observations(slugs)
    table = series(observations, slugs, doubts(context, slugs))
    if sources:
        table = _with_sources(context, table)
    context.emit(
        table,
        lambda: _layout(context, observations, (*["quote"] * quotes, *["source"] * sources)),
        columns=(*RECORD_COLUMNS, *["source"] * sources),
        nothing="" if observations else context.no_record_of(slugs),
    )


def _with_sources(context: Context, table: "Table") -> "Table":
    """The table and a column that says where each record was published."""
    from miit_cli.queries.documents import source
    from miit_cli.table import Table

    told = {document.id: source(document) for document in context.store.documents()}
    sources = [told[str(name)] for name in table.column("document")]
    rows = [(*row, source) for row, source in zip(table.rows, sources, strict=True)]
    return Table((*table.columns, "source"), rows, table.notes)


def _layout(context: Context, observations: Iterable["Observation"], below: tuple[str, ...]) -> Layout:
    from miit_cli.queries.selection import by_indicator

    return Layout(
        columns=("period", "value", "change", "change_percent", "document", "sentence", "note"),
        optional=("note", "sentence", "change_percent"),
        block="indicator",
        titles={slug: _title(context, slug, found) for slug, found in by_indicator(observations).items()},
        headings={"change_percent": "%", "sentence": "§", "document": "source"},
        below=below,
    )


def _title(context: Context, slug: str, observations: list["Observation"]) -> str:
    """The name of an indicator, its unit, and the course of its values."""
    from miit_cli.output.cells import sparkline
    from miit_cli.queries.series import points

    drawn = sparkline([found.value for found in points(observations)])
    return f"{context.title(slug)}  {drawn}".rstrip()
