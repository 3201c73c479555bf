"""Which files make a corpus, what a file says of itself, and the one line for each wrong input."""

from __future__ import annotations

import os
import socket
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miit_cli import corpus, outline
from miit_cli.errors import ExitCode, InputError
from miit_cli.types import ParsedDocument

REPORT = "---\ndate: 2023-07-25\n---\nBase stations numbered 2.9 million.\n"


def put(path: Path, text: str | bytes = REPORT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def parse(text: str | bytes, name: str = "report.md"):
    return corpus.parse_document(name, text if isinstance(text, bytes) else text.encode())


def fault(call, *arguments) -> str:
    with pytest.raises(InputError) as caught:
        call(*arguments)
    assert caught.value.exit_code == ExitCode.INPUT
    assert "\n" not in str(caught.value)
    return str(caught.value)


# finding


def names(*paths: object) -> list[str]:
    return [Path(path).name for path in corpus.files([str(path) for path in paths])]


def test_folders_are_searched_deeply_and_in_order_of_id(tmp_path):
    for name in ("b.md", "a/c.txt", "a/deep/er/a.html", "A.markdown", "d.PDF", "e.docx", "f.htm"):
        put(tmp_path / name)
    assert names(tmp_path) == ["A.markdown", "a.html", "b.md", "c.txt", "d.PDF", "e.docx", "f.htm"]


def test_hidden_files_locks_other_suffixes_and_the_frames_of_saved_pages_are_passed_over(tmp_path):
    put(tmp_path / "a.md")
    for name in (
        ".b.md",
        ".git/c.md",
        "~$d.docx",
        "e.csv",
        "README",
        "page_files/frame.html",
        "x.files/f.md",
    ):
        put(tmp_path / name)
    put(tmp_path / "page.html")
    assert names(tmp_path) == ["a.md", "f.md", "page.html"]


def test_a_file_that_is_named_is_taken_whatever_its_suffix(tmp_path):
    assert names(put(tmp_path / ".notes")) == [".notes"]


def test_files_and_folders_mix_and_what_is_reached_twice_counts_once(tmp_path):
    one, two = put(tmp_path / "x/one.md"), put(tmp_path / "two.md")
    assert names(one, tmp_path, two, tmp_path / "x", tmp_path / "x" / ".." / "two.md") == ["one.md", "two.md"]


def test_order_does_not_depend_on_the_order_of_the_paths(tmp_path):
    paths = [put(tmp_path / f"{name}/{name}.md") for name in "cab"]
    assert names(*paths) == names(*reversed(paths)) == ["a.md", "b.md", "c.md"]


def test_links_are_followed_and_loops_end(tmp_path):
    put(tmp_path / "in/a.md")
    put(tmp_path / "out/b.md")
    (tmp_path / "in/up").symlink_to(tmp_path / "in", target_is_directory=True)
    (tmp_path / "in/out").symlink_to(tmp_path / "out", target_is_directory=True)
    (tmp_path / "out/back").symlink_to(tmp_path / "in", target_is_directory=True)
    (tmp_path / "in/self").symlink_to(tmp_path / "in/self")
    (tmp_path / "in/same.md").symlink_to(tmp_path / "in/a.md")
    assert names(tmp_path / "in") == ["a.md", "b.md"]


def test_a_folder_of_links_alone_is_not_empty(tmp_path):
    (tmp_path / "links").mkdir()
    (tmp_path / "links/a.md").symlink_to(put(tmp_path / "real/z.md"))
    assert names(tmp_path / "links") == ["a.md"]


def test_the_bundled_corpus_is_found_by_name():
    assert corpus.bundled_path().is_dir()
    assert corpus.bundled_path().name == "corpus"


def test_bundled_mixes_with_paths(tmp_path, monkeypatch):
    put(tmp_path / "corpus/a.md")
    monkeypatch.setattr(corpus, "bundled_path", lambda: tmp_path / "corpus")
    assert names("bundled", put(tmp_path / "b.md")) == ["a.md", "b.md"]


def test_a_path_that_is_wrong_is_named_with_the_remedy(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty/er").mkdir(parents=True)
    put(tmp_path / "other/a.csv")
    remedy = "name a folder or a file of documents, or `bundled`"
    kinds = "put files in it that end in .md, .markdown, .txt, .html, .htm, .docx, .pdf"
    assert fault(corpus.files, ["nowhere"]) == f"nowhere: no such file or directory: {remedy}"
    assert fault(corpus.files, [""]) == f"'': is no path: {remedy}"
    assert fault(corpus.files, ["a\0b"]) == f"a�b: is no path: {remedy}"
    assert fault(corpus.files, ["x" * 5000]).endswith(f": file name too long: {remedy}")
    assert fault(corpus.files, ["empty"]) == f"empty: holds no documents: {kinds}"
    assert fault(corpus.files, ["other"]) == f"other: holds no documents: {kinds}"
    assert fault(corpus.files, ["e\x1b[31m"]) == f"e�[31m: no such file or directory: {remedy}"


def test_two_documents_of_one_id_are_an_error_that_names_both(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "in/a.md")
    put(tmp_path / "in/sub/a.html")
    assert fault(corpus.files, ["in"]) == "in/sub/a.html: has the same id as in/a.md (a): rename one of them"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_that_may_not_be_read_is_named(tmp_path):
    put(tmp_path / "in/a.md")
    (tmp_path / "in").chmod(0)
    try:
        assert "permission denied" in fault(corpus.files, [str(tmp_path / "in")])
    finally:
        (tmp_path / "in").chmod(0o755)


def test_with_a_reporter_the_rest_goes_on(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "a.md")
    put(tmp_path / "sub/a.txt")
    put(tmp_path / "sub/b.txt")
    said: list[InputError] = []
    found = corpus.files(["nowhere", "."], report=said.append)
    assert [Path(path).name for path in found] == ["a.md", "b.txt"]
    assert [str(error).split(":")[0] for error in said] == ["nowhere", "sub/a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="file names are text there")
def test_a_file_name_that_is_no_text_is_named_readably(tmp_path):
    name = os.fsdecode("上半年.md".encode("gb18030"))
    try:
        put(tmp_path / name)
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    assert fault(corpus.files, [str(tmp_path)]).endswith("上半年.md: its name is not in UTF-8: rename it")


def test_printable_names_have_one_form_and_no_controls():
    assert corpus.printable("a\x1b[1m\u202eb\n") == "a�[1m�b�"
    assert corpus.document_id("x/cafe\u0301.md") == "caf\u00e9"
    assert corpus.document_id("2023-07-25-a.b.md") == "2023-07-25-a.b"


# reading bytes


def test_bytes_are_read_as_they_are(tmp_path):
    assert corpus.read_bytes(put(tmp_path / "a", b"\r\n\xff\0")) == b"\r\n\xff\0"


def test_what_is_no_file_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    remedy = "correct the name, or make it readable"
    assert fault(corpus.read_bytes, "nowhere.md") == f"nowhere.md: no such file or directory: {remedy}"
    Path("link.md").symlink_to("nowhere.md")
    assert fault(corpus.read_bytes, "link.md") == f"link.md: no such file or directory: {remedy}"
    Path("loop.md").symlink_to("loop.md")
    assert fault(corpus.read_bytes, "loop.md") == f"loop.md: too many levels of symbolic links: {remedy}"
    assert fault(corpus.read_bytes, "a\0") == f"a�: is no path: {remedy}"
    Path("folder.md").mkdir()
    assert (
        fault(corpus.read_bytes, "folder.md")
        == "folder.md: is a folder, not a file: save the document in a file"
    )


@pytest.mark.skipif(os.name == "nt", reason="no such files there")
def test_pipes_sockets_and_devices_are_no_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.md")
    with socket.socket(socket.AF_UNIX) as end:
        end.bind("socket.md")
        remedy = "not a file: save the document in a file"
        assert fault(corpus.read_bytes, "pipe.md") == f"pipe.md: is a pipe, {remedy}"
        assert fault(corpus.read_bytes, "/dev/zero") == f"/dev/zero: is a device, {remedy}"
        assert fault(corpus.read_bytes, "socket.md").startswith("socket.md: ")


def test_enormous_files_are_refused_before_they_are_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with open("huge.md", "wb") as file:
        file.truncate(1 << 40)
    assert fault(corpus.read_bytes, "huge.md") == (
        "huge.md: is larger than 32 MB, more than a report can be: split it"
    )


# documents

ALL_FIELDS = """\
---
title: "Half-year: 5G and industry"
date: 2023-07-25
language: en
area: Guangdong
event: symposium
publisher: Daily
source: {repository: data, file: a.json}
url: https://example.org/a?b#c
note: not read
---
Base stations numbered 2.9 million. Users numbered 700 million.
"""


def test_a_document_says_all_of_itself():
    document = parse(ALL_FIELDS, "in/2023-07-25-symposium.md")
    assert document._replace(text="", sentences=()) == ParsedDocument(
        id="2023-07-25-symposium",
        path="in/2023-07-25-symposium.md",
        date="2023-07-25",
        language="en",
        title="Half-year: 5G and industry",
        text="",
        outline=document.outline,
        sentences=(),
        sha256=sha256(ALL_FIELDS.encode()).hexdigest(),
        area="Guangdong",
        event="symposium",
        publisher="Daily",
        source="repository: data; file: a.json",
        url="https://example.org/a?b#c",
    )
    assert document.text == "Base stations numbered 2.9 million. Users numbered 700 million."
    assert [document.text[sentence.start : sentence.end] for sentence in document.sentences] == [
        "Base stations numbered 2.9 million.",
        "Users numbered 700 million.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "prose", ["5G基站达到290万个。\n用户7亿。", "Base stations: 2.9 million.\nUsers: 7."]
)
def test_text_is_the_same_in_each_encoding_and_with_each_line_end(encoding, end, prose):
    text = f"---\ntitle: 上半年 report\ndate: 2023-07-25\n---\n{prose}\n".replace("\n", end)
    document = parse(text.encode(encoding))
    assert document.text == prose
    assert (document.date, document.title) == ("2023-07-25", "上半年 report")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "gb18030", "utf-8"])
@pytest.mark.parametrize(
    "text", ["2023年7月25日，基站达到二百九十万个。", "中国工业增长", "一、工业\n7月25日"]
)
def test_short_chinese_texts_are_recognised_in_each_encoding(encoding, text):
    assert parse(text.encode(encoding), "2023-07-25.txt").text == text


def test_front_matter_and_text_lose_controls():
    text = '---\ntitle: "a\\x1b[31mred\\u202e"\ndate: 2023-07-25\n---\n\x1b[31mUsers: 7.\n'
    document = parse(text)
    assert document.title == "a[31mred"
    assert document.text == "Users: 7."  # a terminal's sequence is no text


def test_a_field_has_an_end():
    assert len(parse(f"---\ntitle: {'x' * 5000}\ndate: 2023-07-25\n---\n").title) == 1000


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("---\ndate: 2023-07-25\n---\n", "2023-07-25"),
        ("---\npublished: 2023-07-25\n---\n", "2023-07-25"),
        ("---\nDate: '2023-7-5'\n---\n", "2023-07-05"),
        ("---\ndate: 2023-07-25T16:05:00+08:00\n---\n", "2023-07-25"),
        ("---\ndate: 2023-07-25 16:05\n---\n", "2023-07-25"),
        ("---\ndate: 20230725\n---\n", "2023-07-25"),
        ("---\ndate: Jul 25, 2023\n---\n", "2023-07-25"),
        ("---\ndate: 2023年7月25日\n---\n", "2023-07-25"),
        ("Headline\n\nUpdated: Jul 25,2023 4:05 PM\n\nUsers: 7.\n", "2023-07-25"),
        ("Headline\n\n**Published:** July 25th, 2023\n", "2023-07-25"),
        ("Headline\nDate: 2023-07-25\n", "2023-07-25"),
        ("Published on 25 July 2023 by the ministry\n", "2023-07-25"),
        ("标题\n\n发布时间：2023-07-25 16:05  来源：日报\n", "2023-07-25"),
        ("标题\n来源：日报 发布时间：2023/07/25\n", "2023-07-25"),
        ("标题\n\n2023年7月25日\n\n用户达7亿。", "2023-07-25"),
        ("标题\n（２０２３年７月２５日）\n", "2023-07-25"),
        ("标题\n\n二〇二三年七月二十五日\n", "2023-07-25"),
        ("2023年7月25日，会议在京召开，今年以来用户达7亿。", "2023-07-25"),
        ("日报北京2023年7月25日电 用户达7亿。", "2023-07-25"),
        ("BEIJING, July 25, 2023 (Daily) -- Users reached 7 million.", "2023-07-25"),
        ("On July 25, 2023, a meeting was held, and users reached 7 million.", "2023-07-25"),
        ("# Statement of 25th of July, 2023\n\nUsers reached 7 million.", "2023-07-25"),
        ("# Report\n\n2023-07-25 16:05\n", "2023-07-25"),
        ("# Report\n\nSept. 3, 2024\n", "2024-09-03"),
    ],
)
def test_the_date_is_found(text, day):
    assert parse(text).date == day


