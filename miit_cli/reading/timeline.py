"""The periods of a document's figures: said beside them, or carried on from what was said before."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.items import COMMA, NUMBER, STOPS, TERM, TIME, Item
from miit_cli.reading.status import standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miit_cli.reading.clock import Clock
    from miit_cli.reading.spans import Time

# The roles of a time that may be that of a number.
_GOVERNING = frozenset(["period", "point", "deadline", "now", "span"])
_STATED, _CONTEXT, _DOCUMENT = "stated", "context", "document"
# A time that opens a sentence without figures stands within so many characters of its beginning.
_OPENING = {"zh": 24, "en": 60}
# In its first months a year's reports review the one before.
_SPRING = 4
_PRESENT = frozenset(
    ["has", "have", "stands at", "stand at", "stand", "stands", "are", "is", "is home to", "boasts"]
)
# "from" rules a number that stands within so many items behind its time.
_FROM = 4


class Span(NamedTuple):
    """A period as a record has it."""

    start: str | None
    end: str
    basis: str  # one of types.BASES
    future: bool = False  # announced: a deadline, or a later year
    closed: bool = True  # over at the day of publication


class Timeline:
    """The periods that a document's sentences hand on to one another."""

    def __init__(self, clock: Clock, language: str) -> None:
        self.clock = clock
        self.language = language
        self.context: Time | None = None  # what the passage reviews
        self.local: Time | None = None  # what this paragraph has said it is about
        self.since: Time | None = None
        self.goal: Time | None = None  # the day by which the text wants its aims reached
        self.outlook: Time | None = None  # what it has last looked ahead to
        self.last: Time | None = None  # of the sentence before

    # --- what a sentence hands on ---

    def next_paragraph(self) -> None:
        """Ends what a paragraph said of itself."""
        self.local = None

    def forget(self) -> None:
        """Ends what a passage said: another item of a digest begins."""
        self.context = self.since = self.goal = self.outlook = None

    def aim(self, times: Sequence[Time]) -> None:
        """Remembers a deadline as that of the aims that follow."""
        for time in times:
            if time.role == "deadline":
                self.goal = time

    def announce(self, times: Sequence[Time], start: int, heading: bool = False) -> None:
        """Takes in the times of a sentence without figures, or of a heading, which begins at ``start``."""
        self.aim(times)
        for time in times:
            if time.role == "since" and time.finish >= self.clock.date[:4]:
                self.since = time
            elif (
                time.role in ("period", "point")
                and time.finish <= self.clock.date
                and (heading or self._recent(time))
            ):
                leading = time.start - start <= _OPENING[self.language]
                if leading or self.context is None:
                    self.context = self.local = time
                    return

    def carry(self, items: Sequence[Item], first: int) -> None:
        """Keep the period of the sentence's first figure, at ``items[first]``, for the passage."""
        if _looks_back(items, first):
            return
        time = self._beside(items, first) or (self._compared(items) if self.context is None else None)
        if time is not None and time.role in ("period", "point", "deadline", "span") and time.grain != "day":
            if self._looks_ahead(items, first, time):
                self.outlook = self.local = time  # the rest of the paragraph looks ahead too
            else:
                self._review(time)
        self.last = time

    def _looks_ahead(self, items: Sequence[Item], first: int, time: Time) -> bool:
        """Whether a text that reviews one period looks ahead to another, of which the rest does not speak."""
        if self.context is None or time.finish <= max(self.clock.date, self.context.finish):
            return False
        return standing(items, first, closed=False, future=True) != "actual"

    def _review(self, time: Time) -> None:
        """A period that a figure has is that of the paragraph, unless it lies inside the one before."""
        if not self._recent(time) or time.grain == "alone":
            return
        if self.context is None or not _within(time, self.context):
            self.context = time
        elif time.grain == "month":
            return
        if self.local is None or not _within(time, self.local):
            self.local = time

    def _recent(self, time: Time) -> bool:
        """Whether a report of this day may review that period: history does not carry on."""
        return int(time.finish[:4]) >= self.clock.year - 1 or time.role == "deadline"

    # --- the period of one number ---

    def span(self, items: Sequence[Item], index: int, nature: str, new: bool) -> Span:
        """The period of the number at ``items[index]``.

        Args:
            items: the sentence.
            index: the number's place in it.
            nature: flow or stock.
            new: whether it counts what was added in the period.
        """
        time, basis = self._stated(items, index), _STATED
        ahead = "" if time is not None else standing(items, index, closed=False, future=False)
        if ahead == "target":
            if self.goal is None:
                # an aim without a day is that of the year: in December, of the next
                return _whole(self.clock.year + (self.clock.month == 12), nature)
            time, basis = self.goal, _CONTEXT
        if ahead == "expected" and self.outlook is not None:
            time, basis = self.outlook, _CONTEXT
        if time is None:
            time, basis = self._carried(items) or self._compared(items), _CONTEXT
            if nature == "stock" and time is not None and self._is_present(items, index, time):
                time = None
        since = self._since(items)
        if time is None and ahead == "expected" and self.language == "en":
            return _whole(self.clock.reviewed(), nature)  # of the year which the document reviews
        if time is None or time.role == "now":
            return self._until_today(items, index, nature, time, since)
        future = time.role == "deadline" or time.finish[:4] > self.clock.date[:4]
        closed = time.finish <= self.clock.date
        finish = time.finish
        if nature == "flow" and basis == _STATED and not future and self._is_this_year(items, index, time):
            finish = self._so_far(finish)
        begin = None if nature == "stock" else _begin(items, index, time, finish, since if new else None)
        return Span(begin, finish, basis, future, closed)

    def happened(self, span: Span, nature: str) -> Span:
        """The period of what has happened: it ends by the document's day, but for the month that runs."""
        date = self.clock.date
        over = span.end > date and (nature == "stock" or span.end[:7] > date[:7])
        return span._replace(end=date) if over else span

    def _stated(self, items: Sequence[Item], index: int) -> Time | None:
        return _listed(items, index) or self._beside(items, index)

    def _until_today(
        self, items: Sequence[Item], index: int, nature: str, now: Time | None, since: Time | None
    ) -> Span:
        """A number without a period is as of the document's day, from the beginning that was said."""
        date = self.clock.date
        if nature == "flow" and now is None and since is not None and since.begin is not None:
            return Span(since.begin, min(date, self._so_far(f"{date[:4]}-12-31")), _STATED)
        since = since or self.since
        if nature == "flow" and since is not None and not _cumulative(items, index):
            return Span(since.begin, date, _DOCUMENT)
        return Span(None, date, _DOCUMENT)

    def _carried(self, items: Sequence[Item]) -> Time | None:
        """The period of the passage; an "of which" keeps that of the sentence before."""
        opening = next((item for item in items if item.kind == TERM), None)
        if opening is not None and opening.cue("of_which") and self.last is not None:
            return self.last
        return self.local or self.context

    def _compared(self, items: Sequence[Item]) -> Time | None:
        """A comparison with the year before last is about the whole of last year."""
        base, year = str(self.clock.year - 2), self.clock.year - 1
        for item in items:
            time = item.time
            if time is not None and time.role == "base" and time.grain == "year" and time.finish[:4] == base:
                return time._replace(begin=f"{year}-01-01", finish=f"{year}-12-31", role="period")
        return None

    def _is_present(self, items: Sequence[Item], index: int, time: Time) -> bool:
        """Whether the present tense tells of today what stands in a passage about last year."""
        if self.language != "en" or time.finish[:4] == self.clock.date[:4] or self.clock.month < _SPRING:
            return False
        perfect = any(item.word.text in ("have been", "has been") for item in items[index + 1 : index + 6])
        return perfect or any(item.word.text in _PRESENT for item in items[:index])

    def _since(self, items: Sequence[Item]) -> Time | None:
        year = self.clock.date[:4]
        times = (item.time for item in items if item.time is not None)
        return next((time for time in times if time.role == "since" and time.finish >= year), None)

    def _is_this_year(self, items: Sequence[Item], index: int, time: Time) -> bool:
        """Whether what happened is told of the year that still runs."""
        return (
            time.grain == "year"
            and time.role == "period"
            and time.finish[:4] == self.clock.date[:4]
            and standing(items, index, closed=False, future=False) == "actual"
        )

    def _so_far(self, finish: str) -> str:
        """Of the year that runs, what the passage reviews."""
        context = self.context
        if context is not None and context.finish[:4] == finish[:4] and context.finish < self.clock.date:
            return context.finish
        return finish

    def _beside(self, items: Sequence[Item], index: int) -> Time | None:
        """The time that governs the number at ``items[index]``, None when the sentence has none."""
        english = self.language == "en"
        before = _looking_left(items, index)
        if before.over_comma and english and _looks_back(items, before.place):
            before = before._replace(time=None, place=-1)
        backward = english and before.time is not None and _follows_number(items, before.place)
        passed_over = before.over_number or backward or (before.over_comma and english)
        if before.time is not None and not passed_over:
            return before.time
        after = _looking_right(items, index)
        if english and after.over_number and _of_base(items, after.place):
            after = after._replace(time=None, place=-1)
        if after.time is None:
            if before.time is not None and backward and before.over_comma and not self._recent(before.time):
                return None  # "up from 50 in 2019, and the number of devices is"
            return before.time
        if before.time is not None:
            return before.time if after.over_number or after.over_comma else after.time
        trailing = english and after.over_comma and not _number_follows(items, after.place)
        if not after.over_comma or (trailing and (not after.over_number or self.context is None)):
            return after.time
        return None


