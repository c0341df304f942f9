"""Points as delimited text: CSV files and what spreadsheets put on the clipboard."""

from nnplay.data.delimited.choice import Choice, suggested_choice, to_table
from nnplay.data.delimited.reader import Progress, open_csv, text_to_sheet, text_to_table
from nnplay.data.delimited.sheet import CsvSheet, SheetColumn
from nnplay.data.tables.writer import table_to_text, write_csv

__all__ = [
    "Choice",
    "CsvSheet",
    "Progress",
    "SheetColumn",
    "open_csv",
    "suggested_choice",
    "table_to_text",
    "text_to_sheet",
    "text_to_table",
    "to_table",
    "write_csv",
]
