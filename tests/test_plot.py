"""Charts: where things stand is checked in numbers; that they please the eye is for people to look at."""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as xml

import fake_corpus
import pytest
import resvg_py
from conftest import Answer
from hypothesis import example, given
from hypothesis import strategies as st
from queries_case import seen

from miit_cli.chart import Chart, ChartSource, Mark
from miit_cli.output.chart import svg, terminal
from miit_cli.output.chart.axes import Band, Scale, axes, bands, ends
from miit_cli.output.chart.glyphs import glyphs, missing, wrapped
from miit_cli.output.chart.words import WORDS
from miit_cli.queries.plot import chart
from miit_cli.vocabulary import load, units

Ask = Callable[..., Answer]
STATIONS, GROWTH, SALES = "5g-base-stations", "industrial-value-added-growth", "nev-sales"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def corpus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("COLUMNS", "72")
    return fake_corpus.use(monkeypatch, tmp_path)


def mark(value: str, end: str, start: str | None = None, **told: str) -> Mark:
    made = Mark("x", "", start, end, "stock", Decimal(value), "unit", "exact", "actual", "doc")
    return made._replace(**told)  # type: ignore[arg-type]


# the axes


@pytest.mark.parametrize(
    ("days", "room", "names"),
    [
        (("2022-07-31", "2025-06-30"), 60, ["2022", "2023", "2024", "2025"]),
        (("2022-12-31",), 60, ["2022"]),
        (("2022-01-31", "2022-03-31"), 60, ["2022-01", "2022-02", "2022-03"]),
        (
            ("2022-03-31", "2023-06-30"),
            60,
            ["2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4", "2023-Q1", "2023-Q2"],
        ),
        (("2022-03-31", "2023-06-30"), 30, ["2022", "2023"]),
        (("2012-12-31", "2025-12-31"), 60, ["2012", "2014", "2016", "2018", "2020", "2022", "2024"]),
    ],
)
def test_time_has_the_finest_stretches_of_which_there_is_room(
    days: tuple[str, ...], room: int, names: list[str]
) -> None:
    assert [band.name for band in bands([mark("1", day) for day in days], room)] == names


def test_time_reaches_back_to_where_a_flow_begins() -> None:
    [first, *_] = bands([mark("1", "2022-12-31", "2021-01-01")], 80)
    assert first == Band("2021-Q1", date(2021, 1, 1).toordinal(), date(2021, 4, 1).toordinal())


@given(
    st.lists(
        st.tuples(
            st.decimals(
                allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=3
            ),
            st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        ),
        min_size=1,
        max_size=8,
    ),
    st.integers(10, 120),
)
def test_every_mark_stands_inside_its_axes(points: list[tuple[Decimal, date]], room: int) -> None:
    marks = [mark(str(value), day.isoformat()) for value, day in points]
    found = axes(marks, bands(marks, room), WORDS["en"], 5)
    assert len(found.ticks) >= 2
    for each in marks:
        assert 0 <= found.across(ends(each)) <= 1
        assert -1e-9 <= found.up(each.value) <= 1 + 1e-9


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        (("1968000", "4550000"), ["0", "1", "2", "3", "4", "5"]),
        (("3.4", "3.6"), ["3.35", "3.4", "3.45", "3.5", "3.55", "3.6", "3.65"]),
        (("-8.3", "2.1"), ["-10", "-7.5", "-5", "-2.5", "0", "2.5", "5"]),
        (("9",), ["0", "2", "4", "6", "8", "10"]),
        (("0",), ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
    ],
)
def test_ticks_are_round(values: tuple[str, ...], ticks: list[str]) -> None:
    marks = [mark(value, "2022-12-31") for value in values]
    found = axes(marks, bands(marks, 60), WORDS["en"], 5)
    assert [found.scale.text(tick) for tick in found.ticks] == ticks


def test_scales_are_those_of_the_language() -> None:
    assert [Scale(6, "million").text(Decimal(text)) for text in ("2300000", "1.968E+6", "0")] == [
        "2.3",
        "1.968",
        "0",
    ]
    marks = [mark("363000000000", "2022-12-31")]
    names = {lang: axes(marks, bands(marks, 60), words, 5).scale.name for lang, words in WORDS.items()}
    assert names == {"en": "billion", "zh": "亿"}


