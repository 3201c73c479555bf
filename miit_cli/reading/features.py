"""The features of what a number may be: from a few values to names.

A function with the values that it is called with is a *block*: a tuple that can be looked up. The reader
only makes blocks, and sums what each is worth, which is worked out once (``ranking.Weights``); the names
are made where somebody asks for them, in training and in ``audit --explain``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miit_cli.types import STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Names = list[str]
Block = tuple[object, ...]  # a function, and its arguments

_FAR_CUES = frozenset([
    "company", "operator", "region", "parts", "foreign", "national", "average", "of_which", "threshold",
    "target", "share", "mean", "joint", "subset", "month_on_month", "excluding", "hearsay",
    "negation", "condition", "revision",
])  # fmt: skip
_VALUE = re.compile(r"(?<=\{)\w+(?=\})|\w+(?=\?)")


def names(blocks: Iterable[Block | str]) -> Names:
    """The names of the features of blocks; a name stands for itself.

    Example:
        >>> names(["opens", (topic_features, "in", "none", "out", "in", "sw=B")])[:3]
        ['opens', 'ti=in', 'ti=in/sw=B']
    """
    found: Names = []
    for block in blocks:
        if isinstance(block, str):
            found.append(block)
        else:
            make, *values = block
            found += make(*values)  # type: ignore[operator]  # the first is the function
    return found


def _form(forms: str, order: str = "") -> Callable[..., Names]:
    """A function that fills its values into forms; ``value?form`` is left out where the value is empty.

    The values come in the order in which the forms first name them, where no other is given.

    Example:
        >>> _form("o={kind} distance?o={kind}/{distance}")("city", 0)
        ['o=city']
    """
    fields = order.split() or [*dict.fromkeys(_VALUE.findall(forms))]
    places = {field: f"{{{place}}}" for place, field in enumerate(fields)}
    parts = [
        (fields.index(told) if told else -1, form.format_map(places).format)
        for told, _, form in (part.rpartition("?") for part in forms.split())
    ]

    def make(*given: object) -> Names:
        return [fill(*given) for place, fill in parts if place < 0 or given[place]]

    return make


# --- of a number, whatever it may be ---

# What it looks like; the size is how many digits it has before the point.
number_features = _form("u={unit} b={bound} c={classifier} u={unit}/{size} small?small")
# A word beside it.
word_features = _form("w{place}={word}")
# Its clause: what is compared, the marks around it, the nearest time; and whether it is a question.
clause_features = _form("pace={pace} open={opened} close={closed} t={time} heading?heading asked?asked")
# Its clause speaks of an average.
average_feature = _form("average")
# What the number before was.
last_features = _form("h={kind}/{near} h={kind}/{near}/{units} hm={measure}/{near}")
# How large it is beside the number before, and what one of the same value was.
sizes_features = _form("ratio?q={ratio} again?sk={again} again?sk={again}/{digits}")
# The number behind it: whether it goes to that, and how large that is: 3.4 million more, to 203.9.
next_features = _form("nx={to}/{unit} nx={to}/{unit}/{size}")
# No number was before.
nothing_before = _form("h=first")
# How well the nearest indicator fits, and where the nearest thing of the vocabulary stands.
nearest_features = _form("best={match} na={where}")


def cues_before(cues: frozenset[str], near: bool) -> Names:
    """The kinds of a word before it; ``near``: at most one other stands between."""
    return [f"{name}={cue}" for cue in cues for name in (("cb", "cn") if near else ("cb",))]


def cues_behind(cues: frozenset[str], next_to: bool) -> Names:
    """The kinds of a word behind it."""
    return [f"{name}={cue}" for cue in cues for name in (("ca", "c1") if next_to else ("ca",))]


def cues_far(cues: frozenset[str]) -> Names:
    """The kinds of a word of the sentence before its clause."""
    return [f"cs={cue}" for cue in cues & _FAR_CUES]


def direction_features(before: str, behind: str, follower: str) -> Names:
    """The nearest directions around it, and what kind of unknown word follows it."""
    return [f"db={before or 'none'}", f"da={behind or 'none'}", f"g+1={follower or 'none'}"]


def lately_features(others: int, recorded: int) -> Names:
    """How many of the last numbers were somebody else's, and how many were an indicator's."""
    return [f"lo={min(others, 3)}", f"lo={min(others, 3)}/{min(recorded, 3)}"]


# --- whose it is ---

# An owner right behind it, and the last one before it.
owner_behind = _form("ob={kind} ob={kind}/{distance} ob={before}>{kind}")
# The others before it: the first, the last that is not the nation, the last but one.
owners_before = _form("of={first}/{opens} own={own} second?o2={second}>{last}")
# Those of the passage, where its sentence names none.
owners_said = _form("o=none op={sentence}/{anaphoric} opp={paragraph} oh={heading}")
# How many operators are named, whose the title is, and whether the document is a place's.
owners_around = _form("operators?operators={operators} ot={title} area?area")
# Those of the title and of the lead, and whether the nation is named before.
owners_of_document = _form(
    "dl={lead} dl={title}>{lead} dn={nation}/{lead} dn={nation}/{title}",
    "title lead nation",
)
# Whether its sentence, the one before, the title and the lead begin with names that no list knows.
names_told = _form("own?name=own last?name=last title?name=title lead?name=lead")


def owner_before(kind: str, between: int, stops: int, semi: bool) -> Names:
    """The nearest owner before it."""
    found = [f"o={kind}", f"o={kind}/{between}.{stops}{';' if semi else ''}"]
    return found if semi else [*found, f"o={kind}/same"]


def owners_of_passage(first: str, last: str, back: int, here: bool) -> Names:
    """Those of the nearest sentence before that names any: the first, the last, and how far back it is."""
    where = f"{back}{'P' if here else 'Q'}"
    return [f"pf={first}", f"pf={first}/{where}", f"pl={last}/{where}"]


def places_of_document(nation: int, countries: int, parts: int) -> Names:
    """How often the text names the nation, other countries, and parts of the nation."""
    told = f"pd={min(nation, 1)}/{min(countries, 1)}/{min(parts, 1)}"
    return [f"pn={nation}/{countries}", f"pr={nation}/{parts}", told]


# --- of an indicator ---

# Where those of its words stand that are elsewhere.
second_features = _form("s2={where}/{near}")
# What is measured goes without saying.
default_features = _form("hk=default hk=default/{measure}")
# What is measured stands with the thing, or there is nothing to say.
head_features = _form("hk={kind}")
# What is measured stands apart from the thing.
apart_features = _form(
    "hk={where}/{near} hs={thing}>{where} hq={where}/{usual} aligned?hal={aligned} gap?hgap={gap}"
    " before?hb={before} hx={extra}",
    "thing where near usual aligned gap before extra",
)
# How far the number is from the usual ones of the indicator, in spreads.
magnitude_features = _form("mg={departure} mg={departure}/{measure}", "measure departure")
# How many other things are named nearer, and what else is measured nearer.
rival_features = _form("comp={things} comph={head}")
# The unknown words beside a thing.
modifier_features = _form(
    "before?mb={before} before?mb={before}/{where} after?ma={after}",
    "before after where",
)
# What is said of a thing right behind it.
qualifier_features = _form(
    "qb={kind}/{where} qb={joint}>{kind} qb={joint}>{kind}/{where}",
    "joint kind where",
)
# The unknown words that a clause begins with whose thing stands elsewhere, and what follows them.
subject_features = _form("us={kind} us={kind}>{follower}")
# What is said behind what is measured, where the thing stands in another sentence.
of_head_features = _form("hq2={joint} hq2={joint}>{kind}")
# No number was before.
first_features = _form("r=first")
# How it relates to what the number before was.
history_features = _form(
    "r={relation}/{near} r={relation}/{near}/{units} r={relation}/{before}>{measure} in_row?inrow={relation}",
)
# How it relates to the last indicator.
recorded_features = _form("rl={relation}/{same_sentence} ratio?rr={relation}/{ratio}")
# How it lies to the last value of this indicator; whether that is of the same time, where and how it stands.
latest_features = _form("lv={alike} lv={alike}/{ratio}")
latest_when_features = _form("lt={alike}/{when}/{near} lt={alike}/{when}/{near}/{status}")
# How it relates to what a number of the same value was.
again_read_features = _form("sv={relation} sv={relation}/{digits}")
# How it relates to what stands at its place in the row before, and among as many numbers before.
row_features = _form("row?row={row} said?seq={said}")
# Whether the title, the heading, the lead and the label of the paragraph speak of the same thing.
topic_features = _form(
    "ti={title} ti={title}/{where} hd={heading} hd={heading}/{where} le={lead} le={lead}/{where}"
    " lb={label} lb={label}/{where}",
    "title heading lead label where",
)
# One number for all members of a list.
joint_features = _form("J={lead}/{near}/{whole} J={measure}")


def place_features(measure: str, where: str, near: str, aligned: str, anaphoric: bool) -> Names:
    """Where its words stand."""
    found = [f"s={where}/{near}", f"sw={where}", f"m={measure}/{where}"]
    if aligned:
        found.append(f"al={aligned}")
    if anaphoric:
        found += ["ana", f"ana/{where}"]
    return [*found, "aside"] if near.endswith("(") else found


def new_features(aimed: bool, due: str, *words: str) -> Names:
    """It counts what is new, and no word says so: whether it is to come, and when; the words around it."""
    return ["new", f"new/{aimed}", f"new/{aimed}/{due}", *(f"new:{word}" for word in words)]


def extra_features(extra: frozenset[str], head: bool) -> Names:
    """What its words say beyond the indicator; ``head``: another thing is measured."""
    return [f"x={min(len(extra), 3)}", *(f"x={atom}" for atom in sorted(extra)[:3]), *["xh"] * head]


def indicator_features(slug: str, cover: int, required: int, written: str, unit: str) -> Names:
    """Which it is, how many of its words stand together, and how the number's unit fits its own.

    ``slug`` is "?" for an entry of the user's own: nothing was learned about it alone.
    """
    found = [f"i={slug}", f"cov={cover}/{required}"]
    return found if slug == "?" else [*found, f"fit={written}/{unit}"]


def noun_features(fit: str, unit: str, gap: bool) -> Names:
    """Whether the noun right behind the number is this indicator's."""
    mark = "?" if gap else ""
    return [f"n=none/{unit}{mark}"] if fit == "none" else [f"n={fit}/{unit}", f"n={fit}{mark}"]


