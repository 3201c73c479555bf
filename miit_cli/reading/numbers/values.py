"""Exact values: what a number in words, or in figures with a scale, is worth."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from math import prod

from miit_cli.reading.spans import DATE, NAME, NOTE, WORDPART, Quantity

MINUS = (
    r"\-\u2010\u2011\u2012\u2013\u2212\uFE63\uFF0D"  # in brackets of a pattern: hyphens, en dash, minus signs
)
BLANKS = " \u2007\u2009\u202f"
# Digits in groups of three: by commas, blanks, apostrophes, or points where there are several.
GROUPED = (
    rf"\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d{{1,3}}(?:，\d{{3}})+(?!\d)(?:\.\d+)?"
    rf"|[1-9]\d{{0,2}}(?:[{BLANKS}]\d{{3}})+(?![\d,-])(?:\.\d+)?"
    rf"|[1-9]\d{{0,2}}(?:['’]\d{{3}})+(?!\d)(?:\.\d+)?|[1-9]\d{{0,2}}(?:\.\d{{3}}){{2,}}(?![\d.])"
)
_SEPARATORS = re.compile(rf"[,，'’{BLANKS}]")

# A numeral with its unit that is longer, or that has more digits before or behind its point, is a string of
# digits and no figure: an exaflop is 10^18. So each value is exact, fits every output, and costs little.
LONGEST = 120
_MOST_DIGITS = 30
_EXACTLY = Context(prec=1200)
_TEN_THOUSANDTHS, _TENTH = Decimal("0.0001"), Decimal("0.1")

ZH_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
ZH_BIG = {"万": 10**4, "亿": 10**8}
_ZH_SMALL = {"十": 10, "百": 100, "千": 1000}
EN_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
EN_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
EN_SCALES = {
    "hundred": 10**2, "thousand": 10**3, "k": 10**3, "million": 10**6, "mln": 10**6, "mn": 10**6,
    "m": 10**6, "billion": 10**9, "bln": 10**9, "bn": 10**9, "b": 10**9, "trillion": 10**12,
    "trn": 10**12, "tn": 10**12, "trln": 10**12, "tln": 10**12, "quadrillion": 10**15,
    "quintillion": 10**18, "dozen": 12,
}  # fmt: skip
EN_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
    "twentieth": 20,
}  # fmt: skip
_HALF = "half a "


# --- numbers in words ---


def chinese_number(text: str) -> Decimal | None:
    """The value of a number in Chinese numerals; None when it is none.

    Example:
        >>> chinese_number("三百二十"), chinese_number("一点二亿")
        (Decimal('320'), Decimal('120000000.0'))
    """
    text = text.replace("廿", "二十").replace("卅", "三十").replace(".", "点")  # 五.二, as in Taiwan
    whole, point, fraction = text.partition("点")
    if not point:
        if all(c in ZH_DIGITS for c in text):
            return Decimal(_zh_digits(text)) if text else None
        return _zh_counted(text)
    tail = fraction.rstrip("万亿")  # 一点二亿: the digits behind the point, and the scales behind those
    head = chinese_number(whole)
    if head is None or not tail or any(c not in ZH_DIGITS for c in tail):
        return None
    value = _EXACTLY.add(head, Decimal(f"0.{_zh_digits(tail)}"))
    return times(value, prod(ZH_BIG[char] for char in fraction[len(tail) :]))


def _zh_digits(text: str) -> str:
    return "".join(str(ZH_DIGITS[c]) for c in text)


def _zh_counted(text: str) -> Decimal | None:
    """三百二十, 两千万: digits, each with its scale, in sections of ten thousand.

    Digits side by side are read as in 1604: 一六〇四亿.
    """
    total = section = digit = 0
    tenth = 1  # what a last digit counts that no scale follows: 一万五 is 15,000, 一万零五 is 10,005
    for char in text:
        if char in ZH_DIGITS:
            tenth = 1 if digit else tenth if ZH_DIGITS[char] else 1
            digit = digit * 10 + ZH_DIGITS[char]
        elif char in _ZH_SMALL:
            if digit > 9:
                return None
            section += (digit or 1) * _ZH_SMALL[char]
            digit, tenth = 0, _ZH_SMALL[char] // 10
        elif char in ZH_BIG:
            tenth = ZH_BIG[char] // 10
            section += digit
            counted, total = (total + section, 0) if char == "亿" else (section, total)
            total += (counted or 1) * ZH_BIG[char]
            section = digit = 0
        else:
            return None
    return Decimal(total + section + digit * tenth)


def english_number(text: str) -> Decimal | None:
    """The value of an English number in words; None when it is none.

    Example:
        >>> english_number("twenty-one"), english_number("half a million")
        (Decimal('21'), Decimal('500000'))
    """
    integer, point, decimals = text.partition(" point ")
    if point:
        return _en_decimal(integer, decimals)
    if text.startswith(_HALF):
        whole = english_number(text.removeprefix(_HALF))
        return None if whole is None else plain(whole / 2)
    total = section = 0
    words = [word for word in re.split(r"[\s-]+", text) if word not in ("and", "a", "an")]
    for word in words:
        if word in EN_ONES or word in EN_TENS:
            section += EN_ONES.get(word) or EN_TENS.get(word, 0)
        elif word in ("hundred", "dozen"):
            section = (section or 1) * EN_SCALES[word]
        elif word in EN_SCALES:
            total += (section or 1) * EN_SCALES[word]
            section = 0
        else:
            return None
    return Decimal(total + section) if words else None


def _en_decimal(integer: str, decimals: str) -> Decimal | None:
    """three point eight five; two point nine million."""
    words = re.split(r"[\s-]+", decimals)
    scale = EN_SCALES.get(words[-1], 1)
    digits = [EN_ONES.get(word) for word in (words if scale == 1 else words[:-1])]
    whole = english_number(integer)
    if whole is None or not digits or any(digit is None or digit > 9 for digit in digits):
        return None
    value = Decimal(f"{whole}.{''.join(map(str, digits))}")
    return value if scale == 1 else plain(times(value, scale))


# --- arithmetic ---


def times(value: Decimal, factor: int | Decimal) -> Decimal:
    """The exact product."""
    return _EXACTLY.multiply(value, Decimal(factor))


def scaled(digits: str, scale: int | Decimal) -> Decimal:
    """The number as written; a scale makes it exact: 1.968 million is 1968000, while 9.0 stays 9.0."""
    text = _SEPARATORS.sub("", digits)
    value = Decimal(text.replace(".", "") if text.count(".") > 1 else text)
    return value if scale == 1 else plain(times(value, scale))


def plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent."""
    value = value.normalize(_EXACTLY)
    return value.quantize(Decimal(1), context=_EXACTLY) if value == value.to_integral_value() else value


