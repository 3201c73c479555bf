"""Which observations a selector takes, and which one of them is meant where one is wanted.

The order of preference, wherever several records could stand for one period:

1. what has happened or is expected, before what was only aimed at;
2. the period that was asked for itself, then the latest inside it, then the longest
   that ends there;
3. an actual figure before an expected one;
4. where documents agree: the exact figure before the hedged, the finer before the
   rounder, the later publication before the earlier. Where they disagree: the later
   publication, and the disagreement is handed on.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from miit_cli.bounds import APPROX, EXACT, UPPER, Hedged, dispute, fineness
from miit_cli.errors import NothingToShow
from miit_cli.periods import Selector, SelectorKind, label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from decimal import Decimal

    from miit_cli.types import Observation

T = TypeVar("T")
K = TypeVar("K")
_NAMED = 6  # periods that are named where there is no record for the one asked for
ACTUAL, EXPECTED, TARGET = "actual", "expected", "target"


class Settled(NamedTuple):
    """The observation that speaks for one period, and the two that disagree about it, if any.

    ``notes`` are what is to be said about the choice, where one observation was asked for.
    """

    observation: Observation
    disputed: tuple[Observation, ...] = ()
    notes: tuple[str, ...] = ()


def hedged(observation: Observation) -> Hedged:
    """The number of an observation, with its bound."""
    return Hedged(observation.value, observation.bound)


def period(observation: Observation) -> str:
    """The short label of an observation's period."""
    return label(observation.start, observation.end)


def reported(observation: Observation) -> str:
    """A figure and its source, as notes say it: ``more than 70000 (2023-03-01-press-conference)``."""
    return f"{hedged(observation)} ({observation.document})"


def disagreement(found: Settled) -> str:
    """Which two reports disagree about the period of an observation, as notes say it."""
    name = f"{found.observation.indicator} {period(found.observation)}"
    return f"{name}: reports disagree: {' or '.join(map(reported, found.disputed))}"


# --- what a selector takes -----------------------------------------------------------------------


def takes(selector: Selector) -> Callable[[Observation], bool]:
    """The test whether a selector takes an observation (see CLI.md, Periods)."""
    start, end = selector.start, selector.end
    if selector.kind is SelectorKind.DOCUMENT:
        return lambda observation: observation.document == selector.text
    if selector.kind is SelectorKind.YEAR:
        return lambda observation: start <= observation.end <= end
    return lambda observation: observation.end == end and observation.start in (None, "", start)


def select(selector: Selector, observations: Sequence[Observation]) -> list[Observation]:
    """The observations that a selector takes, in the order in which they come.

    A day on which nothing stands, and which begins the name of one document, means that document.
    """
    taken = list(filter(takes(selector), observations))
    if taken or not selector.document:
        return taken
    return [observation for observation in observations if observation.document == selector.document]


def without_targets(observations: Sequence[Observation]) -> list[Observation]:
    """What has happened or is expected; the targets only where there is nothing else."""
    return [found for found in observations if found.status != TARGET] or list(observations)


def standing(selector: Selector, observations: Sequence[Observation]) -> list[Observation]:
    """What counts of what a selector takes: of a document what it says has happened, where there is any."""
    candidates = without_targets(observations)
    stands = selector.kind is not SelectorKind.DOCUMENT and any(map(takes(selector), observations))
    if stands or not selector.may_be_document:
        return candidates
    return [found for found in candidates if found.status == ACTUAL] or candidates


# --- which one is meant --------------------------------------------------------------------------


def pick(selector: Selector, observations: Sequence[Observation]) -> Settled:
    """The one observation of a single indicator that ``selector`` means.

    Raises NothingToShow when it takes none.
    """
    taken = select(selector, observations)
    if not taken:
        raise nothing_for(selector, observations)
    candidates = standing(selector, taken)
    found = settle(foremost(selector, candidates))
    choice = _note_on_choice(selector, found.observation, candidates)
    counted = {each.status for each in candidates}
    left = {each.status: each for each in taken if each.status not in counted}
    left_out = [
        f"{name} is left out: {hedged(left[status])} for {period(left[status])} (--status {status} takes it)"
        for status, name in ((EXPECTED, "an expected figure"), (TARGET, "a target"))
        if status in left
    ]
    return found._replace(notes=tuple(filter(None, (choice, *left_out))))


def foremost(selector: Selector, candidates: Sequence[Observation]) -> list[Observation]:
    """Those of the period that comes first: the selector itself, then the latest, then the longest."""
    itself = [found for found in candidates if period(found) == selector.text]
    inside = [found for found in candidates if not found.start or found.start >= selector.start]
    return latest(itself or inside or candidates)