# what is drawn

TOGETHER = """
iron-growth 3.5 exact  actual   2022-01-01..2022-06-30 2022-08-19-a
iron-growth 3.6 approx expected 2022-01-01..2022-12-31 2022-08-19-a
iron-growth 5   exact  actual   2023-01-01..2023-06-30 2023-07-25-b
iron-growth 9   lower  target   2023-01-01..2023-12-31 2023-07-25-b
iron-share  28  exact  actual   2022-01-01..2022-12-31 2022-08-19-a
tin-growth  7   exact  actual   2022-01-01..2022-06-30 2022-08-19-a
tin-growth  6.5 upper  actual   2023-01-01..2023-06-30 2023-07-25-b
"""


def drawn(lines: str, *, together: bool = False) -> Chart:
    found = seen(lines)
    slugs = list(dict.fromkeys(each.indicator for each in found))
    labels = {slug: slug.replace("-", " ") for slug in slugs}
    sources = {each.document: ChartSource(each.document, each.document, each.published) for each in found}
    kinds = {"percent": "%", "station": "stations"}
    return chart(found, slugs, labels, kinds, sources, together=together)


def test_a_panel_each_or_one_for_a_unit_and_measure() -> None:
    assert [panel.title for panel in drawn(TOGETHER).panels] == ["iron growth", "iron share", "tin growth"]
    panels = drawn(TOGETHER, together=True).panels
    assert [[line.label for line in panel.lines] for panel in panels] == [
        ["iron growth", "tin growth"],
        ["iron share"],
    ]
    assert [panel.title for panel in panels] == ["", "iron share"]


def test_targets_are_apart_and_like_is_joined_with_like() -> None:
    [line, *_] = drawn(TOGETHER).panels[0].lines
    assert [mark.period for mark in line.marks] == ["2022-H1", "2022", "2023-H1"]
    assert [mark.period for mark in line.targets] == ["2023"]
    assert [[mark.period for mark in marks] for marks in line.shapes()] == [["2022-H1", "2023-H1"], ["2022"]]


def test_documents_that_disagree_have_a_mark_each() -> None:
    found = drawn(
        """
        iron-share 28   exact actual 2022-01-01..2022-12-31 2023-01-11-a
        iron-share 27.7 exact actual 2022-01-01..2022-12-31 2023-03-01-b
        """
    )
    assert [(str(mark.value), mark.aside) for mark in found.marks] == [("27.7", False), ("28", True)]
    assert [len(marks) for marks in found.panels[0].lines[0].shapes()] == [1]
    assert found.notes == ("iron-share 2022: reports disagree: 28 (2023-01-11-a) or 27.7 (2023-03-01-b)",)
    assert [source.document for source in found.sources] == ["2023-01-11-a", "2023-03-01-b"]


# in the terminal


def test_terminal_shows_hedges_and_targets_without_colour(ask: Ask) -> None:
    assert ask("plot", STATIONS) == (
        0,
        """\
5G base stations built and opened  million stations
  4 ┤
    │                                                                3.6
    │                                                                 t>
3.5 ┤
    │
    │
  3 ┤        2.937
    │          ⡠●
    │        ⡠⠊
    │      ⡠⠊
2.5 ┤    ⡠⠊
    │   ● 2.384
    │
  2 ┤
    └──────────────────────┴─────────────────────┴─────────────────────┘
              2023                  2024                  2025

> more than  t target
Sources: notes; half-year
""",
        "",
    )


def test_terminal_in_chinese_shows_several_panels(ask: Ask) -> None:
    assert ask("plot", GROWTH, SALES, "--lang", "zh") == (
        0,
        """\
规模以上工业增加值同比增速  %
    4 ┤                                         3.6                    ●
      │                                           ●                  3.8
      │
      │
    3 ┤
      │
      │                                                2.4
      │                                                 e~
      │
    2 ┤
      └──────────┴──────────┴──────────┴──────────┴──────────┴─────────┘
         2022-Q1    2022-Q2    2022-Q3   2022-Q4    2023-Q1    2023-Q2

新能源汽车销量  万辆
1,000 ┤
      │                                         700
      │                                           <
      │
  500 ┤
      │
      │
      │
      │                                                59.3
    0 ┤                                                  ●
      └──────────┴──────────┴──────────┴──────────┴──────────┴─────────┘
         2022-Q1    2022-Q2    2022-Q3   2022-Q4    2023-Q1    2023-Q2

< 不足  ~ 约  e 预计
资料来源：notes；half-year
""",
        "",
    )


