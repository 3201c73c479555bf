"""What speaks against records, for the commands that show or use them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from miit_cli.context import Context

if TYPE_CHECKING:
    from miit_cli.types import Observation


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
