"""The reasons that the words around a number give for its being no indicator."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.items import COMMA, GAP, NUMBER, OPEN, Item
from miit_cli.reading.outcomes import Reason
from miit_cli.reading.spans import (
    BARE,
    COUNT,
    COUNTS,
    CURRENCY,
    MONEY,
    PERCENT,
    PHYSICAL,
    POINTS,
    TIMES,
    YEARS,
    YUAN,
    Quantity,
)

if TYPE_CHECKING:
    from miit_cli.reading.context import Context, Site

# What a country makes is told in these, and then in millions.
_BULK = frozenset(
    ["吨", "千瓦时", "度", "公里", "千瓦", "立方米", "标准箱", "桶",
     "tons", "tonnes", "kwh", "kilowatt-hours", "kilometers",
     "kilometres", "cubic meters", "barrels", "kilowatts", "teu", "gwh"]
)  # fmt: skip
_MUCH = 10**6
_OPENING = 5  # items of a sentence
_WITH_YEAR = re.compile(r"\d|year", re.IGNORECASE)


def refusal(context: Context, site: Site) -> Reason | None:
    """The first reason that holds, None when a number may be an indicator's."""
    for reason, cue, holds in _RULES:
        if (not cue or context.says(cue)) and holds(context, site):
            return reason
    return None


# --- of a number alone ---


def is_bulk(quantity: Quantity) -> bool:
    """An amount of steel, power or road that a country makes, as against the size of an object."""
    return quantity.classifier in _BULK and quantity.value is not None and quantity.value >= _MUCH


def is_tally(quantity: Quantity) -> bool:
    """A small exact count: eight measures, 12 firms."""
    return (
        quantity.unit in COUNTS
        and quantity.value is not None
        and quantity.value < 100
        and quantity.bound == "exact"
    )


# --- of its surroundings ---


def _same_amount(context: Context, site: Site) -> bool:
    """1.2 trillion yuan (180 billion dollars)."""
    previous = context.previous
    return (
        site.segment.opened == OPEN and site.unit in MONEY and previous is not None and previous.unit in MONEY
    )


def _in_words(context: Context, site: Site) -> bool:
    """A small number in words, 六部门: it counts who acts, not what is measured."""
    quantity = site.quantities[0]
    counts = site.counts or site.unit not in (PERCENT, POINTS, TIMES, YEARS, PHYSICAL, *MONEY)
    if not counts or quantity.bound != "exact" or quantity.value is None or quantity.value > 20:
        return False
    return not any(c.isdigit() and c.isascii() for c in context.excerpt(site.first, site.first))


def _threshold(context: Context, site: Site) -> bool:
    if site.unit not in (*MONEY, *COUNTS):
        return False
    if site.counts and context.has("yearly", site.segment.first, site.first):
        return False  # "with annual output of 773,000 units"
    numbers = [i for i in range(site.segment.first, site.first) if context.items[i].kind == NUMBER]
    return context.has("threshold", numbers[-1] if numbers else site.segment.first, site.first)


def _currency(context: Context, site: Site) -> bool:
    return site.unit == CURRENCY


def _average(context: Context, site: Site) -> bool:
    return context.averaging


def _people(context: Context, site: Site) -> bool:
    near = max(site.floor, site.first - 3)
    return context.has("population", near, site.first) or context.has(
        "population", site.end, min(site.end + 1, site.ceiling)
    )


def _pace(context: Context, site: Site) -> bool:
    before = context.items[site.floor : site.first]
    if any("per-user" in atoms for item in before for atoms in item.word.atoms):
        return False  # "each user consumed 13 GB a month"
    reach = 12 if site.counts and context.english else 3
    return context.has("pace", site.floor, site.first) or context.has(
        "pace", site.end, min(site.end + reach, site.ceiling)
    )


def _points(context: Context, site: Site) -> bool:
    """Points that are no change of a share."""
    if site.unit != POINTS or not (
        context.has("base", site.floor, site.first) or context.has("contribution", site.floor, site.first)
    ):
        return False
    compared = any(
        i.time is not None and i.time.role == "base" for i in context.items[site.floor : site.first]
    )
    return not compared or context.has("faster", site.floor, site.first)


