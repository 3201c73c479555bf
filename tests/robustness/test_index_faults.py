"""The index can always be thrown away: whatever befalls it, the answer is that of no index."""

from __future__ import annotations

import gc
import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from index_reader import DIARY, FakeReader, FakeVocabulary, varied, write

from miit_cli import index
from miit_cli.index import location, manage
from miit_cli.index.location import Location, locate, seal
from miit_cli.types import Amount

ROOT = Path(__file__).resolve().parent.parent.parent
KILLS = int(os.environ.get("MIIT_TEST_KILLS", "25"))

# Opens the store and says what it answers, as a digest; what is notified goes to standard error.
PROGRAM = """
import hashlib, os, sys
import miit_cli.index.ingest, miit_cli.index.pool, miit_cli.index.sources
from index_reader import FakeReader, FakeVocabulary
from miit_cli.index import open_store
from miit_cli.types import Amount
miit_cli.index.sources.PACKAGE = os.environ["MIIT_TEST_SOURCES"]  # so that nobody changes them meanwhile
miit_cli.index.ingest.BATCH_SECONDS = 0.02
miit_cli.index.pool.WORTH = 30_000
folder, cache = sys.argv[1:]
if user := os.environ.get("MIIT_TEST_USER"):
    # another user may not find the modules any more
    import decimal, filelock, json, markdown_it, mdit_py_plugins.footnote, yaml
    import miit_cli.corpus, miit_cli.formats.text, miit_cli.sentences
    import miit_cli.index.ingest
    os.seteuid(int(user))
said = lambda line: print(line, file=sys.stderr)
options = {"make": FakeReader, "cache": cache == "cache", "notify": said, "jobs": 2}
with open_store([folder], FakeVocabulary(), **options) as store:
    told = repr((store.observations(), store.figures(), store.distinct_observations(), store.counts(),
                 store.sentences("tram"), store.documents()))
    print(hashlib.sha256(told.encode()).hexdigest())
"""


