"""Pipes that close, signals at any point, locales, terminals: exit code and message are the contract's."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from guard import OBEYED, Answered, on_terminal
from program import MIIT, ROOT, Ended, begin, end, environment, many, run
from rich.cells import cell_len

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and devices are others elsewhere")

Ask = Callable[..., Answered]
SHOW = ("show", "5g-base-stations")
QUESTIONS = (
    SHOW,
    ("diff", "2022", "2023"),
    ("table",),
    ("get", "5g-base-stations", "2022-07"),
    ("list",),
    ("search", "5g"),
    ("targets",),
    ("conflicts",),
    ("check", "By the end of July 2022, the country had built 1.968 million 5G base stations."),
    ("audit", "--all"),
    ("export",),
    ("plot", "5g-base-stations"),
    ("cite", "5g-base-stations", "2022-07"),
    ("schema",),
    ("docs",),
    ("docs", "2022"),
    ("suggest",),
    ("index",),
    ("--help",),
    ("--version",),
)


def name_of(question: tuple[str, ...]) -> str:
    return " ".join(question)[:20]


# pipes


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents whose export is longer than what a pipe holds."""
    folder = many(tmp_path_factory.mktemp("archive") / "reports", 900)
    assert len(run("export", "--corpus", str(folder)).out) > 1 << 16
    return folder


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "ndjson", "markdown", "table", "sdmx-csv"])
def test_a_reader_that_leaves_at_any_byte(archive: Path, form: str) -> None:
    for taken in (0, 1, 100, 5000, 65536, 65537, 69000):
        process = begin("export", "--corpus", str(archive), "-f", form)
        assert process.stdout
        assert len(process.stdout.read(taken)) == taken or form == "table"  # which is shorter
        process.stdout.close()
        assert process.stderr
        assert (process.stderr.read(), process.wait(timeout=60)) == (b"", 0), taken


@pytest.mark.parametrize("question", QUESTIONS, ids=name_of)
def test_a_standard_output_that_is_a_full_disk(question: tuple[str, ...]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    with open("/dev/full", "wb") as full:
        ended = end(begin(*question, stdout=full.fileno()))
    assert (ended.code, ended.err) == (
        3,
        "miit: standard output cannot be written: No space left on device; name a file with --output\n",
    ) or (ended.code == 3 and question[0].startswith("--") and ended.err.count("\n") == 1), ended


def closed(*descriptors: int) -> Callable[[], None]:
    def close() -> None:
        for descriptor in descriptors:
            os.close(descriptor)

    return close


@pytest.mark.parametrize(
    "closing", [c for n in (1, 2, 3) for c in itertools.combinations((0, 1, 2), n)], ids=str
)
@pytest.mark.parametrize(
    "question", [SHOW, ("get", "-"), ("check", "-"), ("show", "nothing"), ("--help",)], ids=name_of
)
def test_standard_streams_that_are_closed(question: tuple[str, ...], closing: tuple[int, ...]) -> None:
    process = subprocess.Popen(
        [*MIIT, *question],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        preexec_fn=closed(*closing),  # noqa: PLW1509 - this process has no threads
    )
    ended = end(process)
    assert ended.code in (0, 1, 3) and "Traceback" not in ended.err, ended
    if 1 in closing and ended.code == 0:
        assert question[0] in ("get", "--help")  # no question, no answer
    if ended.code:
        assert 2 in closing or (ended.err.startswith("miit: ") and ended.err.count("\n") == 1)


# signals

# Runs the program, and sends it a signal when it does something for the n-th time.
SIGNALLED = """
import os, signal, sys
left, sign = int(sys.argv[1]), int(sys.argv[2])
sys.argv[1:3] = []
EVENTS = {"import", "open", "exec", "compile", "sqlite3.connect", "os.scandir", "os.rename"}
def watch(event, arguments):
    global left
    if "miit_cli.errors" in sys.modules and event in EVENTS:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), sign)
sys.addaudithook(watch)
from miit_cli.__main__ import main
main()
"""
NOISE = "mpd_setminalloc: ignoring request"  # of the decimal module, when its first import was interrupted


def signalled(sign: int, at: int, *arguments: str) -> Ended:
    command = [sys.executable, "-c", SIGNALLED, str(at), str(sign), *arguments]
    done = subprocess.run(
        command, capture_output=True, env=environment(), text=True, stdin=subprocess.DEVNULL
    )
    err = "".join(
        line for line in done.stderr.splitlines(keepends=True) if line.strip() and NOISE not in line
    )
    return Ended(done.returncode, done.stdout, err)


def moments() -> Iterator[int]:
    """Close to each other first, where a program starts."""
    at = 1
    while True:
        yield at
        at += 1 + at // 3


@pytest.mark.parametrize(
    "question",
    [
        ("get", "5g-base-stations", "2022-07"),
        ("export", "--no-cache"),
        (*SHOW, "-f", "table"),
        ("show", "nothing"),
    ],
    ids=name_of,
)
def test_an_interrupt_at_any_point_is_one_line(question: tuple[str, ...]) -> None:
    count = 0
    for at in moments():
        ended = signalled(signal.SIGINT, at, *question)
        if ended.code != 130:
            break
        count += 1
        assert ended.err.splitlines()[-1] == "miit: interrupted", ended
        assert all(line.startswith("miit: ") for line in ended.err.splitlines()), ended
    assert count > 5 and ended.code in (0, 1), ended


def test_a_termination_at_any_point_says_nothing() -> None:
    for at in itertools.islice(moments(), 12):
        ended = signalled(signal.SIGTERM, at, "export", "--no-cache")
        assert (ended.code, ended.err) in ((-signal.SIGTERM, ""), (128 + signal.SIGTERM, "")), ended
        assert ended.out == ""


def test_interrupted_processes_that_read_leave_none_behind(archive: Path) -> None:
    marker = f"{archive}/"
    process = begin("list", "--no-cache", "--jobs", "3", "--corpus", marker)
    try:
        process.wait(timeout=0.7)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
    ended = end(process)
    assert ended.code in (0, 130), ended
    listed = subprocess.run(["ps", "-eo", "ppid,args"], capture_output=True, text=True).stdout
    assert [line for line in listed.splitlines() if line.split()[0] == str(process.pid)] == []


# locales


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LANG": "xx_YY.nonsense", "LC_ALL": "xx_YY"},
        {"LC_ALL": "", "LANG": "", "LANGUAGE": "zh"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "utf-16"},
        {"PYTHONWARNINGS": "error"},
        {"PYTHONOPTIMIZE": "2"},
        {"PYTHONDEVMODE": "1", "PYTHONWARNINGS": "default"},
        {"TZ": "Mars/Olympus"},
        {"COLUMNS": "0", "LINES": "-1"},
        {"COLUMNS": "nonsense"},
        {"TERM": ""},
        {"PWD": "/nonexistent"},
    ],
    ids=str,
)
def test_the_answer_is_the_same_in_any_surroundings(env: dict[str, str]) -> None:
    questions = [
        ("show", "little giants"),
        ("list", "--lang", "zh"),
        ("docs", "2023-07"),
        ("show", "nothing"),
    ]
    if "PYTHONUTF8" not in env:  # else arguments in Chinese do not reach a program
        questions += [("show", "小巨人"), ("show", "没有")]
    for question in questions:
        assert run(*question, env=env) == run(*question), question


