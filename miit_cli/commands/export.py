"""``miit export``: all records, in every format."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, assert_never

from miit_cli.commands._shared import WITHOUT_FORMAT, AnyNames, formats, own_format
from miit_cli.context import Context
from miit_cli.errors import InputError, NothingToShow, UsageError
from miit_cli.options import FORMAT_HELP, OUTPUT, Param
from miit_cli.output import Format, Layout
from miit_cli.types import BUNDLED

if TYPE_CHECKING:
    from miit_cli.table import Table
    from miit_cli.types import Observation

LAYOUT = Layout(
    columns=("indicator", "period", "value", "unit", "document", "sentence"),
    optional=("sentence", "unit"),
    headings={"sentence": "§"},
)
LICENSE_OF_BUNDLED = "MIT"  # of the repository that the corpus is part of


class Export(StrEnum):
    """A format of a whole corpus: files for other programs, beside the formats that every command writes."""

    SDMX_CSV = "sdmx-csv"
    SQLITE = "sqlite"
    PARQUET = "parquet"
    DATAPACKAGE = "datapackage"


ENDINGS = {
    **dict.fromkeys(("db", "sqlite3", "sqlite"), Export.SQLITE),
    "parquet": Export.PARQUET,
    "zip": Export.DATAPACKAGE,
}
FORMATS = (*Format, *Export)


def command(
    context: Annotated[Context, WITHOUT_FORMAT],
    names: AnyNames = None,
    form: Annotated[str | None, formats(FORMAT_HELP, FORMATS)] = None,
    license: Annotated[
        str | None,
        Param(
            "The licence that a data package states, as in CC-BY-4.0; the bundled corpus has MIT.",
            "--license",
            "ID",
            OUTPUT,
        ),
    ] = None,
    force: Annotated[
        bool, Param("Replace a database that holds other tables than these.", "--force", "", OUTPUT)
    ] = False,
) -> None:
    """All records, one a row; or those of some indicators.

    sqlite, parquet and datapackage need --output FILE; a data package goes into a folder, or into a file
    that ends in .zip. sdmx-csv is SDMX-CSV 2.0. The ending of FILE chooses: .db, .parquet, .zip.
    """
    export = _export(context, form)
    observations = context.observations(context.slugs(names or ()) or None)
    nothing = f"no record {context.here}; `miit docs` lists what was read"
    if export is None:
        from miit_cli.queries.records import records

        context.emit(records(observations), lambda: LAYOUT, nothing=nothing)
        return
    if not observations:
        raise NothingToShow(nothing)
    if export is Export.SQLITE and not force:
        from miit_cli.output.sqlite import others

        path = context.options.output or ""
        if found := others(path):
            listed = ", ".join(found[:3]) + ", …" * (len(found) > 3)
            raise InputError(
                f"--output: {path!r} holds other tables ({listed}); choose another place, or add --force"
            )
    _write(context, export, observations, license)


def _export(context: Context, form: str | None) -> Export | None:
    """The format that is none of the usual ones; a usual one is put into the options."""
    export = own_format(context, form, Export, FORMATS, ENDINGS)
    options = context.options
    if export is None:
        options.check_ending(*ENDINGS)
    elif options.columns:
        raise UsageError(f"--columns: the columns of {export} are fixed; leave it out, or choose csv")
    elif export is not Export.SDMX_CSV and options.output is None:
        raise UsageError(f"--output: {export} is not written to standard output; name a file")
    return export


def _write(context: Context, export: Export, observations: "list[Observation]", license: str | None) -> None:
    from miit_cli.output import Style, plain, sink
    from miit_cli.queries.records import records

    path = context.options.output or ""
    match export:
        case Export.SDMX_CSV:
            from miit_cli.queries.sdmx import sdmx

            context.write(plain.csv(sdmx(observations), Style()))
        case Export.SQLITE:
            from miit_cli.output import sqlite

            with sink.replacing(path) as beside:
                sqlite.write(_tables(context, observations), beside)
        case Export.PARQUET:
            from miit_cli.output import parquet

            with sink.replacing(path) as beside:
                parquet.write(records(observations), beside, _descriptions())
        case Export.DATAPACKAGE:
            _write_package(context, observations, license, path)
        case _:
            assert_never(export)


def _write_package(
    context: Context, observations: "list[Observation]", license: str | None, path: str
) -> None:
    from miit_cli.output import datapackage
    from miit_cli.queries.records import records

    if license is None and set(context.options.corpus) == {BUNDLED}:
        license = LICENSE_OF_BUNDLED
    if license is None:
        context.note("the data package states no licence; --license ID says under which the data may be used")
    tables = _tables(context, observations)
    shared = {
        "records": records(observations),
        **{name: tables[name] for name in ("documents", "indicators")},
    }
    datapackage.write(shared, license, _descriptions(), path)


def _tables(context: Context, observations: "list[Observation]") -> "dict[str, Table]":
    from miit_cli.queries.package import package

    documents = (context.store.document(each.id) for each in context.documents())
    return package(observations, documents, context.vocabulary.entries.values())


def _descriptions() -> dict[str, str]:
    """What each column holds, as the JSON Schema says it."""
    from miit_cli.models import Document, Indicator, Record

    fields = {**Document.model_fields, **Indicator.model_fields, **Record.model_fields}
    return {name: field.description or "" for name, field in fields.items()}
