"""The indicators of columns, with what they leave out taken from their neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading.items import CONJ
from miit_cli.reading.mentions import NEW, NONE, WHOLES, Atoms
from miit_cli.reading.spans import BARE, COUNT, COUNTS, DOLLAR, MONEY, PERCENT, YUAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miit_cli.reading.context import Context, Site
    from miit_cli.reading.passage import Column

# What was said of the thing before, and is not said of it again.
_PASSING: Atoms = NEW | {"new-car"}
_OUTPUT: Atoms = frozenset(["production"])
_INDUSTRY: Atoms = frozenset(["industry", "value-added"])
_EXPORTS: Atoms = frozenset(["exports"])
# Words of a subject that say nothing of the thing itself.
_VAGUE: Atoms = frozenset(["new", "enterprise", "world"])


class Solved(NamedTuple):
    """A column with its indicator, None where it has none."""

    slug: str | None
    atoms: Atoms


class Wanted(NamedTuple):
    """What an indicator has to be of, to fit a number."""

    unit: str
    measure: str  # "" when the text does not tell
    whole: Atoms | None


def solve(context: Context, site: Site, columns: list[Column], wanted: Wanted) -> list[Solved] | None:
    """The indicators of the numbers of a site; None where the columns do not fit them.

    One number may be of several indicators, where one figure is given for each; several numbers
    have one each, in order.
    """
    if not columns or not all(column.known for column in columns):
        return None
    count = len(site.quantities)
    solved = list(dict.fromkeys(_completed(context, site, column, columns, wanted) for column in columns))
    if count == 1:
        return [each for each in solved if each.slug] or None
    if len(solved) == count:
        return solved if any(each.slug for each in solved) else None
    if len(columns) > 1:
        return None
    if solved[0].slug and _periods_in_a_row(context, site) == count:
        return solved * count
    spread = _spread(context, columns[0].atoms, wanted)
    return spread[-count:] if len(spread) >= count else None


def _periods_in_a_row(context: Context, site: Site) -> int:
    """How many periods stand together before the numbers: "in April, May and June"."""
    items = context.items
    times = [i for i in range(site.first) if items[i].time is not None]
    run = 1
    while run < len(times):
        between = items[times[-run - 1] + 1 : times[-run]]
        if not between or any(item.kind != CONJ and not item.cue("glue") for item in between):
            break
        run += 1
    return run


def _spread(context: Context, atoms: Atoms, wanted: Wanted) -> list[Solved]:
    """A subject over the heads that the clause before had: production and sales, again for another thing."""
    concepts, passage = context.concepts, context.passage
    found: dict[Solved, None] = {}
    for column in passage.focus if len(passage.focus) > 1 else passage.history:
        joined = atoms if concepts.head(atoms) else atoms | concepts.head(column.atoms)
        slug = concepts.resolve(joined, *wanted)
        if slug:
            found[Solved(slug, joined)] = None
    return list(found)


def _completed(context: Context, site: Site, column: Column, columns: list[Column], wanted: Wanted) -> Solved:
    """The indicator of a column, with what it leaves out taken from its neighbours."""
    concepts, atoms = context.concepts, column.atoms
    part = atoms - WHOLES
    if (
        wanted.unit == PERCENT
        and wanted.measure != "growth"
        and wanted.whole is None
        and part
        and part != atoms
    ):
        slug = concepts.resolve(part, wanted.unit, wanted.measure or "share", atoms & WHOLES)
        if slug:
            return Solved(slug, part)
    siblings = [other.atoms for other in columns if other is not column]
    for tried in _fillings(context, site, atoms, siblings, wanted):
        slug = concepts.resolve(tried, *wanted)
        if slug and concepts.at_home(slug, context.passage.mentioned):
            return Solved(slug, tried)
    return Solved(None, atoms)


def _fillings(
    context: Context, site: Site, atoms: Atoms, siblings: list[Atoms], wanted: Wanted
) -> Iterator[Atoms]:
    """The atoms, and the atoms with what they may leave out, most likely first."""
    yield atoms
    if atoms == {"enterprise"} and not context.english:
        return
    if context.english and atoms == _OUTPUT:  # "industry grew by 5.8%; in September, output rose 6.9%"
        yield from (c.atoms - NEW for c in context.spoken() if c.atoms >= _INDUSTRY)
    concepts = context.concepts
    head, subject = concepts.head(atoms), concepts.subject(atoms) - _VAGUE
    known = [column.atoms for column in context.spoken() if column.known]
    for others, left_out in ((siblings, NONE), (known, _PASSING)):
        if not head:
            yield from (atoms | found for other in others if (found := concepts.head(other)))
        if not subject:
            yield from (atoms | found for other in others if (found := concepts.subject(other) - left_out))
    if not head:
        yield from _default_heads(context, site, atoms, siblings, wanted)
    yield from _topics(context, atoms, head, subject)


def _default_heads(
    context: Context, site: Site, atoms: Atoms, siblings: list[Atoms], wanted: Wanted
) -> Iterator[Atoms]:
    """What is measured of a sector, where only the sector is named."""
    unit = wanted.unit
    if unit in COUNTS and context.english and not atoms & _EXPORTS and _exported(context, site):
        return  # "exported 145 million laptops and 802 million phones"
    if unit in (YUAN, DOLLAR) or (unit in COUNTS and context.english):
        yield atoms | context.concepts.default_head(atoms, unit)
    if unit != PERCENT or wanted.measure not in ("growth", ""):
        return
    default = context.concepts.default_head(atoms)
    if default and not any(map(context.concepts.head, siblings)) and _may_default(context, atoms, default):
        yield atoms | default


def _exported(context: Context, site: Site) -> bool:
    """Whether the last verb before a number is that of exports."""
    for at in range(site.first - 1, -1, -1):
        for atoms in context.items[at].word.atoms:
            if context.concepts.head(atoms):
                return atoms == _EXPORTS and context.excerpt(at, at).lower().startswith("exported")
    return False


def _may_default(context: Context, atoms: Atoms, default: Atoms) -> bool:
    """Whether nothing that was said before keeps a sector's growth from being that of its output."""
    concepts, focus = context.concepts, context.passage.focus
    if any(c.atoms == atoms for c in focus) and concepts.resolve(atoms, COUNT, "level"):
        return False
    if not context.english and not all(c.known for c in focus):
        return False
    heads = {concepts.head(c.atoms) for c in context.spoken() if not _is_default(context, c)}
    return default in heads or not any(heads)


