"""Which indicator a number is of, or why of none: candidates and what speaks for each. No verdict here."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, cached_property, lru_cache
from itertools import chain, islice
from math import log10
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple, cast

from miit_cli.reading import features as named
from miit_cli.reading.exclusions import GENERAL, Exclusions
from miit_cli.reading.items import CONJ, GAP, NUMBER, TIME
from miit_cli.reading.mentions import NEW, NONE, OTHER, Pattern
from miit_cli.reading.parsing import (
    COMPANY,
    FOREIGN,
    OWNED,
    PARTING,
    REGION,
    head_word,
    months_before,
    tail_word,
)
from miit_cli.reading.ranking import Candidate
from miit_cli.reading.sizes import USUAL, alike, digits, ratio, size_of, usualness
from miit_cli.reading.spans import BARE, COUNT, COUNTS, DOLLAR, PERCENT, PHYSICAL, POINTS, TIMES, YUAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence, Set
    from decimal import Decimal

    from miit_cli.reading.discourse import Decided, Discourse
    from miit_cli.reading.features import Block
    from miit_cli.reading.mentions import Atoms, Concepts
    from miit_cli.reading.parsing import Mention, Parsed, Place
    from miit_cli.reading.spans import Quantity, Time

UNCATALOGUED, UNATTRIBUTED = "uncatalogued", "unattributed"
# Why a number is none; each is a candidate of every number.
REASONS = (
    UNCATALOGUED, UNATTRIBUTED, REGION, COMPANY, FOREIGN, "difference", "tally", "spec", "part",
    "threshold", "average", "contribution", "range", "base", "month-on-month", "pace", "currency",
)  # fmt: skip
_LATELY = 8  # numbers, by which it is told whose figures a passage tells

_MEASURES = {PERCENT: ("growth", "share", "level", "change"), POINTS: ("change",), TIMES: ("growth",)}
_TONNAGE = "deadweight-ton"
ANY = "any"  # a number of which nothing is known
MONEYLESS = "bare or money"  # a number without a unit, so large that it may be an amount of money
PERCENTLESS = "bare or percent"  # one that is written with decimals or a sign, or stands behind percentages
# One behind a number with a unit of few things, and tons that may be deadweight tons.
_RARE = {unit: f"bare or {unit}" for unit in (_TONNAGE, "eflops", "gigabyte")}
TONS = "tons or deadweight tons"
BROKEN = "no whole number"  # which is no count of things, unless of so many people
_OPEN = (BARE, BROKEN, *_RARE.values())
_UNITS = {
    BROKEN: (BARE,),
    MONEYLESS: (BARE, YUAN, DOLLAR), PERCENTLESS: (BARE, PERCENT), TONS: (PHYSICAL, _TONNAGE),
    **{name: (BARE, unit) for unit, name in _RARE.items()},
}  # fmt: skip  # what those may be
_MONEY = 10**8
_RATE = 1000  # which no percentage reaches
_TONS, _SHIPLOAD = ("tons", "tonnes", "ton", "吨"), 10**5
_UNIT_BACK = 4  # numbers whose unit one without may have
_NEAR, _BACK = 2, 6  # mentions of earlier sentences whose things without an entry a number may be of
_KEPT = 4096  # sets of things named, of which it is kept what a number can be
_LARGER = 2  # times, of a number that another leads to
_EDGES = (0, 1, 2, 3, 5, 8, 13, 21)


def bucket(x: float) -> str:
    """A distance as one of a few names."""
    edge = bisect_left(_EDGES, x)
    return str(_EDGES[edge]) if edge < len(_EDGES) else "far"


class _Seen(NamedTuple):
    """A mention as seen from a number."""

    cost: float
    where: str  # B before, A after, P same paragraph, Q earlier, H heading, L lead, T title
    near: str  # distance, numbers and stops between, as one name
    mention: Mention
    aligned: str  # y, n or "": whether its place in its list is that of the number in its row


class _View:
    """Mentions as seen from a number, the nearest first; and those of each atom."""

    def __init__(self, seen: Iterable[_Seen]) -> None:
        self.seen = sorted(seen, key=_cost)
        self.of: dict[str, list[_Seen]] = {}
        for each in self.seen:
            for atom in each.mention.atoms:
                self.of.setdefault(atom, []).append(each)

    def naming(self, atoms: Atoms) -> list[_Seen]:
        """The mentions that have any of the atoms."""
        known = [*atoms & self.of.keys()]
        if len(known) > 1:
            return [seen for seen in self.seen if not atoms.isdisjoint(seen.mention.atoms)]
        return self.of[known[0]] if known else []


class _Sight:
    """What a number may be of: the things of its sentence, and those of earlier ones, the nearest first.

    What stands in earlier sentences looks the same from all numbers of a sentence: it is found once.
    """

    def __init__(self, here: _View, earlier: _View, rival: Callable[[Atoms], Atoms]) -> None:
        self.here, self.earlier, self._rival = here, earlier, rival
        self._naming: dict[Atoms, list[_Seen]] = {}

    @property
    def atoms(self) -> Atoms:
        """All that is named."""
        return NONE.union(self.here.of, self.earlier.of)

    def beside(self, named: Atoms) -> Atoms:
        """What the sentence names, and where that is no thing, what was named right before it."""
        back = _BACK if named.isdisjoint(self.here.of) else _NEAR
        return NONE.union(self.here.of, *(seen.mention.atoms for seen in self.earlier.seen[:back]))

    @cached_property
    def all(self) -> list[_Seen]:
        """All mentions, the nearest first."""
        return sorted([*self.here.seen, *self.earlier.seen], key=_cost)

    @cached_property
    def things(self) -> list[tuple[float, Atoms]]:
        """What names a thing of its own, the nearest first: how far, and what."""
        return [(seen.cost, rival) for seen in self.all if (rival := self._rival(seen.mention.atoms))]

    def farthest(self, atoms: Atoms) -> _Seen:
        """The farthest of the nearest mentions with each atom."""
        nearest = ((*self.here.of.get(atom, ())[:1], *self.earlier.of.get(atom, ())[:1]) for atom in atoms)
        return max((min(seen, key=_cost) if seen else self.all[0] for seen in nearest), key=_cost)

    def naming(self, atoms: Atoms) -> list[_Seen]:
        """The mentions that have any of the atoms, the nearest first."""
        found = self._naming.get(atoms)
        if found is None:
            both = [*self.here.naming(atoms), *self.earlier.naming(atoms)]
            found = self._naming[atoms] = sorted(both, key=_cost)
        return found


_cost = itemgetter(0)  # of a _Seen


def _seen_here(parsed: Parsed, place: Place, mention: Mention, behind: int) -> _Seen:
    """A mention of the number's own sentence; ``behind`` is the first item that no brackets part from it."""
    at, before = place.item, mention.first < place.item
    if before:
        lo, hi = mention.last + 1, at
    else:
        lo, hi = behind if mention.first >= behind else at + 1, mention.first
    distance = max(0, hi - lo)
    numbers, stops, semis = parsed.between(lo, hi)
    numbers = max(0, numbers - place.beside(before))  # those of the same row do not part it from its nouns
    aligned = _aligned(place, mention)
    if not aligned and (member := place.member(mention)) >= 0:
        aligned = "Y" if member == place.index else "N"
    elif not aligned and mention.parts > 1:
        aligned = f"{min(mention.parts, 3)}:{min(place.size, 3)}"
    aside = parsed.asides[mention.first] not in (0, parsed.asides[at])
    near = f"{min(numbers, 2)}.{min(stops, 2)}{';' if semis else ''}{'(' if aside else ''}"
    cost = distance * 0.3 + numbers * 2 + stops * 1.5 + semis * 2 + aside * 2
    if not before and (numbers or stops or distance > 2):
        cost += 1.5
    cost += _ALIGNED.get(aligned, 0.0)
    return _Seen(cost, "B" if before else "A", near, mention, aligned)