def whole_features(where: str, explicit: bool) -> Names:
    """Where that is named which a share is a share of."""
    return [f"wk={where}", f"wk={where}!{explicit}" if where in ("in", "none") else f"wk!{explicit}"]


def past_features(*relations: int | str) -> Names:
    """How it relates to the numbers before that one: how far back each is, and how."""
    return [f"r{back}={how}" for back, how in zip(relations[::2], relations[1::2], strict=True)]


# --- of a reason ---

# Which it is.
reason_features = _form("N={reason}")

# --- of a period ---

# How long a period it is that this indicator has.
length_features = _form("{slug}/{length}")
# How it lies to the period of the number before.
again_features = _form("eq={how}/{near} eq={how}/{near}/{relation} eq={how}/{said}")
# It comes from an earlier sentence; how many times stand before the number, and if any behind it.
carried_features = _form("c={name} c={name}/{before}{behind}")
# It comes from the document's day.
day_features = _form("d={kind}")
# The words on either side of the time that tells it.
words_beside_time = _form("tw-{side}={before} tw+{side}={behind}")
# Whose else that time may be: the number's before, the one's on its other side, one of a row's.
taken_features = _form(
    "last={last}/{side} own={neighbour}/{where} row?row={row} opens?opens",
    "side where last neighbour row opens",
)
# That time is taken to mean something else; ``before`` is the word before it.
otherwise_features = _form("{name}/{where} {name}/tw-={before}")
# Where the time stands that tells it, and whether others stand nearer: of any kind, or to date by.
stated_features = _form(
    "{side}/{role}/{where} {where}/{near} {side}/{role}/{grain} {side}/{distance}"
    " near={near}/{side}/{before}{behind} {side}/{role}/{numbers} {side}/{role}/next={next_to}",
    "side role where numbers grain distance near before behind next_to",
)


