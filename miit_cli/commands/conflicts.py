"""``miit conflicts``."""

from typing import Annotated

from miit_cli.commands._parameters import AnyNames
from miit_cli.context import Context
from miit_cli.errors import ExitCode
from miit_cli.options import Param
from miit_cli.output.layout import Layout

LAYOUT = Layout(
    columns=("label", "period", "value", "document", "other_value", "other_document"),
    headings={"label": "indicator", "other_value": "other", "other_document": "document"},
)


def command(
    context: Context,
    names: AnyNames = None,
    strict: Annotated[bool, Param("Exit with 4 when there is one.", "--strict")] = False,
) -> ExitCode:
    """The same indicator and period, reported with different values by different documents.

    Hedges and roundings that leave room for one true value are no conflict. No conflict is exit code 0.
    """
    from miit_cli.queries.conflicts import conflicts

    observations = context.observations(context.slugs(names or ()) or None)
    table = conflicts(observations, context.labels(observations))
    context.emit(table, lambda: LAYOUT)
    if not table.rows:
        context.note("no conflict")
    return ExitCode.CHECK if strict and table.rows else ExitCode.DONE