def _aligned(place: Place, mention: Mention) -> str:
    """Whether it stands in its list where a number stands in its row: y, n, or "" where they do not match."""
    if mention.parts == 1 or mention.parts != place.size:
        return ""
    return "y" if mention.part == place.index else "n"


def _seen_earlier(place: Place, where: str, back: int, mention: Mention) -> _Seen:
    """A mention of an earlier sentence, from a number of a row."""
    aligned = _aligned(place, mention)
    cost = 8 + 2 * back + (0 if where == "P" else 2) + _ALIGNED.get(aligned, 0.0)
    return _Seen(cost, where, str(min(back, 4)), mention, aligned)


class Way(NamedTuple):
    """A pattern that a number may be of where it stands."""

    measure: str
    pattern: Pattern
    missing: Atoms  # what goes without saying
    allowed: Atoms
    subject: Atoms
    heads: Atoms


_Ways = dict[str, list[tuple[int, str, Pattern]]]  # by an atom that they need: order, measure, pattern


class _Near(NamedTuple):
    """A number, and what its surroundings tell of all that it may be."""

    parsed: Parsed
    q: Quantity
    place: Place
    discourse: Discourse
    sight: _Sight
    noun: tuple[set[str], bool]  # atoms of the words right behind it; whether unknown words stand before them
    heads: list[tuple[Atoms, str]]  # what is measured, the nearest first
    topics: list[Atoms]  # of the title, the heading, the lead and the label
    past: _Past | None


class _Past(NamedTuple):
    """The numbers before one that tell about it."""

    near: str
    units: str  # that of the last and its own
    earlier: list[tuple[int, Decided]]  # indicators', and how many numbers back
    row: Decided | None  # what stands at the same place in the row before
    said: Decided | None  # at the same place among as many numbers before
    inrow: bool
    recorded_ratio: str  # to the last that is an indicator's
    again: Decided | None  # the last of the same value
    digits: int  # how many of them say that it is the same
    finish: str  # of the nearest time that the sentence names, "" where it names none


class _Words(NamedTuple):
    """Where the words of an indicator stand."""

    cost: float  # how far they are
    main: _Seen  # the mention with most of them
    cover: int  # how many it has
    other: _Seen | None  # the farthest of the rest of its subject
    head: _Seen | None  # of what is measured, where that stands apart


class _Best(NamedTuple):
    """The way in which a number can be of an indicator or thing that costs least."""

    cost: float
    candidate: Candidate
    main: Mention
    whole: bool  # whether the mention names all of it, and nothing else
    way: Way


