"""Sheets of .xlsx and .ods as rows of cells, after a look at how much they would take."""

import contextlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from nnplay.data.file_error import FileError
from nnplay.data.tables.files.opendocument import check_opendocument
from nnplay.data.tables.files.opening import is_office, zip_entries
from nnplay.data.tables.files.refused_formats import WORD, XLSB, not_read
from nnplay.errors import InputError, NnplayError, one_of, shortened
from nnplay.texts import tr

MOST_BYTES = 100_000_000
"""Of a spreadsheet that is unpacked."""
_MANIFEST = (
    b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
    b'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)
"""For an .ods without one of its own, which not every program writes."""
MOST_CELLS = 3_000_000
"""Of a sheet, with the empty ones among them."""
_MOST_TRIED = 20
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/sharedStrings\.xml"
    r"|xl/styles\.xml|xl/worksheets/[^/]+\.xml|mimetype|content\.xml|META-INF/manifest\.xml",
    re.IGNORECASE,
)
_PLACE = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]*)([0-9]*)""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")


def is_spreadsheet(name: str, head: bytes, content: bytes) -> bool:
    """Whether this is one that is read; other documents of office programs are refused.

    Raises
    ------
    FileError
        With the format's name.
    """
    if not head.startswith(b"PK\x03\x04"):
        return False
    names = [entry.filename for entry in zip_entries(name, io.BytesIO(content))]
    if not is_office(names):
        raise FileError(name, tr("is a zip in another one; a single table was expected"))
    if "xl/workbook.bin" in names:
        raise not_read(name, XLSB)
    for beginning, found in (("word/", WORD), ("ppt/", "PowerPoint")):
        if any(file.startswith(beginning) for file in names):
            raise not_read(name, found)
    return True


class Spreadsheet:
    """A spreadsheet that is open.

    Attributes
    ----------
    sheets
        The names of its sheets.

    Raises
    ------
    FileError
        A damaged or protected file, or one that is too large.
    """

    def __init__(self, name: str, content: bytes) -> None:
        self._name = name
        content = _checked_zip(name, content)
        with _explained(name):
            import python_calamine as calamine

            self._book = calamine.load_workbook(io.BytesIO(content))
            kind = calamine.SheetTypeEnum.WorkSheet
            self.sheets = tuple(sheet.name for sheet in self._book.sheets_metadata if sheet.typ == kind)

    def chosen(self, asked: str | None) -> tuple[str, ...]:
        """The sheet that was asked for, or those that may be meant.

        Raises
        ------
        InputError
            There is no such sheet.
        """
        if asked is None:
            return self.sheets[:_MOST_TRIED]
        if asked not in self.sheets:
            raise InputError("sheet", asked, one_of(self.sheets))
        return (asked,)

    def rows(self, sheet: str) -> Iterator[list[object]]:
        """The rows of a sheet from its first one on, so that lines count as in the spreadsheet."""
        with _explained(self._name):
            found = self._book.get_sheet_by_name(sheet)
            for row in found.iter_rows():
                yield list(row)


@contextlib.contextmanager
def _explained(name: str) -> Iterator[None]:
    import python_calamine as calamine

    try:
        yield
    except NnplayError:
        raise
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise FileError(name, _damaged(error)) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust, which derives it from BaseException
            raise
        raise FileError(name, _damaged(error)) from None


def _damaged(error: BaseException) -> str:
    return tr("can't be read as a spreadsheet ({error})", error=shortened(str(error), 120))


def _checked_zip(name: str, content: bytes) -> bytes:
    """What is needed of a spreadsheet, unpacked: no more than it says is in it then."""
    parts: dict[str, bytes] = {}
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                if not _NEEDED.fullmatch(entry.filename) or entry.filename in parts:
                    continue
                with archive.open(entry) as packed:
                    parts[entry.filename] = packed.read(left + 1)
                left -= len(parts[entry.filename])
                if left < 0:
                    raise FileError(name, _too_large())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise FileError(name, _damaged(error)) from None
    for file, part in parts.items():
        if file.lower().startswith("xl/worksheets/"):
            _check_sheet(name, part)
        elif file.lower() == "content.xml":
            check_opendocument(name, part, MOST_CELLS)
    if "content.xml" in parts:
        parts.setdefault("META-INF/manifest.xml", _MANIFEST)
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        for file, part in parts.items():
            archive.writestr(file, part)
    return plain.getvalue()


def _check_sheet(name: str, xml: bytes) -> None:
    """Refuse a sheet of .xlsx whose cells reach too far: the whole rectangle is made of it, and empty cells count."""
    if xml.count(b"<c ") + xml.count(b"<c>") > MOST_CELLS:
        raise FileError(name, _too_large())
    cells = rows = columns = 0
    for found in _PLACE.finditer(xml):
        letters, digits = found.groups()
        if len(letters) > 3 or len(digits) > 7:
            raise FileError(name, _damaged(ValueError(found[0].decode("ascii", "replace"))))
        rows = max(rows, int(digits or 0))
        if letters:
            cells += 1
            if len(letters) > 1 or letters > b"Z" or columns < 26:
                columns = max(columns, _column(letters))
    every = sum(1 for _ in _CELL.finditer(xml))
    if every > cells:  # those without a place of their own come after the one before
        columns += max(sum(1 for _ in _CELL.finditer(part)) for part in _ROW.split(xml))
    rows = max(rows, sum(1 for _ in _ROW.finditer(xml)))
    if max(every, rows * columns) > MOST_CELLS:
        raise FileError(name, _too_large())


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


def _too_large() -> str:
    return tr("has more than {most} cells, which is too much for a spreadsheet; save it as CSV", most=f"{MOST_CELLS:,}")