def _is_default(context: Context, column: Column) -> bool:
    concepts = context.concepts
    return concepts.head(column.atoms) == concepts.default_head(concepts.subject(column.atoms))


def _topics(context: Context, atoms: Atoms, head: Atoms, subject: Atoms) -> Iterator[Atoms]:
    """What the passage has been about, as the subject."""
    passage = context.passage
    if not context.english:
        if not subject and passage.topic and all(column.known for column in passage.focus):
            yield atoms | passage.topic
        return
    if not subject:
        spoken = passage.subjects or [passage.trade]  # after a heading: what the document is about
        yield from (atoms | topic for topic in spoken if topic)
    if subject == {"industry"} and head and passage.topic:
        yield from (head | topic for topic in passage.subjects)


# --- what speaks against a solution ---


def fits(context: Context, site: Site, solved: list[Solved], noun: Atoms | None) -> bool:
    """Whether the measure word, and the noun behind the number, are those of the indicators."""
    slugs = [each.slug for each in solved if each.slug]
    if not context.english and site.unit == COUNT and not all(_counts(context, site, slug) for slug in slugs):
        return False
    return noun is None or all(context.concepts.uses(slug, noun) for slug in slugs)


def _counts(context: Context, site: Site, slug: str) -> bool:
    """Whether the measure word counts such things: 家 counts firms, 条 does not."""
    allowed = context.concepts.classifiers.get(context.concepts.vocabulary[slug].unit)
    return allowed is None or site.quantities[0].classifier in allowed


def is_sum(context: Context, site: Site, columns: list[Column]) -> bool:
    """ "A, B and C brought in a total of"; and one amount of money for several things."""
    if not context.english or len(columns) < 2 or context.says("apposition"):
        return False
    subjects = [context.concepts.subject(column.atoms) for column in columns]
    several = all(subjects) and not subjects[0].intersection(*subjects[1:])
    return several and (context.items[site.first - 1].cue("cumulative") or site.unit in MONEY)


def is_joint(context: Context, site: Site, columns: list[Column]) -> bool:
    """Whether one figure is given for several things together."""
    if len(site.group.numbers) > 1:
        return False
    if is_sum(context, site, columns):
        return True
    if not (context.has("joint", site.floor, site.first) or context.has("joint", site.end, site.end + 2)):
        return False
    return len(columns) > 1 or context.has("apposition", site.floor, site.first)


def is_unlabelled_level(context: Context, site: Site) -> bool:
    """Whether a large number without a unit may have that of its list."""
    value = site.quantities[-1].value
    return site.unit == BARE and bool(context.passage.unit) and value is not None and value >= 10**6
