"""Numbers in English, with scale, unit, sign and hedge."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache

from miit_cli.reading.lexicon import any_of, filled, load_data, named_patterns
from miit_cli.reading.numbers.hedges import alternation, currencies, hedged, units
from miit_cli.reading.numbers.values import (
    BLANKS,
    EN_ONES,
    EN_ORDINALS,
    EN_SCALES,
    EN_TENS,
    GROUPED,
    MINUS,
    english_number,
    no_figure,
    no_value,
    percentage,
    plain,
    scaled,
    times,
)
from miit_cli.reading.spans import (
    BARE,
    COUNTS,
    DOLLAR,
    NAME,
    ORDINAL,
    PERCENT,
    TIMES,
    YEARS,
    YUAN,
    Quantity,
)

_CHINESE_SCALES = {"万": 10**4, "亿": 10**8, "万亿": 10**12}  # left over in translations

_MULTIPLES = {"twice": 2, "thrice": 3}
_SCALE_TIMES = {"ten": 10, "hundred": 100, "thousand": 1000}  # 305.5 ten thousand, of a translation
_SCALED = re.compile(r"([\d.]+)\s(\w+)")  # 2 billion *100 million*, of a translation
_LARGE = ("hundred", "thousand", "million", "billion", "trillion")
_PARTS = {
    "half": 2, "halves": 2, "quarter": 4, "quarters": 4,
    **{name: n for name, n in EN_ORDINALS.items() if 3 <= n <= 10},
    **{f"{name}s": n for name, n in EN_ORDINALS.items() if 3 <= n <= 10},
}  # fmt: skip
# Before its first digit or number word a number has a sign, a currency, "half a" or the letters of a name.
_LEAD = 20
_LONG = 200  # no number is longer
_LONGEST_LABEL = 4  # digits
_TEN, _ROUND = 10, (12, 20, 50, 100)  # "three in ten", "9 out of 100"; "39 out of 41" are two counts
_PROJECT = re.compile(
    r"[\"”']?\s(?:project|plan|initiative|programme?|scheme|campaign|strategy|agenda|vision)(?![a-z])"
)


@cache
def _growth() -> dict[str, int]:
    """Words for growth, and by how many percent."""
    told = load_data("en/numbers.toml")["growth"]
    return {word: int(percent) for percent, words in told.items() for word in words}


@cache
def _patterns() -> dict[str, str]:
    """The patterns of which that of numbers is made."""
    written = list(units("en"))
    known = {
        "minus": MINUS,
        "grouped": GROUPED,
        "fixed": alternation(load_data("en/units.toml")["fixed"]),
        "symbols": alternation([unit for unit in written if not unit[-1].isalnum()]),
        "names": alternation([unit for unit in written if unit[-1].isalnum()]),
        "ones": alternation([*EN_ONES]),
        "words": alternation([*EN_ONES, *EN_TENS]),
        "scales": alternation([scale for scale in EN_SCALES if len(scale) > 1 and scale != "dozen"]),
        "ordinals": alternation([*EN_ORDINALS]),
        "parts": alternation([*_PARTS]),
        "grown": alternation([word for word in _growth() if word[-1] != "e"]),
        "multiples": alternation([*_MULTIPLES]),
    }
    return named_patterns(load_data("en/numbers.toml")["words"], known)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(filled(load_data("en/numbers.toml")["pattern"], _patterns()), re.VERBOSE)


@cache
def _seed() -> re.Pattern[str]:
    """What every number has near its beginning: a digit or a number word, or a fixed phrase as a whole."""
    words = any_of([*EN_ONES, *EN_TENS, *EN_ORDINALS, *_growth(), *_MULTIPLES, *_PARTS, *_LARGE, "dozen"])
    seed = re.compile(rf"\d|(?<![a-z]){words}(?![a-z])")
    fixed = [phrase.lower() for phrase in load_data("en/units.toml")["fixed"]]
    others = [phrase for phrase in fixed if not ((found := seed.search(phrase)) and found.start() <= _LEAD)]
    return re.compile(rf"{seed.pattern}|{any_of(others)}") if others else seed


@cache
def _lead() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What a number has before its first digit or word: a sign, a currency, "half a", letters of a name.

    A pattern, and as a quick test how such a lead ends where it ends with a blank.
    """
    fixed = (phrase.lower() for phrase in load_data("en/units.toml")["fixed"])
    begun = sorted({phrase[: found.start()] for phrase in fixed if (found := _seed().search(phrase))} - {""})
    sign = rf"(?:(?:minus|negative)\s)?[+{MINUS}]?{_patterns()['money']}?\s?[{MINUS}]?"
    name = r"(?<![a-z\d])[a-z][a-z.\-]{0,11}"
    words = ["a ", "an ", "half a ", "half an ", "yuan ", *begun]
    money = (f"{each} " for each in currencies("en"))
    phrases = (each[-4:] for each in begun if each.endswith(" "))
    return (
        re.compile(rf"(?:{sign}|[\[(]|{name}|(?<![a-z])(?:{alternation(words)}))\Z"),
        ("a ", "an ", "minus ", "negative ", *money, *phrases),
    )


