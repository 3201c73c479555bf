"""``miit get``: one bare value, or the answers to many questions from standard input."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Annotated, NamedTuple

from miit_cli.commands._shared import NAME, PERIOD
from miit_cli.context import Context
from miit_cli.errors import CheckFailed, ExitCode, InputError, MiitError, NothingToShow, UsageError
from miit_cli.options import Param

if TYPE_CHECKING:
    from miit_cli.types import Observation

    AnswerQuestion = Callable[["Question"], Observation | MiitError | None]

STANDARD_INPUT = "-"


def command(
    context: Context,
    name: Annotated[str, NAME._replace(help=f"{NAME.help} `-` reads questions from standard input.")],
    period: Annotated[str | None, PERIOD] = None,
    field: Annotated[
        str, Param("Which column of the record.", "--field", "COLUMN", complete="column")
    ] = "value",
    expected: Annotated[
        str | None, Param("Exit with 4 unless it is this; numbers compare as numbers.", "--expect", "VALUE")
    ] = None,
) -> ExitCode | None:
    """One bare value on standard output: n=$(miit get 5g-base-stations 2022-07).

    Its hedge goes to standard error as a note. Exit code 1 when there is none, 4 when documents disagree.
    With --format or --columns the record is written as a table instead.

    `miit get -` answers many questions, a line each, in their order: to lines NAME<TAB>PERIOD the bare
    values, an empty line where there is none; to lines {"name": …, "period": …} objects. A line that has
    no answer is named. It ends with 4 when documents disagreed on one, else with 2 when one was no
    question, else with 1 when one had no answer.
    """
    if name != STANDARD_INPUT and period is None:
        raise UsageError(
            "get: the PERIOD is missing; write it behind the name: miit get 5g-base-stations 2022-07"
        )
    if name == STANDARD_INPUT and (period is not None or expected is not None):
        raise UsageError("get -: the questions stand in standard input; leave out PERIOD and --expect")
    from miit_cli.queries.records import RECORD_COLUMNS

    if field not in RECORD_COLUMNS:
        raise UsageError(f"--field: no column {field!r}; there are {', '.join(RECORD_COLUMNS)}")
    context.options.check_ending("txt")
    if period is None:
        return _answer_all(context, field)
    _answer(context, name, period, field, expected)
    return None


def _answer(context: Context, name: str, period: str, field: str, expected: str | None) -> None:
    from miit_cli.output.cells import text
    from miit_cli.periods import parse
    from miit_cli.queries import records

    [slug] = context.slugs([name], tell=True)
    selector = parse(period, context.document_ids)
    known = context.claims([slug], selector)
    if not known:
        raise NothingToShow(context.no_record_of([slug]))
    settled = records.get(known, selector)
    observation = records.undisputed(settled)
    if expected is not None:
        records.expect(observation, expected, field)
    if context.options.columns or context.options.format_given:
        context.emit(records.records([observation]))
    else:
        context.write([text(records.field(observation, field)) + "\n"])
    context.note(*settled.notes)  # of what cannot be written there is nothing to note


# many questions


class Question(NamedTuple):
    """A line of standard input: a name, a period, and whether it was an object."""

    name: str
    period: str
    object: bool = False


def _answer_all(context: Context, field: str) -> ExitCode:
    answer, write = _answering(context), _writing(field)
    worst = ExitCode.DONE
    numbers = count(1)

    def written(line: str) -> str:
        nonlocal worst
        number = next(numbers)
        try:
            question = _question(line)
            found = answer(question)
        except UsageError as error:  # no question is one without an answer
            question, found = Question("", "", line.startswith("{")), error
        if isinstance(found, MiitError):
            context.note(f"line {number}: {found}")
            worst = max(worst, found.exit_code)
        return write(question, found)

    context.stream("".join(map(written, lines)) for lines in _batches())
    return worst


def _answering(context: Context) -> "AnswerQuestion":
    """A function that answers a question (an empty line asks nothing); it looks each up once."""
    from miit_cli.periods import parse
    from miit_cli.queries.records import get, undisputed

    @cache
    def slug(name: str) -> str:
        return context.slugs([name], tell=True)[0]

    @cache
    def records(slug: str, by_document: bool) -> "list[Observation]":
        return context.observations([slug]) if by_document else context.claims([slug])

    @cache
    def answer(question: Question) -> "Observation | MiitError | None":
        if not question.name:
            return None
        try:
            meant, selector = slug(question.name), parse(question.period, context.document_ids)
            return undisputed(get(records(meant, selector.may_be_document), selector))
        except (NothingToShow, CheckFailed, UsageError) as error:
            return error

    return answer


def _writing(field: str) -> "Callable[[Question, Observation | MiitError | None], str]":
    """A function that writes an answer in the form of its question."""
    from miit_cli.output.cells import text
    from miit_cli.output.plain import objects
    from miit_cli.queries import records
    from miit_cli.table import Table

    columns = ("name", "asked", *records.RECORD_COLUMNS, "error")

    def write(question: Question, found: "Observation | MiitError | None") -> str:
        observation = None if isinstance(found, MiitError) else found
        if not question.object:
            cell = text(records.field(observation, field)) if observation else ""
            return " ".join(cell.splitlines()) + "\n"
        cells = records.record(observation) if observation else (None,) * len(records.RECORD_COLUMNS)
        error = str(found) if isinstance(found, MiitError) else None
        return next(objects(Table(columns, [(question.name, question.period, *cells, error)]))) + "\n"

    return write


def _question(line: str) -> Question:
    """What a line asks. Raises UsageError."""
    if line.startswith("{"):
        import json

        try:
            told = json.loads(line)
        except (ValueError, RecursionError):
            told = {}
        name, period = told.get("name"), told.get("period")
        if not isinstance(name, str) or not isinstance(period, str):
            raise UsageError(f'{line!r} is no question; write {{"name": "…", "period": "…"}}')
        return Question(name, period, True)
    name, _, period = (part.strip() for part in line.partition("\t"))
    if bool(name) != bool(period) or "\t" in period:
        raise UsageError(f'{line!r} is no question; write NAME<TAB>PERIOD, or {{"name": …, "period": …}}')
    return Question(name, period)


def _batches() -> Iterator[list[str]]:
    """The lines of standard input as they come: who asks one by one is answered one by one."""
    import sys

    if sys.stdin is None:
        raise InputError("standard input is closed; get - reads its questions there")
    read = getattr(sys.stdin.buffer, "read1", sys.stdin.buffer.read)
    rest = b""
    while data := read(1 << 16):
        *lines, rest = (rest + data).split(b"\n")
        yield [_decoded(line) for line in lines]
    if rest:
        yield [_decoded(rest)]


def _decoded(line: bytes) -> str:
    try:
        return line.removesuffix(b"\r").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"standard input: {line!r} is no UTF-8; write the questions in UTF-8") from error
