"""The period of a figure: times in sight, what the discourse carries, and what the document's day implies."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading import features as named
from miit_cli.reading.candidates import bucket
from miit_cli.reading.items import NUMBER
from miit_cli.reading.ranking import Candidate
from miit_cli.reading.times.clock import month_end, month_start
from miit_cli.types import BASES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miit_cli.reading.discourse import Discourse
    from miit_cli.reading.features import Block
    from miit_cli.reading.parsing import Parsed, Place
    from miit_cli.reading.spans import Time
    from miit_cli.reading.times.clock import Clock

STATED, CONTEXT, DOCUMENT = "stated", "context", "document"
Period = tuple[str | None, str]
_NONE = frozenset(["base", "event"])
_UNREAD = "unknown"


class Source(NamedTuple):
    """Where a period may come from."""

    basis: str
    time: Time | None
    begin: str | None
    finish: str
    name: str  # of the kind of source
    features: tuple[str, ...]


def period_candidates(
    parsed: Parsed, number: int, discourse: Discourse, clock: Clock, nature: str, relation: str
) -> tuple[list[Candidate], list[Source]]:
    """The periods that a number may have, each with its source; the same period may come from several.

    Args:
        parsed: the sentence.
        number: which of its numbers.
        discourse: what was said before.
        clock: the document's day.
        nature: flow or stock.
        relation: how what the number is of relates to what the number before was.
    """
    place = parsed.places[number]
    said = _said(parsed, place, discourse)
    last = discourse.decided[-1] if discourse.decided else None
    near = "none" if last is None else "S" if last.sentence == parsed.sentence.number else "P"
    found: list[Candidate] = []
    sources: list[Source] = []
    against: dict[
        Period, tuple[Block, str]
    ] = {}  # how each period lies to that of the number before, and to today
    for source in _sources(parsed, place, discourse, clock):
        for variant, period in _periods(source, nature, discourse, clock):
            lies = against.get(period)
            if lies is None:
                how = _compare(period, (last.begin, last.finish)) if last is not None and last.finish else ""
                compared: Block = (named.compared_features, how, near, relation, said)
                lies = against[period] = compared, _shape(period, clock)
            features: list[Block] = [
                (named.period_features, nature, source.name, variant, lies[1], said),
                (named.source_features, variant, source.features),
                lies[0],
            ]
            found.append(Candidate(period, nature, features))
            sources.append(source)
    return found, sources


def basis_of(sources: Sequence[Source]) -> str:
    """Where a period comes from that several sources tell: its sentence, else its passage, else the document.

    A sentence that says "at present" means the document's day.
    """
    present = [each.time is not None and each.time.role == "now" for each in sources]
    told = {each.basis for each, now in zip(sources, present, strict=True) if not now}
    return DOCUMENT if any(present) and STATED not in told else min(told, key=BASES.index)


def compared(parsed: Parsed, number: int) -> Time | None:
    """The time right behind a compared number: "versus 3.4 percent *a year earlier*"."""
    at, items = parsed.places[number].item, parsed.items
    time = items[at + 1].time if at + 1 < len(items) else None
    if time is None or time.role != "base" or time.begin is None:
        return None
    against = any(item.cue("base_number") or item.cue("base") for item in items[max(0, at - 2) : at])
    return time if against else None


def unread(parsed: Parsed, number: int) -> str:
    """The words of a period that is written beside a number and not understood; "" where there are none."""
    at, items = parsed.places[number].item, parsed.items
    for places in (range(at - 1, -1, -1), range(at + 1, len(items))):
        for i in places:
            time = items[i].time
            if items[i].kind == NUMBER:
                break
            if time is not None and time.role not in _NONE:
                if time.role == _UNREAD:
                    return parsed.text[time.start : time.end]
                break
    return ""


def _said(parsed: Parsed, place: Place, discourse: Discourse) -> str:
    """Whether the words right before a number make it the lower or the upper end of a change."""
    for i in range(place.item - 1, max(place.left, place.item - 3) - 1, -1):
        cues = parsed.items[i].word.cues
        if "base_number" in cues or "base" in cues:
            return "from"
        if "to" in cues:
            return "to"
    return "plain"


def _compare(period: Period, other: Period) -> str:
    """How a period lies to another one: same, end (only its last day), inside, around, or another."""
    (begin, finish), (first, last) = period, other
    if finish == last:
        return "same" if begin == first or begin is None or first is None else "end"
    begin, first = begin or finish, first or last
    if first <= begin and finish <= last:
        return "inside"
    return "around" if begin <= first and last <= finish else "other"


def _shape(period: Period, clock: Clock) -> str:
    """How a period lies to the document's day."""
    begin, finish = period
    when = (
        "after"
        if finish > clock.date
        else "year"
        if finish[:4] == clock.date[:4]
        else ("last" if int(finish[:4]) == clock.year - 1 else "old")
    )
    return f"{when}/{'point' if begin is None else 'span'}"


