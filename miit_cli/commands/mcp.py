"""``miit mcp``."""

from typing import Annotated

from miit_cli.context import Context
from miit_cli.errors import InputError, UsageError
from miit_cli.options import Only

SHARED = Only(
    ("corpus", "vocabulary", "jobs", "no_cache", "skip_bad", "as_of", "min_confidence", "exact", "lang")
)


def command(context: Annotated[Context, SHARED]) -> None:
    """Serve the questions to assistants: Model Context Protocol over standard input and output.

    The tools are search, get, show, diff, targets, conflicts, check and list; the sentence and the document
    of a figure are resources. Corpus and vocabulary are those that it is started with, and nothing is
    written. It is started by the assistant's program: docs/assistants.md says how to set it up.
    """
    import sys

    try:
        from miit_cli.mcp_server import Server
    except ModuleNotFoundError as error:
        raise InputError(f"miit mcp needs {error.name}: pip install 'miit[mcp]'") from error
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("mcp: a client is to start it, with pipes; docs/assistants.md shows how")
    Server(context).run()
