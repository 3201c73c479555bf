"""Numbers in prose: what is written, what it is worth, and what is no number."""

# ruff: noqa: E501 - a wording and what is found in it stand on one line

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miit_cli.reading import lexicon, numbers
from miit_cli.reading.spans import Quantity


def find(language: str, text: str) -> list[Quantity]:
    return numbers.find(language, lexicon.fold(text), 0)


def shown(text: str, quantity: Quantity) -> str:
    """A quantity in one line: surface, value or reason, unit, bound."""
    value = quantity.reason if quantity.value is None else f"{quantity.value:f}"
    return f"{text[quantity.start : quantity.end]} = {value} {quantity.unit} {quantity.bound}"


# text | what is found in it, each "surface = value unit bound", or "surface = reason unit bound"
ENGLISH = """
NEVs took 44.8%, higher than the 43.8% in July. | 44.8% = 44.8 percent exact; 43.8% = 43.8 percent exact
Sales were 1.1 million, exceeding the 991,000 in July. | 1.1 million = 1100000 bare exact; 991,000 = 991000 bare exact
Sales went past the 10 million mark. | 10 million = 10000000 bare lower
It rose to CNY58.3 billion year over year. | CNY58.3 billion = 58300000000 yuan exact
Users grew to 114 million year on year. | 114 million = 114000000 bare exact
Stations are up 926,000 to 5.59 million. | 926,000 = 926000 bare exact; 5.59 million = 5590000 bare exact
Stations rose by 925,000 to 5.59 million. | 925,000 = 925000 bare exact; 5.59 million = 5590000 bare exact
Sales will grow by 2 to 3 million units. | 2 = range bare exact; 3 million units = range count exact
It made up 1/3 of users. | 1/3 = 33.3 percent exact
Growth was (4.8)% in May. | (4.8)% = -4.8 percent exact
Output growth: - 4.8% in May. | 4.8% = -4.8 percent exact
Phones - 4.8% of all. | 4.8% = 4.8 percent exact
There were 2,937,000 stations. | 2,937,000 = 2937000 bare exact
There were 2 937 000 stations. | 2 937 000 = 2937000 bare exact
There were 2\u00a0937\u00a0000 stations. | 2\u00a0937\u00a0000 = 2937000 bare exact
There were 2\u2009937\u2009000 stations. | 2\u2009937\u2009000 = 2937000 bare exact
There were 2\u202f937\u202f000 stations. | 2\u202f937\u202f000 = 2937000 bare exact
There were 2，937，000 stations. | 2，937，000 = 2937000 bare exact
There were 2.937.000 stations. | 2.937.000 = 2937000 bare exact
There were 2'937'000 stations. | 2'937'000 = 2937000 bare exact
It came to 40 500 billion yuan. | 40 500 billion yuan = 40500000000000 yuan exact
On July 25 500 plants closed. | 25 = 25 bare exact; 500 = 500 bare exact
It grew 2,5 percent. | 2,5 = wordpart wordpart exact
The ** million** is none. | million = wordpart wordpart exact
Several million came. | million = wordpart wordpart exact
A million users came. | A million = 1000000 bare exact
Half a million users came. | Half a million = 500000 bare exact
Two dozen plants closed. | Two dozen = 24 bare exact
It rose three point eight percent. | three point eight percent = 3.8 percent exact
Income of 32,836 hundred million yuan. | 32,836 hundred million yuan = 3283600000000 yuan exact
There are 305.5 ten thousand stations. | 305.5 ten thousand = 3055000 bare exact
In 2025 ten million came. | 2025 = date bare exact; ten million = 10000000 bare exact
It paid 5 thousand million yuan. | 5 thousand million yuan = 5000000000 yuan exact
There are two point nine million. | two point nine million = 2900000 bare exact
One and a half times as much. | One and a half times = 1.5 times exact
It reached 1.8trn yuan. | 1.8trn yuan = 1800000000000 yuan exact
It sold 4.55mn. | 4.55mn = 4550000 bare exact
It reached 40.5tn yuan. | 40.5tn yuan = 40500000000000 yuan exact
It reached RMB 1.8 trillion. | RMB 1.8 trillion = 1800000000000 yuan exact
It rose 3.8pc. | 3.8pc = 3.8 percent exact
It rose 3.6 per cent. | 3.6 per cent = 3.6 percent exact
They earned 2935亿 yuan. | 2935亿 yuan = 293500000000 yuan exact
Growth was \u22120.4%. | \u22120.4% = -0.4 percent exact
Growth was \u20130.4%. | \u20130.4% = -0.4 percent exact
Growth was \u20110.4%. | \u20110.4% = -0.4 percent exact
Growth was \uff0d0.4%. | \uff0d0.4% = -0.4 percent exact
Growth was -0.4%. | -0.4% = -0.4 percent exact
Growth was (0.4%). | 0.4% = -0.4 percent exact
Growth was negative 0.4%. | negative 0.4% = -0.4 percent exact
It came to minus 4.2 percent. | minus 4.2 percent = -4.2 percent exact
Profit was -100 billion yuan. | -100 billion yuan = -100000000000 yuan exact
The result was -$5.2 billion. | -$5.2 billion = -5200000000 us-dollar exact
Sales were 3 million (up 0.4%). | 3 million = 3000000 bare exact; 0.4% = 0.4 percent exact
Exports (0.4%) and imports. | 0.4% = 0.4 percent exact
The COVID-19 years. | COVID-19 = name name exact
There were 2.9 to 3 million. | 2.9 = range bare exact; 3 million = range bare exact
It grew 3%-5%. | 3% = range percent exact; 5% = range percent exact
It grew 5\u20136%. | 5 = range bare exact; 6% = range percent exact
It grew 8 to 9 percent. | 8 = range bare exact; 9 percent = range percent exact
It grew between 4 and 5 percent. | 4 = range percent exact; 5 percent = range percent exact
It grew 14 or 15 percent. | 14 = range percent exact; 15 percent = range percent exact
It rose from 3% to 5%. | 3% = 3 percent exact; 5% = 5 percent exact
It rose 2 billion yuan to 30 billion yuan. | 2 billion yuan = 2000000000 yuan exact; 30 billion yuan = 30000000000 yuan exact
It was 1.26 bln or 78.8% of all. | 1.26 bln = 1260000000 bare exact; 78.8% = 78.8 percent exact
It doubled to 45 percent. | doubled = 100 percent exact; 45 percent = 45 percent exact
They had 48.2, 113.1 and 208.7 million. | 48.2 = 48200000 bare exact; 113.1 = 113100000 bare exact; 208.7 million = 208700000 bare exact
It rose 42.4 and 44.1 pct. | 42.4 = 42.4 percent exact; 44.1 pct = 44.1 percent exact
China had 2023 national green factories. | 2023 = 2023 bare exact
It was the best of 2023 so far. | 2023 = date bare exact
In all 2,023 plants. | 2,023 = 2023 bare exact
A third of them. | A third = 33.3 percent exact
Two thirds of them. | Two thirds = 66.7 percent exact
Nearly two-thirds of them. | two-thirds = 66.7 percent upper
Over half of them. | half = 50 percent lower
It lost a quarter of its output. | a quarter = 25 percent exact
Three quarters of them. | Three quarters = 75 percent exact
Three in eight of them. | Three in eight = 37.5 percent exact
About nine out of ten of them. | nine out of ten = 90 percent approx
Growth in 39 out of 41 sectors. | 39 = 39 bare exact; 41 = 41 bare exact
A third plant opened. | A third = ordinal ordinal exact
It opened in the first half. | first half = wordpart wordpart exact
It fell by half a percent. | half a percent = 0.5 percent exact
It tripled. | tripled = 200 percent exact
Output halved. | halved = -50 percent exact
Twice as many as before. | Twice = 2 times exact
A rise of 2.937 million[1] and 5%[13-15]. | 2.937 million = 2937000 bare exact; [1] = note note exact; 5% = 5 percent exact; [13-15] = note note exact
It was 16:05. | 16:05 = date date exact
See page 3 of 12. | 3 = name name exact; 12 = name name exact
Reply No. 3127 came. | 3127 = name name exact
It made 622GW of them. | 622GW = 622 physical exact
A little over 5%. | 5% = 5 percent lower
North of 5 million. | 5 million = 5000000 bare lower
Just shy of 5 million. | 5 million = 5000000 bare upper
Up to 5 million. | 5 million = 5000000 bare upper
It went up to 62 percent. | 62 percent = 62 percent exact
It turned over 5 billion yuan. | 5 billion yuan = 5000000000 yuan exact
It rose over 5 percent. | 5 percent = 5 percent lower
As many as 300 of them. | 300 = 300 bare upper
Some 53 million SMEs. | 53 million = 53000000 bare approx
53 million SMEs and then some. | 53 million = 53000000 bare lower
5,100-plus of them. | 5,100-plus = 5100 bare lower
1.2 bln-plus of them. | 1.2 bln-plus = 1200000000 bare lower
1.14 trillion yuan-plus. | 1.14 trillion yuan-plus = 1140000000000 yuan lower
It is not to be lower than 180 billion yuan. | 180 billion yuan = 180000000000 yuan lower
285 billion yuan, plus 8.9%. | 285 billion yuan = 285000000000 yuan exact; 8.9% = 8.9 percent exact
"""

