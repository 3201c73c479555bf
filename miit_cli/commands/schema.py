"""``miit schema``."""

from typing import Annotated

from miit_cli.context import Context
from miit_cli.options import Only


def command(context: Annotated[Context, Only(("output",))]) -> None:
    """The JSON Schema of a record, as export writes it in JSON."""
    import json

    from miit_cli.models import Record

    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Record.model_json_schema()}
    context.write([json.dumps(schema, indent=2, ensure_ascii=False) + "\n"])
