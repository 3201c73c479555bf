"""The words of a figure's subject, as they stand in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miit_cli.reading.items import NUMBER, STOPS
from miit_cli.reading.outcomes import Outcome, Reason, refused
from miit_cli.reading.refusals import is_bulk, is_tally
from miit_cli.reading.spans import COUNTS, CURRENCY, PERCENT, PHYSICAL, POINTS, YEARS, Quantity
from miit_cli.types import UNATTRIBUTED, UNCATALOGUED

if TYPE_CHECKING:
    from miit_cli.reading.clauses import Phrase
    from miit_cli.reading.context import Context, Site
    from miit_cli.types import Sentence

_LONGEST = 120
_CUTS = re.compile(r"[,，;；:：()（）、。]")
_BEFORE, _AFTER = 60, 40  # characters in which a subject is looked for


def subject_of(context: Context, site: Site, attached: Phrase | None = None) -> str:
    """What the numbers of a site are about; "" when the text does not say."""
    items = context.items
    before = [i for i in range(site.floor, site.first) if items[i].names]
    if before and attached is None:
        return _words(context, before)
    after = _following(context, site)
    if after and context.numbers[site.group.numbers[-1]].unit in COUNTS:
        return _words(context, after)
    if before:
        return _words(context, before)
    return _spoken(context) or (_words(context, after) if after else "")


def _following(context: Context, site: Site) -> list[int]:
    """The places of the naming items behind the numbers, up to the next stop or number."""
    found: list[int] = []
    for i in range(site.end, min(len(context.items), site.end + 7)):
        item = context.items[i]
        if item.kind == NUMBER or item.kind in STOPS:
            break
        if item.names:
            found.append(i)
    return found


def _spoken(context: Context) -> str:
    opening = context.items[0].start
    if "…" in context.text[max(0, opening - 2) : opening]:  # the text lost what the sentence is about
        return ""
    return next((c.text or " ".join(sorted(c.atoms)) for c in context.spoken() if c.text or c.atoms), "")


def _words(context: Context, places: list[int]) -> str:
    return trimmed(context.excerpt(places[0], places[-1]))


# Words around a number that say how it grew, and not what.
_SAYS_NOTHING = re.compile(
    r"(?:(?:同比|环比|比上年|由|从|升至|降至|增至|减至|回升至|较上年|分别|增长|下降|增加|减少|上升|提高|达到|超过|突破|增速|涨幅|降幅|其中|累计|共计|总计|共|均|约|近|达|为|至|了|的|和|与|、|\s)+"
    r"|(?:(?:up|down|rose|grew|fell|an|increase|rise|of|by|to|and|or|was|were|is|are|at|than|reached|reaching|over|from"
    r"|with|in|about|more|less|year|on|year-on-year|increased|decreased|reached|stood|remained|it|they|that|which|same|period)\b[\s,]*)+)",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"[\d.,，%]+")
_TAILS = ("达到", "超过", "突破", "达", "为", "约", "共", "同比增长", "同比下降", "增长", "下降", "增速")
_LETTER = re.compile(r"[^\W\d_]")


def _bare(subject: str) -> str:
    """A subject without the words that only measure it; "" where nothing is left."""
    if _SAYS_NOTHING.fullmatch(_FIGURES.sub("", subject)):
        return ""
    for word in _TAILS:
        if subject.endswith(word) and len(subject) > len(word):
            subject = subject[: -len(word)].rstrip(" ，、的")
    return subject


def trimmed(text: str) -> str:
    """A subject on one line, without the marks at its ends, and not too long; "" where it has no letter."""
    line = " ".join(text.split()).strip(" ,，、的“”\"'")[:_LONGEST]
    return line if _LETTER.search(line) else ""


# --- where the sentence names nothing of the vocabulary ---


def unrelated(
    text: str, folded: str, sentence: Sentence, quantity: Quantity, floor: int, spoken: str = ""
) -> Outcome:
    """What becomes of a number in a sentence that names nothing of the vocabulary.

    Args:
        text: the document's.
        folded: the sentence's, folded.
        sentence: where the number stands.
        quantity: the number.
        floor: the offset of the document behind the number before.
        spoken: the subject of the number before, in the same sentence.
    """
    reason = _shape(quantity)
    if reason is not None:
        return refused(reason, quantity.value)
    left = (quantity.left or quantity.start) - sentence.start
    subject = _leading(text, folded, sentence, quantity, floor) or spoken
    subject = subject or _trailing(text, folded, sentence, quantity)
    if not subject:
        return Outcome(UNATTRIBUTED, Reason.NO_SUBJECT, value=quantity.value)
    growing = quantity.unit == PERCENT and _GROWING.search(folded, max(0, left - _NEAR), left)
    measure = "growth" if growing else ""
    return Outcome(UNCATALOGUED, Reason.NO_ENTRY, value=quantity.value, subject=subject, measure=measure)


_GROWING = re.compile(r"增长|下降|增加|减少|上升|增速|increase|growth|grew|rose|up|down|fell|decline|drop")
_NEAR = 14  # characters before a percentage in which a verb of growth is looked for


def _shape(quantity: Quantity) -> Reason | None:
    """Why a number is no indicator, whatever it is about."""
    if quantity.unit == CURRENCY:
        return Reason.CURRENCY
    if quantity.unit == POINTS:
        return Reason.POINTS
    if quantity.unit in (PHYSICAL, YEARS) and not is_bulk(quantity):
        return Reason.SIZE
    return Reason.TALLY if is_tally(quantity) else None


def _leading(text: str, folded: str, sentence: Sentence, quantity: Quantity, floor: int) -> str:
    """The words before a number, from the last mark on."""
    left = (quantity.left or quantity.start) - sentence.start
    first = max(0, left - _BEFORE)
    cut = max((match.end() for match in _CUTS.finditer(folded, first, left)), default=first)
    return _bare(trimmed(text[max(sentence.start + cut, floor) : sentence.start + left]))


def _trailing(text: str, folded: str, sentence: Sentence, quantity: Quantity) -> str:
    """The words behind a number, up to the next mark."""
    mark = _CUTS.search(folded, quantity.end - sentence.start)
    stop = sentence.start + mark.start() if mark else sentence.end
    return _bare(trimmed(text[quantity.end : min(stop, quantity.end + _AFTER)]))
