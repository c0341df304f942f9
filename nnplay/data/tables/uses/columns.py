"""What a column is good for by itself, whatever the others are: as an input, as a target, or left out, and why."""

import re

import numpy as np

from nnplay.data.table import MAX_CLASSES
from nnplay.data.tables.choice import Use
from nnplay.data.tables.layout import NO_HEADER
from nnplay.data.tables.sheet import MOST_DISTINCT, Column, Sheet
from nnplay.data.tables.uses.names import is_given, may_tell_id, tells_class, tells_id, tells_measured
from nnplay.texts import tr

MOST_CATEGORIES = 64
"""Different texts of a column that become inputs, at most."""
MANY_TEXTS = 20
"""A text with more different values than this is a name or a remark rather than a category."""
FEW_VALUES = 10
"""Whole numbers of so many different values are classes rather than amounts."""
LEAST_PRESENT = 0.25
"""A column with values in fewer rows than this costs more rows than it is worth."""
FEW_ROWS = 10
"""In fewer rows numbers may rise evenly by chance."""

_DATE = re.compile(
    r"""\d{4}([-/.])\d{1,2}\1\d{1,2}([T ].*)?          # 2024-03-31, and a time behind it
    | \d{1,2}([-/.])\d{1,2}\3(\d{4}|\d\d)([T ].*)?     # 31.3.2024, 3/31/24
    | \d{1,2}[-/.\s]+[^\W\d]{3,}\.?[-/.,\s]+(\d{4}|\d\d)([T ].*)?   # 31 Mar 2024
    | [^\W\d]{3,}\.?\s+\d{1,2},?\s+\d{4}([T ].*)?      # March 31, 2024
    | \d{1,2}:\d\d(:\d\d(\.\d+)?)?(\s?[apAP]\.?[mM]\.?)?  # 14:05:00
    """,
    re.VERBOSE,
)


def present(column: Column) -> int:
    """How many cells of a column aren't missing."""
    return len(column.missing) - column.missing_count


def gaps(column: Column) -> str:
    """In how many rows a column has no value, in a few words."""
    return tr("no value in {n} row|no value in {n} rows", "", column.missing_count)


def own_use(sheet: Sheet, index: int) -> Use:
    """What a column would be used as where it is not the target."""
    column = sheet.columns[index]
    use, reason = input_use(column), _reason_against(sheet, index)
    return use if reason is None else Use("left_out", use.kind, reason)


def input_use(column: Column) -> Use:
    """A column as an input: a number, or categories."""
    if column.kind == "text" or (column.categorical and 2 <= column.distinct <= MOST_CATEGORIES):
        return Use("input", "categories", category_words(column))
    return Use("input", "number", tr("number"))


def category_words(column: Column) -> str:
    """What an input of texts is, in a few words."""
    return tr("{n} category|{n} categories", "", column.distinct)


def unusable(column: Column) -> str | None:
    """Why a column can't be an input, in a few words; None where it can."""
    if column.distinct == 0:
        return tr("no value at all")
    if column.kind == "text" and column.distinct > MOST_CATEGORIES:
        return _many_values(column)
    return None


def can_be_target(sheet: Sheet, index: int) -> bool:
    """Whether there is something to learn in a column: more than one value, and of texts few enough for classes."""
    column = sheet.columns[index]
    if column.distinct < 2 or is_date(sheet, index):
        return False
    return column.kind == "number" or (column.distinct <= MAX_CLASSES and _repeats(column))


def has_few_texts(sheet: Sheet, index: int) -> bool:
    """Whether a column of texts looks like classes; those of the last one may be as many as there can be."""
    column, last = sheet.columns[index], index == len(sheet.columns) - 1
    few = column.distinct <= MANY_TEXTS or (last and 2 * column.distinct <= present(column))
    return column.kind == "text" and few and can_be_target(sheet, index)


