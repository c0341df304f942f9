"""The lines of a text, one by one and each of bounded length, however they end."""

from collections.abc import Iterator
from typing import BinaryIO

from nnplay.data.file_error import FileError
from nnplay.texts import tr

MAX_LINE = 1_000_000
"""Bytes of a line."""
MAX_LINES = 1_100_000
"""More than rows that are read, as there may be blank lines, a header, and line breaks in quotes."""
MAX_CELLS = 60_000_000

_PIECE = 1 << 20
_BLANK = b" \t\r\n,;\xef\xbb\xbf"


def check_size(handle: BinaryIO, name: str, separator: str) -> None:
    """Refuse a text of too many lines or cells, or with nothing in them; takes milliseconds a megabyte.

    Raises
    ------
    FileError
        With how many there may be.
    OSError
        The text can't be read.
    """
    lines = separators = 0
    empty = True
    while piece := handle.read(_PIECE):
        lines += piece.count(b"\n") + piece.count(b"\r") - piece.count(b"\r\n")
        separators += piece.count(separator.encode())
        empty = empty and not piece.translate(None, _BLANK)
        if lines > MAX_LINES:
            raise FileError(name, tr("has too many lines; up to {most} can be read", most=f"{MAX_LINES:,}"))
        if lines + separators > MAX_CELLS:
            raise FileError(name, tr("has too many cells; up to {most} can be read", most=f"{MAX_CELLS:,}"))
    if empty:
        raise FileError(name, tr("is empty; rows of numbers were expected"))
    handle.seek(0)


def lines_of(handle: BinaryIO, name: str) -> Iterator[bytes]:
    """Each line with its end: a line feed, a carriage return, as on old Macintoshes, or both.

    Raises
    ------
    FileError
        A line that is too long.
    OSError
        The text can't be read.
    """
    rest, number = b"", 0
    while piece := handle.read(_PIECE):
        lines = (rest + piece).splitlines(keepends=True)
        # a carriage return at the very end may be half of a line's end
        rest = b"" if lines[-1].endswith(b"\n") else lines.pop()
        for line in lines:
            number += 1
            _check_length(line, name, number)
            yield line
        _check_length(rest, name, number + 1)
    if rest:
        yield rest


def _check_length(line: bytes, name: str, number: int) -> None:
    if len(line) > MAX_LINE:
        problem = tr("has more than {most} bytes in a line", most=f"{MAX_LINE:,}")
        raise FileError(name, problem, row=number)
