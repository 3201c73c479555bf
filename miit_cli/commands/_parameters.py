"""The parameters that several commands have beside the shared options."""

from collections.abc import Sequence
from typing import Annotated

from miit_cli.options import OUTPUT, Param

NAME = Param(
    "An indicator: slug, label, alias or unique prefix, in English or Chinese; near misses are found.",
    metavar="NAME",
    complete="indicator",
)
PERIOD = Param(
    "2022, 2022-H1, 2022-Q3, 2022-07, 2022-01..2022-07, a day, or the start of a document's id.",
    metavar="PERIOD",
    complete="period document",
)

IndicatorNames = Annotated[list[str], NAME._replace(metavar="NAME…")]
AnyNames = Annotated[
    list[str] | None, NAME._replace(metavar="NAME…", help=f"{NAME.help} All, when none is given.")
]


def formats(help: str, forms: Sequence[str]) -> Param:
    """The option --format of a command that has formats of its own."""
    return Param(help, "--format -f", "|".join(forms), OUTPUT, tuple(forms))
