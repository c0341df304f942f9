"""A text in blocks of whole lines, from the first row of a table to its end."""

from collections.abc import Iterator
from dataclasses import dataclass

from nnplay.data.file_error import FileError
from nnplay.data.tables.bounds import MAX_LINE, PIECE_BYTES, Progress
from nnplay.data.tables.files.opening import Content
from nnplay.data.tables.text.encodings import as_utf8, line_feeds
from nnplay.texts import tr

_MOST_BYTES = 20 << 20
_BYTES_A_COLUMN = 25_000
"""Each block costs pandas some time for each column; with so many bytes it is a tenth of the rest."""


@dataclass(frozen=True)
class Block:
    """Whole lines.

    Attributes
    ----------
    data
        UTF-8, each line ended by a line feed.
    line
        The number of the first one in the text, from 1.
    last
        Whether nothing comes after it.
    """

    data: bytes
    line: int
    last: bool


def blocks_of(
    content: Content, encoding: str, first_line: int, width: int, progress: Progress | None
) -> Iterator[Block]:
    """The lines of a text from `first_line` on, in blocks that fit a table of so many columns.

    Raises
    ------
    FileError
        A line that is too long, or what can't be read.
    """
    size = max(PIECE_BYTES, min(_MOST_BYTES, _BYTES_A_COLUMN * width))
    waiting: Block | None = None
    line = 1
    for data in _lines(content, encoding, size, progress):
        begin, line = line, line + line_feeds(data)
        if line <= first_line:
            continue
        rest = data
        for _ in range(first_line - begin):
            rest = rest[rest.index(b"\n") + 1 :]
        if waiting:
            yield waiting
        waiting = Block(rest, max(begin, first_line), last=False)
    if waiting:
        yield Block(waiting.data, waiting.line, last=True)


def _lines(content: Content, encoding: str, size: int, progress: Progress | None) -> Iterator[bytes]:
    pieces: list[bytes] = []
    count = 0
    with content.opened() as stream:
        for piece in as_utf8(stream, encoding, content.name, PIECE_BYTES):
            if progress:
                progress(stream.done, stream.size)
            cut = piece.rfind(b"\n") + 1
            if not cut or count + len(piece) < size:
                pieces.append(piece)
                count += len(piece)
                continue
            yield b"".join([*pieces, piece[:cut]])
            pieces, count = [piece[cut:]], len(piece) - cut
    data = b"".join(pieces)
    if data:
        yield data if data.endswith(b"\n") else data + b"\n"


def too_long(name: str, line: int) -> FileError:
    """The error of a line that is too long."""
    return FileError(name, tr("has more than {most} bytes in a line", most=f"{MAX_LINE:,}"), row=line)
