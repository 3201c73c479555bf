"""The vocabulary: what loads, what is refused and in which words, what survives a round trip."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miit_cli import vocabulary
from miit_cli.errors import ExitCode, InputError
from miit_cli.reading.mentions import Concepts
from miit_cli.types import MEASURES, NATURES
from miit_cli.vocabulary import Entry, fold, is_slug, load, shown, to_toml, units

GOOD = """
[[indicator]]
slug = "crude-steel-output"
label = "Crude steel output"
unit = "ton"
measure = "level"
nature = "flow"
"""


def entry(**changes: str) -> str:
    """A user's file with one entry; a change replaces the line of its key, None drops it."""
    lines = {
        "slug": '"crude-steel-output"',
        "label": '"Crude steel output"',
        "unit": '"ton"',
        "measure": '"level"',
        "nature": '"flow"',
    } | changes
    return "[[indicator]]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items() if value)


# --- the built-in vocabulary -----------------------------------------------------------------


def test_built_in_is_whole():
    built_in = load()
    assert len(built_in) > 200
    for slug, found in built_in.entries.items():
        assert found.slug == slug
        assert is_slug(slug)
        assert found.label and found.label_zh
        assert found.unit in units()
        assert found.measure in MEASURES
        assert found.nature in NATURES
        assert not found.user


def test_built_in_keeps_the_order_of_its_file():
    with open(Path(vocabulary.DATA) / "vocabulary.csv", encoding="utf-8", newline="") as file:
        assert list(load()) == [row["slug"] for row in csv.DictReader(file)]


def test_built_in_names_are_distinct_and_every_indicator_has_one_in_both_languages():
    built_in = load()
    assert built_in.names  # raises where two indicators claim one name
    for found in built_in.entries.values():
        assert found.label.isascii(), found.slug
        assert found.label_zh and not found.label_zh.isascii(), found.slug


def test_called():
    built_in = load()
    assert built_in.called("５Ｇ　Base Stations") == "5g-base-stations"
    assert built_in.called("XiaoJuRen") == "little-giants"
    assert built_in.called("weather") is None


