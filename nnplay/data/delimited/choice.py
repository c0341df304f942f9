"""From a sheet to a table: which columns are the inputs and which is the target."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.data.delimited.numbers import Decimal, parse_number
from nnplay.data.delimited.sheet import CsvSheet, Floats, SheetColumn
from nnplay.data.file_error import FileError
from nnplay.data.table import MAX_CLASSES, TASKS, Table, Task, frozen
from nnplay.errors import InputError, one_of, shortened
from nnplay.limits import MOST_NUMBER
from nnplay.texts import tr

_TARGET_NAMES = frozenset({"class", "label", "target", "output", "category", "species", "group", "type"})


@dataclass(frozen=True)
class Choice:
    """What each column is used as.

    Attributes
    ----------
    inputs
        Names of the columns that the network sees.
    target
        Name of the column it learns; None where there is none, and all samples are of one class.
    task
        ``"classification"`` or ``"regression"``.
    """

    inputs: tuple[str, ...]
    target: str | None
    task: Task


def suggested_choice(sheet: CsvSheet) -> Choice:
    """A first guess for the dialog.

    The target is the last column with a usual name for one (class, label, target …), else the last column; where only
    two columns of many-valued numbers are there, both are inputs. Other columns of numbers are the inputs.
    """
    named = [column for column in sheet.columns if column.name.lower() in _TARGET_NAMES]
    target: SheetColumn | None = named[-1] if named else sheet.columns[-1]
    if not named and len(sheet.columns) <= 2 and all(column.classes(MAX_CLASSES) is None for column in sheet.columns):
        target = None
    inputs = tuple(column.name for column in sheet.columns if column is not target and column.kind == "number")
    if target is None:
        return Choice(inputs, None, "classification")
    return Choice(inputs, target.name, "classification" if _is_class(target) else "regression")


def to_table(
    sheet: CsvSheet,
    inputs: Sequence[str | int],
    target: str | int | None,
    task: Task = "classification",
    *,
    least_classes: int = 2,
) -> Table:
    """The table of a sheet.

    Parameters
    ----------
    sheet
        What `open_csv` read.
    inputs
        Columns, by name or by position from 0; each holds numbers only.
    target
        The column to learn. For classification its different values, 10 at most, become class names in sorted order.
        None puts every sample into one class.
    task
        ``"classification"`` or ``"regression"``.
    least_classes
        With fewer different targets there is nothing to tell apart, and the file is refused.

    Raises
    ------
    InputError
        A column that doesn't exist or is chosen twice; no input at all.
    FileError
        A cell that is no finite number where one is needed, an empty class, too few or too many classes.
    """
    if task not in TASKS:
        raise InputError("task", task, one_of(TASKS))
    if not inputs:
        raise InputError("inputs", (), tr("at least one column of numbers"))
    named = {column.name: column for column in reversed(sheet.columns)}
    chosen = [_column(sheet, named, "inputs", key) for key in inputs]
    goal = None if target is None else _column(sheet, named, "target", target)
    taken: set[int] = set()
    for column in [*chosen, *([] if goal is None else [goal])]:
        if id(column) in taken:
            raise InputError(tr("inputs and target"), column.name, tr("each column once"))
        taken.add(id(column))
    columns = np.empty((sheet.rows, len(chosen)))
    for place, column in enumerate(chosen):
        columns[:, place] = _numbers(sheet, column)
    names = tuple(column.name for column in chosen)
    if goal is None:
        return Table(frozen(columns), frozen(np.zeros(sheet.rows)), "classification", names, ("0",))
    if task == "regression":
        return Table(frozen(columns), _numbers(sheet, goal), "regression", names)
    class_names, labels = _classes(sheet, goal, least_classes)
    return Table(frozen(columns), frozen(labels), "classification", names, class_names)


def _column(sheet: CsvSheet, named: Mapping[str, SheetColumn], field: str, key: str | int) -> SheetColumn:
    if isinstance(key, str):
        if key in named:
            return named[key]
    elif not isinstance(key, bool) and 0 <= key < len(sheet.columns):
        return sheet.columns[key]
    names = ", ".join(column.name for column in sheet.columns[:50])
    raise InputError(field, key, tr("one of the columns {names}", names=names))


def _numbers(sheet: CsvSheet, column: SheetColumn) -> Floats:
    if column.first_bad is not None:
        row, text = column.first_bad
        raise FileError(sheet.name, _no_number(text, sheet.decimal), row=row, column=column.name)
    return column.numbers


def _no_number(text: str, decimal: Decimal) -> str:
    value = parse_number(text, decimal)
    if value is not None and MOST_NUMBER < abs(value) < math.inf:
        most = f"{MOST_NUMBER:g}"
        return tr("{text} is too large; up to {most} in magnitude was expected", text=_quoted(text), most=most)
    if text and decimal == ",":
        return tr("{text} is no finite number; a number with a decimal comma was expected", text=_quoted(text))
    if text:
        return tr("{text} is no finite number; a number was expected", text=_quoted(text))
    if decimal == ",":
        return tr("is empty; a number with a decimal comma was expected")
    return tr("is empty; a number was expected")


def _classes(sheet: CsvSheet, column: SheetColumn, least: int) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    if column.first_empty is not None:
        problem = tr("is empty; a class was expected")
        raise FileError(sheet.name, problem, row=column.first_empty, column=column.name)
    found = column.classes(MAX_CLASSES)
    if found is None:
        raise FileError(sheet.name, _too_many_classes(numbers=column.first_bad is None), column=column.name)
    names, labels = found
    if len(names) < least:
        only = _quoted(names[0])
        problem = tr("has one class only, {name}; at least {least} were expected", name=only, least=least)
        raise FileError(sheet.name, problem, column=column.name)
    return names, labels


def _too_many_classes(*, numbers: bool) -> str:
    if numbers:
        return tr(
            "has more than {most} different values; a class for each is too many, but it can be learnt as a number",
            most=MAX_CLASSES,
        )
    return tr("has more than {most} different values; a class for each is too many", most=MAX_CLASSES)


def _is_class(column: SheetColumn) -> bool:
    found = column.classes(MAX_CLASSES)
    if found is None:
        return column.first_bad is not None
    return column.first_bad is not None or bool((column.numbers == np.floor(column.numbers)).all())


def _quoted(text: str) -> str:
    return repr(shortened(text, 40))
