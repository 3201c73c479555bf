"""Numbers with scale, unit and hedge, in English and Chinese."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

from miit_cli.reading.lexicon import load_data
from miit_cli.reading.spans import (
    BARE,
    COUNT,
    DATE,
    NAME,
    ORDINAL,
    PERCENT,
    PHYSICAL,
    POINTS,
    TIMES,
    WORDPART,
    YEARS,
    Quantity,
)

# A numeral with its unit that is longer, or that has more digits before or behind its point, is a string of
# digits and no figure: an exaflop is 10^18. So each value is exact, fits every output, and costs little.
_LONGEST = 120
_MOST_DIGITS = 30
_EXACTLY = Context(prec=1200)

_ZH_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_ZH_SCALE = {"十": 10, "百": 100, "千": 1000}
_ZH_BIG = {"万": 10**4, "亿": 10**8}
_EN_ONES = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
_EN_TENS = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)
_EN_SCALES = {
    "hundred": 10**2, "thousand": 10**3, "k": 10**3, "million": 10**6, "mln": 10**6, "mn": 10**6, "m": 10**6,
    "billion": 10**9, "bln": 10**9, "bn": 10**9, "b": 10**9, "trillion": 10**12, "trn": 10**12, "tn": 10**12,
    "dozen": 12,
}  # fmt: skip


def chinese_number(text: str) -> Decimal | None:
    """The value of a number in Chinese numerals: 十三, 三百二十, 两千万, 一点二亿; None when it is none."""
    whole, point, fraction = text.partition("点")
    if point:
        tail = fraction.rstrip("万亿")
        if not whole or not tail or any(c not in _ZH_DIGIT for c in tail):
            return None
        head = chinese_number(whole)
        if head is None:
            return None
        value = _EXACTLY.add(head, Decimal("0." + "".join(str(_ZH_DIGIT[c]) for c in tail)))
        for char in fraction[len(tail) :]:
            value = _times(value, _ZH_BIG[char])
        return value
    if all(c in _ZH_DIGIT for c in text):
        return Decimal("".join(str(_ZH_DIGIT[c]) for c in text)) if text else None
    total = section = digit = 0
    for char in text:
        if char in _ZH_DIGIT:
            digit = _ZH_DIGIT[char]
        elif char in _ZH_SCALE:
            section += (digit or 1) * _ZH_SCALE[char]
            digit = 0
        elif char in _ZH_BIG:
            section += digit
            if char == "亿":
                total = (total + section or 1) * _ZH_BIG[char]
            else:
                total += (section or 1) * _ZH_BIG[char]
            section = digit = 0
        else:
            return None
    return Decimal(total + section + digit)


def english_number(text: str) -> Decimal | None:
    """The value of an English number in words: thirteen, twenty-one, two hundred million; None when it is none."""
    if text.startswith("half a "):
        whole = english_number(text.removeprefix("half a "))
        return None if whole is None else plain(whole / 2)
    total = section = 0
    seen = False
    for word in re.split(r"[\s-]+", text):
        if word in ("and", "a", "an"):
            continue
        if word in _EN_ONES:
            section += _EN_ONES[word]
        elif word in _EN_TENS:
            section += _EN_TENS[word]
        elif word == "hundred":
            section = (section or 1) * 100
        elif word in _EN_SCALES:
            total += (section or 1) * _EN_SCALES[word]
            section = 0
        else:
            return None
        seen = True
    return Decimal(total + section) if seen else None


def _scaled(digits: str, scale: int) -> Decimal:
    """The number as written; a scale makes it exact: 1.968 million is 1968000, while 9.0 stays 9.0."""
    value = Decimal(digits.replace(",", ""))
    return value if scale == 1 else plain(_times(value, scale))


def _times(value: Decimal, factor: int) -> Decimal:
    return _EXACTLY.multiply(value, Decimal(factor))


def _no_figure(start: int, end: int) -> Quantity:
    return Quantity(start, end, None, WORDPART, reason=WORDPART)


def _within_measure(quantity: Quantity) -> Quantity:
    """The quantity, or where its value has more digits than a figure can, a place that has none."""
    value = quantity.value
    if value is None or (value.adjusted() < _MOST_DIGITS and int(value.as_tuple().exponent) >= -_MOST_DIGITS):
        return quantity
    return _no_figure(quantity.start, quantity.end)


def plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent."""
    value = value.normalize(_EXACTLY)
    return value.quantize(Decimal(1), context=_EXACTLY) if value == value.to_integral_value() else value


# --- Chinese -------------------------------------------------------------------------------


