"""Ties each number of a sentence to what it measures, or says why it measures nothing.

The walk goes from left to right: over the segments of the sentence, and in each over its groups of
numbers. What is found on the way stays in the ``Context``, and what outlasts the sentence in the ``Passage``.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from miit_cli.reading.candidates import attached_noun, candidates
from miit_cli.reading.clauses import Group, Phrase, Segment, groups_of, listed_commas, phrases_of, segments_of
from miit_cli.reading.columns import columns_of
from miit_cli.reading.context import Context, Site
from miit_cli.reading.items import COMMA, NUMBER, OPEN, SEMI, Item
from miit_cli.reading.measures import GROWTH, announced, measured
from miit_cli.reading.mentions import NEW, NONE
from miit_cli.reading.outcomes import Outcome, Reason, refused
from miit_cli.reading.passage import Column, merged
from miit_cli.reading.refusals import is_bulk, refusal
from miit_cli.reading.solving import Wanted, fits, is_joint, is_unlabelled_level, solve
from miit_cli.reading.spans import BARE, COUNTS, DOLLAR, PERCENT, PHYSICAL, TIMES, YEARS, YUAN, Quantity
from miit_cli.reading.subjects import subject_of
from miit_cli.reading.verdicts import leave, record, refuse
from miit_cli.types import UNCATALOGUED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miit_cli.reading.mentions import Concepts
    from miit_cli.reading.passage import Passage
    from miit_cli.reading.solving import Solved


class Linker:
    """Reads the structure of one sentence at a time."""

    def __init__(self, concepts: Concepts, language: str) -> None:
        self.concepts = concepts
        self.language = language

    def link(
        self, text: str, items: list[Item], numbers: Sequence[Quantity], passage: Passage
    ) -> dict[int, Outcome]:
        """An outcome for each number that is a value; ``text`` is the document's."""
        items = listed_commas(items, self.language, numbers)
        passage.focus = passage.main or passage.focus
        for item in items:
            passage.mentioned.update(*item.word.atoms)
        context = Context(self.concepts, self.language, text, items, numbers, passage)
        for segment in segments_of(items):
            _segment(context, segment)
        return context.outcomes


# --- segments ---


def _segment(context: Context, segment: Segment) -> None:
    """Reads a segment: what it says of the next one when it has no numbers, else each of its groups."""
    phrases = phrases_of(context.items, segment, context.language)
    groups = groups_of(context.items, segment, context.numbers)
    _heed(context, segment, phrases)
    if not groups:
        _introduce(context, segment, phrases)
        return
    wholes = _wholes(context, segment, groups)
    floor = segment.first
    for index, group in enumerate(groups):
        if group in wholes:
            _pass_whole(context, group, phrases, last=index + 1 == len(groups))
            continue
        site = _site(context, segment, groups, wholes, index, floor, phrases)
        floor = _group(context, site)
        context.averaging = context.averaging and segment.opened != SEMI


def _heed(context: Context, segment: Segment, phrases: list[Phrase]) -> None:
    """Takes in the words that tell how the numbers of a segment, and those after it, are meant."""
    if segment.opened == SEMI or phrases:
        context.averaging = False
    if context.has("of_which", segment.first, segment.last) or _accompanies(context, segment):
        context.aside = True
    if context.has("average", segment.first, segment.last) or _years_mean(context, segment):
        context.averaging = True


def _accompanies(context: Context, segment: Segment) -> bool:
    """ "…, *with* manufacturing up 6.0%": what goes with the main thing does not take its place."""
    return context.english and segment.first > 0 and context.items[segment.first].word.text == "with"


def _years_mean(context: Context, segment: Segment) -> bool:
    """两年平均: the numbers that follow are no year's own."""
    if not context.says("mean"):
        return False
    return any(
        context.items[i].cue("mean")
        and context.items[i - 1].kind == NUMBER
        and context.numbers[context.items[i - 1].number].unit == YEARS
        for i in range(max(1, segment.first), segment.last)
    )


def _introduce(context: Context, segment: Segment, phrases: list[Phrase]) -> None:
    """A segment without numbers says what the next ones are about."""
    if not phrases:
        return
    if context.items[segment.last - 1].cue("whole") or context.has("among", segment.first, segment.last):
        context.among = phrases[-1].joined()
        return
    if context.pending and (segment.opened == OPEN or _in_dashes(context, segment)):
        return
    concepts = context.concepts
    columns = columns_of(context, phrases[0])
    subject = concepts.subject(phrases[0].joined()) & concepts.anchors
    if not subject and context.pending and not any(concepts.head(c.atoms) for c in context.pending):
        columns = merged(context.pending, columns)
    context.pending = columns
    context.pending_measure, context.pending_sign = announced(context, segment)
    if subject:
        context.passage.mention(subject)


def _in_dashes(context: Context, segment: Segment) -> bool:
    """ "Sales of NEVs -- a class that takes in hybrids -- surged": it is said by the way."""
    around = (segment.first - 1, segment.last)
    return segment.last < len(context.items) and all(context.excerpt(at, at) in _DASHES for at in around)


