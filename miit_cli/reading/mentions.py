"""Where an indicator is named: noun phrases as sets of atoms, and the concepts that they make.

A noun phrase is read as the atoms that its words stand for, so that "users of gigabit access" and
"gigabit broadband subscribers" are one thing. An indicator is a concept (atoms) and a measure
(level, growth, share, change), which the unit and the verb give.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.lexicon import load_data
from miit_cli.reading.spans import BARE, COUNT, PERCENT, POINTS, TIMES, YEARS

if TYPE_CHECKING:
    from miit_cli.vocabulary import Vocabulary

Atoms = frozenset[str]
NONE: Atoms = frozenset()
NEW: Atoms = frozenset(["new"])

# What a share may be of, named in the same phrase as its part.
WHOLES: Atoms = frozenset(["gdp", "world"])

# What serves firms.
SYSTEM: Atoms = frozenset(["identifier"])

# What a network reaches.
PLACES: Atoms = frozenset(["village", "township", "county"])

# Sectors and kinds of firms: with an unknown word beside them they are others.
GENERIC: Atoms = frozenset(["industry", "manufacturing", "enterprise", "auto", "sme", "above-size"])

# Atoms that are found in every other text, and name no indicator by themselves.
_COMMON = frozenset(["enterprise", "world", "new", "fixed", "mobile", "connections"])

# Heads that are a share by themselves, whatever the verb.
_RATES = frozenset(["market-share", "penetration", "coverage", "profit-margin", "capacity-utilization"])

# Whose share a rate is, where none is named: 82.7 percent of manufacturers.
_FIRMS = frozenset(["manufacturing", "industry", "enterprise", "above-size"])

# Nouns that follow a number as its unit: 4.91 million vehicles.
_UNITS = frozenset(["auto", "phone", "enterprise"])

# What firms run or use, and are not.
_NO_FIRMS = frozenset(
    ["node", "network", "device", "station", "port", "project", "park", "city", "rack", "connection"]
)

# Units of the vocabulary that are no count of things.
_MEASURED = {
    "yuan",
    "us-dollar",
    "percent",
    "percentage-point",
    "gigabyte",
    "eflops",
    "deadweight-ton",
    "year",
    "index-point",
}


# Things that are named and are none of the vocabulary.
OTHERS: Atoms = frozenset(["other-sector", "provincial"])


class Pattern(NamedTuple):
    """One way in which an indicator is made of atoms."""

    slug: str
    required: Atoms
    allowed: Atoms
    whole_required: Atoms
    whole_allowed: Atoms  # empty: not a share of something named
    rank: int
    explicit: bool = False  # only where the whole is named


class Concepts:
    """Answers which indicator a set of atoms, a unit and a measure name."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        data = load_data("concepts.toml")
        self.heads: Atoms = frozenset(data["heads"]["atoms"])
        self.weak: Atoms = frozenset(data["weak"]["atoms"])
        self.money = {head: frozenset(names) for head, names in data["default-money"].items()}
        self.default_attribute: dict[str, str] = data["default-attribute"]
        self.vocabulary = vocabulary
        self.trades = {slug: frozenset(atoms) for slug, atoms in data["context"].items()}
        self.classifiers = {
            unit: frozenset(words) for unit, words in load_data("zh/units.toml")["classifiers"].items()
        }
        self._patterns: dict[str, list[Pattern]] = {}
        self._cache: dict[tuple[Atoms, str, str, Atoms | None], str | None] = {}
        texts: dict[str, str] = {slug: text for slug, text in data["concepts"].items() if slug in vocabulary}
        self.user_names: dict[str, list[str]] = {}
        for slug in vocabulary:
            entry = vocabulary[slug]
            if getattr(entry, "user", False):
                named = [name for name in (entry.label, entry.label_zh, *entry.aliases) if name]
                whole = slug.removesuffix("-growth")
                if entry.measure == "growth" and whole != slug and whole in vocabulary:
                    # "Widget output grew by": the text names what grew, and not its growth.
                    base = texts.get(whole) or f"user:{whole}"
                    texts[slug] = f"user:{slug} | {base}"
                else:
                    texts[slug] = f"user:{slug} | {texts[slug]}" if slug in texts else f"user:{slug}"
                    if entry.measure == "growth":
                        named += [_without_growth(name) for name in named]
                self.user_names[f"user:{slug}"] = [*named, *(_NUMBER_OF.sub("", name) for name in named)]
        for slug, text in texts.items():
            measure = vocabulary[slug].measure
            for pattern in _patterns(slug, text):
                self._patterns.setdefault(measure, []).append(pattern)
        for patterns in self._patterns.values():
            patterns.sort(key=lambda p: -p.rank)
        self._by_slug: dict[str, list[Pattern]] = {}
        for patterns in self._patterns.values():
            for pattern in patterns:
                self._by_slug.setdefault(pattern.slug, []).append(pattern)
        self.anchors: Atoms = frozenset(
            atom
            for ps in self._patterns.values()
            for p in ps
            for atom in (p.required - self.heads - _COMMON or p.required)
        )
        self.named: Atoms = self.anchors | OTHERS
        self.known: Atoms = frozenset(
            atom for ps in self._patterns.values() for p in ps for atom in p.allowed
        )

    def resolve(self, atoms: Atoms, unit: str, measure: str, whole: Atoms | None = None) -> str | None:
        """The slug for atoms, a unit and a measure ("" when the text does not tell); None when none fits."""
        key = (atoms, unit, measure, whole)
        if key not in self._cache:
            found = self._resolve(atoms, unit, measure, whole)
            if found is None and atoms & self.weak and atoms - self.weak:
                found = self._resolve(atoms - self.weak, unit, measure, whole)
            self._cache[key] = found
        return self._cache[key]

    def _resolve(self, atoms: Atoms, unit: str, measure: str, whole: Atoms | None) -> str | None:
        for tried in _measures(unit, measure):
            for pattern in self._patterns.get(tried, ()):
                if not pattern.required <= atoms or not atoms <= pattern.allowed:
                    continue
                if not self._unit_fits(pattern.slug, unit):
                    continue
                if tried in ("share", "change") and not _whole_fits(pattern, whole):
                    continue
                if (
                    tried == "share"
                    and not measure
                    and whole is None
                    and pattern.whole_allowed
                    and not atoms & _RATES
                ):
                    continue
                return pattern.slug
        return None

    def _unit_fits(self, slug: str, unit: str) -> bool:
        wanted = self.vocabulary[slug].unit
        if unit in (PERCENT, TIMES):
            return wanted in ("percent", "index-point")
        if unit == POINTS:
            return wanted == "percentage-point"
        if unit == YEARS:
            return wanted == "year"
        if unit == COUNT:
            return wanted not in _MEASURED
        if unit == BARE:
            return wanted not in _MEASURED or wanted == "index-point"
        return unit == wanted

    def patterns_of(self, slug: str) -> list[Pattern]:
        """The ways in which an indicator is made of atoms."""
        return self._by_slug.get(slug, [])

    def is_trade(self, subject: Atoms) -> bool:
        """Whether a subject is a trade of its own, which "the industry" may mean."""
        return any(bool(subject & sectors) for sectors in self.money.values()) or bool(
            subject & {"electronics", "auto", "nev"}
        )

    def at_home(self, slug: str, mentioned: set[str]) -> bool:
        """Whether an indicator of one trade stands in a text about that trade."""
        trade = self.trades.get(slug)
        return trade is None or bool(trade & mentioned)

    def speaks(self, atoms: Atoms) -> bool:
        """Whether atoms name a concept of the vocabulary in any measure."""
        return any(
            self.resolve(atoms, unit, measure)
            for unit, measure in ((PERCENT, "growth"), (COUNT, "level"), ("yuan", "level"))
        )

    def uses(self, slug: str, atoms: Atoms) -> bool:
        """Whether an indicator needs one of these atoms, or they are only the unit of a count."""
        if "enterprise" in atoms and atoms <= _FIRMS and self.vocabulary[slug].unit in _NO_FIRMS:
            return False
        return atoms <= _UNITS or any(
            pattern.required & atoms
            for patterns in self._patterns.values()
            for pattern in patterns
            if pattern.slug == slug
        )

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
                self.default_attribute[a] for a in atoms if self.default_attribute.get(a) == "production"
            )
        if unit in ("yuan", "us-dollar"):
            return frozenset(head for head, sectors in self.money.items() if atoms & sectors)
        found = {self.default_attribute[atom] for atom in atoms if atom in self.default_attribute}
        return frozenset(found) if len(found) == 1 else NONE


