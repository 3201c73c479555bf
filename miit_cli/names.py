"""From a typed name to an indicator.

In this order: slug; label or alias in either language, case and punctuation
aside; other words that mean the very same, by the words and the concepts that
prose is read by; a beginning that only one indicator has, unless it surely means
another; then near meanings, with spelling mended (`words`). One of those is
taken when every word of the query has its place in one of the indicator's names
and the runner-up is far behind; otherwise the nearest names are said and nothing
is taken. The margin counts for more than the score, because what fails is not
the typing error but the name that fits two indicators.
"""

from __future__ import annotations

import marshal
from contextlib import suppress
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING, Any, NamedTuple

from miit_cli.errors import NothingToShow
from miit_cli.vocabulary import Name, fold, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from miit_cli.vocabulary import Vocabulary
    from miit_cli.words import Concept, Words

SUBJECTS = ("word", "implied")  # the kinds of words that say what is measured
LONGEST = 200  # characters: no name is longer, and a longer text is no name
EXACT = 100.0
SURE = (97.0, 91.5, 70.0)  # the score to be taken from, by the subject words of the query: none, 1, more
MARGIN = 5.0  # by which it must beat every other indicator
NEAR = 40.0  # the score from which a name is worth showing
SPELLED_LIKE = 70  # the likeness of letters from which a name is worth showing
BY_LETTERS = 0.7  # what that likeness counts
NEAREST = 5  # names listed when none is taken
UNREPORTED = 0.94  # what an indicator counts that the corpus does not report
SHORTEST_PREFIX = {True: 3, False: 2}  # by: is the name ASCII?

# What a word weighs, by its kind: in a query, and in a name (what may be left out weighs little).
IN_QUERY = {"soft": 0.2, "light": 0.3}
IN_NAME = {"soft": 0.2, "light": 0.2, "implied": 0.25}
UNSAID = 0.5  # a measure in a name that leaves it out
LIGHTEST = 0.35


class Match(NamedTuple):
    """An indicator that a name may stand for."""

    slug: str
    how: str  # slug, label, alias, prefix, fuzzy
    score: float  # 0 to 100
    matched: str = ""  # the slug, label or alias that came nearest


def resolve(
    name: str,
    vocabulary: Vocabulary,
    *,
    reported: Mapping[str, int] | None = None,
    exact: bool = False,
    kept: bytes = b"",
) -> Match:
    """The indicator that a typed name stands for.

    ``reported`` says how many records the corpus has of each slug: one that has
    some is preferred. With ``exact`` a name must be a slug, label or alias, or mean
    the very same as one. ``kept`` is what `meanings` gave for this vocabulary;
    without it that is learned anew.
    Raises NothingToShow (exit code 1) where nothing is surely meant.
    """
    if name in vocabulary:
        return Match(name, "slug", EXACT, name)
    if len(name) > LONGEST or not fold(name):
        problem = "too long for a name" if len(name) > LONGEST else "no name"
        raise NothingToShow(f"{shown(name)} is {problem}; 'miit list --all' shows the indicators")
    _recall(vocabulary, kept)
    if found := _called(name, vocabulary):
        return found
    ranked = _ranked(name, vocabulary, reported or {}, kept)
    meant = ranked[0].match if ranked and ranked[0].sure and _leads(ranked) else None
    if meant and meant.how == "alias":
        return meant
    if exact:
        raise NothingToShow(f"no slug, label or alias is {shown(name)}; leave out --exact to find near ones")
    begun = _begun(name, vocabulary)
    # growth of mobile data: it begins "growth of mobile data traffic revenue", and means another
    if begun and (meant is None or meant.slug == begun.slug):
        return begun
    if meant:
        return meant
    near = [match.slug for match in _nearest_names(name, vocabulary, ranked)]
    if near:
        listed = ", ".join(near[:NEAREST])
        raise NothingToShow(f"no indicator is surely meant by {shown(name)}; the nearest: {listed}")
    raise NothingToShow(f"no indicator is called {shown(name)}; 'miit list --all' shows them all")


def search(
    text: str, vocabulary: Vocabulary, reported: Mapping[str, int] | None = None, kept: bytes = b""
) -> list[Match]:
    """Indicators whose names come near a text, best first, then by slug."""
    if len(text) > LONGEST or not fold(text):
        return []
    matches = _nearest_names(text, vocabulary, _ranked(text, vocabulary, reported or {}, kept))
    found = _called(text, vocabulary)
    return [found, *(match for match in matches if match.slug != found.slug)] if found else matches


def _called(name: str, vocabulary: Vocabulary) -> Match | None:
    found = vocabulary.names.get(fold(name))
    if found is None and not name.isascii():
        from miit_cli.chinese import mainland

        found = vocabulary.names.get(fold(mainland(name)))
    return Match(found.slug, found.how, EXACT, found.text) if found else None


