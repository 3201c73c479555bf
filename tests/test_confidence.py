"""How sure the reader was travels from the record to every output, and filters what is shown."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Answer
from fake_corpus import FixedReader, use
from index_reader import FakeReader, FakeVocabulary, write

from miit_cli import index, types
from miit_cli.confidence import default_confidence
from miit_cli.types import Figure, Observation, ParsedDocument, ReadingResult

Ask = Callable[..., Answer]
STATIONS, GROWTH, SALES = "5g-base-stations", "industrial-value-added-growth", "nev-sales"
SURENESS = {"2.384 million": 0.88, "293.7万": 0.31, "593,000": 0.9, "nearly 7 million": 0.02}


class DoubtfulReader(FixedReader):
    """Reads what FixedReader reads, some of it not surely."""

    def read(self, document: ParsedDocument) -> ReadingResult:
        """The records with a confidence each, and the figures."""
        found = tuple(
            record._replace(confidence=SURENESS.get(record.surface, 1.0))
            for record in super().read(document).observations
        )
        return ReadingResult(found, tuple(map(_figure, found)))


def _figure(record: Observation) -> Figure:
    return Figure(
        *(record.document, record.sentence, record.span_start, record.span_end, record.surface),
        *("recorded", record.indicator),
        indicator=record.indicator,
        confidence=record.confidence,
    )


@pytest.fixture
def doubtful(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Let every command ask documents that are not read surely."""
    return use(monkeypatch, tmp_path, DoubtfulReader)


def rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.out)))


def test_the_default_is_a_probability_of_the_data() -> None:
    assert 0 < default_confidence() < types.SURE


# what is shown


@pytest.mark.usefixtures("doubtful")
@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), ["0.88", "1.0"]),
        (("--min-confidence", "0"), ["0.88", "0.31", "1.0"]),
        (("--min-confidence", "0.31"), ["0.88", "0.31", "1.0"]),
        (("--min-confidence", "0.89"), ["1.0"]),
        (("--min-confidence", "1"), ["1.0"]),
    ],
)
def test_only_records_of_enough_confidence_are_shown(
    ask: Ask, options: tuple[str, ...], told: list[str]
) -> None:
    for command in ("show", "export"):
        assert [row["confidence"] for row in rows(ask(command, STATIONS, *options))] == told


@pytest.mark.usefixtures("doubtful")
def test_every_command_counts_the_same_records(ask: Ask) -> None:
    for least, stations, notes in (("0.5", "2", "5"), ("0", "3", "6")):
        asked = ("--min-confidence", least)
        assert {row["indicator"]: row["records"] for row in rows(ask("list", *asked))}[STATIONS] == stations
        assert {row["document"]: row["records"] for row in rows(ask("docs", *asked))}["notes"] == notes
        assert {row["indicator"]: row["records"] for row in rows(ask("search", "5G", *asked))}[
            STATIONS
        ] == stations
    assert ask("get", STATIONS, "2023-06").code == 1
    assert ask("get", STATIONS, "2023-06", "--min-confidence", "0").out == "2937000\n"
    assert ask("show", SALES, "--min-confidence", "0.95").code == 1


@pytest.mark.parametrize("typed", ["1.1", "-0.1", "sure", "nan", ""])
def test_a_confidence_is_a_probability(ask: Ask, typed: str) -> None:
    answer = ask("show", STATIONS, f"--min-confidence={typed}")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"miit: --min-confidence: {typed!r} is no probability; give a number from 0 to 1\n"


@pytest.mark.usefixtures("doubtful")
def test_a_value_that_is_not_sure_is_marked_on_a_terminal(ask: Ask) -> None:
    shown = ask("show", STATIONS, "-f", "table", "--min-confidence", "0").out
    assert "2,384,000?" in shown and "2,937,000?" in shown
    assert "3,600,000?" not in shown
    assert shown.splitlines()[-1].endswith("…? read with a confidence below 0.9")
    assert "?" not in ask("show", SALES, "-f", "table").out, "0.9 is sure enough"
    assert "2,384,000?" in ask("list", "-f", "table", "--until", "2023-02").out
    assert "2,384,000?" in ask("table", STATIONS, "-f", "table").out
    difference = ask("diff", "2023-02", "2023-06", STATIONS, "--min-confidence", "0", "-f", "table").out
    assert "2,384,000?" in difference and "2,937,000?" in difference
    assert "2,384,000?" in ask("targets", "-f", "table").out


