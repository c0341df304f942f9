"""One quick look at all of a text before it is read: whether it is too long or empty, and in which encoding."""

from dataclasses import dataclass

import numpy as np

from nnplay.data.file_error import FileError
from nnplay.data.tables.bounds import HEAD_BYTES, MAX_CELLS, MAX_LINE, MAX_LINES, PIECE_BYTES, Progress
from nnplay.data.tables.files.opening import Content
from nnplay.data.tables.text.blocks import too_long
from nnplay.data.tables.text.encodings import Utf8Check, as_utf8, known_encoding, line_feeds, recognised_encoding
from nnplay.texts import tr

_BYTES_A_CHARACTER = 4
"""Of UTF-32, before the encoding is known."""
_BLANK = b' \t\r\n,;|\xef\xbb\xbf\0\xff\xfe"'


@dataclass(frozen=True)
class Survey:
    """What a quick look has found.

    Attributes
    ----------
    encoding
        The one that was asked for, or is recognised.
    lines
        How many there are.
    head, whole
        The lines at the beginning, and whether those are all.
    """

    encoding: str
    lines: int
    head: tuple[str, ...]
    whole: bool


def surveyed(content: Content, encoding: str | None, progress: Progress | None) -> Survey:
    """Look at a text.

    Raises
    ------
    FileError
        Too many lines, nothing in it, or an encoding that isn't its own.
    """
    asked = None if encoding is None else known_encoding(content.name, encoding)
    check, lines, empty, head = Utf8Check(), 0, True, b""
    run = 0
    with content.opened() as stream:
        while piece := stream.read(PIECE_BYTES):
            if progress:
                progress(0, stream.size)
            head = head or piece
            lines += line_feeds(piece)
            if b"\r" in piece:
                lines += piece.count(b"\r") - piece.count(b"\r\n")
            empty = empty and not piece.translate(None, _BLANK)
            end = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
            run = run + len(piece) if end < 0 else len(piece) - end
            if run > _BYTES_A_CHARACTER * MAX_LINE and not empty:
                raise too_long(content.name, lines + 1)
            if lines > MAX_LINES:
                raise FileError(content.name, tr("has too many lines; up to {most} can be read", most=f"{MAX_LINES:,}"))
            if asked is None:
                check.add(piece)
    if empty:
        raise FileError(content.name, tr("is empty; rows of numbers were expected"))
    found = asked or recognised_encoding(head, check.sample())
    first, whole = _head(content, found)
    return Survey(found, lines + 1, first, whole)


def check_cells(content: Content, lines: int, width: int, separator: str) -> None:
    """Refuse a text of too many cells before they are read.

    Raises
    ------
    FileError
        With how many there may be.
    """
    if lines * width <= MAX_CELLS:
        return
    count = 0
    with content.opened() as stream:
        while piece := stream.read(PIECE_BYTES):
            count += int(np.count_nonzero(np.frombuffer(piece, np.uint8) == ord(separator)))
            if count > MAX_CELLS:
                raise FileError(content.name, tr("has too many cells; up to {most} can be read", most=f"{MAX_CELLS:,}"))


def _head(content: Content, encoding: str) -> tuple[tuple[str, ...], bool]:
    """The lines at the beginning, without the last where it may be a part of one, and whether they are all."""
    text, whole = b"", True
    with content.opened() as stream:
        for piece in as_utf8(stream, encoding, content.name, HEAD_BYTES):
            text += piece
            if len(text) >= HEAD_BYTES and text.count(b"\n") > 1:
                whole = False
                break
            if len(text) > 2 * MAX_LINE:
                raise too_long(content.name, 1 + text.count(b"\n"))
    lines = (
        text.decode("utf-8").removesuffix("\n").split("\n")
        if whole
        else text[: text.rindex(b"\n")].decode().split("\n")
    )
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_LINE:
            raise too_long(content.name, number)
    return tuple(lines), whole
