"""``miit show``."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from miit_cli.commands._shared import IndicatorNames
from miit_cli.context import Context
from miit_cli.options import Param
from miit_cli.output import Layout

if TYPE_CHECKING:
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
    from miit_cli.commands._shared import doubts
    from miit_cli.queries.documents import source
    from miit_cli.queries.records import RECORD_COLUMNS
    from miit_cli.queries.series import series

    slugs = context.slugs(names)
    observations = context.observations(slugs)
    table = series(observations, slugs, doubts(context, slugs))
    if sources:
        documents = {document.id: source(document) for document in context.store.documents()}
        told = [documents[str(name)] for name in table.column("document")]
        rows = [(*row, each) for row, each in zip(table.rows, told, strict=True)]
        table = table._replace(columns=(*table.columns, "source"), rows=rows)
    context.emit(
        table,
        lambda: _layout(context, observations, (*["quote"] * quotes, *["source"] * sources)),
        columns=(*RECORD_COLUMNS, *["source"] * sources),
        nothing="" if observations else context.no_record_of(slugs),
    )


def _layout(context: Context, observations: Iterable["Observation"], below: tuple[str, ...]) -> Layout:
    from miit_cli.output.cells import sparkline
    from miit_cli.queries.selection import by_indicator
    from miit_cli.queries.series import points

    titles = {}
    for slug, found in by_indicator(observations).items():  # name, unit, and the course of the values
        drawn = sparkline([each.value for each in points(found)])
        titles[slug] = f"{context.title(slug)}  {drawn}".rstrip()
    return Layout(
        columns=("period", "value", "change", "change_percent", "document", "sentence", "note"),
        optional=("note", "sentence", "change_percent"),
        block="indicator",
        titles=titles,
        headings={"change_percent": "%", "sentence": "§", "document": "source"},
        below=below,
    )
