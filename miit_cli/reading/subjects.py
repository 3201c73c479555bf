"""The words of a figure's subject, as they stand in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miit_cli.reading.spans import COUNTS

if TYPE_CHECKING:
    from miit_cli.reading.parsing import Parsed

_LONGEST = 120
_LETTER = re.compile(r"[^\W\d_]")


def subject_of(parsed: Parsed, number: int) -> str:
    """What a number is about, in the text's words; "" when the text does not say."""
    place = parsed.places[number]
    before = [i for i in range(place.left, place.item) if parsed.items[i].names]
    after = [i for i in range(place.item + 1, min(place.right, place.item + 7)) if parsed.items[i].names]
    counted = parsed.numbers[number].unit in COUNTS
    for places in (after, before) if counted else (before, after):
        if places:
            items = parsed.items
            return trimmed(parsed.text[items[places[0]].start : items[places[-1]].end])
    last = place.left - 1  # steel output fell 1.7 percent *to 1.005 billion tons*
    if last >= 0 and parsed.items[last].number in parsed.places:
        return subject_of(parsed, parsed.items[last].number)
    return ""


def trimmed(text: str) -> str:
    """A subject on one line, without the marks at its ends, and not too long; "" where it has no letter."""
    line = " ".join(text.split()).strip(" ,，、的“”\"'")[:_LONGEST]
    return line if _LETTER.search(line) else ""
