"""Opens a file of a table, packed (.gz, .zip with one file) or not, and reads it as often as wanted."""

import contextlib
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO, Protocol

from nnplay.data.file_error import FileError
from nnplay.data.regular_file import open_regular, unreadable
from nnplay.data.tables.bounds import MAX_BYTES, PIECE_BYTES, Progress
from nnplay.data.tables.files.refused_formats import NUMPY, not_read
from nnplay.texts import tr

_MOST_MEMBERS = 10_000
_END_OF_ZIP = b"PK\x05\x06"
_END_OF_ZIP64 = b"PK\x06\x07"


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Stream:
    """Bytes that are read from the beginning to the end, no more than there may be.

    Attributes
    ----------
    size
        Bytes that are stored, which `done` goes up to.
    """

    def __init__(self, name: str, handle: BinaryIO, plain: _Readable, size: int) -> None:
        self.size = size
        self._name = name
        self._handle = handle
        self._plain = plain
        self._count = 0

    @property
    def done(self) -> int:
        """Stored bytes that have been read."""
        return min(self._handle.tell(), self.size)

    def read(self, size: int) -> bytes:
        """The next bytes; none at the end.

        Raises
        ------
        FileError
            They can't be read or unpacked, or are too many.
        """
        with _explained(self._name):
            piece = self._plain.read(size)
        self._count += len(piece)
        if self._count > MAX_BYTES:
            most = MAX_BYTES // 1_000_000
            raise FileError(self._name, tr("unpacks to more than {most} MB, which is the most that is read", most=most))
        return piece


@dataclass(frozen=True)
class Content:
    """What is read, from a file or the clipboard.

    Attributes
    ----------
    name
        What messages begin with.
    inner
        The name without .gz and .zip, or that of the file in a zip.
    opened
        Gives the bytes from their beginning, unpacked.
    """

    name: str
    inner: str
    opened: Callable[[], contextlib.AbstractContextManager[Stream]]

    def head(self, size: int) -> bytes:
        """The first bytes."""
        with self.opened() as stream:
            head = b""
            while len(head) < size and (piece := stream.read(size - len(head))):
                head += piece
        return head


def content_of_text(text: str, name: str) -> Content:
    """What stands in the clipboard.

    Raises
    ------
    FileError
        Halves of characters, or too much text.
    """
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError:
        raise FileError(name, tr("holds half characters; text was expected")) from None
    if len(content) > MAX_BYTES:
        raise FileError(name, tr("has more than {most} MB", most=MAX_BYTES // 1_000_000))
    return content_of_bytes(content, name)


def content_of_bytes(content: bytes, name: str) -> Content:
    """What is in memory."""

    @contextlib.contextmanager
    def opened() -> Iterator[Stream]:
        handle = io.BytesIO(content)
        yield Stream(name, handle, handle, len(content))

    return Content(name, name, opened)


def read_all(content: Content, progress: Progress | None, most: int) -> bytes:
    """All bytes, for what can't be read piece by piece.

    Raises
    ------
    FileError
        There are more than `most`.
    """
    pieces: list[bytes] = []
    left = most
    with content.opened() as stream:
        while piece := stream.read(PIECE_BYTES):
            if progress:
                progress(stream.done, stream.size)
            pieces.append(piece)
            left -= len(piece)
            if left < 0:
                problem = tr(
                    "has more than {most} MB, which is too much for this format; save it as CSV", most=most // 1_000_000
                )
                raise FileError(content.name, problem)
    return b"".join(pieces)


def content_of_file(path: Path) -> Content:
    """What a file holds.

    Raises
    ------
    FileError
        It can't be opened, or is a zip of several files.
    """
    name = path.name
    handle, _ = open_regular(path, MAX_BYTES)
    with handle, _explained(name):
        head = handle.read(4)
        if head.startswith(b"\x1f\x8b"):
            inner = PurePath(name).stem if name.lower().endswith(".gz") else name
            return Content(name, inner, lambda: _opened(path, lambda file: gzip.GzipFile(fileobj=file)))
        member = _only_member(name, handle) if head == b"PK\x03\x04" else None
    if member is None:
        return Content(name, name, lambda: _opened(path, lambda file: file))
    return Content(name, PurePath(member).name, lambda: _opened(path, lambda file: zipfile.ZipFile(file).open(member)))


@contextlib.contextmanager
def _opened(path: Path, unpacked: Callable[[BinaryIO], _Readable]) -> Iterator[Stream]:
    handle, size = open_regular(path, MAX_BYTES)
    with handle:
        with _explained(path.name):
            plain = unpacked(handle)
        yield Stream(path.name, handle, plain, size)


@contextlib.contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise FileError(name, tr("is packed, and damaged ({error})", error=str(error))) from None
    except (NotImplementedError, RuntimeError) as error:  # other ways of packing; a password
        raise FileError(name, tr("can't be unpacked ({error})", error=str(error))) from None
    except OSError as error:
        raise unreadable(Path(name), error) from error


def _only_member(name: str, handle: BinaryIO) -> str | None:
    """The one file in a zip; None where the zip is a document of an office program."""
    names = [entry.filename for entry in zip_entries(name, handle)]
    if is_office(names):
        return None
    if any(file.endswith(".npy") for file in names):
        raise not_read(name, NUMPY)
    files = [file for file in names if not _is_beside(file)]
    if len(files) != 1:
        problem = tr(
            "is a zip of {n} file; one with a single table was expected|"
            "is a zip of {n} files; one with a single table was expected",
            "",
            len(files),
        )
        raise FileError(name, problem)
    return files[0]


def is_office(names: list[str]) -> bool:
    """Whether a zip with these files is a document of an office program."""
    return "[Content_Types].xml" in names or ("mimetype" in names and "content.xml" in names)


def zip_entries(name: str, handle: BinaryIO) -> list[zipfile.ZipInfo]:
    """The entries of a zip.

    Raises
    ------
    FileError
        Too many of them, which are looked at before they take memory, or a damaged zip.
    """
    with _explained(name):
        handle.seek(0, io.SEEK_END)
        size = handle.tell()
        handle.seek(max(0, size - 66_000))
        tail = handle.read()
        place = tail.rfind(_END_OF_ZIP)
        listing = int.from_bytes(tail[place + 12 : place + 16], "little")
        if tail[max(0, place - 20) : place].startswith(_END_OF_ZIP64):
            handle.seek(min(size, int.from_bytes(tail[place - 12 : place - 4], "little")))
            listing = int.from_bytes(handle.read(48)[40:48], "little")
        if place < 0 or listing > 200 * _MOST_MEMBERS:
            raise FileError(name, tr("is a zip that is damaged or has too many files"))
        with zipfile.ZipFile(handle) as archive:
            return archive.infolist()


def _is_beside(file: str) -> bool:
    """Whether a file in a zip is a folder, or what systems put beside files."""
    return file.endswith("/") or file.startswith("__MACOSX/") or PurePath(file).name.startswith(".")
