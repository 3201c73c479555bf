"""The period of a figure: times in sight, what the discourse carries, and what the document's day implies."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading import features as named
from miit_cli.reading.candidates import bucket
from miit_cli.reading.items import GAP, NUMBER, STOPS, TIME
from miit_cli.reading.mentions import NONE
from miit_cli.reading.parsing import PARTING, head_word, months_before, tail_word
from miit_cli.reading.ranking import Candidate
from miit_cli.reading.times.clock import month_end, month_start
from miit_cli.types import BASES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miit_cli.reading.discourse import Decided, Discourse
    from miit_cli.reading.features import Block
    from miit_cli.reading.parsing import Parsed, Place
    from miit_cli.reading.spans import DateRange, Time
    from miit_cli.reading.times.clock import Clock

STATED, CONTEXT, DOCUMENT = "stated", "context", "document"
_NONE = frozenset(["base", "event"])
# What is told of a year that is not over yet: so many were named this year.
_OF_YEARS = ("-new", "-reduction")
_PAIR = 2  # numbers: of two things, or the ends of a change
_LISTED = 2  # items from one time of a list to the next, at most
_LISTED_WITHIN = 10  # items behind a row of numbers in which the times of each are listed
_UNREAD = "unknown"
_WHEN = re.compile(r",\s(?:when|in\swhich)\b")
_NAMED = frozenset(["month", "alone", "quarter", "half", "year"])  # grains of times
_QUARTERS = re.compile(r"季度?|quarter|\bQ\d", re.IGNORECASE)
_OWN_YEAR, _ANY_YEAR = re.compile(r"\d{4}"), re.compile(r"\d{4}|[今去明前]年|year", re.IGNORECASE)
# What tells the year of a time by itself, or by that of the document.
_YEAR_TO_YEAR = re.compile(r"\D*(?:19|20)\d\d[^\d–—-]+(?:19|20)\d\d\D*")
_YEAR_TOLD = re.compile(
    r"\d{4}|[今去明前本上当]年|\d日|\b(?:this|last|next|previous|past|a)\s(?:\w+\s)?year|\bago\b|\bearlier\b|\bday",
    re.IGNORECASE,
)
# Words that tell a period by another.
POINTERS = ("the_month", "the_year", "by_then", "same_period", "cumulative")


class Known(NamedTuple):
    """What is known of a number when its period is asked for."""

    nature: str  # flow or stock
    relation: str  # how what it is of relates to what the number before was
    status: str = "actual"
    slug: str = ""  # the first of its indicators


class Source(NamedTuple):
    """Where a period may come from."""

    basis: str
    time: Time | None
    begin: str | None
    finish: str
    name: str  # of the kind of source
    features: Sequence[Block]


def period_candidates(
    parsed: Parsed, number: int, discourse: Discourse, clock: Clock, about: Known
) -> tuple[list[Candidate], list[list[Source]]]:
    """The periods that a number may have, each once, with the sources that tell it.

    Args:
        parsed: the sentence.
        number: which of its numbers.
        discourse: what was said before.
        clock: the document's day.
        about: what is known of the number.
    """
    place, nature, status = parsed.places[number], about.nature, about.status
    dated = discourse.views.get("dated")
    if dated is None:
        dated = discourse.views["dated"] = _dated(parsed)
    said, points = parsed.ends[number], _pointers(parsed, place, dated)
    season = _SEASONS.get(clock.month, "year")
    last = discourse.decided[-1] if discourse.decided else None
    near = "none" if last is None else "S" if last.sentence == parsed.sentence.number else "P"
    spoken, this_month = discourse.last_end, month_end(clock.year, clock.month)
    exists = nature == "stock" and status == "actual"
    happened = nature == "flow" and status == "actual" and not about.slug.endswith(_OF_YEARS)
    moves, begun = _is_end_of_two(parsed, number), _begun(parsed, number, dated, last)
    over = parsed.items[place.right].start if place.right < len(parsed.items) else parsed.sentence.end
    before = parsed.numbers[number - 1].start if begun else 0
    found: dict[DateRange, tuple[list[Block], list[Source]]] = {}
    for source in _sources(parsed, place, dated, discourse, clock):
        start = source.time.start if source.time is not None else -1
        if exists and source.finish > this_month and (source.basis == CONTEXT or start >= over):
            continue  # what exists does so today; what is told before it or behind ends later, as a plan does
        for variant, period, shape in _periods(*source[2:4], source.basis, nature, clock.date, spoken):
            if period != (None, clock.date) and (
                (moves and length_of(period) == "years")  # during a plan: each is of one year
                or (period[1] <= begun and start > before)  # it ends after it began
                or (happened and period[1] > this_month)
            ):
                continue
            if period not in found:
                length = length_of(period)
                found[period] = (
                    [
                        (named.period_features, status, shape, season, length, *points),
                        (named.length_features, about.slug, length),
                    ],
                    [],
                )
                if last is not None and last.finish:
                    how = _compare(period, (last.begin, last.finish))
                    found[period][0].append((named.again_features, how, near, about.relation, said))
            features, sources = found[period]
            features.append((named.source_features, nature, source.name, variant, shape, said, *points))
            if variant:
                features += [(named.varied_features, variant, *block) for block in source.features]
            else:
                features += source.features
            sources.append(source)
    candidates = [Candidate(period, nature, features) for period, (features, _) in found.items()]
    return candidates, [sources for _, sources in found.values()]


_SEASONS = {1: "first", 2: "early", 3: "early", 12: "last"}  # when a year is looked back and ahead on


class _Dated(NamedTuple):
    """What the numbers of a sentence share in asking when."""

    told: list[int]  # the items that are times when something may have been
    pointers: list[tuple[int, list[str]]]  # the items that tell a period by what was said
    marks: list[tuple[int, frozenset[str]]]  # the items that make a time one of comparison
    taken: dict[int, int]  # the items that are times of one number alone, and the item of that


def _dated(parsed: Parsed) -> _Dated:
    return _Dated(
        [i for i, time in parsed.dated if time.role not in _NONE and not _is_of_turn(parsed, i)],
        [(i, found) for i, cues in parsed.cued if (found := [cue for cue in POINTERS if cue in cues])],
        [(i, cues) for i, cues in parsed.cued if not cues.isdisjoint(_MARKS)],
        {i: of for i, _ in parsed.dated if (of := _beside(parsed, i)) is not None},
    )


def _is_of_turn(parsed: Parsed, at: int) -> bool:
    """Whether a time only tells when something went the other way: 由*11月份*同比下降转为增长11%."""
    stop = parsed.stop_of(at + 1, PARTING)
    if not parsed.tells(at - 1, at, "base_number") or stop == len(parsed.items):
        return False
    return len({*filter(None, parsed.directions[at + 1 : stop])}) > 1


def _beside(parsed: Parsed, at: int) -> int | None:
    """What has a time of its own beside it: from *805 million* in 2023, 由8月的*5.3%*, 增至10月的*13家*."""
    items, end = parsed.items, len(parsed.items)
    if parsed.leads(at) or parsed.tells(at - 1, at, "base_number"):
        small = parsed.skip(range(at + 1, end), "glue")
        behind = small if parsed.leads(at) else min(parsed.stop_of(at + 1, PARTING), at + 3)
        return behind if behind < end and items[behind].kind == NUMBER else None
    i = parsed.before(at)
    while i > 0 and parsed.asides[i] not in (0, parsed.asides[at]):
        i -= 1  # from 17 trillion yuan (2.5 trillion dollars) in 2012
    return i if i >= 0 and items[i].kind == NUMBER and parsed.ends.get(items[i].number) == "from" else None


def _pointers(parsed: Parsed, place: Place, dated: _Dated) -> list[str]:
    """The nearest words on either side that tell a period by what was said: 当月, by then, cumulative."""
    at, found = place.item, []
    since = max((i for i in dated.told if i < at), default=-1)
    for i, told in reversed(dated.pointers):
        if since < i < at:
            numbers, _, semis = parsed.between(i, at)
            found += [f"pb={cue}/{min(numbers, 2)}{';' if semis else ''}" for cue in told]
            break
    found += [f"pa={cue}" for i, told in dated.pointers if at < i < place.right for cue in told]
    return found


@lru_cache(1024)
def length_of(period: DateRange) -> str:
    """How long a period is: a month, the year so far, …"""
    begin, finish = period
    if begin is None:
        return "point"
    first, last = int(begin[5:7]), int(finish[5:7])
    if begin[:4] != finish[:4]:
        return "years"
    if first == 1:
        return "month" if last == 1 else "year" if last == 12 else "ytd"
    return {1: "month", 3: "quarter", 6: "half"}.get(last - first + 1, "span")


def basis_of(sources: Sequence[Source]) -> str:
    """Where a period comes from that several sources tell: its sentence, else its passage, else the document.

    A sentence that says "at present" means the document's day.
    """
    present = [each.time is not None and each.time.role == "now" for each in sources]
    told = {each.basis for each, now in zip(sources, present, strict=True) if not now}
    return DOCUMENT if any(present) and STATED not in told else min(told, key=BASES.index)


def exact_source(parsed: Parsed, number: int, discourse: Discourse, nature: str) -> Source | None:
    """What tells the period of a number by the structure of its sentence alone; None for most."""
    place = parsed.places[number]
    time = (
        _compared(parsed, place)
        or _of_possessor(parsed, place, nature)
        or _listed_behind(parsed, place, nature)
        or _then(parsed, place)
    )
    return (
        _told_by(time)
        or _one_each(parsed, place)
        or _the_same(parsed, place, discourse, nature)
        or _at_end_of_span(parsed, number, nature)
        or _of_parallel(parsed, number, discourse, nature)
    )


def _told_by(time: Time | None) -> Source | None:
    return None if time is None else Source(STATED, time, time.begin, time.finish, "exact", ())


def _compared(parsed: Parsed, place: Place) -> Time | None:
    """The time right behind a compared number: "versus 3.4 percent *a year earlier*"."""
    at, behind = place.item, parsed.items[place.item + 1 : place.item + 2]
    time = behind[0].time if behind else None
    if time is None or time.role != "base" or time.begin is None:
        return None
    return time if parsed.tells(max(0, at - 2), at, "base_number", "base") else None


def _of_possessor(parsed: Parsed, place: Place, nature: str) -> Time | None:
    """The time that a number belongs to by an apostrophe: *November's* 1.4 percent, *November's was* 1.4."""
    at = place.item - 1
    at -= at > 1 and parsed.leads(at)
    if place.size > 1 or at < 1 or parsed.surfaces[at] != "s" or parsed.items[at].kind == GAP:
        return None
    return _exact(parsed.items[at - 1].time, nature)


def _listed_behind(parsed: Parsed, place: Place, nature: str) -> Time | None:
    """The one of as many times listed right behind a row of numbers: 9.4 and 8.7 percent *in Q1 and Q2*."""
    stop = min(parsed.stop_of(place.last + 1, PARTING), place.last + _LISTED_WITHIN)
    listed = [time for i, time in parsed.dated if place.last < i < stop]
    return _exact(listed[place.index], nature) if 1 < place.size == len(listed) else None


def _exact(time: Time | None, nature: str) -> Time | None:
    """A time; None where it names no days, or a day and no stretch in which something can happen."""
    if time is None or time.role in ("event", _UNREAD) or (time.begin is None and nature == "flow"):
        return None
    return time


def _then(parsed: Parsed, place: Place) -> Time | None:
    """The time of a clause that goes on about it: faster than in *June, when* it grew 5 percent."""
    items = parsed.items
    start, stop = parsed.clause(place.first)
    first = parsed.numbers_until[start] == parsed.numbers_until[place.first] and place.size == 1
    time = items[max(0, start - 2)].time
    if not first or time is None or time.grain not in _NAMED or not _WHEN.match(parsed.text, time.end):
        return None
    listed = start > _PAIR and items[start - 3].time is not None  # the fourth quarter last year
    return None if listed or any(item.time for item in items[start:stop]) else time


def unread(parsed: Parsed, number: int, nature: str) -> str:
    """The words of a period that is written beside a number and not understood; "" where there are none.

    What exists at the end of the past five years has another day, and needs none of theirs.
    """
    at, numbers = parsed.places[number].item, parsed.numbers_until
    told = [(i, time) for i, time in parsed.dated if time.role not in _NONE]
    nearest = [each for each in told if each[0] < at][-1:]
    nearest += [(i, time) for i, time in told if i > at and numbers[i] == numbers[at + 1]][:1]
    for i, time in nearest:
        passed = i < at and numbers[at] > numbers[i]
        lookback = time.grain == "lookback"
        if time.role == _UNREAD and not (nature == "stock" if lookback else passed):
            return parsed.text[time.start : time.end]
    return ""


def _is_end_of_two(parsed: Parsed, number: int) -> bool:
    """Whether a number is one of two between which a change lies: *from* 23 trillion *to* 31 trillion."""
    ends = [parsed.ends.get(each) for each in (number - 1, number, number + 1)]
    return ["from", "to"] in (ends[:2], ends[1:])


def _begun(parsed: Parsed, number: int, dated: _Dated, last: Decided | None) -> str:
    """The day of what a change to a number began with, the number before, that has a time beside it."""
    goes_on = [parsed.ends.get(each) for each in (number - 1, number)] == ["from", "to"]
    beside = goes_on and parsed.places[number - 1].item in dated.taken.values()
    return last.finish if beside and last is not None else ""


def _compare(period: DateRange, other: DateRange) -> str:
    """How a period lies to another one: same, end (only its last day), inside, around, or another."""
    (begin, finish), (first, last) = period, other
    if finish == last:
        return "same" if begin == first or begin is None or first is None else "end"
    begin, first = begin or finish, first or last
    if first <= begin and finish <= last:
        return "inside"
    return "around" if begin <= first and last <= finish else "other"


def _shape(period: DateRange, today: str) -> str:
    """How a period lies to the document's day."""
    begin, finish = period
    years = int(today[:4]) - int(finish[:4])
    when = "after" if finish > today else {0: "year", 1: "last"}.get(years, "old")
    return f"{when}/{'point' if begin is None else 'span'}"


