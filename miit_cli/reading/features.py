"""The features of what a number may be: pure functions from a few values to names.

A function with the values that it is called with is a *block*: a tuple that can be looked up. The reader
only makes blocks, and sums what each is worth, which is worked out once (``ranking.Weights``); the names
are made where somebody asks for them, in training and in ``audit --explain``.
"""

from __future__ import annotations

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


# --- of a number, whatever it may be ---


def number_features(unit: str, bound: str, classifier: str, size: str, small: bool) -> Names:
    """What it looks like; ``size`` is how many digits it has before the point."""
    found = [f"u={unit}", f"b={bound}", f"c={classifier}", f"u={unit}/{size}"]
    return [*found, "small"] if small else found


def cues_before(cues: frozenset[str], near: bool) -> Names:
    """The kinds of a word before it; ``near``: at most one other stands between."""
    return [f"{name}={cue}" for cue in cues for name in (("cb", "cn") if near else ("cb",))]


def cues_behind(cues: frozenset[str], next_to: bool) -> Names:
    """The kinds of a word behind it."""
    return [f"{name}={cue}" for cue in cues for name in (("ca", "c1") if next_to else ("ca",))]


def cues_far(cues: frozenset[str]) -> Names:
    """The kinds of a word of the sentence before its clause."""
    return [f"cs={cue}" for cue in cues & _FAR_CUES]


def word_features(place: str, word: str) -> Names:
    """A word beside it."""
    return [f"w{place}={word}"]


def clause_features(pace: str, opened: str, closed: str, time: str, heading: bool, asked: bool) -> Names:
    """Its clause: what is compared, the marks around it, the nearest time; and whether it is a question."""
    found = [f"pace={pace}", f"open={opened}", f"close={closed}", f"t={time}"]
    return [*found, *["heading"] * heading, *["asked"] * asked]


def average_feature() -> Names:
    """Its clause speaks of an average."""
    return ["average"]


def direction_features(before: str, behind: str, follower: str) -> Names:
    """The nearest directions around it, and what kind of unknown word follows it."""
    return [f"db={before or 'none'}", f"da={behind or 'none'}", f"g+1={follower or 'none'}"]


def last_features(kind: str, near: str, units: str, measure: str) -> Names:
    """What the number before was."""
    return [f"h={kind}/{near}", f"h={kind}/{near}/{units}", f"hm={measure}/{near}"]


def sizes_features(ratio: str, again: str, digits: int) -> Names:
    """How large it is beside the number before, and what one of the same value was."""
    found = [f"q={ratio}"] if ratio else []
    return [*found, f"sk={again}", f"sk={again}/{digits}"] if again else found


def lately_features(others: int, recorded: int) -> Names:
    """How many of the last numbers were somebody else's, and how many were an indicator's."""
    return [f"lo={min(others, 3)}", f"lo={min(others, 3)}/{min(recorded, 3)}"]


def next_features(to: bool, unit: str, size: str) -> Names:
    """The number behind it: whether it goes to that, and how large that is: 3.4 million more, to 203.9."""
    return [f"nx={to}/{unit}", f"nx={to}/{unit}/{size}"]


def nothing_before() -> Names:
    """No number was before."""
    return ["h=first"]


def nearest_features(match: str, where: str) -> Names:
    """How well the nearest indicator fits, and where the nearest thing of the vocabulary stands."""
    return [f"best={match}", f"na={where}"]


# --- whose it is ---


def owner_behind(kind: str, distance: int, before: str) -> Names:
    """An owner right behind it, and the last one before it."""
    return [f"ob={kind}", f"ob={kind}/{distance}", f"ob={before}>{kind}"]


def owner_before(kind: str, between: int, stops: int, semi: bool) -> Names:
    """The nearest owner before it."""
    found = [f"o={kind}", f"o={kind}/{between}.{stops}{';' if semi else ''}"]
    return found if semi else [*found, f"o={kind}/same"]


def owners_before(first: str, opens: bool, own: str, second: str, last: str) -> Names:
    """The others before it: the first, the last that is not the nation, the last but one."""
    found = [f"of={first}/{opens}", f"own={own}"]
    return [*found, f"o2={second}>{last}"] if second else found


def owners_said(sentence: str, anaphoric: bool, paragraph: str, heading: str) -> Names:
    """Those of the passage, where its sentence names none."""
    return ["o=none", f"op={sentence}/{anaphoric}", f"opp={paragraph}", f"oh={heading}"]


def owners_around(operators: int, title: str, area: bool) -> Names:
    """How many operators are named, whose the title is, and whether the document is a place's."""
    found = [f"operators={operators}"] if operators else []
    found.append(f"ot={title}")
    return [*found, "area"] if area else found


def owners_of_passage(first: str, last: str, back: int, here: bool) -> Names:
    """Those of the nearest sentence before that names any: the first, the last, and how far back it is."""
    where = f"{back}{'P' if here else 'Q'}"
    return [f"pf={first}", f"pf={first}/{where}", f"pl={last}/{where}"]


