"""``miit export -f sdmx-csv`` and ``miit schema --sdmx``: the records in the terms of SDMX-CSV 2.0, and what
such an export consists of.

The series key is FREQ, REF_AREA, INDICATOR, STANDING, REPORT and ITEM. A figure that several
documents report is an observation in the series of each, because none of them is the figure;
SDMX has no code for *target* nor for *more than*, so both have a column of their own.

The words of the structure stand in ``sdmx.toml``; the code list of the indicators is the vocabulary, that
of the units has all units.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from miit_cli.periods import label
from miit_cli.queries.selection import TARGET
from miit_cli.table import Table, TableRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from miit_cli.types import Observation
    from miit_cli.vocabulary import Entry

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

JSON_SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/"
    "sdmx-json-structure-schema.json"
)
AGENCY_NAMES = (
    "Ministry of Industry and Information Technology, as read by miit",
    "工业和信息化部（miit 读取）",
)
DATAFLOW_NAMES = ("Indicators reported by China's MIIT", "工信部发布的指标")
CONCEPTS = "CS_INDICATORS"
Bilingual = Sequence[str]  # in English and in Chinese


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


# --- the structure -------------------------------------------------------------------------------


@cache
def _words() -> dict[str, Any]:
    """What the message says in words: of each column names, a text, and a data type or else a code list."""
    import tomllib
    from importlib import resources

    return tomllib.loads(resources.files("miit_cli.queries").joinpath("sdmx.toml").read_text("utf-8"))


def structure(entries: Iterable[Entry], units: Mapping[str, Bilingual], prepared: str) -> dict[str, object]:
    """The SDMX-JSON 2.0 structure message of the export, ready for JSON; it refers to nothing outside of it.

    ``entries`` are the vocabulary, ``units`` the names of units in both languages, ``prepared`` is the
    time of the message in ISO 8601.
    """
    lists = {
        **_words()["codes"],
        "INDICATOR": {entry.slug: (entry.label, entry.label_zh) for entry in entries},
        "UNIT_MEASURE": dict(units),
    }
    return {
        "meta": {
            "schema": JSON_SCHEMA,
            "id": f"{AGENCY}-{DATAFLOW}-{VERSION.replace('.', '-')}",
            "test": False,
            "prepared": prepared,
            "contentLanguages": ["en", "zh"],
            "sender": {"id": AGENCY},
        },
        "data": {
            "agencySchemes": [
                {
                    "id": "AGENCIES",
                    "agencyID": "SDMX",
                    **_named(("Agencies", "机构")),
                    "agencies": [{"id": AGENCY, **_named(AGENCY_NAMES)}],
                }
            ],
            "conceptSchemes": [_concepts()],
            "codelists": [
                {
                    **_maintained(f"CL_{name}", component["names"]),
                    "codes": [{"id": code, **_named(names)} for code, names in lists[name].items()],
                }
                for name, component in _words()["columns"].items()
                if name in lists
            ],
            "dataStructures": [_data_structure()],
            "dataflows": [
                {
                    **_maintained(DATAFLOW, DATAFLOW_NAMES),
                    "structure": _urn("datastructure.DataStructure", DATAFLOW),
                }
            ],
        },
    }


def _concepts() -> dict[str, object]:
    concepts = [
        {
            "id": name,
            **_named(component["names"]),
            "description": component["says"],
            "descriptions": {"en": component["says"]},
            "links": [{"rel": "self", "urn": _concept(name)}],
        }
        for name, component in _words()["columns"].items()
    ]
    return {**_maintained(CONCEPTS, ("Concepts of the indicators", "指标概念")), "concepts": concepts}


def _data_structure() -> dict[str, object]:
    attributes = [
        {
            **_component(name),
            "usage": "optional" if _words()["columns"][name].get("optional") else "mandatory",
            "attributeRelationship": {"observation": {}},
            "measureRelationship": [*MEASURES],
        }
        for name in ATTRIBUTES
    ]
    dimensions = [
        {**_component(name), "position": place}
        for place, name in enumerate(name for name in DIMENSIONS if name != TIME)
    ]
    return {
        **_maintained(DATAFLOW, DATAFLOW_NAMES),
        "dataStructureComponents": {
            "dimensionList": {
                "id": "DimensionDescriptor",
                "dimensions": dimensions,
                "timeDimension": _component(TIME),
            },
            "measureList": {
                "id": "MeasureDescriptor",
                "measures": [{**_component(name), "usage": "mandatory"} for name in MEASURES],
            },
            "attributeList": {"id": "AttributeDescriptor", "attributes": attributes},
        },
    }


def _component(name: str) -> dict[str, object]:
    """A dimension, measure or attribute: its concept, and its code list or type."""
    told = _words()["columns"][name]
    representation: dict[str, object] = {"enumeration": _urn("codelist.Codelist", f"CL_{name}")}
    if "type" in told:
        keys = {"type": "dataType", "least": "minValue", "most": "maxValue"}
        representation = {"format": {keys[key]: value for key, value in told.items() if key in keys}}
    return {"id": name, "conceptIdentity": _concept(name), "localRepresentation": representation}


def _maintained(name: str, names: Bilingual) -> dict[str, object]:
    return {"id": name, "agencyID": AGENCY, "version": VERSION, **_named(names)}


def _named(names: Bilingual) -> dict[str, object]:
    english, chinese = names
    return {"name": english, "names": {"en": english, **({"zh": chinese} if chinese else {})}}


def _concept(name: str) -> str:
    return f"{_urn('conceptscheme.Concept', CONCEPTS)}.{name}"


def _urn(kind: str, name: str) -> str:
    return f"urn:sdmx:org.sdmx.infomodel.{kind}={AGENCY}:{name}({VERSION})"
