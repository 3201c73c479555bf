"""What a share or a change cannot be: of another time, of another measure, of a part."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from miit_cli.reading.exclusions.figures import FigureExclusions
from miit_cli.reading.items import CONJ, NUMBER, SEMI, STOPS, TIME
from miit_cli.reading.mentions import NONE
from miit_cli.reading.spans import CURRENCY, DOLLAR, PERCENT, PHYSICAL, YUAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from miit_cli.reading.candidates import Way
    from miit_cli.reading.parsing import Parsed
    from miit_cli.reading.ranking import Candidate
    from miit_cli.reading.spans import Quantity, Time

CURRENCIES = (YUAN, DOLLAR, CURRENCY)
_WHOLES = frozenset([
    "profit", "exports", "imports", "investment", "export-delivery", "population", "gdp", "household",
])  # fmt: skip  # that a share may be of
_ACTUAL_TIMES = ("period", "span", "point")
_TONNAGE = "deadweight-ton"
_INDEX, _MARK = "index-point", 50  # which parts growth from decline
_WHOLE = 4  # items behind a share in which its whole is named
# Why one end of a change is none, which says nothing of the other.
_LEFT_OUT = frozenset(["base", "tally", "part", "difference", "range"])
ENDS = 4  # items between the two ends of a change, at most
_PRICES, _BESIDE = re.compile(r"[Pp]rices?\b|价|價"), 30  # characters
_YEAR_ON_YEAR = 1  # years between what grew and what it is compared with
_YEARS_AGO = re.compile(r"\byears\s(?:ago|before|earlier|prior)\b|[^一1]年前", re.IGNORECASE)
_COMPARES = ("base", "base_number", "after_difference")
_OWNS = re.compile(r"['’]s\b|,?\s(?:when|which|where)\b")
_PARTS = frozenset(["month", "alone", "quarter", "half"])  # of a year, as grains of times


class ChangeExclusions(FigureExclusions):
    """What a share or a change cannot be."""

    def share(self, way: Way, behind: Iterable[str]) -> bool:
        """Whether it is no such share: one *of profits* or *of growth* is none of output.

        Args:
            way: in which it would be one.
            behind: the atoms of the noun behind the number.
        """
        if self._has_grown or not _WHOLES.intersection(behind) <= way.allowed:
            return True
        of_growth = self._is_part_of_growth or self._is_rate or self._is_contribution
        return of_growth and "growth-contribution" not in way.pattern.required

    @cached_property
    def _has_grown(self) -> bool:
        """Whether something rose or fell by it, and not to it: users *up* 33 percent."""
        if self._is_monthly:
            return True
        parsed, place = self.parsed, self.place
        at = parsed.before(place.first)
        if (
            parsed.ends[self.number] != "plain"
            or at < place.left
            or parsed.directions[at] not in ("up", "down")
            or NONE.union(*parsed.items[at].word.atoms) & self.concepts.anchors  # 对…增长的贡献率
        ):
            return False
        return not any(parsed.leads(i) for i in range(at, place.first))

    @cached_property
    def _is_rate(self) -> bool:
        """Whether a rate of growth came to it: the average *growth rate* of output reached 10 percent."""
        parsed, place = self.parsed, self.place
        clause = range(place.left, place.first)
        rate = parsed.tells(place.left, place.first, "average") or any(map(parsed.names_rate, clause))
        other = parsed.tells(place.left, place.right, "share", "of_which", "contribution")
        return rate and not other and parsed.ends[self.number] == "to"

    @cached_property
    def _is_contribution(self) -> bool:
        """Whether it is what something gave to a growth: 工业对*经济增长*的*贡献*达到36%."""
        parsed, place = self.parsed, self.place
        given = (i for i, cues in parsed.cued if "contribution" in cues and place.left < i < place.first)
        return any(parsed.items[parsed.before(i)].cue("growth_up") for i in given)

    @cached_property
    def _is_part_of_growth(self) -> bool:
        """Whether it is a part of what something grew by: 30 percent *of the growth*."""
        parsed, items, of = self.parsed, self.parsed.items, self.place.item + 1
        if of >= len(items) or not items[of].cue("of"):
            return False
        for i in range(of + 1, min(of + _WHOLE, len(items))):
            if items[i].kind in (NUMBER, TIME) or items[i].kind in STOPS:
                break
            if parsed.names_rate(i) or items[i].cue("growth_up"):
                return True
        return False

    def excludes(self, candidate: Candidate, units: Mapping[str, str]) -> bool:
        """Whether a candidate that names an indicator is none.

        Args:
            candidate: one with indicators as its key.
            units: of the indicators.
        """
        if self._other_end is not None and candidate.key != self._other_end:
            return True
        slugs = candidate.slugs
        other = {_INDEX: self._is_mark_passed, _TONNAGE: self._is_compensated}
        if any(other.get(units.get(slug, ""), False) for slug in slugs):
            return True
        if candidate.group != "growth":
            return False
        if self._is_of_whole or self._is_part_of_named or self._is_share_that_moves or self._is_start:
            return True
        if self._is_of_another_time and slugs[0].endswith("-growth"):
            return True
        return self._is_of_money and any(
            units.get(slug.removesuffix("-growth"), PERCENT) not in (PERCENT, *CURRENCIES) for slug in slugs
        )

    @cached_property
    def _is_of_whole(self) -> bool:
        """Whether it is said of what it is a share: *14 percent and 32 percent of* the value added."""
        parsed, place, of = self.parsed, self.place, self.place.last + 1
        if of >= len(parsed.items) or not parsed.items[of].cue("of"):
            return False
        at = parsed.before(place.first)
        told = at >= place.left and (parsed.directions[at] or parsed.names_rate(at))
        row = all(item.kind in (NUMBER, CONJ) for item in parsed.items[place.first : of])
        if told or not row or parsed.numbers[self.number].classifier == "signed":
            return False
        wholes = (m for m in parsed.mentions if of < m.first < min(of + _WHOLE, place.right))
        return any(mention.atoms & self.concepts.heads for mention in wholes)

    @cached_property
    def _is_part_of_named(self) -> bool:
        """Whether the thing that it is a part of is named right before it: 达到汽车新车*总销量的39.6%*."""
        parsed, place = self.parsed, self.place
        at = place.first - 1
        if at < place.left or not parsed.items[at].cue("possessive"):
            return False
        named = parsed.before(at)
        reached = parsed.tells(place.left, named, "to") and not parsed.directions[named]
        return reached and bool(parsed.items[named].word.atoms)

    @property
    def _is_mark_passed(self) -> bool:
        """Whether it only tells on which side of the mark an index lies: PMI在*50以上*."""
        q = self.parsed.numbers[self.number]
        return q.value == _MARK and q.bound != "exact"

    @cached_property
    def _is_compensated(self) -> bool:
        """Whether tons are compensated gross tons, and no deadweight: 以*修正总吨*计，新接订单2280万吨."""
        parsed, physical = self.parsed, self.parsed.numbers[self.number].unit == PHYSICAL
        return physical and any("cgt" in m.atoms for m in parsed.mentions if m.first < self.place.item)

    @cached_property
    def _is_of_another_time(self) -> bool:
        """Whether a change is not one on the year before."""
        parsed, place = self.parsed, self.place
        if self._is_monthly or self._is_on_other_base or self._is_of_years:
            return True
        behind = min(place.right, place.last + _WHOLE)  # by 25 percent on a two-year average
        if parsed.tells(place.left, place.item, "average") or parsed.tells(place.last + 1, behind, "average"):
            return True
        at = place.first - 1
        while at > place.left and (parsed.directions[at] or parsed.items[at].cue("known")):
            at -= 1
        return at >= place.left and parsed.items[at].cue("mean")  # 两年平均分别增长10.5%、20.4%

    @cached_property
    def _is_monthly(self) -> bool:
        """Whether a change can only be that on the month before: its clause says so, and of no year.

        What another is compared with is of the month before: faster than *5.1 percent* a month earlier.
        """
        parsed, place, items = self.parsed, self.place, self.parsed.items
        if parsed.tells(place.left, place.first, "base", "base_number"):
            return False
        behind = range(place.last + 1, place.right)
        right = next((i for i in behind if items[i].kind == CONJ), place.right)
        months = [i for i in parsed.monthly if place.left <= i < right]
        if not months or not parsed.yearly:
            return bool(months)
        if any(place.left <= i < place.right for i in parsed.yearly):
            return False
        own = next((i for i in range(place.first, place.left, -1) if items[i - 1].kind == CONJ), place.left)
        return max(months) >= own

    @property
    def _is_on_other_base(self) -> bool:
        """Whether a change is on another time than the year before: sales *rose 31 percent from 2019*."""
        parsed, place = self.parsed, self.place
        if parsed.tells(place.left, place.right, "year_on_year"):
            return False
        told = [time.finish for i, time in parsed.dated if time.role != "base" and i < place.right]
        days = told or [self.discourse.last_end or ""]
        return any(all(day and _is_other_base(parsed, day, time) for day in days) for time in self._bases)

    @property
    def _bases(self) -> list[Time]:
        """The times with which a change is compared: sales rose 3 percent *from June*, *from 2019*."""
        parsed = self.parsed
        bases = [i for i, time in parsed.dated if time.role == "base" and not _is_of_prices(parsed, time)]
        its_own = [i for i in bases if self._goes_on_to(i)] or [i for i in bases if self._leads_to_it(i)]
        return [time for i, time in parsed.dated if i in its_own]

    def _goes_on_to(self, base: int) -> bool:
        """Whether it is compared with a base right behind it, and not a rate: *slower than* in June."""
        parsed, place, at = self.parsed, self.place, self.place.item + 1
        if not at <= base < place.right or parsed.numbers_until[base] != parsed.numbers_until[at]:
            return False
        compares = parsed.tells(max(at, base - 2), base, *_COMPARES) or parsed.items[base - 1].cue("on_base")
        return compares and not (self._is_owner(base) or parsed.tells(at, base, "pace_changed", "faster"))

    def _is_owner(self, base: int) -> bool:
        """Whether what follows is of a base: *June's* 6 percent, in June, *when* it was 6 percent."""
        parsed, items, behind = self.parsed, self.parsed.items, base + 1
        if behind < len(items) and items[behind].kind == NUMBER:
            return True
        time = items[base].time
        return time is not None and _OWNS.match(parsed.text, time.end) is not None

    @property
    def _is_of_years(self) -> bool:
        """Whether the time told behind it or before it is of several years: *from 2012 to 2016*."""
        parsed, place, semis = self.parsed, self.place, self.parsed.semis_until
        told = [
            (i, _years_of(time))
            for i, time in parsed.dated
            if time.role in _ACTUAL_TIMES and semis[i] == semis[place.item] and not _is_annual(parsed, time)
        ]
        behind = [years for i, years in told if place.last < i < place.right]
        before = [years for i, years in told if i < place.first]
        nearest = behind[:1] or before[-1:] or [1]
        return parsed.ends[self.number] == "plain" and nearest[0] not in (1, place.size)

    def _leads_to_it(self, base: int) -> bool:
        """Whether a base stands before it, neither its own (*June's* 5 percent) nor another number's."""
        items, stops, at = self.parsed.items, self.parsed.stops_until, self.place.first
        last = next((i for i in range(at - 1, -1, -1) if items[i].kind == NUMBER), -1)
        if not last < base < at or (last >= 0 and stops[base] == stops[last]) or self._is_owner(base):
            return False
        return not all(item.time or item.kind == CONJ or item.cue("glue") for item in items[base:at])

    @cached_property
    def _other_end(self) -> tuple[str, ...] | None:
        """The indicators of the one of two numbers between which a change lies that was told first."""
        parsed, number, decided = self.parsed, self.number, self.discourse.decided
        before = parsed.places.get(number - 1)
        if before is None or not decided or self.place.item - before.item > ENDS:
            return None
        if parsed.numbers[number - 1].unit != parsed.numbers[number].unit:
            return None
        two = {parsed.ends[number - 1], parsed.ends[number]} == {"from", "to"}
        if not two or decided[-1].sentence != parsed.sentence.number or decided[-1].reason in _LEFT_OUT:
            return None
        return decided[-1].slugs

    @cached_property
    def _is_share_that_moves(self) -> bool:
        """Whether a share moved to it, or from it: *the proportion of* calls dropped to 13.7 percent."""
        parsed, place = self.parsed, self.place
        return parsed.ends[self.number] != "plain" and parsed.tells(place.left, place.item, "share")

    @cached_property
    def _is_start(self) -> bool:
        """Whether a rate moves from it, and no time of its own is told: 11月增速*从4.9%*加快至5%."""
        parsed, ends, at = self.parsed, self.parsed.ends, self.place.item
        end = parsed.places.get(self.number + 1)
        if end is None or (ends[self.number], ends[self.number + 1]) != ("from", "to"):
            return False
        left = next((i for i in range(at, 0, -1) if parsed.items[i].kind == SEMI), 0)
        told = [(i, time) for i, time in parsed.dated if left <= i < end.item and time.role in _ACTUAL_TIMES]
        if len(told) != 1 or _years_of(told[0][1]) != 1 or told[0][0] > at:
            return False
        return parsed.tells(told[0][0], at, "base_number")

    @cached_property
    def _is_of_money(self) -> bool:
        """Whether a change is one of an amount: cars *worth $46 billion*, up 110%; they rose *in value*."""
        parsed, place, items = self.parsed, self.place, self.parsed.items
        first = min((mention.first for mention in parsed.mentions), default=0)  # In dollar terms, exports …
        if parsed.tells(0, first, "in_value") or parsed.tells(place.left, place.right, "in_value"):
            return True
        row = [i for i in range(place.item) if items[i].kind == NUMBER]
        own = len(row) - place.size  # stands in the row before where this one does in its
        if own >= 0 and _is_money(parsed.numbers[items[row[own]].number]):
            return not any(row[own] < mention.first < place.item for mention in parsed.mentions)
        behind = items[place.right : place.right + 1]
        to_money = any(item.kind == NUMBER and _is_money(parsed.numbers[item.number]) for item in behind)
        return to_money and items[place.right - 1].cue("to")


