"""The bombs: small files that ask for much, large ones that hold nothing, and what is no file at all.

Each has a function that makes it in a folder, and how it is read. Nothing here is read in this process.
"""

import base64
import gzip
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.soak.examples import opendocument, repacked

MB = 1_000_000
Make = Callable[[Path], Path]
BEGIN = b'{"schema_version":1,"experiment":'


@dataclass(frozen=True)
class Bomb:
    """One bomb.

    Attributes
    ----------
    how
        The reader: document, the ending of a table (csv, gz, zip, xlsx, ods, json), clipboard, images, formula, set or
        save.
    make
        Makes it at a path, and gives the path to read.
    """

    how: str
    make: Make


def _document(experiment: object, run: object = None) -> Make:
    def make(path: Path) -> Path:
        tree = {"schema_version": 1, "experiment": experiment() if callable(experiment) else experiment}
        if run is not None:
            tree["run"] = run() if callable(run) else run
        path.write_text(json.dumps(tree))
        return path

    return make


def _packed(shape: tuple[int, ...], size: int, *, pixels: bool = False, **model: object) -> Make:
    """An experiment on a packed table of zeros, whose targets fit."""

    def experiment() -> dict[str, Any]:
        kind = "pixels" if pixels else "float64"
        inputs = {"shape": list(shape), "type": kind, "zlib": _zeros(size)}
        targets = {"shape": [shape[0]], "type": "float64", "zlib": _zeros(8 * shape[0])}
        data = {"kind": "yours", "table": {"inputs": inputs, "targets": targets, "class_names": ["a", "b"]}}
        return {"data": data, "model": model} if model else {"data": data}

    return _document(experiment)


def _zeros(size: int) -> str:
    packer = zlib.compressobj(9)
    parts = [packer.compress(bytes(min(16 * MB, size - done))) for done in range(0, size, 16 * MB)]
    return base64.b64encode(b"".join([*parts, packer.flush()])).decode("ascii")