@pytest.mark.parametrize(
    "name", ["2023-07-25-a.md", "20230725.txt", "2023_07_25 a.md", "2023年7月25日报告.md"]
)
def test_the_date_of_a_file_name_is_the_last_resort(name):
    assert parse(
        "Users reached 7 million by June 30, 2023, said the ministry in a long line.", name
    ).date == ("2023-07-25")
    assert parse("Updated: 2022-01-02\n", name).date == "2022-01-02"


@pytest.mark.parametrize(
    "text",
    [
        "Users: 7.",
        "By July 25, 2023, users reached 7 million.",
        "截至2023年6月30日，用户达7亿。",
        "2027年1月1日起，新标准实施。",
        "《标准》2027年1月1日实施",
        "The meeting that the ministry held in Beijing on July 25, 2023 was about users, among much else.",
        "In July 2023 users reached 7 million.",
        "\n".join(["A line of the report."] * 30 + ["Updated: July 25, 2023"]),
    ],
)
def test_a_day_that_the_text_only_speaks_of_is_no_date(text):
    assert fault(parse, text) == (
        "report.md: has no date: begin it with the lines `---`, `date: YYYY-MM-DD`, `---`, "
        "or its file name with YYYY-MM-DD"
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: 'From: front matter'\n---\n# Heading\n", "From: front matter"),
        ("Daily, 25 July.\n\n## A heading ##\n\nText.\n", "A heading"),
        ("A short first line\n\nText.\n", "A short first line"),
        ("Users reached 7 million.\n", ""),
        ("***\n", ""),
    ],
)
def test_the_title_is_found(text, title):
    assert parse(text, "2023-07-25.md").title == title


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("---\nlanguage: en\n---\n中文", "en"),
        ("---\nlanguage: zh-CN\n---\nEnglish", "zh"),
        ("---\nlang: Chinese\n---\nEnglish", "zh"),
        ("---\nlanguage: no\nlang: no\n---\nx", None),
        ("基站达到290万个，5G用户超7亿。", "zh"),
        ("Base stations: 2.9 million, said 工业和信息化部.", "en"),
        ("123", "en"),
    ],
)
def test_the_language_is_found(text, language):
    if language:
        assert parse(text, "2023-07-25.md").language == language
    else:
        assert "unknown language 'no'" in fault(parse, text, "2023-07-25.md")


