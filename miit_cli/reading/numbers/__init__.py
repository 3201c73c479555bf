"""Numbers with scale, unit and hedge, in English and Chinese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miit_cli.reading.numbers import en, zh
from miit_cli.reading.spans import BARE, DATE, DOLLAR, NAME, RANGE, YUAN, Quantity
from miit_cli.reading.numbers.values import chinese_number, english_number, plain, within_measure

if TYPE_CHECKING:
    from collections.abc import Sequence

_DASHES = ("—", "–", "-", "~", "～", "－", "至")
# "the 10% to 20% that was feared", and not "from 10% to 20%"
_OF_RANGE = re.compile(r"\b(?:the|an?|of|about|around|some|roughly|by)\s\Z")
_FIRST_YEAR, _LAST_YEAR = 1990, 2035
_HEADER = re.compile(
    r"[(\[](?:[^()]{0,40}\b)?(?P<unit>cny|rmb|yuan|us\$|usd)\s?"
    r"(?P<scale>bn|b|billion|mn|m|million|trn|tn|trillion)\b"
)
_HEADER_SCALES = {"b": 10**9, "m": 10**6, "t": 10**12}


def find(language: str, folded: str, offset: int) -> list[Quantity]:
    """The numbers of a folded text; offsets are moved by ``offset``."""
    return (chinese if language == "zh" else english)(folded, offset)


def chinese(folded: str, offset: int) -> list[Quantity]:
    """The numbers of a folded Chinese text; offsets are moved by ``offset``."""
    return _settled(zh.quantities(folded), folded, offset)


def english(folded: str, offset: int) -> list[Quantity]:
    """The numbers of a folded English text; offsets are moved by ``offset``."""
    return _settled(en.quantities(folded), folded, offset)


def _settled(found: list[Quantity], folded: str, offset: int) -> list[Quantity]:
    """The numbers; those that are years, ends of a range, or beyond all measure are no values."""
    if not found:
        return found
    return [_moved(q, offset) for q in _ranged([within_measure(_no_year(q)) for q in found], folded)]


def _moved(q: Quantity, by: int) -> Quantity:
    """A quantity with its offsets moved; 0 stays where it stands for no hedge."""
    left, right = (q.left + by, q.right + by) if q.right else (0, 0)
    return Quantity(q.start + by, q.end + by, q.value, q.unit, q.bound, q.classifier, left, right, q.reason)


def _no_year(q: Quantity) -> Quantity:
    """A bare number of four figures between 1990 and 2035 is a year: 2024专精特新大会."""
    if q.unit != BARE or q.value is None or q.end - q.start != 4 or q.classifier:
        return q
    return q._replace(value=None, reason=DATE) if _FIRST_YEAR <= q.value <= _LAST_YEAR else q


def _ranged(found: list[Quantity], folded: str) -> list[Quantity]:
    """Two numbers with a dash between them are the ends of a range, and neither is the value."""
    for n in range(len(found) - 1):
        one, two = found[n], found[n + 1]
        if one.value is None or two.value is None or one.unit not in (BARE, two.unit):
            continue
        between = folded[one.end : two.start].strip()
        if between in _DASHES or (between == "to" and _OF_RANGE.search(folded, 0, one.start)):
            found[n] = one._replace(value=None, reason=RANGE)
            found[n + 1] = two._replace(value=None, reason=RANGE)
    return found


# --- what the sentence says of its numbers ---


def declared(numbers: Sequence[Quantity], folded: str, offset: int) -> Sequence[Quantity]:
    """Numbers of a list whose heading gives their unit: "by category (CNYb): software 1,145.132"."""
    header = _HEADER.search(folded)
    if header is None:
        return numbers
    unit = DOLLAR if header["unit"].startswith("us") else YUAN
    factor = _HEADER_SCALES[header["scale"][0]]
    return [
        q._replace(value=plain(q.value * factor), unit=unit)
        if q.unit == BARE and q.value is not None and q.start - offset > header.end() and not q.classifier
        else q
        for q in numbers
    ]


def outside(spans: Sequence[tuple[int, int]], numbers: Sequence[Quantity], offset: int) -> Sequence[Quantity]:
    """The numbers, with those inside one of the spans as parts of a name."""
    if not spans:
        return numbers
    return [
        q._replace(value=None, reason=NAME)
        if any(start <= q.start - offset < end for start, end in spans)
        else q
        for q in numbers
    ]


__all__ = ["chinese", "chinese_number", "declared", "english", "english_number", "find", "outside"]
