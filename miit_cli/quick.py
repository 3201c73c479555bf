"""Plain command lines, understood without Typer: importing it takes longer than to answer.

What is plain is a command, its arguments and whole options with their values. All else - help, completion,
abbreviations, mistakes - is left to Typer, which stays the judge: a test holds that the two agree.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any

from miit_cli.call import Call, Parameter, parameters
from miit_cli.commands import COMMANDS, command
from miit_cli.completion import VARIABLE


def parse(arguments: Sequence[str]) -> Call | None:
    """The call that a plain command line is for, or None: then Typer is to look at it."""
    if not arguments or arguments[0] not in COMMANDS or VARIABLE in os.environ:
        return None
    function = command(arguments[0])
    declared = list(parameters(function))
    read = _read(arguments[1:], declared)
    return None if read is None else Call.of(function, read)


def _read(words: Sequence[str], declared: Iterable[Parameter]) -> dict[str, Any] | None:
    """The value of every parameter, or None where the words are not plain."""
    flags = {flag: parameter for parameter in declared for flag in parameter.param.flags.split()}
    given: dict[str, Any] = {}
    loose: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "-" or not word.startswith("-"):
            loose.append(word)
            continue
        if word not in flags or not _take(given, flags[word], rest):
            return None
    arguments = [parameter for parameter in declared if not parameter.param.flags]
    if not _place(given, arguments, loose):
        return None
    values = {parameter.name: given.get(parameter.name, parameter.default) for parameter in declared}
    return None if ... in values.values() else values


def _take(given: dict[str, Any], option: Parameter, rest: Iterable[str]) -> bool:
    """Read the value of an option; whether that went without a doubt."""
    if option.kind is bool:
        given[option.name] = True
        return True
    value = next(iter(rest), "-")
    if value.startswith("-") or (option.kind is int and not value.isdecimal()):
        return False
    if option.kind is list:
        given.setdefault(option.name, []).append(value)
    else:
        given[option.name] = int(value) if option.kind is int else value
    return True


def _place(given: dict[str, Any], arguments: Iterable[Parameter], loose: list[str]) -> bool:
    """Give the loose words to the arguments in order, all that are left to one that takes several."""
    for argument in arguments:
        if not loose:
            break
        if argument.kind is list:
            given[argument.name], loose = loose, []
        else:
            given[argument.name] = loose.pop(0)
    return not loose
