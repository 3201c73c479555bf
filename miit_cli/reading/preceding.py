"""What numbers may be about by the words before them, and by what was spoken of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miit_cli.reading.columns import Candidate, columns_of
from miit_cli.reading.items import NUMBER
from miit_cli.reading.mentions import NEW, NONE, SYSTEM
from miit_cli.reading.passage import Column, merged
from miit_cli.reading.solving import is_sum
from miit_cli.reading.spans import PERCENT
from miit_cli.reading.unknowns import foreign, other_verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miit_cli.reading.clauses import Phrase
    from miit_cli.reading.context import Context, Site
    from miit_cli.reading.mentions import Atoms

# Whose figure it is, where a phrase names only firms: the penetration in industrial firms.
_FIRMS: Atoms = frozenset(["industry", "enterprise", "above-size", "sme", "manufacturing", "other-sector"])


def without_noun(context: Context, site: Site, measure: str) -> Iterator[Candidate]:
    """What numbers that no noun follows may be about: the phrases before them, else what was spoken of."""
    if site.left:
        yield from _phrases_before(context, site, measure)
    elif site.counts and (
        (_is_small(context, site) and not _is_total(context, site))
        or other_verb(context, site)
        or _described(context, site)
    ):
        return
    elif context.english and site.counts and context.has("of_which", site.first - 2, site.first):
        return  # "of which 1.2 million were public": a part, and none that is named
    elif not foreign(context, site.floor, site.first) and not _of_them(context, site):
        yield from _spoken_of(context, site)


def _phrases_before(context: Context, site: Site, measure: str) -> Iterator[Candidate]:
    nearest, others = columns_of(context, site.left[-1]), site.left[:-1]
    if context.passage.mentioned >= SYSTEM and "served" in _text(context, site.left[-1]):
        yield Candidate(merged(nearest, [Column(SYSTEM)]))  # "the enterprises served exceeded 210,000"
    added = [phrase for phrase in others if phrase.joined() == NEW]
    for phrase in added:
        yield Candidate(merged(columns_of(context, phrase), nearest))
    if added:
        return
    if context.english and site.unit == PERCENT and (noun := _noun_of_level(context, site)):
        yield Candidate(merged(nearest, [Column(noun)]))
    if not any(context.concepts.resolve(c.atoms, site.unit, measure) for c in nearest):
        for phrase in reversed(others):
            yield Candidate(merged(columns_of(context, phrase), nearest))
    named = any(context.concepts.subject(phrase.joined()) - NEW for phrase in others)
    lacking = any(not context.concepts.subject(c.atoms) for c in nearest)
    firms = any(phrase.joined() <= _FIRMS for phrase in others)
    together = context.english and bool(others) and context.has("joint", site.floor, site.first)
    if not together and not (lacking and (firms if context.english else named)):
        yield Candidate(nearest)
    if is_sum(context, site, nearest) and len(nearest) > 2:
        yield Candidate(context.current())  # "Emerging services: A, B and C brought in a total of"


def _text(context: Context, phrase: Phrase) -> str:
    return context.text[phrase.start : phrase.end].lower()


def _noun_of_level(context: Context, site: Site) -> Atoms:
    """ "Sales rose 3.8 percent to 26.3 million *vehicles*": the noun that stands behind the level."""
    items = context.items[site.end : site.end + 3]
    if [item.kind for item in items[1:2]] != [NUMBER] or items[0].word.text != "to":
        return NONE
    return items[2].word.atoms[0] if len(items) > 2 and len(items[2].word.atoms) == 1 else NONE


def _described(context: Context, site: Site) -> bool:
    """ "600,000 technology-based and innovative SMEs": adjectives lead on to a noun of its own."""
    if not context.english or not site.right:
        return False
    between = range(site.end, site.right[0].first)
    return bool(between) and all(
        context.is_filler(at) or context.items[at].word.text == "and" for at in between
    )


def _is_total(context: Context, site: Site) -> bool:
    """ "…, bringing the total to 14"."""
    return context.english and context.has("cumulative", site.floor, site.first)


def _is_small(context: Context, site: Site) -> bool:
    """A small exact number without a noun of its own tells nothing of what was spoken of before."""
    quantity = context.numbers[site.group.numbers[0]]
    return quantity.bound == "exact" and quantity.value is not None and quantity.value < 20


def _of_them(context: Context, site: Site) -> bool:
    """ "4,357 of them in the last batch": some of what was spoken of, and not the whole."""
    item = context.items[site.end] if site.end < len(context.items) else None
    if not context.english or not site.counts or item is None or not item.cue("of_which"):
        return False
    opening = context.items[site.floor : site.first]
    return not any(
        each.time is not None or each.word.text == "there" or each.cue("cumulative") for each in opening
    )


def _spoken_of(context: Context, site: Site) -> Iterator[Candidate]:
    """What was spoken of before, where nothing nearer is named."""
    passage, count = context.passage, len(site.group.numbers)
    if 1 < count <= len(passage.history) and len(context.current()) != count:
        yield Candidate(passage.history[-count:])
    if count == 1 and len(passage.history) > 1 and len(context.current()) == 1 and _of_both(context, site):
        yield Candidate(passage.history[-2:])
    if context.pending:
        yield Candidate(context.pending)
        subjects = [context.concepts.subject(column.atoms) for column in context.pending]
        if context.english and all(subject and not subject & context.concepts.known for subject in subjects):
            return  # "Sales of trucks, by contrast, fell": of nothing else
    if passage.focus:
        yield from _focus(context, site)
    elif not context.pending and passage.distant and not site.right:
        yield Candidate(passage.distant)


def all_of_them(context: Context, site: Site) -> bool:
    """ "A total of 103,000 of them have been cultivated"."""
    behind = context.items[site.end : site.end + 1]
    before = context.items[site.first - 1 : site.first]
    return any(i.cue("of_which") for i in behind) and any(i.cue("cumulative") for i in before)


def _of_both(context: Context, site: Site) -> bool:
    return any(item.word.text == "both" for item in context.items[site.floor : site.first])


def _focus(context: Context, site: Site) -> Iterator[Candidate]:
    focus = context.passage.focus
    if context.has("cumulative", site.floor, site.first):
        yield Candidate([c._replace(atoms=c.atoms - NEW) for c in focus])
    yield Candidate(focus)
    if site.counts:
        yield Candidate([c._replace(atoms=context.concepts.subject(c.atoms)) for c in focus])
