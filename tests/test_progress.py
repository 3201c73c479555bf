"""The bar on standard error: for whoever looks at a terminal, and for nobody else."""

from __future__ import annotations

import io
import sys

import pytest

from miit_cli.output import progress
from miit_cli.types import Amount


class FakeTerminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in (io.StringIO(), None):
        monkeypatch.setattr(sys, "stderr", stream)
        assert progress.progress("reading") is None


def test_quick_work_shows_nothing(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := FakeTerminal())
    show = progress.progress("reading")
    assert show is not None
    for done in range(11):
        show(Amount(done, done * 100), Amount(10, 1000))
    assert terminal.getvalue() == ""


def test_long_work_is_drawn_and_wiped_away(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := FakeTerminal())
    show = progress.progress("reading")
    assert show is not None
    for clock[0], done in ((0.1, 1), (2.0, 15), (2.01, 16), (90.0, 20), (180.0, 30)):
        show(Amount(done, done * 500_000), Amount(30, 15_000_000))
    first = f"miit: reading {'━' * 15}{'─' * 15} 15 of 30, 3.8 MB/s, 2 s left"
    second = f"miit: reading {'━' * 20}{'─' * 10} 20 of 30, 0.1 MB/s, 45 s left"
    wiped = " " * max(len(first), len(second))
    assert terminal.getvalue() == f"\r{first}\r{second.ljust(len(first))}\r{wiped}\r"


def test_what_is_left_of_much_is_told_in_minutes(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := FakeTerminal())
    show = progress.progress("reading")
    assert show is not None
    clock[0] = 10.0
    show(Amount(1000, 1_000_000), Amount(40_000, 13_500_000))
    assert terminal.getvalue().endswith("1,000 of 40,000, 0.1 MB/s, 2:05 min left")
