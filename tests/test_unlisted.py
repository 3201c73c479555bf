"""Known things that the vocabulary lacks: what they are made of, and that no entry is among them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import pytest

from miit_cli import vocabulary
from miit_cli.reading.lexicon import build
from miit_cli.reading.mentions import Concepts
from miit_cli.reading.spans import COUNT, PERCENT, YUAN

VOCABULARY = vocabulary.load()
DATA = tomllib.loads(
    resources.files("miit_cli").joinpath("data", "concepts.toml").read_text(encoding="utf-8")
)["unlisted"]


@cache
def _concepts() -> Concepts:
    return Concepts(VOCABULARY)


def _made(unit: str, *atoms: str) -> set[tuple[str, frozenset[str]]]:
    """The measure and the atoms of all that these atoms name and that has no entry."""
    patterns = _concepts().unlisted.patterns(frozenset([unit]), frozenset(atoms))
    return {(measure, pattern.required) for measure, pattern in patterns if not pattern.whole_allowed}


@pytest.mark.parametrize(
    ("unit", "atoms", "measure"),
    [
        (PERCENT, ("microcomputer", "production"), "growth"),
        (COUNT, ("microcomputer", "production"), "level"),
        (PERCENT, ("mining", "profit"), "growth"),
        (YUAN, ("industry", "profit"), "level"),
        (COUNT, ("phone", "shipments"), "level"),
        (COUNT, ("ic", "exports"), "level"),
    ],
)
def test_a_thing_and_what_is_measured_of_it(unit: str, atoms: tuple[str, ...], measure: str) -> None:
    assert (measure, frozenset(atoms)) in _made(unit, *atoms)


@pytest.mark.parametrize(
    ("unit", "atoms", "measure"),
    [
        (COUNT, ("ic", "production"), "level"),
        (PERCENT, ("ic", "production"), "growth"),
        (PERCENT, ("industry", "profit"), "growth"),
        (YUAN, ("software", "revenue"), "level"),
        (COUNT, ("5g", "phone", "shipments"), "level"),
    ],
)
def test_what_has_an_entry_is_none(unit: str, atoms: tuple[str, ...], measure: str) -> None:
    assert (measure, frozenset(atoms)) not in _made(unit, *atoms)


def test_what_is_measured_may_go_without_saying_for_a_thing_of_its_own() -> None:
    assert ("growth", frozenset(["microcomputer", "production"])) in _made(PERCENT, "microcomputer")
    assert not {atoms for _, atoms in _made(PERCENT, "ic")} - {frozenset(["ic"])}


def test_an_entry_has_no_thing_but_in_other_measures() -> None:
    assert ("growth", frozenset(["charging"])) in _made(PERCENT, "charging")
    assert ("level", frozenset(["charging"])) not in _made(COUNT, "charging")
    assert ("level", frozenset(["charging", "new"])) in _made(COUNT, "charging", "new")


def test_the_share_of_a_named_whole_needs_its_name() -> None:
    def wholes(*atoms: str) -> set[frozenset[str]]:
        made = _concepts().unlisted.patterns(frozenset([PERCENT]), frozenset(atoms))
        return {pattern.whole_allowed for _, pattern in made if pattern.whole_allowed}

    assert frozenset(["world"]) in wholes("5g", "base-station", "world")
    assert not wholes("5g", "base-station")
    assert frozenset(["revenue"]) in wholes("rd-spending", "little-giant", "revenue")


@pytest.mark.parametrize("unit", ["year", "points"])
def test_a_number_of_another_kind_is_of_no_thing(unit: str) -> None:
    assert _made(unit, "microcomputer", "production", "mining", "profit", "charging") == set()


def test_every_thing_has_words_in_some_language() -> None:
    known = {
        atom
        for language in ("en", "zh")
        for word in build(language, {}).words.values()
        for atoms in word.atoms
        for atom in atoms
    }
    needed = {
        word.lstrip("?")
        for kind in DATA["things"]
        for name in (*kind["names"], *kind["measured"])
        for word in name.split()
    }
    assert needed - known - {"itself", "<"} == set()
