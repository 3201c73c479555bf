"""The index answers what reading again would answer, and reads nothing twice."""

from __future__ import annotations

import itertools
import marshal
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from index_reader import DIARY, PARENT, SLUGS, FakeReader, FakeVocabulary, varied, write

from miit_cli import index
from miit_cli.corpus import bundled_path, files, parse_document
from miit_cli.errors import InputError, UsageError
from miit_cli.index import location, manage, opening, pool, snapshot, sources
from miit_cli.index.full_text import phrases, searchable, words
from miit_cli.index.store import Store
from miit_cli.names import meanings
from miit_cli.types import Amount, Observation

ROOT = Path(__file__).resolve().parent.parent


class Desk:
    """A folder of documents, an index, and a diary of what was read and said."""

    def __init__(self, base: Path) -> None:
        self.folder = base / "reports"
        self.folder.mkdir()
        self.diary = base / "diary"
        self.vocabulary = FakeVocabulary()
        self.said: list[str] = []

    def open(self, **options: Any) -> Store:
        settings: dict[str, Any] = {"make": FakeReader, "notify": self.said.append, **options}
        return index.open_store([str(self.folder)], self.vocabulary, **settings)

    def read(self, **options: Any) -> list[str]:
        """Open and close; the documents that were read for it."""
        self.diary.unlink(missing_ok=True)
        self.open(**options).close()
        return sorted(self.diary.read_text().split()) if self.diary.exists() else []

    def check(self) -> None:
        """The index answers as no index does."""
        with self.open() as kept, self.open(cache=False) as fresh:
            assert answers(kept) == answers(fresh)

    @property
    def location(self) -> location.Location:
        return location.locate([str(self.folder)], self.vocabulary.fingerprint)


