"""Which measure a number is of, with which sign, and of which whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.following import of_follows
from miit_cli.reading.items import GAP, OPEN, TIME, Item
from miit_cli.reading.mentions import PLACES, WHOLES
from miit_cli.reading.spans import PERCENT, POINTS, TIMES
from miit_cli.reading.unknowns import foreign

if TYPE_CHECKING:
    from miit_cli.reading.clauses import Phrase, Segment
    from miit_cli.reading.context import Context, Site
    from miit_cli.reading.mentions import Atoms

LEVEL, GROWTH, SHARE, CHANGE = "level", "growth", "share", "change"
_UNKNOWN_WHOLE: Atoms = frozenset(["?"])  # a whole that the lexicon does not know
_SHARES = ("share", "proportion", "weight", "percentage")
_NEAR = 4  # items behind a number in which its measure is looked for


class Measured(NamedTuple):
    """What the words around a number say of it."""

    measure: str  # "" when they do not tell
    sign: int
    whole: Atoms | None  # of a share
    limit: int  # the item before which the subject stands
    difference: bool = False  # by how much a level changed, and so no level


@dataclass(slots=True)
class _Before:
    """What is read off the words before a number, from the number to the left."""

    limit: int
    at: int  # the word that tells the measure
    measure: str = ""
    sign: int = 1
    to: bool = False  # "rose to"
    whole: Atoms | None = None
    sure: bool = False  # nothing that follows the number changes it


def measured(context: Context, site: Site) -> Measured:
    """The measure of a site's numbers; its ``limit`` parts their subject from their whole."""
    if _goes_on(context, site):
        return Measured(SHARE, 1, context.whole, site.first)
    before = _before(context, site)
    if before.sure:
        return Measured(SHARE, 1, before.whole, before.limit)
    share = _share_of_neighbour(context, site, before)
    if share is not None:
        return share
    if before.measure == GROWTH and before.to and site.unit == PERCENT:
        before.measure, before.sign = "", 1
    if not before.measure and not site.counts:
        _look_behind(context, site, before)
    elif before.measure == SHARE and before.whole is None:
        before.whole = _whole_behind(context, site)
    if site.unit in (PERCENT, TIMES):
        return _of_percentage(context, site, before)
    if site.unit == POINTS:
        measure = CHANGE if context.measure == SHARE else "points"
        return Measured(measure, before.sign, None, before.limit)
    return _of_level(context, site, before)


def announced(context: Context, segment: Segment) -> tuple[str, int]:
    """The measure that a segment names for the number after the comma: "…占比稳步提升，超过三成"."""
    for item in context.items[segment.first : segment.last]:
        if item.cue("growth_noun"):
            return GROWTH, _sign(item)
        if item.cue("share") and not item.cue("takes_whole"):
            return SHARE, 1
    return "", 1


def _sign(item: Item) -> int:
    return -1 if item.cue("growth_down") else 1


# --- before the numbers ---


def _goes_on(context: Context, site: Site) -> bool:
    """ "a share of 15.1 percent, up from 11.8 percent in 2015": the same share, earlier."""
    return (
        context.english
        and context.measure == SHARE
        and site.unit == PERCENT
        and context.items[site.first - 1].cue("base_number")
        and not site.left
    )


def _before(context: Context, site: Site) -> _Before:
    found = _Before(limit=site.first, at=site.first)
    for i in range(site.first - 1, site.floor - 1, -1):
        item = context.items[i]
        if item.time is not None:
            found.to = found.to or (not found.measure and context.text[item.start] in "至到")
        elif item.word.cues and _settles(context, site, i, found):
            break
    return found


