"""What a number cannot be, whatever it would be of."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from miit_cli.reading.items import STOPS
from miit_cli.reading.mentions import NONE
from miit_cli.reading.parsing import OWNED, PARTS, REGION
from miit_cli.reading.spans import PERCENT

if TYPE_CHECKING:
    from miit_cli.reading.discourse import Discourse
    from miit_cli.reading.mentions import Atoms, Concepts
    from miit_cli.reading.parsing import Parsed

_REGIONAL = (REGION, PARTS)  # owners that are parts of a nation
_SOON = 3  # items behind a number in which its time is told
_MONTHLY = "month-on-month"  # why a change is none


class FigureExclusions:
    """What one number cannot be, whatever it would be of.

    Args:
        parsed: the sentence.
        number: which of its numbers.
        discourse: what was said before.
        concepts: of the vocabulary.
        last: the atoms of the thing without an entry that the number before was of.
    """

    def __init__(
        self, parsed: Parsed, number: int, discourse: Discourse, concepts: Concepts, last: Atoms
    ) -> None:
        self.parsed, self.number, self.discourse, self.concepts = parsed, number, discourse, concepts
        self.place, self.last = parsed.places[number], last

    @property
    def is_none(self) -> bool:
        """Whether it is of no indicator.

        It is hearsay, of the rest of a thing, told the last time, an excess, the whole of a part told behind
        it, a mark between two sides, the sum of several things or the gap between two, or another owner's.
        """
        return (
            self.parsed.is_hearsay or self._is_of_rest or self._is_last_value or self._is_excess
            or self._is_whole or self._is_mark or self._is_sum or self._is_of_owned or self._is_of_parts
            or self._is_inside or self._is_distance
        )  # fmt: skip

    @cached_property
    def _goes_on(self) -> bool:
        """Whether nothing is named between it and the number before in the same part: 9 billion, *up 7*."""
        parsed, place, before = self.parsed, self.place, self.parsed.places.get(self.number - 1)
        if before is None or parsed.semis_until[before.last] != parsed.semis_until[place.first]:
            return False
        return not any(before.last < mention.first < place.first for mention in parsed.mentions)

    @property
    def _is_of_rest(self) -> bool:
        """Whether it is of what is left of a thing: *excluding cars*, output grew 5 percent."""
        parsed, place = self.parsed, self.place
        first = parsed.numbers_until[place.item] - place.index  # how many numbers stand before its row
        for i, cues in parsed.cued:
            if i >= place.item:
                break
            if "excluding" not in cues or parsed.numbers_until[i] != first:
                continue
            stop = next((j for j in range(i, place.item) if parsed.items[j].kind in STOPS), place.item)
            left_out = NONE.union(*(m.atoms for m in parsed.mentions if i < m.first < stop))
            if left_out & self.concepts.named:
                return True
        return False

    @property
    def _is_last_value(self) -> bool:
        """Whether it is what was reported the last time, which is not told: (*prior* 6.1%), 前值6.1%."""
        parsed, place = self.parsed, self.place
        at = parsed.led_by(place)
        told = any(place.last < i <= place.last + _SOON for i, _ in parsed.dated)
        return at >= 0 and parsed.items[at].cue("prior") and not told

    @property
    def _is_excess(self) -> bool:
        """Whether it is by how many something exceeds what is named right before it: 超过4G用户数*近1亿*."""
        parsed, place = self.parsed, self.place
        at = parsed.before(place.first)
        named = next((mention for mention in parsed.mentions if mention.last == at), None)
        if named is None or parsed.numbers[self.number].unit == PERCENT:
            return False
        before = parsed.before(named.first)
        joined = parsed.tells(at + 1, place.first, "possessive")
        return before >= place.left and parsed.items[before].cue("exceeds") and not joined

    @property
    def _is_of_owned(self) -> bool:
        """Whether what another owner has grew by it: the *firm* sold 13,000 cars, *up 29 percent*.

        Or it is what the growth of another owner is compared with: slower than *6 percent* in June.
        """
        parsed, place, before = self.parsed, self.place, self.parsed.places.get(self.number - 1)
        if before is None or place.size > 1 or parsed.numbers[self.number].unit != PERCENT:
            return False
        compared = parsed.ends[self.number] == "from"
        if compared != (parsed.numbers[self.number - 1].unit == PERCENT):
            return False
        if self.discourse.decided[-1].reason not in OWNED:
            return False
        return self._goes_on and not any(before.last < i < place.right for i, _ in parsed.owners)

    @property
    def _is_inside(self) -> bool:
        """Whether it is only of what lies in things told before: 20 parks, with 18 centers *in them*."""
        return self.parsed.tells(self.place.last + 1, self.place.right, "inside")

    @property
    def _is_of_parts(self) -> bool:
        """Whether the numbers of a row are those of regions: 8.4%, 10% and 9% *in its eastern* regions."""
        parsed, at = self.parsed, self.place.last + 1
        while at < self.place.right and parsed.items[at].cue("glue"):
            at += 1
        return self.place.size > 1 and any(i == at and kind in _REGIONAL for i, kind in parsed.owners)

    @cached_property
    def reasons(self) -> frozenset[str]:
        """Why it is not none: a change *on the year*, or *from a year earlier*, is none on the month."""
        parsed, items, at = self.parsed, self.parsed.items, self.place.last + 1
        small = ("glue", "base", "base_number")
        while at < self.place.right and (parsed.directions[at] or any(map(items[at].cue, small))):
            at += 1
        behind = at < self.place.right and at in parsed.yearly
        before = parsed.before(self.place.first)  # year-on-year growth of 5 percent
        led = before >= self.place.left and parsed.items[before].cue("year_on_year")
        return frozenset([_MONTHLY]) if behind or led else NONE

    @property
    def _is_whole(self) -> bool:
        """Whether the number behind it is a part of it: *97* classes, 74 of them; *97*个大类中的74个."""
        parsed, place, items = self.parsed, self.place, self.parsed.items
        part = parsed.places.get(self.number + 1)
        if part is None or parsed.stops_until[part.item] != parsed.stops_until[place.item]:
            return False
        if parsed.numbers[self.number].unit == PERCENT or parsed.numbers[self.number + 1].unit == PERCENT:
            return False
        named = any(part.item < mention.first < part.right for mention in parsed.mentions)
        return not named and items[part.first - 1].cue("whole")

    @property
    def _is_mark(self) -> bool:
        """Whether it is what parts growth from decline, and nothing reached: 跨过*50%*的荣枯线."""
        parsed, behind = self.parsed, self.place.last + 1
        while behind < len(parsed.items) and parsed.items[behind].cue("glue"):
            behind += 1
        return behind < len(parsed.items) and parsed.items[behind].cue("mark")

    @property
    def _is_distance(self) -> bool:
        """Whether it is how far two things are apart: 两者*差距*由4.58亿户缩小到*2.44亿户*."""
        start, _ = self.parsed.clause(self.place.first)
        return self.parsed.tells(start, self.place.first, "distance")

    @property
    def _is_sum(self) -> bool:
        """Whether it is the sum of what is listed right before it: 软件业和互联网收入*总规模*突破10万亿元."""
        parsed, place = self.parsed, self.place
        listed = [m for m in parsed.mentions if place.left <= m.first < place.first and m.parts > 1]
        if place.size > 1 or not listed or parsed.numbers[self.number].unit == PERCENT:
            return False
        return parsed.tells(listed[-1].first, place.first, "sum")
