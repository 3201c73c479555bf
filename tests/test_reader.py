"""What the reader tells beside records: its faults, and figures without a direction."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Answer

from miit_cli import corpus, vocabulary
from miit_cli.reading import standing
from miit_cli.reading.reader import Reader, by_weights
from miit_cli.types import UNATTRIBUTED, UNCATALOGUED, UNCERTAIN, ParsedDocument

TEXT = "Industry did well. In June, industrial value added rose by 4.1% year on year."


def document(text: str = TEXT) -> ParsedDocument:
    return corpus.text_document(text, id="note", date="2025-07-20")


def test_a_fault_carries_the_number_of_its_sentence() -> None:
    def choose(*question: object) -> tuple[int, float]:
        raise KeyError("a fault")

    with pytest.raises(KeyError) as raised:
        Reader(vocabulary.load(), choose).read(document())
    assert raised.value.sentence == 2  # type: ignore[attr-defined]


def test_growth_of_unknown_direction_is_no_record() -> None:
    def choose(question: str, *rest: object) -> tuple[int, float]:
        if question == "sign":
            return [candidate.key for candidate in standing.SIGN_CANDIDATES].index(standing.UNKNOWN), 1.0
        return by_weights(question, *rest)  # type: ignore[arg-type]

    reading = Reader(vocabulary.load(), choose).read(document())
    [figure] = [figure for figure in reading.figures if figure.text == "4.1%"]
    assert reading.observations == ()
    assert (figure.kind, figure.reason) == (UNATTRIBUTED, "no word tells whether it rose or fell")
    assert figure.subject == "industrial-value-added-growth"


def test_what_has_no_direction_is_not_shown_as_growth(ask: Callable[..., Answer], tmp_path: Path) -> None:
    (tmp_path / "2024-07-20-note.md").write_text(
        "In June 2024, sales of new energy vehicles moved by 4.2 percent year on year.\n", "utf-8"
    )
    answer = ask("audit", "--all", "--corpus", str(tmp_path))
    [row] = [row for row in csv.DictReader(io.StringIO(answer.out)) if row["text"] == "4.2 percent"]
    assert row["class"] in (UNATTRIBUTED, UNCERTAIN, UNCATALOGUED)
