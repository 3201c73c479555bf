"""What text that the lexicon does not know makes of the words and numbers beside it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from miit_cli.reading.items import CONJ, GAP, NUMBER, Item
from miit_cli.reading.lexicon import load_data
from miit_cli.reading.mentions import GENERIC, NONE

if TYPE_CHECKING:
    from miit_cli.reading.clauses import Phrase
    from miit_cli.reading.context import Context, Site
    from miit_cli.reading.lexicon import load_data
from miit_cli.reading.mentions import Atoms

_QUOTES = " \"'“”‘’"
_ZH_NOUN = re.compile(
    r"[业品省市县区州机车件厂材器具线料药食服钢铝铜煤油气电粮片板膜池费额资场园院校类型级性牌链]$"
)
_ZH_RATES = "率数度价"
_EN_WORD = re.compile(r"[a-z][a-z\-]{2,}")
_EN_VERB = re.compile(r"(?:ed|ing|ly|ew|wn|ose|ote|aw|an|uilt|ent|ame|ook|ell|old)$")
_EN_PLURAL = re.compile(r"[a-z]{2}(?<![isu])s$")
_VERBS = frozenset(["growth_up", "growth_down", "to", "of_which", "done"])


# --- beside a phrase ---


def modified(context: Context, phrase: Phrase, attached: bool) -> bool:
    """Whether an unknown word beside the phrase makes it another thing: ``textile`` before ``industry``.

    Args:
        context: the sentence.
        phrase: what the lexicon knows.
        attached: whether the phrase is the noun of a number before it.
    """
    if context.english:
        return (
            phrase.before
            and _generic(context, phrase)
            and not _EN_VERB.search(_before(context, phrase).lower())
        )
    return (
        _preceded(context, phrase)
        or _exemplified(context, phrase)
        or (attached and _goes_on(context, phrase))
        or (phrase.before and _qualified(context, phrase))
        or (phrase.after and (attached or _continued(context, phrase)))
    )


def _opening(context: Context, phrase: Phrase) -> Atoms:
    """What the first word of a phrase stands for."""
    return next(iter(context.items[phrase.first].word.atoms), NONE)


def _generic(context: Context, phrase: Phrase) -> bool:
    return _opening(context, phrase) <= context.concepts.heads | GENERIC


def _before(context: Context, phrase: Phrase) -> str:
    return context.excerpt(phrase.first - 1, phrase.first - 1).strip()


def _qualified(context: Context, phrase: Phrase) -> bool:
    """纺织 before 业: a trade of its own, in Chinese."""
    if not _generic(context, phrase):
        return False
    measured = _opening(context, phrase) <= context.concepts.heads
    return measured or bool(_ZH_NOUN.search(_before(context, phrase)))


def _continued(context: Context, phrase: Phrase) -> bool:
    """…增加值 二氧化碳排放 降低…: the unknown text behind is the noun that the figure follows."""
    at = phrase.last + 1
    return _is_head(context, at) or bool(_ZH_NOUN.search(context.excerpt(at, at).strip()))


def _is_head(context: Context, at: int) -> bool:
    gap = context.items[at]
    after = context.items[at + 1] if at + 1 < len(context.items) else None
    if after is None or gap.end - gap.start < 2 or gap.end != after.start:
        return False
    return bool(
        after.word.atoms or after.kind == NUMBER or after.word.cues & {"growth_up", "growth_down", "share"}
    )


def _goes_on(context: Context, phrase: Phrase) -> bool:
    """中小企业数字化转型试点城市: the noun phrase ends in something else."""
    for at in range(phrase.last + 1, len(context.items)):
        item = context.items[at]
        if item.kind == GAP:
            return item.end - item.start > 1
        if item.kind == CONJ or not context.is_small(at) or item.word.cues & _VERBS:
            return False
    return False


def _exemplified(context: Context, phrase: Phrase) -> bool:
    """造纸、塑料等制造业: some kinds of manufacturing, not manufacturing."""
    if not phrase.first or not context.items[phrase.first - 1].cue("apposition"):
        return False
    return bool(context.items[phrase.first].word.atoms) and _opening(context, phrase) <= GENERIC


def _preceded(context: Context, phrase: Phrase) -> bool:
    """Whether a field of its own stands before the phrase: 未来产业领域 before 小巨人."""
    at = phrase.first - 1
    firms = phrase.joined() == {"enterprise"}
    while at > 0 and (
        context.items[at].cue("field") or context.is_of(at) or (firms and context.is_filler(at))
    ):
        at -= 1
    return 0 <= at < phrase.first - 1 and context.items[at].kind == GAP


# --- beside a number ---


def foreign(context: Context, first: int, last: int) -> bool:
    """Whether unknown text among ``items[first:last]`` names a subject of its own."""
    gaps = (item for item in context.items[first:last] if item.kind == GAP)
    return any(_is_subject(context, gap) for gap in gaps)


def _is_subject(context: Context, gap: Item) -> bool:
    word = context.text[gap.start : gap.end].strip(_QUOTES)
    if not context.english:
        return len(word) >= 2
    return any(not _EN_VERB.search(w) for w in _EN_WORD.findall(word.lower()))


def noun_follows(context: Context, site: Site) -> bool:
    """Whether a noun that the lexicon lacks stands right after the numbers: they count that."""
    at = _past_whole(context, site.end)
    while not context.english and at < len(context.items) and _passed(context, at):
        at += 1
    if at >= len(context.items):
        return False
    if context.items[at].cue("counted") or (context.english and counts_others(context, at)):
        return True
    if context.items[at].kind != GAP:
        return False
    word = context.excerpt(at, at).strip()
    if context.english:
        return bool(word) and not word.endswith(("ing", "ly"))
    return len(word) >= 2


@cache
def _whatever() -> frozenset[str]:
    return frozenset(load_data("en/units.toml")["whatever"])


_ADJECTIVES = ("key", "major", "main", "important", "national", "other", "related")


def _describes(context: Context, at: int) -> bool:
    item = context.items[at]
    return context.is_filler(at) or item.cue("counted") or item.word.text in _ADJECTIVES


def counts_others(context: Context, at: int) -> bool:
    """ "40,000 green products": common words end in a plural that is no word for whatever was spoken of."""
    while at < len(context.items) and _describes(context, at):
        word = context.items[at].word.text
        if _EN_PLURAL.search(word) and word not in _whatever():
            return True
        at += 1
    return False


def _passed(context: Context, at: int) -> bool:
    return context.items[at].kind != CONJ and context.is_small(at)


def _past_whole(context: Context, at: int) -> int:
    """The place behind "of the 612" in "545 of the 612 products"."""
    items = context.items
    if at >= len(items) or not items[at].cue("of"):
        return at
    return next((n + 1 for n in range(at, min(at + 4, len(items))) if items[n].kind == NUMBER), at)


def other_rate(context: Context, site: Site) -> bool:
    """复工率达到95%, 整车质量的5.5%: a rate or a part of something that the lexicon lacks."""
    start = site.left[-1].last + 1 if site.left else site.floor
    for at in range(start, site.first):
        if context.items[at].kind != GAP:
            continue
        word = context.excerpt(at, at).rstrip(" ”’》")
        # An empty tail is in every string: an emptied gap counts as a rate.
        if word[-1:] in _ZH_RATES or (at + 2 == site.first and context.is_of(at + 1)):
            return True
    return False


def other_verb(context: Context, site: Site) -> bool:
    """ "…, rebuked 1,200": what is done to so many is no count of them all."""
    return context.english and any(item.kind == GAP for item in context.items[site.floor : site.first])
