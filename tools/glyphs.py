"""Makes ``miit_cli/data/glyphs.tsv``: the outlines of the characters that charts are labelled with.

A picture must show 基站 on a machine that has no Chinese font, so charts draw such text from these
outlines. Run it when a label of the vocabulary or a word of the charts has a new character (a test says
so), with fontTools and any font under the SIL Open Font License that has them, such as Noto Sans CJK:

    pip install fonttools
    python tools/glyphs.py NotoSansCJK-Regular.ttc "Noto Sans CJK SC"
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTCollection, TTFont

from miit_cli.output.chart.words import WORDS
from miit_cli.vocabulary import load, units

TARGET = Path(__file__).parent.parent / "miit_cli" / "data" / "glyphs.tsv"
EM = 1000
ASCII = "".join(map(chr, range(0x20, 0x7F)))
PUNCTUATION = "–—‘’“”…·×≈±≥≤§°，。、；：（）《》！？％＋－～￥"
COMMON = "年月日季度一二三四五六七八九十百千万亿零上下半第至截今去同比增长下降约超近达到"


def characters() -> str:
    """Every character that the program itself can put on a chart."""
    vocabulary = load()
    labels = [text for slug in vocabulary for text in (vocabulary[slug].label, vocabulary[slug].label_zh)]
    words = [text for told in units().values() for text in told]
    own = [word for language in WORDS.values() for word in language.every()]
    return "".join(sorted(set("".join([ASCII, PUNCTUATION, COMMON, *labels, *words, *own]))))


def font(path: str, name: str) -> TTFont:
    """The font of that name in a file of one or several."""
    if not path.endswith(".ttc"):
        return TTFont(path)
    return next(each for each in TTCollection(path).fonts if each["name"].getDebugName(4) == name)


def main(path: str, name: str = "") -> None:
    """Write a line a character: itself, its advance, its outline as an SVG path, in thousandths of an em."""
    source = font(path, name)
    glyphs, names, scale = source.getGlyphSet(), source.getBestCmap(), EM / source["head"].unitsPerEm
    lines = []
    for character in characters():
        glyph = glyphs[names[ord(character)]]
        pen = SVGPathPen(glyphs, ntos=lambda number: str(round(number * scale)))
        glyph.draw(pen)
        lines.append(f"{character}\t{round(glyph.width * scale)}\t{pen.getCommands()}\n")
    TARGET.write_text("".join(lines), "utf-8")
    print(f"{len(lines)} characters in {TARGET}")


if __name__ == "__main__":
    main(*sys.argv[1:])
