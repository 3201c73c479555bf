"""Whether a figure happened, is expected, or is aimed at; and whether it is the nation's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miit_cli.reading.clauses import COMMA, CONJ, NUMBER, SEMI, Item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miit_cli.reading.spans import Time

_ELSEWHERE = ("company", "operator", "region", "foreign")
REASONS = {
    "company": "a figure of one company or one object",
    "operator": "a figure of one company or one object",
    "region": "a figure of a region",
    "foreign": "a figure of another country or of the world",
}


def standing(items: Sequence[Item], index: int, time: Time | None, closed: bool, future: bool) -> str:
    """actual, expected or target, for the number at ``items[index]``.

    Args:
        items: the sentence.
        index: the number's place in it.
        time: its period, None when the passage gives it.
        closed: whether that period is over at the day of publication.
        future: whether that period is announced (a deadline, or a later year).
    """
    done = expected = aimed = settled = beyond = False
    for place in range(index - 1, -1, -1):
        item = items[place]
        if item.kind == SEMI:
            if not aimed:
                break
            beyond = True
        if item.term is None:
            continue
        cues = item.term.cues
        if beyond:
            expected = expected or "expected" in cues
            continue
        if "expected" in cues or "expected_after" in cues:
            expected = not settled
            break
        if "settled" in cues:
            settled = True
        if "target" in cues or "future" in cues or "target_after" in cues:
            aimed = True
        if "done" in cues and not aimed:
            done = True
    for item in items[index + 1 : index + 7]:
        if item.kind in (SEMI, NUMBER, COMMA, CONJ):
            break
        if item.cue("target_after"):
            aimed = True
        if item.cue("expected_after"):
            expected = True
    if expected:
        return "expected"
    if future and not (done and not aimed):
        return "target"
    if aimed and not closed and not done:
        return "target"
    return "actual"


def elsewhere(items: Sequence[Item], index: int, inherited: str) -> tuple[str, str]:
    """The scope that reaches the number at ``items[index]`` ("" is national), and why it stays out."""
    scope, own = inherited, False
    operators: set[str] = set()
    for item in items[:index]:
        if item.term is None:
            continue
        cues = item.term.cues
        if "national" in cues or ("source" in cues and not own):
            scope = ""
            operators.clear()
        for kind in _ELSEWHERE:
            if kind in cues:
                scope, own = kind, True
                if kind == "operator":
                    operators.add(item.term.text)
    if scope == "operator" and len(operators) >= 3:
        scope = ""
    return scope, REASONS.get(scope, "")