def _begun(name: str, vocabulary: Vocabulary) -> Match | None:
    """The only indicator that has a name beginning so.

    A word such as "users" begins just one name and stands in many: so a label or
    alias counts only where no other indicator's names hold the words at all.
    """
    key = fold(name)
    if len(key) < SHORTEST_PREFIX[key.isascii()]:
        return None
    begun = {full: found for full, found in vocabulary.names.items() if full.startswith(key)}
    slugs = {found.slug: found for found in begun.values() if found.how == "slug"}
    if len(slugs) != 1:
        holders = {found.slug for full, found in vocabulary.names.items() if key in full}
        slugs = {found.slug: found for found in begun.values()} if len(holders) == 1 else {}
    found = next(iter(slugs.values()), None)
    return Match(found.slug, "prefix", EXACT, found.text) if found else None


def _leads(ranked: list[_NameMatch]) -> bool:
    """Whether the first is far enough before the second, as what means the very same is before all else."""
    first, *others = (near.match for near in ranked)
    return not others or first.how < others[0].how or first.score - others[0].score >= MARGIN


def _nearest_names(name: str, vocabulary: Vocabulary, ranked: list[_NameMatch]) -> list[Match]:
    """The indicators near by meaning; where there is none, near by their letters. Those are never taken."""
    if ranked:
        return [near.match for near in ranked]
    from rapidfuzz import fuzz, process

    names = vocabulary.names
    near = process.extract(fold(name), list(names), scorer=fuzz.ratio, score_cutoff=SPELLED_LIKE, limit=99)
    best: dict[str, Match] = {}
    for key, score, _ in near:  # best first
        found = names[key]
        best.setdefault(found.slug, Match(found.slug, "fuzzy", round(score * BY_LETTERS, 1), found.text))
    return sorted(best.values(), key=lambda match: (-match.score, match.slug))


# --- by meaning ------------------------------------------------------------------------------


# A name of an indicator by meaning: its slug, itself, what each of its concepts weighs, and all of them.
_Named = tuple[str, str, dict[str, float], float]


class _Meanings(NamedTuple):
    """What the names of a vocabulary teach. Plain values all of it, so that it can be kept."""

    words: dict[str, Any]  # of `Words`
    named: list[_Named]  # of those of an indicator that mean the same only the first
    rarity: dict[str, float]  # what a concept tells, from its share of the indicators: 1 where one has it
    having: dict[str, list[int]]  # the places in ``named`` of the names that have a concept


class _NameMatch(NamedTuple):
    """An indicator near a query; ``sure`` where nothing in the query speaks against it."""

    match: Match
    sure: bool


def _ranked(text: str, vocabulary: Vocabulary, reported: Mapping[str, int], kept: bytes) -> list[_NameMatch]:
    """The indicators near a text, best first, each with the best of its names."""
    from miit_cli.words import Words

    known, named, rarity, having = _learned(vocabulary, kept)
    words = Words(known)
    best: dict[str, _NameMatch] = {}
    for query in map(_asked, words.read(text)):
        subjects = sum(words.kinds.get(concept.name, "word") in SUBJECTS for concept in query)
        sure = SURE[min(subjects, 2)]
        asked = [_Asked.of(concept, words, rarity) for concept in query]
        near = {place for each in asked for other in each.alike for place in having.get(other, ())}
        for place in sorted(near):
            slug, name, weights, whole = named[place]
            fit, full = _fit(asked, weights, whole, rarity)
            same = full and round(fit, 6) == EXACT  # the very same meaning in other words is no guess
            score = round(fit * (UNREPORTED if not same and reported and not reported.get(slug) else 1.0), 1)
            if score >= NEAR and (slug not in best or score > best[slug].match.score):
                match = Match(slug, "alias" if same else "fuzzy", score, name)
                best[slug] = _NameMatch(match, full and fit >= sure)
    return sorted(best.values(), key=lambda near: (near.match.how, -near.match.score, near.match.slug))


def _asked(query: list[Concept]) -> list[Concept]:
    """The query without its count words where it asks for a growth or a share *of* a number."""
    if any(concept.name in ("growth", "share", "change") for concept in query):
        return [concept for concept in query if concept.name != "level"]
    return query


class _Asked(NamedTuple):
    """A concept of a query."""

    weight: float
    sure: float
    alike: dict[str, float]  # the concepts that may stand for it, and what each counts
    strange: bool  # no name can answer it
    soft: bool  # none has to

    @classmethod
    def of(cls, concept: Concept, words: Words, rarity: Mapping[str, float]) -> _Asked:
        name, known, sure = concept
        kind = words.kinds.get(name, "word")
        weight = rarity.get(name, 1.0) * IN_QUERY.get(kind, 1.0)
        return cls(weight, sure, words.alike(name), not known, kind == "soft")