def _alternation(words: list[str]) -> str:
    return "|".join(re.escape(word.lower()) for word in sorted(set(words), key=lambda w: (-len(w), w)))


def _heads(words: list[str]) -> str:
    """The letters with which words begin."""
    return "".join(sorted({word[0] for word in words}))


@cache
def _units(language: str) -> tuple[dict[str, tuple[str, int]], str]:
    """Unit as written to (unit, factor), and the alternation of all units."""
    table: dict[str, tuple[str, int]] = {}
    data: dict[str, Any] = load_data(f"{language}/units.toml")
    for unit, spellings in data["units"].items():
        name, _, factor = unit.partition("*")
        for spelling in spellings:
            table[spelling.lower()] = (name, int(factor or 1))
    return table, _alternation(list(table))


@cache
def _zh_pattern() -> re.Pattern[str]:
    _, units = _units("zh")
    data = load_data("zh/units.toml")
    return re.compile(
        rf"""
        (?=[{_heads(data["fixed"])}\da-z第零〇一二两三四五六七八九十百千万亿])(?:
        (?P<name>[a-z][a-z.\-]{{0,11}}\d[\da-z.\-]{{0,11}}                      # C919, IPv6, COVID-19
            |\d{{1,3}}(?:[gk](?![a-z])|g-a|d打印|d打)                           # 5G, 8K
            |\d{{3,}}(?=热线|工程|专项|政策|会议|系列|号))
        |(?P<ordinal>第[\d零〇一二两三四五六七八九十百千]+)
        |(?P<hundredth>百分之(?P<ofhundred>[零一二三四五六七八九十百]{{1,7}}(?:点[零一二三四五六七八九]{{1,6}})?|\d{{1,9}}(?:\.\d{{1,9}})?))
        |(?P<fraction>[一二三四五六七八九十\d]{{1,12}}分之[一二三四五六七八九十百\d]+)
        |(?P<digits>\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?
            (?P<more1>多|余|几)?(?P<scale>万亿|[十百千]?万|[十百千]?亿|[百千])?(?P<more2>多|余|几)?\s?
            (?P<unit>{units})?
        |(?P<fixed>{_alternation(data["fixed"])})
        |(?P<han>[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+[万亿]*)?)
            (?P<more3>多|余|几)?(?P<scale3>[万亿])?(?P<unit3>{units})?
        )""",
        re.VERBOSE,
    )


_ZH_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
              "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}  # fmt: skip
_NOT_TENTHS = "立为本果都员功品交长效熟就型份分绩套"


def chinese(folded: str, offset: int) -> list[Quantity]:
    """The numbers of a folded Chinese text; offsets are moved by ``offset``."""
    table, _ = _units("zh")
    found: list[Quantity] = []
    for match in _zh_pattern().finditer(folded):
        start, end = match.start() + offset, match.end() + offset
        kind = match.lastgroup
        if len(match[0]) > _LONGEST:
            found.append(_no_figure(start, end))
        elif match["name"]:
            found.append(Quantity(start, end, None, NAME, reason=NAME))
        elif match["ordinal"]:
            found.append(_zh_ordinal(folded, match, offset))
        elif match["hundredth"]:
            digits = match["ofhundred"]
            value = Decimal(digits) if digits[0].isascii() else chinese_number(digits)
            if value is not None:
                found.append(
                    _zh_quantity(folded, match.start(), match.end(), offset, value, PERCENT, "", False)
                )
        elif match["fraction"]:
            found.append(_zh_fraction(match, offset))
        elif match["fixed"]:
            found.append(Quantity(start, end, None, WORDPART, reason=WORDPART))
        elif match["digits"]:
            scale = _ZH_SCALES.get(match["scale"] or "", 1)
            written = match["unit"] or ""
            unit, factor = table.get(written, (BARE, 1))
            more = match["more1"] or match["more2"]
            if (
                written == "成"
                and folded[match.end() : match.end() + 1] in _NOT_TENTHS
                and folded[match.end() : match.end() + 1]
            ):
                unit, factor, written, end = BARE, 1, "", end - 1
            value = _scaled(match["digits"], scale * factor)
            found.append(
                _zh_quantity(folded, match.start(), end - offset, offset, value, unit, written, bool(more))
            )
        elif kind is not None and match["han"]:
            found.append(_zh_han(folded, match, offset, table))
    return _settled(found, folded, offset)


def _settled(found: list[Quantity], folded: str, offset: int) -> list[Quantity]:
    """The numbers without those that are years, ends of a range, or beyond all measure."""
    return _ranged([_within_measure(_no_year(quantity)) for quantity in found], folded, offset)


