"""Writes an archive of reports to measure with: varied documents of our own sentences, the same for a seed.

    python benchmarks/generate.py FOLDER --documents 40000 --language zh

Most sentences are about other things, as in any archive; about one in six reports a figure. What an
indicator was in a month is drawn once, so that documents repeat each other as reports do, and now and
then round it otherwise. Documents have about 1.5 KB, in a folder for each year.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import NamedTuple

YEARS = range(2015, 2026)

EN_PLACES = [
    "the north",
    "the delta",
    "the coast",
    "the old port",
    "the river basin",
    "the plateau",
    "two inland cities",
    "the border",
]
EN_PEOPLE = [
    "engineers",
    "teachers",
    "dockers",
    "librarians",
    "students",
    "retired workers",
    "village doctors",
    "drivers",
    "welders",
]
EN_THINGS = [
    "bridge",
    "archive",
    "orchestra",
    "orchard",
    "harbour",
    "reading room",
    "water tower",
    "railway yard",
    "market hall",
]
EN_VERBS = ["visited", "repaired", "described", "photographed", "praised", "measured", "reopened", "planned"]
EN_DAYS = [
    "on Monday",
    "before dawn",
    "after the rain",
    "in the evening",
    "that autumn",
    "during the holidays",
    "last week",
]
EN_OTHER = """
The {people} of {place} {verb} the {thing} {days}.
Nobody had expected the {thing} to open {days}, least of all the {people}.
“We should have {verb} it years ago,” said one of the {people}, and went back to the {thing}.
A letter from {place} asks why the {thing} was closed; the committee will answer {days}.
According to the programme, the {people} meet at the {thing} in room {n} and the {people2} in room {m}.
It took {n} {people} and a crane to move the {thing} of {place}.
The exhibition, the {nth} of its kind, shows how {people} {verb} the {thing} of {place}.
Paragraph {n} of the rules says what {people} may do {days}.
Work on the {thing} goes on; the {people} of {place} were thanked for their patience.
The meeting stressed that {people} and {people2} should be heard before the {thing} is {verb}.
There was music {days}, and the {people} of {place} danced around the {thing}.
A new catalogue of the {thing}, in {n} volumes, was {verb} by {people}.
Train G{m} to {place} was late, so that the {people} {verb} the {thing} without a guide.
Efforts will be made to keep the {thing} open, to train {people} and to invite {people2}.
The conference called for closer ties between {place} and {place2}, and for patience.
Many {people} hold that the {thing} of {place} is worth more than is said.
Standards for the {thing} were discussed at length; no date was set.
The weather bureau of {place} warned {people} of fog {days}.
""".strip().splitlines()

ZH_PLACES = ["江北", "老港区", "三角洲", "高原", "边境小城", "沿海两市", "山区", "运河沿线"]
ZH_PEOPLE = ["工程师", "教师", "码头工人", "图书管理员", "大学生", "退休职工", "乡村医生", "司机", "焊工"]
ZH_THINGS = ["大桥", "档案馆", "乐团", "果园", "渔港", "阅览室", "水塔", "编组站", "农贸市场"]
ZH_VERBS = ["走访了", "修缮了", "描绘了", "拍摄了", "称赞了", "丈量了", "重新开放了", "规划了"]
ZH_DAYS = ["周一", "天亮以前", "雨后", "傍晚", "那年秋天", "假期里", "上周"]
ZH_OTHER = """
{place}的{people}{days}{verb}{thing}。
谁也没想到{thing}会在{days}开放，{people}更没有想到。
一位{people}说：“早就应该这样做了。”说完又回到{thing}去了。
{place}的来信问{thing}为什么关闭，委员会将在{days}答复。
按照日程，{people}在第{n}会议室座谈，{people2}在第{m}会议室座谈。
{place}的{thing}搬迁用了{n}名{people}和一台吊车。
这是第{n}届展览，介绍{people}怎样{verb}{place}的{thing}。
办法第{n}条规定了{people}在{days}可以做的事情。
{thing}的施工还在继续，{place}的{people}对此表示理解。
会议强调，要在{verb}{thing}之前听取{people}和{people2}的意见。
{days}有音乐会，{place}的{people}围着{thing}跳起了舞。
{people}编写的{thing}新目录分为{n}卷。
开往{place}的G{m}次列车晚点，{people}只好自己{verb}{thing}。
要继续保持{thing}开放，加强{people}培训，邀请{people2}参加。
会议呼吁{place}与{place2}加强往来，耐心细致地做好工作。
不少{people}认为，{place}的{thing}比人们说的更有价值。
与会人员就{thing}的标准进行了充分讨论，没有确定日期。
{place}气象台提醒{people}，{days}有大雾。
""".strip().splitlines()


class Said(NamedTuple):
    """An indicator as prose reports it: its size in the first year, its growth a year, and sentences."""

    start: float
    growth: float
    digits: int
    en: str
    zh: str


# {v} is the value, {t} the time; levels are in millions (百万, said as 万) where the sentence says so
SAID = [
    Said(
        0.3,
        1.35,
        3,
        "{t}, China had {v} million 5G base stations in operation.",
        "{t}，全国5G基站达到{w}万个。",
    ),
    Said(
        6.2,
        0.95,
        1,
        "{f}, value added of industrial enterprises above designated size grew by {v}% year on year.",
        "{f}，规模以上工业增加值同比增长{v}%。",
    ),
    Said(
        9.1,
        1.02,
        1,
        "{f}, manufacturing investment rose {v} percent from a year earlier.",
        "{f}，制造业投资同比增长{v}%。",
    ),
    Said(
        0.4,
        1.5,
        2,
        "{f}, sales of new energy vehicles reached {v} million.",
        "{f}，新能源汽车销量达到{w}万辆。",
    ),
    Said(
        13.0,
        0.98,
        1,
        "{f}, software revenue increased by {v}% year on year.",
        "{f}，软件业务收入同比增长{v}%。",
    ),
    Said(8.0, 1.0, 1, "{f}, total telecom business volume grew {v}%.", "{f}，电信业务总量同比增长{v}%。"),
    Said(
        90,
        1.2,
        1,
        "{t}, gigabit broadband subscribers numbered {v} million.",
        "{t}，千兆宽带接入用户达到{w}万户。",
    ),
    Said(
        0.005,
        1.3,
        4,
        "{t}, there were more than {v} million “little giant” firms.",
        "{t}，专精特新“小巨人”企业超过{w}万家。",
    ),
    Said(
        75.2, 1.0, 1, "{f}, the industrial capacity utilization rate was {v}%.", "{f}，工业产能利用率为{v}%。"
    ),
    Said(
        10.4,
        1.0,
        1,
        "{f}, high-tech manufacturing value added was up {v}%.",
        "{f}，高技术制造业增加值同比增长{v}%。",
    ),
    Said(1.5, 1.25, 2, "{f}, exports of vehicles came to {v} million.", "{f}，汽车出口{w}万辆。"),
    Said(
        27.5,
        0.99,
        1,
        "{f}, manufacturing value added accounted for {v}% of GDP.",
        "{f}，制造业增加值占GDP比重为{v}%。",
    ),
    Said(350, 1.1, 0, "{t}, national green factories numbered {v}.", "{t}，国家级绿色工厂达到{v}家。"),
    Said(40, 1.05, 1, "{f}, output of integrated circuits rose {v}%.", "{f}，集成电路产量同比增长{v}%。"),
    Said(600, 1.15, 0, "{t}, 5G mobile subscribers reached {v} million.", "{t}，5G移动电话用户达到{w}万户。"),
    Said(
        55,
        1.03,
        1,
        "{t}, the numerical control rate of key processes was {v}%.",
        "{t}，关键工序数控化率达到{v}%。",
    ),
]
EN_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SIZE = 1450  # bytes of a document
REPORTS = 1 / 6  # of the sentences report a figure


def document(chance: random.Random, language: str, size: int, reports: float = REPORTS) -> tuple[str, str]:
    """The day of a document, and its text, in which this part of the sentences reports a figure."""
    year, month = chance.choice(YEARS), chance.randint(1, 12)
    day = f"{year}-{month:02}-{chance.randint(1, 28):02}"
    lines, length = [], 0
    while length < size:
        report = chance.random() < reports
        line = _report(chance, language, year, month) if report else _other(chance, language)
        lines.append(line)
        length += len(line.encode()) + 1
    return day, _front(chance, language, day) + _paragraphs(chance, lines, "" if language == "zh" else " ")


def _front(chance: random.Random, language: str, day: str) -> str:
    title = "会议简讯" if language == "zh" else "Notes from a meeting"
    return f'---\ntitle: "{title} {chance.randint(1, 999)}"\ndate: {day}\nlanguage: {language}\n---\n\n'


def _paragraphs(chance: random.Random, lines: list[str], space: str) -> str:
    parts: list[str] = []
    while lines:
        cut = chance.randint(2, 5)
        parts.append(space.join(lines[:cut]))
        lines = lines[cut:]
    return "\n\n".join(parts) + "\n"


def _other(chance: random.Random, language: str) -> str:
    zh = language == "zh"
    pick = chance.choice
    n = chance.randint(2, 40)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(n % 10 if n not in (11, 12, 13) else 0, "th")
    places, people = (ZH_PLACES, ZH_PEOPLE) if zh else (EN_PLACES, EN_PEOPLE)
    return pick(ZH_OTHER if zh else EN_OTHER).format(
        place=pick(places),
        place2=pick(places),
        people=pick(people),
        people2=pick(people),
        thing=pick(ZH_THINGS if zh else EN_THINGS),
        verb=pick(ZH_VERBS if zh else EN_VERBS),
        days=pick(ZH_DAYS if zh else EN_DAYS),
        n=n,
        m=chance.randint(100, 999),
        nth=f"{n}{ending}",
    )


def _report(chance: random.Random, language: str, year: int, month: int) -> str:
    place = chance.randrange(len(SAID))
    said = SAID[place]
    # reports of one month look back on the one before
    year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    true = random.Random(place * 100_000 + year * 100 + month).uniform(0.97, 1.03)
    value = said.start * said.growth ** (year - YEARS[0] + month / 12) * true
    digits = max(0, said.digits - (chance.random() < 0.1))  # some round more
    ten_thousands = f"{value * 100:.{max(0, digits - 1)}f}"
    if language == "zh":
        return said.zh.format(
            t=f"截至{year}年{month}月末",
            f=f"{year}年1—{month}月" if month > 1 else f"{year}年1月",
            v=f"{value:.{digits}f}",
            w=ten_thousands,
        )
    name = EN_MONTHS[month - 1]
    return said.en.format(
        t=f"At the end of {name} {year}",
        f=f"From January to {name} {year}" if month > 1 else f"In January {year}",
        v=f"{value:.{digits}f}",
    )


def archive(
    folder: Path, documents: int, language: str, seed: int = 1, reports: float = REPORTS, every: int = 1
) -> int:
    """Write an archive; its size in bytes. One document in ``every`` reports figures."""
    chance = random.Random(f"{seed} {language}")
    total = 0
    for number in range(documents):
        day, text = document(chance, language, SIZE, 0 if number % every else reports)
        path = folder / day[:4] / f"{day}-{language}-{number:06}.md"
        if number < len(YEARS) * 40 or not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode()
        path.write_bytes(data)
        total += len(data)
    return total


def main() -> None:
    """Write an archive as the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=40_000)
    parser.add_argument("--language", choices=("en", "zh"), default="en")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="one document in so many reports figures")
    parser.add_argument("--reports", type=float, default=REPORTS, help="which part of the sentences")
    given = parser.parse_args()
    size = archive(given.folder, given.documents, given.language, given.seed, given.reports, given.every)
    print(f"{given.documents} documents, {size / 1e6:.1f} MB in {given.folder}")


if __name__ == "__main__":
    main()
