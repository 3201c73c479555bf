"""The page of a document as a file: what is in it, and what is not."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import lxml.html
import page_case
import pytest
from conftest import Answer

from miit_cli.output.page import render
from miit_cli.types import CLASSES, HEADING, ITEM, PARAGRAPH, QUOTATION, TABLE

Ask = Callable[..., Answer]


def parsed(html: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(html)


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def html() -> str:
    return "".join(render(page_case.read()))


def test_the_text_stands_as_it_does_in_the_document(html: str) -> None:
    page = page_case.read()
    assert [block.kind for block in page.blocks] == [HEADING, PARAGRAPH, ITEM, ITEM, QUOTATION, TABLE]
    article = parsed(html).find(".//article")
    prose, _, _ = page_case.TEXT.partition("| City")
    plain = " ".join(re.sub(r"^(## |- |> )", "", prose, flags=re.M).split())
    assert words(article).startswith(plain)
    cells = [[words(cell) for cell in row] for row in article.xpath(".//tr")]
    assert cells == [["City", "Stations"], ["Wenzhou", "21,000"]]


def test_every_figure_has_its_class_and_a_row(html: str) -> None:
    page = parsed(html)
    figures = page.xpath("//article//a")
    assert [(each.text, each.get("class").split()[1]) for each in figures] == [
        (surface, kind.replace(" ", "-")) for surface, kind, *_ in page_case.FOUND
    ]
    for figure in figures:
        [row] = page.xpath(f"//tr[@id='{figure.get('href')[1:]}']")
        assert row.xpath(".//a")[0].get("href") == f"#{figure.get('id')}"
        assert row.get("class") in figure.get("class").split()


def test_a_row_says_what_was_read(html: str) -> None:
    row = parsed(html).xpath("//tr[@id='r4']")[0]
    told = {each.get("data-name"): words(each) for each in row.xpath(".//*[@data-name]")}
    assert told == page_case.TOLD
    doubted = parsed(html).xpath("//tr[@id='r2']")[0]
    assert page_case.DOUBT in words(doubted)


def test_one_figure_of_two_indicators_is_two_rows(html: str) -> None:
    rows = parsed(html).xpath("//tr[@data-figure='5']")
    assert [row.get("id") for row in rows] == ["r5", None]
    assert "Output of new energy vehicles" in words(rows[0])
    assert "Sales of new energy vehicles" in words(rows[1])


def test_the_legend_counts_every_class_and_every_class_has_its_colours(html: str) -> None:
    labels = [words(each) for each in parsed(html).xpath("//fieldset/label")]
    assert labels == [
        f"{kind} {3 if kind == 'no indicator' else 3 if kind == 'recorded' else 1}" for kind in CLASSES
    ]
    style = parsed(html).findtext(".//style")
    for kind in CLASSES:
        assert f".{kind.replace(' ', '-')} {{ --of" in style


def test_it_needs_nothing_else_and_lets_nothing_else_run(html: str) -> None:
    page = parsed(html)
    addresses = page.xpath("//@src | //@href")
    assert {each for each in addresses if not each.startswith("#")} == {"https://example.org/1?a=b&c"}
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest|innerHTML", html)
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy
    for element in ("style", "script"):
        [code] = page.xpath(f"//{element}")
        digest = base64.b64encode(hashlib.sha256(code.text.encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in policy
    assert not page.xpath("//@style | //@*[starts-with(name(), 'on')]")


def test_a_hostile_document_is_text() -> None:
    html = "".join(render(page_case.hostile()))
    page = parsed(html)
    assert len(page.xpath("//script")) == 1 and len(page.xpath("//style")) == 1
    assert not page.xpath("//img | //b[@onclick] | //@onerror | //@onmouseover | //@onclick")
    assert not [each for each in page.xpath("//@href") if not each.startswith("#")]
    assert "<script>window.hacked = 1</script> had" in page.find(".//article").text_content()
    assert not set("\u202e\u202c\x1b") & set(html), "what turns the text around is only shown"


def test_the_same_page_is_the_same_file() -> None:
    assert "".join(render(page_case.read())) == "".join(render(page_case.read()))


# from the command line


def test_a_page_is_written_by_its_ending_and_by_its_format(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    assert ask("docs", "2023-07", "-o", str(path)) == (0, "", "")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>") and "2.937 million" in text
    assert ask("docs", "2023-07", "-f", "html").out == text
    assert ask("docs", "2023-07", "-f", "html", "--lang", "zh").out.count("5G基站数") == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-f", "html"), "docs: a page is of one document; give its ID (`miit docs` lists them)"),
        (("2023-07", "-f", "html", "--columns", "text"), "--columns: a page has no columns"),
        (("-f", "pdf"), "--format: 'pdf' is none of table, csv"),
    ],
)
def test_what_a_page_is_not(ask: Ask, arguments: tuple[str, ...], message: str) -> None:
    answer = ask("docs", *arguments)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert answer.err.startswith(f"miit: {message}")
