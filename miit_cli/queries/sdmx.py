"""``miit export -f sdmx-csv``: the records in the terms of SDMX-CSV 2.0.

The series key is FREQ, REF_AREA, INDICATOR, STANDING, REPORT and ITEM. A figure that several
documents report is an observation in the series of each, because none of them is the figure;
SDMX has no code for *target* nor for *more than*, so both have a column of their own.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from miit_cli.periods import label
from miit_cli.queries.selection import TARGET
from miit_cli.table import Table, TableRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from miit_cli.types import Observation

AGENCY, DATAFLOW, VERSION = "MIIT", "INDICATORS", "1.1.0"
STRUCTURE_ID = f"{AGENCY}:{DATAFLOW}({VERSION})"

STRUCTURE = ("STRUCTURE", "STRUCTURE_ID", "ACTION")
TIME = "TIME_PERIOD"
DIMENSIONS = ("FREQ", "REF_AREA", "INDICATOR", "STANDING", "REPORT", "ITEM", TIME)
MEASURES = ("OBS_VALUE",)
ATTRIBUTES = (
    *("UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS", "COLLECTION", "BOUND", "MEASURE", "BASIS"),
    *("PERIOD_START", "PERIOD_END", "PUBLISHED", "SENTENCE", "QUOTE", "CONFIDENCE"),
)
COLUMNS = (*STRUCTURE, *DIMENSIONS, *MEASURES, *ATTRIBUTES)

AREA = "CN"
_PART_FREQUENCY = {"H": "S", "Q": "Q"}


def sdmx(observations: Iterable[Observation]) -> Table:
    """One row an observation: COLUMNS. No two rows have the same key."""
    items = Counter[TableRow]()
    rows: list[TableRow] = []
    for found in observations:
        frequency, time = time_period(found)
        key = (frequency, AREA, found.indicator, found.status, found.document, time)
        items[key] += 1
        row = (
            *("dataflow", STRUCTURE_ID, "I", *key[:-1], items[key], time),
            *(found.value, found.unit, 0, observation_status(found), collection(found)),
            *(found.bound, found.measure, found.basis, found.start or None, found.end),
            *(found.published, found.sentence, found.quote, found.confidence),
        )
        rows.append(row)
    return Table(COLUMNS, rows)


def time_period(found: Observation) -> tuple[str, str]:
    """FREQ and TIME_PERIOD: the short label of the period, in the spelling of SDMX.

    A stretch that is no year, half-year, quarter or month is its first day and its duration.
    """
    name = label(found.start, found.end)
    if ".." in name:
        return "_O", f"{found.start}/{_duration(found)}"
    match len(name), name[5:6]:
        case 4, _:
            return "A", name
        case 10, _:
            return "D", name
        case _, "H" | "Q" as part:
            return _PART_FREQUENCY[part], name.replace("-H", "-S")
        case _:
            return "M", name


def _duration(found: Observation) -> str:
    """The length of a flow in ISO 8601: whole months where it begins and ends with one, else days."""
    from datetime import date, timedelta

    first, after = date.fromisoformat(str(found.start)), date.fromisoformat(found.end) + timedelta(days=1)
    if first.day == after.day == 1:
        return f"P{(after.year - first.year) * 12 + after.month - first.month}M"
    return f"P{(after - first).days}D"


def observation_status(found: Observation) -> str:
    """OBS_STATUS: A normal, E estimated, F forecast. A target is no observation yet: F, like a forecast."""
    if found.status == TARGET:
        return "F"
    if found.status == "expected":
        return "F" if found.published <= found.end else "E"
    return "A"


def collection(found: Observation) -> str:
    """COLLECTION: E at the end of the period, S summed over it, V otherwise; U where it begins is unknown."""
    if found.nature == "stock":
        return "E"
    if not found.start:
        return "U"
    return "S" if found.measure == "level" else "V"
