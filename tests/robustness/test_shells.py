"""What TAB offers, typed into the shells themselves."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from conftest import ROOT, Answer

Ask = Callable[..., Answer]


class ShellTerminal:
    """An interactive shell on a terminal of its own."""

    def __init__(self, shell: str, home: Path) -> None:
        self.home = home
        self.process, self.file = pty.fork()
        if self.process == 0:
            os.chdir(home)
            environ = {
                "HOME": str(home),
                "PATH": f"{home / 'bin'}:{os.environ['PATH']}",
                "TERM": "xterm",
                "LANG": "C.UTF-8",
                "MIIT_CACHE_DIR": os.environ["MIIT_CACHE_DIR"],
            }
            os.execvpe(shell, [shell, "-i"], environ)
        self.seen = b""
        self._type("echo rea''dy\r")
        self._until(lambda: b"ready\r" in self.seen)

    def typed(self, line: str) -> list[str]:
        """What the program was called with when a line with TABs in it had been typed and sent off."""
        ran = self.home / "ran"
        ran.unlink(missing_ok=True)
        self._type(line + "\r")
        self._until(lambda: ran.exists() and ran.read_bytes().endswith(b"\0\n"))
        return ran.read_text().split("\0")[:-1]

    def close(self) -> None:
        os.kill(self.process, 9)
        os.close(self.file)
        os.waitpid(self.process, 0)

    def _type(self, text: str) -> None:
        os.write(self.file, text.encode())

    def _until(self, done: Callable[[], bool], patience: float = 30.0) -> None:
        end = time.monotonic() + patience
        while not done():
            assert time.monotonic() < end, re.sub(rb"\x1b\[[^a-zA-Z]*[a-zA-Z]", b"", self.seen).decode()
            if select.select([self.file], [], [], 0.1)[0]:
                with suppress(OSError):
                    self.seen += os.read(self.file, 1 << 16)


@contextmanager
def terminal(shell: str, home: Path) -> Iterator[ShellTerminal]:
    opened = ShellTerminal(shell, home)
    try:
        yield opened
    finally:
        opened.close()


@pytest.fixture
def home(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with the program on its path; run for itself, the program notes down its arguments."""
    program = tmp_path / "bin" / "miit"
    program.parent.mkdir()
    program.write_text(
        '#!/bin/sh\nif [ -z "$_MIIT_COMPLETE" ]; then\n'
        f'printf "%s\\0" "$@" >"{tmp_path}/ran"; echo >>"{tmp_path}/ran"\n'
        f'else PYTHONPATH="{ROOT}" exec "{sys.executable}" -m miit_cli "$@"; fi\n'
    )
    program.chmod(0o755)
    (tmp_path / "reports").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("ZDOTDIR", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert ask("list").code == 0  # so that the index is there
    return tmp_path


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_typed_into_the_shell_itself(shell: str, ask: Ask, home: Path, inside: Callable[[str], None]) -> None:
    if not (path := shutil.which(shell)):
        pytest.skip(f"{shell} is not installed")
    inside(shell)
    assert ask("--install-completion").code == 0
    load = "\t" if shell == "zsh" else ""  # there the first TAB of a session only loads what Typer installs
    with terminal(path, home) as shown:
        assert shown.typed(f"miit show 5g-base-stations-p\t{load}") == ["show", "5g-base-stations-per-10000"]
        assert shown.typed("miit sho\t5g-base-stations-p\t--la\tzh") == [
            *("show", "5g-base-stations-per-10000"),
            *("--lang", "zh"),
        ]
        assert shown.typed("miit list --since 2022-H\t") == ["list", "--since", "2022-H1"]
        assert shown.typed("miit export -f sql\t") == ["export", "-f", "sqlite"]
        assert shown.typed("miit export --format=sql\t") == ["export", "--format=sqlite"]
        assert shown.typed("miit show --columns indicator,per\t") == ["show", "--columns", "indicator,period"]
        [document] = [name for name in ask("docs", "--columns", "document").out.split() if "2022-" in name]
        assert shown.typed("miit docs 2022-\t") == ["docs", document]
        assert [each.rstrip("/") for each in shown.typed("miit list --corpus rep\t")] == [
            *("list", "--corpus", "reports")
        ]
