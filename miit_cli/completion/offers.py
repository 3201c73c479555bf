"""What may stand at the cursor of a line that is being typed: commands, options, and the values of each kind
of parameter."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.commands import COMMANDS, command
from miit_cli.invocation import Parameter, assigned, next_argument, parameters
from miit_cli.options import corpus_paths

if TYPE_CHECKING:
    from miit_cli.index.completion_view import CompletionView
    from miit_cli.vocabulary import Vocabulary

Offer = tuple[str, str]  # a value, and what it is
HELP = ("--help", "Show this message and exit")
OF_ALL = (
    ("--version", "Show the version"),
    ("--install-completion", "Install completion for the current shell"),
    ("--show-completion", "Show the script of completion"),
    HELP,
)


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


def offers(words: list[str], word: str) -> list[Offer] | None:
    """What begins as the word at the cursor does, behind these words; None where it is the name of a file."""
    line = understand(words, word)
    if not line.command:
        commands = ((name, _sentence(command(name).__doc__ or "")) for name in COMMANDS)
        return _begun(line, OF_ALL if line.word.startswith("-") else commands)
    if line.word.startswith("-") and not line.option:
        return _begun(line, _options(line))
    if line.current is None:
        return []
    kinds = line.current.param.complete
    if isinstance(kinds, tuple):
        return _begun(line, ((word, "") for word in kinds))
    if kinds == "file":
        return None
    return _begun(line, (offer for kind in kinds.split() for offer in VALUES[kind](line)))


def _begun(line: TypedLine, every: Iterator[Offer] | tuple[Offer, ...]) -> list[Offer]:
    return [(line.before + value, told) for value, told in every if value.startswith(line.word)]


def _options(line: TypedLine) -> Iterator[Offer]:
    """The options that may still be given."""
    for parameter in line.declared:
        if parameter.name not in line.given or parameter.kind is list:
            yield from ((flag, _sentence(parameter.param.help)) for flag in parameter.param.flags.split())
    yield HELP


def _sentence(words: str) -> str:
    return " ".join(words.split("\n\n", maxsplit=1)[0].split()).partition(". ")[0].removesuffix(".")


# the kinds of values


def _indicators(line: TypedLine) -> Iterator[Offer]:
    """Slugs with their labels; a name that is begun in Chinese goes on in Chinese."""
    entries = _vocabulary(line).entries
    typed = set(line.given.get(line.current.name if line.current else "", ()))
    for slug, entry in entries.items():
        if slug not in typed:
            yield slug, entry.label
            if not line.word.isascii() and entry.label_zh:
                yield entry.label_zh, slug


def _periods(line: TypedLine) -> Iterator[Offer]:
    """The periods of the records that are asked for, with the value where it is of one indicator."""
    from miit_cli.periods import label

    with closing(_view(line)) as index:
        slugs = _slugs(line)
        seen = index.values(slugs[0]) if len(slugs) == 1 else [(*each, "") for each in index.periods()]
    known = {label(start or None, end): told for start, end, told in seen}
    for end in sorted({end for _, end, _ in seen}):
        known.setdefault(end[:4], "")
    yield from known.items()


def _documents(line: TypedLine) -> Iterator[Offer]:
    with closing(_view(line)) as index:
        slugs = _slugs(line)
        yield from index.documents(slugs[0] if len(slugs) == 1 else None)


def _columns(line: TypedLine) -> Iterator[Offer]:
    """One more column behind those that stand before the last comma."""
    from miit_cli.commands._columns import columns

    before, comma, _ = line.word.rpartition(",")
    typed = before.split(",")
    for column in columns(line.command, line.given):
        if column not in typed:
            yield before + comma + column, ""


VALUES: dict[str, Callable[[TypedLine], Iterator[Offer]]] = {
    "indicator": _indicators,
    "period": _periods,
    "document": _documents,
    "column": _columns,
    "": lambda line: iter(()),
}


# what the values are taken from


def _vocabulary(line: TypedLine) -> Vocabulary:
    from miit_cli.vocabulary import load

    return load(next(iter(line.given.get("vocabulary", ())), None))


def _view(line: TypedLine) -> CompletionView:
    """What the index of the documents that the line is about holds; nothing is read for it."""
    from miit_cli.index.completion_view import view

    paths = corpus_paths(line.given.get("corpus"), os.environ)
    return view([os.path.expanduser(path) for path in paths], _vocabulary(line))


def _slugs(line: TypedLine) -> list[str]:
    """The indicators that the line names."""
    vocabulary = _vocabulary(line)
    arguments = (each.name for each in line.declared if each.param.complete == "indicator")
    names = [name for argument in arguments for name in line.given.get(argument, ())]
    return [slug for slug in map(vocabulary.called, names) if slug is not None]
