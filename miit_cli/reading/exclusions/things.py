"""Of which indicators a number cannot be: of something wider, narrower or beside."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.exclusions.changes import CURRENCIES, ENDS, ChangeExclusions
from miit_cli.reading.items import CONJ, GAP
from miit_cli.reading.mentions import NONE
from miit_cli.reading.parsing import HOME, NATIONAL, tail_word
from miit_cli.reading.spans import BARE, COUNT, COUNTS, PERCENT, POINTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miit_cli.reading.candidates import Way
    from miit_cli.reading.mentions import Atoms
    from miit_cli.reading.parsing import Mention, Place

SECTORS = "industry-sectors"  # that grow, are counted
GENERAL = frozenset(["industry", "enterprise", "above-size"])  # name no topic of their own
_ECONOMY = frozenset(["gdp"])
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
_LEADING = frozenset(["glue", "known", "apart", "alike", "year_on_year", "to", "share", "takes_whole"])
_CONTRIBUTION = frozenset(["growth-contribution"])
_PRIVATE_INDEX = frozenset(["private-pmi"])  # of managers, whose entry is the official one
_SHARES = frozenset(["market-share", "penetration"])  # which say of no more than a share
_LEVELS = frozenset(["profit-margin", "capacity-utilization", "pmi", "tariff"])  # of which there are averages
_AVERAGE = "average"  # why a change is none
_PAIR = 2  # things


class _SpokenOf(NamedTuple):
    """What a clause says that it grew."""

    thing: Atoms
    atoms: Atoms  # all that it names


class Exclusions(ChangeExclusions):
    """What one number cannot be: of which indicators."""

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
        ):  # fmt: skip
            return True
        if way.measure == "level" and (self._is_no_level(way) or self._is_of_private_index(way)):
            return True
        summed = atoms in self._summed and not NONE.union(*self._summed) <= way.allowed
        if summed or not (way.subject - atoms).isdisjoint(self._only_of_part):
            return True  # of 3G and 4G users *together*
        if way.measure == "growth" and self._is_of_another(way):
            return True
        return SECTORS in required and (
            self._is_of_pace or self._is_of_month or self._is_of_some or bool(self._measured - way.allowed)
        )

    def _is_told_of_others(self, way: Way) -> bool:
        """Whether it is told right behind it of whom it is: output rose 7 percent *for heavy industry*."""
        parsed, at, right = self.parsed, self.place.last + 1, self.place.right
        if self.place.size > 1 or not parsed.tells(at, min(at + 1, right), "of_what"):
            return False
        behind = [m for m in parsed.mentions if parsed.before(m.first) <= at + 1 and at < m.first < right]
        return any(m.atoms - GENERAL - way.allowed or m.before.startswith("narrows") for m in behind)

    @cached_property
    def _only_of_part(self) -> Atoms:
        """What is named only of a part told behind it: *33 million* phones, 27 million of them *5G*."""
        parsed, own = self.parsed, self.place.last + 1
        part = next((i for i, cues in parsed.cued if "of_which" in cues and i >= own), own)
        named = NONE.union(*(m.atoms for m in parsed.mentions if m.first < part))
        return NONE.union(*(m.atoms for m in parsed.mentions if m.first > part > own)) - named

    def _is_of_private_index(self, way: Way) -> bool:
        """Whether it is of the index of a firm that is named before it: *财新*公布，制造业PMI降至50.6."""
        parsed, place = self.parsed, self.place
        if "pmi" not in way.pattern.required or not _PRIVATE_INDEX.isdisjoint(way.allowed):
            return False
        told = (m.last for m in parsed.mentions if m.atoms & _PRIVATE_INDEX and m.last < place.first)
        return any(
            parsed.numbers_until[at] == parsed.numbers_until[place.first]
            and not parsed.tells(at, place.first, "official")
            for at in told
        )

    def _is_of_another(self, way: Way) -> bool:
        """Whether something else is said to have grown."""
        earned, spoken_of = self._earned, self._spoken_of
        if (earned and earned.isdisjoint(way.allowed)) or not self._of_last <= way.allowed:
            return True
        if spoken_of is None:
            return False
        return not (spoken_of.atoms & way.subject or spoken_of.thing <= way.allowed)

    def counts_firms(self, way: Way) -> bool:
        """Whether it would be of a number of firms, and an amount of theirs grew: *9 billion yuan, up 7*."""
        return way.measure == "growth" and way.pattern.required <= GENERAL and self._is_of_money

    @cached_property
    def reasons(self) -> frozenset[str]:
        """Why it is not none: a margin that *averaged* 4 percent is that of its period."""
        parsed, place = self.parsed, self.place
        mean = self._measured & _LEVELS and parsed.tells(place.left, place.right, "on_average")
        return super().reasons | {_AVERAGE} if mean else super().reasons

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
        """What is measured in the phrase that leads to it: 行业*收入*增长3%."""
        parsed, place, items = self.parsed, self.place, self.parsed.items
        before = [m for m in parsed.mentions if place.left <= m.first and m.last < place.first]
        last = max((mention.last for mention in before), default=place.first)
        for i in range(last + 1, place.first):
            if not (
                parsed.directions[i] or parsed.leads(i) or items[i].time or items[i].word.cues & _LEADING
            ):
                return NONE
        heads = (self.concepts.heads | _CONTRIBUTION) - self.concepts.silent - _SHARES
        parts = [mention.atoms & heads for mention in before if mention.last == last]
        return NONE.union(*parts) if last + 1 < place.first and parts and parts[-1] else NONE

    def _is_added_to(self, way: Way) -> bool:
        """Whether it is by how much an amount rose or fell: value added *rose by* 8 trillion yuan."""
        unit = self.parsed.numbers[self.number].unit
        return self._has_risen and unit not in (PERCENT, POINTS, BARE) and "new" not in way.pattern.allowed

    def _is_listed_as_new(self, way: Way) -> bool:
        """Whether its list begins with what is new: *新培育*创新中心50家、绿色工业园区20个."""
        parsed, items = self.parsed, self.parsed.items
        if "new" in way.pattern.allowed:
            return False
        start, _ = parsed.clause(self.place.first)
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
        return bool(told) and parsed.ends[self.number] == "plain"

    @cached_property
    def _is_of_borrowers(self) -> bool:
        """Whether its clause counts those that got loans: 获得*贷款*支持的企业27万家."""
        parsed, place = self.parsed, self.place
        return parsed.numbers[self.number].unit == COUNT and any(
            "loans" in mention.atoms and place.left <= mention.first < place.right
            for mention in parsed.mentions
        )

    def _is_of_world(self, way: Way) -> bool:
        """Whether it is told right before it that so many are the world's: *全球*90家灯塔工厂.

        Or they are a part of what the world has: *全球*汽车销量7053万辆，*其中*新能源汽车1571万辆.
        """
        parsed, place = self.parsed, self.place
        at, whole = parsed.before(place.first), parsed.places.get(self.number - 1)
        if parsed.numbers[self.number].unit not in COUNTS or "world" in way.allowed:
            return False
        if whole is not None and parsed.tells(whole.last, place.first, "of_which"):
            told = (m.atoms for m in parsed.mentions if whole.left <= m.first < whole.first)
            return any("world" in atoms for atoms in told) and not self._is_named_national
        return at >= place.left and "world" in NONE.union(*parsed.items[at].word.atoms)

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
        parsed, place, before = self.parsed, self.place, self.parsed.places.get(self.number - 1)
        own = self._earnings_before(place)
        if own or before is None or place.size > 1 or parsed.numbers[self.number - 1].unit not in CURRENCIES:
            return own
        if self.discourse.decided[-1].reason == "threshold" or not self._goes_on:
            return NONE
        return self._earnings_before(before)

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
        if behind is None or behind.item - place.item > ENDS or parsed.ends[self.number] == "from":
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
        _, stop = parsed.clause(place.item)
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
        told = self._is_here(main) and self.parsed.tells(main.first, main.last, "apposition")
        return told and way.subject <= GENERAL | {"manufacturing"}

    def of_another_here(self, way: Way, things: Sequence[tuple[Way, Mention]]) -> bool:
        """Whether its own sentence names a thing without an entry, and the indicator only one before does.

        So in "商用车6月产销26万辆；*上半年产销168万辆*", after a sentence on cars.
        """
        if not way.heads or way.measure == "share" or self._is_named_national:
            return False
        if self.parsed.refers_back(self.place):
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
        if (
            place.size == 1
            or main.first >= place.first
            or not self._is_here(main)
            or not way.pattern.required <= main.atoms
        ):
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
