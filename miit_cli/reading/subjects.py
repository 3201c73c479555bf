"""The words of a figure's subject, as they stand in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miit_cli.reading.spans import COUNTS

if TYPE_CHECKING:
    from miit_cli.reading.parsing import Parsed

_LONGEST = 120
_BACK = 3  # numbers that may share a subject
_LETTER = re.compile(r"[^\W\d_]")


def subject_of(parsed: Parsed, number: int) -> str:
    """What a number is about, in the text's words; "" when the text does not say.

    It may be said before the number before: steel output fell 1.7 percent *to 1.005 billion tons*.
    """
    for _ in range(_BACK):
        place, items = parsed.places[number], parsed.items
        before = [i for i in range(place.left, place.item) if items[i].names]
        after = [i for i in range(place.item + 1, min(place.right, place.item + 7)) if items[i].names]
        counted = parsed.numbers[number].unit in COUNTS
        named = next(filter(None, (after, before) if counted else (before, after)), None)
        if named:
            return trimmed(parsed.text[items[named[0]].start : items[named[-1]].end])
        number = items[place.left - 1].number if place.left else -1
        if number not in parsed.places:
            break
    return ""


def trimmed(text: str) -> str:
    """A subject on one line, without the marks at its ends, and not too long; "" where it has no letter."""
    line = " ".join(text.split()).strip(" ,，、的“”\"'")[:_LONGEST]
    return line if _LETTER.search(line) else ""
