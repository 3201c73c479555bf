"""What became of a number: recorded, or the reason why not."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal


class Reason(Enum):
    """Why a numeral is no record: every reason that the reader gives, and how the audit words it."""

    # its shape tells
    NAME = "part of a name"
    WORDPART = "part of a word or a fixed phrase"
    ORDINAL = "an ordinal"
    DATE = "a date or period"
    RANGE = "an end of a range"
    NOTE = "the mark of a footnote"
    SPEC = "a size, a distance or a time, not a figure of industry"
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


# The reasons by the names that they have in the ranking, and of numbers whose shape tells.
REASONS = {reason.name.lower().replace("_", "-"): reason for reason in Reason}
FOREIGN = frozenset([Reason.COMPANY, Reason.REGION, Reason.FOREIGN])


class Outcome(NamedTuple):
    """What became of a number."""

    kind: str  # one of types.CLASSES
    reason: Reason | None = None
    slugs: tuple[str, ...] = ()
    value: Decimal | None = None
    subject: str = ""
    measure: str = ""

    @property
    def told(self) -> str:
        """What the audit says of it: the indicators, or the reason."""
        return " ".join(self.slugs) if self.slugs else self.reason.value if self.reason else ""
