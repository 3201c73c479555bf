"""What a cell of a table holds: a number with its unit, or a level and its change; the words beside each."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading import numbers as numerals
from miit_cli.reading.grids import VALUE, TextCell, is_figure, words_of
from miit_cli.reading.labels import Unit
from miit_cli.reading.lexicon import fold
from miit_cli.reading.spans import BARE, TURNED, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miit_cli.reading.labels import Labels

_LONGEST = 120  # characters of a cell of two numbers
LEVEL, CHANGE = "level", "change"
_MINUS = frozenset("-−–—－‑↓")
_DIGITS = re.compile(r"[\d.,，\s+−–-]+")
_BRACKETED = re.compile(r"(?P<first>.*?\S)\s?[(（](?P<second>[^()（）]*\d[^()（）]*)[)）]\s*")
_APART = re.compile(
    r"(?P<first>.*?\d.*?)(?:[,，](?!\d{3})|[;；/、]|\s(?=[↑↓+−–-]\s?\d))\s?(?P<second>\D*\d.*)"
)
_SIGNS = dict.fromkeys(">≥＞", "lower") | dict.fromkeys("<≤＜", "upper") | dict.fromkeys("~≈", "approx")
_DOWN = words_of("down")


class CellPart(NamedTuple):
    """A number of a cell."""

    quantity: Quantity
    unit: Unit | None = None  # where the cell has one
    words: str = ""  # what else stands there: "up … year on year"
    signed: bool = False  # whether it says which way it went
    scaled: bool = False  # whether it is written with its scale, and lacks the name of a unit only
    half: str = ""  # LEVEL, or the CHANGE that stands behind it


def parts_of(cell: TextCell, labels: Labels, *, negative: bool = True) -> Iterator[CellPart]:
    """The numbers of a cell; one of no value where they are not understood.

    ``negative`` tells what a number in brackets is: less than zero, as accounts write it, or not known.

    >>> [part.quantity.value for part in parts_of(TextCell("231万个（+62.2%）", 0), labels)]  # doctest: +SKIP
    [Decimal('2310000'), Decimal('62.2')]
    """
    pair = _pair(cell)
    if pair:
        first, second = (_part(half, labels, negative=False) for half in pair)
        if first.quantity.value is not None and second.quantity.value is not None:
            yield first._replace(half=LEVEL)
            yield second._replace(half=CHANGE)
            return
    yield _part(cell, labels, negative=negative)


def _pair(cell: TextCell) -> tuple[TextCell, TextCell] | None:
    """A level and what stands behind it, in brackets or apart."""
    if len(cell.text) > _LONGEST:
        return None
    if VALUE.fullmatch(cell.text.strip()) and not re.search(r"\d.*?[^\d\s.,，'’．].*\d", cell.text):
        return None
    for form in (_BRACKETED, _APART):
        found = form.fullmatch(cell.text)
        if found and is_figure(found["first"].strip()) and is_figure(found["second"].strip()):
            return tuple(  # type: ignore[return-value]
                TextCell(found[name], cell.start + found.start(name)) for name in ("first", "second")
            )
    return None


def is_bracketed(text: str) -> bool:
    """Whether a cell is a number in brackets and nothing else."""
    found = VALUE.fullmatch(text.strip())
    return found is not None and bool(found["open"] and found["close"])


def _part(cell: TextCell, labels: Labels, *, negative: bool) -> CellPart:
    lead = len(cell.text) - len(cell.text.lstrip())
    found = VALUE.fullmatch(cell.text.strip())
    if found:
        written = found["unit"] or found["inner"]
        unit = labels.unit(written) if written else None
        if not written or unit:
            return _number(found, unit, cell.start + lead, negative=negative)
    return _worded(cell, labels)


def _number(found: re.Match[str], unit: Unit | None, start: int, *, negative: bool) -> CellPart:
    """A number with its sign, its brackets and its unit."""
    value = Decimal(re.sub(r"[,，'’\s]", "", found["number"]).replace("．", "."))
    sign = (found["sign"] or "").strip()
    bracketed = bool(found["open"]) and bool(found["close"])
    if sign in _MINUS if sign else bracketed and negative:
        value = -value
    begin = found.start("sign" if sign else "number")
    end = found.end(("unit" if found["unit"] else "inner") if unit else "number")
    return CellPart(Quantity(start + begin, start + end, value, BARE), unit, signed=bool(sign) or bracketed)


def _worded(cell: TextCell, labels: Labels) -> CellPart:
    """A number with a hedge, a direction or a scale in words, where the cell holds no other."""
    found = numerals.find(labels.language, fold(cell.text), cell.start)
    if len(found) != 1 or found[0].value is None:
        return _nothing(cell)
    only, value = found[0], found[0].value
    left, right = (place - cell.start for place in (only.left or only.start, only.right or only.end))
    words = f"{cell.text[:left]} {cell.text[right:]}".strip()
    if only.bound == "exact" and words[:1] in _SIGNS:
        only = only._replace(bound=_SIGNS[words[0]])
        words = words[1:]
    down = _DOWN.search(words)
    if down and value > 0:
        only = only._replace(value=-value, bound=TURNED.get(only.bound, only.bound))
    bare = only.unit == BARE and not only.classifier
    written = cell.text[only.start - cell.start : only.end - cell.start]
    unit = None if bare else Unit(only.unit, Decimal(1), only.classifier)
    scaled = bare and not _DIGITS.fullmatch(written)
    return CellPart(only, unit, _without_down(words), signed=bool(down), scaled=scaled)


def _without_down(words: str) -> str:
    return _DOWN.sub(" ", words).strip(" ,，;；()（）")


def _nothing(cell: TextCell) -> CellPart:
    """A cell that is not understood: a figure with no value."""
    digit = re.search(r"\d", cell.text)
    at = cell.start + (digit.start() if digit else 0)
    return CellPart(Quantity(at, cell.start + len(cell.text.rstrip()), None, BARE))
