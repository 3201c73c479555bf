"""Several files at once: a folder, or a zip of one, whole or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import zipfile
from collections.abc import Iterable

from miit_cli.errors import InputError
from miit_cli.output import sink

OLDEST = (1980, 1, 1, 0, 0, 0)  # equal content is an equal zip, whenever it is written
File = tuple[str, bytes]


def write(files: Iterable[File], path: str) -> None:
    """Write the files into a folder, or into one zip where ``path`` ends so.

    A folder that holds nothing else is replaced as a whole. InputError when it cannot be written.
    """
    if path.lower().endswith(".zip"):
        sink.write_file([_zipped(files)], path)
        return
    with sink.said_of(path):
        _replace(list(files), os.path.realpath(path))


def _zipped(files: Iterable[File]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def _replace(files: list[File], place: str) -> None:
    """Fill a folder beside ``place`` and let it take the place."""
    _check(place, {name for name, _ in files})
    beside = os.path.join(os.path.dirname(place), f".miit-{os.urandom(8).hex()}.part")
    old = f"{beside}.old"
    try:
        os.mkdir(beside)
        for name, content in files:
            with open(os.path.join(beside, name), "wb") as file:
                file.write(content)
        with contextlib.suppress(FileNotFoundError):
            os.rename(place, old)
        try:
            os.rename(beside, place)
        except OSError:
            with contextlib.suppress(OSError):
                os.rename(old, place)
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _check(place: str, names: set[str]) -> None:
    """Refuse to replace a folder that holds anything but an earlier package."""
    try:
        strangers = sorted(set(os.listdir(place)) - names)
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise InputError(
            f"--output: {place!r} is a file; name a new folder, or a file that ends in .zip"
        ) from None
    if strangers:
        raise InputError(f"--output: {place!r} holds other files ({strangers[0]!r}); name a new folder")