@pytest.mark.usefixtures("doubtful")
def test_a_bare_value_that_is_not_sure_is_said_to_be(ask: Ask) -> None:
    assert ask("get", STATIONS, "2023-02") == (0, "2384000\n", "miit: read with a confidence of 0.88\n")
    assert rows(ask("table", STATIONS))[0]["2023-02"] == "2384000"
    assert json.loads(ask("table", STATIONS, "-f", "json").out)[0]["2023-02"] == 2384000
    assert ask("plot", STATIONS).err == f"miit: read with a confidence below 0.9: {STATIONS} 2023-02\n"


# every format


@pytest.mark.usefixtures("doubtful")
def test_every_format_has_it(ask: Ask, tmp_path: Path) -> None:
    asked = ("export", STATIONS, "--min-confidence", "0")
    told = [0.88, 0.31, 1.0]
    assert [row["confidence"] for row in json.loads(ask(*asked, "-f", "json").out)] == told
    assert [json.loads(line)["confidence"] for line in ask(*asked, "-f", "ndjson").out.splitlines()] == told
    assert [float(row["CONFIDENCE"]) for row in rows(ask(*asked, "-f", "sdmx-csv"))] == told
    database, package = tmp_path / "all.db", tmp_path / "package"
    assert ask(*asked, "-o", str(database)).code == 0
    stored = sqlite3.connect(database).execute("SELECT confidence FROM records ORDER BY id").fetchall()
    assert [value for (value,) in stored] == told
    assert ask(*asked, "-f", "datapackage", "--license", "MIT", "-o", str(package)).code == 0
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    [records] = [each for each in descriptor["resources"] if each["name"] == "records"]
    assert {field["name"]: field["type"] for field in records["schema"]["fields"]}["confidence"] == "number"
    with (package / "records.csv").open(encoding="utf-8", newline="") as file:
        assert [float(row["confidence"]) for row in csv.DictReader(file)] == told