def owners_of_document(title: str, lead: str, nation: bool) -> Names:
    """Those of the title and of the lead, and whether the nation is named before."""
    return [f"dl={lead}", f"dl={title}>{lead}", f"dn={nation}/{lead}", f"dn={nation}/{title}"]


def places_of_document(nation: int, countries: int, parts: int) -> Names:
    """How often the text names the nation, other countries, and parts of the nation."""
    return [
        f"pn={nation}/{countries}",
        f"pr={nation}/{parts}",
        f"pd={min(nation, 1)}/{min(countries, 1)}/{min(parts, 1)}",
    ]


def names_told(own: bool, last: bool, title: bool, lead: bool) -> Names:
    """Whether its sentence, the one before, the title and the lead begin with names that no list knows."""
    told = {"own": own, "last": last, "title": title, "lead": lead}
    return [f"name={where}" for where, named in told.items() if named]


# --- of an indicator ---


def place_features(measure: str, where: str, near: str, aligned: str, anaphoric: bool) -> Names:
    """Where its words stand."""
    found = [f"s={where}/{near}", f"sw={where}", f"m={measure}/{where}"]
    if aligned:
        found.append(f"al={aligned}")
    if anaphoric:
        found += ["ana", f"ana/{where}"]
    return [*found, "aside"] if near.endswith("(") else found


def second_features(where: str, near: str) -> Names:
    """Where those of its words stand that are elsewhere."""
    return [f"s2={where}/{near}"]


def new_features(aimed: bool, due: str, *words: str) -> Names:
    """It counts what is new, and no word says so: whether it is to come, and when; the words around it."""
    return ["new", f"new/{aimed}", f"new/{aimed}/{due}", *(f"new:{word}" for word in words)]


def default_features(measure: str) -> Names:
    """What is measured goes without saying."""
    return ["hk=default", f"hk=default/{measure}"]


def head_features(kind: str) -> Names:
    """What is measured stands with the thing, or there is nothing to say."""
    return [f"hk={kind}"]


def apart_features(
    main: str, where: str, near: str, usual: bool, aligned: str, gap: str, before: str, extra: int
) -> Names:
    """What is measured stands apart from the thing (``main``)."""
    found = [f"hk={where}/{near}", f"hs={main}>{where}", f"hq={where}/{usual}"]
    if aligned:
        found.append(f"hal={aligned}")
    if gap:
        found.append(f"hgap={gap}")
    if before:
        found.append(f"hb={before}")
    return [*found, f"hx={extra}"]


def extra_features(extra: frozenset[str], head: bool) -> Names:
    """What its words say beyond the indicator; ``head``: another thing is measured."""
    found = [f"x={min(len(extra), 3)}", *(f"x={atom}" for atom in sorted(extra)[:3])]
    return [*found, "xh"] if head else found


def indicator_features(slug: str, cover: int, required: int, written: str, unit: str) -> Names:
    """Which it is, how many of its words stand together, and how the number's unit fits its own.

    ``slug`` is "?" for an entry of the user's own: nothing was learned about it alone.
    """
    found = [f"i={slug}", f"cov={cover}/{required}"]
    return found if slug == "?" else [*found, f"fit={written}/{unit}"]


def magnitude_features(measure: str, departure: str) -> Names:
    """How far the number is from the usual ones of the indicator, in spreads."""
    return [f"mg={departure}", f"mg={departure}/{measure}"]


def rival_features(things: str, head: str) -> Names:
    """How many other things are named nearer, and what else is measured nearer."""
    return [f"comp={things}", f"comph={head}"]


def modifier_features(before: str, after: str, where: str) -> Names:
    """The unknown words beside a thing."""
    found = [f"mb={before}", f"mb={before}/{where}"] if before else []
    return [*found, f"ma={after}"] if after else found


def qualifier_features(joint: str, kind: str, where: str) -> Names:
    """What is said of a thing right behind it."""
    return [f"qb={kind}/{where}", f"qb={joint}>{kind}", f"qb={joint}>{kind}/{where}"]


def subject_features(kind: str, follower: str) -> Names:
    """The unknown words that a clause begins with whose thing stands elsewhere, and what follows them."""
    return [f"us={kind}", f"us={kind}>{follower}"]


def of_head_features(joint: str, kind: str) -> Names:
    """What is said behind what is measured, where the thing stands in another sentence."""
    return [f"hq2={joint}", f"hq2={joint}>{kind}"]


def noun_features(fit: str, unit: str, gap: bool) -> Names:
    """Whether the noun right behind the number is this indicator's."""
    mark = "?" if gap else ""
    return [f"n=none/{unit}{mark}"] if fit == "none" else [f"n={fit}/{unit}", f"n={fit}{mark}"]


def whole_features(where: str, explicit: bool) -> Names:
    """Where that is named which a share is a share of."""
    if where in ("in", "none"):
        return [f"wk={where}", f"wk={where}!{explicit}"]
    return [f"wk={where}", f"wk!{explicit}"]


def first_features() -> Names:
    """No number was before."""
    return ["r=first"]


def history_features(relation: str, near: str, units: str, before: str, measure: str, in_row: bool) -> Names:
    """How it relates to what the number before was."""
    found = [f"r={relation}/{near}", f"r={relation}/{near}/{units}", f"r={relation}/{before}>{measure}"]
    return [*found, f"inrow={relation}"] if in_row else found


