"""Chinese as it is written and said elsewhere: what is typed and what is read come to one spelling.

>>> simplified("電訊業"), mainland("5G基地台數")
('电讯业', '5G基站数')
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from miit_cli.vocabulary import word_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

# 著 is 着 except in these words
_WRITTEN = re.compile(r"(?<![显专名土编原卓昭论巨拙译遗较])著(?![名作者录称述])")


def simplified(text: str) -> str:
    """The text in simplified characters, of the same length, character for character."""
    if _traditional().isdisjoint(text):
        return text
    folded = text.translate(_simplified())
    return _WRITTEN.sub("着", folded) if "著" in folded else folded


@cache
def regional_terms() -> dict[str, str]:
    """What Hong Kong and Taiwan say and the mainland's word for it, simplified: 基地台 -> 基站."""
    [line] = word_lines("zh", "regional")
    return dict(pair.split("=") for pair in line.split("\t")[1:])


def mainland(text: str) -> str:
    """The text as the mainland writes it: simplified, and with its words for what others call otherwise."""
    terms = regional_terms()
    return _regional().sub(lambda match: terms.get(match[0], match[0]), simplified(text))


@cache
def _regional() -> re.Pattern[str]:
    """Finds what others say, and whole what holds it and is said on the mainland: 中小企 is in 中小企业."""
    terms = regional_terms()
    whole = {plain for said, plain in terms.items() if said in plain}
    return re.compile("|".join(map(re.escape, sorted({*terms, *whole}, key=len, reverse=True))))


@cache
def _traditional() -> frozenset[str]:
    """The characters that are written otherwise in simplified Chinese."""
    return frozenset(word_lines("zh", "simplified")[0] + "著")


@cache
def _simplified() -> Mapping[int, int]:
    traditional, plain = word_lines("zh", "simplified")
    return str.maketrans(traditional, plain)
