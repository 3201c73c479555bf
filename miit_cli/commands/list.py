"""``miit list``."""

from typing import Annotated

from miit_cli.options import Param
from miit_cli.output.layout import Layout
from miit_cli.session import Session

LAYOUT = Layout(
    columns=("indicator", "label", "records", "first", "last", "latest_value", "unit"),
    optional=("unit", "first", "label"),
    headings={"latest_value": "latest"},
)


def command(
    session: Session,
    every: Annotated[
        bool, Param("Also the indicators of the vocabulary that have no record here.", "--all")
    ] = False,
) -> None:
    """The indicators: how many records, first and last period, latest value."""
    from miit_cli.queries.listing import listing

    vocabulary = session.vocabulary
    catalogue = {slug: vocabulary[slug].unit for slug in vocabulary} if every else None
    observations, counts = session.claims(), session.filtered_counts()
    labels = {slug: session.label(slug) for slug in vocabulary}
    table = listing(observations, labels, counts=counts, catalogue=catalogue)
    session.emit(table, lambda: LAYOUT, nothing="no record here; --all lists the indicators without one")
