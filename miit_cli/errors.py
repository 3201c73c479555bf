"""The family of expected errors, and the exit codes of the command line.

Each error is one line that names what is at fault and what to do about it.
"""

from __future__ import annotations

import os
from enum import IntEnum


class ExitCode(IntEnum):
    """What the process returns to the shell."""

    DONE = 0
    NOTHING = 1
    USAGE = 2
    INPUT = 3
    CHECK = 4
    INTERRUPTED = 130


class MiitError(Exception):
    """An expected error: its text is the line that the user reads."""

    exit_code = ExitCode.NOTHING


class NothingToShow(MiitError):
    """The question was understood and there is nothing to show."""

    exit_code = ExitCode.NOTHING


class UsageError(MiitError):
    """The command line is wrong: an option, a period, a column, a format."""

    exit_code = ExitCode.USAGE


class InputError(MiitError):
    """A document, a vocabulary or an output file cannot be read or written."""

    exit_code = ExitCode.INPUT


class CheckFailed(MiitError):
    """A check that the user asked for did not hold."""

    exit_code = ExitCode.CHECK


def unexpected(where: str, error: Exception) -> InputError:
    """A fault of the program in reading a text, as the error of that text.

    The number of the sentence is told where the reader has noted it as ``error.sentence``.
    """
    from traceback import extract_tb

    number = getattr(error, "sentence", None)
    place = f"{where}: sentence {number}" if number else where
    trace = extract_tb(error.__traceback__, limit=-1)
    line = f" ({os.path.basename(trace[0].filename)}:{trace[0].lineno})" if trace else ""
    told = " ".join(f"{type(error).__name__}: {error}".split())
    return InputError(
        f"{place}: could not be read, by a fault of miit: {told}{line};"
        " please report it with that text (a corpus is read without the file by --skip-bad)"
    )
