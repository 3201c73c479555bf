"""What people do with files and shells every day: globs, pipes, links, endings, quoted words."""

from __future__ import annotations

import os
import shlex
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Answer

from miit_cli.invocation import spread

Ask = Callable[..., Answer]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Three reports of two years in folders of their own."""
    for year in (2023, 2024):
        folder = tmp_path / "c" / f"y{year}"
        folder.mkdir(parents=True)
        for day in (21, 22, 23):
            text = f"At the end of June {year} there were 2.93{day % 10} million 5G base stations.\n"
            (folder / f"{year}-07-{day}-r.md").write_text(text)
    return tmp_path / "c"


def count(ask: Ask, folder: Path) -> int:
    return len(ask("docs", "--corpus", str(folder), "-f", "csv", "--no-header").out.splitlines())


def test_a_link_that_leads_elsewhere_leaves_no_document_out(ask: Ask, reports: Path) -> None:
    link = reports / "current"
    counts = [count(ask, reports)]
    for target in ("y2023", "y2024", None):
        link.unlink(missing_ok=True)
        if target:
            link.symlink_to(target)
        counts.append(count(ask, reports))
    assert counts == [6, 6, 6, 6]


def test_files_that_a_shell_made_of_a_pattern_are_the_corpus(ask: Ask, reports: Path) -> None:
    files = sorted(str(path) for path in (reports / "y2023").glob("*.md"))
    answer = ask("get", "--corpus", *files, "5g-base-stations", "2023-06", "--field", "document")
    assert (answer.code, answer.out) == (4, "") and "2023-07-21-r" in answer.err
    answer = ask("docs", "--corpus", *files, "-f", "csv", "--no-header")
    assert answer.out.count("\n") == 3


def test_only_files_behind_a_file_are_spread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "b.md", "nev-sales"):
        Path(name).touch()
    line = "show --corpus a.md b.md nev-sales b.md -f csv"
    assert spread(line.split()) == [
        "show",
        "--corpus",
        "a.md",
        "--corpus",
        "b.md",
        "nev-sales",
        "b.md",
        "-f",
        "csv",
    ]
    assert spread(["check", "--file", "a.md"]) == ["check", "--file", "a.md"]
    assert spread(["show", "--corpus", ".", "a.md"]) == ["show", "--corpus", ".", "a.md"]


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="there is no /dev/stdout here")
def test_standard_output_may_be_named_as_a_file(start: Ask) -> None:
    question = ("export", "5g-base-stations", "-f", "csv")
    assert start(*question, "-o", "/dev/stdout") == start(*question)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_written_to(ask: Ask, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert ask("list", "-o", str(pipe)).code == 3  # nobody reads
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    while ask("list", "-f", "csv", "-o", str(pipe)).code:  # until the other end is open
        pass
    reader.join()
    assert read == [ask("list", "-f", "csv").out]


@pytest.mark.parametrize("command", ["list", "export", "show 5g-base-stations"])
def test_an_ending_that_is_no_format_is_an_error(ask: Ask, tmp_path: Path, command: str) -> None:
    place = tmp_path / "x.xlsx"
    answer = ask(*command.split(), "-o", str(place))
    assert answer.code == 2 and "has the ending of no format" in answer.err and ".csv" in answer.err
    assert not place.exists()
    assert ask(*command.split(), "-o", str(place), "-f", "csv").code == 0 and place.exists()
    assert ask(*command.split(), "-o", str(tmp_path / "plain")).code == 0


def test_a_database_of_others_is_replaced_only_by_force(ask: Ask, tmp_path: Path) -> None:
    place = tmp_path / "x.db"
    with sqlite3.connect(place) as connection:
        connection.execute("CREATE TABLE mine (a)")
    before = place.read_bytes()
    answer = ask("export", "-o", str(place))
    assert answer.code == 3 and "(mine)" in answer.err and "--force" in answer.err
    assert place.read_bytes() == before
    assert ask("export", "-o", str(place), "--force").code == 0
    assert ask("export", "-o", str(place)).code == 0, "our own is replaced as before"


def test_a_bare_value_says_which_indicator_it_is_of(ask: Ask) -> None:
    answer = ask("get", "5g stations", "2023-06")
    assert answer.out == "2937000\n"
    assert answer.err.startswith("miit: '5g stations' is taken for 5g-base-stations\n")
    assert "taken for" not in ask("get", "5g-base-stations", "2023-06").err
    assert "taken for" not in ask("get", "5G base stations built and opened", "2023-06").err


@pytest.mark.parametrize("typed", ["tw", "'tw", '"tw', "two\\ w"])
def test_a_completed_name_with_blanks_is_one_word(ask: Ask, tmp_path: Path, typed: str) -> None:
    (tmp_path / "two words.md").write_text("---\ndate: 2023-07-25\n---\nUsers: 7.\n")
    assert ask("docs", "--corpus", str(tmp_path)).code == 0  # names come out of the index
    asked = subprocess.run(
        [sys.executable, "-m", "miit_cli"],
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "_MIIT_COMPLETE": "complete_bash",
            "COMP_WORDS": f"miit\ndocs\n--corpus\n{tmp_path}\n{typed}",
            "COMP_CWORD": "4",
        },
    )
    offer = asked.stdout.splitlines()[0]
    quote = typed[0] if typed[0] in "'\"" else ""
    assert shlex.split(quote + offer + quote) == ["two words"]
