"""``miit schema``."""

from typing import Annotated

from miit_cli.context import Context
from miit_cli.options import Only, Param


def command(
    context: Annotated[Context, Only(("vocabulary", "output"))],
    sdmx: Annotated[
        bool, Param("The structure of the SDMX-CSV export, as an SDMX-JSON 2.0 structure message.", "--sdmx")
    ] = False,
) -> None:
    """The JSON Schema of a record, as export writes it in JSON.

    With --sdmx the structure message of `miit export -f sdmx-csv`: dataflow, data structure, concepts and
    code lists, with the indicators of the vocabulary.
    """
    import json

    context.options.check_ending("txt")
    if sdmx:
        from datetime import UTC, datetime

        from miit_cli.queries.sdmx import structure
        from miit_cli.vocabulary import units

        now = datetime.now(UTC).isoformat(timespec="seconds")
        told = structure(context.vocabulary.entries.values(), units(), now)
    else:
        from miit_cli.models import Record

        told = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Record.model_json_schema()}
    context.write([json.dumps(told, indent=2, ensure_ascii=False) + "\n"])
