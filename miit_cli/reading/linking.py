"""Ties each number of a sentence to what it measures, or says why it measures nothing."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.facts import NO_INDICATOR, RECORDED, UNATTRIBUTED, UNCATALOGUED
from miit_cli.reading.clauses import (
    CLOSE,
    COLON,
    CONJ,
    GAP,
    NUMBER,
    OPEN,
    SEMI,
    TIME,
    Group,
    Item,
    Phrase,
    Segment,
    groups_of,
    listed_commas,
    phrases_of,
    segments_of,
)
from miit_cli.reading.mentions import NONE, Atoms, Concepts
from miit_cli.reading.spans import BARE, COUNT, PERCENT, PHYSICAL, POINTS, TIMES, YEARS, Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miit_cli.facts import Sentence

_MONEY = {"yuan", "us-dollar", "currency"}


class Outcome(NamedTuple):
    """What became of a number."""

    kind: str  # one of facts.CLASSES
    reason: str
    slugs: tuple[str, ...] = ()
    value: Decimal | None = None
    subject: str = ""
    measure: str = ""
    new: bool = False  # counts what was added in the period
    far: bool = False  # its subject was found outside its clause


class Column(NamedTuple):
    """One thing that is spoken of."""

    atoms: Atoms
    known: bool = True
    text: str = ""


class Passage:
    """What a passage has been about so far: carried from sentence to sentence by the reader."""

    def __init__(self) -> None:
        self.focus: list[Column] = []
        self.topic: Atoms = NONE
        self.subjects: list[Atoms] = []  # spoken of lately, the last first
        self.mentioned: set[str] = set()  # every atom so far
        self.unit = ""  # of a list whose heading declares it
        self.main: list[Column] = []  # the focus without what an "of which" turned to
        self.distant: list[Column] = []  # of the paragraph before
        self.history: list[Column] = []  # what was spoken of last, in order

    def mention(self, subject: Atoms) -> None:
        """Remembers a subject as the one that was spoken of last."""
        self.topic = subject
        self.mentioned |= subject
        self.subjects = [subject, *(s for s in self.subjects if s != subject)][:6]


class Linker:
    """Reads the structure of one sentence at a time."""

    def __init__(self, concepts: Concepts, language: str) -> None:
        self.concepts = concepts
        self.language = language

    def link(
        self, text: str, items: list[Item], numbers: Sequence[Quantity], passage: Passage
    ) -> dict[int, Outcome]:
        """An outcome for each number that is a value; ``text`` is the document's."""
        return _Sentence(self, text, listed_commas(items, self.language, numbers), numbers, passage).read()


_NEW = frozenset(["new"])
_CULTIVATED = frozenset(["cultivated"])
_GENERIC = frozenset(["industry", "manufacturing", "enterprise", "auto", "sme", "above-size"])
_BULK = frozenset(
    [
        "吨",
        "千瓦时",
        "度",
        "公里",
        "千瓦",
        "立方米",
        "标准箱",
        "桶",
        "tons",
        "tonnes",
        "kwh",
        "kilowatt-hours",
        "kilometers",
        "kilometres",
        "cubic meters",
        "barrels",
        "kilowatts",
        "teu",
        "gwh",
    ]
)
_WHOLES = frozenset(["gdp", "world"])
_TALLY = "a count of things that are no indicator"
_THRESHOLD = "a threshold in a definition"
_BASE = "the base of a comparison"


