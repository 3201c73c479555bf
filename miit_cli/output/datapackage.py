"""A Frictionless data package: a folder (or a zip) of CSV files and what is to be known about them."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping

from miit_cli.errors import InputError
from miit_cli.output import Style, plain, sink
from miit_cli.table import Table
from miit_cli.types import BASES, BOUNDS, MEASURES, NATURES, STATUSES

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
OLDEST = (1980, 1, 1, 0, 0, 0)  # equal content is an equal zip, whenever it is written

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


def write(
    tables: Mapping[str, Table], license: str | None, descriptions: Mapping[str, str], path: str
) -> None:
    """Write the package into a folder, or into one zip where ``path`` ends so, whole or not at all.

    ``license`` is an identifier of SPDX; the ``descriptions`` are of columns. A folder that holds nothing
    else is replaced as a whole. InputError when it cannot be written.
    """
    content = dict(files(tables, license, descriptions))
    if not path.lower().endswith(".zip"):
        with sink.said_of(path):
            _replace(content, os.path.realpath(path))
        return
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, data)
    sink.write_file([buffer.getvalue()], path)


def _replace(files: Mapping[str, bytes], place: str) -> None:
    """Fill a folder beside ``place`` and let it take the place, if that holds only an earlier package."""
    try:
        strangers = sorted(set(os.listdir(place)) - set(files))
    except FileNotFoundError:
        strangers = []
    except NotADirectoryError:
        remedy = "name a new folder, or a file that ends in .zip"
        raise InputError(f"--output: {place!r} is a file; {remedy}") from None
    if strangers:
        raise InputError(f"--output: {place!r} holds other files ({strangers[0]!r}); name a new folder")
    beside = os.path.join(os.path.dirname(place), f".miit-{os.urandom(8).hex()}.part")
    old = f"{beside}.old"
    try:
        os.mkdir(beside)
        for name, content in files.items():
            with open(os.path.join(beside, name), "wb") as file:
                file.write(content)
        with contextlib.suppress(FileNotFoundError):
            os.rename(place, old)
        try:
            os.rename(beside, place)
        except OSError:
            with contextlib.suppress(OSError):
                os.rename(old, place)
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def files(
    tables: Mapping[str, Table], license: str | None, descriptions: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """The files of the package by name: a CSV file for each table, and the descriptor that names them."""
    resources = []
    for name, table in tables.items():
        content = "".join(plain.csv(table, Style())).encode("utf-8", "backslashreplace")
        yield f"{name}.csv", content
        resource = {
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
        resources.append(resource)
    sources = []
    for document in tables["documents"].records():
        source = {"title": document["title"] or document["document"], "version": document["date"]}
        sources.append({**source, "path": document["url"]} if document["url"] else source)
    described: dict[str, object] = {
        "$schema": PROFILE,
        "name": "miit-indicators",
        "title": "Indicators reported by China's MIIT",
        "sources": sources,
        "resources": resources,
    }
    if license:
        described["licenses"] = [{"name": license}]
    yield "datapackage.json", (json.dumps(described, indent=2, ensure_ascii=False) + "\n").encode()


def _schema(name: str, table: Table, descriptions: Mapping[str, str]) -> dict[str, object]:
    fields = []
    for column in table.columns:
        field: dict[str, object] = {"name": column, "type": TYPES.get(column, "string")}
        if column in descriptions:
            field["description"] = descriptions[column]
        constraints: dict[str, object] = {} if column in OPTIONAL else {"required": True}
        if column in CHOICES:
            constraints["enum"] = CHOICES[column]
        fields.append({**field, "constraints": constraints} if constraints else field)
    if name in KEYS:
        return {"fields": fields, "primaryKey": [KEYS[name]]}
    foreign = [
        {"fields": [key], "reference": {"resource": resource, "fields": [key]}}
        for resource, key in KEYS.items()
    ]
    return {"fields": fields, "foreignKeys": foreign}
