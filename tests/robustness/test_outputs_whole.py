"""Outputs are whole or absent: whatever becomes of a run, what stood there does, or all of the new."""

from __future__ import annotations

import filecmp
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from guard import Answered, assert_keeps_the_contract
from program import Ended, begin, end, environment, many, run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits are others elsewhere")

Ask = Callable[..., Answered]
KILLS = int(os.environ.get("MIIT_TEST_KILLS", "4"))
FORMATS = {
    "csv": ("export", "-o", "out.csv"),
    "json": ("export", "-o", "out.json"),
    "sqlite": ("export", "-o", "out.db"),
    "parquet": ("export", "-o", "out.parquet"),
    "zip": ("export", "-o", "out.zip", "--license", "MIT"),
    "folder": ("export", "-f", "datapackage", "-o", "out", "--license", "MIT"),
    "svg": ("plot", "5g-base-stations", "-o", "out.svg", "--quiet"),
    "list": ("list", "-o", "out.md"),
}
BEFORE = b"what stood there"
# Python's own word that a signal came in a callback of its import, from where no program gets to know of it.
SWALLOWED = re.compile(
    r"Exception ignored in: <function _get_module_lock.*?\nKeyboardInterrupt: ?\n", re.DOTALL
)
NOISE = "mpd_setminalloc: ignoring request"  # of the decimal module, when its first import was interrupted


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents enough that writing them takes a moment; they are read once, here."""
    folder = many(tmp_path_factory.mktemp("archive") / "reports", 120)
    assert run("list", "--corpus", str(folder)).code == 0
    return folder


def place_of(command: tuple[str, ...], folder: Path) -> Path:
    return folder / command[command.index("-o") + 1]


def start(
    command: tuple[str, ...], archive: Path, folder: Path, **options: object
) -> subprocess.Popen[bytes]:
    return begin(*command, "--corpus", str(archive), cwd=folder, **options)  # type: ignore[arg-type]


def put(place: Path, name: str) -> None:
    """Something that stands there before."""
    if name == "folder":
        place.mkdir()
        (place / "records.csv").write_bytes(BEFORE)
    else:
        place.write_bytes(BEFORE)


def is_as_before(place: Path) -> bool:
    file = place / "records.csv" if place.is_dir() else place
    return file.exists() and file.read_bytes() == BEFORE


def is_whole(place: Path, name: str, whole: Path) -> bool:
    """Whether it is the file that an undisturbed run writes."""
    if name == "folder":
        names = sorted(os.listdir(whole))
        return sorted(os.listdir(place)) == names and not any(
            filecmp.cmpfiles(place, whole, names, shallow=False)[1:]
        )
    if name == "sqlite":
        with sqlite3.connect(place) as one, sqlite3.connect(whole) as other:
            return list(one.iterdump()) == list(other.iterdump())
    if name == "zip":
        with zipfile.ZipFile(place) as one, zipfile.ZipFile(whole) as other:
            return [(i.filename, i.CRC) for i in one.infolist()] == [
                (i.filename, i.CRC) for i in other.infolist()
            ]
    return place.read_bytes() == whole.read_bytes()


def strays(folder: Path, command: tuple[str, ...]) -> list[str]:
    return [path.name for path in folder.iterdir() if path != place_of(command, folder)]


# Runs the program, and kills it at the n-th time that it does something to a file in the folder it is in.
KILLED = """
import os, signal, sys
from miit_cli.__main__ import run
left, here = int(sys.argv[1]), os.getcwd()
def watch(event, arguments):
    global left
    named = [os.path.split(os.path.abspath(each)) for each in arguments[:2] if isinstance(each, str) and each]
    if event.split(".")[0] in ("open", "os", "shutil", "sqlite3") and any(
        folder == here and name.startswith(("out", ".miit-")) for folder, name in named
    ):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
