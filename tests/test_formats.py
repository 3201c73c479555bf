"""Text out of each format, and what hostile files of each come to: a line, soon, and nothing read besides."""

from __future__ import annotations

import io
import os
import random
import re
import sys
import time
import zipfile
import zlib
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from miit_cli import corpus
from miit_cli.errors import InputError
from miit_cli.formats import characters, frontmatter, pdf
from miit_cli.formats import text as markdown

DAY = "2023-07-25"
SOON = 20.0  # seconds, on a busy machine; a fault of growth takes minutes


def parse(data: bytes | str, name: str):
    return corpus.parse_document(name, data.encode() if isinstance(data, str) else data)


def fault(data: bytes | str, name: str) -> str:
    with pytest.raises(InputError) as caught:
        parse(data, name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def outcome(data: bytes | str, name: str) -> str:
    """The text, or the error: any of them, but soon."""
    start = time.process_time()
    try:
        found = parse(data, name).text
    except InputError as error:
        found = str(error)
    assert time.process_time() - start < SOON
    return found


# front matter

VALUES = st.text(st.sampled_from("ab 5G:#-'\"[]{},&*!|>?%@`~\\.中。=<\t\u2028\x85\ufeff\x1b"), max_size=12)
KEYS = st.sampled_from(["a", "date", "b-c", "  a", "  d", "   e", "d e", "'q'"])
LINES = st.builds("{}:{}{}".format, KEYS, st.sampled_from(["", " ", "  "]), VALUES)
PLAIN_LINES = st.builds(
    "{}:{}".format,
    st.sampled_from(["a", "date", "b-c", "  a", "  d"]),
    st.sampled_from(["", " 5G", " '7'", ' "b"', " a:b", " a#b #", "  "]),
)


@given(st.lists(PLAIN_LINES | st.just(""), max_size=5))
def test_plain_front_matter_is_read_as_yaml_reads_it(lines):
    block = "".join(f"{line}\n" for line in lines)
    try:
        fields = frontmatter._fields(block, "x")
    except InputError:
        return
    if fields:
        assert {key: value for key, value, _line in fields} == {
            key: value
            if isinstance(value, str)
            else "; ".join(f"{inner}: {text}" for inner, text in pairs(value))
            for key, value in pairs(yaml.compose(block, Loader=yaml.CSafeLoader))
        }


def pairs(node):
    """What YAML's own tree holds, repeated keys with it: a scalar's text, a mapping's pairs."""
    for key, value in node.value:
        yield key.value, value.value if isinstance(value, yaml.ScalarNode) else value


@given(VALUES, VALUES)
def test_any_front_matter_is_fields_or_a_line(one, two):
    text = f"---\na: {one}\n{two}\n---\nUsers: 7.\n"
    try:
        fields, body = frontmatter.parse(text, "x.md")
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert all(isinstance(value, str) for value in fields.values())
        assert text[body:].startswith(("Users", "---", "a:")) or body > 0


def test_a_folder_of_many_documents_is_parsed_fast():
    data = f'---\ntitle: "x"\ndate: {DAY}\nlanguage: en\n---\n{"Users numbered 7 million. " * 60}'.encode()
    start = time.process_time()
    for _turn in range(500):
        parse(data, "x.md")
    assert time.process_time() - start < 3


# web pages

PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Half a year of industry - Daily</title>
<meta property="og:title" content="Half a year of industry">
<meta name="PubDate" content="2023-07-25 16:05">
<meta property="og:site_name" content="Daily">
<meta name="ContentSource" content="Agency">
<link rel="canonical" href="https://example.org/a">
<style>p { width: 15% }</style><script>var n = 16;</script></head>
<body><nav>Menu 17</nav><header>Site</header>
<div id="top"><h1>Half a year
of industry</h1>
<p>Base stations numbered&nbsp;<b>2.9</b>
million.<p>Users&mdash;5G ones&mdash;numbered 700&#32;million.
<ul><li>First<li>Second</ul>
<table><caption>Table 1</caption><tr><th>Indicator<th>Value</tr><tr><td>Lines<td><p>12 km</p></tr>
<tr><td>Ports<td></td><td>5</tr></table>
one<br>two
<!-- comment 18 --><div hidden>hidden 19</div><div style="display: none">hidden 20</div>
</div><footer>Footer 21</footer></body></html>
"""
PAGE_TEXT = """\
Site

Half a year of industry

Base stations numbered\N{NO-BREAK SPACE}2.9 million.

Users—5G ones—numbered 700 million.

First

Second

Table 1

| Indicator | Value |
| Lines | 12 km |
| Ports |  | 5 |

one two"""


def test_a_page_becomes_text_in_blocks():
    document = parse(PAGE, "a.html")
    assert document.text == PAGE_TEXT
    assert document.outline == "p h p p i i c t1 p"
    assert document[:5] == ("a", "a.html", DAY, "en", "Half a year of industry")
    assert document[9:] == ("", "", "Daily", "Agency", "https://example.org/a")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16", "big5"])
def test_a_page_is_read_in_the_encoding_it_claims(encoding):
    page = f"<meta charset={encoding}><title>工業</title><p>2023年7月25日<p>基站達到二百九十萬個。"
    assert parse(page.encode(encoding), "a.htm").text == "2023年7月25日\n\n基站達到二百九十萬個。"


def test_a_wrong_claim_is_not_believed():
    page = "<meta http-equiv=Content-Type content='text/html; charset=gb2312'><p>工业增长5%"
    assert parse(page, f"{DAY}.html").text == "工业增长5%"
    assert parse(page.replace("gb2312", "zip"), f"{DAY}.html").text == "工业增长5%"


def test_chinese_lines_that_the_source_broke_are_joined():
    assert (
        parse("<p>工业增加值\n  同比增长5%，\n5G基站", f"{DAY}.html").text == "工业增加值同比增长5%，5G基站"
    )


def test_the_marked_main_part_is_the_text_and_the_dateline_may_stand_above_it():
    report = "The report says that users numbered 7 million. " * 5
    page = f"<p>July 25, 2023</p><article><p>{report}</p></article><div>Read also: exports up 99%</div>"
    document = parse(page, "a.html")
    assert (document.text, document.date) == (report.strip(), DAY)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2023-07-25T08:00:00+08:00">',
        '<meta itemprop="datePublished" content="2023-07-25">',
        '<meta name=pubdate content="20230725">',
        '<meta name=date content="July 25, 2023">',
        '<meta name=date content="yesterday"><meta name=DC.date content="2023-07-25">',
        '<meta name=pubdate content="2023-02-30"><p>发布时间：2023-07-25</p>',
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2023-07-25T01:00:00Z"}]}</script>',
        '<script type="application/ld+json">{broken</script><time datetime="2023-07-25">Tuesday</time>',
        "<p>Updated: Jul 25,2023 4:05 PM</p>",
    ],
)
def test_the_date_of_a_page_is_found(head):
    assert parse(f"{head}<p>Users numbered 7 million.", "2000-01-01.html").date == DAY


def test_a_page_without_a_date_says_how_to_give_it_one():
    assert fault("<p>Users: 7.", "a.html") == (
        "a.html: has no date: begin its file name with the day of publication, YYYY-MM-DD"
    )


def test_tables_that_lay_out_a_page_are_no_rows():
    page = (
        "<table><tr><td>Menu<td><p>Users numbered 7 million.</p><p>Stations numbered 2 million.</p>"
        "<table><tr><td>Lines<td>12</table></table>"
    )
    assert parse(page, f"{DAY}.html").text == (
        "Menu\n\nUsers numbered 7 million.\n\nStations numbered 2 million.\n\n| Lines | 12 |"
    )


def test_preformatted_lines_stay_lines():
    assert parse("<pre>Users  7\nLines 8\n</pre>x", f"{DAY}.html").text == "Users 7\nLines 8\n\nx"


def test_nothing_outside_a_page_is_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret 42")
    page = (
        f'<!DOCTYPE x [<!ENTITY a "bomb"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "{secret.as_uri()}">]>'
        f'<p>&b;&c;<iframe src="{secret.as_uri()}"></iframe><object data="{secret}"></object>'
        f'<?xml-stylesheet href="{secret.as_uri()}"?><p>Users'
    )
    text = parse(page, f"{DAY}.html").text
    assert "42" not in text and "bomb" not in text and "Users" in text


def test_a_page_that_is_nested_without_end_is_refused():
    assert fault("<div>" * 300_000 + "x", "a.html") == (
        "a.html: is nested too deeply for a page: save it again, or as text"
    )


def test_a_page_without_text_is_refused():
    assert fault("<script>write('x')</script>", "a.html") == (
        "a.html: holds no text that can be seen without scripts: save its text as .txt"
    )


TAGS = ("p", "table", "tr", "td", "h1", "pre", "br", "main", "nav", "title", "script")
PIECES = [piece for tag in TAGS for piece in (f"<{tag}>", f"</{tag}>", "7")]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_mixture_of_tags_is_read(tags):
    page = "<p>7</p>" + "".join(tags)
    text = outcome(page, f"{DAY}.html")
    assert text.startswith(("7", "| 7")) and "<" not in text


# Word documents


def word(build=lambda document: None, **parts: str | bytes) -> bytes:
    """A .docx as python-docx makes it, with parts replaced: ``word__document`` is word/document.xml."""
    docx = pytest.importorskip("docx")
    document = docx.Document()
    build(document)
    made = io.BytesIO()
    document.save(made)
    replaced = {name.replace("__", "/") + ".xml": content for name, content in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, replaced.pop(name, None) or old.read(name))
        for name, content in replaced.items():
            new.writestr(name, content)
    return out.getvalue()


NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def body(xml: str, doctype: str = "") -> bytes:
    return word(word__document=f"{doctype}<w:document {NAMESPACES}><w:body>{xml}</w:body></w:document>")


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def report(document) -> None:
    document.add_heading("Half a year", 0)
    document.add_paragraph("July 25, 2023")
    document.add_heading("Industry", 2)
    document.add_paragraph("Base stations numbered\t2.9 million.\nUsers too.")
    table = document.add_table(2, 2)
    for row, cells in zip(table.rows, (("Indicator", "Value"), ("Lines", "12 km")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("End.")


def test_a_word_document_becomes_text_in_blocks():
    document = parse(word(report), "a.docx")
    assert document.text == (
        "Half a year\n\nJuly 25, 2023\n\nIndustry\n\nBase stations numbered 2.9 million.\nUsers too.\n\n"
        "| Indicator | Value |\n| Lines | 12 km |\n\nEnd."
    )
    assert (document.date, document.title) == (DAY, "Half a year")


def test_insertions_and_text_boxes_count_deletions_and_fallbacks_do_not():
    xml = (
        f"<w:p>{run('Users ')}<w:ins>{run('7')}</w:ins><w:del><w:r><w:delText>8</w:delText></w:r></w:del>"
        "</w:p><w:p><mc:AlternateContent>"
        f"<mc:Choice><w:txbxContent><w:p>{run('Box 9')}</w:p></w:txbxContent></mc:Choice>"
        f"<mc:Fallback><w:p>{run('Box 9')}</w:p></mc:Fallback></mc:AlternateContent>{run('After')}</w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run('Control 10')}</w:p></w:sdtContent></w:sdt>"
    )
    assert parse(body(xml), f"{DAY}.docx").text == "Users 7\n\nBox 9\n\nAfter\n\nControl 10"


DAMAGED = "is no Word document, or a damaged one: save it again as .docx"
UNREADABLE = "is no Word document that can be read: save it again as .docx"
TOO_MUCH = "unpacks to more than a report can hold: save its text as .txt or .md"


def test_damaged_word_documents_have_their_line():
    good = word(report)
    assert fault(good[: len(good) // 2], "a.docx") == f"a.docx: {DAMAGED}"
    assert fault(b"Users: 7.", "a.docx") == f"a.docx: {DAMAGED}"
    assert fault(b"PK\x03\x04" + b"\0" * 50, "a.docx") == f"a.docx: {DAMAGED}"
    assert fault(body("<w:p>"), "a.docx") == f"a.docx: {UNREADABLE}"
    assert fault(body(""), "a.docx") == "a.docx: holds no text: write the report into it, or remove it"
    assert fault(b"\xd0\xcf\x11\xe0" + b"x" * 600, "a.docx") == (
        "a.docx: is an old or a protected Word document: save it as .docx without a password"
    )
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as new:
        new.writestr("a.txt", "x")
    assert fault(archive.getvalue(), "a.docx") == f"a.docx: {UNREADABLE}"


def test_a_word_document_with_flipped_bytes_is_read_or_refused():
    good, dice = word(report), random.Random(7)
    for _turn in range(60):
        data = bytearray(good)
        for _flip in range(5):
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        outcome(bytes(data), f"{DAY}.docx")


def test_zip_bombs_are_not_unpacked():
    assert fault(word(word__document=b" " * 60_000_000), "a.docx") == f"a.docx: {TOO_MUCH}"
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as new:
        for number in range(6000):
            new.writestr(f"{number}", "")
    assert fault(many.getvalue(), "a.docx") == f"a.docx: {TOO_MUCH}"


def test_entities_are_not_expanded_and_nothing_outside_is_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret 42")
    doctype = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
    assert "42" not in outcome(body(f"<w:p>{run('Users')}{run('&a;')}</w:p>", doctype), f"{DAY}.docx")
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>'
    assert "haha" not in outcome(body(f"<w:p>{run('&a9;')}</w:p>", doctype), f"{DAY}.docx")


def test_word_documents_that_are_nested_without_end_are_refused():
    assert fault(body("<w:p>" * 50_000 + "</w:p>" * 50_000), "a.docx") == f"a.docx: {UNREADABLE}"


# PDF


def portable(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer\n<</Size %d/Root 1 0 R/Info<</Title(Half a year)>>>>\nstartxref\n%d\n%%%%EOF"
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer % (size, len(out))


def sheet(content: bytes, dictionary: bytes = b"") -> bytes:
    return portable(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), dictionary, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def written(*lines: str) -> bytes:
    return sheet(
        b"BT /F1 12 Tf 50 700 Td " + b" 0 -14 Td ".join(b"(%s) Tj" % line.encode() for line in lines) + b" ET"
    )


LINES_OF_PDF = (
    "July 25, 2023",
    "The base stations that had been opened in the country by the end",
    "of June numbered 2.9 million.",
    "Next.",
)


@pytest.fixture
def needs_pdfplumber():
    pytest.importorskip("pdfplumber")


@pytest.mark.usefixtures("needs_pdfplumber")
class TestPdf:
    def test_a_pdf_becomes_paragraphs(self):
        document = parse(written(*LINES_OF_PDF), "a.pdf")
        assert document.text == (
            "July 25, 2023\n\n"
            "The base stations that had been opened in the country by the end of June numbered 2.9 million."
            "\n\nNext."
        )
        assert (document.date, document.title) == (DAY, "Half a year")

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"Users: 7.", "is no PDF, or a damaged one: save it again"),
            (written("Users: 7.")[:200], "is a PDF that cannot be read: save its text as .txt"),
            (b"%PDF-1.4\n1 0 obj\n" + b"[" * 200_000, "is a PDF that cannot be read: save its text as .txt"),
            (sheet(b""), "holds no text, only pictures of it: run OCR on it, or save its text"),
            (
                portable(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
                "is a PDF that cannot be read: save its text as .txt",
            ),
            (
                sheet(zlib.compress(b"(" + b"a" * 100_000_000, 9), b"/Filter/FlateDecode"),
                "is a PDF that cannot be read: save its text as .txt",
            ),
        ],
        ids=["no PDF", "cut", "nested", "empty", "loop", "bomb"],
    )
    def test_each_wrong_pdf_has_its_line(self, data, message):
        assert fault(data, "a.pdf") == f"a.pdf: {message}"

    def test_a_protected_pdf_says_so(self):
        pypdf = pytest.importorskip("pypdf")
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(written("Users: 7.")))
        writer.encrypt("secret", algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)
        assert fault(out.getvalue(), "a.pdf") == "a.pdf: is protected by a password: save it without one"

    def test_a_pdf_that_takes_too_long_is_given_up(self, monkeypatch):
        monkeypatch.setattr(pdf, "_SECONDS", 0.01)
        assert fault(written("Users: 7."), "a.pdf") == (
            "a.pdf: takes more than 0.01 seconds to read: save its text as .txt"
        )

    def test_no_module_is_taken_from_the_working_folder(self, tmp_path, monkeypatch):
        (tmp_path / "json.py").write_text("raise SystemExit(99)")
        (tmp_path / "pdfplumber.py").write_text("raise SystemExit(99)")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "path", ["", *sys.path])
        assert "Next." in parse(written(*LINES_OF_PDF), "a.pdf").text


# what is not installed


@pytest.mark.parametrize(
    ("module", "suffix", "extra"),
    [("lxml.etree", "html", "html"), ("docx", "docx", "docx"), ("pdfplumber", "pdf", "pdf")],
)
def test_a_missing_library_is_named_with_its_extra(module, suffix, extra, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    assert fault(b"%PDF-", f"a.{suffix}") == (
        f"a.{suffix}: reading this format needs {module.partition('.')[0]}: pip install 'miit[{extra}]'"
    )


PROSE = [
    *("ports", "港口。", "2.5", "2022年", "12) ", "* ", "# ", "> ", "| a | b |", "---", "===", "```"),
    *("<div>", "**b**", "&amp;", "[a]: x", "\n", "\n\n", " ", "    ", "\t", "\u3000", "\x0c", "\x1f"),
    "1  2\n3  4\n",
]


@given(st.lists(st.sampled_from(PROSE), max_size=9).map("".join))
def test_prose_without_markup_is_parted_as_the_parser_parts_it(prose):
    with pytest.MonkeyPatch.context() as patch:
        blocks = markdown.blocks_of(prose)
        patch.setattr(markdown, "_MARKED", re.compile(""))  # all is left to the parser
        assert markdown.blocks_of(prose) == blocks


def test_text_needs_no_library_and_loads_none():
    code = (
        "import sys; from miit_cli import corpus; "
        f"corpus.parse_document('a.md', b'---\\ndate: {DAY}\\n---\\nUsers: 7.'); "
        "print(sorted({'lxml', 'docx', 'pdfplumber', 'json', 'pydantic', 'rich'} & set(sys.modules)))"
    )
    import subprocess

    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(corpus.__file__).parent.parent)},
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


# our own regular expressions


def test_collapsing_white_space_is_linear():
    start = time.process_time()
    assert characters.collapsed(("中" + "\n " * 2000) * 500 + "x").startswith("中中")
    assert time.process_time() - start < 2
