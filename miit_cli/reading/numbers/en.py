"""Numbers in English, with scale, unit, sign and hedge."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from miit_cli.reading.numbers.hedges import alternation, hedged, units
from miit_cli.reading.lexicon import any_of, load_data
from miit_cli.reading.spans import BARE, CURRENCY, DOLLAR, NAME, ORDINAL, PERCENT, YEARS, YUAN, Quantity
from miit_cli.reading.numbers.values import (
    EN_ONES,
    EN_SCALES,
    EN_TENS,
    LONGEST,
    english_number,
    no_value,
    plain,
    scaled,
    times,
)

_CURRENCIES = {
    "us$": DOLLAR, "usd": DOLLAR, "$": DOLLAR, "cny": YUAN, "rmb": YUAN, "yuan": YUAN, "¥": YUAN,
    "￥": YUAN, "hk$": CURRENCY, "€": CURRENCY, "£": CURRENCY,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
    "twentieth": 20,
}  # fmt: skip

_GROWN = {"doubled": 100, "doubling": 100, "tripled": 200, "quadrupled": 300}  # percent
_LARGE = ("hundred", "thousand", "million", "billion", "trillion")
# Before its first digit or number word a number has a sign, a currency, "half a" or the letters of a name.
_LEAD = 14
_LONGEST_LABEL = 4  # digits
_PROJECT = re.compile(
    r"\s(?:project|plan|initiative|programme?|scheme|campaign|strategy|agenda|vision)(?![a-z])"
)


@cache
def _pattern() -> re.Pattern[str]:
    written = list(units("en"))
    fixed = alternation(load_data("en/units.toml")["fixed"])
    symbols = alternation([unit for unit in written if not unit[-1].isalnum()])
    names = alternation([unit for unit in written if unit[-1].isalnum()])
    words = "|".join(sorted([*EN_ONES, *EN_TENS], key=len, reverse=True))
    scales = "|".join(sorted((s for s in EN_SCALES if len(s) > 1 and s != "dozen"), key=len, reverse=True))
    ordinals, doubled = "|".join(_ORDINALS), "|".join(_GROWN)
    in_a_row = r"[\s-](?:consecutive\s|straight\s|successive\s)?year"
    return re.compile(
        rf"""
        (?:(?<![a-z])|(?=\d))(?:    # no number begins inside a word, but for the digits of 2022H1
        (?P<fixed>(?<![a-z])(?:{fixed})(?![a-z]))
        |(?P<name>(?<![a-z0-9])(?!(?:cny|rmb|usd|us\$)\d)(?:[a-z][a-z.\-]{{0,11}}\d[\da-z.\-]{{0,11}}(?<![.\-])
            |\d{{1,3}}(?:g|k|d)(?:-a\b|\s?pon\b|[a-z]*)(?![a-z0-9])
            |\d+-(?!(?:percent|per|billion|million|trillion|thousand|odd|plus|strong|yuan|year)\b)
              [a-z][a-z\-]{{2,20}}))
        |(?P<doubled>(?<![a-z])(?:{doubled})(?![a-z]))
        |(?P<ordinal>(?<![a-z0-9])\d+(?:st|nd|rd|th)(?![a-z])(?:{in_a_row})?
            |(?<![a-z])(?:{ordinals})(?![a-z])(?:{in_a_row})?)
        |(?:(?<=[\s(,;])(?P<sign>[+\-\u2212])(?=\d))?
          (?:(?<![a-z])(?P<currency>us\$|usd|cny|rmb|yuan(?=\s)|hk\$|[$¥￥€£])\s?|(?<![a-z0-9.]))
          (?P<digits>\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)
          (?:[\s-]?(?P<scale>{scales})(?![a-z])|(?P<short>(?:m|b|k|bn|mn|tn|trn)(?![a-z0-9])))?
          (?:(?P<plus>\+|[\s-]odd|[\s-]plus(?=\s))(?![\d]))?
          (?:\s?(?P<symbol>{symbols})|[\s-]?(?P<unit>{names})(?![a-z]))?
        |(?P<andhalf>(?<![a-z\-])(?P<whole>{words})\sand\sa\shalf\s(?P<halved>{scales}))(?![a-z])
        |(?P<words>(?<![a-z\-])(?:(?:a|an)\s(?=(?:hundred|thousand|million|billion|trillion)\b))?
            (?:half\sa\s(?=hundred|thousand|million|billion|trillion))?
            (?:{words}|hundred|thousand|million|billion|trillion)
            (?:(?:[\s-]|\sand\s)(?:{words}|{scales}))*)(?![a-z])
            (?:[\s-](?P<wunit>{names})(?![a-z])|\s?(?P<wsymbol>{symbols}))?
        |(?P<rest>\d+))   # 2022H1, 1.0.0: no digit is passed over
        """,
        re.VERBOSE,
    )


@cache
def _seed() -> re.Pattern[str]:
    """What every number has near its beginning: a digit or a number word, or a fixed phrase as a whole."""
    words = any_of([*EN_ONES, *EN_TENS, *_ORDINALS, *_GROWN, *_LARGE])
    seed = re.compile(rf"\d|(?<![a-z]){words}(?![a-z])")
    fixed = [phrase.lower() for phrase in load_data("en/units.toml")["fixed"]]
    others = [phrase for phrase in fixed if not ((found := seed.search(phrase)) and found.start() <= _LEAD)]
    return re.compile(rf"{seed.pattern}|{any_of(others)}") if others else seed


def quantities(folded: str) -> list[Quantity]:
    """The numbers of a folded text, in order."""
    found: list[Quantity] = []
    position = 0
    while seed := _seed().search(folded, position):
        match = _pattern().search(folded, max(position, seed.start() - _LEAD))
        if match is None:
            break
        long = len(match[0]) > LONGEST
        found.append(no_value(*match.span()) if long else _FORMS[match.lastgroup or ""](match))
        position = match.end()
    return found


def _fixed(match: re.Match[str]) -> Quantity:
    return no_value(*match.span())


def _name(match: re.Match[str]) -> Quantity:
    return no_value(*match.span(), NAME)


def _ordinal(match: re.Match[str]) -> Quantity:
    """third; and the third consecutive year, which counts years."""
    text = match["ordinal"]
    if not text.endswith("year"):
        return no_value(*match.span(), ORDINAL)
    digits = re.match(r"\d+", text)
    value = Decimal(digits[0] if digits else _ORDINALS[re.split(r"[\s-]", text, maxsplit=1)[0]])
    return Quantity(*match.span(), value, YEARS, "exact", "year", *match.span(), ORDINAL)


def _doubled(match: re.Match[str]) -> Quantity:
    """Exports doubled: growth of a hundred percent."""
    bound, left, right = hedged("en", match.string, *match.span())
    return Quantity(*match.span(), Decimal(_GROWN[match["doubled"]]), PERCENT, bound, "signed", left, right)


def _digits(match: re.Match[str]) -> Quantity:
    """over $4.55 billion; +12.3%."""
    folded, written = match.string, match["symbol"] or match["unit"] or ""
    start = match.end() - len(match[0].lstrip(" "))
    end = match.start() + len(match[0].rstrip())
    if _is_label(match):
        return no_value(start, end, NAME)
    unit, factor = _unit(match, written)
    value = scaled(match["digits"], EN_SCALES.get(match["scale"] or match["short"], 1) * factor)
    if unit == "tenths":
        unit, value = PERCENT, times(value, 10)
    bound, left, right = hedged("en", folded, start, end)
    if match["plus"] and bound == "exact":
        bound = "lower"
    if match["sign"] and unit == PERCENT:
        written = "signed"
        value = value if match["sign"] == "+" else value.copy_negate()
    return Quantity(start, end, value, unit, bound, written, left, right)


@cache
def _label() -> re.Pattern[str]:
    """What a number that is a name stands behind, and the number before it: "paragraphs 36 to 44"."""
    labels = any_of(load_data("en/units.toml")["labels"])
    return re.compile(rf"(?<![a-z])(?:{labels})s?\s(?:\d{{1,4}}\s?(?:to|and|through|[,\-–])\s?)?\Z")


def _is_label(match: re.Match[str]) -> bool:
    """Whether a bare number only tells which room or paragraph is meant."""
    start = match.start()
    if not match[0].isdecimal() or len(match[0]) > _LONGEST_LABEL:
        return False
    behind = _label().search(match.string, max(0, start - 24), start)
    return bool(behind or _PROJECT.match(match.string, match.end()))


def _unit(match: re.Match[str], written: str) -> tuple[str, int]:
    """The unit as written behind a number and its factor; or the currency before it."""
    unit, factor = units("en").get(written, (BARE, 1))
    currency = (match["currency"] or "").strip()
    return (_CURRENCIES[currency] if currency and unit in (BARE, YUAN, DOLLAR) else unit), factor


def _words(match: re.Match[str]) -> Quantity:
    """twenty-one companies."""
    value = english_number(match["words"])
    if value is None:
        return no_value(*match.span())
    written = match["wunit"] or match["wsymbol"] or ""
    unit, factor = units("en").get(written, (BARE, 1))
    start, end = match.span()
    bound, left, right = hedged("en", match.string, start, end)
    return Quantity(start, end, plain(times(value, factor)), unit, bound, written or "word", left, right)


def _and_half(match: re.Match[str]) -> Quantity:
    """one and a half million."""
    whole = english_number(match["whole"])
    if whole is None:
        return no_value(*match.span())
    bound, left, right = hedged("en", match.string, *match.span())
    value = plain(times(whole + Decimal("0.5"), EN_SCALES[match["halved"]]))
    return Quantity(*match.span(), value, BARE, bound, "word", left, right)


# The group that closes last tells the form.
_FORMS = {
    "fixed": _fixed,
    **dict.fromkeys(("name", "rest"), _name),
    "ordinal": _ordinal,
    "doubled": _doubled,
    **dict.fromkeys(("digits", "scale", "short", "plus", "symbol", "unit"), _digits),
    "andhalf": _and_half,
    **dict.fromkeys(("words", "wunit", "wsymbol"), _words),
}
