"""What a number and its period may be, before any weights speak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from miit_cli.corpus import text_document
from miit_cli.reading import numbers
from miit_cli.reading.features import Block, names
from miit_cli.reading.items import asides_of, items_of
from miit_cli.reading.lexicon import build, fold
from miit_cli.reading.parsing import Parsed
from miit_cli.reading.ranking import Candidate
from miit_cli.reading.reader import Reader
from miit_cli.reading.screening import Screen
from miit_cli.vocabulary import load

PHRASE = "every 10,000 people"


class Asked:
    """A chooser that takes the indicator wanted, and keeps what there was to choose from.

    Of several that are wanted each number has the one at its place in the sentence, those behind the last.
    """

    def __init__(self, *wanted: str) -> None:
        self.wanted = wanted
        self.links: list[set[object]] = []
        self.features: list[set[str]] = []  # of all that may be linked, of each number
        self.of: list[dict[str, set[str]]] = []  # of each indicator, of each number
        self.periods: list[set[object]] = []

    def __call__(
        self,
        question: str,
        parsed: Parsed,
        number: int,
        candidates: Sequence[Candidate],
        common: Sequence[Block | str],
    ) -> tuple[int, float]:
        keys = [candidate.key for candidate in candidates]
        if question == "link":
            self.links.append(set(keys))
            self.features.append({name for each in candidates for name in names(each.features)})
            self.of.append(
                {each.key[0]: set(names(each.features)) for each in candidates if isinstance(each.key, tuple)}
            )
            wanted = self.wanted[min(number, len(self.wanted) - 1)]
            return (keys.index((wanted,)) if (wanted,) in keys else 0), 1.0
        if question == "period":
            self.periods.append(set(keys))
        return 0, 1.0


def asked(text: str, language: str, date: str, *wanted: str) -> Asked:
    reader = Reader(load())
    reader.choose = found = Asked(*wanted)
    reader.read(text_document(text, id="note", date=date, language=language))
    return found


@pytest.mark.parametrize("text", [PHRASE, PHRASE.replace(",", "")])
def test_a_phrase_with_a_grouped_number_is_found_as_either_is_written(text: str) -> None:
    words = build("en", {})
    match = next(words.found(text, 0, len(text)), None)
    assert match is not None
    assert match[0] == text
    found = Screen(words, frozenset(["per-10000"])).phrases(text)
    assert found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("China's yards delivered 3.2 million dwt, 12 percent more, and booked 5.7 million.", "new-orders"),
        (
            "Shipyards finished 3.2 million dwt in May and held 130 million dwt on the last day.",
            "order-backlog",
        ),
    ],
)
def test_tonnage_may_go_on_without_its_unit(text: str, wanted: str) -> None:
    assert (f"shipbuilding-{wanted}",) in asked(text, "en", "2024-06-12", "").links[-1]


def test_a_row_of_numbers_may_have_a_quarter_each() -> None:
    text = "2024年，规模以上工业增加值一至四季度分别增长6.4%、6.2%、5.1%和5.6%。"
    document = text_document(text, id="note", date="2025-01-18", language="zh")
    ends = [("01", "03-31"), ("04", "06-30"), ("07", "09-30"), ("10", "12-31")]
    found = [(one.start, one.end) for one in Reader(load()).read(document).observations]
    assert found == [(f"2024-{first}-01", f"2024-{last}") for first, last in ends]


@pytest.mark.parametrize(
    ("text", "date", "wanted", "period"),
    [
        (
            "Industrial output grew 6.3 percent in the first three quarters. It had grown 6.6 percent in the "
            "first half and 6.8 percent in the same period of 2017.",
            "2018-10-20", "industrial-value-added-growth", ("2017-01-01", "2017-09-30"),
        ),
        (
            "5G base stations rose from 4.2 million at the end of 2024 to 4.4 million at the end of April.",
            "2025-06-08", "5g-base-stations", (None, "2025-04-30"),
        ),
        (
            "In 2021, NEV sales reached 3.52 million units, after 1.37 million the year before.",
            "2023-03-08", "nev-sales", ("2020-01-01", "2020-12-31"),
        ),
        (
            "In April 2023, industrial output grew 5.6 percent. It had grown 3.9 percent the month before.",
            "2023-06-20", "industrial-value-added-growth", ("2023-03-01", "2023-03-31"),
        ),
    ],
)  # fmt: skip
def test_what_stands_around_a_time_tells_what_it_may_mean(
    text: str, date: str, wanted: str, period: tuple[str | None, str]
) -> None:
    assert period in asked(text, "en", date, wanted).periods[-1]


def test_what_stands_in_brackets_is_aside() -> None:
    text = "Users (those on 4G and 5G) rose to 1.3 billion (of whom 4G: 0.9 billion)."
    items = items_of(fold(text), 0, build("en", {}), [], numbers.find("en", fold(text), 0))
    inside = [
        text[item.start : item.end]
        for item, aside in zip(items, asides_of(items), strict=True)
        if aside == 1 and item.kind not in ("open", "close")
    ]
    assert "".join(inside).replace(" ", "").startswith("thoseon4G")
    assert max(asides_of(items)) == 2


def test_a_label_before_a_colon_is_what_its_paragraph_is_about() -> None:
    text = "软件产品：1—6月，收入增长5.2%。利润增长8.5%。\n\n收入增长3%。"
    told = [{"lb=in", "lb=none"} & features for features in asked(text, "zh", "2016-07-28", "").features]
    assert told == [{"lb=in"}, {"lb=in"}, {"lb=none"}]


@pytest.mark.parametrize(
    ("text", "language", "slugs"),
    [
        (
            "The output of trams, solar dryers, new energy vehicles, integrated circuits and robots grew by "
            "1.1, 2.2, 33.3, 4.4 and 5.5 percent.",
            "en",
            {2: "nev-production", 3: "integrated-circuit-output", 4: "industrial-robots-output"},
        ),
        (
            "玩具、手机、集成电路产量分别增长1.1%、2.2%和3.3%。",
            "zh",
            {1: "mobile-phone-output", 2: "integrated-circuit-output"},
        ),
    ],
)
def test_in_a_list_each_has_the_number_at_its_place(
    text: str, language: str, slugs: Mapping[int, str]
) -> None:
    of = asked(text, language, "2023-10-20", "").of
    for number, slug in slugs.items():
        candidates = [features.get(f"{slug}-growth", set()) for features in of]
        aligned = [n for n, features in enumerate(candidates) if {"al=Y", "al=y"} & features]
        assert aligned == [number]


def test_large_numbers_share_the_unit_behind_them() -> None:
    text = "造船完工量、新接订单量和手持订单量分别为4232万、7120万和13939万载重吨。"
    slugs = ("shipbuilding-completions", "shipbuilding-new-orders", "shipbuilding-order-backlog")
    links = asked(text, "zh", "2024-01-20", "").links
    assert all((slug,) in found for slug, found in zip(slugs, links, strict=True))


@pytest.mark.parametrize(
    ("text", "language", "slug"),
    [
        ("Chip output rose 2 percent, and that of robots fell 6.", "en", "industrial-robots-output-growth"),
        ("汽车156.2万辆，下降11.2%。", "zh", "vehicle-production-growth"),
    ],
)
def test_what_goes_without_saying_is_possible(text: str, language: str, slug: str) -> None:
    """A percentage without its word behind another; a car among products is made."""
    assert (slug,) in asked(text, language, "2023-10-20", "").links[1]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("China's share of global manufacturing reached 30 percent.", "manufacturing-global-share"),
        ("5G users as a share of the population were 73.7 percent.", "5g-user-penetration"),
        ("The 5G share of mobile data traffic was 57.8 percent.", "5g-mobile-traffic-share"),
        ("软件出口256亿美元。", "software-exports"),
        ("8月芯片产量下跌24.7%。", "integrated-circuit-output-growth"),
        ("软件企业收入10.8万亿元。", "software-revenue"),
    ],
)
def test_words_of_its_own_make_an_indicator_possible(text: str, slug: str) -> None:
    assert (slug,) in asked(text, "en" if text.isascii() else "zh", "2024-01-20", "").links[-1]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("NEV output was 309,000 units and NEV sales were 321,000, both up 180 percent.", "en"),
        ("新能源汽车产量30.9万辆，新能源汽车销量32.1万辆，双双增长180%。", "zh"),
    ],
)
def test_one_growth_may_be_of_the_last_two_values(text: str, language: str) -> None:
    found = asked(text, language, "2021-09-10", "nev-production", "nev-sales")
    assert ("nev-production-growth", "nev-sales-growth") in found.links[2]


def test_the_noun_behind_brackets_is_that_of_the_number_before_them() -> None:
    text = "Of the 1.35 billion mobile users 849 million (62.9 percent) 4G users were counted."
    found = asked(text, "en", "2017-05-20", "mobile-subscribers")
    assert "s=A/0.0" in found.of[1]["4g-mobile-subscribers"]


@pytest.mark.parametrize(
    ("text", "date", "wanted", "period"),
    [
        (
            "The year-to-date decline of vehicle sales was 4.7 percent in October.",
            *("2020-12-15", "vehicle-sales-growth", ("2020-01-01", "2020-10-31")),
        ),
        (
            "In 2019 vehicle sales fell 8.2 percent. By the end of the year 130,000 5G base stations stood.",
            *("2022-04-12", "5g-base-stations", (None, "2019-12-31")),
        ),
        (
            "In the third quarter car sales rose 8 percent; in Q1 and Q2 they had risen 5 and 6 percent.",
            *("2020-12-15", "vehicle-sales-growth", ("2020-01-01", "2020-03-31")),
        ),
    ],
)
def test_a_period_is_possible_that_the_passage_tells(
    text: str, date: str, wanted: str, period: tuple[str | None, str]
) -> None:
    assert period in set().union(*asked(text, "en", date, wanted).periods)
