"""The family of expected errors, and the exit codes of the command line.

Each error is one line that names what is at fault and what to do about it.
"""

from __future__ import annotations

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