def answers(store: Store) -> list[object]:
    """Whatever a store can be asked."""
    documents = store.documents()
    return [
        documents,
        [store.document(document.id) for document in documents],
        store.observations(),
        store.distinct_observations(),
        store.figures(),
        store.counts(),
        [store.sentences(text) for text in ("tram", "船", "基站 达到", "TRAMS left", "没有")],
    ]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("MIIT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv(PARENT, str(os.getpid()))
    made = Desk(tmp_path)
    monkeypatch.setenv(DIARY, str(made.diary))
    # files that the test has just written count as settled, unless it says otherwise
    monkeypatch.setattr("miit_cli.index.ingest.SETTLES", 0)
    monkeypatch.setattr("miit_cli.index.sources.SETTLES", 0)
    # sources of the tests' own, which nobody changes meanwhile
    package = tmp_path / "sources"
    package.mkdir()
    (package / "rules.py").write_text("RULE = 1\n")
    monkeypatch.setattr(sources, "PACKAGE", str(package))
    yield made


# --- answers -------------------------------------------------------------------------------------


def by_hand(desk: Desk) -> list[Observation]:
    """What the reader finds, in the order that the store promises."""
    reader = FakeReader(desk.vocabulary)
    found: list[Observation] = []
    for path in map(Path, files([str(desk.folder)])):
        found.extend(reader.read(parse_document(path, path.read_bytes())).observations)
    return sorted(
        found,
        key=lambda o: (o.indicator, o.end, o.start or "", o.published, o.document, o.sentence, o.span_start),
    )


def test_what_the_names_teach_is_kept(desk: Desk) -> None:
    varied(desk.folder, 1)
    with desk.open() as kept, desk.open(cache=False) as fresh:
        assert marshal.loads(kept.meanings()) == marshal.loads(meanings(desk.vocabulary))
        assert fresh.meanings() == b""


@pytest.mark.parametrize("cache", [True, False])
def test_answers_what_the_reader_found(desk: Desk, cache: bool) -> None:
    varied(desk.folder, 30)
    with desk.open(cache=cache) as store:
        found = store.observations()
    assert found == by_hand(desk)
    assert {str(o.value) for o in found} >= {"38", "38.0"}  # as they were read, not as they compare
    assert {o.start for o in found} >= {None}


def test_a_document_comes_back_whole(desk: Desk) -> None:
    write(desk.folder, "one", "A heading", "Of 12 ships, 7 left.", "第二段。下一句有7个。")
    (path,) = map(Path, files([str(desk.folder)]))
    with desk.open() as store:
        assert store.document("one") == parse_document(path, path.read_bytes())
        with pytest.raises(UsageError, match="no document 'two'; `miit docs` lists them"):
            store.document("two")


FILTERS: dict[str, list[Any]] = {
    "indicators": [None, ["yarn-output"], ["yarn-output", "ship-exports"], ["none-such"]],
    "status": [None, "actual", ("actual", "target")],
    "since": [None, "2022-04-28"],
    "until": [None, "2023-05-27"],
    "document": [None, "d0004"],
    "as_of": [None, "2022-05-04"],
}


def admitted(o: Observation, given: dict[str, Any]) -> bool:
    statuses = (given["status"],) if isinstance(given["status"], str) else given["status"]
    return (
        (given["indicators"] is None or o.indicator in given["indicators"])
        and (statuses is None or o.status in statuses)
        and (given["since"] is None or o.end >= given["since"])
        and (given["until"] is None or o.end <= given["until"])
        and (given["document"] is None or o.document == given["document"])
        and (given["as_of"] is None or o.published <= given["as_of"])
    )


def distinct(observations: list[Observation]) -> list[Observation]:
    """The first and the last that say the same."""
    said: dict[tuple[object, ...], list[Observation]] = {}
    for o in observations:
        said.setdefault((o.indicator, o.end, o.start, o.status, str(o.value), o.bound), []).append(o)
    edges = {id(o) for same in said.values() for o in (same[0], same[-1])}
    return [o for o in observations if id(o) in edges]


def test_every_combination_of_filters(desk: Desk) -> None:
    varied(desk.folder, 30)
    with desk.open() as store:
        everything = store.observations()
        for values in itertools.product(*FILTERS.values()):
            given = dict(zip(FILTERS, values, strict=True))
            wanted = [o for o in everything if admitted(o, given)]
            assert store.observations(**given) == wanted, given
            if given.pop("indicators") is None:
                assert store.counts(**given) == Counter(o.indicator for o in wanted), given
            given["indicators"] = values[0]
            few = store.distinct_observations(**given)
            assert few == (wanted if given["document"] or given["as_of"] else distinct(wanted)), given
        assert len(store.distinct_observations()) < len(everything) / 2


def test_figures_keep_the_order_of_the_documents(desk: Desk) -> None:
    write(desk.folder, "b", "Then 401 trams.", date="2021-01-01")
    write(desk.folder, "a", "There were 38.0 and 7.", date="2022-01-01")
    with desk.open() as store:
        assert [(f.document, f.text, f.value) for f in store.figures()] == [
            ("b", "401", store.figures("b")[0].value),
            ("a", "38.0", None),
            ("a", "7", None),
        ]
        assert [f.text for f in store.figures(as_of="2021-12-31")] == ["401"]
        assert [document.id for document in store.documents()] == store.ids() == ["b", "a"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("station", [1, 2]),
        ("STATION", [1, 2]),
        ("tation", []),
        ("base station", [1, 2]),
        ("base-station", [1]),
        ("station bases", [2]),
        ("基站", [3]),
        ("站基", []),
        ("5G基", [3]),
        ("５g", [1, 3]),
        ("建 5g", [3]),
        ("2.3", [1]),
        ('"; DROP TABLE search; --', []),
        ('"*', []),
        ("", []),
    ],
)
@pytest.mark.parametrize("cache", [True, False])
def test_searching_sentences(desk: Desk, cache: bool, text: str, found: list[int]) -> None:
    write(desk.folder, "one", "Some 2.3 million 5G base stations.", "A station has bases.", "建成5G基站。")
    with desk.open(cache=cache) as store:
        hits = store.sentences(text)
        assert [hit.sentence for hit in hits] == found
        assert all(hit.text in store.document("one").text for hit in hits)
        assert store.sentences(text, as_of="2000-01-01") == store.sentences(text, document="two") == []


def test_words_are_cut_alike_for_sentence_and_search() -> None:
    assert words("5G基站, Exceeded 2.1_million") == "5g 基 站 exceeded 2 1 million"
    assert all(phrase in searchable(["some base stations"]) for phrase in phrases("stat some"))
    assert not any(phrase in searchable(["some database"]) for phrase in phrases("base"))


# --- never stale ---------------------------------------------------------------------------------


def test_what_was_read_is_not_read_again(desk: Desk) -> None:
    varied(desk.folder, 12)
    assert len(desk.read()) == 12
    assert desk.read() == []
    desk.check()


