"""The shared options: resolved once, an explicit one before what the terminal says."""

from __future__ import annotations

import pytest

from miit_cli.errors import UsageError
from miit_cli.options import Lang, Surroundings, Typed, resolve
from miit_cli.output import Format

PIPE = Surroundings({}, False, 80)
TERMINAL = Surroundings({"TERM": "xterm"}, True, 100)


@pytest.mark.parametrize(
    ("typed", "around", "expected"),
    [
        (Typed(), PIPE, Format.CSV),
        (Typed(), TERMINAL, Format.TABLE),
        (Typed(format="csv"), TERMINAL, Format.CSV),
        (Typed(format="table"), PIPE, Format.TABLE),
        (Typed(output="x"), TERMINAL, Format.CSV),
        (Typed(output="x.json"), TERMINAL, Format.JSON),
        (Typed(output="x.json", format="tsv"), TERMINAL, Format.TSV),
        (Typed(output="-"), TERMINAL, Format.TABLE),
    ],
)
def test_format(typed: Typed, around: Surroundings, expected: Format) -> None:
    assert resolve(typed, around).format is expected


@pytest.mark.parametrize(
    ("color", "environ", "terminal", "expected"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, False, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_colour(color: str, environ: dict[str, str], terminal: bool, expected: bool) -> None:
    assert resolve(Typed(color=color), Surroundings(environ, terminal, 80)).color is expected


def test_a_file_is_no_terminal() -> None:
    options = resolve(Typed(output="x", format="table"), TERMINAL)
    assert (options.terminal, options.color) == (False, False)


@pytest.mark.parametrize(
    ("typed", "environ", "expected"),
    [
        (None, {}, ("bundled",)),
        (None, {"MIIT_CORPUS": ""}, ("bundled",)),
        (None, {"MIIT_CORPUS": "a:b c::bundled"}, ("a", "b c", "bundled")),
        (["x"], {"MIIT_CORPUS": "a"}, ("x",)),
        (["x", "bundled"], {}, ("x", "bundled")),
    ],
)
def test_corpus(typed: list[str] | None, environ: dict[str, str], expected: tuple[str, ...]) -> None:
    assert resolve(Typed(corpus=typed), Surroundings(environ, False, 80)).corpus == expected


def test_periods_become_days() -> None:
    options = resolve(Typed(since="2022", until="2023h1", as_of="2023-03-01"), PIPE)
    assert (options.since, options.until, options.as_of) == ("2022-01-01", "2023-06-30", "2023-03-01")


def test_defaults() -> None:
    options = resolve(Typed(), PIPE)
    assert options.statuses == options.columns == ()
    assert (options.cache, options.header, options.bom, options.exact, options.lang) == (
        *(True, True, False, False),
        Lang.EN,
    )


WRONG = {
    "format": ("xml", "--format: 'xml' is none of table, csv, tsv, json, ndjson, markdown"),
    "status": (["actual", "done"], "--status: 'done' is none of actual, expected, target"),
    "lang": ("fr", "--lang: 'fr' is none of en, zh"),
    "color": ("blue", "--color: 'blue' is none of auto, always, never"),
    "columns": ("a,,b", "--columns: 'a,,b' has an empty name; separate column names by single commas"),
    "jobs": (-1, "--jobs: -1 is below 0; give a number of processes, or 0 for one for each core"),
    "corpus": ([""], "--corpus: the value is empty; give one, or leave --corpus out"),
    "vocabulary": ("", "--vocabulary: the value is empty; give one, or leave --vocabulary out"),
    "document": (" ", "--document: the value is empty; give one, or leave --document out"),
    "output": ("", "--output: the value is empty; give one, or leave --output out"),
}


@pytest.mark.parametrize("option", WRONG)
def test_nonsense_is_named(option: str) -> None:
    value, message = WRONG[option]
    with pytest.raises(UsageError) as raised:
        resolve(Typed(**{option: value}), PIPE)  # type: ignore[arg-type]
    assert str(raised.value) == message


@pytest.mark.parametrize("option", ["since", "until", "as_of"])
@pytest.mark.parametrize("value", ["", "soon", "2022-13", "2022-02-30", "22", "２０２２"])
def test_what_is_no_period_is_named(option: str, value: str) -> None:
    with pytest.raises(UsageError, match="--" + option.replace("_", "-")):
        resolve(Typed(**{option: value}), PIPE)  # type: ignore[arg-type]