def _repeated(piece: bytes, size: int, before: bytes = b"", after: bytes = b"") -> Make:
    def make(path: Path) -> Path:
        block = piece * max(1, MB // len(piece))
        with path.open("wb") as file:
            file.write(before)
            for _ in range(max(1, size // len(block))):
                file.write(block)
            file.write(after)
        return path

    return make


def _experiment_with(key: str, piece: bytes, size: int, ends: bytes = b"[]") -> Make:
    """The tutorial's experiment with a long list, or a long text, under another key."""
    begin = BEGIN + b'{}, "' + key.encode() + b'": ' + ends[:1]
    return _repeated(piece, size, begin, piece.rstrip(b",") + ends[1:] + b"}")


def _table(inputs: bytes, piece: bytes = b"", size: int = 0, after: bytes = b"") -> Make:
    """An experiment on a table with these inputs."""
    begin = BEGIN + b'{"data":{"kind":"yours","table":{"targets":[],"inputs":' + inputs
    return _repeated(piece or b" ", size, begin, after + b"}}}}")


def _run_with(name: str, value: Callable[[], object]) -> Make:
    def run() -> dict[str, object]:
        return {"epoch": 0, "parameters": [0.0] * 17, "generator": {}} | {name: value()}

    return _document({}, run)


def _sparse(size: int) -> Make:
    def make(path: Path) -> Path:
        with path.open("wb") as file:
            file.truncate(size)
        return path

    return make


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def _link(to: str) -> Make:
    def make(path: Path) -> Path:
        path.symlink_to(to)
        return path

    return make


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _named(name: str) -> Make:
    return lambda path: path.with_name(name + path.suffix)


def _images(count: int, rows: int, columns: int, *, content: int | None = None, labels: Make | None = None) -> Make:
    def make(path: Path) -> Path:
        size = count * rows * columns if content is None else content
        _repeated(b"\0", size, struct.pack(">HBB3I", 0, 8, 3, count, rows, columns))(path)
        with path.open("r+b") as file:
            file.truncate(16 + size)
        beside = path.with_name("labels-idx1-ubyte")
        if labels is not None:
            labels(beside)
        else:
            beside.write_bytes(struct.pack(">HBBI", 0, 8, 1, count) + bytes(min(count, 60 * MB)))
        return path

    return make


def _with_labels(make: Make) -> Make:
    def both(path: Path) -> Path:
        path.with_name("labels-idx1-ubyte").write_bytes(struct.pack(">HBBI", 0, 8, 1, 2) + bytes(2))
        return make(path)

    return both


def _zipped_images(size: int, count: int) -> Make:
    def make(path: Path) -> Path:
        path = path.with_name(path.name + ".gz")
        with gzip.open(path, "wb", 6) as file:
            file.write(struct.pack(">HBB3I", 0, 8, 3, count, 28, 28))
            for _ in range(size // (16 * MB)):
                file.write(bytes(16 * MB))
        path.with_name("labels-idx1-ubyte").write_bytes(struct.pack(">HBBI", 0, 8, 1, count) + bytes(min(count, MB)))
        return path

    return make


def _lines(lines: Callable[[], Iterator[str]]) -> Make:
    def make(path: Path) -> Path:
        with path.open("w", encoding="utf-8") as file:
            file.writelines(lines())
        return path

    return make


def _row(cell: str) -> str:
    return ",".join([cell] * 4096) + "\n"


def _gzipped(piece: bytes | Callable[[], bytes], times: int) -> Make:
    def make(path: Path) -> Path:
        content = piece() if callable(piece) else piece
        with gzip.open(path, "wb", 6) as file:
            for _ in range(times):
                file.write(content)
        return path

    return make


def _zipped(parts: dict[str, tuple[bytes, int]]) -> Make:
    """A zip with files of a piece and how often it is in them."""

    def make(path: Path) -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, (piece, times) in parts.items():
                with archive.open(name, "w", force_zip64=True) as file:
                    for _ in range(times):
                        file.write(piece)
        return path

    return make


def _many_files(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(60_000):
            archive.writestr(f"{number}.csv", b"")
    return path


def _sheet(rows: str | Callable[[], str], dimension: str = "A1:B2") -> Make:
    def make(path: Path) -> Path:
        xml = (
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f'<dimension ref="{dimension}"/><sheetData>{rows() if callable(rows) else rows}</sheetData></worksheet>'
        )
        path.write_bytes(repacked(xml.encode()))
        return path

    return make


def _ods(rows: str) -> Make:
    def make(path: Path) -> Path:
        path.write_bytes(opendocument(rows))
        return path

    return make


def _row_of_sheet(place: str) -> str:
    return f'<row r="{place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{place}"><v>1</v></c></row>'


def _full_row(number: int) -> str:
    return f"<row>{f'<c><v>{number}.5</v></c>' * 100}</row>"


def _cells(count: int, content: str = "", *, rows: int = 1) -> str:
    """A row of .ods with a cell that is repeated."""
    kind = ' office:value-type="string"' if content else ""
    cell = f'<table:table-cell{kind} table:number-columns-repeated="{count}">{content}</table:table-cell>'
    return f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'


def _many_keys(path: Path) -> Path:
    with path.open("wb") as file:
        file.write(BEGIN + b"{" + b"".join(b'"k%d":0,' % number for number in range(3 * MB)) + b'"k":0}}')
    return path


def _text(text: str) -> Make:
    return _repeated(text.encode(), 0, b"")


TYPES = "[Content_Types].xml"
IN_THE_GENERATOR = b'{},"run":{"epoch":0,"parameters":[],"generator":{"a":'
WIDE = [{"units": 512}] * 8
BOMBS: dict[str, Bomb] = {
    "packed-1-99000000": Bomb("document", _packed((1, 99 * MB), 99 * MB, pixels=True)),
    "packed-99000000-1": Bomb("document", _packed((99 * MB, 1), 99 * MB, pixels=True)),
    "packed-1-99000000-floats": Bomb("document", _packed((1, 99 * MB), 8 * 99 * MB)),
    "packed-two-million-by-512": Bomb("document", _packed((1, 2 * MB), 2 * MB, pixels=True, hidden_layers=WIDE)),
    "packed-more-than-it-says": Bomb("document", _packed((10, 2), 2_000 * MB)),
    "packed-huge-shape": Bomb("document", _table(b'{"shape":[1' + b"0" * 400 + b',0],"type":"pixels","zlib":""}')),
    "512-units-on-4000-inputs": Bomb("document", _packed((8000, 4000), 32 * MB, pixels=True, hidden_layers=WIDE)),
    "brackets": Bomb("document", _experiment_with("run", b"[],", 240 * MB)),
    "braces": Bomb("document", _experiment_with("run", b"{},", 240 * MB)),
    "numbers": Bomb("document", _experiment_with("run", b"0,", 200 * MB)),
    "nulls-in-a-table": Bomb("document", _table(b"[", b"null,", 100 * MB, b"0]")),
    "pairs-in-a-table": Bomb("document", _table(b"[", b"[0,1],", 60 * MB, b"[0,1]]")),
    "deep-lists": Bomb("document", _repeated(b"[", 50 * MB)),
    "deep-records": Bomb("document", _repeated(b'{"a":', 50 * MB)),
    "deep-in-the-generator": Bomb("document", _repeated(b"[", MB, BEGIN + IN_THE_GENERATOR)),
    "digits": Bomb("document", _repeated(b"9", 60 * MB, BEGIN + b'{"seed":', b"}}")),
    "digits-after-the-point": Bomb("document", _repeated(b"9", 60 * MB, BEGIN + b'{"seed":0.', b"}}")),
    "a-long-text": Bomb("document", _repeated(b"a", 200 * MB, BEGIN + b'{"data":{"formula":"', b'"}}}')),
    "a-long-key": Bomb("document", _repeated(b"a", 200 * MB, BEGIN + b'{"', b'":0}}')),
    "many-keys": Bomb("document", _many_keys),
    "many-class-names": Bomb("document", _table(b'[[0,1]],"class_names":[', b'"a",', 60 * MB, b'"a"]')),
    "a-long-order": Bomb("document", _run_with("order", lambda: [0] * (10 * MB))),
    "many-parameters": Bomb("document", _run_with("parameters", lambda: [0.5] * (10 * MB))),
    "a-long-history": Bomb("document", _run_with("history", lambda: [[0.0] * 7] * MB)),
    "an-epoch-of-400-digits": Bomb("document", _run_with("epoch", lambda: 10**400)),
    "blanks": Bomb("document", _repeated(b" ", 255 * MB)),
    "zeros": Bomb("document", _sparse(4_000 * MB)),
    "no-text": Bomb("document", _repeated(b"\xff\xfe", 250 * MB)),
    "a-pipe": Bomb("document", _pipe),
    "a-device": Bomb("document", _link("/dev/zero")),
    "a-folder": Bomb("document", _folder),
    "a-circle-of-links": Bomb("document", lambda path: _link(path.name)(path)),
    "a-name-of-300": Bomb("document", _named("a.b" * 100)),
    "a-name-of-300-to-save": Bomb("save", _named("a.b" * 100)),
    "csv-4096-columns-of-one-name": Bomb("csv", _lines(lambda: iter([_row("a"), *[_row("1")] * 3]))),
    "csv-4096-columns-500-rows": Bomb("csv", _repeated(_row("1").encode(), 4 * MB)),
    "csv-blank-lines": Bomb("csv", _repeated(b"\n", 190 * MB)),
    "csv-commas": Bomb("csv", _repeated(b"," * 900_000 + b"\n", 190 * MB)),
    "csv-rows-of-commas": Bomb("csv", _repeated(b"," * 4000 + b"\n", 190 * MB, b"1," * 4000 + b"1\n")),
    "csv-lone-returns": Bomb("csv", _repeated(b"\r", 190 * MB)),
    "csv-rows-with-lone-returns": Bomb("csv", _repeated(b"1,2\r", 190 * MB)),
    "csv-one-line": Bomb("csv", _repeated(b"1,", 190 * MB)),
    "csv-an-open-quote": Bomb("csv", _repeated(b"1,2\n", 190 * MB, b'a,b\n"')),
    "csv-a-million-texts": Bomb("csv", _lines(lambda: (f"{i},text {i}\n" for i in range(MB)))),
    "csv-long-numbers": Bomb("csv", _repeated(b"9" * 100_000 + b",1\n", 190 * MB)),
    "csv-zeros": Bomb("csv", _sparse(190 * MB)),
    "csv-a-pipe": Bomb("csv", _pipe),
    "csv-a-device": Bomb("csv", _link("/dev/zero")),
    "csv-a-name-of-300": Bomb("csv", _named("a.b" * 100)),
    "csv-many-columns": Bomb("csv", _lines(lambda: iter([",".join(map(str, range(120_000))) + "\n"] * 3))),
    "csv-many-ragged-rows": Bomb("csv", _lines(lambda: ("1" + ",1" * (i % 9) + "\n" for i in range(MB)))),
    "csv-utf-16": Bomb("csv", _repeated("1,2\n".encode("utf-16-le"), 190 * MB, b"\xff\xfe")),
    "csv-no-encoding": Bomb("csv", _repeated(bytes(range(128, 256)) + b",1\n", 190 * MB)),
    "csv-quotes": Bomb("csv", _repeated(b'"', 190 * MB)),
    "csv-a-quote-in-each-row": Bomb("csv", _repeated(b'"a,1\n', 50 * MB)),
    "csv-comments": Bomb("csv", _repeated(b"#\n", 2 * MB, b"a,b\n1,2\n")),
    "gz-zeros": Bomb("gz", _gzipped(bytes(MB), 5_000)),
    "gz-rows": Bomb("gz", _gzipped(b"1,2\n" * (MB // 4), 2_000)),
    "gz-one-line": Bomb("gz", _gzipped(b"1," * (MB // 2), 2_000)),
    "gz-in-gz": Bomb("gz", _gzipped(lambda: gzip.compress(bytes(100 * MB)), 1)),
    "gz-braces": Bomb("gz", _gzipped(b'{"a":1}\n' * (MB // 8), 2_000)),
    "zip-zeros": Bomb("zip", _zipped({"points.csv": (bytes(MB), 5_000)})),
    "zip-many-files": Bomb("zip", _many_files),
    "zip-in-zip": Bomb("zip", _zipped({"inner.zip": (gzip.compress(bytes(MB)), 1)})),
    "xlsx-corners": Bomb("xlsx", _sheet(_row_of_sheet("A1") + _row_of_sheet("XFD1048576"))),
    "xlsx-a-place-beyond": Bomb("xlsx", _sheet(_row_of_sheet("ZZZZZZZ99999999999"))),
    "xlsx-dimension": Bomb("xlsx", _sheet(_row_of_sheet("A1"), "A1:XFD1048576")),
    "xlsx-a-million-columns": Bomb("xlsx", _sheet(lambda: f"<row>{'<c><v>1</v></c>' * MB}</row>")),
    "xlsx-many-cells": Bomb("xlsx", _sheet(lambda: f"<row>{'<c><v>1</v></c>' * 100}</row>" * 50_000)),
    "xlsx-as-many-as-are-read": Bomb("xlsx", _sheet(lambda: "".join(map(_full_row, range(29_000))))),
    "xlsx-5-gb": Bomb("xlsx", _zipped({TYPES: (b"<a/>", 1), "xl/workbook.xml": (b" " * MB, 5_000)})),
    "xlsx-texts": Bomb("xlsx", _zipped({TYPES: (b"<a/>", 1), "xl/sharedStrings.xml": (b"<si/>" * (MB // 5), 2_000)})),
    "xlsx-entities": Bomb("xlsx", _sheet("&a;" * 10)),
    "ods-repeated-cell": Bomb("ods", _ods(_cells(999_999_999, "<text:p>1</text:p>"))),
    "ods-repeated-rows": Bomb("ods", _ods(_cells(1, "<text:p>1</text:p>", rows=999_999_999))),
    "ods-empty-before-one": Bomb("ods", _ods(_cells(99_999_999) + _cells(1, "<text:p>1</text:p>"))),
    "ods-empty-cells-before-one": Bomb("ods", _ods(_cells(99_999_999, "</table:table-cell><table:table-cell><text:p>1"
                                                                      "</text:p>"))),
    "ods-spaces": Bomb("ods", _ods(_cells(1, '<text:p><text:s text:c="2000000000"/></text:p>'))),
    "ods-deep": Bomb("ods", _ods("<text:span>" * MB)),
    "json-deep": Bomb("json", _repeated(b"[", 50 * MB)),
    "json-deep-records": Bomb("json", _repeated(b'{"a":', 50 * MB)),
    "json-brackets": Bomb("json", _repeated(b"[],", 190 * MB, b"[")),
    "json-braces": Bomb("json", _repeated(b"{},", 190 * MB, b"[")),
    "json-numbers": Bomb("json", _repeated(b"0,", 190 * MB, b"[", b"0]")),
    "json-digits": Bomb("json", _repeated(b"9", 190 * MB, b'[{"a":', b"}]")),
    "json-a-key-a-record": Bomb("json", _lines(lambda: ('[{"a":0}', *(f',{{"k{i}":1}}' for i in range(100_000)), "]"))),
    "clipboard-blanks": Bomb("clipboard", _repeated(b" \t \t\n", 100 * MB)),
    "clipboard-returns": Bomb("clipboard", _repeated(b"\r", 100 * MB)),
    "clipboard-tabs": Bomb("clipboard", _repeated(b"\t", 100 * MB)),
    "images-10-1000-6000": Bomb("images", _images(10, 1000, 6000)),
    "images-60000000-1-1": Bomb("images", _images(60 * MB, 1, 1)),
    "images-1-1-60000000": Bomb("images", _images(1, 1, 60 * MB)),
    "images-all-that-32-bits-say": Bomb("images", _images(2**32 - 1, 2**32 - 1, 2**32 - 1, content=0)),
    "images-none": Bomb("images", _images(0, 2**32 - 1, 2**32 - 1)),
    "images-zipped-5-gb": Bomb("images", _zipped_images(5_000 * MB, 70_000)),
    "images-zipped-that-fit-no-table": Bomb("images", _zipped_images(192 * MB, 192 * MB // 784)),
    "images-a-pipe": Bomb("images", _with_labels(_pipe)),
    "images-a-device": Bomb("images", _with_labels(_link("/dev/zero"))),
    "labels-a-pipe": Bomb("images", lambda path: _images(2, 2, 2, labels=_pipe)(path)),
    "formula-brackets": Bomb("formula", _text("(" * 200)),
    "formula-powers": Bomb("formula", _text("9^" * 99 + "9")),
    "formula-minuses": Bomb("formula", _text("-" * 199 + "x")),
    "set-digits": Bomb("set", _repeated(b"9", 5 * MB, b"data.samples=")),
    "set-brackets": Bomb("set", _repeated(b"[", 5 * MB, b"model.hidden_layers=")),
    "set-path": Bomb("set", _repeated(b"a.", 5 * MB, b"", b"=1")),
    "number-digits": Bomb("number", _repeated(b"9", 5 * MB)),
}  # fmt: skip
"""Every bomb by its name."""
