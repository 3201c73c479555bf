"""The program's own sources, as far as reading depends on them: other sources read other things."""

from __future__ import annotations

import os
import time
from typing import NamedTuple

from miit_cli.index.snapshot import SETTLES, by_path, changed, take

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# What only asks or writes. Whatever is not named here counts, so that a new file counts.
APART = frozenset(("commands", "output", "queries", "corpus", "__pycache__"))


class Sources(NamedTuple):
    """The sources: how they look, which is quick, and a digest of what they say, which is sure."""

    snapshot: bytes  # b"" when they changed so lately that their look says nothing
    digest: str


def look() -> bytes:
    """How the sources look now."""
    return take([PACKAGE], skip=APART)


def read() -> Sources:
    """The sources, read."""
    from hashlib import sha256

    seen, now = look(), time.time_ns()
    files = by_path(seen)
    digest = sha256()
    for path in sorted(files):
        with open(path, "rb") as file:
            content = file.read()
        digest.update(f"{os.path.relpath(path, PACKAGE)}\0{len(content)}\0".encode())
        digest.update(content)
    settled = all(changed(entry) < now - SETTLES for entry in files.values())
    return Sources(seen if settled else b"", digest.hexdigest())
