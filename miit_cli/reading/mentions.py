"""Where an indicator is named: noun phrases as sets of atoms, and the concepts that they make.

A noun phrase is read as the atoms that its words stand for, so that "users of gigabit access" and
"gigabit broadband subscribers" are one thing. An indicator is a concept (atoms) and a measure
(level, growth, share, change), which the unit and the verb give.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from miit_cli.reading.lexicon import load_data
from miit_cli.reading.spans import BARE, COUNT, DOLLAR, PERCENT, PHYSICAL, POINTS, TIMES, YEARS, YUAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from miit_cli.vocabulary import Vocabulary

_KEPT = 4096  # sets of atoms of which it is kept what they make

Atoms = frozenset[str]
NONE: Atoms = frozenset()
NEW: Atoms = frozenset(["new"])

# Atoms that are found in every other text, and name no indicator by themselves.
_COMMON = frozenset(["enterprise", "world", "new", "fixed", "mobile", "connections"])
# Heads that are a share by themselves, whatever the verb.
_RATES = frozenset(["market-share", "penetration", "coverage", "profit-margin", "capacity-utilization"])
_MARKET: Atoms = frozenset(["market-share"])
# Whose share a rate is, where none is named: 82.7 percent of manufacturers.
_FIRMS = frozenset(["manufacturing", "industry", "enterprise", "above-size"])
# Units of the vocabulary that are no count of things.
_MEASURED = frozenset([
    "yuan", "us-dollar", "percent", "percentage-point", "gigabyte", "eflops", "deadweight-ton", "year",
    "index-point",
])  # fmt: skip
# Those that a number with a unit that is none of them may have.
_FITTING = {
    PERCENT: ("percent", "index-point"),
    TIMES: ("percent", "index-point"),
    POINTS: ("percentage-point",),
    YEARS: ("year",),
}
# Things that are named and are none of the vocabulary.
OTHER = "other-sector"
OTHERS: Atoms = frozenset([OTHER, "provincial"])


class Pattern(NamedTuple):
    """One way in which an indicator is made of atoms."""

    slug: str
    required: Atoms
    allowed: Atoms
    whole_required: Atoms
    whole_allowed: Atoms  # empty: not a share of something named
    rank: int
    explicit: bool = False  # only where the whole is named
    units: frozenset[str] = frozenset()  # of a known thing without an entry: what a number of it can be


class Concepts:
    """Answers which indicator a set of atoms, a unit and a measure name."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        data = load_data("concepts.toml")
        self.heads: Atoms = frozenset(data["heads"]["atoms"])
        self.weak: Atoms = frozenset(data["weak"]["atoms"])
        self.silent: Atoms = frozenset(data["silent"]["atoms"])
        self.sectors: Atoms = frozenset(data["sectors"]["atoms"])
        self.of_all: Atoms = frozenset(data["sectors"]["of-all"])
        self.narrowing: Atoms = frozenset(data["sectors"]["narrowing"])
        self.money = {head: frozenset(names) for head, names in data["default-money"].items()}
        self.default_attributes: dict[str, list[str]] = data["default-attribute"]
        self.vocabulary = vocabulary
        self.unlearned = frozenset(slug for slug in vocabulary if slug not in data["concepts"])
        self.user_names: dict[str, list[str]] = {}
        texts: dict[str, str] = {slug: text for slug, text in data["concepts"].items() if slug in vocabulary}
        for slug in vocabulary:
            if getattr(vocabulary[slug], "user", False):
                texts[slug] = self._added(slug, texts)
        self._patterns: dict[str, list[Pattern]] = {}  # by measure
        self._by_slug: dict[str, list[Pattern]] = {}
        patterns = [pattern for slug, text in texts.items() for pattern in _patterns(slug, text)]
        for pattern in sorted(patterns, key=lambda each: -each.rank):
            self._patterns.setdefault(vocabulary[pattern.slug].measure, []).append(pattern)
            self._by_slug.setdefault(pattern.slug, []).append(pattern)
        self.anchors = NONE.union(*(p.required - self.heads - _COMMON or p.required for p in patterns))
        self.unlisted = Unlisted(data["unlisted"], self._patterns)
        self.named: Atoms = self.anchors | OTHERS | (self.unlisted.atoms - self.heads)
        self._known = lru_cache(_KEPT)(self._resolve)

    def _added(self, slug: str, texts: dict[str, str]) -> str:
        """What an indicator of the user's own is made of; its names are kept as words of it."""
        entry = self.vocabulary[slug]
        names = [name for name in (entry.label, entry.label_zh, *entry.aliases) if name]
        whole = slug.removesuffix("-growth")
        if entry.measure == "growth" and whole != slug and whole in self.vocabulary:
            # "Widget output grew by": the text names what grew, and not its growth.
            ways = [f"user:{slug}", texts.get(whole) or f"user:{whole}"]
        else:
            ways = [f"user:{slug}", *([texts[slug]] if slug in texts else [])]
            if entry.measure == "growth":
                names += [_GROWTH_OF.sub("", name) or name for name in names]
        self.user_names[f"user:{slug}"] = [*names, *(_NUMBER_OF.sub("", name) for name in names)]
        return " | ".join(ways)

    def resolve(self, atoms: Atoms, unit: str, measure: str, whole: Atoms | None = None) -> str | None:
        """The slug for atoms, a unit and a measure ("" when the text does not tell); None when none fits."""
        found = self._known(atoms, unit, measure, whole)
        if found is None and atoms & self.weak:
            found = self._known(atoms - self.weak, unit, measure, whole)
        return found

    def _resolve(self, atoms: Atoms, unit: str, measure: str, whole: Atoms | None) -> str | None:
        for tried in _measures(unit, measure):
            for pattern in self._patterns.get(tried, ()):
                if not pattern.required <= atoms <= pattern.allowed or not self._unit_fits(
                    pattern.slug, unit
                ):
                    continue
                if tried in ("share", "change") and not _whole_fits(pattern, whole):
                    continue
                untold = tried == "share" and not measure and whole is None and pattern.whole_allowed
                if not untold or atoms & _RATES:
                    return pattern.slug
        return None

    def _unit_fits(self, slug: str, unit: str) -> bool:
        wanted = self.vocabulary[slug].unit
        if unit in (COUNT, BARE):
            return wanted not in _MEASURED or (unit == BARE and wanted == "index-point")
        return wanted in _FITTING.get(unit, (unit,))

    def patterns_of(self, slug: str) -> list[Pattern]:
        """The ways in which an indicator is made of atoms."""
        return self._by_slug.get(slug, [])

    def head(self, atoms: Atoms) -> Atoms:
        """The atoms that say what is measured."""
        return atoms & self.heads

    def subject(self, atoms: Atoms) -> Atoms:
        """The atoms that say of what."""
        return atoms - self.heads

    def default_head(self, atoms: Atoms, unit: str = PERCENT) -> Atoms:
        """What grew, or what the money is, where only a sector is named."""
        if unit in (COUNT, BARE):
            return frozenset(
                head for a in atoms for head in self.default_attributes.get(a, ()) if head == "production"
            )
        if unit in ("yuan", "us-dollar"):
            return frozenset(head for head, sectors in self.money.items() if atoms & sectors)
        found = {self.default_attributes[atom][0] for atom in atoms if atom in self.default_attributes}
        return frozenset(found) if len(found) == 1 else NONE


