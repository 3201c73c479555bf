"""Labelled texts told of another owner: a report of the nation becomes that of a province or a firm.

The words that name the nation are exchanged for those of the other owner, in the title and at their first
places in the text, and left out at later ones, as reports do; then none of its numbers is the nation's. A few
are only given a place they are written from, and keep their records. Which owner it is depends on the name of
the text alone. The owners come from ``tests/variants``, and the texts are taught beside the labelled ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from labelled import NONE_COLUMNS, RECORD_COLUMNS, Gold, Labelled, NoRecord
from variants import owners, save

from miit_cli.reading.parsing import COMPANY, FOREIGN, OWNED, REGION

_SHARE = 4  # of so many texts one is told of another owner, and half as many are given a place
_LEAST = 2  # numbers of a text
_KEPT = 2  # mentions of the owner in the text
# what a firm may have, too
_OF_FIRMS = re.compile(
    r"nev-|vehicle-|mobile-|5g-|fixed-|gigabit|iot-|telecom-|software-|shipbuilding|integrated-circuit|cloud|"
    r"internet-|industrial-robots|smartphone"
)


class Exchange(NamedTuple):
    """Words of the nation, and what stands in their place; ``{}`` is the owner."""

    words: str
    other: str


_ENGLISH: Mapping[str, Sequence[Exchange]] = {
    "all": (
        Exchange(
            r"(?:the )?Ministry of Industry and Information Technology(?: \(MIIT\))?|(?:the )?MIIT", "office"
        ),
        Exchange(r"(?:the )?National Bureau of Statistics(?: \(NBS\))?|(?:the )?NBS", "office"),
        Exchange(
            r"(?:[Mm]ainland )?China['’]s|(?<!South )\bChinese\b|(?:the )?(?:mainland|PRC)['’]s", "{}'s"
        ),
        Exchange(r"(?:[Mm]ainland )China|China\b(?! (?:Mobile|Telecom|Unicom|Broadnet|Tower|Daily))", "{}"),
    ),
    REGION: (
        Exchange(r"\bnationwide\b", "across the province"),
        Exchange(r"\b[Tt]he (?:country|nation)['’]s", "the province's"),
        Exchange(r"\b[Tt]he (?:whole )?(?:country|nation)\b", "the province"),
        Exchange(r"\bnational\b", "provincial"),
    ),
}
_CHINESE: Mapping[str, Sequence[Exchange]] = {
    "all": (
        Exchange("工业和信息化部|工信部|工業和信息化部|國家統計局|国家统计局", "office"),
        Exchange("中国汽车工业协会|中汽协|中國汽車工業協會|中汽協", "office"),
        Exchange(
            "(?:中国|中國)(?!移动|电信|联通|广电|铁塔|移動|電信|聯通|廣電|信通院|信息通信)(?:大陆|大陸)?",
            "{}",
        ),
        Exchange("我国|我國|内地|內地", "{}"),
    ),
    REGION: (Exchange("全国|全國", "全省"), Exchange("国内|國內", "省内")),
}
_OFFICES = {
    "en": {FOREIGN: "the statistics office", REGION: "the provincial authorities", COMPANY: "the company"},
    "zh": {FOREIGN: "统计部门", REGION: "省有关部门", COMPANY: "公司"},
}
_NOUNS = {FOREIGN: "the country", REGION: "the province", COMPANY: "the company"}
_MONEY = {"en": ("yuan", "pesos"), "zh": ("亿元", "亿比索")}  # of another country


def retold(texts: Sequence[Labelled], folder: Path) -> None:
    """Writes the texts that are told of another owner as labelled texts into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    records: list[Sequence[object]] = []
    others: list[Sequence[object]] = []
    for text in texts:
        if made := _retold(text):
            (folder / f"{made.id}.md").write_text(made.page, encoding="utf-8")
            records += made.records
            others += made.others
    save(folder / "records.csv", RECORD_COLUMNS, records)
    save(folder / "not-records.csv", NONE_COLUMNS, others)