def test_only_the_changed_file_is_read(desk: Desk) -> None:
    varied(desk.folder, 12)
    desk.read()
    write(desk.folder / "part1", "d0005", "Now it is 401.")
    assert desk.read() == ["d0005"]
    write(desk.folder, "added", "And 12 more.")
    assert desk.read() == ["added"]
    (desk.folder / "part2" / "d0006.md").unlink()
    assert desk.read() == []
    (desk.folder / "part3" / "d0007.md").rename(desk.folder / "d0007b.md")
    assert desk.read() == ["d0007b"]
    os.utime(desk.folder / "added.md")
    assert desk.read() == []
    assert desk.read() == []
    desk.check()


def test_a_change_that_keeps_size_and_time_is_seen(desk: Desk) -> None:
    path = write(desk.folder, "one", "There were 12 ships.")
    before = path.stat()
    desk.read()
    write(desk.folder, "one", "There were 38 ships.")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert desk.read() == ["one"]


def test_a_change_within_a_tick_of_the_clock_is_seen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("miit_cli.index.ingest.SETTLES", snapshot.SETTLES)

    def coarse(*arguments: Any, **options: Any) -> bytes:
        """A look at a file system whose clock stands still."""
        folders = marshal.loads(take(*arguments, **options))
        still = [(path, [(n, e and (e[0], now, now, e[3])) for n, e in files]) for path, files in folders]
        return marshal.dumps(still, 2)

    path = write(desk.folder, "one", "There were 12 ships.")
    minute = 60 * 10**9  # longer than the test takes, on whatever machine
    now, take = path.stat().st_mtime_ns + minute, snapshot.take
    monkeypatch.setattr(snapshot, "take", coarse)
    assert desk.read() == ["one"]
    write(desk.folder, "one", "There were 38 ships.")
    assert desk.read() == ["one"]
    now -= minute + snapshot.SETTLES  # the clock has moved on since the file was written
    assert desk.read() == []
    with desk.open() as store:
        assert [str(o.value) for o in store.observations()] == ["38"]


def test_random_changes_leave_what_a_new_reading_gives(desk: Desk) -> None:
    chance = random.Random(4)
    varied(desk.folder, 8, seed=1)
    desk.check()
    for _ in range(40):
        files = sorted(desk.folder.rglob("*.md"))
        for path in chance.sample(files, k=min(len(files) - 1, chance.randint(0, 3))):
            path.unlink()
        for name in chance.sample(range(14), k=chance.randint(0, 3)):
            for path in desk.folder.rglob(f"d{name:04}.md"):
                path.unlink()
            line = f"It was {chance.choice((7, 12, 38))} and {chance.choice((401, 9.5))}. 基站{name}个。"
            write(
                desk.folder / f"part{chance.randint(0, 2)}", f"d{name:04}", line, date=f"202{name % 5}-01-01"
            )
        if any(desk.folder.rglob("*.md")):
            desk.check()
    assert desk.said == []


def test_another_vocabulary_has_an_index_of_its_own(desk: Desk) -> None:
    write(desk.folder, "one", "There were 12 ships.")
    assert desk.read() == ["one"]
    desk.vocabulary = FakeVocabulary("v2")
    assert desk.read() == ["one"]
    desk.vocabulary = FakeVocabulary("v1")
    assert desk.read() == []


def test_other_sources_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "package"
    (package / "reading").mkdir(parents=True)
    source = package / "reading" / "rules.py"
    source.write_text("RULE = 1\n")
    monkeypatch.setattr(sources, "PACKAGE", str(package))
    write(desk.folder, "one", "There were 12 ships.")
    assert desk.read() == ["one"]
    source.write_text("RULE = 2\n")
    assert desk.read() == ["one"]
    os.utime(source)  # looks different and says the same
    assert desk.read() == []
    (package / "output").mkdir()
    (package / "output" / "csv.py").write_text("")
    assert desk.read() == []
    (package / "units.csv").write_text("ton\n")
    assert desk.read() == ["one"]


def test_all_that_reading_needs_counts_as_its_sources() -> None:
    needed = "import sys, miit_cli.corpus, miit_cli.sentences, miit_cli.index.worker, miit_cli.reading"
    asked = f"{needed}; print(*[m.__file__ for n, m in sys.modules.items() if n.startswith('miit_cli.')])"
    files = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, cwd=ROOT
    ).stdout.split()
    known = snapshot.by_path(sources.look())
    assert len(files) > 5
    assert [file for file in files if file not in known] == []


