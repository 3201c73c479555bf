"""What several commands have beside the shared options: parameters, formats of their own, doubts."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeVar

from miit_cli.context import Context
from miit_cli.options import OUTPUT, Only, Param, Typed, choice
from miit_cli.output import Format, by_ending

if TYPE_CHECKING:
    from miit_cli.types import Observation

Own = TypeVar("Own", bound=StrEnum)

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


# for a command that has formats of its own
WITHOUT_FORMAT = Only(tuple(name for name in Typed._fields if name != "format"))


def formats(help: str, forms: Sequence[str]) -> Param:
    """The option --format of a command that has formats of its own."""
    return Param(help, "--format -f", "|".join(forms), OUTPUT, tuple(forms))


def own_format(
    context: Context, word: str | None, own: type[Own], forms: Sequence[str], endings: Mapping[str, Own]
) -> Own | None:
    """The format of the command's own that --format names, else the ending of --output.

    A usual one that is named is put into the options. ``forms`` are all that the command has. Raises
    UsageError.
    """
    if word is None:
        return by_ending(context.options.output, endings)
    if choice("--format", word, forms) in list(own):
        return own(word)
    context.options = context.options._replace(format=Format(word), format_given=True)
    return None


def doubts(context: Context, slugs: Sequence[str]) -> "dict[Observation, str]":
    """What speaks against the records of some indicators.

    All that had been published by --as-of counts, also what other filters leave out: a value is no less in
    doubt because the one that contradicts it is not shown.
    """
    from miit_cli.queries import conflicts

    if not slugs:
        return {}
    options = context.options
    return conflicts.doubts(
        context.store.observations(slugs, as_of=options.as_of, min_confidence=options.min_confidence)
    )
