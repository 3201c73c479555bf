"""The formats: each a pure function from a table to text, compared whole."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miit_cli.output import Format, Layout, Style, renderer
from miit_cli.output.cells import sparkline, text, visible
from miit_cli.table import Table

TABLE = Table(
    ("name", "value", "bound", "status", "note"),
    [
        ("plain", Decimal("1968000"), "exact", "actual", None),
        ("hedged", Decimal("2.3E+6"), "lower", "actual", 'says "so", twice'),
        ("target", Decimal("-1.20"), "upper", "target", "a|b\nc\td\\"),
        ("", None, "", "", "=1+1"),
    ],
)


def rendered(form: str, table: Table = TABLE, **style: object) -> str:
    return "".join(renderer(Format(form))(table, Style(**style)))  # type: ignore[arg-type]


def test_csv_quotes_only_what_needs_it() -> None:
    assert rendered("csv") == (
        "name,value,bound,status,note\n"
        "plain,1968000,exact,actual,\n"
        'hedged,2300000,lower,actual,"says ""so"", twice"\n'
        'target,-1.20,upper,target,"a|b\nc\td\\"\n'
        ",,,,=1+1\n"
    )


def test_csv_for_excel_has_a_mark_and_no_formula_but_negative_numbers() -> None:
    lines = rendered("csv", bom=True, header=False).split("\n")
    assert lines[0] == "\ufeffplain,1968000,exact,actual,"
    assert lines[2].startswith("target,-1.20,")
    assert lines[4] == ",,,,'=1+1"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_every_beginning_of_a_formula_is_made_harmless(start: str) -> None:
    table = Table(("a", "b"), [(start + "x", "y")])
    [row] = csv.reader(
        io.StringIO(rendered("csv", table, bom=True, header=False).removeprefix("\ufeff"), newline="")
    )
    assert row == ["'" + start + "x", "y"]


def test_csv_of_one_column_keeps_its_empty_cells() -> None:
    assert rendered("csv", Table(("a",), [(None,), ("x",)])) == 'a\n""\nx\n'


cells = st.one_of(
    st.none(), st.text(), st.booleans(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False)
)
rows = st.integers(1, 4).flatmap(lambda width: st.lists(st.tuples(*[cells] * width), min_size=1, max_size=5))


@given(rows)
def test_csv_is_read_back_by_python(rows: list[tuple[object, ...]]) -> None:
    table = Table(tuple(f"c{place}" for place in range(len(rows[0]))), rows)
    back = list(csv.reader(io.StringIO(rendered("csv", table), newline=""), strict=True))
    assert back == [list(table.columns), *([text(cell) for cell in row] for row in rows)]


@given(rows)
def test_json_is_read_back_by_python_with_exact_numbers(rows: list[tuple[object, ...]]) -> None:
    table = Table(tuple(f"c{place}" for place in range(len(rows[0]))), rows)
    expected = [dict(zip(table.columns, row, strict=True)) for row in rows]
    numbers = {"parse_float": Decimal, "parse_int": Decimal}
    assert json.loads(rendered("json", table), **numbers) == expected  # type: ignore[call-overload]
    lines = rendered("ndjson", table).split("\n")
    assert [json.loads(line, **numbers) for line in lines[:-1]] == expected  # type: ignore[call-overload]


def test_json_of_nothing_is_an_empty_array() -> None:
    assert rendered("json", Table(("a",), [])) == "[]\n"
    assert rendered("ndjson", Table(("a",), [])) == ""


def test_json_has_nothing_that_a_terminal_obeys() -> None:
    table = Table(("a",), [("\x1b[31m\x9b1m\u202e 中",)])
    assert rendered("ndjson", table) == '{"a": "\\u001b[31m\\u009b1m\\u202e 中"}\n'
    assert rendered("json", table) == '[\n  {"a": "\\u001b[31m\\u009b1m\\u202e 中"}\n]\n'


def test_tsv_escapes_what_would_break_a_line() -> None:
    assert rendered("tsv").split("\n")[3] == "target\t-1.20\tupper\ttarget\ta|b\\nc\\td\\\\"
    assert rendered("tsv", header=False).startswith("plain\t")


def test_markdown_escapes_markup_and_aligns_numbers() -> None:
    assert rendered("markdown") == (
        "| name | value | bound | status | note |\n"
        "| --- | ---: | --- | --- | --- |\n"
        "| plain | 1968000 | exact | actual |  |\n"
        '| hedged | 2300000 | lower | actual | says "so", twice |\n'
        "| target | -1.20 | upper | target | a\\|b<br>c\td\\\\ |\n"
        "|  |  |  |  | =1+1 |\n"
    )


LAYOUT = Layout(("name", "value", "note"), optional=("note",))


def test_terminal_aligns_numbers_at_the_point_and_marks_hedges_and_standing() -> None:
    assert rendered("table", width=80, layout=LAYOUT) == (
        "name             value  note\n"
        "plain     1,968,000\n"
        'hedged  > 2,300,000     says "so", twice\n'
        "target        t< -1.20  a|b\n"
        "                        c d\\\n"
        "                        =1+1\n"
        "> more than  < less than  t target\n"
    )


def test_terminal_leaves_out_optional_columns_that_are_empty() -> None:
    empty = TABLE._replace(rows=[(*row[:-1], None) for row in TABLE.rows])
    shown = rendered("table", empty, layout=LAYOUT)
    assert "note" not in shown and "room" not in shown


def test_terminal_names_the_columns_for_which_there_is_no_room() -> None:
    narrow = rendered("table", width=24, layout=LAYOUT)
    assert "no room for note" in " ".join(narrow.split())
    assert all(len(line) <= 24 for line in narrow.splitlines())


def test_terminal_wraps_long_text_and_loses_none_of_it() -> None:
    words = " ".join(f"word{number}" for number in range(60))
    shown = rendered("table", Table(("a", "b"), [("x", words)]), width=40)
    assert "".join(shown.split()) == "abx" + words.replace(" ", "")
    assert max(map(len, shown.splitlines())) <= 40


def test_terminal_shows_markup_and_control_characters_and_obeys_none() -> None:
    shown = rendered(
        "table", Table(("a",), [("[bold]x[/bold] :smile: \x1b]0;title\x07 \u202e",)]), color=True
    )
    assert "[bold]x[/bold] :smile: \\x1b]0;title\\x07 \\u202e" in shown


def test_terminal_without_colour_has_no_escape() -> None:
    assert "\x1b" not in rendered("table", layout=LAYOUT)
    assert "\x1b" in rendered("table", layout=LAYOUT, color=True)


def test_terminal_blocks_have_titles_of_their_own() -> None:
    table = Table(
        ("indicator", "value", "status"),
        [("a", Decimal(1), "actual"), ("a", Decimal(99), "target"), ("b", Decimal(5), "actual")],
    )
    layout = Layout(("value",), block="indicator", titles={"a": "Things"})
    assert rendered("table", table, layout=layout) == (
        "Things\nvalue\n    1\n t 99\n\nb\nvalue\n    5\nt target\n"
    )


def test_sparkline_reaches_from_the_least_to_the_greatest() -> None:
    assert sparkline([Decimal(1), Decimal(2), Decimal(8)]) == "▁▂█"


def test_sparkline_of_less_than_two_values_is_nothing() -> None:
    assert sparkline([]) == sparkline([Decimal(3)]) == ""
    assert sparkline([Decimal(3), Decimal(3)]) == "▁▁"


def test_visible_keeps_what_it_is_told_to() -> None:
    assert visible("a\nb\x00\x7f\udcff", keep="\n") == "a\nb\\x00\\x7f\\udcff"


@pytest.mark.parametrize("form", list(Format))
def test_every_format_has_a_renderer(form: Format) -> None:
    assert rendered(form.value)


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("a.json", Format.JSON),
        ("b.MD", Format.MARKDOWN),
        ("c.jsonl", Format.NDJSON),
        ("d.table", None),
        ("e", None),
    ],
)
def test_the_ending_of_a_file_says_its_format(path: str, form: Format | None) -> None:
    assert Format.of_file(path) is form
