"""The command ``miit``, and ``python -m miit_cli``: the one boundary where errors become exit codes."""

from __future__ import annotations

import os
import sys

try:
    import contextlib

    from miit_cli.errors import ExitCode, MiitError
except KeyboardInterrupt:  # so early that there is nothing yet that could say it
    try:
        os.write(2, b"miit: interrupted\n")
    finally:
        os._exit(130)

TYPE_CHECKING = False  # type checkers know this name; importing typing takes longer than --version
if TYPE_CHECKING:
    from collections.abc import Sequence

    from miit_cli.invocation import Invocation


def main() -> None:
    """Answer the command line of this process and exit."""
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # while another line was being said
        with contextlib.suppress(OSError):
            os.write(2, b"miit: interrupted\n")
        code = ExitCode.INTERRUPTED
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Answer a command line: data to standard output, one line to standard error when it fails."""
    try:
        _speak_utf8()
        code = _answer(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except MiitError as error:
        message, code = str(error), error.exit_code
    except KeyboardInterrupt:
        message, code = "interrupted", ExitCode.INTERRUPTED
    except BrokenPipeError:  # the reader has seen enough: `miit … | head -1`
        message, code = "", ExitCode.DONE
    except OSError as error:  # a disk that is full, a folder that went away
        why = ": ".join(str(part) for part in (error.filename, error.strerror or error) if part)
        message, code = f"{why}; make sure that it is there, may be used and has room", ExitCode.INPUT
    if message:
        from miit_cli.output.sink import say  # not before there is something to say

        say(message)
    _discard_output()
    return code


def _answer(arguments: Sequence[str]) -> int:
    if list(arguments) == ["--version"]:  # answered before anything heavy is imported
        from miit_cli.version import VERSION

        print(f"miit {VERSION}")
        return ExitCode.DONE
    from miit_cli import completion

    if completion.VARIABLE in os.environ and (answered := completion.answer()) is not None:
        return answered
    from miit_cli.invocation import plain, spread

    arguments = spread(arguments)
    call: Invocation | int | None = plain(arguments)
    if call is None:
        from miit_cli.app import parse  # not for command lines that are plain: importing Typer takes its time

        call = parse(arguments)
    return call if isinstance(call, int) else call.run()


def _speak_utf8() -> None:
    """UTF-8 and plain line ends whatever the locale says; what has no UTF-8 is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _discard_output() -> None:
    """Whatever is still held for standard output goes nowhere, so that shutting down raises nothing."""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # closed, or no file: nothing is held
        output = sys.stdout.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, output)
        os.close(nowhere)


if __name__ == "__main__":
    main()