_ITSELF = "itself"  # of a thing that is counted, and not something of it
_AMOUNTS = frozenset([YUAN, DOLLAR])
_COUNTS = frozenset([COUNT, BARE, PHYSICAL, "gigabyte", "eflops", "deadweight-ton"])
_WORLD: Atoms = frozenset(["world"])
_OTHERWISE = {"level": (("growth", NONE), ("share", _WORLD), ("share", NONE)), "growth": (("level", NONE),)}


class _Thing(NamedTuple):
    """A thing of which the data name what is measured."""

    required: Atoms
    allowed: Atoms
    whole: Atoms  # of which a share is one; empty for one that is of no share alone
    measured: tuple[str, ...]  # the first goes without saying, unless the vocabulary has the thing


_Made = tuple[str, Atoms, Atoms, Atoms]  # a measure; what is required, what allowed, of what it is a share


class Unlisted:
    """Known things that the vocabulary lacks, as patterns like those of its entries.

    They are what the data name (``[unlisted]`` of concepts.toml: things, and what is measured of each), and
    of each entry what has none itself: the growth of its level, the level of its growth, its share.
    """

    def __init__(self, data: dict[str, Any], listed: dict[str, list[Pattern]]) -> None:
        self._listed = listed
        self._money, self._either, self._rates, self._optional = (
            frozenset(data[name]) for name in ("money", "money-or-count", "rates", "optional")
        )
        self._things: dict[str, list[_Thing]] = {}
        for kind in data["things"]:
            for name in kind["names"]:
                part, _, whole = name.partition("<")
                thing = _Thing(*_sets(part), _sets(whole)[1], tuple(kind["measured"]))
                self._things.setdefault(min(thing.required), []).append(thing)
        listed_ways = [pattern for patterns in listed.values() for pattern in patterns]
        catalogued = NONE.union(*(pattern.allowed | pattern.whole_allowed for pattern in listed_ways))
        things = [thing for things in self._things.values() for thing in things]
        named = NONE.union(*(thing.allowed.union(thing.measured) for thing in things))
        self.atoms: Atoms = named - catalogued - {_ITSELF}
        self._made: dict[tuple[str, Atoms, Atoms], Pattern | None] = {}
        self._made_beside = lru_cache(_KEPT)(partial(self._patterns_of, self._beside))
        self._made_named = lru_cache(_KEPT)(partial(self._patterns_of, self._named))

    @cached_property
    def _counterparts(self) -> dict[str, list[tuple[str, Pattern, Atoms]]]:
        """What the vocabulary has in another measure, or in all and not what is new, by an atom of it."""
        found: dict[str, list[tuple[str, Pattern, Atoms]]] = {}
        for measure, others in _OTHERWISE.items():
            for pattern in self._listed.get(measure, ()):
                known = found.setdefault(min(pattern.required), [])
                known += [(other, pattern, whole) for other, whole in others]
        for pattern in self._listed.get("level", ()):
            if not pattern.required & (self._money | self._either | NEW | {"production"}):
                new = pattern._replace(required=pattern.required | NEW, allowed=pattern.allowed | NEW)
                found.setdefault(min(pattern.required), []).append(("level", new, NONE))
        return found

    def patterns(self, units: Atoms, present: Atoms) -> list[tuple[str, Pattern]]:
        """Those that a number with one of these units can be of where these atoms are named."""
        found: dict[str, tuple[str, Pattern]] = {}
        for known, made in ((self._counterparts, self._made_beside), (self._things, self._made_named)):
            for atom in sorted(present & known.keys()):
                for measure, pattern in made(atom, present & self._asked[atom]):
                    if not pattern.units.isdisjoint(units):
                        found[pattern.slug] = measure, pattern
        return list(found.values())

    @cached_property
    def _asked(self) -> dict[str, Atoms]:
        """The atoms that have a say in what is made of each."""
        found: dict[str, Atoms] = {}
        for atom, others in self._counterparts.items():
            found[atom] = NONE.union(*(pattern.required | whole for _, pattern, whole in others))
        for atom, things in self._things.items():
            own = NONE.union(*(thing.required.union(thing.whole, thing.measured) for thing in things))
            found[atom] = found.get(atom, NONE) | own
        return found

    def _patterns_of(
        self, told: Callable[[str, Atoms], Iterator[_Made]], atom: str, present: Atoms
    ) -> list[tuple[str, Pattern]]:
        made = ((each[0], self._pattern(*each)) for each in told(atom, present))
        return [(measure, pattern) for measure, pattern in made if pattern is not None]

    def _beside(self, atom: str, present: Atoms) -> Iterator[_Made]:
        for measure, pattern, whole in self._counterparts[atom]:
            if pattern.required <= present and whole <= present:
                yield measure, pattern.required, pattern.allowed, whole

    def _named(self, atom: str, present: Atoms) -> Iterator[_Made]:
        for thing in self._things[atom]:
            if not thing.required <= present:
                continue
            if thing.whole:
                if thing.whole & present:
                    yield "share", thing.required, thing.allowed, thing.whole
                continue
            usual = thing.measured[0] if thing.required & self.atoms else _ITSELF
            for head in thing.measured:
                if head not in present and head not in (_ITSELF, usual):
                    continue
                own = NONE if head == _ITSELF else frozenset([head])
                for measure in ("share",) if head in self._rates else ("level", "growth", "share"):
                    yield measure, thing.required | own, thing.allowed | own, NONE

    def _pattern(self, measure: str, required: Atoms, allowed: Atoms, whole: Atoms) -> Pattern | None:
        key = measure, required, whole
        if key not in self._made:
            name = " ".join((*sorted(required), measure, *sorted(whole)))
            pattern = Pattern(
                name, required, allowed | self._optional, whole, whole, len(required), bool(whole),
                self._units(measure, required),
            )  # fmt: skip
            has_entry = any(
                each.required <= required <= each.allowed and whole <= each.whole_allowed
                for each in self._listed.get(measure, ())
            )
            self._made[key] = None if has_entry else pattern
        return self._made[key]

    def _units(self, measure: str, required: Atoms) -> frozenset[str]:
        if measure in ("growth", "share"):
            return frozenset([PERCENT, TIMES] if measure == "growth" else [PERCENT])
        if required & self._either:
            return _AMOUNTS | _COUNTS
        return _AMOUNTS if required & self._money else _COUNTS