CHINESE = """
工业增加值同比+5.9%，环比-0.5%。 | +5.9% = 5.9 percent exact; -0.5% = -0.5 percent exact
用户占比1/3。 | 1/3 = 33.3 percent exact
較去年同期成長廿三點四%。 | 廿三點四% = 23.4 percent exact
共有2，937，000个。 | 2，937，000个 = 2937000 count exact
共有１７３，６３０套。 | １７３，６３０套 = 173630 count exact
共有2 937 000个。 | 2 937 000个 = 2937000 count exact
共有293万7千个。 | 293万7千个 = 2937000 count exact
共有1亿2000万户。 | 1亿2000万户 = 120000000 count exact
共有3亿5千万户。 | 3亿5千万户 = 350000000 count exact
手持订单1万782万载重吨。 | 1万782万载重吨 = 107820000 deadweight-ton exact
手上订单2亿3,454万载重吨。 | 2亿3,454万载重吨 = 234540000 deadweight-ton exact
收入1兆6800亿元。 | 1兆6800亿元 = 1680000000000 yuan exact
月户均流量16.1G，其中2.5GHz频段。 | 16.1G = 16.1 gigabyte exact; 2.5GHz = 2.5 physical exact
户均流量366M。 | 366M = 0.366 gigabyte exact
基站293. 7万个。 | 293. 7万个 = 2937000 count exact
增长3﹒8%。 | 3﹒8% = 3.8 percent exact
增长3‧8%。 | 3‧8% = 3.8 percent exact
增长－0.4%。 | －0.4% = -0.4 percent exact
同比增长-0.4%。 | -0.4% = -0.4 percent exact
同比−0.4%。 | −0.4% = -0.4 percent exact
增速–0.4%。 | –0.4% = -0.4 percent exact
增速为(0.4%)。 | 0.4% = -0.4 percent exact
增速为(0.4)%。 | (0.4)% = -0.4 percent exact
同比增长 - 0.4%。 | - 0.4% = -0.4 percent exact
增速为负0.4%。 | 负0.4% = -0.4 percent exact
误差正负5%。 | 5% = 5 percent exact
利润-100亿元。 | -100亿元 = -10000000000 yuan exact
增长3%-5%。 | 3% = range percent exact; 5% = range percent exact
增长3%至5%。 | 3% = range percent exact; 5% = range percent exact
设想的5.5%到6%。 | 5.5% = range percent exact; 6% = range percent exact
从3%升至5%。 | 3% = 3 percent exact; 5% = 5 percent exact
约需30万-40万元。 | 30万 = range bare exact; 40万元 = range yuan exact
增5万辆至20万辆。 | 5万辆 = 50000 count exact; 20万辆 = 200000 count exact
低了三四个百分点。 | 三四个百分点 = range range exact
占七八成。 | 七八成 = range range exact
占两成半。 | 两成半 = 25 percent exact
占六成二。 | 六成二 = 62 percent exact
占三成多。 | 三成 = 30 percent lower
有5成立。 | 5 = 5 bare exact
占三分之一。 | 三分之一 = 33.3 percent exact
占三分之二强。 | 三分之二 = 66.7 percent lower
不到全部用户的一半。 | 一半 = 50 percent upper
占比过半。 | 半 = 50 percent lower
翻了一番。 | 一番 = 100 percent exact
翻两番。 | 两番 = 300 percent exact
每十家就有八家多上市。 | 每十家就有八家 = 80 percent lower
每十辆有四辆半。 | 每十辆有四辆半 = 45 percent exact
每百辆中有近四十五辆。 | 每百辆中有近四十五辆 = 45 percent upper
约占四分之一。 | 四分之一 = 25 percent approx
共有数百家。 | 百 = wordpart wordpart exact
近万家企业。 | 万家 = 10000 count upper
以万元计。 | 万 = wordpart wordpart exact
首度突破十亿大关。 | 十亿 = 1000000000 bare lower
再添一万五。 | 一万五 = 15000 bare exact
规模1.2兆元。 | 1.2兆元 = 1200000000000 yuan exact
宽带100兆。 | 100兆 = 100 physical exact
人民币17.3兆元。 | 人民币17.3兆元 = 17300000000000 yuan exact
港币3亿元。 | 港币3亿元 = 300000000 currency exact
共2025家。 | 2025家 = 2025 count exact
2024专精特新大会 | 2024 = date bare exact
二〇二四年 | 二〇二四年 = date date exact
占GDP29.8%。 | 29.8% = 29.8 percent exact
某公司（6606）首季 | 6606 = name name exact
10%[1]。 | 10% = 10 percent exact; [1] = note note exact
0.3个和0.1个百分点 | 0.3个 = 0.3 points exact; 0.1个百分点 = 0.1 points exact
12.6和5.3亿元 | 12.6 = 1260000000 yuan exact; 5.3亿元 = 530000000 yuan exact
超60多家。 | 60多家 = 60 count lower
逾3万户。 | 3万户 = 30000 count lower
近3万户。 | 3万户 = 30000 count upper
约3万户。 | 3万户 = 30000 count approx
达3万户左右。 | 3万户 = 30000 count approx
不足3万户。 | 3万户 = 30000 count upper
至少3万户。 | 3万户 = 30000 count lower
最多3万户。 | 3万户 = 30000 count upper
高达3万户。 | 3万户 = 30000 count exact
达到3万户。 | 3万户 = 30000 count exact
3万户有余。 | 3万户 = 30000 count lower
通过3项。 | 3项 = 3 count exact
签约5家。 | 5家 = 5 count exact
最近5家。 | 5家 = 5 count exact
产量为八九四一亿块。 | 八九四一亿块 = 894100000000 count exact
销量为三四五三点一万辆。 | 三四五三点一万辆 = 34531000 count exact
规模达四十一点七兆元。 | 四十一点七兆元 = 41700000000000 yuan exact
分别增长百分之十点四、九点四。 | 百分之十点四 = 10.4 percent exact; 九点四 = 9.4 percent exact
"""