def latest(candidates: Sequence[Observation]) -> list[Observation]:
    """Those of the period that ends last, of several the longest."""
    end = max(found.end for found in candidates)
    last = [found for found in candidates if found.end == end]
    start = min(found.start or "~" for found in last)  # "~" sorts after every day
    return [found for found in last if (found.start or "~") == start]


def settle(observations: Sequence[Observation]) -> Settled:
    """The observation that speaks for one indicator in one period."""
    if len(observations) == 1:
        return Settled(observations[0])
    by_status = grouped(observations, lambda found: found.status)
    standing = by_status.get(ACTUAL) or by_status.get(EXPECTED) or list(observations)
    claims = {hedged(found): found for found in sorted(standing, key=publication, reverse=True)}
    clash = dispute(list(claims))
    if clash is None:
        return Settled(max(standing, key=_informative if len(claims) > 1 else publication))
    sources = list(claims.values())
    sides = sorted((sources[place] for place in clash), key=publication)
    return Settled(max(standing, key=publication), tuple(sides))


def _informative(observation: Observation) -> tuple[int, Decimal | int, tuple[str, str, int]]:
    value, bound = observation.value, observation.bound
    if bound in (EXACT, APPROX):
        return (2 if bound == EXACT else 1), fineness(value), publication(observation)
    return 0, (-value if bound == UPPER else value), publication(observation)


def publication(observation: Observation) -> tuple[str, str, int]:
    """The order in which figures were published."""
    return observation.published, observation.document, observation.span_start


# --- what is to be said --------------------------------------------------------------------------


def _note_on_choice(selector: Selector, chosen: Observation, among: Sequence[Observation]) -> str:
    name, kind = period(chosen), selector.kind
    if name == selector.text:
        return ""
    if selector.document and chosen.document == selector.document and chosen.end != selector.end:
        return f"nothing stands on {selector.text}: {name} is taken from {selector.document}"
    if kind is SelectorKind.YEAR:
        return f"{name} is taken, the latest inside {selector.text}"
    if kind in (SelectorKind.PART, SelectorKind.RANGE) and not chosen.start:
        return f"{name} is taken, which stands on the last day of {selector.text}"
    if kind is SelectorKind.DOCUMENT and len({(found.start, found.end) for found in among}) > 1:
        return f"{name} is taken, the latest period in {selector.text}"
    return ""


def nothing_for(selector: Selector, observations: Sequence[Observation]) -> NothingToShow:
    """The error that says what there is instead."""
    known = {period(found): found.end for found in observations}
    if not known:
        return NothingToShow(f"there is no record for {selector.text}; `miit list` shows what there is")
    which = {found.indicator for found in observations}
    subject = f"{which.pop()} has" if len(which) == 1 else "there is"
    begun = sorted({found.document for found in observations if found.document.startswith(selector.text)})
    document = f"; of {begun[0]} there is, write more of its id" if begun else ""
    there = nearest(known, selector.end or max(known.values()), _NAMED)
    return NothingToShow(f"{subject} no record for {selector.text}; there is {there}{document}")


def nearest(ends: Mapping[str, str], day: str, most: int) -> str:
    """The periods, with their last days, that end nearest to a day, in order of time; … for the others."""
    days = {name: date.fromisoformat(end).toordinal() for name, end in ends.items()}
    asked = date.fromisoformat(day).toordinal()
    near = sorted(days, key=lambda name: (abs(days[name] - asked), name))[:most]
    names = sorted(near, key=lambda name: (days[name], name))
    return ", ".join([*names, *["…"] * (len(ends) > most)])


# --- groups --------------------------------------------------------------------------------------


def grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """The items of each key, keys and items in the order in which they come."""
    groups: dict[K, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def by_indicator(
    observations: Iterable[Observation], indicators: Sequence[str] = ()
) -> dict[str, list[Observation]]:
    """The observations of each indicator: in the order of ``indicators``, else by slug."""
    groups = grouped(observations, lambda found: found.indicator)
    order = [slug for slug in dict.fromkeys(indicators) if slug in groups] if indicators else sorted(groups)
    return {slug: groups[slug] for slug in order}


def by_period(observations: Iterable[Observation]) -> dict[tuple[str | None, str], list[Observation]]:
    """The observations of each period, in the order in which the periods come."""
    return grouped(observations, lambda found: (found.start or None, found.end))


def in_time(found: Observation) -> tuple[str, str, str, str, int, int]:
    """The order of time, stable to the last record."""
    return found.end, found.start or "", found.published, found.document, found.sentence, found.span_start
