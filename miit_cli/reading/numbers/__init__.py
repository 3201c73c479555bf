"""Numbers with scale, unit and hedge, in English and Chinese."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from miit_cli.reading.numbers import en, zh
from miit_cli.reading.numbers.values import (
    GROUPED,
    MINUS,
    plain,
    scaled,
    times,
    within_measure,
)
from miit_cli.reading.spans import (
    BARE,
    COUNT,
    DATE,
    DOLLAR,
    NAME,
    PERCENT,
    PHYSICAL,
    POINTS,
    RANGE,
    TIMES,
    YEARS,
    YUAN,
    Quantity,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

# What joins the ends of a range. "to" and 至 also tell what a thing rose to: see _is_range.
_DASHES = {
    "en": re.compile(rf"[{MINUS}—~～]|-to-"),
    "zh": re.compile(rf"[{MINUS}—~～─―]"),
}
_TO = {"en": re.compile(r"to|or"), "zh": re.compile(r"至|到")}
_AND = re.compile(r"and")
_BETWEEN = re.compile(r"\bbetween(?:\s(?:about|around|some|roughly))?\s\Z")
_OF_RANGE = re.compile(r"\b(?:the|an?|of|about|around|some|roughly|by|range|ranging|anywhere)\s(?:from\s)?\Z")
_FROM = {
    "en": re.compile(r"\bfrom\s(?:[a-z]+\s){0,3}\Z"),
    "zh": re.compile(r"[从由自][^，。；,;]{0,20}\Z"),
}
_THOUSAND = 1000  # "by 925,000 to 5.59 million" is a difference and a level, "by 2 to 3 million" a range
_UNSCALED = 2  # a scale of 1, or a number in words
_PLAIN_START = re.compile(rf"[+{MINUS}]?[$€£¥￥]?\d|(?!doubl|tripl|trebl|quadr|halv)[a-z一-鿿]")
_CHANGED = re.compile(r"[增升涨跌减降少多缩挫滑扩]\w?\Z")
_COMMA = re.compile(r",\s?")
_LIST = {"en": re.compile(r",?\s(?:and|or)\s"), "zh": re.compile(r"、|和|及|与|、?以及")}
_OWN = (BARE, COUNT, YEARS, TIMES, PHYSICAL)  # units that a number in a list does not take from the next
# A number such as 2023 that counts: "China had 2023 national green factories".
_COUNTS_BEFORE = re.compile(
    r"\b(?:has|have|had|having|were|are|reached|totall?ed|numbered|counts|counted|operates?|operated|boasts?"
    r"|boasted|built|total\sof|another|added|certified|named|recogni[sz]ed)\s\Z"
)
_COUNTED = re.compile(r"\s(?:[a-z][a-z\-]+\s){0,5}[a-z\-]+(?<!i)(?<!u)s\b")
_PLAIN = re.compile(rf"{GROUPED}|\d+(?:\.\d+)?")
_FIRST_YEAR, _LAST_YEAR = 1990, 2035
_HEADER = re.compile(
    r"[(\[](?:[^()]{0,40}\b)?(?P<unit>cny|rmb|yuan|us\$|usd)\s?"
    r"(?P<scale>bn|b|billion|mn|m|million|trn|tn|trillion)\b"
)
_HEADER_SCALES = {"b": 10**9, "m": 10**6, "t": 10**12}


def find(language: str, folded: str, offset: int) -> list[Quantity]:
    """The numbers of a folded text; offsets are moved by ``offset``."""
    return [_moved(q, offset) for q in _found(language, folded)]


@lru_cache(256)  # a sentence is looked at more than once
def _found(language: str, folded: str) -> Sequence[Quantity]:
    quantities = zh.quantities if language == "zh" else en.quantities
    found = [within_measure(_no_year(q, folded)) for q in quantities(folded)]
    return _ranged(_distributed(found, folded, language), folded, language)


def _moved(q: Quantity, by: int) -> Quantity:
    """A quantity with its offsets moved; 0 stays where it stands for no hedge."""
    left, right = (q.left + by, q.right + by) if q.right else (0, 0)
    return q._replace(start=q.start + by, end=q.end + by, left=left, right=right)


def _no_year(q: Quantity, folded: str) -> Quantity:
    """A bare number of four figures between 1990 and 2035 is a year, unless it counts: 2024专精特新大会."""
    if q.unit != BARE or q.value is None or q.end - q.start != 4 or q.classifier:
        return q
    if not _FIRST_YEAR <= q.value <= _LAST_YEAR or counts(folded, q.start, q.end):
        return q
    return q._replace(value=None, reason=DATE)


def counts(folded: str, start: int, end: int) -> bool:
    """Whether a number that looks like a year counts things: "had 2023 national green factories"."""
    lead = folded[max(0, start - 16) : start]
    return bool(_COUNTS_BEFORE.search(lead) and _COUNTED.match(folded, end))


def _distributed(found: list[Quantity], folded: str, language: str) -> list[Quantity]:
    """Bare numbers of a list take scale and unit of its last: "48.2, 113.1 and 208.7 million tons"."""
    listed = False
    for n in range(len(found) - 2, -1, -1):
        one, two = found[n], found[n + 1]
        points = language == "zh" and one.classifier == "个" and two.unit == POINTS
        plain_one = points or (one.unit == BARE and one.value is not None and _scale(one, folded) == 1)
        between = folded[one.end : two.start]
        comma = _COMMA.fullmatch(between)
        oxford = (
            between.startswith(",")
            and not comma
            and n
            and _COMMA.fullmatch(folded, found[n - 1].end, one.start)
        )
        joined = _LIST[language].fullmatch(between) and (oxford or not between.startswith(","))
        listed = bool(plain_one and two.value is not None and (joined or (listed and comma)))
        scale = _scale(two, folded) if listed else 0
        if one.value is None or not listed or (scale == 1 and two.unit in _OWN):
            continue
        found[n] = one._replace(value=plain(times(one.value, scale)) if scale > 1 else one.value)
        if two.unit not in _OWN:  # what is only counted keeps its own measure word
            found[n] = found[n]._replace(unit=two.unit, classifier=two.classifier, factor=two.factor)
    return found


def _scale(q: Quantity, folded: str) -> int:
    """What the digits of a number as written were multiplied by; 0 for a number in words."""
    digits = _PLAIN.search(folded, q.start, q.end)
    if digits is None or q.value is None:
        return 0
    written = scaled(digits[0], 1)
    scale = abs(q.value) / written if written else Decimal(1)
    return int(scale) if scale == scale.to_integral_value() else 0


def _ranged(found: list[Quantity], folded: str, language: str) -> list[Quantity]:
    """The ends of a range are no values: 3%-5%, "2.9 to 3 million"."""
    for n in range(len(found) - 1):
        one, two = found[n], found[n + 1]
        if (one.value is None and one.reason != RANGE) or two.value is None:
            continue
        if one.unit not in (BARE, two.unit) or not _PLAIN_START.match(folded, one.start):
            continue
        if _is_range(one, two, folded, language):
            found[n] = one._replace(value=None, reason=RANGE)
            found[n + 1] = two._replace(value=None, reason=RANGE)
    return found


def _is_range(one: Quantity, two: Quantity, folded: str, language: str) -> bool:
    """Whether what stands between two numbers makes them a range.

    "From 3 to 5 percent" and 从3%到5% tell a change; "rose 2 billion to 30 billion" a difference and a level.
    """
    between = folded[one.end : two.start].strip()
    before = folded[max(0, one.start - 24) : one.start]
    if _DASHES[language].fullmatch(between):
        return True
    if language == "en" and _AND.fullmatch(between):
        return bool(_BETWEEN.search(before))
    return bool(_TO[language].fullmatch(between)) and _spans(one, two, folded, before, language)


def _spans(one: Quantity, two: Quantity, folded: str, before: str, language: str) -> bool:
    """Whether "to" and 至 between two numbers make them a range; ``before`` stands before the first."""
    # whether the first is rather what was added to reach the second
    added = one.value and two.value and abs(one.value) >= _THOUSAND and abs(two.value) > 2 * abs(one.value)
    if language == "en" and _OF_RANGE.search(before):
        return not (before.endswith("by ") and added)
    if _FROM[language].search(before):
        return False
    if two.unit == PERCENT and (language == "zh" or one.unit == PERCENT):
        return True
    if language == "zh":
        return one.unit == BARE or not _CHANGED.search(before)
    if added and _scale(two, folded) >= _UNSCALED:
        return False
    return one.unit == BARE and _scale(one, folded) < _UNSCALED


# --- what the sentence says of its numbers ---


def declared(numbers: Sequence[Quantity], folded: str, offset: int, heading: str = "") -> Sequence[Quantity]:
    """Numbers of a list whose heading gives their unit: "by category (CNYb): software 1,145.132".

    Args:
        numbers: those of the sentence.
        folded: the sentence.
        offset: where it begins.
        heading: the folded sentence above a list, where the unit stands there.
    """
    header = _HEADER.search(folded) or _HEADER.search(heading)
    if header is None:
        return numbers
    begun = header.end() if header.string is folded else -1
    unit = DOLLAR if header["unit"].startswith("us") else YUAN
    factor = _HEADER_SCALES[header["scale"][0]]
    return [
        q._replace(value=plain(q.value * factor), unit=unit)
        if q.unit == BARE and q.value is not None and q.start - offset > begun and not q.classifier
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


__all__ = ["counts", "declared", "find", "outside"]
