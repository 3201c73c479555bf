"""Whether a figure happened, is expected, or is aimed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miit_cli.reading.items import COMMA, CONJ, NUMBER, SEMI, Item

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXPECTED = frozenset(["expected", "expected_after"])
_AIMED = frozenset(["target", "future", "target_after"])
_BEHIND = 6  # items behind a number in which "is expected" and "is aimed at" are looked for


def standing(items: Sequence[Item], index: int, closed: bool, future: bool) -> str:
    """actual, expected or target, for the number at ``items[index]``.

    Args:
        items: the sentence.
        index: the number's place in it.
        closed: whether its period is over at the day of publication.
        future: whether its period is announced (a deadline, or a later year).
    """
    expected, aimed, done = _said_before(items, index)
    for item in items[index + 1 : index + 1 + _BEHIND]:
        if item.kind in (SEMI, NUMBER, COMMA, CONJ):
            break
        aimed = aimed or item.cue("target_after")
        expected = expected or item.cue("expected_after")
    if expected:
        return "expected"
    if (future and (aimed or not done)) or (aimed and not closed and not done):
        return "target"
    return "actual"


def _said_before(items: Sequence[Item], index: int) -> tuple[bool, bool, bool]:
    """Whether the words before a number expect it, aim at it, or tell it as done."""
    aimed = done = settled = False
    for place in range(index - 1, -1, -1):
        item = items[place]
        if item.kind == SEMI:
            # What follows an expectation is expected too: "… is forecast; it is to reach …".
            return aimed and any(each.cue("expected") for each in items[:place]), aimed, done
        cues = item.word.cues
        if not cues:
            continue
        if not cues.isdisjoint(_EXPECTED):
            return not settled, aimed, done
        settled = settled or "settled" in cues
        aimed = aimed or not cues.isdisjoint(_AIMED)
        done = done or ("done" in cues and not aimed)
    return False, aimed, done