@lru_cache(4096)
def _periods(
    begin: str | None, finish: str, basis: str, nature: str, today: str, spoken: str | None
) -> Sequence[tuple[str, DateRange, str]]:
    """What a source may mean: the variant, the period, and how it lies to the document's day.

    ``spoken`` is the last day of the period that is spoken of.
    """
    found: list[tuple[str, DateRange]] = []
    if begin is not None and begin[:4] < finish[:4]:
        before = int(begin[:4]) - 1  # from so many at the outset of a plan
        for variant, year in (("~before", f"{before:04d}"), ("~first", begin[:4]), ("~last", finish[:4])):
            last = finish if variant == "~last" else f"{year}-12-31"
            found.append((variant, (None if nature == "stock" else f"{year}-01-01", last)))
    if nature == "stock":
        found.append(("", (None, finish)))
        if finish > today:
            found.append(("~today", (None, today)))
    else:
        found.append(("", (begin, finish)))
        if begin is None and basis != DOCUMENT:
            found.append(("+year", (f"{finish[:4]}-01-01", finish)))
        if begin is not None and begin <= today <= finish:
            if today < finish:
                found.append(("~today", (begin, today)))
            if spoken is not None and spoken[:4] == finish[:4] and begin <= spoken < finish:
                found.append(("~so far", (begin, spoken)))
    return [(variant, period, _shape(period, today)) for variant, period in found]


