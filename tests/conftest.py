"""What all tests share: a cache of their own, and the program asked in this process or in another."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

# A machine with other work to do is slow, not wrong: speed belongs in a benchmark. Of what the tests draw by
# chance a change is shown little, and `.ci/run` much (`--hypothesis-profile=many`).
settings.register_profile("few", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("many", settings.get_profile("few"), max_examples=300)
settings.load_profile("few")

# A shell starts a job in the background with interrupts ignored, and so would every program tested here.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent

# what the surroundings of whoever runs the tests must not decide
FOREIGN = ("MIIT_CORPUS", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "GITHUB_ACTIONS", "PY_COLORS")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """A file's tests go to one process, so that what they share (texts read, pages shown) is made once."""
    from xdist.scheduler import LoadFileScheduling

    return LoadFileScheduling(config, log)


class Answer(NamedTuple):
    """What a command line came to."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session", autouse=True)
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache and a home of the tests' own, so that the user's are never touched; no colours, no corpus."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in FOREIGN:
            patch.delenv(name, raising=False)
        patch.setenv("HOME", str(home))
        patch.setenv("MIIT_CACHE_DIR", str(home / "miit"))
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        patch.setenv("TERM", "xterm-256color")
        yield home
    cache, pips = home / "cache", home / "cache" / "pip"  # pip, which builds the wheel, keeps things there
    strays = [path for path in cache.rglob("*") if path.is_file() and pips not in path.parents]
    assert not strays, f"the cache was looked for past MIIT_CACHE_DIR: {strays}"


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Ask a command line in this process: ``ask("show", "5g-base-stations")``; standard output is a pipe."""

    def ask(*arguments: str, stdin: str | bytes = "", env: Mapping[str, str] | None = None) -> Answer:
        from miit_cli.__main__ import run

        data = stdin.encode() if isinstance(stdin, str) else stdin
        out, err = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            code = run(arguments)
            out.flush()
            err.flush()
        return Answer(int(code), out.buffer.getvalue().decode(), err.buffer.getvalue().decode())  # type: ignore[attr-defined]

    return ask


@pytest.fixture
def start() -> Callable[..., Answer]:
    """Ask a command line in a process of its own, as a shell would."""

    def start(
        *arguments: str, stdin: str = "", env: Mapping[str, str] | None = None, cwd: Path = ROOT
    ) -> Answer:
        done = subprocess.run(
            [sys.executable, "-m", "miit_cli", *arguments],
            input=stdin.encode(),
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
            cwd=cwd,
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    return start


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Let the program be started from a shell, by a user with a home of their own."""

    def inside(shell: str) -> None:
        monkeypatch.setattr("shellingham.detect_shell", lambda: (shell, f"/bin/{shell}"))

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("ZDOTDIR", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return inside
