"""What TAB offers: a command line that is being typed in, the ways to go on out.

The shells ask by the protocol of Typer, whose scripts ``miit --install-completion`` puts in place. The
answer comes from here and not from Typer, which takes more than 0.3 s at each TAB, half of it for imports.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "_MIIT_COMPLETE"


def answer(environ: Mapping[str, str] = os.environ) -> int | None:
    """Answer a shell that asks; the exit code, or None when it asks for what nobody knows.

    Nothing is ever said on standard error: it would stand in the middle of the line that is being typed.
    """
    from miit_cli.completion.shells import SHELLS

    instruction, _, name = environ.get(VARIABLE, "").partition("_")
    shell = SHELLS.get(name) if instruction == "complete" else None
    if shell is None:
        return None
    try:
        words, word = shell.typed(environ)
    except (KeyError, ValueError):  # the variables are set by hand: no shell asks so
        return 1
    try:
        from miit_cli.completion.offers import offers

        found = offers(words, word)
    except Exception:  # whatever is wrong is said when the line is run
        found = []
    text, code = shell.reply(found, environ)
    sys.stdout.write(text)
    return code
