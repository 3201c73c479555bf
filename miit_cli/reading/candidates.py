"""Which indicator a number is of, or why of none: candidates and what speaks for each. No verdict here."""

from __future__ import annotations

from functools import cached_property, lru_cache, partial
from itertools import chain
from math import log10
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, cast

from miit_cli.reading import features as named
from miit_cli.reading.exclusions import GENERAL, Exclusions
from miit_cli.reading.items import CONJ, GAP, NUMBER, STOPS, TIME
from miit_cli.reading.mentions import NEW, NONE, OTHER, Pattern
from miit_cli.reading.parsing import COMPANY, FOREIGN, OWNED, REGION, head_word, months_before, tail_word
from miit_cli.reading.ranking import Candidate
from miit_cli.reading.sizes import USUAL, alike, digits, ratio, size_of, usualness
from miit_cli.reading.spans import BARE, COUNT, DOLLAR, PERCENT, PHYSICAL, POINTS, TIMES, YUAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from miit_cli.reading.discourse import Decided, Discourse
    from miit_cli.reading.features import Block
    from miit_cli.reading.mentions import Atoms, Concepts
    from miit_cli.reading.parsing import Mention, Parsed, Place
    from miit_cli.reading.spans import Quantity, Time
    from miit_cli.types import SentenceSpan

UNCATALOGUED, UNATTRIBUTED = "uncatalogued", "unattributed"
# Why a number is none; each is a candidate of every number.
REASONS = (
    UNCATALOGUED, UNATTRIBUTED, REGION, COMPANY, FOREIGN, "difference", "tally", "spec", "part",
    "threshold", "average", "contribution", "range", "base", "month-on-month", "pace", "currency",
)  # fmt: skip
_LATELY = 8  # numbers, by which it is told whose figures a passage tells

_MEASURES = {
    PERCENT: ("growth", "share", "level", "change"),
    POINTS: ("change",),
    TIMES: ("growth",),
}
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
    for edge in _EDGES:
        if x <= edge:
            return str(edge)
    return "far"


class _Seen(NamedTuple):
    """A mention as seen from a number."""

    cost: float
    where: str  # B before, A after, P same paragraph, Q earlier, H heading, L lead, T title
    near: str  # distance, numbers and stops between, as one name
    mention: Mention
    aligned: str  # y, n or "": whether its place in its list is that of the number in its row
    back: int  # sentences


class _View(NamedTuple):
    """Mentions as seen from a number, the nearest first; and those of each atom."""

    seen: list[_Seen]
    of: dict[str, list[_Seen]]


class _Sight:
    """What a number may be of: the things of its sentence, and those of earlier ones, the nearest first.

    What stands in earlier sentences looks the same from all numbers of a sentence: it is found once.
    """

    def __init__(self, here: _View, earlier: _View, rival: Callable[[Atoms], Atoms]) -> None:
        self.here, self.earlier, self._rival = here, earlier, rival
        self._naming: dict[Atoms, list[_Seen]] = {}

    @property
    def atoms(self) -> set[str]:
        """All that is named."""
        return {*self.here.of, *self.earlier.of}

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

    def first(self, atom: str) -> _Seen:
        """The nearest mention with an atom that is named."""
        here, earlier = self.here.of.get(atom), self.earlier.of.get(atom)
        if here and earlier:
            return here[0] if here[0].cost <= earlier[0].cost else earlier[0]
        return (here or earlier or self.all)[0]

    def naming(self, atoms: Atoms) -> list[_Seen]:
        """The mentions that have any of the atoms, the nearest first."""
        found = self._naming.get(atoms)
        if found is None:
            found = self._naming[atoms] = self._found(atoms)
        return found

    def _found(self, atoms: Atoms) -> list[_Seen]:
        found: list[_Seen] = []
        for view in (self.here, self.earlier):
            known = atoms & view.of.keys()
            if len(known) == 1:
                found += view.of[next(iter(known))]
            elif known:
                found += [seen for seen in view.seen if not atoms.isdisjoint(seen.mention.atoms)]
        found.sort(key=_cost)
        return found


_cost = itemgetter(0)  # of a _Seen


def _view(seen: list[_Seen]) -> _View:
    of: dict[str, list[_Seen]] = {}
    for each in seen:
        for atom in each.mention.atoms:
            of.setdefault(atom, []).append(each)
    return _View(seen, of)