class Linking:
    """Makes the candidates of numbers for one vocabulary."""

    def __init__(self, concepts: Concepts) -> None:
        self.concepts = concepts
        self._subject: dict[str, Atoms] = {}
        self._head: dict[str, Atoms] = {}
        known = [*chain(*concepts._patterns.values())]
        for pattern in known:
            subject = pattern.required - concepts.heads
            self._subject.setdefault(pattern.slug, subject or pattern.required)
            self._head.setdefault(pattern.slug, pattern.required & concepts.heads if subject else NONE)
        self._topical = concepts.named - concepts.heads - GENERAL
        self._unit = {slug: concepts.vocabulary[slug].unit for slug in concepts.vocabulary}
        # what may go without saying
        self._implied = {*chain(*concepts.default_attributes.values()), *concepts.money}
        self.needed: Atoms = NONE.union(*(pattern.required for pattern in known))
        self._way = lru_cache(_KEPT)(self._made_way)
        self._ways = lru_cache(_KEPT)(self._possible)
        self._things = lru_cache(_KEPT)(self._without_entry)
        self._by_atom = cache(self._indexed)
        self._defaults = lru_cache(_KEPT)(self._goes_without_saying)
        self._relation = cache(self._related)
        # what of a mention names a thing of its own
        self._rival = lru_cache(_KEPT)(lambda atoms: (atoms & concepts.named) - concepts.heads)

    def _patterns(self, unit: str) -> Iterable[tuple[str, Pattern]]:
        """The patterns that a number with this unit can be of, with their measures."""
        known = self.concepts._patterns
        if unit == ANY:
            return ((measure, pattern) for measure in known for pattern in known[measure])
        return (
            (measure, pattern)
            for one in _UNITS.get(unit, (unit,))
            for measure in _MEASURES.get(one, ("level",))
            for pattern in known.get(measure, ())
            if self.concepts._unit_fits(pattern.slug, one) and (unit != BROKEN or not self._is_count(pattern))
        )

    def _is_count(self, pattern: Pattern) -> bool:
        """Whether it counts things of the vocabulary, each of which is one."""
        per_people = any(atom.startswith("per-") for atom in pattern.required)
        listed = pattern.slug not in self.concepts.unlearned
        return listed and not per_people and self._unit[pattern.slug] != "index-point"

    def any_way(self, unit: str, present: Set[str]) -> bool:
        """Whether a number with this unit can be of anything where these atoms are named."""
        return any(True for _ in self._fitting(unit, present))

    def _possible(self, unit: str, present: Atoms) -> list[Way]:
        """What a number with this unit can be of where these atoms are named."""
        fitting = sorted(self._fitting(unit, present), key=itemgetter(0))
        return [self._way(measure, pattern, missing) for _, measure, pattern, missing in fitting]

    def _fitting(self, unit: str, present: Set[str]) -> Iterator[tuple[int, str, Pattern, Atoms]]:
        by_atom = self._by_atom(unit)
        for order, measure, pattern in chain(*(by_atom.get(atom, ()) for atom in ("", *present))):
            missing = pattern.required - present
            if pattern.explicit and not pattern.whole_required <= present:
                continue
            if not missing or missing == NEW or self._defaults(pattern.required - missing, missing):
                yield order, measure, pattern, missing

    def _indexed(self, unit: str) -> _Ways:
        """The patterns by an atom that has to be named for each of them, "" where there is none."""
        found: _Ways = {}
        for order, (measure, pattern) in enumerate(self._patterns(unit)):
            needed = min(pattern.required - self._implied - NEW, default="")
            found.setdefault(needed, []).append((order, measure, pattern))
        return found

    def _without_entry(self, unit: str, present: Atoms) -> list[Way]:
        """What a number can be of that has no entry."""
        found = [
            self._way(measure, pattern, pattern.required - present)
            for measure, pattern in self.concepts.unlisted.patterns(
                frozenset(_UNITS.get(unit, (unit,))), present
            )
        ]
        for way in found:
            self._subject[way.pattern.slug] = way.subject
            self._head[way.pattern.slug] = way.pattern.required - way.subject
        return found

    def _made_way(self, measure: str, pattern: Pattern, missing: Atoms) -> Way:
        heads = self.concepts.heads
        subject = (pattern.required - heads or pattern.required) - missing
        allowed = pattern.allowed | pattern.whole_allowed | self.concepts.silent
        return Way(measure, pattern, missing, allowed, subject, pattern.required - subject - missing)

    # --- the number and its surroundings ---

    def _common(
        self, parsed: Parsed, place: Place, q: Quantity, past: _Past | None, discourse: Discourse
    ) -> list[Block]:
        """Features of a number that do not depend on what it may be."""
        small = q.value is not None and q.unit in (COUNT, BARE) and abs(q.value) < 100 and q.bound == "exact"
        items, at, left, right = parsed.items, place.item, place.left, place.right
        before = next((told for i, told in reversed(parsed.directed) if left <= i < place.first), "")
        behind = next((told for i, told in parsed.directed if place.last < i < right), "")
        size = str(int(log10(abs(q.value)))) if q.value else "-"
        found: list[Block] = [
            (named.number_features, q.unit, q.bound, q.classifier, size, small),
            (
                named.clause_features,
                _comparison(parsed, place, discourse),
                items[left - 1].kind if left else "start",
                items[right].kind if right < len(items) else "end",
                _nearest_time(parsed, at),
                parsed.sentence.heading,
                parsed.asks,
            ),
            (named.direction_features, before, behind, parsed.follower(at + 1)),
        ]
        if parsed.tells(left, right, "average"):
            found.append((named.average_feature,))
        last = min(right, at + 5)
        for i, cues in parsed.cued:
            if i >= last:
                break
            if i < left:
                found.append((named.cues_far, cues))
            elif i < at:
                found.append((named.cues_before, cues, at - i <= 2))
            else:
                found.append((named.cues_behind, cues, i == at + 1))
        for i in range(max(0, at - 3), at):
            found.append((named.word_features, f"-{at - i}", tail_word(parsed.surfaces[i])))
        for i in range(at + 1, min(len(items), at + 4)):
            found.append((named.word_features, f"+{i - at}", head_word(parsed.surfaces[i])))
        found += [*parsed.owner_features(at, discourse), *_next(parsed, place, q)]
        if past is None:
            return [*found, (named.nothing_before,)]
        lately, again = discourse.decided[-_LATELY:], _kind(past.again) if past.again else ""
        others, ours = sum(each.reason in OWNED for each in lately), sum(bool(each.slugs) for each in lately)
        return [
            *found,
            (named.last_features, _kind(lately[-1]), past.near, past.units, lately[-1].measure),
            (named.sizes_features, ratio(q, lately[-1]), again, past.digits),
            (named.lately_features, others, ours),
        ]

    # --- candidates ---

    def candidates(
        self, parsed: Parsed, number: int, discourse: Discourse
    ) -> tuple[list[Candidate], list[Block]]:
        """Every reading of a number: the indicators in sight that its unit fits, and the reasons.

        Returns:
            The candidates, and what speaks for or against any of them.
        """
        q, place, decided = parsed.numbers[number], parsed.places[number], discourse.decided
        unit = unit_of(q, [each.unit for each in decided[-_UNIT_BACK:]])
        if unit in _OPEN and _is_percent_too(parsed, place, number):
            unit = PERCENTLESS
        lost = parsed.lost_until(place.item)
        sight = self._sight(parsed, place, discourse, lost)
        if lost and not sight.here.seen:
            return [LOST_CANDIDATE], []
        ways = discourse.views.get((unit, lost))
        if ways is None:
            ways = discourse.views[unit, lost] = self._ways(unit, sight.atoms)
        thing = decided[-1].thing if decided else ""
        last = self._subject.get(thing, NONE) | self._head.get(thing, NONE)
        exclusions = Exclusions(parsed, number, discourse, self.concepts, last)
        past = self._past(parsed, place, q, discourse)
        common = self._common(parsed, place, q, past, discourse)
        noun = _noun_behind(parsed, place)
        if exclusions.is_none:
            ways = ()
        ways = [way for way in ways if way.measure != "share" or not exclusions.share(way, noun[0])]
        if not ways:
            return [*REASON_CANDIDATES], common + self._nearest("none", sight)
        topics = self._topics(parsed, discourse)
        near = _Near(parsed, q, place, discourse, sight, noun, self._measured_here(sight), topics, past)
        best = self._best(ways, near)
        unlisted = self._things(unit, sight.beside(self.concepts.named))
        things = self._best([way for way in unlisted if not exclusions.counts_firms(way)], near)
        made = {id(each.main) for each in (*best, *things) if each.whole}
        for each in (*best, *things):  # words from elsewhere, and a mention that names another by itself
            if not each.whole and id(each.main) in made:
                each.candidate.features.append("made")  # type: ignore[attr-defined]  # a list here
        nearest = min(best, key=lambda each: (each.cost, each.candidate.key)).candidate.features
        common += self._nearest(_match(*(block for block in nearest if block[0] in _MATCHING)), sight)
        singles = self._not_excluded(best, things, sight, exclusions)
        joint = self._joint(near, singles) if place.size == 1 else []
        several = _named_together(parsed, place)
        both = {slug for each in joint if len(each.slugs) == several for slug in each.slugs}
        return [
            *(each for each in REASON_CANDIDATES if each.key not in exclusions.reasons),
            *(each for each in singles if both.isdisjoint(each.slugs)),
            *joint,
            *(each.candidate for each in things),
        ], common

    def _best(self, ways: Sequence[Way], near: _Near) -> list[_Best]:
        """Each indicator or thing that a number may be of, in the way that costs least."""
        least: dict[str, tuple[_Words, Way]] = {}
        for way in ways:
            words, slug = self._words(way, near.sight), way.pattern.slug
            if slug not in least or words.cost < least[slug][0].cost:
                least[slug] = words, way
        found = []
        for slug, (words, way) in least.items():
            main, subject = words.main, self._subject[slug]
            held = [_held(subject, atoms) for atoms in near.topics]
            features = [
                *self._features(way, words, near),
                *self._history(slug, way.measure, near),
                (named.topic_features, *held, f"sw={main.where}"),
            ]
            key, thing = (UNCATALOGUED, slug) if way.pattern.units else ((slug,), "")
            whole = way.pattern.required <= main.mention.atoms <= way.allowed
            candidate = Candidate(key, way.measure, features, thing)
            found.append(_Best(words.cost, candidate, main.mention, whole, way))
        return found

    def _measured_here(self, sight: _Sight) -> list[tuple[Atoms, str]]:
        """What the sentence names that is measured, as far as it is nearer than all that was named before."""
        heads, first = self.concepts.heads, next((seen.cost for seen in sight.earlier.seen), None)
        return [
            (found, f"other/{seen.where}/{seen.near}")
            for seen in sight.here.seen
            if (found := seen.mention.atoms & heads) and (first is None or seen.cost <= first)
        ]

    def _not_excluded(
        self, best: Sequence[_Best], things: Sequence[_Best], sight: _Sight, exclusions: Exclusions
    ) -> list[Candidate]:
        """The indicators that a number may be of in spite of all rules."""
        heads = self.concepts.heads
        measured = ((found, seen.where) for seen in sight.all if (found := seen.mention.atoms & heads))
        said, named_things = next(measured, (NONE, "")), [(one.way, one.main) for one in things]
        return [
            each.candidate
            for each in best
            if not (
                exclusions.of_another_here(each.way, named_things)
                or exclusions.narrower(each.way, each.main.atoms)
                or exclusions.elsewhere(each.way, each.main)
                or exclusions.exemplified(each.way, each.main)
                or exclusions.said(each.way, said)
                or exclusions.of_whole(each.way)
                or exclusions.excludes(each.candidate, self._unit)
            )
        ]

    def _topics(self, parsed: Parsed, discourse: Discourse) -> list[Atoms]:
        """What the title, the heading, the lead and the label speak of."""
        found: list[Atoms] | None = discourse.views.get("topics")
        if found is None:
            topics = discourse.title, discourse.heading, discourse.lead, parsed.label or discourse.label
            found = discourse.views["topics"] = [
                NONE.union(*(mention.atoms for mention in topic)) & self._topical for topic in topics
            ]
        return found

    def _joint(self, near: _Near, singles: Sequence[Candidate]) -> list[Candidate]:
        """One number for all members of a list: production and sales exceeded 6.5 million."""
        found = self._alike(near, singles)
        for lead in ("B", "A"):
            listed = next((s for s in near.sight.here.seen if s.where == lead and s.mention.parts > 1), None)
            if listed is None:
                continue
            for measure in dict.fromkeys(candidate.group for candidate in singles):
                known = [candidate.slugs[0] for candidate in singles if candidate.group == measure]
                slugs = self._members(near.parsed, listed.mention, known)
                if len(slugs) > 1:
                    whole = listed.mention.parts == len(slugs)
                    features = [(named.joint_features, lead, listed.near, whole, measure)]
                    found.append(Candidate(slugs, f"{measure}+", features))
        return found

    def _alike(self, near: _Near, singles: Sequence[Candidate]) -> list[Candidate]:
        """One growth for the last two values: 309,000 were built and 321,000 sold, *both* up 180 percent.

        They may stand in the sentence before: *Both figures* rose 30 percent.
        """
        parsed, place = near.parsed, near.place
        opens = parsed.tells(0, 1, "alike") and not parsed.numbers_until[place.first]
        opens = opens and not parsed.atoms_in(0, place.first)
        sentence = parsed.sentence.number - opens
        told = [each for each in near.discourse.decided[-2 * _PAIR :] if each.reason != "month-on-month"]
        last = [each for each in told[-_PAIR:] if each.sentence == sentence and each.slugs]
        if len(last) < _PAIR or not (opens or parsed.tells(place.left, place.item, "alike")):
            return []
        slugs = tuple(f"{each.slugs[0]}-growth" for each in last)
        known = {candidate.key for candidate in singles}
        if len({*slugs}) < _PAIR or not known.issuperset((slug,) for slug in slugs):
            return []
        return [Candidate(slugs, "growth+", [(named.joint_features, "V", "", True, "growth")])]

    def _members(self, parsed: Parsed, listed: Mention, known: Sequence[str]) -> tuple[str, ...]:
        """The one of some indicators that each member of a list names best."""
        found: list[str] = []
        patterns_of = self.concepts.patterns_of
        for mention in parsed.mentions:
            if (mention.first, mention.last) != (listed.first, listed.last):
                continue
            atoms = mention.atoms
            fitting = [
                (not any(each.required <= atoms for each in patterns_of(slug)), slug)
                for slug in known
                for pattern in patterns_of(slug)
                if atoms <= pattern.allowed
                and atoms & pattern.required
                and len(pattern.required - atoms) <= 1
            ]
            found += [slug for _, slug in sorted(fitting, key=itemgetter(0))[:1]]
        return tuple(dict.fromkeys(found))

    def _goes_without_saying(self, having: Atoms, missing: Atoms) -> bool:
        """Whether what is missing is what goes without saying: the value added of a sector."""
        concepts = self.concepts
        return all(
            any(
                head in concepts.default_attributes.get(atom, ()) or atom in concepts.money.get(head, NONE)
                for atom in having
            )
            for head in missing
        )

    def _sight(self, parsed: Parsed, place: Place, discourse: Discourse, lost: int) -> _Sight:
        """The mentions that a number may be of; of a text that is lost before an item, those from it on."""
        views, behind = discourse.views, _past_aside(parsed, place.item)
        if "named" not in views:
            views["named"] = self._named_here(parsed, discourse)
        own = _View(_seen_here(parsed, place, each, behind) for each in views["named"] if each.first >= lost)
        key = place.size, place.index
        if not lost and key not in views:
            said = discourse.earlier(parsed.sentence.number)
            views[key] = _View(_seen_earlier(place, *each) for each in said)
        return _Sight(own, _View(()) if lost else views[key], self._rival)

    def _named_here(self, parsed: Parsed, discourse: Discourse) -> Sequence[Mention]:
        """The mentions of a sentence; *the industry* is the sector that was spoken of, where there is one."""
        last = discourse.recorded_before
        if last is None or not last.slugs or _INDUSTRY & self._subject[last.slugs[0]]:
            return parsed.mentions
        found = (
            each._replace(atoms=each.atoms - _INDUSTRY) if _refers_to_sector(parsed, each) else each
            for each in parsed.mentions
        )
        return [each for each in found if each.atoms]

    # --- features of an indicator ---

    def _words(self, way: Way, sight: _Sight) -> _Words:
        """Where the words of an indicator stand, and how far they are."""
        _, pattern, missing, allowed, subject, heads = way
        main, cover = self._main(sight, subject, heads, allowed)
        atoms, cost = main.mention.atoms, main.cost
        other = head = None
        if left := subject - atoms:
            other = sight.farthest(left)
            cost = max(cost, other.cost)
        if heads and not heads <= atoms:
            head = sight.farthest(heads)
            cost += head.cost * 0.3
        return _Words(cost + len(missing) * 0.5 - 0.2 * len(pattern.required), main, cover, other, head)

    def _features(self, way: Way, words: _Words, near: _Near) -> list[Block]:
        """What speaks for an indicator."""
        concepts, parsed, q, sight, place = self.concepts, near.parsed, near.q, near.sight, near.place
        measure, pattern, missing, allowed, _, heads = way
        _, main, cover, other, head = words
        where, mention = main.where, main.mention
        atoms, here = mention.atoms, where in "AB"
        anaphoric = not here and parsed.tells(place.left, place.item, "anaphor")
        found: list[Block] = [(named.place_features, measure, where, main.near, main.aligned, anaphoric)]
        if other:
            found.append((named.second_features, other.where, other.near if other.where in "AB" else ""))
        if missing == NEW:
            around = range(place.left, min(place.right, place.item + 6))
            aimed = parsed.tells(place.left, place.right, "target", "future", "target_after")
            due, said = _nearest_time(parsed, place.item), [tail_word(parsed.surfaces[i]) for i in around]
            found.append((named.new_features, aimed, due, *said))
        elif missing:
            found.append((named.default_features, measure))
        if head:
            found.append(self._apart(main, head, heads, allowed))
        elif heads:
            found.append((named.head_features, "in"))
        elif not missing:
            found.append((named.head_features, "none"))
        slug = "?" if pattern.slug in concepts.unlearned else pattern.slug
        if pattern.units:  # no entry: all of it or a part is named, and nothing else or more
            slug = f"unlisted/{'all' if pattern.required <= atoms else 'part'}/{atoms <= allowed}/{where}"
        extra = atoms - allowed
        unlisted = extra & concepts.unlisted.atoms
        things = _competition(sight.things, main.cost, allowed)
        found += [
            (
                named.extra_features, (extra - unlisted) | {OTHER} if unlisted else extra,
                not extra.isdisjoint(concepts.heads),
            ),
            (
                named.indicator_features, slug, min(cover, 4), min(len(pattern.required), 4),
                q.classifier or q.unit, self._unit.get(pattern.slug, "unlisted"),
            ),
            (named.magnitude_features, measure, USUAL if slug == "?" else usualness(slug, q)),
            (named.rival_features, things, _competing_head(near.heads, pattern, allowed)),
            (named.noun_features, _noun(near.noun[0], pattern, allowed), q.unit, near.noun[1]),
        ]  # fmt: skip
        if mention.before or mention.after:
            found.append((named.modifier_features, mention.before, mention.after, where))
        if here:
            joint, kind = parsed.qualifier(mention.last + 1)
            if joint:
                found.append((named.qualifier_features, joint, kind, where))
        else:
            found += _in_its_place(parsed, place, head)
        if pattern.whole_allowed:
            found.append((named.whole_features, self._whole(sight, main, pattern), pattern.explicit))
        return found

    def _apart(self, main: _Seen, head: _Seen, heads: Atoms, allowed: Atoms) -> Block:
        """What is measured stands in another place than the thing."""
        beside, gap = head.where in "AB", ""
        if beside and head.where == main.where:
            between = head.mention.first - main.mention.last
            gap = f"{'-' if between < 0 else ''}{bucket(abs(between))}"
        return (
            named.apart_features, main.where, head.where, head.near if beside else "",
            self._defaults(main.mention.atoms, heads), head.aligned, gap, head.mention.before,
            min(len(head.mention.atoms - allowed), 2),
        )  # fmt: skip

    def _main(self, sight: _Sight, subject: Atoms, heads: Atoms, allowed: Atoms) -> tuple[_Seen, int]:
        """The mention that names the indicator best: near, and with many of its words."""
        naming = sight.naming(subject)
        best, best_cost, cover = naming[0] if naming else sight.all[0], 1e9, 0
        for seen in naming:
            if seen.cost - 9 > best_cost:
                break
            atoms = seen.mention.atoms
            shared = len(atoms & subject)
            cost = seen.cost - 3.0 * shared - len(atoms & heads) + 1.0 * len(atoms - allowed)
            if cost < best_cost:
                best, best_cost, cover = seen, cost, shared + len(atoms & heads)
        return best, cover

    def _whole(self, sight: _Sight, main: _Seen, pattern: Pattern) -> str:
        """Where that is named which a share is a share of."""
        for seen in sight.naming(pattern.whole_allowed):
            if seen.mention is not main.mention and seen.mention.atoms <= pattern.whole_allowed:
                return f"{seen.where}/{seen.near if seen.where in 'AB' else ''}"
        return "none" if pattern.whole_allowed.isdisjoint(main.mention.atoms) else "in"

    def _past(self, parsed: Parsed, place: Place, q: Quantity, discourse: Discourse) -> _Past | None:
        """The numbers before that tell about this one."""
        decided, recorded = discourse.decided, discourse.recorded
        if not decided:
            return None
        last, in_rows = decided[-1], place.size > 1 or decided[-1].size > 1
        row = said = None
        if in_rows:
            here = [each for each in decided[-8:] if each.sentence == parsed.sentence.number]
            above = [each for each in here if each.group == place.group - 1]
            if place.index < len(above) == place.size:
                row = above[place.index]
            before = [each for each in here if each.group < place.group]
            if len(before) >= place.size > 1:
                said = before[place.index - place.size]
        again = discourse.valued.get((size_of(q), q.unit)) if q.value else None
        return _Past(
            _nearness(last, parsed, place),
            f"{last.unit}>{q.unit}",
            [(back, other) for back, other in enumerate(reversed(decided[-4:-1]), 2) if other.slugs],
            row,
            said,
            in_rows and place.index > 0 and last.group == place.group,
            ratio(q, recorded) if recorded else "",
            again,
            digits(q) if again else 0,
            next((time.finish for time in _times_near(parsed, place.item)), ""),
        )

    def _history(self, slug: str, measure: str, near: _Near) -> list[Block]:
        """How an indicator relates to what the numbers before were."""
        past, discourse, sentence = near.past, near.discourse, near.parsed.sentence
        if past is None:
            return [(named.first_features,)]
        last, recorded = discourse.decided[-1], discourse.recorded
        relation = self._relation_to(last, slug)
        found: list[Block] = [
            (named.history_features, relation, past.near, past.units, last.measure, measure, past.inrow)
        ]
        if past.earlier:
            related = ((back, self._relation_to(other, slug)) for back, other in past.earlier)
            found.append((named.past_features, *chain(*related)))
        if recorded is not None:
            relation, here = self._relation_to(recorded, slug), recorded.sentence == sentence.number
            found.append((named.recorded_features, relation, here, past.recorded_ratio))
        latest, value = discourse.latest.get(slug), size_of(near.q)
        if latest is not None and latest.value is not None and value is not None:
            same = alike(latest.value, value)
            when = "none" if not past.finish else "same" if past.finish == latest.finish else "other"
            found += [
                (named.latest_features, same, ratio(near.q, latest)),
                (named.latest_when_features, same, when, latest.near(sentence), latest.status),
            ]
        if past.again is not None:
            found.append((named.again_read_features, self._relation_to(past.again, slug), past.digits))
        if past.row is not None or past.said is not None:
            rows = (self._relation_to(each, slug) if each else "" for each in (past.row, past.said))
            found.append((named.row_features, *rows))
        return found

    def relation(self, slugs: tuple[str, ...], discourse: Discourse) -> str:
        """How what a number is of relates to what the number before was."""
        if not slugs[0] or not discourse.decided:
            return "none"
        return self._relation_to(discourse.decided[-1], slugs[0])

    def _relation_to(self, other: Decided, slug: str) -> str:
        """How an indicator relates to what a number was."""
        if other.slugs or other.thing:
            return self._relation(slug, other.slugs or (other.thing,))
        return f"none:{other.reason[:4]}"

    def _related(self, slug: str, others: tuple[str, ...]) -> str:
        if slug in others:
            return "same"
        subject, head = self._subject.get(slug, NONE), self._head.get(slug, NONE)
        for each in others:
            if self._subject.get(each) == subject:
                return "thing" if self._head.get(each) == head else "subject"
        for each in others:
            if self._head.get(each) == head and head:
                return "kin" if self._subject.get(each, NONE) & subject else "head"
        return "other"

    # --- features of a reason ---

    def _nearest(self, match: str, sight: _Sight) -> list[Block]:
        """How well the nearest indicator fits, where its words stand, and what is next to them."""
        nearest = next((s for s in sight.here.seen if s.mention.atoms & self.concepts.named), None)
        if nearest is None:
            return [(named.nearest_features, match, "none")]
        mention, where = nearest.mention, nearest.where
        return [
            (named.nearest_features, match, f"{where}/{nearest.near}"),
            (named.modifier_features, mention.before, mention.after, where),
        ]


