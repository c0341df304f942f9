"""How a column's cells become inputs: numbers as they are, categories as 0 and 1."""

import numpy as np
from numpy.typing import NDArray

from nnplay.data.file_error import FileError
from nnplay.data.tables.preparation import Preparation, SourceColumn
from nnplay.data.tables.sheet import Column, Sheet
from nnplay.errors import shortened
from nnplay.texts import tr

Floats = NDArray[np.float64]


def check_numbers(sheet: Sheet, column: Column) -> None:
    """Refuse a text where a number is needed.

    Raises
    ------
    FileError
        With the line that it stands in.
    """
    if column.kind == "text" and column.first_bad is not None:
        line, text = column.first_bad
        problem = tr("{text} is no finite number; a number was expected", text=repr(shortened(text, 40)))
        raise FileError(sheet.name, problem, row=line, column=column.name)


def columns_of(source: SourceColumn, column: Column, codes: NDArray[np.intp] | None) -> list[Floats]:
    """(N,) each input that a column becomes; missing cells are filled where the source says with what.

    Parameters
    ----------
    codes
        (N,) the index of each cell among the source's categories, −1 where it is missing; None for numbers.
    """
    if codes is None:
        if source.fill is None or not column.missing.any():
            return [column.numbers]
        return [np.where(column.missing, float(source.fill), column.numbers)]
    if source.fill is not None:
        codes = np.where(codes < 0, source.categories.index(str(source.fill)), codes)
    if len(source.categories) <= 2:
        return [(codes == 1).astype(np.float64)]
    return [(codes == place).astype(np.float64) for place in range(len(source.categories))]


def input_names(preparation: Preparation) -> tuple[str, ...]:
    """The names of all inputs, in their order."""
    return tuple(name for source in preparation.columns for name in names_of(source))


def names_of(source: SourceColumn) -> list[str]:
    """The names of a column's inputs: its own, ``Sex=male``, or ``Port=C``, ``Port=Q`` and ``Port=S``."""
    if not source.categories or [each.lower() for each in source.categories] == ["false", "true"]:
        return [source.name]
    shown = source.categories if len(source.categories) > 2 else source.categories[-1:]
    return [f"{source.name}={category}" for category in shown]