def _base(context: Context, site: Site) -> bool:
    """from 4.1 million: unless the number has a period of its own."""
    if not context.has("base_number", max(site.floor, site.first - 2), site.first):
        return False
    around = context.items[max(site.segment.first, site.first - 3) : min(site.segment.last, site.end + 3)]
    return not any(i.time is not None and i.time.role in ("period", "now", "point") for i in around)


def _touched(context: Context, site: Site) -> bool:
    opening = context.items[: min(site.first, _OPENING)] if context.english else ()
    batch = any(item.word.text == "batch" for item in opening)  # "In the first batch, 1,000 were supported"
    return site.counts and (batch or context.has("subset", site.segment.first, site.first))


def _gap_before(context: Context, site: Site) -> bool:
    return site.unit in (COUNT, BARE, YUAN) and context.has(
        "gap", max(site.floor, site.first - 1), site.first
    )


def _month_on_month(context: Context, site: Site) -> bool:
    if site.unit != PERCENT:
        return False
    if not context.english:
        return context.has("month_on_month", site.floor, site.first)
    return context.has("month_on_month", site.end, site.end + 2) or _than_month(context, site)


def _than_month(context: Context, site: Site) -> bool:
    """ "5.6 percent more than in May", "compared with July, 7.2 percent up": with no year it is this one."""
    around = [*context.items[site.segment.first : site.first], *context.items[site.end : site.end + 4]]
    if site.segment.first and context.items[site.segment.first - 1].kind == COMMA:
        around = [*context.items[max(0, site.segment.first - 3) : site.segment.first - 1], *around]
    return any(_is_month_alone(context, item) for item in around)


def _is_month_alone(context: Context, item: Item) -> bool:
    time = item.time
    if time is None or time.role != "base" or time.grain != "month":
        return False
    return not _WITH_YEAR.search(context.text, item.start, item.end)


def _difference_after(context: Context, site: Site) -> bool:
    if site.unit not in (COUNT, BARE, YUAN):
        return False
    behind = context.items[site.end : site.end + 2]
    if [item.word.text for item in behind[:1]] == ["over the"]:  # "460,000 over the end of last year"
        return any(item.time is not None and item.time.role == "base" for item in behind[1:])
    return context.has("after_difference", site.end, min(site.end + 1, site.ceiling))


def _part(context: Context, site: Site) -> bool:
    """ "…, of whom 300 were rebuked": a verb where the noun should be, and nothing that the lexicon knows."""
    after = context.items[site.end : site.ceiling]
    return (
        context.english
        and site.counts
        and bool(after)
        and after[0].cue("stop")
        and any(item.kind == GAP for item in after)
        and not any(item.word.atoms for item in after)
        and not any(item.names for item in context.items[site.floor : site.first])
    )


def _contribution(context: Context, site: Site) -> bool:
    if site.unit not in (PERCENT, POINTS) or not context.has("contribution", site.floor, site.first):
        return False
    before = context.items[site.floor : site.first]
    return not any("growth-contribution" in atoms for item in before for atoms in item.word.atoms)


class _Rule(NamedTuple):
    """A reason, the kind of word without which it is none ("" where it needs no word), and the test."""

    reason: Reason
    cue: str
    holds: Callable[[Context, Site], bool]


# In this order: the first that holds is the one that the audit tells.
_RULES = (
    _Rule(Reason.SAME_AMOUNT, "", _same_amount),
    _Rule(Reason.TALLY, "", _in_words),
    _Rule(Reason.THRESHOLD, "threshold", _threshold),
    _Rule(Reason.CURRENCY, "", _currency),
    _Rule(Reason.AVERAGE, "", _average),
    _Rule(Reason.PEOPLE, "population", _people),
    _Rule(Reason.PACE, "pace", _pace),
    _Rule(Reason.POINTS, "", _points),
    _Rule(Reason.BASE, "base_number", _base),
    _Rule(Reason.TOUCHED, "subset", _touched),
    _Rule(Reason.DIFFERENCE, "gap", _gap_before),
    _Rule(Reason.MONTH_ON_MONTH, "", _month_on_month),
    _Rule(Reason.DIFFERENCE, "", _difference_after),
    _Rule(Reason.PART, "stop", _part),
    _Rule(Reason.CONTRIBUTION, "contribution", _contribution),
)
