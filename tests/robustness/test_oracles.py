"""Held against programs of others: numbers, days and CSV are what independent readers make of them."""

from __future__ import annotations

import calendar
import csv
import io
import json
import random
import shutil
import subprocess
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miit_cli import bounds, periods
from miit_cli.output import Format, Style, renderer
from miit_cli.reading import lexicon, numbers
from miit_cli.reading import times as expressions
from miit_cli.reading.numbers import values as spelled
from miit_cli.reading.times import clock
from miit_cli.reading.times.clock import Clock
from miit_cli.table import Table

MANY = settings(max_examples=300)

# numbers


def values(text: str, language: str) -> list[Decimal | None]:
    return [quantity.value for quantity in numbers.find(language, lexicon.fold(text), 0)]


INTEGERS = (
    st.integers(1, 9_999)
    | st.integers(1, 10**12 - 1)
    | st.builds(lambda digits, zeros: digits * 10**zeros, st.integers(1, 999), st.integers(0, 9))
)
DECIMALS = st.decimals(0, 99_999, places=2).map(lambda value: value.normalize().quantize(Decimal("0.01")))


@MANY
@given(INTEGERS)
def test_chinese_numerals_against_cn2an(number: int) -> None:
    cn2an = pytest.importorskip("cn2an")
    written = cn2an.an2cn(number, "low")
    assert spelled.chinese_number(written) == number == cn2an.cn2an(written, "strict")
    if number > 9:  # one digit may belong to the word around it
        assert values(f"共有{written}个", "zh") == [number]


@MANY
@given(INTEGERS, st.sampled_from(["万", "亿"]))
def test_digits_with_a_chinese_scale_against_cn2an(number: int, scale: str) -> None:
    cn2an = pytest.importorskip("cn2an")
    for digits in (str(number % 100_000), f"{number % 10_000}.{number % 9 + 1}"):
        expected = cn2an.cn2an(f"{digits}{scale}", "smart")
        assert values(f"达{digits}{scale}个", "zh") == [Decimal(str(expected))]
        assert values(f"达{digits}{scale}元", "zh") == [Decimal(str(expected))]


def test_decimals_in_chinese_numerals_against_cn2an() -> None:
    cn2an = pytest.importorskip("cn2an")
    for number in ("0.5", "1.2", "12.34", "305.07", "1000.01"):
        written = cn2an.an2cn(number, "low")
        assert spelled.chinese_number(written) == Decimal(number)


@MANY
@given(INTEGERS)
def test_english_words_against_text2num(number: int) -> None:
    text_to_num = pytest.importorskip("text_to_num")
    spell = pytest.importorskip("num2words").num2words
    written = spell(number).replace(",", "")
    assert spelled.english_number(written) == number == text_to_num.text2num(written, "en")
    if len(written) < 100:
        assert values(f"a total of {written} units", "en") == [number]


SCALES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


@MANY
@given(DECIMALS, st.sampled_from(sorted(SCALES)))
def test_digits_with_an_english_scale(number: Decimal, scale: str) -> None:
    """Exactly, with separators and without."""
    for digits in (f"{number}", f"{number:,}"):
        assert values(f"it reached {digits} {scale} yuan", "en") == [number * SCALES[scale]]
        assert values(f"it rose {digits}%", "en") == [number]


def test_digits_with_an_english_scale_against_quantulum() -> None:
    parser = pytest.importorskip("quantulum3.parser")
    chance = random.Random(3)
    for _ in range(60):
        digits = f"{chance.randrange(1, 10 ** chance.randrange(1, 7)):,}"
        digits += chance.choice(["", f".{chance.randrange(1, 10)}"])
        text = f"{digits} {chance.choice(['thousand', 'million', 'billion'])} dollars"
        theirs = [quantity.value for quantity in parser.parse(text)]
        assert [float(value or 0) for value in values(text, "en")] == pytest.approx(theirs), text


