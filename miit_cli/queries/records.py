"""``miit export`` and ``miit get``: a record as a row, which ``show`` has too, and one bare value of it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from miit_cli.bounds import EXACT, plain
from miit_cli.errors import CheckFailed, UsageError
from miit_cli.queries.selection import ACTUAL, Settled, disagreement, hedged, period, pick
from miit_cli.table import Table, TableRow
from miit_cli.types import SURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from miit_cli.periods import Selector
    from miit_cli.types import Observation

RECORD_COLUMNS = (
    *("indicator", "period", "value", "unit", "bound", "status", "start", "end"),
    *("basis", "measure", "document", "published", "sentence", "quote", "confidence"),
)
_STANDING = {"expected": "expected, not final", "target": "a target"}


def record(found: Observation) -> TableRow:
    """One observation as a row of RECORD_COLUMNS."""
    return (
        *(found.indicator, period(found), found.value, found.unit, found.bound, found.status),
        *(found.start or None, found.end, found.basis, found.measure),
        *(found.document, found.published, found.sentence, found.quote, found.confidence),
    )


def records(observations: Iterable[Observation]) -> Table:
    """The records as they come (``export``): RECORD_COLUMNS."""
    return Table(RECORD_COLUMNS, [record(found) for found in observations])


# --- one value -----------------------------------------------------------------------------------


def get(observations: Sequence[Observation], selector: Selector) -> Settled:
    """The one observation of one indicator that ``selector`` means.

    ``notes`` say which record was taken, its hedge, its standing and any doubt about its
    reading. ``disputed`` holds two records that contradict each other: the answer is then no
    answer (exit code 4, see :func:`undisputed`). Raises NothingToShow when there is none.
    """
    settled = pick(selector, observations)
    found, notes = settled.observation, [*settled.notes]
    if found.bound != EXACT:
        notes.append(f"the source says {hedged(found)}")
    if found.status != ACTUAL:
        notes.append(f"the figure is {_STANDING[found.status]}")
    if found.confidence < SURE:
        notes.append(f"read with a confidence of {found.confidence}")
    return settled._replace(notes=tuple(notes))


def undisputed(found: Settled) -> Observation:
    """The observation, or CheckFailed with the two that disagree."""
    if found.disputed:
        raise CheckFailed(f"{disagreement(found)}; --document chooses one")
    return found.observation


def field(found: Observation, name: str = "value") -> object:
    """One cell of the record (``--field``), one of RECORD_COLUMNS."""
    return found.value if name == "value" else record(found)[RECORD_COLUMNS.index(name)]


def expect(found: Observation, expected: str, name: str = "value") -> None:
    """Nothing if the field is what ``--expect`` says, else CheckFailed.

    Numbers are compared as numbers (``9`` is ``9.0``, and digits may be grouped by commas),
    all else as text. The stated number counts, whatever its hedge.
    """
    actual = field(found, name)
    if isinstance(actual, Decimal):
        same, told = number(expected) == actual, plain(actual)
    else:
        told = "" if actual is None else str(actual)
        same = expected == told
    if not same:
        where = f"{found.indicator} {period(found)}"
        raise CheckFailed(f"{where}: {name} is {told}, not {expected} ({found.document})")


def number(text: str) -> Decimal:
    """A number that the user typed, or UsageError."""
    try:
        typed = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        typed = Decimal("NaN")
    if not typed.is_finite():
        raise UsageError(f"--expect needs a number such as 2300000 or 3.6, not '{text}'")
    return typed
