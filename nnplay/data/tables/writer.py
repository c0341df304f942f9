"""Writes a table as delimited text that spreadsheets and `read_file` reads."""

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from nnplay.data.file_error import FileError
from nnplay.data.table import Table
from nnplay.texts import tr

Progress = Callable[[int, int], None]
CHUNK_CELLS = 50_000
TARGETS = {"classification": "class", "regression": "target"}
"""What the column of targets is called, which is the last one."""


def write_csv(table: Table, path: str | Path, progress: Progress | None = None) -> None:
    """Write a table as CSV: UTF-8, a header, numbers with every digit that they have, classes by name.

    The file appears whole or not at all.

    Parameters
    ----------
    progress
        Called with (rows written, rows in all) now and then; what it raises stops the writing and is passed on.

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
                _write(table, handle, ",", progress)
            temporary.replace(file)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileError(file.name, tr("can't be written: {error}", error=reason)) from error


def table_to_text(table: Table, progress: Progress | None = None) -> str:
    """A table separated by tabs, with a header: what a spreadsheet takes from the clipboard; `progress` as above."""
    text = io.StringIO(newline="")
    _write(table, text, "\t", progress)
    return text.getvalue()


def _write(table: Table, handle: TextIO, separator: str, progress: Progress | None = None) -> None:
    writer = csv.writer(handle, delimiter=separator, lineterminator="\n")
    writer.writerow([*table.input_names, TARGETS[table.task]])
    labels = table.labels if table.task == "classification" else None
    size = max(1, CHUNK_CELLS // (table.inputs.shape[1] + 1))
    for start in range(0, len(table), size):
        chunk = slice(start, start + size)
        targets: list[str] | list[float]
        if labels is not None:
            targets = [table.class_names[label] for label in labels[chunk]]
        else:
            targets = table.targets[chunk].tolist()
        writer.writerows([*row, target] for row, target in zip(table.inputs[chunk].tolist(), targets, strict=True))
        if progress:
            progress(min(start + size, len(table)), len(table))