sys.exit(run(sys.argv[2:]))
"""


@pytest.mark.parametrize("name", FORMATS)
def test_killed_before_each_thing_that_it_does_to_a_file(archive: Path, tmp_path: Path, name: str) -> None:
    command = FORMATS[name]
    whole = undisturbed(command, archive, tmp_path)
    for turn in range(1, 40):
        folder = tmp_path / str(turn)
        folder.mkdir()
        place = place_of(command, folder)
        put(place, name)
        script = [sys.executable, "-c", KILLED, str(turn), *command, "--corpus", str(archive)]
        done = subprocess.run(script, cwd=folder, env=environment(), capture_output=True)
        if place.exists():
            assert is_as_before(place) or is_whole(place, name, whole)
        else:  # a folder cannot be replaced in one step: for a moment neither is there
            assert name == "folder"
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
    assert 3 < turn < 39 and is_whole(place, name, whole)


def undisturbed(command: tuple[str, ...], archive: Path, tmp_path: Path) -> Path:
    aside = tmp_path / "undisturbed"
    aside.mkdir()
    assert end(start(command, archive, aside)).code == 0
    return place_of(command, aside)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT], ids=lambda sign: sign.name)
def test_stopped_at_any_moment(archive: Path, tmp_path: Path, name: str, sign: signal.Signals) -> None:
    command = FORMATS[name]
    began = time.monotonic()
    whole = undisturbed(command, archive, tmp_path)
    took = time.monotonic() - began
    chance = random.Random(f"{name} {sign}")
    for turn in range(KILLS):
        folder = tmp_path / str(turn)
        folder.mkdir()
        place = place_of(command, folder)
        put(place, name)
        process = start(command, archive, folder)
        time.sleep(took * chance.uniform(0.2, 1))
        process.send_signal(sign)
        ended = end(process)
        assert is_as_before(place) or is_whole(place, name, whole), ended
        assert strays(folder, command) == [], ended
        assert_ends_as_stopped(ended, sign)


def assert_ends_as_stopped(ended: Ended, sign: signal.Signals) -> None:
    """Done before it came, or stopped by it; a Python that is only starting up says so in its own way."""
    said = SWALLOWED.sub("", ended.err)
    lines = [line for line in said.splitlines(keepends=True) if line.strip() and NOISE not in line]
    ended = ended._replace(err="".join(lines))
    if ended.code == 0:
        assert ended.err == ""
    elif sign is signal.SIGTERM:
        assert ended.code in (-sign, 128 + sign) and ended.err == "", ended
    elif "miit_cli" in ended.err or ended.code == 130:
        assert (ended.code, ended.err) == (130, "miit: interrupted\n"), ended


@pytest.mark.parametrize("name", FORMATS)
def test_no_room_for_it(archive: Path, tmp_path: Path, name: str) -> None:
    """The file may have no more than so many bytes."""
    command = FORMATS[name]
    for room in (0, 100, 3000):
        if name == "list" and room == 3000:
            continue  # it fits
        folder = tmp_path / str(room)
        folder.mkdir()
        place = place_of(command, folder)
        put(place, name)
        ended = end(start((*command, "--no-cache"), archive, folder, room=room))
        assert (ended.code, ended.out) == (3, ""), ended
        assert ended.err.startswith("miit: --output: ") and ended.err.count("\n") == 1, ended
        assert is_as_before(place) and strays(folder, command) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KB, where one may be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", place], capture_output=True)
    if mounted.returncode:
        pytest.skip("nothing may be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


@pytest.mark.parametrize("name", ["csv", "sqlite", "parquet", "zip", "folder"])
def test_a_disk_that_is_full(archive: Path, small_disk: Path, name: str) -> None:
    command = FORMATS[name]
    place = place_of(command, small_disk)
    put(place, name)
    (small_disk / "filler").write_bytes(b"x" * 57_000)
    ended = end(start(command, archive, small_disk, env={"SQLITE_TMPDIR": "/tmp"}))
    assert (ended.code, ended.out) == (3, ""), ended
    assert ended.err.startswith("miit: --output: ") and ended.err.count("\n") == 1
    assert is_as_before(place) and strays(small_disk, command) == ["filler"]


@pytest.mark.parametrize("name", FORMATS)
def test_places_that_are_none(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_bytes(BEFORE)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_bytes(BEFORE)
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "fifo")
    form = {"list": "markdown"}.get(name, "datapackage" if name in ("zip", "folder") else name)
    question = ("list",) if name == "list" else ("plot", "5g-base-stations") if name == "svg" else ("export",)
    for place in (
        "full",
        "file/out",
        "missing/out",
        "/dev/full",
        "fifo",
        "loop",
        "/proc/x",
        "x" * 300,
        "a\0b",
    ):
        answer = ask(*question, "-f", form, "-o", place)
        assert_keeps_the_contract(answer)
        assert answer.code == 3 and answer.err.startswith("miit: --output: "), (place, answer)
    assert (tmp_path / "file").read_bytes() == (tmp_path / "full" / "mine.txt").read_bytes() == BEFORE
    assert sorted(os.listdir(tmp_path)) == ["fifo", "file", "full", "loop"]


def test_the_last_of_several_writers_wins_whole(archive: Path, tmp_path: Path) -> None:
    processes = [start(FORMATS["csv"], archive, tmp_path) for _ in range(4)]
    assert {end(process).code for process in processes} == {0}
    assert (tmp_path / "out.csv").read_text() == run("export", "--corpus", str(archive)).out
    assert os.listdir(tmp_path) == ["out.csv"]


def test_permissions_of_a_new_file_are_what_the_user_set(archive: Path, tmp_path: Path) -> None:
    script = "import os, sys; os.umask(0o027); from miit_cli.__main__ import run; sys.exit(run(sys.argv[1:]))"
    command = [sys.executable, "-c", script, "list", "-o", str(tmp_path / "out.csv")]
    assert (
        subprocess.run(command, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}).returncode
        == 0
    )
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o640