@pytest.mark.parametrize("area", ["全国", "China", "national", "''", "~"])
def test_the_nation_is_no_area(area):
    assert parse(f"---\narea: {area}\ndate: 2023-07-25\n---\n").area == ""


BROKEN = "write `key: value` lines"
SHAPE = "its front matter is not made of `key: value` lines: mend or remove it"
NO_TEXT = "is no text in UTF-8, UTF-16, GB18030 or Big5: save it as UTF-8 text, or as .html, .docx or .pdf"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "x.md: is empty: write the report into it, or remove it"),
        (b" \r\n\t ", "x.md: is empty: write the report into it, or remove it"),
        (bytes(range(256)) * 20, f"x.md: {NO_TEXT}"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, f"x.md: {NO_TEXT}"),
        (b"Users: 7.\nMore\0than 7.", f"x.md: {NO_TEXT}"),
        (
            "用户7\n7亿\0".encode("utf-16"),
            f"x.md:2: is no text (a null character): {NO_TEXT.partition(': ')[2]}",
        ),
        (b"\xff\xfea", f"x.md: {NO_TEXT}"),
        ("一行\n".encode() * 50 + "二".encode()[:2], f"x.md:51: {NO_TEXT}"),
        (b"%PDF-1.7\n", "x.md: is no text: it is a PDF: give it the suffix .pdf"),
        (b"{\\rtf1 x}", "x.md: is no text: it is rich text: save it as .docx"),
        (b"\xd0\xcf\x11\xe0....", "x.md: is no text: it is an old office document: save it as .docx"),
        (
            b"PK\x03\x04....",
            "x.md: is no text: it is a zip archive: if it is a Word document, give it the suffix .docx",
        ),
        (b"---\ntitle: x\ndate: 2023-02-30\n---\n", "x.md:3: there is no such day: 2023-02-30: correct it"),
        (b"---\ndate: 2023-13-01\n---\n", "x.md:2: there is no such day: 2023-13-01: correct it"),
        (b"---\ndate: 0023-01-01\n---\n", "x.md:2: there is no such day: 0023-01-01: correct it"),
        (b"---\ndate: Febuary 3, 2023\n---\n", "x.md:2: there is no such day: Febuary 3, 2023: correct it"),
        (b"---\ndate: soon\n---\n", "x.md:2: is no date: 'soon': write date: YYYY-MM-DD"),
        (b"---\ndate: 2023-07\n---\n", "x.md:2: is no date: '2023-07': write date: YYYY-MM-DD"),
        (
            b"---\ndate: 2023-07-25 or so\n---\n",
            "x.md:2: is no date: '2023-07-25 or so': write date: YYYY-MM-DD",
        ),
        (b"---\ndate: {a: 1}\n---\n", "x.md:2: is no date: 'a: 1': write date: YYYY-MM-DD"),
        (b"Updated: Feb 30, 2023\n", "x.md: there is no such day: Feb 30, 2023: correct it"),
        (
            b"---\ndate: 2023-07-25\ntitle: x\ndate: 2023-07-26\n---\n",
            "x.md:4: its front matter contradicts itself: two values for 'date': keep one",
        ),
        (
            b"---\nlang: en\nlanguage: zh\n---\n",
            "x.md:3: its front matter contradicts itself: two values for 'language': keep one",
        ),
        (
            b"---\r\ndate: 2023-07-25\r\nlanguage: tlh\r\n---\r\n",
            "x.md:3: unknown language 'tlh': write en or zh, or remove it",
        ),
        (
            b"---\ndate: 2023-07-25\nUsers: 7.\n",
            "x.md:1: its front matter is never closed: end it with a line ---",
        ),
        (
            b"---\ntitle: a: b\n---\n",
            "x.md:2: a value holds a colon: write it in quotes: title: 'a: b'",
        ),
        (
            b'---\ndate: 2023-07-25\ntitle: "a\n---\n',
            f"x.md:4: its front matter is broken: it is no YAML: {BROKEN}",
        ),
        (
            b"---\ntitle: a\x01b\n---\n",
            f"x.md:2: its front matter is broken: a character that YAML forbids: {BROKEN}",
        ),
        (b"---\n- a\n- b\n---\n", f"x.md:2: {SHAPE}"),
        (b"---\njust words\n---\n", f"x.md:2: {SHAPE}"),
        (b"---\n? {a: b}\n: c\n---\n", f"x.md:2: {SHAPE}"),
        (b"---\na: &x b\nc: *x\n---\n", "x.md:3: its front matter uses an alias (*): write the value out"),
    ],
)
def test_each_wrong_document_has_its_line(data, message):
    assert fault(parse, data, "x.md") == message