def test_fingerprint_follows_the_content(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(GOOD)
    one = load(str(file)).fingerprint
    assert one == load(str(file)).fingerprint != load().fingerprint
    file.write_text(GOOD.replace("Crude", "Raw"))
    assert load(str(file)).fingerprint != one


def test_loading_is_quick_and_imports_nothing_heavy():
    code = (
        "import sys; from miit_cli.vocabulary import load; load().fingerprint;"
        "print([name for name in ('pydantic', 'tomllib', 'hashlib', 'difflib', 'pathlib',"
        " 'zlib') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
    load()
    begun = time.process_time()
    for _ in range(10):
        load()
    assert (time.process_time() - begun) / 10 < 0.05


@pytest.mark.parametrize(
    ("name", "line", "problem"),
    [
        ("vocabulary.csv", "nev-sales,A,甲,vehicle,level,flow", "slug 'nev-sales' stands there already"),
        ("vocabulary.csv", "new-one,A,甲,vehicle,level", "5 fields where 6 belong"),
        ("vocabulary.csv", "New_one,A,甲,vehicle,level,flow", "slug 'New_one' has a bad form"),
        ("vocabulary.csv", "new-one,,甲,vehicle,level,flow", "label '' is empty"),
        ("vocabulary.csv", "new-one,A,甲,car,level,flow", "unknown unit 'car'"),
        ("vocabulary.csv", "new-one,A,甲,vehicle,height,flow", "unknown measure 'height'"),
        ("vocabulary.csv", "new-one,A,甲,vehicle,level,stream", "unknown nature 'stream'"),
    ],
)
def test_built_in_files_are_checked_too(name, line, problem, monkeypatch):
    read = vocabulary._read_own
    monkeypatch.setattr(
        vocabulary, "_read_own", lambda file: read(file) + (f"{line}\n".encode() if file == name else b"")
    )
    with pytest.raises(InputError, match=rf"^{name}: line \d+: {re.escape(problem)}"):
        load()


# --- the user's file -------------------------------------------------------------------------


def test_users_indicator(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(entry(label_zh='"粗钢产量"', aliases='["steel", "钢"]'), encoding="utf-8-sig")
    mine = load(str(file))
    assert len(mine) == len(load()) + 1
    assert list(mine)[-1] == "crude-steel-output"
    assert mine["crude-steel-output"] == Entry(
        "crude-steel-output", "Crude steel output", "粗钢产量", "ton", "level", "flow", ("steel", "钢"), True
    )
    assert mine.called("STEEL") == mine.called("粗钢产量") == "crude-steel-output"


def test_an_equal_slug_replaces_the_entry_with_all_its_names(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(entry(slug='"nev-sales"', label='"Green car sales"', unit='"vehicle"'))
    mine = load(str(file))
    assert list(mine) == list(load())
    assert mine["nev-sales"].label == "Green car sales"
    assert mine.called("EV sales") is None
    assert mine.called("green car sales") == "nev-sales"


BAD = {
    "no entry": ("", "holds no indicator"),
    "unknown table": ('[[indicators]]\nslug = "x"\n', "unknown key 'indicators'"),
    "one table": ('[indicator]\nslug = "x"\n', "'indicator' is no list of tables"),
    "list of numbers": ("indicator = [1]\n", "'indicator' is no list of tables"),
    "syntax": (GOOD + "slug =\n", "no TOML: Invalid value (at line 8, column 7)"),
    "key twice": (GOOD + 'slug = "x"\n', "no TOML: Cannot overwrite a value (at line 8,"),
    "deep": ("x = " + "[" * 9000, "nested too deep"),
    "unknown key": (
        entry(alias='"x"'),
        "indicator 1 'crude-steel-output': unknown key 'alias'; the keys are",
    ),
    "odd key": (entry(**{'"a\\u001Bb"': '"x"'}), "unknown key 'a\\x1bb'"),
    "no slug": (entry(slug=""), "indicator 1: slug is missing"),
    "no label": (entry(label=""), "label is missing"),
    "no unit": (entry(unit=""), "unit is missing"),
    "empty label": (entry(label='""'), "label '' is empty or has no letter"),
    "blank label": (entry(label='" \\t"'), "label ' \\t' is empty or has no letter"),
    "dots": (entry(label='"..."'), "label '...' is empty or has no letter"),
    "empty alias": (entry(aliases='[""]'), "alias '' is empty or has no letter"),
    "number": (entry(label="5"), "label is no text; put it in quotes"),
    "text for a list": (entry(aliases='"steel"'), "aliases is no list of texts"),
    "list of numbers for aliases": (entry(aliases="[1]"), "aliases is no list of texts"),
    "capitals": (entry(slug='"Crude"'), "slug 'Crude' has a bad form"),
    "underscore": (entry(slug='"crude_steel"'), "slug 'crude_steel' has a bad form"),
    "two hyphens": (entry(slug='"crude--steel"'), "slug 'crude--steel' has a bad form"),
    "edge hyphen": (entry(slug='"-crude"'), "slug '-crude' has a bad form"),
    "empty slug": (entry(slug='"\\u0000"'), "slug '\\x00' has a bad form"),
    "long label": (entry(label=f'"{"x" * 301}"'), "is longer than 300 characters"),
    "unit": (entry(unit='"tons"'), "unknown unit 'tons'; perhaps ton"),
    "unit of nothing": (entry(unit='"§§"'), "unknown unit '§§'; say percent, yuan, unit or another"),
    "measure": (entry(measure='"rate"'), "unknown measure 'rate'; one of level, growth, share, change"),
    "nature": (entry(nature='"pool"'), "unknown nature 'pool'; one of flow, stock"),
    "slug twice": (
        entry() + entry(label='"Other"'),
        "indicator 2 'crude-steel-output': indicator 1 has this",
    ),
    "alias twice": (entry(aliases='["E-steel", "esteel"]'), "has the name 'esteel' twice"),
    "alias is label": (
        entry(aliases='["crude STEEL output"]', slug='"steel"'),
        "has the name 'crude STEEL output'",
    ),
    "alias of another": (
        entry(aliases='["Nev_Sales"]'),
        "alias 'Nev_Sales' of indicator 'crude-steel-output' is also the slug 'nev-sales' of 'nev-sales'",
    ),
    "label of another": (
        entry(label='"XiaoJuRen"'),
        "label 'XiaoJuRen' of indicator 'crude-steel-output' is also the alias 'xiaojuren' of",
    ),
    "alias of another of mine": (
        entry(aliases='["steel"]') + entry(slug='"b"', label='"Ｓｔｅｅｌ"'),
        "label 'Ｓｔｅｅｌ' of indicator 'b' is also the alias 'steel' of 'crude-steel-output'",
    ),
}


@pytest.mark.parametrize(("text", "problem"), BAD.values(), ids=BAD.keys())
def test_bad_files(text, problem, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load(str(file))
    message = str(refused.value)
    assert message.startswith(f"{file}: ")
    assert problem in message
    assert message.isprintable()
    assert refused.value.exit_code == ExitCode.INPUT


def test_files_that_are_none(tmp_path):
    for path, problem in (
        (tmp_path / "none.toml", "No such file or directory"),
        (tmp_path, "Is a directory"),
        (Path("/dev/zero"), "larger than 2,000,000 bytes"),
        (Path("nul\0byte"), "embedded null byte"),
    ):
        with pytest.raises(InputError) as refused:
            load(str(path))
        assert problem in str(refused.value)
        assert str(refused.value).isprintable()


def test_a_file_of_another_encoding(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_bytes(b"# one\n# two\n" + '[[indicator]]\nlabel = "钢"\n'.encode("gb18030"))
    with pytest.raises(InputError, match=r"line 4: no UTF-8 text; save the file as UTF-8"):
        load(str(file))


# --- writing ---------------------------------------------------------------------------------


def test_to_toml_reads_well():
    text = to_toml(
        [Entry("steel-output", 'The "steel" output', "", "ton", "level", "flow", ("钢\x1b", "a\\b"))]
    )
    assert text == (
        "[[indicator]]\n"
        'slug = "steel-output"\n'
        'label = "The \\"steel\\" output"\n'
        'aliases = ["钢\\U0000001B", "a\\\\b"]\n'
        'unit = "ton"\n'
        'measure = "level"\n'
        'nature = "flow"\n'
    )


def names() -> st.SearchStrategy[str]:
    any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    return any_text.map(lambda text: f"q{text}")  # a letter, for a name needs one


@given(st.lists(st.tuples(names(), names(), st.lists(names(), max_size=3)), min_size=1, max_size=4))
def test_to_toml_round_trip(tmp_path_factory, drawn):
    entries, seen = [], set(load().names)
    for number, (label, label_zh, aliases) in enumerate(drawn):
        distinct = []
        for name in (label, label_zh, *aliases):
            if fold(name) not in seen:
                distinct.append(name)
                seen.add(fold(name))
        if len(distinct) > 1:
            one, two, *rest = distinct
            entries.append(Entry(f"x-{number}", one, two, "ton", "level", "stock", tuple(rest), True))
    if not entries:
        return
    file = tmp_path_factory.mktemp("v") / "mine.toml"
    file.write_text(to_toml(entries), encoding="utf-8", newline="\n")
    mine = load(str(file))
    assert [mine[entry.slug] for entry in entries] == entries


def test_to_toml_of_the_built_in_vocabulary(tmp_path):
    file = tmp_path / "all.toml"
    file.write_text(to_toml(load().entries.values()), encoding="utf-8")
    assert [found._replace(user=False) for found in load(str(file)).entries.values()] == list(
        load().entries.values()
    )


def test_shown():
    assert shown("a\nb") == "'a\\nb'"
    assert shown("x" * 100) == "'" + "x" * 59 + "…'"
    assert shown("\ud800\u202e") == "'\\ud800\\u202e'"


def test_a_level_and_its_growth_are_made_of_the_same_words():
    vocabulary = load()
    concepts = Concepts(vocabulary)
    for slug in filter(vocabulary.__contains__, (f"{slug}-growth" for slug in vocabulary)):
        accepted = [(way.required, way.allowed) for way in concepts.patterns_of(slug)]
        for way in concepts.patterns_of(slug.removesuffix("-growth")):
            assert any(
                way.required == required and way.allowed <= allowed for required, allowed in accepted
            ), slug