def _seen_here(parsed: Parsed, place: Place, mention: Mention, behind: int) -> _Seen:
    """A mention of the number's own sentence; ``behind`` is the first item that no brackets part from it."""
    at = place.item
    before = mention.first < at
    if before:
        lo, hi = mention.last + 1, at
    else:
        lo, hi = behind if mention.first >= behind else at + 1, mention.first
    distance = max(0, hi - lo)
    numbers = max(0, parsed.numbers_until[hi] - parsed.numbers_until[lo]) if hi > lo else 0
    stops = parsed.stops_until[hi] - parsed.stops_until[lo] if hi > lo else 0
    semis = parsed.semis_until[hi] - parsed.semis_until[lo] if hi > lo else 0
    if place.size > 1:  # numbers of the same row do not part it from its nouns
        numbers = max(0, numbers - (place.index if before else place.size - 1 - place.index))
    aligned = ""
    if mention.parts > 1 and mention.parts == place.size:
        aligned = "y" if mention.part == place.index else "n"
    elif (member := place.member(mention)) >= 0:
        aligned = "Y" if member == place.index else "N"
    elif mention.parts > 1:
        aligned = f"{min(mention.parts, 3)}:{min(place.size, 3)}"
    aside = parsed.asides[mention.first] not in (0, parsed.asides[at])
    near = f"{min(numbers, 2)}.{min(stops, 2)}{';' if semis else ''}{'(' if aside else ''}"
    cost = distance * 0.3 + numbers * 2 + stops * 1.5 + semis * 2 + aside * 2
    if not before and (numbers or stops or distance > 2):
        cost += 1.5
    cost += _ALIGNED.get(aligned, 0.0)
    return _Seen(cost, "B" if before else "A", near, mention, aligned, 0)


def _seen_earlier(place: Place, where: str, back: int, mention: Mention) -> _Seen:
    """A mention of an earlier sentence, from a number of a row."""
    aligned = ""
    if mention.parts > 1 and mention.parts == place.size:
        aligned = "y" if mention.part == place.index else "n"
    cost = 8 + 2 * back + (0 if where == "P" else 2) + _ALIGNED.get(aligned, 0.0)
    return _Seen(cost, where, str(min(back, 4)), mention, aligned, back)


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
    """What a number's surroundings tell of all that it may be."""

    sight: _Sight
    noun: tuple[
        set[str], bool
    ]  # atoms of the words right behind it, and whether unknown words stand before them
    heads: list[tuple[Atoms, str]]  # what is measured, the nearest first
    topics: list[Atoms]  # of the title, the heading, the lead and the label
    anaphoric: bool
    place: Place


class _Relations(dict[str, str]):
    """How each indicator relates to what another number was, worked out when it is first asked for."""

    def __init__(self, related: Callable[[str], str]) -> None:
        super().__init__()
        self._related = related

    def __missing__(self, slug: str) -> str:
        found = self[slug] = self._related(slug)
        return found


class _Past(NamedTuple):
    """The numbers before one that tell about it."""

    kind: str  # of the last: Y for an indicator, or why none
    measure: str
    near: str
    units: str  # that of the last and its own
    last: _Relations
    earlier: list[tuple[int, _Relations]]  # how many numbers back
    recorded: _Relations | None  # to the last that is an indicator's
    recorded_here: bool  # in the same sentence
    row: _Relations | None  # to what stands at the same place in the row before
    said: _Relations | None  # at the same place among as many numbers before
    inrow: bool
    ratio: str  # to the last
    recorded_ratio: str  # to the last that is an indicator's
    again: _Relations | None  # to the last of the same value
    again_kind: str  # of that one, as ``kind``
    digits: int  # how many of them say that it is the same
    q: Quantity  # the number
    latest: Mapping[str, Decided]  # the last number that was of an indicator
    sentence: SentenceSpan
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


def _mark_made(found: Sequence[_Best]) -> None:
    """Tells of those that take words from elsewhere to a mention that names another thing by itself."""
    made = {id(each.main) for each in found if each.whole}
    for each in found:
        if not each.whole and id(each.main) in made:
            each.candidate.features.append("made")  # type: ignore[attr-defined]  # a list here


def _kept(
    known: dict[tuple[str, Atoms], list[Way]],
    key: tuple[str, Atoms],
    make: Callable[[str, Atoms], list[Way]],
) -> list[Way]:
    """What is kept for a unit and atoms that are named, made when it is first asked for."""
    found = known.get(key)
    if found is None:
        if len(known) > _KEPT:
            known.clear()
        found = known[key] = make(*key)
    return found


