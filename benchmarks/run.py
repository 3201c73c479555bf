"""Measures the program beside its peers, and prints one table in Markdown.

    python benchmarks/run.py                            # some minutes, without the archive and the peers
    python benchmarks/run.py --peers VENV --documents 40000

All figures are medians; what is compared runs in turn, pair by pair, so that a busy machine slows both.
``--peers`` names a virtual environment with csvkit, sqlite-utils, duckdb, quantulum3 and
recognizers-text-suite (with emoji<2); Miller is taken from the PATH. What is missing is left out. The
archive has ``--documents`` of each language and is kept in ``--folder`` between runs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
SCRIPT = Path(sys.executable).with_name("miit")
MIIT = (str(SCRIPT),) if SCRIPT.exists() else (sys.executable, "-m", "miit_cli")
QUESTION = ("get", "5g-base-stations", "2022-07")
SERIES = ("show", "5g-base-stations")
EVERY = 40  # documents of an archive, of which one concerns the ministry
DENSE = 0.95  # the part of the sentences of a dense report that have a figure
GOALS = {"en": 1.5, "zh": 2.5}  # megabytes a second of dense reports


class Measurement(NamedTuple):
    """A line of the table."""

    what: str
    measured: str
    ratio: str = ""
    goal: str = ""


class Bench(NamedTuple):
    """What a measurement needs to know."""

    peers: Path | None
    folder: Path
    documents: int
    runs: int
    environ: dict[str, str]

    def seconds(self, command: Sequence[str], stdin: str = "", answers: Sequence[int] = (0, 1, 4)) -> float:
        """How long a command takes, into a pipe, when its exit code is one of ``answers``."""
        began = time.perf_counter()
        done = subprocess.run(
            command, input=stdin.encode(), capture_output=True, env=self.environ, check=False
        )
        took = time.perf_counter() - began
        if done.returncode not in answers:
            raise SystemExit(f"{' '.join(command)}: {done.stderr.decode()[-2000:]}")
        return took

    def paired(self, *commands: Sequence[str], runs: int = 0) -> list[list[float]]:
        """The times of each command, taken in turn; the first time of each does not count."""
        times = [[self.seconds(command) for command in commands] for _ in range((runs or self.runs) + 1)]
        return [list(column) for column in zip(*times[1:], strict=True)]

    def peer(self, name: str) -> list[str]:
        """A program of the peers, nothing when there is none."""
        path = self.peers / "bin" / name if self.peers else None
        return [str(path)] if path and path.exists() else []


def ratio(times: Sequence[float], base: Sequence[float]) -> float:
    """The median of the ratios of pairs."""
    return statistics.median(one / other for one, other in zip(times, base, strict=True))


def shown(seconds: float) -> str:
    """A time in the unit that fits."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def median(times: Sequence[float]) -> str:
    """The median of some times, shown."""
    return shown(statistics.median(times))


# --- what is measured ----------------------------------------------------------------------------


def start_up(bench: Bench) -> Iterator[Measurement]:
    """Whole processes, on a warm index of the bundled corpus, beside an empty Python."""
    bench.seconds([*MIIT, *QUESTION])
    ours = {
        "miit get, into a pipe": [*MIIT, *QUESTION],
        "miit show, into a pipe": [*MIIT, *SERIES],
        "miit show, a name mistyped": [*MIIT, "show", "indsutrial grwth"],
        "miit show --format table": [*MIIT, *SERIES, "--format", "table"],
        "miit list": [*MIIT, "list"],
        "miit --version": [*MIIT, "--version"],
        "miit --help": [*MIIT, "--help"],
    }
    goals = {"miit get, into a pipe": "6.5, then 2", "miit show, into a pipe": "6.5, then 2"}
    goals |= {"miit show, a name mistyped": "6", "miit show --format table": "9.5"}
    theirs = {
        f"{name} --version": [*program, "--version"]
        for name in ("csvcut", "sqlite-utils")
        if (program := bench.peer(name))
    }
    commands = {"python -c pass": [sys.executable, "-c", "pass"], **ours, **theirs}
    for name, times in zip(commands, (all_times := bench.paired(*commands.values())), strict=True):
        yield Measurement(
            name, median(times), f"{ratio(times, all_times[0]):.1f} × python", goals.get(name, "")
        )
    yield from _completion(bench)


