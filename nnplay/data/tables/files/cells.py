"""Rows of cells from a spreadsheet or JSON as a text, which is read as every other text is."""

import csv
import io
from collections.abc import Iterable, Sequence

from nnplay.data.file_error import FileError
from nnplay.data.tables.bounds import MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Progress
from nnplay.texts import tr

SEPARATOR = ","
_ROWS_AT_ONCE = 1000


def as_csv(name: str, rows: Iterable[Sequence[object]], progress: Progress | None) -> bytes:
    """The rows as UTF-8 text with commas: whole numbers without decimals, dates as in ISO 8601, TRUE and FALSE.

    Raises
    ------
    FileError
        Too many rows, columns or bytes.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    content = io.BytesIO()
    cells = 0
    for count, row in enumerate(rows, start=1):
        cells += len(row)
        if len(row) > MAX_COLUMNS:
            columns, most = f"{len(row):,}", f"{MAX_COLUMNS:,}"
            raise FileError(name, tr("has {columns} columns; up to {most} can be read", columns=columns, most=most))
        if count > MAX_ROWS + 1 or cells > MAX_CELLS or content.tell() > MAX_BYTES:
            most = f"{MAX_CELLS:,}"
            raise FileError(name, tr("has too many rows; up to {most} cells can be read", most=most))
        texts = list(map(written, row))
        if max(map(len, texts), default=0) >= csv.field_size_limit():
            raise FileError(name, tr("has a cell of more than {most} characters", most="131,072"), row=count)
        writer.writerow(texts)
        if count % _ROWS_AT_ONCE == 0:
            if progress:
                progress(0, 0)
            content.write(text.getvalue().encode("utf-8", "replace"))
            text.seek(0)
            text.truncate()
    content.write(text.getvalue().encode("utf-8", "replace"))
    return content.getvalue()


def written(cell: object) -> str:
    """A cell as text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) <= 2**53 else repr(cell)
    return str(cell).replace("\0", "")