def test_front_matter_that_is_nested_deep_is_refused_in_one_line() -> None:
    """By PyYAML, which has a limit from 6.0.4 on, or by us."""
    with pytest.raises(InputError, match=r"^x\.md:\d: its front matter is .*`key: value` lines") as caught:
        corpus.parse_document("x.md", b"---\na: " + b"[" * 1000 + b"\n---\n")
    assert "\n" not in str(caught.value)


def test_a_date_that_stands_twice_and_agrees_is_no_contradiction():
    assert parse("---\ndate: 2023-07-25\npublished: 2023-07-25\n---\n").date == "2023-07-25"


def test_a_rule_at_the_top_is_no_front_matter():
    assert parse("---\n\nUsers: 7.\n", "2023-07-25.md").text == "Users: 7."


def test_an_endless_line_is_a_document():
    assert len(parse(b"Users numbered 7 million, " * 200_000, "2023-07-25.md").text) == 5_199_999


def test_a_file_name_in_an_error_brings_no_control_sequence():
    assert (
        fault(parse, b"", "a\x1b[2Jb\n.md") == "a�[2Jb�.md: is empty: write the report into it, or remove it"
    )


# texts that are in no file


def test_a_text_becomes_a_document():
    document = corpus.text_document("5G用户达7亿。", id="text", date="2023-07-25")
    assert (document.id, document.path, document.date, document.language, document.outline) == (
        "text",
        "",
        "2023-07-25",
        "zh",
        "p",
    )
    assert [sentence.number for sentence in document.sentences] == [1]


