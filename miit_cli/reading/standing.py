"""Whether a figure happened, is expected or is aimed at, and which way it points: candidates and features."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from miit_cli.reading import features as named
from miit_cli.reading.candidates import bucket
from miit_cli.reading.items import COMMA, GAP, NUMBER, OPEN, SEMI, STOPS
from miit_cli.reading.parsing import tail_word
from miit_cli.reading.ranking import Candidate
from miit_cli.types import STATUSES

if TYPE_CHECKING:
    from miit_cli.reading.discourse import Discourse
    from miit_cli.reading.features import Block
    from miit_cli.reading.parsing import Parsed, Place
    from miit_cli.reading.spans import Time
    from miit_cli.reading.times.clock import Clock

UP, DOWN, UNKNOWN = "up", "down", "unknown"
STATUS_CANDIDATES = [Candidate(status, status, ()) for status in STATUSES]
SIGN_CANDIDATES = [Candidate(sign, sign, ()) for sign in (UP, DOWN, UNKNOWN)]

_STANDING = frozenset(
    ["expected", "target", "future", "done", "settled", "expected_after", "target_after", "build"]
)


def status_features(parsed: Parsed, number: int, discourse: Discourse, clock: Clock) -> list[Block | str]:
    """What speaks for a standing: words of expecting and aiming on either side, and the times in sight."""
    shared = discourse.views.get("standing")
    if shared is None:
        shared = discourse.views["standing"] = _shared(parsed, discourse, clock)
    place = parsed.places[number]
    at, said = place.item, parsed.ends[number]
    found: list[Block | str] = [
        shared.passage,
        *(_of_word(parsed, at, i, cues) for i, cues in shared.words),
        *(_of_time(parsed, at, i, time, clock) for i, time in parsed.dated),
    ]
    found += _before_time(parsed, at)
    found += [f"w={parsed.surface(i)[-14:]}" for i in range(max(0, at - 3), at)]
    found += [f"said={said}", f"q={parsed.numbers[number].bound}", "all", *_verb(parsed, place)]
    if discourse.decided:
        last = discourse.decided[-1]
        near = last.near(parsed.sentence)
        before = [decided.status for decided in discourse.decided[-4:-1]]
        found.append(
            (
                named.standing_last, said, last.status, near, near == "S" and last.group == place.group,
                last.finish <= clock.date, *map(before.count, STATUSES),
            )
        )  # fmt: skip
    if parsed.sentence.heading:
        found.append("heading")
    return found


def _before_time(parsed: Parsed, at: int) -> list[str]:
    """The words right before the last time before a number: *it is expected* that in 2025, …"""
    i = next((i for i, _ in reversed(parsed.dated) if i < at), 0)
    if not i or parsed.semis_until[i] != parsed.semis_until[at]:
        return []
    numbers = min(parsed.numbers_until[at] - parsed.numbers_until[i], 2)
    return [f"tw={cue}/{numbers}" for cue in sorted(parsed.items[i - 1].word.cues & _STANDING)]


def _verb(parsed: Parsed, place: Place) -> list[str]:
    """The nearest word of rising or falling before a number: *rose* is a fact, *rise* may be an aim."""
    i = next((i for i, _ in reversed(parsed.directed) if i < place.item), -1)
    if i < 0 or parsed.semis_until[i] != parsed.semis_until[place.item]:
        return []
    numbers = min(parsed.numbers_until[place.item] - parsed.numbers_until[i], 2)
    return [f"v={tail_word(parsed.surface(i))}/{numbers}"]


class _Shared(NamedTuple):
    """What the numbers of a sentence share in asking how they stand."""

    words: list[tuple[int, tuple[str, ...]]]  # the items that tell of a standing, and how
    passage: Block


def _shared(parsed: Parsed, discourse: Discourse, clock: Clock) -> _Shared:
    title = discourse.titled
    passage = [f"title={title.surface(i)[-6:]}" for i in range(len(title.items))[-2:]]
    above = {
        "title": title, "lead": discourse.leading, "heading": discourse.headed, "last": discourse.last,
        "first": discourse.paragraph_opening, "colon": discourse.announcing,
    }  # fmt: skip
    for name, other in above.items():
        if other is not None:
            passage += [f"{name}={cue}" for _, cues in _words(other) for cue in cues]
            passage += [f"{name}=ahead" for time in other.times if time.finish > clock.date]
    if discourse.goal is not None and not parsed.times:
        ahead = discourse.goal[1] > clock.date
        sentence, paragraph = discourse.goal_told
        back = min(parsed.sentence.number - sentence, 4)
        passage.append(f"goal={ahead}/{back}{'P' if paragraph == parsed.sentence.paragraph else 'Q'}")
    return _Shared(_words(parsed), (named.given_features, *passage))


def _words(parsed: Parsed) -> list[tuple[int, tuple[str, ...]]]:
    return [(i, tuple(found)) for i, cues in parsed.cued if (found := sorted(cues & _STANDING))]


def _of_word(parsed: Parsed, at: int, i: int, cues: tuple[str, ...]) -> Block:
    """What a word at an item tells of a number at another."""
    stops, numbers = parsed.stops_until, parsed.numbers_until
    if i < at:
        same, between = parsed.semis_until[i + 1] == parsed.semis_until[at], min(numbers[at] - numbers[i], 2)
        return named.standing_before, cues, same, min(stops[at] - stops[i], 2), between
    near = numbers[i] == numbers[at + 1]
    return named.standing_behind, cues if near else (), min(stops[i] - stops[at], 2)


def _of_time(parsed: Parsed, at: int, i: int, time: Time, clock: Clock) -> Block:
    """What a time at an item tells of a number at another."""
    numbers = parsed.numbers_until[max(i, at)] - parsed.numbers_until[min(i, at) + 1]
    return (
        named.time_features,
        "b" if i < at else "a",
        "future" if time.finish > clock.date else "past",
        "later" if time.finish[:4] > clock.date[:4] else "now",
        time.role,
        parsed.semis_until[i] == parsed.semis_until[at],
        min(numbers, 2),
    )


def sign_features(parsed: Parsed, number: int, discourse: Discourse) -> list[str]:
    """What tells whether something rose or fell: the words of direction on either side."""
    q, place, items = parsed.numbers[number], parsed.places[number], parsed.items
    first, last, found = place.first, place.last, ["all"]
    if q.classifier == "signed" or (q.value is not None and q.value < 0):
        found.append(f"sg={'-' if q.value is not None and q.value < 0 else '+'}")
    nearest = ""
    i = first - 1
    numbers = 0
    while i >= 0 and items[i].kind != SEMI:
        if items[i].kind == NUMBER:
            numbers += 1
        direction = _plain(parsed.directions[i])
        if direction:
            stops = parsed.stops_until[first] - parsed.stops_until[i]
            rate, to = _of_rate(parsed, i, first)
            told = f"{rate}-rate{'' if to else '?'}" if rate else direction
            nearest = f"{told}/{min(numbers, 2)}.{min(stops, 2)}"
            found += [f"b={nearest}", f"b={told}/{bucket(first - i)}", f"bt={direction}/{to}/{rate}"]
            break
        i -= 1
    if not nearest:
        found.append("b=none")
    behind = ""
    for j in range(last + 1, min(place.right, last + 6)):
        direction = _plain(parsed.directions[j])
        if direction:
            behind = direction
            found += [f"a={direction}/{j - last}", f"a={direction}&{nearest}"]
            break
    if not behind:
        found.append("a=none")
    found.append(f"dir={nearest.partition('/')[0] or 'none'}&{behind or 'none'}")
    cues = {cue for item in items[place.left : place.right] for cue in item.word.cues}
    found += [f"c={cue}" for cue in ("year_on_year", "base", "to", "average") if cue in cues]
    opened = items[place.left - 1].kind if place.left else "start"
    if opened == OPEN:
        found.append(f"open/{q.unit}")
    before = next((i for i in range(first - 1, place.left - 1, -1) if _is_unknown(parsed, i)), -1)
    after = next((i for i in range(last + 1, min(place.right, last + 5)) if _is_unknown(parsed, i)), -1)
    found += [
        f"gb={parsed.follower(before)}/{bool(nearest)}{bool(behind)}",
        f"ga={parsed.follower(after)}/{bool(nearest)}{bool(behind)}",
    ]
    if discourse.decided:
        before_it = discourse.decided[-1]
        if before_it.sentence == parsed.sentence.number:
            found.append(f"h={before_it.sign}/{before_it.measure}/{before_it.group == place.group}")
    return found


def told_in_fact(parsed: Parsed, number: int) -> bool:
    """Whether a clause says how it came in the end, and no more what was expected: *实际*增长5.4%."""
    place = parsed.places[number]
    cues = frozenset().union(*(cues for i, cues in parsed.cued if place.left <= i < place.item))
    return "in_fact" in cues and not cues & {"expected", "target", "future"}


_WITH = 2  # words of a direction between what was foreseen and how much it was


def is_foreseen(parsed: Parsed, number: int) -> bool:
    """Whether a number is only what somebody foresaw, whatever came: (*consensus*: 6.3%), 预期升6.3%.

    What is above or below a forecast is a fact: better *than expected* at 6.3 percent; expectations *of* 6.3
    percent are none.
    """
    place, items = parsed.places[number], parsed.items
    behind = place.last + 1
    while behind < place.right and (parsed.directions[behind] or items[behind].cue("glue")):
        behind += 1
    if behind < len(items) and items[behind].cue("foreseen") and not parsed.leads(behind):
        return True
    at = parsed.led_by(place)
    steps = 0
    while at > 0 and parsed.directions[at] and not items[at].cue("foreseen") and steps < _WITH:
        at, steps = parsed.before(at), steps + 1
    if at < 0:
        return False
    joined = parsed.tells(at + 1, place.first, "of", "possessive")
    if items[at].cue("surprise"):
        return joined
    beaten = at > 0 and (items[at - 1].cue("base") or items[at - 1].cue("base_number"))
    return items[at].cue("foreseen") and (joined or not beaten)


def is_expected(parsed: Parsed, number: int) -> bool:
    """Whether it is told right before a number that it is expected: *is expected to* rise by 8 percent.

    That may be told of a time, and the number is the first behind it: *预计*到今年底，达到2.7亿. What a
    change goes from is not expected: *预计*11月增速从4.9%加快至*5%*.
    """
    place, items = parsed.places[number - _goes_on(parsed, number)], parsed.items
    if parsed.ends[number] == "from":
        return False
    at = place.first - 1
    while at >= place.left and (parsed.directions[at] or parsed.leads(at) or items[at].cue("glue")):
        at -= 1
    if at >= place.left and (items[at].cue("expected") or items[at].cue("expected_after")):
        return True
    i, time = next(((i, time) for i, time in reversed(parsed.dated) if i < place.first), (0, None))
    if time is None or parsed.numbers_until[i] != parsed.numbers_until[place.first]:
        return False
    before = parsed.before(i)
    same = parsed.semis_until[i] == parsed.semis_until[place.first]
    return same and before >= 0 and items[before].cue("expected") and not items[before].cue("target")


_AIMS = {"target", "target_after", "future", "expected"}


def is_aimed_later(parsed: Parsed, number: int, discourse: Discourse, today: str) -> bool:
    """Whether only what comes later is an aim: coverage is 90 percent, *and is to reach* 95 by 2027."""
    place, items = parsed.places[number], parsed.items
    last = discourse.decided[-1] if discourse.decided else None
    if place.right >= len(items) or items[place.right].kind not in STOPS or place.size > 1:
        return False
    if last is not None and last.status != "actual" and last.paragraph == parsed.sentence.paragraph:
        return False
    aims = [i for i, cues in parsed.cued if cues & _AIMS]
    aims += [i for i, time in parsed.dated if time.finish > today]
    before = (discourse.titled, discourse.headed, discourse.leading)
    told = any(cues & _AIMS for each in before if each is not None for _, cues in each.cued)
    return bool(aims) and min(aims) > place.right and not told


def is_reached(parsed: Parsed, number: int, today: str) -> bool:
    """Whether what seems an aim is none: its clause says that it *has been* reached, and of no aim."""
    place = parsed.places[number]
    start = next((i for i in range(place.item, 0, -1) if parsed.items[i - 1].kind == SEMI), 0)
    aimed = parsed.tells(start, place.right, *_AIMS)
    ahead = any(time.finish[:4] > today[:4] for i, time in parsed.dated if i >= start)
    return not aimed and not ahead and parsed.tells(place.left, place.right, "reached")


def is_untold(parsed: Parsed, number: int) -> bool:
    """Whether which way a number went is told by no word that tells it.

    Value added *cooled* 2 percent (of a rate it is known what that is; nor is it *slower than* 2 percent),
    *veered* 2 percent, was 4 percent *askew* than before.
    """
    place = parsed.places[number]
    at, right = place.item, min(place.right, place.item + 6)
    if at > place.left and parsed.ends_with_verb(at - 1) and not any(parsed.directions[place.left : right]):
        return True
    eased = at > place.left and parsed.directions[at - 1] == "easing"
    if eased and not parsed.items[at - 1].cue("than") and not _goes_on(parsed, number):
        return not parsed.tells(parsed.clause(at)[0], at, "growth_noun")
    if at + 1 >= right or not _is_unknown(parsed, at + 1) or any(parsed.directions[place.left : right]):
        return False
    return parsed.tells(at + 2, right, "base")


def sign_of_rate(parsed: Parsed, number: int, slugs: tuple[str, ...], discourse: Discourse) -> str:
    """The sign of a rate that itself moves: that of what it moves from or to; "" where no rate does.

    Output grew 4.5 percent, *down from* 5.1 percent in July; its growth was *down from* 6.2 *to* 5.1 percent.
    """
    place = parsed.places[number]
    behind = place.item + 1
    if place.item and parsed.surface(place.item - 1) in _ARTICLES and (noun := _noun_behind(parsed, place)):
        return noun
    rate = _rate_before_base(parsed, place, _base_of(parsed, place))
    if rate or place.item == place.left or _turns(parsed, behind, min(place.right, behind + 2)):
        return rate or _sign_of_noun(parsed, number)
    last = discourse.decided[-1] if discourse.decided else None
    same = last is not None and last.sentence == parsed.sentence.number and last.slugs == slugs
    before = last.sign if last is not None and same else ""
    if any(parsed.leads(i) for i in range(parsed.before(place.item), place.item)):
        goes_on = _goes_on(parsed, number) or _is_rate_again(parsed, number)
        return before if goes_on and before else _sign_of_moved(parsed, place)
    return _sign_of_base(parsed, place, before)


_ARTICLES = ("a", "an")


def _sign_of_noun(parsed: Parsed, number: int) -> str:
    """The sign that the noun right behind a base tells: down from a 1.1 percent *rise*; "" for no such."""
    return _noun_behind(parsed, parsed.places[number]) if parsed.ends[number] == "from" else ""


def _noun_behind(parsed: Parsed, place: Place) -> str:
    """The direction of the noun right behind a number: a 1.1 percent *rise*; "" for none."""
    at = place.item + 1
    if at >= place.right or parsed.directions[at] not in (UP, DOWN):
        return ""
    is_noun = "n" in parsed.data.word_class(parsed.surface(at))  # and no verb: from 10.4 percent it *slid*
    return parsed.directions[at] if is_noun else ""


def _goes_on(parsed: Parsed, number: int) -> bool:
    """Whether a change that begins with the number before goes to this one: from 6.2 to 5.1 percent."""
    before = parsed.places.get(number - 1)
    if before is None or parsed.numbers[number - 1].classifier == "signed":
        return False
    at = parsed.places[number].item
    return parsed.ends[number - 1] == "from" and not _turns(parsed, before.item + 1, at)


def _is_rate_again(parsed: Parsed, number: int) -> bool:
    """Whether the rate before it went on to this one: 1-2月增长7%，*3月降至5.8%*."""
    place = parsed.places[number]
    before = next((parsed.places[n] for n in reversed(range(number)) if n in parsed.places), None)
    if before is None or place.size > 1 or _turns(parsed, before.item + 1, place.item):
        return False
    if parsed.numbers[parsed.items[before.item].number].classifier == "signed":
        return False
    return not any(before.item < mention.first < place.item for mention in parsed.mentions)


def _sign_of_moved(parsed: Parsed, place: Place) -> str:
    """The sign of a rate that is moved to a number, or of what *rose more slowly, down to* 3 percent.

    Weak demand pulled *output growth down to* 7.9 percent: output grew.
    """
    verb = next((i for i in range(place.first - 1, place.left - 1, -1) if parsed.directions[i]), place.first)
    rate = _rate_before_base(parsed, place, verb)
    if rate or not 0 < verb == place.left or parsed.items[verb - 1].kind != COMMA:
        return rate
    start, stop = parsed.clause(verb - 2)
    told = next((told for i, told in parsed.directed if start <= i < stop), "")
    return told if told in (UP, DOWN) and parsed.tells(start, stop, "pace_changed") else ""


def _turns(parsed: Parsed, start: int, stop: int) -> bool:
    """Whether any of some items tells a direction, and is not what leads to a number: 降至."""
    last = len(parsed.items) - 1
    return any(
        parsed.directions[i] and not parsed.items[i].cue("to") and not parsed.leads(min(i + 1, last))
        for i in range(start, stop)
    )


def _base_of(parsed: Parsed, place: Place) -> int:
    """The item that makes a number what a change goes from, -1 where there is none: *less than* June's 7."""
    at = place.item - 1
    window = range(at, max(at - 3, place.left - 1), -1)
    return next((i for i in window if parsed.tells(i, i + 1, "base_number", "than")), -1)


