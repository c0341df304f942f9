"""Formats that are known and not read: named, rather than taken for a broken text."""

import re
from pathlib import PurePath

from nnplay.data.file_error import FileError
from nnplay.texts import tr

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old documents of office programs begin, and new ones with a password."""
NUMPY, XLSB, WORD = "NumPy (.npz)", "Excel (.xlsb)", "Word"
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"PAR1", "Parquet"),
    (b"ARROW1", "Arrow (Feather)"),
    (b"FEA1", "Feather"),
    (b"ORC", "ORC"),
    (b"Obj\x01", "Avro"),
    (b"\x89HDF\r\n\x1a\n", "HDF5"),
    (b"MATLAB 5.0", "MATLAB (.mat)"),
    (b"\x93NUMPY", "NumPy (.npy)"),
    (b"SQLite format 3\0", "SQLite"),
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60", "SAS (.sas7bdat)"),
    (b"HEADER RECORD*******", "SAS transport (.xpt)"),
    (b"$FL2", "SPSS (.sav)"),
    (b"$FL3", "SPSS (.zsav)"),
    (b"<stata_dta>", "Stata (.dta)"),
    (b"RDX", "R (.rda)"),
    (b"X\n\0\0\0", "R (.rds)"),
    (b"\x1f\x8b", "gzip"),
    (b"\xfd7zXZ\0", "xz"),
    (b"BZh", "bzip2"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90", "EXE"),
    (b"\x80\x02", "pickle"),
    (b"\x80\x03", "pickle"),
    (b"\x80\x04", "pickle"),
    (b"\x80\x05", "pickle"),
)
_ENDINGS = {
    ".parquet": "Parquet", ".feather": "Feather", ".arrow": "Arrow", ".orc": "ORC", ".avro": "Avro",
    ".h5": "HDF5", ".hdf5": "HDF5", ".hdf": "HDF5", ".mat": "MATLAB (.mat)", ".npy": "NumPy (.npy)",
    ".npz": "NumPy (.npz)", ".pkl": "pickle", ".pickle": "pickle", ".joblib": "joblib",
    ".sas7bdat": "SAS (.sas7bdat)", ".xpt": "SAS transport (.xpt)", ".sav": "SPSS (.sav)", ".zsav": "SPSS (.zsav)",
    ".por": "SPSS (.por)", ".dta": "Stata (.dta)", ".rds": "R (.rds)", ".rda": "R (.rda)", ".rdata": "R (.rda)",
    ".db": "SQLite", ".sqlite": "SQLite", ".sqlite3": "SQLite", ".mdb": "Access", ".accdb": "Access",
    ".pdf": "PDF", ".doc": "Word", ".docx": "Word", ".odt": "OpenDocument Text", ".ppt": "PowerPoint",
    ".pptx": "PowerPoint", ".numbers": "Numbers", ".xls": "Excel (.xls)", ".xlsb": "Excel (.xlsb)", ".rtf": "RTF",
    ".png": "PNG",
    ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".bmp": "BMP", ".tif": "TIFF", ".tiff": "TIFF", ".webp": "WebP",
    ".svg": "SVG", ".bz2": "bzip2", ".xz": "xz", ".zst": "Zstandard", ".7z": "7-Zip", ".rar": "RAR", ".tar": "tar",
    ".tgz": "tar", ".arff": "ARFF (Weka)", ".svmlight": "LIBSVM", ".libsvm": "LIBSVM",
}  # fmt: skip
_MARKUP = re.compile(rb"\s*<(!doctype html|html|head|body|table)\b", re.IGNORECASE)
_XML = re.compile(rb"\s*<(\?xml|svg)\b", re.IGNORECASE)
_ARFF = re.compile(r"\s*(%[^\n]*\n\s*)*@relation\b", re.IGNORECASE)
_LIBSVM = re.compile(r"[+-]?[\d.]+(e[+-]?\d+)?(,[\d.]+)*( +(qid|\d+):[^\s:]+)+\s*(#.*)?", re.IGNORECASE)


def refuse_known(name: str, head: bytes) -> None:
    """Refuse a format that is known by how a file begins, or else by the ending of its name.

    Parameters
    ----------
    name
        The file's name, without .gz or .zip.

    Raises
    ------
    FileError
        With the format's name.
    """
    for beginning, found in _BEGINNINGS:
        if head.startswith(beginning) and not (found == "ORC" and _is_text(head)):
            raise FileError(name, _not_read(found))
    if head[257:262] == b"ustar":
        raise FileError(name, _not_read("tar"))
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        raise FileError(name, _not_read("WebP"))
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(text):
        raise FileError(name, _not_read("HTML"))
    if _XML.match(text):
        raise FileError(name, _not_read("XML"))
    ending = PurePath(name).suffix.lower()
    if head.startswith(OLE) and ending in (".xlsx", ".ods"):
        raise FileError(name, tr("is protected by a password; save it without one and try again"))
    if head.startswith(OLE) and ending not in _ENDINGS:
        raise FileError(name, _not_read(_ENDINGS[".xls"]))
    if ending in _ENDINGS:
        raise FileError(name, _not_read(_ENDINGS[ending]))


def refuse_known_text(name: str, lines: list[str]) -> None:
    """Refuse texts that are no table: ARFF and LIBSVM.

    Raises
    ------
    FileError
        With the format's name.
    """
    if _ARFF.match("\n".join(lines[:200])):
        raise FileError(name, _not_read("ARFF (Weka)"))
    filled = [line.strip() for line in lines[:50] if line.strip() and not line.startswith("#")]
    if filled and sum(len(line) < 100_000 and _LIBSVM.fullmatch(line) is not None for line in filled) > len(filled) / 2:
        raise FileError(name, _not_read("LIBSVM"))


def not_read(name: str, found: str) -> FileError:
    """The refusal of a format."""
    return FileError(name, _not_read(found))


def _not_read(found: str) -> str:
    return tr(
        "is a file of the format {format}, which isn't read; save the table as .csv, .xlsx or .ods and try again",
        format=found,
    )


def _is_text(head: bytes) -> bool:
    return not head.translate(None, bytes(range(32, 127)) + b"\t\r\n")
