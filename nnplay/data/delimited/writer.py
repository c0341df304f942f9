"""Writes a table as delimited text that spreadsheets and `open_csv` read."""

import csv
import io
import os
from pathlib import Path
from typing import TextIO

from nnplay.data.file_error import FileError
from nnplay.data.table import Table


def write_csv(table: Table, path: str | Path) -> None:
    """Write a table as CSV: UTF-8, a header, numbers with every digit that they have, classes by name.

    The file appears whole or not at all.

    Raises
    ------
    FileError
        A place that can't be written.
    """
    file = Path(path)
    temporary = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        try:
            with temporary.open("x", encoding="utf-8", newline="") as handle:
                _write(table, handle, ",")
            temporary.replace(file)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileError(file.name, f"can't be written: {reason}") from error


def table_to_text(table: Table) -> str:
    """A table separated by tabs, with a header: what a spreadsheet takes from the clipboard."""
    text = io.StringIO(newline="")
    _write(table, text, "\t")
    return text.getvalue()


def _write(table: Table, handle: TextIO, separator: str) -> None:
    writer = csv.writer(handle, delimiter=separator, lineterminator="\n")
    writer.writerow([*table.input_names, "class" if table.task == "classification" else "target"])
    targets: list[str] | list[float]
    if table.task == "classification":
        targets = [table.class_names[label] for label in table.labels]
    else:
        targets = table.targets.tolist()
    writer.writerows([*row, target] for row, target in zip(table.inputs.tolist(), targets, strict=True))