def test_terminal_puts_series_of_one_unit_together(ask: Ask) -> None:
    assert ask("plot", STATIONS, GROWTH, "--together") == ask("plot", STATIONS, GROWTH)
    shown = "".join(terminal.render(drawn(TOGETHER, together=True), "en", 60, False))
    assert (
        shown
        == """\
%
a  iron growth
b  tin growth
10 ┤                                                     t>a
   │            7                                        9
   │             b⣀⣀⣀⣀⣀⣀⣀⡀                 6.5
   │                     ⠈⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠒⠒⠒⠒⠒<b⠂
 5 ┤                                        ⣀a⡀
   │           3.5       ⣀⣀⣀⣀⣀⠤⠤⠤⠤⠔⠒⠒⠒⠒⠊⠉⠉⠉⠉  5
   │             a⠒⠒⠊⠉⠉⠉⠉     e~a 3.6
   │
   │
 0 ┤
   └────────────────────────────┴──────────────────────────┘
                2022                        2023

iron share  %
40 ┤
   │                           28
   │                            ●
   │
20 ┤
   │
   │
   │
   │
 0 ┤
   └────────────────────────────┴──────────────────────────┘
                2022                        2023

> more than  < less than  ~ about  e expected  t target
Sources: 2022-08-19-a; 2023-07-25-b
"""
    )


def test_colour_adds_nothing_but_colour(ask: Ask) -> None:
    import re

    plain, colored = (ask("plot", STATIONS, "--color", when).out for when in ("never", "always"))
    assert "\x1b[36m" in colored
    assert [line.rstrip() for line in re.sub(r"\x1b\[\d+m", "", colored).splitlines()] == plain.splitlines()


def test_many_sources_are_counted() -> None:
    lines = "\n".join(
        f"iron-share {20 + n} exact actual {2001 + n}-12-31 {2002 + n}-01-01-d{n}" for n in range(20)
    )
    shown = "".join(terminal.render(drawn(lines), "en", 60, False))
    assert shown.endswith("2006-01-01-d4; 2007-01-01-d5; 2008-01-01-d6;\n13 more\n")


@pytest.mark.parametrize("columns", ["1", "20", "40", "80", "200"])
def test_terminal_keeps_its_width(ask: Ask, columns: str) -> None:
    answer = ask("plot", STATIONS, env={"COLUMNS": columns})
    field = [line for line in answer.out.splitlines() if "┤" in line or "│" in line or "└" in line]
    assert max(map(len, field)) <= max(int(columns), 30)


# pictures


@pytest.fixture
def picture(ask: Ask, tmp_path: Path) -> Callable[..., Path]:
    def picture(name: str, *arguments: str) -> Path:
        path = tmp_path / name
        assert ask("plot", *arguments, "-o", str(path)) == (0, "", "")
        return path

    return picture


def test_svg_says_all_figures_in_words(picture: Callable[..., Path]) -> None:
    root = xml.parse(picture("chart.svg", STATIONS)).getroot()
    assert root.findtext(f"{SVG}title") == "5G base stations built and opened"
    assert root.findtext(f"{SVG}desc") == (
        "5G base stations built and opened, 2023-02: 2,384,000 stations — notes; "
        "5G base stations built and opened, 2023-06: 2,937,000 stations — half-year; "
        "5G base stations built and opened, 2025: > 3,600,000 stations (target) — notes"
    )


@given(st.text())
@example("\uffff\ufffe\ud800\x00 ]]> <b>&")
def test_svg_is_well_formed_whatever_the_names(name: str) -> None:
    found = drawn(TOGETHER)
    panels = tuple(
        panel._replace(title=name, unit=name, lines=tuple(line._replace(label=name) for line in panel.lines))
        for panel in found.panels
    )
    sources = (ChartSource(name, name, "2023-01-01"),)
    for outlined in (False, True):
        xml.fromstring(svg.render(Chart(panels, sources), "zh", outlined=outlined))