def _whole(year: int, nature: str) -> Span:
    """The year that a number without a day looks ahead to the end of."""
    begin = f"{year}-01-01" if nature == "flow" else None
    return Span(begin, f"{year}-12-31", _DOCUMENT, future=True, closed=False)


def _follows_number(items: Sequence[Item], place: int) -> bool:
    """Whether a time stands right behind a number, whose it is: "3.5% *in May* and 4.4% in June"."""
    for item in reversed(items[max(0, place - 6) : place]):
        if item.kind == NUMBER:
            return True
        if not (item.cue("glue") or item.names):
            return False
    return False


def _of_base(items: Sequence[Item], place: int) -> bool:
    """Whether a time is that of what a number is compared with: "…, up from 60 *in 2019*"."""
    number = next((n for n in range(place - 1, -1, -1) if items[n].kind == NUMBER), 0)
    return any(item.cue("base_number") for item in items[max(0, number - 2) : number])


class _Seen(NamedTuple):
    """A time that was looked for from a number, and what stands between the two."""

    time: Time | None
    place: int
    over_number: bool
    over_comma: bool


def _looks_back(items: Sequence[Item], first: int) -> bool:
    """ "which had sunk 6.3% in full-year 2023": told in passing, of a time before."""
    words = [item.word.text for item in items[max(0, first - 6) : first]]
    return any(pair == ("which", "had") for pair in pairwise(words))


