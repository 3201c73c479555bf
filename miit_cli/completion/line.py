"""A command line that is being typed: which parameter the word at the cursor belongs to."""

from __future__ import annotations

from typing import NamedTuple

from miit_cli.commands import COMMANDS, command
from miit_cli.invocation import Parameter, assigned, next_argument, parameters


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
    # bash makes a word of the sign between an option and its value
    behind = [each for each in words[words.index(name) + 1 :] if each != "="]
    given, due, _ = assigned(behind, declared)
    line = TypedLine(word, name, declared, given)
    if due is not None:
        return line._replace(word="" if word == "=" else word, current=due, option=True)
    flag, equals, value = word.partition("=")
    option = next((each for each in declared if flag in each.param.flags.split()), None)
    if equals and option:
        return line._replace(word=value, current=option, option=True, before=f"{flag}=")
    return line._replace(current=next_argument(declared, given))
