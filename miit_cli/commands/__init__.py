"""The commands: one thin file each with a function ``command``: options in, one query, one output."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from miit_cli.errors import ExitCode

    Command = Callable[..., ExitCode | None]

# name of the command -> the panel of --help that it stands in; its module is commands/<name>.py
COMMANDS = {
    "show": "Ask",
    "diff": "Ask",
    "table": "Ask",
    "get": "Ask",
    "list": "Ask",
    "search": "Ask",
    "targets": "Judge",
    "conflicts": "Judge",
    "check": "Judge",
    "audit": "Judge",
    "export": "Share",
    "plot": "Share",
    "cite": "Share",
    "schema": "Share",
    "docs": "Corpus",
    "suggest": "Corpus",
    "mcp": "Corpus",
    "index": "Corpus",
}


def command(name: str) -> Command:
    """The function of a command; the modules of others are not imported."""
    function: Command = import_module(f"miit_cli.commands.{name}").command
    return function