def _settles(context: Context, site: Site, i: int, found: _Before) -> bool:
    """Takes in a word; whether what stands further left changes nothing."""
    item = context.items[i]
    cues = item.word.cues
    if "growth_noun" in cues and found.measure != SHARE:
        found.measure, found.sign, found.to, found.at = GROWTH, _sign(item), False, i
        return True
    if not found.measure and ("growth_up" in cues or "growth_down" in cues):
        found.measure, found.sign, found.at = GROWTH, _sign(item), i
        return not found.to
    risen = context.english and found.to and found.measure == GROWTH and site.unit == PERCENT
    if "share" in cues and (found.measure in ("", SHARE) or (risen and _is_share(item))):
        found.measure, found.sign = SHARE, 1
        return (
            _takes_whole(context, site, i, found)
            if "takes_whole" in cues
            else _names_whole(context, site, i, found)
            if context.english
            else _ends_whole(context, site, i, found)
        )
    found.to = found.to or ("to" in cues and not found.measure)
    return False


def _takes_whole(context: Context, site: Site, i: int, found: _Before) -> bool:
    """占…的: what stands between the verb and the number is the whole."""
    inside = [phrase for phrase in site.left if phrase.first > i]
    if inside:
        found.whole, found.limit = inside[-1].joined(), i
    elif foreign(context, i + 1, site.first) or context.has("national", i + 1, site.first):
        found.whole, found.limit = _UNKNOWN_WHOLE, i
    return True


def _is_share(item: Item) -> bool:
    """Whether a word is the noun: "a share of", and not "accounted for"."""
    return item.word.text.removesuffix(" of").rpartition(" ")[2] in _SHARES


def _names_whole(context: Context, site: Site, i: int, found: _Before) -> bool:
    """ "its share of industry rose to", "the share of A in B was": the last phrase is the whole."""
    inside = [phrase for phrase in site.left if phrase.first > i]
    if not inside or not _is_share(context.items[i]):
        return False
    at = inside[-1].first - 1
    while at > i and context.items[at].cue("glue") and context.items[at].word.text not in ("in", "of"):
        at -= 1
    lead = context.items[at].word.text
    if i > 0 and context.items[i - 1].word.text in ("its", "their") and (at == i or lead in ("in", "of")):
        found.whole, found.limit = inside[-1].joined(), i
    elif len(inside) > 1 and lead == "in":
        found.whole, found.limit = inside[-1].joined(), inside[-1].first
    return False


def _ends_whole(context: Context, site: Site, i: int, found: _Before) -> bool:
    """…中的占比: what stands before the noun is the whole."""
    items = context.items
    inside = [p for p in site.left if p.last < i and all(item.cue("whole") for item in items[p.last + 1 : i])]
    if not inside or inside[-1].last + 1 >= i:
        return False
    found.whole, found.limit, found.sure = inside[-1].joined(), inside[-1].first, True
    return True


def _share_of_neighbour(context: Context, site: Site, before: _Before) -> Measured | None:
    """整车的30%, 30%的整车: in Chinese a percentage beside 的 is a share of the phrase next to it."""
    if context.english or site.unit != PERCENT or before.measure:
        return None
    nearest = site.left[-1] if site.left else None
    if nearest is not None and site.first - nearest.last == 2 and context.is_of(site.first - 1):
        return Measured(SHARE, 1, nearest.joined(), nearest.first)
    if site.right and of_follows(context, site):
        return Measured(SHARE, 1, None, before.limit)
    return None


# --- behind the numbers ---


def _look_behind(context: Context, site: Site, found: _Before) -> None:
    """5% growth, 30% of exports: takes in what the words right behind the numbers tell."""
    found.sign = 1
    for i in range(site.end, min(site.ceiling, site.end + _NEAR)):
        item = context.items[i]
        cues = item.word.cues
        if "after_up" in cues or "growth_noun" in cues:
            found.measure, found.sign, found.whole = GROWTH, _sign(item), None
        elif "after_down" in cues:
            found.measure, found.sign, found.whole = GROWTH, -1, None
        elif "share" in cues or ("of" in cues and i == site.end):
            found.measure, found.whole = SHARE, _whole_behind(context, site)
        elif not _passes(item, context.english):
            return
        if found.measure:
            return


