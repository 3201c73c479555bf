"""What a reader sees of a file: blocks without markup, lines that a program broke, and where each stood."""

from __future__ import annotations

import io
import re

import pytest

from miit_cli import corpus
from miit_cli.formats import characters, pages, text
from miit_cli.formats.blocks import drawn
from miit_cli.types import CAPTION, HEADING, ITEM, NOTE, PARAGRAPH, QUOTATION, TABLE

DAY = "2023-07-25"


def parse(data: str | bytes, name: str = f"{DAY}.md"):
    return corpus.parse_document(name, data.encode() if isinstance(data, str) else data)


def shown(markup: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in text.blocks_of(markup)]


# blocks


def test_the_blocks_of_markdown() -> None:
    markup = (
        "# Half a *year*\n\nIndustry **grew**.\n\n- One\n  two.\n  - Three.\n2) Four.\n\n"
        "> Quoted\n> words.\n\n"
        "Table 1. Units\n(million)\n\n| a | b |\n|---|--:|\n| x \\| y | 1 |\n\nNote: all of it.\n\n"
        "Setext\n======\n\nText[^1].\n\n[^1]: Below.\n"
    )
    assert shown(markup) == [
        (HEADING, "Half a year"),
        (PARAGRAPH, "Industry grew."),
        (ITEM, "One two."),
        (ITEM, "Three."),
        (ITEM, "Four."),
        (QUOTATION, "Quoted words."),
        (CAPTION, "Table 1. Units\n(million)"),
        (TABLE, "| a | b |\n| x ¦ y | 1 |"),
        (NOTE, "Note: all of it."),
        (HEADING, "Setext"),
        (PARAGRAPH, "Text."),
        (NOTE, "Below."),
    ]


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("2023. was a year", "2023. was a year"),
        ("3*5*7 and 10~20", "3*5*7 and 10~20"),
        ("a < b & c &lt; d &amp; e", "a < b & c < d & e"),
        ("~~9.9%~~3.8% and ~~（一）~~二", "3.8% and 二"),
        ("**“专精特新”**企业**8997**家", "“专精特新”企业8997家"),
        ("a `b` <u>c</u> <!-- d --> e", "a b c e"),
        ("5 km<sup>2</sup>, 10^8^ and CO<sub>2</sub>", "5 km², 10 and CO2"),
        ("7 million[1](#n) of 9[^2] or 8[3, 4] [12](x)%", "7 million of 9[^2] or 8 12%"),
        ("![picture 7](x.png)text", "text"),
        ("see <https://example.org/7> or www.example.org/8, then", "see or , then"),
        ("　　首行缩进", "首行缩进"),
        ("#标题", "标题"),
    ],
)
def test_what_is_seen_of_markdown(markup: str, seen: str) -> None:
    assert " ".join(block for _, block in shown(markup)) == seen


def test_html_in_markdown_is_read_as_a_page_is() -> None:
    markup = (
        "<table><tr><th>a</th><th colspan=2>b</th></tr><tr><td>x</td><td>1</td><td>2</td></tr></table>\n\n"
        "<div align=center>7 users<br>8 lines</div>\n"
    )
    assert shown(markup) == [
        (TABLE, "| a | b | b |\n| x | 1 | 2 |"),
        (PARAGRAPH, "7 users\n8 lines"),
    ]


# lines


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        # a figure a line
        (["造船完工量2900万载重吨", "同比增长6.2%", "手持订单量1亿载重吨"], 3),
        (["Value added: up 3.7%", "Revenue: up 5.1%", "Profit: down 2.2%"], 3),
        (["Software revenue 5.5 trillion yuan", "Telecom revenue 0.9 trillion yuan"], 2),
        # a heading and what it heads
        (["一、工业", "上半年，规模以上工业增加值同比增长3.8%，制造业增加值同比增长4.2%。"], 2),
        # a paragraph
        (
            ["各地区各部门认真落实，推动工业平稳运行，2023年上半年新", "能源汽车产销分别完成378.8万辆。"],
            1,
        ),
        (["At the end of June 2023 the country had", "2.937 million base stations."], 1),
        (
            ["One sentence ends at the end of its line.", "Another one does as well, and that is all."],
            2,
        ),
        (["第一段的文字一直写到这一行的最后才换行，", "第二行。"], 1),
        # of which the third line begins with a bullet
        (["Users numbered seven million at the end of the year,", "and lines eight.", "(1) Others."], 2),
    ],
)
def test_lines_are_joined_where_a_paragraph_goes_on(lines: list[str], joined: int) -> None:
    assert len("\n".join(block for _, block in shown("\n".join(lines))).split("\n")) == joined


