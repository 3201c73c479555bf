"""Periods: the short label of a pair of dates, and the selectors that users type.

A period is a pair of ISO days. A flow has both; a stock has only the day at which
it stands, and so has a cumulative flow whose beginning is not said. Everything here
is arithmetic on text, because ISO days sort as dates do.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.errors import UsageError
from miit_cli.types import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable

_DAYS = {f"{month:02d}": 30 + (month in (1, 3, 5, 7, 8, 10, 12)) for month in range(1, 13)} | {"02": 28}

# first and last month of the parts of a year that have a name
_PARTS = {"H1": ("01", "06"), "H2": ("07", "12")}
_PARTS |= {"Q1": ("01", "03"), "Q2": ("04", "06"), "Q3": ("07", "09"), "Q4": ("10", "12")}
_PART_OF = {months: name for name, months in _PARTS.items()}

FORMS = "2022, 2022-H1, 2022-Q3, 2022-07, 2022-01..2022-07 or 2022-07-31"


class SelectorKind(StrEnum):
    """What a selector names."""

    YEAR = "year"
    PART = "part"  # a half-year or a quarter
    MONTH = "month"
    DAY = "day"
    RANGE = "range"
    DOCUMENT = "document"


class Selector(NamedTuple):
    """What the user asks for: a period, or a document.

    A day may also be the beginning of one document's name (``2022-08-19``): it then
    carries that document, for the case that nothing stands on the day itself.
    """

    text: str  # as it is shown: the label of the period, or the document's id
    kind: SelectorKind
    start: str = ""
    end: str = ""
    document: str = ""

    @property
    def may_be_document(self) -> bool:
        """Whether it may take what one document says, which is of any time."""
        return bool(self.document) or self.kind is SelectorKind.DOCUMENT


# --- days and months -----------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def month_end(month: str) -> str:
    """The last day of a month: ``2024-02`` -> ``2024-02-29``."""
    year, number = int(month[:4]), month[5:7]
    leap = number == "02" and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return f"{month[:7]}-{_DAYS[number] + leap:02d}"


def _is_month_end(day: str) -> bool:
    return day == month_end(day[:7])


# --- from dates to words -------------------------------------------------------------------------


@lru_cache(maxsize=16384)
def label(start: str | None, end: str) -> str:
    """The short label of a period, as CLI.md defines the column ``period``.

    >>> label("2022-01-01", "2022-06-30"), label(None, "2022-12-31"), label(None, "2022-07-31")
    ('2022-H1', '2022', '2022-07')
    """
    if not start:
        return end[:4] if end[5:] == "12-31" else end[:7] if _is_month_end(end) else end
    if start[8:] != "01" or not _is_month_end(end):
        return start if start == end else f"{start}..{end}"
    first, last, year = start[5:7], end[5:7], start[:4]
    if (first, last) == ("01", "12"):
        return year if year == end[:4] else f"{year}..{end[:4]}"
    if year != end[:4]:
        return f"{start[:7]}..{end[:7]}"
    if (first, last) in _PART_OF:
        return f"{year}-{_PART_OF[first, last]}"
    return start[:7] if first == last else f"{start[:7]}..{end[:7]}"


@lru_cache(maxsize=16384)
def shape(start: str | None, end: str) -> str:
    """What must be equal for two periods to be like with like.

    Stocks are alike on any two days, years with years, half-years with half-years,
    quarters with quarters, single months with single months; any other stretch only
    with the same months of another year.
    """
    if not start:
        return "stock"
    years = int(end[:4]) - int(start[:4])
    if start[8:] != "01" or not _is_month_end(end):
        return "day" if start == end else f"{start[5:]}..{end[5:]}+{years}"
    first, last = start[5:7], end[5:7]
    if (first, last) == ("01", "12"):
        return "year" if not years else f"{years + 1} years"
    if not years and first == last:
        return "month"
    if not years and (first, last) in _PART_OF:
        return {"H": "half-year", "Q": "quarter"}[_PART_OF[first, last][0]]
    return f"{first}..{last}+{years}"


@lru_cache(maxsize=16384)
def season(start: str | None, end: str) -> str:
    """The same part of any year: like :func:`shape`, and the same months."""
    return "stock" if not start else f"{shape(start, end)} {start[5:7]} {end[5:7]}"


@lru_cache(maxsize=16384)
def words(start: str | None, end: str) -> str:
    """A period in English: ``January to July 2022``, ``July 2022``, ``2022-03-01``."""
    if not start:
        return end
    if start[8:] != "01" or not _is_month_end(end):
        return start if start == end else f"{start} to {end}"
    first, last = MONTHS[int(start[5:7]) - 1], MONTHS[int(end[5:7]) - 1]
    if start[:4] != end[:4]:
        return f"{first} {start[:4]} to {last} {end[:4]}"
    return f"{first} {end[:4]}" if first == last else f"{first} to {last} {end[:4]}"


# --- from words to dates -------------------------------------------------------------------------


def parse(text: str, documents: Iterable[str] = ()) -> Selector:
    """What a user means by ``text``: a period, or one of ``documents`` (ids).

    Raises UsageError for a text that is no period and begins no document's name, or
    begins several.

    >>> parse("2022h1")[:4]
    ('2022-H1', <SelectorKind.PART: 'part'>, '2022-01-01', '2022-06-30')
    """
    text = text.strip()
    selector = parse_period(text)
    if selector is None:
        documents = list(documents)
        if not _documents_named(text, documents):
            raise UsageError(
                f"'{text}' is no period ({FORMS}) and no document: 'miit docs' lists the documents"
            )
        return Selector(document_named(text, documents), SelectorKind.DOCUMENT)
    if selector.kind is SelectorKind.DAY:
        named = _documents_named(text, documents)
        return selector._replace(document=named[0]) if len(named) == 1 else selector
    return selector


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Selector | None:
    """The period that ``text`` names, or None if it is not of the form of one."""
    first, dots, last = text.partition("..")
    begin = _point(first)
    if not dots or begin is None:
        return begin
    finish = _point(last)
    if finish is None:
        return None
    if finish.end < begin.start:
        raise UsageError(f"the period '{text}' ends before it begins: write it as {last}..{first}")
    return Selector(f"{begin.text}..{finish.text}", SelectorKind.RANGE, begin.start, finish.end)


def _point(text: str) -> Selector | None:
    """A year, or a part, month or day of one."""
    year, rest = text[:4], text[4:].removeprefix("-").upper()
    if not (text.isascii() and len(year) == 4 and year.isdigit() and year >= "1000"):
        return None
    if text == year:
        return Selector(year, SelectorKind.YEAR, f"{year}-01-01", f"{year}-12-31")
    if rest in _PARTS:
        first, last = (f"{year}-{month}" for month in _PARTS[rest])
        return Selector(f"{year}-{rest}", SelectorKind.PART, f"{first}-01", month_end(last))
    month = text[:7]
    if text[4] != "-" or month[5:] not in _DAYS:
        return None
    end = month_end(month)
    if text == month:
        return Selector(month, SelectorKind.MONTH, f"{month}-01", end)
    is_day = len(text) == len(end) and text[7] == "-" and text[8:].isdigit() and "00" < text[8:] <= end[8:]
    return Selector(text, SelectorKind.DAY, text, text) if is_day else None


def document_named(text: str, documents: Iterable[str]) -> str:
    """The id of the document that ``text`` names in full or by an unambiguous beginning, or UsageError."""
    named = _documents_named(text, documents)
    if len(named) == 1:
        return named[0]
    if named:
        shown = ", ".join(named[:3]) + (", …" if len(named) > 3 else "")
        raise UsageError(f"'{text}' begins the names of {len(named)} documents ({shown}): write more of it")
    raise UsageError(f"no document {text!r}; `miit docs` lists them")


def _documents_named(text: str, documents: Iterable[str]) -> list[str]:
    """All documents that ``text`` could mean: one if it is the whole name of one."""
    if not text:
        return []
    begun = sorted(name for name in documents if name.startswith(text))
    return [text] if text in begun else begun


def known_period(text: str, option: str) -> Selector:
    """The period that an option needs, checked."""
    selector = parse_period(text.strip())
    if selector is None:
        raise UsageError(f"{option} needs a period, not '{text}': write {FORMS}")
    return selector


def day(text: str, option: str = "--as-of") -> str:
    """A calendar day that an option needs, checked."""
    selector = _point(text.strip())
    if selector is None or selector.kind is not SelectorKind.DAY:
        raise UsageError(f"{option} needs a day such as 2023-03-01, not '{text}'")
    return selector.end