def test_a_store_that_stays_open_follows_the_documents(desk: Desk) -> None:
    write(desk.folder, "one", "There were 12 ships.")
    with desk.open() as store:
        assert [str(o.value) for o in store.observations()] == ["12"]
        write(desk.folder, "one", "There were 38 ships.")
        desk.read()  # somebody else's question brings the index up to them
        assert [str(o.value) for o in store.observations()] == ["38"]


def test_a_store_that_stays_open_outlives_a_bad_document(desk: Desk) -> None:
    write(desk.folder, "one", "There were 12 ships.")
    with desk.open() as store:
        write(desk.folder, "one", "There were 38 ships.")
        bad = write(desk.folder, "two", "There were 7 ships.")
        desk.read()
        bad.write_text("no date at all")
        with pytest.raises(InputError, match=r"two\.md"):
            store.observations()
        bad.unlink()
        assert [str(o.value) for o in store.observations()] == ["38"]
    assert desk.said == []


# --- files that cannot be read -------------------------------------------------------------------


def test_the_first_bad_file_is_an_error(desk: Desk) -> None:
    varied(desk.folder, 5)
    for name in ("d0002x", "d0003x"):
        (desk.folder / f"{name}.md").write_text("no date at all")
    for cache in (True, True, False):
        with pytest.raises(InputError, match=r"d0002x\.md"):
            desk.open(cache=cache)
    (desk.folder / "d0002x.md").unlink()
    (desk.folder / "d0003x.md").unlink()
    desk.check()


def test_bad_files_are_skipped_and_said_each_time(desk: Desk) -> None:
    varied(desk.folder, 5)
    (desk.folder / "d0002x.md").write_text("no date at all")
    for cache in (True, True, False):
        desk.said.clear()
        with desk.open(skip_bad=True, cache=cache) as store:
            assert len(store.documents()) == 5
        assert [line.split(": ")[0] for line in desk.said] == ["skipped", "1 skipped, 5 read"]
        assert "d0002x.md" in desk.said[0]
    with pytest.raises(InputError, match=r"d0002x\.md"):
        desk.open()
    write(desk.folder, "d0002x", "Now with a date, 12.")
    assert desk.read() == ["d0002x"]
    write(desk.folder, "d0002x")
    (desk.folder / "d0002x.md").write_text("no date again")
    assert desk.read(skip_bad=True) == []
    with desk.open(skip_bad=True) as store:
        assert len(store.documents()) == 5


def test_documents_of_one_id(desk: Desk) -> None:
    varied(desk.folder, 5)
    desk.read()
    write(desk.folder / "z", "d0001", "There were 12 ships.")
    for cache in (True, False):
        with pytest.raises(InputError, match=r"d0001\.md: has the same id as"):
            desk.open(cache=cache)
        for _ in range(2):
            desk.said.clear()
            with desk.open(skip_bad=True, cache=cache) as store:
                assert len(store.documents()) == 5
            assert desk.said[-1] == "1 skipped, 5 read"


def test_no_documents(desk: Desk) -> None:
    for cache in (True, False):
        with pytest.raises(InputError, match="holds no documents"):
            desk.open(cache=cache)


FAULT = (
    r"odd\.md: sentence 2: could not be read, by a fault of miit: ValueError: cannot read odd \(index_reader"
)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_of_the_reader_is_an_error_of_its_document(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(pool, "WORTH", 1)
    varied(desk.folder, 9)
    write(desk.folder, "odd", "All is well.", "ValueError")
    for cache in (True, False):
        with pytest.raises(InputError, match=FAULT + r".*please report it") as caught:
            desk.open(jobs=jobs, cache=cache)
        assert "\n" not in str(caught.value)
        with desk.open(jobs=jobs, cache=cache, skip_bad=True) as store:
            assert len(store.documents()) == 9
        assert desk.said[-1] == "1 skipped, 9 read"
    (desk.folder / "odd.md").unlink()
    desk.check()


# --- several processes that read -----------------------------------------------------------------


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "WORTH", 1)
    monkeypatch.setattr(pool, "CHUNK", 1000)