_DASHES = ("--", "—", "–", "-")

# --- wholes ---


def _wholes(context: Context, segment: Segment, groups: list[Group]) -> list[Group]:
    """Groups that only say of how many: the 97 in "86 of the 97 sectors"."""
    found = _wholes_in_english if context.english else _wholes_in_chinese
    return found(context, segment, groups)


def _wholes_in_english(context: Context, segment: Segment, groups: list[Group]) -> list[Group]:
    found: list[Group] = []
    opening = context.items[segment.first : groups[0].first]
    if len(groups) == 1 and _followed_by_comma(context, segment) and _is_of(opening):
        found += [group for group in groups if _countable(context, group) and not _is_level(context, group)]
    for one, two in pairwise(groups):
        if not (_countable(context, one) and _countable(context, two)):
            continue
        if _is_of(context.items[segment.first : one.first]):
            found.append(one)
        elif _is_of(context.items[one.last + 1 : two.first]):
            found.append(two)
    return found


def _is_level(context: Context, group: Group) -> bool:
    """Whether a whole is a figure of its own: "of the 691 million subscribers", as against 41 sectors."""
    return any((context.numbers[number].value or 0) >= 1000 for number in group.numbers)


def _is_of(items: Sequence[Item]) -> bool:
    """Whether items say no more than "of the"."""
    return bool(items) and items[0].cue("of") and all(item.cue("glue") or item.cue("of") for item in items)


def _wholes_in_chinese(context: Context, segment: Segment, groups: list[Group]) -> list[Group]:
    found = [
        one
        for one, two in pairwise(groups)
        if _countable(context, one)
        and _countable(context, two)
        and context.has("whole", one.last + 1, two.first)
    ]
    last = groups[-1]
    after = context.items[last.last + 1 : segment.last]
    ended = len(after) > 1 and after[-1].cue("whole") and _followed_by_comma(context, segment)
    return [*found, last] if ended and _countable(context, last) else found


def _followed_by_comma(context: Context, segment: Segment) -> bool:
    return segment.last < len(context.items) and context.items[segment.last].kind == COMMA


def _countable(context: Context, group: Group) -> bool:
    return all(context.numbers[number].unit in COUNTS for number in group.numbers)


def _pass_whole(context: Context, group: Group, phrases: list[Phrase], last: bool) -> None:
    """Sets a whole aside; what it counts is what the next segment is about."""
    for number in group.numbers:
        context.outcomes[number] = refused(Reason.WHOLE, None)
    if last:
        context.pending = [column for phrase in phrases[-1:] for column in columns_of(context, phrase)]


# --- groups ---


def _site(
    context: Context,
    segment: Segment,
    groups: list[Group],
    wholes: list[Group],
    index: int,
    floor: int,
    phrases: list[Phrase],
) -> Site:
    """The surroundings of ``groups[index]``: a whole beside it belongs to them."""
    group = groups[index]
    ceiling = _next_start(segment, groups, index)
    if index + 1 < len(groups) and groups[index + 1] in wholes:
        ceiling = _next_start(segment, groups, index + 1)
    if index and groups[index - 1] in wholes:
        floor = groups[index - 2].last + 1 if index > 1 else segment.first
    left = [phrase for phrase in phrases if floor <= phrase.first and phrase.last < group.first]
    right = [phrase for phrase in phrases if group.last < phrase.first < ceiling]
    quantities = [context.numbers[number] for number in group.numbers]
    unit = PERCENT if _percent_left_out(context, quantities) else quantities[-1].unit
    quantities = [q._replace(unit=unit) if q.unit == BARE else q for q in quantities]
    return Site(segment, group, quantities, unit, left, right, floor, ceiling)


def _next_start(segment: Segment, groups: list[Group], index: int) -> int:
    return groups[index + 1].first if index + 1 < len(groups) else segment.last


def _percent_left_out(context: Context, quantities: list[Quantity]) -> bool:
    """ "High-tech manufacturing had 14.2": after percentages a bare decimal is one too."""
    previous = context.previous
    if not context.english or context.measure != GROWTH or previous is None or previous.unit != PERCENT:
        return False
    values = [quantity.value for quantity in quantities]
    return quantities[-1].unit == BARE and all(
        value is not None and value < 100 and value != value.to_integral_value() for value in values
    )


def _group(context: Context, site: Site) -> int:
    """Sets the outcomes of a group; the item up to which its words are used up."""
    if _is_bulk(context, site):
        subject = subject_of(context, site)
        for number, quantity in zip(site.group.numbers, site.quantities, strict=True):
            context.outcomes[number] = Outcome(
                UNCATALOGUED, Reason.NO_ENTRY, value=quantity.value, subject=subject
            )
        if context.english:
            context.passage.focus = [Column(NONE, known=False, text=subject)]  # to the end of the sentence
        return site.end
    end = _refused(context, site)
    if end is not None:
        return end
    return _multiple(context, site) if site.unit == TIMES else _figure(context, site)


