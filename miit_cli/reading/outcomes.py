"""What became of a number: recorded, or the reason why not."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.spans import DATE, NAME, NOTE, ORDINAL, RANGE, WORDPART
from miit_cli.types import NO_INDICATOR

if TYPE_CHECKING:
    from decimal import Decimal


class Reason(Enum):
    """Why a numeral is no record: every reason that the reader gives, and how the audit words it."""

    # its shape tells
    IN_NAME = "part of a name"
    IN_WORD = "part of a word or a fixed phrase"
    ORDINAL = "an ordinal"
    DATE = "a date or period"
    RANGE = "an end of a range"
    NOTE = "the mark of a footnote"
    SIZE = "a size, a distance or a time, not a figure of industry"
    CURRENCY = "an amount in a foreign currency"
    POINTS = "a difference in percentage points"
    # the words around it tell
    TALLY = "a count of things that are no indicator"
    THRESHOLD = "a threshold in a definition"
    AVERAGE = "an average over several years"
    PACE = "a pace"
    BASE = "the base of a comparison"
    PART = "a part of what was counted before"
    DIFFERENCE = "a difference, not a level"
    CONTRIBUTION = "a contribution to growth"
    # it is not the nation's
    COMPANY = "a figure of one company or one object"
    REGION = "a figure of a region"
    FOREIGN = "a figure of another country or of the world"
    # it may be an indicator, though none of the vocabulary
    MONTH_ON_MONTH = "growth on the month before"
    NO_ENTRY = "no entry in the vocabulary"
    NO_SUBJECT = "no subject in the text"
    UNREAD_PERIOD = "its period is written and was not understood"
    UNLIKELY = "more likely not of this indicator"
    NO_DIRECTION = "no word tells whether it rose or fell"


SHAPES = {
    NAME: Reason.IN_NAME,
    WORDPART: Reason.IN_WORD,
    ORDINAL: Reason.ORDINAL,
    DATE: Reason.DATE,
    RANGE: Reason.RANGE,
    NOTE: Reason.NOTE,
}


FOREIGN = frozenset([Reason.COMPANY, Reason.REGION, Reason.FOREIGN])


# The reasons that the ranking knows, by the name that they have there.
REASONS = {
    "region": Reason.REGION,
    "company": Reason.COMPANY,
    "foreign": Reason.FOREIGN,
    "difference": Reason.DIFFERENCE,
    "tally": Reason.TALLY,
    "spec": Reason.SIZE,
    "part": Reason.PART,
    "threshold": Reason.THRESHOLD,
    "average": Reason.AVERAGE,
    "contribution": Reason.CONTRIBUTION,
    "range": Reason.RANGE,
    "base": Reason.BASE,
    "month-on-month": Reason.MONTH_ON_MONTH,
    "pace": Reason.PACE,
    "currency": Reason.CURRENCY,
}


class Outcome(NamedTuple):
    """What became of a number."""

    kind: str  # one of types.CLASSES
    reason: Reason | None = None
    slugs: tuple[str, ...] = ()
    value: Decimal | None = None
    subject: str = ""
    measure: str = ""
    new: bool = False  # counts what was added in the period

    @property
    def told(self) -> str:
        """What the audit says of it: the indicators, or the reason."""
        return " ".join(self.slugs) if self.slugs else self.reason.value if self.reason else ""


def refused(reason: Reason, value: Decimal | None) -> Outcome:
    """A number that is no figure of an indicator."""
    return Outcome(NO_INDICATOR, reason, value=value)
