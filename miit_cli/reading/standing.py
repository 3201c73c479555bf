"""Whether a figure happened, is expected or is aimed at, and which way it points: candidates and features."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miit_cli.reading.candidates import bucket
from miit_cli.reading.items import GAP, NUMBER, OPEN, SEMI
from miit_cli.reading.ranking import Candidate
from miit_cli.reading.timing import end_of_change

if TYPE_CHECKING:
    from miit_cli.reading.discourse import Discourse
    from miit_cli.reading.parsing import Parsed
    from miit_cli.reading.times.clock import Clock

STATUSES = ("actual", "expected", "target")
UP, DOWN, UNKNOWN = "up", "down", "unknown"
STATUS_CANDIDATES = [Candidate(status, status, ()) for status in STATUSES]
SIGN_CANDIDATES = [Candidate(sign, sign, ()) for sign in (UP, DOWN, UNKNOWN)]

_STANDING = frozenset(
    ["expected", "target", "future", "done", "settled", "expected_after", "target_after", "build"]
)


def status_features(parsed: Parsed, number: int, discourse: Discourse, clock: Clock) -> list[str]:
    """What speaks for a standing: words of expecting and aiming on either side, and the times in sight."""
    place, items = parsed.places[number], parsed.items
    at, found = place.item, []
    semi = parsed.semis_until[at]
    for i, item in enumerate(items):
        for cue in item.word.cues & _STANDING if item.word.cues else ():
            if i < at:
                same = parsed.semis_until[i + 1] == semi
                stops = min(parsed.stops_until[at] - parsed.stops_until[i], 2)
                numbers = min(parsed.numbers_until[at] - parsed.numbers_until[i], 2)
                found += [f"b={cue}/{same}", f"b={cue}/{stops}.{numbers}"]
            else:
                stops = min(parsed.stops_until[i] - parsed.stops_until[at], 2)
                numbers = min(parsed.numbers_until[i] - parsed.numbers_until[at + 1], 2)
                if not numbers:
                    found.append(f"a={cue}/{stops}")
        if item.time is not None:
            when = "future" if item.time.finish > clock.date else "past"
            year = "later" if item.time.finish[:4] > clock.date[:4] else "now"
            side = "b" if i < at else "a"
            numbers = (
                parsed.numbers_until[max(i, at)] - parsed.numbers_until[min(i, at) + 1] if i != at else 0
            )
            found.append(f"t{side}={when}/{year}/{item.time.role}/{min(numbers, 1)}")
            same = parsed.semis_until[i] == semi
            found.append(f"t{side}={when}/{item.time.role}/{same}/{min(numbers, 2)}")
    for i in range(max(0, at - 3), at):
        found.append(f"w={parsed.surface(i)[-14:]}")
    said = end_of_change(parsed, place)
    found.append(f"said={said}")
    if discourse.decided:
        last = discourse.decided[-1]
        found.append(f"said={said}/{last.status}/{last.sentence == parsed.sentence.number}")
        same = last.sentence == parsed.sentence.number
        near = "S" if same else "P" if last.paragraph == parsed.sentence.paragraph else "F"
        found.append(f"h={last.status}/{same}/{same and last.group == place.group}")
        found.append(f"h={last.status}/{near}/{bool(last.finish > clock.date)}")
        said_before = [decided.status for decided in discourse.decided[-4:-1]]
        found += [f"h4={status}/{said_before.count(status)}" for status in STATUSES]
    title = discourse.titled
    found += [f"title={title.surface(i)[-6:]}" for i in range(max(0, len(title.items) - 2), len(title.items))]
    for name, other in (("title", title), ("lead", discourse.leading), ("heading", discourse.headed)):
        if other is not None:
            found += [f"{name}={cue}" for item in other.items for cue in item.word.cues & _STANDING]
            found += [f"{name}=ahead" for time in other.times if time.finish > clock.date]
    q = parsed.numbers[number]
    found += [f"q={q.bound}", "all"]
    if parsed.sentence.heading:
        found.append("heading")
    return found


def sign_features(parsed: Parsed, number: int, discourse: Discourse) -> list[str]:
    """What tells whether something rose or fell: the words of direction on either side."""
    q, place, items = parsed.numbers[number], parsed.places[number], parsed.items
    at, found = place.item, ["all"]
    if q.classifier == "signed" or (q.value is not None and q.value < 0):
        found.append(f"sg={'-' if q.value is not None and q.value < 0 else '+'}")
    nearest = ""
    i = at - 1
    numbers = 0
    while i >= 0 and items[i].kind != SEMI:
        if items[i].kind == NUMBER:
            numbers += 1
        direction = _plain(parsed.directions[i])
        if direction:
            stops = parsed.stops_until[at] - parsed.stops_until[i]
            rate, to = _of_rate(parsed, i, at)
            told = f"{rate}-rate{'' if to else '?'}" if rate else direction
            nearest = f"{told}/{min(numbers, 2)}.{min(stops, 2)}"
            found += [f"b={nearest}", f"b={told}/{bucket(at - i)}", f"bt={direction}/{to}/{rate}"]
            break
        i -= 1
    if not nearest:
        found.append("b=none")
    behind = ""
    for j in range(at + 1, min(place.right, at + 6)):
        direction = _plain(parsed.directions[j])
        if direction:
            behind = direction
            found += [f"a={direction}/{j - at}", f"a={direction}&{nearest}"]
            break
    if not behind:
        found.append("a=none")
    found.append(f"dir={nearest.partition('/')[0] or 'none'}&{behind or 'none'}")
    cues = {cue for item in items[place.left : place.right] for cue in item.word.cues}
    found += [f"c={cue}" for cue in ("year_on_year", "base", "to", "average") if cue in cues]
    opened = items[place.left - 1].kind if place.left else "start"
    if opened == OPEN:
        found.append(f"open/{q.unit}")
    before = next((i for i in range(at - 1, place.left - 1, -1) if _is_unknown(parsed, i)), -1)
    after = next((i for i in range(at + 1, min(place.right, at + 5)) if _is_unknown(parsed, i)), -1)
    found += [
        f"gb={parsed.follower(before)}/{bool(nearest)}{bool(behind)}",
        f"ga={parsed.follower(after)}/{bool(nearest)}{bool(behind)}",
    ]
    if discourse.decided:
        last = discourse.decided[-1]
        if last.sentence == parsed.sentence.number:
            found.append(f"h={last.sign}/{last.measure}/{last.group == place.group}")
    return found


def _is_unknown(parsed: Parsed, at: int) -> bool:
    """Whether an item holds words that no list has, and that tell no direction."""
    return parsed.items[at].kind == GAP and not parsed.directions[at]


def _of_rate(parsed: Parsed, verb: int, at: int) -> tuple[str, bool]:
    """The direction of the rate that itself rose or fell, "" for none, and whether it did so *to* a number.

    The *growth* of output slackened to 5 percent: it is up; the decline widened to 5 percent: it is down.
    """
    items = parsed.items
    to = any(item.cue("to") for item in items[verb:at])
    start = verb
    while start > 0 and items[start - 1].kind not in (SEMI, NUMBER):
        start -= 1
    rates = [i for i in range(start, verb) if items[i].cue("growth_noun")]
    return (_plain(parsed.directions[rates[0]]) or "some" if rates else ""), to


def _plain(direction: str) -> str:
    """A turn tells the way it went; what only eases tells none."""
    return "" if direction == "easing" else direction.removeprefix("turned-")
