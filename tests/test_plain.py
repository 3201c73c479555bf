"""Plain command lines are understood as Typer understands them, or left to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miit_cli import app
from miit_cli.commands import COMMANDS, command
from miit_cli.completion import VARIABLE
from miit_cli.errors import UsageError
from miit_cli.invocation import Invocation, parameters, plain

PLAIN = [
    ("show", "5g-base-stations"),
    ("show", "a", "b", "--quotes", "--since", "2022", "c"),
    ("show", "a", "-f", "csv", "--columns", "x,y", "--status", "target", "--status", "actual"),
    ("get", "5g-base-stations", "2022-07", "--expect", "3"),
    ("get", "-"),
    ("diff", "2022", "2023", "--all", "a", "b"),
    ("list", "--jobs", "2", "--corpus", "x", "--corpus", "y", "--no-cache"),
    ("table", "--last", "3", "--lang", "zh"),
    ("export", "-o", "out.csv", "--bom", "--no-header"),
    ("schema",),
]
LEFT_TO_TYPER = [
    (),
    ("--help",),
    ("--version",),
    ("nonsense",),
    ("show",),
    ("show", "--help"),
    ("show", "a", "-h"),
    ("show", "a", "--", "-b"),
    ("show", "a", "--since=2022"),
    ("show", "a", "-fcsv"),
    ("show", "a", "--quotes=1"),
    ("show", "a", "--nonsense"),
    ("show", "a", "--since"),
    ("show", "a", "--since", "--until"),
    ("list", "--jobs", "-1"),
    ("list", "extra"),
    ("get", "a", "b", "c"),
]


@pytest.mark.parametrize("line", PLAIN)
def test_a_plain_line_is_understood_as_typer_does(line: tuple[str, ...]) -> None:
    call = plain(line)
    assert call is not None and call == app.parse(line)


@pytest.mark.parametrize("line", LEFT_TO_TYPER)
def test_what_is_not_plain_is_left_to_typer(line: tuple[str, ...]) -> None:
    assert plain(line) is None


def test_a_shell_that_nobody_knows_is_left_to_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "complete_nothing")
    assert plain(("show", "a")) is None


VALUES = [
    "a",
    "2022",
    "csv",
    "",
    "x,y",
    "-",
    "--",
    "-1",
    "3",
    "0",
    "１",
    "ﬁ",
    "中文",
    "a=b",
    "--since=2022",
    "-f",
]


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, ...]:
    name = draw(st.sampled_from([*COMMANDS, "nonsense"]))
    flags = (
        [flag for parameter in parameters(command(name)) for flag in parameter.param.flags.split()]
        if name in COMMANDS
        else ["--since"]
    )
    words = st.one_of(st.sampled_from(flags), st.sampled_from(VALUES), st.text(max_size=3))
    return (name, *draw(st.lists(words, max_size=6)))


@given(lines())
def test_the_two_ways_agree(line: tuple[str, ...]) -> None:
    call = plain(line)
    if call is not None:
        try:
            by_typer: Invocation | int | str = app.parse(line)
        except UsageError as error:
            by_typer = str(error)
        assert call == by_typer
