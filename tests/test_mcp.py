"""``miit mcp``, asked by the client of the official SDK over standard input and output."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, Answer

if TYPE_CHECKING:
    import mcp

Talk = Callable[["mcp.Client"], Awaitable[Any]]
TOOLS = ["search", "get", "show", "diff", "targets", "conflicts", "check", "list"]
STATIONS = "5g-base-stations"


def talk(about: Talk, *arguments: str, program: str = sys.executable, cwd: Path = ROOT) -> Any:
    """What a client makes of a server that was started with these arguments."""
    # not where the tests are collected, by each process: it takes its time
    import mcp
    from mcp.client.stdio import stdio_client

    own = ["-m", "miit_cli"] if program == sys.executable else []
    environ = {**os.environ, **({"PYTHONPATH": str(ROOT)} if own else {})}
    server = mcp.StdioServerParameters(command=program, args=[*own, "mcp", *arguments], env=environ, cwd=cwd)

    async def main() -> Any:
        # without a stream of ours it writes to what standard error was where it was first imported
        async with mcp.Client(stdio_client(server, errlog=sys.__stderr__ or sys.stderr)) as client:
            return await about(client)

    return asyncio.run(main())


@pytest.fixture(scope="module")
def plain() -> Iterator[Callable[[Talk], Any]]:
    """`talk` with one server that was started without arguments, the same for all tests."""
    questions: Queue[Talk | None] = Queue()
    answers: Queue[Future[Any]] = Queue()

    async def serve(client: mcp.Client) -> None:
        while about := questions.get():
            answer: Future[Any] = Future()
            try:
                answer.set_result(await about(client))
            except BaseException as error:
                answer.set_exception(error)
            answers.put(answer)

    def put(about: Talk) -> Any:
        questions.put(about)
        return answers.get(timeout=120).result()

    serving = Thread(target=talk, args=(serve,), daemon=True)
    serving.start()
    yield put
    questions.put(None)
    serving.join()


def asked(tool: str, *arguments: str, **parameters: object) -> dict[str, Any]:
    """The answer of one tool."""

    async def about(client: mcp.Client) -> dict[str, Any]:
        result = await client.call_tool(tool, parameters)
        assert not result.is_error, result.content
        text = json.loads(result.content[0].text)  # type: ignore[union-attr]
        assert text == result.structured_content
        return text  # type: ignore[no-any-return]

    return talk(about, *arguments)  # type: ignore[no-any-return]


def test_it_says_what_it_can_and_that_it_only_reads(plain: Callable[[Talk], Any]) -> None:
    async def about(client: mcp.Client) -> None:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == TOOLS
        for tool in tools:
            assert tool.description and tool.output_schema
            assert tool.annotations and tool.annotations.read_only_hint
            for name, told in tool.input_schema["properties"].items():
                assert told.get("description"), f"{tool.name}: {name}"
                assert name not in ("corpus", "vocabulary", "output", "file")
        templates = (await client.list_resource_templates()).resource_templates
        assert [each.uri_template for each in templates] == [
            "miit://document/{document}",
            "miit://sentence/{document}/{number}",
        ]
        assert client.instructions and "cite" in client.instructions

    plain(about)


def test_every_tool_answers_as_the_command_does(
    plain: Callable[[Talk], Any], ask: Callable[..., Answer]
) -> None:
    questions: dict[str, tuple[dict[str, object], tuple[str, ...]]] = {
        "search": ({"text": "smart factories"}, ("search", "smart", "factories")),
        "get": ({"name": STATIONS, "period": "2022-07"}, ("get", STATIONS, "2022-07")),
        "show": ({"names": [STATIONS, "little-giants"]}, ("show", STATIONS, "little-giants")),
        "diff": ({"before": "2022", "after": "2023"}, ("diff", "2022", "2023")),
        "targets": ({}, ("targets",)),
        "conflicts": ({}, ("conflicts",)),
        "check": (
            {"text": "At the end of June 2023 there were 2.7 million 5G base stations."},
            ("check", "At the end of June 2023 there were 2.7 million 5G base stations."),
        ),
        "list": ({}, ("list",)),
    }
    assert list(questions) == TOOLS

    async def about(client: mcp.Client) -> dict[str, Any]:
        return {
            tool: (await client.call_tool(tool, parameters)).structured_content
            for tool, (parameters, _) in questions.items()
        }

    for tool, answer in plain(about).items():
        rows = json.loads(ask(*questions[tool][1], "-f", "json").out)
        assert answer["total"] == len(rows) > 0, tool
        for row, expected in zip(answer["rows"], rows, strict=True):
            filled = {name: cell for name, cell in expected.items() if cell not in (None, "")}
            assert {name: row.get(name) for name in filled} == filled, tool


def test_a_row_leads_to_its_sentence_and_its_document(plain: Callable[[Talk], Any]) -> None:
    async def about(client: mcp.Client) -> None:
        result = await client.call_tool("get", {"name": STATIONS, "period": "2022-07"})
        [row] = result.structured_content["rows"]  # type: ignore[index]
        assert row["source"] == "miit://sentence/2022-08-19-teleconference/30"
        near = (await client.read_resource(row["source"])).contents[0].text  # type: ignore[union-attr]
        assert f"> [30] {row['quote']}" in near and "2022-08-19" in near
        whole = await client.read_resource("miit://document/2022-08-19-teleconference")
        assert f"\n[30] {row['quote']}\n" in whole.contents[0].text  # type: ignore[union-attr]
        listed = json.loads((await client.read_resource("miit://documents")).contents[0].text)  # type: ignore[union-attr]
        assert "miit://document/2022-08-19-teleconference" in [each["source"] for each in listed["rows"]]

    plain(about)


def test_an_error_says_what_to_do(plain: Callable[[Talk], Any]) -> None:
    from miit_cli import mcp_server

    wrong: list[tuple[str, dict[str, object], str]] = [
        ("show", {"names": ["zzzzzz"]}, "miit list"),
        ("get", {"name": STATIONS, "period": "1999"}, "has no record for 1999; there is 2022-07"),
        ("get", {"name": "manufacturing-gdp-share", "period": "2022"}, "27.7"),
        ("show", {"names": [STATIONS], "since": "soon"}, "--since needs a period, not 'soon': write 2022"),
        ("diff", {"before": "2022", "after": "never"}, "'never' is no period"),
        ("check", {"text": "-"}, "the text is empty; give one"),
        ("show", {"names": [STATIONS], "limit": mcp_server.MOST_ROWS + 1}, "limit"),
        ("check", {"text": "x" * 200_001}, "text"),
    ]

    async def about(client: mcp.Client) -> None:
        for tool, parameters, message in wrong:
            result = await client.call_tool(tool, parameters)
            assert result.is_error and message in result.content[0].text  # type: ignore[union-attr]
        assert not (await client.call_tool("show", {"names": [STATIONS]})).is_error, "it goes on"

    plain(about)


def test_a_resource_that_is_not_there_is_an_error(plain: Callable[[Talk], Any]) -> None:
    import mcp

    wrong = {
        "miit://sentence/2022-08-19-teleconference/999": "has no sentence 999; there are 1 to",
        "miit://document/1999": "no document '1999'; `miit docs` lists them",
        "miit://document/..%2F..%2Fetc%2Fpasswd": "",
    }

    async def about(client: mcp.Client) -> None:
        for address, message in wrong.items():
            with pytest.raises(mcp.MCPError) as caught:
                await client.read_resource(address)
            assert message in str(caught.value)

    plain(about)


def test_no_answer_is_longer_than_it_may_be(tmp_path: Path) -> None:
    from miit_cli import mcp_server

    for number in range(150):
        text = (
            f"At the end of 2020 there were {number + 9000}00 5G base stations, {'as was said, ' * 100} here."
        )
        (tmp_path / f"n{number}.md").write_text(f"---\ndate: 2021-01-19\n---\n{text}\n", encoding="utf-8")
    long = "\n\n".join(f"Sentence number {number} says nothing at all." for number in range(5000))
    (tmp_path / "long.md").write_text(f"---\ndate: 2001-01-19\n---\n{long}\n", encoding="utf-8")

    async def about(client: mcp.Client) -> Any:
        shown = await client.call_tool("show", {"names": [STATIONS], "limit": mcp_server.MOST_ROWS})
        read = await client.read_resource("miit://document/long")
        return shown.structured_content, read.contents[0].text  # type: ignore[union-attr]

    answer, document = talk(about, "--corpus", str(tmp_path))
    assert 10 < len(answer["rows"]) < mcp_server.MOST_ROWS and answer["total"] == 150
    assert len(json.dumps(answer["rows"], ensure_ascii=False)) < mcp_server.LONGEST * 1.1
    assert f"{len(answer['rows'])} of 150 rows; ask for" in answer["notes"][-1]
    assert len(document) < mcp_server.LONGEST * 1.1 and "cut off here" in document


def test_it_is_of_the_day_that_it_was_started_for() -> None:
    answer = asked("show", "--as-of", "2023-02-01", names=[STATIONS], as_of="2025-12-31")
    assert [row["period"] for row in answer["rows"]] == ["2022-07", "2022"]


def test_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text(
        "---\ndate: 2024-01-19\n---\nAt the end of 2023 there were 3.1 million 5G base stations.\n"
    )
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    answer = asked("list", "--corpus", str(tmp_path), "--no-cache")
    assert answer["total"] == 1
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_what_cannot_be_read_is_said_at_the_start(start: Callable[..., Answer], tmp_path: Path) -> None:
    answer = start("mcp", "--corpus", str(tmp_path / "none"))
    assert (answer.code, answer.out, answer.err.count("\n")) == (3, "", 1)
    assert str(tmp_path / "none") in answer.err


def test_when_the_client_has_gone_it_ends(start: Callable[..., Answer]) -> None:
    assert start("mcp") == (0, "", "")


def test_without_the_extra_it_says_what_to_install(start: Callable[..., Answer], tmp_path: Path) -> None:
    (tmp_path / "mcp.py").write_text("raise ModuleNotFoundError(name='mcp')\n")
    answer = start("mcp", env={"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"})
    assert answer == (3, "", "miit: miit mcp needs mcp: pip install 'miit[mcp]'\n")
