"""Documents are not trusted: what they say is shown, and obeyed by nothing.

``test_formats`` holds what hostile HTML, Word, PDF and YAML files come to.
"""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from guard import OBEYED, Answered, on_terminal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from miit_cli.output import Format, Style, renderer
from miit_cli.output.cells import visible
from miit_cli.table import Table

Ask = Callable[..., Answered]

# clear the screen, set the title, ring, go back, colour, a link, a cursor report; C1; turned text; markup
SEQUENCES = (
    *(
        "\x1b[2J",
        "\x1b]0;owned\x07",
        "\x07",
        "\x08\x08\x08",
        "\x1b[31m",
        "\x1b]8;;http://evil\x1b\\",
        "\x1b[6n",
    ),
    *(
        "\x9b31m",
        "\x9d0;x\x9c",
        "\u202e",
        "\u2066",
        "\u200f",
        "\u2028",
        "\x7f",
        "\x00"[:0],
        "\r",
        "\x0b",
        "\x0c",
    ),
)
MARKUP = (
    "[bold red]x[/bold red] [link=http://evil]y[/link] :smile: <script>z</script> </text> & `code` *b* | $(w)"
)
HOSTILE = "".join(SEQUENCES) + MARKUP
FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1", '=HYPERLINK("http://evil")')
ALL = ("--min-confidence", "0")  # also what is not read surely
SGR = re.compile("\x1b\\[[0-9;]*m")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Documents whose names, titles, fields and sentences hold all of that."""
    folder = tmp_path / "r"
    folder.mkdir()
    fields = "\n".join(
        f"{key}: {json.dumps(HOSTILE)}" for key in ("title", "event", "publisher", "source", "url")
    )
    for day, figure in (("2023-02-01", "2.3"), ("2024-02-01", "3.377")):
        name = f"{day}-\x1b[5m\u202e[bold]'; DROP.md"
        body = f"At the end of {int(day[:4]) - 1} there were {figure} million 5G base stations {HOSTILE}.\n"
        lost = f"Gizmo output grew by 12.5% {HOSTILE}.\n"
        target = f"{HOSTILE} By the end of 2030 there will be 9 million 5G base stations.\n"
        (folder / name).write_text(
            f"---\ndate: {day}\n{fields}\n---\n\n{body}\n{lost}\n{target}", encoding="utf-8"
        )
    return folder


COMMANDS = (
    ("show", "5g-base-stations"),
    ("show", "5g-base-stations", "--quotes"),
    ("diff", "2022", "2023"),
    ("table",),
    ("get", "5g-base-stations", "2023"),
    ("list",),
    ("search", "5g"),
    ("search", "--sentences", "base"),
    ("targets",),
    ("conflicts",),
    ("check", f"At the end of 2023 there were 3.377 million 5G base stations {HOSTILE}."),
    ("audit", "--all"),
    ("export",),
    ("plot", "5g-base-stations"),
    ("cite", "5g-base-stations", "2023"),
    ("docs",),
    ("docs", "2024"),
    ("suggest",),
    ("index",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words)[:20])
@pytest.mark.parametrize("color", ["never", "always"])
def test_a_terminal_is_shown_what_documents_say_and_never_told(
    monkeypatch: pytest.MonkeyPatch, hostile: Path, command: tuple[str, ...], color: str
) -> None:
    for columns in (20, 80, 400):
        shown = on_terminal(
            monkeypatch, *command, "--corpus", str(hostile), "--color", color, columns=columns
        )
        out = SGR.sub("", shown.out) if color == "always" else shown.out
        assert shown.code in (0, 1, 4), shown
        assert not OBEYED.search(out), repr(OBEYED.search(out))
        assert not OBEYED.search(shown.err)
        assert shown.out or shown.err


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("command", [("docs",), ("export",), ("audit", "--all"), ("suggest",)], ids=" ".join)
def test_in_every_format(
    monkeypatch: pytest.MonkeyPatch, hostile: Path, form: Format, command: tuple[str, ...]
) -> None:
    shown = on_terminal(monkeypatch, *command, "--corpus", str(hostile), "-f", form, "--color", "never")
    assert shown.code == 0 and not OBEYED.search(shown.out + shown.err)


def test_markup_is_text(monkeypatch: pytest.MonkeyPatch, hostile: Path) -> None:
    for command in (("docs",), ("docs", "2024"), ("show", "5g-base-stations", "--quotes", *ALL)):
        shown = on_terminal(monkeypatch, *command, "--corpus", str(hostile), columns=2000)
        for markup in ("[bold red]x[/bold red]", ":smile:", "[link=http://evil]y[/link]"):
            assert markup in SGR.sub("", shown.out), command


def test_what_is_piped_is_what_a_reader_sees(ask: Ask, hostile: Path) -> None:
    """A program that reads CSV gets the sentence as the document shows it: no sequence of a terminal."""
    answer = ask(
        "show", "5g-base-stations", "--corpus", str(hostile), "--columns", "quote", "--since", "2023", *ALL
    )
    quotes = [row["quote"] for row in csv.DictReader(io.StringIO(answer.out, newline=""))]
    assert quotes and all("[link=http://evil]y[/link]" in quote for quote in quotes if "x[/bold" in quote)
    assert any("[bold red]x[/bold red]" in quote for quote in quotes)
    assert not any("\x1b" in quote or "[2J" in quote for quote in quotes)


def test_pictures_are_well_formed_and_hold_no_script(ask: Ask, hostile: Path, tmp_path: Path) -> None:
    vocabulary = tmp_path / "mine.toml"
    vocabulary.write_text(
        f'[[indicator]]\nslug = "5g-base-stations"\nlabel = {json.dumps("5G base stations " + MARKUP)}\n'
        'unit = "station"\nmeasure = "level"\nnature = "stock"\n'
    )
    place = tmp_path / "chart.svg"
    for extra in ((), ("--vocabulary", str(vocabulary))):
        answer = ask(
            "plot", "5g-base-stations", "--corpus", str(hostile), "-o", str(place), "--quiet", *extra
        )
        assert (answer.code, answer.err) == (0, "")
        root = ET.fromstring(place.read_text(encoding="utf-8"))
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert not tags & {"script", "foreignObject", "image", "a", "iframe"}
        assert not any(name.lower().startswith("on") for element in root.iter() for name in element.attrib)


# spreadsheets


def cells(text: str) -> Iterator[str]:
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
        yield from row


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula_in_the_spreadsheets_mode(ask: Ask, tmp_path: Path, formula: str) -> None:
    name = "=2024-02-01-talk.md"
    text = f"{formula}. {formula} At the end of 2023 there were 3.377 million 5G base stations.\n"
    said = json.dumps(formula)
    (tmp_path / name).write_text(
        f"---\ndate: 2024-02-01\ntitle: {said}\npublisher: {said}\n---\n\n{text}",
        encoding="utf-8",
    )
    for command in (("docs",), ("export",), ("audit", "--all"), ("show", "5g-base-stations")):
        plain = ask(*command, "--corpus", str(tmp_path), "-f", "csv")
        marked = ask(*command, "--corpus", str(tmp_path), "-f", "csv", "--bom")
        assert plain.code == marked.code == 0 and marked.out.startswith("\ufeff")
        assert not plain.out.startswith("\ufeff")
        for exact, harmless in zip(cells(plain.out), cells(marked.out), strict=True):
            assert harmless in (exact, f"'{exact}")
            assert not harmless.startswith(("=", "+", "@", "\t", "\r"))
            assert not harmless.startswith("-") or re.fullmatch(r"-\d+(\.\d+)?", harmless)


TEXTS = st.text(
    st.characters(codec="utf-8") | st.sampled_from("\x1b\x07\r\n\t=+-@|,\"'[]<>&\u202e\ufeff"), max_size=30
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TEXTS, TEXTS | st.none() | st.integers()), max_size=4), st.integers(1, 120))
def test_any_text_in_any_format(rows: list[tuple[object, ...]], width: int) -> None:
    """No text makes a renderer raise, and a table on a terminal obeys nothing."""
    table = Table(("name", "value"), rows)
    for form in Format:
        text = "".join(renderer(form)(table, Style(width=width, bom=form is Format.CSV)))
        text.encode("utf-8", "backslashreplace")
        if form is Format.TABLE:
            assert not OBEYED.search(text)
        elif form in (Format.JSON, Format.NDJSON):
            assert not OBEYED.search(text.replace("\n", ""))
        assert not OBEYED.search(visible(text, keep="\n\t"))
