"""Packed files, and formats that are known and not read."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from nnplay.data.file_error import FileError
from nnplay.data.tables.reading import read_file

Write = Callable[..., Path]
TEXT = b"u,class\n1.5,a\n2.5,b\n"


def zipped(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("points.csv.gz", gzip.compress(TEXT)),
        ("points.csv", gzip.compress(TEXT)),
        ("points.zip", zipped({"points.csv": TEXT})),
        ("points.csv.zip", zipped({"folder/": b"", "folder/points.csv": TEXT, "__MACOSX/._points.csv": b"\0"})),
    ],
)
def test_packed_tables(name: str, content: bytes, file_of: Write) -> None:
    sheet = read_file(file_of(content, name))
    assert (sheet.rows, sheet.name) == (2, name)
    assert sheet.labels(0, 64) is not None


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.gz", gzip.compress(TEXT)[:-9], "is packed, and damaged"),
        ("a.gz", gzip.compress(TEXT)[:12] + b"\xff" * 20, "is packed, and damaged"),
        ("a.zip", zipped({"a.csv": TEXT})[:-30], "is a zip that is damaged"),
        ("a.zip", zipped({"a.csv": TEXT, "b.csv": TEXT}), "is a zip of 2 files; one with a single table"),
        ("a.zip", zipped({"a.zip": zipped({"a.csv": TEXT})}), "is a zip in another one"),
        ("a.gz", gzip.compress(gzip.compress(TEXT)), "format gzip"),
    ],
)
def test_packed_files_that_are_refused(name: str, content: bytes, message: str, file_of: Write) -> None:
    with pytest.raises(FileError, match=message):
        read_file(file_of(content, name))


def numpy_file() -> bytes:
    content = io.BytesIO()
    np.save(content, np.zeros(3))
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.csv", b"PAR1" + bytes(40), "Parquet"),
        ("a.feather", b"ARROW1" + bytes(40), "Arrow"),
        ("a.csv", b"\x89HDF\r\n\x1a\n" + bytes(40), "HDF5"),
        ("a.mat", b"MATLAB 5.0 MAT-file" + bytes(200), "MATLAB"),
        ("a.csv", numpy_file(), "NumPy"),
        ("a.npz", zipped({"x.npy": numpy_file(), "y.npy": numpy_file()}), "NumPy"),
        ("a.csv", b"%PDF-1.4\n", "PDF"),
        ("a.csv", b"<!DOCTYPE html><table></table>", "HTML"),
        ("a.csv", b'<?xml version="1.0"?><a/>', "XML"),
        ("a.sav", b"$FL2" + bytes(40), "SPSS"),
        ("a.dta", b"<stata_dta>", "Stata"),
        ("a.sas7bdat", bytes(12) + b"\xc2\xea\x81\x60" + bytes(40), "SAS"),
        ("a.db", b"SQLite format 3\0" + bytes(40), "SQLite"),
        ("a.pkl", b"\x80\x04\x95" + bytes(20), "pickle"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(20), "PNG"),
        ("a.docx", zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), "Word"),
        ("a.xlsb", zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.bin": b""}), "Excel (.xlsb)"),
        ("a.arff", b"% by us\n@relation r\n@attribute u numeric\n@data\n1\n", "ARFF"),
        ("a.txt", b"@RELATION r\n", "ARFF"),
        ("a.txt", b"-1 1:0.5 2:-1\n+1 1:1.5 2:3\n", "LIBSVM"),
        ("a.csv.xz", b"\xfd7zXZ\0" + bytes(20), "xz"),
    ],
)
def test_a_known_format_is_named(name: str, content: bytes, found: str, file_of: Write) -> None:
    with pytest.raises(FileError) as caught:
        read_file(file_of(content, name))
    assert f"is a file of the format {found}" in str(caught.value)
    assert "save the table as .csv" in str(caught.value)
