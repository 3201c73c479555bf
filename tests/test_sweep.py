"""One and the same report in every format and dress: the same records come out of all of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest
import report_formats
from report_formats import Report, wrapped

from miit_cli import corpus, vocabulary
from miit_cli.periods import label
from miit_cli.reading.reader import Reader
from miit_cli.types import UNEXPLAINED

ENGLISH = Report(
    "en",
    "2023-07-25",
    "The first half of the year",
    [
        [
            "In the first half of 2023 the value added of industrial enterprises above designated size grew "
            "by 3.8% year on year, and manufacturing value added was up 4.2%.",
            "In the same period the value added of high-tech manufacturing rose 1.7%.",
        ],
        [
            "At the end of June 2023 the country had built and opened a total of 2.937 million 5G "
            "base stations.",
            "By the end of June 2023 the number of 5G mobile phone users had reached 676 million.",
        ],
        ["In the first half of 2023 software revenue was 5,517 billion yuan, up 14.2%."],
    ],
)
CHINESE = Report(
    "zh",
    "2023-07-25",
    "上半年情况",
    [
        [
            "2023年上半年，规模以上工业增加值同比增长3.8%，制造业增加值同比增长4.2%，高技术制造业增加值同比增长1.7%。",
            "工业经济总体呈现稳步恢复的态势。",
        ],
        ["截至2023年6月底，全国累计建成开通5G基站293.7万个，5G移动电话用户达6.76亿户。"],
        ["2023年上半年，软件业务收入55170亿元，同比增长14.2%。"],
    ],
)
RECORDS = {
    ("industrial-value-added-growth", "3.8", "2023-H1"),
    ("manufacturing-value-added-growth", "4.2", "2023-H1"),
    ("high-tech-manufacturing-value-added-growth", "1.7", "2023-H1"),
    ("5g-base-stations", "2937000", "2023-06"),
    ("5g-mobile-subscribers", "676000000", "2023-06"),
    ("software-revenue", "5517000000000", "2023-H1"),
    ("software-revenue-growth", "14.2", "2023-H1"),
}
NUMBER = re.compile(r"\d[\d.,]*\d%?|\d%")
VALUES = re.compile(r"3\.8|4\.2|1\.7|2\.937|293\.7|676|6\.76|5,?517(?!\d)|55170|14\.2")


def markdown(report: Report, dressed: Callable[[str], str]) -> str:
    return f"# {report.title}\n\n" + "\n\n".join(map(dressed, report.texts)) + "\n"


def page(report: Report, inside: str) -> str:
    return f"<meta charset=utf-8><title>{report.title}</title><h1>{report.title}</h1>{inside}"


def paragraphs(report: Report, dressed: Callable[[str], str]) -> str:
    return page(report, "".join(f"<p>{dressed(text)}</p>" for text in report.texts))


def sentences(report: Report) -> list[str]:
    return [sentence for paragraph in report.paragraphs for sentence in paragraph]


def marked(mark: str) -> Callable[[str], str]:
    """Values with something around or behind them: ``{}`` is the value."""
    return lambda text: VALUES.sub(lambda found: mark.replace("{}", found[0]), text)


def noted(mark: str) -> Callable[[str], str]:
    """A note mark behind each clause with a value."""
    clause = re.compile(r"(\d%|[万亿](?=[个户元])|llion)(?=[,.，。 个户元])")
    return lambda text: clause.sub(rf"\g<1>{mark}", text)


def lines(report: Report, columns: int, first: str = "", further: str = "") -> str:
    return f"{report.title}\n\n" + "\n\n".join(
        first + wrapped(text, columns - len(first), report.language).replace("\n", f"\n{further}")
        for text in report.texts
    )


def bullets(report: Report, mark: str, columns: int = 0) -> str:
    items = [
        wrapped(text, columns, report.language).replace("\n", "\n  ") if columns else text
        for text in sentences(report)
    ]
    return f"# {report.title}\n\n" + "\n".join(f"{mark} {item}" for item in items)


def spaced(text: str) -> str:
    """A blank between a Chinese character and a number or a letter, as many sites set it."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[\dA-Z])|(?<=[\d%G])(?=[\u4e00-\u9fff])", " ", text)