REASON_CANDIDATES = tuple(
    Candidate(reason, reason, [(named.reason_features, reason)]) for reason in REASONS
)  # each is one of every number
LOST_CANDIDATE = next(each for each in REASON_CANDIDATES if each.key == UNATTRIBUTED)


def _refers_to_sector(parsed: Parsed, mention: Mention) -> bool:
    """Whether all that names industry in a mention is *the industry*."""
    items = parsed.items
    within = range(mention.first, mention.last + 1)
    naming = [i for i in within if any(atoms >= _INDUSTRY for atoms in items[i].word.atoms)]
    return bool(naming) and all(
        i and items[i].cue("anaphor") and items[i - 1].cue("definite") for i in naming
    )


def _kind(decided: Decided) -> str:
    """What became of a number: Y for an indicator's, or why it is none."""
    return "Y" if decided.slugs else decided.reason


def _named_together(parsed: Parsed, place: Place) -> int:
    """How many things are named right before a number, and not apart, all of which it is of; 0 for one.

    By a word, 产销超过70万辆, or by a list: *production and sales* of cars exceeded 700,000.
    """
    listed = place.right < len(parsed.items) and parsed.items[place.right - 1].kind == CONJ
    if listed or parsed.tells(place.left, place.first, "apart"):
        return 0
    word = next((i for i in range(place.first - 1, place.left - 1, -1) if parsed.items[i].word.atoms), None)
    if word is not None and len(parsed.items[word].word.atoms) > 1:
        return len(parsed.items[word].word.atoms)
    last = max((m for m in parsed.mentions if place.left <= m.first < place.first), key=_end, default=None)
    return last.parts if last is not None and last.parts > 1 else 0


