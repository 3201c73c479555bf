"""Every command on the bundled corpus: whole output, whole standard error, exit code."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Answer

from miit_cli.commands.check import NOTHING

Ask = Callable[..., Answer]


def rows(answer: Answer) -> list[dict[str, str]]:
    assert answer.code == 0, answer.err
    return list(csv.DictReader(io.StringIO(answer.out, newline=""), strict=True))


STATIONS = """\
period,value,bound,status,end,document
2022-07,1968000,exact,actual,2022-07-31,2022-08-19-teleconference
2022,2300000,lower,actual,2022-12-31,2023-01-11-work-conference
2023-06,2937000,exact,actual,2023-06-30,2023-07-25-symposium
2025-06,4550000,exact,actual,2025-06-30,2025-07-28-symposium
"""
STATION_COLUMNS = "period,value,bound,status,end,document"


# show


def test_check_says_what_it_leaves_out(ask: Ask) -> None:
    text = "By the end of July 2022 China had 1.968 million 5G base stations; Guangdong had 330,000 of them."
    answer = ask("check", text, "--columns", "verdict,text")
    assert answer == (
        0,
        "verdict,text\nsupported,1.968 million\n",
        "miit: left out: 330,000 (a figure of a region)\n",
    )


def test_show_of_what_is_not_reported_names_what_is(ask: Ask) -> None:
    code, out, err = ask("show", "mobile-base-stations")
    assert (code, out) == (1, "")
    assert err.startswith("miit: no record of mobile-base-stations here, but of 5g-base-stations; ")


def test_show_is_the_series(ask: Ask) -> None:
    assert ask("show", "5g-base-stations", "--columns", STATION_COLUMNS) == (0, STATIONS, "")


def test_show_has_the_columns_of_the_contract(ask: Ask) -> None:
    answer = ask("show", "5g-base-stations")
    assert answer.out.split("\n")[0] == (
        "indicator,period,value,unit,bound,status,start,end,basis,measure,document,published,sentence,quote,"
        "confidence"
    )
    assert all(row["quote"] and int(row["sentence"]) > 0 for row in rows(answer))


def test_show_on_a_terminal_says_change_and_source(ask: Ask) -> None:
    answer = ask("show", "5g-base-stations", "-f", "table", env={"COLUMNS": "100"})
    title, columns, *lines = (" ".join(line.split()) for line in answer.out.splitlines())
    assert title == "5G base stations built and opened 5g-base-stations, station ▁▁▃█"
    assert columns.startswith("period value change % source")
    assert any(
        line.replace("?", "").startswith("2022 > 2,300,000 > 332,000 > 16.8 2023-01-11-work-conference")
        for line in lines
    )
    assert lines[-1].startswith("> more than < less than")
    assert answer.err == ""


def test_show_quotes_below_each_record(ask: Ask) -> None:
    plain = ask("show", "5g-base-stations", "-f", "table", env={"COLUMNS": "500"})
    quoted = ask("show", "5g-base-stations", "-f", "table", "--quotes", env={"COLUMNS": "500"})
    quotes = [row["quote"] for row in rows(ask("show", "5g-base-stations"))]
    added = [line.strip() for line in quoted.out.splitlines() if line not in plain.out.splitlines()]
    assert added == quotes


def test_show_of_several_keeps_their_order(ask: Ask) -> None:
    answer = ask("show", "little-giants", "5g-base-stations", "--columns", "indicator", "--no-header")
    assert list(dict.fromkeys(answer.out.split())) == ["little-giants", "5g-base-stations"]


# diff


DIFF = """\
indicator,change,change_unit,change_bound,change_percent,comparable,note
5g-base-stations,637000,station,upper,27.7,yes,
industrial-value-added-growth,0.2,percentage-point,exact,,no,\
not like with like: January to December 2022 against January to June 2023
little-giants,0,enterprise,exact,0.0,yes,
manufacturing-value-added-growth,1.1,percentage-point,approx,,no,\
not like with like: January to December 2022 against January to June 2023
specialized-smes,,enterprise,unknown,,yes,nothing follows from more than 70000 to more than 70000
"""


def test_diff_of_two_years(ask: Ask) -> None:
    columns = "indicator,change,change_unit,change_bound,change_percent,comparable,note"
    answer = ask("diff", "2022", "2023", "--columns", columns, "--min-confidence", "0")
    assert [line for line in answer.out.splitlines() if line in DIFF.splitlines()] == DIFF.splitlines()


def test_diff_of_two_documents(ask: Ask) -> None:
    found = rows(ask("diff", "2022-08-19", "2025-07-28", "5g-base-stations"))
    assert [(row["from_value"], row["to_value"], row["change"]) for row in found] == [
        ("1968000", "4550000", "2582000")
    ]


def test_diff_shows_one_sided_indicators_when_asked(ask: Ask) -> None:
    both = rows(ask("diff", "2022", "2023"))
    every = rows(ask("diff", "2022", "2023", "--all"))
    lone = [row for row in every if not row["from_value"] or not row["to_value"]]
    assert lone and [row for row in every if row not in lone] == both


# table


def test_table_has_indicators_down_and_periods_across(ask: Ask) -> None:
    answer = ask("table", "5g-base-stations", "little-giants")
    assert answer == (
        0,
        "indicator,label,unit,2022-07,2022,2023-03-01,2023-06,2023,2025-06\n"
        "5g-base-stations,5G base stations built and opened,station,1968000,>2300000,,2937000,,4550000\n"
        "little-giants,Little giant enterprises,enterprise,,8997,8997,,>10000 (target),\n",
        "",
    )


def test_table_can_be_bare_and_short(ask: Ask) -> None:
    answer = ask("table", "5g-base-stations", "--bare", "--last", "3", "--no-header")
    assert (
        answer.out == "5g-base-stations,5G base stations built and opened,station,2300000,2937000,4550000\n"
    )


# get


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("5g-base-stations", "2022-07"), (0, "1968000\n", "")),
        (("5g-base-stations", "2022-12"), (0, "2300000\n", "miit: the source says more than 2300000\n")),
        (("5g-base-stations", "2022-07", "--field", "document"), (0, "2022-08-19-teleconference\n", "")),
        (("5g-base-stations", "2022-07", "--expect", "1,968,000.0"), (0, "1968000\n", "")),
        (("5g-base-stations", "2022-08-19"), (0, "1968000\n", "")),
    ],
)
def test_get_prints_a_bare_value(ask: Ask, arguments: tuple[str, ...], expected: Answer) -> None:
    answer = ask("get", *arguments)
    if arguments[1] == "2022-08-19":
        assert answer[:2] == expected[:2]
    else:
        assert (*answer[:2], unsure(answer.err)) == expected


def unsure(notes: str) -> str:
    """The notes without how sure the reading is, which changes with the weights."""
    return "".join(line for line in notes.splitlines(keepends=True) if "a confidence of" not in line)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("5g-base-stations", "1999"), 1, "no record for 1999"),
        (("5g-base-stations", "2022-07", "--expect", "1968001"), 4, "value is 1968000, not 1968001"),
        (("manufacturing-gdp-share", "2022"), 4, "28 (2023-01-11-work-conference) or 27.7"),
        (("5g-base-stations",), 2, "the PERIOD is missing"),
        (("5g-base-stations", "soon"), 2, "'soon' is no period"),
        (("5g-base-stations", "2022-07", "--field", "colour"), 2, "no column 'colour'"),
    ],
)
def test_get_without_an_answer(ask: Ask, arguments: tuple[str, ...], code: int, message: str) -> None:
    answer = ask("get", *arguments)
    assert (answer.code, answer.out) == (code, "")
    assert message in answer.err and answer.err.count("\n") == 1


def test_get_takes_the_document_that_is_named(ask: Ask) -> None:
    answer = ask("get", "manufacturing-gdp-share", "2022", "--document", "2023-03")
    assert (answer.code, answer.out) == (0, "27.7\n")


def test_get_in_a_format_is_the_record(ask: Ask) -> None:
    answer = ask("get", "5g-base-stations", "2022-07", "-f", "ndjson", "--columns", "indicator,value")
    assert answer[:2] == (0, '{"indicator": "5g-base-stations", "value": 1968000}\n')
    assert unsure(answer.err) == ""


def test_get_answers_many_questions_in_their_order(ask: Ask) -> None:
    questions = (
        "5g-base-stations\t2022-07\n"
        '{"name": "5g-base-stations", "period": "2022"}\n'
        "\n"
        "5g-base-stations\t1999\r\n"
        "little-giants\t2022"
    )
    answer = ask("get", "-", stdin=questions)
    first, second, third, fourth, fifth = answer.out.split("\n")[:5]
    assert (first, third, fourth, fifth) == ("1968000", "", "", "8997")
    told = json.loads(second)
    assert (told["name"], told["asked"], told["value"], told["bound"], told["error"]) == (
        *("5g-base-stations", "2022", 2300000, "lower"),
        None,
    )
    assert answer.code == 1
    assert answer.err.startswith("miit: line 4: ") and answer.err.count("\n") == 1


def test_get_tells_of_many_what_is_disputed(ask: Ask) -> None:
    answer = ask("get", "-", stdin="manufacturing-gdp-share\t2022\n5g-base-stations\t2022-07\n")
    assert (answer.code, answer.out) == (4, "\n1968000\n")


@pytest.mark.parametrize(
    "line", ["5g-base-stations", "a\tb\tc", "{", '{"name": 1, "period": "2022"}', "[]\t"]
)
def test_get_names_the_line_that_is_no_question(ask: Ask, line: str) -> None:
    answer = ask("get", "-", stdin=f"5g-base-stations\t2022-07\n{line}\n5g-base-stations\t2023-06\n")
    assert answer.code == 2
    given = answer.out.split("\n")
    assert (given[0], given[2]) == ("1968000", "2937000")
    assert answer.err.startswith("miit: line 2: ") and answer.err.count("\n") == 1


# list, search


def test_list_says_how_much_there_is(ask: Ask) -> None:
    found = {row["indicator"]: row for row in rows(ask("list"))}
    assert found["5g-base-stations"] == {
        "indicator": "5g-base-stations",
        "label": "5G base stations built and opened",
        "unit": "station",
        "records": "4",
        "first": "2022-07",
        "last": "2025-06",
        "latest_value": "4550000",
        "latest_bound": "exact",
        "latest_status": "actual",
        "latest_confidence": found["5g-base-stations"]["latest_confidence"],
    }
    assert list(found) == sorted(found)


def test_list_all_adds_those_without_a_record(ask: Ask) -> None:
    some, every = rows(ask("list")), rows(ask("list", "--all"))
    assert [row for row in every if row["records"] != "0"] == some
    assert len(every) > len(some)


def test_labels_speak_the_language_asked_for(ask: Ask) -> None:
    [row] = [row for row in rows(ask("list", "--lang", "zh")) if row["indicator"] == "5g-base-stations"]
    assert "5G基站" in row["label"]


def test_search_finds_the_best_first(ask: Ask) -> None:
    answer = ask("search", "5G base stations")
    assert answer.out.split("\n")[0] == "indicator,label,matched,score,records"
    found = rows(answer)
    assert found[0]["indicator"] == "5g-base-stations" and len(found) > 1
    assert [int(row["score"]) for row in found] == sorted((int(row["score"]) for row in found), reverse=True)


def test_search_finds_sentences(ask: Ask) -> None:
    found = rows(ask("search", "--sentences", "base stations"))
    assert found and all("station" in row["text"].lower() for row in found)


# targets, conflicts


def test_targets_stand_beside_what_was_reached(ask: Ask) -> None:
    columns = "indicator,target_value,target_bound,due,actual_value,reached_percent,reached_bound,verdict"
    code, out, err = ask("targets", "--columns", columns)
    assert (code, err) == (0, "")
    assert "little-giants,10000,lower,2023-12-31,8997,90.0,exact,open\n" in out
    assert "specialized-smes,80000,lower,2023-12-31,70000,87.5,lower,open\n" in out


def test_the_one_conflict(ask: Ask) -> None:
    columns = "indicator,period,value,other_value,document,other_document"
    documents = "2023-01-11-work-conference,2023-03-01-press-conference"
    expected = f"{columns}\nmanufacturing-gdp-share,2022,28,27.7,{documents}\n"
    assert ask("conflicts", "--columns", columns) == (0, expected, "")
    assert ask("conflicts", "--columns", columns, "--strict") == (4, expected, "")


def stations(folder: Path, **millions: str) -> str:
    """A corpus with the number of stations at the end of some years: ``y2021="1.3"``."""
    for year, told in millions.items():
        sentences = [
            f"At the end of {year[1:]}, there were {each} million 5G base stations in China."
            for each in told.split()
        ]
        head = f"---\ntitle: A note\ndate: {int(year[1:]) + 1}-01-19\n---\n"
        (folder / f"{year}.md").write_text(head + "\n\n".join(sentences) + "\n", encoding="utf-8")
    return str(folder)


def test_what_is_very_likely_misread_is_a_conflict(ask: Ask, tmp_path: Path) -> None:
    corpus = stations(tmp_path, y2019="1.1", y2020="1.2", y2021="13.1", y2022="1.4", y2023="1.5 1.7")
    options = ("--corpus", corpus, "--columns", "kind,period,value,other_value,note")
    told = (
        "series,2021,13100000,1200000,11 times that of 2020 and 9.4 times that of 2022\n",
        "document,2023,1500000,1700000,the same document also says 1700000 (sentence 2)\n",
    )
    assert ask("conflicts", "--no-header", *options) == (0, "".join(told), "")
    assert ask("conflicts", "--no-header", "--kind", "document", *options) == (0, told[1], "")
    assert ask("conflicts", "--strict", "--kind", "documents", *options).code == 0
    assert ask("conflicts", "--strict", "--kind", "series", *options).code == 4
    wrong = ask("conflicts", "--kind", "serious", *options)
    assert (wrong.code, wrong.err) == (
        2,
        "miit: --kind: 'serious' is none of documents, document, series\n",
    )


def test_a_value_in_doubt_is_marked_and_says_why(ask: Ask, tmp_path: Path) -> None:
    corpus = stations(tmp_path, y2020="0.8", y2021="8.8", y2022="0.94")
    shown = ask("show", "5g-base-stations", "--corpus", corpus, "-f", "table", env={"COLUMNS": "140"})
    [line] = [line for line in shown.out.splitlines() if "8,800,000" in line]
    assert line.startswith("2021    ! 8,800,000") and line.endswith(
        "11 times that of 2020 and 9.4 times that of 2022"
    )
    assert shown.out.splitlines()[-1].startswith("! in doubt")
    only = ("--columns", "period,doubt", "--no-header", "--since", "2021", "--until", "2021")
    assert ask("show", "5g-base-stations", "--corpus", corpus, *only).out.startswith("2021,11 times that")

    text = "At the end of 2021, China had 8.8 million 5G base stations."
    checked = ask("check", text, "--corpus", corpus, "--columns", "verdict,note", "--no-header")
    assert checked.out.startswith("supported,the report is in doubt: 11 times that of 2020 and")


def test_no_conflict_is_no_failure(ask: Ask) -> None:
    answer = ask("conflicts", "--strict", "--as-of", "2023-02-01")
    assert (answer.code, answer.out.count("\n"), answer.err) == (0, 1, "miit: no conflict\n")


# check


@pytest.mark.parametrize(
    ("text", "code", "verdicts"),
    [
        ("By the end of July 2022, the country had built 1.968 million 5G base stations.", 0, ["supported"]),
        ("By the end of July 2022, the country had built 1.5 million 5G base stations.", 4, ["contradicted"]),
        ("By the end of July 2019, the country had built 1.5 million 5G base stations.", 1, ["not reported"]),
    ],
)
def test_check_judges_each_figure(ask: Ask, text: str, code: int, verdicts: list[str]) -> None:
    for answer in (ask("check", text), ask("check", "-", stdin=text)):
        assert answer.code == code
        found = csv.DictReader(io.StringIO(answer.out, newline=""))
        assert [row["verdict"] for row in found] == verdicts


def test_check_reads_a_file_and_resolves_its_words_with_its_date(ask: Ask, tmp_path: Path) -> None:
    text = "At the end of July this year there were 1.968 million 5G base stations."
    (tmp_path / "claim.md").write_text(f"---\ndate: 2022-09-01\n---\n\n{text}\n", encoding="utf-8")
    (tmp_path / "bare.txt").write_text(text, encoding="utf-8")
    assert ask("check", "--file", str(tmp_path / "claim.md")).code == 0
    assert ask("check", "--file", str(tmp_path / "bare.txt"), "--date", "2022-09-01").code == 0
    assert ask("check", "--file", str(tmp_path / "claim.md"), "--date", "2019-09-01").code == 1


def test_check_of_a_text_without_figures(ask: Ask) -> None:
    answer = ask("check", "Nothing was said about numbers.")
    assert answer == (1, "", f"miit: {NOTHING}\n")


# audit, suggest, docs, index


def test_audit_totals(ask: Ask) -> None:
    found = rows(ask("audit"))
    assert [row["class"] for row in found] == [
        *("recorded", "uncatalogued", "uncertain", "unattributed", "no indicator", "unexplained"),
        "all",
    ]
    assert sum(int(row["numerals"]) for row in found[:-1]) == int(found[-1]["numerals"])


def test_audit_lists_every_numeral_with_its_place(ask: Ask) -> None:
    answer = ask("audit", "--all")
    assert answer.out.split("\n")[0] == (
        "document,sentence,start,end,text,class,reason,value,unit,subject,indicator,confidence"
    )
    assert len(rows(answer)) == int(rows(ask("audit"))[-1]["numerals"])


def test_audit_holds_on_the_bundled_corpus(ask: Ask) -> None:
    assert ask("audit", "--strict", "--fail-under", "100").code == 0


@pytest.mark.parametrize("share", ["101", "-1", "many", "nan", ""])
def test_audit_wants_a_percentage(ask: Ask, share: str) -> None:
    answer = ask("audit", "--fail-under", share)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"miit: --fail-under: {share!r} is no percentage; give a number from 0 to 100\n"


def test_docs_lists_the_documents(ask: Ask) -> None:
    found = rows(ask("docs"))
    assert [row["document"] for row in found] == [
        "2022-08-19-teleconference",
        "2023-01-11-work-conference",
        "2023-03-01-press-conference",
        "2023-07-25-symposium",
        "2025-07-28-symposium",
    ]
    assert all(row["date"] == row["document"][:10] and row["title"] and int(row["records"]) for row in found)


def test_docs_marks_every_figure_of_a_text(ask: Ask) -> None:
    answer = ask("docs", "2022-08")
    assert answer.code == 0
    assert "[1.968 million" in answer.out
    # the two percentages whose subject the text has lost
    assert re.findall(r"\[lost ([^]]+)\]", answer.out) == ["55.7%", "75.1%"]


def test_suggestions_are_a_vocabulary_file(ask: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "2024-02-01-talk.md").write_text(
        "---\ndate: 2024-02-01\n---\n\nThe number of glass orchards reached 1,234 in 2023.\n",
        encoding="utf-8",
    )
    answer = ask("suggest", "--corpus", str(folder))
    assert answer.code == 0 and answer.err == ""
    own = tmp_path / "own.toml"
    own.write_text(answer.out, encoding="utf-8")
    [slug] = [row["slug"] for row in rows(ask("suggest", "--corpus", str(folder), "-f", "csv"))]
    found = rows(
        ask("show", slug, "--corpus", str(folder), "--vocabulary", str(own), "--min-confidence", "0")
    )
    assert [row["value"] for row in found] == ["1234"]


def test_index_says_where_it_is_is_rebuilt_and_dropped(ask: Ask, surroundings: Path) -> None:
    ask("list")
    [told] = rows(ask("index"))
    assert Path(told["path"]).is_relative_to(surroundings) and told["state"] == "fresh"
    assert int(told["documents"]) == 5
    assert ask("index", "--drop") == (0, "", f"miit: dropped {told['path']}\n")
    assert rows(ask("index"))[0]["state"] == "absent"
    assert ask("index", "--drop") == (0, "", "miit: there was no index\n")
    assert rows(ask("index", "--rebuild"))[0]["state"] == "fresh"


# export


def test_export_is_every_record(ask: Ask) -> None:
    found = rows(ask("export"))
    assert len(found) == sum(int(row["records"]) for row in rows(ask("list")))


def test_exports_say_the_same_in_every_format(ask: Ask) -> None:
    table = rows(ask("export"))
    objects = json.loads(ask("export", "-f", "json").out, parse_float=str, parse_int=str)
    assert [{name: cell or "" for name, cell in each.items()} for each in objects] == table
    assert [
        json.loads(line, parse_float=str, parse_int=str)
        for line in ask("export", "-f", "ndjson").out.splitlines()
    ] == objects
    assert len(ask("export", "-f", "tsv").out.splitlines()) == len(table) + 1
    assert len(ask("export", "-f", "markdown").out.splitlines()) == len(table) + 2


def test_a_fault_in_reading_a_text_is_one_line(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*arguments: object) -> None:
        error = KeyError("ports")
        error.sentence = 2  # type: ignore[attr-defined]
        raise error

    monkeypatch.setattr("miit_cli.reading.reader._Pages._sentences", failing)
    for asked, where in ((("check", "It was 5."), "the text"), (("list", "--no-cache"), "2022-08-19")):
        answer = ask(*asked)
        assert (answer.code, answer.out, answer.err.count("\n")) == (3, "", 1)
        assert where in answer.err
        assert "sentence 2: could not be read, by a fault of miit: KeyError: 'ports'" in answer.err
        assert "please report it" in answer.err