def test_svg_is_true_to_time_and_value(picture: Callable[..., Path]) -> None:
    root = xml.parse(picture("chart.svg", STATIONS)).getroot()
    groups = [group for group in root.iter(f"{SVG}g") if group.find(f"{SVG}title") is not None]
    circles = [
        (float(c.get("cx", "")), float(c.get("cy", ""))) for g in groups for c in g.iter(f"{SVG}circle")
    ]
    [target] = [g for g in groups if "target" in (g.findtext(f"{SVG}title") or "")]
    corners = [
        tuple(map(float, pair.split(",")))
        for pair in next(target.iter(f"{SVG}polygon")).get("points", "").split()
    ]
    due = sum(x for x, _ in corners) / len(corners), sum(y for _, y in corners) / len(corners)
    days = [date(2023, 3, 1), date(2023, 7, 1), date(2026, 1, 1)]
    values = [2.384, 2.937, 3.6]
    (x0, y0), (x1, y1), (x2, y2) = *circles, due
    assert (x1 - x0) / (x2 - x0) == pytest.approx((days[1] - days[0]) / (days[2] - days[0]), abs=1e-3)
    assert (y1 - y0) / (y2 - y0) == pytest.approx((values[1] - values[0]) / (values[2] - values[0]), abs=1e-3)


def test_svg_marks_hedges_standing_and_periods(picture: Callable[..., Path]) -> None:
    text = picture("chart.svg", GROWTH, SALES, STATIONS).read_text("utf-8")
    shown = [element.text for element in xml.fromstring(text).iter(f"{SVG}text")]
    for value in ("< 7", "~ 2.4", "> 3.6", "2.937", "0.593"):
        assert value in shown
    for word in ("as reported", "more than", "less than", "about", "expected", "target", "period covered"):
        assert word in shown
    assert 'Sources: Notes on "new" networks & industry (2023-03-01);' in " ".join(filter(None, shown))


def test_svg_on_a_dark_ground_is_the_same_in_other_colours(picture: Callable[..., Path]) -> None:
    light = xml.parse(picture("light.svg", GROWTH, SALES, "--together")).getroot()
    dark = xml.parse(picture("dark.svg", GROWTH, SALES, "--together", "--dark")).getroot()
    colors = {
        (one.get(name), other.get(name))
        for one, other in zip(light.iter(), dark.iter(), strict=True)
        for name in ("fill", "stroke")
        if (one.get(name) or "").startswith("#")
    }
    assert len(colors) > 4 and all(one != other for one, other in colors)
    for one, other in zip(light.iter(), dark.iter(), strict=True):
        assert {**one.attrib, "fill": "", "stroke": ""} == {**other.attrib, "fill": "", "stroke": ""}


def test_svg_in_chinese_needs_no_font(picture: Callable[..., Path]) -> None:
    root = xml.parse(picture("chart.svg", STATIONS, "--lang", "zh")).getroot()
    drawn = [group.get("aria-label") for group in root.iter(f"{SVG}g") if group.get("role") == "text"]
    assert {"5G基站数", "万个", "公布值", "目标", "超过"} <= set(drawn)
    left = "".join(
        element.text or "" for element in root.iter(f"{SVG}text") if not (element.text or "").isascii()
    )
    assert all(missing(line) for line in filter(None, left.split(chr(10)))), left
    names = {path.get("id") for path in root.iter(f"{SVG}path")}
    used = {use.get("href", "").removeprefix("#") for use in root.iter(f"{SVG}use")}
    assert used == names and f"u{ord('基'):x}" in names


def test_every_word_of_a_chart_has_its_outlines() -> None:
    vocabulary = load()
    told = [name for slug in vocabulary for name in (vocabulary[slug].label, vocabulary[slug].label_zh)]
    told += [word for words in units().values() for word in words]
    told += [word for words in WORDS.values() for word in words.every()]
    assert missing("".join(told)) == "", "run tools/glyphs.py"
    assert all(glyph.path for character, glyph in glyphs().items() if character != " ")


