"""What every answer of the program must hold to, whatever it was asked; shared by these tests."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

# what a terminal obeys: C0 and C1 controls but the line end and the tab, and the marks that turn text around
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
CODES = {0, 1, 2, 3, 4}
LONGEST_LINE = 2100

REPORT = """---
date: 2024-02-01
title: {title}
---

At the end of 2023 there were {figure} million 5G base stations.
"""


class Shown(NamedTuple):
    """What a command line came to."""

    code: int
    out: str
    err: str


class Answered(Protocol):
    """An exit code, standard output and standard error."""

    @property
    def code(self) -> int: ...
    @property
    def out(self) -> str: ...
    @property
    def err(self) -> str: ...


def report(
    folder: Path, name: str = "2024-02-01-talk.md", figure: str = "3.377", title: str = "Talk"
) -> Path:
    """A good document."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(REPORT.format(title=title, figure=figure), encoding="utf-8")
    return path


def assert_keeps_the_contract(answer: Answered) -> None:
    """Any answer: a known exit code, lines of ``miit: …`` beside it; a refusal is one line and no data."""
    assert answer.code in CODES
    assert "Traceback" not in answer.err
    assert not OBEYED.search(answer.err), repr(answer.err)
    lines = answer.err.splitlines()
    assert all(line.startswith("miit: ") and len(line) < LONGEST_LINE for line in lines), answer.err[:3000]
    if answer.code in (2, 3):
        assert (answer.out, len(lines)) == ("", 1), answer


def assert_is_refused(answer: Answered, code: int, line: str) -> None:
    """This exit code, this one line on standard error, nothing on standard output."""
    assert (answer.code, answer.out, answer.err) == (code, "", f"miit: {line}\n")


class TerminalStream(io.TextIOWrapper):
    """A standard stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch, *arguments: str, columns: int = 100) -> Shown:
    """What a command line shows to a terminal of that many columns."""
    from miit_cli.__main__ import run

    out, err = TerminalStream(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        patch.setenv("COLUMNS", str(columns))
        code = run(arguments)
        out.flush()
        err.flush()
    return Shown(int(code), *(stream.buffer.getvalue().decode() for stream in (out, err)))  # type: ignore[attr-defined]
