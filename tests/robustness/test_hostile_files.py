"""Hostile files of each format end soon, whatever they are made of: time grows with length, and no faster."""

from __future__ import annotations

import time

import pytest
from test_formats import DAY, body, outcome, run

BIG = 300_000
HOSTILE_PAGES = {
    "nested": "<div>" * BIG + "x",
    "nested and closed": "<div>" * 900 + "</p>" * BIG + "x",
    "formatting": "".join(f"<b a={number}><p>" for number in range(BIG // 10)) + "x",
    "tables": "<table><tr><td>a" * BIG,
    "tables just allowed": "<table><tr><td>a<td>b" * 200 + "<p>x" * (BIG // 10),
    "rows": "<tr><td>x" * (BIG // 5),
    "less than": "<" * BIG,
    "ampersands": "&" * BIG,
    "comments": "x<!--" * BIG,
    "open comment": "x<!--" + "- " * BIG,
    "open attribute": "x<a b='" + "<" * BIG,
    "attributes": "x<a " + " ".join(f"a{number}" for number in range(BIG)) + ">",
    "script": "x<script>" + "</scrip " * BIG,
    "linked data": '<script type="application/ld+json">' + "[" * BIG + "</script>x",
    "declarations": "x" + "<!DOCTYPE" * BIG,
    "space": "<p>x" + "\n \t" * BIG + "x",
    "broken lines": "<p>" + "中\n" * BIG,
    "metadata": '<meta name=date content="2023-02-30">' * BIG + "x",
    "title": "<title>" + "x" * BIG,
}


@pytest.mark.parametrize("name", HOSTILE_PAGES)
def test_hostile_pages_end_soon(name):
    assert outcome(HOSTILE_PAGES[name], f"{DAY}.html")


def test_long_word_documents_end_soon():
    assert outcome(body(f"<w:p>{run('Users: 7.')}</w:p>" * 50_000), f"{DAY}.docx").count("Users") == 50_000


UNITS = (
    "-",
    "---\n",
    "2023-",
    "2023年",
    "Jan ",
    "一",
    "date ",
    "date:",
    "* ",
    " ",
    "a:",
    "a: ",
    '"',
    "# ",
    "#",
    "charset=",
    "\n",
    "：",
)


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_length_and_no_faster(unit):
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        fields = f"---\ndate: {DAY}\ntitle: {text[:60_000]}\n---\n" if "\n" not in unit else ""
        start = time.process_time()
        for name, data in (("a.md", text), (f"{DAY}.md", fields + text), (f"{DAY}.html", f"<p>{text}")):
            outcome(data, name)
        return time.process_time() - start

    small, large = (min(seconds(size) for _turn in range(2)) for size in (25_000, 200_000))
    assert large < max(small, 0.01) * 8 * 6
