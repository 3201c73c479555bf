"""The program's own index, from the command line: whatever befalls it, the answer is that of no index.

``test_index_faults`` damages the index of a reader of its own; here the real one reads, and the program is
killed at what it does to the files of the index.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from program import Ended, begin, end, environment, many, run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits are others elsewhere")

THOROUGH = "MIIT_TEST_THOROUGH" in os.environ  # a kill at every place, and not at some of them
KILLS = int(os.environ.get("MIIT_TEST_KILLS", "100" if THOROUGH else "12"))
WAITING = "miit: waiting for another process that reads the same documents"


class Archive:
    """Documents, a cache of their own, and what is answered about them."""

    def __init__(self, path: Path) -> None:
        self.cache = path / "cache"
        self.reports = many(path / "reports", 25)
        self.changes = 0

    @property
    def env(self) -> dict[str, str]:
        return {"MIIT_CACHE_DIR": str(self.cache)}

    def question(self, *options: str) -> tuple[str, ...]:
        return ("export", "--corpus", str(self.reports), *options)

    def ask(self, *options: str, **how: object) -> Ended:
        return run(*self.question(*options), env=self.env, **how)

    def truth(self) -> str:
        """The answer without an index."""
        answer = self.ask("--no-cache")
        assert (answer.code, answer.err) == (0, "")
        return answer.out

    def change(self, chance: random.Random) -> None:
        """Documents come, go and change."""
        self.changes += 1
        paths = sorted(self.reports.iterdir())
        chance.choice(paths).unlink()
        changed = chance.choice([path for path in paths if path.exists()])
        changed.write_text(changed.read_text().replace("5G base", f"{self.changes},000 5G base", 1))
        new = self.reports / f"2050-01-{1 + self.changes % 28:02d}-new{self.changes}.md"
        new.write_text(
            f"---\ndate: 2050-01-31\n---\n\nAt the end of 2049 there were {self.changes} 5G base stations.\n"
        )


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


# Runs the program, and kills it at the n-th time that it does something to a file of the index.
KILLED = """
import os, signal, sys
from miit_cli.__main__ import run
left, cache = int(sys.argv[1]), os.environ["MIIT_CACHE_DIR"]
MODULES = ("miit_cli.index.ingest", "miit_cli.reading.reader")
def watch(event, arguments):
    global left
    if event in ("open", "os.rename", "os.remove", "os.mkdir", "sqlite3.connect", "import") and any(
        isinstance(each, str) and (each.startswith(cache) or each in MODULES) for each in arguments
    ):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
