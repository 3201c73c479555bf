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
from miit_cli.invocation import Invocation, Parameter, assigned, parameters


def parse(arguments: Sequence[str]) -> Invocation | None:
    """The invocation that a plain command line is for, or None: then Typer is to look at it."""
    if not arguments or arguments[0] not in COMMANDS or VARIABLE in os.environ:
        return None
    if any(word.startswith("-") and "=" in word for word in arguments):
        return None
    function = command(arguments[0])
    declared = list(parameters(function))
    given, due, strange = assigned(arguments[1:], declared)
    values = {each.name: _value(each, given.get(each.name, [])) for each in declared}
    plain = not due and not strange and ... not in values.values()
    return Invocation.of(function, values) if plain else None


def _value(parameter: Parameter, words: list[str]) -> Any:
    """What a parameter is given by its words, the last of which counts; ... where they are not plain."""
    if not words:
        return parameter.default
    if parameter.param.flags and any(word.startswith("-") for word in words):
        return ...
    if parameter.kind is list:
        return words
    if parameter.kind is bool:
        return True
    return words[-1]
