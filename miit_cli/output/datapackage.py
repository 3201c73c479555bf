"""A Frictionless data package: a folder (or a zip) of CSV files and what is to be known about them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from miit_cli.output import Style, plain
from miit_cli.types import BASES, BOUNDS, MEASURES, NATURES, STATUSES

if TYPE_CHECKING:
    from miit_cli.table import Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DESCRIPTOR = "datapackage.json"

TYPES = {
    **dict.fromkeys(("value", "confidence"), "number"),
    **dict.fromkeys(("sentence", "records"), "integer"),
    **dict.fromkeys(("start", "end", "published", "date"), "date"),
}
OPTIONAL = frozenset({"start", "label_zh", "area", "event", "publisher", "source", "url", "title"})
CHOICES = {
    "bound": BOUNDS,
    "status": STATUSES,
    "basis": BASES,
    "measure": MEASURES,
    "nature": NATURES,
    "language": ("en", "zh"),
}
KEYS = {"documents": "document", "indicators": "indicator"}
TITLES = {
    "records": "The figures: one row for each figure that a document reports for an indicator in a period",
    "documents": "The documents that report them",
    "indicators": "The indicators",
}


def files(
    tables: Mapping[str, Table], license: str | None, descriptions: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """The files of the package by name: a CSV file for each table, and the descriptor that names them.

    ``license`` is an identifier of SPDX; the ``descriptions`` are of columns.
    """
    resources = []
    for name, table in tables.items():
        content = "".join(plain.csv(table, Style())).encode("utf-8", "backslashreplace")
        resources.append(_resource(name, table, content, descriptions))
        yield f"{name}.csv", content
    described: dict[str, object] = {
        "$schema": PROFILE,
        "name": "miit-indicators",
        "title": "Indicators reported by China's MIIT",
        "sources": list(_sources(tables["documents"])),
        "resources": resources,
    }
    if license:
        described["licenses"] = [{"name": license}]
    yield DESCRIPTOR, (json.dumps(described, indent=2, ensure_ascii=False) + "\n").encode()


def _sources(documents: Table) -> Iterator[dict[str, object]]:
    for document in documents.records():
        source = {"title": document["title"] or document["document"], "version": document["date"]}
        yield {**source, "path": document["url"]} if document["url"] else source


def _resource(name: str, table: Table, content: bytes, descriptions: Mapping[str, str]) -> dict[str, object]:
    return {
        "name": name,
        "type": "table",
        "title": TITLES[name],
        "path": f"{name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": _schema(name, table, descriptions),
    }


def _schema(name: str, table: Table, descriptions: Mapping[str, str]) -> dict[str, object]:
    schema: dict[str, object] = {"fields": [_field(column, descriptions) for column in table.columns]}
    if name in KEYS:
        schema["primaryKey"] = [KEYS[name]]
    else:
        schema["foreignKeys"] = [
            {"fields": [key], "reference": {"resource": resource, "fields": [key]}}
            for resource, key in KEYS.items()
        ]
    return schema


def _field(column: str, descriptions: Mapping[str, str]) -> dict[str, object]:
    field: dict[str, object] = {"name": column, "type": TYPES.get(column, "string")}
    if column in descriptions:
        field["description"] = descriptions[column]
    constraints: dict[str, object] = {} if column in OPTIONAL else {"required": True}
    if column in CHOICES:
        constraints["enum"] = CHOICES[column]
    return {**field, "constraints": constraints} if constraints else field
