"""``miit diff``."""

from typing import Annotated

from miit_cli.commands._shared import PERIOD, AnyNames
from miit_cli.context import Context
from miit_cli.options import Param
from miit_cli.output import Layout

LAYOUT = Layout(
    columns=("from_period", "from_value", "to_period", "to_value", "change", "change_percent", "note"),
    optional=("change_percent",),
    block="indicator",
    headings={
        "from_period": "from",
        "from_value": "value",
        "to_period": "to",
        "to_value": "value",
        "change_percent": "%",
    },
)


def command(
    context: Context,
    before: Annotated[str, PERIOD._replace(metavar="A")],
    after: Annotated[str, PERIOD._replace(metavar="B")],
    names: AnyNames = None,
    every: Annotated[bool, Param("Also the indicators that only one side has.", "--all")] = False,
) -> None:
    """What changed between two periods or two documents, indicator by indicator.

    Like is compared with like where both sides have it; where not, `comparable` is no and `note` says why.
    Bounds carry through: from 5 to more than 7 is a change of more than 2.
    """
    from miit_cli.periods import parse
    from miit_cli.queries.comparison import COMPARISON_COLUMNS, compare

    sides = parse(before, context.document_ids), parse(after, context.document_ids)
    slugs = context.slugs(names or ())
    table = compare(context.claims(slugs or None, *sides), *sides, slugs, everything=every)
    context.emit(
        table,
        lambda: LAYOUT._replace(titles=context.titles(table)),
        columns=COMPARISON_COLUMNS,
        nothing=f"no indicator has records for both {before} and {after}; --all shows those of one side",
    )
