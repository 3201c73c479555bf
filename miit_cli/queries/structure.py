"""``miit schema --sdmx``: what an SDMX-CSV export consists of, as an SDMX-JSON 2.0 structure message.

The message has the agency, the concepts, the code lists, the data structure and the dataflow, and refers
to nothing outside of it. Its words stand in ``sdmx.toml``; the code list of the indicators is the
vocabulary, that of the units has all units.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from miit_cli.queries.sdmx import AGENCY, ATTRIBUTES, DATAFLOW, DIMENSIONS, MEASURES, TIME, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from miit_cli.vocabulary import Entry

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


class Component(NamedTuple):
    """What a column of the export is: its names, what it says, and a data type or else a code list."""

    names: Bilingual
    says: str
    type: str = ""
    optional: bool = False
    least: int | None = None
    most: int | None = None


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resources.files("miit_cli.queries").joinpath("sdmx.toml").read_text("utf-8"))


@cache
def _components() -> dict[str, Component]:
    return {name: Component(**told) for name, told in _words()["columns"].items()}


def structure(entries: Iterable[Entry], units: Mapping[str, Bilingual], prepared: str) -> dict[str, object]:
    """The structure message, ready for JSON.

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
                    **_maintained(f"CL_{name}", component.names),
                    "codes": [{"id": code, **_named(names)} for code, names in lists[name].items()],
                }
                for name, component in _components().items()
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
            **_named(component.names),
            "description": component.says,
            "descriptions": {"en": component.says},
            "links": [{"rel": "self", "urn": _concept(name)}],
        }
        for name, component in _components().items()
    ]
    return {**_maintained(CONCEPTS, ("Concepts of the indicators", "指标概念")), "concepts": concepts}


def _data_structure() -> dict[str, object]:
    attributes = [
        {
            **_component(name),
            "usage": "optional" if _components()[name].optional else "mandatory",
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
    component = _components()[name]
    representation: dict[str, object] = {"enumeration": _urn("codelist.Codelist", f"CL_{name}")}
    if component.type:
        limits = {"minValue": component.least, "maxValue": component.most}
        told = {limit: value for limit, value in limits.items() if value is not None}
        representation = {"format": {"dataType": component.type, **told}}
    return {
        "id": name,
        "conceptIdentity": _concept(name),
        "localRepresentation": representation,
    }


def _maintained(name: str, names: Bilingual) -> dict[str, object]:
    return {"id": name, "agencyID": AGENCY, "version": VERSION, **_named(names)}


def _named(names: Bilingual) -> dict[str, object]:
    english, chinese = names
    return {"name": english, "names": {"en": english, **({"zh": chinese} if chinese else {})}}


def _concept(name: str) -> str:
    return f"{_urn('conceptscheme.Concept', CONCEPTS)}.{name}"


def _urn(kind: str, name: str) -> str:
    return f"urn:sdmx:org.sdmx.infomodel.{kind}={AGENCY}:{name}({VERSION})"
