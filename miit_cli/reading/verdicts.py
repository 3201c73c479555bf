"""Sets what became of the numbers of a site, and what the passage is about from there on."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from miit_cli.reading.mentions import NEW, NONE
from miit_cli.reading.outcomes import Outcome, Reason, refused
from miit_cli.reading.passage import Column
from miit_cli.reading.refusals import is_tally
from miit_cli.reading.spans import PHYSICAL, POINTS, YEARS, Quantity
from miit_cli.reading.subjects import subject_of
from miit_cli.types import NO_INDICATOR, RECORDED, UNATTRIBUTED, UNCATALOGUED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miit_cli.reading.clauses import Phrase
    from miit_cli.reading.context import Context, Site
    from miit_cli.reading.solving import Solved


def refuse(context: Context, site: Site, reason: Reason) -> None:
    """None of the numbers is an indicator's."""
    for number, quantity in zip(site.group.numbers, site.quantities, strict=True):
        context.outcomes[number] = refused(reason, quantity.value)


# --- recorded ---


def record(
    context: Context,
    numbers: Sequence[int],
    quantities: Sequence[Quantity],
    solved: list[Solved],
    measure: str,
    sign: int,
) -> None:
    """The numbers are those of the indicators, which the passage is about from here on."""
    if len(numbers) == 1:
        slugs = tuple(dict.fromkeys(each.slug for each in solved if each.slug))
        new = any("new" in each.atoms for each in solved)
        context.outcomes[numbers[0]] = _recorded(context, quantities[0], slugs, sign, new)
    else:
        for number, quantity, (slug, atoms) in zip(numbers, quantities, solved, strict=True):
            context.outcomes[number] = (
                _recorded(context, quantity, (slug,), sign, "new" in atoms)
                if slug
                else Outcome(UNCATALOGUED, value=quantity.value, measure=measure)
            )
    _turn_to(context, [Column(atoms, slug is not None) for slug, atoms in solved])
    first = context.outcomes[numbers[0]]
    context.measure = first.measure if first.kind == RECORDED else "share" if measure == "change" else measure
    context.sign = sign


def _recorded(context: Context, quantity: Quantity, slugs: tuple[str, ...], sign: int, new: bool) -> Outcome:
    value = quantity.value if quantity.value is not None else Decimal(0)
    measure = context.concepts.vocabulary[slugs[0]].measure
    if sign < 0 and measure in ("growth", "change") and not slugs[0].endswith("-reduction"):
        value = -value
    return Outcome(RECORDED, None, slugs, value, "", measure, new)


def _turn_to(context: Context, columns: list[Column]) -> None:
    """What was just measured is spoken of from here on; an "of which" only until the next sentence."""
    passage = context.passage
    passage.focus = columns
    if not context.aside:
        passage.main = columns
    for column in columns:
        passage.remember(column._replace(atoms=column.atoms - NEW))
    subject = context.concepts.subject(columns[0].atoms) - NEW
    if subject and not context.aside:
        passage.mention(subject)
    context.pending = []


# --- not recorded ---


def leave(
    context: Context, site: Site, tried: list[Column], attached: Phrase | None, measure: str, sign: int
) -> None:
    """No indicator was found: what the numbers are about is told in the text's own words.

    Args:
        context: the sentence.
        site: the numbers.
        tried: what they are about most likely.
        attached: the noun that follows them.
        measure: theirs, or that of the number before.
        sign: -1 where they tell a decline.
    """
    if tried and all(column.atoms == NEW for column in tried):
        refuse(context, site, Reason.DIFFERENCE)
        return
    subject = subject_of(context, site, attached)
    for number, quantity in zip(site.group.numbers, site.quantities, strict=True):
        context.outcomes[number] = _unresolved(quantity, subject, measure, sign)
    named = attached is not None or any(item.names for item in context.items[site.floor : site.first])
    for column in tried:
        subject_atoms = context.concepts.subject(column.atoms) & context.concepts.anchors
        if column.known and subject_atoms:
            context.passage.mention(subject_atoms)
    if tried and all(column.known and context.concepts.speaks(column.atoms) for column in tried):
        context.passage.turn_to(tried)
        context.pending = []
    elif subject and named:
        unknown = [Column(column.atoms, False, subject) for column in tried]
        context.passage.turn_to(unknown or [Column(NONE, False, subject)])
        context.pending = _added_to(context, tried)


def _added_to(context: Context, tried: list[Column]) -> list[Column]:
    """ "35 new clusters were added, making a total of 80": what there is now more of."""
    if not context.english or not tried or not all(column.atoms > NEW for column in tried):
        return []
    return [column._replace(atoms=column.atoms - NEW) for column in tried]


def _unresolved(quantity: Quantity, subject: str, measure: str, sign: int) -> Outcome:
    value = quantity.value
    if value is not None and sign < 0 and measure == "growth":
        value = -value
    reason = _shape(quantity._replace(value=value))
    if reason is not None:
        return Outcome(NO_INDICATOR, reason, value=value)
    if not subject:
        return Outcome(UNATTRIBUTED, Reason.NO_SUBJECT, value=value, measure=measure)
    return Outcome(UNCATALOGUED, Reason.NO_ENTRY, value=value, subject=subject, measure=measure)


def _shape(quantity: Quantity) -> Reason | None:
    """Why a number is no indicator, whatever it is about."""
    if quantity.unit == POINTS:
        return Reason.POINTS
    if quantity.unit in (PHYSICAL, YEARS):
        return Reason.SIZE
    return Reason.TALLY if is_tally(quantity) else None
