"""``miit check``."""

from typing import TYPE_CHECKING, Annotated

from miit_cli.context import Context
from miit_cli.errors import ExitCode, InputError, NothingToShow, UsageError, unexpected
from miit_cli.options import Param
from miit_cli.output import Layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miit_cli.types import Figure, ParsedDocument

STANDARD_INPUT = "-"
_TOLD = 5  # figures that are named of those that are left out
NOTHING = "the text holds no figure that could be checked; give one with a figure and what it is of"
LAYOUT = Layout(
    columns=("verdict", "text", "indicator", "period", "reported_value", "document"),
    optional=("period",),
    below=("note",),
    headings={"text": "figure", "reported_value": "reported", "document": "source"},
)


def command(
    context: Context,
    text: Annotated[str | None, Param("The text; `-` reads it from standard input.", metavar="TEXT")] = None,
    file: Annotated[
        str | None,
        Param("The text is in FILE (any format of a document).", "--file", "FILE", complete="file"),
    ] = None,
    date: Annotated[
        str | None,
        Param("When it was written, for what it says of this year; else its own date, or today.", "--date"),
    ] = None,
) -> ExitCode:
    """Fact-check a text: each figure in it comes back supported, contradicted, unsure or not reported.

    The text is read as a document would be; unsure is what could not be read surely enough. A forecast
    bears out no claim that it happened. Exit code 0 when all figures are supported, 4 when one is
    contradicted, 1 when there is no evidence.
    """
    from miit_cli.commands._shared import doubts
    from miit_cli.queries.checking import check, exit_code
    from miit_cli.reading.reader import Reader

    document = _document(text, file, date)
    try:
        reading = Reader(context.vocabulary).read(document)
    except Exception as error:
        raise unexpected(file or "the text", error) from error
    slugs = sorted({claim.indicator for claim in reading.observations})
    known = context.observations(slugs) if slugs else []
    against, unsure = doubts(context, slugs), context.uncertain(slugs) if slugs else []
    table = check(reading.observations, reading.figures, known, context.min_confidence, against, unsure)
    left = _left_out(reading.figures)
    context.emit(table, lambda: LAYOUT, nothing="; ".join([NOTHING, *left]))
    context.note(*left)
    return exit_code(table)


def _left_out(figures: "Sequence[Figure]") -> list[str]:
    """A note on the figures of the text that no report of an indicator can bear out, each with the reason."""
    from miit_cli.reading.outcomes import Reason
    from miit_cli.types import NO_INDICATOR

    formal = (Reason.NAME, Reason.WORDPART, Reason.ORDINAL, Reason.DATE, Reason.NOTE, Reason.SPEC)
    silent = {reason.value for reason in (*formal, Reason.TALLY)}
    left = [each for each in figures if each.kind == NO_INDICATOR and each.reason not in silent]
    told = [f"{each.text} ({each.reason})" for each in left[:_TOLD]]
    told += [f"and {len(left) - _TOLD} more"] * (len(left) > _TOLD)
    return [f"left out: {', '.join(told)}"] if told else []


def _document(text: str | None, file: str | None, date: str | None) -> "ParsedDocument":
    """The text that is meant, as a document."""
    from datetime import date as date_

    from miit_cli import corpus, periods

    today = date_.today().isoformat()
    day = None if date is None else periods.day(date, "--date")
    if (text is None) == (file is None):
        raise UsageError("check: give either a TEXT (- for standard input) or --file FILE")
    if file is not None and file != STANDARD_INPUT:
        found = corpus.parse_document(file, corpus.read_bytes(file), undated=day or today)
        return found if day is None else found._replace(date=day)
    words = _standard_input() if STANDARD_INPUT in (text, file) else text or ""
    if not words.strip():
        raise NothingToShow("the text is empty; give one with a figure and what it is of")
    return corpus.text_document(words, id="text", date=day or corpus.dateline(words) or today)


def _standard_input(most: int = 1 << 25) -> str:
    import sys

    if sys.stdin is None:
        raise InputError("standard input is closed; give the text as an argument or with --file")
    data = sys.stdin.buffer.read(most + 1)
    if len(data) > most:
        raise InputError(f"standard input: more than {most >> 20} MB; check it in parts")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"standard input: byte {error.start} is no UTF-8; use --file for others") from error