def past_features(*relations: int | str) -> Names:
    """How it relates to the numbers before that one: how far back each is, and how."""
    return [f"r{back}={how}" for back, how in zip(relations[::2], relations[1::2], strict=True)]


def recorded_features(relation: str, same_sentence: bool, ratio: str) -> Names:
    """How it relates to the last indicator."""
    found = [f"rl={relation}/{same_sentence}"]
    return [*found, f"rr={relation}/{ratio}"] if ratio else found


def latest_features(alike: str, ratio: str) -> Names:
    """How it lies to the last value of this indicator."""
    return [f"lv={alike}", f"lv={alike}/{ratio}"]


def latest_when_features(alike: str, when: str, near: str, status: str) -> Names:
    """Whether the last value of this indicator is of the same time, where it stands, and how."""
    return [f"lt={alike}/{when}/{near}", f"lt={alike}/{when}/{near}/{status}"]


def again_read_features(relation: str, digits: int) -> Names:
    """How it relates to what a number of the same value was."""
    return [f"sv={relation}", f"sv={relation}/{digits}"]


def row_features(row: str, said: str) -> Names:
    """How it relates to what stands at its place in the row before, and among as many numbers before."""
    return [*([f"row={row}"] if row else []), *([f"seq={said}"] if said else [])]


def topic_features(title: str, heading: str, lead: str, label: str, where: str) -> Names:
    """Whether the title, the heading, the lead and the label of the paragraph speak of the same thing."""
    topics = (("ti", title), ("hd", heading), ("le", lead), ("lb", label))
    return [name for topic, said in topics for name in (f"{topic}={said}", f"{topic}={said}/{where}")]


def joint_features(lead: str, near: str, whole: bool, measure: str) -> Names:
    """One number for all members of a list."""
    return [f"J={lead}/{near}/{whole}", f"J={measure}"]


# --- of a reason ---


def reason_features(reason: str) -> Names:
    """Which it is."""
    return [f"N={reason}"]


# --- of a period ---


def period_features(status: str, shape: str, season: str, length: str, *points: str) -> Names:
    """What speaks for it whoever tells it: whether it is over, and how long, for words that point to it."""
    return [*(f"{point}/{length}" for point in points), f"{status}/{shape}", f"{status}/{shape}/{season}"]


def length_features(slug: str, length: str) -> Names:
    """How long a period it is that this indicator has."""
    return [f"{slug}/{length}"]


def again_features(how: str, near: str, relation: str, said: str) -> Names:
    """How it lies to the period of the number before."""
    return [f"eq={how}/{near}", f"eq={how}/{near}/{relation}", f"eq={how}/{said}"]


def source_features(nature: str, name: str, variant: str, shape: str, said: str, *points: str) -> Names:
    """Who tells it."""
    told = f"{name}{variant}"
    return [
        f"{nature}:{told}",
        f"{nature}:{name}/{shape}",
        f"{told}/{said}",
        *(f"{told}/{point}" for point in points),
    ]


def varied_features(variant: str, make: Callable[..., Names], *values: object) -> Names:
    """Those of a source of which another period is made."""
    return [f"{name}{variant}" for name in make(*values)]


def carried_features(name: str, before: int, behind: bool) -> Names:
    """It comes from an earlier sentence; how many times stand before the number, and if any behind it."""
    return [f"c={name}", f"c={name}/{before}{behind}"]


def day_features(kind: str) -> Names:
    """It comes from the document's day."""
    return [f"d={kind}"]


def stated_features(
    side: str, role: str, where: str, numbers: int, grain: str, distance: str,
    near: bool, before: bool, behind: bool, next_to: bool,
) -> Names:  # fmt: skip
    """Where the time stands that tells it, and whether others stand nearer: of any kind, or to date by."""
    name = f"{side}/{role}"
    return [
        f"{name}/{where}", f"{where}/{near}", f"{name}/{grain}", f"{side}/{distance}",
        f"near={near}/{side}/{before}{behind}", f"{name}/{numbers}", f"{name}/next={next_to}",
    ]  # fmt: skip


def words_beside_time(side: str, before: str, behind: str) -> Names:
    """The words on either side of that time."""
    return [f"tw-{side}={before}", f"tw+{side}={behind}"]


def taken_features(side: str, where: str, last: str, neighbour: str, row: str, opens: bool) -> Names:
    """Whose else that time may be: the number's before, the one's on its other side, one of a row's."""
    found = [f"last={last}/{side}", f"own={neighbour}/{where}"]
    if row:
        found.append(f"row={row}")
    return [*found, "opens"] if opens else found


def beside_features(side: str, before: Iterable[str], between: Iterable[str]) -> Names:
    """The words right before that time, and those between it and the number."""
    return [*(f"tc={cue}/{side}" for cue in before), *(f"tb={cue}/{side}" for cue in between)]


def otherwise_features(name: str, where: str, before: str) -> Names:
    """That time is taken to mean something else; ``before`` is the word before it."""
    return [f"{name}/{where}", f"{name}/tw-={before}"]


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