def quantities(folded: str) -> list[Quantity]:
    """The numbers of a folded text, in order."""
    found: list[Quantity] = []
    position = 0
    leads, endings = _lead()
    while seed := _seed().search(folded, position):
        lead = folded[max(position, seed.start() - _LEAD) : seed.start()]
        alone = not lead or (lead[-1] == " " and not lead.endswith(endings))
        begun = None if alone else leads.search(lead)
        start = seed.start() - (len(lead) - begun.start() if begun else 0)
        match = _pattern().match(folded, start) or _pattern().search(folded, start + 1, seed.end() + _LONG)
        if match is None:
            position = seed.end()
            continue
        found.append(no_figure(match) or _FORMS[match.lastgroup or ""](match))
        position = found[-1].end if found and found[-1].start >= match.start() else match.end()
    return found


# --- multiples and parts ---


def _ordinal(match: re.Match[str]) -> Quantity:
    """third; and the third consecutive year, which counts years."""
    text = match["ordinal"]
    if not text.endswith("year"):
        return no_value(*match.span(), ORDINAL)
    digits = re.match(r"\d+", text)
    value = Decimal(digits[0] if digits else EN_ORDINALS[re.split(r"[\s-]", text, maxsplit=1)[0]])
    return Quantity(*match.span(), value, YEARS, "exact", "year", *match.span(), ORDINAL)


# What follows a fraction; a noun would make it an ordinal: "a third plant".
_OF_WHAT = re.compile(
    r"\s(?:of\b(?!\s(?:20|19)\d\d)|more|less|fewer|higher|lower|larger|smaller|as|to|in|on|from|over|above"
    r"|compared|year|and|or|each|against|versus|than|by|at|for|is|are|was|were)\b|\s?[,.;:)\]—–]|\s?\Z"
)
# Behind these a quarter is one of the year, and a half one of a match.
_OF_THE_YEAR = re.compile(
    r"\b(?:first|opening|second|latter|last|past|previous|next|coming|consecutive|straight|successive|these"
    r"|those|the|this|that|per|each|every|in|for|during|within|fiscal|other)\s\Z"
)
_BY_HOW_MUCH = re.compile(
    r"\b(?:by|lost|lose|gained|gain|fell|rose|up|down|jumped|shed|make\sup|made\sup)\s\Z"
)


def _fraction(match: re.Match[str]) -> Quantity:
    """Two thirds of them; and what is none: in a quarter, a third plant."""
    folded, start, end = match.string, *match.span()
    above = Decimal(1) if match["alone"] or match["over"] in ("a", "an") else _small(match["over"])
    below = Decimal(_PARTS[match["alone"] or match["under"]])
    found = _valued(match, percentage(above, below), PERCENT, "fraction")
    before = folded[max(0, start - 24) : start]
    named = found.bound != "exact" or _BY_HOW_MUCH.search(before)
    time = _OF_THE_YEAR.search(before) if below in (2, 4) else None
    if above >= below or time or not (named or _OF_WHAT.match(folded, end)):
        return no_value(start, end, ORDINAL)
    return found