@pytest.mark.usefixtures("small_chunks")
def test_several_processes_read_the_same(desk: Desk) -> None:
    varied(desk.folder, 80)
    steps: list[tuple[Amount, Amount]] = []
    assert len(desk.read(jobs=3, progress=lambda done, total: steps.append((done, total)))) == 80
    size = sum(path.stat().st_size for path in desk.folder.rglob("*.md"))
    assert {whole for _, whole in steps} == {Amount(80, size)}
    assert [done.documents for done, _ in steps] == list(range(1, 81))
    assert steps[-1] == (Amount(80, size), Amount(80, size))
    assert desk.read(jobs=3) == []
    with desk.open(cache=False, jobs=1) as alone, desk.open() as together:
        assert answers(alone) == answers(together)


@pytest.mark.usefixtures("small_chunks")
def test_a_process_that_dies_costs_nothing_but_time(desk: Desk) -> None:
    varied(desk.folder, 40)
    write(desk.folder, "d0020x", "die here, at 12")
    with desk.open(jobs=2) as store:
        assert len(store.documents()) == 41
    desk.check()


@pytest.mark.usefixtures("small_chunks")
def test_where_no_process_can_be_started(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    varied(desk.folder, 10)
    assert len(desk.read(jobs=4)) == 10
    assert desk.said == []


@pytest.mark.usefixtures("small_chunks")
def test_several_processes_and_a_bad_file(desk: Desk) -> None:
    varied(desk.folder, 40)
    for name in ("d0021x", "d0020x"):
        (desk.folder / f"{name}.md").write_text("no date")
    with pytest.raises(InputError, match=r"d0020x\.md"):
        desk.open(jobs=2)
    write(desk.folder, "d0020x", "ValueError")
    with pytest.raises(InputError, match=r"d0020x\.md: sentence 1: .*ValueError: cannot read d0020x"):
        desk.open(jobs=2)
    write(desk.folder, "d0020x", "It was 12.")
    assert "d0020x" in desk.read(jobs=2, skip_bad=True)


# --- where it is, what it holds ------------------------------------------------------------------


def test_info_rebuild_drop(desk: Desk) -> None:
    varied(desk.folder, 6)
    paths = [str(desk.folder)]
    assert manage.info(paths, desk.vocabulary) == manage.IndexInfo(desk.location.path, "absent")
    desk.read()
    told = manage.info(paths, desk.vocabulary)
    assert (told.state, told.documents, told.vocabulary) == ("fresh", 6, "v1")
    assert told.records == len(by_hand(desk))
    assert told.bytes == os.path.getsize(desk.location.path)
    write(desk.folder, "more", "It was 12.")
    assert manage.info(paths, desk.vocabulary).state == "stale"
    told = manage.rebuild(paths, desk.vocabulary, make=FakeReader)
    assert (told.state, told.documents) == ("fresh", 7)
    assert manage.drop(paths, desk.vocabulary) == [desk.location.path]
    assert manage.drop(paths, desk.vocabulary) == []
    assert os.listdir(location.folder()) == []


def test_drop_all(desk: Desk) -> None:
    write(desk.folder, "one", "It was 12.")
    desk.read()
    desk.vocabulary = FakeVocabulary("v2")
    desk.read()
    # whoever names a folder of their own keeps what is in it
    theirs = {"notes.sqlite", "0123456789abcdeg.sqlite", "0123456789abcdef.txt", "0123456789abcdef0.sqlite"}
    for name in theirs:
        (Path(location.folder()) / name).write_text("mine")
    assert len(manage.drop()) == 2
    assert manage.drop() == []
    assert set(os.listdir(location.folder())) == theirs


def test_indexes_of_long_ago_make_room(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(location, "MOST", 2)
    write(desk.folder, "one", "It was 12.")
    paths = []
    for age in (4, 3, 2, 1):
        desk.vocabulary = FakeVocabulary(f"v{age}")
        desk.read()
        paths.append(Path(desk.location.path))
        os.utime(paths[-1], (age_of(age), age_of(age)))
    assert [path.exists() for path in paths] == [False, True, True, True]


def age_of(days: int) -> float:
    return 1_700_000_000 - days * 86400


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere platformdirs itself is asked")
@pytest.mark.parametrize("base", [None, "", "  ", "/tmp/elsewhere"])
def test_the_folder_is_the_platforms(monkeypatch: pytest.MonkeyPatch, base: str | None) -> None:
    import platformdirs

    monkeypatch.delenv("MIIT_CACHE_DIR")
    if base is None:
        monkeypatch.delenv("XDG_CACHE_HOME")
    else:
        monkeypatch.setenv("XDG_CACHE_HOME", base)
    assert location.folder() == platformdirs.user_cache_dir("miit", appauthor=False)


def test_the_bundled_corpus_is_looked_for_where_it_is() -> None:
    assert opening.bundled() == str(bundled_path())


def test_paths_are_named_as_they_are_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    varied(desk.folder, 3)
    monkeypatch.chdir(desk.folder.parent)
    for name in ("reports", "./reports", "reports/", "reports//part0/..", ".", str(desk.folder)):
        assert set(files([name])) <= set(snapshot.by_path(snapshot.take([name]))), name


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="file names are text elsewhere")
def test_folders_whose_names_are_no_text(desk: Desk) -> None:
    folder = os.fsencode(desk.folder) + b"/\xff\xbb"
    os.mkdir(folder)
    path = folder + b"/2023-03-01.md"
    with open(path, "wb") as file:
        file.write(b"There were 12 ships.")
    write(desk.folder, "one", "There were 38 ships.")
    for cache in (True, True, False):
        desk.said.clear()
        with desk.open(skip_bad=True, cache=cache) as store:
            assert [document.id for document in store.documents()] == ["one"]
        assert desk.said[-1] == "1 skipped, 1 read"
    desk.folder = Path(os.fsdecode(folder))
    assert desk.read(skip_bad=True) == []


def test_links_that_lead_back_are_looked_at_once(desk: Desk) -> None:
    varied(desk.folder, 3)
    (desk.folder / "part0" / "loop").symlink_to(desk.folder)
    (desk.folder / "nowhere.md").symlink_to(desk.folder / "none.md")
    (desk.folder / "self").symlink_to(desk.folder / "self")
    folders = marshal.loads(snapshot.take([str(desk.folder)]))
    assert len(folders) == 4
    with desk.open(skip_bad=True) as store:
        assert len(store.documents()) == 3


def test_a_question_to_a_fresh_index_loads_little(desk: Desk) -> None:
    """What start-up is made of: neither what reads nor what is slow to import."""
    varied(desk.folder, 3)
    desk.read()
    script = (
        f"import sys; from miit_cli.index import sources, open_store; sources.PACKAGE = {sources.PACKAGE!r}\n"
        "Words = type('Words', (), {'fingerprint': 'v1'})\n"
        f"with open_store([{str(desk.folder)!r}], Words()) as store:\n"
        f"    assert store.observations({list(SLUGS)})\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert done.stderr == ""
    loaded = set(done.stdout.split())
    assert "_sqlite3" in loaded
    heavy = {
        "hashlib",
        "datetime",
        "json",
        "filelock",
        "pathlib",
        "subprocess",
        "pickle",
        "platformdirs",
        "threading",
        "inspect",
    }
    ours = {"miit_cli.corpus", "miit_cli.index.ingest", "miit_cli.index.pool"}
    assert loaded & (heavy | ours) == set()


# --- documents without a record ------------------------------------------------------------------


def quiet(desk: Desk) -> None:
    """Two documents with a record, and two with numbers that are none."""
    write(desk.folder, "one", "Of 12 ships, 7 left.")
    write(desk.folder, "two", "There was nothing to record, of 38 ships.")
    write(desk.folder, "three", "Of 401 ships, 7 left.")
    write(desk.folder, "four", "There was nothing to record, of 9.5 ships.")


def test_a_document_without_a_record_is_read_when_its_figures_are_asked_for(desk: Desk) -> None:
    quiet(desk)
    assert desk.read() == ["one", "three"]
    assert desk.read() == []
    with desk.open() as store:
        assert [figure.text for figure in store.figures("two")] == ["38"]
    assert desk.diary.read_text().split() == ["two"]
    with desk.open() as store:
        kept = store.figures()
    assert [figure.text for figure in kept if figure.document in ("two", "four")] == ["9.5", "38"]
    desk.diary.unlink()
    with desk.open() as store:
        assert store.figures() == kept
        assert len(store.observations()) == 4
    assert not desk.diary.exists()
    desk.check()


def test_only_the_new_document_is_read_for_its_figures(desk: Desk) -> None:
    quiet(desk)
    with desk.open() as store:
        store.figures()
    write(desk.folder, "five", "Again nothing to record, of 7 ships.")
    assert desk.read() == []
    with desk.open() as store:
        assert "five" in {figure.document for figure in store.figures()}
    assert desk.diary.read_text().split() == ["five"]
    desk.check()