_GROWTH_OF = re.compile(
    r"^(?:(?:annual|year-on-year)\s)?growth (?:rate )?(?:of|in) (?:the )?|\s(?:annual\s)?growth(?: rate)?$"
    r"|(?:同比|环比)?(?:增速|增长率|增长|增幅)$",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(
    r"^number of (?:the )?|(?<=..)(?:总数|数量|个数|数)$", re.IGNORECASE
)  # 氢谷数: 氢谷28个


def _measures(unit: str, measure: str) -> tuple[str, ...]:
    if unit == PERCENT:
        known = {"growth": ("growth", "change"), "share": ("share",)}
        return known.get(measure, ("share", "growth", "change", "level"))
    if unit == POINTS:
        return ("change",) if measure == "change" else ()
    return ("growth",) if unit == TIMES else ("level",)


def _whole_fits(pattern: Pattern, whole: Atoms | None) -> bool:
    if whole is None:
        return not pattern.explicit
    if not pattern.whole_allowed:
        return whole <= _FIRMS
    return whole - {"above-size", "enterprise"} <= pattern.whole_allowed


def _patterns(slug: str, text: str) -> list[Pattern]:
    found = []
    for alternative in text.split("|"):
        part, _, whole = alternative.partition("<")
        explicit, whole = whole.startswith("!"), whole.lstrip("!")
        required, allowed = _sets(part)
        whole_required, whole_allowed = _sets(whole)
        if whole_allowed:  # its share of industry: the word tells no more than that it is one
            allowed |= _MARKET
        found.append(Pattern(slug, required, allowed, whole_required, whole_allowed, len(required), explicit))
    return found


def _sets(text: str) -> tuple[Atoms, Atoms]:
    words = text.split()
    required = frozenset(word for word in words if not word.startswith("?"))
    return required, required | {word[1:] for word in words if word.startswith("?")}