_end = attrgetter("last")  # of a mention


def _noun_behind(parsed: Parsed, place: Place) -> tuple[set[str], bool]:
    """The atoms of the noun right behind a number, and whether unknown words stand before it."""
    first = _past_aside(parsed, place.item)
    atoms: set[str] = set()
    gap = False
    for item in parsed.items[first : min(parsed.stop_of(first, _NOUN_ENDS), first + 5)]:
        if item.word.atoms:
            atoms.update(*item.word.atoms)
        elif atoms and not item.cue("glue"):
            break
        else:
            gap = gap or item.kind == GAP
    return atoms, gap


_NOUN_ENDS = {*PARTING, TIME, CONJ}


def _past_aside(parsed: Parsed, at: int) -> int:
    """The item behind a number, or behind the brackets that follow it: 849 million (62.9%) *4G users*."""
    asides, behind = parsed.asides, at + 1
    if behind == len(asides) or asides[behind] in (0, asides[at]):
        return behind
    return next((i for i in range(behind, len(asides)) if asides[i] != asides[behind]), len(asides))


def _noun(atoms: set[str], pattern: Pattern, allowed: Atoms) -> str:
    """Whether the noun right behind the number is this indicator's."""
    if not atoms:
        return "none"
    its_own = not atoms.isdisjoint(pattern.required)
    if its_own and atoms <= pattern.allowed:
        return "in"
    return "ok" if atoms <= allowed else "some" if its_own else "no"


