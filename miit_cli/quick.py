"""Plain command lines, understood without Typer: importing it takes longer than to answer.

What is plain is a command, its arguments and whole options with their values. All else - help, completion,
abbreviations, mistakes - is left to Typer, which stays the judge: a test holds that the two agree.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from miit_cli.commands import COMMANDS, command
from miit_cli.completion import VARIABLE
from miit_cli.invocation import Invocation, parameters


def parse(arguments: Sequence[str]) -> Invocation | None:
    """The invocation that a plain command line is for, or None: then Typer is to look at it."""
    if not arguments or arguments[0] not in COMMANDS or VARIABLE in os.environ:
        return None
    function = command(arguments[0])
    declared = list(parameters(function))
    flags = {flag: each for each in declared for flag in each.param.flags.split()}
    given: dict[str, Any] = {}
    loose: list[str] = []
    words = iter(arguments[1:])
    for word in words:
        if word == "-" or not word.startswith("-"):
            loose.append(word)
            continue
        option = flags.get(word)
        value: Any = True if option and option.kind is bool else next(words, "-")
        if option is None or (value is not True and value.startswith("-")):
            return None
        if option.kind is list:
            given.setdefault(option.name, []).append(value)
        elif option.kind is int and not value.isdecimal():
            return None
        else:
            given[option.name] = int(value) if option.kind is int else value
    for argument in (each for each in declared if not each.param.flags):
        if loose and argument.kind is list:
            given[argument.name], loose = loose, []
        elif loose:
            given[argument.name] = loose.pop(0)
    values = {each.name: given.get(each.name, each.default) for each in declared}
    return None if loose or ... in values.values() else Invocation.of(function, values)
