"""What the reader has learned, and that it can learn (tools/train.py)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

import evaluate
import labelled
import pytest
from conftest import ROOT

from miit_cli import corpus, vocabulary
from miit_cli.confidence import default_confidence, platt
from miit_cli.reading import ranking
from miit_cli.reading.calibration import Choices, Signals, held_back, share, signals
from miit_cli.reading.reader import Chooser, Reader, by_weights
from miit_cli.types import SURE, ParsedDocument

VOCABULARY = vocabulary.load()
WEIGHTS = ROOT / "miit_cli" / "data" / "weights.json"
TEXT = (
    "In June 2025, industrial value added rose by 4.1% year on year. "
    "At the end of June, China had 4.55 million 5G base stations."
)
PARTS = ("en/plain", "zh/plain")


@cache
def _texts() -> list[labelled.Labelled]:
    """The three longest texts of each language."""
    sets = (labelled.load([labelled.TEXTS / part]) for part in PARTS)
    return [text for texts in sets for text in sorted(texts, key=lambda text: len(text.document.text))[-3:]]


@pytest.fixture(scope="module")
def train() -> ModuleType:
    """Imported here and not where the tests are collected, by each process: it takes its time."""
    import train

    return train


def _learned(train: ModuleType, texts: Sequence[labelled.Labelled]) -> str:
    """What is learned from texts, as the data file holds it."""
    teacher = train.Teacher()
    train.taught(texts, Reader(VOCABULARY), teacher)
    return json.dumps(train.train(teacher.examples), ensure_ascii=False, sort_keys=True)


def _chooser(learned: str) -> Chooser:
    weights = {question: ranking.Weights(each) for question, each in json.loads(learned).items()}

    def choose(
        question: str,
        parsed: object,
        number: int,
        candidates: Sequence[ranking.Candidate],
        common: Sequence[str],
    ) -> tuple[int, float]:
        odds = ranking.probabilities(candidates, common, weights[question])
        return ranking.most_probable(candidates, odds)

    return choose


@pytest.fixture(scope="module")
def learned(train: ModuleType) -> str:
    """What is learned from a few texts."""
    return _learned(train, _texts())


@pytest.mark.parametrize(("told", "taught"), [(True, 1), (False, 2)])
def test_a_number_without_a_row_is_none_where_no_reasons_are_told(
    train: ModuleType, tmp_path: Path, told: bool, taught: int
) -> None:
    (tmp_path / "2025-07-20-note.md").write_text("China had 4.5 million 5G base stations and 34 zones.\n")
    row = "2025-07-20-note,5g-base-stations,4500000,exact,actual,,2025-06-30,document,,4.5 million"
    (tmp_path / "records.csv").write_text(f"{','.join(labelled.RECORD_COLUMNS)}\n{row}\n")
    if told:
        (tmp_path / "not-records.csv").write_text(f"{','.join(labelled.NONE_COLUMNS)}\n")
    teacher = train.Teacher()
    train.taught(labelled.load([tmp_path]), Reader(VOCABULARY), teacher)
    assert teacher.examples["link"].count == taught


def test_confidence_is_measured_on_texts_whose_mistakes_nobody_has_read(train: ModuleType) -> None:
    with pytest.raises(SystemExit, match="no folder of --unseen is in en"):
        train.calibrate([labelled.TEXTS / "en" / "plain"], [])


def test_the_same_texts_teach_the_same_weights(train: ModuleType) -> None:
    one, other = (_learned(train, _texts()[::3]) for _ in range(2))
    assert one == other


def test_what_was_learned_reads_what_it_was_learned_from(learned: str) -> None:
    reader = Reader(VOCABULARY, _chooser(learned))
    verdicts = [evaluate.pair(text, reader.read(text.document).observations) for text in _texts()]
    counts = evaluate.score(verdicts)
    assert counts.gold > 50
    assert counts.f1(counts.found) > 0.9
    assert counts.f1(counts.right) > 0.9


def test_without_weights_nothing_is_known(train: ModuleType) -> None:
    """So it is the weights that the tests above are about."""
    reader = Reader(VOCABULARY, _chooser(json.dumps({question: {} for question in train.QUESTIONS})))
    verdicts = [evaluate.pair(text, reader.read(text.document).observations) for text in _texts()]
    counts = evaluate.score(verdicts)
    assert counts.f1(counts.right) < 0.3


def test_each_text_is_read_alone_and_of_those_held_out_nothing_is_learned(train: ModuleType) -> None:
    first, second, held = _texts()[:3]
    teacher, reader = train.Teacher(), Reader(VOCABULARY)
    train.taught([first, second, held], reader, teacher)
    examples = train.read_alone([[first], [second]], teacher, reader, {held.document.id})["period"]
    told = teacher.examples["period"].of(lambda document: document != held.document.id)
    assert sorted(each.document for each in examples.asked) == sorted(each.document for each in told.asked)
    own = [each.own for each in told.asked]
    assert [each.own for each in examples.asked] != own  # what was said before is not always what was right


# --- the data file ---


def _data() -> dict[str, dict[str, Any]]:
    return json.loads(WEIGHTS.read_text(encoding="utf-8"))


def _asked(document: ParsedDocument) -> set[str]:
    """The questions that are asked when a document is read."""
    asked: set[str] = set()

    def choose(question: str, *rest: Any) -> tuple[int, float]:
        asked.add(question)
        return by_weights(question, *rest)

    Reader(VOCABULARY, choose).read(document)
    return asked


def test_there_are_weights_for_each_question_that_is_asked(train: ModuleType) -> None:
    document = corpus.text_document(TEXT, id="note", date="2025-07-20")
    assert _asked(document) == set(_data()) == set(train.QUESTIONS)


def test_each_feature_tells_every_unit_an_integer() -> None:
    for question, learned in _data().items():
        units = len(learned["units"])
        rows = {"units": units, "common": units, "groups": units, "own": units + 1}
        tables: dict[str, list[list[int]]] = {
            "units": [learned["units"]],
            "groups": [*learned["groups"].values()],
            **{
                name: [[*map(int, row.split())] for row in learned[name].values()]
                for name in ("own", "common")
            },
        }
        for name, told in tables.items():
            assert {len(row) for row in told} <= {rows[name]}, question
            assert {type(weight) for row in told for weight in row} <= {int}, question
        assert set(learned["grouped"]) | set(learned["own"]), question
        assert {group for row in learned["grouped"].values() for group in row} <= set(learned["groups"])


def test_the_file_is_as_training_writes_it(train: ModuleType) -> None:
    """Sorted, a feature a line: so that what training changes is seen in a review."""
    written = WEIGHTS.read_text(encoding="utf-8")
    assert written == train.written(_data())
    assert len(written.splitlines()) > sum(len(learned["own"]) for learned in _data().values())


def test_grounds_add_up_to_the_score(train: ModuleType) -> None:
    """What is told of a candidate is all that decided."""
    weights, seen = ranking.weights(), []

    def choose(question: str, parsed: object, number: int, candidates: Any, common: Any) -> tuple[int, float]:
        for candidate, score in zip(candidates, weights[question].scores(candidates, common), strict=True):
            told = sum(weights[question].grounds(candidate, common).values())
            seen.append(abs(told - score / ranking.SCALE**2))
        return by_weights(question, parsed, number, candidates, common)  # type: ignore[arg-type]

    Reader(VOCABULARY, choose).read(corpus.text_document(TEXT, id="note", date="2025-07-20"))
    assert len(seen) > 50
    assert max(seen) < 1e-6


def test_confidence_grows_with_what_speaks_for_a_record() -> None:
    usual = Signals(2.0, behind=0.0, departure=0.5, foreign=0.0, owned=0.0)
    for language in ("en", "zh"):
        sure = partial(share, platt=platt(language))
        assert 0 <= sure(usual._replace(choices=-6.0)) < default_confidence() <= sure(usual) <= 1
        for less in (
            {"choices": 1.0},
            {"behind": -3.0},
            {"departure": 4.0},
            {"foreign": 0.8},
            {"owned": 1.0},
        ):
            assert sure(usual._replace(**less)) < sure(usual)
        assert held_back(SURE, platt(language)._replace(sure=SURE + 0.02, unsure=SURE - 0.01)) < SURE


def test_one_unsure_choice_is_enough_to_doubt_a_record() -> None:
    usual = Choices(0.99, 0.99, 0.99, 0.99)
    for unsure in ("link", "sign", "status", "period"):
        assert usual._replace(**{unsure: 0.5}).odds < 0 < usual.odds


def test_another_value_of_the_same_indicator_makes_the_less_sure_doubtful() -> None:
    choices, surer = Choices(0.9, 1.0, 0.99, 0.95), Choices(0.99)
    document = corpus.text_document(TEXT, id="note", date="2025-07-20", language="en")
    record = Reader(VOCABULARY).read(document).observations[0]
    assert signals(record, choices, surer).behind < 0 == signals(record, choices, None).behind
    assert signals(record, surer, choices).behind == 0


def test_a_text_of_the_nation_is_told_of_another_owner(tmp_path: Path) -> None:
    """Its figures are then none of the nation, or only the place they come from is another."""
    import retold

    texts = labelled.load([labelled.TEXTS / "en" / "reports", labelled.TEXTS / "zh" / "reports"])
    retold.retold(texts, tmp_path)
    made = labelled.load([tmp_path])
    assert not labelled.lost(made)
    assert {text.document.language for text in made} == {"en", "zh"}
    elsewhere = [text for text in made if "elsewhere" in text.document.id]
    assert elsewhere
    assert len(made) > len(elsewhere)
    for text in elsewhere:
        assert not text.records
        assert any(other.reason in (retold.FOREIGN, retold.REGION, retold.COMPANY) for other in text.others)
    assert all(text.records for text in made if text not in elsewhere)