def subtitles(report: Report) -> str:
    shown = "\n".join(wrapped(text, 34, report.language) for text in sentences(report)).split("\n")
    return "\n".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{line}\n" for n, line in enumerate(shown, 1)
    )


def word_runs(report: Report) -> bytes:
    """A Word document whose runs end in the middle of numbers, with hidden and struck-out ones among them."""
    import io

    import docx

    document = docx.Document()
    document.add_heading(report.title, 1)
    for text in report.texts:
        paragraph = document.add_paragraph()
        for piece in re.split(r"(?<=\d)(?=[.\d])", text):
            paragraph.add_run(piece).bold = piece[:1].isdigit()
            hidden, struck, mark = (paragraph.add_run(word) for word in ("77%", "88 million", "3"))
            hidden.font.hidden, struck.font.strike, mark.font.superscript = True, True, True
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


# signs, groupings, scripts: one sentence or two, written in each way

FALLS = {
    "en": "In the first half of 2023 industrial export delivery value changed by {}% year on year.",
    "zh": "2023年上半年，规模以上工业出口交货值同比增长{}%。",
}
MINUS_SIGNS = {
    "hyphen": "-4.8",
    "minus": "\N{MINUS SIGN}4.8",
    "en dash": "\N{EN DASH}4.8",
    "no-break hyphen": "\N{NON-BREAKING HYPHEN}4.8",
    "figure dash": "\N{FIGURE DASH}4.8",
    "full-width": "\N{FULLWIDTH HYPHEN-MINUS}4.8",
    "small": "\N{SMALL HYPHEN-MINUS}4.8",
}
STATIONS = {
    "en": "At the end of June 2023 the country had {} 5G base stations.",
    "zh": "截至2023年6月底，全国5G基站达{}个。",
}
GROUPINGS = {
    "none": "2937000",
    "commas": "2,937,000",
    "full-width commas": "2\N{FULLWIDTH COMMA}937\N{FULLWIDTH COMMA}000",
    "blanks": "2 937 000",
    "no-break": "2\N{NO-BREAK SPACE}937\N{NO-BREAK SPACE}000",
    "narrow": "2\N{NARROW NO-BREAK SPACE}937\N{NARROW NO-BREAK SPACE}000",
    "thin": "2\N{THIN SPACE}937\N{THIN SPACE}000",
    "apostrophes": "2'937'000",
    "typographic apostrophes": "2’937’000",
    "points": "2.937.000",
    "full-width digits": "\uff12\uff19\uff13\uff17\uff10\uff10\uff10",
}
ENVELOPES = ("md", "txt", "html", "docx")
TRADITIONAL = str.maketrans(
    "规业值长电动户万个开设计软务亿体现态势稳恢复济总经国与随时间达数据将对这为",
    "規業值長電動戶萬個開設計軟務億體現態勢穩恢復濟總經國與隨時間達數據將對這為",
)


def enveloped(text: str, form: str) -> bytes:
    match form:
        case "html":
            return f"<meta charset=utf-8><p>{text}</p>".encode()
        case "docx":
            return report_formats.word("", [text])
        case _:
            return f"{text}\n".encode()


def values(data: bytes, form: str) -> list[tuple[str, str]]:
    for module in NEEDS.get(form, ()):
        pytest.importorskip(module)
    reading = reader().read(corpus.parse_document(f"2023-07-25.{form}", data))
    return [(one.indicator, str(one.value)) for one in reading.observations]


@pytest.mark.parametrize("form", ENVELOPES)
@pytest.mark.parametrize("language", FALLS)
@pytest.mark.parametrize("sign", MINUS_SIGNS)
def test_each_minus_sign_is_one(sign: str, language: str, form: str) -> None:
    text = FALLS[language].format(MINUS_SIGNS[sign])
    assert values(enveloped(text, form), form) == [("export-delivery-value-growth", "-4.8")]


