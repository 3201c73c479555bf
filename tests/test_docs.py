"""The documentation is true: generated pages are current, examples show what is shown."""

from __future__ import annotations

import ast
import doctest
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Answer
from test_mcp import TOOLS

from miit_cli.commands import COMMANDS, command
from miit_cli.errors import ExitCode
from miit_cli.invocation import parameters
from miit_cli.models import Record
from tools import pages, pictures

DOCS = ROOT / "docs"
AGAIN = "run: python tools/pages.py"


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a language in a page."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)


# what is generated


def test_the_page_of_the_commands_is_that_of_the_program() -> None:
    assert pages.COMMANDS_PAGE.read_text(encoding="utf-8") == pages.commands_page(), AGAIN


def test_the_man_page_is_that_of_the_program() -> None:
    assert pages.MAN_PAGE.read_text(encoding="utf-8") == pages.man_page(), AGAIN


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    """The generator is checked against the declarations: nothing is left out of either page."""
    section = pages.commands_page().partition(f"\n## miit {name}\n")[2].partition("\n## ")[0]
    general = pages.commands_page().partition("\n## miit ")[0]
    manual = pages.man_page()
    for parameter in parameters(command(name)):
        for flag in parameter.param.flags.split():
            assert f"`{flag}" in section + general
            assert rf"\fB{flag}\fR".replace("-", r"\-") in manual
    assert (command(name).__doc__ or "").split("\n")[0].split()[0] in section


def test_every_exit_code_is_documented() -> None:
    assert list(pages.EXITS) == list(ExitCode)


@pytest.mark.parametrize("tool", ["mandoc", "man"])
def test_the_man_page_is_sound(tool: str) -> None:
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed")
    arguments = ["-Tlint", "-Werror"] if tool == "mandoc" else ["--warnings=all", "-E", "UTF-8", "-l"]
    done = subprocess.run(
        [tool, *arguments, pages.MAN_PAGE],
        capture_output=True,
        text=True,
        env={**os.environ, "MANPAGER": "cat"},
    )
    problems = done.stdout if tool == "mandoc" else done.stderr
    assert not problems
    if tool == "man":
        assert "5g-base-stations 2022-07" in done.stdout


# what stands in it


def test_links_lead_somewhere() -> None:
    for page in pages.pages():
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?://)([^)\s]+)\)", text):
            name, _, anchor = target.partition("#")
            path = (page.parent / name) if name else page
            assert path.exists(), f"{page.name}: {target}"
            if anchor:
                assert anchor in anchors(path), f"{page.name}: {target}"


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_linked_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [page.name for page in DOCS.glob("*.md") if f"docs/{page.name}" not in readme]


def test_the_first_block_of_the_readme_is_two_commands() -> None:
    first = re.search(r"^```\w*\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    venv = "python3 -m venv .venv && .venv/bin/pip install -q"
    assert first and first[1].splitlines() == [
        f"{venv} . && .venv/bin/miit show 5g-base-stations -f table",
        f"{venv} -c requirements.lock '.[dev]' && .venv/bin/python -m pytest -q -n auto",
    ]


# what else the pages say


def test_the_columns_of_a_record_are_documented() -> None:
    rows = re.findall(r"^\| (`.*?) \|", (DOCS / "records.md").read_text(encoding="utf-8"), re.M)
    named = [name for row in rows for name in re.findall(r"`([a-z]+)`", row)]
    assert named[: len(Record.model_fields)] == list(Record.model_fields)


def test_the_entry_of_a_vocabulary_is_taken(ask: Callable[..., Answer], tmp_path: Path) -> None:
    [entry] = blocks(DOCS / "corpora.md", "toml")
    (tmp_path / "mine.toml").write_text(entry, encoding="utf-8")
    answer = ask(
        "search", "steel output", "--vocabulary", str(tmp_path / "mine.toml"), "--columns", "indicator"
    )
    assert answer.out.splitlines()[1] == "crude-steel-output"


# the archive


def test_the_reader_is_a_function_of_text_date_and_language() -> None:
    [session, *_] = blocks(DOCS / "archive.md", "python")
    assert ">>>" in session
    test = doctest.DocTestParser().get_doctest(session, {}, "archive.md", None, 0)
    assert doctest.DocTestRunner().run(test).failed == 0


# the errors

REMEDIES = re.compile(
    r"; | lists? | shows? | needs | is none of |there are |one of |pip install"
    r"|the (?:columns|fields|keys) are |: give "
    r"|: (?:save|write|correct|rename|remove|split|keep|change|end|mend|run|build|put|point)"
    r"|\{(?:_NAME_ONE|_KINDS|_SAVE_AS|_SHAPE|remedy|_NO_DATE.*|REQUIRED)\}"
)
RAISED = {"UsageError", "InputError", "NothingToShow"}
PLAIN = {
    # of the built-in data: whoever meets them has changed the package
    "{}: {} fields where {} belong: {}",
    # the other half of the line is said elsewhere, and looked at there
    "{}: {}",
    "{}:{}: {}",
}


def messages() -> list[tuple[str, str]]:
    """Every line that an expected error is raised with, as file:line and its words."""
    found = []
    for path in sorted((ROOT / "miit_cli").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id=name), args=[ast.Constant() | ast.JoinedStr() as words, *_]
                ) if name in RAISED:
                    found.append((f"{path.name}:{node.lineno}", ast.unparse(words)))
    return found


def test_an_error_says_what_to_do() -> None:
    found = messages()
    assert len(found) > 80
    for place, words in found:
        plain = re.sub(r"\{[^{}]*\}", "{}", words).strip("f'\"")
        assert plain in PLAIN or REMEDIES.search(words), f"{place}: {words}"


# the pictures

TAKE_AGAIN = "run: python tools/pictures.py"


@pytest.mark.parametrize("scheme", pictures.SCHEMES)
def test_the_charts_of_the_readme_are_those_of_the_program(scheme: str) -> None:
    drawn = (pictures.PICTURES / f"chart-{scheme}.svg").read_text(encoding="utf-8")
    assert drawn == pictures.chart(scheme), TAKE_AGAIN


def test_the_screenshots_of_the_readme_were_taken_of_the_page_of_today() -> None:
    digest = pictures.digest(pictures.page())
    taken = json.loads(pictures.TAKEN_OF.read_text(encoding="utf-8"))
    assert taken == {f"page-{scheme}.png": digest for scheme in pictures.SCHEMES}, TAKE_AGAIN
    for name in taken:
        assert (pictures.PICTURES / name).read_bytes().startswith(b"\x89PNG")


def test_the_readme_shows_them_first() -> None:
    head = (ROOT / "README.md").read_text(encoding="utf-8").partition("```")[0]
    for name in ("page-light.png", "page-dark.png", "chart-light.svg", "chart-dark.svg"):
        assert f"docs/pictures/{name}" in head


# assistants


def test_every_tool_for_assistants_is_documented() -> None:
    page = (DOCS / "assistants.md").read_text(encoding="utf-8")
    tools = re.findall(r"^\| `(\w+)` \|", page, re.M)
    assert sorted(tools) == sorted(TOOLS)
