"""Every example of the documentation shows what is shown: each is run as whole processes."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_docs import AGAIN

from tools import pages

SHOWN = [
    pytest.param(page, place, id=f"{page.stem}-{example.line}")
    for page in pages.pages()
    for place, example in enumerate(pages.examples(page))
]


@pytest.mark.parametrize(("page", "place"), SHOWN)
def test_an_example_shows_what_is_shown(page: Path, place: int) -> None:
    example = pages.examples(page)[place]
    if example.missing:
        pytest.skip(f"{', '.join(example.missing)} not installed")
    assert example.text == pages.shown(page)[place], f"{page.name}:{example.line}: {AGAIN}"


def test_there_are_examples_to_compare() -> None:
    assert {page.name for page in pages.pages() if pages.examples(page)} >= {
        "README.md",
        "corpora.md",
        "recipes.md",
    }
