"""Numbers in Chinese, with scale, unit and hedge."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from miit_cli.reading.numbers.hedges import alternation, hedged, units
from miit_cli.reading.lexicon import load_data
from miit_cli.reading.spans import (
    BARE,
    COUNT,
    FRACTION,
    NAME,
    ORDINAL,
    PERCENT,
    PHYSICAL,
    YEARS,
    Quantity,
)
from miit_cli.reading.numbers.values import (
    LONGEST,
    ZH_BIG,
    chinese_number,
    no_value,
    percentage,
    plain,
    scaled,
    times,
)

_SCALES = {"百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
           "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}  # fmt: skip
# 成 is a tenth, but not before these: 5成立.
_NOT_TENTHS = frozenset("立为本果都员功品交长效熟就型份分绩套")
_COUNTING = frozenset("零〇一二两三四五六七八九十百千万亿点")
_MINUS = frozenset("-−－")
_BEFORE_MINUS = frozenset("为是达至到约(（:： ")


@cache
def _pattern() -> re.Pattern[str]:
    fixed = load_data("zh/units.toml")["fixed"]
    heads = "".join(sorted({word[0] for word in fixed}))
    # 十一 is a holiday and 一点 a little, but 十一万 and 一点五亿 are numbers
    counting = [word for word in fixed if _COUNTING.issuperset(word)]
    fixed = f"{alternation([word for word in fixed if word not in counting])}|(?:{alternation(counting)})"
    written = alternation(list(units("zh")))
    return re.compile(
        rf"""
        (?=[{heads}\da-z第零〇一二两三四五六七八九十百千万亿])(?:
        (?P<name>[a-z][a-z.\-]{{0,11}}\d[\da-z.\-]{{0,11}}                      # C919, IPv6, COVID-19
            |\d{{1,3}}(?:[gk](?![a-z])|g-a|d打印|d打)                           # 5G, 8K
            |\d{{3,}}(?=热线|工程|专项|政策|会议|系列|号))
        |(?P<ordinal>第[\d零〇一二两三四五六七八九十百千]+)
        |(?P<hundredth>百分之(?P<ofhundred>[零一二三四五六七八九十百]{{1,7}}(?:点[零一二三四五六七八九]{{1,6}})?
            |\d{{1,9}}(?:\.\d{{1,9}})?))
        |(?P<fraction>[一二三四五六七八九十\d]{{1,12}}分之[一二三四五六七八九十百\d]+)
        |(?P<digits>\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?
            (?P<more1>多|余|几)?(?P<scale>(?!百亿亿)(?:万亿|[十百千]?万|[十百千]?亿|[百千]))?(?P<more2>多|余|几)?\s?
            (?P<unit>{written})?
        |(?P<fixed>{fixed}(?![零〇一二两三四五六七八九十百千万亿点个]))
        |(?P<han>[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+[万亿]*)?)
            (?P<more3>多|余|几)?(?P<scale3>[万亿])?(?P<unit3>{written})?
        )""",
        re.VERBOSE,
    )


def quantities(folded: str) -> list[Quantity]:
    """The numbers of a folded text, in order."""
    return [
        no_value(*match.span()) if len(match[0]) > LONGEST else _FORMS[match.lastgroup or ""](match)
        for match in _pattern().finditer(folded)
    ]


def _name(match: re.Match[str]) -> Quantity:
    return no_value(*match.span(), NAME)


def _fixed(match: re.Match[str]) -> Quantity:
    return no_value(*match.span())


def _ordinal(match: re.Match[str]) -> Quantity:
    """第三; and 第三年, which counts years."""
    start, end = match.span()
    if not match.string.startswith("年", end):
        return no_value(start, end, ORDINAL)
    digits = match["ordinal"][1:]
    value = Decimal(digits) if digits.isdigit() else chinese_number(digits)
    return Quantity(start, end + 1, value, YEARS, "exact", "年", start, end + 1, ORDINAL)


def _hundredth(match: re.Match[str]) -> Quantity:
    digits = match["ofhundred"]
    value = Decimal(digits) if digits[0].isascii() else chinese_number(digits)
    if value is None:
        return no_value(*match.span())
    return _quantity(match, match.end(), value, PERCENT, "", more=False)


def _fraction(match: re.Match[str]) -> Quantity:
    """三分之一, where it has an exact decimal."""
    start, end = match.span()
    below, above = (
        Decimal(part) if part.isdigit() else chinese_number(part) for part in match["fraction"].split("分之")
    )
    if not below or above is None:
        return no_value(start, end)
    value = percentage(above, below)
    if value is None:
        return Quantity(start, end, None, PERCENT, reason=FRACTION)
    return _quantity(match, end, value, PERCENT, "", more=False)


def _digits(match: re.Match[str]) -> Quantity:
    """4.55万多个."""
    end, written = match.end(), match["unit"] or ""
    unit, factor = units("zh").get(written, (BARE, 1))
    if written == "成" and match.string[end : end + 1] in _NOT_TENTHS:
        unit, factor, written, end = BARE, 1, "", end - 1
    value = scaled(match["digits"], _SCALES.get(match["scale"], 1) * factor)
    if _is_negative(match):
        value = value.copy_negate()
    return _quantity(match, end, value, unit, written, more=bool(match["more1"] or match["more2"]))


def _is_negative(match: re.Match[str]) -> bool:
    """增速为-4.8%: a minus sign, as against the dash of a range."""
    before = match.string[max(0, match.start() - 2) : match.start()]
    return len(before) > 1 and before[1] in _MINUS and before[0] in _BEFORE_MINUS


def _characters(match: re.Match[str]) -> Quantity:
    """四千五百万个; a bare numeral, or 一 with a measure word, belongs to the word around it."""
    text, end, written = match["han"], match.end(), match["unit3"] or ""
    unit, factor = units("zh").get(written, (BARE, 1))
    after = match.string[end : end + 1]
    if text[-1] in "亿万" and "级" in (written, after):
        end += 0 if written else 1
        unit, written, factor = COUNT, "级", 1
    value = chinese_number(text)
    if written == "成" and after in _NOT_TENTHS:
        unit = BARE
    if value is None or unit == BARE or (text == "一" and unit in (COUNT, PHYSICAL)):
        return no_value(match.start(), match.end("han"))
    value = plain(times(value, factor * ZH_BIG.get(match["scale3"], 1)))
    return _quantity(match, end, value, unit, written, more=bool(match["more3"]))


def _quantity(
    match: re.Match[str], end: int, value: Decimal, unit: str, written: str, more: bool
) -> Quantity:
    folded, start = match.string, match.start()
    end = start + len(folded[start:end].rstrip())
    if unit == "tenths":
        unit, value = PERCENT, times(value, 10)
    bound, left, right = hedged("zh", folded, start, end)
    if more and bound == "exact":
        bound = "lower"
    return Quantity(start, end, value, unit, bound, written, left, right)


# The group that closes last tells the form.
_FORMS = {
    "name": _name,
    "ordinal": _ordinal,
    "hundredth": _hundredth,
    "fraction": _fraction,
    "fixed": _fixed,
    **dict.fromkeys(("digits", "more1", "scale", "more2", "unit"), _digits),
    **dict.fromkeys(("han", "more3", "scale3", "unit3"), _characters),
}