class Retold(NamedTuple):
    """A text that is told of another owner, and its labels as rows of the tables."""

    id: str
    page: str
    records: list[Sequence[object]]
    others: list[Sequence[object]]


def _retold(text: Labelled) -> Retold | None:
    labels = (*text.records, *text.others)
    if len(labels) < _LEAST or any(other.reason in OWNED for other in text.others):
        return None
    number = crc32(text.document.id.encode())
    if number % _SHARE == 0:
        return _of_another(text, labels, number // _SHARE)
    if number % (2 * _SHARE) == 1:
        return _from_a_place(text, number // _SHARE)
    return None


def _of_another(text: Labelled, labels: Sequence[Gold | NoRecord], number: int) -> Retold | None:
    language = text.document.language
    kinds = [FOREIGN, REGION, REGION]
    if any(_OF_FIRMS.match(gold.indicator) for gold in text.records):
        kinds.append(COMPANY)
    kind = kinds[number % len(kinds)]
    names = owners(language, kind)
    name = names[number // 7 % len(names)].split("|")[0]
    told = _told(_body(text), language, kind, name)
    title = _told(text.document.title, language, kind, name, title=True)
    if name not in title and (name not in told or number % 2):
        title = f"{name}: {title}" if language == "en" else f"{name}：{title}"
    made = Retold(f"{text.document.date}-elsewhere-{language}-{number:010}", _page(text, title, told), [], [])
    for label in labels:
        quote = _paid(label.quote, language, kind)
        if told.count(quote) != 1:
            return None  # the words of the nation stand inside of it
        counted = isinstance(label, Gold)
        made.others.append((made.id, label.value, kind if counted else label.reason, quote))
    return made


def _from_a_place(text: Labelled, number: int) -> Retold:
    """The same report, written from a city."""
    language = text.document.language
    names = owners(language, "city")
    city, body = names[number % len(names)], _body(text)
    if language == "en":
        month = date.fromisoformat(text.document.date).strftime("%B")
        body = f"{city.upper()}, {month} {number % 28 + 1} (Newswire) -- {body}"
    elif not body.startswith(("本报", "新华社", "本報", "记者", "記者")):
        body = f"本报{city}{number % 28 + 1}日电 {body}"
    made = Retold(
        f"{text.document.date}-dateline-{language}-{number:010}",
        _page(text, text.document.title, body),
        [],
        [],
    )
    for gold in text.records:
        alt = ";".join(f"{field}={'|'.join(sorted(said))}" for field, said in gold.alt.items())
        told = (gold.indicator, gold.value, gold.bound, gold.status, gold.start, gold.end, gold.basis)
        made.records.append((made.id, *told, alt, gold.quote))
    made.others.extend((made.id, other.value, other.reason, other.quote) for other in text.others)
    return made


def _told(text: str, language: str, kind: str, name: str, *, title: bool = False) -> str:
    """A text whose words of the nation are those of an owner: a few name it, the others are left out."""
    rules = _ENGLISH if language == "en" else _CHINESE
    said = 0

    def exchanged(other: str, _: re.Match[str]) -> str:
        nonlocal said
        if other == "office":
            return _OFFICES[language][kind]
        if "{}" not in other:
            return other
        said += 1
        if said <= _KEPT or title:
            return other.format(name)
        return other.format(_NOUNS[kind]) if language == "en" else ""

    for words, other in (*rules["all"], *rules.get(kind, ())):
        text = re.sub(words, partial(exchanged, other), text)
    return _paid(text, language, kind)


def _paid(text: str, language: str, kind: str) -> str:
    """A text with the money of its owner."""
    return text.replace(*_MONEY[language]) if kind == FOREIGN else text


def _body(text: Labelled) -> str:
    path = text.folder / f"{text.document.id}.md"
    return path.read_text(encoding="utf-8").split("---\n", 2)[2].strip()


def _page(text: Labelled, title: str, body: str) -> str:
    document = text.document
    title = title.replace('"', "'").replace("\\", "")
    return f'---\ntitle: "{title}"\ndate: {document.date}\nlanguage: {document.language}\n---\n{body}\n'