def _no_year(q: Quantity) -> Quantity:
    """A bare number of four figures between 1990 and 2035 is a year: 2024专精特新大会."""
    if (
        q.unit == BARE
        and q.value is not None
        and q.end - q.start == 4
        and not q.classifier
        and 1990 <= q.value <= 2035
    ):
        return q._replace(value=None, reason=DATE)
    return q


def _ranged(found: list[Quantity], folded: str, offset: int) -> list[Quantity]:
    """Two numbers with a dash between them are the ends of a range, and neither is the value."""
    for n, (one, two) in enumerate(zip(found, found[1:], strict=False)):
        if one.value is None or two.value is None or one.unit not in (BARE, two.unit):
            continue
        if folded[one.end - offset : two.start - offset].strip() in _DASHES:
            found[n] = one._replace(value=None, reason="range")
            found[n + 1] = two._replace(value=None, reason="range")
    return found


_DASHES = ("—", "–", "-", "~", "～", "－", "至")


def _zh_quantity(
    folded: str, start: int, end: int, offset: int, value: Decimal, unit: str, written: str, more: bool
) -> Quantity:
    end -= len(folded[start:end]) - len(folded[start:end].rstrip())
    if unit == "tenths":
        unit, value = PERCENT, _times(value, 10)
    bound, left, right = _hedge("zh", folded, start, end)
    if more and bound == "exact":
        bound = "lower"
    return Quantity(start + offset, end + offset, value, unit, bound, written, left + offset, right + offset)


def _zh_ordinal(folded: str, match: re.Match[str], offset: int) -> Quantity:
    digits = match["ordinal"][1:]
    if folded.startswith("年", match.end()):
        value = Decimal(digits) if digits.isdigit() else chinese_number(digits)
        return Quantity(match.start() + offset, match.end() + 1 + offset, value, YEARS, "exact", "年",
                        match.start() + offset, match.end() + 1 + offset, ORDINAL)  # fmt: skip
    return Quantity(match.start() + offset, match.end() + offset, None, ORDINAL, reason=ORDINAL)


def _zh_fraction(match: re.Match[str], offset: int) -> Quantity:
    below, above = (
        Decimal(part) if part.isdigit() else chinese_number(part) for part in match["fraction"].split("分之")
    )
    start, end = match.start() + offset, match.end() + offset
    if not below or above is None:
        return Quantity(start, end, None, WORDPART, reason=WORDPART)
    value = _EXACTLY.divide(_times(above, 100), below)
    if value != value.quantize(Decimal("0.0001"), context=_EXACTLY):
        return Quantity(start, end, None, PERCENT, reason="fraction")
    bound, left, right = _hedge("zh", match.string, match.start(), match.end())
    return Quantity(start, end, plain(value), PERCENT, bound, "", left + offset, right + offset)


def _zh_han(folded: str, match: re.Match[str], offset: int, table: dict[str, tuple[str, int]]) -> Quantity:
    start, end = match.start(), match.end()
    written = match["unit3"] or ""
    unit, factor = table.get(written, (BARE, 1))
    text = match["han"]
    after = folded[end : end + 1]
    if text[-1] in "亿万" and "级" in (written, after):
        end += 0 if written else 1
        unit, written, factor = COUNT, "级", 1
    value = chinese_number(text)
    if written == "成" and after and after in _NOT_TENTHS:
        unit = BARE
    # A bare numeral, or 一 with a measure word, belongs to the word around it.
    if value is None or unit == BARE or (text == "一" and unit in (COUNT, PHYSICAL)):
        stop = match.end("han")
        return Quantity(start + offset, stop + offset, None, WORDPART, reason=WORDPART)
    if match["scale3"]:
        factor *= _ZH_BIG[match["scale3"]]
    value = plain(_times(value, factor))
    return _zh_quantity(folded, start, end, offset, value, unit, written, bool(match["more3"]))


# --- English -------------------------------------------------------------------------------


