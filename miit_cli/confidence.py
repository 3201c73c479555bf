"""How sure the reader has to be of a record before it is shown."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

_PATH = Path(__file__).parent / "data" / "confidence.json"


@cache
def default_confidence() -> float:
    """The least confidence of the records that are shown unless somebody asks for others.

    At this value at least 95 % of the records have the right value in each language, on texts that the
    reader has not seen. It is measured when the reader is trained, and comes with its data.
    """
    return float(_data()["default"])


def calibrated(probability: float, language: str) -> float:
    """How many of the records of so much probability are right in a language, in two decimals.

    The product of the probabilities of a reader's choices is not yet that share: it was measured on labelled
    texts that the weights had not seen (``tools/train.py --calibrate``), for each hundredth.
    """
    curve = _data()["curves"][language]
    return float(curve[round(probability * (len(curve) - 1))])


@cache
def _data() -> dict[str, Any]:
    import json

    data: dict[str, Any] = json.loads(_PATH.read_text("utf-8"))
    return data
