"""The recipe for archives (docs/archive.md): what a cluster reads is what the program reads."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from test_docs import DOCS, blocks, note, program

from miit_cli.models import Record

__all__ = ["program"]


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