def _completion(bench: Bench) -> Iterator[Measurement]:
    """What the tab key takes, as fish asks for it."""
    for line in ("miit ", "miit get 5g-base-stations ", "miit show --columns ind"):
        asked = {**bench.environ, "_MIIT_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": line}
        version, tab = zip(
            *(
                (bench.seconds([*MIIT, "--version"]), bench._replace(environ=asked).seconds(MIIT))
                for _ in range(bench.runs)
            ),
            strict=True,
        )
        yield Measurement(
            f"tab behind {line!r}", median(tab), f"{ratio(tab, version):.1f} × --version", "0.3 s"
        )


def reading(bench: Bench) -> Iterator[Measurement]:
    """Megabytes a second of one process that does all that the reader does, beside quantity extractors."""
    for language in ("en", "zh"):
        other = archive(bench, language, 400, every=EVERY)
        speed = statistics.median(_pace(bench, other, "records") for _ in range(3))
        name = f"records, {language}, one document in {EVERY} concerns the ministry"
        yield Measurement(f"{name}, one core", f"{speed:.2f} MB/s", "", "3 MB/s")
        folder = archive(bench, language, 60, reports=DENSE)
        speed = statistics.median(_pace(bench, folder) for _ in range(3))
        yield Measurement(
            f"reading, {language}, dense reports, one core",
            f"{speed:.2f} MB/s",
            "",
            f"{GOALS[language]} MB/s",
        )
        if language == "en":
            yield from _extractors(bench, folder, speed)
    yield from _linear(bench)


_PACE = """
import sys, time
from miit_cli.corpus import files as found, parse_document, read_bytes
from miit_cli.reading.reader import Reader
from miit_cli.vocabulary import load
reader = Reader(load())
files = [(path, read_bytes(path)) for path in found([sys.argv[1]])]
read = getattr(reader, sys.argv[2])
for path, data in files[:: len(files) // 10 or 1]:  # words and weights are loaded when they are first needed
    reader.read(parse_document(path, data))
began = time.process_time()
for path, data in files:
    read(parse_document(path, data))
print(sum(len(data) for _, data in files) / 1e6 / (time.process_time() - began))
"""


def _pace(bench: Bench, folder: Path, what: str = "read") -> float:
    """Megabytes a second, without the start of the process; ``what`` is ``read`` or ``records``."""
    done = subprocess.run(
        [sys.executable, "-c", _PACE, str(folder), what],
        capture_output=True,
        text=True,
        env=bench.environ,
        check=True,
    )
    return float(done.stdout)


_EXTRACTORS = {
    "quantulum3": ("from quantulum3 import parser", "parser.parse(text)"),
    "Recognizers-Text": (
        "from recognizers_number import recognize_number, recognize_percentage; "
        "from recognizers_number_with_unit import recognize_currency, recognize_dimension; "
        "from recognizers_date_time import recognize_datetime",
        "[recognize(text, 'en-us') for recognize in (recognize_number, recognize_percentage, "
        "recognize_currency, recognize_dimension, recognize_datetime)]",
    ),
}


def _extractors(bench: Bench, folder: Path, ours: float) -> Iterator[Measurement]:
    text = "\n".join(path.read_text("utf-8") for path in sorted(folder.rglob("*.md"))[:6])
    for name, (load, call) in _EXTRACTORS.items():
        script = (
            f"import sys, time; {load}\n"
            f"text = 'warm up, 5 km'; {call}; text = sys.stdin.read()\n"
            f"began = time.process_time(); {call}\n"
            "print(len(text) / 1e6 / (time.process_time() - began))"
        )
        python = bench.peer("python")
        if not python:
            continue
        command = [*python, "-W", "ignore", "-c", script]
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            speed = float(done.stdout)
            yield Measurement(
                name, f"{speed:.3f} MB/s", f"miit is {ours / speed:.0f} × as fast", "60 × quantulum3"
            )