def percentage(above: Decimal, below: Decimal) -> Decimal:
    """A fraction in percent, exact where it has at most four decimals, else to one: a third is 33.3."""
    value = _EXACTLY.divide(times(above, 100), below)
    exact = value == value.quantize(_TEN_THOUSANDTHS, context=_EXACTLY)
    return plain(value if exact else value.quantize(_TENTH, context=_EXACTLY))


# --- numerals that are no figure ---


def no_value(start: int, end: int, reason: str = WORDPART) -> Quantity:
    """A numeral that is no value, as its shape tells."""
    return Quantity(start, end, None, reason, reason=reason)


# The forms of numerals that are no figure, whatever stands around them.
_NO_FIGURES = {
    "note": NOTE, "clock": DATE, "name": NAME, "code": NAME, "piece": NAME,
    "fixed": WORDPART, "odd": WORDPART,
}  # fmt: skip


def no_figure(match: re.Match[str]) -> Quantity | None:
    """A numeral that is no figure as its form or its length tells; None for any other."""
    reason = WORDPART if len(match[0]) > LONGEST else _NO_FIGURES.get(match.lastgroup or "")
    return no_value(*match.span(), reason) if reason else None


def within_measure(quantity: Quantity) -> Quantity:
    """The quantity, or where its value has more digits than a figure can, a place that has none."""
    value = quantity.value
    if value is None or (value.adjusted() < _MOST_DIGITS and int(value.as_tuple().exponent) >= -_MOST_DIGITS):
        return quantity
    return no_value(quantity.start, quantity.end)
