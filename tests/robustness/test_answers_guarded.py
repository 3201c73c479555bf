"""Any text is read: nothing is raised, spans are those of the text, each numeral is accounted for once."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from miit_cli import corpus, types, vocabulary
from miit_cli.reading.reader import Reader
from miit_cli.types import ParsedDocument, ReadingResult

# A number in a word of letters and digits, or a fraction, that also holds what looks like a month: a period
# is found there, and the rest of the word is no numeral any more.
GLUED = re.compile(r"[a-z][.\-]?\d|\d[a-z]|分之", re.IGNORECASE)
DIGITS = re.compile(r"[0-9０-９]+")
ISO = re.compile(r"\d{4}-\d\d-\d\d")

# pieces of reports, of our own making, that a text is put together of
ENGLISH = (
    *(
        "the",
        "of which",
        "and",
        "or",
        "while",
        "respectively",
        "together",
        "than",
        "by",
        "to",
        "from",
        "at",
        "about",
    ),
    *(
        "5G base stations",
        "industrial added value",
        "manufacturing",
        "software revenue",
        "profits",
        "exports",
        "it",
    ),
    *(
        "reached",
        "rose",
        "fell",
        "grew by",
        "up",
        "down",
        "accounted for",
        "exceeded",
        "will reach",
        "strive for",
    ),
    *(
        "4.55 million",
        "1,968,000",
        "5.5%",
        "12",
        "1.3 trillion yuan",
        "0.5 percentage points",
        "three times",
        "nearly",
    ),
    *(
        "more than",
        "one third",
        "thirteen",
        "two hundred million",
        "half",
        "$5 billion",
        "first",
        "20th",
        "5G",
        "C919",
    ),
    *(
        "in 2022",
        "in July",
        "at the end of June",
        "since January",
        "from January to July",
        "this year",
        "last year",
    ),
    *(
        "in the first half",
        "the first three quarters",
        "by 2025",
        "so far",
        "year on year",
        "July 28",
        "2023-07-25",
    ),
    *(
        ",",
        ".",
        ";",
        ":",
        "(",
        ")",
        "%",
        "-",
        "—",
        "\n",
        "\n\n",
        "# ",
        "| ",
        "- ",
        '"',
        "’",
        "…",
        "Beijing",
        "China Mobile",
    ),
)
CHINESE = (
    *(
        "其中",
        "和",
        "及",
        "分别",
        "共",
        "比",
        "较",
        "同比",
        "环比",
        "增长",
        "下降",
        "达",
        "超过",
        "突破",
        "近",
        "约",
        "左右",
    ),
    *(
        "5G基站",
        "规模以上工业增加值",
        "制造业",
        "软件业务收入",
        "利润",
        "出口",
        "新能源汽车产销",
        "占",
        "占比",
        "力争",
    ),
    *(
        "455万个",
        "196.8万个",
        "5.5%",
        "12",
        "1.3万亿元",
        "0.5个百分点",
        "3倍",
        "三成",
        "百万",
        "十三",
        "两千万户",
        "１２．３",
    ),
    *(
        "2022年",
        "7月",
        "截至6月末",
        "今年以来",
        "1—7月",
        "一季度",
        "上半年",
        "前三季度",
        "到2025年",
        "目前",
        "去年底",
        "年均",
    ),
    *(
        "，",
        "。",
        "；",
        "：",
        "（",
        "）",
        "、",
        "%",
        "\n",
        "\n\n",
        "# ",
        "第",
        "万",
        "亿",
        "点",
        "分之",
        "个",
        "北京",
        "中国移动",
    ),
)
LOOSE = st.text(st.characters(codec="utf-8"), max_size=12) | st.text(
    st.sampled_from(
        "0123456789０５,.%-—+万亿千百十一二三点年月日季度个aegGk $¥元yuan \n\t\u00a0\u3000()（）"
    ),
    max_size=12,
)


def texts(pieces: tuple[str, ...], joint: str) -> st.SearchStrategy[str]:
    parts = st.lists(st.sampled_from(pieces) | LOOSE, max_size=40)
    return parts.map(joint.join)


TEXTS = texts(ENGLISH, " ") | texts(CHINESE, "") | st.text(max_size=200)
DAYS = st.dates().filter(lambda day: day.year >= 1000).map(str) | st.sampled_from(
    ["2023-07-25", "2024-02-29"]
)


@cache
def reader() -> Reader:
    return Reader(vocabulary.load())


def read(
    text: str, date: str = "2023-07-25", language: str | None = None
) -> tuple[ParsedDocument, ReadingResult]:
    document = corpus.text_document(text, id="t", date=date, language=language)
    return document, reader().read(document)


def assert_spans_hold(document: ParsedDocument, reading: ReadingResult) -> None:
    """What is said of a place is what stands there; records are exact, dated and of the vocabulary."""
    text = document.text
    sentences = {sentence.number: sentence for sentence in document.sentences}
    assert list(sentences) == list(range(1, len(sentences) + 1))
    for before, after in pairwise(document.sentences):
        assert before.start < before.end <= after.start
    for found in reading.observations:
        sentence = sentences[found.sentence]
        assert found.quote.endswith(text[sentence.start : sentence.end])  # a row has its header before it
        assert found.surface == text[found.span_start : found.span_end] != ""
        assert sentence.start <= found.span_start < found.span_end <= sentence.end
        assert isinstance(found.value, Decimal) and found.value.is_finite()
        assert found.indicator in reader().vocabulary
        assert found.bound in types.BOUNDS and found.status in types.STATUSES and found.basis in types.BASES
        assert ISO.fullmatch(found.end) and (found.start is None or ISO.fullmatch(found.start))
        assert found.start is None or found.start <= found.end
    for figure in reading.figures:
        sentence = sentences[figure.sentence]
        assert figure.text == text[figure.start : figure.end] != ""
        assert sentence.start <= figure.start < figure.end <= sentence.end
        assert figure.kind in types.CLASSES


def assert_all_accounted_for(document: ParsedDocument, reading: ReadingResult) -> None:
    """Every run of digits lies in just one figure; figures do not overlap."""
    spans = sorted((figure.start, figure.end, figure.text) for figure in reading.figures)
    for before, after in pairwise(spans):
        assert before[1] <= after[0], (before, after)
    for run in DIGITS.finditer(document.text):
        holders = [span for span in spans if span[0] < run.end() and run.start() < span[1]]
        if not holders and GLUED.search(_word_at(document.text, run.start())):
            continue
        assert holders, (run[0], document.text)
        assert holders[0][0] <= run.start() and run.end() <= holders[-1][1], (run[0], holders)


def _word_at(text: str, place: int) -> str:
    """What stands around a place without white space."""
    left, right = text[:place].split()[-1:], text[place:].split()[:1]
    return "".join([*left, *right])


COMMON = settings(
    max_examples=int(os.environ.get("MIIT_TEST_EXAMPLES", "400")),
    suppress_health_check=[HealthCheck.too_slow],
)


@COMMON
@given(TEXTS, DAYS, st.sampled_from(["en", "zh", None]))
@example("9" * 40 + " million 5G base stations", "2023-07-25", "en")
@example("5G基站达" + "9" * 40 + "万个", "2023-07-25", "zh")
@example("5G基站达" + "亿" * 200 + "个", "2023-07-25", "zh")
@example("up " + "hundred " * 300 + "%", "2023-07-25", "en")
@example("In February 29 2023 and on 31 June, 5G base stations: 5", "1000-01-01", "en")
@example("0月、13月、99月31日", "2023-07-25", "zh")
@example("\u0130\u0130 5%", "2023-07-25", "en")
@example("第0年，百分之零，零分之一，0分之0", "2023-07-25", "zh")
def test_any_text_is_read(text: str, date: str, language: str | None) -> None:
    document, reading = read(text, date, language)
    assert_spans_hold(document, reading)


@COMMON
@given(TEXTS, st.sampled_from(["en", "zh", None]))
@example("0\x85 0\n0  0", "en")
@example("5G\u2028 0\n7  0", None)
@example("1,968,000 月", "zh")
def test_every_numeral_is_accounted_for_once(text: str, language: str | None) -> None:
    document, reading = read(text, language=language)
    assert_all_accounted_for(document, reading)


# numerals that were once passed over, cut in two, or read as others
ONCE_LOST = (
    ("Exports of gizmos rose, and in September 6.9 percent of all were sold.", "6.9 percent", "6.9"),
    ("In January 4.55 million 5G base stations were in use.", "4.55 million", "4550000"),
    ("The price is 10.27% lower than in December 2021.", "December 2021", None),
    ("It was said on Jul 25,2023 that all is well.", "Jul 25,2023", None),
    ("Version 1.0.0 of 2022H1 is out.", "0", None),
    ("全国共有十一万个基站。", "十一万个", "110000"),
    ("产值达一点五亿元。", "一点五亿元", "150000000"),
    ("达316月饼。", "316月", None),
)


@pytest.mark.parametrize(("text", "numeral", "value"), ONCE_LOST, ids=[case[1] for case in ONCE_LOST])
def test_what_was_once_lost(text: str, numeral: str, value: str | None) -> None:
    document, reading = read(text)
    assert_all_accounted_for(document, reading)
    found = [figure.value for figure in reading.figures if figure.text == numeral]
    assert [None if each is None else str(each) for each in found] == [value]


@settings(COMMON, max_examples=150)
@given(TEXTS, TEXTS, st.sampled_from(["en", "zh"]))
def test_reading_does_not_depend_on_what_was_read_before(one: str, other: str, language: str) -> None:
    first = read(one, language=language)[1]
    read(other, language=language)
    assert read(one, language=language)[1] == first
    assert Reader(reader().vocabulary).read(read(one, language=language)[0]) == first


@settings(COMMON, max_examples=150)
@given(TEXTS, st.sampled_from(["en", "zh"]))
def test_what_stands_in_front_matter_is_not_read(text: str, language: str) -> None:
    head = "---\ntitle: 5G base stations reached 7 million in 2022, 5G基站达700万个\n---\n"
    plain, headed = read(text, language=language)[1], read(head + text, language=language)[1]
    moved = [(figure.start, figure.text, figure.value) for figure in headed.figures]
    if not text.startswith("---"):  # what the title speaks of is a topic, its numbers are none
        assert moved == [(figure.start, figure.text, figure.value) for figure in plain.figures]


@pytest.mark.parametrize("path", sorted(corpus.bundled_path().glob("*.md")), ids=lambda path: path.stem[:10])
def test_the_bundled_documents_hold_to_it(path: object) -> None:
    document = corpus.parse_document(path, corpus.read_bytes(path))  # type: ignore[arg-type]
    reading = reader().read(document)
    assert_spans_hold(document, reading)
    assert_all_accounted_for(document, reading)
    assert reading.observations
