"""How sure the reader has to be of a record before it is shown."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PATH = Path(__file__).parent / "data" / "confidence.json"


@cache
def default_confidence() -> float:
    """The least confidence of the records that are shown unless somebody asks for others.

    At this value at least 95 % of the records are right, on labelled texts that the reader has not seen. It
    is measured when the reader is trained, and comes with its data.
    """
    import json

    told = json.loads(_PATH.read_text("utf-8"))
    return float(told["default"])
