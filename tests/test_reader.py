"""What the reader tells beside records: its faults, and figures without a direction."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Answer

from miit_cli import corpus, vocabulary
from miit_cli.confidence import default_confidence
from miit_cli.reading import standing
from miit_cli.reading.calibration import LIKELY
from miit_cli.reading.reader import Reader, by_weights
from miit_cli.types import UNATTRIBUTED, UNCATALOGUED, UNCERTAIN, Observation, ParsedDocument

TEXT = "Industry did well. In June, industrial value added rose by 4.1% year on year."


def document(text: str = TEXT) -> ParsedDocument:
    return corpus.text_document(text, id="note", date="2025-07-20")


def test_a_fault_carries_the_number_of_its_sentence() -> None:
    def choose(*question: object) -> tuple[int, float]:
        raise KeyError("a fault")

    with pytest.raises(KeyError) as raised:
        Reader(vocabulary.load(), choose).read(document())
    assert raised.value.sentence == 2  # type: ignore[attr-defined]


def test_growth_of_unknown_direction_is_no_record() -> None:
    def choose(question: str, *rest: object) -> tuple[int, float]:
        if question == "sign":
            return [candidate.key for candidate in standing.SIGN_CANDIDATES].index(standing.UNKNOWN), 1.0
        return by_weights(question, *rest)  # type: ignore[arg-type]

    reading = Reader(vocabulary.load(), choose).read(document())
    [figure] = [figure for figure in reading.figures if figure.text == "4.1%"]
    assert reading.observations == ()
    assert (figure.kind, figure.reason) == (UNATTRIBUTED, "no word tells whether it rose or fell")
    assert figure.subject == "industrial-value-added-growth"


def test_what_has_no_direction_is_not_shown_as_growth(ask: Callable[..., Answer], tmp_path: Path) -> None:
    (tmp_path / "2024-07-20-note.md").write_text(
        "In June 2024, sales of new energy vehicles moved by 4.2 percent year on year.\n", "utf-8"
    )
    answer = ask("audit", "--all", "--corpus", str(tmp_path))
    [row] = [row for row in csv.DictReader(io.StringIO(answer.out)) if row["text"] == "4.2 percent"]
    assert row["class"] in (UNATTRIBUTED, UNCERTAIN, UNCATALOGUED)


def _read(text: str, date: str) -> tuple[Observation, ...]:
    language = "en" if text.isascii() else "zh"
    told = corpus.text_document(text, id="note", date=date, language=language)
    return Reader(vocabulary.load()).read(told).observations


def _told_of(text: str) -> list[str]:
    return [found.indicator for found in _read(text, "2024-07-16")]


@pytest.mark.parametrize(
    "text",
    [
        "Excluding cars, industrial output grew 5.2 percent in June.",
        "Excluding autos, equipment manufacturing value added grew 4.1 percent in the first half.",
        "剔除汽车后，6月份规模以上工业增加值增长4.9%。",
        "The ministry denied rumours that industrial profits fell 12 percent in May.",
        "网传5月工业利润下降12%，消息不实。",
    ],
)
def test_what_is_left_of_a_thing_and_what_is_only_said_are_no_records(text: str) -> None:
    assert _told_of(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Excluding price factors, industrial value added grew 5.2 percent in June.",
        "6月份，规模以上工业增加值扣除价格因素实际增长5.2%。",
        "Output of cars, excluding exports, was flat. Industrial value added grew 5.2 percent in June.",
    ],
)
def test_what_is_left_out_of_prices_or_elsewhere_changes_nothing(text: str) -> None:
    assert _told_of(text) == ["industrial-value-added-growth"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In the past five years China has built 5G base stations: they are 4.598 million.", "4598000"),
        ("In the past five years China's software revenue grew 4.5 percent.", ""),
    ],
)
def test_years_gone_by_date_what_stands_at_their_end_and_nothing_else(text: str, found: str) -> None:
    reading = Reader(vocabulary.load()).read(document(text))
    assert [str(one.value) for one in reading.observations] == [found] * bool(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The number of little giants rose from 12,000 to 14,600.", ["14600"]),
        ("小巨人企业从1.2万家增加到1.46万家。", ["14600"]),
        ("10月，规模以上工业增加值增速由6.2%回落至3.2%。", ["3.2"]),
        (
            "Industrial output growth slowed to 3.2 percent in October from 6.2 percent in September.",
            ["3.2", "6.2"],
        ),
    ],
)
def test_what_a_change_goes_from_is_of_another_time(text: str, found: list[str]) -> None:
    assert [str(one.value) for one in _read(text, "2024-12-01")] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Industrial output grew 4.5 percent in August, down from 5.1 percent in July.", [4.5, 5.1]),
        ("Vehicle sales dropped 5 percent in August, up from 7 percent in July.", [-5, -7]),
        ("Industrial output growth was down from 6.2 percent in June to 5.1 percent in July.", [6.2, 5.1]),
        ("Industrial profits fell 2.1 percent in August, down from a 1.1 percent rise in July.", [-2.1, 1.1]),
        ("我国汽车产量同比增长4.8%，增速较上月回落。", [4.8]),
    ],
)
def test_a_rate_that_moves_keeps_its_sign(text: str, found: list[float]) -> None:
    assert [float(one.value) for one in _read(text, "2024-09-11")] == found


@pytest.mark.parametrize(
    "text",
    [
        "Equipment manufacturing accounted for 36 percent of industrial profits in the first half.",
        "Manufacturing accounted for 43 percent of the growth of the economy in the first quarter.",
        "与2019年同期相比，7月规上工业增加值增长31%。",
        "过去五年，软件业务收入增长72%，利润总额增长57%。",
    ],
)
def test_what_is_no_share_of_output_and_no_growth_of_a_year_is_no_record(text: str) -> None:
    assert _read(text, "2024-09-11") == ()


def test_what_is_more_likely_wrong_is_no_record_and_is_told() -> None:
    def choose(question: str, *rest: object) -> tuple[int, float]:
        taken, sure = by_weights(question, *rest)  # type: ignore[arg-type]
        return taken, 0.01 if question == "link" else sure

    reading = Reader(vocabulary.load(), choose).read(document())
    [figure] = [figure for figure in reading.figures if figure.text == "4.1%"]
    assert reading.observations == ()
    assert (figure.kind, figure.reason) == (UNATTRIBUTED, "more likely not of this indicator")
    assert figure.indicator == "industrial-value-added-growth"
    assert figure.confidence is not None
    assert figure.confidence < LIKELY


@pytest.mark.parametrize(
    "text",
    [
        "The Action Plan (2021-2023) was issued today. China has built 916,000 5G base stations so far.",
        "《5G应用行动计划（2021—2023年）》印发。我国已建成5G基站91.6万个。",
    ],
)
def test_what_exists_is_not_of_the_end_of_a_plan(text: str) -> None:
    [one] = _read(text, "2021-07-13")
    assert one.status == "actual"
    assert one.end <= "2021-07-31"


@pytest.mark.parametrize(
    ("said", "value"),
    [("同比增幅均为1.7倍", "170"), ("同比增长1.7倍", "170"), ("是上年同期的1.7倍", "70")],
)
def test_how_many_times_more_or_as_much(said: str, value: str) -> None:
    text = f"1-11月，新能源汽车销量{said}。"
    note = corpus.text_document(text, id="note", date="2021-12-10", language="zh")
    assert [str(one.value) for one in Reader(vocabulary.load()).read(note).observations] == [value]


OWNED = """---
title: "{title}"
date: 2025-07-20
language: en
---
{lead} Industrial output was up 4.0 percent in June, mining 2.9 percent. In the first half, vehicle
production grew 5.3 percent, and exports of vehicles 7.1 percent.
"""


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("India: output grows more slowly", "The statistics office published its figures on Monday."),
        ("Output grows more slowly", "Mexican factories had a better month, the statistics office said."),
        ("Zhejiang's first half", "The provincial bureau published its figures on Monday."),
    ],
)
def test_what_a_report_tells_is_of_whom_it_begins_with(title: str, lead: str) -> None:
    reader = Reader(vocabulary.load())

    def shown(title: str, lead: str) -> int:
        text = OWNED.format(title=title, lead=lead)
        page = corpus.parse_document(Path("2025-07-20-note.md"), text.encode())
        return sum(one.confidence >= default_confidence() for one in reader.read(page).observations)

    assert shown(title, lead) == 0
    assert shown("China's first half", "The National Bureau of Statistics published its figures.") >= 4


@pytest.mark.parametrize(
    ("heading", "few"), [("广东：规上工业增速回升", True), ("全国：规上工业增速回升", False)]
)
def test_what_stands_below_a_heading_is_of_whom_it_names(heading: str, few: bool) -> None:
    text = f"## {heading}\n\n1—7月，规模以上工业增加值同比增长5.8%，高技术制造业增加值增长14%。\n"
    page = corpus.parse_document(Path("2024-08-15-note.md"), text.encode())
    found = Reader(vocabulary.load()).read(page).observations
    shown = [one for one in found if one.confidence >= default_confidence()]
    assert bool(shown) != few
