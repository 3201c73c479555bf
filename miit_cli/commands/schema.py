"""``miit schema``."""

from typing import Annotated

from miit_cli.options import Only, Param
from miit_cli.session import Session


def command(
    session: Annotated[Session, Only(("vocabulary", "output"))],
    sdmx: Annotated[
        bool,
        Param("The structure of the SDMX-CSV export, as an SDMX-JSON 2.0 structure message.", "--sdmx"),
    ] = False,
) -> None:
    """The JSON Schema of a record, as export writes it in JSON.

    With --sdmx the structure message of `miit export -f sdmx-csv`: dataflow, data structure, concepts and
    code lists, with the indicators of the vocabulary.
    """
    import json

    told = _structure(session) if sdmx else _schema()
    session.write([json.dumps(told, indent=2, ensure_ascii=False) + "\n"])


def _schema() -> dict[str, object]:
    from miit_cli.models import Record

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Record.model_json_schema()}


def _structure(session: Session) -> dict[str, object]:
    from datetime import UTC, datetime

    from miit_cli.queries.structure import structure
    from miit_cli.vocabulary import units

    vocabulary = session.vocabulary
    entries = [vocabulary[slug] for slug in vocabulary]
    return structure(entries, units(), datetime.now(UTC).isoformat(timespec="seconds"))
