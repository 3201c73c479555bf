"""How a data file is written: what it is and whence, then a class a line with its words between tabs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def write(path: Path, about: str, classes: Mapping[str, Iterable[str]]) -> None:
    """Writes the classes that have words, in the order given.

    ``about`` says what the file holds, its sources and their licences; every line of it becomes a comment.
    """
    every = [word for words in classes.values() for word in set(words)]
    if twice := sorted(word for word, count in Counter(every).items() if count > 1):
        raise ValueError(f"{path.name}: in two classes: {' '.join(twice)}")
    lines = [f"# {line}".rstrip() for line in about.strip().splitlines()]
    lines.append("# Written by tools/words: change its lists or rules and build anew, not this file.")
    for name, words in classes.items():
        kept = sorted(set(words))
        if kept:
            lines.append("\t".join([name, *kept]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path.name}: " + ", ".join(f"{name} {len(set(words))}" for name, words in classes.items()))