def pixels(png: bytes) -> tuple[int, int, set[bytes]]:
    """Width, height and the different rows of a PNG, as filtered."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    raw = zlib.decompress(data)
    step = len(raw) // height
    return width, height, {raw[row * step : (row + 1) * step] for row in range(height)}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_png_looks_the_same_without_any_font(picture: Callable[..., Path], lang: str) -> None:
    from miit_cli.output.chart import png

    assert png.ZOOM == 2
    written = picture("chart.png", STATIONS, GROWTH, "--lang", lang).read_bytes()
    width, height, rows = pixels(written)
    assert (width, height > 1000, len(rows) > 300) == (1760, True, True)
    assert width == svg.WIDTH * png.ZOOM


def test_png_needs_no_font(monkeypatch: pytest.MonkeyPatch, picture: Callable[..., Path]) -> None:
    plain = picture("a.png", STATIONS, "--lang", "zh").read_bytes()
    paint = resvg_py.svg_to_bytes
    monkeypatch.setattr(resvg_py, "svg_to_bytes", lambda **told: paint(**told, skip_system_fonts=True))
    assert picture("b.png", STATIONS, "--lang", "zh").read_bytes() == plain


def test_png_says_what_no_font_has(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[indicator]]\nslug = "5g-base-stations"\nlabel = "Stations"\nlabel_zh = "\U000f0000站"\n'
        'unit = "station"\nmeasure = "level"\nnature = "stock"\n',
        "utf-8",
    )
    path = tmp_path / "chart.png"
    asked = ("plot", STATIONS, "--vocabulary", str(own), "--lang", "zh", "-o", str(path))
    note = "miit: no font here has \U000f0000: install one, such as Noto Sans CJK\n"
    assert ask(*asked) == (0, "", note)
    assert path.read_bytes().startswith(b"\x89PNG")


def test_text_wraps_between_words_and_between_chinese_characters() -> None:
    assert wrapped("one two three", 10, 42) == ["one two", "three"]
    assert wrapped("资料来源：甲乙", 10, 45) == ["资料来", "源：甲乙"]
    assert wrapped("", 10, 45) == []


# what is asked for


def test_points_as_csv(ask: Ask) -> None:
    assert ask("plot", STATIONS, "-f", "csv") == (
        0,
        "indicator,period,start,end,value,unit,bound,status,document,confidence\n"
        "5g-base-stations,2023-02,,2023-02-28,2384000,station,exact,actual,notes,1.0\n"
        "5g-base-stations,2023-06,,2023-06-30,2937000,station,exact,actual,half-year,1.0\n"
        "5g-base-stations,2025,,2025-12-31,3600000,station,lower,target,notes,1.0\n",
        "",
    )


def test_columns_alone_mean_the_points(ask: Ask) -> None:
    answer = ask("plot", STATIONS, "--columns", "period,value", "--until", "2023-02", "--no-header")
    assert answer == (0, "2023-02,2384000\n", "")


def test_ending_decides_and_format_overrules(ask: Ask, tmp_path: Path) -> None:
    written = {}
    for name, *arguments in (("a.svg",), ("a.csv",), ("a.txt",), ("b.txt", "-f", "svg"), ("a.JSON",)):
        path = tmp_path / name
        assert ask("plot", STATIONS, "-o", str(path), *arguments).code == 0
        written[name] = path.read_text("utf-8")[:5]
    assert written == {
        "a.svg": "<svg ",
        "a.csv": "indic",
        "a.txt": "5G ba",
        "b.txt": "<svg ",
        "a.JSON": "[\n  {",
    }


def test_nothing_to_draw(ask: Ask) -> None:
    answer = ask("plot", "telecom-revenue", "-o", "never.svg")
    assert answer == (1, "", "miit: no record of telecom-revenue here; `miit list` shows what there is\n")
    assert not Path("never.svg").exists()


def test_a_format_that_is_none(ask: Ask) -> None:
    answer = ask("plot", STATIONS, "-f", "gif")
    assert answer == (
        2,
        "",
        "miit: --format: 'gif' is none of chart, svg, png, table, csv, tsv, json, ndjson, markdown\n",
    )


def test_png_is_not_for_standard_output(ask: Ask) -> None:
    answer = ask("plot", STATIONS, "-f", "png")
    assert answer == (2, "", "miit: --output: png is not written to standard output; name a file\n")


def test_png_without_its_painter_says_what_to_install(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    path = tmp_path / "chart.png"
    assert ask("plot", STATIONS, "-o", str(path)) == (
        2,
        "",
        "miit: png needs resvg: pip install 'miit[png]'; or write to a file that ends in .svg\n",
    )
    assert not path.exists()