def _linear(bench: Bench) -> Iterator[Measurement]:
    """Eight times the text in one document should take eight times as long."""
    import random

    from generate import document

    paces = []
    with tempfile.TemporaryDirectory() as base:
        for size in (50_000, 400_000):
            _, text = document(random.Random(1), "en", size)
            folder = Path(base) / str(size)
            folder.mkdir()
            (folder / "2024-01-01-long.md").write_text(text, "utf-8")
            paces.append(statistics.median(_pace(bench, folder) for _ in range(3)))
    yield Measurement(
        "one document of 400 kB", f"{paces[1]:.2f} MB/s", f"{paces[0] / paces[1]:.2f} × one of 50 kB", "1"
    )


def archive(
    bench: Bench, language: str, documents: int, reports: float | None = None, every: int = 1
) -> Path:
    """A generated archive, kept between runs.

    One document in ``every`` reports figures; ``reports`` is the part of its sentences that have one.
    """
    import generate

    part = generate.REPORTS if reports is None else reports
    name = f"{language}-{documents}" + ("" if reports is None else f"-{reports:g}")
    name += f"-{every}" if every > 1 else ""
    folder, done = bench.folder / name, bench.folder / f"{name}.done"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        generate.archive(folder, documents, language, reports=part, every=every)
        done.touch()
    return folder


def archives(bench: Bench) -> Iterator[Measurement]:
    """An archive of each language: read, asked, added to."""
    for language in ("en", "zh"):
        yield from _archive(bench, language)


def _archive(bench: Bench, language: str) -> Iterator[Measurement]:
    folder = archive(bench, language, bench.documents, every=EVERY)
    size = sum(path.stat().st_size for path in folder.rglob("*.md")) / 1e6
    corpus = ("--corpus", str(folder))
    name = f"{bench.documents:,} documents of {size:.0f} MB, {language}"
    alone, together = (_read_anew(bench, corpus, jobs) for jobs in (1, 2))
    speed = f"{size / alone.seconds:.2f} MB/s, {size / alone.processor:.2f} of processor time"
    yield Measurement(f"{name}: read by one process", shown(alone.seconds), speed, "3 MB/s")
    speed = f"{size / together.seconds:.2f} MB/s, {alone.seconds / together.seconds:.2f} × as fast"
    speed += f" in {together.processor / alone.processor:.2f} × the processor time"
    yield Measurement(f"{name}: read by two", shown(together.seconds), speed, "6 MB/s, 1.8")
    yield Measurement(f"{name}: peak memory", f"{alone.peak:.0f} MB", "", "200 MB")
    status, asked = bench.paired(_git_status(bench, folder), [*MIIT, *QUESTION, *corpus])
    yield Measurement(f"{name}: a question", median(asked), f"{ratio(asked, status):.2f} × git status", "1.5")
    yield Measurement(f"{name}: one document added", median(_added(bench, folder, corpus)))


class Run(NamedTuple):
    """What a command took: on a machine that others use, its processor time tells more than the clock."""

    seconds: float
    processor: float  # seconds of it, those of the processes that it started with them
    peak: float  # megabytes of one process


def _read_anew(bench: Bench, corpus: Sequence[str], jobs: int) -> Run:
    """Read an archive without an index."""
    bench.seconds([*MIIT, "index", "--drop", *corpus])
    command = [*MIIT, *QUESTION, *corpus, "--jobs", str(jobs)]
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=bench.environ
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    took = time.perf_counter() - began
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    return Run(took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)


def _git_status(bench: Bench, folder: Path) -> list[str]:
    """What git takes to look at the same files."""
    git = ["git", f"--git-dir={folder}.git", f"--work-tree={folder}"]
    if not Path(f"{folder}.git").exists():
        for command in ("init", "add -A"):
            bench.seconds([*git, *command.split()])
    return [*git, "status", "--porcelain"]


def _added(bench: Bench, folder: Path, corpus: Sequence[str]) -> list[float]:
    times = []
    added = folder / "2099-01-01-added.md"
    for _ in range(5):
        added.write_text(
            "---\ndate: 2024-02-01\n---\nAt the end of January 2024, there were 12 harbours.\n", "utf-8"
        )
        times.append(bench.seconds([*MIIT, *QUESTION, *corpus]))
        added.unlink()
        bench.seconds([*MIIT, *QUESTION, *corpus])
    return times