@pytest.mark.parametrize("form", ENVELOPES)
@pytest.mark.parametrize("language", STATIONS)
@pytest.mark.parametrize("grouping", GROUPINGS)
def test_each_grouping_of_digits_is_one_number(grouping: str, language: str, form: str) -> None:
    text = STATIONS[language].format(GROUPINGS[grouping])
    assert values(enveloped(text, form), form) == [("5g-base-stations", "2937000")]


@pytest.mark.parametrize("form", ENVELOPES)
def test_traditional_characters_are_the_same_report(form: str) -> None:
    text = "\n\n".join(CHINESE.texts).translate(TRADITIONAL)
    assert text != "\n\n".join(CHINESE.texts)
    got = values(enveloped(text, form), form)
    assert sorted(got) == sorted((slug, value) for slug, value, _ in RECORDS)


Made = Callable[[Report], str | bytes]
DRESSES: dict[str, tuple[str, Made]] = {
    "plain": ("md", lambda r: markdown(r, str)),
    "bold values": ("md", lambda r: markdown(r, marked("**{}**"))),
    "bold values, underscores": ("md", lambda r: markdown(r, marked("<b>{}</b>"))),
    "italic sentences": ("md", lambda r: markdown(r, lambda text: f"*{text}*")),
    "code": ("md", lambda r: markdown(r, marked("`{}`"))),
    "links": ("md", lambda r: markdown(r, marked("[{}](https://example.org/2023/06/28-7-million)"))),
    "bare addresses": (
        "md",
        lambda r: markdown(r, lambda text: text + " https://example.org/99-million.html"),
    ),
    "struck out": ("md", lambda r: markdown(r, marked("~~99.9%~~{}"))),
    "deleted": ("md", lambda r: markdown(r, marked("<del>99.9</del>{}"))),
    "comments": ("md", lambda r: markdown(r, lambda text: f"<!-- {text.replace('4', '5')} -->\n{text}")),
    "note marks": ("md", lambda r: markdown(r, noted("[^1]")) + "\n[^1]: Preliminary figure of 7.\n"),
    "raised note marks": ("md", lambda r: markdown(r, noted("<sup>2</sup>"))),
    "bracketed note marks": ("md", lambda r: markdown(r, noted("[12]"))),
    "superscripts": ("md", lambda r: markdown(r, noted("²"))),
    "entities": ("md", lambda r: markdown(r, lambda text: text.replace("%", "&#37;"))),
    "soft hyphens": (
        "md",
        lambda r: markdown(r, lambda text: re.sub(r"(?<=[a-z]{3})(?=[a-z]{3})", "\xad", text)),
    ),
    "zero width": ("md", lambda r: markdown(r, lambda text: re.sub(r"(?<=\d)", "\u200b", text))),
    "ligatures": ("md", lambda r: markdown(r, lambda text: text.replace("fi", "ﬁ"))),
    "wrapped at 60": ("md", lambda r: lines(r, 60)),
    "wrapped at 80": ("md", lambda r: lines(r, 80)),
    "wrapped at 120": ("md", lambda r: lines(r, 120)),
    "wrapped at 45, text": ("txt", lambda r: lines(r, 45)),
    "wrapped at 72, text": ("txt", lambda r: lines(r, 72)),
    "wrapped at 72, Windows": ("txt", lambda r: lines(r, 72).replace("\n", "\r\n")),
    "indented text": ("txt", lambda r: lines(r, 72, "    ")),
    "indented lines": ("txt", lambda r: lines(r, 72, "      ", "      ")),
    "ideographic indent": ("txt", lambda r: lines(r, 72, "　　")),
    "quotation": ("md", lambda r: lines(r, 72, "> ", "> ")),
    "bullets": ("md", lambda r: bullets(r, "-")),
    "stars": ("md", lambda r: bullets(r, "*")),
    "round bullets": ("md", lambda r: bullets(r, "•")),
    "numbers": ("md", lambda r: bullets(r, "1.")),
    "wrapped bullets": ("md", lambda r: bullets(r, "-", 60)),
    "page": ("html", lambda r: paragraphs(r, str)),
    "page with emphasis": ("html", lambda r: paragraphs(r, marked("<b>{}</b>"))),
    "page with spans": (
        "html",
        lambda r: paragraphs(r, lambda text: re.sub(r"\d", r"<span>\g<0></span>", text)),
    ),
    "page with no-break spaces": (
        "html",
        lambda r: paragraphs(r, lambda text: text.replace("illion ", "illion&nbsp;")),
    ),
    "page with note marks": ("html", lambda r: paragraphs(r, noted("<sup><a href=#n>[3]</a></sup>"))),
    "page with raised marks": ("html", lambda r: paragraphs(r, marked("{}<sup>1</sup>"))),
    "page with what is withdrawn": (
        "html",
        lambda r: paragraphs(r, marked("<s>1.1</s><span style='text-decoration: line-through'>2.2</span>{}")),
    ),
    "page with hidden text": ("html", lambda r: paragraphs(r, marked("<i style='display:none'>9.9</i>{}"))),
    "page broken by br": (
        "html",
        lambda r: page(
            r,
            "".join(f"<p>{wrapped(text, 60, r.language)}</p>".replace("\n", "<br>") for text in r.texts),
        ),
    ),
    "page of sentences and br": (
        "html",
        lambda r: page(r, "<div>" + "<br>".join(sentences(r)) + "</div>"),
    ),
    "page of a list": ("html", lambda r: page(r, f"<ul><li>{'<li>'.join(sentences(r))}</ul>")),
    "page of a quotation": (
        "html",
        lambda r: page(r, f"<blockquote>{'<br><br>'.join(r.texts)}</blockquote>"),
    ),
    "page laid out by tables": (
        "html",
        lambda r: page(
            r, f"<table><tr><td>Menu 5<td>{''.join(f'<p>{text}</p>' for text in r.texts)}</table>"
        ),
    ),
    "spans and formulas": ("md", lambda r: markdown(r, marked("[${}$]{.mark}"))),
    "a fence": ("md", lambda r: f"```\n{lines(r, 70)}\n```\n"),
    "blanks between scripts": ("md", lambda r: markdown(r, spaced)),
    "subtitles": ("txt", subtitles),
    "table of one column": (
        "md",
        lambda r: "| text |\n|---|\n" + "".join(f"| {text} |\n" for text in r.texts),
    ),
    "table of passages": (
        "html",
        lambda r: page(r, "<table>" + "".join(f"<tr><th>Part<td>{text}" for text in r.texts) + "</table>"),
    ),
    "page that a script shows": (
        "html",
        lambda r: page(
            r,
            '<div id="js_content" style="visibility: hidden; opacity: 0">'
            + "".join(f"<section><p><span>{text}</span></p></section>" for text in r.texts)
            + "</div>",
        ),
    ),
    "mail": (
        "html",
        lambda r: page(
            r,
            "".join(
                f"<p class=MsoNormal><span>{text}<o:p></o:p></span></p><p>&nbsp;</p>" for text in r.texts
            ),
        ),
    ),
    "Word": ("docx", lambda r: report_formats.word(r.title, [*r.texts])),
    "Word with runs": ("docx", word_runs),
    "PDF": ("pdf", lambda r: report_formats.pdf(r, 1)),
    "PDF of two columns": ("pdf", lambda r: report_formats.pdf(r, 2)),
}
NEEDS = {"docx": ("docx",), "pdf": ("pdfplumber", "reportlab"), "html": ("lxml",)}


@cache
def reader() -> Reader:
    return Reader(vocabulary.load())


@pytest.mark.parametrize("report", [ENGLISH, CHINESE], ids=lambda report: report.language)
@pytest.mark.parametrize("name", DRESSES)
def test_a_dress_changes_no_record(name: str, report: Report) -> None:
    suffix, made = DRESSES[name]
    for module in NEEDS.get(suffix, ()):
        pytest.importorskip(module)
    data = made(report)
    document = corpus.parse_document(
        f"{report.date}.{suffix}", data.encode() if isinstance(data, str) else data
    )
    reading = reader().read(document)
    got = {(one.indicator, str(one.value), label(one.start, one.end)) for one in reading.observations}
    assert got == RECORDS, document.text
    assert UNEXPLAINED not in {figure.kind for figure in reading.figures}
    for one in reading.observations:
        assert document.text[one.span_start : one.span_end] == one.surface
