"""``miit list``."""

from typing import Annotated

from miit_cli.context import Context
from miit_cli.options import Param
from miit_cli.output import Layout

LAYOUT = Layout(
    columns=("indicator", "label", "records", "first", "last", "latest_value", "unit"),
    optional=("unit", "first", "label"),
    headings={"latest_value": "latest"},
)


def command(
    context: Context,
    every: Annotated[
        bool, Param("Also the indicators of the vocabulary that have no record here.", "--all")
    ] = False,
) -> None:
    """The indicators: how many records, first and last period, latest value."""
    from miit_cli.queries.listing import LISTING_COLUMNS, listing

    vocabulary = context.vocabulary
    catalogue = {slug: vocabulary[slug].unit for slug in vocabulary} if every else {}
    observations, counts = context.claims(), context.filtered_counts()
    labels = {slug: context.label(slug) for slug in vocabulary}
    table = listing(observations, labels, counts=counts, catalogue=catalogue)
    nothing = f"no record {context.here}; --all lists the indicators without one"
    context.emit(table, lambda: LAYOUT, columns=LISTING_COLUMNS, nothing=nothing)
