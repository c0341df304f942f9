"""Opens a file for reading: a regular one, since a pipe may wait for ever, and of no more than a reader takes."""

import stat
from pathlib import Path
from typing import BinaryIO

from nnplay.data.file_error import FileError
from nnplay.texts import tr


def open_regular(path: Path, most_bytes: int) -> tuple[BinaryIO, int]:
    """The open file and its size in bytes.

    Parameters
    ----------
    most_bytes
        A larger file is refused before anything of it is read.

    Raises
    ------
    FileError
        The file is missing, a folder, a pipe, a device or a socket, too large, or can't be opened.
    """
    try:
        information = path.stat()
        if not stat.S_ISREG(information.st_mode):
            raise FileError(path.name, _what_it_is(information.st_mode))
        if information.st_size > most_bytes:
            raise FileError(path.name, _too_large(information.st_size, most_bytes))
        return path.open("rb"), information.st_size
    except (OSError, ValueError) as error:  # a name may be too long, or hold a NUL
        raise unreadable(path, error) from error


def is_regular(path: Path) -> bool:
    """Whether there is a regular file of this name; False also for a name that no file can have."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def unreadable(path: Path, error: OSError | ValueError) -> FileError:
    """The error of a file that the system doesn't give."""
    if isinstance(error, FileNotFoundError):
        return FileError(path.name, tr("there is no such file"))
    return FileError(path.name, tr("the file can't be read ({error})", error=getattr(error, "strerror", None) or error))


def _what_it_is(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return tr("this is a folder, and not a file")
    return tr("this is a pipe, a device or a socket, and not a file")


def _too_large(size: int, most: int) -> str:
    return tr("has {size} MB; files up to {most} MB can be read", size=f"{size / 1e6:,.0f}", most=f"{most / 1e6:,.0f}")