def _passes(item: Item, english: bool) -> bool:
    """Whether a word behind a number may be passed over on the way to one that tells."""
    if item.word.text:
        return english or not item.word.atoms
    return item.kind in (GAP, TIME)


def _whole_behind(context: Context, site: Site) -> Atoms | None:
    """The phrase after "of": what a share is a share of."""
    seen_of = False
    for i in range(site.end, len(context.items)):
        item = context.items[i]
        if item.cue("of"):
            seen_of = True
        elif seen_of and item.word.atoms:
            return _phrase_at(site, i)
        elif item.kind == GAP and seen_of:
            return _UNKNOWN_WHOLE
        elif not item.word.text or (item.cue("stop") and not item.cue("glue")):
            return None
    return None


def _phrase_at(site: Site, place: int) -> Atoms | None:
    phrase: Phrase | None = next((p for p in site.right if p.first == place), None)
    joined = phrase.joined() if phrase else None
    if joined and joined & PLACES and joined <= PLACES | {"coverage", "5g"}:
        return None  # "92% of townships": what has reached them has no other whole
    return joined & WHOLES or joined if joined else None


# --- by unit ---


def _of_percentage(context: Context, site: Site, found: _Before) -> Measured:
    measure, sign, whole = found.measure, found.sign, found.whole
    if not measure and _bracketed(context, site):
        measure = GROWTH
    if measure == SHARE and whole is None and context.among:
        whole = context.among
    if not measure and not site.left and context.pending and context.pending_measure:
        return Measured(context.pending_measure, context.pending_sign, whole, found.limit)
    if not measure and context.whole and _same_share(context, site):
        measure, whole = SHARE, context.whole
    if measure == SHARE and context.whole and context.whole <= WHOLES and _of_part(context, site, found):
        whole = context.whole
    near = max(site.floor, site.first - 2)
    if not measure and context.english and context.has("of_which", near, site.first):
        measure = SHARE
    if not measure and not found.to and context.measure == GROWTH:
        sign = context.sign
    if not measure and context.numbers[site.group.numbers[0]].classifier == "signed":
        measure = GROWTH
    return Measured(measure, sign, whole, found.limit)


def _same_share(context: Context, site: Site) -> bool:
    """ "47.2 percent of the world market in completions, 53.8 percent *in* new orders"."""
    behind = context.items[site.end : site.end + 1]
    return context.english and context.measure == SHARE and any(i.word.text in ("in", "for") for i in behind)


def _of_part(context: Context, site: Site, found: _Before) -> bool:
    """ "55 percent of the world's completions, 74.7 percent *of* new orders": of the same world."""
    behind = context.items[site.end : site.end + 1]
    same = context.english and context.measure == SHARE and found.at == site.first  # no word before it tells
    return same and any(item.cue("of") for item in behind)


def _bracketed(context: Context, site: Site) -> bool:
    """4.2 million (+12%): a percentage in brackets behind a level is its growth."""
    previous = context.previous
    return site.segment.opened == OPEN and previous is not None and previous.unit != PERCENT


def _of_level(context: Context, site: Site, found: _Before) -> Measured:
    added = any("new" in part for phrase in (*site.left, *site.right) for part in phrase.parts)
    if found.measure == GROWTH and not found.to and not added and not _level_said(context, site, found.at):
        return Measured(LEVEL, found.sign, None, found.limit, difference=True)
    return Measured(LEVEL, 1, None, found.limit)


def _level_said(context: Context, site: Site, verb: int) -> bool:
    """Whether a number beside a verb of growth is a level: "grew from 5 million", "put up stations of …"."""
    before = context.items[site.first - 1]
    if before.cue("base_number") or before.word.text == "in":
        return True
    return context.english and bool(site.left) and verb < site.left[-1].first
