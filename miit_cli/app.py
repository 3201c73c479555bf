"""The Typer application: wires the commands, and answers --help, completion and wrong command lines.

Typer only parses. What it returns is a ``Invocation``, which ``__main__`` runs, so that one place maps errors
to exit codes whichever way a command line was understood.
"""

from __future__ import annotations

import inspect
import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from miit_cli.commands import COMMANDS, command
from miit_cli.errors import UsageError
from miit_cli.invocation import Invocation, Parameter, assigned, parameters
from miit_cli.version import VERSION

if TYPE_CHECKING:
    from miit_cli.commands import Command


def parse(arguments: Sequence[str]) -> Invocation | int:
    """What a command line asks for; an exit code where Typer has answered it (--help, completion).

    Raises UsageError when the command line is wrong.
    """
    if not os.environ.get("FORCE_COLOR") and not (sys.stdout and sys.stdout.isatty()):
        os.environ.setdefault("_TYPER_FORCE_DISABLE_TERMINAL", "1")  # or help in CI logs is full of escapes
    program = typer.main.get_command(application(_asked(arguments)))
    try:
        answer = program.main(list(arguments), prog_name="miit", standalone_mode=False)
    except typer.TyperException as error:
        raise UsageError(_one_line(error, arguments)) from error
    except SystemExit as stop:  # Typer's own way out of a write that failed: say what it was
        if isinstance(stop.__context__, OSError):
            raise stop.__context__ from None
        return int(stop.code or 0)
    return answer if isinstance(answer, Invocation) else int(answer or 0)


def application(names: Sequence[str] = tuple(COMMANDS)) -> typer.Typer:
    """The application with these commands; the modules of others are not imported."""
    app = typer.Typer(
        name="miit", pretty_exceptions_enable=False, context_settings={"help_option_names": ["--help", "-h"]}
    )
    app.callback(invoke_without_command=True)(_main)
    for name in names:
        app.command(name, rich_help_panel=COMMANDS[name])(_callback(command(name)))
    return app


def _main(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", is_eager=True, help="Show the version.")] = False,
) -> None:
    """The indicators that China's MIIT reports in its meetings, read out of prose."""
    if version:
        typer.echo(f"miit {VERSION}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())
        raise typer.Exit


def _asked(arguments: Sequence[str]) -> tuple[str, ...]:
    """The one command that a line is for, or all of them: for help, for completion, for an error's advice."""
    if arguments and arguments[0] in COMMANDS:
        return (arguments[0],)
    return tuple(COMMANDS)


def _callback(function: Command) -> Callable[..., Invocation]:
    """A function for Typer with the parameters of a command; it returns the Invocation."""

    def callback(**given: Any) -> Invocation:
        return Invocation.of(function, given)

    declared = [_typer_parameter(parameter) for parameter in parameters(function)]
    callback.__signature__ = inspect.Signature(declared)  # type: ignore[attr-defined]
    callback.__annotations__ = {parameter.name: parameter.annotation for parameter in declared}
    # paragraphs without the line ends of the source: the terminal breaks them where it ends
    paragraphs = (inspect.getdoc(function) or "").split("\n\n")
    callback.__doc__ = _unmarked("\n\n".join(paragraph.replace("\n", " ") for paragraph in paragraphs))
    return callback


def _typer_parameter(parameter: Parameter) -> inspect.Parameter:
    """A parameter as Typer wants it."""
    param = parameter.param
    told: dict[str, Any] = {
        "help": _unmarked(param.help),
        "metavar": param.metavar or None,
        "show_default": False,
    }
    if param.flags:
        info = typer.Option(*param.flags.split(), rich_help_panel=param.panel or None, **told)
    else:
        info = typer.Argument(**told)
    return inspect.Parameter(
        parameter.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if parameter.default is ... else parameter.default,
        annotation=Annotated[parameter.annotation, info],
    )


def _unquoted(arguments: Sequence[str]) -> str:
    """The words behind a command that are neither options nor arguments: of a name that has no quotes."""
    if not arguments or arguments[0] not in COMMANDS:
        return ""
    _, _, strange = assigned(arguments[1:], list(parameters(command(arguments[0]))))
    return "" if any(word.startswith("-") for word in strange) else " ".join(strange)


def _unmarked(words: str) -> str:
    """Help as Rich shows it unchanged: a bracket is a bracket, and no markup."""
    return re.sub(r"\[(?=[a-z#/@][^\[]*?\])", r"\\[", words)


def _one_line(error: typer.TyperException, arguments: Sequence[str]) -> str:
    if too_many := _unquoted(arguments):
        return f"{too_many!r} is too much; put a name of several words in quotes"
    first = arguments[0].partition("=")[0] if arguments else ""
    if first and any(
        first in each.param.flags.split() for name in COMMANDS for each in parameters(command(name))
    ):
        return f"{first} stands behind the command: miit list {first} …"
    message = " ".join(error.format_message().split()).rstrip(".")
    names = _asked(arguments)
    asked = f"miit {names[0]}" if len(names) == 1 else "miit"
    end = " See" if message.endswith("?") else "; see"
    return f"{message[:1].lower()}{message[1:]}{end} {asked} --help"
