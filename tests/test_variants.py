"""What becomes of a figure when the words around it change: see tools/variants.py."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import labelled
import pytest
import variants

TESTS = Path(__file__).parent
FLOORS = tomllib.loads((TESTS / "floors.toml").read_text(encoding="utf-8"))["variants"]

each_language = pytest.mark.parametrize("language", variants.LANGUAGES)
each_split = pytest.mark.parametrize("split", variants.SPLITS)


@cache
def _outcomes(language: str) -> list[variants.VariantOutcome]:
    return variants.judge(variants.variants(language, "test"))


def _lists(node: dict[str, object], name: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """The lists of a file with their names: ``verbs.rise`` -> {"test": "…", "train": "…"}."""
    for key, value in node.items():
        if isinstance(value, dict):
            if set(value) == set(variants.SPLITS):
                yield f"{name}{key}", value
            else:
                yield from _lists(value, f"{name}{key}.")


# --- what the files hold ---


@each_language
def test_no_word_and_no_sentence_is_in_both_splits(language: str) -> None:
    file = tomllib.loads((variants.WORDS / f"{language}.toml").read_text(encoding="utf-8"))
    lists = dict(_lists(file))
    assert lists
    for name, splits in lists.items():
        separator = "\n" if "\n" in splits["test"] else ","
        test, train = (
            {each.strip().lower() for each in splits[split].split(separator)} - {""}
            for split in variants.SPLITS
        )
        assert not test & train, name


@each_language
@each_split
def test_every_kind_is_made(language: str, split: str) -> None:
    made = variants.variants(language, split)
    kinds = {one.kind for one in made}
    assert {"plain", "verbs fall", "verbs unknown", "nouns fall", "pace", "describing", "narrowing"} <= kinds
    assert {"owner city", "owner country", "owner firm", "number", "time"} <= kinds
    assert ("traditional" in kinds) == (language == "zh")
    assert not [one for one in made if "{" in one.text]
    assert len({(one.kind, one.word, one.text) for one in made}) == len(made)


def test_a_verb_of_falling_turns_the_sign_and_nothing_else() -> None:
    [one] = [
        one
        for one in variants.variants("en", "test")
        if one.word == "plummeted" and "manufacturing value added" in one.text and "half" in one.text
    ]
    assert one.text.startswith("In the first half of 2024, China's manufacturing value added plummeted 5.6")
    assert (str(one.seed.value), one.reason) == ("-5.6", "")


@each_language
def test_what_is_written_for_training_is_labelled(language: str, tmp_path: Path) -> None:
    made = variants.variants(language, "train")
    variants.write(made, tmp_path)
    texts = sorted(labelled.load([tmp_path]), key=lambda text: text.document.id[-5:])
    assert len(texts) == len(made)
    assert labelled.lost(texts) == []
    for one, text in zip(made, texts, strict=True):
        assert len(text.records) + len(text.others) == 1 + bool(one.seed.before) + bool(one.seed.behind)
    assert sum(len(text.records) for text in texts) > len(made) / 3


# --- what the reader makes of them ---


@each_language
def test_rates(language: str) -> None:
    """At most so many of the variants are read wrong, and so many of the expected records are lost."""
    told = variants.rate(_outcomes(language))
    assert told.variants > 1000
    assert told.wrong_rate <= FLOORS[language]["wrong"]
    assert told.lost_rate <= FLOORS[language]["lost"]
