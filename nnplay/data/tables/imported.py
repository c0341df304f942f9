"""From a sheet and a choice of its columns to the table that a network trains on."""

from dataclasses import dataclass

from nnplay.data.table import Table
from nnplay.data.tables.preparation import Preparation


@dataclass(frozen=True, eq=False)
class Imported:
    """A table made of a sheet.

    Attributes
    ----------
    table
        Its points.
    preparation
        How new rows become inputs.
    left_out
        Rows that are not in it: for missing cells, and those that the sheet had left out already.
    filled
        Missing cells that were filled.
    notes
        What was dropped, filled or changed, a sentence each, with its number.
    """

    table: Table
    preparation: Preparation
    left_out: int
    filled: int
    notes: tuple[str, ...]