def _held(subject: Atoms, topic: Atoms) -> str:
    """How much of a subject a topic speaks of; "none" where it is no topic."""
    if not topic:
        return "none"
    if topic.isdisjoint(subject):
        return "out"
    return "in" if subject <= topic else "part"


def _competition(things: list[tuple[float, Atoms]], cost: float, allowed: Atoms) -> str:
    """How many other things are named nearer than this one."""
    count = 0
    for other, rival in things:
        if other >= cost or count > _EDGES[-1]:
            break
        if not rival <= allowed:
            count += 1
    return bucket(count)


def _competing_head(measured: list[tuple[Atoms, str]], pattern: Pattern, allowed: Atoms) -> str:
    """The nearest other thing that is measured in the sentence, if it is nearer than this one's."""
    for heads, name in measured:
        if heads & pattern.required:
            return "own"
        if heads - allowed:
            return name
    return "none"


def _in_its_place(parsed: Parsed, place: Place, head: _Seen | None) -> Iterator[Block]:
    """The unknown words beside what is measured, which may name another thing than the sentence before."""
    measured = head.mention if head and head.where in "AB" else None
    kind, follower = parsed.subject(measured.first if measured else place.first)
    if kind:
        yield named.subject_features, kind, follower
    if measured and (joint_kind := parsed.qualifier(measured.last + 1))[0]:
        yield named.of_head_features, *joint_kind


