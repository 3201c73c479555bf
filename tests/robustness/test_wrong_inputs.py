"""Every wrong input has its answer: one line that names what is at fault and the remedy, and the exit code.

``test_corpus`` and ``test_vocabulary`` hold the line for each wrong document and vocabulary as the functions
say it; here the program is asked, with the wrong file alone, among good ones, and with ``--skip-bad``.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from guard import Answered, assert_is_refused, assert_keeps_the_contract, report

from miit_cli import corpus
from miit_cli.commands import COMMANDS
from miit_cli.commands import command as function_of
from miit_cli.invocation import Parameter, parameters
from miit_cli.options import Typed

Ask = Callable[..., Answered]

SHOW = ("show", "5g-base-stations")
SUPERUSER = hasattr(os, "geteuid") and os.geteuid() == 0
NO_TEXT = "is no text in UTF-8, UTF-16, GB18030 or Big5: save it as UTF-8 text, or as .html, .docx or .pdf"
NO_DATE = (
    "has no date: begin it with the lines `---`, `date: YYYY-MM-DD`, `---`, or its file name with YYYY-MM-DD"
)
SHAPE = "its front matter is not made of `key: value` lines: mend or remove it"

# wrong documents: the bytes of ``bad.md``, and the line behind the path
WRONG_BYTES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", ": is empty: write the report into it, or remove it"),
    "blank": (b"\n \t\r\n", ": is empty: write the report into it, or remove it"),
    "binary": (bytes(range(256)) * 9, f": {NO_TEXT}"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, f": {NO_TEXT}"),
    "program": (b"\x7fELF" + bytes(200), f": {NO_TEXT}"),
    "null in text": (b"Users: 7.\nMore\0 than 7.", f": {NO_TEXT}"),
    "half a character": ("用户7亿。\n".encode() * 40 + b"\xe7\x94", f":41: {NO_TEXT}"),
    "a pdf by another name": (b"%PDF-1.7\n", ": is no text: it is a PDF: give it the suffix .pdf"),
    "no date": (b"There were 7 users.\n", f": {NO_DATE}"),
    "never closed": (
        b"---\ndate: 2023-07-25\nThere were 7 users.\n",
        ":1: its front matter is never closed: end it with a line ---",
    ),
    "no such day": (
        b"---\ntitle: x\ndate: 2023-02-29\n---\nx\n",
        ":3: there is no such day: 2023-02-29: correct it",
    ),
    "no such month": (b"---\ndate: 2023-13-01\n---\nx\n", ":2: there is no such day: 2023-13-01: correct it"),
    "the thirty-first of April": (
        b"---\ndate: April 31, 2023\n---\nx\n",
        ":2: there is no such day: April 31, 2023: correct it",
    ),
    "no day": (b"---\ndate: last week\n---\nx\n", ":2: is no date: 'last week': write date: YYYY-MM-DD"),
    "a control sequence for a date": (
        b'---\ndate: "\\e[31mred"\n---\nx\n',
        ":2: is no date: '[31mred': write date: YYYY-MM-DD",
    ),
    "two dates": (
        b"---\ndate: 2023-07-25\ndate: 2023-07-26\n---\nx\n",
        ":3: its front matter contradicts itself: two values for 'date': keep one",
    ),
    "two languages": (
        b"---\ndate: 2023-07-25\nlang: en\nlanguage: zh\n---\nx\n",
        ":4: its front matter contradicts itself: two values for 'language': keep one",
    ),
    "a language that is not read": (
        b"---\ndate: 2023-07-25\nlanguage: fr\n---\nx\n",
        ":3: unknown language 'fr': write en or zh, or remove it",
    ),
    "broken": (
        b"---\ndate: 2023-07-25\ntitle: a: b\n---\nx\n",
        ":3: a value holds a colon: write it in quotes: title: 'a: b'",
    ),
    "a list": (b"---\n- 2023-07-25\n---\nx\n", f":2: {SHAPE}"),
    "many brackets": (b"---\ndate: " + b"[" * 30 + b"]" * 30 + b"\n---\nx\n", f":2: {SHAPE}"),
    "laughs": (
        b"---\na: &a x\nb: [*a, *a]\ndate: 2023-07-25\n---\nx\n",
        ":3: its front matter uses an alias (*): write the value out",
    ),
    "python in YAML": (
        b"---\ndate: !!python/object/apply:os.system ['true']\n---\nx\n",
        ":2: is no date: 'true': write date: YYYY-MM-DD",
    ),
}


@pytest.fixture(params=WRONG_BYTES)
def wrong(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """A folder of two good documents and a bad one, and the line that the bad one gets."""
    folder = tmp_path / "reports"
    report(folder, "2024-01-01-first.md", "3.1")
    report(folder, "2024-03-01-third.md", "3.5")
    data, line = WRONG_BYTES[request.param]
    (folder / "bad.md").write_bytes(data)
    return folder, f"{folder}/bad.md{line}"


@pytest.mark.parametrize("index", [(), ("--no-cache",)], ids=["index", "no index"])
def test_a_bad_file_among_good_ones_is_named(
    ask: Ask, wrong: tuple[Path, str], index: tuple[str, ...]
) -> None:
    folder, line = wrong
    for _ in range(2):  # the second question finds an index that was left unfinished
        assert_is_refused(ask(*SHOW, "--corpus", str(folder), *index), 3, line)
        assert_is_refused(ask(*SHOW, "--corpus", str(folder / "bad.md"), *index), 3, line)


def test_a_bad_file_is_skipped_and_said_where_that_was_asked_for(ask: Ask, wrong: tuple[Path, str]) -> None:
    folder, line = wrong
    command = (*SHOW, "--columns", "value", "--no-header", "--corpus", str(folder), "--skip-bad")
    told = f"miit: skipped: {line}\nmiit: 1 skipped, 2 read\n"
    for index in ((), ("--no-cache",)):
        for _ in range(2):
            assert ask(*command, *index) == (0, "3100000\n3500000\n", told)


def test_a_wrong_text_to_check_is_named_alike(ask: Ask, wrong: tuple[Path, str]) -> None:
    folder, line = wrong
    answer = ask("check", "--file", str(folder / "bad.md"))
    if NO_DATE in line:  # a text that is checked may do without one
        assert_keeps_the_contract(answer)
    else:
        assert_is_refused(answer, 3, line)


# files that are none, and folders


def fifo(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    socket.socket(socket.AF_UNIX).bind(str(path))


def enormous(path: Path) -> None:
    with path.open("wb") as file:  # holes: it takes no room
        file.truncate(corpus.MAX_BYTES + 1)


def looping(path: Path) -> None:
    path.symlink_to(path.name)


def unreadable(path: Path) -> None:
    path.write_text("---\ndate: 2024-01-01\n---\nx\n")
    path.chmod(0)


READABLE = "correct the name, or make it readable"
NO_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a pipe": (fifo, "is a pipe, not a file: save the document in a file"),
    "a socket": (listening, f"no such device or address: {READABLE}"),
    "a folder": (Path.mkdir, ""),
    "enormous": (enormous, "is larger than 32 MB, more than a report can be: split it"),
    "a link to itself": (looping, f"too many levels of symbolic links: {READABLE}"),
    "a link to nowhere": (lambda path: path.symlink_to("nowhere"), f"no such file or directory: {READABLE}"),
    "a link to a device": (
        lambda path: path.symlink_to("/dev/zero"),
        "is a device, not a file: save the document in a file",
    ),
    "unreadable": (unreadable, f"permission denied: {READABLE}"),
}


@pytest.mark.parametrize("name", NO_FILES)
def test_what_is_no_file_is_named_and_can_be_skipped(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if name == "unreadable" and SUPERUSER:
        pytest.skip("the superuser may read everything")
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    report(Path("r"))
    make, line = NO_FILES[name]
    make(Path("r/bad.md"))
    good = "3377000\n"
    command = (*SHOW, "--columns", "value", "--no-header", "--corpus", "r")
    if not line:  # a folder by the name of a document is searched like any
        assert ask(*command) == (0, good, "")
        return
    assert_is_refused(ask(*command), 3, f"r/bad.md: {line}")
    told = f"miit: skipped: r/bad.md: {line}\nmiit: 1 skipped, 1 read\n"
    assert ask(*command, "--skip-bad") == (0, good, told)


def test_two_documents_of_one_id_are_named(ask: Ask, tmp_path: Path) -> None:
    first, second = report(tmp_path / "a"), report(tmp_path / "b")
    line = f"{second}: has the same id as {first} (2024-02-01-talk): rename one of them"
    assert_is_refused(ask(*SHOW, "--corpus", str(tmp_path)), 3, line)
    answer = ask(*SHOW, "--corpus", str(tmp_path), "--skip-bad", "--columns", "value", "--no-header")
    assert answer == (0, "3377000\n", f"miit: skipped: {line}\nmiit: 1 skipped, 1 read\n")


def test_folders_that_lead_back_into_themselves_are_read_once(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a" / "b")
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "side").symlink_to("b")
    (tmp_path / "a" / "again.md").symlink_to("b/2024-02-01-talk.md")
    answer = ask("docs", "--corpus", str(tmp_path), "--columns", "records", "--no-header")
    assert answer == (0, "1\n", "")


def test_a_folder_without_end_is_read(ask: Ask, tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(60):
        deep = deep / "deeper"
    report(deep)
    assert ask(*SHOW, "--columns", "value", "--no-header", "--corpus", str(tmp_path)).out == "3377000\n"


FOLDERS = {
    "missing": (
        lambda path: None,
        "no such file or directory: name a folder or a file of documents, or `bundled`",
    ),
    "empty": (
        Path.mkdir,
        "holds no documents: put files in it that end in .md, .markdown, .txt, .html, .htm, .docx, .pdf",
    ),
    "a link to itself": (
        looping,
        "too many levels of symbolic links: name a folder or a file of documents, or `bundled`",
    ),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_folders_that_are_none_are_named_each_time_alike(ask: Ask, tmp_path: Path, name: str) -> None:
    make, line = FOLDERS[name]
    make(tmp_path / "reports")
    for _ in range(2):
        assert_is_refused(
            ask(*SHOW, "--corpus", str(tmp_path / "reports")), 3, f"{tmp_path / 'reports'}: {line}"
        )
    answer = ask(*SHOW, "--corpus", str(tmp_path / "reports"), "--skip-bad")
    assert (answer.code, answer.out) == (1, "") and line in answer.err.splitlines()[0]


def test_an_endless_line_is_read_to_its_end(ask: Ask, tmp_path: Path) -> None:
    path = report(tmp_path)
    filler = "word, " * 50_000
    path.write_text(path.read_text().replace("\nAt", f"\n{filler}\nAt") + filler, encoding="utf-8")
    assert ask(*SHOW, "--columns", "value", "--no-header", "--corpus", str(tmp_path)).out == "3377000\n"


# vocabularies

GOOD_ENTRY = """[[indicator]]
slug = "tram-count"
label = "Trams"
unit = "vehicle"
measure = "level"
nature = "stock"
"""
VOCABULARIES = {
    "empty": (b"", "holds no indicator; write a [[indicator]] table for each"),
    "binary": (bytes(range(256)), "line 2: no UTF-8 text; save the file as UTF-8"),
    "syntax": (b"[[indicator]\n", "no TOML: "),
    "unknown key": (
        GOOD_ENTRY.encode() + b'colour = "red"\n',
        "indicator 1 'tram-count': unknown key 'colour'; the keys are ",
    ),
    "unknown unit": (
        GOOD_ENTRY.replace("vehicle", "vehicel").encode(),
        "indicator 1 'tram-count': unknown unit 'vehicel'; perhaps vehicle",
    ),
    "slug twice": (
        GOOD_ENTRY.encode() * 2,
        "indicator 2 'tram-count': indicator 1 has this slug already; rename one",
    ),
    "alias of another": (
        GOOD_ENTRY.encode() + b'aliases = ["xiaojuren"]\n',
        "alias 'xiaojuren' of indicator 'tram-count' is also the alias 'xiaojuren' of",
    ),
    "nested too deep": (b"x = " + b"[" * 9000, "no vocabulary: brackets nested too deep"),
}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_wrong_vocabulary_is_named(ask: Ask, tmp_path: Path, name: str) -> None:
    data, line = VOCABULARIES[name]
    path = tmp_path / "mine.toml"
    path.write_bytes(data)
    answer = ask(*SHOW, "--vocabulary", str(path))
    assert_keeps_the_contract(answer)
    assert answer.code == 3 and answer.err.startswith(f"miit: {path}: {line}"), answer.err


# every option with nonsense

NONSENSE = (
    *(
        "",
        "  ",
        "-",
        "--",
        "--help",
        "-1",
        "0",
        "99999999999999999999",
        "nan",
        "1e400",
        "..",
        "2023-07..2022-01",
    ),
    *(
        "2022-02-30",
        "2022..",
        "{}",
        "[bold]",
        "%s%n",
        "a\nb",
        "\x1b[31m",
        "\0",
        "ü\u202e",
        "\udcff",
        "x" * 5000,
    ),
    *(
        "/nonexistent/\n",
        "/dev/null",
        "/proc/self/mem",
        "bundled",
        "$(true)",
        "' OR 1=1 --",
        "../../etc/passwd",
    ),
)
ENOUGH: dict[str, tuple[str, ...]] = {  # the arguments that a command needs before its options
    "show": SHOW[1:],
    "plot": SHOW[1:],
    "diff": ("2022", "2023"),
    "get": ("5g-base-stations", "2022-07"),
    "cite": ("5g-base-stations", "2022-07"),
    "search": ("5g",),
    "check": ("By the end of July 2022, the country had built 5 million 5G base stations.",),
}


def valued(name: str) -> Iterator[Parameter]:
    return (parameter for parameter in parameters(function_of(name)) if parameter.kind is not bool)


@pytest.mark.parametrize(
    ("name", "parameter"),
    [(name, parameter) for name in COMMANDS for parameter in valued(name)],
    ids=lambda value: value.name if isinstance(value, Parameter) else value,
)
def test_every_option_with_nonsense(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, parameter: Parameter
) -> None:
    monkeypatch.chdir(tmp_path)  # where nonsense may be the name of a file to write
    shared = parameter.name in Typed._fields  # one piece of code for all commands: each takes its part
    for nonsense in NONSENSE[list(COMMANDS).index(name) % 3 :: 3] if shared else NONSENSE:
        flag = parameter.param.flags.split()[:1]
        given = [*ENOUGH.get(name, ()), *flag, nonsense] if flag else [nonsense, *ENOUGH.get(name, ())[1:]]
        answer = ask(name, *given)
        assert_keeps_the_contract(answer)
        judged = name == "check" and answer.code == 1  # which may stand in the file that was named
        if answer.code == 1 and not judged:
            assert answer.out == "", given
        if answer.code not in (0, 4) and not answer.out and not judged:
            assert answer.err, given
        assert [path for path in tmp_path.iterdir() if path.suffix == ".part"] == []


@pytest.mark.parametrize(
    "name",
    ["--help", "-f", "", " ", "\x1b]0;x\x07", "\0", "\u202eabc", "\udcff\udcfe", "x" * 1_000_000, "\n\n"],
)
def test_names_that_are_none(ask: Ask, name: str) -> None:
    for command in (("show", "--", name), ("get", "--", name, "2022"), ("plot", "--", name)):
        answer = ask(*command)
        assert_keeps_the_contract(answer)
        assert (answer.code, answer.out) == (1, "")
    for command in (("search", "--", name), ("docs", "--", name), ("diff", "--", name, "2022")):
        answer = ask(*command)
        assert_keeps_the_contract(answer)
        assert answer.code in (1, 2) and answer.out == ""


def test_wrong_questions_leave_nothing_open(ask: Ask, tmp_path: Path) -> None:
    """No descriptor, for a program that asks many of them in one process."""
    descriptors = Path("/proc/self/fd")
    if not descriptors.exists():
        pytest.skip("the descriptors of a process are not listed here")
    report(tmp_path).with_name("bad.md").write_text("")
    wrong = [("show", "nothing"), (*SHOW, "--corpus", str(tmp_path)), (*SHOW, "--columns", "x")]
    wrong += [("check", "--file", "/nonexistent"), ("export", "-o", "/nonexistent/x.db")]
    for turn in range(4):
        for question in wrong:
            ask(*question)
        if turn == 0:
            before = len(list(descriptors.iterdir()))
    assert len(list(descriptors.iterdir())) == before


QUESTIONS = {
    b"\xff\xfe\n": (3, r"standard input: b'\xff\xfe' is no UTF-8; write the questions in UTF-8"),
    b"5g-base-stations\n": (
        2,
        'line 1: \'5g-base-stations\' is no question; write NAME<TAB>PERIOD, or {"name": …, "period": …}',
    ),
    b"{\n": (2, 'line 1: \'{\' is no question; write {"name": "…", "period": "…"}'),
    b'{"name": 1, "period": []}\n': (
        2,
        'line 1: \'{"name": 1, "period": []}\' is no question; write {"name": "…", "period": "…"}',
    ),
    b"[" * 5000: (2, None),
    b'{"a":' * 5000: (2, None),
    b"x\ty\tz\n": (2, None),
    b"5g-base-stations\tsoon\n": (2, None),
    b"\0\t2022\n": (1, None),
}


@pytest.mark.parametrize("questions", QUESTIONS, ids=lambda questions: repr(questions[:30]))
def test_wrong_questions_on_standard_input(ask: Ask, questions: bytes) -> None:
    code, line = QUESTIONS[questions]
    answer = ask("get", "-", stdin=questions)
    assert answer.code == code and "Traceback" not in answer.err
    assert not answer.out.strip() or all('"value": null' in told for told in answer.out.splitlines())
    assert answer.err.startswith("miit: ") or code == 0
    if line is not None:
        assert answer.err == f"miit: {line}\n"
