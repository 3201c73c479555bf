"""What a group of numbers may be about, most likely first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.items import CONJ, GAP, NUMBER, STOPS, TIME
from miit_cli.reading.mentions import NEW, NONE, PLACES, WHOLES
from miit_cli.reading.passage import Column, merged
from miit_cli.reading.solving import is_sum
from miit_cli.reading.spans import BARE, COUNTS, MONEY, PERCENT, POINTS, YEARS
from miit_cli.reading.unknowns import counts_others, foreign, modified, noun_follows, other_rate, other_verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miit_cli.reading.clauses import Phrase
    from miit_cli.reading.context import Context, Site
    from miit_cli.reading.items import Item
    from miit_cli.reading.mentions import Atoms

_THE_INDUSTRY = re.compile(r"\bthe\s(?:whole\s|entire\s)?industry\b(?!\sas\sa\swhole)", re.IGNORECASE)
_THE_SECTOR = re.compile(r"\b(?:[Tt]he\s(?:whole\s)?(?:sector|industry)['’]s|Sector)\s+\Z")
_OF_SECTOR = re.compile(r"\s(?:of|in)\s(?:the|this)\ssector\b")
_SPENT = re.compile(r"\b(?:puts?|spen[dt]s?|invest(?:s|ed)?|devotes?d?|ploughs?|plows?)\s(?:\w+\s)?\Z")
# Whose figure it is, where a phrase names only firms: the penetration in industrial firms.
_FIRMS: Atoms = frozenset(["industry", "enterprise", "above-size", "sme", "manufacturing", "other-sector"])
_EXPORTS: Atoms = frozenset(["export-delivery"])  # of the whole industry, unless a trade is spoken of
_SYSTEM: Atoms = frozenset(["identifier"])  # what serves firms
_SERVES = ("serves", "serve", "served", "serving")
_NETWORK: Atoms = frozenset(["5g"])
_CULTIVATED: Atoms = frozenset(["cultivated"])


class Candidate(NamedTuple):
    """Columns that a group may be about."""

    columns: list[Column]
    end: int = 0  # the item up to which this uses the words behind the group


def columns_of(context: Context, phrase: Phrase, attached: bool = False) -> list[Column]:
    """The things that a phrase names; not known where an unknown word beside it makes them others."""
    text = context.text[phrase.start : phrase.end]
    known = not modified(context, phrase, attached)
    parts: Sequence[Atoms] = phrase.parts
    if context.english and (trade := _that_trade(context, phrase)) is not None:
        parts = [_of_trade(context, part, trade) for part in parts]
    return [Column(part, known, text) for part in parts]


def _that_trade(context: Context, phrase: Phrase) -> Atoms | None:
    """The trade that "the industry" or "the sector's" means: that which was spoken of last."""
    passage, text, start = context.passage, context.text, phrase.start
    subjects = passage.subjects or ([passage.trade] if passage.trade else [])
    if _THE_SECTOR.search(text, max(0, start - 20), start) or _OF_SECTOR.match(text, phrase.end):
        return next((each for each in (*subjects, passage.trade) if context.concepts.is_trade(each)), None)
    if not subjects or not context.concepts.is_trade(subjects[0]):
        return None
    if phrase.joined() == _EXPORTS:
        return subjects[0]
    if not _THE_INDUSTRY.search(context.text, max(0, phrase.start - 12), phrase.end):
        return None
    return subjects[0] if phrase.joined() == {"industry"} else NONE


def _of_trade(context: Context, part: Atoms, trade: Atoms) -> Atoms:
    own = part - {"industry"}
    if trade and (not own or context.concepts.speaks(own | trade)):
        return own | trade
    return own or part


def attached_noun(context: Context, site: Site) -> Phrase | None:
    """The phrase that follows the numbers as their noun: 2.34 million *base stations*."""
    if not site.right or site.unit not in (*COUNTS, YEARS):
        return None
    phrase = site.right[0]
    if context.english:
        other = counts_others(context, site.end) and not context.items[site.end].cue("counted")
        named = not other or _is_served(context, site)  # not "the 100 key tasks"
        return phrase if named and _leads_to(context, site, phrase, gaps=1) else None
    last = context.numbers[site.group.numbers[-1]]
    counted = bool(last.classifier) or last.unit != BARE
    return phrase if counted and _leads_to(context, site, phrase, gaps=0) else None


def _is_served(context: Context, site: Site) -> bool:
    return any(item.word.text in _SERVES for item in context.items[site.floor : site.first])


def _leads_to(context: Context, site: Site, phrase: Phrase, gaps: int) -> bool:
    """Whether only words that belong to the noun stand before it, and at most so many that are unknown."""
    for item in context.items[site.end : phrase.first]:
        taken = item.kind == NUMBER and item.number in context.outcomes
        if item.kind in STOPS or item.kind == CONJ or taken:
            return False
        if item.kind == GAP:
            gaps -= 1
        elif item.cue("stop") and site.unit != YEARS:
            return False
        elif item.kind == TIME and context.english:
            return False  # "30 cities this year to help SMEs"
    return gaps >= 0


def candidates(context: Context, site: Site, attached: Phrase | None, measure: str) -> Iterator[Candidate]:
    """What the numbers of a site may be about, most likely first.

    Args:
        context: the sentence.
        site: the numbers.
        attached: the noun that follows them.
        measure: what is measured, "" when the text does not tell.
    """
    if context.english and site.counts and _part_of_what_follows(context, site):
        return
    if context.english and context.passage.topic and _all_of_them(context, site):
        yield Candidate([Column(context.passage.topic)])
        return
    if attached is not None:
        yield from _with_noun(context, site, attached, measure)
        if site.counts or _said_before(context, site) == NEW:
            return
    if context.english and attached is None and site.right and not site.left:
        yield from _complement(context, site, site.right[0])  # "207 cities were gigabit cities"
    if site.counts and noun_follows(context, site) and (context.english or not site.left):
        return
    if context.english:
        if attached is None:
            yield from _behind_in_english(context, site)
    elif _of_another(context, site):
        return
    elif _of_what_follows(context, site):
        yield from _parts_of(context, site)
        return
    yield from _without_noun(context, site, measure)


def _part_of_what_follows(context: Context, site: Site) -> bool:
    """ "Passenger cars made up 2.1 million of the vehicles sold": some of those that follow."""
    of = site.end < len(context.items) and context.items[site.end].cue("of")
    return of and context.has("share", site.floor, site.first)


def _of_another(context: Context, site: Site) -> bool:
    """Whether Chinese says with words of its own what the number is of."""
    return (
        other_rate(context, site)
        or _ranked(context, site)
        or (site.unit == PERCENT and noun_follows(context, site))
    )


def _ranked(context: Context, site: Site) -> bool:
    """排名前10%的企业: a place, not a share."""
    start = context.items[site.first].start
    return context.text[start - 1 : start] == "前"


# --- with the noun behind the numbers ---


def _with_noun(context: Context, site: Site, attached: Phrase, measure: str) -> Iterator[Candidate]:
    noun, end = columns_of(context, attached, attached=True), attached.last + 1
    if context.english and end < len(context.items) and context.items[end].cue("counted"):
        return  # "35 handset models"

    def with_noun(columns: list[Column]) -> Candidate:
        return Candidate(merged(columns, noun), end)

    if any(item.word.text == "it" for item in context.items[end : site.segment.last]):
        turned = [*context.spoken()][:1]
        yield with_noun([Column(context.concepts.subject(c.atoms)) for c in turned])
    if _cultivated(context, attached):
        yield with_noun([Column(_CULTIVATED)])
    if _planned(context, site):
        yield with_noun([Column(NEW)])
    said = _said_before(context, site)
    if said in (NEW, _CULTIVATED):
        yield with_noun([Column(said)])
        if said == NEW:
            return
    follow = next((p for p in site.right if p.first > attached.last), None)
    if follow is not None and follow.last + 1 < len(context.items):
        following = context.items[follow.last + 1]
        # "2.8 million vehicles and *sold* 2.9 million": that is the next number's
        follow = None if context.english and following.kind == NUMBER else follow
    if follow is not None:
        yield Candidate(merged(noun, columns_of(context, follow)), follow.last + 1)
    if any(context.concepts.resolve(c.atoms, site.unit, measure) for c in noun):
        yield Candidate(noun, end)
    for phrase in reversed(site.left):
        yield with_noun(columns_of(context, phrase))
    yield Candidate(noun, end)
    served = any(item.word.text in _SERVES for item in context.items[site.floor : site.first])
    if served and context.passage.mentioned >= _SYSTEM:
        yield with_noun([Column(_SYSTEM)])  # "the system serves 210,000 enterprises"
    if not site.left and any(c.atoms - {"enterprise"} for c in noun):
        yield with_noun(context.current())


def _said_before(context: Context, site: Site) -> Atoms:
    """What the one word right before the numbers stands for: *new*, *cultivated*."""
    atoms = context.items[site.first - 1].word.atoms if site.first > site.floor else ()
    return atoms[0] if len(atoms) == 1 else NONE


def _cultivated(context: Context, phrase: Phrase) -> bool:
    """Whether the sentence says of small firms that they were cultivated: only the specialized are."""
    return phrase.joined() <= {"sme", "enterprise"} and any(
        _CULTIVATED in i.word.atoms for i in context.items
    )


def _planned(context: Context, site: Site) -> bool:
    """Whether so many are to be built within the period: additions, not the stock."""
    return context.says("build") and (
        _planned_in_english(context, site) if context.english else _planned_in_chinese(context, site)
    )


def _planned_in_english(context: Context, site: Site) -> bool:
    near = max(site.segment.first, site.first - 3)
    if not context.has("build", near, site.first) and not context.has("build", site.end, site.end + 7):
        return False
    own = context.items[: site.ceiling]
    return not any(i.time is not None and i.time.role in ("deadline", "point") for i in own)


def _planned_in_chinese(context: Context, site: Site) -> bool:
    opening = site.segment.first
    return (
        context.has("build", opening, site.first)
        and (context.has("target", 0, site.first) or context.has("future", 0, site.first))
        and not context.has("cumulative", opening, site.first)
        and any(
            item.time is not None and item.time.role == "period" and item.time.grain == "year"
            for item in context.items[: site.first]
        )
    )


# --- with a phrase further behind ---


def _behind_in_english(context: Context, site: Site) -> Iterator[Candidate]:
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


def _complement(context: Context, site: Site, phrase: Phrase) -> Iterator[Candidate]:
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


def _of_what_follows(context: Context, site: Site) -> bool:
    return site.unit == PERCENT and bool(site.right) and of_follows(context, site)


def of_follows(context: Context, site: Site) -> bool:
    """98%的县城: only small words stand between the number and the phrase that follows."""
    return all(item.cue("glue") for item in context.items[site.end : site.right[0].first])


def _parts_of(context: Context, site: Site) -> Iterator[Candidate]:
    """What is counted in a percentage of what follows."""
    target, end = columns_of(context, site.right[0]), site.right[0].last + 1
    left = [columns_of(context, phrase) for phrase in site.left]
    yield Candidate(merged((left[-1] if left else []) or context.current(), target), end)
    near = [*(column for columns in left for column in columns), *context.spoken()]
    for atom in sorted(NONE.union(*(column.atoms for column in near))):
        yield Candidate(merged([Column(frozenset([atom]))], target), end)


# --- with what was said before ---


def _without_noun(context: Context, site: Site, measure: str) -> Iterator[Candidate]:
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
    if context.passage.mentioned >= _SYSTEM and "served" in _text(context, site.left[-1]):
        yield Candidate(merged(nearest, [Column(_SYSTEM)]))  # "the enterprises served exceeded 210,000"
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


def _all_of_them(context: Context, site: Site) -> bool:
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