def test_a_word_that_a_line_end_broke_is_one_again_where_it_is_known() -> None:
    wrapped = "The value added of high-tech manufac-\nturing and of high-\ntech services grew by 7%.\n"
    assert shown(wrapped) == [
        (PARAGRAPH, "The value added of high-tech manufacturing and of high-tech services grew by 7%.")
    ]
    assert shown("a mil\xad\nlion of them, and\nmore.\n")[0][1] == "a million of them, and more."


# tables


def test_tables_that_are_drawn_with_blanks() -> None:
    assert drawn(["             2021    2022", "Ports       1,200   1,300", "Long lines     12       -"]) == [
        ["", "2021", "2022"],
        ["Ports", "1,200", "1,300"],
        ["Long lines", "12", "-"],
    ]
    assert drawn(["Two sentences.  With two blanks.", "And others.  As typists do it, 7 times."]) is None
    assert drawn(["one line  7"]) is None


def test_merged_cells_say_what_they_say_in_each_column() -> None:
    page = (
        "<table><tr><th rowspan=2>a<th colspan=2>2023</tr><tr><th>b<th>c</tr>"
        "<tr><td rowspan=2>x<td>1<td>2</tr><tr><td>3<td>4</tr><tr><td colspan=3>Section</tr>"
        "<tr><td>y<td>5<td>6</tr></table>"
    )
    assert parse(page, f"{DAY}.html").text == (
        "| a | 2023 | 2023 |\n| a | b | c |\n| x | 1 | 2 |\n| x | 3 | 4 |\n| Section |  |  |\n| y | 5 | 6 |"
    )


# Word


def test_what_word_hides_strikes_or_raises_is_not_read() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    paragraph = document.add_paragraph("Users: 7")
    for name in ("hidden", "strike", "double_strike", "superscript"):
        setattr(paragraph.add_run("8").font, name, True)
    paragraph.add_run(" million on 5 km")
    paragraph.add_run("2").font.superscript = True
    document.add_paragraph("First", style="List Bullet")
    document.add_paragraph("Table 1", style="Caption")
    table = document.add_table(3, 2)
    for row, texts in enumerate((("a", "b"), ("x", "1"), ("", "2"))):
        for column, words in enumerate(texts):
            table.cell(row, column).text = words
    table.cell(1, 0).merge(table.cell(2, 0))
    made = io.BytesIO()
    document.save(made)
    found = parse(made.getvalue(), f"{DAY}.docx")
    assert found.text == ("Users: 7 million on 5 km²\n\nFirst\n\nTable 1\n\n| a | b |\n| x | 1 |\n| x | 2 |")
    assert found.outline == "p i c t"


def test_notes_of_word_are_read_and_deletions_are_not() -> None:
    docx = pytest.importorskip("docx")
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = docx.Document()
    paragraph = document.add_paragraph("Users: ")
    paragraph._p.append(parse_xml(f"<w:del {space}><w:r><w:delText>8 million</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {space}><w:r><w:t>7 million.</w:t></w:r></w:ins>"))
    outer = document.add_table(1, 1)
    inner = outer.cell(0, 0).add_table(2, 2)
    for row, texts in enumerate((("a", "b"), ("x", "1"))):
        for column, words in enumerate(texts):
            inner.cell(row, column).text = words
    notes = (
        f'<w:footnotes {space}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>no</w:t></w:r></w:p>'
        '</w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>Below.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    part = Part(
        PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, notes.encode(), document.part.package
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    made = io.BytesIO()
    document.save(made)
    found = parse(made.getvalue(), f"{DAY}.docx")
    assert found.text == "Users: 7 million.\n\n| a | b |\n| x | 1 |\n\nBelow."
    assert found.outline == "p t n"


# PDF


def page_of(*lines: tuple[str, float, float], size: float = 10.0, tables=()) -> pages.Sheet:
    """A page of lines, each with where it begins; a letter is half as wide as it is high."""
    words = []
    for line, left, top in lines:
        for found in re.finditer(r"\S+", line):
            begin, end = left + found.start() * size / 2, left + found.end() * size / 2
            words.append(pages.PlacedWord(found[0], begin, end, top, top + size, size))
    return pages.Sheet(words, list(tables))


def seen_on(*sheets: pages.Sheet) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in pages.blocks_of(sheets)]


FULL = "The lines of this paragraph go on over the end of the"


def test_what_is_on_every_page_is_left_out_and_a_paragraph_goes_on() -> None:
    sheets = [
        page_of((f"Bulletin No. {n}", 50, 20), (FULL, 50, 60), (text, 50, 74), (f"- {n} -", 200, 780))
        for n, text in ((1, FULL.replace("The", "page and")), (2, "page in 2023."))
    ]
    [(kind, text)] = seen_on(*sheets)
    assert kind == PARAGRAPH
    assert text.startswith("The lines") and text.endswith("page in 2023.")
    assert "Bulletin" not in text and "- 2 -" not in text


