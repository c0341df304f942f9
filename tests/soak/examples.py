"""Good tables for the soak: texts, spreadsheets and JSON as people have them."""

import datetime
import io
import json
import zipfile
from pathlib import Path

import openpyxl

from tests.soak.texts import TEXTS

INPUTS = Path(__file__).parents[1] / "reference" / "inputs"
SHEET = "xl/worksheets/sheet1.xml"
OPENDOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="Sheet1">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def tables() -> list[bytes]:
    """Texts of many kinds."""
    files = sorted(path for path in INPUTS.iterdir() if path.suffix in (".csv", ".txt", ".tsv", ".tab"))
    return [path.read_bytes() for path in files] + [text.replace("\t", ",").encode() for text in TEXTS.values()]


def zips() -> list[bytes]:
    """Texts in a zip."""
    return [_zip({"points.csv": content}) for content in tables()[:5]]


def records() -> list[bytes]:
    """JSON of several shapes."""
    rows = [{"x": k / 2, "y": -k, "class": "ab"[k % 2], "ok": k > 3, "note": None} for k in range(12)]
    columns = {key: [row[key] for row in rows] for key in rows[0]}
    shapes = (rows, columns, {"data": rows}, [list(row.values()) for row in rows])
    return [json.dumps(shape).encode() for shape in shapes]


def spreadsheets() -> list[bytes]:
    """Files of .xlsx and .ods."""
    return [_xlsx(), opendocument(_ods_rows())]


def sheets() -> list[bytes]:
    """The XML of a sheet, which `repacked` puts into a file again."""
    with zipfile.ZipFile(io.BytesIO(_xlsx())) as archive:
        return [archive.read(SHEET), OPENDOCUMENT.format(rows=_ods_rows()).encode()]


def repacked(xml: bytes) -> bytes:
    """A spreadsheet with this XML for its sheet."""
    if b"office:" in xml:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        return _zip({"mimetype": kind.encode(), "content.xml": xml, "META-INF/manifest.xml": MANIFEST.encode()})
    with zipfile.ZipFile(io.BytesIO(_xlsx())) as archive:
        return _zip({name: archive.read(name) for name in archive.namelist()} | {SHEET: xml})


def opendocument(rows: str) -> bytes:
    """A file of .ods with these rows of XML."""
    return repacked(OPENDOCUMENT.format(rows=rows).encode())


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["width", "day", "ok", "class"])
    for k in range(12):
        sheet.append([k / 4, datetime.date(2024, 1, 1 + k), k % 3 == 0, "ab"[k % 2]])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _ods_rows() -> str:
    names = "".join(map(_text_cell, ("u", "v", "class")))
    rows = [f"<table:table-row>{names}</table:table-row>"]
    for k in range(12):
        numbers = "".join(
            f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p>'
            "</table:table-cell>"
            for value in (k / 4, -k)
        )
        text = _text_cell("ab"[k % 2])
        empty = '<table:table-cell table:number-columns-repeated="16381"/>'
        rows.append(f"<table:table-row>{numbers}{text}{empty}</table:table-row>")
    rows.append('<table:table-row table:number-rows-repeated="1048563"><table:table-cell/></table:table-row>')
    return "".join(rows)


def _text_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def _zip(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()
