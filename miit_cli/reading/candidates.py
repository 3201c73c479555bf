"""What a group of numbers may be about, most likely first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miit_cli.reading.columns import Candidate, columns_of
from miit_cli.reading.following import behind_in_english, complement, of_what_follows, parts_of
from miit_cli.reading.items import CONJ, GAP, NUMBER, STOPS, TIME
from miit_cli.reading.mentions import NEW, NONE, SYSTEM
from miit_cli.reading.passage import Column, merged
from miit_cli.reading.preceding import all_of_them, without_noun
from miit_cli.reading.spans import BARE, COUNTS, PERCENT, YEARS
from miit_cli.reading.unknowns import counts_others, noun_follows, other_rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miit_cli.reading.clauses import Phrase
    from miit_cli.reading.context import Context, Site
    from miit_cli.reading.mentions import Atoms

_SERVES = ("serves", "serve", "served", "serving")
_CULTIVATED: Atoms = frozenset(["cultivated"])


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
    if context.english and context.passage.topic and all_of_them(context, site):
        yield Candidate([Column(context.passage.topic)])
        return
    if attached is not None:
        yield from _with_noun(context, site, attached, measure)
        if site.counts or _said_before(context, site) == NEW:
            return
    if context.english and attached is None and site.right and not site.left:
        yield from complement(context, site, site.right[0])  # "207 cities were gigabit cities"
    if site.counts and noun_follows(context, site) and (context.english or not site.left):
        return
    if context.english:
        if attached is None:
            yield from behind_in_english(context, site)
    elif _of_another(context, site):
        return
    elif of_what_follows(context, site):
        yield from parts_of(context, site)
        return
    yield from without_noun(context, site, measure)


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
    if _is_served(context, site) and context.passage.mentioned >= SYSTEM:
        yield with_noun([Column(SYSTEM)])  # "the system serves 210,000 enterprises"
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
