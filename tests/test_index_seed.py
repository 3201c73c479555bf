"""The index that a wheel carries: taken where it fits to the byte, and worth as much as one built here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from index_reader import DIARY, FakeReader, FakeVocabulary, varied, write

from miit_cli import index
from miit_cli.index import ingest, snapshot, sources
from miit_cli.index.location import locate


class Wheel:
    """An installed program: its sources, its corpus, and the seed beside it."""

    def __init__(self, base: Path) -> None:
        self.package = base / "site" / "miit_cli"
        self.corpus = self.package / "corpus"
        self.diary = base / "diary"
        varied(self.corpus, 12)
        (self.package / "rules.py").write_text("RULE = 1\n")

    def read(self) -> list[str]:
        """The documents that a question reads."""
        self.diary.write_text("")
        with index.open_store(["bundled"], FakeVocabulary(), make=FakeReader) as store:
            found = [store.observations(), store.documents(), store.sentences("tram"), store.counts()]
            texts = [store.document(name) for name in store.ids()]
        read = self.diary.read_text().split()
        with index.open_store(["bundled"], FakeVocabulary(), make=FakeReader, cache=False) as store:
            assert found == [store.observations(), store.documents(), store.sentences("tram"), store.counts()]
            assert texts == [store.document(name) for name in store.ids()]
        return sorted(read)


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wheel]:
    made = Wheel(tmp_path / "here")
    monkeypatch.setenv("MIIT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv(DIARY, str(made.diary))
    install(made, monkeypatch)
    ingest.prebuild(str(made.corpus / ingest.PREBUILT), FakeVocabulary(), FakeReader)
    yield made


def install(wheel: Wheel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program be where the wheel is."""
    monkeypatch.setattr(sources, "PACKAGE", str(wheel.package))
    monkeypatch.setattr("miit_cli.corpus.bundled_path", lambda: wheel.corpus)


def test_the_first_question_reads_nothing(wheel: Wheel) -> None:
    assert wheel.read() == []
    assert wheel.read() == []


def test_it_may_be_installed_elsewhere(wheel: Wheel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    wheel.package = tmp_path / "there" / "site" / "miit_cli"
    wheel.corpus = wheel.package / "corpus"
    install(wheel, monkeypatch)
    assert wheel.read() == []


def test_a_changed_document_is_read(wheel: Wheel) -> None:
    (wheel.corpus / "part1" / "d0005.md").unlink()
    write(wheel.corpus / "part1", "d0005", "It was 12 all the time.")
    write(wheel.corpus, "new", "And 38.")
    assert wheel.read() == ["d0005", "new"]


def test_other_sources_read_all(wheel: Wheel) -> None:
    (wheel.package / "rules.py").write_text("RULE = 2\n")
    assert len(wheel.read()) == 12


def test_another_vocabulary_reads_all(wheel: Wheel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_index_seed.FakeVocabulary", lambda: OTHER)
    assert len(wheel.read()) == 12


OTHER = FakeVocabulary("other")


@pytest.mark.parametrize("damage", ["", "no database", "half"])
def test_a_damaged_seed_is_not_taken(wheel: Wheel, damage: str) -> None:
    path = wheel.corpus / ingest.PREBUILT
    path.write_bytes(path.read_bytes()[:9000] if damage == "half" else damage.encode())
    assert len(wheel.read()) == 12
    assert os.path.exists(locate(["bundled"], FakeVocabulary().fingerprint).path)


def test_the_seed_is_no_document_and_no_source(wheel: Wheel) -> None:
    before = sources.read().digest, snapshot.take([str(wheel.corpus)])
    (wheel.corpus / ingest.PREBUILT).write_bytes(b"anything")
    assert (sources.read().digest, snapshot.take([str(wheel.corpus)])) == before