@pytest.mark.parametrize(
    "env",
    [
        {"_MIIT_COMPLETE": "complete_bash"},
        {"_MIIT_COMPLETE": "complete_bash", "COMP_WORDS": "miit", "COMP_CWORD": "x"},
        {"_MIIT_COMPLETE": "complete_bash", "COMP_WORDS": "miit show '", "COMP_CWORD": "99"},
        {"_MIIT_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "miit show --corpus '\\"},
        {"_MIIT_COMPLETE": "complete_fish", "MIIT_CORPUS": "/nonexistent"},
    ],
    ids=str,
)
def test_completion_says_nothing_beside_its_offers(env: dict[str, str]) -> None:
    assert run(env=env).err == ""


def test_a_bare_environment(tmp_path: Path) -> None:
    """Not even HOME or PATH; the cache is where the password file says, so it is not used here."""
    done = subprocess.run(
        [*MIIT, *SHOW, "--no-cache"], env={"PYTHONPATH": str(ROOT)}, capture_output=True, cwd=tmp_path
    )
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, run(*SHOW).out, b"")


def test_a_working_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f"import os; os.rmdir({str(gone)!r}); from miit_cli.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", script, *SHOW],
        cwd=gone,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (0, run(*SHOW).out)
    assert done.stderr == "" or done.stderr.startswith("miit: the index is not used, since ")


# terminals


@pytest.mark.parametrize("question", QUESTIONS[:-2], ids=name_of)
def test_any_width(monkeypatch: pytest.MonkeyPatch, question: tuple[str, ...]) -> None:
    for columns in (*range(1, 8), 13, 20, 21, 40, 79, 100_000):
        shown = (
            on_terminal(monkeypatch, *question, "--color", "never", columns=columns)
            if question != ("schema",)
            else (on_terminal(monkeypatch, *question, columns=columns))
        )
        assert shown.code in (0, 4) and shown.out, (columns, shown)
        assert not OBEYED.search(shown.out + shown.err)
        if columns >= 20 and question[0] not in ("schema", "suggest", "cite"):
            most = max(columns, 40) if question[0] == "plot" else columns  # what a chart takes at least
            assert max(map(cell_len, shown.out.split("\n"))) <= most, columns


@pytest.mark.parametrize(
    ("env", "colour"),
    [
        ({"TERM": "dumb"}, False),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ({"TERM": "xterm-256color"}, True),
    ],
    ids=str,
)
def test_colour_is_what_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, env: dict[str, str], colour: bool
) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in on_terminal(monkeypatch, *SHOW).out) is colour
    assert "\x1b[" in on_terminal(monkeypatch, *SHOW, "--color", "always").out
    assert "\x1b" not in on_terminal(monkeypatch, *SHOW, "--color", "never").out