def _looking_left(items: Sequence[Item], index: int) -> _Seen:
    return _look(items, range(index - 1, -1, -1))


def _looking_right(items: Sequence[Item], index: int) -> _Seen:
    return _look(items, range(index + 1, len(items)))


def _look(items: Sequence[Item], places: range) -> _Seen:
    """The first time at these places that may govern a number; ``places`` begin beside the number."""
    over_number = over_comma = False
    for place in places:
        item = items[place]
        if item.kind == NUMBER:
            over_number = True
        elif item.kind in STOPS:
            over_comma = True
        elif item.time is not None and item.time.role in _GOVERNING:
            if (
                places.step < 0
                and _is_from(items, place)
                and (over_number or places.start + 1 - place > _FROM)
            ):
                continue
            return _Seen(item.time, place, over_number, over_comma)
    return _Seen(None, -1, over_number, over_comma)


def _is_from(items: Sequence[Item], place: int) -> bool:
    """Whether a time is that of the lower end of "from … to …"; "from 2016 to 2020" has both ends."""
    time = items[place].time
    if time is not None and time.begin is not None and time.begin[:4] != time.finish[:4]:
        return False
    return any(item.cue("base_number") for item in items[max(0, place - 2) : place])


def _number_follows(items: Sequence[Item], place: int) -> bool:
    """Whether a number follows a time before the next comma: the time is that number's."""
    following = (item.kind for item in items[place + 1 :] if item.kind == NUMBER or item.kind in STOPS)
    return next(following, COMMA) == NUMBER


def _begin(items: Sequence[Item], index: int, time: Time, finish: str, since: Time | None) -> str | None:
    """The first day of a flow that ends with a time; ``since`` is the beginning that was said."""
    if since is not None and since.begin is not None and since.begin <= finish:
        return since.begin
    new_year = f"{finish[:4]}-01-01"
    if time.role == "point" and time.grain in ("month", "quarter", "half", "day"):
        return None if _cumulative(items, index) else new_year
    return time.begin or new_year


def _cumulative(items: Sequence[Item], index: int) -> bool:
    """Whether "cumulative" stands before a number in its clause."""
    for item in reversed(items[:index]):
        if item.kind == COMMA:
            return False
        if item.cue("cumulative"):
            return True
    return False


def _within(time: Time, outer: Time) -> bool:
    """Whether a period lies inside another, as a month in the half-year under review."""
    if time.role != "period" or time.begin is None or outer.begin is None:
        return False
    inside = outer.begin <= time.begin and time.finish <= outer.finish
    return inside and (time.begin, time.finish) != (outer.begin, outer.finish)


def _listed(items: Sequence[Item], index: int) -> Time | None:
    """The period of one of several numbers that answer several periods: "in April and May … 5% and 6%"."""
    numbers = _row(items, index, NUMBER)
    if len(numbers) < 2:
        return None
    last = next((n for n in range(numbers[0] - 1, -1, -1) if items[n].kind == TIME), None)
    times = _row(items, last, TIME) if last is not None else []
    return items[times[numbers.index(index)]].time if len(times) == len(numbers) else None


def _row(items: Sequence[Item], index: int, kind: str) -> list[int]:
    """The places of the items of a kind that stand in a row with the one at ``index``."""
    places = [index]
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(items) and (items[at].kind in (kind, "conj") or items[at].cue("glue")):
            if items[at].kind == kind:
                places.append(at)
            at += step
    return sorted(places)