def _fit(
    asked: Iterable[_Asked], weights: Mapping[str, float], whole: float, rarity: Mapping[str, float]
) -> tuple[float, bool]:
    """How well a name answers a query, 0 to 100; and whether it answers every word of it."""
    wanted = answered = 0.0
    full, met = True, dict[str, float]()
    for weight, sure, others, strange, soft in asked:
        nearest, alike = "", 0.0
        for other, likeness in others.items():
            if likeness > alike and other in weights:
                nearest, alike = other, likeness
        wanted += weight
        answered += weight * alike * sure
        full = full and (soft or (alike > 0 and not strange))
        if alike:
            met[nearest] = max(alike, met.get(nearest, 0.0))
    if 100 * answered < NEAR * wanted:
        return 0.0, False
    part = sum(weights[concept] * rarity.get(concept, 0.0) * alike for concept, alike in met.items())
    return 100 * answered / wanted * (0.55 + 0.45 * (part / whole if whole else 1.0)), full


# --- what the names teach --------------------------------------------------------------------


def meanings(vocabulary: Vocabulary) -> bytes:
    """What `resolve` and `search` learn of a vocabulary before they answer, to be kept for the next time."""
    names = {key: tuple(name) for key, name in vocabulary.names.items()}
    return marshal.dumps((marshal.dumps(names), marshal.dumps(tuple(_learn(vocabulary)))))


def _recall(vocabulary: Vocabulary, kept: bytes) -> None:
    """Give the vocabulary its names as they were kept: to fold them all again takes longer."""
    if "names" in vars(vocabulary):
        return
    with suppress(EOFError, TypeError, ValueError):  # nothing was kept, or not as it was given
        names = marshal.loads(marshal.loads(kept)[0])
        vocabulary.names = {key: Name._make(told) for key, told in names.items()}


@lru_cache(maxsize=1)  # `miit get -` resolves many names against one vocabulary
def _learned(vocabulary: Vocabulary, kept: bytes) -> _Meanings:
    with suppress(EOFError, TypeError, ValueError):
        return _Meanings(*marshal.loads(marshal.loads(kept)[1]))
    return _learn(vocabulary)


def _learn(vocabulary: Vocabulary) -> _Meanings:
    """What the indicators are called, as concepts: by their names, and by what prose makes them of.

    The indicator's measure belongs to each of its names, said or not: a query may
    ask for it. A level goes without saying; where a growth is left unsaid, a name
    fits a little less than the level's own. Whatever a level is called, its growth is
    called, too.
    """
    from miit_cli.words import Words

    words = Words()
    distinct: dict[tuple[object, ...], tuple[str, str, dict[str, float]]] = {}
    owners: dict[str, set[str]] = {}
    called = [(slug, text, words.learn(text), list[str]()) for slug, _, text in vocabulary.names.values()]
    for named_slug, text, concepts, optional in (*called, *_made_of(vocabulary)):
        kinds = {concept: words.kinds.get(concept, "word") for concept in concepts}
        # Beside one subject word, the light ones make the name: 5G industries are not just 5G.
        light = IN_NAME if sum(kind in SUBJECTS for kind in kinds.values()) > 1 else {}
        said = {concept: light.get(kind, 1.0) for concept, kind in kinds.items()}
        for slug in filter(vocabulary.__contains__, (named_slug, f"{named_slug}-growth")):
            measure = vocabulary[slug].measure
            unsaid = 0.0 if measure == "level" else UNSAID if slug == named_slug else 1.0
            weights = {measure: unsaid, **said}
            for concept in weights:
                owners.setdefault(concept, set()).add(slug)
            weights = {**dict.fromkeys(optional, 0.0), **weights}
            distinct.setdefault((slug, *sorted(weights.items())), (slug, text, weights))
    most = log(1 + len(vocabulary))
    rarity = {
        concept: max(LIGHTEST, log(1 + len(vocabulary) / len(slugs)) / most)
        for concept, slugs in owners.items()
    }
    named, having = list[_Named](), dict[str, list[int]]()
    for place, (slug, text, weights) in enumerate(distinct.values()):
        whole = sum(weight * rarity.get(concept, 0.0) for concept, weight in weights.items())
        named.append((slug, text, weights, whole))
        for concept in weights:
            having.setdefault(concept, []).append(place)
    return _Meanings(vars(words), named, rarity, having)


def _made_of(vocabulary: Vocabulary) -> Iterator[tuple[str, str, list[str], list[str]]]:
    """The concepts by which prose knows each indicator, and those that may stand beside them."""
    from miit_cli.reading.mentions import Concepts

    made = Concepts(vocabulary)
    for slug in vocabulary:
        measure, label = vocabulary[slug].measure, vocabulary[slug].label
        for way in made.patterns_of(slug):
            unsaid = {made.default_attributes.get(atom, [""])[0] for atom in way.required}
            unsaid &= {"level": {"production"}, "growth": {"production", "value-added"}}.get(measure, set())
            said = {measure} if way.whole_allowed else set()  # a share of something is called one
            needed = {*way.required, *way.whole_required, *said} - unsaid
            optional = {*way.allowed, *way.whole_allowed} - needed
            yield slug, label, sorted(needed), sorted(optional)
