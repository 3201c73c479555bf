"""The shared options, and every wrong command line: exit code, one line, nothing on standard output."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Answer

from miit_cli.commands import COMMANDS
from miit_cli.commands import command as function_of

Ask = Callable[..., Answer]

SHOW = ("show", "5g-base-stations")


# what the options do


def test_columns_come_in_the_order_asked_for(ask: Ask) -> None:
    answer = ask(*SHOW, "--columns", "value,period", "--since", "2025")
    assert answer == (0, "value,period\n4550000,2025-06\n", "")


def test_columns_beyond_the_contract_may_be_asked_for(ask: Ask) -> None:
    answer = ask(*SHOW, "--columns", "change,change_bound", "--until", "2022", "--no-header")
    assert answer == (0, ",\n332000,lower\n", "")


def test_an_unknown_column_names_the_known(ask: Ask) -> None:
    answer = ask(*SHOW, "--columns", "value,colour")
    assert (answer.code, answer.out) == (2, "")
    assert "'colour'" in answer.err and "indicator, period, value" in answer.err


@pytest.mark.parametrize(
    ("options", "periods"),
    [
        (("--since", "2023"), ["2023-06", "2025-06"]),
        (("--until", "2022"), ["2022-07", "2022"]),
        (("--since", "2022-12", "--until", "2023-06"), ["2022", "2023-06"]),
        (("--as-of", "2023-01-11"), ["2022-07", "2022"]),
        (("--document", "2023-07"), ["2023-06"]),
    ],
)
def test_filters(ask: Ask, options: tuple[str, ...], periods: list[str]) -> None:
    answer = ask(*SHOW, "--columns", "period", "--no-header", *options)
    assert answer == (0, "".join(f"{period}\n" for period in periods), "")


def test_status_filters_and_repeats(ask: Ask) -> None:
    def statuses(*options: str) -> set[str]:
        return set(ask("export", "--columns", "status", "--no-header", *options).out.split())

    assert statuses("--status", "target") == {"target"}
    assert statuses("--status", "target", "--status", "expected") == {"target", "expected"}


def test_nothing_left_by_the_filters_is_said(ask: Ask) -> None:
    answer = ask(*SHOW, "--since", "2030")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("miit: ") and answer.err.count("\n") == 1


def test_corpus_by_option_and_by_variable(ask: Ask, tmp_path: Path) -> None:
    report = "---\ndate: 2024-02-01\n---\n\nAt the end of 2023 there were 3.377 million 5G base stations.\n"
    (tmp_path / "2024-02-01-talk.md").write_text(report, encoding="utf-8")
    plain = ("--columns", "value", "--no-header")
    assert ask(*SHOW, *plain, "--corpus", str(tmp_path)).out == "3377000\n"
    assert ask(*SHOW, *plain, env={"MIIT_CORPUS": str(tmp_path)}).out == "3377000\n"
    both = ask(*SHOW, *plain, env={"MIIT_CORPUS": f"{tmp_path}{os.pathsep}bundled"}).out.split()
    assert len(both) == 5 and "3377000" in both


def test_no_cache_answers_the_same(ask: Ask) -> None:
    assert ask("export", "--no-cache") == ask("export")


def test_output_is_written_whole_and_keeps_its_mode(ask: Ask, tmp_path: Path) -> None:
    place = tmp_path / "out.csv"
    place.write_text("before", encoding="utf-8")
    place.chmod(0o600)
    assert ask(*SHOW, "-o", str(place)) == (0, "", "")
    assert place.read_text(encoding="utf-8") == ask(*SHOW).out
    assert place.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_output_follows_a_link_and_leaves_it(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("real.csv")
    assert ask(*SHOW, "-o", str(tmp_path / "link.csv")).code == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text(encoding="utf-8") == ask(*SHOW).out


def test_a_failed_question_leaves_the_output_as_it_was(ask: Ask, tmp_path: Path) -> None:
    place = tmp_path / "out.csv"
    place.write_text("before", encoding="utf-8")
    assert ask(*SHOW, "--columns", "colour", "-o", str(place)).code == 2
    assert ask(*SHOW, "--since", "2030", "-o", str(place)).code == 1
    assert place.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("place", [".", "missing/out.csv", "file/out.csv", "x" * 300, "nul\0l", "fifo"])
def test_output_to_an_impossible_place(ask: Ask, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    os.mkfifo(tmp_path / "fifo")
    answer = ask(*SHOW, "-o", f"{tmp_path}/{place}")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith("miit: --output: ") and answer.err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fifo", "file"]


def test_output_to_a_device_leaves_the_device(ask: Ask) -> None:
    assert ask(*SHOW, "-o", os.devnull) == (0, "", "")
    assert not Path(os.devnull).is_file()


# wrong command lines

WRONG = [
    # what is wrong is said in Typer's words; the word at fault and where help is are ours
    (("nonsense",), 2, "nonsense"),
    (("shw", "x"), 2, "See miit --help"),
    (("--nonsense",), 2, "--nonsense"),
    (("--corpus", ".", "list"), 2, "--corpus stands behind the command: miit list --corpus"),
    (("show",), 2, "NAME…"),
    ((*SHOW, "--nonsense"), 2, "--nonsense"),
    ((*SHOW, "--jobs", "two"), 2, "--jobs: 'two' is no whole number"),
    (("table", "--last", "1.5"), 2, "--last: '1.5' is no whole number"),
    (
        ("get", "5g", "base", "stations", "2022"),
        2,
        "'stations 2022' is too much; put a name of several words",
    ),
    ((*SHOW, "--since", "2024", "--until", "2022"), 2, "--since: 2024-01-01 is after the end of --until"),
    (("plot", "5g-base-stations", "-o", "a.jpg"), 2, "'a.jpg' has the ending of no format"),
    (("cite", "5g-base-stations", "2022-07", "-o", "a.docx"), 2, "'a.docx' has the ending of no format"),
    (("docs", "2022-08", "-o", "a.pdf"), 2, "'a.pdf' has the ending of no format"),
    (("get", "5g-base-stations", "2022-07", "-o", "a.xyz"), 2, "'a.xyz' has the ending of no format"),
    (("schema", "-o", "a.xml"), 2, "'a.xml' has the ending of no format"),
    ((*SHOW, "--as-of", "2021-01-01"), 1, "no record of 5g-base-stations here with --as-of 2021-01-01"),
    (("check", "Guangdong had 330,000 5G base stations."), 1, "left out: 330,000 (a figure of a region)"),
    ((*SHOW, "--jobs", "-2"), 2, "--jobs: -2 is below 0"),
    ((*SHOW, "--format"), 2, "see miit show --help"),
    ((*SHOW, "-f", "xml"), 2, "--format: 'xml' is none of"),
    ((*SHOW, "--status", "done"), 2, "--status: 'done' is none of"),
    ((*SHOW, "--lang", "fr"), 2, "--lang: 'fr' is none of"),
    ((*SHOW, "--color", "blue"), 2, "--color: 'blue' is none of"),
    ((*SHOW, "--since", "soon"), 2, "--since needs a period"),
    ((*SHOW, "--until", "2022-13"), 2, "--until needs a period"),
    ((*SHOW, "--as-of", "2023"), 2, "--as-of needs a day"),
    ((*SHOW, "--as-of", "2023-02-30"), 2, "--as-of needs a day"),
    ((*SHOW, "--document", "1999"), 2, "no document '1999'"),
    ((*SHOW, "--document", "2023"), 2, "'2023' begins the names of 3 documents"),
    ((*SHOW, "--columns", ""), 2, "--columns: '' has an empty name"),
    ((*SHOW, "--output", ""), 2, "--output: the value is empty"),
    ((*SHOW, "--corpus", ""), 2, "--corpus: the value is empty"),
    ((*SHOW, "--corpus", "/nonexistent"), 3, "/nonexistent"),
    ((*SHOW, "--vocabulary", "/nonexistent"), 3, "/nonexistent"),
    (("show", ""), 1, "is no name"),
    (("show", "x" * 10_000), 1, "too long for a name"),
    (("show", "\x1b[31m\x07"), 1, "\\x1b[31m\\x07"),
    (("show", "qqqqqqqqqqqq"), 1, "qqqqqqqqqqqq"),
    (("show", "--exact", "base stations of any kind"), 1, "leave out --exact"),
    (("show", "--", "--help"), 1, "--help"),
    (("get", "-", "2022"), 2, "leave out PERIOD"),
    (("diff", "2022"), 2, "see miit diff --help"),
    (("diff", "2022", "soon"), 2, "'soon' is no period"),
    (("diff", "2022", "1999"), 1, "no record for 1999"),
    (("table", "--last", "0"), 2, "--last: 0 is below 1"),
    (("search", "qqqqqqqqqqqq"), 1, "no indicator comes near 'qqqqqqqqqqqq'"),
    (("search", "--sentences", "qqqqqqqqqqqq"), 1, "no sentence holds every word of 'qqqqqqqqqqqq'"),
    (("check",), 2, "give either a TEXT"),
    (("check", "x", "--file", "y"), 2, "give either a TEXT"),
    (("check", ""), 1, "the text is empty"),
    (("check", "x", "--date", "2023"), 2, "--date needs a day"),
    (("check", "--file", "/nonexistent"), 3, "/nonexistent"),
    (("docs", "1999"), 2, "no document '1999'"),
    (("index", "--rebuild", "--drop"), 2, "exclude each other"),
    (("index", "--all"), 2, "--all goes with --drop"),
]


@pytest.mark.parametrize(
    ("arguments", "code", "message"), WRONG, ids=[" ".join(case[0])[:60] for case in WRONG]
)
def test_a_wrong_command_line_is_one_line(
    ask: Ask, arguments: tuple[str, ...], code: int, message: str
) -> None:
    answer = ask(*arguments)
    assert (answer.code, answer.out) == (code, ""), answer.err
    assert answer.err.startswith("miit: ") and answer.err.count("\n") == 1
    assert message in answer.err
    assert "\x1b" not in answer.err and "Traceback" not in answer.err


# help


def test_help_has_four_panels_in_order(ask: Ask) -> None:
    answer = ask("--help")
    places = [answer.out.index(f"─ {panel} ─") for panel in ("Ask", "Judge", "Share", "Corpus")]
    assert places == sorted(places) and answer.code == 0
    assert ask().out.split() == answer.out.split()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(ask: Ask, name: str) -> None:
    answer = ask(name, "--help", env={"TERMINAL_WIDTH": "200"})
    assert (answer.code, answer.err) == (0, "")
    summary = (function_of(name).__doc__ or "").split("\n\n")[0].split()
    assert " ".join(summary) in " ".join(answer.out.split())
    assert "Usage: miit " + name in answer.out


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - {"schema", "mcp", "index"}))
def test_every_querying_command_has_the_shared_options(ask: Ask, name: str) -> None:
    shared = (
        *(
            "--corpus",
            "--vocabulary",
            "--format",
            "--columns",
            "--no-header",
            "--bom",
            "--output",
            "--status",
        ),
        *("--since", "--until", "--document", "--as-of", "--jobs", "--no-cache", "--skip-bad", "--lang"),
        *("--exact", "--color", "--quiet"),
    )
    help_text = ask(name, "--help").out
    assert [option for option in shared if option not in help_text] == []


def test_help_in_a_pipe_has_no_escapes_even_where_typer_would_force_them() -> None:
    done = shell(f"{MIIT} show --help", GITHUB_ACTIONS="true", PY_COLORS="1")
    assert done.returncode == 0 and "\x1b" not in done.stdout


def test_version(ask: Ask) -> None:
    from miit_cli.version import VERSION

    assert ask("--version") == (0, f"miit {VERSION}\n", "")


# processes, pipes, locales

ENVIRON = {"PYTHONPATH": str(ROOT)}
MIIT = f"{sys.executable} -m miit_cli"


def shell(command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        text=True,
        env={**os.environ, **ENVIRON, **environ},
        cwd=ROOT,
    )


@pytest.mark.parametrize(
    "command",
    ["export", "show 5g-base-stations", "--help", "schema", "list -f table", "docs 2022", "--version"],
)
def test_a_closed_pipe_is_no_error(command: str) -> None:
    for reader in ("head -1", "true", "exec 0<&-; sleep 0.5"):
        done = shell(f"{MIIT} {command} | ({reader})")
        assert (done.returncode, done.stderr) == (0, "")


def test_a_full_disk_is_said() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    for command in ("export", "--help", "get 5g-base-stations 2022-07", "--version"):
        done = shell(f"{MIIT} {command} >/dev/full")
        assert done.returncode == 3
        assert done.stderr.startswith("miit: ") and done.stderr.count("\n") == 1


def test_a_closed_standard_output_is_said() -> None:
    done = shell(f"{MIIT} list >&-")
    assert (done.returncode, done.stderr) == (
        3,
        "miit: standard output is closed; open it, or name a file with --output\n",
    )


def test_a_closed_standard_error_hides_nothing() -> None:
    done = shell(f"{MIIT} get 5g-base-stations 2022-12 2>&-")
    assert (done.returncode, done.stdout) == (0, "2300000\n")
    assert shell(f"{MIIT} show qqqqqqqq 2>&-").returncode == 1


@pytest.mark.parametrize(
    "environ",
    [{"LANG": "C", "LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
)
def test_utf8_whatever_the_locale(environ: dict[str, str]) -> None:
    done = subprocess.run(
        [*MIIT.split(), "list", "--lang", "zh"], capture_output=True, env={**os.environ, **ENVIRON, **environ}
    )
    assert done.returncode == 0, done.stderr
    assert "5G基站" in done.stdout.decode("utf-8")


def test_an_interrupt_is_130_and_one_line() -> None:
    process = subprocess.Popen(
        [*MIIT.split(), "get", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **ENVIRON},
        text=True,
    )
    assert process.stdin and process.stdout
    process.stdin.write("5g-base-stations\t2022-07\n")
    process.stdin.flush()
    assert process.stdout.readline() == "1968000\n", "who asks one by one is answered one by one"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, "", "miit: interrupted\n")


def test_a_terminated_run_leaves_the_output_as_it_was(tmp_path: Path) -> None:
    place = tmp_path / "out.txt"
    place.write_text("before", encoding="utf-8")
    process = subprocess.Popen(
        [*MIIT.split(), "get", "-", "-o", str(place)],
        stdin=subprocess.PIPE,
        env={**os.environ, **ENVIRON},
    )
    until = time.monotonic() + 20
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    process.terminate()
    assert process.wait(timeout=20) == 128 + signal.SIGTERM
    assert process.stdin
    process.stdin.close()
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]
    assert place.read_text(encoding="utf-8") == "before"


# terminals


def on_terminal(*arguments: str, columns: int = 80, **environ: str) -> str:
    """What a command writes to a terminal of that many columns, standard error included."""
    pty = pytest.importorskip("pty")
    import fcntl
    import struct
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [*MIIT.split(), *arguments],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={**os.environ, **ENVIRON, **environ},
    )
    os.close(follower)
    seen = b""
    while True:
        try:
            data = os.read(leader, 4096)
        except OSError:
            break
        if not data:
            break
        seen += data
    process.wait()
    os.close(leader)
    return seen.decode("utf-8").replace("\r\n", "\n")


def test_a_terminal_gets_a_table_in_colour() -> None:
    shown = on_terminal(*SHOW)
    assert "\x1b[1m5G base stations" in shown and "▁▁▃█" in shown


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_without_colour_gets_none(environ: dict[str, str]) -> None:
    shown = on_terminal(*SHOW, **environ)
    assert "\x1b" not in shown and "> 2,300,000" in shown


def test_colour_that_is_asked_for_beats_the_environment() -> None:
    assert "\x1b[1;32m" in on_terminal("docs", "2022", "--color", "always", NO_COLOR="1")


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
@pytest.mark.parametrize(
    "command", [SHOW, ("list",), ("table",), ("targets",), ("diff", "2022", "2023"), ("docs",)]
)
def test_no_line_is_wider_than_the_terminal(command: tuple[str, ...], columns: int) -> None:
    from rich.cells import cell_len

    shown = on_terminal(*command, "--color", "never", columns=columns)
    lines = [line for line in shown.split("\n") if not line.startswith("miit: ")]
    assert max(map(cell_len, lines)) <= columns


def test_an_explicit_format_beats_the_terminal(ask: Ask) -> None:
    ask(*SHOW)  # once read, nothing tells of progress
    assert (
        on_terminal(*SHOW, "-f", "csv", "--columns", "period") == "period\n2022-07\n2022\n2023-06\n2025-06\n"
    )


def test_what_documents_say_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    report = (
        '---\ndate: 2024-02-01\ntitle: "a [bold]b[/bold] \\e]0;c\\a"\n---\n\n'
        "At the end of 2023 there were 3.377 million 5G base stations \x1b[31m[red]\u202e.\n"
    )
    (tmp_path / "2024-02-01-\x1b[5mtalk.md").write_text(report, encoding="utf-8")
    for command in (
        ("docs",),
        ("docs", "2024"),
        (*SHOW, "--quotes"),
        (*SHOW, "-f", "csv"),
        (*SHOW, "-f", "json"),
    ):
        shown = on_terminal(*command, "--corpus", str(tmp_path), "--color", "never", columns=300)
        assert "\x1b" not in shown and "\u202e" not in shown and "\x07" not in shown


def test_quiet_says_no_notes_and_the_same_data(ask: Ask) -> None:
    command = ("show", "5g base statoins", "--min-confidence", "0")
    loud, quiet = ask(*command), ask(*command, "--quiet")
    assert "is taken for 5g-base-stations" in loud.err
    assert (quiet.code, quiet.out, quiet.err) == (0, loud.out, "")


def test_quiet_still_says_errors(ask: Ask) -> None:
    assert "no indicator" in ask("show", "qqqq zzzz", "--quiet").err