_INDUSTRY = frozenset(["industry"])
_ALIGNED = {"y": -1.5, "Y": -1.5, "n": 2.5, "N": 2.5}
_PAIR = 2  # values that one growth may be of
# What tells how well an indicator fits.
_MATCHING = (
    named.place_features, named.default_features, named.head_features, named.apart_features,
    named.extra_features,
)  # fmt: skip


def _nearness(last: Decided, parsed: Parsed, place: Place) -> str:
    if last.sentence != parsed.sentence.number:
        return last.near(parsed.sentence)
    if last.group == place.group:
        return "G"
    _, stops, semis = parsed.between(parsed.start_of(place.item, (NUMBER,)), place.item)
    return ";" if semis else f"S{min(stops, 2)}"


def unit_of(q: Quantity, before: Sequence[str]) -> str:
    """The unit of a number, or what it may be where that is open; ``before`` those of the last numbers."""
    if q.value is None or q.unit not in (COUNT, BARE):
        large = q.value is not None and abs(q.value) >= _SHIPLOAD
        return TONS if large and q.unit == PHYSICAL and q.classifier in _TONS else q.unit
    broken = q.value != q.value.to_integral_value()
    if q.unit == BARE:
        rare = next((unit for unit in reversed(before) if unit not in (BARE, PERCENT, POINTS)), "")
        if rare in _RARE:
            return _RARE[rare]
        if abs(q.value) >= _MONEY:
            return MONEYLESS
        if abs(q.value) < _RATE and (_is_rounded(q.value) or q.classifier == "signed"):
            return PERCENTLESS
    return BROKEN if broken else q.unit


