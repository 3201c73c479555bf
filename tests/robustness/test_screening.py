"""Whether a document has records is told without reading it whole, and told right."""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from conftest import ROOT
from test_reading_records import reader, recorded

from miit_cli import corpus
from miit_cli.types import ParsedDocument

sys.path.insert(0, str(ROOT / "benchmarks"))
import generate


def documents() -> Iterator[ParsedDocument]:
    """Texts of the project, and generated ones of which few concern the ministry."""
    labelled = sorted((ROOT / "tests" / "labelled").glob("*/*/20*.md"))
    for path in [*map(Path, corpus.files([str(corpus.bundled_path())])), *labelled[::8]]:
        yield corpus.parse_document(path, corpus.read_bytes(path))
    for language in ("en", "zh"):
        for seed in range(25):
            day, text = generate.document(random.Random(seed), language, 1500, reports=0.02)
            yield corpus.parse_document(Path(f"{day}-{language}.md"), text.encode())


def test_records_are_those_of_the_whole_reading() -> None:
    found = Counter[bool]()
    for document in documents():
        wanted = recorded(document)
        assert reader().records(document) == wanted, document.path
        found[wanted is None] += 1
    assert min(found[True], found[False]) > 20
