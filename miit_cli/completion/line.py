"""A command line that is being typed: which parameter the word at the cursor belongs to."""

from __future__ import annotations

from typing import NamedTuple

from miit_cli.commands import COMMANDS, command
from miit_cli.invocation import Parameter, parameters


class TypedLine(NamedTuple):
    """What is typed so far."""

    word: str  # at the cursor, as far as it is typed; only the value of --option=value
    command: str = ""  # "" while it is not typed
    declared: tuple[Parameter, ...] = ()
    given: dict[str, list[str]] = {}  # noqa: RUF012 - by name of the parameter; never changed
    current: Parameter | None = None  # what the word is a value of; None where it may only be an option
    option: bool = False  # the value of an option is due, and nothing else
    before: str = ""  # what stands before the value within the word: "--option="


def understand(words: list[str], word: str) -> TypedLine:
    """What the words before the cursor and the word at the cursor mean, however unfinished they are."""
    name = next((each for each in words if not each.startswith("-")), "")
    if name not in COMMANDS:
        return TypedLine(word)
    declared = tuple(parameters(command(name)))
    flags = {flag: parameter for parameter in declared for flag in parameter.param.flags.split()}
    given, due = _read(words[words.index(name) + 1 :], declared, flags)
    line = TypedLine(word, name, declared, given)
    if due is not None:
        return line._replace(word="" if word == "=" else word, current=due, option=True)
    flag, equals, value = word.partition("=")
    if equals and flag in flags:
        return line._replace(word=value, current=flags[flag], option=True, before=f"{flag}=")
    return line._replace(current=_next_argument(declared, given))


def _read(
    words: list[str], declared: tuple[Parameter, ...], flags: dict[str, Parameter]
) -> tuple[dict[str, list[str]], Parameter | None]:
    """The values that are typed, by parameter; and the option that still waits for its own."""
    given: dict[str, list[str]] = {}
    due: Parameter | None = None
    for word in words:
        if due is not None:
            if word != "=":  # bash makes a word of it
                given.setdefault(due.name, []).append(word)
                due = None
            continue
        flag, equals, value = word.partition("=")
        option = flags.get(flag)
        if option is None:
            argument = _next_argument(declared, given)
            if argument and (word == "-" or not word.startswith("-")):
                given.setdefault(argument.name, []).append(word)
        elif equals or option.kind is bool:
            given.setdefault(option.name, []).append(value)
        else:
            due = option
    return given, due


def _next_argument(declared: tuple[Parameter, ...], given: dict[str, list[str]]) -> Parameter | None:
    """The argument that the next loose word is for."""
    for parameter in declared:
        if not parameter.param.flags and (parameter.kind is list or parameter.name not in given):
            return parameter
    return None