def _is_bulk(context: Context, site: Site) -> bool:
    """An amount that a country makes, whose name is said and stands in no vocabulary."""
    return (
        site.unit == PHYSICAL
        and is_bulk(site.quantities[0])
        and any(item.names for item in context.items[site.floor : site.first])
        and refusal(context, site) is None
    )


# The words before such a number may be those of the next one.
_PASSED_BY = frozenset([Reason.TALLY, Reason.BASE, Reason.THRESHOLD])


def _refused(context: Context, site: Site) -> int | None:
    """Sets the outcomes of numbers that are no indicator's; the item up to which their words are used up."""
    reason = refusal(context, site) or (Reason.SIZE if site.unit == PHYSICAL else None)
    if reason is None:
        return None
    outcome = refused(reason, site.quantities[0].value)
    if reason is Reason.MONTH_ON_MONTH:
        outcome = outcome._replace(kind=UNCATALOGUED, subject=subject_of(context, site), measure=GROWTH)
    context.outcomes.update(dict.fromkeys(site.group.numbers, outcome))
    noun = attached_noun(context, site) if context.english and reason is Reason.TALLY else None
    if noun is not None:  # "four centers were opened, the total is 14"
        context.pending = [c._replace(atoms=c.atoms - NEW) for c in columns_of(context, noun)]
    if reason is Reason.THRESHOLD and site.left:  # "firms whose yearly revenue is no less than"
        subject = context.concepts.subject(site.left[0].joined()) & context.concepts.anchors
        if subject:
            context.passage.mention(subject)
    if (reason is Reason.PEOPLE or site.unit == PHYSICAL) and _is_subject(context, site):
        context.passage.focus = [Column(NONE, known=False)]  # to the end of the sentence
    return site.floor if site.unit == PHYSICAL or reason in _PASSED_BY else site.end


def _is_subject(context: Context, site: Site) -> bool:
    """Whether an English sentence opens with words for what is counted, and no figure comes before it."""
    named = any(item.names for item in context.items[site.floor : site.first])
    return context.english and context.previous is None and named


def _figure(context: Context, site: Site) -> int:
    """Ties numbers to the first candidate that they fit; the item up to which this uses the words."""
    measure, sign, whole, limit, difference = measured(context, site)
    if difference:
        refuse(context, site, Reason.DIFFERENCE)
        return site.end
    site = site._replace(left=[phrase for phrase in site.left if phrase.last < limit])
    attached = attached_noun(context, site)
    tried, solved, end = _first_fitting(context, site, attached, Wanted(site.unit, measure, whole))
    measure = measure or context.measure
    if solved:
        record(context, site.group.numbers, site.quantities, solved, measure, sign)
        context.whole = whole
    else:
        leave(context, site, tried, attached, measure, sign)
    context.previous = site.quantities[-1]
    if site.unit in (YUAN, DOLLAR):
        context.passage.unit = site.unit
    return max(site.end, end)


def _first_fitting(
    context: Context, site: Site, attached: Phrase | None, wanted: Wanted
) -> tuple[list[Column], list[Solved] | None, int]:
    """The first candidate that fits, with its indicators and its end; else the first one, without."""
    tried: list[Column] = []
    noun = attached.joined() if attached is not None else None
    for columns, end in candidates(context, site, attached, wanted.measure):
        tried = tried or columns
        if is_joint(context, site, columns):
            continue
        solved = solve(context, site, columns, wanted)
        alone = noun if attached is None or end <= attached.last + 1 else None
        if solved and not fits(context, site, solved, alone):
            solved = None
        if not solved and is_unlabelled_level(context, site):
            solved = solve(context, site, columns, wanted._replace(unit=context.passage.unit))
        if solved:
            return columns, solved, end
    return tried, None, 0


# --- multiples ---


def _multiple(context: Context, site: Site) -> int:
    """倍, times: growth by so many hundred percent, where the sentence compares."""
    growing = measured(context, site).measure == GROWTH
    if not (growing or _compared(context, site)) or not _grown(context, site, growing):
        refuse(context, site, Reason.MULTIPLE)
    return site.end


def _grown(context: Context, site: Site, growing: bool) -> bool:
    """Whether the multiples are growth of indicators, which they then are recorded as."""
    growth = [quantity._replace(value=_percent(quantity, growing)) for quantity in site.quantities]
    one = site._replace(quantities=growth, unit=PERCENT, right=[])
    for columns, _ in candidates(context, one, None, GROWTH):
        solved = solve(context, one, columns, Wanted(PERCENT, GROWTH, None))
        if solved:
            record(context, site.group.numbers, growth, solved, GROWTH, 1)
            return True
    return False


def _percent(quantity: Quantity, growing: bool) -> Decimal:
    """By how many percent something grew that grew so many times, or came to so many times what it was."""
    times = (quantity.value or Decimal(0)) - (0 if growing else 1)
    return (times * 100).normalize() + 0


def _compared(context: Context, site: Site) -> bool:
    behind = 8 if context.items[site.end : site.end + 1] and context.items[site.end].word.text == "as" else 3
    around = [*context.items[site.floor : site.first], *context.items[site.end : site.end + behind]]
    return any(item.time is not None and item.time.role == "base" for item in around)
