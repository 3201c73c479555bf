"""References to a figure, read back with the programs that those use who cite; and links in terminals."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import fake_corpus
import pytest
from citeproc import Citation as CslCitation
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from conftest import Answer
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from pybtex.database import parse_string

from miit_cli.output.citation import Citation, Reference, render
from miit_cli.output.terminal import knows_links, link_target

Ask = Callable[..., Answer]
STATIONS, GROWTH = "5g-base-stations", "industrial-value-added-growth"
NOTES = hashlib.sha256(fake_corpus.ENGLISH.encode()).hexdigest()
HALF = hashlib.sha256(fake_corpus.CHINESE.encode()).hexdigest()


@pytest.fixture(autouse=True)
def corpus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    return fake_corpus.use(monkeypatch, tmp_path)


# Markdown


def test_markdown_is_a_footnote_with_document_day_sentence_and_hash(ask: Ask) -> None:
    assert ask("cite", STATIONS, "2025", "--status", "target") == (
        0,
        "[^5g-base-stations-2025]: 5G base stations built and opened, 2025: "
        "more than 3,600,000 stations (target). "
        '*Notes on "new" networks & industry*. Office of Notes, 2023-03-01. Press day. '
        "Sentence 2: “By the end of February the base stations of 5G were 2.384 million, "
        f"and by 2025 there will be over 3.6 million.” `notes`, SHA-256 `{NOTES}`. <https://example.org/notes/1?a=b&c=d>\n",
        "",
    )


def test_markdown_in_chinese(ask: Ask) -> None:
    assert ask("cite", STATIONS, "2023-06", "--lang", "zh") == (
        0,
        "[^5g-base-stations-2023-06]: 5G基站数，2023-06：2,937,000个. *上半年情况*. 2023-07-20. "
        f"第1句：“截至6月底，5G基站达到293.7万个。” `half-year`, SHA-256 `{HALF}`.\n",
        "",
    )


def test_markdown_it_reads_the_footnote(ask: Ask) -> None:
    text = f"As reported.[^{STATIONS}-2023-02]\n\n" + ask("cite", STATIONS, "2023-02").out
    html = MarkdownIt().use(footnote_plugin).render(text)
    assert '<section class="footnotes">' in html
    assert "<em>Notes on &quot;new&quot; networks &amp; industry</em>" in html
    assert 'href="https://example.org/notes/1?a=b&amp;c=d"' in html
    assert "[^" not in html


# BibTeX


def test_bibtex(ask: Ask) -> None:
    assert ask("cite", GROWTH, "2023-01..2023-02", "-f", "bibtex") == (
        0,
        "@misc{notes:industrial-value-added-growth-2023-01..2023-02,\n"
        "  author = {{Office of Notes}},\n"
        '  title = {{Notes on "new" networks \\& industry}},\n'
        "  howpublished = {Press day},\n"
        "  date = {2023-03-01},\n"
        "  year = {2023},\n"
        "  month = mar,\n"
        "  url = {https://example.org/notes/1?a=b&c=d},\n"
        "  note = {Growth of value added of industry above designated size, 2023-01..2023-02: about 2.4\\% "
        "(expected). Sentence 3: “Industrial output rose by 3.6\\% in 2022; for the first two months, "
        f"about 2.4\\% is expected.” SHA-256 {NOTES}.}},\n"
        "}\n",
        "",
    )


def test_pybtex_reads_the_entry(ask: Ask) -> None:
    database = parse_string(ask("cite", STATIONS, "2023-06", "-f", "bibtex").out, "bibtex")
    [(key, entry)] = database.entries.items()
    assert (key, entry.type) == ("half-year:5g-base-stations-2023-06", "misc")
    assert dict(entry.fields) == {
        "title": "{上半年情况}",
        "date": "2023-07-20",
        "year": "2023",
        "month": "July",
        "note": "5G base stations built and opened, 2023-06: 2,937,000 stations. "
        f"Sentence 1: “截至6月底，5G基站达到293.7万个。” SHA-256 {HALF}.",
    }


# CSL-JSON


def rendered(source: str) -> str:
    """How citeproc sets the first entry of a bibliography."""
    items = json.loads(source)
    for item in items:
        item.pop("custom")
    bibliography = CitationStylesBibliography(
        CitationStylesStyle("harvard-cite-them-right", validate=False), CiteProcJSON(items), formatter.plain
    )
    bibliography.register(CslCitation([CitationItem(items[0]["id"])]))
    return str(bibliography.bibliography()[0])


def test_citeproc_sets_the_item(ask: Ask) -> None:
    text = rendered(ask("cite", STATIONS, "2023-02", "-f", "csl-json").out)
    assert "Office of Notes" in text
    assert "2023" in text
    assert "Notes on" in text


def test_csl_json(ask: Ask) -> None:
    [item] = json.loads(ask("cite", STATIONS, "2023-06", "-f", "csl-json").out)
    assert item == {
        "id": "half-year:5g-base-stations-2023-06",
        "type": "report",
        "title": "上半年情况",
        "issued": {"date-parts": [[2023, 7, 20]]},
        "language": "zh-CN",
        "abstract": "截至6月底，5G基站达到293.7万个。",
        "note": "5G base stations built and opened, 2023-06: 2,937,000 stations. "
        f"Sentence 1: “截至6月底，5G基站达到293.7万个。” SHA-256 {HALF}.",
        "custom": {"document": "half-year", "sentence": 1, "sha256": HALF},
    }


# whatever a document says


@given(st.text(), st.text(), st.text(), st.text())
def test_nothing_in_a_document_breaks_a_reference(title: str, publisher: str, quote: str, url: str) -> None:
    reference = Reference(
        *(
            "x-2022",
            "X, 2022: 1",
            "doc",
            title,
            publisher,
            "",
            "2023-03-01",
            "",
            url,
            "en",
            1,
            quote,
            "0" * 64,
        )
    )
    written = {form: render(reference, form, "en") for form in Citation}
    assert not any(re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text) for text in written.values())
    assert written[Citation.MARKDOWN].count("\n") == 1
    [item] = json.loads(written[Citation.CSL_JSON])
    assert item.get("title", "") == title


@given(st.text(alphabet="{}\\%$#&_~^abc é中\"'@,="))
def test_bibtex_stays_balanced(text: str) -> None:
    reference = Reference(
        *("x-2022", "X, 2022: 1", "doc", text, text, text, "2023-03-01", text, text, "en", 1, text, "0" * 64)
    )
    database = parse_string(render(reference, Citation.BIBTEX, "en"), "bibtex")
    assert list(database.entries) == ["doc:x-2022"]


def test_an_original_in_fields_is_named_by_title_publisher_and_day() -> None:
    told = (
        "title: Teleconference: minutes; publisher: A Service; date: 2022-08-18; sha256: 09; paragraphs: all"
    )
    reference = Reference(
        *("x-2022", "X, 2022: 1", "doc", "T", "", "", "2023-03-01", told, "", "en", 1, "Q.", "0" * 64)
    )
    assert render(reference, Citation.MARKDOWN, "en") == (
        "[^x-2022]: X, 2022: 1. *T*. 2023-03-01. Sentence 1: “Q.” "
        f"Source: Teleconference: minutes, A Service, 2022-08-18. `doc`, SHA-256 `{'0' * 64}`.\n"
    )
    assert "Source: The Daily." in render(reference._replace(source="The Daily"), Citation.MARKDOWN, "en")


# what is asked for


@pytest.mark.parametrize(
    ("name", "start"), [("a.md", "[^5g"), ("a.bib", "@misc"), ("a.json", "[\n  {"), ("a.txt", "[^5g")]
)
def test_the_ending_decides(ask: Ask, tmp_path: Path, name: str, start: str) -> None:
    path = tmp_path / name
    assert ask("cite", STATIONS, "2023-06", "-o", str(path)) == (0, "", "")
    assert path.read_text("utf-8").startswith(start)


def test_parts_of_a_reference_as_a_table(ask: Ask) -> None:
    columns = ("--columns", "key,document,sentence,date")
    expected = "key,document,sentence,date\n5g-base-stations-2023-06,half-year,1,2023-07-20\n"
    assert ask("cite", STATIONS, "2023-06", *columns) == (0, expected, "")
    assert ask("cite", STATIONS, "2023-06", "-f", "csv", *columns) == (0, expected, "")


def test_no_such_figure(ask: Ask) -> None:
    answer = ask("cite", STATIONS, "2019")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "miit: 5g-base-stations has no record for 2019; there is 2023-02, 2023-06, 2025\n"


def test_a_format_that_is_none(ask: Ask) -> None:
    answer = ask("cite", STATIONS, "2023-06", "-f", "ris")
    assert answer == (
        2,
        "",
        "miit: --format: 'ris' is none of markdown, bibtex, csl-json, table, csv, tsv, json, ndjson\n",
    )


# sources and links


def test_show_sources_is_a_column(ask: Ask) -> None:
    answer = ask("show", STATIONS, "--sources", "--columns", "period,source", "--document", "notes")
    assert answer == (
        0,
        "period,source\n"
        '2023-02,"Notes on ""new"" networks & industry. Office of Notes. 2023-03-01. https://example.org/notes/1?a=b&c=d"\n'
        '2025,"Notes on ""new"" networks & industry. Office of Notes. 2023-03-01. https://example.org/notes/1?a=b&c=d"\n',
        "",
    )
    assert ask("show", STATIONS, "--sources").out.split("\n")[0].endswith(",quote,confidence,source")
    assert ask("show", STATIONS).out.split("\n")[0].endswith(",quote,confidence")


def test_show_sources_below_each_record(ask: Ask) -> None:
    answer = ask("show", STATIONS, "--sources", "--quotes", "-f", "table", env={"COLUMNS": "300"})
    lines = [line.strip() for line in answer.out.splitlines()]
    place = lines.index("截至6月底，5G基站达到293.7万个。")
    assert lines[place + 1].startswith("上半年情况. 2023-07-20. /")


def test_links_lead_to_the_page_or_to_the_file(ask: Ask, corpus: Path) -> None:
    answer = ask("show", STATIONS, "-f", "table", "--color", "always", env={"FORCE_HYPERLINK": "1"})
    links = re.findall("\x1b\\]8;[^;]*;([^\x1b]+)\x1b\\\\([^\x1b]+)\x1b\\]8;;\x1b\\\\", answer.out)
    assert set(links) == {
        ("https://example.org/notes/1?a=b&c=d", "notes"),
        (f"file://{corpus}/half-year.md", "half-year"),
    }


@pytest.mark.parametrize(
    "arguments", [("--color", "never"), ("-f", "csv", "--color", "always")], ids=" ".join
)
def test_no_links_without_colours_or_in_data(ask: Ask, arguments: tuple[str, ...]) -> None:
    answer = ask("show", STATIONS, "-f", "table", *arguments, env={"FORCE_HYPERLINK": "1"})
    assert "\x1b]8" not in answer.out


@pytest.mark.parametrize(
    ("environ", "terminal", "expected"),
    [
        ({"TERM_PROGRAM": "iTerm.app"}, True, True),
        ({"TERM_PROGRAM": "iTerm.app"}, False, False),
        ({"TERM_PROGRAM": "Apple_Terminal"}, True, False),
        ({"TERM": "xterm-kitty"}, True, True),
        ({"TERM": "dumb", "WT_SESSION": "x"}, True, False),
        ({"VTE_VERSION": "7006"}, True, True),
        ({"VTE_VERSION": "4600"}, True, False),
        ({"VTE_VERSION": "new"}, True, False),
        ({"FORCE_HYPERLINK": "1"}, False, True),
        ({"FORCE_HYPERLINK": "0", "WT_SESSION": "x"}, True, False),
        ({}, True, False),
    ],
)
def test_which_terminals_know_links(environ: Mapping[str, str], terminal: bool, expected: bool) -> None:
    assert knows_links(environ, terminal) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a b?c=d", "https://example.org/a%20b?c=d"),
        ("https://example.org/\x1b]8;;", "https://example.org/%1B]8;;"),
        ("javascript:alert(1)", "file:///tmp/a%20b.md"),
        ("http://[broken\n", "http://[broken%0A"),
        ("", "file:///tmp/a%20b.md"),
    ],
)
def test_where_links_lead(url: str, expected: str) -> None:
    assert link_target(url, "/tmp/a b.md") == expected
