"""What stands beside a number and tells its bound: over, nearly, about; and the units as they are written."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from miit_cli.reading.lexicon import load_data

_LEAD = 32  # characters before a number in which its hedge stands
# Not 最近5年, 通过3项, 节约5%, 平台上百家企业.
_ZH_EDGE = (
    r"(?:(?<![最附邻临就])(?=近)|(?<![通经超不太错])(?=过)|(?<![节签条履预合违制公大])(?=约)"
    r"|(?<=[达已有近])(?=上[百千万亿])|(?<![爆])(?=破)|(?![近过约破上]))"
)


# "higher than the 43.8 percent in July": the number is that of July; "past the 3 million mark" is a hedge.
_DEFINITE = re.compile(r"(?P<than>\bthan\s)?\bthe\s\Z")
_MARK = re.compile(r"\S*(?:\s\w+){0,2}[\s-](?:marks?|thresholds?|milestone|levels?|barrier|line)\b")
_OF_ANOTHER = re.compile(
    r"\S*(?:\s\w+){0,3}\s(?:in|at|for|from|a\syear|targeted|planned|set|seen|sought|recorded|registered|posted"
    r"|reported)\s"
    r"|\S*\sof\s(?=(?:the\s)?(?:first|second|third|fourth|last|previous|same|preceding|month|year|quarter)\b"
    r"|(?:19|20)\d\d\b|q[1-4]\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)"
)
# "From 24 trillion yuan up to 31" tells how far it rose.
_UP_FROM, _CHANGE = re.compile(r"\bfrom\s(?:[a-z]+\s){0,3}[$¥]?\d[^,;]{0,40}\sup\sto\s\Z"), 64


class _Hedges(NamedTuple):
    before: re.Pattern[str]  # anchored at its end
    after: re.Pattern[str]
    endings: tuple[str, ...]  # of what stands before a number with a hedge: a quick test
    bounds_before: dict[str, str]
    bounds_after: dict[str, str]


def alternation(words: list[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word.lower()) for word in sorted(set(words), key=lambda w: (-len(w), w)))


@cache
def currencies(language: str) -> dict[str, str]:
    """What stands for money before a number, and its unit."""
    written = load_data(f"{language}/numbers.toml")["currencies"]
    return {currency: unit for unit, spellings in written.items() for currency in spellings}


@cache
def units(language: str) -> dict[str, tuple[str, Decimal]]:
    """A unit as written to the unit and the factor that it stands for."""
    table: dict[str, tuple[str, Decimal]] = {}
    for unit, spellings in load_data(f"{language}/units.toml")["units"].items():
        name, _, factor = unit.partition("*")
        told = name, Decimal(factor or 1)
        table.update(dict.fromkeys((spelling.lower() for spelling in spellings), told))
    return table


def hedged(language: str, folded: str, start: int, end: int) -> tuple[str, int, int]:
    """The bound of the number at ``folded[start:end]``, and where its hedges begin and end."""
    hedges = _hedges(language)
    lead = folded[max(0, start - _LEAD) : start]
    before = hedges.before.search(lead) if lead.rstrip().endswith(hedges.endings) else None
    after = hedges.after.match(folded, end)
    if before and language == "en":
        risen = _UP_FROM.search(folded, max(0, start - _CHANGE), start)
        before = None if risen or _is_compared(lead, folded[end : end + _LEAD]) else before
    bound = hedges.bounds_before[before["hedge"]] if before else "exact"
    if after and bound == "exact":
        bound = hedges.bounds_after[after["hedge"]]
    left = start - len(lead) + before.start() if before else start
    return bound, left, after.end() if after else end


def _is_compared(lead: str, rest: str) -> bool:
    """Whether a number with an article is one that another is compared with, and no hedge's."""
    definite = _DEFINITE.search(lead)
    if definite is None or _MARK.match(rest):
        return False
    return bool(definite["than"] or _OF_ANOTHER.match(rest))


@cache
def _hedges(language: str) -> _Hedges:
    data: dict[str, Any] = load_data(f"{language}/hedges.toml")
    before, after = (
        {word.lower(): bound for bound, words in data[side].items() for word in words}
        for side in ("before", "after")
    )
    joint: list[str] = data["joint"]["words"]
    between = rf"\s?(?:{alternation(data['between']['words'])})?\s?"
    if language == "zh":
        edge, end, last = _ZH_EDGE, "", -1
    else:  # 3 percent *or more*, and not *and more* than 5
        none = {
            hedge: "".join(f"(?<!{word} )" for word in words) for hedge, words in data["none-behind"].items()
        }
        edge = rf"(?<![a-z])(?:(?!(?:over|up\sto)(?![a-z]))|(?=over){none['over']}|(?=up){none['up']})"
        far = alternation(data["far"]["words"])
        between = rf"(?:,?{between}|(?:\s(?!and\b|or\b)[\w-]+){{1,4}}\s(?=(?:{far})(?![a-z])))"
        ahead = alternation(data["none-ahead"]["words"])
        end, last = rf"(?![a-z]|\s?[+\d]|\s(?:{ahead}|(?:\w+\s)?\w+['’]s)(?![a-z]))", -3
    return _Hedges(
        re.compile(rf"{edge}(?P<hedge>{alternation([*before])})(?:\s?(?:{alternation(joint)}))*\s?\Z"),
        re.compile(rf"{between}(?P<hedge>{alternation([*after])}){end}"),
        tuple(sorted({word[last:] for word in [*before, *joint]})),
        before,
        after,
    )
