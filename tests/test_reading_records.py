"""Records are found sooner than all figures are read, and are the same."""

from __future__ import annotations

from functools import cache

import pytest

from miit_cli import corpus, vocabulary
from miit_cli.reading.reader import Reader
from miit_cli.types import ParsedDocument, ReadingResult

RECORDS = {
    "en": (
        "China had 4.55 million 5G base stations.",
        "Industrial value-added rose 5.3 percent.",
        "Output of new-energy vehicles:2025, some 1.2 million vehicles.",
        "Software revenue was 1.2 trillion yuan, up 9%.",
        "5G\nbase-stations: 455万",
        'Industrial value added rose 5.2% in 2022: "… reached 61.3%".',
        # whether it is told against the month before hangs on the period of the numbers before
        "The hall has 40 doors.\n\nThe value added of industry rose 3 percent compared with that of May, and"
        " China had 3 million 5G base stations.",
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


def written(text: str, language: str, title: str = "") -> ParsedDocument:
    return corpus.text_document(text, id="note", date="2025-07-01", language=language)._replace(title=title)


@pytest.mark.parametrize("language", RECORDS)
def test_a_record_is_not_missed(language: str) -> None:
    for text in RECORDS[language]:
        document = written(text, language)
        assert reader().records(document) == recorded(document)


@pytest.mark.parametrize("language", OTHERS)
def test_other_things_hold_no_record(language: str) -> None:
    for text in OTHERS[language]:
        document = written(text, language)
        assert reader().records(document) is None
        assert reader().read(document).observations == ()


@pytest.mark.parametrize("language", RECORDS)
def test_a_record_among_other_things_is_the_same_with_all_its_figures(language: str) -> None:
    for text in RECORDS[language]:
        around = [*OTHERS[language], text, *OTHERS[language]]
        document = written("\n\n".join(around), language)
        assert reader().records(document) == recorded(document)


def test_what_only_the_title_names_is_seen() -> None:
    document = written(
        "It grew 5.3 percent in the first half.", "en", "Industrial value-added in the first half"
    )
    assert reader().records(document) == recorded(document)


def recorded(document: ParsedDocument) -> ReadingResult | None:
    """The whole reading, where it has a record."""
    reading = reader().read(document)
    return reading if reading.observations else None
