"""The validated face of the types, and the JSON Schema."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from pydantic import ValidationError

from miit_cli import types
from miit_cli.models import Indicator, Record, Rejection
from miit_cli.queries.records import RECORD_COLUMNS
from miit_cli.vocabulary import load

OBSERVATION = types.Observation(
    indicator="widgets",
    value=Decimal("1.50"),
    unit="unit",
    bound="lower",
    status="actual",
    start="2022-01-01",
    end="2022-07-31",
    basis="stated",
    measure="level",
    nature="flow",
    document="d",
    published="2022-08-19",
    sentence=3,
    quote="More than 1.50 widgets were made.",
    span_start=10,
    span_end=14,
    surface="1.50",
)


def test_a_record_has_the_columns_of_the_contract_and_the_exact_value() -> None:
    record = Record.from_observation(OBSERVATION)
    assert tuple(Record.model_fields) == RECORD_COLUMNS
    assert (record.period, str(record.value)) == ("2022-01..2022-07", "1.50")
    with pytest.raises(ValidationError):
        record.value = Decimal(2)


@pytest.mark.parametrize(
    "wrong", [{"bound": "maybe"}, {"status": "done"}, {"end": "2022-02-30"}, {"sentence": 0}, {"value": "x"}]
)
def test_a_wrong_record_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Record.from_observation(OBSERVATION._replace(**wrong))


def test_every_field_is_described() -> None:
    for model in (Record, Indicator, Rejection):
        assert all(field.description for field in model.model_fields.values())


def test_every_entry_of_the_vocabulary_is_an_indicator() -> None:
    for entry in load().entries.values():
        assert Indicator.of(entry).slug == entry.slug


def test_a_recorded_figure_is_no_rejection() -> None:
    figure = types.Figure("d", 1, 0, 2, "12", types.NO_INDICATOR, "a count of tasks")
    assert Rejection.of(figure).model_dump(by_alias=True)["class"] == "no indicator"
    with pytest.raises(ValidationError):
        Rejection.of(figure._replace(kind=types.RECORDED))


def test_schema_prints_the_schema(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("schema")
    assert (answer.code, answer.err) == (0, "")
    schema = json.loads(answer.out)
    assert tuple(schema["properties"]) == tuple(schema["required"]) == RECORD_COLUMNS
