"""The program in processes of its own: started, limited, interrupted and killed."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
FILLERS = ("stock", "share", "number", "weight", "length")
MIIT = (sys.executable, "-m", "miit_cli")


class Ended(NamedTuple):
    """What a process came to."""

    code: int
    out: str
    err: str


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **(extra or {})}


def begin(
    *arguments: str,
    env: Mapping[str, str] | None = None,
    room: int | None = None,
    stdin: int = subprocess.DEVNULL,
    stdout: int = subprocess.PIPE,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start the program; with ``room`` it may write no file longer than that."""
    return subprocess.Popen(
        [*MIIT, *arguments],
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=environment(env),
        cwd=cwd or ROOT,
        preexec_fn=None if room is None else limited(room),  # noqa: PLW1509 - this process has no threads
    )


def end(process: subprocess.Popen[bytes], seconds: float = 60) -> Ended:
    out, err = process.communicate(timeout=seconds)
    return Ended(process.returncode, (out or b"").decode(), (err or b"").decode())


def run(*arguments: str, **options: object) -> Ended:
    return end(begin(*arguments, **options))  # type: ignore[arg-type]


def limited(room: int) -> Callable[[], None]:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    return limit


def many(folder: Path, count: int) -> Path:
    """Documents that take a while to read, and say something different each; no two disagree."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        year, month = 2001 + number // 12, number % 12 + 1
        day = f"{year + month // 12}-{month % 12 + 1:02d}-20"
        text = (
            f"At the end of {MONTHS[month - 1]} {year}, China had {1_000_000 + number:,} 5G base stations. "
            f"The output of gizmos was {number + 1}.5 million units, up {number % 9}.5%.\n\n"
        )
        lines = "\n\n".join(f"The {word} of gizmos was {number + 3} units." for word in FILLERS)
        (folder / f"{day}-{number:04d}.md").write_text(
            f"---\ndate: {day}\n---\n\n{text}{lines}\n", encoding="utf-8"
        )
    return folder
