"""How a table is written: encoding, separator, header and the lines before it."""

from dataclasses import dataclass

SPACES = " "
"""The separator of columns that runs of spaces tell apart."""
NO_HEADER = 0


@dataclass(frozen=True)
class Layout:
    """How a table is to be read, or was read.

    In a request each None means: as it is recognised. Of what was read only that is None which there isn't: a
    spreadsheet has no separator, a text no sheet.

    Attributes
    ----------
    encoding
        Python's name of it, ``"utf-8"``, ``"utf-16"``, ``"cp1252"`` …
    separator
        One character; `SPACES` for runs of spaces.
    decimal
        ``"."`` or ``","``.
    skip
        Lines at the beginning that are no part of the table, from 0.
    header
        The line with the names, counted from 1 after the skipped ones; `NO_HEADER` where there is none.
    sheet
        The name of the spreadsheet's sheet.
    """

    encoding: str | None = None
    separator: str | None = None
    decimal: str | None = None
    skip: int | None = None
    header: int | None = None
    sheet: str | None = None
