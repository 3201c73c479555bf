"""How sure the reader has to be of a record before it is shown."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATH = Path(__file__).parent / "data" / "confidence.json"


class Platt(NamedTuple):
    """A logistic regression on the signals of a record."""

    bias: float
    weights: Mapping[str, float]
    sure: float  # from which on enough are right that nothing need be said
    unsure: float  # what less than that says at most


@cache
def default_confidence() -> float:
    """The least confidence of the records that are shown unless somebody asks for others.

    At this value at least 95 % of the records are right in all in each language, on texts that the reader
    has not seen. It is measured when the reader is trained, and comes with its data.
    """
    return float(_data()["default"])


@cache
def platt(language: str) -> Platt:
    """How the signals of a record tell its confidence in a language."""
    return Platt(**_data()["platt"][language])


@cache
def _data() -> dict[str, Any]:
    import json

    data: dict[str, Any] = json.loads(_PATH.read_text("utf-8"))
    return data
