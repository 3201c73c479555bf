"""The wheel, as a user gets it: built, installed into a clean environment, asked from another folder.

This needs pip and, unless pip's cache or index has them at hand, the network: for the build backend and
for the dependencies. Where there is neither, set MIIT_NO_NETWORK=1, and the tests are skipped by name.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_mcp import talk

if TYPE_CHECKING:
    import mcp

ROOT = Path(__file__).resolve().parent.parent.parent

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("MIIT_NO_NETWORK")), reason="MIIT_NO_NETWORK is set; pip needs the network here"
)


def run(*command: str | Path, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MIIT_CORPUS")}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, input=stdin, env=environ
    )
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT, cwd=folder)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a clean environment that has the wheel and what it requires."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, with_pip=True)
    programs = folder / "bin"
    run(programs / "python", "-m", "pip", "install", "-q", wheel, cwd=folder)
    return programs


def test_the_wheel_carries_corpus_data_types_and_licence(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    own = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "miit_cli").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    corpus = {f"miit_cli/corpus/{path.name}" for path in (ROOT / "corpus").iterdir()}
    assert corpus and own | corpus <= names
    assert "miit_cli/py.typed" in names
    assert any(name.endswith("/LICENSE") for name in names)
    assert any(name.endswith("/share/man/man1/miit.1") for name in names)
    assert not {name for name in names if name.startswith("tests/")}


def test_it_answers_from_another_folder_through_a_pipe(programs: Path, tmp_path: Path) -> None:
    done = run(programs / "miit", "show", "5g-base-stations", cwd=tmp_path)
    header, *records = done.stdout.splitlines()
    assert header == (
        "indicator,period,value,unit,bound,status,start,end,basis,measure,document,published,sentence,quote,"
        "confidence"
    )
    assert len(records) >= 3 and all(line.startswith("5g-base-stations,") for line in records)
    assert done.stderr == ""


def test_the_module_is_the_program(programs: Path, tmp_path: Path) -> None:
    by_name = run(programs / "miit", "diff", "2022", "2023", cwd=tmp_path).stdout
    assert by_name == run(programs / "python", "-m", "miit_cli", "diff", "2022", "2023", cwd=tmp_path).stdout
    assert run(programs / "miit", "--version", cwd=tmp_path).stdout.startswith("miit ")


def test_what_it_requires_is_consistent(programs: Path, tmp_path: Path) -> None:
    run(programs / "python", "-m", "pip", "check", cwd=tmp_path)


def test_the_server_for_assistants_answers_the_client_of_the_sdk(
    wheel: Path, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    folder = tmp_path_factory.mktemp("served")
    venv.create(folder, with_pip=True)
    run(folder / "bin" / "python", "-m", "pip", "install", "-q", f"{wheel}[mcp]", cwd=folder)

    async def about(client: mcp.Client) -> None:
        assert len((await client.list_tools()).tools) == 8
        result = await client.call_tool("get", {"name": "5g-base-stations", "period": "2022-07"})
        assert result.structured_content and result.structured_content["rows"][0]["value"] == 1968000
        source = result.structured_content["rows"][0]["source"]
        assert "1.968 million" in (await client.read_resource(source)).contents[0].text  # type: ignore[union-attr]

    talk(about, program=str(folder / "bin" / "miit"), cwd=tmp_path)