@cache
def _en_pattern() -> re.Pattern[str]:
    table, units = _units("en")
    data = load_data("en/units.toml")
    symbols = _alternation([u for u in table if not u[-1].isalnum()])
    names = _alternation([u for u in table if u[-1].isalnum()])
    words = "|".join(sorted([*_EN_ONES, *_EN_TENS], key=len, reverse=True))
    scales = "|".join(sorted((s for s in _EN_SCALES if len(s) > 1 and s != "dozen"), key=len, reverse=True))
    return re.compile(
        rf"""
        (?P<fixed>(?<![a-z])(?:{_alternation(data["fixed"])})(?![a-z]))
        |(?P<name>(?<![a-z0-9])(?!(?:cny|rmb|usd|us\$)\d)(?:[a-z][a-z.\-]{{0,11}}\d[\da-z.\-]{{0,11}}(?<![.\-])
            |\d{{1,3}}(?:g|k|d)(?:-a\b|\s?pon\b|[a-z]*)(?![a-z0-9])
            |\d+-(?!(?:percent|per|billion|million|trillion|thousand|odd|plus|strong|yuan|year)\b)[a-z][a-z\-]{{2,20}}))
        |(?P<ordinal>(?<![a-z0-9])\d+(?:st|nd|rd|th)(?![a-z])(?:[\s-](?:consecutive\s|straight\s|successive\s)?year)?
            |(?<![a-z])(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth
            |fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth)(?![a-z])
            (?:[\s-](?:consecutive\s|straight\s|successive\s)?year)?)
        |(?:(?<=[\s(,;])(?P<sign>[+\-\u2212])(?=\d))?(?:(?<![a-z])(?P<currency>us\$|usd|cny|rmb|yuan(?=\s)|hk\$|[$¥￥€£])\s?|(?<![a-z0-9.]))
          (?P<digits>\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)
          (?:[\s-]?(?P<scale>{scales})(?![a-z])|(?P<short>(?:m|b|k|bn|mn|tn|trn)(?![a-z0-9])))?
          (?:(?P<plus>\+|[\s-]odd|[\s-]plus(?=\s))(?![\d]))?
          (?:\s?(?P<symbol>{symbols})|[\s-]?(?P<unit>{names})(?![a-z]))?
        |(?P<words>(?<![a-z\-])(?:(?:a|an)\s(?=(?:hundred|thousand|million|billion|trillion)\b))?
            (?:half\sa\s(?=hundred|thousand|million|billion|trillion))?
            (?:{words}|hundred|thousand|million|billion|trillion)
            (?:(?:[\s-]|\sand\s)(?:{words}|{scales}))*)(?![a-z])
            (?:[\s-](?P<wunit>{names})(?![a-z])|\s?(?P<wsymbol>{symbols}))?
        |(?P<rest>\d+)                                                         # of 2022H1, 1.0.0: no digit is passed over
        """,
        re.VERBOSE,
    )


_CURRENCIES = {"us$": "us-dollar", "usd": "us-dollar", "$": "us-dollar", "cny": "yuan", "rmb": "yuan", "yuan": "yuan",
               "¥": "yuan", "￥": "yuan", "hk$": "currency", "€": "currency", "£": "currency"}  # fmt: skip
_EN_ORDINALS = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        range(1, 21),
        strict=True,
    )
)


def english(folded: str, offset: int) -> list[Quantity]:
    """The numbers of a folded English text; offsets are moved by ``offset``."""
    table, _ = _units("en")
    found: list[Quantity] = []
    for match in _en_pattern().finditer(folded):
        start, end = match.start() + offset, match.end() + offset
        if len(match[0]) > _LONGEST:
            found.append(_no_figure(start, end))
        elif match["fixed"]:
            found.append(Quantity(start, end, None, WORDPART, reason=WORDPART))
        elif match["name"] or match["rest"]:
            found.append(Quantity(start, end, None, NAME, reason=NAME))
        elif match["ordinal"]:
            found.append(_en_ordinal(match, offset))
        elif match["digits"]:
            found.append(_en_digits(folded, match, offset, table))
        else:
            value = english_number(match["words"])
            written = match["wunit"] or match["wsymbol"] or ""
            unit, factor = table.get(written, (BARE, 1))
            if value is None:
                found.append(Quantity(start, end, None, WORDPART, reason=WORDPART))
                continue
            bound, left, right = _hedge("en", folded, match.start(), match.end())
            found.append(
                Quantity(
                    start,
                    end,
                    plain(_times(value, factor)),
                    unit,
                    bound,
                    written or "word",
                    left + offset,
                    right + offset,
                )
            )
    return _settled(found, folded, offset)


def _en_digits(folded: str, match: re.Match[str], offset: int, table: dict[str, tuple[str, int]]) -> Quantity:
    written = match["symbol"] or match["unit"] or ""
    unit, factor = table.get(written, (BARE, 1))
    scale = _EN_SCALES[match["scale"] or match["short"]] if match["scale"] or match["short"] else 1
    currency = (match["currency"] or "").strip()
    if currency and unit in (BARE, "yuan", "us-dollar"):
        unit = _CURRENCIES[currency]
    start, end = match.start(), match.end()
    while folded[start] == " ":
        start += 1
    end = start + len(folded[start:end].rstrip())
    value = _scaled(match["digits"], scale * factor)
    if unit == "tenths":
        unit, value = PERCENT, _times(value, 10)
    bound, left, right = _hedge("en", folded, start, end)
    if match["plus"] and bound == "exact":
        bound = "lower"
    if match["sign"] and unit == PERCENT:
        written = "signed"
        value = value if match["sign"] == "+" else value.copy_negate()
    return Quantity(start + offset, end + offset, value, unit, bound, written, left + offset, right + offset)