def period_features(status: str, shape: str, season: str, length: str, *points: str) -> Names:
    """What speaks for it whoever tells it: whether it is over, and how long, for words that point to it."""
    return [*(f"{point}/{length}" for point in points), f"{status}/{shape}", f"{status}/{shape}/{season}"]


def source_features(nature: str, name: str, variant: str, shape: str, said: str, *points: str) -> Names:
    """Who tells it."""
    told = f"{name}{variant}"
    found = [f"{nature}:{told}", f"{nature}:{name}/{shape}", f"{told}/{said}"]
    return [*found, *(f"{told}/{point}" for point in points)]


def varied_features(variant: str, make: Callable[..., Names], *values: object) -> Names:
    """Those of a source of which another period is made."""
    return [f"{name}{variant}" for name in make(*values)]


def beside_features(side: str, before: Iterable[str], between: Iterable[str]) -> Names:
    """The words right before that time, and those between it and the number."""
    return [*(f"tc={cue}/{side}" for cue in before), *(f"tb={cue}/{side}" for cue in between)]


# --- of a standing ---


def given_features(*names: str) -> Names:
    """Those that are given: what many numbers share is summed once."""
    return [*names]


def standing_before(cues: Iterable[str], same: bool, stops: int, numbers: int) -> Names:
    """The kinds of a word before it that tells of expecting or aiming, and what stands between."""
    return [name for cue in cues for name in (f"b={cue}/{same}", f"b={cue}/{stops}.{numbers}")]


def standing_behind(cues: Iterable[str], stops: int) -> Names:
    """The kinds of a word behind it."""
    return [f"a={cue}/{stops}" for cue in cues]


def time_features(side: str, when: str, year: str, role: str, same: bool, numbers: int) -> Names:
    """A time of its sentence: whether it is to come, and what stands between."""
    return [f"t{side}={when}/{year}/{role}/{min(numbers, 1)}", f"t{side}={when}/{role}/{same}/{numbers}"]


def standing_last(said: str, status: str, near: str, same_group: bool, over: bool, *before: int) -> Names:
    """How the number before stands (near: S same sentence, P paragraph, F far); how many of those before it
    are actual, expected and aimed at."""
    same = near == "S"
    return [
        f"said={said}/{status}/{same}",
        f"h={status}/{same}/{same_group}",
        f"h={status}/{near}/{not over}",
        *(f"h4={each}/{count}" for each, count in zip(STATUSES, before, strict=True)),
    ]
