"""What stands beside a number and tells its bound: over, nearly, about; and the units as they are written."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from miit_cli.reading.lexicon import load_data

_LEAD = 32  # characters before a number in which its hedge stands
# "over" and "up to" are no hedges behind these: "turned over 5 billion yuan", "added up to 3 million".
_BEHIND = "".join(
    rf"(?<!{word} )" for word in ("turned", "handed", "took", "taken", "adds", "add", "added", "adding")
)
_EN_EDGE = rf"(?<![a-z])(?:(?!(?:over|up\sto)(?![a-z]))|{_BEHIND})"


class Hedge(NamedTuple):
    """The bound of a number, and where it begins and ends with its hedges."""

    bound: str
    left: int
    right: int


class _Hedges(NamedTuple):
    before: re.Pattern[str]  # anchored at its end
    after: re.Pattern[str]
    bounds_before: dict[str, str]
    bounds_after: dict[str, str]


def alternation(words: list[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word.lower()) for word in sorted(set(words), key=lambda w: (-len(w), w)))


@cache
def units(language: str) -> dict[str, tuple[str, int]]:
    """A unit as written to the unit and the factor that it stands for."""
    table: dict[str, tuple[str, int]] = {}
    for unit, spellings in load_data(f"{language}/units.toml")["units"].items():
        name, _, factor = unit.partition("*")
        table.update(dict.fromkeys((spelling.lower() for spelling in spellings), (name, int(factor or 1))))
    return table


def hedged(language: str, folded: str, start: int, end: int) -> Hedge:
    """The bound of the number at ``folded[start:end]``, and where its hedges begin and end."""
    hedges = _hedges(language)
    lead = folded[max(0, start - _LEAD) : start]
    before, after = hedges.before.search(lead), hedges.after.match(folded, end)
    bound = hedges.bounds_before[before["hedge"]] if before else "exact"
    if after and bound == "exact":
        bound = hedges.bounds_after[after["hedge"]]
    left = start - len(lead) + before.start() if before else start
    return Hedge(bound, left, after.end() if after else end)


@cache
def _hedges(language: str) -> _Hedges:
    data: dict[str, Any] = load_data(f"{language}/hedges.toml")
    before, after = _bounds(data["before"]), _bounds(data["after"])
    joint = alternation(data.get("joint", {}).get("words", []))
    joined = rf"(?:\s?(?:{joint}))*" if joint else ""
    edge = _EN_EDGE if language == "en" else ""
    return _Hedges(
        re.compile(rf"{edge}(?P<hedge>{alternation(list(before))}){joined}\s?\Z"),
        re.compile(
            rf"\s?(?:{alternation(data['between']['words'])})?\s?(?P<hedge>{alternation(list(after))})"
        ),
        before,
        after,
    )


def _bounds(words: dict[str, list[str]]) -> dict[str, str]:
    return {word.lower(): bound for bound, hedges in words.items() for word in hedges}