@MANY
@given(st.integers(1, 10**15), st.integers(0, 6))
def test_full_width_digits_are_digits(number: int, places: int) -> None:
    written = f"{Decimal(number).scaleb(-places):f}"
    wide = "".join(chr(ord(char) + 0xFEE0) for char in written)
    assert values(f"达{wide}元", "zh") == values(f"达{written}元", "zh") == [Decimal(written)]


# days


YEARS = st.integers(1000, 9998)
DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 31))


@MANY
@given(YEARS, st.integers(1, 12))
def test_the_last_day_of_a_month(year: int, month: int) -> None:
    last = date(year, month, calendar.monthrange(year, month)[1]).isoformat()
    assert periods.month_end(f"{year}-{month:02d}") == last == clock.month_end(year, month)
    assert clock.month_start(year, month) == date(year, month, 1).isoformat()
    assert (date.fromisoformat(last) + timedelta(days=1)).day == 1


@MANY
@given(YEARS, st.integers(0, 13), st.integers(0, 32))
def test_a_day_is_one_when_the_calendar_has_it(year: int, month: int, day: int) -> None:
    text = f"{year}-{month:02d}-{day:02d}"
    try:
        expected = date(year, month, day).isoformat()
    except ValueError:
        assert periods.parse_period(text) is None
    else:
        selector = periods.parse_period(text)
        assert selector and (selector.start, selector.end) == (expected, expected)


@MANY
@given(DAYS, DAYS)
def test_a_label_is_the_period_again(one: date, other: date) -> None:
    """Where it is of whole months or of one day, as all are that are typed."""
    start, end = sorted((one, other))
    end = end.replace(day=calendar.monthrange(end.year, end.month)[1])
    first, last = start.replace(day=1).isoformat(), end.isoformat()
    selector = periods.parse_period(periods.label(first, last))
    assert selector and (selector.start, selector.end) == (first, last)
    assert periods.parse_period(periods.label(None, one.isoformat()).strip()).end == one.isoformat()  # type: ignore[union-attr]


@MANY
@given(YEARS.filter(lambda year: 1900 <= year < 2100), st.integers(1, 12), st.integers(1, 12))
def test_months_in_prose(year: int, first: int, last: int) -> None:
    first, last = sorted((first, last))
    when = Clock(f"{year + 1}-06-15")
    name = calendar.month_name
    expected = (f"{year}-{first:02d}-01", periods.month_end(f"{year}-{last:02d}"))
    if first < last:
        [english] = expressions.find("en", f"from {name[first]} to {name[last]} {year}".lower(), when, 0)
        [chinese] = expressions.find("zh", f"{year}年{first}—{last}月", when, 0)
        assert (english.begin, english.finish) == (chinese.begin, chinese.finish) == expected
    [english] = expressions.find("en", f"in {name[last]} {year}".lower(), when, 0)
    [chinese] = expressions.find("zh", f"{year}年{last}月", when, 0)
    month = (f"{year}-{last:02d}-01", expected[1])
    assert (english.begin, english.finish) == (chinese.begin, chinese.finish) == month


@MANY
@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_days_in_prose(day: date) -> None:
    when = Clock("2099-12-31")
    name = calendar.month_name[day.month]
    for written in (
        f"{name} {day.day}, {day.year}",
        f"{day.day} {name} {day.year}",
        f"{name} {day.day},{day.year}",
    ):
        [found] = expressions.find("en", f"on {written.lower()} ", when, 0)
        assert found.finish == day.isoformat(), written
    [found] = expressions.find("zh", f"{day.year}年{day.month}月{day.day}日", when, 0)
    assert found.finish == day.isoformat()


@MANY
@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.integers(1, 12))
def test_a_month_without_a_year_is_the_last_one_that_was_over(day: date, month: int) -> None:
    [found] = expressions.find("zh", f"{month}月", Clock(day.isoformat()), 0)
    assert found.begin is not None and date.fromisoformat(found.begin) <= day
    assert date.fromisoformat(found.finish) > day - timedelta(days=367)


