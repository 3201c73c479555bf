"""``miit index``."""

from typing import Annotated

from miit_cli.context import Context
from miit_cli.errors import UsageError
from miit_cli.options import Only, Param
from miit_cli.output import Layout

SHARED = Only(
    (
        *("corpus", "vocabulary", "jobs", "skip_bad"),
        *("format", "columns", "no_header", "bom", "output", "color", "quiet"),
    )
)

LAYOUT = Layout(("path", "state", "documents", "records", "bytes", "built"), optional=("built", "bytes"))


def command(
    context: Annotated[Context, SHARED],
    rebuild: Annotated[bool, Param("Read all documents anew.", "--rebuild")] = False,
    drop: Annotated[bool, Param("Delete it; the next question builds it again.", "--drop")] = False,
    every: Annotated[bool, Param("With --drop: those of all corpora.", "--all")] = False,
) -> None:
    """Where the index is, what it holds; rebuild it, drop it.

    It is a cache of what was read: nothing is lost with it. There is one for each set of --corpus and
    --vocabulary.
    """
    if rebuild and drop:
        raise UsageError("index: --rebuild and --drop exclude each other; give one")
    if every and not drop:
        raise UsageError("index: --all goes with --drop; give both, or neither")
    from miit_cli.index import manage
    from miit_cli.table import Table

    paths = context.options.corpus
    if drop:
        dropped = manage.drop() if every else manage.drop(paths, context.vocabulary)
        context.note(*[f"dropped {path}" for path in dropped] or ["there was no index"])
        return
    if rebuild:
        told = manage.rebuild(paths, context.vocabulary, **context.reading())
    else:
        told = manage.info(paths, context.vocabulary)
    context.emit(Table(told._fields, [tuple(told)]), lambda: LAYOUT)
