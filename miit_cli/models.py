"""The validated face of the types: pydantic models for Python users and for the JSON Schema.

The tuples in ``types`` travel inside the program; these stand where data is handed to others. Terms
follow SDMX where it has one, and the descriptions name it.
"""

from __future__ import annotations

from datetime import date as date_
from decimal import Decimal
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from miit_cli import types
from miit_cli.periods import label

Bound = Literal["exact", "lower", "upper", "approx"]
ChangeBound = Literal["exact", "lower", "upper", "approx", "unknown"]
Status = Literal["actual", "expected", "target"]
Basis = Literal["stated", "context", "document"]
SentenceKind = Literal["paragraph", "heading", "item", "quotation", "table", "note", "caption"]
Measure = Literal["level", "growth", "share", "change"]
Nature = Literal["flow", "stock"]
RejectionClass = Literal["uncatalogued", "uncertain", "unattributed", "no indicator", "unexplained"]


class FrozenModel(BaseModel):
    """A value: frozen, and strict about what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def of(cls, told: object) -> Self:
        """The model of what has its fields, as the tuples of ``types``. Raises pydantic.ValidationError."""
        return cls.model_validate(told, from_attributes=True)


class Sentence(FrozenModel):
    """A sentence, label or heading of a document."""

    number: int = Field(ge=1, description="The place of the sentence in its document, from 1.")
    start: int = Field(ge=0, description="Where it begins in the text of the document, in characters.")
    end: int = Field(ge=0, description="Where it ends: its text is `document.text[start:end]`.")
    kind: SentenceKind = Field(default="paragraph", description="What it is a part of.")
    heading: bool = Field(default=False, description="Whether it is a heading, or reads as one.")


class Document(FrozenModel):
    """A report (SDMX: the source of the observations)."""

    id: str = Field(min_length=1, description="The stem of its file name.")
    date: date_ = Field(description="The day of its publication.")
    language: Literal["en", "zh"] = Field(description="The language it is written in.")
    title: str = Field(description="Its title, as its front matter or page gives it.")
    text: str = Field(description="Its text as a reader sees it, without markup.")
    sentences: tuple[Sentence, ...] = Field(description="Its sentences in order.")
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="The SHA-256 of the bytes of its file.")
    area: str = Field(default="", description='SDMX REF_AREA: the province or firm, "" for China.')
    event: str = Field(default="", description="The meeting that it reports.")
    publisher: str = Field(default="", description="Who published it.")
    source: str = Field(default="", description="The original that it restates.")
    url: str = Field(default="", description="Where it was published.")


class Indicator(FrozenModel):
    """An entry of the vocabulary (SDMX: an indicator, a concept with its measure and unit)."""

    slug: str = Field(
        pattern="^[a-z0-9]+(-[a-z0-9]+)*$", description="Its name in records and on command lines."
    )
    label: str = Field(description="Its name in English.")
    label_zh: str = Field(description="Its name in Chinese.")
    unit: str = Field(description="SDMX UNIT_MEASURE: the unit of its values.")
    measure: Measure = Field(description="What is measured of the concept.")
    nature: Nature = Field(description="A flow is measured over a period, a stock stands at a day.")


class Record(FrozenModel):
    """One figure that a document reports for one indicator in one period (SDMX: an observation)."""

    indicator: str = Field(description="SDMX INDICATOR: the slug of an entry of the vocabulary.")
    period: str = Field(
        description="SDMX TIME_PERIOD as a short label: 2022, 2022-H1, 2022-Q3, 2022-07, 2022-01..2022-07, "
        "or a day for a stock on that day."
    )
    value: Decimal = Field(
        description="SDMX OBS_VALUE: the stated number as an exact decimal in the unit; "
        "1.968 million is 1968000, a decline is negative."
    )
    unit: str = Field(description="SDMX UNIT_MEASURE: the unit of the value.")
    bound: Bound = Field(
        description="How the source hedges the number: exact; lower, the true value is above it; "
        "upper, it is below; approx, it is near."
    )
    status: Status = Field(
        description="SDMX OBS_STATUS in words: actual, it happened or stands so; expected, estimated for a "
        "period not yet closed; target, aimed at."
    )
    start: date_ | None = Field(
        description="First day of the period of a flow; null for a stock, and for a cumulative flow whose "
        "beginning is not said."
    )
    end: date_ = Field(description="Last day of the period of a flow; the day at which a stock stands.")
    basis: Basis = Field(
        description="Where the period comes from: stated in the sentence, context of the passage, or the "
        "document's own date."
    )
    measure: Measure = Field(description="Level, growth, share, or change of a share.")
    document: str = Field(description="The id of the document that reports it.")
    published: date_ = Field(description="The day on which that document was published.")
    sentence: int = Field(ge=1, description="The number of the sentence in its document, from 1.")
    quote: str = Field(description="The text of that sentence.")
    confidence: float = Field(
        ge=0,
        le=1,
        description="The probability that the record is read right, as measured on texts that the reader has "
        "not seen.",
    )

    @classmethod
    def from_observation(cls, observation: types.Observation) -> Self:
        """The validated record of an observation. Raises pydantic.ValidationError."""
        fields = observation._asdict()
        fields["period"] = label(observation.start, observation.end)
        return cls.model_validate({name: fields[name] for name in cls.model_fields})


class Point(Record):
    """A record of a series, and the change since the one before of the same shape of period."""

    change: Decimal | None = Field(
        description="The change since the record before, in change_unit; null where nothing follows."
    )
    change_unit: str | None = Field(description="The unit of the change: the value's, or percentage-point.")
    change_bound: ChangeBound | None = Field(description="How sure the change is; unknown, nothing follows.")
    change_percent: Decimal | None = Field(description="The change of a level in percent.")
    change_from: str | None = Field(description="The period of the record before.")
    doubt: str | None = Field(description="What speaks against it: a document, or its neighbours in time.")
    note: str = Field(description="That, and a doubt of the reader; or nothing.")


class Comparison(FrozenModel):
    """An indicator in two periods or documents, and the change from one to the other."""

    indicator: str = Field(description="The slug of the indicator.")
    unit: str = Field(description="The unit of both values.")
    from_period: str | None = Field(description="The period of the first side; null where it has no record.")
    from_value: Decimal | None = Field(description="Its value.")
    from_bound: Bound | None = Field(description="How its value is hedged.")
    from_status: Status | None = Field(description="Its standing.")
    to_period: str | None = Field(description="The period of the second side; null where it has no record.")
    to_value: Decimal | None = Field(description="Its value.")
    to_bound: Bound | None = Field(description="How its value is hedged.")
    to_status: Status | None = Field(description="Its standing.")
    change: Decimal | None = Field(description="The change in change_unit; null where nothing follows.")
    change_unit: str | None = Field(description="The unit of the change: the values', or percentage-point.")
    change_bound: ChangeBound | None = Field(description="How sure the change is; unknown, nothing follows.")
    change_percent: Decimal | None = Field(description="The change of a level in percent.")
    comparable: bool | None = Field(description="Whether the periods are like with like; null with one side.")
    note: str = Field(description="Why they are not, or what else is to be said.")
    from_document: str | None = Field(description="The document of the first side.")
    to_document: str | None = Field(description="The document of the second side.")
    from_confidence: float | None = Field(description="How sure the reading of the first side is, 0 to 1.")
    to_confidence: float | None = Field(description="How sure the reading of the second side is.")


class Rejection(FrozenModel):
    """A numeral of a document that is no record, and why not."""

    document: str = Field(description="The id of the document.")
    sentence: int = Field(ge=1, description="The number of the sentence in its document, from 1.")
    start: int = Field(ge=0, description="Where the numeral begins in the document's text, in characters.")
    end: int = Field(ge=0, description="Where it ends.")
    text: str = Field(description="The numeral as it stands there.")
    kind: RejectionClass = Field(serialization_alias="class", description="Why it is no record, in one word.")
    reason: str = Field(description="Why it is no record, in a few.")
    value: Decimal | None = Field(description="What it says, where that is known.")
    unit: str = Field(description="Its unit, where that is known.")
    subject: str = Field(description="The words that it is said of, where they are known.")
    indicator: str = Field(description="What an uncertain one very likely is, or a less sure one may be.")
    confidence: float | None = Field(description="How likely it is that, from 0 to 1.")
