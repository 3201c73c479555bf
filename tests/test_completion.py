"""What TAB offers, asked by the shells' protocol."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import ROOT, Answer

from miit_cli.commands import COMMANDS, command
from miit_cli.commands._columns import PLACES, columns
from miit_cli.completion.offers import understand
from miit_cli.completion.shells import SHELLS, split
from miit_cli.invocation import parameters
from miit_cli.output import Format
from miit_cli.vocabulary import load

Ask = Callable[..., Answer]


def fish(line: str) -> dict[str, str]:
    """How fish says what is typed."""
    return {"_MIIT_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": line}


def zsh(line: str) -> dict[str, str]:
    return {"_MIIT_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line}


def bash(line: str) -> dict[str, str]:
    """How bash says it: the words, of which the last may be empty, and the place of the cursor."""
    words = line.split(" ")
    return {
        "_MIIT_COMPLETE": "complete_bash",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": f"{len(words) - 1}",
    }


@pytest.fixture
def offered(ask: Ask) -> Callable[[str], list[str]]:
    """The values that are offered at the end of a line."""

    def offered(line: str) -> list[str]:
        answer = ask(env=fish(line))
        assert answer.err == "" and answer.code == 0
        return [each.partition("\t")[0] for each in answer.out.splitlines()]

    return offered


# the values


def test_the_commands_come_with_what_they_answer(ask: Ask) -> None:
    answer = ask(env=fish("miit s"))
    assert answer == (
        0,
        "show\tThe series of an indicator: every record in order of time, the change since the one before, "
        "its source\n"
        "search\tIndicators whose names come near TEXT, best first\n"
        "schema\tThe JSON Schema of a record, as export writes it in JSON\n"
        "suggest\tThe figures that the vocabulary lacks, grouped by subject, as entries for your own "
        "vocabulary file\n",
        "",
    )


def test_all_commands_are_offered(offered: Callable[[str], list[str]]) -> None:
    assert offered("miit ") == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_all_its_options_offered(name: str, offered: Callable[[str], list[str]]) -> None:
    flags = [flag for each in parameters(command(name)) for flag in each.param.flags.split()]
    assert offered(f"miit {name} -") == [*flags, "--help"]


def test_an_option_is_offered_once_unless_it_repeats(offered: Callable[[str], list[str]]) -> None:
    left = offered("miit show --lang zh --bom --status actual --")
    assert not {"--lang", "--bom"} & set(left) and {"--status", "--corpus"} <= set(left)


def test_indicators_come_with_their_labels(ask: Ask) -> None:
    entries = load().entries
    expected = "".join(
        f"{slug}\t{entry.label}\n" for slug, entry in entries.items() if slug.startswith("5g-b")
    )
    assert expected.count("\n") > 2
    assert ask(env=fish("miit show 5g-b")).out == expected


def test_every_indicator_can_be_completed(offered: Callable[[str], list[str]]) -> None:
    assert offered("miit show ") == list(load())


def test_an_indicator_is_not_offered_twice(offered: Callable[[str], list[str]]) -> None:
    assert "5g-base-stations" not in offered("miit table 5g-base-stations 5g-base-station")


def test_a_name_that_is_begun_in_chinese_goes_on_in_chinese(ask: Ask) -> None:
    entry = load()["5g-base-stations"]
    assert f"{entry.label_zh}\t5g-base-stations\n" in ask(env=fish(f"miit show {entry.label_zh[:3]}")).out


def test_the_users_own_indicators_are_offered(offered: Callable[[str], list[str]], tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(
        '[[indicator]]\nslug = "x-kites"\nlabel = "Kites"\n'
        'unit = "unit"\nmeasure = "level"\nnature = "flow"\n'
    )
    assert offered(f"miit show --vocabulary {own} x-") == ["x-kites"]


def test_periods_of_one_indicator_come_with_its_values(ask: Ask) -> None:
    shown = ask("show", "5g-base-stations", "--columns", "period,value,bound", "--no-header").out
    hedge = {"exact": "", "lower": "> ", "upper": "< ", "approx": "~ "}
    rows = [line.split(",") for line in shown.splitlines()]
    expected = {f"{period}\t{hedge[bound]}{value}" for period, value, bound in rows}
    told = set(ask(env=fish("miit get 5g-base-stations ")).out.splitlines())
    assert expected and expected <= told
    ids = ask("show", "5g-base-stations", "--columns", "document", "--no-header").out.split()
    years = {period[:4] for period, _, _ in rows}
    assert {each.partition("\t")[0] for each in told - expected} == (years | set(ids)) - {
        period for period, _, _ in rows
    }


def test_an_alias_names_the_indicator_too(offered: Callable[[str], list[str]]) -> None:
    assert offered("miit get '5G base stations' 2022-") == offered("miit get 5g-base-stations 2022-")


def test_periods_of_all_records_and_their_years(ask: Ask, offered: Callable[[str], list[str]]) -> None:
    periods = set(ask("export", "--columns", "period", "--no-header").out.split())
    years = {end[:4] for end in ask("export", "--columns", "end", "--no-header").out.split()}
    assert set(offered("miit list --since ")) == periods | years
    ids = ask("docs", "--columns", "document", "--no-header").out.split()
    assert set(offered("miit diff ")) == set(offered("miit diff 2022 ")) == periods | years | set(ids)


@pytest.mark.parametrize("line", ["miit docs ", "miit show --document ", "miit list --document="])
def test_documents_come_with_their_titles(line: str, ask: Ask) -> None:
    prefix = "--document=" if line.endswith("=") else ""
    listed = ask("docs", "--columns", "document,title", "-f", "tsv", "--no-header").out.splitlines()
    told = ask(env=fish(line)).out.splitlines()
    assert listed and sorted(f"{prefix}{each}" for each in listed) == sorted(told)


def test_formats_are_those_of_the_command(offered: Callable[[str], list[str]]) -> None:
    usual = [form.value for form in Format]
    assert offered("miit show -f ") == offered("miit diff --format ") == usual
    assert set(usual) < set(offered("miit export -f "))
    assert offered("miit list --format=nd") == ["--format=ndjson"]


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("--status", "actual expected target"),
        ("--lang", "en zh"),
        ("--color", "auto always never"),
    ],
)
def test_closed_choices(option: str, words: str, offered: Callable[[str], list[str]]) -> None:
    assert offered(f"miit show {option} ") == words.split()


def test_columns_go_on_behind_the_comma(offered: Callable[[str], list[str]]) -> None:
    assert offered("miit show --columns ind") == ["indicator"]
    assert offered("miit show --columns indicator,value,p") == [
        "indicator,value,period",
        "indicator,value,published",
    ]
    assert offered("miit get nev-sales 2022 --field sen") == ["sentence"]
    assert "numerals" in offered("miit audit --columns ") and "reason" in offered(
        "miit audit --all --columns "
    )


QUESTIONS = {
    "show": ["nev-sales"],
    "diff": ["2022", "2023"],
    "get": ["5g-base-stations", "2022-07"],
    "search": ["5g"],
    "search sentences": ["5g", "--sentences"],
    "check": ["There were 1.968 million 5G base stations at the end of July.", "--date", "2022-08-19"],
    "audit every": ["--all"],
    "plot": ["5g-base-stations", "-f", "csv"],
    "cite": ["5g-base-stations", "2022-07"],
    "docs identity": ["2022-08-19"],
}


@pytest.mark.parametrize("place", [place for place in PLACES if place not in ("suggest", "audit explain")])
def test_the_columns_that_are_offered_are_taken(place: str, ask: Ask) -> None:
    name, *special = place.split()
    names = columns(name, special)
    question = [name, *QUESTIONS.get(place, []), "--columns", ",".join(names)]
    assert names and ask(*question).out.splitlines()[0] == ",".join(names)


def test_every_command_with_columns_has_them_offered() -> None:
    for name in COMMANDS:
        has = "columns" in {each.name for each in parameters(command(name))}
        assert bool(columns(name)) == has, name


def test_every_kind_of_value_is_known(ask: Ask) -> None:
    """Nothing is declared with a kind that nobody completes: a misspelt one would offer nothing."""
    from miit_cli.completion.offers import VALUES

    declared = {each.param.complete for name in COMMANDS for each in parameters(command(name))}
    kinds = {kind for each in declared if isinstance(each, str) for kind in each.split()}
    assert kinds - {"file"} == VALUES.keys() - {""}


def test_a_file_is_left_to_the_shell(ask: Ask) -> None:
    for option in ("--corpus", "--vocabulary", "--output", "-o"):
        assert ask(env=fish(f"miit show {option} ")) == (1, "", "")
        assert ask(env=bash(f"miit show {option} ")) == (1, "", "")
        assert ask(env=zsh(f"miit show {option} ")) == (0, "_files\n", "")
    assert ask(env=fish("miit check --file x")).code == 1


def test_where_nothing_fits_nothing_is_offered(ask: Ask) -> None:
    for form in (bash, zsh, fish):
        assert ask(env=form("miit show no-such-thing")) == (0, "", "")
        assert ask(env=form("miit list loose ")) == (0, "", "")
        assert ask(env=form("miit frobnicate ")).err == ""


def test_faults_are_not_said_in_the_middle_of_a_line(ask: Ask, tmp_path: Path) -> None:
    assert ask(env=fish(f"miit show --vocabulary {tmp_path / 'none.toml'} 5g")) == (0, "", "")
    assert ask(env=fish(f"miit get --corpus {tmp_path} 5g-base-stations ")) == (0, "", "")
    assert ask(env=fish("miit get --corpus 5g")).err == ""


def test_an_own_corpus_is_completed_once_it_was_asked(ask: Ask, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "note.md").write_text(
        "---\ntitle: A note\ndate: 2024-02-01\n---\n\n"
        "There were 3.4 million 5G base stations at the end of 2023.\n"
    )
    assert ask(env=fish(f"miit docs --corpus {reports} ")).out == ""
    assert ask("list", "--corpus", str(reports)).code == 0
    assert ask(env=fish(f"miit docs --corpus {reports} ")).out == "note\tA note\n"
    assert ask(env=fish("miit docs ") | {"MIIT_CORPUS": str(reports)}).out == "note\tA note\n"


# how the shells say it, and are answered


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("miit show 5g", ["miit", "show", "5g"]),
        ("miit\nget\nnev-sales\n", ["miit", "get", "nev-sales"]),
        ("miit show 'little giants' x", ["miit", "show", "little giants", "x"]),
        (r"miit show little\ giants", ["miit", "show", "little giants"]),
        ('miit show "little gi', ["miit", "show", "little gi"]),
        ("miit show # 5g", ["miit", "show", "#", "5g"]),
    ],
)
def test_a_line_is_cut_as_a_shell_would(line: str, words: list[str]) -> None:
    assert split(line) == words


@pytest.mark.parametrize(
    ("typed", "current", "word"),
    [
        (["show", ""], "names", ""),
        (["show", "a", "b"], "names", "b"),
        (["get", "a", "20"], "period", "20"),
        (["get", "a", "2022", "x"], None, "x"),
        (["get", "--lang", "zh", "a", ""], "period", ""),
        (["get", "--lang=zh", "a", ""], "period", ""),
        (["get", "--exact", "a", ""], "period", ""),
        (["get", "-f", "c"], "format", "c"),
        (["get", "--format", "=", "c"], "format", "c"),
        (["get", "--format", "="], "format", ""),
        (["get", "--format=c"], "format", "c"),
        (["get", "-", ""], "period", ""),
        (["diff", "2022", ""], "after", ""),
        (["diff", "2022", "2023", ""], "names", ""),
    ],
)
def test_the_word_at_the_cursor_has_its_parameter(typed: list[str], current: str | None, word: str) -> None:
    line = understand(typed[:-1], typed[-1])
    assert (line.current and line.current.name, line.word) == (current, word)


def test_bash_is_told_values_alone(ask: Ask) -> None:
    assert ask(env=bash("miit export -f sq")) == (0, "sqlite\n", "")
    assert ask(env=bash("miit show --format = js")) == (0, "json\n", "")


def test_zsh_is_told_what_to_evaluate(ask: Ask) -> None:
    assert ask(env=zsh("miit show 5g-base-stations-p")) == (
        0,
        """_arguments '*: :(("5g-base-stations-per-10000":"5G base stations per 10000 people"))'\n""",
        "",
    )


def test_zsh_cannot_be_made_to_run_anything(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "odd.md").write_text(
        '---\ntitle: "a \'quote\' $(touch pwned) `touch pwned` \\"; touch pwned: [x] (y) \\\\"\n'
        "date: 2024-02-01\n---\n\nThere were 3.4 million 5G base stations at the end of 2023.\n"
    )
    assert ask("list", "--corpus", str(tmp_path)).code == 0
    told = ask(env=zsh(f"miit docs --corpus {tmp_path} ")).out
    assert "touch" in told
    if not (shell := shutil.which("zsh")):
        pytest.skip("zsh is not installed")
    program = '_arguments() { eval "set -- ${${1#*: :\\(\\(}%\\)\\)}"; print -r -- "$1" }; eval $(cat)'
    done = subprocess.run([shell, "-fc", program], input=told, capture_output=True, text=True, cwd=tmp_path)
    assert done.stderr == "" and not (tmp_path / "pwned").exists()
    assert done.stdout == "odd:a 'quote' $(touch pwned) `touch pwned` \"; touch pwned\\: [x] (y) \\\n"


def test_fish_asks_whether_there_is_anything(ask: Ask) -> None:
    action = {"_TYPER_COMPLETE_FISH_ACTION": "is-args"}
    assert ask(env=fish("miit show 5g") | action) == (0, "", "")
    assert ask(env=fish("miit show --corpus ") | action) == (1, "", "")


def test_powershell_is_told_values_with_what_they_are(ask: Ask) -> None:
    def powershell(line: str, word: str) -> dict[str, str]:
        asked = {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_WORD_TO_COMPLETE": word}
        return {"_MIIT_COMPLETE": "complete_powershell", **asked}

    label = load()["5g-base-stations-per-10000"].label
    assert ask(env=powershell("miit show 5g-base-stations-p", "5g-base-stations-p")) == (
        *(0, f"5g-base-stations-per-10000:::{label}\n", ""),
    )
    assert ask(env=powershell("miit export -f sq", "sq")).out == "sqlite::: \n"
    assert ask(env=powershell("miit show --lang ", "")).out == "en::: \nzh::: \n"
    assert ask(env=powershell("miit show --corpus ", "")) == (0, "", "")


# the scripts, which are Typer's


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "pwsh"])
def test_the_script_asks_what_is_answered(shell: str, ask: Ask, inside: Callable[[str], None]) -> None:
    inside(shell)
    answer = ask("--show-completion")
    assert answer.code == 0
    [name] = re.findall(r'_MIIT_COMPLETE ?= ?"?complete_([a-z]+)', answer.out.replace("$Env:", ""))[:1]
    assert name in SHELLS


def test_it_is_installed_where_the_shell_finds_it(
    ask: Ask, tmp_path: Path, inside: Callable[[str], None]
) -> None:
    places = {"bash": ".bash_completions/miit.sh", "zsh": ".zfunc/_miit"}
    for shell, place in {**places, "fish": ".config/fish/completions/miit.fish"}.items():
        inside(shell)
        assert ask("--install-completion").code == 0
        assert "_MIIT_COMPLETE" in (tmp_path / place).read_text()


def test_where_it_cannot_be_installed_it_is_an_error(
    ask: Ask, tmp_path: Path, inside: Callable[[str], None]
) -> None:
    inside("zsh")
    (tmp_path / ".zfunc").write_text("in the way")
    answer = ask("--install-completion")
    assert answer.code == 3 and answer.err.startswith(f"miit: {tmp_path}/.zfunc: ")


# fast enough not to be felt

LINES = ["miit ", "miit show 5g", "miit get 5g-base-stations ", "miit show --columns ind", "miit docs "]


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **extra}


@pytest.mark.parametrize("line", LINES)
def test_nothing_heavy_is_loaded_at_tab(line: str) -> None:
    program = "import sys; from miit_cli.__main__ import run; run([]);print(*sys.modules, file=sys.stderr)"
    for _ in range(2):  # the index is built once
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, env=environment(fish(line))
        )
    loaded = set(done.stderr.split())
    assert done.stdout
    assert not loaded & {
        "typer",
        "click",
        "inspect",
        "pydantic",
        "rich",
        "rapidfuzz",
        "yaml",
        "tomllib",
        "shlex",
    }
    assert not {name for name in loaded if name.startswith(("miit_cli.reading", "miit_cli.formats"))}
