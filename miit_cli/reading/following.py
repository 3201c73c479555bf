"""What numbers may be about by the phrase that stands further behind them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miit_cli.reading.columns import Candidate, columns_of
from miit_cli.reading.mentions import NONE, PLACES, WHOLES
from miit_cli.reading.passage import Column, merged
from miit_cli.reading.spans import MONEY, PERCENT, POINTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miit_cli.reading.clauses import Phrase
    from miit_cli.reading.context import Context, Site
    from miit_cli.reading.items import Item
    from miit_cli.reading.mentions import Atoms

_SPENT = re.compile(r"\b(?:puts?|spen[dt]s?|invest(?:s|ed)?|devotes?d?|ploughs?|plows?)\s(?:\w+\s)?\Z")
_NETWORK: Atoms = frozenset(["5g"])


def behind_in_english(context: Context, site: Site) -> Iterator[Candidate]:
    """What English names behind the numbers, by the little words that lead to it."""
    if not site.right:
        return
    phrase = site.right[0]
    if site.unit in MONEY and site.left and _from_follows(context, site, phrase):
        yield Candidate(
            merged(columns_of(context, site.left[-1]), columns_of(context, phrase)), phrase.last + 1
        )
    if site.unit == PERCENT and not site.left and len(site.right) > 1 and _is_whole_behind(context, site):
        whole, part = site.right[:2]
        said = columns_of(context, part)
        yield Candidate(said, part.last + 1)
        yield Candidate(merged(columns_of(context, whole), said), part.last + 1)
    if site.unit == PERCENT and not site.left and (part_said := _part_in_phrase(context, site, phrase)):
        yield Candidate([Column(part_said)], phrase.last + 1)
    if site.unit == PERCENT and _of_their(context, site, phrase):
        yield Candidate(merged(context.current(), columns_of(context, phrase)), phrase.last + 1)
    if site.unit == PERCENT and (reached := _reached(context, site, phrase)):
        yield Candidate([Column(reached)], phrase.last + 1)
    if site.unit == PERCENT and _less_of(context, site, phrase):
        target = columns_of(context, phrase)
        for earlier in reversed(site.left):
            yield Candidate(merged(columns_of(context, earlier), target), phrase.last + 1)
        yield Candidate(target, phrase.last + 1)
    if site.unit == PERCENT and _for_follows(context, site, phrase):
        target, end = columns_of(context, phrase), phrase.last + 1
        base = columns_of(context, site.left[-1]) if site.left else context.current()
        yield Candidate(merged(base, target), end)
        yield Candidate(target, end)
        for column in base:
            head = context.concepts.head(column.atoms)
            yield Candidate(merged([column._replace(atoms=head)], target), end)


def complement(context: Context, site: Site, phrase: Phrase) -> Iterator[Candidate]:
    """ "…, of which 14,600 are little giants": what the numbers are said to be."""
    between = context.items[site.end : phrase.first]
    if site.unit in (PERCENT, POINTS) or not any(_is_being(item, site.counts) for item in between):
        return
    said = columns_of(context, phrase)
    heads = (context.concepts.head(c.atoms) for c in context.spoken())
    head = next((head for head in heads if head), None)
    if head is not None and not context.concepts.head(said[0].atoms):
        yield Candidate(merged([Column(head)], said), phrase.last + 1)
    yield Candidate(said, phrase.last + 1)


def _is_being(item: Item, counts: bool) -> bool:
    """Whether a word makes of the numbers what follows it: *are*, *of which*; and *have*, of an amount."""
    if item.word.text in ("and", "than", "while", "whereas", "that"):
        return False
    return item.cue("stop") or item.cue("of_which" if counts else "done")


def _is_whole_behind(context: Context, site: Site) -> bool:
    """ "13.4 percent of all new vehicles *were* NEVs": the part is named behind the whole."""
    whole, part = site.right[:2]
    between = context.items[whole.last + 1 : part.first]
    return context.items[site.end].cue("of") and any(
        item.cue("stop") or item.cue("done") or item.word.text == "in" for item in between
    )


def _of_their(context: Context, site: Site, phrase: Phrase) -> bool:
    """ "8.7% of their revenue": of what the subject of the sentence belongs to."""
    between = [item.word.text for item in context.items[site.end : phrase.first]]
    theirs = between[:2] == ["of", "their"] or between == ["of the"]
    if not theirs or context.concepts.subject(phrase.joined()):
        return False
    start = context.items[site.first].start
    return not _SPENT.search(context.text, max(0, start - 24), start)


def _reached(context: Context, site: Site, phrase: Phrase) -> Atoms:
    """ "5G reaches 92% of townships", "90% of villages have 5G": the places with their network."""
    places = phrase.joined() & PLACES
    if not places or not context.items[site.end].cue("of"):
        return NONE
    near = [*site.right, *reversed(site.left)]
    named = [each.joined() for each in near] + [column.atoms for column in context.spoken()]
    return next((places | _NETWORK for atoms in named if atoms & _NETWORK), NONE)


def _part_in_phrase(context: Context, site: Site, phrase: Phrase) -> Atoms:
    """ "47.2 percent *of* the world market in completions": the part, in one phrase with its whole."""
    joined = phrase.joined()
    again = context.measure == "share" and context.whole is not None and context.whole <= WHOLES
    whole = context.items[site.end].cue("of") and (joined & WHOLES or again)
    return joined - WHOLES if whole else NONE


def _less_of(context: Context, site: Site, phrase: Phrase) -> bool:
    """ "3.1 percent less energy": what there is less of follows."""
    between = context.items[site.end : phrase.first]
    compared = [item for item in between if item.cue("after_up") or item.cue("after_down")]
    return bool(compared) and all(item in compared or item.cue("glue") for item in between)


def _for_follows(context: Context, site: Site, phrase: Phrase) -> bool:
    """ "50.2 percent for completions": the percentage is that of what follows."""
    between = context.items[site.end : phrase.first]
    if between and (between[0].cue("after_up") or between[0].cue("after_down")):
        between = between[1:]  # "a 9.4 percent rise in revenue"
    return (
        bool(between) and between[0].word.text in ("for", "in") and all(item.cue("glue") for item in between)
    )


def _from_follows(context: Context, site: Site, phrase: Phrase) -> bool:
    """ "revenue of 75 billion yuan *from* broadband": what earns it follows."""
    between = context.items[site.end : phrase.first]
    return bool(between) and between[0].word.text == "from" and all(item.cue("glue") for item in between)


def of_what_follows(context: Context, site: Site) -> bool:
    """Whether a percentage in Chinese is one of the phrase behind it."""
    return site.unit == PERCENT and bool(site.right) and of_follows(context, site)


def of_follows(context: Context, site: Site) -> bool:
    """98%的县城: only small words stand between the number and the phrase that follows."""
    return all(item.cue("glue") for item in context.items[site.end : site.right[0].first])


def parts_of(context: Context, site: Site) -> Iterator[Candidate]:
    """What is counted in a percentage of what follows."""
    target, end = columns_of(context, site.right[0]), site.right[0].last + 1
    left = [columns_of(context, phrase) for phrase in site.left]
    yield Candidate(merged((left[-1] if left else []) or context.current(), target), end)
    near = [*(column for columns in left for column in columns), *context.spoken()]
    for atom in sorted(NONE.union(*(column.atoms for column in near))):
        yield Candidate(merged([Column(frozenset([atom]))], target), end)
