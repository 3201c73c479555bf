"""What a number cannot be, by rules that hold whatever was learned."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from miit_cli.reading.items import CONJ, GAP, NUMBER, SEMI, STOPS, TIME
from miit_cli.reading.mentions import NONE
from miit_cli.reading.parsing import HOME, NATIONAL, OWNED, PARTING, PARTS, REGION, tail_word
from miit_cli.reading.spans import BARE, COUNT, COUNTS, MONEY, PERCENT, PHYSICAL, POINTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from miit_cli.reading.candidates import Way
    from miit_cli.reading.discourse import Discourse
    from miit_cli.reading.mentions import Atoms, Concepts
    from miit_cli.reading.parsing import Mention, Parsed, Place
    from miit_cli.reading.ranking import Candidate
    from miit_cli.reading.spans import Quantity, Time

SECTORS = "industry-sectors"  # that grow, are counted
GENERAL = frozenset(["industry", "enterprise", "above-size"])  # name no topic of their own
# nor, where it is said what grew, do these
_NO_THING = GENERAL | {"growing", SECTORS, "energy-use", "telecom", "total-of-all", "talent"}
_MEASURES = frozenset([
    "exports", "revenue", "investment", "tariff", "shipments", "capacity-utilization", "pmi", "penetration",
    "subscribers", "export-delivery", "profit-margin", "market-share", "traffic", "sales",
])  # fmt: skip  # of which no sector's value added goes without saying
_LASTING = frozenset(["profit", "foreign-capital", "logistics-total"])  # nor in the sentences after
_EARNINGS = frozenset(["revenue", "profit"])  # nothing else grew where one of these did
_COUNTED = frozenset(["above-size", "green-factory", "lighthouse-factory", "smart-factory"])
_FIRMS = frozenset(["sme", "little-giant", "srdi", "private", "foreign-funded"])  # which have sectors, too
_LEADING = ("known", "apart", "alike", "year_on_year", "to", "share", "takes_whole")
_MARK = 50  # of an index, which parts growth from decline
_PRIVATE_INDEX = frozenset(["private-pmi"])  # of managers, whose entry is the official one
_SHARES = frozenset(["market-share", "penetration"])  # which say of no more than a share
_LEVELS = frozenset(["profit-margin", "capacity-utilization", "pmi", "tariff"])  # of which there are averages
_FLOWS = frozenset(["exports", "production", "profit", "revenue", "sales", "shipments", "value-added"])
_WHOLES = frozenset([
    "profit", "exports", "imports", "investment", "export-delivery", "population", "gdp", "household",
])  # fmt: skip  # that a share may be of
_WHOLE = 4  # items behind a share in which its whole is named
_ACTUAL_TIMES = ("period", "span", "point")
_SOON = 3  # items behind a number in which its time is told
_ENDS = 4  # items between the two ends of a change, at most
# Why one end of a change is none, which says nothing of the other.
_LEFT_OUT = frozenset(["base", "tally", "part", "difference", "range"])
_PRICES, _BESIDE = re.compile(r"[Pp]rices?\b|价|價"), 30  # characters
_YEARS_AGO = re.compile(r"\byears\s(?:ago|before|earlier|prior)\b|[^一1]年前", re.IGNORECASE)
_OWNS = re.compile(r"['’]s\b|,?\s(?:when|which|where)\b")
_PARTS = frozenset(["month", "alone", "quarter", "half"])  # of a year, as grains of times


class Exclusions:
    """What one number cannot be.

    Args:
        parsed: the sentence.
        number: which of its numbers.
        discourse: what was said before.
        concepts: of the vocabulary.
        last: the atoms of the thing without an entry that the number before was of.
    """

    def __init__(
        self, parsed: Parsed, number: int, discourse: Discourse, concepts: Concepts, last: Atoms
    ) -> None:
        self.parsed, self.number, self.discourse, self.concepts = parsed, number, discourse, concepts
        self.q, self.place, self.last = parsed.numbers[number], parsed.places[number], last
        self.end, self.behind = parsed.ends[number], self.place.last + 1
        self.previous, self.next = parsed.places.get(number - 1), parsed.places.get(number + 1)

    def _own(self, at: int, *cues: str) -> bool:
        """Whether an item between the stops or numbers around it is a word of one of some kinds."""
        return self.place.left <= at < self.place.right and self.parsed.tells(at, at + 1, *cues)

    def _tells_around(self, *cues: str) -> bool:
        return self.parsed.tells(self.place.left, self.place.right, *cues)

    def _tells_before(self, *cues: str) -> bool:
        return self.parsed.tells(self.place.left, self.place.first, *cues)

    @cached_property
    def _before(self) -> int:
        """The item right before its row, but for small words."""
        return self.parsed.before(self.place.first)

    @cached_property
    def _moved(self) -> bool:
        """Whether something rose or fell right before it."""
        at = self._before
        return at >= self.place.left and self.parsed.directions[at] in ("up", "down")

    @cached_property
    def _goes_on(self) -> bool:
        """Whether nothing is named between it and the number before in the same part: 9 billion, *up 7*."""
        before, semis = self.previous, self.parsed.semis_until
        if before is None or semis[before.last] != semis[self.place.first]:
            return False
        return not self.parsed.atoms_in(before.last + 1, self.place.first)

    # --- of no indicator, whatever it would be of ---

    @property
    def is_none(self) -> bool:
        """Whether it is of no indicator."""
        return (
            "hearsay" in self.parsed.cues or self._is_of_rest or self._is_last_value or self._is_excess
            or self._is_whole or self._is_mark or self._is_sum or self._is_of_owned or self._is_of_parts
            or self._is_distance
            or self.parsed.tells(self.behind, self.place.right, "inside")  # with 18 centers *in them*
        )  # fmt: skip

    @property
    def _is_of_rest(self) -> bool:
        """Whether it is of what is left of a thing: *excluding cars*, output grew 5 percent."""
        parsed, at = self.parsed, self.place.item
        first = parsed.numbers_until[at] - self.place.index  # how many numbers stand before its row
        left_out = (
            parsed.atoms_in(i + 1, min(parsed.stop_of(i, STOPS), at))
            for i, cues in parsed.cued
            if i < at and "excluding" in cues and parsed.numbers_until[i] == first
        )
        return any(atoms & self.concepts.named for atoms in left_out)

    @property
    def _is_last_value(self) -> bool:
        """Whether it is what was reported the last time, which is not told: (*prior* 6.1%), 前值6.1%."""
        at = self.parsed.led_by(self.place)
        told = any(self.behind <= i < self.behind + _SOON for i, _ in self.parsed.dated)
        return at >= 0 and self.parsed.items[at].cue("prior") and not told

    @property
    def _is_excess(self) -> bool:
        """Whether it is by how many something exceeds what is named right before it: 超过4G用户数*近1亿*."""
        parsed = self.parsed
        named = next((mention for mention in parsed.mentions if mention.last == self._before), None)
        if named is None or self.q.unit == PERCENT or not self._own(parsed.before(named.first), "exceeds"):
            return False
        return not parsed.tells(self._before + 1, self.place.first, "possessive")

    @property
    def _is_of_owned(self) -> bool:
        """Whether what another owner has grew by it: the *firm* sold 13,000 cars, *up 29 percent*.

        Or it is what the growth of another owner is compared with: slower than *6 percent* in June.
        """
        before, place = self.previous, self.place
        if before is None or place.size > 1 or self.q.unit != PERCENT:
            return False
        after_rate = self.parsed.numbers[self.number - 1].unit == PERCENT
        if (self.end == "from") != after_rate or self.discourse.decided[-1].reason not in OWNED:
            return False
        return self._goes_on and not any(before.last < i < place.right for i, _ in self.parsed.owners)

    @property
    def _is_of_parts(self) -> bool:
        """Whether the numbers of a row are those of regions: 8.4%, 10% and 9% *in its eastern* regions."""
        at = self.parsed.skip(range(self.behind, self.place.right), "glue")
        return self.place.size > 1 and not {(at, REGION), (at, PARTS)}.isdisjoint(self.parsed.owners)

    @property
    def _is_whole(self) -> bool:
        """Whether the number behind it is a part of it: *97* classes, 74 of them; *97*个大类中的74个."""
        parsed, part = self.parsed, self.next
        if part is None or parsed.stops_until[part.item] != parsed.stops_until[self.place.item]:
            return False
        if PERCENT in (self.q.unit, parsed.numbers[self.number + 1].unit):
            return False
        return parsed.items[part.first - 1].cue("whole") and not parsed.atoms_in(part.item + 1, part.right)

    @property
    def _is_mark(self) -> bool:
        """Whether it is what parts growth from decline, and nothing reached: 跨过*50%*的荣枯线."""
        at = self.parsed.skip(range(self.behind, len(self.parsed.items)), "glue")
        return self.parsed.tells(at, at + 1, "mark")

    @property
    def _is_distance(self) -> bool:
        """Whether it is how far two things are apart: 两者*差距*由4.58亿户缩小到*2.44亿户*."""
        first = self.place.first
        return self.parsed.tells(self.parsed.start_of(first, STOPS), first, "distance")

    @property
    def _is_sum(self) -> bool:
        """Whether it is the sum of what is listed right before it: 软件业和互联网收入*总规模*突破10万亿元."""
        parsed, place = self.parsed, self.place
        listed = [m for m in parsed.mentions if place.left <= m.first < place.first and m.parts > 1]
        if place.size > 1 or not listed or self.q.unit == PERCENT:
            return False
        return parsed.tells(listed[-1].first, place.first, "sum")

    @cached_property
    def reasons(self) -> frozenset[str]:
        """The reasons that are none of its: a change *on the year* is none on the month.

        Nor is a margin that *averaged* 4 percent an average; it is that of its period.
        """
        parsed, right = self.parsed, self.place.right
        at = parsed.skip(range(self.behind, right), "glue", "base", "base_number", directed=True)
        behind = at < right and at in parsed.yearly
        yearly = behind or self._own(self._before, "year_on_year")  # year-on-year growth of 5 percent
        mean = not self._measured.isdisjoint(_LEVELS) and self._tells_around("on_average")
        return NONE.union(["month-on-month"] * yearly, ["average"] * mean)

    # --- what a share or a change cannot be: of another time, of another measure, of a part ---

    def share(self, way: Way, behind: Iterable[str]) -> bool:
        """Whether it is no such share: one *of profits* or *of growth* is none of output.

        Args:
            way: in which it would be one.
            behind: the atoms of the noun behind the number.
        """
        if self._has_grown or self._has_moved or not _WHOLES.intersection(behind) <= way.allowed:
            return True
        return self._is_of_growth and "growth-contribution" not in way.pattern.required

    @cached_property
    def _has_grown(self) -> bool:
        """Whether something rose or fell by it, and not to it: users *up* 33 percent."""
        if self._is_monthly:
            return True
        at = self._before
        if self.end != "plain" or not self._moved:
            return False
        if NONE.union(*self.parsed.items[at].word.atoms) & self.concepts.anchors:  # 对…增长的贡献率
            return False
        return not any(self.parsed.leads(i) for i in range(at, self.place.first))

    @cached_property
    def _has_moved(self) -> bool:
        """Whether a level did something by it that no list knows, and no share is told: sales *zoomed* 4%."""
        at, left, right = self.place.item, self.place.left, self.place.right
        if at == left or self._measured.isdisjoint(_FLOWS) or any(self.parsed.directions[left:right]):
            return False
        moved = self.parsed.ends_with_verb(at - 1) or self.parsed.is_unknown(at - 1)
        return moved and not self._tells_around("share", "of_which", "contribution")

    @cached_property
    def _is_of_growth(self) -> bool:
        """Whether it is a rate of growth, or a part of one: 30 percent *of the growth*.

        The average *growth rate* of output reached 10 percent; 工业对*经济增长*的*贡献*达到36%.
        """
        parsed, left, first, of = self.parsed, self.place.left, self.place.first, self.place.item + 1
        given = (i for i, cues in parsed.cued if "contribution" in cues and left < i < first)
        if any(parsed.items[parsed.before(i)].cue("growth_up") for i in given):
            return True
        rate = self._tells_before("average") or any(map(parsed.names_rate, range(left, first)))
        if rate and self.end == "to" and not self._tells_around("share", "of_which", "contribution"):
            return True
        stop = min(of + _WHOLE, parsed.stop_of(of + 1, {*PARTING, TIME}))
        return parsed.tells(of, of + 1, "of") and any(
            parsed.names_rate(i) or parsed.items[i].cue("growth_up") for i in range(of + 1, stop)
        )

    def excludes(self, candidate: Candidate, units: Mapping[str, str]) -> bool:
        """Whether a candidate that names an indicator is none.

        Args:
            candidate: one with indicators as its key.
            units: of the indicators.
        """
        slugs = candidate.slugs
        if self._other_end is not None and slugs != self._other_end:
            return True
        measured = {units.get(slug) for slug in slugs}
        if "index-point" in measured and self.q.value == _MARK and self.q.bound != "exact":
            return True  # it only tells on which side of the mark an index lies: PMI在*50以上*
        if self.q.unit == PHYSICAL and "deadweight-ton" in measured:
            # compensated gross tons are none: 以*修正总吨*计，新接订单2280万吨
            return "cgt" in self.parsed.atoms_in(0, self.place.item)
        if candidate.group != "growth":
            return False
        if self._is_no_growth or (self._is_of_another_time and slugs[0].endswith("-growth")):
            return True
        grown = (units.get(slug.removesuffix("-growth"), PERCENT) for slug in slugs)
        return self._is_of_money and any(unit not in (PERCENT, *MONEY) for unit in grown)

    @cached_property
    def _is_no_growth(self) -> bool:
        """Whether it is a share, or a rate that moves on."""
        moved = self.end != "plain"  # *the proportion of* calls dropped to 13.7 percent
        share = moved and self.parsed.tells(self.place.left, self.place.item, "share")
        return self._is_of_whole or self._is_part_of_named or share or self._is_start

    @property
    def _is_of_whole(self) -> bool:
        """Whether it is said of what it is a share: *14 percent and 32 percent of* the value added."""
        parsed, place, at, of = self.parsed, self.place, self._before, self.behind
        if not parsed.tells(of, of + 1, "of") or self.q.classifier == "signed":
            return False
        told = at >= place.left and (parsed.directions[at] or parsed.names_rate(at))
        if told or any(item.kind not in (NUMBER, CONJ) for item in parsed.items[place.first : of]):
            return False
        return bool(parsed.atoms_in(of + 1, min(of + _WHOLE, place.right)) & self.concepts.heads)

    @cached_property
    def _is_part_of_named(self) -> bool:
        """Whether the thing that it is a part of is named right before it: 达到汽车新车*总销量的39.6%*."""
        parsed, at = self.parsed, self.place.first - 1
        if not self._own(at, "possessive"):
            return False
        named = parsed.before(at)
        reached = parsed.tells(self.place.left, named, "to") and not parsed.directions[named]
        return reached and bool(parsed.items[named].word.atoms)

    @cached_property
    def _is_of_another_time(self) -> bool:
        """Whether a change is not one on the year before."""
        parsed, place = self.parsed, self.place
        if self._is_monthly or self._is_on_other_base or self._is_of_years:
            return True
        behind = min(place.right, place.last + _WHOLE)  # by 25 percent on a two-year average
        if parsed.tells(place.left, place.item, "average") or parsed.tells(self.behind, behind, "average"):
            return True
        mean = parsed.skip(range(place.first - 1, place.left, -1), "known", directed=True)
        return self._own(mean, "mean")  # 两年平均分别增长10.5%、20.4%

    @cached_property
    def _is_monthly(self) -> bool:
        """Whether a change can only be that on the month before: its clause says so, and of no year.

        What another is compared with is of the month before: faster than *5.1 percent* a month earlier.
        """
        parsed, place = self.parsed, self.place
        if self._tells_before("base", "base_number"):
            return False
        right = min(parsed.stop_of(self.behind, (CONJ,)), place.right)
        months = [i for i in parsed.monthly if place.left <= i < right]
        if not months or not parsed.yearly:
            return bool(months)
        if any(place.left <= i < place.right for i in parsed.yearly):
            return False
        return max(months) >= parsed.start_of(place.first, (CONJ,))

    @property
    def _is_on_other_base(self) -> bool:
        """Whether a change is on another time than the year before: sales *rose 31 percent from 2019*."""
        parsed, right = self.parsed, self.place.right
        if self._tells_around("year_on_year"):
            return False
        told = [time.finish for i, time in parsed.dated if time.role != "base" and i < right]
        days = told or [self.discourse.last_end or ""]
        bases = {
            i: time for i, time in parsed.dated if time.role == "base" and not _is_of_prices(parsed, time)
        }
        own = [*filter(self._goes_on_to, bases)] or [*filter(self._leads_to_it, bases)]
        return any(all(day and _is_other_base(parsed, day, bases[i]) for day in days) for i in own)

    def _goes_on_to(self, base: int) -> bool:
        """Whether it is compared with a base right behind it, and not a rate: *slower than* in June."""
        parsed, at = self.parsed, self.place.item + 1
        if not at <= base < self.place.right or parsed.numbers_until[base] != parsed.numbers_until[at]:
            return False
        compares = parsed.tells(max(at, base - 2), base, "base", "base_number", "after_difference")
        compares = compares or parsed.items[base - 1].cue("on_base")
        return compares and not (self._is_owner(base) or parsed.tells(at, base, "pace_changed", "faster"))

    def _is_owner(self, base: int) -> bool:
        """Whether what follows is of a base: *June's* 6 percent, in June, *when* it was 6 percent."""
        items, time = self.parsed.items, self.parsed.items[base].time
        followed = any(item.kind == NUMBER for item in items[base + 1 : base + 2])
        return followed or (time is not None and _OWNS.match(self.parsed.text, time.end) is not None)

    def _leads_to_it(self, base: int) -> bool:
        """Whether a base stands before it, neither its own (*June's* 5 percent) nor another number's."""
        items, stops, at = self.parsed.items, self.parsed.stops_until, self.place.first
        last = self.parsed.start_of(at, (NUMBER,)) - 1
        if not last < base < at or (last >= 0 and stops[base] == stops[last]) or self._is_owner(base):
            return False
        return not all(item.time or item.kind == CONJ or item.cue("glue") for item in items[base:at])

    @property
    def _is_of_years(self) -> bool:
        """Whether the time told behind it or before it is of several years: *from 2012 to 2016*."""
        parsed, place, semis = self.parsed, self.place, self.parsed.semis_until
        told = [
            (i, _years_of(time))
            for i, time in parsed.dated
            if time.role in _ACTUAL_TIMES and semis[i] == semis[place.item]
            and parsed.text[time.start : time.end].lower() != "annual"  # which is that of each year
        ]  # fmt: skip
        behind = [years for i, years in told if place.last < i < place.right]
        before = [years for i, years in told if i < place.first]
        nearest = behind[:1] or before[-1:] or [1]
        return self.end == "plain" and nearest[0] not in (1, place.size)

    @cached_property
    def _other_end(self) -> tuple[str, ...] | None:
        """The indicators of the one of two numbers between which a change lies that was told first."""
        before, parsed, decided = self.previous, self.parsed, self.discourse.decided[-1:]
        if before is None or not decided or self.place.item - before.item > _ENDS:
            return None
        two = {parsed.ends[self.number - 1], self.end} == {"from", "to"}
        if not two or parsed.numbers[self.number - 1].unit != self.q.unit:
            return None
        last = decided[0]
        here = last.sentence == parsed.sentence.number and last.reason not in _LEFT_OUT
        return last.slugs if here else None

    @cached_property
    def _is_start(self) -> bool:
        """Whether a rate moves from it, and no time of its own is told: 11月增速*从4.9%*加快至5%."""
        parsed, at, end = self.parsed, self.place.item, self.next
        if end is None or (self.end, parsed.ends[self.number + 1]) != ("from", "to"):
            return False
        left = parsed.start_of(at, (SEMI,))
        told = [(i, time) for i, time in parsed.dated if left <= i < end.item and time.role in _ACTUAL_TIMES]
        if len(told) != 1 or _years_of(told[0][1]) != 1 or told[0][0] > at:
            return False
        return parsed.tells(told[0][0], at, "base_number")

    @cached_property
    def _is_of_money(self) -> bool:
        """Whether a change is one of an amount: cars *worth $46 billion*, up 110%; they rose *in value*."""
        parsed, place, items = self.parsed, self.place, self.parsed.items
        first = min((mention.first for mention in parsed.mentions), default=0)  # In dollar terms, exports …
        if parsed.tells(0, first, "in_value") or self._tells_around("in_value"):
            return True
        row = [i for i in range(place.item) if items[i].kind == NUMBER]
        own = len(row) - place.size  # stands in the row before where this one does in its
        if own >= 0 and _is_money(parsed.numbers[items[row[own]].number]):
            return not parsed.atoms_in(row[own] + 1, place.item)
        behind = items[place.right : place.right + 1]
        to_money = any(item.kind == NUMBER and _is_money(parsed.numbers[item.number]) for item in behind)
        return to_money and items[place.right - 1].cue("to")

    # --- of which indicators it cannot be: of something wider, narrower or beside ---

    def narrower(self, way: Way, atoms: Atoms) -> bool:
        """Whether what is named is another thing than the indicator.

        Args:
            way: in which it would be of the indicator.
            atoms: of the mention that names it.
        """
        required, extra, heads = way.pattern.required, atoms - way.allowed, self.concepts.heads
        if (required <= heads and not extra <= heads) or extra & self.concepts.narrowing:
            return True  # the capacity utilization *of carmaking*, the revenue of *listed* firms
        if (
            self._is_of_sector(way) or self._is_measured_otherwise(way) or self._is_of_other_whole(way)
            or self._is_told_of_others(way)
            or (way.measure == "level" and (self._is_no_level(way) or self._is_of_private_index(way)))
            or (atoms in self._summed and not NONE.union(*self._summed) <= way.allowed)
            or not (way.subject - atoms).isdisjoint(self._only_of_part)
            or (way.measure == "growth" and self._is_of_another(way))
        ):  # fmt: skip
            return True
        return SECTORS in required and (
            self._is_of_pace or self._is_of_some or bool(self._measured - way.allowed)
        )

    def _is_told_of_others(self, way: Way) -> bool:
        """Whether it is told right behind it of whom it is: output rose 7 percent *for heavy industry*."""
        parsed, at, right = self.parsed, self.behind, self.place.right
        if self.place.size > 1 or not self._own(at, "of_what"):
            return False
        behind = [m for m in parsed.mentions if at < m.first < right and parsed.before(m.first) <= at + 1]
        return any(m.atoms - GENERAL - way.allowed or m.before.startswith("narrows") for m in behind)

    @cached_property
    def _only_of_part(self) -> Atoms:
        """What is named only of a part told behind it: *33 million* phones, 27 million of them *5G*."""
        parsed, own = self.parsed, self.behind
        part = next((i for i, cues in parsed.cued if "of_which" in cues and i >= own), own)
        if part == own:
            return NONE
        return parsed.atoms_in(part + 1, len(parsed.items)) - parsed.atoms_in(0, part)

    def _is_of_private_index(self, way: Way) -> bool:
        """Whether it is of the index of a firm that is named before it: *财新*公布，制造业PMI降至50.6."""
        parsed, first = self.parsed, self.place.first
        if "pmi" not in way.pattern.required or not _PRIVATE_INDEX.isdisjoint(way.allowed):
            return False
        told = (m.last for m in parsed.mentions if m.atoms & _PRIVATE_INDEX and m.last < first)
        return any(
            parsed.numbers_until[at] == parsed.numbers_until[first]
            and not parsed.tells(at, first, "official")
            for at in told
        )

    def _is_of_another(self, way: Way) -> bool:
        """Whether something else is said to have grown."""
        if (self._earned and self._earned.isdisjoint(way.allowed)) or not self._of_last <= way.allowed:
            return True
        thing, atoms = self._spoken_of
        return bool(thing) and not (atoms & way.subject or thing <= way.allowed)

    def counts_firms(self, way: Way) -> bool:
        """Whether it would be of a number of firms, and an amount of theirs grew: *9 billion yuan, up 7*."""
        return way.measure == "growth" and way.pattern.required <= GENERAL and self._is_of_money

    def of_whole(self, way: Way) -> bool:
        """Whether it would be of that of which something is a share: 7 percent *of revenue, and* grew 9."""
        return way.measure == "growth" and bool(self._whole_before & way.pattern.required)

    @cached_property
    def _whole_before(self) -> Atoms:
        """What names only the whole of which the number before is a share, in a clause that goes on."""
        parsed, at, before = self.parsed, self.place.item, self.previous
        if before is None or not parsed.tells(before.left, before.item, "share"):
            return NONE
        joint = parsed.stop_of(before.last + 1, (CONJ,))
        if parsed.skip(range(joint + 1, at), "glue", directed=True) < at or joint >= at:
            return NONE
        return parsed.atoms_in(before.last + 1, joint).difference(
            *(m.atoms for m in parsed.mentions if m.last < before.first)
        )

    def said(self, way: Way, measured: tuple[Atoms, str]) -> bool:
        """Whether it is said what grew, so that nothing goes without saying: *profits* rose 3, in mining 5.

        Args:
            way: in which it would be of the indicator.
            measured: what is named nearest of all that can be measured, and where.
        """
        heads, where = measured
        if not way.missing or way.measure != "growth" or not heads.isdisjoint(way.missing):
            return False
        return (where == "B" and not heads.isdisjoint(_MEASURES)) or (
            where in "BPQ" and not heads.isdisjoint(_LASTING)
        )

    @cached_property
    def _spoken_of(self) -> tuple[Atoms, Atoms]:
        """The thing that grew, where it is named right before it is said how much, and all that is named.

        *Retail sales* rose 3. Both are empty where no thing is named so.
        """
        parsed, place, concepts = self.parsed, self.place, self.concepts
        own = [mention for mention in parsed.mentions if place.left <= mention.first < place.first]
        last = max((mention.last for mention in own), default=place.first)
        told = any(parsed.directions[last : place.first])
        if not told or not parsed.leads_only(last + 1, place.first):
            return NONE, NONE
        things = ((mention.atoms & {*concepts.named, "gdp"}) - concepts.heads - _NO_THING for mention in own)
        return next(filter(None, things), NONE), NONE.union(*(mention.atoms for mention in own))

    def _is_of_sector(self, way: Way) -> bool:
        """Whether a sector is named to which it belongs: *light industry* has 1,321 green factories."""
        told, parsed, place = way.pattern.required & self.concepts.of_all, self.parsed, self.place
        if not told or way.measure == "growth":
            return False
        semis, numbers, owners = parsed.semis_until, parsed.numbers_until, parsed.owners
        start = max((i for i, kind in owners if kind in (NATIONAL, HOME) and i < place.item), default=0)
        return any(
            mention.atoms & self.concepts.sectors - way.allowed
            and start <= mention.first < place.item
            and semis[mention.first] == semis[place.item]
            and (
                numbers[place.first] <= numbers[mention.first]
                or mention.atoms & self.concepts.of_all
                or not told & _COUNTED
            )
            for mention in parsed.mentions
        )

    def _is_measured_otherwise(self, way: Way) -> bool:
        """Whether what is measured is named right before it, and is another: sectors' *revenue* grew 3."""
        if way.measure == "level" or not self._named_last:
            return False
        patterns = self.concepts.patterns_of(way.pattern.slug)
        allowed = way.pattern.whole_allowed.union(*(pattern.allowed for pattern in patterns))
        return not allowed.isdisjoint(self.concepts.heads) and self._named_last.isdisjoint(allowed)

    @cached_property
    def _named_last(self) -> Atoms:
        """What is measured in the phrase that leads to it: 行业*收入*增长3%."""
        parsed, place = self.parsed, self.place
        before = [m for m in parsed.mentions if place.left <= m.first and m.last < place.first]
        last = max((mention.last for mention in before), default=place.first)
        if last + 1 >= place.first or not parsed.leads_only(last + 1, place.first, *_LEADING):
            return NONE
        heads = (self.concepts.heads | {"growth-contribution"}) - self.concepts.silent - _SHARES
        parts = [mention.atoms & heads for mention in before if mention.last == last]
        return NONE.union(*parts) if parts[-1] else NONE

    def _is_of_other_whole(self, way: Way) -> bool:
        """Whether its clause names another whole than GDP or what else it is of: 占*工业增加值*比重."""
        if way.measure != "share" or not way.pattern.explicit:
            return False
        parsed, first = self.parsed, self.place.first
        takes = [i for i, cues in parsed.cued if "takes_whole" in cues and self.place.left <= i < first]
        named = (m.atoms - _SHARES for m in parsed.mentions if takes and takes[-1] < m.first < first)
        whole = next(named, NONE)
        return bool(whole) and way.pattern.whole_required.isdisjoint(whole)

    def _is_no_level(self, way: Way) -> bool:
        """Whether it counts some others, is of each month or year, or by how much a level rises."""
        slug, new = way.pattern.slug, "new" in way.pattern.allowed
        left, right = self.place.left, self.place.right
        if self.q.unit == COUNT and "loans" in self.parsed.atoms_in(left, right):
            return True  # 获得*贷款*支持的企业27万家
        if self._is_of_world(way) or (self._has_risen and not new):
            return True
        if slug.endswith("-new"):
            return self._tells_around("each_year")  # 600,000 are added *every year*
        if self._is_difference or (self._is_listed_as_new and not new):
            return True
        if self._tells_before("averaged") and "per-" not in slug:  # *月均*接单637万载重吨
            return True
        further = self._own(self.place.first - 1, "further")  # *another* 100
        return further and self.concepts.vocabulary[slug].nature == "stock"

    @cached_property
    def _has_risen(self) -> bool:
        """Whether an amount rose or fell by it, and no word of reaching leads to it: 提升了8万亿元."""
        first, left = self.place.first, self.place.left
        at = self.parsed.skip(range(first - 1, left, -1), "settled", "glue", "known")
        told = self.end == "plain" and self._own(at, "growth_up", "growth_down")
        return told and self.q.unit not in (PERCENT, POINTS, BARE)

    @cached_property
    def _is_difference(self) -> bool:
        """Whether something rose by it to the number behind it: exports rose *5 million* to 20 million.

        Or it only says how many more there are: *862,000 more than at the end of* 2021.
        """
        parsed, place, after = self.parsed, self.place, self.next
        if self._own(self.behind, "after_difference"):
            at = parsed.skip(range(self.behind, place.right - 1), "after_difference", "glue")
            item = parsed.items[at]
            if item.word.atoms or (item.time is not None and item.time.role == "base"):
                return True
        if after is None or after.item - place.item > _ENDS or self.end == "from":
            return False
        if not self._moved or place.size > 1 or parsed.surfaces[self._before].endswith(" to"):
            return False
        led = any(parsed.leads(i) for i in range(self._before, place.first))
        return not led and parsed.tells(self.behind, after.item, "to", "target")

    @cached_property
    def _is_listed_as_new(self) -> bool:
        """Whether its list begins with what is new: *新培育*创新中心50家、绿色工业园区20个."""
        parsed, first = self.parsed, self.place.first
        start = parsed.start_of(first, STOPS)
        named = [item.word.atoms for item in parsed.items[start:first] if item.word.atoms]
        if named and "new" in named[-1][0]:
            return True  # 年增量达260万台
        return "new" in parsed.atoms_in(start, first) and not parsed.tells(start, first, "to", "target")

    def _is_of_world(self, way: Way) -> bool:
        """Whether it is told right before it that so many are the world's: *全球*90家灯塔工厂.

        Or they are a part of what the world has: *全球*汽车销量7053万辆，*其中*新能源汽车1571万辆.
        """
        parsed, at, whole = self.parsed, self._before, self.previous
        if self.q.unit not in COUNTS or "world" in way.allowed:
            return False
        if whole is not None and parsed.tells(whole.last, self.place.first, "of_which"):
            return "world" in parsed.atoms_in(whole.left, whole.first) and not self._is_named_national
        return at >= self.place.left and "world" in NONE.union(*parsed.items[at].word.atoms)

    @cached_property
    def _is_named_national(self) -> bool:
        """Whether its clause names the nation."""
        near = range(self.place.left, self.place.right)
        return any(kind in (NATIONAL, HOME) and i in near for i, kind in self.parsed.owners)

    @cached_property
    def _of_last(self) -> Atoms:
        """The thing of the amount before it, which grew where its clause names none: 9 billion, *up 7*."""
        if not self.last or not self._goes_on or self.parsed.numbers[self.number - 1].unit == PERCENT:
            return NONE
        return self.last - GENERAL

    @cached_property
    def _earned(self) -> Atoms:
        """What is said to have grown: *revenues* jumped 5 percent; *profits* of 3 billion yuan, up 4."""
        before, own = self.previous, self._earnings_before(self.place)
        if own or before is None or self.place.size > 1:
            return own
        if not _is_money(self.parsed.numbers[self.number - 1]) or not self._goes_on:
            return NONE
        return NONE if self.discourse.decided[-1].reason == "threshold" else self._earnings_before(before)

    def _earnings_before(self, place: Place) -> Atoms:
        """The earnings that are named by a noun of no list before a number, with only small words between."""
        parsed, items = self.parsed, self.parsed.items
        near = (m for m in parsed.mentions if place.left <= m.first and m.last < place.first)
        last = max(near, key=lambda mention: mention.last, default=None)
        if last is None or place.size > 1 or last.parts > 1 or items[last.first - 1].kind == CONJ:
            return NONE
        small = parsed.leads_only(last.last + 1, place.first, "to")
        is_noun = "n" in parsed.data.word_class(tail_word(parsed.surfaces[last.last]))
        return last.atoms & _EARNINGS if small and is_noun else NONE

    @cached_property
    def _summed(self) -> list[Atoms]:
        """The two things that it sums up, if it does: *3G and 4G* users *in total* were 695 million."""
        parsed, first, semis = self.parsed, self.place.first, self.parsed.semis_until
        before = [m for m in parsed.mentions if m.last < first and semis[m.first] == semis[first]]
        listed = [m.atoms for m in before if m.first == before[-1].first and m.parts == 2]
        between = parsed.items[before[-1].last + 1 : first] if listed and self.place.size == 1 else ()
        summed = any(item.cue("sum") for item in between) and all(item.kind != GAP for item in between)
        return listed if summed else []

    @cached_property
    def _measured(self) -> Atoms:
        """What is measured in its part of the sentence."""
        parsed, semis = self.parsed, self.parsed.semis_until
        near = (m for m in parsed.mentions if semis[m.first] == semis[self.place.item])
        return NONE.union(*(mention.atoms for mention in near)) & self.concepts.heads

    @property
    def _is_of_pace(self) -> bool:
        """Whether its clause tells how a growth changed: in 22 industries it *was faster* than in May.

        Or it goes on to compare with the month before: in 12 it *rose on the month*.
        """
        parsed, left, at = self.parsed, self.place.left, self.place.item
        stop = parsed.stop_of(at, STOPS)
        monthly = any(at < i < stop for i in parsed.monthly)
        if monthly or parsed.tells(left, stop, "pace_changed", "diffusion"):
            return True
        bases = [i for i, time in parsed.dated if left < i < stop and time.role == "base"]
        return any(parsed.items[i - 1].cue("growth_noun") for i in bases)  # 增速快于第一季度

    @property
    def _is_of_some(self) -> bool:
        """Whether the sectors are those of some firms: output *of SMEs* rose 8 percent, in 28 it grew.

        Where the sentence begins with "among them", the firms are those of the sentence before.
        """
        named = self.parsed.atoms_in(0, self.place.item)
        if self.parsed.tells(0, 2, "of_which"):
            said = self.discourse.earlier(self.parsed.sentence.number)
            named = named.union(*(m.atoms for where, back, m in said if (where, back) == ("P", 1)))
        return not named.isdisjoint(_FIRMS)

    def exemplified(self, way: Way, main: Mention) -> bool:
        """Whether examples before it are all that it is of: *paper, plastics and other* manufacturing."""
        told = self._is_here(main) and self.parsed.tells(main.first, main.last, "apposition")
        return told and way.subject <= GENERAL | {"manufacturing"}

    def of_another_here(self, way: Way, things: Sequence[tuple[Way, Mention]]) -> bool:
        """Whether its own sentence names a thing without an entry, and the indicator only one before does.

        So in "商用车6月产销26万辆；*上半年产销168万辆*", after a sentence on cars.
        """
        if not way.heads or way.measure == "share" or self._is_named_national:
            return False
        if self.parsed.tells(self.place.left, self.place.item, "anaphor"):
            return False
        return any(
            (thing.heads, thing.measure) == (way.heads, way.measure)
            and thing.subject <= named.atoms
            and not thing.subject <= GENERAL
            and self._is_last_named(named, way)
            for thing, named in things
        )

    def _is_last_named(self, thing: Mention, way: Way) -> bool:
        """Whether its sentence names a thing before it, and from there on nothing of an indicator.

        In "*exports*, outsourcing included, reached 402" the thing only explains what is measured.
        """
        parsed, at, semis = self.parsed, self.place.first, self.parsed.semis_until
        if not self._is_here(thing) or thing.first >= at or parsed.tells(thing.first, at, "apposition"):
            return False
        if parsed.asides[thing.first] != parsed.asides[at]:
            return False
        part = [m for m in parsed.mentions if semis[m.first] >= semis[thing.first]]
        explains = any(m.first < thing.first and m.atoms & way.heads for m in part)
        return not explains and way.subject.isdisjoint(NONE.union(*(m.atoms for m in part)))

    def _is_here(self, main: Mention) -> bool:
        """Whether a mention is one of its own sentence."""
        return any(mention is main for mention in self.parsed.mentions)

    def elsewhere(self, way: Way, main: Mention) -> bool:
        """Whether a list names it for another number of a row: robots and *chips* rose *3* and 5."""
        parsed, place = self.parsed, self.place
        if place.size == 1 or main.first >= place.first or not way.pattern.required <= main.atoms:
            return False
        if not self._is_here(main) or not parsed.tells(main.last, place.first, "apart"):
            return False
        if main.parts == place.size:
            return main.part != place.index
        member = place.member(main) if main.parts == 1 and len(place.members) == place.size else -1
        if member in (-1, place.index):
            return False
        own = parsed.items[slice(*place.members[place.index])]
        return not any(item.time for item in own)  # 一、二季度分别


def _is_money(q: Quantity) -> bool:
    return q.unit in MONEY


def _years_of(time: Time) -> int:
    """How many years a time lasts, at least one."""
    begin, finish = time.begin or time.finish, time.finish
    return max(1, int(finish[:4]) - int(begin[:4]) + (begin[5:7] <= finish[5:7]))


def _is_other_base(parsed: Parsed, spoken: str, base: Time) -> bool:
    """Whether a base lies several years before a day, or is a month or quarter of less than a year before."""
    if _YEARS_AGO.search(parsed.text, base.start, base.end):
        return True
    years = int(spoken[:4]) - int(base.finish[:4])
    months = 12 * years + int(spoken[5:7]) - int(base.finish[5:7])
    return years > 1 or (base.grain in _PARTS and 0 < months < 12)


def _is_of_prices(parsed: Parsed, time: Time) -> bool:
    """Whether a time tells of which year the prices are."""
    start = max(parsed.sentence.start, time.start - _BESIDE)
    return _PRICES.search(parsed.text, start, time.end + _BESIDE) is not None
