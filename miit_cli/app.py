"""The Typer application: which commands there are, and how their parameters become Typer's.

Typer only parses. What it returns is a ``Call``, which ``__main__`` runs, so that one place maps errors
to exit codes whichever way a command line was understood.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Annotated, Any, NamedTuple, get_args, get_origin

import typer

from miit_cli.errors import ExitCode, UsageError
from miit_cli.options import Only, Param, Typed, resolve, surroundings
from miit_cli.session import Session
from miit_cli.version import VERSION

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
    "schema": "Share",
    "docs": "Corpus",
    "suggest": "Corpus",
    "index": "Corpus",
}


class Call(NamedTuple):
    """A command line, understood: the command's function and what it is called with."""

    function: Callable[..., ExitCode | None]
    typed: Typed
    arguments: Mapping[str, Any]

    def run(self) -> ExitCode:
        """Answer, on standard output. Raises MiitError, BrokenPipeError, KeyboardInterrupt."""
        options = resolve(self.typed, surroundings())
        with Session(options) as session:
            return self.function(session, **self.arguments) or ExitCode.DONE


def parse(arguments: Sequence[str]) -> Call | int:
    """What a command line asks for; an exit code where Typer has answered it (--help, completion).

    Raises UsageError when the command line is wrong.
    """
    command = typer.main.get_command(application(_asked(arguments)))
    try:
        answer = command.main(list(arguments), prog_name="miit", standalone_mode=False)
    except typer.TyperException as error:
        raise UsageError(_one_line(error, arguments)) from error
    except SystemExit as stop:  # Typer's own way out of a write that failed: say what it was
        if isinstance(stop.__context__, OSError):
            raise stop.__context__ from None
        raise
    if isinstance(answer, Call):
        return answer
    return int(answer or 0)


def application(names: Sequence[str] = tuple(COMMANDS)) -> typer.Typer:
    """The application with these commands; the modules of others are not imported."""
    app = typer.Typer(
        name="miit",
        help="The indicators that China's MIIT reports in its meetings, read out of prose.",
        no_args_is_help=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback(invoke_without_command=True)(_main)
    for name in names:
        function = command_function(name)
        app.command(name, rich_help_panel=COMMANDS[name])(typer_callback(function))
    return app


def command_function(name: str) -> Callable[..., ExitCode | None]:
    """The function of a command, in the module of commands/ that bears its name."""
    function: Callable[..., ExitCode | None] = import_module(f"miit_cli.commands.{name}").command
    return function


def typer_callback(function: Callable[..., ExitCode | None]) -> Callable[..., Call]:
    """A function for Typer with the parameters of a command and the shared options; it returns the Call."""

    def callback(**given: Any) -> Call:
        shared = {name: given.pop(name) for name in Typed._fields if name in given}
        return Call(function, Typed(**shared), given)

    parameters = list(_parameters(function))
    callback.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    callback.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    callback.__doc__ = _unmarked(_flowing(inspect.getdoc(function) or ""))
    return callback


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


def _parameters(function: Callable[..., Any]) -> Iterator[inspect.Parameter]:
    session, *own = inspect.signature(function, eval_str=True).parameters.values()
    for parameter in own:
        yield _typer_parameter(parameter.name, parameter.annotation, parameter.default)
    limits = [each.names for each in get_args(session.annotation) if isinstance(each, Only)]
    for name, annotation in inspect.get_annotations(Typed, eval_str=True).items():
        if not limits or name in limits[0]:
            yield _typer_parameter(name, annotation, Typed._field_defaults[name])


def _typer_parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    """``Annotated[type, Param(…)]`` as Typer wants it."""
    assert get_origin(annotation) is Annotated, f"parameter {name} of a command needs a Param"
    kind, param = get_args(annotation)
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, _info(param)]
    )


def _info(param: Param) -> Any:
    shared: dict[str, Any] = {
        "help": _unmarked(param.help),
        "metavar": param.metavar or None,
        "show_default": False,
    }
    if not param.flags:
        return typer.Argument(**shared)
    return typer.Option(*param.flags.split(), rich_help_panel=param.panel or None, **shared)


def _flowing(words: str) -> str:
    """Paragraphs without the line ends of the source: the terminal breaks them where it ends."""
    return "\n\n".join(" ".join(paragraph.split("\n")) for paragraph in words.split("\n\n"))


def _unmarked(words: str) -> str:
    """Help as Rich shows it unchanged: a bracket is a bracket, and no markup."""
    return re.sub(r"\[(?=[a-z#/@][^\[]*?\])", r"\\[", words)


def _one_line(error: typer.TyperException, arguments: Sequence[str]) -> str:
    message = " ".join(error.format_message().split()).rstrip(".")
    names = _asked(arguments)
    command = f"miit {names[0]}" if len(names) == 1 else "miit"
    end = " See" if message.endswith("?") else "; see"
    return f"{message[:1].lower()}{message[1:]}{end} {command} --help"
