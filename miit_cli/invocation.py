"""A command line, understood: which function answers it, and with what.

The parameters of a command are declared once, in its signature. ``app`` hands them to Typer; ``plain`` reads
plain command lines by them without Typer. Both come to an ``Invocation``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_args, get_origin

from miit_cli.commands import COMMANDS, command
from miit_cli.completion import VARIABLE
from miit_cli.errors import ExitCode
from miit_cli.options import SHARED, Only, Param, Typed, resolve, surroundings

if TYPE_CHECKING:
    from miit_cli.commands import Command


class Invocation(NamedTuple):
    """A command's function, and what it is called with."""

    function: Command
    typed: Typed
    arguments: Mapping[str, Any]

    @classmethod
    def of(cls, function: Command, given: Mapping[str, Any]) -> Invocation:
        """The invocation with these parameters, the shared options among them."""
        shared = {name: value for name, value in given.items() if name in Typed._fields}
        own = {name: value for name, value in given.items() if name not in shared}
        return cls(function, Typed(**shared), own)

    def run(self) -> ExitCode:
        """Answer it, on standard output. Raises MiitError, BrokenPipeError, KeyboardInterrupt."""
        from miit_cli.context import Context

        with Context(resolve(self.typed, surroundings())) as context:
            return self.function(context, **self.arguments) or ExitCode.DONE


class Parameter(NamedTuple):
    """A parameter of a command: an option when its ``param`` has flags, else an argument."""

    name: str
    annotation: Any  # str, bool or list[str], or one of them or None
    param: Param
    default: Any  # ... when it must be given

    @property
    def kind(self) -> type:
        """What it takes: ``str``, ``bool``, or ``list`` of texts."""
        given = get_args(self.annotation)[0] if isinstance(self.annotation, UnionType) else self.annotation
        return get_origin(given) or given  # type: ignore[no-any-return]


def parameters(function: Command) -> Iterator[Parameter]:
    """The parameters of a command, its own and then those of the shared options that it has."""
    annotations = {name: kind for name, kind in function.__annotations__.items() if name != "return"}
    context, *own = annotations
    defaults = function.__defaults__ or ()
    required = (...,) * (len(own) - len(defaults))
    for name, default in zip(own, (*required, *defaults), strict=True):
        assert get_origin(annotations[name]) is Annotated, f"parameter {name} of a command needs a Param"
        kind, param = get_args(annotations[name])
        yield Parameter(name, kind, param, default)
    limits = [each.names for each in get_args(annotations[context]) if isinstance(each, Only)]
    for name, param in SHARED.items():
        if not limits or name in limits[0]:
            yield Parameter(name, Typed.__annotations__[name], param, Typed._field_defaults[name])


def assigned(
    words: Sequence[str], declared: Sequence[Parameter]
) -> tuple[dict[str, list[str]], Parameter | None, list[str]]:
    """What the words behind the name of a command are, however unfinished they are.

    The words by the name of their parameter (of a flag that takes no value ""), the option whose value is
    still to come, and the words that are no parameter's.
    """
    flags = {flag: parameter for parameter in declared for flag in parameter.param.flags.split()}
    given: dict[str, list[str]] = {}
    strange: list[str] = []
    due: Parameter | None = None
    for word in words:
        flag, equals, value = word.partition("=")
        option = flags.get(flag)
        if due is not None:
            given.setdefault(due.name, []).append(word)
            due = None
        elif option is None:
            argument = None if word[:1] == "-" != word else next_argument(declared, given)
            (given.setdefault(argument.name, []) if argument else strange).append(word)
        elif equals or option.kind is bool:
            given.setdefault(option.name, []).append(value)
        else:
            due = option
    return given, due, strange


def next_argument(declared: Sequence[Parameter], given: Mapping[str, object]) -> Parameter | None:
    """The argument that the next word without a dash is for."""
    for parameter in declared:
        if not parameter.param.flags and (parameter.kind is list or parameter.name not in given):
            return parameter
    return None


def plain(arguments: Sequence[str]) -> Invocation | None:
    """The invocation that a plain command line is for, or None: then Typer is to look at it.

    Importing Typer takes longer than to answer. What is plain is a command, its arguments and whole options
    with their values. All else - help, abbreviations, mistakes - is left to Typer, which stays the judge: a
    test holds that the two agree.
    """
    if not arguments or arguments[0] not in COMMANDS or VARIABLE in os.environ:
        return None
    if any(word.startswith("-") and "=" in word for word in arguments):
        return None
    function = command(arguments[0])
    declared = list(parameters(function))
    given, due, strange = assigned(arguments[1:], declared)
    values = {each.name: _value(each, given.get(each.name, [])) for each in declared}
    understood = not due and not strange and ... not in values.values()
    return Invocation.of(function, values) if understood else None


def _value(parameter: Parameter, words: list[str]) -> Any:
    """What a parameter is given by its words, the last of which counts; ... where they are not plain."""
    if not words:
        return parameter.default
    if parameter.param.flags and any(word.startswith("-") for word in words):
        return ...
    if parameter.kind is list:
        return words
    return True if parameter.kind is bool else words[-1]


def spread(arguments: Sequence[str]) -> list[str]:
    """The command line with ``--corpus`` before each file that a shell made of ``--corpus *.md``.

    A word is meant so where it names a file with an ending, and so did the word before it.
    """
    found: list[str] = []
    value = files = False  # whether the next word is the value of --corpus; whether it may be another
    for word in arguments:
        is_file = bool(os.path.splitext(word)[1]) and not word.startswith("-") and os.path.isfile(word)
        if value:
            value, files = False, is_file
        elif files and is_file:
            found.append("--corpus")
        else:
            value, files = word == "--corpus", False
        found.append(word)
    return found