_GROWTH_OF = re.compile(
    r"^(?:(?:annual|year-on-year)\s)?growth (?:rate )?(?:of|in) (?:the )?|\s(?:annual\s)?growth(?: rate)?$"
    r"|(?:同比|环比)?(?:增速|增长率|增长|增幅)$",
    re.IGNORECASE,
)


_NUMBER_OF = re.compile(
    r"^number of (?:the )?|(?<=..)(?:总数|数量|个数|数)$", re.IGNORECASE
)  # 氢谷数: 氢谷28个


def _without_growth(name: str) -> str:
    """What grows: the widget output of "growth of widget output"."""
    return _GROWTH_OF.sub("", name) or name


def _measures(unit: str, measure: str) -> tuple[str, ...]:
    if unit == POINTS:
        return ("change",) if measure == "change" else ()
    if unit == TIMES:
        return ("growth",)
    if unit == PERCENT:
        if measure == "growth":
            return ("growth", "change")
        if measure == "share":
            return ("share",)
        return ("share", "growth", "change", "level")
    return ("level",)


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
        explicit = whole.startswith("!")
        whole = whole.lstrip("!")
        required, allowed = _sets(part)
        whole_required, whole_allowed = _sets(whole)
        found.append(Pattern(slug, required, allowed, whole_required, whole_allowed, len(required), explicit))
    return found


def _sets(text: str) -> tuple[Atoms, Atoms]:
    words = text.split()
    required = frozenset(word for word in words if not word.startswith("?"))
    return required, required | {word[1:] for word in words if word.startswith("?")}