# arithmetic


@MANY
@given(st.decimals(-(10**6), 10**15, places=2), st.decimals(-(10**6), 10**15, places=2))
def test_changes_against_fractions(before: Decimal, after: Decimal) -> None:
    from fractions import Fraction

    change = bounds.change(bounds.Hedged(before), bounds.Hedged(after))
    assert change.value is not None and Fraction(change.value) == Fraction(after) - Fraction(before)
    if change.percent is not None:
        exact = (Fraction(after) - Fraction(before)) / Fraction(before) * 100
        assert abs(Fraction(change.percent) - exact) <= Fraction(1, 20)


# CSV

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20) | st.sampled_from(
    [
        '"',
        '""',
        ",",
        "\n",
        "\r\n",
        "\r",
        " ",
        "'",
        "a,b",
        '"quoted"',
        "=1+1",
        "5G基站",
        "\u2028",
        "\ufeff",
        "\\N",
        "NULL",
    ]
)


def rendered(rows: list[tuple[str, ...]], **style: bool) -> str:
    return "".join(renderer(Format.CSV)(Table(("one", "two", "three"), list(rows)), Style(**style)))


@MANY
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6))
def test_csv_against_the_standard_library(rows: list[tuple[str, ...]]) -> None:
    read = list(csv.reader(io.StringIO(rendered(rows), newline="")))
    assert read == [["one", "two", "three"], *map(list, rows)]


HARD = [
    ('"', '""', '","'),
    ("a,b", " x ", "'"),
    ("two\nlines", "5G基站", "\u2028"),
    ("=1+1", "-5", "+x"),
    ("\\N", "NULL", "null"),
    ("", "", ""),
    ("tab\there", "back\\slash", "#comment"),
    ("[bold]", "1e5", "007"),
]


def test_csv_against_miller(tmp_path: Path) -> None:
    if not shutil.which("mlr"):
        pytest.skip("there is no Miller here")
    path = tmp_path / "x.csv"
    path.write_text(rendered(HARD), encoding="utf-8", newline="")
    done = subprocess.run(
        ["mlr", "--icsv", "--ojson", "-S", "cat", str(path)], capture_output=True, check=True
    )
    assert [tuple(row.values()) for row in json.loads(done.stdout)] == HARD


@pytest.mark.parametrize("bom", [False, True])
def test_csv_against_duckdb(tmp_path: Path, bom: bool) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "x.csv"
    rows = HARD if not bom else [row for row in HARD if not row[0].startswith("=")]
    path.write_text(rendered(rows, bom=bom), encoding="utf-8", newline="")
    query = f"FROM read_csv('{path}', all_varchar = true, header = true, nullstr = '\\x00', delim = ',')"
    found = duckdb.sql(query)
    assert found.columns == ["one", "two", "three"]
    assert [tuple(cell or "" for cell in row) for row in found.fetchall()] == rows


def test_the_export_against_all_three(tmp_path: Path) -> None:
    """The bundled corpus, value by value."""
    from program import run

    text = run("export").out
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8", newline="")
    ours = list(csv.DictReader(io.StringIO(text, newline="")))
    assert ours and json.loads(run("export", "-f", "json").out, parse_float=str, parse_int=str) == [
        {**row, "start": row["start"] or None} for row in ours
    ]
    if shutil.which("mlr"):
        done = subprocess.run(
            ["mlr", "--icsv", "--ojson", "-S", "cat", str(path)], capture_output=True, check=True
        )
        assert json.loads(done.stdout) == ours
    duckdb = pytest.importorskip("duckdb")
    total = duckdb.sql(
        f"SELECT count(*), sum(value::DECIMAL(38, 6)) FROM read_csv('{path}', all_varchar = true)"
    )
    assert total.limit(1).fetchall() == [(len(ours), sum(Decimal(row["value"]) for row in ours))]