def _rate_before_base(parsed: Parsed, place: Place, stop: int) -> str:
    """The sign of the last rate that is named before an item: growth is up, a decline down; "" for none."""
    left = place.left
    if stop == left > 1 and parsed.items[left - 1].kind == COMMA:  # 利润跌幅，从8月的17.8%扩大至…
        left -= 2
    rates = [i for i in range(left, stop) if parsed.names_rate(i)]
    return (DOWN if parsed.directions[rates[-1]] == DOWN else UP) if rates else ""


def _sign_of_base(parsed: Parsed, place: Place, before: str) -> str:
    """The sign of what a rate moves from: that of the rate before, or of the one that moves; "" for none."""
    start, directions = _base_of(parsed, place), parsed.directions
    if start < 0:
        return ""
    verb = start if directions[start] else start - 1
    moved = verb >= place.left and directions[verb] in (UP, DOWN)
    stop = verb if moved else start
    rate = _rate_before_base(parsed, place, stop)
    return rate or (before if moved and not any(directions[place.left : stop]) else "")


def _is_unknown(parsed: Parsed, at: int) -> bool:
    """Whether an item holds words that no list has, and that tell no direction."""
    return parsed.items[at].kind == GAP and not parsed.directions[at]


def _of_rate(parsed: Parsed, verb: int, at: int) -> tuple[str, bool]:
    """The direction of the rate that itself rose or fell, "" for none, and whether it did so *to* a number.

    The *growth* of output slackened to 5 percent: it is up; the decline widened to 5 percent: it is down.
    A clause that names its own subject has none before it: the first fall of years, exports having grown.
    """
    items = parsed.items
    to = parsed.tells(verb, at, "to")
    start, subject = verb, False
    while start > 0 and items[start - 1].kind not in (SEMI, NUMBER):
        start -= 1
        subject = subject or items[start].names
        if subject and items[start].kind == COMMA:
            break
    rates = [i for i in range(start, verb) if items[i].cue("growth_noun")]
    return (_plain(parsed.directions[rates[0]]) or "some" if rates else ""), to


def _plain(direction: str) -> str:
    """A turn tells the way it went; what only eases tells none."""
    return "" if direction == "easing" else direction.removeprefix("turned-")
