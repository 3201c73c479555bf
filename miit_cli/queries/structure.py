"""``miit schema --sdmx``: what an SDMX-CSV export consists of, as an SDMX-JSON 2.0 structure message.

The message has the agency, the concepts, the code lists, the data structure and the dataflow, and refers
to nothing outside of it. The code list of the indicators is the vocabulary, that of the units has all units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from miit_cli.queries.sdmx import AGENCY, ATTRIBUTES, DATAFLOW, DIMENSIONS, MEASURES, TIME, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from miit_cli.vocabulary import Entry

JSON_SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/"
    "sdmx-json-structure-schema.json"
)
CONCEPTS = "CS_INDICATORS"
Bilingual = tuple[str, str]  # in English and in Chinese
Codes = dict[str, Bilingual]


class Component(NamedTuple):
    """What a column of the export is: its name, what it says, and a data type or else a code list."""

    names: Bilingual
    says: str
    type: str = ""
    optional: bool = False
    least: int | None = None
    most: int | None = None


COMPONENTS = {
    "FREQ": Component(("Frequency", "频率"), "The kind of period."),
    "REF_AREA": Component(("Reference area", "参考地区"), "The country."),
    "INDICATOR": Component(("Indicator", "指标"), "What is measured."),
    "STANDING": Component(("Standing", "性质"), "Whether it happened, is expected, or is aimed at."),
    "REPORT": Component(("Report", "报告"), "The id of the document that reports it.", "String"),
    "ITEM": Component(
        ("Item", "序号"), "From 1: one document may say several figures for one key.", "Integer", least=1
    ),
    "TIME_PERIOD": Component(
        ("Time period", "时期"),
        "The period of a flow; the period at whose end a stock stands.",
        "ObservationalTimePeriod",
    ),
    "OBS_VALUE": Component(("Observation value", "观测值"), "The stated number, in the unit.", "Decimal"),
    "UNIT_MEASURE": Component(("Unit of measure", "计量单位"), "The unit of the value."),
    "UNIT_MULT": Component(("Unit multiplier", "单位乘数"), "Always 0: values are in the unit itself."),
    "OBS_STATUS": Component(
        ("Observation status", "观测状态"), "For tools that do not know STANDING; a target is F there."
    ),
    "COLLECTION": Component(
        ("Collection indicator", "采集方式"), "How the value relates to the period: its end, or all of it."
    ),
    "BOUND": Component(("Bound", "界限"), "How the source hedges the value."),
    "MEASURE": Component(("Measure", "度量"), "What is measured of the concept."),
    "BASIS": Component(("Basis of the period", "时期依据"), "Where the period comes from."),
    "PERIOD_START": Component(
        ("Start of the period", "起始日"), "First day of a flow.", "GregorianDay", True
    ),
    "PERIOD_END": Component(("End of the period", "截止日"), "Last day, or day of a stock.", "GregorianDay"),
    "PUBLISHED": Component(("Published", "发布日期"), "The day of the document.", "GregorianDay"),
    "SENTENCE": Component(("Sentence", "句序"), "Its number in the document.", "Integer", least=1),
    "QUOTE": Component(("Quote", "原文"), "The text of that sentence.", "String"),
    "CONFIDENCE": Component(
        ("Confidence", "置信度"), "How likely the record is read right.", "Decimal", least=0, most=1
    ),
}

CODES: dict[str, Codes] = {
    "FREQ": {
        "A": ("Annual", "年度"),
        "S": ("Half-yearly", "半年度"),
        "Q": ("Quarterly", "季度"),
        "M": ("Monthly", "月度"),
        "D": ("Daily", "日度"),
        "_O": ("Any other stretch", "其他时段"),
    },
    "REF_AREA": {"CN": ("China", "中国")},
    "STANDING": {
        "actual": ("Actual: it happened or stands so", "实际"),
        "expected": ("Expected or estimated", "预计"),
        "target": ("Target: aimed at", "目标"),
    },
    "UNIT_MULT": {"0": ("Units", "个位")},
    "OBS_STATUS": {
        "A": ("Normal value", "正常值"),
        "E": ("Estimated value", "估计值"),
        "F": ("Forecast value", "预测值"),
    },
    "COLLECTION": {
        "E": ("End of period", "期末"),
        "S": ("Summed over the period", "期内合计"),
        "V": ("Other: a rate or a share", "其他"),
        "U": ("Unknown: it is not said when the flow begins", "未知"),
    },
    "BOUND": {
        "exact": ("As stated", "确数"),
        "lower": ("More than the value", "超过"),
        "upper": ("Less than the value", "不足"),
        "approx": ("About the value", "约"),
    },
    "MEASURE": {
        "level": ("Level", "水平"),
        "growth": ("Growth", "增速"),
        "share": ("Share", "占比"),
        "change": ("Change of a share", "变动"),
    },
    "BASIS": {
        "stated": ("Stated in the sentence", "句中写明"),
        "context": ("Carried over from the passage", "承上文"),
        "document": ("The date of the document", "文件日期"),
    },
}


def structure(entries: Iterable[Entry], units: Mapping[str, Bilingual], prepared: str) -> dict[str, object]:
    """The structure message, ready for JSON.

    ``entries`` are the vocabulary, ``units`` the names of units in both languages, ``prepared`` is the
    time of the message in ISO 8601.
    """
    lists = {
        **CODES,
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
            "agencySchemes": [_agencies()],
            "conceptSchemes": [_concepts()],
            "codelists": [_codelist(name, lists[name]) for name in COMPONENTS if name in lists],
            "dataStructures": [_data_structure()],
            "dataflows": [
                {
                    **_maintained(DATAFLOW, ("Indicators reported by China's MIIT", "工信部发布的指标")),
                    "structure": _urn("datastructure.DataStructure", DATAFLOW),
                }
            ],
        },
    }


def _agencies() -> dict[str, object]:
    names = (
        "Ministry of Industry and Information Technology, as read by miit",
        "工业和信息化部（miit 读取）",
    )
    agency = {"id": AGENCY, **_named(names)}
    return {"id": "AGENCIES", "agencyID": "SDMX", **_named(("Agencies", "机构")), "agencies": [agency]}


def _concepts() -> dict[str, object]:
    concepts = [
        {
            "id": name,
            **_named(component.names),
            "description": component.says,
            "descriptions": {"en": component.says},
            "links": [{"rel": "self", "urn": _concept(name)}],
        }
        for name, component in COMPONENTS.items()
    ]
    return {**_maintained(CONCEPTS, ("Concepts of the indicators", "指标概念")), "concepts": concepts}


def _codelist(name: str, codes: Codes) -> dict[str, object]:
    listed = [{"id": code, **_named(names)} for code, names in codes.items()]
    return {**_maintained(f"CL_{name}", COMPONENTS[name].names), "codes": listed}


def _data_structure() -> dict[str, object]:
    attributes = [
        {
            **_component(name),
            "usage": "optional" if COMPONENTS[name].optional else "mandatory",
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
        **_maintained(DATAFLOW, ("Indicators reported by China's MIIT", "工信部发布的指标")),
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
    component = COMPONENTS[name]
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