class _Sentence:
    """The working state of one sentence."""

    def __init__(
        self, linker: Linker, text: str, items: list[Item], numbers: Sequence[Quantity], passage: Passage
    ) -> None:
        self.concepts, self.language = linker.concepts, linker.language
        self.text, self.items, self.numbers, self.passage = text, items, numbers, passage
        self.outcomes: dict[int, Outcome] = {}
        self.pending: list[Column] = []
        self.among: Atoms | None = None
        self.measure = ""
        self.averaging = False
        self.sign = 1
        self.aside = False
        self.pending_measure, self.pending_sign = "", 1
        passage.focus = passage.main or passage.focus
        self.previous: Quantity | None = None

    def read(self) -> dict[int, Outcome]:
        for item in self.items:
            if item.term is not None and item.term.atoms:
                self.passage.mentioned.update(*item.term.atoms)
        for segment in segments_of(self.items):
            self._segment(segment)
        return self.outcomes

    # --- segments ---

    def _segment(self, segment: Segment) -> None:
        items = self.items
        phrases = phrases_of(items, segment, self.language)
        groups = groups_of(items, segment, self.numbers)
        if segment.opened == SEMI or (phrases and self.averaging):
            self.averaging = False
        if any(items[i].cue("of_which") for i in range(segment.first, segment.last)):
            self.aside = True
        if any(items[i].cue("average") or self._years_mean(i) for i in range(segment.first, segment.last)):
            self.averaging = True
        if not groups:
            self._introduce(segment, phrases)
            return
        wholes = self._wholes(segment, groups)
        floor = segment.first
        for index, group in enumerate(groups):
            ceiling = groups[index + 1].first if index + 1 < len(groups) else segment.last
            if group in wholes:
                for number in group.numbers:
                    self.outcomes[number] = Outcome(NO_INDICATOR, "the whole of which a part is counted")
                if index + 1 == len(groups):
                    self.pending = [c for p in phrases[-1:] for c in self._columns(p)]
                continue
            right_end = ceiling
            if index + 1 < len(groups) and groups[index + 1] in wholes:
                right_end = groups[index + 2].first if index + 2 < len(groups) else segment.last
            left_floor = floor
            if index and groups[index - 1] in wholes:
                left_floor = groups[index - 2].last + 1 if index > 1 else segment.first
            left = [p for p in phrases if left_floor <= p.first and p.last < group.first]
            right = [p for p in phrases if group.last < p.first < right_end]
            bound = self._group(segment, group, left, right, left_floor, right_end)
            floor = bound
            self.averaging = self.averaging and segment.opened != SEMI

    def _announced(self, segment: Segment) -> tuple[str, int]:
        """The measure that a segment names for the number after the comma: "…占比稳步提升，超过三成"."""
        for item in self.items[segment.first : segment.last]:
            if item.cue("growth_noun"):
                return "growth", -1 if item.cue("growth_down") else 1
            if item.cue("share") and not item.cue("takes_whole"):
                return "share", 1
        return "", 1

    def _years_mean(self, at: int) -> bool:
        """两年平均: the numbers that follow are no year's own."""
        before = self.items[at - 1] if at else None
        return (
            self.items[at].cue("mean")
            and before is not None
            and before.kind == NUMBER
            and self.numbers[before.number].unit == YEARS
        )

    def _introduce(self, segment: Segment, phrases: list[Phrase]) -> None:
        """A segment without numbers says what the next ones are about."""
        items = self.items
        span = range(segment.first, segment.last)
        if phrases and (items[segment.last - 1].cue("whole") or any(items[i].cue("among") for i in span)):
            self.among = phrases[-1].joined()
            return
        if any(items[i].kind == GAP for i in span) and not phrases and segment.opened not in (OPEN, "comma"):
            return
        if phrases:
            columns = self._columns(phrases[0])
            if self.pending and segment.opened == OPEN:
                return
            subject = self.concepts.subject(phrases[0].joined()) & self.concepts.anchors
            if not subject and self.pending and not any(self.concepts.head(c.atoms) for c in self.pending):
                columns = _merged(self.pending, columns)
            self.pending = columns
            self.pending_measure, self.pending_sign = self._announced(segment)
            if subject:
                self.passage.mention(subject)

    def _wholes(self, segment: Segment, groups: list[Group]) -> list[Group]:
        """Groups that only say of how many: the 97 in "86 of the 97 sectors"."""
        found: list[Group] = []
        for one, two in zip(groups, groups[1:], strict=False):
            between = self.items[one.last + 1 : two.first]
            if not all(self._countable(self.numbers[n]) for n in (*one.numbers, *two.numbers)):
                continue
            if self.language == "en":
                opening = self.items[segment.first : one.first]
                if opening and opening[0].cue("of") and all(i.cue("glue") or i.cue("of") for i in opening):
                    found.append(one)
                elif between and between[0].cue("of") and all(i.cue("glue") or i.cue("of") for i in between):
                    found.append(two)
            elif any(item.cue("whole") for item in between):
                found.append(one)
        last = groups[-1]
        opening = self.items[segment.first : last.first]
        following = self.items[segment.last].kind if segment.last < len(self.items) else ""
        if (
            self.language == "en"
            and len(groups) == 1
            and following == "comma"
            and opening
            and opening[0].cue("of")
            and all(i.cue("glue") or i.cue("of") for i in opening)
        ):
            if all(self._countable(self.numbers[n]) for n in last.numbers):
                found.append(last)
        if self.language == "zh" and all(self._countable(self.numbers[n]) for n in last.numbers):
            after = self.items[last.last + 1 : segment.last]
            if len(after) > 1 and after[-1].cue("whole") and following == "comma" and last not in found:
                found.append(last)
        return found

    def _countable(self, number: Quantity) -> bool:
        return number.unit in (COUNT, BARE)

    # --- groups ---

    def _group(
        self,
        segment: Segment,
        group: Group,
        left: list[Phrase],
        right: list[Phrase],
        floor: int,
        ceiling: int,
    ) -> int:
        """Sets the outcomes of a group; the item index up to which its words are used up."""
        unit = self.numbers[group.numbers[-1]].unit
        if unit == BARE and self._percent_left_out(group):
            unit = PERCENT
        quantities = [
            q._replace(unit=unit) if q.unit == BARE else q for q in (self.numbers[n] for n in group.numbers)
        ]
        rejected = self._rejected(segment, group, quantities, unit, floor, ceiling)
        if unit == PHYSICAL and rejected is None and self._bulk(group, quantities[0], floor):
            subject = self._subject(group, floor, None)
            for number in group.numbers:
                self.outcomes[number] = Outcome(
                    UNCATALOGUED,
                    "no entry in the vocabulary",
                    value=self.numbers[number].value,
                    subject=subject,
                )
            return group.last + 1
        if unit == PHYSICAL or (rejected and rejected.reason == _TALLY):
            reason = rejected or Outcome(
                NO_INDICATOR,
                "a size, a distance or a time, not a figure of industry",
                value=quantities[0].value,
            )
            for number in group.numbers:
                self.outcomes[number] = reason
            return floor
        if rejected:
            for number in group.numbers:
                self.outcomes[number] = rejected
            if rejected.reason in (_BASE, _THRESHOLD):
                return floor
            return group.last + 1
        measure, sign, whole, subject_limit, level_to = self._measure(
            segment, group, unit, left, right, floor, ceiling
        )
        if unit == TIMES:
            return self._times(segment, group, quantities, left, measure, floor)
        if level_to == "difference":
            for number, quantity in zip(group.numbers, quantities, strict=True):
                self.outcomes[number] = Outcome(
                    NO_INDICATOR, "a difference, not a level", value=quantity.value
                )
            return group.last + 1
        left = [p for p in left if p.last < subject_limit]
        bound = group.last + 1
        slugs: list[tuple[str | None, Atoms]] | None = None
        attached = self._attached(group, right, ceiling, unit, measure)
        tried: list[Column] = []
        for columns, end in self._candidates(segment, left, right, attached, floor, group, unit, measure):
            tried = tried or columns
            if self._joint(columns, floor, group):
                continue
            slugs = self._solve(columns, group, quantities, unit, measure, whole)
            if (
                slugs
                and self.language == "zh"
                and unit == COUNT
                and not self._counted(slugs, quantities[0].classifier)
            ):
                slugs = None
            if (
                slugs
                and attached is not None
                and not all(slug is None or self.concepts.uses(slug, attached.joined()) for slug, _ in slugs)
            ):
                slugs = None
            if (
                not slugs
                and unit == BARE
                and self.passage.unit
                and quantities[-1].value is not None
                and quantities[-1].value >= 10**6
            ):
                slugs = self._solve(columns, group, quantities, self.passage.unit, measure, whole)
            if slugs:
                bound = max(bound, end)
                tried = columns
                break
        self._conclude(group, quantities, slugs, tried, measure or self.measure, sign, floor, attached)
        self.previous = quantities[-1]
        if unit in ("yuan", "us-dollar"):
            self.passage.unit = unit
        return bound

    def _ranked(self, group: Group) -> bool:
        """排名前10%的企业: a place, not a share."""
        start = self.items[group.first].start
        return self.text[start - 1 : start] == "前"

    def _other_rate(self, left: list[Phrase], floor: int, group: Group) -> bool:
        """复工率达到95%, 整车质量的5.5%: a rate or a part of something that the lexicon lacks."""
        start = left[-1].last + 1 if left else floor
        for at in range(start, group.first):
            item = self.items[at]
            if item.kind != GAP:
                continue
            word = self.text[item.start : item.end].rstrip(" ”’》")
            if word[-1:] in "率数度价" or (at + 2 == group.first and self._of(at + 1)):
                return True
        return False

    def _other_verb(self, floor: int, group: Group) -> bool:
        """"…, rebuked 1,200": what is done to so many is no count of them all."""
        return self.language == "en" and any(item.kind == GAP for item in self.items[floor : group.first])

    def _small(self, group: Group) -> bool:
        """A small exact number without a noun of its own tells nothing of what was spoken of before."""
        quantity = self.numbers[group.numbers[0]]
        return quantity.bound == "exact" and quantity.value is not None and quantity.value < 20

    def _complement(self, group: Group, phrase: Phrase, unit: str) -> list[tuple[list[Column], int]]:
        """ "…, of which 14,600 are little giants": what the numbers are said to be."""
        if unit not in (COUNT, BARE) or not any(
            i.cue("stop") or i.cue("of_which") for i in self.items[group.last + 1 : phrase.first]
        ):
            return []
        said = self._columns(phrase)
        heads = [
            Column(self.concepts.head(c.atoms))
            for c in [*self.pending, *self.passage.focus]
            if self.concepts.head(c.atoms)
        ]
        found = [
            (_merged([head], said), phrase.last + 1)
            for head in heads[:1]
            if not self.concepts.head(said[0].atoms)
        ]
        return [*found, (said, phrase.last + 1)]

    def _for_follows(self, group: Group, phrase: Phrase) -> bool:
        """ "50.2 percent for completions": the percentage is that of what follows."""
        between = self.items[group.last + 1 : phrase.first]
        return (
            bool(between)
            and between[0].term is not None
            and between[0].term.text in ("for", "in")
            and all(i.cue("glue") for i in between)
        )

    def _bulk(self, group: Group, quantity: Quantity, floor: int) -> bool:
        """An amount of steel, power or road that a country makes, as against the size of an object."""
        named = any(_names(item) for item in self.items[floor : group.first])
        return (
            named and quantity.classifier in _BULK and quantity.value is not None and quantity.value >= 10**6
        )

    def _counted(self, slugs: list[tuple[str | None, Atoms]], classifier: str) -> bool:
        """Whether the measure word counts such things: 家 counts firms, 条 does not."""
        allowed = self.concepts.classifiers
        return all(
            slug is None
            or self.concepts.vocabulary[slug].unit not in allowed
            or classifier in allowed[self.concepts.vocabulary[slug].unit]
            for slug, _ in slugs
        )

    def _joint(self, columns: list[Column], floor: int, group: Group) -> bool:
        """Whether one figure is given for several things together."""
        before = self.items[floor : group.first]
        if len(group.numbers) > 1 or not any(
            i.cue("joint") for i in [*before, *self.items[group.last + 1 : group.last + 3]]
        ):
            return False
        return len(columns) > 1 or any(i.cue("apposition") for i in before)

    def _noun_follows(self, group: Group) -> bool:
        """Whether a noun that the lexicon lacks stands right after the numbers: they count that."""
        at = group.last + 1
        if at < len(self.items) and self.items[at].cue("of"):  # 545 of the 612 products
            at = next(
                (n + 1 for n in range(at, min(at + 4, len(self.items))) if self.items[n].kind == NUMBER), at
            )
        while (
            self.language == "zh"
            and at < len(self.items)
            and self.items[at].kind != CONJ
            and self._filler_or_glue(at)
        ):
            at += 1
        follower = self.items[at] if at < len(self.items) else None
        if follower is None or follower.kind != GAP:
            return False
        word = self.text[follower.start : follower.end].strip()
        if self.language == "zh":
            return len(word) >= 2
        return bool(word) and not word.endswith(("ing", "ly"))

    def _candidates(
        self,
        segment: Segment,
        left: list[Phrase],
        right: list[Phrase],
        attached: Phrase | None,
        floor: int,
        group: Group,
        unit: str,
        measure: str,
    ) -> list[tuple[list[Column], int]]:
        """What the group may be about, most likely first, and up to which item that uses the words."""
        found: list[tuple[list[Column], int]] = []
        if attached is not None:
            if any(i.term is not None and i.term.text == "it" for i in self.items[attached.last + 1 : segment.last]):
                turned = [Column(self.concepts.subject(c.atoms)) for c in [*self.pending, *self.passage.focus][:1]]
                found.append((_merged(turned, self._columns(attached, True)), attached.last + 1))
            if self._cultivated(attached):
                found.append(
                    (_merged([Column(_CULTIVATED)], self._columns(attached, True)), attached.last + 1)
                )
            if self._planned(segment, group):
                found.append((_merged([Column(_NEW)], self._columns(attached, True)), attached.last + 1))
            before = self.items[group.first - 1] if group.first > floor else None
            if (
                before is not None
                and before.term is not None
                and before.term.atoms in ((_NEW,), (_CULTIVATED,))
            ):
                found.append(
                    (
                        _merged([Column(before.term.atoms[0])], self._columns(attached, True)),
                        attached.last + 1,
                    )
                )
                if before.term.atoms == (_NEW,):
                    return found
            follow = [p for p in right if p.first > attached.last]
            if follow:
                found.append(
                    (_merged(self._columns(attached, True), self._columns(follow[0])), follow[0].last + 1)
                )
            noun = self._columns(attached, True)
            if any(self.concepts.resolve(c.atoms, unit, measure) for c in noun):
                found.append((noun, attached.last + 1))
            for phrase in reversed(left):
                found.append((_merged(self._columns(phrase), noun), attached.last + 1))
            found.append((noun, attached.last + 1))
            if not left and any(c.atoms - {"enterprise"} for c in noun):
                found.append(
                    (
                        _merged(self.pending or self.passage.focus, self._columns(attached, True)),
                        attached.last + 1,
                    )
                )
            if unit in (COUNT, BARE):
                return found
        if unit in (COUNT, BARE) and self._noun_follows(group) and (self.language == "en" or not left):
            return found
        if self.language == "zh" and (
            self._other_rate(left, floor, group)
            or self._ranked(group)
            or (unit == PERCENT and self._noun_follows(group))
        ):
            return found
        if self.language == "en" and not left and right and attached is None:
            found.extend(self._complement(group, right[0], unit))
        if self.language == "en" and unit == PERCENT and right and self._for_follows(group, right[0]):
            target = self._columns(right[0])
            base = self._columns(left[-1]) if left else self.pending or self.passage.focus
            found += [(_merged(base, target), right[0].last + 1), (target, right[0].last + 1)]
            found += [
                (_merged([c._replace(atoms=self.concepts.head(c.atoms))], target), right[0].last + 1)
                for c in base
            ]
        if self.language == "zh" and unit == PERCENT and right and self._of_follows(group, right[0]):
            base = left[-1:] and self._columns(left[-1])
            near = [c for p in left for c in self._columns(p)]
            base = base or self.pending or self.passage.focus
            found.append((_merged(base, self._columns(right[0])), right[0].last + 1))
            for atom in sorted(
                frozenset().union(*(c.atoms for c in [*near, *self.pending, *self.passage.focus]))
            ):
                found.append(
                    (_merged([Column(frozenset([atom]))], self._columns(right[0])), right[0].last + 1)
                )
            return found
        if left:
            nearest = self._columns(left[-1])
            named = any(self.concepts.subject(p.joined()) - _NEW for p in left[:-1])
            if any(p.joined() == _NEW for p in left[:-1]):
                return [
                    *found,
                    *((_merged(self._columns(p), nearest), 0) for p in left[:-1] if p.joined() == _NEW),
                ]
            for earlier in reversed(left[:-1]):
                if not any(self.concepts.resolve(c.atoms, unit, measure) for c in nearest):
                    found.append((_merged(self._columns(earlier), nearest), 0))
            lacking = any(not self.concepts.subject(c.atoms) for c in nearest)
            if not (named and lacking and self.language == "zh"):
                found.append((nearest, 0))
        elif unit in (COUNT, BARE) and (self._small(group) or self._other_verb(floor, group)):
            return found
        elif not self._foreign(floor, group.first):
            count = len(group.numbers)
            if (
                count > 1
                and len(self.passage.history) >= count
                and len(self.pending or self.passage.focus) != count
            ):
                found.append((self.passage.history[-count:], 0))
            if self.pending:
                found.append((self.pending, 0))
            if self.passage.focus:
                if any(i.cue("cumulative") for i in self.items[floor : group.first]):
                    found.append(([c._replace(atoms=c.atoms - _NEW) for c in self.passage.focus], 0))
                found.append((self.passage.focus, 0))
                if unit in (COUNT, BARE):
                    found.append(
                        ([c._replace(atoms=self.concepts.subject(c.atoms)) for c in self.passage.focus], 0)
                    )
            elif not self.pending and self.passage.distant and not right:
                found.append((self.passage.distant, 0))
        return found

    def _cultivated(self, phrase: Phrase) -> bool:
        """Whether the sentence says of small firms that they were cultivated: only the specialized are."""
        return phrase.joined() <= {"sme", "enterprise"} and any(
            item.term is not None and _CULTIVATED in item.term.atoms for item in self.items
        )

    def _planned(self, segment: Segment, group: Group) -> bool:
        """Whether so many are to be built within the period: additions, not the stock."""
        before = self.items[segment.first : group.first]
        if self.language == "en":
            near = [
                *self.items[max(segment.first, group.first - 3) : group.first],
                *self.items[group.last + 1 : group.last + 8],
            ]
            return any(i.cue("build") for i in near) and not any(
                i.time is not None and i.time.role in ("deadline", "point") for i in self.items
            )
        return (
            any(i.cue("build") for i in before)
            and any(i.cue("target") or i.cue("future") for i in self.items[: group.first])
            and not any(i.cue("cumulative") for i in before)
            and any(
                i.time is not None and i.time.role == "period" and i.time.grain == "year"
                for i in self.items[: group.first]
            )
        )

    def _of_follows(self, group: Group, phrase: Phrase) -> bool:
        """98%的县城: the percentage is of what follows."""
        between = self.items[group.last + 1 : phrase.first]
        return all(i.cue("glue") for i in between)

    def _columns(self, phrase: Phrase, attached: bool = False) -> list[Column]:
        text = self.text[phrase.start : phrase.end]
        known = not self._modified(phrase, attached)
        return [Column(part, known, text) for part in phrase.parts]

    def _modified(self, phrase: Phrase, attached: bool) -> bool:
        """Whether an unknown word beside the phrase makes it another thing."""
        if self.language == "zh" and (self._preceded(phrase) or self._exemplified(phrase)):
            return True
        if self.language == "zh" and attached and self._goes_on(phrase):
            return True
        if not phrase.unknown:
            return False
        first = self.items[phrase.first].term
        atoms = first.atoms[0] if first is not None and first.atoms else NONE
        generic = atoms <= self.concepts.heads | _GENERIC
        if "<" in phrase.unknown:
            gap = self.items[phrase.first - 1]
            word = self.text[gap.start : gap.end].strip()
            if self.language == "en":
                return generic and not _EN_VERB.search(word.lower())
            if generic and (bool(_ZH_NOUN.search(word)) or atoms <= self.concepts.heads):
                return True
            if ">" not in phrase.unknown:
                return False
        gap = self.items[phrase.last + 1] if phrase.last + 1 < len(self.items) else self.items[-1]
        if attached or self._head_of(phrase.last + 1):
            return True
        return self.language == "zh" and bool(_ZH_NOUN.search(self.text[gap.start : gap.end].strip()))

    def _head_of(self, at: int) -> bool:
        """Whether the unknown text at an item is the noun that a figure follows: …增加值 二氧化碳排放 降低…."""
        gap = self.items[at]
        after = self.items[at + 1] if at + 1 < len(self.items) else None
        if after is None or gap.end - gap.start < 2 or gap.end != after.start:
            return False
        if after.term is not None and after.term.atoms:
            return True
        return (
            after.kind == NUMBER or after.cue("growth_up") or after.cue("growth_down") or after.cue("share")
        )

    def _goes_on(self, phrase: Phrase) -> bool:
        """中小企业数字化转型试点城市: the noun phrase ends in something else."""
        for at in range(phrase.last + 1, len(self.items)):
            item = self.items[at]
            if item.kind == GAP:
                return item.end - item.start > 1
            if not self._filler_or_glue(at) or item.kind == CONJ:
                return False
            if item.term is not None and item.term.cues & {
                "growth_up",
                "growth_down",
                "to",
                "of_which",
                "done",
            }:
                return False
        return False

    def _exemplified(self, phrase: Phrase) -> bool:
        """造纸、塑料等制造业: some kinds of manufacturing, not manufacturing."""
        before = self.items[phrase.first - 1] if phrase.first else None
        first = self.items[phrase.first].term
        if before is None or not before.cue("apposition") or first is None or not first.atoms:
            return False
        return first.atoms[0] <= _GENERIC

    def _preceded(self, phrase: Phrase) -> bool:
        """Whether a field of its own stands before the phrase: 未来产业领域 before 小巨人."""
        at = phrase.first - 1
        firms = phrase.joined() == {"enterprise"}
        while at > 0 and (self.items[at].cue("field") or self._of(at) or (firms and self._filler(at))):
            at -= 1
        return 0 <= at < phrase.first - 1 and self.items[at].kind == GAP

    def _filler_or_glue(self, at: int) -> bool:
        term = self.items[at].term
        return term is not None and not term.atoms and (term.neutral or "glue" in term.cues)

    def _filler(self, at: int) -> bool:
        term = self.items[at].term
        return term is not None and term.neutral and not term.cues

    def _of(self, at: int) -> bool:
        term = self.items[at].term
        return term is not None and term.text == "的"

    def _foreign(self, first: int, last: int) -> bool:
        """Whether text that the lexicon does not know names a subject of its own there."""
        for item in self.items[first:last]:
            if item.kind != GAP:
                continue
            word = self.text[item.start : item.end].strip(" \"'“”‘’")
            if self.language == "zh":
                if len(word) >= 2:
                    return True
            elif any(not _EN_VERB.search(w) for w in re.findall(r"[a-z][a-z\-]{2,}", word.lower())):
                return True
        return False

    def _attached(
        self, group: Group, right: list[Phrase], ceiling: int, unit: str, measure: str
    ) -> Phrase | None:
        """The phrase that follows the numbers as their noun."""
        if not right or unit not in (COUNT, BARE, YEARS):
            return None
        phrase = right[0]
        quantity = self.numbers[group.numbers[-1]]
        gaps = 0
        for item in self.items[group.last + 1 : phrase.first]:
            if item.kind in (NUMBER, CONJ, COLON, SEMI, OPEN, CLOSE, "comma"):
                if item.kind == NUMBER and item.number not in self.outcomes:
                    continue
                return None
            if item.kind == GAP:
                gaps += 1
            elif item.cue("stop") and unit != YEARS:
                return None
        if gaps > (1 if self.language == "en" else 0):
            return None
        if self.language == "zh" and not quantity.classifier and quantity.unit == BARE:
            return None
        return phrase

    # --- measure ---

    def _measure(
        self,
        segment: Segment,
        group: Group,
        unit: str,
        left: list[Phrase],
        right: list[Phrase],
        floor: int,
        ceiling: int,
    ) -> tuple[str, int, Atoms | None, int, str]:
        """Measure, sign, the whole of a share, the item before which the subject stands, and whether "to" was said."""
        items = self.items
        measure, sign, to, limit, at = "", 1, "", group.first, group.first
        whole: Atoms | None = None
        for i in range(group.first - 1, floor - 1, -1):
            item = items[i]
            if item.time is not None and self.text[item.start] in "至到" and not measure:
                to = "to"
            if item.term is None:
                continue
            cues = item.term.cues
            if "growth_noun" in cues and measure != "share":
                measure, to, at = "growth", "", i
                sign = -1 if "growth_down" in cues else 1
                break
            if not measure and ("growth_up" in cues or "growth_down" in cues):
                measure, at = "growth", i
                sign = -1 if "growth_down" in cues else 1
                if not to:
                    break
                continue
            if "share" in cues and measure in ("", "share"):
                measure = "share"
                if "takes_whole" not in cues:
                    inside = [
                        p
                        for p in left
                        if p.last < i and all(self.items[j].cue("whole") for j in range(p.last + 1, i))
                    ]
                    if inside and inside[-1].last + 1 < i:
                        return measure, 1, inside[-1].joined(), inside[-1].first, ""
                    continue
                inside = [p for p in left if p.first > i]
                if "takes_whole" in cues and inside:
                    whole = inside[-1].joined()
                    limit = i
                elif "takes_whole" in cues and (
                    self._foreign(i + 1, group.first)
                    or any(j.cue("national") for j in items[i + 1 : group.first])
                ):
                    whole = frozenset(["?"])
                    limit = i
                break
            if "to" in cues and not measure:
                to = "to"
        if self.language == "zh" and unit == PERCENT and not measure:
            if left and group.first - left[-1].last == 2 and self._of(group.first - 1):
                return "share", 1, left[-1].joined(), left[-1].first, to
            if right and self._of_follows(group, right[0]):
                return "share", 1, None, limit, to
        if measure == "growth" and to and unit == PERCENT:
            measure, sign = "", sign if not to else 1
        if not measure:
            measure, sign, whole = self._measure_after(group, right, ceiling, whole)
        elif measure == "share" and whole is None:
            whole = self._whole_after(group, right)
        if unit in (PERCENT, TIMES):
            if (
                not measure
                and segment.opened == OPEN
                and self.previous is not None
                and self.previous.unit != PERCENT
            ):
                measure = "growth"
            if measure == "share" and whole is None and self.among:
                whole = self.among
            if not measure and not left and self.pending and self.pending_measure:
                return self.pending_measure, self.pending_sign, whole, limit, to
            if not measure and not to and self.measure == "growth":
                sign = self.sign
            if not measure and self.numbers[group.numbers[0]].classifier == "signed":
                measure = "growth"
            return measure, sign, whole, limit, to
        if unit == POINTS:
            return "change" if self.measure == "share" else "points", sign, None, limit, to
        if (
            measure == "growth"
            and not to
            and not self._is_new(left, right)
            and not self._level_said(group, left, at)
        ):
            return "level", sign, None, limit, "difference"
        return "level", 1, None, limit, to

    def _level_said(self, group: Group, left: list[Phrase], cue: int) -> bool:
        """Whether a number beside a verb of growth is a level all the same: "grew from 5 million", "put up stations of …"."""
        if self.items[group.first - 1].cue("base_number"):
            return True
        return self.language == "en" and bool(left) and cue < left[-1].first

    def _is_new(self, left: list[Phrase], right: list[Phrase]) -> bool:
        return any("new" in part for p in [*left, *right] for part in p.parts)

    def _measure_after(
        self, group: Group, right: list[Phrase], ceiling: int, whole: Atoms | None
    ) -> tuple[str, int, Atoms | None]:
        for i in range(group.last + 1, min(ceiling, group.last + 5)):
            item = self.items[i]
            if item.term is None:
                if item.kind in (GAP, TIME):
                    continue
                break
            cues = item.term.cues
            if "after_up" in cues or "growth_noun" in cues:
                return "growth", -1 if "growth_down" in cues else 1, None
            if "after_down" in cues:
                return "growth", -1, None
            if "share" in cues:
                return "share", 1, self._whole_after(group, right)
            if "of" in cues and i == group.last + 1:
                return "share", 1, self._whole_after(group, right)
            if item.term.atoms and self.language == "zh":
                break
        return "", 1, whole

    def _whole_after(self, group: Group, right: list[Phrase]) -> Atoms | None:
        """The phrase after "of": what a share is a share of."""
        items = self.items
        seen_of = False
        for i in range(group.last + 1, len(items)):
            item = items[i]
            if item.cue("of"):
                seen_of = True
            elif seen_of and item.term is not None and item.term.atoms:
                phrase = next((p for p in right if p.first == i), None)
                return phrase.joined() if phrase else None
            elif item.kind == GAP and seen_of:
                return frozenset(["?"])
            elif item.term is None or (item.cue("stop") and not item.cue("glue")):
                return None
        return None

    # --- solving ---

    def _solve(
        self,
        columns: list[Column],
        group: Group,
        quantities: list[Quantity],
        unit: str,
        measure: str,
        whole: Atoms | None,
    ) -> list[tuple[str | None, Atoms]] | None:
        """For each column of the group its indicator; None where the columns do not fit the numbers."""
        count = len(quantities)
        if not columns or any(not c.known for c in columns):
            return None
        solved = [
            self._complete(c.atoms, [d.atoms for d in columns if d is not c], unit, measure, whole)
            for c in columns
        ]
        solved = list(dict.fromkeys(s for s in solved))
        if count == 1:
            fitting = [s for s in solved if s[0]]
            return (
                fitting
                if fitting and (len(fitting) == len(solved) or len(columns) == 1)
                else (fitting or None)
            )
        if len(solved) == count:
            return solved if any(s[0] for s in solved) else None
        if len(columns) == 1 and self._period_list(group) == count and solved[0][0]:
            return solved * count
        if len(columns) == 1:
            spread = self._spread(columns[0].atoms, unit, measure, whole)
            if len(spread) >= count:
                return spread[-count:]
        return None

    def _period_list(self, group: Group) -> int:
        """How many periods stand in a row before the numbers: "in April, May and June"."""
        times = [i for i in range(group.first) if self.items[i].time is not None]
        run = 1
        while run < len(times):
            between = self.items[times[-run - 1] + 1 : times[-run]]
            if not between or any(item.kind != CONJ and not item.cue("glue") for item in between):
                break
            run += 1
        return run

    def _spread(
        self, atoms: Atoms, unit: str, measure: str, whole: Atoms | None
    ) -> list[tuple[str | None, Atoms]]:
        """A subject over the heads that the clause before had: production and sales, again for another thing."""
        found: list[tuple[str | None, Atoms]] = []
        spoken = self.passage.focus if len(self.passage.focus) > 1 else self.passage.history
        for column in spoken:
            joined = (atoms | self.concepts.head(column.atoms)) if not self.concepts.head(atoms) else atoms
            slug = self.concepts.resolve(joined, unit, measure, whole)
            if slug and (slug, joined) not in found:
                found.append((slug, joined))
        return found

    def _complete(
        self, atoms: Atoms, siblings: list[Atoms], unit: str, measure: str, whole: Atoms | None
    ) -> tuple[str | None, Atoms]:
        """The indicator of a column, with what it leaves out taken from its neighbours."""
        concepts = self.concepts
        if unit == PERCENT and measure != "growth" and whole is None and atoms & _WHOLES and atoms - _WHOLES:
            slug = concepts.resolve(atoms - _WHOLES, unit, measure or "share", atoms & _WHOLES)
            if slug:
                return slug, atoms - _WHOLES
        for tried in self._fillings(atoms, siblings, measure, unit):
            slug = concepts.resolve(tried, unit, measure, whole)
            if slug and concepts.at_home(slug, self.passage.mentioned):
                return slug, tried
        return None, atoms

    def _fillings(self, atoms: Atoms, siblings: list[Atoms], measure: str, unit: str) -> list[Atoms]:
        concepts = self.concepts
        found = [atoms]
        if atoms == {"enterprise"} and self.language == "zh":
            return found
        head, subject = concepts.head(atoms), concepts.subject(atoms) - {"new", "enterprise", "world"}
        if not head:
            found += [atoms | concepts.head(s) for s in siblings if concepts.head(s)]
        if not subject:
            found += [atoms | concepts.subject(s) for s in siblings if concepts.subject(s)]
        focus = [c for c in [*self.pending, *self.passage.focus] if c.known]
        if not head:
            found += [atoms | concepts.head(c.atoms) for c in focus if concepts.head(c.atoms)]
        if not subject:
            found += [
                atoms | concepts.subject(c.atoms) - _NEW for c in focus if concepts.subject(c.atoms) - _NEW
            ]
        if not head and (unit in ("yuan", "us-dollar") or (unit in (COUNT, BARE) and self.language == "en")):
            found.append(atoms | concepts.default_head(atoms, unit))
        if (
            not head
            and measure in ("growth", "")
            and unit == PERCENT
            and not any(concepts.head(s) for s in siblings)
        ):
            default = concepts.default_head(atoms)
            heads = [
                concepts.head(c.atoms)
                for c in [*self.pending, *self.passage.focus]
                if concepts.head(c.atoms) != concepts.default_head(concepts.subject(c.atoms))
            ]
            counted = any(c.atoms == atoms for c in self.passage.focus) and concepts.resolve(
                atoms, COUNT, "level"
            )
            if (
                default
                and not counted
                and (self.language == "en" or all(c.known for c in self.passage.focus))
                and (not any(heads) or default in heads)
            ):
                found.append(atoms | default)
        if not subject and self.language == "en":
            found += [atoms | topic for topic in self.passage.subjects]
        elif not subject and self.passage.topic and all(c.known for c in self.passage.focus):
            found.append(atoms | self.passage.topic)
        if subject == {"industry"} and head and self.language == "en" and self.passage.topic:
            found += [head | topic for topic in self.passage.subjects]
        return found

    def _times(
        self,
        segment: Segment,
        group: Group,
        quantities: list[Quantity],
        left: list[Phrase],
        measure: str,
        floor: int,
    ) -> int:
        """倍, times: growth by so many hundred percent."""
        number, quantity = group.numbers[0], quantities[0]
        value = quantity.value or Decimal(0)
        percent = value * 100 if measure == "growth" else (value - 1) * 100
        compared = measure == "growth" or self._compared(group, floor)
        for columns, _ in self._candidates(segment, left, [], None, floor, group, PERCENT, "growth"):
            slugs = self._solve(columns, group, quantities[:1], PERCENT, "growth", None) if compared else None
            if slugs:
                self._record([number], [quantity._replace(value=percent.normalize() + 0)], slugs, "growth", 1)
                return group.last + 1
        self.outcomes[number] = Outcome(NO_INDICATOR, "a multiple of another figure", value=quantity.value)
        return group.last + 1

    def _compared(self, group: Group, floor: int) -> bool:
        around = [*self.items[floor : group.first], *self.items[group.last + 1 : group.last + 4]]
        return any(i.time is not None and i.time.role == "base" for i in around)

    # --- outcomes ---

    def _record(
        self,
        numbers: Sequence[int],
        quantities: Sequence[Quantity],
        slugs: list[tuple[str | None, Atoms]],
        measure: str,
        sign: int,
    ) -> None:
        columns = [Column(atoms, slug is not None) for slug, atoms in slugs]
        if len(numbers) == 1:
            named = tuple(dict.fromkeys(slug for slug, _ in slugs if slug))
            self._set(numbers[0], quantities[0], named, sign, measure, any("new" in a for _, a in slugs))
        else:
            for number, quantity, (slug, atoms) in zip(numbers, quantities, slugs, strict=True):
                if slug:
                    self._set(number, quantity, (slug,), sign, measure, "new" in atoms)
                else:
                    self.outcomes[number] = Outcome(UNCATALOGUED, "", value=quantity.value, measure=measure)
        self.passage.focus = columns
        if not self.aside:
            self.passage.main = columns
        for column in columns:
            bare = column._replace(atoms=column.atoms - _NEW)
            self.passage.history = [c for c in self.passage.history if c.atoms != bare.atoms][-3:] + [bare]
        subject = self.concepts.subject(columns[0].atoms) - _NEW
        if subject and not self.aside:
            self.passage.mention(subject)
        self.pending = []
        self.measure = measure if measure != "change" else "share"
        self.sign = sign
        if self.outcomes[numbers[0]].kind == RECORDED:
            self.measure = self.outcomes[numbers[0]].measure

    def _set(
        self, number: int, quantity: Quantity, slugs: tuple[str, ...], sign: int, measure: str, new: bool
    ) -> None:
        value = quantity.value if quantity.value is not None else Decimal(0)
        entry = self.concepts.vocabulary[slugs[0]]
        if sign < 0 and entry.measure in ("growth", "change") and not slugs[0].endswith("-reduction"):
            value = -value
        self.outcomes[number] = Outcome(RECORDED, "", slugs, value, "", entry.measure, new)

    def _percent_left_out(self, group: Group) -> bool:
        """"High-tech manufacturing had 14.2": after percentages a bare decimal is one too."""
        if self.language != "en" or self.measure != "growth" or self.previous is None or self.previous.unit != PERCENT:
            return False
        values = [self.numbers[n].value for n in group.numbers]
        return all(v is not None and v < 100 and v != v.to_integral_value() for v in values)

    def _conclude(
        self,
        group: Group,
        quantities: list[Quantity],
        slugs: list[tuple[str | None, Atoms]] | None,
        tried: list[Column],
        measure: str,
        sign: int,
        floor: int,
        attached: Phrase | None,
    ) -> None:
        if slugs:
            self._record(group.numbers, quantities, slugs, measure, sign)
            return
        if tried and all(c.atoms == _NEW for c in tried):
            for number, quantity in zip(group.numbers, quantities, strict=True):
                self.outcomes[number] = Outcome(
                    NO_INDICATOR, "a difference, not a level", value=quantity.value
                )
            return
        subject = self._subject(group, floor, attached)
        named = attached is not None or any(_names(item) for item in self.items[floor : group.first])
        for number, quantity in zip(group.numbers, quantities, strict=True):
            self.outcomes[number] = self._unresolved(group, quantity, subject, measure, sign)
        if tried and all(c.known and self.concepts.speaks(c.atoms) for c in tried):
            self.passage.focus = self.passage.main = tried
            self.pending = []
        elif subject and named:
            self.passage.focus = [Column(c.atoms, False, subject) for c in tried] or [
                Column(NONE, False, subject)
            ]
            self.passage.main = self.passage.focus
            self.pending = []

    def _unresolved(self, group: Group, quantity: Quantity, subject: str, measure: str, sign: int) -> Outcome:
        value = quantity.value
        if value is not None and sign < 0 and measure == "growth":
            value = -value
        if quantity.unit == POINTS:
            return Outcome(NO_INDICATOR, "a difference in percentage points", value=value)
        if quantity.unit in (PHYSICAL, YEARS):
            return Outcome(
                NO_INDICATOR, "a size, a distance or a time, not a figure of industry", value=value
            )
        if (
            quantity.unit in (COUNT, BARE)
            and value is not None
            and (value < 100 and quantity.bound == "exact")
        ):
            return Outcome(NO_INDICATOR, "a count of things that are no indicator", value=value)
        if not subject:
            return Outcome(UNATTRIBUTED, "no subject in the text", value=value, measure=measure)
        return Outcome(
            UNCATALOGUED, "no entry in the vocabulary", value=value, subject=subject, measure=measure
        )

    def _subject(self, group: Group, floor: int, attached: Phrase | None) -> str:
        """The words of the subject, as they stand in the text."""
        items = self.items
        named = [i for i in range(floor, group.first) if _names(items[i])]
        if attached is None and named:
            return _trim(self.text[items[named[0]].start : items[named[-1]].end])
        after = [i for i in range(group.last + 1, min(len(items), group.last + 8))]
        stop = next(
            (i for i in after if items[i].kind in ("comma", SEMI, COLON, OPEN, CLOSE, NUMBER)),
            after[-1] + 1 if after else 0,
        )
        nouns = [i for i in range(group.last + 1, stop) if _names(items[i])]
        if nouns and self.numbers[group.numbers[-1]].unit in (COUNT, BARE):
            return _trim(self.text[items[nouns[0]].start : items[nouns[-1]].end])
        if named:
            return _trim(self.text[items[named[0]].start : items[named[-1]].end])
        for column in [*self.pending, *self.passage.focus]:
            if column.text:
                return column.text
            if column.atoms:
                return " ".join(sorted(column.atoms))
        if nouns:
            return _trim(self.text[items[nouns[0]].start : items[nouns[-1]].end])
        return ""

    def _rejected(
        self, segment: Segment, group: Group, quantities: list[Quantity], unit: str, floor: int, ceiling: int
    ) -> Outcome | None:
        """The reasons that the words around a number give for its being no indicator."""
        items = self.items
        value = quantities[0].value
        before = items[floor : group.first]
        after = items[group.last + 1 : ceiling]
        near = items[max(floor, group.first - 3) : group.first]
        if (
            segment.opened == OPEN
            and unit in _MONEY
            and self.previous is not None
            and self.previous.unit in _MONEY
        ):
            return Outcome(NO_INDICATOR, "the same amount in another currency", value=value)
        if unit in (COUNT, BARE) and self._tally(group, quantities[0]):
            return Outcome(NO_INDICATOR, _TALLY, value=value)
        if unit in (*_MONEY, COUNT, BARE) and any(
            i.cue("threshold") for i in items[segment.first : group.first]
        ):
            return Outcome(NO_INDICATOR, _THRESHOLD, value=value)
        if unit == "currency":
            return Outcome(NO_INDICATOR, "an amount in a foreign currency", value=value)
        if self.averaging:
            return Outcome(NO_INDICATOR, "an average over several years", value=value)
        if any(i.cue("population") for i in [*near, *after[:1]]):
            return Outcome(NO_INDICATOR, "a number of people, not a figure of industry", value=value)
        if any(i.cue("pace") for i in before) or any(i.cue("pace") for i in after[:3]):
            return Outcome(NO_INDICATOR, "a pace", value=value)
        if unit == POINTS and any(
            i.cue("base") or i.cue("contribution") for i in before if not (i.time and i.time.role == "base")
        ):
            if not self._share_change(before):
                return Outcome(NO_INDICATOR, "a difference in percentage points", value=value)
        if any(i.cue("base_number") for i in near[-2:]) and not self._own_period(group, segment):
            return Outcome(NO_INDICATOR, _BASE, value=value)
        if unit in (COUNT, BARE) and any(i.cue("subset") for i in items[segment.first : group.first]):
            return Outcome(NO_INDICATOR, "a part that a measure touches, not the whole", value=value)
        if unit in (COUNT, BARE, "yuan") and near and near[-1].cue("gap"):
            return Outcome(NO_INDICATOR, "a difference, not a level", value=value)
        if unit == PERCENT and any(i.cue("month_on_month") for i in before):
            return Outcome(
                UNCATALOGUED,
                "growth on the month before",
                value=value,
                subject=self._subject(group, floor, None),
                measure="growth",
            )
        if unit in (COUNT, BARE, "yuan") and after and after[0].cue("after_difference"):
            return Outcome(NO_INDICATOR, "a difference, not a level", value=value)
        follower = after[0] if after else None
        if (
            self.language == "en"
            and unit in (COUNT, BARE)
            and follower is not None
            and follower.cue("stop")
            and not any(_names(i) for i in before)
            and any(i.kind == GAP for i in after)
            and not any(i.term is not None and i.term.atoms for i in after)
        ):
            return Outcome(NO_INDICATOR, "a part of what was counted before", value=value)
        if (
            any(i.cue("contribution") for i in before)
            and unit in (PERCENT, POINTS)
            and not any("growth-contribution" in a for i in before if i.term for a in i.term.atoms)
        ):
            return Outcome(NO_INDICATOR, "a contribution to growth", value=value)
        return None

    def _tally(self, group: Group, quantity: Quantity) -> bool:
        """A small number in words, 六部门: it counts who acts, not what is measured."""
        item = self.items[group.first]
        digits = any(c.isdigit() and c.isascii() for c in self.text[item.start : item.end])
        return (
            not digits and quantity.bound == "exact" and quantity.value is not None and quantity.value <= 20
        )

    def _share_change(self, before: list[Item]) -> bool:
        """Whether the points are the change of a share that stands beside them."""
        return any(i.time is not None and i.time.role == "base" for i in before) and not any(
            i.cue("faster") for i in before
        )

    def _own_period(self, group: Group, segment: Segment) -> bool:
        return any(
            i.time is not None and i.time.role == "period"
            for i in self.items[max(segment.first, group.first - 3) : min(segment.last, group.last + 4)]
        )