class Linking:
    """Makes the candidates of numbers for one vocabulary."""

    def __init__(self, concepts: Concepts) -> None:
        self.concepts = concepts
        self._ways: dict[str, _Ways] = {}
        self._known_ways: dict[tuple[str, Atoms], list[Way]] = {}
        self._known_things: dict[tuple[str, Atoms], list[Way]] = {}
        self._subject: dict[str, Atoms] = {}
        self._head: dict[str, Atoms] = {}
        for patterns in concepts._patterns.values():
            for pattern in patterns:
                subject = pattern.required - concepts.heads
                self._subject.setdefault(pattern.slug, subject or pattern.required)
                self._head.setdefault(pattern.slug, pattern.required & concepts.heads if subject else NONE)
        self._topical = concepts.named - concepts.heads - GENERAL
        self._unit = {slug: concepts.vocabulary[slug].unit for slug in concepts.vocabulary}
        # what may go without saying
        self._implied = {*chain(*concepts.default_attributes.values()), *concepts.money}
        self.needed: Atoms = frozenset(
            a for known in concepts._patterns.values() for p in known for a in p.required
        )
        self._way = lru_cache(_KEPT)(self._made_way)
        self._defaults = lru_cache(_KEPT)(self._goes_without_saying)
        self._rival = lru_cache(_KEPT)(self._named_things)
        self._relations: dict[tuple[str, ...], _Relations] = {}

    def patterns(self, unit: str) -> list[tuple[str, Pattern]]:
        """The patterns that a number with this unit can be of, with their measures."""
        if unit == ANY:
            return [
                (measure, pattern) for measure, known in self.concepts._patterns.items() for pattern in known
            ]
        return [
            (measure, pattern)
            for one in _UNITS.get(unit, (unit,))
            for measure in _MEASURES.get(one, ("level",))
            for pattern in self.concepts._patterns.get(measure, ())
            if self.concepts._unit_fits(pattern.slug, one) and (unit != BROKEN or not self._is_count(pattern))
        ]

    def _is_count(self, pattern: Pattern) -> bool:
        """Whether it counts things of the vocabulary, each of which is one."""
        per_people = any(atom.startswith("per-") for atom in pattern.required)
        listed = pattern.slug not in self.concepts.unlearned
        return listed and not per_people and self._unit[pattern.slug] != "index-point"

    def ways(self, unit: str, present: set[str]) -> list[Way]:
        """What a number with this unit can be of where these atoms are named."""
        return _kept(self._known_ways, (unit, frozenset(present)), self._possible)

    def any_way(self, unit: str, present: set[str]) -> bool:
        """Whether ``ways`` gives any."""
        if unit not in self._ways:
            self._ways[unit] = self._indexed(unit)
        by_atom = self._ways[unit]
        for atom in ("", *present):
            for _, _, pattern in by_atom.get(atom, ()):
                missing = pattern.required - present
                if not missing or missing == NEW or self._defaults(pattern.required - missing, missing):
                    return True
        return False

    def _possible(self, unit: str, present: Atoms) -> list[Way]:
        if unit not in self._ways:
            self._ways[unit] = self._indexed(unit)
        found = []
        by_atom = self._ways[unit]
        for _, measure, pattern in sorted(
            each for atom in ("", *present) if atom in by_atom for each in by_atom[atom]
        ):
            missing = pattern.required - present
            if pattern.explicit and not pattern.whole_required <= present:
                continue
            if not missing or missing == NEW or self._defaults(pattern.required - missing, missing):
                found.append(self._way(measure, pattern, missing))
        return found

    def _indexed(self, unit: str) -> _Ways:
        """The patterns by an atom that has to be named for each of them, "" where there is none."""
        found: _Ways = {}
        for place, (measure, pattern) in enumerate(self.patterns(unit)):
            needed = min(pattern.required - self._implied - NEW, default="")
            found.setdefault(needed, []).append((place, measure, pattern))
        return found

    def _things(self, unit: str, present: Atoms) -> list[Way]:
        """What a number can be of that has no entry."""
        return _kept(self._known_things, (unit, present), self._without_entry)

    def _without_entry(self, unit: str, present: Atoms) -> list[Way]:
        units = frozenset(_UNITS.get(unit, (unit,)))
        found = [
            self._way(measure, pattern, pattern.required - present)
            for measure, pattern in self.concepts.unlisted.patterns(units, present)
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
        found: list[Block] = [
            (named.number_features, q.unit, q.bound, q.classifier, _magnitude(q), small),
            (
                named.clause_features,
                _comparison(parsed, place, discourse),
                items[left - 1].kind if left else "start",
                items[right].kind if right < len(items) else "end",
                _nearest_time(parsed, at),
                parsed.sentence.heading,
                parsed.asks,
            ),
            _told(parsed, place),
        ]
        if any("average" in cues and left <= i < right for i, cues in parsed.cued):
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
            found.append((named.nothing_before,))
        else:
            found.append((named.last_features, past.kind, past.near, past.units, past.measure))
            found.append((named.sizes_features, past.ratio, past.again_kind, past.digits))
            lately = discourse.decided[-_LATELY:]
            others = sum(each.reason in OWNED for each in lately)
            found.append((named.lately_features, others, sum(bool(each.slugs) for each in lately)))
        return found

    # --- candidates ---

    def candidates(
        self, parsed: Parsed, number: int, discourse: Discourse
    ) -> tuple[list[Candidate], list[Block]]:
        """Every reading of a number: the indicators in sight that its unit fits, and the reasons.

        Returns:
            The candidates, and what speaks for or against any of them.
        """
        q, place = parsed.numbers[number], parsed.places[number]
        unit = unit_of(q, [each.unit for each in discourse.decided[-_UNIT_BACK:]])
        if unit in _OPEN and _is_percent_too(parsed, place, number):
            unit = PERCENTLESS
        lost = parsed.lost_until(place.item)
        sight = self._sight(parsed, place, discourse, lost)
        if lost and not sight.here.seen:
            return [LOST_CANDIDATE], []
        ways = discourse.views.get((unit, lost))
        if ways is None:
            ways = discourse.views[unit, lost] = self.ways(unit, sight.atoms)
        thing = discourse.decided[-1].thing if discourse.decided else ""
        last = self._subject.get(thing, NONE) | self._head.get(thing, NONE)
        exclusions = Exclusions(parsed, number, discourse, self.concepts, last)
        if exclusions.is_none:
            ways = ()
        past = self._past(parsed, place, q, discourse)
        common = self._common(parsed, place, q, past, discourse)
        if not ways:
            return [*REASON_CANDIDATES], common + self._nearest("none", sight)
        near = self._near(parsed, place, sight, discourse)
        ways = [way for way in ways if way.measure != "share" or not exclusions.share(way, near.noun[0])]
        if not ways:
            return [*REASON_CANDIDATES], common + self._nearest("none", sight)
        best = self._best(parsed, q, ways, near, past)
        beside = sight.beside(self.concepts.named)
        without_entry = [way for way in self._things(unit, beside) if not exclusions.counts_firms(way)]
        things = self._best(parsed, q, without_entry, near, past)
        _mark_made([*best, *things])
        nearest = min(best, key=lambda each: (each.cost, each.candidate.key)).candidate.features
        common += self._nearest(_match(*(block for block in nearest if block[0] in _MATCHING)), sight)
        heads = self.concepts.heads
        measured = next(
            ((found, seen.where) for seen in sight.all if (found := seen.mention.atoms & heads)), (NONE, "")
        )
        singles = [
            each.candidate
            for each in best
            if not (
                exclusions.of_another_here(each.way, [(one.way, one.main) for one in things])
                or exclusions.narrower(each.way, each.main.atoms)
                or exclusions.elsewhere(each.way, each.main)
                or exclusions.exemplified(each.way, each.main)
                or exclusions.said(each.way, measured)
                or exclusions.of_whole(each.way)
                or exclusions.excludes(each.candidate, self._unit)
            )
        ]
        joint = self._joint(parsed, place, sight, singles, discourse.decided)
        both = {slug for each in joint if _is_of_one_word(parsed, place) for slug in each.slugs}
        return [
            *(each for each in REASON_CANDIDATES if each.key not in exclusions.reasons),
            *(each for each in singles if both.isdisjoint(each.slugs)),
            *joint,
            *(each.candidate for each in things),
        ], common

    def _best(
        self, parsed: Parsed, q: Quantity, ways: Sequence[Way], near: _Near, past: _Past | None
    ) -> list[_Best]:
        """Each indicator or thing that a number may be of, in the way that costs least."""
        least: dict[str, tuple[_Words, Way]] = {}
        for way in ways:
            words, slug = self._words(way, near), way.pattern.slug
            if slug not in least or words.cost < least[slug][0].cost:
                least[slug] = words, way
        found = []
        for slug, (words, way) in least.items():
            main = words.main.mention
            features = self._features(parsed, q, way, words, near)
            features.extend(self._history(slug, way.measure, past))
            features.append(self._topics(slug, words.main.where, near.topics))
            listed = not way.pattern.units
            candidate = Candidate(
                (slug,) if listed else UNCATALOGUED, way.measure, features, "" if listed else slug
            )
            whole = way.pattern.required <= main.atoms <= way.allowed
            found.append(_Best(words.cost, candidate, main, whole, way))
        return found

    def _near(self, parsed: Parsed, place: Place, sight: _Sight, discourse: Discourse) -> _Near:
        heads = self.concepts.heads
        topics = discourse.views.get("topics")
        if topics is None:
            topics = discourse.views["topics"] = [
                NONE.union(*(mention.atoms for mention in topic)) & self._topical
                for topic in (
                    discourse.title,
                    discourse.heading,
                    discourse.lead,
                    parsed.label or discourse.label,
                )
            ]
        measured = []
        for seen in sight.here.seen:
            found = seen.mention.atoms & heads
            if found:
                measured.append((found, seen))
        first = next((seen.cost for seen in sight.earlier.seen), None)
        return _Near(
            sight,
            _noun_behind(parsed, place),
            [
                (found, f"other/{seen.where}/{seen.near}")
                for found, seen in measured
                if first is None or seen.cost <= first
            ],
            topics,
            parsed.tells(place.left, place.item, "anaphor"),
            place,
        )

    def _joint(
        self,
        parsed: Parsed,
        place: Place,
        sight: _Sight,
        singles: Sequence[Candidate],
        decided: Sequence[Decided],
    ) -> list[Candidate]:
        """One number for all members of a list: production and sales exceeded 6.5 million."""
        if place.size > 1:
            return []
        found = self._alike(parsed, place, singles, decided)
        for lead in ("B", "A"):
            listed = next((s for s in sight.here.seen if s.where == lead and s.mention.parts > 1), None)
            if listed is None:
                continue
            for measure in dict.fromkeys(candidate.group for candidate in singles):
                slugs = self._members(parsed, listed.mention, measure, singles)
                if len(slugs) > 1:
                    whole = listed.mention.parts == len(slugs)
                    features = [(named.joint_features, lead, listed.near, whole, measure)]
                    found.append(Candidate(slugs, f"{measure}+", features))
        return found

    def _alike(
        self, parsed: Parsed, place: Place, singles: Sequence[Candidate], decided: Sequence[Decided]
    ) -> list[Candidate]:
        """One growth for the last two values: 309,000 were built and 321,000 sold, *both* up 180 percent.

        They may stand in the sentence before: *Both figures* rose 30 percent.
        """
        opens = parsed.tells(0, 1, "alike") and not parsed.numbers_until[place.first]
        opens = opens and not any(mention.first < place.first for mention in parsed.mentions)
        near = parsed.sentence.number - opens
        told = [each for each in decided[-2 * _PAIR :] if each.reason != "month-on-month"]
        last = [each for each in told[-_PAIR:] if each.sentence == near and each.slugs]
        if len(last) < _PAIR or not (opens or parsed.tells(place.left, place.item, "alike")):
            return []
        known = {candidate.key for candidate in singles}
        slugs = tuple(f"{each.slugs[0]}-growth" for each in last)
        if len({*slugs}) < _PAIR or not all((slug,) in known for slug in slugs):
            return []
        return [Candidate(slugs, "growth+", [(named.joint_features, "V", "", True, "growth")])]

    def _members(
        self, parsed: Parsed, listed: Mention, measure: str, singles: Sequence[Candidate]
    ) -> tuple[str, ...]:
        slugs = [
            candidate.key[0]  # type: ignore[index]
            for candidate in singles
            if candidate.group == measure
        ]
        found: list[str] = []
        for mention in parsed.mentions:
            if (mention.first, mention.last) != (listed.first, listed.last):
                continue
            fitting = [
                slug
                for slug in slugs
                for pattern in self.concepts.patterns_of(slug)
                if mention.atoms <= pattern.allowed
                and (mention.atoms & pattern.required)
                and (pattern.required <= mention.atoms or len(pattern.required - mention.atoms) == 1)
            ]
            exact = [
                slug
                for slug in fitting
                if any(p.required <= mention.atoms for p in self.concepts.patterns_of(slug))
            ]
            found += (exact or fitting)[:1]
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
        behind = _past_aside(parsed, place.item)
        named = discourse.views.get("named")
        if named is None:
            named = discourse.views["named"] = self._named_here(parsed, discourse)
        own = [_seen_here(parsed, place, each, behind) for each in named if each.first >= lost]
        own.sort(key=_cost)
        if lost:
            return _Sight(_view(own), _view([]), self._rival)
        key = place.size, place.index
        earlier = discourse.views.get(key)
        if earlier is None:
            said = discourse.earlier(parsed.sentence.number)
            earlier = discourse.views[key] = _view(
                sorted((_seen_earlier(place, *each) for each in said), key=_cost)
            )
        return _Sight(_view(own), earlier, self._rival)

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

    def _words(self, way: Way, near: _Near) -> _Words:
        """Where the words of an indicator stand, and how far they are."""
        _, pattern, missing, allowed, subject, heads = way
        sight = near.sight
        main, cover = self._main(sight, subject, heads, allowed)
        atoms, cost = main.mention.atoms, main.cost
        left, other, head = subject - atoms, None, None
        if left:
            other = max((sight.first(a) for a in left), key=_cost)
            cost = max(cost, other.cost)
        if heads and not heads <= atoms:
            head = max((sight.first(a) for a in heads), key=_cost)
            cost += head.cost * 0.3
        return _Words(cost + len(missing) * 0.5 - 0.2 * len(pattern.required), main, cover, other, head)

    def _features(self, parsed: Parsed, q: Quantity, way: Way, words: _Words, near: _Near) -> list[Block]:
        """What speaks for an indicator."""
        concepts = self.concepts
        measure, pattern, missing, allowed, _, heads = way
        sight = near.sight
        _, main, cover, other, head = words
        where, mention = main.where, main.mention
        atoms = mention.atoms
        anaphoric = near.anaphoric and where not in "AB"
        found: list[Block] = [(named.place_features, measure, where, main.near, main.aligned, anaphoric)]
        if other:
            found.append((named.second_features, other.where, other.near if other.where in "AB" else ""))
        if missing == NEW:
            place = near.place
            due = _nearest_time(parsed, place.item)
            found.append((named.new_features, _is_aimed(parsed, place), due, *_words_around(parsed, place)))
        elif missing:
            found.append((named.default_features, measure))
        if head:
            found.append(self._apart(main, head, heads, allowed))
        elif heads:
            found.append((named.head_features, "in"))
        elif not missing:
            found.append((named.head_features, "none"))
        extra, required = atoms - allowed, len(pattern.required)
        if pattern.units:
            slug = _unlisted(main, pattern, allowed)
        else:
            slug = "?" if pattern.slug in self.concepts.unlearned else pattern.slug
        things, rival = (
            _competition(sight.things, main.cost, allowed),
            _competing_head(near.heads, pattern, allowed),
        )
        found += [
            (named.extra_features, self._as_told(extra), not extra.isdisjoint(concepts.heads)),
            (
                named.indicator_features, slug, min(cover, 4), min(required, 4), q.classifier or q.unit,
                self._unit.get(pattern.slug, "unlisted"),
            ),
            (named.magnitude_features, measure, USUAL if slug == "?" else usualness(slug, q)),
            (named.rival_features, things, rival),
            (named.noun_features, _noun(near.noun, pattern, allowed), q.unit, near.noun[1]),
        ]  # fmt: skip
        if mention.before or mention.after:
            found.append((named.modifier_features, mention.before, mention.after, where))
        joint, kind = parsed.qualifier(mention.last + 1) if where in "AB" else ("", "")
        if joint:
            found.append((named.qualifier_features, joint, kind, where))
        if where not in "AB":
            found += _in_its_place(parsed, near.place, head)
        if pattern.whole_allowed:
            found.append((named.whole_features, self._whole(sight, main, pattern), pattern.explicit))
        return found

    def _as_told(self, extra: Atoms) -> Atoms:
        """Atoms as features tell them: things without an entry by one name."""
        unlisted = self.concepts.unlisted.atoms
        return extra if extra.isdisjoint(unlisted) else (extra - unlisted) | {OTHER}

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

    def _named_things(self, atoms: Atoms) -> Atoms:
        """What of a mention names a thing of its own."""
        return (atoms & self.concepts.named) - self.concepts.heads

    def _whole(self, sight: _Sight, main: _Seen, pattern: Pattern) -> str:
        """Where that is named which a share is a share of."""
        for seen in sight.naming(pattern.whole_allowed):
            if seen.mention is not main.mention and seen.mention.atoms <= pattern.whole_allowed:
                return f"{seen.where}/{seen.near if seen.where in 'AB' else ''}"
        return "none" if pattern.whole_allowed.isdisjoint(main.mention.atoms) else "in"

    def _past(self, parsed: Parsed, place: Place, q: Quantity, discourse: Discourse) -> _Past | None:
        """The numbers before that tell about this one."""
        decided = discourse.decided
        if not decided:
            return None
        last, sentence = decided[-1], parsed.sentence.number
        row = said = None
        if place.size > 1 or last.size > 1:
            here = [d for d in decided[-8:] if d.sentence == sentence]
            above = [d for d in here if d.group == place.group - 1]
            if place.index < len(above) == place.size:
                row = above[place.index]
            before = [d for d in here if d.group < place.group]
            if len(before) >= place.size > 1:
                said = before[place.index - place.size]
        inrow = (place.size > 1 or last.size > 1) and place.index > 0 and last.group == place.group
        to, recorded = self._relations_to, discourse.recorded
        again = discourse.valued.get((size_of(q), q.unit)) if q.value else None
        return _Past(
            _kind(last),
            last.measure,
            _nearness(last, parsed, place),
            f"{last.unit}>{q.unit}",
            to(last),
            [(back, to(other)) for back, other in enumerate(reversed(decided[-4:-1]), 2) if other.slugs],
            to(recorded) if recorded else None,
            recorded is not None and recorded.sentence == sentence,
            to(row) if row else None,
            to(said) if said else None,
            inrow,
            ratio(q, last),
            ratio(q, recorded) if recorded else "",
            to(again) if again else None,
            _kind(again) if again else "",
            digits(q) if again else 0,
            q,
            discourse.latest,
            parsed.sentence,
            next((time.finish for time in _times_near(parsed, place.item)), ""),
        )

    def _history(self, slug: str, measure: str, past: _Past | None) -> list[Block]:
        """How an indicator relates to what the numbers before were."""
        if past is None:
            return [(named.first_features,)]
        relation = past.last[slug]
        found: list[Block] = [
            (named.history_features, relation, past.near, past.units, past.measure, measure, past.inrow)
        ]
        if past.earlier:
            related = [part for back, other in past.earlier for part in (back, other[slug])]
            found.append((named.past_features, *related))
        if past.recorded is not None:
            relation = past.recorded[slug]
            found.append((named.recorded_features, relation, past.recorded_here, past.recorded_ratio))
        latest, value = past.latest.get(slug), size_of(past.q)
        if latest is not None and latest.value is not None and value is not None:
            same = alike(latest.value, value)
            found.append((named.latest_features, same, ratio(past.q, latest)))
            when = "none" if not past.finish else "same" if past.finish == latest.finish else "other"
            near = latest.near(past.sentence)
            found.append((named.latest_when_features, same, when, near, latest.status))
        if past.again is not None:
            found.append((named.again_read_features, past.again[slug], past.digits))
        if past.row is not None or past.said is not None:
            row = "" if past.row is None else past.row[slug]
            found.append((named.row_features, row, "" if past.said is None else past.said[slug]))
        return found

    def relation(self, slugs: tuple[str, ...], discourse: Discourse) -> str:
        """How what a number is of relates to what the number before was."""
        if not slugs[0] or not discourse.decided:
            return "none"
        return self._relations_to(discourse.decided[-1])[slugs[0]]

    def _topics(self, slug: str, where: object, topics: list[Atoms]) -> Block:
        """Whether the title, the heading, the lead and the label speak of the same thing."""
        subject = self._subject[slug]
        return (named.topic_features, *(_held(subject, atoms) for atoms in topics), f"sw={where}")

    def _relations_to(self, other: Decided) -> _Relations:
        """How indicators relate to what a number was."""
        slugs = other.slugs or ((other.thing,) if other.thing else ())
        key = slugs or (f"none:{other.reason[:4]}",)
        found = self._relations.get(key)
        if found is None:
            related = partial(self._related, others=slugs) if slugs else lambda slug: key[0]
            found = self._relations[key] = _Relations(related)
        return found

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
    naming = [i for i in range(mention.first, mention.last + 1) if _names_industry(parsed, i)]
    return bool(naming) and all(
        i and parsed.items[i].cue("anaphor") and parsed.items[i - 1].cue("definite") for i in naming
    )


def _names_industry(parsed: Parsed, at: int) -> bool:
    return any(atoms >= _INDUSTRY for atoms in parsed.items[at].word.atoms)


def _kind(decided: Decided) -> str:
    """What became of a number: Y for an indicator's, or why it is none."""
    return "Y" if decided.slugs else decided.reason


def _is_of_one_word(parsed: Parsed, place: Place) -> bool:
    """Whether the last word before a number names several things, and not apart: 产销超过70万辆."""
    named = [i for i in range(place.left, place.first) if parsed.items[i].word.atoms]
    several = bool(named) and len(parsed.items[named[-1]].word.atoms) > 1
    listed = place.right < len(parsed.items) and parsed.items[place.right - 1].kind == CONJ
    return several and not listed and not parsed.tells(place.left, place.first, "apart")


def _noun_behind(parsed: Parsed, place: Place) -> tuple[set[str], bool]:
    """The atoms of the noun right behind a number, and whether unknown words stand before it."""
    items = parsed.items
    i = first = _past_aside(parsed, place.item)
    atoms: set[str] = set()
    gap = False
    while (
        i < min(len(items), first + 5)
        and items[i].kind not in (NUMBER, TIME, CONJ)
        and (items[i].kind not in STOPS)
    ):
        word = items[i].word
        if word.atoms:
            atoms.update(*word.atoms)
        elif items[i].kind == GAP:
            if atoms:
                break
            gap = True
        elif atoms and "glue" not in word.cues:
            break
        i += 1
    return atoms, gap


def _past_aside(parsed: Parsed, at: int) -> int:
    """The item behind a number, or behind the brackets that follow it: 849 million (62.9%) *4G users*."""
    asides, behind = parsed.asides, at + 1
    aside = asides[behind] if behind < len(asides) else 0
    while aside and aside != asides[at] and behind < len(asides) and asides[behind] == aside:
        behind += 1
    return behind


def _noun(noun: tuple[set[str], bool], pattern: Pattern, allowed: Atoms) -> str:
    """Whether the noun right behind the number is this indicator's."""
    atoms = noun[0]
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


def _unlisted(main: _Seen, pattern: Pattern, allowed: Atoms) -> str:
    """How well a mention names a thing without an entry: all of it or a part, and whether nothing else."""
    atoms = main.mention.atoms
    named = "all" if pattern.required <= atoms else "part"
    return f"unlisted/{named}/{atoms <= allowed}/{main.where}"


def _in_its_place(parsed: Parsed, place: Place, head: _Seen | None) -> Iterator[Block]:
    """The unknown words beside what is measured, which may name another thing than the sentence before."""
    measured = head.mention if head and head.where in "AB" else None
    kind, follower = parsed.subject(measured.first if measured else place.first)
    if kind:
        yield named.subject_features, kind, follower
    joint, kind = parsed.qualifier(measured.last + 1) if measured else ("", "")
    if joint:
        yield named.of_head_features, joint, kind


_INDUSTRY = frozenset(["industry"])
_ALIGNED = {"y": -1.5, "Y": -1.5, "n": 2.5, "N": 2.5}
_PAIR = 2  # values that one growth may be of
# What tells how well an indicator fits.
_MATCHING = (
    named.place_features, named.default_features, named.head_features, named.apart_features,
    named.extra_features,
)  # fmt: skip


def _nearness(last: Decided, parsed: Parsed, place: Place) -> str:
    sentence = parsed.sentence
    if last.sentence != sentence.number:
        return last.near(sentence)
    if last.group == place.group:
        return "G"
    at = place.item
    i = at - 1
    while i >= 0 and parsed.items[i].kind != NUMBER:
        i -= 1
    stops = parsed.stops_until[at] - parsed.stops_until[i + 1]
    semis = parsed.semis_until[at] - parsed.semis_until[i + 1]
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
    q = parsed.numbers[number]
    if q.value is None or abs(q.value) >= _RATE:
        return False
    before = parsed.items[place.item - 1] if place.item else None
    moved = before is not None and (before.cue("base_number") or bool(parsed.directions[place.item - 1]))
    if moved and _is_rounded(q.value):
        return True
    return PERCENT in (each.unit for each in parsed.numbers[:number]) and (moved or q.unit == BARE)


def units_of(q: Quantity) -> set[str]:
    """What the unit of a number may be, whatever stands before it."""
    return {unit_of(q, (unit,)) for unit in (PERCENT, *_RARE)}


@lru_cache(4096)
def _match(*blocks: Block) -> str:
    """How well the nearest indicator fits: where it and its head stand, and whether words are left over."""
    kept = [
        name
        for name in named.names(blocks)
        if name.startswith(("s=", "hk=")) or name in ("x=0", "x=1", "x=2", "x=3")
    ]
    return "|".join(kept[:3])


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


_AIMED = ("target", "future", "target_after")


def _is_aimed(parsed: Parsed, place: Place) -> bool:
    """Whether the clause of a number speaks of what is to come."""
    return parsed.tells(place.left, place.right, *_AIMED)


def _nearest_time(parsed: Parsed, at: int) -> str:
    """What kind of time the sentence names before a number, or else behind it: a day or a stretch."""
    time = next(_times_near(parsed, at), None)
    return "none" if time is None else f"{time.role}/{_extent(time)}"


def _times_near(parsed: Parsed, at: int) -> Iterator[Time]:
    """The times that the sentence names before a number, the nearest first, then those behind it."""
    dated = [(i, time) for i, time in parsed.dated if time.role not in ("base", "event")]
    yield from (time for i, time in reversed(dated) if i < at)
    yield from (time for i, time in dated if i > at)


def _extent(time: Time) -> str:
    """Whether a time is a day, a stretch of a year at the most, or of several years."""
    if time.begin is None:
        return "point"
    return "span" if time.finish[:4] == time.begin[:4] else "years"


def _told(parsed: Parsed, place: Place) -> Block:
    """The nearest directions around a number, and what kind of unknown word follows it."""
    before = next((told for i, told in reversed(parsed.directed) if place.left <= i < place.first), "")
    behind = next((told for i, told in parsed.directed if place.last < i < place.right), "")
    return named.direction_features, before, behind, parsed.follower(place.item + 1)


def _next(parsed: Parsed, place: Place, q: Quantity) -> list[Block]:
    """What the number behind one tells of it, in the same or the next part of the sentence."""
    at = place.right if place.right < len(parsed.items) else place.item
    at = next((i for i in range(at, min(at + 4, len(parsed.items))) if parsed.items[i].kind == NUMBER), 0)
    other = parsed.numbers[parsed.items[at].number] if at > place.item else q
    if other is q or q.value is None or other.value is None:
        return []
    ratio = abs(other.value) / (abs(q.value) or 1)
    size = "more" if ratio > _LARGER else "less" if ratio * _LARGER < 1 else "like"
    to = parsed.tells(max(place.item + 1, at - 2), at, "to")
    same = q.unit == other.unit or (q.unit in (COUNT, BARE) and other.unit in (COUNT, BARE))
    return [(named.next_features, to, "same" if same else "other", size)]


def _words_around(parsed: Parsed, place: Place) -> list[str]:
    return [tail_word(parsed.surfaces[i]) for i in range(place.left, min(place.right, place.item + 6))]


def _magnitude(q: Quantity) -> str:
    return str(int(log10(abs(q.value)))) if q.value else "-"
