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
    if drop:
        _drop(context, every)
    else:
        _show(context, rebuild)


def _drop(context: Context, every: bool) -> None:
    from miit_cli.index import manage

    dropped = manage.drop() if every else manage.drop(context.options.corpus, context.vocabulary)
    told = [f"dropped {path}" for path in dropped]
    context.note(*told or ["there was no index"])


def _show(context: Context, rebuild: bool) -> None:
    from miit_cli.index import manage
    from miit_cli.table import Table

    options = context.options
    if rebuild:
        told = manage.rebuild(options.corpus, context.vocabulary, **context.reading())
    else:
        told = manage.info(options.corpus, context.vocabulary)
    context.emit(Table(told._fields, [tuple(told)]), lambda: LAYOUT)
