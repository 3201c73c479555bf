"""Numbers in Chinese, with scale, unit, sign and hedge."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache

from miit_cli.reading.lexicon import filled, load_data, named_patterns
from miit_cli.reading.numbers.hedges import alternation, currencies, hedged, units
from miit_cli.reading.numbers.values import (
    BLANKS,
    GROUPED,
    MINUS,
    ZH_BIG,
    ZH_DIGITS,
    chinese_number,
    no_figure,
    no_value,
    percentage,
    plain,
    scaled,
    times,
)
from miit_cli.reading.spans import (
    BARE,
    COUNT,
    DATE,
    MONEY,
    ORDINAL,
    PERCENT,
    PHYSICAL,
    RANGE,
    TIMES,
    YEARS,
    Quantity,
)

_SCALES = {"百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
           "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12, "兆": 10**12}  # fmt: skip
# 成 is a tenth, but not before these: 5成立.
_NOT_TENTHS = "立为本果都员功品交长效熟就型份分绩套"
_COUNTING = frozenset("零〇○一二两三四五六七八九十百千万亿点")
_HAN_DIGIT = "[一二两三四五六七八九]"
_MOST = 100  # of which a part is counted
_RATIO_BOUNDS = {"近": "upper", "超": "lower", "约": "approx"}
_LONE = ("万", "亿", "百", "千")  # no numbers by themselves, but 近万家
_FIGURES = frozenset("一二两三四五六七八九")
# What a minus sign does not stand behind: there the dash joins.
_JOINED = re.compile(r"[\d%‰a-z年月日号]\Z")
_VAGUE = re.compile(r"(?:(?<![总户个倍指系次人件家位])数|几|好些)\Z")  # 数百家, not 总数百家
_BIG = 10**4
_YEAR = 4  # figures: 二〇二四年
_ADDING = re.compile(r"[添增加达到至为共有约近逾超破过足满升]\Z")
_REACHING = re.compile(r"[为至到报]\Z")  # 指数为四十九
# Two figures side by side that say "three or four".
_EITHER = re.compile(r"(?:一[两二]|[两二]三|三[四五]|四五|五六|六七|七八|八九)")


@cache
def _pattern() -> re.Pattern[str]:
    data, fixed = load_data("zh/numbers.toml"), load_data("zh/units.toml")["fixed"]
    # 十一 is a holiday and 一点 a little, but 十一万 and 一点五亿 are numbers
    counting = [word for word in fixed if _COUNTING.issuperset(word)]
    others = [word for word in fixed if word not in counting]
    known = {
        "blanks": BLANKS,
        "grouped": GROUPED,
        "heads": "".join(sorted({word[0] for word in fixed} | {word[0] for word in currencies("zh")})),
        "currencies": alternation(list(currencies("zh"))),
        "fixed": f"{alternation(others)}|(?:{alternation(counting)})",
        "written": alternation(list(units("zh"))),
        "han_digit": _HAN_DIGIT,
        "not_tenths": _NOT_TENTHS,
    }
    return re.compile(filled(data["pattern"], named_patterns(data["words"], known)), re.VERBOSE)


def quantities(folded: str) -> list[Quantity]:
    """The numbers of a folded text, in order."""
    found: list[Quantity] = []
    for match in _pattern().finditer(folded):
        if not match.lastgroup:
            continue
        q = no_figure(match) or _FORMS[match.lastgroup](match)
        if found and q.start < found[-1].end + 1 and q.start < match.start() and q.value is not None:
            q = q._replace(start=match.start(), value=q.value.copy_negate())  # 30万-40万: no sign
        found.append(q)
    return found


# --- parts and multiples ---


def _ordinal(match: re.Match[str]) -> Quantity:
    """第三; and 第三年, which counts years."""
    start, end = match.span()
    if not match.string.startswith("年", end):
        return no_value(start, end, ORDINAL)
    return Quantity(
        start, end + 1, _value(match["ordinal"][1:]), YEARS, "exact", "年", start, end + 1, ORDINAL
    )


def _hundredth(match: re.Match[str]) -> Quantity:
    value = _value(match["ofhundred"])
    return no_value(*match.span()) if value is None else _quantity(match, value, PERCENT)


def _fraction(match: re.Match[str]) -> Quantity:
    """三分之一, 1/3."""
    first, second = re.split("分之|/", match["fraction"])
    below, above = map(_value, (first, second) if "分" in match["fraction"] else (second, first))
    if not below or above is None:
        return no_value(*match.span())
    return _quantity(match, percentage(above, below), PERCENT)


def _ratio(match: re.Match[str]) -> Quantity:
    """每十家就有八家: eighty percent."""
    every, some = _value(match["all"]), _value(match["some"])
    if every is None or some is None or not 0 < some < every <= _MOST:
        return no_value(*match.span())
    some += Decimal("0.5") if match["ratiohalf"] else 0
    found = _quantity(match, percentage(some, every), PERCENT)
    return found._replace(bound=_RATIO_BOUNDS[match["near"]]) if match["near"] else found


def _turns(match: re.Match[str]) -> Quantity:
    """翻一番: growth of a hundred percent; 翻两番, of three hundred."""
    turns = ZH_DIGITS[match["times"]] if match["times"] else 1
    value = Decimal((2**turns - 1) * 100 + (50 if match["turnhalf"] else 0))
    return _quantity(match, value, PERCENT, "signed", inexact=True)


def _tenths(match: re.Match[str]) -> Quantity:
    """三成, 两成半, 六成二; 七八成 is one of two."""
    whole, tenth = match["whole"], match["tenth"]
    if match["halftenth"]:
        return _quantity(match, Decimal(5), PERCENT, "成")
    if len(whole) > 1:
        return no_value(*match.span(), RANGE)
    last = "5" if tenth == "半" else tenth or "0"
    return _quantity(match, _figure(whole) * 10 + _figure(last), PERCENT, "成")


def _half(match: re.Match[str]) -> Quantity:
    """一半, 过半; 一倍半."""
    if match["manyhalf"]:
        return _quantity(match, Decimal("1.5"), TIMES, "倍")
    return _quantity(match, Decimal(50), PERCENT)


def _value(text: str) -> Decimal | None:
    """The value of a number in digits or characters; None when it is none."""
    return Decimal(text) if text.replace(".", "", 1).isdigit() else chinese_number(text)


def _figure(text: str) -> Decimal:
    return Decimal(text if text.isdigit() else ZH_DIGITS[text])


# --- figures ---


_PARTED, _BLANK = re.compile(rf"\.[{BLANKS}]"), re.compile(rf"[{BLANKS}]")


def _digits(match: re.Match[str]) -> Quantity:
    """4.55万多个, 293万7千个, 人民币1.2兆元."""
    end, written = match.end(), match["unit"] or ""
    unit, factor = units("zh").get(written, (BARE, 1))
    if written == "成" and match.string[end : end + 1] in _NOT_TENTHS:
        unit, factor, written, end = BARE, 1, "", end - 1
    digits = match["digits"].replace("﹒", ".").replace("‧", ".")
    if _PARTED.search(digits):
        digits = _BLANK.sub("", digits)
    scale = _SCALES.get(match["scale"], 1)
    if written == "兆" and "兆元" in match.string:  # as in Taiwan, a million million
        unit, written, scale = BARE, "", _SCALES["兆"]
    value = scaled(digits, scale * factor)
    if match["rest"]:
        if match["scale"] == match["rest"][-1] == "万":  # 1万782万: 10,782 of them
            value = times(value, _SCALES["万"])
        value = plain(value + times(_rest(match["rest"]), factor))
    currency = currencies("zh").get(match["currency"] or "")
    if currency and unit in (BARE, *MONEY):
        unit = currency
    more = match["more1"] or match["more2"] or ""
    return _quantity(match, value, unit, written, more, end=end)._replace(factor=factor)


def _rest(text: str) -> Decimal:
    """What follows a scale: the 7千 of 293万7千, the 3,454万 of 2亿3,454万."""
    digits = text.rstrip("百千万亿").replace(",", "")
    scale = _SCALES.get(text.lstrip("0123456789,一两二三四五六七八九"), 1)
    return times(_figure(digits), scale)


def _characters(match: re.Match[str]) -> Quantity:
    """四千五百万个; a bare numeral, or 一 with a measure word, belongs to the word around it."""
    text, end, written = match["han"], match.end(), match["unit3"] or ""
    start = match.start()
    unit, factor = units("zh").get(written, (BARE, 1))
    after = match.string[end : end + 1]
    if text[-1] in "亿万" and "级" in (written, written or after):
        end += 0 if written else 1
        unit, written, factor = COUNT, "级", 1
    value = chinese_number(text)
    if len(text) == _YEAR and written == "年" and all(char in ZH_DIGITS for char in text):
        return no_value(start, end, DATE)
    vague = text[0] not in _FIGURES and _VAGUE.search(match.string, max(0, start - 2), start)
    in_word = (text == "一" and unit in (COUNT, PHYSICAL)) or (written == "成" and after in _NOT_TENTHS)
    if value is None or vague or in_word:
        return no_value(start, match.end("han"))
    figures = text.rstrip("十百千万亿")
    if len(figures) == 2 and _EITHER.fullmatch(figures):  # 三四个, 二三十万; 二十二三 is not looked at
        return no_value(start, end if unit != BARE else match.end("han"), RANGE)
    if unit == BARE and _HUNDREDTHS.search(match.string, max(0, start - _HUNDREDTHS_LEAD), start):
        return _quantity(match, value, PERCENT, end=match.end("han"))
    value = plain(times(value, factor * (_SCALES[match["scale3"]] if match["scale3"] else 1)))
    found = _quantity(match, value, unit, written, match["more3"] or "", end=end)
    lone = text in _LONE and found.bound == "exact" and written != "级"
    return no_value(start, match.end("han")) if lone or not _is_said(found, match.string) else found


# 百分之十点四、九点四和五: the parts of a row are said once.
_HUNDREDTHS = re.compile(
    r"百分之[零一二三四五六七八九十百点]+(?:[、和与及][零一二三四五六七八九十百点]+){0,5}[、和与及]\Z"
)
_HUNDREDTHS_LEAD = 40  # characters


_HOURS = 24  # 十点二十分 is a time of the day


def _is_said(found: Quantity, folded: str) -> bool:
    """Whether a number has a unit, or is one without it: 突破十亿大关, 再添一万五, 四十九点二, 为四十九."""
    if found.unit != BARE:
        return True
    if found.value is None or found.value <= _HOURS:
        return False
    written, lead = folded[found.start : found.end], folded[max(0, found.start - 1) : found.start]
    if any(point in written for point in "点.") or (found.value < _MOST and _REACHING.search(lead)):
        return True
    if found.value < _BIG or not any(scale in written for scale in ZH_BIG):
        return False
    return found.bound != "exact" or bool(_ADDING.search(lead))


# What tells more of a part or a multiple than it says: 两成多, 三分之二强.
_INEXACT = re.compile(r"(?P<more>多|余|强|有余|出头|还多|还要多|开外)|(?P<less>弱|不到)")
_FAR_LEAD = 20  # characters
# 不到移动电话用户的一半: the hedge of a part stands before the whole.
_FAR = re.compile(r"(?P<hedge>不到|不足|超过|接近|约占|占了?近)[^，。；、\d]{1,12}的\Z")
_BOUND = {"来": "approx"}


def _quantity(
    match: re.Match[str],
    value: Decimal,
    unit: str,
    written: str = "",
    more: str = "",
    inexact: bool = False,
    end: int | None = None,
) -> Quantity:
    """The quantity that a form tells, with sign and hedges; ``end`` where that is not the match's."""
    folded, start = match.string, match.start()
    end = start + len(folded[start : match.end() if end is None else end].rstrip())
    if unit == "tenths":
        unit, value = PERCENT, times(value, 10)
    if unit == COUNT and written != "级" and folded.startswith("级", end):  # 千万辆级台阶
        unit, written = PHYSICAL, "级"
    if unit in (PERCENT, TIMES) and written != "signed":
        inexact = True
    signed = _SIGNS.search(folded, max(0, start - 4), start)
    if signed and (sign := _sign(folded, start, end, unit)) is not None:
        start, value = start - sign, value.copy_negate()
    elif unit == PERCENT and _PLUS.search(folded, max(0, start - 2), start):
        start, written = start - 1, "signed"
    bound, left, right = hedged("zh", folded, start, end)
    if more and bound == "exact":
        bound = _BOUND.get(more, "lower")
    vague = inexact and bound == "exact"
    if vague and (beyond := _INEXACT.match(folded, end)):
        bound, right = ("lower" if beyond["more"] else "upper"), beyond.end()
    elif (
        vague
        and not folded[start].isdigit()
        and (far := _FAR.search(folded, max(0, start - _FAR_LEAD), start))
    ):
        bound, *_ = hedged("zh", folded, far.end("hedge"), end)
    return Quantity(start, end, value, unit, bound, written, left, right)


