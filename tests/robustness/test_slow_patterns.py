"""No text makes our patterns slow: the time grows with its length, and no faster.

Each text is one piece repeated, without a line end and without a full stop: what a pattern that looks ahead,
or tries again from each place, takes the square of. ``test_hostile_files`` times front matter and pages.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

import pytest

from miit_cli import corpus, names, sentences, vocabulary
from miit_cli.reading import lexicon
from miit_cli.reading import numbers as numerals
from miit_cli.reading import times as periods
from miit_cli.reading.reader import Reader

SMALL, GROWTH = 3_000, 4
SLACK = 2.5  # of a busy machine; a square would be GROWTH
LEAST = 0.003  # seconds: what is quicker is not measured well

ENGLISH = (
    *(
        "1",
        "1,",
        "1,111",
        "1 ",
        "1.",
        "1-",
        "12-",
        "2022-",
        "2022 ",
        "a1",
        "a.",
        "a-",
        "$",
        "us$ ",
        "%",
        "+",
        "-",
    ),
    *(
        "five ",
        "five-",
        "hundred ",
        "hundred and ",
        "million ",
        "first ",
        "first half ",
        "the first ",
        "ten ",
    ),
    *(
        "the ",
        "end of ",
        "july ",
        "july 1",
        "from january to ",
        "than that was in ",
        "as of ",
        "of the same ",
    ),
    *(
        "compared with ",
        "year ",
        "the year ",
        "last ",
        "as ",
        "when ",
        "q1 ",
        "h",
        "nearly ",
        "more than ",
        "up to ",
    ),
    *("and ", "5g ", "5g base ", "base station, ", "industrial ", "value-added ", "percentage points "),
    *(
        ".",
        "!",
        "?",
        "! ",
        ". ",
        "a. ",
        "e.g. ",
        "\"'",
        ")",
        " ",
        "\t",
        "\u00a0",
        "\u3000",
        "…",
        "—",
        "x",
        "(",
        "#",
        "|",
    ),
    *("\u0130", "\ufb01", "e\u0301", "\U0001d7d9", "٣", "½", "²"),
)
CHINESE = (
    *(
        "1",
        "一",
        "十",
        "百",
        "万",
        "亿",
        "点",
        "一点",
        "一点一",
        "分之",
        "百分之",
        "一分之一",
        "第",
        "第一",
        "1万",
        "1多",
    ),
    *(
        "1,111",
        "1.",
        "5g",
        "a1",
        "多",
        "余",
        "2022",
        "2022年",
        "1月",
        "1至",
        "1—",
        "1、",
        "1、2、",
        "1和",
        "一月",
        "一至",
    ),
    *(
        "到",
        "截至",
        "截至到",
        "比",
        "较",
        "今年",
        "前",
        "前三",
        "十四五",
        "“十",
        "“",
        "”",
        "（",
        "年",
        "末",
        "年末",
    ),
    *(
        "第三季度",
        "三季",
        "一、",
        "超",
        "超过",
        "超过约",
        "近",
        "约",
        "。",
        "！",
        "！”",
        "…",
        "）",
        "增加值",
        "规模以上",
    ),
    *(
        "其中",
        "分别",
        "和",
        "、",
        "，",
        "；",
        "工业",
        "5G基站",
        "个",
        "成",
        "倍",
        "级",
        "个百分点",
        "同比增长",
    ),
)
CLOCK = periods.Clock("2023-07-25")

Timed = Callable[[str], object]


@cache
def words(language: str) -> lexicon.Lexicon:
    return lexicon.build(language, {})


def read_names(text: str) -> list[object]:
    return list(words("en" if text[0].isascii() else "zh").found(lexicon.fold(text), 0, len(text)))


FUNCTIONS: dict[str, tuple[Timed, tuple[str, ...]]] = {
    "sentences, en": (lambda text: sentences.split(text, "p", "en"), ENGLISH),
    "sentences, zh": (lambda text: sentences.split(text, "p", "zh"), CHINESE),
    "numerals, en": (lambda text: numerals.find("en", lexicon.fold(text), 0), ENGLISH),
    "numerals, zh": (lambda text: numerals.find("zh", lexicon.fold(text), 0), CHINESE),
    "periods, en": (lambda text: periods.find("en", lexicon.fold(text), CLOCK, 0), ENGLISH),
    "periods, zh": (lambda text: periods.find("zh", lexicon.fold(text), CLOCK, 0), CHINESE),
    "lexicon": (read_names, (*ENGLISH, *CHINESE)),
}


def seconds(function: Timed, text: str, runs: int) -> float:
    """The least of some runs: another process can only make one slower."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        function(text)
        taken.append(time.process_time() - start)
    return min(taken)


def grows_too_fast(function: Timed, unit: str, small: int, runs: int = 2) -> bool:
    for attempt in range(6):  # on a busy machine one measurement is none
        size = small << attempt // 2
        less = seconds(function, unit * (size // len(unit)), runs)
        more = seconds(function, unit * (size * GROWTH // len(unit)), runs)
        if more < max(less, LEAST) * GROWTH * SLACK:
            return False
    return True


@pytest.mark.parametrize("name", FUNCTIONS)
def test_time_grows_with_length(name: str) -> None:
    function, units = FUNCTIONS[name]
    function(units[0] * 10)  # patterns are compiled when they are first used
    assert [unit for unit in units if grows_too_fast(function, unit, SMALL)] == []


@pytest.mark.parametrize("start", ["x", "1", "2022年", "than "])
def test_time_grows_with_length_behind_another_beginning(start: str) -> None:
    """What is slow only where something stands before it."""
    for name, (function, units) in FUNCTIONS.items():
        slow = [
            unit
            for unit in units[::2]
            if grows_too_fast(lambda text, function=function: function(start + text), unit, SMALL)  # type: ignore[misc]
        ]
        assert slow == [], name


PROSE = {
    "en": (
        "sales rose 5%, ",
        "5%, ",
        "12 ",
        "one ",
        "in July ",
        "sales and ",
        "was 5, 6 and 7 percent respectively, ",
        "x",
    ),
    "zh": (
        "5%、",
        "增长5%，",
        "5G基站达455万个，",
        "7月",
        "2022年",
        "分别为5%、6%、7%，",
        "工业增加值",
        "将",
        "一",
    ),
}


@pytest.mark.parametrize("language", PROSE)
def test_a_document_is_read_in_a_time_that_grows_with_its_length(language: str) -> None:
    """Though what is done with one sentence may grow with the square of its figures: it has a longest."""
    reader = Reader(vocabulary.load())

    def read(text: str) -> object:
        return reader.read(corpus.text_document(text, id="t", date="2023-07-25", language=language))

    read("5%")
    assert [unit for unit in PROSE[language] if grows_too_fast(read, unit, 6_000, 1)] == []


def test_no_name_is_looked_for_long() -> None:
    known = vocabulary.load()
    start = time.process_time()
    for name in ("a " * 149, "5g" * 149, "base stations " * 20, "工业增加值" * 59, "\u0130" * 299, "-" * 299):
        names.search(name, known, {})
    assert time.process_time() - start < 5
