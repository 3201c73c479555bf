"""The recipes of the documentation that are programs: a folder that is watched, cron, a cluster."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from test_docs import DOCS, blocks

from miit_cli.models import Record


@pytest.fixture
def program(tmp_path: Path) -> dict[str, str]:
    """Surroundings in which ``miit`` is a program."""
    path = tmp_path / "bin" / "miit"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m miit_cli "$@"\n')
    path.chmod(0o755)
    return {**os.environ, "PATH": f"{path.parent}:{os.environ['PATH']}", "EVERY": "0.2"}


def note(folder: Path, name: str, millions: str) -> None:
    folder.mkdir(exist_ok=True)
    sentence = f"At the end of 2023 there were {millions} million 5G base stations."
    text = f"---\ntitle: A note\ndate: 2024-01-19\n---\n{sentence}\n"
    (folder / f"{name}.part").write_text(text)
    (folder / f"{name}.part").rename(folder / f"{name}.md")  # whole, as whoever delivers it should


def test_a_folder_is_watched(program: dict[str, str], tmp_path: Path) -> None:
    [script] = [block for block in blocks(DOCS / "recipes.md", "sh") if "watch.sh" in block]
    (tmp_path / "watch.sh").write_text(script)
    reports, out = tmp_path / "reports", tmp_path / "out"
    note(reports, "first", "3.1")
    with out.open("w") as file:
        watching = subprocess.Popen(["sh", tmp_path / "watch.sh", reports], stdout=file, env=program)
        try:
            until(lambda: out.read_text().count("\n") == 1)
            note(reports, "second", "3.2")
            until(lambda: out.read_text().count("\n") == 2)
            (reports / "first.md").unlink()
            until(lambda: out.read_text().count("\n") == 3)
        finally:
            watching.terminate()
            watching.wait()
    assert out.read_text() == (
        "first,5g-base-stations,2023,3100000\n"
        "second,5g-base-stations,2023,3200000\n"
        "gone: first,5g-base-stations,2023,3100000\n"
    )


def until(done: Callable[[], bool], patience: float = 60) -> None:
    end = time.monotonic() + patience
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_cron_mails_when_something_is_wrong_and_only_then(program: dict[str, str], tmp_path: Path) -> None:
    [table] = blocks(DOCS / "recipes.md", "crontab")
    lines = [line.split(None, 5)[5] for line in table.splitlines() if line[0].isdigit()]
    reports = tmp_path / "reports"

    def mailed() -> str:
        """What the jobs print, in the shell and with the few variables that cron gives them."""
        few = {name: program[name] for name in ("PATH", "HOME", "MIIT_CACHE_DIR")}
        environ = {**few, "MIIT_CORPUS": str(reports)}
        here = [line.replace("/tmp/", f"{tmp_path}/") for line in lines]
        done = [
            subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, env=environ)
            for line in here
        ]
        return "".join(each.stdout + each.stderr for each in done)

    assert len(lines) == 2 and "MIIT_CORPUS=" in table
    note(reports, "first", "3.1")
    assert mailed() == ""
    note(reports, "second", "3.2")
    assert "3100000" in mailed() and "3200000" in mailed()


def test_the_archive_is_read_by_dask_as_by_miit(program: dict[str, str], tmp_path: Path) -> None:
    for library in ("dask", "distributed", "pyarrow", "duckdb"):
        pytest.importorskip(library)
    import duckdb

    _, script, back = blocks(DOCS / "archive.md", "python")
    reports = tmp_path / "reports"
    shutil.copytree(ROOT / "corpus", reports)
    for year in range(40):
        note(reports, f"note-{year}", f"2.{year:02}")
    (reports / "empty.md").write_text("")
    (tmp_path / "archive.py").write_text(script.replace("BATCH = 500", "BATCH = 10"))
    environ = {**program, "PYTHONPATH": str(ROOT), "DASK_TEMPORARY_DIRECTORY": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "archive.py", "reports", "records"],
        cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    # a machine that is busy makes Dask say something of its own
    said = [line for line in done.stderr.splitlines() if line.startswith("reports/")]
    assert (done.returncode, len(said)) == (0, 1), done.stderr
    assert said[0].startswith("reports/empty.md: is empty")
    files = sorted(path.name for path in (tmp_path / "records").iterdir())
    assert files == [f"part-0000{number}.parquet" for number in range(5)]

    (reports / "empty.md").unlink()
    subprocess.run(
        ["miit", "export", "--min-confidence", "0", "--corpus", "reports", "-o", "all.parquet"],
        cwd=tmp_path, env=environ, check=True,
    )  # fmt: skip
    ours, theirs = f"'{tmp_path}/all.parquet'", f"'{tmp_path}/records/*.parquet'"
    assert duckdb.sql(f"describe from {ours}").fetchall() == duckdb.sql(f"describe from {theirs}").fetchall()
    counted = duckdb.sql(f"select count(*) from {theirs}").fetchall()
    assert counted[0][0] > 60
    for one, other in ((ours, theirs), (theirs, ours)):
        assert duckdb.sql(f"from {one} except all from {other}").fetchall() == []

    import miit_cli

    there: dict[str, list[Record]] = {}
    exec(back.replace('"records/"', repr(str(tmp_path / "records"))), there)  # type: ignore[arg-type]
    with miit_cli.load(reports) as corpus:
        records = list(corpus.records(min_confidence=0))
    assert sorted(there["typed"], key=repr) == sorted(records, key=repr)


@pytest.mark.parametrize("what", ["read", "records"])
def test_the_pace_of_reading_can_be_measured(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The benchmark is a program inside of a program: nothing else would tell that it has become stale."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import run

    command = [sys.executable, "-c", run._PACE, str(ROOT / "corpus"), what]
    assert float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) > 0