def test_parquet_has_it_as_a_number(doubtful: Path, ask: Ask, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert ask("export", STATIONS, "-o", str(tmp_path / "all.parquet")).code == 0
    assert parquet.read_table(tmp_path / "all.parquet")["confidence"].to_pylist() == [0.88, 1.0]


def test_python_has_it(doubtful: Path) -> None:
    import miit_cli

    with miit_cli.load(doubtful) as corpus:
        assert [record.confidence for record in corpus.records(STATIONS)] == [0.88, 1.0]
        assert [record.confidence for record in corpus.records(STATIONS, min_confidence=0)] == [
            0.88,
            0.31,
            1.0,
        ]
        assert {(each.kind, each.indicator, each.confidence) for each in corpus.rejections()} == {
            ("uncertain", STATIONS, 0.31),
            ("uncertain", SALES, 0.02),
        }


# audit and check


@pytest.mark.usefixtures("doubtful")
def test_what_is_not_sure_is_uncertain_in_the_audit(ask: Ask) -> None:
    def uncertain(*options: str) -> list[tuple[str, ...]]:
        found = rows(ask("audit", "--all", *options))
        return [
            (row["text"], row["reason"], row["indicator"], row["confidence"])
            for row in found
            if row["class"] == "uncertain"
        ]

    doubt = "not read surely enough"
    assert uncertain() == [("nearly 7 million", doubt, SALES, "0.02"), ("293.7万", doubt, STATIONS, "0.31")]
    assert uncertain("--min-confidence", "0.31") == uncertain()[:1]
    assert not uncertain("--min-confidence", "0")
    assert {row["class"]: row["numerals"] for row in rows(ask("audit"))}["uncertain"] == "2"
    assert "[unsure 293.7万]" in ask("docs", "half-year").out


def test_what_may_be_recorded_is_recorded_when_it_is_asked_for() -> None:
    unsure = Figure(
        *("d", 1, 0, 2, "12", types.UNCERTAIN, types.NOT_SURE), indicator=STATIONS, confidence=0.4
    )
    assert types.judged(unsure, 0.5) == unsure
    assert types.judged(unsure, 0.4)[5:7] == (types.RECORDED, STATIONS)
    other = Figure("d", 1, 0, 2, "12", types.NO_INDICATOR, "a date", confidence=0.1)
    assert types.judged(other, 0.5) == other


def test_a_text_that_is_not_read_surely_is_never_supported(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    from miit_cli.reading.reader import Reader as Real

    read = Real.read

    def doubtfully(self: Real, document: ParsedDocument) -> ReadingResult:
        found = read(self, document)
        return found._replace(observations=tuple(o._replace(confidence=0.2) for o in found.observations))

    text = "At the end of June 2025, China had 4.55 million 5G base stations."
    asked = ("check", text, "--date", "2025-07-30")
    assert (ask(*asked).code, rows(ask(*asked))[0]["verdict"]) == (0, "supported")
    monkeypatch.setattr(Real, "read", doubtfully)
    assert (ask(*asked).code, rows(ask(*asked))[0]["verdict"]) == (1, "unsure")
    sure = ask(*asked, "--min-confidence", "0.2")
    assert (sure.code, rows(sure)[0]["verdict"], rows(sure)[0]["confidence"]) == (0, "supported", "0.2")


def test_the_audit_explains_what_the_reader_weighed(ask: Ask) -> None:
    [record] = [
        row for row in rows(ask("export", STATIONS)) if row["document"] == "2022-08-19-teleconference"
    ]
    weighed = rows(ask("audit", "--explain", f"2022:{record['sentence']}"))
    assert list(weighed[0]) == ["figure", "candidate", "probability", "feature", "weight"]
    odds = {
        row["candidate"]: float(row["probability"]) for row in weighed if row["figure"] == "1.968 million"
    }
    assert {name.partition(": ")[0] for name in odds} >= {"link", "status", "confidence"}
    assert odds[f"confidence: {STATIONS}"] == float(record["confidence"])
    assert max(odds.values()) <= 1
    assert all(float(row["weight"]) for row in weighed)


def test_a_sentence_without_figures_has_nothing_to_explain(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "2024-07-20-note.md").write_text("Industry did well.\n", "utf-8")
    answer = ask("audit", "--explain", "2024-07-20-note:1", "--corpus", str(tmp_path))
    assert (answer.code, rows(answer)) == (1, [])
    assert answer.err == "miit: 2024-07-20-note:1 has no figure outside a table; give another sentence\n"


@pytest.mark.parametrize("place", ["2022", "2022:", ":3", "2022:x", "2022:0", "2022:999", "2021:1"])
def test_a_place_to_explain_is_a_sentence_of_a_document(ask: Ask, place: str) -> None:
    answer = ask("audit", "--explain", place)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert place.split(":", maxsplit=1)[0] in answer.err


# the index


def test_the_index_keeps_all_records(tmp_path: Path) -> None:
    write(tmp_path, "a", "The yards sent off 7 ships.", "Trams came to perhaps 7 or 12.")
    write(tmp_path, "b", "The yards sent off perhaps 7 ships.")
    for cache in (True, False, True):
        with index.open_store([str(tmp_path)], FakeVocabulary(), make=FakeReader, cache=cache) as store:
            assert [o.confidence for o in store.observations(min_confidence=0)].count(0.4) == 3
            assert [o.confidence for o in store.observations()] == [1.0]
            assert sum(store.counts(min_confidence=0).values()) == 4
            assert sum(store.counts(min_confidence=0, document="a").values()) == 3
            assert sum(store.counts().values()) == 1
            assert [o.confidence for o in store.distinct_observations()] == [1.0]
            assert {o.document for o in store.distinct_observations(min_confidence=0)} == {"a", "b"}
            assert {each.id: each.records for each in store.documents()} == {"a": 1, "b": 0}
            assert {each.id: each.records for each in store.documents(0)} == {"a": 3, "b": 1}
    write(tmp_path, "a", "The yards sent off perhaps 7 ships.")
    with index.open_store([str(tmp_path)], FakeVocabulary(), make=FakeReader) as store:
        assert not store.counts()
        assert sum(store.counts(min_confidence=0.4).values()) == 2
