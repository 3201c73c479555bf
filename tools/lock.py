"""Writes requirements.lock: the exact versions with which the tests of the README run.

    python tools/lock.py

Every requirement of pyproject.toml, extras and all that they need, for every Python from the oldest that is
supported on; needs uv. What is newer than the lock is tried by .ci/run, which reports what it breaks.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
HEADER = "# Made by tools/lock.py from pyproject.toml; do not edit.\n"


def main() -> None:
    """Solve anew, from the newest versions that there are."""
    options = ["--extra=dev", "--universal", "--python-version=3.11", "--upgrade"]
    command = ["uv", "pip", "compile", "-q", *options, "--no-header", "--no-annotate", "pyproject.toml"]
    solved = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    LOCK.write_text(HEADER + solved, encoding="utf-8")


if __name__ == "__main__":
    main()