def _ratio(match: re.Match[str]) -> Quantity:
    """Three in ten, 9 out of 100; the first alone where the two are no part and whole: "5 in 2"."""
    some, every, start = _small(match["some"]), _small(match["all"]), match.start()
    if not 0 < some < every or (every > _TEN and every not in _ROUND):
        end, written = match.end("some"), "" if match["some"].isdigit() else "word"
        return Quantity(start, end, some, BARE, "exact", written, start, end)
    return _valued(match, percentage(some, every), PERCENT, "fraction")


def _small(text: str) -> Decimal:
    return Decimal(text) if text.isdigit() else (english_number(text) or Decimal(0))


# --- figures ---

_BLANK = re.compile(rf"[{BLANKS}]")


def _digits(match: re.Match[str]) -> Quantity:
    """over $4.55 billion; +12.3%."""
    start = match.end() - len(match[0].lstrip(" "))
    end = match.start() + len(match[0].rstrip())
    if _is_label(match):
        return no_value(start, end, NAME)
    if _is_two_numbers(match):
        cut = _BLANK.search(match.string, match.start("digits"))
        end = cut.start() if cut else end
        value = Decimal(match.string[match.start("digits") : end])
        return _quantity(match.string, start, end, value, BARE, "")
    written = match["symbol"] or match["unit"] or ""
    unit, factor = units("en").get(written, (BARE, 1))
    if match["currency"] and unit in (BARE, YUAN, DOLLAR):
        unit = currencies("en")[match["currency"].strip()]
    scale = _CHINESE_SCALES.get(match["zhscale"]) or EN_SCALES.get(match["scale"] or match["short"], 1)
    value = scaled(match["digits"], scale * _SCALE_TIMES.get(match["times"], 1) * factor)
    for rest, lesser in _SCALED.findall(match["rest"] or ""):
        value += scaled(rest, EN_SCALES[lesser])
    if match["sign"] and match["sign"] != "+" and not _may_be_negative(match, unit):
        start = match.start("sign") + 1
    elif match["sign"] == "+":
        written = "signed" if unit == PERCENT else written
    elif match["sign"] or match["minus"] or match["inner"] or _is_less(match, unit):
        value = value.copy_negate()
        written = "signed" if unit == PERCENT else written
    found = _quantity(match.string, start, end, value, unit, written)._replace(factor=factor)
    more = found.bound == "exact" and (match["plus"] or match["more"])
    return found._replace(bound="lower") if more else found


@cache
def _label() -> re.Pattern[str]:
    """What a number that is a name stands behind, and the number before it: "paragraphs 36 to 44"."""
    labels = any_of(load_data("en/units.toml")["labels"])
    return re.compile(
        rf"(?<![a-z])(?:(?:{labels})s?\s{{1,3}}|nos?\.\s?)(?:\d{{1,4}}\s?(?:to|and|of|through|[,\-–])\s?)?\Z"
    )


def _is_label(match: re.Match[str]) -> bool:
    """Whether a bare number only tells which room or paragraph is meant."""
    start = match.start()
    if not match[0].isdecimal() or len(match[0]) > _LONGEST_LABEL:
        return False
    behind = _label().search(match.string, max(0, start - 24), start)
    return bool(behind or _PROJECT.match(match.string, match.end()))


_DATED = re.compile(r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:[a-z]*|\.)\s\Z")


def _is_two_numbers(match: re.Match[str]) -> bool:
    """Whether a blank parts two numbers and no thousands: "on July 25 500 plants"."""
    if not _BLANK.search(match["digits"]):
        return False
    start = match.start("digits")
    return bool(
        _DATED.search(match.string, max(0, start - 12), start)
        or _label().search(match.string, max(0, start - 24), start)
    )


