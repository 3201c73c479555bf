"""``miit conflicts``."""

from typing import Annotated

from miit_cli.commands._parameters import AnyNames
from miit_cli.errors import ExitCode
from miit_cli.options import Param
from miit_cli.output.layout import Layout
from miit_cli.session import Session

LAYOUT = Layout(
    columns=("label", "period", "value", "document", "other_value", "other_document"),
    headings={"label": "indicator", "other_value": "other", "other_document": "document"},
)


def command(
    session: Session,
    names: AnyNames = None,
    strict: Annotated[bool, Param("Exit with 4 when there is one.", "--strict")] = False,
) -> ExitCode:
    """The same indicator and period, reported with different values by different documents.

    Hedges and roundings that leave room for one true value are no conflict. No conflict is exit code 0.
    """
    from miit_cli.queries.conflicts import conflicts

    observations = session.observations(session.slugs(names or ()) or None)
    table = conflicts(observations, session.labels(observations))
    session.emit(table, lambda: LAYOUT)
    if not table.rows:
        session.note("no conflict")
    return ExitCode.CHECK if strict and table.rows else ExitCode.DONE
