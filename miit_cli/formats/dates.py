"""The day on which a report was published, as it is written in a field, a line or a file name."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from itertools import chain

from miit_cli.types import MONTHS

_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})"
_FORMS = (
    # 2023-07-25, 2023/7/25, 2023.07.25, 2023-07-25T16:05
    r"(?<!\d)(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",
    # 2023年7月25日
    r"(?<!\d)(?P<year>\d{4})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[日号]",
    # 二〇二三年七月二十五日
    r"(?P<year>[一二][〇○零一二三四五六七八九]{3})年(?P<month>[一二三四五六七八九十]{1,2})月"
    r"(?P<day>[一二三四五六七八九十]{1,3})日",
    # July 25, 2023; Jul 25,2023; Jul. 25th 2023
    r"(?<![a-z])"
    + _MONTH
    + r"\.?\s{0,3}(?P<day>\d{1,2})(?:st|nd|rd|th)?\s{0,2},?\s{0,3}(?P<year>\d{4})(?!\d)",
    # 25 July 2023; 25th of July, 2023
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?\s{1,3}(?:of\s)?"
    + _MONTH
    + r"\.?,?\s{1,3}(?P<year>\d{4})(?!\d)",
)
_DATES = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[_-]?)(?P<month>\d\d)(?P=sep)(?P<day>\d\d)(?!\d)"
)
_TIME = re.compile(r"[T\s,]{0,3}\d{1,2}:\d\d[\d:.,+\-\sA-Z]{0,24}$|\s{0,3}$", re.IGNORECASE)
_DIGITS = {char: digit for digit, char in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}
_MONTHS = {name.lower(): number for number, month in enumerate(MONTHS, 1) for name in (month, month[:3])} | {
    "sept": 9
}

_LABEL = re.compile(
    r"(?:(?P<start>^)|(?<![a-z]))"
    r"(?:(?:last\s)?updated?|published|publication\sdate|posted|released?(?:\sdate)?|pub\s?date|date|time"
    r"|(?:发布|更新|发表|发稿|印发|成文|发文|公布|来稿|刊发)?(?:时间|日期)|发布于|发表于|更新于)"
    r"(?:\s(?:on|at))?(?P<colon>[\s*_]{0,4}[:：])?[\s*_]{0,6}$",
    re.IGNORECASE,
)
# "On", a place, an agency: what stands before the date that opens a report
_PLACE = re.compile(r"^(?:on\s|[^\d。.!?！？；;]{0,40}[,，、\s])?$|^[一-鿿/ ]{2,20}$", re.IGNORECASE)
_AFTER_PLACE = re.compile(r"\s{0,3}(?:电|讯|[(（—–:：/.]|--|-\s)")
# a day that the text speaks of, not the one it appeared on
_SPOKEN_OF = re.compile(
    r"(?:截至|截止|截止到|自|从|到|至|于|by|as of|since|until|till|from|to|before|after|end of)\s*$", re.I
)
_SPOKEN_OF_AFTER = re.compile(r"\s?(?:起|前|后|以前|以后|之前|之后|以来|至|到|止|期间|[—–~～-]\s?\d)")
_BANNER = re.compile(
    r"(?:星期|礼拜|周)[一二三四五六日天]|今天是|农历|\btoday is\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
_APART = re.compile(r"\s|[^\w\s《“\"]|$")
_MARKUP = " \t\r*_>#•·-—|[]()（）【】"
_LINES = 25
_SHORT = 80
_LABEL_WIDTH = 40
_YEARS = range(1900, 2101)


class NoSuchDay(ValueError):
    """A date that is written as one and is none: 2023-02-30."""


def day(value: str) -> str:
    """The ISO day that a whole value names, its time of day aside.

    >>> day("Jul 25,2023 4:05 PM")
    '2023-07-25'

    Raises NoSuchDay for 2023-02-30, plain ValueError for what is no date.
    """
    value = value.strip()[:100]
    for form in (*_DATES, _COMPACT):
        found = form.match(value)
        if found and _TIME.match(value, found.end()):
            return _iso(found)
    raise ValueError(value)


def of_name(stem: str) -> str | None:
    """The day in a file name: 2023-07-25-symposium, 20230725, report_2023_07_25 …

    Raises NoSuchDay where the name begins with a day that does not exist.
    """
    stem = stem[:200]
    forms = (*_DATES, _COMPACT)
    if first := next(filter(None, (form.match(stem) for form in forms)), None):
        return _iso(first)
    for found in chain.from_iterable(form.finditer(stem) for form in forms):
        with suppress(NoSuchDay):  # digits that are something else
            return _iso(found)
    return None


def of_opening(text: str) -> str | None:
    """The day in the dateline of a report: a labelled one, else one that opens a line or
    stands in a short one, near the beginning. A date inside a sentence is none, nor is the
    banner of a page that tells today's weekday, where another date stands there."""
    lines = [line for line in (line.strip(_MARKUP) for line in text[:8000].splitlines()) if line][:_LINES]
    for line in lines:
        for found in _dates(line):
            label = _LABEL.search(line[: found.start()][-_LABEL_WIDTH:])
            opens = label and label["start"] is not None and found.start() < _LABEL_WIDTH
            if label and (label["colon"] or opens):
                return _iso(found)
    banner = None
    for line in lines[:8]:
        bare = _bare(line)
        if bare and not _BANNER.search(line):
            return bare
        banner = banner or bare
    return banner


def _dates(line: str) -> list[re.Match[str]]:
    found = (each for form in _DATES for each in form.finditer(line[:300]))
    return sorted(found, key=lambda each: each.start())


def _bare(line: str) -> str | None:
    """The day of a line that is not much more than that."""
    dates = _dates(line)
    if not dates:
        return None
    first = dates[0]
    before = line[: first.start()]
    if _SPOKEN_OF.search(before[-12:]) or _SPOKEN_OF_AFTER.match(line, first.end()):
        return None
    opens = before.lower() in ("", "on ")
    dateline = _PLACE.search(before) and _AFTER_PLACE.match(line, first.end())
    apart = not before[-1:].isalnum() and _APART.match(line, first.end())
    if opens or dateline or (apart and len(line) <= _SHORT and len(dates) == 1):
        with suppress(NoSuchDay):
            return _iso(first)
    return None


def _iso(found: re.Match[str]) -> str:
    try:
        year, month, day = (_number(found[part]) for part in ("year", "month", "day"))
        if year not in _YEARS:
            raise NoSuchDay(found[0])
        return date(year, month, day).isoformat()
    except (ValueError, KeyError) as error:
        raise NoSuchDay(found[0]) from error


def _number(word: str) -> int:
    """7, ７, July, Jul, 七, 二十五, 二〇二三."""
    if word.isdecimal():
        return int(word)
    if word.isascii():
        return _MONTHS[word.lower()]
    if "十" in word:
        tens, _, ones = word.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[char]) for char in word))