def _en_ordinal(match: re.Match[str], offset: int) -> Quantity:
    text = match["ordinal"]
    start, end = match.start() + offset, match.end() + offset
    if not text.endswith("year"):
        return Quantity(start, end, None, ORDINAL, reason=ORDINAL)
    head = re.match(r"\d+|[a-z]+", text)
    number = head[0] if head else ""
    value = Decimal(number) if number.isdigit() else Decimal(_EN_ORDINALS[number])
    return Quantity(start, end, value, YEARS, "exact", "year", start, end, ORDINAL)


# --- hedges --------------------------------------------------------------------------------


@cache
def _hedges(language: str) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Hedges before a number (anchored at their end), after it, and their bounds."""
    data: dict[str, Any] = load_data(f"{language}/hedges.toml")
    bounds: dict[str, str] = {}
    sides: dict[str, list[str]] = {"before": [], "after": []}
    for side in sides:
        for bound, words in data[side].items():
            for word in words:
                bounds[side + word.lower()] = bound
                sides[side].append(word)
    joint = data.get("joint", {}).get("words", [])
    between = rf"(?:\s?(?:{_alternation(joint)}))*" if joint else ""
    edge = (
        r"(?<![a-z])(?<!turned )(?<!handed )(?<!took )(?<!taken )(?<!adds )(?<!add )(?<!added )(?<!adding )"
        if language == "en"
        else ""
    )
    before = re.compile(rf"{edge}(?P<hedge>{_alternation(sides['before'])})(?P<between>{between}\s?)\Z")
    after = re.compile(
        rf"\s?(?:{_alternation(data['between']['words'])})?\s?(?P<hedge>{_alternation(sides['after'])})"
    )
    return before, after, bounds


def _hedge(language: str, folded: str, start: int, end: int) -> tuple[str, int, int]:
    """The bound of a number at ``folded[start:end]``, and where its hedges begin and end."""
    before, after, bounds = _hedges(language)
    lead = folded[max(0, start - 32) : start]
    match = before.search(lead)
    left, right = start, end
    bound = "exact"
    if match:
        bound = bounds["before" + match["hedge"]]
        left = start - len(lead) + match.start()
    tail = after.match(folded, end)
    if tail:
        right = tail.end()
        if bound == "exact":
            bound = bounds["after" + tail["hedge"]]
    return bound, left, right


_HEADER = re.compile(
    r"[(\[](?:[^()]{0,40}\b)?(?P<unit>cny|rmb|yuan|us\$|usd)\s?(?P<scale>bn|b|billion|mn|m|million|trn|tn|trillion)\b"
)
_HEADER_SCALES = {"b": 10**9, "m": 10**6, "t": 10**12}


def declared(numbers: Sequence[Quantity], folded: str, offset: int) -> Sequence[Quantity]:
    """Numbers of a list whose heading gives their unit: "by category (CNYb): software 1,145.132"."""
    header = _HEADER.search(folded)
    if header is None:
        return numbers
    unit = "us-dollar" if header["unit"].startswith("us") else "yuan"
    factor = _HEADER_SCALES[header["scale"][0]]
    return [
        q._replace(value=plain(q.value * factor), unit=unit)
        if q.unit == BARE and q.value is not None and q.start - offset > header.end() and not q.classifier
        else q
        for q in numbers
    ]


def outside(spans: Sequence[tuple[int, int]], numbers: Sequence[Quantity], offset: int) -> Sequence[Quantity]:
    """The numbers, with those inside one of the spans as parts of a name."""
    if not spans:
        return numbers
    return [
        q._replace(value=None, reason=NAME)
        if any(start <= q.start - offset < end for start, end in spans)
        else q
        for q in numbers
    ]


def find(language: str, folded: str, offset: int) -> list[Quantity]:
    """The numbers of a folded text; offsets are moved by ``offset``."""
    return (chinese if language == "zh" else english)(folded, offset)


__all__ = ["COUNT", "POINTS", "TIMES", "YEARS", "chinese", "chinese_number", "english", "english_number"]
