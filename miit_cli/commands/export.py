"""``miit export``."""

from miit_cli.commands._parameters import AnyNames
from miit_cli.output.layout import Layout
from miit_cli.session import Session

LAYOUT = Layout(
    columns=("indicator", "period", "value", "unit", "document", "sentence"),
    optional=("sentence", "unit"),
    headings={"sentence": "§"},
)


def command(session: Session, names: AnyNames = None) -> None:
    """All records, one a row; or those of some indicators."""
    from miit_cli.queries.records import records

    observations = session.observations(session.slugs(names or ()) or None)
    session.emit(
        records(observations), lambda: LAYOUT, nothing="no record here; `miit docs` lists what was read"
    )
