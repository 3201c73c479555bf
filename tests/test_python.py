"""The Python interface: typed answers, the tables of other libraries, true examples."""

from __future__ import annotations

import doctest
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import fake_corpus
import pandas as pd
import polars as pl
import pytest

import miit_cli
from miit_cli import interface
from miit_cli.models import FrozenModel
from miit_cli.queries.comparison import COLUMNS as COMPARISON_COLUMNS
from miit_cli.queries.series import COLUMNS as SERIES_COLUMNS

ROOT = Path(__file__).resolve().parent.parent
STATIONS, GROWTH, SALES = "5g-base-stations", "industrial-value-added-growth", "nev-sales"


@pytest.fixture
def corpus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> miit_cli.Corpus:
    return miit_cli.load(fake_corpus.use(monkeypatch, tmp_path))


# what it is


def test_all_is_exact() -> None:
    assert miit_cli.__all__ == sorted(miit_cli.__all__)
    assert all(getattr(miit_cli, name) is not None for name in miit_cli.__all__)
    assert set(miit_cli.__all__) <= set(dir(miit_cli))
    own = {
        name
        for name, value in vars(interface).items()
        if getattr(value, "__module__", "").startswith("miit_cli") and not name.startswith("_")
    }
    assert own - set(miit_cli.__all__) == {"Filters", "FrozenModel", "T"}
    with pytest.raises(AttributeError, match="module 'miit_cli' has no attribute 'lode'"):
        _ = miit_cli.lode  # type: ignore[attr-defined]