def cases(table: str) -> list[tuple[str, str]]:
    rows = [line.rsplit(" | ", 1) for line in table.strip().splitlines()]
    return [(text, found) for text, found in rows]


@pytest.mark.parametrize(("text", "found"), cases(ENGLISH), ids=lambda text: text[:40])
def test_english(text: str, found: str) -> None:
    assert "; ".join(shown(text, quantity) for quantity in find("en", text)) == found


@pytest.mark.parametrize(("text", "found"), cases(CHINESE), ids=lambda text: text[:40])
def test_chinese(text: str, found: str) -> None:
    assert "; ".join(shown(text, quantity) for quantity in find("zh", text)) == found


def test_the_factor_of_a_unit_gives_the_number_as_written() -> None:
    [found] = find("en", "1,200 exabytes")
    assert (found.unit, str(found.value), found.factor) == ("gigabyte", "1200000000000", 10**9)
    [found] = find("zh", "规模1080EB")
    assert (found.value or 0) / found.factor == 1080


def test_the_unit_of_a_list_may_stand_in_its_heading() -> None:
    heading, item = "by category (cny bn):", "software products: 2,658.3"
    [found] = numbers.declared(find("en", item), item, 0, heading)
    assert (found.unit, str(found.value)) == ("yuan", "2658300000000")
    assert numbers.declared(find("en", item), item, 0) == find("en", item)