class ReportFolder:
    """Documents, and processes that ask about them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        varied(path, 60)

    @property
    def location(self) -> Location:
        return locate([str(self.path)], FakeVocabulary().fingerprint)

    def start(
        self,
        cache: str = "cache",
        env: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(self.path), cache],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", **(env or {})},
            preexec_fn=before,  # noqa: PLW1509 - this process has no threads
        )

    def told(self, **options: object) -> tuple[str, str]:
        """What a process answers, and what it says beside it."""
        process = self.start(**options)  # type: ignore[arg-type]
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        return out, err

    def truth(self) -> str:
        return self.told(cache="none")[0]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReportFolder]:
    monkeypatch.setenv("MIIT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv(DIARY, raising=False)
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "rules.py").write_text("RULE = 1\n")
    monkeypatch.setattr("miit_cli.index.sources.PACKAGE", str(sources))
    monkeypatch.setenv("MIIT_TEST_SOURCES", str(sources))
    yield ReportFolder(tmp_path / "reports")


def answer(folder: ReportFolder, said: list[str] | None = None, *, cache: bool = True) -> object:
    """What is answered in this process."""
    notes: list[str] = [] if said is None else said
    with index.open_store(
        [str(folder.path)], FakeVocabulary(), make=FakeReader, cache=cache, notify=notes.append
    ) as store:
        return (
            store.observations(),
            store.figures(),
            store.documents(),
            store.sentences("基站"),
            store.counts(),
        )


# --- damage --------------------------------------------------------------------------------------


def overwrite(path: str, data: bytes, at: float) -> None:
    size = os.path.getsize(path)
    with open(path, "r+b") as file:
        file.seek(int(size * at))
        file.write(data)


def newer(path: str) -> None:
    connection = sqlite3.connect(path)
    connection.executescript("UPDATE meta SET value = 'other' WHERE key = 'digest'; DROP TABLE record;")
    connection.close()


def newer_and_sealed(path: str) -> None:
    newer(path)
    seal(Location(path, b""))


def sealed_as_it_is(damage: Callable[[str], None]) -> Callable[[str], None]:
    """Damage that does not show from outside, as a failing disk may do it."""

    def hidden(path: str) -> None:
        damage(path)
        seal(Location(path, b""))

    return hidden


def swapped(path: str) -> None:
    """The index of something else."""
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET value = 'other' WHERE key = 'key'")
    connection.commit()
    connection.close()
    seal(Location(path, b""))


DAMAGES: dict[str, Callable[[str], None]] = {
    "absent": os.remove,
    "empty": lambda path: os.truncate(path, 0),
    "half": lambda path: os.truncate(path, os.path.getsize(path) // 2),
    "half a page": lambda path: os.truncate(path, os.path.getsize(path) - 700),
    "no database": lambda path: Path(path).write_text("not a database at all\n" * 999) and None,
    "head": lambda path: overwrite(path, b"\xff" * 100, 0),
    "middle": lambda path: overwrite(path, b"\x00" * 9000, 0.5),
    "one word": lambda path: overwrite(path, b"404", 0.7),
    "end": lambda path: overwrite(path, os.urandom(4096), 0.9),
    "newer": newer,
    "newer and sealed": newer_and_sealed,
    "of something else": swapped,
    "no seal": lambda path: os.remove(f"{path}.seal"),
    "odd seal": lambda path: Path(f"{path}.seal").write_bytes(b"\xff\xfe") and None,
    "hidden: head": sealed_as_it_is(lambda path: overwrite(path, b"\xff" * 100, 0)),
    "hidden: half": sealed_as_it_is(lambda path: os.truncate(path, os.path.getsize(path) // 2)),
    "hidden: empty": sealed_as_it_is(lambda path: os.truncate(path, 0)),
    "odd journal": lambda path: Path(f"{path}-journal").write_bytes(os.urandom(3000)) and None,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_answers_right(folder: ReportFolder, damage: str) -> None:
    truth = answer(folder, cache=False)
    assert answer(folder) == truth
    DAMAGES[damage](folder.location.path)
    said: list[str] = []
    assert answer(folder, said) == truth
    assert len(said) <= 1
    write(folder.path, "more", "There were 12 trams.")
    said.clear()
    assert answer(folder, said) == answer(folder, cache=False)
    assert said == []  # it is mended
    assert manage.info([str(folder.path)], FakeVocabulary()).documents == 61


@pytest.mark.parametrize("at", [0.2, 0.4, 0.6, 0.8])
def test_damage_found_while_it_is_asked(folder: ReportFolder, at: float) -> None:
    """A page that SQLite itself can tell is no page, when it comes to it."""
    truth = answer(folder, cache=False)
    answer(folder)
    size = os.path.getsize(folder.location.path)
    sealed_as_it_is(lambda path: overwrite(path, b"\xff" * int(size * 0.15), at))(folder.location.path)
    assert answer(folder) == truth


# --- places that cannot be written to ------------------------------------------------------------


def test_no_place_to_write(folder: ReportFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    truth = answer(folder, cache=False)
    (tmp_path / "file").write_text("")
    for nowhere in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/none"), Path("/dev/null")):
        monkeypatch.setenv("MIIT_CACHE_DIR", str(nowhere))
        said: list[str] = []
        assert answer(folder, said) == truth
        assert len(said) == 1 and said[0].startswith("the index is not used, since"), said
        assert "\n" not in said[0]


def test_a_folder_where_the_index_should_be(folder: ReportFolder) -> None:
    truth = answer(folder, cache=False)
    for name in (folder.location.path, folder.location.lock, folder.location.seal):
        os.makedirs(name)
        said: list[str] = []
        assert answer(folder, said) == truth
        assert len(said) == 1, said
        os.rmdir(name)
        shutil.rmtree(os.path.dirname(name))


def test_home_unset(folder: ReportFolder, tmp_path: Path) -> None:
    truth = folder.truth()
    for env in ({"HOME": "", "MIIT_CACHE_DIR": ""}, {"HOME": "/nonexistent/\n", "MIIT_CACHE_DIR": ""}):
        out, _ = folder.told(env={**env, "XDG_CACHE_HOME": str(tmp_path / "xdg")})
        assert out == truth
    unset = "import os; os.environ.pop('HOME', None); os.environ.pop('XDG_CACHE_HOME', None); "
    asked = f"{unset}from miit_cli.index import location; print(location.folder())"
    done = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
    )
    assert (done.stderr, done.stdout.strip()[-5:]) == ("", "/miit")


@pytest.mark.skipif(os.name != "posix", reason="needs limits of the system")
@pytest.mark.parametrize("room", [0, 4096, 20_000, 60_000, 200_000])
def test_a_full_disk(folder: ReportFolder, room: int) -> None:
    import resource

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    truth = folder.truth()
    out, err = folder.told(before=limit)
    assert out == truth
    assert len(err.splitlines()) <= 1 and (not err or err.startswith("the index is not used, since")), err
    out, err = folder.told()  # when there is room again
    assert out == truth
    write(folder.path, "more", "There were 401 trams.")
    truth = folder.truth()
    assert folder.told(before=limit)[0] == truth
    assert folder.told() == (truth, "")


@pytest.mark.skipif(os.name != "posix", reason="permissions are others elsewhere")
def test_a_read_only_index_answers(folder: ReportFolder) -> None:
    """As a user other than the one who built it; the superuser may write anywhere."""
    with tempfile.TemporaryDirectory() as base:
        os.chmod(base, 0o755)
        cache, reports = Path(base) / "cache", ReportFolder(Path(base) / "reports")
        env = {"MIIT_CACHE_DIR": str(cache), "MIIT_TEST_SOURCES": str(reports.path)}
        other = {**env, "MIIT_TEST_USER": "65534"} if os.geteuid() == 0 else env
        time.sleep(2.1)  # until the files have settled: what has not is looked into and noted again
        truth, _ = reports.told(env=env)
        for path in cache.iterdir():
            path.chmod(0o444)
        cache.chmod(0o555)
        assert reports.told(env=other) == (truth, "")
        write(reports.path, "more", "There were 12 trams.")
        out, err = reports.told(env=other)
        assert out == reports.truth() != truth
        assert err.startswith("the index is not used, since") and err.count("\n") == 1
        cache.chmod(0o755)


# --- several at once, and killed ones ------------------------------------------------------------


@pytest.mark.parametrize("count", [2, 20])
def test_several_at_once(folder: ReportFolder, count: int) -> None:
    truth = folder.truth()
    for _ in range(2):
        told = [process.communicate(timeout=120) for process in [folder.start() for _ in range(count)]]
        assert {out for out, _ in told} == {truth}
        assert {line for _, err in told for line in err.splitlines()} <= {
            "waiting for another process that reads the same documents"
        }
        write(folder.path, "more", "There were 12 trams.")
        truth = folder.truth()


def test_a_builder_that_hangs_is_not_waited_for(
    folder: ReportFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(location, "PATIENCE", 0.3)
    truth = answer(folder, cache=False)
    script = (
        "import sys, time; from miit_cli.index.location import Location, locked\n"
        "with locked(Location(sys.argv[1], b'')): print(flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, folder.location.path], stdout=subprocess.PIPE, cwd=ROOT
    ) as other:
        assert other.stdout
        other.stdout.readline()
        said: list[str] = []
        assert answer(folder, said) == truth
        assert said == [
            "waiting for another process that reads the same documents",
            "the index is not used, since another process has been building it and does not get on; "
            "the documents are read anew",
        ]
        other.kill()
    said.clear()
    assert (answer(folder, said), said) == (truth, [])


def test_killed_at_any_moment(folder: ReportFolder) -> None:
    """A process is killed while it builds, again and again; the next always answers right."""
    chance = random.Random(11)
    folder.told()
    manage.drop([str(folder.path)], FakeVocabulary())
    began = time.monotonic()
    truth = folder.told()[0]
    whole = time.monotonic() - began
    assert truth == folder.truth()
    killed = 0
    for turn in range(KILLS):
        if turn % 4 == 0:  # from nothing; else from where the last one was killed
            manage.drop([str(folder.path)], FakeVocabulary())
        varied(folder.path, 60, seed=turn)
        process = folder.start()
        time.sleep(chance.uniform(0.3, 1) * whole)
        process.kill()
        process.communicate()
        killed += process.returncode != 0
        if turn % 3 == 2:
            out, err = folder.told()
            assert out == folder.truth()
            assert err == ""
    assert killed > KILLS / 3  # else this test shows nothing


@pytest.fixture
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The names of the documents that were read, in order."""
    path = tmp_path / "diary"
    path.touch()
    monkeypatch.setenv(DIARY, str(path))
    return path


