"""``miit table``."""

from typing import Annotated

from miit_cli.commands._shared import AnyNames
from miit_cli.context import Context
from miit_cli.options import Param, whole
from miit_cli.output import Layout


def command(
    context: Context,
    names: AnyNames = None,
    last: Annotated[str | None, Param("Only the latest N periods.", "--last", "N")] = None,
    bare: Annotated[bool, Param("Numbers alone, without the marks of hedge and standing.", "--bare")] = False,
) -> None:
    """Indicators down, periods across.

    A figure that is hedged or no actual one says so: >2300000 is more than, <70000 less than, ~3.1 about.
    """
    from miit_cli.queries.pivot import COLUMNS, pivot

    latest = None if last is None else whole("--last", last, "a number of periods", least=1)
    slugs = context.slugs(names or ())
    observations = context.claims(slugs or None)
    table = pivot(observations, slugs, context.labels(observations), last=latest, marks=not bare)
    periods = table.columns[len(COLUMNS) :]
    context.emit(
        table,
        lambda: Layout(("label", "unit"), optional=("unit",), across=periods),
        nothing=f"no record {context.here}; `miit docs` lists what was read",
    )
