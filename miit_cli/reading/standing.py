"""Whether a figure happened, is expected or is aimed at, and which way it points: candidates and features."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miit_cli.reading import features as named
from miit_cli.reading.candidates import bucket
from miit_cli.reading.items import COMMA, NUMBER, OPEN, SEMI, STOPS
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
    if "standing" not in discourse.views:
        discourse.views["standing"] = _words(parsed), _passage(parsed, discourse, clock)
    words, passage = discourse.views["standing"]
    place, said = parsed.places[number], parsed.ends[number]
    at, semis, numbers = place.item, parsed.semis_until, parsed.numbers_until
    found: list[Block | str] = [
        passage,
        *(_of_word(parsed, at, i, cues) for i, cues in words),
        *(_of_time(parsed, at, i, time, clock) for i, time in parsed.dated),
    ]
    time = next((i for i, _ in reversed(parsed.dated) if i < at), 0)
    if time and semis[time] == semis[at]:  # *it is expected* that in 2025, …
        before = sorted(parsed.items[time - 1].word.cues & _STANDING)
        found += [f"tw={cue}/{min(numbers[at] - numbers[time], 2)}" for cue in before]
    found += [f"w={parsed.surfaces[i][-14:]}" for i in range(max(0, at - 3), at)]
    found += [f"said={said}", f"q={parsed.numbers[number].bound}", "all"]
    verb = next((i for i, _ in reversed(parsed.directed) if i < at), -1)
    if verb >= 0 and semis[verb] == semis[at]:  # *rose* is a fact, *rise* may be an aim
        found.append(f"v={tail_word(parsed.surfaces[verb])}/{min(numbers[at] - numbers[verb], 2)}")
    if discourse.decided:
        last = discourse.decided[-1]
        near = last.near(parsed.sentence)
        earlier = [decided.status for decided in discourse.decided[-4:-1]]
        found.append(
            (
                named.standing_last, said, last.status, near, near == "S" and last.group == place.group,
                last.finish <= clock.date, *map(earlier.count, STATUSES),
            )
        )  # fmt: skip
    if parsed.sentence.heading:
        found.append("heading")
    return found


def _passage(parsed: Parsed, discourse: Discourse, clock: Clock) -> Block:
    """What stands around a sentence tells of the standing of its numbers."""
    title = discourse.titled
    passage = [f"title={title.surfaces[i][-6:]}" for i in range(len(title.items))[-2:]]
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
    return (named.given_features, *passage)


def _words(parsed: Parsed) -> list[tuple[int, tuple[str, ...]]]:
    """The items that tell of a standing, and how."""
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
    told = [(i, plain) for i, direction in parsed.directed if (plain := _plain(direction))]
    nearest = ""
    start = parsed.start_of(first, (SEMI,))
    for i, direction in [each for each in told if start <= each[0] < first][-1:]:
        numbers, stops, _ = parsed.between(i, first)
        rate, to = _of_rate(parsed, i, first)
        moved = f"{rate}-rate{'' if to else '?'}" if rate else direction
        nearest = f"{moved}/{min(numbers, 2)}.{min(stops, 2)}"
        found += [f"b={nearest}", f"b={moved}/{bucket(first - i)}", f"bt={direction}/{to}/{rate}"]
    behind = ""
    for i, behind in [each for each in told if last < each[0] < min(place.right, last + 6)][:1]:
        found += [f"a={behind}/{i - last}", f"a={behind}&{nearest}"]
    found += ["b=none"] * (not nearest) + ["a=none"] * (not behind)
    found.append(f"dir={nearest.partition('/')[0] or 'none'}&{behind or 'none'}")
    cues = {cue for item in items[place.left : place.right] for cue in item.word.cues}
    found += [f"c={cue}" for cue in ("year_on_year", "base", "to", "average") if cue in cues]
    if place.left and items[place.left - 1].kind == OPEN:
        found.append(f"open/{q.unit}")
    before = next((i for i in range(first - 1, place.left - 1, -1) if parsed.is_unknown(i)), -1)
    after = next((i for i in range(last + 1, min(place.right, last + 5)) if parsed.is_unknown(i)), -1)
    found += [
        f"gb={parsed.follower(before)}/{bool(nearest)}{bool(behind)}",
        f"ga={parsed.follower(after)}/{bool(nearest)}{bool(behind)}",
    ]
    for decided in discourse.decided[-1:]:
        if decided.sentence == parsed.sentence.number:
            found.append(f"h={decided.sign}/{decided.measure}/{decided.group == place.group}")
    return found


def told_in_fact(parsed: Parsed, number: int) -> bool:
    """Whether a clause says how it came in the end, and no more what was expected: *实际*增长5.4%."""
    place = parsed.places[number]
    told = parsed.tells(place.left, place.item, "in_fact")
    return told and not parsed.tells(place.left, place.item, "expected", "target", "future")


_WITH = 2  # words of a direction between what was foreseen and how much it was


def is_foreseen(parsed: Parsed, number: int) -> bool:
    """Whether a number is only what somebody foresaw, whatever came: (*consensus*: 6.3%), 预期升6.3%.

    What is above or below a forecast is a fact: better *than expected* at 6.3 percent; expectations *of* 6.3
    percent are none.
    """
    place, items = parsed.places[number], parsed.items
    behind = parsed.skip(range(place.last + 1, place.right), "glue", directed=True)
    if parsed.tells(behind, behind + 1, "foreseen") and not parsed.leads(behind):
        return True
    at = parsed.led_by(place)
    for _ in range(_WITH):
        if at > 0 and parsed.directions[at] and not items[at].cue("foreseen"):
            at = parsed.before(at)
    joined = parsed.tells(at + 1, place.first, "of", "possessive")
    beaten = parsed.tells(at - 1, at, "base", "base_number")
    return (parsed.tells(at, at + 1, "surprise") and joined) or (
        parsed.tells(at, at + 1, "foreseen") and (joined or not beaten)
    )


def is_expected(parsed: Parsed, number: int) -> bool:
    """Whether it is told right before a number that it is expected: *is expected to* rise by 8 percent.

    That may be told of a time, and the number is the first behind it: *预计*到今年底，达到2.7亿. What a
    change goes from is not expected: *预计*11月增速从4.9%加快至*5%*.
    """
    if parsed.ends[number] == "from":
        return False
    place = parsed.places[number - _goes_on(parsed, number)]
    at, first = place.first - 1, place.first
    while at >= place.left and (parsed.directions[at] or parsed.leads(at) or parsed.items[at].cue("glue")):
        at -= 1
    if at >= place.left and parsed.tells(at, at + 1, "expected", "expected_after"):
        return True
    time = next((i for i, _ in reversed(parsed.dated) if i < first), -1)
    numbers, semis = parsed.numbers_until, parsed.semis_until
    if time < 0 or numbers[time] != numbers[first] or semis[time] != semis[first]:
        return False
    before = parsed.before(time)
    return parsed.tells(before, before + 1, "expected") and not parsed.items[before].cue("target")


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
    start = parsed.start_of(place.item, (SEMI,))
    aimed = parsed.tells(start, place.right, *_AIMS)
    ahead = any(time.finish[:4] > today[:4] for i, time in parsed.dated if i >= start)
    return not aimed and not ahead and parsed.tells(place.left, place.right, "reached")


def is_untold(parsed: Parsed, number: int) -> bool:
    """Whether which way a number went is told by no word that tells it.

    Value added *cooled* 2 percent (of a rate it is known what that is; nor is it *slower than* 2 percent),
    *veered* 2 percent, was 4 percent *askew* than before.
    """
    place = parsed.places[number]
    at, left, right = place.item, place.left, min(place.right, place.item + 6)
    told = any(parsed.directions[left:right])
    if at > left and parsed.ends_with_verb(at - 1) and not told:
        return True
    eased = at > left and parsed.directions[at - 1] == "easing"
    if eased and not parsed.items[at - 1].cue("than") and not _goes_on(parsed, number):
        return not parsed.tells(parsed.start_of(at, STOPS), at, "growth_noun")
    unknown = at + 1 < right and parsed.is_unknown(at + 1)
    return unknown and not told and parsed.tells(at + 2, right, "base")


def sign_of_rate(parsed: Parsed, number: int, slugs: tuple[str, ...], discourse: Discourse) -> str:
    """The sign of a rate that itself moves: that of what it moves from or to; "" where no rate does.

    Output grew 4.5 percent, *down from* 5.1 percent in July; its growth was *down from* 6.2 *to* 5.1 percent.
    """
    place = parsed.places[number]
    behind, base = place.item + 1, _base_of(parsed, place)
    if place.item and parsed.surfaces[place.item - 1] in _ARTICLES and (noun := _noun_behind(parsed, place)):
        return noun
    rate = _rate_before_base(parsed, place, base)
    if rate or place.item == place.left or _turns(parsed, behind, min(place.right, behind + 2)):
        # down from a 1.1 percent *rise*
        return rate or (_noun_behind(parsed, place) if parsed.ends[number] == "from" else "")
    last = discourse.decided[-1] if discourse.decided else None
    same = last is not None and last.sentence == parsed.sentence.number and last.slugs == slugs
    before = last.sign if last is not None and same else ""
    if any(parsed.leads(i) for i in range(parsed.before(place.item), place.item)):
        goes_on = before and (_goes_on(parsed, number) or _is_rate_again(parsed, number))
        return before if goes_on else _sign_of_moved(parsed, place)
    return _sign_of_base(parsed, place, base, before)


_ARTICLES = ("a", "an")


def _noun_behind(parsed: Parsed, place: Place) -> str:
    """The direction of the noun right behind a number: a 1.1 percent *rise*; "" for none."""
    at = place.item + 1
    if at >= place.right or parsed.directions[at] not in (UP, DOWN):
        return ""
    is_noun = "n" in parsed.data.word_class(parsed.surfaces[at])  # and no verb: from 10.4 percent it *slid*
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
    if before is None or place.size > 1:
        return False
    between = before.item + 1, place.item
    signed = parsed.numbers[parsed.items[before.item].number].classifier == "signed"
    return not signed and not _turns(parsed, *between) and not parsed.atoms_in(*between)


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


def _sign_of_base(parsed: Parsed, place: Place, start: int, before: str) -> str:
    """The sign of what a rate moves from: that of the rate before, or of the one that moves; "" for none."""
    directions = parsed.directions
    if start < 0:
        return ""
    verb = start if directions[start] else start - 1
    moved = verb >= place.left and directions[verb] in (UP, DOWN)
    stop = verb if moved else start
    rate = _rate_before_base(parsed, place, stop)
    return rate or (before if moved and not any(directions[place.left : stop]) else "")


def _of_rate(parsed: Parsed, verb: int, at: int) -> tuple[str, bool]:
    """The direction of the rate that itself rose or fell, "" for none, and whether it did so *to* a number.

    The *growth* of output slackened to 5 percent: it is up; the decline widened to 5 percent: it is down.
    A clause that names its own subject has none before it: the first fall of years, exports having grown.
    """
    items = parsed.items
    start, subject = verb, False
    while start > 0 and items[start - 1].kind not in (SEMI, NUMBER):
        start -= 1
        subject = subject or items[start].names
        if subject and items[start].kind == COMMA:
            break
    rate = next((i for i in range(start, verb) if items[i].cue("growth_noun")), -1)
    told = _plain(parsed.directions[rate]) or "some" if rate >= 0 else ""
    return told, parsed.tells(verb, at, "to")


def _plain(direction: str) -> str:
    """A turn tells the way it went; what only eases tells none."""
    return "" if direction == "easing" else direction.removeprefix("turned-")