def test_an_interrupt_keeps_what_was_read(
    folder: ReportFolder, diary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("miit_cli.index.sources.SETTLES", 0)

    def stop(done: Amount, total: Amount) -> None:
        if done.documents == 25:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.open_store([str(folder.path)], FakeVocabulary(), make=FakeReader, progress=stop)
    assert len(diary.read_text().split()) == 25
    answer(folder)
    assert len(diary.read_text().split()) == 60
    assert answer(folder) == answer(folder, cache=False)


def test_an_interrupt_right_behind_a_commit_keeps_what_was_read(
    folder: ReportFolder, diary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from miit_cli.index import ingest, opening

    monkeypatch.setattr("miit_cli.index.sources.SETTLES", 0)
    monkeypatch.setattr(ingest, "BATCH_SECONDS", 0)  # each document is a commit
    kept, count = opening.seal, 0

    def interrupted(location: Location) -> None:
        nonlocal count
        count += 1
        if count == 25:
            raise KeyboardInterrupt
        kept(location)

    monkeypatch.setattr(opening, "seal", interrupted)
    with pytest.raises(KeyboardInterrupt):
        index.open_store([str(folder.path)], FakeVocabulary(), make=FakeReader)
    assert len(diary.read_text().split()) == 25
    answer(folder)
    assert len(diary.read_text().split()) == 60


def has_documents(path: str) -> bool:
    """Whether an index holds some, so far."""
    if not os.path.exists(f"{path}.seal"):
        return False
    with closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("SELECT 1 FROM document LIMIT 1").fetchall())


@pytest.mark.skipif(os.name != "posix", reason="signals are others elsewhere")
def test_a_signal_to_the_terminal_stops_all_and_keeps_what_was_read(
    folder: ReportFolder, diary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C goes to every process in the foreground, also to those that read."""
    varied(folder.path, 1500)
    process = folder.start(before=os.setsid)
    while not has_documents(folder.location.path):  # until the first commit
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert err.splitlines()[-1] == "KeyboardInterrupt"
    assert err.count("Traceback") == 1  # none of the readers complains
    before = len(diary.read_text().split())
    monkeypatch.setattr("miit_cli.index.sources.SETTLES", 0)
    assert answer(folder) == answer(folder, cache=False)
    assert len(diary.read_text().split()) - before < 3000  # one reading without an index is 1,500


def test_an_interrupt_while_it_writes_leaves_all_whole(
    folder: ReportFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from miit_cli.index import ingest

    monkeypatch.setattr("miit_cli.index.sources.SETTLES", 0)
    monkeypatch.setattr(ingest, "BATCH_SECONDS", 0)
    kept, count = ingest.Writer._insert, 0

    def interrupted(self: ingest.Writer, table: str, rows: Sequence[Sequence[object]]) -> None:
        nonlocal count
        count += table == "record"
        if table == "record" and count == 3:
            raise KeyboardInterrupt
        kept(self, table, rows)

    monkeypatch.setattr(ingest.Writer, "_insert", interrupted)
    with pytest.raises(KeyboardInterrupt):
        answer(folder)
    connection = sqlite3.connect(folder.location.path)
    assert connection.execute("SELECT count(*) FROM document").fetchone() == (2,)
    assert connection.execute("SELECT count(*) FROM content").fetchone() == (2,)
    connection.close()
    assert answer(folder) == answer(folder, cache=False)


def test_a_change_that_an_interrupt_kept_from_its_beginning_says_nothing_when_it_is_collected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from miit_cli.index import ingest, schema

    said: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", said.append)
    connection = schema.connect(str(tmp_path / "index"))
    schema.create(connection, {})
    change = ingest.Writer(connection, lambda: None)._change()
    change.__enter__()
    connection.close()
    del change
    gc.collect()
    assert said == []


def test_digest_in_the_program_tells_answers_apart(folder: ReportFolder) -> None:
    before = folder.truth()
    assert len(before.strip()) == hashlib.sha256().digest_size * 2
    write(folder.path, "more", "There were 12 trams.")
    assert folder.truth() != before
