"""Where text goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from itertools import islice

from miit_cli.errors import InputError

LONGEST = 2000  # characters of a line on standard error
AT_ONCE = 1000  # lines that are written together: a write for each would cost more than the line


def write(chunks: Iterable[str], path: str | None) -> None:
    """Write text in UTF-8 to a file, or to standard output (None).

    Raises InputError when it cannot be written; BrokenPipeError when the reader of a pipe has gone.
    """
    if path is not None:
        write_file((chunk.encode("utf-8", "backslashreplace") for chunk in chunks), path)
        return
    if sys.stdout is None:
        raise InputError("standard output is closed; open it, or name a file with --output")
    chunks = iter(chunks)
    try:
        while block := list(islice(chunks, AT_ONCE)):
            sys.stdout.write("".join(block))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"standard output cannot be written: {reason}; name a file with --output") from error


def say(message: str) -> None:
    """One line on standard error, without anything that a terminal would obey."""
    from miit_cli.output.cells import visible

    if len(message) > LONGEST:  # it repeats a word of any length that somebody typed
        message = f"{message[: LONGEST // 2]} … {message[-LONGEST // 2 :]}"
    if sys.stderr is not None:
        with contextlib.suppress(OSError):  # nobody listens; the exit code says it
            print(f"miit: {visible(message)}", file=sys.stderr, flush=True)


def write_file(chunks: Iterable[bytes], path: str) -> None:
    """Write a file beside its place and move it there when it is complete. InputError when that fails.

    A pipe, or a device, is written to as it is.
    """
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        mode = 0
    if not (stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)):
        with replacing(path) as beside, open(beside, "wb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        return
    with said_of(path):
        # a pipe that nobody reads would block an open that waits
        handle = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        with open(handle, "wb") as file:
            if hasattr(os, "set_blocking"):
                os.set_blocking(handle, True)
            file.writelines(chunks)


@contextlib.contextmanager
def replacing(path: str) -> Iterator[str]:
    """A file name beside ``path`` to write to; on success it takes the place, otherwise it is removed."""
    with said_of(path):
        place = os.path.realpath(path)
        mode = _mode(place)
        beside = os.path.join(os.path.dirname(place), f".miit-{os.urandom(8).hex()}.part")
        try:
            with _terminated_as_error():
                yield beside
                os.chmod(beside, mode)
                os.replace(beside, place)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(beside)


def _mode(place: str) -> int:
    """The permissions that the file will have: those it has now, or what the user's umask gives."""
    try:
        found = os.stat(place).st_mode
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    if stat.S_ISDIR(found):
        raise IsADirectoryError
    if not stat.S_ISREG(found):
        raise InputError(f"--output: {place!r} is no regular file; redirect with > to write to a device")
    if not os.access(place, os.W_OK):
        raise PermissionError
    return stat.S_IMODE(found)


@contextlib.contextmanager
def said_of(path: str) -> Iterator[None]:
    """OSErrors as one InputError that names the file and what to do."""
    try:
        yield
    except BrokenPipeError:
        raise
    except IsADirectoryError as error:
        raise InputError(f"--output: {path!r} is a directory; name a file in it") from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError(f"--output: {path!r}: there is no such directory; make it first") from error
    except PermissionError as error:
        raise InputError(f"--output: {path!r} may not be written; choose another place") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"--output: {path!r} cannot be written ({reason}); choose another place") from error


@contextlib.contextmanager
def _terminated_as_error() -> Iterator[None]:
    """SIGTERM as an exception while a file is under way, so that it is cleared away."""
    import signal

    def stop(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not the main thread: nobody's signal to catch
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
