"""What a number cannot be, by rules that hold whatever was learned."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.items import CONJ, GAP, NUMBER, STOPS, TIME
from miit_cli.reading.mentions import NONE
from miit_cli.reading.parsing import HOME, NATIONAL, tail_word
from miit_cli.reading.spans import BARE, COUNT, CURRENCY, DOLLAR, PERCENT, PHYSICAL, POINTS, YUAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from miit_cli.reading.candidates import Way
    from miit_cli.reading.discourse import Discourse
    from miit_cli.reading.mentions import Atoms, Concepts
    from miit_cli.reading.parsing import Mention, Parsed, Place
    from miit_cli.reading.ranking import Candidate
    from miit_cli.reading.spans import Quantity, Time

SECTORS = "industry-sectors"  # that grow, are counted
GENERAL = frozenset(["industry", "enterprise", "above-size"])  # name no topic of their own
_OWNED = frozenset(["region", "company", "foreign"])  # why a number is not the nation's
_REGIONAL = frozenset(["region", "parts"])  # owners that are parts of a nation
_ECONOMY = frozenset(["gdp"])
# nor, where it is said what grew, do these
_NO_THING = GENERAL | {"growing", SECTORS, "energy-use", "telecom", "total-of-all", "talent"}
_CURRENCIES = (YUAN, DOLLAR, CURRENCY)
_WHOLES = frozenset([
    "profit", "exports", "imports", "investment", "export-delivery", "population", "gdp", "household",
])  # fmt: skip  # that a share may be of
_MEASURES = frozenset([
    "exports", "revenue", "investment", "tariff", "shipments", "capacity-utilization", "pmi", "penetration",
    "subscribers", "export-delivery", "profit-margin", "market-share", "traffic", "sales",
])  # fmt: skip  # of which no sector's value added goes without saying
# Those of which neither does it in the sentences after.
_EARNINGS = frozenset(["revenue", "profit"])  # nothing else grew where one of these did
_LASTING = frozenset(["profit", "foreign-capital", "logistics-total"])
_ACTUAL_TIMES = ("period", "span", "point")
_COUNTED = frozenset(["above-size", "green-factory", "lighthouse-factory", "smart-factory"])
_FIRMS = frozenset(
    ["sme", "little-giant", "srdi", "private", "foreign-funded"]
)  # whose sectors are no others'
_LEADING = frozenset(["glue", "known", "apart", "alike", "year_on_year", "to", "share", "takes_whole"])
_SHARES = frozenset(["market-share", "penetration"])  # which say of no more than a share
_TONNAGE = "deadweight-ton"
_WHOLE = 4  # items behind a share in which its whole is named
_SOON = 3  # items behind a number in which its time is told
# Why one end of a change is none, which says nothing of the other.
_LEFT_OUT = frozenset(["base", "tally", "part", "difference", "range"])
_PAIR = 2  # things
_ENDS = 4  # items between the two ends of a change, at most
_PRICES, _BESIDE = re.compile(r"[Pp]rices?\b|价|價"), 30  # characters
_MONTHLY = "month-on-month"  # why a change is none
_ON_YEAR = ("year on year", "year over year", "同比")
_YEAR_ON_YEAR = 1  # years between what grew and what it is compared with
_YEARS_AGO = re.compile(r"\byears\s(?:ago|before|earlier|prior)\b|[^一1]年前", re.IGNORECASE)
_COMPARES = ("base", "base_number", "after_difference")
_OWNS = re.compile(r"['’]s\b|,?\s(?:when|which|where)\b")
_PARTS = frozenset(["month", "alone", "quarter", "half"])  # of a year, as grains of times


class _SpokenOf(NamedTuple):
    """What a clause says that it grew."""

    thing: Atoms
    atoms: Atoms  # all that it names


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
        self.place, self.last = parsed.places[number], last

    # --- of all indicators ---

    @property
    def is_none(self) -> bool:
        """Whether it is of no indicator.

        It is hearsay, of the rest of a thing, told the last time, an excess, the whole of a part that is told
        behind it, a mark between two sides, the sum of several things, or another owner's.
        """
        return (
            self.parsed.is_hearsay or self._is_of_rest or self._is_last_value or self._is_excess
            or self._is_whole or self._is_mark or self._is_sum or self._is_of_owned or self._is_of_parts
        )  # fmt: skip

    @property
    def _is_of_rest(self) -> bool:
        """Whether it is of what is left of a thing: *excluding cars*, output grew 5 percent."""
        parsed, place = self.parsed, self.place
        first = parsed.numbers_until[place.item] - place.index  # how many numbers stand before its row
        for i, cues in parsed.cued:
            if i >= place.item:
                break
            if "excluding" not in cues or parsed.numbers_until[i] != first:
                continue
            stop = next((j for j in range(i, place.item) if parsed.items[j].kind in STOPS), place.item)
            left_out = NONE.union(*(m.atoms for m in parsed.mentions if i < m.first < stop))
            if left_out & self.concepts.named:
                return True
        return False

    @property
    def _is_last_value(self) -> bool:
        """Whether it is what was reported the last time, which is not told: (*prior* 6.1%), 前值6.1%."""
        parsed, place = self.parsed, self.place
        at = parsed.led_by(place)
        told = any(place.last < i <= place.last + _SOON for i, _ in parsed.dated)
        return at >= 0 and parsed.items[at].cue("prior") and not told

    @property
    def _is_excess(self) -> bool:
        """Whether it is by how many something exceeds what is named right before it: 超过4G用户数*近1亿*."""
        parsed, place = self.parsed, self.place
        at = parsed.before(place.first)
        named = next((mention for mention in parsed.mentions if mention.last == at), None)
        if named is None or parsed.numbers[self.number].unit == PERCENT:
            return False
        before = parsed.before(named.first)
        joined = any(parsed.text[item.start] == "的" for item in parsed.items[at + 1 : place.first])
        return before >= place.left and parsed.items[before].cue("exceeds") and not joined

    @property
    def _is_of_owned(self) -> bool:
        """Whether what another owner has grew by it: the *firm* sold 13,000 cars, *up 29 percent*.

        Or it is what the growth of another owner is compared with: slower than *6 percent* in June.
        """
        parsed, place, before = self.parsed, self.place, self.parsed.places.get(self.number - 1)
        if before is None or place.size > 1 or parsed.numbers[self.number].unit != PERCENT:
            return False
        compared = parsed.ends[self.number] == "from"
        if compared != (parsed.numbers[self.number - 1].unit == PERCENT):
            return False
        if self.discourse.decided[-1].reason not in _OWNED:
            return False
        between = range(before.last + 1, place.first)
        named = any(mention.first in between for mention in parsed.mentions)
        same = parsed.semis_until[before.last] == parsed.semis_until[place.first]
        return same and not named and not any(before.last < i < place.right for i, _ in parsed.owners)

    @property
    def _is_of_parts(self) -> bool:
        """Whether the numbers of a row are those of regions: 8.4%, 10% and 9% *in its eastern* regions."""
        parsed, at = self.parsed, self.place.last + 1
        while at < self.place.right and parsed.items[at].cue("glue"):
            at += 1
        return self.place.size > 1 and any(i == at and kind in _REGIONAL for i, kind in parsed.owners)

    @cached_property
    def reasons(self) -> frozenset[str]:
        """Why it is not none: a change *on the year*, or *from a year earlier*, is none on the month."""
        parsed, items, at = self.parsed, self.parsed.items, self.place.last + 1
        small = ("glue", "base", "base_number")
        while at < self.place.right and (parsed.directions[at] or any(map(items[at].cue, small))):
            at += 1
        behind = at < self.place.right and at in parsed.yearly
        before = parsed.before(self.place.first)  # year-on-year growth of 5 percent
        led = before >= self.place.left and parsed.surface(before).startswith(_ON_YEAR)
        return frozenset([_MONTHLY]) if behind or led else NONE

    @property
    def _is_whole(self) -> bool:
        """Whether the number behind it is a part of it: *97* classes, 74 of them; *97*个大类中的74个."""
        parsed, place, items = self.parsed, self.place, self.parsed.items
        part = parsed.places.get(self.number + 1)
        if part is None or parsed.stops_until[part.item] != parsed.stops_until[place.item]:
            return False
        if parsed.numbers[self.number].unit == PERCENT or parsed.numbers[self.number + 1].unit == PERCENT:
            return False
        named = any(part.item < mention.first < part.right for mention in parsed.mentions)
        return not named and items[part.first - 1].cue("whole")

    @property
    def _is_mark(self) -> bool:
        """Whether it is what parts growth from decline, and nothing reached: 跨过*50%*的荣枯线."""
        parsed, behind = self.parsed, self.place.last + 1
        while behind < len(parsed.items) and parsed.items[behind].cue("glue"):
            behind += 1
        return behind < len(parsed.items) and parsed.items[behind].cue("mark")

    @property
    def _is_sum(self) -> bool:
        """Whether it is the sum of what is listed right before it: 软件业和互联网收入*总规模*突破10万亿元."""
        parsed, place = self.parsed, self.place
        listed = [m for m in parsed.mentions if place.left <= m.first < place.first and m.parts > 1]
        if place.size > 1 or not listed or parsed.numbers[self.number].unit == PERCENT:
            return False
        return parsed.tells(listed[-1].first, place.first, "sum")

    # --- of a measure ---

    def share(self, way: Way, behind: Iterable[str]) -> bool:
        """Whether it is no such share: one *of profits* or *of growth* is none of output.

        Args:
            way: in which it would be one.
            behind: the atoms of the noun behind the number.
        """
        if self._has_grown or not _WHOLES.intersection(behind) <= way.allowed:
            return True
        of_growth = self._is_part_of_growth or self._is_rate
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
        ):
            return False
        return not any(parsed.leads(i) for i in range(at, place.first))

    @cached_property
    def _is_rate(self) -> bool:
        """Whether a rate of growth came to it: the average *growth rate* of output reached 10 percent."""
        parsed, place = self.parsed, self.place
        clause = range(place.left, place.first)
        rate = any("growth" in parsed.surface(i).split() for i in clause)
        other = parsed.tells(place.left, place.right, "share", "of_which", "contribution")
        return rate and not other and parsed.ends[self.number] == "to"

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

    # --- of an indicator ---

    def narrower(self, way: Way, atoms: Atoms) -> bool:
        """Whether what is named is another thing than the indicator.

        Args:
            way: in which it would be of the indicator.
            atoms: of the mention that names it.
        """
        required, extra, heads = way.pattern.required, atoms - way.allowed, self.concepts.heads
        if required <= heads and not extra <= heads:
            return True  # the capacity utilization *of carmaking*
        if self._is_of_sector(way) or self._is_measured_otherwise(way) or self._is_of_other_whole(way):
            return True
        if way.measure == "level" and self._is_no_level(way):
            return True
        if atoms in self._summed and not NONE.union(*self._summed) <= way.allowed:
            return True  # of 3G and 4G users *together*
        if way.measure == "growth" and self._is_of_another(way):
            return True
        return SECTORS in required and (
            self._is_of_pace or self._is_of_month or self._is_of_some or bool(self._measured - way.allowed)
        )

    def _is_of_another(self, way: Way) -> bool:
        """Whether something else is said to have grown."""
        earned, spoken_of = self._earned, self._spoken_of
        if (earned and earned.isdisjoint(way.allowed)) or not self._of_last <= way.allowed:
            return True
        if spoken_of is None:
            return False
        return not (spoken_of.atoms & way.subject or spoken_of.thing <= way.allowed)

    def of_whole(self, way: Way) -> bool:
        """Whether it would be of that of which something is a share: 7 percent *of revenue, and* grew 9."""
        return way.measure == "growth" and bool(self._whole_before & way.pattern.required)

    @cached_property
    def _whole_before(self) -> Atoms:
        """What names only the whole of which the number before is a share, in a clause that goes on."""
        parsed, place, before = self.parsed, self.place, self.parsed.places.get(self.number - 1)
        if before is None or not parsed.tells(before.left, before.item, "share"):
            return NONE
        joint = next((i for i in range(before.last + 1, place.item) if parsed.items[i].kind == CONJ), 0)
        if not joint or not all(
            parsed.directions[i] or parsed.items[i].cue("glue") for i in range(joint + 1, place.item)
        ):
            return NONE
        whole = NONE.union(*(m.atoms for m in parsed.mentions if before.last < m.first < joint))
        return whole - NONE.union(*(m.atoms for m in parsed.mentions if m.last < before.first))

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
    def _spoken_of(self) -> _SpokenOf | None:
        """The thing that grew, where it is named right before it is said how much: *retail sales* rose 3."""
        parsed, place, concepts = self.parsed, self.place, self.concepts
        own = [mention for mention in parsed.mentions if place.left <= mention.first < place.first]
        last = max((mention.last for mention in own), default=place.first)
        between = range(last + 1, place.first)
        if not any(parsed.directions[i] for i in range(last, place.first)):
            return None
        if not all(
            parsed.directions[i] or parsed.items[i].cue("glue") or parsed.items[i].time for i in between
        ):
            return None
        for mention in own:
            thing = (mention.atoms & (concepts.named | _ECONOMY)) - concepts.heads - _NO_THING
            if thing:
                return _SpokenOf(thing, NONE.union(*(each.atoms for each in own)))
        return None

    def _is_of_sector(self, way: Way) -> bool:
        """Whether a sector is named to which it belongs: *light industry* has 1,321 green factories."""
        told, parsed, place = way.pattern.required & self.concepts.of_all, self.parsed, self.place
        if not told or way.measure == "growth":
            return False
        start = max(
            (i for i, kind in parsed.owners if kind in (NATIONAL, HOME) and i < place.item), default=0
        )
        for mention in parsed.mentions:
            own = mention.atoms & self.concepts.sectors - way.allowed
            near = parsed.semis_until[mention.first] == parsed.semis_until[place.item]
            if not own or not near or not start <= mention.first < place.item:
                continue
            apart = parsed.numbers_until[place.first] > parsed.numbers_until[mention.first]
            if not apart or mention.atoms & self.concepts.of_all or not told & _COUNTED:
                return True
        return False

    def _is_measured_otherwise(self, way: Way) -> bool:
        """Whether what is measured is named right before it, and is another: sectors' *revenue* grew 3."""
        if way.measure == "level" or not self._named_last:
            return False
        patterns = self.concepts.patterns_of(way.pattern.slug)
        allowed = way.pattern.whole_allowed.union(*(pattern.allowed for pattern in patterns))
        return not allowed.isdisjoint(self.concepts.heads) and self._named_last.isdisjoint(allowed)

    @cached_property
    def _named_last(self) -> Atoms:
        """What is measured in the phrase that leads to it; in Chinese, which names that last."""
        parsed, place, items = self.parsed, self.place, self.parsed.items
        if parsed.words.language != "zh":
            return NONE
        before = [m for m in parsed.mentions if place.left <= m.first and m.last < place.first]
        last = max((mention.last for mention in before), default=place.first)
        for i in range(last + 1, place.first):
            if not (
                parsed.directions[i] or parsed.leads(i) or items[i].time or items[i].word.cues & _LEADING
            ):
                return NONE
        heads = self.concepts.heads - _SHARES
        parts = [mention.atoms & heads for mention in before if mention.last == last]
        return NONE.union(*parts) if last + 1 < place.first and parts and parts[-1] else NONE

    def _is_added_to(self, way: Way) -> bool:
        """Whether it is by how much an amount rose or fell: value added *rose by* 8 trillion yuan."""
        unit = self.parsed.numbers[self.number].unit
        return self._has_risen and unit not in (PERCENT, POINTS, BARE) and "new" not in way.pattern.allowed

    def _is_listed_as_new(self, way: Way) -> bool:
        """Whether its list begins with what is new: *新培育*创新中心50家、绿色工业园区20个."""
        parsed, items, start = self.parsed, self.parsed.items, self.place.first
        if "new" in way.pattern.allowed or parsed.words.language != "zh":
            return False
        while start > 0 and items[start - 1].kind not in STOPS:
            start -= 1
        led = any("new" in m.atoms and start <= m.first < self.place.first for m in parsed.mentions)
        named = [item.word.atoms for item in items[start : self.place.first] if item.word.atoms]
        if named and "new" in named[-1][0]:
            return True  # 年增量达260万台
        return led and not parsed.tells(start, self.place.first, "to", "target")

    def _is_of_other_whole(self, way: Way) -> bool:
        """Whether its clause names another whole than GDP or what else it is of: 占*工业增加值*比重."""
        if way.measure != "share" or not way.pattern.explicit:
            return False
        parsed, place = self.parsed, self.place
        takes = [i for i, cues in parsed.cued if "takes_whole" in cues and place.left <= i < place.first]
        whole = [m.atoms - _SHARES for m in parsed.mentions if takes and takes[-1] < m.first < place.first]
        return bool(whole and whole[0]) and way.pattern.whole_required.isdisjoint(whole[0])

    @cached_property
    def _has_risen(self) -> bool:
        """Whether a word of rising or falling leads to it, and none of reaching: 提升了8万亿元."""
        parsed, place = self.parsed, self.place
        at = place.first - 1
        while at > place.left and parsed.items[at].word.cues & {"settled", "glue", "known"}:
            at -= 1
        told = at >= place.left and parsed.items[at].word.cues & {"growth_up", "growth_down"}
        return bool(told) and parsed.ends[self.number] == "plain" and parsed.words.language == "zh"

    @cached_property
    def _is_of_borrowers(self) -> bool:
        """Whether its clause counts those that got loans: 获得*贷款*支持的企业27万家."""
        parsed, place = self.parsed, self.place
        return parsed.numbers[self.number].unit == COUNT and any(
            "loans" in mention.atoms and place.left <= mention.first < place.right
            for mention in parsed.mentions
        )

    def _is_of_world(self, way: Way) -> bool:
        """Whether it is told right before it that so many are the world's: *全球*90家灯塔工厂."""
        parsed, place = self.parsed, self.place
        at = parsed.before(place.first)
        counted = parsed.numbers[self.number].unit == COUNT and "world" not in way.allowed
        return counted and at >= place.left and "world" in NONE.union(*parsed.items[at].word.atoms)

    @cached_property
    def _of_last(self) -> Atoms:
        """The thing of the amount before it, which grew where its clause names none: 9 billion, *up 7*."""
        parsed, place, before = self.parsed, self.place, self.parsed.places.get(self.number - 1)
        if before is None or not self.last or parsed.numbers[self.number - 1].unit == PERCENT:
            return NONE
        same = parsed.semis_until[before.last] == parsed.semis_until[place.first]
        named = any(before.last < mention.first < place.first for mention in parsed.mentions)
        return self.last - GENERAL if same and not named else NONE

    @cached_property
    def _earned(self) -> Atoms:
        """What is said to have grown: *revenues* jumped 5 percent; *profits* of 3 billion yuan, up 4."""
        parsed, place, before = self.parsed, self.place, self.parsed.places.get(self.number - 1)
        own = self._earnings_before(place)
        if own or before is None or place.size > 1 or parsed.numbers[self.number - 1].unit not in _CURRENCIES:
            return own
        if self.discourse.decided[-1].reason == "threshold":
            return NONE
        same = parsed.semis_until[before.last] == parsed.semis_until[place.first]
        told = any(before.last < mention.first < place.first for mention in parsed.mentions)
        return self._earnings_before(before) if same and not told else NONE

    def _earnings_before(self, place: Place) -> Atoms:
        """The earnings that are named by a noun of no list before a number, with only small words between."""
        parsed, items = self.parsed, self.parsed.items
        near = (m for m in parsed.mentions if place.left <= m.first and m.last < place.first)
        last = max(near, key=lambda mention: mention.last, default=None)
        if last is None or place.size > 1 or last.parts > 1 or items[last.first - 1].kind == CONJ:
            return NONE
        small = all(
            parsed.directions[i] or items[i].time or parsed.leads(i) or items[i].cue("glue")
            for i in range(last.last + 1, place.first)
        )
        is_noun = "n" in parsed.data.word_class(tail_word(parsed.surface(last.last)))
        return last.atoms & _EARNINGS if small and is_noun else NONE

    @cached_property
    def _is_averaged(self) -> bool:
        """Whether its clause speaks of a part of its period: *月均*接单637万载重吨."""
        return self.parsed.tells(self.place.left, self.place.first, "averaged")

    def _is_no_level(self, way: Way) -> bool:
        """Whether it counts some others, is of each month or year, or by how much a level rises."""
        slug = way.pattern.slug
        if self._is_of_borrowers or self._is_of_world(way) or self._is_added_to(way):
            return True
        if slug.endswith("-new"):
            return self._is_yearly
        if self._is_rise or self._is_added or self._is_listed_as_new(way):
            return True
        if self._is_averaged and "per-" not in slug:
            return True
        return self._is_further and self.concepts.vocabulary[slug].nature == "stock"

    @cached_property
    def _is_rise(self) -> bool:
        """Whether something rose by it to the number behind it: exports rose *5 million* to 20 million."""
        parsed, place, behind = self.parsed, self.place, self.parsed.places.get(self.number + 1)
        at = parsed.before(place.first)
        if behind is None or behind.item - place.item > _ENDS or parsed.ends[self.number] == "from":
            return False
        rises = at >= place.left and parsed.directions[at] in ("up", "down") and place.size == 1
        led = parsed.surface(at).endswith(" to") or any(parsed.leads(i) for i in range(at, place.first))
        return rises and not led and parsed.tells(place.last + 1, behind.item, "to", "target")

    @cached_property
    def _is_further(self) -> bool:
        """Whether so many are added to those that there are: *another* 100."""
        at = self.place.first - 1
        return at >= 0 and self.parsed.items[at].cue("further")

    @cached_property
    def _summed(self) -> list[Atoms]:
        """The two things that it sums up, if it does: *3G and 4G* users *in total* were 695 million."""
        parsed, place, semis = self.parsed, self.place, self.parsed.semis_until
        before = [m for m in parsed.mentions if m.last < place.first and semis[m.first] == semis[place.first]]
        listed = [m for m in before if m.first == before[-1].first and m.parts == _PAIR]
        between = parsed.items[before[-1].last + 1 : place.first] if listed and place.size == 1 else ()
        summed = any(item.cue("sum") for item in between) and all(item.kind != GAP for item in between)
        return [mention.atoms for mention in listed] if summed else []

    @cached_property
    def _is_added(self) -> bool:
        """Whether it only says how many more there are: *862,000 more than at the end of* 2021."""
        items, place, at = self.parsed.items, self.place, self.place.last + 1
        if at >= place.right or not items[at].cue("after_difference"):
            return False
        while at + 1 < place.right and (items[at].cue("after_difference") or items[at].cue("glue")):
            at += 1
        time = items[at].time
        return bool(items[at].word.atoms) or (time is not None and time.role == "base")

    @property
    def _is_yearly(self) -> bool:
        """Whether so many are told of each year: 600,000 are added *every year*."""
        return self.parsed.tells(self.place.left, self.place.right, "each_year")

    @cached_property
    def _measured(self) -> Atoms:
        """What is measured in its part of the sentence."""
        parsed, at = self.parsed, self.place.item
        near = (m for m in parsed.mentions if parsed.semis_until[m.first] == parsed.semis_until[at])
        return NONE.union(*(mention.atoms for mention in near)) & self.concepts.heads

    @property
    def _is_of_pace(self) -> bool:
        """Whether its clause tells how a growth changed: in 22 industries it *was faster* than in May."""
        parsed, place, items = self.parsed, self.place, self.parsed.items
        stop = next((i for i in range(place.item + 1, len(items)) if items[i].kind in STOPS), len(items))
        if parsed.tells(place.left, stop, "pace_changed", "diffusion"):
            return True
        bases = [i for i, time in parsed.dated if place.left < i < stop and time.role == "base"]
        return any(items[i - 1].cue("growth_noun") for i in bases)  # 增速快于第一季度

    @property
    def _is_of_some(self) -> bool:
        """Whether the sectors are those of some firms: output *of SMEs* rose 8 percent, in 28 it grew.

        Where the sentence begins with "among them", the firms are those of the sentence before.
        """
        parsed = self.parsed
        named = NONE.union(*(mention.atoms for mention in parsed.mentions if mention.first < self.place.item))
        if parsed.tells(0, 2, "of_which"):
            said = self.discourse.earlier(parsed.sentence.number)
            named = named.union(
                *(mention.atoms for where, back, mention in said if where == "P" and back == 1)
            )
        return not named.isdisjoint(_FIRMS)

    @property
    def _is_of_month(self) -> bool:
        """Whether its clause goes on to compare with the month before: in 12 it *rose on the month*."""
        parsed, at = self.parsed, self.place.item
        return any(at < i and parsed.stops_until[i] == parsed.stops_until[at] for i in parsed.monthly)

    def exemplified(self, way: Way, main: Mention) -> bool:
        """Whether examples before it are all that it is of: *paper, plastics and other* manufacturing."""
        told = any(item.cue("apposition") for item in self.parsed.items[main.first : main.last])
        here = any(mention is main for mention in self.parsed.mentions)
        return told and here and way.subject <= GENERAL | {"manufacturing"}

    def elsewhere(self, way: Way, main: Mention) -> bool:
        """Whether a list names it for another number of a row: robots and *chips* rose *3* and 5."""
        parsed, place = self.parsed, self.place
        here = any(mention is main for mention in parsed.mentions) and main.first < place.first
        if place.size == 1 or not here or not way.pattern.required <= main.atoms:
            return False
        if not parsed.tells(main.last, place.first, "apart"):
            return False
        if main.parts == place.size:
            return main.part != place.index
        member = place.member(main) if main.parts == 1 and len(place.members) == place.size else -1
        if member in (-1, place.index):
            return False
        return not any(
            item.time for item in parsed.items[slice(*place.members[place.index])]
        )  # 一、二季度分别

    # --- of a candidate ---

    def excludes(self, candidate: Candidate, units: Mapping[str, str]) -> bool:
        """Whether a candidate that names an indicator is none.

        Args:
            candidate: one with indicators as its key.
            units: of the indicators.
        """
        if self._other_end is not None and candidate.key != self._other_end:
            return True
        slugs = [str(slug) for slug in candidate.key] if isinstance(candidate.key, tuple) else []
        if self._is_compensated and any(units.get(slug) == _TONNAGE for slug in slugs):
            return True
        if candidate.group != "growth":
            return False
        if self._is_of_whole:
            return True
        if self._is_share_that_moves or (self._is_of_another_time and slugs[0].endswith("-growth")):
            return True
        return self._is_of_money and any(
            units.get(slug.removesuffix("-growth"), PERCENT) not in (PERCENT, *_CURRENCIES) for slug in slugs
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
    def _is_compensated(self) -> bool:
        """Whether tons are compensated gross tons, and no deadweight: 以*修正总吨*计，新接订单2280万吨."""
        parsed, physical = self.parsed, self.parsed.numbers[self.number].unit == PHYSICAL
        return physical and any("cgt" in m.atoms for m in parsed.mentions if m.first < self.place.item)

    @cached_property
    def _is_of_another_time(self) -> bool:
        """Whether a change is not one on the year before."""
        parsed, place = self.parsed, self.place
        if (
            self._is_monthly
            or self._is_on_other_base
            or self._is_of_years
            or parsed.tells(place.left, place.item, "average")
        ):
            return True
        behind = min(place.right, place.last + _WHOLE)  # by 25 percent on a two-year average
        if parsed.tells(place.last + 1, behind, "average"):
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
        compares = parsed.tells(max(at, base - 2), base, *_COMPARES) or parsed.surface(base - 1) == "on"
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
        if before is None or not decided or self.place.item - before.item > _ENDS:
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
    return q.unit in _CURRENCIES


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