def _is_rounded(value: Decimal) -> bool:
    """Whether a number is written with decimals, if only 6.0."""
    return cast("int", value.as_tuple().exponent) < 0


def _is_percent_too(parsed: Parsed, place: Place, number: int) -> bool:
    """Whether a number without a unit may be in percent.

    It rose or fell (chips fell 6.1), or stands behind a percentage (to 56 percent from 15).
    """
    q, at = parsed.numbers[number], place.item - 1
    if q.value is None or abs(q.value) >= _RATE:
        return False
    moved = at >= 0 and (parsed.items[at].cue("base_number") or bool(parsed.directions[at]))
    if moved and _is_rounded(q.value):
        return True
    return PERCENT in (each.unit for each in parsed.numbers[:number]) and (moved or q.unit == BARE)


def units_of(q: Quantity) -> set[str]:
    """What the unit of a number may be, whatever stands before it."""
    return {unit_of(q, (unit,)) for unit in (PERCENT, *_RARE)}


@lru_cache(4096)
def _match(*blocks: Block) -> str:
    """How well the nearest indicator fits: where it and its head stand, and whether words are left over."""
    told = (name for name in named.names(blocks) if name.startswith(("s=", "hk=")) or name in _LEFT_OVER)
    return "|".join(islice(told, 3))


_LEFT_OVER = ("x=0", "x=1", "x=2", "x=3")


_ACTUAL_TIMES = ("period", "span", "point")


def _comparison(parsed: Parsed, place: Place, discourse: Discourse) -> str:
    """Whether the nearest word or time of comparison says on the month or on the year before."""
    items, first, last = parsed.items, place.first, place.last
    stop = min(place.right, last + 6)
    left = 0 if parsed.numbers_until[first] == 0 else place.left  # "On a monthly basis, output rose …"
    before = [i for i in parsed.compared if left <= i < first]
    for i in (*reversed(before), *(i for i in parsed.compared if last < i < stop)):
        cues = items[i].word.cues
        if "month_on_month" in cues:
            return "month"
        if "year_on_year" in cues:
            return "year"
        time = items[i].time
        if time is None:
            continue
        if months_before(parsed.text, time) in (1, 3):
            return "month"
        ends = (time.finish for time in parsed.times if time.role in _ACTUAL_TIMES)
        end = next(ends, None) or discourse.last_end
        if end:
            months = (int(end[:4]) - int(time.finish[:4])) * 12 + int(end[5:7]) - int(time.finish[5:7])
            return f"months/{months if months in (1, 12) else 'other'}"
    return "none"


def _nearest_time(parsed: Parsed, at: int) -> str:
    """What kind of time the sentence names before a number, or else behind it: a day or a stretch."""
    time = next(_times_near(parsed, at), None)
    if time is None:
        return "none"
    within_year = time.begin is not None and time.finish[:4] == time.begin[:4]
    return f"{time.role}/{'point' if time.begin is None else 'span' if within_year else 'years'}"


def _times_near(parsed: Parsed, at: int) -> Iterator[Time]:
    """The times that the sentence names before a number, the nearest first, then those behind it."""
    dated = [(i, time) for i, time in parsed.dated if time.role not in ("base", "event")]
    yield from (time for i, time in reversed(dated) if i < at)
    yield from (time for i, time in dated if i > at)


def _next(parsed: Parsed, place: Place, q: Quantity) -> list[Block]:
    """What the number behind one tells of it, in the same or the next part of the sentence."""
    items, behind = parsed.items, place.right if place.right < len(parsed.items) else place.item
    at = parsed.stop_of(behind, (NUMBER,))
    if at <= place.item or at >= min(behind + 4, len(items)):
        return []
    other = parsed.numbers[items[at].number]
    if q.value is None or other.value is None:
        return []
    ratio = abs(other.value) / (abs(q.value) or 1)
    size = "more" if ratio > _LARGER else "less" if ratio * _LARGER < 1 else "like"
    to = parsed.tells(max(place.item + 1, at - 2), at, "to")
    same = q.unit == other.unit or (q.unit in COUNTS and other.unit in COUNTS)
    return [(named.next_features, to, "same" if same else "other", size)]
