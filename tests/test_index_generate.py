"""The archives that the benchmark measures with: the same for a seed, varied, and readable throughout."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from miit_cli import corpus

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "benchmarks" / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_archive(generate: ModuleType, tmp_path: Path, language: str) -> None:
    size = generate.archive(tmp_path / "one", 100, language)
    assert generate.archive(tmp_path / "two", 100, language) == size
    files = {path.name: path.read_bytes() for path in (tmp_path / "one").rglob("*.md")}
    assert files == {path.name: path.read_bytes() for path in (tmp_path / "two").rglob("*.md")}
    assert len(set(files.values())) == 100
    assert size == sum(map(len, files.values())) and 1400 < size / 100 < 1800
    documents = [
        corpus.parse_document(path, Path(path).read_bytes()) for path in corpus.files([str(tmp_path / "one")])
    ]
    assert {document.language for document in documents} == {language}
    assert all(document.path.startswith(str(tmp_path / "one" / document.date[:4])) for document in documents)
    sentences = [document.text[s.start : s.end] for document in documents for s in document.sentences]
    assert len(set(sentences)) > len(sentences) / 2
    figures = [
        said
        for said in sentences
        if any(mark in said for mark in ("%", "million", "percent", "万", "numbered", "家"))
    ]
    assert 0.1 < len(figures) / len(sentences) < 0.25  # most are about other things
