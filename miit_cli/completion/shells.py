"""The shells' side of completion: how each says what is typed, and wants to be told how to go on.

Offers are pairs of a value and what it is, or None where the name of a file is wanted: shells complete
those themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

Offers = Sequence[tuple[str, str]] | None
_SPECIAL = re.compile(r"[ \t'\"\\$`&|;<>()*?\[\]#~!{}]")
TYPED, FISH_ACTION = "_TYPER_COMPLETE_ARGS", "_TYPER_COMPLETE_FISH_ACTION"
WORD = "_TYPER_COMPLETE_WORD_TO_COMPLETE"  # at the cursor, in PowerShell


class Shell(NamedTuple):
    """A shell: what stands before the word that is typed and that word; the reply with its exit code."""

    typed: Callable[[Mapping[str, str]], tuple[list[str], str]]
    reply: Callable[[Offers, Mapping[str, str]], tuple[str, int]]


# what is typed


def split(line: str) -> list[str]:
    """The words of a line as a shell sees them, the last of which may have an open quote.

    >>> split("miit show 'little gi")
    ['miit', 'show', 'little gi']
    """
    if not set(line) & set("'\"\\"):
        return line.split()
    import shlex  # takes its time to import, and is seldom needed

    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:  # the quote is still open
        words.append(lexer.token)
    return words


def _bash_typed(environ: Mapping[str, str]) -> tuple[list[str], str]:
    words, place = split(environ["COMP_WORDS"]), int(environ["COMP_CWORD"])
    return words[1:place], words[place] if place < len(words) else ""


def _line_typed(environ: Mapping[str, str]) -> tuple[list[str], str]:
    line = environ.get(TYPED, "")
    words = split(line)[1:]
    return (words[:-1], words[-1]) if words and not line.endswith(" ") else (words, "")


def _powershell_typed(environ: Mapping[str, str]) -> tuple[list[str], str]:
    words, word = split(environ.get(TYPED, ""))[1:], environ.get(WORD, "")
    return (words[:-1] if word else words), word


# the replies


def _bash_reply(offers: Offers, environ: Mapping[str, str]) -> tuple[str, int]:
    """The offers, quoted where bash would take them apart; inside an open quote they are whole already."""
    lines = environ.get("COMP_WORDS", "").split("\n")
    place = int(environ.get("COMP_CWORD") or 0)
    quoted = place < len(lines) and lines[place][:1] in ("'", '"')
    words = (value if quoted else _SPECIAL.sub(r"\\\g<0>", value) for value, _ in offers or ())
    return "".join(f"{word}\n" for word in words), _files(offers)


def _zsh_reply(offers: Offers, environ: Mapping[str, str]) -> tuple[str, int]:
    """A command that zsh evaluates: the offers stand in quotes within quotes."""
    if offers is None:
        return "_files\n", 0
    listed = "\n".join(
        f'"{_zsh(value)}":"{_zsh(told)}"' if told else f'"{_zsh(value)}"' for value, told in offers
    )
    return f"_arguments '*: :(({listed}))'\n" if offers else "", 0


def _zsh(text: str) -> str:
    for special in ("\\", '"', "$", "`"):
        text = text.replace(special, f"\\{special}")
    return text.replace(":", r"\\:").replace("'", r"'\''")


def _fish_reply(offers: Offers, environ: Mapping[str, str]) -> tuple[str, int]:
    lines = (f"{value}\t{told}\n" if told else f"{value}\n" for value, told in offers or ())
    return "" if environ.get(FISH_ACTION) == "is-args" else "".join(lines), _files(offers)


def _powershell_reply(offers: Offers, environ: Mapping[str, str]) -> tuple[str, int]:
    return "".join(f"{value}:::{told or ' '}\n" for value, told in offers or ()), 0


def _files(offers: Offers) -> int:
    """The exit code, by which a script knows that it is to complete the name of a file."""
    return 1 if offers is None else 0


SHELLS = {
    "bash": Shell(_bash_typed, _bash_reply),
    "zsh": Shell(_line_typed, _zsh_reply),
    "fish": Shell(_line_typed, _fish_reply),
    **dict.fromkeys(("powershell", "pwsh"), Shell(_powershell_typed, _powershell_reply)),
}
