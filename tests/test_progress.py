"""The bar on standard error: for whoever looks at a terminal, and for nobody else."""

from __future__ import annotations

import io
import sys

import pytest

from miit_cli.output import progress


class Terminal(io.StringIO):
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
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    show = progress.progress("reading")
    assert show is not None
    for done in range(11):
        show(done, 10)
    assert terminal.getvalue() == ""


def test_long_work_is_drawn_and_wiped_away(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    show = progress.progress("reading")
    assert show is not None
    for clock[0], done in ((0.1, 1), (1.0, 15), (1.01, 16), (2.0, 30)):
        show(done, 30)
    line = f"miit: reading {'━' * 15}{'─' * 15} 15 of 30"
    assert terminal.getvalue() == f"\r{line}\r{' ' * len(line)}\r"
