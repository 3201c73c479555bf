"""``miit index``."""

from typing import Annotated

from miit_cli.errors import UsageError
from miit_cli.options import Only, Param
from miit_cli.session import Session

SHARED = Only(
    ("corpus", "vocabulary", "jobs", "skip_bad", "format", "columns", "no_header", "bom", "output", "color")
)


def command(
    session: Annotated[Session, SHARED],
    rebuild: Annotated[bool, Param("Read all documents anew.", "--rebuild")] = False,
    drop: Annotated[bool, Param("Delete it; the next question builds it again.", "--drop")] = False,
) -> None:
    """Where the index is, what it holds; rebuild it, drop it. It is a cache: nothing is lost with it."""
    if rebuild and drop:
        raise UsageError("index: --rebuild and --drop exclude each other")