def looks_like_classes(column: Column) -> bool:
    """Whether what is to be learnt in a column is a class, and not a number."""
    if column.kind == "text" or (column.categorical and 2 <= column.distinct <= MAX_CLASSES):
        return True
    most = MAX_CLASSES if tells_class(column.name) else FEW_VALUES
    few = column.distinct == 2 or 2 * column.distinct <= present(column)
    return few and column.distinct <= most and _are_integers(column)


def counts_rows(column: Column) -> bool:
    """Whether a column is 1, 2, 3 … or 0, 1, 2 …, or rises or falls evenly from elsewhere."""
    rows = len(column.missing)
    if rows < 2 or not column.whole or column.distinct < min(rows, MOST_DISTINCT):
        return False
    numbers = column.numbers
    steps = np.diff(numbers)
    if not (steps == steps[0]).all():  # a missing number is no step
        return False
    if numbers[0] in (0, 1) and steps[0] == 1 and (may_tell_id(column.name) or is_given(column.name)):
        return True
    return rows >= FEW_ROWS and not tells_measured(column.name)


def is_id(sheet: Sheet, index: int) -> bool:
    """Whether a column tells rows apart: by its name, by having none, or since whole numbers rise from row to row.

    Those that rise are ids at the beginning of a table; elsewhere they may be what the rows are sorted by.
    """
    column = sheet.columns[index]
    count = present(column)
    if column.kind == "number" and not column.whole and not (tells_id(column.name) and _are_integers(column)):
        return False
    if tells_id(column.name) and column.distinct > min(MANY_TEXTS, count / 2):
        return True
    unnamed = is_given(column.name) and sheet.layout.header != NO_HEADER
    if unnamed or may_tell_id(column.name):
        return _are_all_different(column, count)
    if column.kind == "text" or tells_measured(column.name) or index > 1 or count < max(FEW_ROWS, sheet.rows):
        return False
    return column.distinct >= min(count, MOST_DISTINCT) and bool((np.diff(column.numbers) > 0).all())


def is_date(sheet: Sheet, index: int) -> bool:
    """Whether the first texts of a column are dates or times."""
    column = sheet.columns[index]
    if column.kind == "number":
        return False
    cells = [row[index] for row, missing in zip(sheet.first_rows, column.missing, strict=False) if not missing]
    return bool(cells) and all(_DATE.fullmatch(cell.strip()) for cell in cells)


def _reason_against(sheet: Sheet, index: int) -> str | None:
    """Why a column is rather no input."""
    column = sheet.columns[index]
    if column.distinct == 0:
        return tr("no value at all")
    if column.role == "left_out":
        return tr("left out in the file")
    if column.distinct == 1:
        return tr("one value only")
    if is_date(sheet, index):
        return tr("a date")
    if column.role is None and counts_rows(column):
        return tr("counts the rows")
    if column.role is None and is_id(sheet, index):
        return tr("an id")
    if column.kind == "text" and _has_many_texts(column):
        return _many_values(column)
    if present(column) < LEAST_PRESENT * sheet.rows:
        return gaps(column)
    return None


def _has_many_texts(column: Column) -> bool:
    return column.distinct > MANY_TEXTS or (column.distinct > 2 and 2 * column.distinct > present(column))


def _many_values(column: Column) -> str:
    if column.distinct > MOST_DISTINCT:
        return tr("text with more than {most} values", most=f"{MOST_DISTINCT:,}")
    return tr("text with {n} value|text with {n} values", "", column.distinct)


def _are_all_different(column: Column, count: int) -> bool:
    if column.distinct < min(count, MOST_DISTINCT) or column.kind == "text" or count <= MOST_DISTINCT:
        return 1 < count <= column.distinct
    return len(np.unique(column.numbers[~column.missing])) == count


def _repeats(column: Column) -> bool:
    return column.distinct == 2 or column.distinct < present(column)


def _are_integers(column: Column) -> bool:
    if column.whole:
        return True
    numbers = column.numbers[~column.missing]
    return bool((numbers == np.floor(numbers)).all())