sys.exit(run(sys.argv[2:]))
"""


def killed(archive: Archive, at: int) -> int:
    command = [sys.executable, "-c", KILLED, str(at), *archive.question()]
    return subprocess.run(command, env=environment(archive.env), capture_output=True).returncode


@pytest.mark.parametrize("stands", ["nothing", "an index of before"])
def test_killed_before_each_thing_that_it_does_to_its_files(archive: Archive, stands: str) -> None:
    truth = archive.truth()
    for at in range(1, 90) if THOROUGH else (1, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36, 48, 64, 87):
        shutil.rmtree(archive.cache, ignore_errors=True)
        if stands != "nothing":
            archive.ask()
            archive.change(random.Random(at))
            truth = archive.truth()
        code = killed(archive, at)
        answer = archive.ask()
        assert (answer.code, answer.out) == (0, truth), at
        assert answer.err == ""
        assert archive.ask() == (0, truth, "")
        if code == 0:
            break
        assert code == -signal.SIGKILL
    assert at > 4 and code == 0


def test_killed_at_random_again_and_again(archive: Archive) -> None:
    chance = random.Random(6)
    killed_ones = 0
    for turn in range(KILLS):
        archive.change(chance)
        process = begin(*archive.question(), env=archive.env)
        try:
            process.wait(timeout=chance.uniform(0.02, 0.6))
        except subprocess.TimeoutExpired:
            process.kill()
            killed_ones += 1
        end(process)
        if turn % 4 == 3:
            answer = archive.ask()
            assert (answer.code, answer.out) == (0, archive.truth())
            assert answer.err == ""
    assert killed_ones > KILLS / 4


@pytest.mark.parametrize("count", [2, 20])
def test_several_at_once_while_documents_change(archive: Archive, count: int) -> None:
    """Each answers what was there when it looked; when all is still, all answer alike."""
    processes = [begin(*archive.question(), env=archive.env) for _ in range(count)]
    archive.change(random.Random(count))
    for process in processes:
        ended = end(process, 120)
        assert ended.code in (0, 3), ended  # 3: the one that was taken away as it was read
        assert set(ended.err.splitlines()) <= {WAITING} or ended.code == 3
    truth = archive.truth()
    answers = [
        end(process, 120) for process in [begin(*archive.question(), env=archive.env) for _ in range(count)]
    ]
    assert {(answer.code, answer.out) for answer in answers} == {(0, truth)}


def test_one_that_is_dropped_while_others_ask(archive: Archive) -> None:
    truth = archive.truth()
    processes = []
    for _ in range(6):
        processes.append(begin(*archive.question(), env=archive.env))
        processes.append(begin("index", "--drop", "--corpus", str(archive.reports), env=archive.env))
    ended = [end(process, 120) for process in processes]
    assert all(answer.code == 0 for answer in ended), ended
    assert {answer.out for answer in ended[::2]} == {truth}


DAMAGES: dict[str, Callable[[Path], object]] = {
    "random bytes": lambda path: path.write_bytes(random.Random(1).randbytes(path.stat().st_size)),
    "a text": lambda path: path.write_text("SQLite format 3\0 but no more"),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "a link to itself": lambda path: (path.unlink(), path.symlink_to(path)),
    "a device": lambda path: (path.unlink(), path.symlink_to("/dev/zero")),
    "endless": lambda path: os.truncate(path, 1 << 40),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_any_file_in_place_of_each_of_its_files(archive: Archive, damage: str) -> None:
    truth = archive.truth()
    archive.ask()
    names = sorted(path.name for path in archive.cache.iterdir())
    assert len(names) > 1
    for name in names if THOROUGH else [name for name in names if not name.endswith(".lock")]:
        shutil.rmtree(archive.cache)
        archive.ask()
        path = archive.cache / name
        DAMAGES[damage](path)
        for _ in range(2):
            answer = archive.ask()
            assert (answer.code, answer.out) == (0, truth), (name, answer)
            assert len(answer.err.splitlines()) <= 1 and "Traceback" not in answer.err, (name, answer)


@pytest.mark.parametrize(
    "place",
    [
        "",
        "relative",
        "/dev/null",
        "/dev/full",
        "/proc/self",
        "/nonexistent/\n/deep",
        "x" * 300,
        "~",
        "nul\tname",
    ],
)
def test_any_place_for_the_cache(archive: Archive, tmp_path: Path, place: str) -> None:
    answer = run(
        *archive.question(),
        env={"MIIT_CACHE_DIR": place, "XDG_CACHE_HOME": str(tmp_path / "xdg")},
        cwd=tmp_path,
    )
    assert (answer.code, answer.out) == (0, archive.truth())
    assert answer.err == "" or (
        answer.err.startswith("miit: the index is not used, since ") and answer.err.count("\n") == 1
    )


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "none", place], capture_output=True)
    if mounted.returncode:
        pytest.skip("nothing may be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_cache_on_a_full_disk(archive: Archive, small_disk: Path) -> None:
    archive.cache = small_disk / "cache"
    truth = archive.truth()
    for filler in (120_000, 60_000, 20_000):
        (small_disk / "filler").write_bytes(b"x" * filler)
        for _ in range(2):
            answer = archive.ask()
            assert (answer.code, answer.out) == (0, truth)
            assert len(answer.err.splitlines()) <= 2, answer


def test_a_read_only_disk(archive: Archive, small_disk: Path) -> None:
    archive.cache = small_disk / "cache"
    truth = archive.truth()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    answer = archive.ask()
    assert (answer.code, answer.out) == (0, truth)
    assert answer.err.startswith("miit: the index is not used, since ") and answer.err.count("\n") == 1


def test_as_a_file_that_grows_while_it_is_read(archive: Archive) -> None:
    """What is read is one state of the file, and the index never keeps another."""
    path = sorted(archive.reports.iterdir())[0]
    text, stop = path.read_text(), threading.Event()

    def write() -> None:
        turn = 0
        while not stop.is_set():
            turn += 1
            path.write_text(text + "The stock of gizmos was 3 units.\n\n" * (turn % 50))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        answers = [archive.ask() for _ in range(6)]
    finally:
        stop.set()
        writer.join()
    assert {answer.code for answer in answers} <= {0, 3}
    path.write_text(text)
    assert archive.ask().out == archive.truth()