def test_the_front_matter_of_a_text_is_passed_over():
    document = corpus.text_document(REPORT, id="text", date="2024-01-01", language="en")
    assert (document.date, document.text) == ("2024-01-01", "Base stations numbered 2.9 million.")


def test_an_argument_that_is_no_text_still_is_a_document():
    assert corpus.text_document("a\udcffb", id="text", date="2024-01-01").text == "a?b"


def test_any_bytes_make_a_document_or_a_line():
    @given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
    def holds(data: bytes) -> None:
        try:
            document = parse(data, "2023-07-25.md")
        except InputError as error:
            assert "\n" not in str(error)
        else:
            document.text.encode()
            shown = [part.end for part in outline.parts(document.text, document.outline)]
            assert shown[-1:] == [len(document.text)] * bool(document.text)
            assert document == parse(data, "2023-07-25.md")

    holds()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The ministry said so (MIIT).Profits rose. Sales reached 3 million.Exports fell.", 4),
        ("See www.Example.com and Fig.No 3 of the U.S.Department at gov.cn.", 1),
        ("It grew 4.5 percent, Mr. Li of Hua Ltd. said.", 1),
    ],
)
def test_a_stop_without_a_blank_ends_a_sentence_where_a_word_is_behind_it(text: str, count: int) -> None:
    assert len(corpus.text_document(text, id="note", date="2023-01-01").sentences) == count