# --- any text ---

PIECES = {
    "en": (
        *("1", "2,937", "3.8", "2023", "12 500", "0", "％", "%", " percent", " million", "bn", " to ", "-", "–", "(", ")"),
        *("minus ", "half", " a ", "third", " in ", "ten", "five", "hundred", " and ", "point", " yuan", "$", "[", "]", ","),
        *(".", " ", "'", "over ", "up to ", " or more", "doubled", "twice as", "5G", "Q3", "first", "quarter", "万", "亿"),
    ),
    "zh": (
        *("1", "2，937", "3.8", "2023", "十", "万", "亿", "千", "百", "三", "两", "成", "半", "番", "翻", "分之", "%", "％"),
        *("个", "家", "个百分点", "至", "到", "-", "—", "负", "近", "超", "多", "余", "以上", "元", "兆", "人民币", "（", "）"),
        *("[", "]", ",", "，", ".", "﹒", " ", "第", "点", "零", "5G", "IPv6", "年", "月", "翻了", "一半", "数", "几", "倍"),
    ),
}  # fmt: skip


def texts(language: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(PIECES[language]) | st.text(max_size=3), max_size=14).map("".join)


@pytest.mark.parametrize("language", ["en", "zh"])
@given(data=st.data())
def test_any_text_has_its_digits_accounted_for(language: str, data: st.DataObject) -> None:
    """No text raises; spans are in order, inside the text, and hold each of its digits."""
    text = data.draw(texts(language))
    found = find(language, text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(q.left <= q.start and q.end <= q.right for q in found if q.right)
    held = {place for q in found for place in range(q.start, q.end)}
    assert not [m.start() for m in re.finditer(r"\d", lexicon.fold(text)) if m.start() not in held]


@pytest.mark.parametrize("language", ["en", "zh"])
@given(data=st.data(), offset=st.integers(1, 10**6))
def test_an_offset_moves_all_spans(language: str, data: st.DataObject, offset: int) -> None:
    text = lexicon.fold(data.draw(texts(language)))
    moved = numbers.find(language, text, offset)
    for one, two in zip(numbers.find(language, text, 0), moved, strict=True):
        assert (one.start + offset, one.end + offset, one.value, one.unit) == (
            two.start,
            two.end,
            two.value,
            two.unit,
        )
