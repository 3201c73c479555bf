"""What is told of a document before it is read agrees with what is read in it."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from miit_cli import corpus, vocabulary
from miit_cli.reading.reader import Reader
from miit_cli.types import Document

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))
import generate  # noqa: E402

RECORDS = {
    "en": (
        "China had 4.55 million 5G base stations.",
        "Industrial value-added rose 5.3 percent.",
        "Output of new-energy vehicles:2025, some 1.2 million vehicles.",
        "Software revenue was 1.2 trillion yuan, up 9%.",
        "5G\nbase-stations: 455万",
    ),
    "zh": (
        "全国5G基站总数达455万个。",
        "规模以上工业增加值同比增长5.3%。",
        "新能源汽车产销分别完成120万辆和118万辆。",
        "軟件業務收入12.3萬億元，按年增長13.4%。",
    ),
}
OTHERS = {
    "en": ("The choir sang 12 songs.", "In 2022 the harbour was closed for 3 days.", "Nobody was there."),
    "zh": ("合唱团唱了12首歌。", "2022年，港口关闭了3天。", "当天下着雨。"),
}


@cache
def reader() -> Reader:
    return Reader(vocabulary.load())


def written(text: str, language: str, title: str = "") -> Document:
    return corpus.text_document(text, id="note", date="2025-07-01", language=language)._replace(title=title)


@pytest.mark.parametrize("language", RECORDS)
def test_a_record_is_never_foretold_to_be_none(language: str) -> None:
    for text in RECORDS[language]:
        document = written(text, language)
        assert not reader().barren(document), text


@pytest.mark.parametrize("language", OTHERS)
def test_other_things_are_barren_and_hold_no_record(language: str) -> None:
    for text in OTHERS[language]:
        document = written(text, language)
        assert reader().barren(document), text
        assert reader().read(document).observations == ()


def test_what_only_the_title_names_is_not_barren() -> None:
    text = "It grew 5.3 percent in the first half of the year."
    assert reader().barren(written(text, "en"))
    assert not reader().barren(written(text, "en", "Industrial value-added in the first half"))


def documents() -> Iterator[Document]:
    """Texts of the project, and generated ones of which few concern the ministry."""
    labelled = ROOT / "tests" / "labelled"
    for path in corpus.discover([str(corpus.bundled_path()), str(labelled)]):
        yield corpus.parse_document(path, corpus.read_bytes(path))
    for language in ("en", "zh"):
        for seed in range(60):
            day, text = generate.document(random.Random(seed), language, 1500, reports=0.02)
            yield corpus.parse_document(Path(f"{day}-{language}.md"), text.encode())


def test_no_document_that_is_foretold_to_be_barren_holds_a_record() -> None:
    barren = [document for document in documents() if reader().barren(document)]
    assert len(barren) > 20
    assert [document.path for document in barren if reader().read(document).observations] == []