_ZH_NOUN = re.compile(
    r"[业品省市县区州机车件厂材器具线料药食服钢铝铜煤油气电粮片板膜池费额资场园院校类型级性牌链]$"
)
_EN_VERB = re.compile(r"(?:ed|ing|ly|ew|wn|ose|ote|aw|an|uilt|ent|ame|ook|ell|old)$")


_CUTS = re.compile(r"[,，;；:：()（）、。]")


def unrelated(text: str, folded: str, sentence: Sentence, quantity: Quantity, floor: int) -> Outcome:
    """What becomes of a number in a sentence that names nothing of the vocabulary."""
    value = quantity.value
    if quantity.unit == "currency":
        return Outcome(NO_INDICATOR, "an amount in a foreign currency", value=value)
    if quantity.unit == POINTS:
        return Outcome(NO_INDICATOR, "a difference in percentage points", value=value)
    if quantity.unit in (PHYSICAL, YEARS) and not (
        quantity.classifier in _BULK and value is not None and value >= 10**6
    ):
        return Outcome(NO_INDICATOR, "a size, a distance or a time, not a figure of industry", value=value)
    if quantity.unit in (COUNT, BARE) and value is not None and value < 100 and quantity.bound == "exact":
        return Outcome(NO_INDICATOR, _TALLY, value=value)
    left = (quantity.left or quantity.start) - sentence.start
    cut = max(
        (match.end() for match in _CUTS.finditer(folded, max(0, left - 60), left)), default=max(0, left - 60)
    )
    start = max(sentence.start + cut, floor)
    subject = _trim(text[start : sentence.start + left])
    if not subject:
        after = _CUTS.search(folded, quantity.end - sentence.start)
        stop = min(sentence.end, quantity.end + 40, sentence.start + after.start() if after else sentence.end)
        subject = _trim(text[quantity.end : stop])
    if not subject:
        return Outcome(UNATTRIBUTED, "no subject in the text", value=value)
    return Outcome(UNCATALOGUED, "no entry in the vocabulary", value=value, subject=subject)


def _names(item: Item) -> bool:
    """Whether an item may be part of a subject's words."""
    return item.kind == GAP or (item.term is not None and bool(item.term.atoms))


def _trim(text: str) -> str:
    return " ".join(text.split()).strip(" ,，、的“”\"'")[:120]


def _merged(first: list[Column], second: list[Column]) -> list[Column]:
    """Two phrases that together name one thing."""
    if len(first) > 1 and len(second) > 1:
        return second
    text = " ".join(dict.fromkeys(c.text for c in [*first[:1], *second[:1]] if c.text))
    return [
        Column(one.atoms | two.atoms, one.known and two.known, text)
        for one in (first or [Column(NONE)])
        for two in (second or [Column(NONE)])
    ]


__all__ = ["CONJ", "Linker", "Outcome", "Passage"]
