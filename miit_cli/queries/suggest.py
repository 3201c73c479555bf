"""``miit suggest``: uncatalogued figures grouped by subject, as entries for the user's own vocabulary.

Figures are one group when their subjects are the same words (case, punctuation and a
leading "the number of" aside), in one unit and of one measure. An English subject gives
the slug its words; a Chinese one, for want of a romanization that can be trusted, gives it
``zh-`` and eight digits that depend on the subject alone, to be replaced at leisure.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize
from zlib import crc32

from miit_cli.queries.selection import grouped
from miit_cli.table import Table
from miit_cli.types import UNCATALOGUED

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from miit_cli.types import Figure

COLUMNS = (
    *("slug", "label", "label_zh", "unit", "measure", "nature", "aliases"),
    *("figures", "documents", "example"),
)
LONGEST_SLUG = 60
LONGEST_NAME = 120

_LEADING = re.compile(r"(?:(?:the|a|an|its|their|our|total|number|amount|of)\s+)+", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[^a-z0-9]+")
_NO_WORDS = re.compile(r"[\W_]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")

# how an indicator is called that is not the level of its subject
_NAMES = {"level": "{}", "growth": "{} growth", "share": "{} share", "change": "{} change"}
_NAMES_ZH = {"level": "{}", "growth": "{}增速", "share": "{}占比", "change": "{}变化"}
_IN_PERCENT = ("growth", "share", "change")


class Suggestion(NamedTuple):
    """An entry for a vocabulary file (its first seven fields), and what speaks for it."""

    slug: str
    label: str
    label_zh: str  # "" for an English subject
    unit: str
    measure: str
    nature: str
    aliases: tuple[str, ...]
    figures: int
    documents: int
    example: str


class _Key(NamedTuple):
    subject: str
    unit: str
    measure: str


def suggestions(
    figures: Iterable[Figure],
    taken: Callable[[str], bool] = lambda name: False,
    units: Container[str] | None = None,
    quote: Callable[[Figure], str] = lambda figure: figure.text,
) -> list[Suggestion]:
    """The entries that the uncatalogued ones among ``figures`` suggest, the most frequent first.

    ``taken`` says whether a slug, label or alias is in use already, ``units`` are those that a
    vocabulary may hold (any other becomes ``unit``), ``quote`` gives the sentence of a figure.
    """
    groups = grouped((each for each in figures if each.kind == UNCATALOGUED), lambda each: _key(each, units))
    groups = {key: found for key, found in groups.items() if key.subject}
    names = _TakenNames(taken)
    # the level is what a bare subject means, so that it chooses its names first
    ordered = sorted(groups, key=lambda key: (key.measure != "level", -len(groups[key]), key))
    found = [_suggestion(key, groups[key], names, quote) for key in ordered]
    return sorted(found, key=lambda entry: (-entry.figures, entry.slug))


def table(suggested: Sequence[Suggestion]) -> Table:
    """One row a suggestion: COLUMNS; the aliases in one cell, with ``;`` between them."""
    return Table(COLUMNS, [(*entry[:6], "; ".join(entry.aliases), *entry[7:]) for entry in suggested])


# --- what is one group ---------------------------------------------------------------------------


def _key(figure: Figure, units: Container[str] | None) -> _Key:
    measure = figure.measure or "level"
    unit = figure.unit or ("percent" if measure in _IN_PERCENT else "unit")
    known = unit if units is None or unit in units else "unit"
    return _Key(_comparable(_trimmed(figure.subject)), known, measure)


def _trimmed(subject: str) -> str:
    """The subject as a name: one line, no "the number of" before it."""
    line = " ".join(subject.split()).strip(" ,;:.，；：。、")
    return _LEADING.sub("", line, count=1) if _LEADING.match(line) else line


def _comparable(name: str) -> str:
    return _NO_WORDS.sub(" ", normalize("NFKC", name).casefold()).strip()


# --- one entry -----------------------------------------------------------------------------------


def _suggestion(
    key: _Key, figures: list[Figure], names: _TakenNames, quote: Callable[[Figure], str]
) -> Suggestion:
    spellings = Counter(_trimmed(figure.subject)[:LONGEST_NAME] for figure in figures)
    subject = _most(spellings)
    chinese = bool(_CHINESE.search(subject))
    pattern = (_NAMES_ZH if chinese else _NAMES).get(key.measure, "{}")
    slug = names.free(key, _slug(key, chinese), "-{}")
    label = names.free(key, pattern.format(subject), " ({})")
    return Suggestion(
        *(slug, label, label if chinese else "", key.unit, key.measure, _nature(key, figures)),
        aliases=names.aliases(key, spellings, label),
        figures=len(figures),
        documents=len({figure.document for figure in figures}),
        example=quote(figures[0]),
    )


def _slug(key: _Key, chinese: bool) -> str:
    kind = "" if key.measure == "level" else f"-{key.measure}"
    plain = normalize("NFKD", key.subject).encode("ascii", "ignore").decode()
    words = _NO_LETTERS.sub("-", plain).strip("-")[:LONGEST_SLUG].strip("-")
    if chinese or not words:
        words = f"zh-{crc32(key.subject.encode('utf-8', 'replace')):08x}"
    return words if words.endswith(kind) else words + kind


def _nature(key: _Key, figures: list[Figure]) -> str:
    """What most of the figures are; where the reader does not say, a level without a beginning is a stock."""
    if _OF_A_PERIOD.search(key.subject):
        return "flow"
    if said := Counter(figure.nature for figure in figures if figure.nature):
        return _most(said)
    dated = any(figure.period_start for figure in figures)
    return "flow" if dated or key.measure in ("growth", "change") else "stock"


def _most(counted: Counter[str]) -> str:
    return min(counted, key=lambda text: (-counted[text], text))


_OF_A_PERIOD = re.compile(
    r"产量|销量|收入|利润|出口|进口|投资|产值|增加值|出货量|交付量"
    r"|\b(?:output|production|sales|revenues?|profits?|exports?|imports?|investment|shipments|deliveries)\b",
    re.IGNORECASE,
)


# --- names that no other entry has ---------------------------------------------------------------


class _TakenNames:
    """Gives each name, spelling aside, to one entry: the first that asks."""

    def __init__(self, taken: Callable[[str], bool]) -> None:
        self._taken = taken
        self._owners: dict[str, _Key] = {}

    def free(self, key: _Key, name: str, pattern: str) -> str:
        """The name; where another has it, with the unit behind it, then with a number."""
        further = itertools.chain([key.unit], map(str, itertools.count(2)))
        tries = itertools.chain([name], (name + pattern.format(word) for word in further))
        return next(tried for tried in tries if self._claim(key, tried))

    def aliases(self, key: _Key, spellings: Iterable[str], label: str) -> tuple[str, ...]:
        """One spelling of each further name that is free."""
        distinct = {_spelled(name): name for name in sorted(spellings)}
        distinct.pop(_spelled(label), None)
        return tuple(name for name in distinct.values() if self._claim(key, name))

    def _claim(self, key: _Key, name: str) -> bool:
        return not self._taken(name) and self._owners.setdefault(_spelled(name), key) == key


def _spelled(name: str) -> str:
    return _comparable(name).replace(" ", "")