def many_questions(bench: Bench) -> Iterator[Measurement]:
    """Questions a second in one process: the difference between many and few, without the start."""
    lines = "5g-base-stations\t2022-07\nnev-sales\t2022\nsoftware-revenue-growth\t2023-H1\n"
    few, many = lines * 10, lines * 10_000
    paces = []
    command = [*MIIT, "get", "-"]
    for _ in range(max(3, bench.runs // 4)):
        took = bench.seconds(command, many, (0, 1, 4)) - bench.seconds(command, few, (0, 1, 4))
        paces.append((many.count("\n") - few.count("\n")) / took)
    yield Measurement("miit get -, questions a second", f"{statistics.median(paces):,.0f}", "", "10,000")


def many_records(bench: Bench) -> Iterator[Measurement]:
    """Overviews of an archive full of figures, beside programs that read the same records from CSV."""
    corpora = ("--corpus", str(archive(bench, "zh", bench.documents, reports=0.95)))
    records = bench.folder / "records.csv"
    bench.seconds([*MIIT, "export", *corpora, "--format", "csv", "-o", str(records)])
    with records.open(encoding="utf-8") as file:
        count = sum(1 for line in file) - 1
    questions: dict[str, list[str]] = {
        "list": ["list"],
        "table": ["table"],
        "diff 2023 2024": ["diff", "2023", "2024"],
        "search": ["search", "基站"],
        "get": list(QUESTION),
        "search --sentences": ["search", "--sentences", "5G基站 2019年3月"],
        "show of one indicator": ["show", "nev-sales"],
    }
    commands = {f"miit {name}": [*MIIT, *words, *corpora] for name, words in questions.items()}
    commands |= _askers(bench, records)
    for name, times in zip(commands, bench.paired(*commands.values(), runs=5), strict=True):
        goal = "0.5 s" if name.split(" ")[1] in ("list", "table", "diff", "search") else ""
        yield Measurement(f"{count:,} records: {name}", median(times), "", goal)


def _askers(bench: Bench, records: Path) -> dict[str, list[str]]:
    """What others take for the series of one indicator."""
    found = {}
    if miller := shutil.which("mlr"):
        found["Miller, one indicator"] = [
            miller,
            "--icsv",
            "--ocsv",
            "filter",
            '$indicator=="nev-sales"',
            str(records),
        ]
    if python := bench.peer("python"):
        query = f"duckdb.sql(\"SELECT * FROM '{records}' WHERE indicator = 'nev-sales'\").fetchall()"
        found["DuckDB, one indicator"] = [*python, "-c", f"import duckdb; {query}"]
    if grep := bench.peer("csvgrep"):
        found["csvgrep, one indicator"] = [*grep, "-c", "indicator", "-m", "nev-sales", str(records)]
    return found


PARTS: dict[str, Callable[[Bench], Iterator[Measurement]]] = {
    "start": start_up,
    "reading": reading,
    "get": many_questions,
    "archive": archives,
    "records": many_records,
}


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which; all without the archive")
    parser.add_argument("--peers", type=Path, help="a virtual environment that holds the peers")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "miit-benchmarks")
    parser.add_argument("--documents", type=int, default=0, help="of the archive, in each language")
    parser.add_argument("--runs", type=int, default=15)
    given = parser.parse_args()
    sys.path.insert(0, str(HERE))
    given.folder.mkdir(parents=True, exist_ok=True)
    environ = {**os.environ, "MIIT_CACHE_DIR": str(given.folder / "cache")}
    environ.setdefault("PYTHONPATH", str(HERE.parent))
    for name in (
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONUNBUFFERED",
        "MIIT_CORPUS",
    ):  # as an installed program runs
        environ.pop(name, None)
    bench = Bench(given.peers, given.folder, given.documents, given.runs, environ)
    wanted = given.parts or [name for name in PARTS if given.documents or name not in ("archive", "records")]
    print("| what | median | beside | goal |\n| --- | --- | --- | --- |")
    for name in wanted:
        for row in PARTS[name](bench):
            print("|", " | ".join(row), "|", flush=True)


if __name__ == "__main__":
    main()