def test_importing_costs_nothing_until_it_is_used() -> None:
    program = (
        "import sys, miit_cli;"
        "print(*sorted(name for name in sys.modules if 'miit' in name or name in ('typing', 'pydantic')))"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", program],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.stdout, done.stderr) == ("miit_cli\n", "")


@pytest.mark.parametrize("module", [miit_cli, interface], ids=lambda module: module.__name__)
def test_the_examples_are_true(module: object) -> None:
    found = doctest.testmod(module)  # type: ignore[arg-type]
    assert found.attempted > 0
    assert found.failed == 0


def test_every_method_has_an_example_or_a_contract() -> None:
    for kind in (interface.Corpus, interface.Rows, interface.Series):
        for name, value in vars(kind).items():
            if callable(value) and not name.startswith("_"):
                assert value.__doc__, f"{kind.__name__}.{name}"


@pytest.mark.parametrize(
    ("model", "columns"),
    [(miit_cli.Point, SERIES_COLUMNS), (miit_cli.Comparison, COMPARISON_COLUMNS)],
    ids=["Point", "Comparison"],
)
def test_models_are_the_tables_of_the_queries(model: type[FrozenModel], columns: tuple[str, ...]) -> None:
    assert tuple(model.model_fields) == columns
    assert all(field.description for field in model.model_fields.values())


# answers


def test_records(corpus: miit_cli.Corpus) -> None:
    records = corpus.records(STATIONS)
    assert repr(records) == "<3 Record>"
    assert [(each.period, each.value, each.bound, each.status) for each in records] == [
        ("2023-02", Decimal(2384000), "exact", "actual"),
        ("2023-06", Decimal(2937000), "exact", "actual"),
        ("2025", Decimal(3600000), "lower", "target"),
    ]
    assert (records[0].end, records[0].start, records[0].published) == (
        date(2023, 2, 28),
        None,
        date(2023, 3, 1),
    )
    assert records[:2] == [records[0], records[1]]
    assert len(corpus.records()) == 9
    assert str(corpus.records(GROWTH, document="half")[0].value) == "3.60"


def test_filters_are_those_of_the_command_line(corpus: miit_cli.Corpus) -> None:
    counts = {
        "status": len(corpus.records(status="target")),
        "statuses": len(corpus.records(status=["target", "expected"])),
        "since": len(corpus.records(since="2023-H1")),
        "since day": len(corpus.records(since=date(2023, 3, 1))),
        "until": len(corpus.records(until="2022")),
        "document": len(corpus.records(document="notes")),
        "as of": len(corpus.records(as_of="2023-03-01")),
        "as of day": len(corpus.records(as_of=date(2023, 2, 28))),
    }
    assert counts == {
        "status": 1,
        "statuses": 2,
        "since": 6,
        "since day": 3,
        "until": 3,
        "document": 6,
        "as of": 6,
        "as of day": 0,
    }


def test_series(corpus: miit_cli.Corpus) -> None:
    series = corpus.series(STATIONS)
    assert (repr(series), series.indicator.label_zh) == ("<Series 5g-base-stations: 3 points>", "5G基站数")
    assert [(p.period, p.change, p.change_unit, p.change_percent, p.change_from) for p in series] == [
        ("2023-02", None, None, None, None),
        ("2023-06", Decimal(553000), "station", Decimal("23.2"), "2023-02"),
        ("2025", None, None, None, None),
    ]


def test_get(corpus: miit_cli.Corpus) -> None:
    assert corpus.get(STATIONS, "2023-06").document == "half-year"
    assert corpus.get(STATIONS, "notes").period == "2023-02"
    with pytest.raises(miit_cli.NothingToShow, match="no record for 2019; there is 2023-02, 2023-06, 2025"):
        corpus.get(STATIONS, "2019")
    with pytest.raises(miit_cli.UsageError, match="is no period"):
        corpus.get(STATIONS, "sometime")


def test_get_refuses_to_choose_between_documents() -> None:
    with pytest.raises(miit_cli.CheckFailed, match=r"reports disagree: 28 .* or 27\.7 "):
        miit_cli.load().get("manufacturing-gdp-share", "2022")


def test_compare(corpus: miit_cli.Corpus) -> None:
    [found] = corpus.compare("2023-02", "2023-06", STATIONS)
    assert (found.from_value, found.to_value, found.change_percent) == (
        Decimal(2384000),
        Decimal(2937000),
        Decimal("23.2"),
    )
    assert found.comparable is True
    every = corpus.compare("notes", "half-year", every=True)
    assert {each.indicator: each.comparable for each in every} == {STATIONS: True, GROWTH: True, SALES: None}


def test_names_are_those_of_the_command_line(corpus: miit_cli.Corpus) -> None:
    assert [corpus.indicator(name).slug for name in (STATIONS, "5G基站数", "5g base-stations")] == [
        STATIONS
    ] * 3
    with pytest.warns(UserWarning, match="'5g base statoins' is taken for 5g-base-stations"):
        corpus.records("5g base statoins")
    with pytest.raises(miit_cli.NothingToShow):
        corpus.indicator("happiness")


def test_documents(corpus: miit_cli.Corpus) -> None:
    assert corpus.documents() == ("notes", "half-year")
    document = corpus.document("half")
    assert (document.id, document.language, document.date) == ("half-year", "zh", date(2023, 7, 20))
    record = corpus.records(STATIONS, document="half-year")[0]
    sentence = document.sentences[record.sentence - 1]
    assert document.text[sentence.start : sentence.end] == record.quote
    assert repr(corpus) == "<Corpus: 2 documents, 9 records>"


def test_indicators_and_rejections(corpus: miit_cli.Corpus) -> None:
    assert {each.slug for each in corpus.indicators()} == {STATIONS, GROWTH, SALES}
    assert len(corpus.rejections("notes")) == 0


def test_rejections_say_why() -> None:
    assert {each.kind for each in miit_cli.load().rejections()} <= {
        "no indicator",
        "uncatalogued",
        "unattributed",
        "uncertain",
    }


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"status": "real"}, "status: 'real' is none of actual, expected, target"),
        ({"since": "long ago"}, "--since needs a period"),
        ({"as_of": "2023"}, "as_of needs a day"),
        ({"document": "x"}, "no document"),
    ],
)
def test_filters_that_are_wrong(corpus: miit_cli.Corpus, filters: dict[str, str], message: str) -> None:
    with pytest.raises(miit_cli.UsageError, match=message):
        corpus.records(**filters)  # type: ignore[arg-type]


def test_what_cannot_be_read_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(miit_cli.InputError, match="nowhere"):
        miit_cli.load(tmp_path / "nowhere")
    (tmp_path / "empty.md").write_text("")
    (tmp_path / "good.md").write_text("---\ndate: 2023-01-01\n---\nNothing was counted.\n")
    with pytest.warns(UserWarning, match="skipped"):
        assert miit_cli.load(tmp_path, skip_bad=True).documents() == ("good",)


def test_a_corpus_is_a_context(tmp_path: Path) -> None:
    with miit_cli.load(fake_corpus.write_corpus(tmp_path), cache=False) as corpus:
        assert len(corpus.documents()) == 2


# the tables of other libraries