def _periods(source: Source, nature: str, discourse: Discourse, clock: Clock) -> Iterator[tuple[str, Period]]:
    begin, finish = source.begin, source.finish
    if begin is not None and begin[:4] < finish[:4]:
        flow = nature != "stock"
        first, last = begin[:4], finish[:4]
        yield "~first", (f"{first}-01-01" if flow else None, f"{first}-12-31")
        yield "~last", (f"{last}-01-01" if flow else None, finish)
    if nature == "stock":
        yield "", (None, finish)
        if finish > clock.date:
            yield "~today", (None, clock.date)
        return
    yield "", (begin, finish)
    if begin is None and source.basis != DOCUMENT:
        yield "+year", (f"{finish[:4]}-01-01", finish)
    if begin is not None and finish > clock.date:
        yield "~today", (begin, clock.date)
        told = discourse.last_end
        if told is not None and told[:4] == finish[:4] and begin <= told < finish:
            yield "~so far", (begin, told)


def _sources(parsed: Parsed, place: Place, discourse: Discourse, clock: Clock) -> Iterator[Source]:
    yield from _stated(parsed, place, discourse)
    for name, carried in discourse.carried():
        begin, finish = carried
        yield Source(CONTEXT, None, begin, finish, name, (f"c={name}",))
    year, month = clock.year, clock.month
    yield Source(DOCUMENT, None, None, clock.date, "today", ("d=today",))
    for offset in (-1, 0, 1):
        whole = f"{year + offset:04d}"
        yield Source(
            DOCUMENT,
            None,
            f"{whole}-01-01",
            f"{whole}-12-31",
            f"year{offset:+d}",
            (f"d=year{offset:+d}/{month}",),
        )
    before, last = (year, month - 1) if month > 1 else (year - 1, 12)
    end = month_end(before, last)
    yield Source(DOCUMENT, None, month_start(before, last), end, "month-1", ("d=month",))
    if last > 1:
        yield Source(DOCUMENT, None, f"{before}-01-01", end, "ytd", (f"d=ytd/{last}",))


def _stated(parsed: Parsed, place: Place, discourse: Discourse) -> Iterator[Source]:
    at, items = place.item, parsed.items
    times = [(i, item.time) for i, item in enumerate(items) if item.time is not None]
    before = [i for i, t in times if i < at and t.role not in _NONE]
    after = [i for i, t in times if i > at and t.role not in _NONE]
    for i, time in times:
        if time.role == _UNREAD:
            continue
        side = "B" if i < at else "A"
        lo, hi = (i + 1, at) if i < at else (at + 1, i)
        numbers = parsed.numbers_until[hi] - parsed.numbers_until[lo]
        if place.size > 1:
            numbers = max(0, numbers - (place.index if i < at else place.size - 1 - place.index))
        stops = parsed.stops_until[hi] - parsed.stops_until[lo]
        semis = parsed.semis_until[hi] - parsed.semis_until[lo]
        near = (before and i == before[-1]) or (after and i == after[0])
        name = f"{side}/{time.role}"
        where = f"{side}{min(numbers, 2)}.{min(stops, 2)}{';' if semis else ''}"
        cues = {cue for item in items[max(0, i - 2) : i] for cue in item.word.cues}
        features = [
            f"{name}/{where}", f"{where}/{near}", f"{name}/{time.grain}", f"{side}/{bucket(hi - lo)}",
            f"near={near}/{side}/{bool(before)}{bool(after)}", f"{name}/{min(numbers, 2)}",
            f"last={_is_last_used(discourse, parsed, time)}/{side}",
        ]  # fmt: skip
        features += [
            f"tc={cue}/{side}" for cue in ("base", "base_number", "expected", "threshold") if cue in cues
        ]
        if place.size > 1 and len(times) == place.size:
            features.append(f"row={times.index((i, time)) == place.index}")
        between = {cue for item in items[lo:hi] for cue in item.word.cues}
        features += [f"tb={cue}/{side}" for cue in ("base", "base_number", "of_which") if cue in between]
        if i == 0 or (i == 1 and items[0].word.text):
            features.append("opens")
        yield Source(STATED, time, time.begin, time.finish, name, tuple(features))


def _is_last_used(discourse: Discourse, parsed: Parsed, time: Time) -> str:
    """Whether the number before took this time."""
    if not discourse.decided or discourse.decided[-1].sentence != parsed.sentence.number:
        return "new"
    return "yes" if discourse.decided[-1].time == time.start else "no"
