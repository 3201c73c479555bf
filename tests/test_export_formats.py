"""Exports, read back with the programs of others: what they find is what the records say."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import fake_corpus
import frictionless
import pyarrow as pa
import pyarrow.parquet as pq
import pysdmx.io
import pytest
import sdmx as sdmx1
import sqlite_utils
from conftest import Answer
from pysdmx.io.pd import PandasDataset
from pysdmx.model import Codelist, DataStructureDefinition
from pysdmx.model.dataflow import Schema
from sdmx.model import common as sdmx_common
from sdmx.model import v30 as sdmx_model

from miit_cli.commands.export import Export
from miit_cli.queries import sdmx
from miit_cli.queries.records import RECORD_COLUMNS
from miit_cli.table import Table
from miit_cli.types import Observation

Ask = Callable[..., Answer]

STATIONS, GROWTH, SALES = "5g-base-stations", "industrial-value-added-growth", "nev-sales"


@pytest.fixture
def corpus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    return fake_corpus.use(monkeypatch, tmp_path)


@pytest.fixture
def written(ask: Ask, corpus: Path, tmp_path: Path) -> Callable[..., Path]:
    """Export to a file, and nothing else happens."""

    def written(name: str, *arguments: str) -> Path:
        path = tmp_path / name
        assert ask("export", "-o", str(path), *arguments) == (0, "", "")
        assert not list(tmp_path.glob(".miit-*")), "something is left over"
        return path

    return written


def exported(ask: Ask) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ask("export", "-f", "csv").out, newline="")))


# sqlite, with sqlite-utils


def test_sqlite_has_its_tables_with_their_rows(written: Callable[..., Path]) -> None:
    database = sqlite_utils.Database(written("corpus.db"))
    assert {name: database[name].count for name in ("documents", "sentences", "indicators", "records")} == {
        "documents": 2,
        "sentences": 6,
        "indicators": 3,
        "records": 9,
    }
    assert database["documents"].pks == ["document"]
    assert database["sentences"].pks == ["document", "sentence"]
    assert [
        (key.column, key.other_table, key.other_column) for key in database["sentences"].foreign_keys
    ] == [("document", "documents", "document")]


def test_sqlite_keys_hold(written: Callable[..., Path]) -> None:
    connection = sqlite3.connect(written("corpus.db"))
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    referred = {row[2] for row in connection.execute("PRAGMA foreign_key_list(records)")}
    assert referred == {"documents", "indicators", "sentences"}
    joined = (
        "SELECT substr(text, 1, 12) FROM sentences JOIN records USING (document, sentence) WHERE stated = ?"
    )
    assert connection.execute(joined, ("2937000",)).fetchall() == [("截至6月底，5G基站达到",)]


def test_sqlite_view_is_the_export(written: Callable[..., Path], ask: Ask) -> None:
    database = sqlite_utils.Database(written("corpus.db"))
    columns = ", ".join("stated AS value" if name == "value" else f'"{name}"' for name in RECORD_COLUMNS)
    found = database.query(f"SELECT {columns} FROM quoted_records")
    rows = [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in found]
    assert rows == exported(ask)


def test_sqlite_quotes_a_row_of_a_table_with_its_header(ask: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    rows = "| Indicator | 2022 |\n|---|---|\n| 5G base stations (million) | 2.31 |\n"
    (folder / "2023-01-20.md").write_text(f"Key figures\n\n{rows}", "utf-8")
    path = tmp_path / "tables.db"
    assert ask("export", "--corpus", str(folder), "-o", str(path)) == (0, "", "")
    [(quote,)] = sqlite3.connect(path).execute("SELECT quote FROM quoted_records").fetchall()
    assert quote == "| Indicator | 2022 | | 5G base stations (million) | 2.31 |"


def test_sqlite_sorts_numbers_and_keeps_what_was_stated(written: Callable[..., Path]) -> None:
    connection = sqlite3.connect(written("corpus.db"))
    rows = connection.execute(
        "SELECT value, typeof(value), stated FROM records WHERE indicator = ? ORDER BY value, id", (GROWTH,)
    ).fetchall()
    assert rows == [(2.4, "real", "2.4"), (3.6, "real", "3.6"), (3.6, "real", "3.60"), (3.8, "real", "3.8")]
    assert connection.execute("SELECT max(value), typeof(value) FROM records").fetchone() == (
        7000000,
        "integer",
    )


def test_sqlite_finds_chinese_and_english_words(written: Callable[..., Path]) -> None:
    sentences = sqlite_utils.Database(written("corpus.db"))["sentences"]
    assert sentences.detect_fts() == "sentences_fts"
    found = {query: [row["document"] for row in sentences.search(query)] for query in ("增加值", "energy")}
    assert found == {"增加值": ["half-year"], "energy": ["notes"]}


def test_sqlite_in_english_finds_short_words(written: Callable[..., Path]) -> None:
    sentences = sqlite_utils.Database(written("corpus.db", "--document", "notes"))["sentences"]
    assert [row["sentence"] for row in sentences.search("5G")] == [2]
    assert [row["sentence"] for row in sentences.search("Networks")] == [1]


def test_sqlite_obeys_the_filters(written: Callable[..., Path]) -> None:
    database = sqlite_utils.Database(written("corpus.sqlite", STATIONS, "--as-of", "2023-03-01"))
    assert [row["document"] for row in database["documents"].rows] == ["notes"]
    assert [row["stated"] for row in database["records"].rows] == ["2384000", "3600000"]
    assert [row["records"] for row in database["indicators"].rows] == [2]


# parquet, with pyarrow and duckdb


def test_parquet_is_typed(written: Callable[..., Path]) -> None:
    schema = pq.read_schema(written("records.parquet"))
    assert schema.names[:8] == ["indicator", "period", "value", "unit", "bound", "status", "start", "end"]
    types = {
        name: schema.field(name).type for name in ("value", "start", "end", "published", "sentence", "quote")
    }
    assert types == {
        "value": pa.decimal128(38, 6),
        "start": pa.date32(),
        "end": pa.date32(),
        "published": pa.date32(),
        "sentence": pa.int32(),
        "quote": pa.string(),
    }
    assert [field.name for field in schema if field.nullable] == ["start"]
    assert schema.field("bound").metadata[b"description"].startswith(b"How the source hedges")


def test_parquet_in_duckdb_is_the_export(written: Callable[..., Path], ask: Ask) -> None:
    path = written("records.parquet")
    found = duckdb.sql(f"SELECT * FROM '{path}'")
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    expected = [
        {
            **row,
            "value": Decimal(row["value"]),
            "sentence": int(row["sentence"]),
            "confidence": float(row["confidence"]),
            **{
                name: date.fromisoformat(row[name]) if row[name] else None
                for name in ("start", "end", "published")
            },
        }
        for row in exported(ask)
    ]
    assert rows == expected
    total = duckdb.sql(f"SELECT sum(value) FROM '{path}' WHERE unit = 'percent'").fetchall()
    assert total == [(Decimal("13.4"),)]


@pytest.mark.parametrize(
    ("values", "type_"),
    [
        (["1", "2.5"], pa.decimal128(38, 6)),
        (["0.12345678"], pa.decimal128(38, 8)),
        (["1E+35", "7"], pa.decimal128(38, 2)),
        (["1E+35", "0.125"], pa.decimal256(76, 3)),
    ],
)
def test_parquet_holds_every_decimal(tmp_path: Path, values: list[str], type_: pa.DataType) -> None:
    from miit_cli.output import parquet

    path = str(tmp_path / "values.parquet")
    parquet.write(Table(("value",), [(Decimal(value),) for value in values]), path, {})
    column = pq.read_table(path).column("value")
    assert column.type == type_
    assert column.to_pylist() == [Decimal(value) for value in values]


# sdmx-csv, with pysdmx and sdmx1


def test_sdmx_in_pysdmx_has_all_observations(written: Callable[..., Path], ask: Ask) -> None:
    path = written("records.csv", "-f", "sdmx-csv")
    [dataset] = pysdmx.io.read_sdmx(str(path), validate=False).data
    assert dataset.short_urn == "Dataflow=MIIT:INDICATORS(1.1.0)"
    told = exported(ask)
    assert [Decimal(str(value)) for value in dataset.data["OBS_VALUE"]] == [
        Decimal(row["value"]) for row in told
    ]
    assert list(dataset.data["INDICATOR"]) == [row["indicator"] for row in told]
    keys = dataset.data[[*sdmx.DIMENSIONS]]
    assert not keys.duplicated().any()


@pytest.fixture
def structured(ask: Ask, tmp_path: Path) -> Path:
    """The structure message, in a file."""
    path = tmp_path / "structure.json"
    assert ask("schema", "--sdmx", "-o", str(path)) == (0, "", "")
    return path


def test_the_structure_message_is_valid_and_names_all_columns(structured: Path) -> None:
    message = pysdmx.io.read_sdmx(structured, validate=True)
    kinds = {type(each).__name__: each for each in message.structures or () if not isinstance(each, Codelist)}
    assert set(kinds) == {"AgencyScheme", "ConceptScheme", "DataStructureDefinition", "Dataflow"}
    components = kinds["DataStructureDefinition"].components
    assert [each.id for each in components.dimensions] == [*sdmx.DIMENSIONS]
    assert [each.id for each in components.measures] == [*sdmx.MEASURES]
    assert [each.id for each in components.attributes] == [*sdmx.ATTRIBUTES]
    assert {each.id for each in kinds["ConceptScheme"].items} == {each.id for each in components}


def invalid(dataset: PandasDataset) -> list[str]:
    """What in the data is not as its structure says."""
    found = []
    for component in dataset.structure.components:
        column = dataset.data[component.id]
        values = column[column.notna() & (column.astype(str) != "")]
        if component.required and len(values) < len(column):
            found.append(f"{component.id}: a value is missing")
        if component.enumeration and (unknown := set(values) - {code.id for code in component.enumeration}):
            found.append(f"{component.id}: {sorted(unknown)}")
        limits = component.facets
        if limits and limits.min_value is not None and (values < limits.min_value).any():
            found.append(f"{component.id}: less than {limits.min_value}")
        if limits and limits.max_value is not None and (values > limits.max_value).any():
            found.append(f"{component.id}: more than {limits.max_value}")
    return found


def test_the_export_is_as_its_structure_says(written: Callable[..., Path], structured: Path) -> None:
    path = written("records.csv", "-f", "sdmx-csv")
    [dataset] = pysdmx.io.get_datasets(path, structured, validate=True)
    assert isinstance(dataset.structure, Schema) and len(dataset.data) == 9
    assert invalid(dataset) == []
    types = {name: str(kind) for name, kind in dataset.data.dtypes.items()}
    assert types["OBS_VALUE"] == types["CONFIDENCE"] == "double[pyarrow]"
    assert types["PERIOD_END"] == types["PUBLISHED"] == "date32[day][pyarrow]"

    spoilt = path.read_text(encoding="utf-8").replace(",lower,", ",hardly,").replace("nev-sales", "nev-sails")
    path.write_text(spoilt, encoding="utf-8")
    [dataset] = pysdmx.io.get_datasets(path, structured, validate=True)
    assert invalid(dataset) == ["INDICATOR: ['nev-sails']", "BOUND: ['hardly']"]


def test_the_whole_bundled_corpus_is_as_the_structure_says(
    ask: Ask, structured: Path, tmp_path: Path
) -> None:
    path = tmp_path / "records.csv"
    ask("export", "-f", "sdmx-csv", "-o", str(path), "--min-confidence", "0")
    [dataset] = pysdmx.io.get_datasets(path, structured, validate=True)
    assert len(dataset.data) > 50 and invalid(dataset) == []


MINE = """
[[indicator]]
slug = "crude-steel-output"
label = "Output of crude steel"
label_zh = "粗钢产量"
unit = "ton"
measure = "level"
nature = "flow"
"""


def test_ones_own_indicators_are_in_the_code_lists(ask: Ask, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(MINE, encoding="utf-8")
    answer = ask("schema", "--sdmx", "--vocabulary", str(mine))
    lists = {each["id"]: each["codes"] for each in json.loads(answer.out)["data"]["codelists"]}
    named = {"id": "crude-steel-output", "name": "Output of crude steel"}
    assert {**named, "names": {"en": named["name"], "zh": "粗钢产量"}} in lists["CL_INDICATOR"]
    assert len(lists["CL_INDICATOR"]) > 100


def structure(path: Path) -> sdmx_model.DataStructureDefinition:
    """The data structure of a message in classes of sdmx1, which reads no such message itself."""
    [told] = (
        each
        for each in pysdmx.io.read_sdmx(path).structures or ()
        if isinstance(each, DataStructureDefinition)
    )
    made = sdmx_model.DataStructureDefinition(id=told.id, version=told.version)
    made.maintainer = sdmx_common.Agency(id="MIIT")
    for each in told.components.dimensions:
        kind = sdmx_common.TimeDimension if each.id == "TIME_PERIOD" else sdmx_common.Dimension
        made.dimensions.append(kind(id=each.id))
    made.measures.extend(sdmx_model.Measure(id=each.id) for each in told.components.measures)
    for each in told.components.attributes:
        attribute = sdmx_common.DataAttribute(id=each.id)
        attribute.related_to = sdmx_model.ObservationRelationship()
        made.attributes.append(attribute)
    return made


def test_sdmx_in_sdmx1_has_all_observations(written: Callable[..., Path], structured: Path, ask: Ask) -> None:
    path = written("records.csv", "-f", "sdmx-csv")
    message = sdmx1.read_sdmx(path, structure=structure(structured))
    [dataset] = message.data
    told = exported(ask)
    assert len(dataset) == len(told)
    found = {
        (
            str(each.dimension["INDICATOR"].value),
            str(each.dimension["TIME_PERIOD"].value),
            str(each.dimension["REPORT"].value),
        ): (str(each.value), str(each.attached_attribute["BOUND"].value))
        for each in dataset.obs
    }
    assert found[STATIONS, "2025", "notes"] == ("3600000", "lower")
    assert found[SALES, "2023-01-01/P2M", "notes"] == ("593000", "exact")
    assert found[GROWTH, "2023-S1", "half-year"] == ("3.8", "exact")


def observation(start: str | None, end: str, **told: object) -> Observation:
    made = Observation(
        *("x", Decimal(1), "yuan", "exact", "actual", start, end, "stated", "level", "flow"),
        *("doc", "2023-03-01", 1, "q", 0, 1, "1"),
    )
    return made._replace(**told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2022-01-01", "2022-12-31", ("A", "2022")),
        (None, "2022-12-31", ("A", "2022")),
        ("2022-01-01", "2022-06-30", ("S", "2022-S1")),
        ("2022-07-01", "2022-09-30", ("Q", "2022-Q3")),
        ("2022-07-01", "2022-07-31", ("M", "2022-07")),
        (None, "2022-07-31", ("M", "2022-07")),
        (None, "2023-03-01", ("D", "2023-03-01")),
        ("2022-01-01", "2022-07-31", ("_O", "2022-01-01/P7M")),
        ("2021-01-01", "2022-12-31", ("_O", "2021-01-01/P24M")),
        ("2022-02-01", "2022-02-10", ("_O", "2022-02-01/P10D")),
    ],
)
def test_sdmx_periods(start: str | None, end: str, expected: tuple[str, str]) -> None:
    assert sdmx.time_period(observation(start, end)) == expected


def test_sdmx_status_and_collection() -> None:
    assert [
        sdmx.observation_status(observation("2022-01-01", "2022-12-31", status=status, published=published))
        for status, published in [
            ("actual", "2023-01-01"),
            ("expected", "2022-12-20"),
            ("expected", "2023-01-11"),
            ("target", "2022-01-01"),
        ]
    ] == ["A", "F", "E", "F"]
    assert [
        sdmx.collection(observation(start, "2022-12-31", measure=measure, nature=nature))
        for start, measure, nature in [
            ("2022-01-01", "level", "flow"),
            ("2022-01-01", "growth", "flow"),
            (None, "level", "stock"),
            (None, "level", "flow"),
        ]
    ] == ["S", "V", "E", "U"]


def test_sdmx_keys_stay_apart_when_a_document_contradicts_itself() -> None:
    twice = sdmx.sdmx([observation(None, "2022-12-31"), observation(None, "2022-12-31", value=Decimal(2))])
    assert twice.column("ITEM") == [1, 2]


# data package, with frictionless


def validated(path: Path) -> None:
    report = frictionless.Package(str(path)).validate()
    assert report.valid, report.flatten(["type", "message"])
    assert [task.stats["rows"] for task in report.tasks] == [9, 2, 3]


def test_datapackage_in_frictionless(ask: Ask, corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "package"
    assert ask("export", "-f", "datapackage", "-o", str(path), "--license", "CC-BY-4.0") == (0, "", "")
    assert sorted(file.name for file in path.iterdir()) == [
        "datapackage.json",
        "documents.csv",
        "indicators.csv",
        "records.csv",
    ]
    validated(path / "datapackage.json")
    assert (path / "records.csv").read_text("utf-8") == ask("export", "-f", "csv").out
    rows = frictionless.Package(str(path / "datapackage.json")).get_resource("records").read_rows()
    assert (rows[0]["value"], rows[0]["start"], rows[0]["end"]) == (Decimal(2384000), None, date(2023, 2, 28))
    descriptor = json.loads((path / "datapackage.json").read_text("utf-8"))
    assert descriptor["licenses"] == [{"name": "CC-BY-4.0"}]
    assert descriptor["sources"][0] == {
        "title": 'Notes on "new" networks & industry',
        "version": "2023-03-01",
        "path": "https://example.org/notes/1?a=b&c=d",
    }


def test_frictionless_program_says_valid(written: Callable[..., Path]) -> None:
    path = written("package", "-f", "datapackage", "--license", "CC-BY-4.0")
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json"],
        cwd=path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_datapackage_with_a_broken_key_is_found_out(written: Callable[..., Path]) -> None:
    path = written("package", "-f", "datapackage", "--license", "CC-BY-4.0")
    documents = path / "documents.csv"
    documents.write_text(documents.read_text("utf-8").replace("\nnotes,", "\nother,"), "utf-8")
    report = frictionless.Package(str(path / "datapackage.json")).validate()
    assert "foreign-key" in {error[0] for error in report.flatten(["type"])}


def test_datapackage_as_zip(written: Callable[..., Path]) -> None:
    path = written("package.zip", "--license", "CC-BY-4.0")
    assert zipfile.ZipFile(path).testzip() is None
    validated(path)
    assert path.read_bytes() == written("again.zip", "--license", "CC-BY-4.0").read_bytes()


def test_datapackage_replaces_its_like_and_nothing_else(ask: Ask, corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "package"
    for _ in range(2):
        assert ask("export", "-f", "datapackage", "-o", str(path), "--license", "MIT").code == 0
    (path / "thesis.txt").write_text("mine", "utf-8")
    answer = ask("export", "-f", "datapackage", "-o", str(path), "--license", "MIT")
    assert (answer.code, answer.err) == (
        3,
        f"miit: --output: '{path}' holds other files ('thesis.txt'); name a new folder\n",
    )
    assert (path / "thesis.txt").read_text("utf-8") == "mine"


def test_datapackage_of_own_documents_asks_for_a_licence(ask: Ask, corpus: Path, tmp_path: Path) -> None:
    answer = ask("export", "-f", "datapackage", "-o", str(tmp_path / "p"))
    assert (answer.code, answer.err) == (
        0,
        "miit: the data package states no licence; --license ID says under which the data may be used\n",
    )
    assert "licenses" not in json.loads((tmp_path / "p" / "datapackage.json").read_text("utf-8"))


# what goes wrong


@pytest.mark.parametrize("form", [form.value for form in Export if form is not Export.SDMX_CSV])
def test_files_are_not_written_to_standard_output(ask: Ask, corpus: Path, form: str) -> None:
    assert ask("export", "-f", form) == (
        2,
        "",
        f"miit: --output: {form} is not written to standard output; name a file\n",
    )


@pytest.mark.parametrize("form", [form.value for form in Export])
def test_nothing_is_written_when_there_is_nothing(ask: Ask, corpus: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / "out"
    answer = ask("export", "-f", form, "-o", str(path), "--until", "1999")
    assert (answer.code, answer.out) == (1, "")
    assert not path.exists()


@pytest.mark.parametrize("form", [form.value for form in Export])
def test_a_place_that_is_not_there(ask: Ask, corpus: Path, tmp_path: Path, form: str) -> None:
    path = str(tmp_path / "nowhere" / "out")
    answer = ask("export", "-f", form, "-o", path, "--license", "MIT")
    assert answer == (3, "", f"miit: --output: {path!r}: there is no such directory; make it first\n")


def test_a_format_that_is_none(ask: Ask, corpus: Path) -> None:
    answer = ask("export", "-f", "xlsx")
    assert answer == (
        2,
        "",
        "miit: --format: 'xlsx' is none of table, csv, tsv, json, ndjson, markdown, "
        "sdmx-csv, sqlite, parquet, datapackage\n",
    )


def test_columns_of_a_schema_are_fixed(ask: Ask, corpus: Path) -> None:
    answer = ask("export", "-f", "sdmx-csv", "--columns", "value")
    assert answer == (
        2,
        "",
        "miit: --columns: the columns of sdmx-csv are fixed; leave it out, or choose csv\n",
    )


def test_parquet_without_pyarrow_says_what_to_install(
    ask: Ask, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    path = tmp_path / "records.parquet"
    assert ask("export", "-o", str(path)) == (
        2,
        "",
        "miit: parquet needs pyarrow: pip install 'miit[parquet]'\n",
    )
    assert not path.exists()


# the page of the documentation


def test_the_page_names_every_format_and_column(written: Callable[..., Path]) -> None:
    page = (Path(__file__).parent.parent / "docs" / "exports.md").read_text("utf-8")
    rows = {
        line.split("|")[1].strip().strip("`"): line for line in page.splitlines() if line.startswith("| `")
    }
    assert {form.value for form in Export} <= rows.keys()
    database = sqlite_utils.Database(written("corpus.db"))
    for name in ("documents", "sentences", "indicators", "records"):
        columns = [column.name for column in database[name].columns]
        assert rows[name] == f"| `{name}` | {', '.join(f'`{column}`' for column in columns)} |"
    for column in (*sdmx.DIMENSIONS, *sdmx.MEASURES, *sdmx.ATTRIBUTES):
        assert f"`{column}`" in page
