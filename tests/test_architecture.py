"""The house: what may import what, and what a command may load before it answers."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "miit_cli"

# a part of the house -> the parts that it may use, beside itself and the ground that all stand on
GROUND = {"confidence", "errors", "types", "version"}
MAY_USE = {
    "confidence": set(),
    "errors": set(),
    "types": set(),
    "version": set(),
    "table": set(),
    "chart": set(),
    "page": set(),
    "bounds": set(),
    "periods": set(),
    "vocabulary": set(),
    "chinese": {"vocabulary"},
    "words": {"chinese", "reading"},
    "names": {"chinese", "reading", "vocabulary", "words"},
    "models": {"periods", "vocabulary"},
    "outline": set(),
    "sentences": {"outline"},
    "formats": {"outline"},
    "corpus": {"formats", "outline", "sentences"},
    "reading": {"bounds", "chinese", "outline", "vocabulary"},
    "index": {"corpus", "names", "reading", "sentences", "vocabulary"},
    "queries": {"bounds", "chart", "outline", "page", "periods", "table", "vocabulary"},
    "output": {"chart", "page", "table"},
    "options": {"output", "periods"},
    "context": {"index", "names", "options", "output", "periods", "table", "vocabulary"},
    "commands": {
        *(
            "chart",
            "context",
            "corpus",
            "index",
            "mcp_server",
            "models",
            "names",
            "options",
            "output",
            "page",
        ),
        *("periods", "queries", "reading", "table", "vocabulary"),
    },
    "mcp_server": {"commands", "options", "output", "context", "table"},
    "invocation": {"commands", "completion", "options", "context"},
    "interface": {"corpus", "index", "models", "names", "periods", "queries", "reading", "vocabulary"},
    "completion": {"invocation", "commands", "index", "options", "periods", "vocabulary"},
    "app": {"invocation", "commands"},
    "__main__": {"app", "invocation", "completion", "output"},
}
# the reader from the ground up: each module is built of those before it
READING = (
    *(
        "spans",
        "wordclasses",
        "lexicon",
        "mentions",
        "items",
        "numbers",
        "times",
        "clauses",
        "subjects",
        "outcomes",
    ),
    *("features", "ranking", "parsing", "discourse", "sizes", "exclusions", "candidates"),
    *("timing", "standing"),
    *("calibration", "accounts"),
    *("grids", "cells", "tables", "screening", "reader", "explaining"),
)
TYPE_ALIAS = re.compile(r"[A-Z][A-Za-z]*[a-z][A-Za-z]*$")
# who may know a library that is slow to import, or that belongs to one side of the house
MAY_KNOW = {
    "typer": {"app"},
    "rich": {"output/terminal"},
    "pydantic": {"models", "mcp_server"},
    "mcp": {"mcp_server"},
    "rapidfuzz": {"names", "words"},
    "yaml": {"formats"},
    "markdown_it": {"formats"},
    "sqlite3": {"index", "output/sqlite"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imported(path: Path, *, typing: bool = True) -> list[str]:
    """Every module that a file imports anywhere in it, by its full name; with or without those for types."""
    return list(_imported(path, typing))


def _imported(path: Path, typing: bool) -> Iterator[str]:
    here = ("miit_cli", *path.relative_to(PACKAGE).with_suffix("").parts)
    for node in nodes(parsed(path), typing):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(level=0):
                yield from ([f"{node.module}.{alias.name}" for alias in node.names])
            case ast.ImportFrom():
                base = ".".join([*here[: -node.level], *filter(None, [node.module])])
                yield from ([f"{base}.{alias.name}" for alias in node.names])


def nodes(node: ast.AST, typing: bool) -> Iterator[ast.AST]:
    """A node and all below it; without ``typing`` not what only type checkers see."""
    match node:
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) if not typing:
            return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from nodes(child, typing)


def own(name: str) -> str | None:
    """The part of the house that a module belongs to."""
    package, _, rest = name.partition(".")
    if package != "miit_cli" or not rest:
        return None
    first = rest.split(".")[0]
    return first if (PACKAGE / first).is_dir() or (PACKAGE / f"{first}.py").exists() else None


def test_every_part_of_the_house_has_its_place() -> None:
    parts = {part(path) for path in modules()} - {"__init__"}
    assert parts == MAY_USE.keys(), "say in MAY_USE what each part may use"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    if part(path) == "__init__":
        return
    used = {found for name in imported(path) if (found := own(name))}
    assert used - {part(path)} - GROUND <= MAY_USE[part(path)]


def test_the_reader_is_built_from_the_ground_up() -> None:
    folder = PACKAGE / "reading"
    steps = {path: path.relative_to(folder).parts[0].removesuffix(".py") for path in folder.rglob("*.py")}
    del steps[folder / "__init__.py"]
    assert sorted(READING) == sorted(set(steps.values())), "say in READING where the module stands"
    for path, step in steps.items():
        names = (name.split(".") for name in imported(path, typing=False))
        used = {name[2] for name in names if name[:2] == ["miit_cli", "reading"]}
        assert not used & set(READING[READING.index(step) + 1 :]), path.name


def test_no_class_name_stands_for_two_things() -> None:
    named: dict[str, set[str]] = defaultdict(set)
    for path in modules():
        for node in ast.walk(parsed(path)):
            match node:
                case ast.ClassDef(name=name) if not name.startswith("_"):
                    named[name].add(str(path.relative_to(PACKAGE)))
                case ast.Assign(targets=[ast.Name(id=name)]) if TYPE_ALIAS.match(name):
                    named[name].add(str(path.relative_to(PACKAGE)))
    assert {name: places for name, places in named.items() if len(places) > 1} == {}


def test_the_package_does_without_the_tools() -> None:
    """They need what only ``dev`` installs, and are not in the wheel."""
    tools = {path.stem for path in (ROOT / "tools").glob("*.py")} | {"tools", "tests", "numpy", "scipy"}
    for path in modules():
        assert not {name.split(".")[0] for name in imported(path)} & tools, path


@pytest.mark.parametrize("library", MAY_KNOW)
def test_a_library_is_known_in_one_place(library: str) -> None:
    knowing = {
        str(path.relative_to(PACKAGE).with_suffix(""))
        for path in modules()
        if any(name.split(".")[0] == library for name in imported(path))
    }
    strangers = {name for name in knowing if not {name, name.split("/")[0]} & MAY_KNOW[library]}
    assert knowing and not strangers


def loaded(*arguments: str) -> set[str]:
    """The modules that are loaded when a command line has been answered into a pipe."""
    program = (
        "import sys; from miit_cli.__main__ import run; code = run(sys.argv[1:]);"
        "print(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr[:1000]
    return set(done.stderr.splitlines()[-1].split())


HEAVY = {
    "typer",
    "inspect",
    "pydantic",
    "pydantic_core",
    "rich",
    "rich.console",
    "yaml",
    "tomllib",
}


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "5g-base-stations"),
        ("get", "5g-base-stations", "2022-07"),
        ("diff", "2022", "2023"),
        ("list",),
        ("export", "-f", "json"),
    ],
)
def test_csv_into_a_pipe_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    loaded(*arguments)  # the index is built once
    found = loaded(*arguments)
    assert not found & HEAVY
    assert not {name for name in found if name.startswith(("miit_cli.reading.", "miit_cli.formats."))}
    assert "miit_cli.words" not in found, "an exact name needs no fuzzy matching"


def test_version_loads_nothing_but_itself() -> None:
    assert not {"typing", "typer", "miit_cli.app", "miit_cli.output", *HEAVY} & loaded("--version")
