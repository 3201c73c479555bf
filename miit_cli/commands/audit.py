"""``miit audit``."""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from miit_cli.context import Context
from miit_cli.errors import CheckFailed, UsageError
from miit_cli.options import Param, portion
from miit_cli.output import Layout
from miit_cli.types import UNEXPLAINED

if TYPE_CHECKING:
    from miit_cli.table import Table

LAYOUT = Layout(
    columns=("document", "sentence", "text", "class", "reason", "subject", "indicator", "confidence"),
    optional=("confidence", "indicator", "subject", "sentence"),
    headings={"sentence": "§"},
)


def command(
    context: Context,
    every: Annotated[bool, Param("Each numeral with its place, not only the totals.", "--all")] = False,
    strict: Annotated[bool, Param("Exit with 4 when a numeral is unexplained.", "--strict")] = False,
    fail_under: Annotated[
        str | None,
        Param("Exit with 4 when less than this many percent are explained.", "--fail-under", "PERCENT"),
    ] = None,
    explain: Annotated[
        str | None,
        Param(
            "What each figure of this sentence could be, how likely that is, and the features that decided.",
            "--explain",
            "DOCUMENT:SENTENCE",
        ),
    ] = None,
) -> None:
    """Every numeral in the corpus, accounted for.

    Recorded; uncatalogued: an indicator that the vocabulary lacks; uncertain: very likely an indicator's,
    but not surely enough; unattributed: its subject is lost; no indicator, with the reason; or unexplained.
    """
    if explain is not None:
        nothing = f"{explain} has no figure outside a table; give another sentence"
        context.emit(_explanation(context, explain), nothing=nothing)
        return
    from miit_cli.queries.audit import count, explained, listing, totals

    least = Decimal(100 if strict else 0)
    if fail_under is not None and not strict:
        least = portion("--fail-under", fail_under.removesuffix("%"), "percentage", 100)
    figures = context.figures()
    counts = count(figures)
    context.emit(
        listing(figures) if every else totals(counts),
        lambda: LAYOUT if every else Layout(("class", "numerals", "percent")),
        nothing="no numeral here; `miit docs` lists what was read",
    )
    if explained(counts) < least:
        share = f"{explained(counts):.1f}% of the numerals are explained, not {least}%"
        raise CheckFailed(f"{counts[UNEXPLAINED]} unexplained: {share}; `miit audit --all` shows them")


def _explanation(context: Context, place: str) -> "Table":
    """What the reader weighed for each figure of DOCUMENT:SENTENCE. Raises UsageError."""
    from miit_cli.queries.audit import explanation
    from miit_cli.reading.explaining import explain

    name, _, number = place.rpartition(":")
    if not name or not number.isdecimal():
        raise UsageError(f"--explain: {place!r} is no sentence; give DOCUMENT:SENTENCE, as in 2023-01-11:36")
    document = context.store.document(context.document_id(name))
    if not 1 <= int(number) <= len(document.sentences):
        count = len(document.sentences)
        raise UsageError(f"--explain: {document.id} has no sentence {number}; its sentences are 1 to {count}")
    return explanation(explain(context.vocabulary, document, int(number)))