def test_the_columns_of_a_page_are_read_one_after_the_other() -> None:
    left = [
        "The first column of the page is",
        "as wide as the second one, and",
        "its text goes on there, where",
        "it has the",
    ]
    right = [
        "rest of the sentence, which ends",
        "here.",
        "Another sentence of the column",
        "ends in its second line, too.",
    ]
    sheet = page_of(
        ("A title over both of the columns of the page that is long", 50, 40),
        *((text, 50, 80 + 14 * n) for n, text in enumerate(left)),
        *((text, 250, 80 + 14 * n) for n, text in enumerate(right)),
    )
    text = " ".join(words for _, words in seen_on(sheet))
    assert text.index("it has the") < text.index("rest of the sentence") < text.index("Another sentence")


def test_a_table_without_lines_is_told_by_where_its_pieces_stand() -> None:
    sheet = page_of(
        ("2022", 250, 40), ("2023", 350, 40),
        ("Long label of a row", 50, 56), ("1.5", 252, 56), ("2.5", 352, 56),
        ("Row", 50, 72), ("12,000", 245, 72),
        ("Last", 50, 88), ("7", 258, 88), ("8", 358, 88),
    )  # fmt: skip
    assert seen_on(sheet) == [
        (
            TABLE,
            "|  | 2022 | 2023 |\n| Long label of a row | 1.5 | 2.5 |\n| Row | 12,000 |  |\n| Last | 7 | 8 |",
        )
    ]


def test_a_table_with_lines_goes_on_over_a_page_and_its_header_comes_once() -> None:
    def sheet(*rows: tuple[str, str]) -> pages.Sheet:
        lines, cells = [], []
        for n, texts in enumerate(rows):
            for m, text in enumerate(texts):
                lines.append((text, 55.0 + 100 * m, 100.0 + 20 * n))
                left, top = 50.0 + 100 * m, 98.0 + 20 * n
                cells.append(pages.RuledCell(left, top, left + 100, top + 20))
        return page_of(*lines, tables=[cells])

    [(kind, text)] = seen_on(sheet(("a", "b"), ("x", "1")), sheet(("a", "b"), ("y", "2"), ("z", "3")))
    assert (kind, text) == (TABLE, "| a | b |\n| x | 1 |\n| y | 2 |\n| z | 3 |")


def test_small_raised_numbers_of_a_page_are_note_marks() -> None:
    sheet = page_of(("Users numbered 7 million", 50, 40))
    mark = pages.PlacedWord("2", 170, 173, 39, 45, 6)
    after = pages.PlacedWord("then.", 178, 203, 40, 50, 10)
    assert seen_on(sheet._replace(words=[*sheet.words, mark, after])) == [
        (PARAGRAPH, "Users numbered 7 million then.")
    ]


# characters


@pytest.mark.parametrize(
    ("before", "mark", "left"),
    [("3.8", "1", ""), ("7 km", "2", "²"), ("14", "th", "th"), ("x", "[12]", ""), ("2×10", "8", "⁸")],
)
def test_what_stands_above_the_line(before: str, mark: str, left: str) -> None:
    assert characters.raised(mark, before) == left


# dates


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("report-2023-07-25", DAY),
        ("a_20230725_b", DAY),
        ("通信业2023年7月25日", DAY),
        ("no-12345678-2023.7.25", DAY),
        ("2023-07-25-of-2022-12-31", DAY),
    ],
)
def test_a_file_name_holds_its_day_anywhere(name: str, day: str) -> None:
    assert parse("Users: 7.\n", f"{name}.md").date == day


@pytest.mark.parametrize("banner", ["2026年11月28日 星期六", "Saturday, November 28, 2026"])
def test_a_banner_of_today_is_no_date_where_another_stands(banner: str) -> None:
    page = f"<div>{banner}</div><h1>Half a year</h1><p>2023-07-25 10:00</p><p>Users: 7."
    assert parse(page, "a.html").date == DAY
    assert parse(f"<div>{banner}</div><p>Users: 7.", "a.html").date == "2026-11-28"


def test_big5_is_read() -> None:
    words = "截至2023年6月底，累計建成開通5G基站293.7萬個。"
    assert parse(words.encode("big5")).text == words
    assert parse("工业增加值增长，用户达到七亿。".encode("gbk")).text == "工业增加值增长，用户达到七亿。"


def test_lines_of_one_figure_go_on_about_what_stands_above_them() -> None:
    document = parse("造船完工量2900万载重吨\n\n同比增长6.2%\n\n二、其他\n\n用户达到7亿户\n")
    told = [(sentence.kind, sentence.paragraph) for sentence in document.sentences]
    assert told == [(HEADING, 1), (PARAGRAPH, 1), (HEADING, 2), (HEADING, 3)]
