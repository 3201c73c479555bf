"""``miit conflicts``."""

from typing import Annotated

from miit_cli.commands._shared import AnyNames
from miit_cli.context import Context
from miit_cli.errors import ExitCode
from miit_cli.options import FILTERING, Param, choice
from miit_cli.output import Layout

KINDS = ("documents", "document", "series")
LAYOUT = Layout(
    columns=("label", "period", "value", "document", "other_value", "other_document"),
    headings={"label": "indicator", "other_value": "other", "other_document": "document"},
    below=("note",),
)


def command(
    context: Context,
    names: AnyNames = None,
    kind: Annotated[
        list[str] | None,
        Param("Only conflicts of that kind; repeatable.", "--kind", "|".join(KINDS), FILTERING, KINDS),
    ] = None,
    strict: Annotated[bool, Param("Exit with 4 when there is one.", "--strict")] = False,
) -> ExitCode:
    """The same indicator and period, reported with different values; and values out of line.

    The column `kind` says what it is: documents, two contradict each other; document, one contradicts
    itself; series, a level is more than five times or less than a fifth of both its neighbours in time,
    which very likely was misread. Hedges and roundings that leave room for one true value are no conflict.
    No conflict is exit code 0.
    """
    from miit_cli.queries.conflicts import conflicts

    for word in kind or ():
        choice("--kind", word, KINDS)
    observations = context.observations(context.slugs(names or ()) or None)
    table = conflicts(observations, context.labels(observations), kind or KINDS)
    context.emit(table, lambda: LAYOUT)
    if not table.rows:
        context.note("no conflict")
    return ExitCode.CHECK if strict and table.rows else ExitCode.DONE