_SPACED_DASH = re.compile(rf"[长速比幅]\s?[{MINUS}]\s\Z")
_DASH = re.compile(rf"[{MINUS}]\Z")
_BRACKET = re.compile(r"[为是至达:：]\s?[(（]\Z")
_PLUS = re.compile(r"(?<!\d)\+\Z")
_LONG_DASH = re.compile(r"[长速为比幅降]—\Z")
_SIGNS = re.compile(rf"[负(（—{MINUS}]")  # without one of these before it, no number is negative


def _sign(folded: str, start: int, end: int, unit: str) -> int | None:
    """How long the sign of a negative number is (0 for one in brackets); None for one that is not negative.

    Example: 同比增长-0.4%, 负0.4%, 为(0.4%); and not 3%-5%, 2-3月, 正负5%.
    """
    before = folded[max(0, start - 3) : start]
    if before.endswith("负"):
        return None if before.endswith("正负") else 1
    if unit not in (BARE, COUNT) and _BRACKET.search(before) and folded.startswith((")", "）"), end):
        return 0
    if unit == PERCENT and _LONG_DASH.search(before):
        return 1
    if unit == PERCENT and _SPACED_DASH.search(folded, max(0, start - 4), start):
        return 2
    if not _DASH.search(before) or _JOINED.search(before[:-1].rstrip()):
        return None
    return 1 if before[:-1].strip() or unit not in (BARE, COUNT) else None


# The group that closes last tells the form.
_FORMS: dict[str, Callable[[re.Match[str]], Quantity]] = {
    # (4.8)%: less than nothing, as accounts write it
    "bracketed": lambda match: _quantity(match, Decimal(match["below"]).copy_negate(), PERCENT, "signed"),
    "ordinal": _ordinal,
    "hundredth": _hundredth,
    "ratio": _ratio,
    "fraction": _fraction,
    "turns": _turns,
    "tenths": _tenths,
    "half": _half,
    **dict.fromkeys(("digits", "more1", "scale", "rest", "more2", "unit"), _digits),
    **dict.fromkeys(("han", "more3", "scale3", "unit3"), _characters),
}