def _sources(
    parsed: Parsed, place: Place, dated: _Dated, discourse: Discourse, clock: Clock
) -> Iterator[Source]:
    yield from _stated(parsed, place, dated, discourse, clock)
    told = dated.told
    before, behind = sum(i < place.item for i in told), bool(told) and told[-1] > place.item
    for name, (begin, finish) in discourse.carried():
        features = [(named.carried_features, name, before, behind)]
        yield Source(CONTEXT, None, begin, finish, name, features)
    yield from _implied(clock.date, clock.year, clock.month)


@lru_cache(64)
def _implied(today: str, year: int, month: int) -> Sequence[Source]:
    """What the day of a document tells of itself."""
    before, last = (year, month - 1) if month > 1 else (year - 1, 12)
    end = month_end(before, last)
    spans: list[tuple[str, str, str | None, str]] = [("today", "today", None, today)]
    for offset in (-1, 0, 1):
        whole, name = f"{year + offset:04d}", f"year{offset:+d}"
        spans.append((name, f"{name}/{month}", f"{whole}-01-01", f"{whole}-12-31"))
    spans.append(("month-1", "month", month_start(before, last), end))
    if over := (last // 3 * 3):
        spans.append(
            ("quarter-1", f"quarter/{last - over}", month_start(before, over - 2), month_end(before, over))
        )
    if last > 1:
        spans.append(("ytd", f"ytd/{last}", f"{before}-01-01", end))
    return [
        Source(DOCUMENT, None, begin, finish, name, [(named.day_features, kind)])
        for name, kind, begin, finish in spans
    ]


def _stated(
    parsed: Parsed, place: Place, dated: _Dated, discourse: Discourse, clock: Clock
) -> Iterator[Source]:
    at, items = place.item, parsed.items
    before = [i for i in dated.told if i < at]
    after = [i for i in dated.told if i > at]
    row, listed = _row(place, [i for i, _ in parsed.dated])
    for i, time in parsed.dated:
        taken = row.index(i) != place.index if listed and i in row else dated.taken.get(i, at) != at
        if taken or time.role == _UNREAD:
            continue
        side = "B" if i < at else "A"
        lo, hi = (i + 1, at) if i < at else (at + 1, i)
        numbers, stops, semis = parsed.between(lo, hi)
        numbers = min(max(0, numbers - place.beside(i < at)), 2)
        near = i in before[-1:] or i in after[:1]
        next_to = not any(lo <= j < hi for j, _ in parsed.dated)
        word = tail_word(parsed.surfaces[i - 1]) if i else ""
        follower = head_word(parsed.surfaces[i + 1]) if i + 1 < len(items) else ""
        name = f"{side}/{time.role}"
        aside = "(" if parsed.asides[i] not in (0, parsed.asides[at]) else ""
        where = f"{side}{numbers}.{min(stops, 2)}{';' if semis else ''}{aside}"
        features: list[Block] = [
            (
                named.stated_features, side, time.role, where, numbers, time.grain, bucket(hi - lo),
                near, bool(before), bool(after), next_to,
            ),
            (named.words_beside_time, side, word, follower),
            (
                named.taken_features, side, where, _is_last_used(discourse, parsed, time),
                _neighbour(parsed, i, side), str(i in row and row.index(i) == place.index) if row else "",
                i == 0 or (i == 1 and bool(items[0].word.text)),
            ),
        ]  # fmt: skip
        if dated.marks:
            marks = _marked(dated, _MARKS_BEFORE, i - 2, i), _marked(dated, _MARKS_BETWEEN, lo, hi)
            features.append((named.beside_features, side, *marks))
        yield Source(STATED, time, time.begin, time.finish, name, features)
        for other, (begin, finish) in _otherwise(parsed, place, time, discourse, clock):
            made = f"{name}{other}"
            yield Source(STATED, time, begin, finish, made, [(named.otherwise_features, made, where, word)])


_MARKS_BEFORE = ("base", "base_number", "expected", "threshold")
_MARKS_BETWEEN = ("base", "base_number", "of_which")
_MARKS = frozenset([*_MARKS_BEFORE, *_MARKS_BETWEEN])


def _marked(dated: _Dated, marks: Sequence[str], start: int, stop: int) -> tuple[str, ...]:
    """Which of the marks items ``[start, stop)`` have."""
    cues = NONE.union(*(cues for i, cues in dated.marks if start <= i < stop))
    return tuple(mark for mark in marks if mark in cues)


def _otherwise(
    parsed: Parsed, place: Place, time: Time, discourse: Discourse, clock: Clock
) -> Iterator[tuple[str, DateRange]]:
    """What a time may mean beside what it says by itself, each with the name of its kind.

    "The same period of 2017" is as long as the period that is spoken of; of "one to four quarters" a row
    of four numbers has one each; "the end of April" behind "the end of 2025" is of the year after; "the
    month before" is that before what was said last; "the year-to-date decline was 4.7 percent in October";
    "by the end of the year", in a text that looks back, is that of the year that is spoken of.
    """
    begin, finish = time.begin, time.finish
    ended, month = finish[:4], int(finish[5:7])
    monthly = begin is not None and begin[5:7] != "01" and length_of((begin, finish)) == "month"
    if monthly and _is_cumulated(parsed, discourse):
        yield "~so far", (f"{ended}-01-01", finish)
    said = parsed.text[time.start : time.end]

    def in_year(year: str) -> DateRange:
        return begin and f"{year}{begin[4:]}", month_end(int(year), month)

    if time.role not in _NONE and ended == (begin or finish)[:4] and not _YEAR_TOLD.search(said):
        spoken = dict.fromkeys(_years_spoken(parsed, time, discourse), "~its year")
        spoken.setdefault(f"{clock.past(month):04d}", "~this year")  # that of the report
        yield from ((name, in_year(year)) for year, name in sorted(spoken.items()) if year != ended)
    if back := months_before(parsed.text, time):
        yield from _before(parsed, time, back, discourse)
    if time.role == "base":
        for told in dict.fromkeys((discourse.local, discourse.opening)) if _OWN_YEAR.search(said) else ():
            if told is not None and told[0] is not None and told[0][:4] == told[1][:4] != ended:
                yield "~alike", (f"{ended}{told[0][4:]}", month_end(int(ended), int(told[1][5:7])))
    elif each := _each(place, time, said):
        yield "~each", each
    elif (
        time.grain != "day"
        and not _ANY_YEAR.search(said)
        and any(
            other.start < time.start and other.role in ("period", "point") and other.finish > finish
            for other in parsed.times
        )
    ):
        later = begin and f"{int(begin[:4]) + 1:04d}{begin[4:]}"
        yield "~after", (later, month_end(int(ended) + 1, month))


def _each(place: Place, time: Time, said: str) -> DateRange | None:
    """The quarter of a number whose row has one for each of those that a time spans."""
    begin, finish = time.begin, time.finish
    if begin is None or place.size == 1 or not _QUARTERS.search(said) or begin[:4] != finish[:4]:
        return None
    year, month = int(finish[:4]), int(begin[5:7]) + 3 * place.index
    several = int(finish[5:7]) - int(begin[5:7]) + 1 == 3 * place.size
    return (month_start(year, month), month_end(year, month + 2)) if several else None


def _one_each(parsed: Parsed, place: Place) -> Source | None:
    """The year or quarter of a number whose row has one for each that a time spans: 2010年到2014年依次为…"""
    if place.size <= _PAIR or place.members:
        return None
    for _, time in parsed.dated:
        first, last = int((time.begin or time.finish)[:4]), int(time.finish[:4])
        period = _each(place, time, parsed.text[time.start : time.end])
        if last - first + 1 == place.size:
            period = _whole_year(first + place.index)
        if period:
            return Source(STATED, time, *period, "each", ())
    return None


def _whole_year(year: int) -> DateRange:
    return month_start(year, 1), month_end(year, 12)


def _the_same(parsed: Parsed, place: Place, discourse: Discourse, nature: str) -> Source | None:
    """The period that was spoken of, and goes on: *同期*，新能源汽车销量….

    No other time stands up to the number, and the sentence before had no other.
    """
    if not parsed.tells(0, 1, "same_period") or any(i <= place.item for i, _ in parsed.dated):
        return None
    sentence = discourse.decided[-1].sentence if discourse.decided else -1
    told = {(each.begin, each.finish) for each in discourse.decided if each.sentence == sentence}
    begin, finish = told.pop() if len(told) == 1 else (None, "")
    exact = finish and (begin or nature != "flow")
    return Source(CONTEXT, None, begin, finish, "same", ()) if exact else None


def _at_end_of_span(parsed: Parsed, number: int, nature: str) -> Source | None:
    """The year at that end of the years told of a change: from 8 to 13 trillion yuan *from 2020 to 2024*."""
    if not _is_end_of_two(parsed, number):
        return None
    begins = parsed.ends[number] == "from"
    first, last = (parsed.places[number + begins - back].item for back in (1, 0))
    stops, near = parsed.stops_until, [i for i, _ in parsed.dated if i > first]
    behind = [time for i, time in parsed.dated if i > last and stops[i] == stops[last]]
    if not behind or near[0] < last:  # from 8 percent in August to …
        return None
    if len(behind) == _PAIR:
        return _told_by(_exact(behind[not begins], nature))
    told = behind[0]
    if told.begin is None or not _YEAR_TO_YEAR.fullmatch(parsed.text, told.start, told.end):
        return None
    return Source(STATED, told, *_whole_year(int((told.begin if begins else told.finish)[:4])), "each", ())


def _of_parallel(parsed: Parsed, number: int, discourse: Discourse, nature: str) -> Source | None:
    """The number at the same end of the change before: from 17 in 2012 to 31 in 2021, a share *from 22*."""
    places = [parsed.places.get(number - back) for back in range(4)]
    ends = [parsed.ends.get(number - back) for back in range(4)]
    second = ends == ["to", "from", "to", "from"]  # of the two ends
    begun = places[1] if second else places[0]
    if begun is None or not (second or ends[:3] == ["from", "to", "from"]) or len(discourse.decided) < _PAIR:
        return None
    same = discourse.decided[-_PAIR]
    if same.sentence != parsed.sentence.number or any(i >= begun.left for i, _ in parsed.dated):
        return None
    rows = any(place is not None and place.size > 1 for place in places)
    told = same.finish and (same.begin or nature != "flow") and not rows
    return Source(STATED, None, same.begin, same.finish, "parallel", ()) if told else None


def _years_spoken(parsed: Parsed, time: Time, discourse: Discourse) -> set[str]:
    """The years that the sentence before a time, the passage and the last figure are about."""
    before = {
        other.finish[:4] for other in parsed.times if other.start < time.start and other.role in _SPOKEN
    }
    passage = {period[1][:4] for period in (discourse.local, discourse.opening) if period is not None}
    last = {discourse.decided[-1].finish[:4]} if discourse.decided else set()
    return (before | passage | last) - {""}


def _is_cumulated(parsed: Parsed, discourse: Discourse) -> bool:
    """Whether the year so far is spoken of: the sentence says it, or the number before is of it."""
    before = discourse.decided[-1:]
    return parsed.is_cumulated or any(length_of((last.begin, last.finish)) == "ytd" for last in before)


def _before(parsed: Parsed, time: Time, back: int, discourse: Discourse) -> Iterator[tuple[str, DateRange]]:
    """So many months before what is spoken of: as long as that, and the whole year, quarter or month."""
    spoken = [each for each in parsed.times if each.start < time.start and each.role in _SPOKEN]
    told = (spoken[-1].begin, spoken[-1].finish) if spoken else discourse.local or discourse.opening
    if told is None:
        return
    begin, finish = told
    year, month = _moved(finish, -back)
    last = -(-month // back) * back
    whole: DateRange = (month_start(year, last - back + 1), month_end(year, last))
    shifted: DateRange = (begin and month_start(*_moved(begin, -back)), month_end(year, month))
    told_here = "" if spoken else "?"
    for name, period in (("~before", whole if time.begin else (None, whole[1])), ("~shifted", shifted)):
        if period != (time.begin, time.finish):
            yield f"{name}{told_here}", period


_SPOKEN = ("period", "point", "span")


def _moved(day: str, months: int) -> tuple[int, int]:
    """The year and the month that lie so many months from that of a day."""
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 + months, 12)
    return year, month + 1


def _row(place: Place, times: Sequence[int]) -> tuple[Sequence[int], bool]:
    """The times that a row of numbers goes with, one each, and whether they are listed before or behind it.

    Where none are listed so, all there are if there are so many.
    """
    if place.size == 1:
        return [], False
    before, behind = [i for i in times if i < place.first], [i for i in times if i > place.last]
    for listed in (before[-place.size :], behind[: place.size]):
        if len(listed) == place.size and all(b - a <= _LISTED for a, b in pairwise(listed)):
            return listed, True
    return times if place.size == len(times) else [], False


def _neighbour(parsed: Parsed, at: int, side: str) -> str:
    """How near a number is on the other side of a time, whose the time may be: bare, near, far or none."""
    i = parsed.start_of(at, _NEIGHBOURS) - 1 if side == "B" else parsed.stop_of(at + 1, _NEIGHBOURS)
    if not 0 <= i < len(parsed.items) or parsed.items[i].kind in STOPS:
        return "none"
    distance = abs(i - at) - 1
    if parsed.items[i].kind == TIME:
        return "time"
    return "bare" if distance < 2 else "near" if distance < 4 else "far"


_NEIGHBOURS = {*PARTING, TIME}


def _is_last_used(discourse: Discourse, parsed: Parsed, time: Time) -> str:
    """Whether the number before took this time."""
    if not discourse.decided or discourse.decided[-1].sentence != parsed.sentence.number:
        return "new"
    return "yes" if discourse.decided[-1].time == time.start else "no"
