"""The options that commands share: as they are typed, and resolved once into one object.

Typer is not imported here. A parameter of a command is declared with a ``Param``, which ``app`` turns
into an argument or an option of Typer; so the declarations can be read without paying for Typer.
"""

import os
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.errors import UsageError
from miit_cli.output import Format
from miit_cli.types import BUNDLED, STATUSES

if TYPE_CHECKING:
    from decimal import Decimal

_STANDARD_OUTPUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
FORMAT_HELP = "Default: table on a terminal, csv in a pipe; in a file, what its ending says, else csv."
READING, FILTERING, OUTPUT = "Which documents", "Which records", "How it is written"


class Param(NamedTuple):
    """How a parameter meets the user: an option when it has flags, else an argument.

    ``complete`` says what TAB offers for it: one or several of indicator, period, document and column,
    file, or a tuple of words.
    """

    help: str
    flags: str = ""
    metavar: str = ""
    panel: str = ""
    complete: str | tuple[str, ...] = ""


class Only(NamedTuple):
    """For a command that has only some of the shared options: ``Annotated[Context, Only(("output",))]``."""

    names: tuple[str, ...]


class Lang(StrEnum):
    """Languages of labels."""

    EN = "en"
    ZH = "zh"


class Color(StrEnum):
    """When colour is used."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Typed(NamedTuple):
    """The shared options as they were typed; nothing is checked yet. ``SHARED`` says what they are."""

    corpus: list[str] | None = None
    vocabulary: str | None = None
    jobs: str = "0"
    no_cache: bool = False
    skip_bad: bool = False
    status: list[str] | None = None
    since: str | None = None
    until: str | None = None
    document: str | None = None
    as_of: str | None = None
    min_confidence: str | None = None
    exact: bool = False
    format: str | None = None
    columns: str | None = None
    no_header: bool = False
    bom: bool = False
    output: str | None = None
    lang: str = Lang.EN.value
    color: str = Color.AUTO.value
    quiet: bool = False


SHARED = {
    "corpus": Param(
        "A folder or file of documents; repeatable. `bundled` names the built-in corpus, the default. "
        "The variable MIIT_CORPUS holds the same, separated as in PATH.",
        *("--corpus", "PATH", READING, "file"),
    ),
    "vocabulary": Param(
        "Your own indicators, added to the built-in vocabulary (an equal slug replaces).",
        *("--vocabulary", "FILE", READING, "file"),
    ),
    "jobs": Param("How many processes read; 0 is one for each core.", "--jobs", "N", READING),
    "no_cache": Param("Read the documents anew; no index.", "--no-cache", "", READING),
    "skip_bad": Param("Go on past a file that cannot be read, and say so.", "--skip-bad", "", READING),
    "status": Param(
        f"Only records that are {', '.join(STATUSES[:-1])} or {STATUSES[-1]}; repeatable.",
        *("--status", "|".join(STATUSES), FILTERING, STATUSES),
    ),
    "since": Param(
        "Only records whose period ends in this one or later.", *("--since", "PERIOD", FILTERING, "period")
    ),
    "until": Param(
        "Only records whose period ends by the end of this one.", *("--until", "PERIOD", FILTERING, "period")
    ),
    "document": Param(
        "Only this document: its id, or the unambiguous start of it.",
        *("--document", "ID", FILTERING, "document"),
    ),
    "as_of": Param("Only what had been published by that day.", "--as-of", "YYYY-MM-DD", FILTERING),
    "min_confidence": Param(
        "Only records read with at least this confidence, from 0 to 1; 0 shows the uncertain ones too.",
        *("--min-confidence", "P", FILTERING),
    ),
    "exact": Param(
        "No fuzzy matching: a name that is no slug, label or alias is an error.", *("--exact", "", FILTERING)
    ),
    "format": Param(FORMAT_HELP, "--format -f", "|".join(Format), OUTPUT, tuple(Format)),
    "columns": Param("Which columns, in this order.", "--columns", "A,B,…", OUTPUT, "column"),
    "no_header": Param("csv and tsv without the first line.", "--no-header", "", OUTPUT),
    "bom": Param(
        "csv for Excel: with a byte-order mark, and cells that it would run as a formula made harmless "
        "with a leading apostrophe.",
        *("--bom", "", OUTPUT),
    ),
    "output": Param("Write to FILE, whole or not at all.", "--output -o", "FILE", OUTPUT, "file"),
    "lang": Param("Language of labels.", "--lang", "|".join(Lang), OUTPUT, tuple(Lang)),
    "color": Param(
        "Colour; auto also obeys NO_COLOR and FORCE_COLOR.",
        *("--color", "|".join(Color), OUTPUT, tuple(Color)),
    ),
    "quiet": Param("No notes and no progress on standard error, only errors.", "--quiet", "", OUTPUT),
}
_ENDINGS = ("csv", "tsv", "json", "ndjson", "md")


class Options(NamedTuple):
    """The shared options, checked, with every default decided."""

    corpus: tuple[str, ...]
    vocabulary: str | None
    jobs: int
    cache: bool
    skip_bad: bool
    statuses: tuple[str, ...]  # () is every status
    since: str | None  # an ISO day: no period may end before it
    until: str | None  # an ISO day: no period may end after it
    as_of: str | None  # an ISO day
    min_confidence: float | None  # None is the default of the reader
    document: str | None  # as typed: the documents are not known yet
    exact: bool
    format: Format
    format_given: bool  # it was asked for, and not decided here
    columns: tuple[str, ...]  # () is the columns of the command
    header: bool
    bom: bool
    output: str | None  # None is standard output
    lang: Lang
    color: bool
    width: int
    quiet: bool
    terminal: bool  # the data goes to a terminal, so control characters must not

    def check_ending(self, *others: str) -> None:
        """Refuse a file whose ending is that of no format, unless the format was given.

        ``others`` are the endings, without the dot, that the command knows besides. Raises UsageError.
        """
        ending = os.path.splitext(self.output or "")[1]
        if not ending or self.format_given or Format.of_file(ending) or ending[1:].lower() in others:
            return
        known = ", ".join(f".{each}" for each in dict.fromkeys(_ENDINGS + others))
        raise UsageError(
            f"--output: {self.output!r} has the ending of no format; end it in {known}, or give --format"
        )


class Surroundings(NamedTuple):
    """What the process finds around it and options may overrule."""

    environ: Mapping[str, str]
    terminal: bool  # standard output is one
    width: int


def surroundings() -> Surroundings:
    """What stands around this process."""
    import sys

    terminal = sys.stdout is not None and sys.stdout.isatty()
    return Surroundings(os.environ, terminal, _width(os.environ))


def resolve(typed: Typed, around: Surroundings) -> Options:
    """Check what was typed and decide every default. An explicit option beats what the terminal says.

    Raises UsageError with the word at fault.
    """
    from miit_cli import periods

    since = None if typed.since is None else periods.known_period(typed.since, "--since").start
    until = None if typed.until is None else periods.known_period(typed.until, "--until").end
    if since and until and since > until:
        raise UsageError(f"--since: {since} is after the end of --until, {until}; exchange the two")
    output = None if typed.output in _STANDARD_OUTPUT else _given("--output", typed.output)
    terminal = around.terminal and output is None
    least = typed.min_confidence
    confidence = None if least is None else float(portion("--min-confidence", least, "probability", 1))
    return Options(
        corpus=corpus_paths(typed.corpus, around.environ),
        vocabulary=_given("--vocabulary", typed.vocabulary),
        jobs=whole("--jobs", typed.jobs, "a number of processes, or 0 for one for each core", least=0),
        cache=not typed.no_cache,
        skip_bad=typed.skip_bad,
        statuses=tuple(choice("--status", word, STATUSES) for word in typed.status or ()),
        since=since,
        until=until,
        document=_given("--document", typed.document),
        as_of=None if typed.as_of is None else periods.day(typed.as_of),
        min_confidence=confidence,
        exact=typed.exact,
        format=_format(typed.format, output, terminal),
        format_given=typed.format is not None,
        columns=_columns(typed.columns),
        header=not typed.no_header,
        bom=typed.bom,
        output=output,
        lang=Lang(choice("--lang", typed.lang, tuple(Lang))),
        color=_color(Color(choice("--color", typed.color, tuple(Color))), around.environ, terminal),
        width=around.width,
        quiet=typed.quiet,
        terminal=terminal,
    )


def _given(option: str, text: str | None) -> str | None:
    if text is not None and not text.strip():
        raise UsageError(f"{option}: the value is empty; give one, or leave {option} out")
    return text


def choice(option: str, word: str, known: Sequence[str]) -> str:
    """The word, where it is one of those that an option takes. Raises UsageError."""
    if word not in known:
        raise UsageError(f"{option}: {word!r} is none of {', '.join(known)}")
    return word


def corpus_paths(typed: list[str] | None, environ: Mapping[str, str]) -> tuple[str, ...]:
    """The documents that are meant: by --corpus, else by MIIT_CORPUS, else the built-in ones."""
    if typed:
        return tuple(path for path in typed if _given("--corpus", path))
    named = tuple(path for path in environ.get("MIIT_CORPUS", "").split(os.pathsep) if path)
    return named or (BUNDLED,)


def portion(option: str, typed: str, what: str, most: int) -> "Decimal":
    """The number from 0 to ``most`` that an option was given; ``what`` it is. Raises UsageError."""
    from decimal import Decimal, InvalidOperation

    try:
        number = Decimal(typed)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number <= most:
        raise UsageError(f"{option}: {typed!r} is no {what}; give a number from 0 to {most}")
    return number


def whole(option: str, typed: str, what: str, least: int) -> int:
    """The whole number that an option was given; ``what`` says of what. Raises UsageError."""
    try:
        number = int(typed)
    except ValueError:
        raise UsageError(f"{option}: {typed!r} is no whole number; give {what}") from None
    if number < least:
        raise UsageError(f"{option}: {number} is below {least}; give {what}")
    return number


def _format(word: str | None, output: str | None, terminal: bool) -> Format:
    if word is not None:
        return Format(choice("--format", word, tuple(Format)))
    if output is not None:
        return Format.of_file(output) or Format.CSV
    return Format.TABLE if terminal else Format.CSV


def _columns(typed: str | None) -> tuple[str, ...]:
    if typed is None:
        return ()
    columns = tuple(column.strip() for column in typed.split(","))
    if not all(columns):
        raise UsageError(f"--columns: {typed!r} has an empty name; separate column names by single commas")
    return columns


def _color(choice: Color, environ: Mapping[str, str], terminal: bool) -> bool:
    if choice is not Color.AUTO:
        return choice is Color.ALWAYS
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return terminal and environ.get("TERM") != "dumb"


def _width(environ: Mapping[str, str]) -> int:
    """The columns of the terminal: COLUMNS, else what a standard stream is connected to, else 80."""
    if (columns := environ.get("COLUMNS", "")).isdecimal() and int(columns) > 0:
        return int(columns)
    for descriptor in (1, 2, 0):
        try:
            if width := os.get_terminal_size(descriptor).columns:
                return width
        except OSError:
            continue
    return 80