def _may_be_negative(match: re.Match[str], unit: str) -> bool:
    """Whether a dash before a number is its sign: it joins no number before it, and lists nothing."""
    sign = match.start("sign")
    before = match.string[max(0, sign - 16) : sign].rstrip()
    if before[-1:].isdigit() or before.endswith(("%", "percent", "per cent", "pct")):
        return False
    return bool(before) or unit not in COUNTS


# "growth was (0.4%)": brackets that say less than nothing, and not those of an aside
_BRACKET = re.compile(r"(?:\b(?:was|were|is|are|be|of|at|to|by|reached|totall?ed)|[:=])\s?\(\Z")


# "growth: - 4.8%": a dash that is no sign elsewhere
_DASHED = re.compile(rf"\b(?:growth|change|rate|yoy|y/y|year[ -]on[ -]year|on year)(?:\s?:)?\s[{MINUS}]\s\Z")


def _is_less(match: re.Match[str], unit: str) -> bool:
    """Whether brackets, or a dash that stands alone, say that a number is less than nothing."""
    folded, start, digits = match.string, match.start(), match.start("digits")
    if unit == PERCENT and _DASHED.search(folded, max(0, digits - 20), digits):
        return True
    return folded.startswith(")", match.end()) and bool(_BRACKET.search(folded, max(0, start - 14), start))


# --- words ---


def _words(match: re.Match[str]) -> Quantity:
    """twenty-one companies; a scale without a number is none: "million"."""
    text = match["words"]
    value = None if text in _LARGE or text == "dozen" else english_number(text)
    if value is None:
        return no_value(*match.span("words"))
    written = match["wunit"] or match["wsymbol"] or ""
    unit, factor = units("en").get(written, (BARE, 1))
    value = value if unit == PERCENT else plain(times(value, factor))
    return _valued(match, value, unit, written or "word")


def _and_half(match: re.Match[str]) -> Quantity:
    """one and a half million."""
    whole, halved = _small(match["whole"]), match["halved"]
    unit, factor = units("en").get(halved, (BARE, EN_SCALES.get(halved, 1)))
    value = plain(times(whole + Decimal("0.5"), factor))
    return _valued(match, value, unit, "word" if unit == BARE else halved)


def _valued(match: re.Match[str], value: Decimal, unit: str, written: str) -> Quantity:
    return _quantity(match.string, *match.span(), value, unit, written)


def _quantity(folded: str, start: int, end: int, value: Decimal, unit: str, written: str) -> Quantity:
    bound, left, right = hedged("en", folded, start, end)
    return Quantity(start, end, value, unit, bound, written, left, right)


# The group that closes last tells the form.
_FORMS: dict[str, Callable[[re.Match[str]], Quantity]] = {
    # (4.8)%: less than nothing, as accounts write it
    "bracketed": lambda match: _valued(match, Decimal(match["below"]).copy_negate(), PERCENT, "signed"),
    "ratio": _ratio,
    "fraction": _fraction,
    "slash": lambda match: _valued(
        match, percentage(Decimal(match["upper"]), Decimal(match["lower"])), PERCENT, "fraction"
    ),
    # half a percentage point
    "halfunit": lambda match: _valued(match, Decimal("0.5"), units("en")[match["hunit"]][0], match["hunit"]),
    "ordinal": _ordinal,
    # exports doubled: growth of a hundred percent
    "doubled": lambda match: _valued(match, Decimal(_growth()[match["doubled"]]), PERCENT, "signed"),
    # twice as many
    "multiple": lambda match: _valued(match, Decimal(_MULTIPLES[match["multiple"]]), TIMES, "times"),
    **dict.fromkeys(
        ("digits", "scale", "rest", "short", "zhscale", "plus", "symbol", "unit", "more"), _digits
    ),
    "andhalf": _and_half,
    **dict.fromkeys(("words", "wunit", "wsymbol"), _words),
}
