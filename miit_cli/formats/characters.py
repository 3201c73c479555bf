"""Characters as a reader sees them: what is invisible, a note mark or a web address is no text.

Applied when the text of a document is made, so that all offsets are simply into that text.
"""

from __future__ import annotations

import re
import unicodedata

# Typographic forms of letters: ligatures, and the radicals that PDF files hold in place of characters.
_FORMS = "\ufb00-\ufb06\u2e80-\u2fd5\uf900-\ufaff"
# Radicals that have no decomposition, as fonts hold them in place of the characters that they are.
_RADICALS = str.maketrans(
    "⺃⺅⺆⺉⺋⺌⺍⺎⺏⺐⺖⺗⺘⺙⺟⺠⺡⺢⺣⺤⺥⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺲⺵⺷⺸⺹⺺⺼⺽⺾⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻥⻦⻧⻨⻩⻪⻬⻭⻮⻯⻰⻱⻲⻳",
    "乚亻冂刂㔾小小尢尢尣忄㣺扌攵母民氵氺灬爫爫牛犭王疋罒示礻竹糸纟网罒羊羊耂肀月臼艹虎衤覀西见角讠贝车辶辶辶邑钅長長长门阝雨青韦页风飞食飠饣首马骨鱼鸟卤麦黄黾齐齿齿竜龙龜龟龟",
)
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufff0-\ufffb\U000e0000-\U000e0fff"
)
_UNUSUAL = re.compile(
    f"[{_FORMS}{_INVISIBLE}\u00b9\u00b2\u00b3\u2070-\u2079\u2028\u2029\x0b\x0c\x85*†‡§^\\[]|://|www\\."
)
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]{0,500}(?:\x07|\x1b\\))")  # of a terminal
_FORM = re.compile(f"[{_FORMS}]")
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# m², km³, 10⁸: part of a unit or of a power, and no note mark
_UNIT = re.compile(r"(?:(?<![A-Za-z])(?:[cdkm]?m|ft|in)|[×x*]\s?10|平方|立方|米)$")
_RAISED_RUN = re.compile(f"[{_RAISED}]+(?:[,，-][{_RAISED}]+)*")
_CARET = re.compile(r"(?<=\S)\^(\d{1,3}|\[\d{1,3}\])\^")
_NOTE_MARK = re.compile(r"(?<=[\d%％])\s?[*†‡§]{1,3}(?=[\s,.;，。；、)）|]|$)")
_ADDRESS = re.compile(
    r"(?:[(（<\[]\s?)?(?:\bhttps?://|\bftp://|\bwww\.)(?=[\w-]+\.\w)[^\s<>()（）\[\]\"'，。；、！？“”《》\u4e00-\u9fff]+(?:\s?[)）>\]])?"
)
_MARK = re.compile(r"[\[(（]?(?:\d{1,3}|[a-z*†‡§¶#]{1,2}|注\d{0,2})(?:\s?[,，、–-]\s?\d{1,3})*[\])）]?")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)", re.IGNORECASE)
_BRACKETED = re.compile(r"(?<=[^\s\[(（|])\[\d{1,3}(?:\s?[,，、–-]\s?\d{1,3})*\](?!\()")
_SPACE = re.compile(r"[\xa0\u3000]*[ \t\r\f\v]+[ \t\r\f\v\xa0\u3000]*|\xa0{2,}")
_BROAD = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
)
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f“”‘’…—]")


def seen(text: str) -> str:
    """The characters of a text that a reader sees, without note marks and web addresses.

    >>> seen("2.937\\u200b mil\\u00adlion² stations (https://example.org/7) on 5 km²")
    '2.937 million stations on 5 km²'
    """
    if not _UNUSUAL.search(text):
        return text
    text = re.sub("[\u2028\u2029\x0b\x0c\x85]", "\n", text)
    text = _DROPPED.sub("", _ESCAPE.sub("", text))
    text = _FORM.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text).translate(_RADICALS)
    text = _ADDRESS.sub(_address, text)
    text = re.sub(r"(?<=\S)  +(?=\S)", " ", text)
    text = _RAISED_RUN.sub(lambda found: raised(found[0], text[: found.start()]), text)
    return _NOTE_MARK.sub("", _CARET.sub("", _BRACKETED.sub("", text)))


def _address(found: re.Match[str]) -> str:
    """Nothing in place of an address; the bracket that it does not open, and a full stop, stay."""
    word = found[0].strip()
    opens, closes = word[0] in "(（<[", word[-1] in ")）>]"
    tail = re.search(r"[.,;:!?]+$", word)
    return word[0] * (opens and not closes) + (tail[0] if tail else "") + word[-1] * (closes and not opens)


def raised(mark: str, before: str) -> str:
    """What stands above the line: nothing for a note mark; the power of a unit, or an ordinal's ending.

    >>> raised("1", "3.8"), raised("2", "5 km"), raised("th", "14")
    ('', '²', 'th')
    """
    mark = mark.strip()
    power = "".join(_RAISED[int(char)] if char in "0123456789" else char for char in mark)
    if all(char in _RAISED for char in power) and _UNIT.search(before[-6:].rstrip()):
        return power
    if _ORDINAL.fullmatch(mark) and before[-1:].isdigit():
        return mark
    marks = "".join(str(_RAISED.index(char)) if char in _RAISED else char for char in mark)
    return "" if _MARK.fullmatch(marks) else mark


def collapsed(text: str) -> str:
    """Runs of white space as one space; a line break beside a Chinese character as none."""
    pieces: list[str] = []
    for line in text.split("\n"):
        words = " ".join(filter(None, _SPACE.split(line.strip())))
        if words:
            apart = pieces and not is_tight(pieces[-1], words)
            pieces += [" ", words] if apart else [words]
    return "".join(pieces)


def is_tight(before: str, after: str) -> bool:
    """Whether no blank belongs where a line was broken: beside a Chinese character."""
    return bool(_WIDE.match(before[-1:]) or _WIDE.match(after))


def width(text: str) -> int:
    """The columns that a text takes: two for a Chinese character.

    >>> width("5G基站")
    6
    """
    return len(text) if text.isascii() else len(text) + len(_BROAD.findall(text))