def test_to_dict(corpus: miit_cli.Corpus) -> None:
    [row] = corpus.records(SALES, until="2022").to_dict()
    assert list(row) == list(miit_cli.Record.model_fields)
    assert (row["value"], row["start"], row["bound"]) == (Decimal(7000000), date(2022, 1, 1), "upper")


def test_to_pandas(corpus: miit_cli.Corpus) -> None:
    frame = corpus.records().to_pandas()
    assert list(frame.columns) == list(miit_cli.Record.model_fields)
    assert frame["value"].dtype == "float64"
    assert all(frame[name].dtype.kind == "M" for name in ("start", "end", "published"))
    growth = frame[frame["indicator"] == GROWTH].set_index("end")["value"]
    assert growth.loc["2023-06-30"] == 3.8
    assert frame["start"].isna().sum() == 3


def test_to_pandas_exactly(corpus: miit_cli.Corpus) -> None:
    frame = corpus.records(GROWTH).to_pandas(exact=True)
    assert sorted(map(str, frame["value"])) == ["2.4", "3.6", "3.60", "3.8"]


def test_to_polars(corpus: miit_cli.Corpus) -> None:
    frame = corpus.series(STATIONS).to_polars()
    assert dict(frame.schema)["value"] == dict(frame.schema)["change_percent"] == pl.Float64
    assert dict(frame.schema)["end"] == pl.Date
    assert frame["change_percent"].to_list() == [None, 23.2, None]
    exact = corpus.series(STATIONS).to_polars(exact=True)
    assert exact.schema["value"] == pl.Decimal(38, 6)
    assert exact["change_percent"].to_list() == [None, Decimal("23.2"), None]


@pytest.mark.parametrize("exact", [False, True])
def test_empty_tables_have_the_types_of_full_ones(corpus: miit_cli.Corpus, exact: bool) -> None:
    none, every = corpus.records(until="1999"), corpus.records()
    assert none.to_polars(exact=exact).schema == every.to_polars(exact=exact).schema
    assert none.to_dict() == []
    assert list(none.to_pandas(exact=exact).columns) == list(every.to_pandas(exact=exact).columns)


def test_comparisons_in_both_libraries(corpus: miit_cli.Corpus) -> None:
    found = corpus.compare("notes", "half-year", every=True)
    assert found.to_polars()["comparable"].to_list() == [True, True, None]
    assert pd.isna(found.to_pandas()["comparable"].iloc[2])


def test_the_page_of_the_documentation_is_true() -> None:
    found = doctest.testfile(
        str(ROOT / "docs" / "python.md"), module_relative=False, optionflags=doctest.ELLIPSIS
    )
    assert found.attempted > 10
    assert found.failed == 0


# a text of one's own


TEXT = "In 2022 sales of new energy vehicles exceeded 6.5 million. There are 12,500 harbor cranes."


def test_a_text_gives_the_records_that_a_document_gives(tmp_path: Path) -> None:
    (tmp_path / "text.md").write_text(f"---\ndate: 2023-01-19\n---\n{TEXT}\n", encoding="utf-8")
    with miit_cli.load(tmp_path) as corpus:
        exported = list(corpus.records())
        assert exported and list(corpus.read(TEXT, date="2023-01-19")) == exported
        assert list(corpus.rejections()) == list(corpus.read(TEXT, date="2023-01-19").rejections)
    assert list(miit_cli.read(TEXT, date=date(2023, 1, 19))) == exported


def test_a_text_is_read_in_the_language_that_is_said() -> None:
    assert (
        miit_cli.read("截至7月底，全国5G基站总数达196.8万个。", date="2022-08-19", language="zh")[0].value
        == 1968000
    )
    with pytest.raises(miit_cli.UsageError, match=r"^language: 'de' is none of en, zh"):
        miit_cli.read("x", date="2022-08-19", language="de")  # type: ignore[arg-type]
    with pytest.raises(miit_cli.UsageError, match=r"^date needs a day such as 2023-03-01, not 'soon'$"):
        miit_cli.read("x", date="soon")


def test_a_text_keeps_to_the_confidence_that_is_asked_for() -> None:
    sure = miit_cli.read(TEXT, date="2023-01-19", min_confidence=0)
    assert len(sure) >= 1
    none = miit_cli.read(TEXT, date="2023-01-19", min_confidence=1.01)
    assert (len(none), {each.kind for each in none.rejections}) == (
        0,
        {"uncertain", "uncatalogued", "no indicator"},
    )