def _is_money(q: Quantity) -> bool:
    return q.unit in CURRENCIES


def _years_of(time: Time) -> int:
    """How many years a time lasts, at least one."""
    begin, finish = time.begin or time.finish, time.finish
    return max(1, int(finish[:4]) - int(begin[:4]) + (begin[5:7] <= finish[5:7]))


def _is_annual(parsed: Parsed, time: Time) -> bool:
    """Whether a time is only that of each year: an *annual* growth."""
    return parsed.text[time.start : time.end].lower() == "annual"


def _is_other_base(parsed: Parsed, spoken: str, base: Time) -> bool:
    """Whether a base lies several years before a day, or is a month or quarter of less than a year before."""
    if _YEARS_AGO.search(parsed.text, base.start, base.end):
        return True
    years = int(spoken[:4]) - int(base.finish[:4])
    months = 12 * years + int(spoken[5:7]) - int(base.finish[5:7])
    return years > _YEAR_ON_YEAR or (base.grain in _PARTS and 0 < months < 12)


def _is_of_prices(parsed: Parsed, time: Time) -> bool:
    """Whether a time tells of which year the prices are."""
    start = max(parsed.sentence.start, time.start - _BESIDE)
    return _PRICES.search(parsed.text, start, time.end + _BESIDE) is not None
