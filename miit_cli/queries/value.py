"""``miit get NAME PERIOD``: one bare value, and what must be said beside it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from miit_cli.bounds import EXACT, plain
from miit_cli.errors import CheckFailed, UsageError
from miit_cli.queries.records import RECORD_COLUMNS, record
from miit_cli.queries.selection import ACTUAL, Pick, disagreement, hedged, period, pick
from miit_cli.types import SURE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from miit_cli.periods import Selector
    from miit_cli.types import Observation

FIELDS = RECORD_COLUMNS


def get(observations: Iterable[Observation], selector: Selector) -> Pick:
    """The one observation of one indicator that ``selector`` means.

    ``notes`` say which record was taken, its hedge, its standing and any doubt about its
    reading. ``disputed`` holds two records that contradict each other: the answer is then no
    answer (exit code 4, see :func:`undisputed`). Raises NothingToShow when there is none.
    """
    found = pick(selector, observations)
    return found._replace(notes=(*found.notes, *_caution(found.observation)))


def undisputed(found: Pick) -> Observation:
    """The observation, or CheckFailed with the two that disagree."""
    if not found.disputed:
        return found.observation
    raise CheckFailed(f"{disagreement(found)}; --document chooses one")


def _caution(found: Observation) -> tuple[str, ...]:
    """What a bare number leaves out."""
    hedge = (f"the source says {hedged(found)}",) if found.bound != EXACT else ()
    standing = (f"the figure is {_STANDING[found.status]}",) if found.status != ACTUAL else ()
    unsure = (f"read with a confidence of {found.confidence}",) if found.confidence < SURE else ()
    return hedge + standing + unsure


_STANDING = {"expected": "expected, not final", "target": "a target"}


def field(found: Observation, name: str = "value") -> object:
    """One cell of the record (``--field``), one of FIELDS."""
    return found.value if name == "value" else record(found)[FIELDS.index(name)]


def expect(found: Observation, expected: str, name: str = "value") -> None:
    """Nothing if the field is what ``--expect`` says, else CheckFailed.

    Numbers are compared as numbers (``9`` is ``9.0``, and digits may be grouped by commas),
    all else as text. The stated number counts, whatever its hedge.
    """
    actual = field(found, name)
    if isinstance(actual, Decimal):
        if number(expected) == actual:
            return
    elif expected == _text(actual):
        return
    where = f"{found.indicator} {period(found)}"
    raise CheckFailed(f"{where}: {name} is {_text(actual)}, not {expected} ({found.document})")


def number(text: str) -> Decimal:
    """A number that the user typed, or UsageError."""
    try:
        typed = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        typed = Decimal("NaN")
    if not typed.is_finite():
        raise UsageError(f"--expect needs a number such as 2300000 or 3.6, not '{text}'")
    return typed


def _text(cell: object) -> str:
    if isinstance(cell, Decimal):
        return plain(cell)
    return "" if cell is None else str(cell)
