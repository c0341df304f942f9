"""From a sheet and what its columns are used as to the table that a network trains on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.data.file_error import FileError
from nnplay.data.table import MAX_CLASSES, Table, check_inputs, frozen
from nnplay.data.tables.as_inputs import Used, check_numbers, input_names, inputs_of
from nnplay.data.tables.choice import Choice
from nnplay.data.tables.imported import Imported
from nnplay.data.tables.preparation import Preparation, SourceColumn
from nnplay.data.tables.sheet import Column, Labels, Sheet
from nnplay.data.tables.telling import missing_counts, no_input, too_few_rows, what_changed
from nnplay.data.tables.uses.columns import MOST_CATEGORIES
from nnplay.errors import Described, InputError, TooLargeError, memory_checked, shortened
from nnplay.limits import MOST_BYTES
from nnplay.texts import tr

Rows = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Checked:
    """What a table will be, known before it is made.

    Attributes
    ----------
    preparation
        How rows become inputs.
    class_names
        Of the target; one name where there is none, nothing for regression.
    rows
        How many rows of the sheet remain.
    left_out, filled, notes
        As in `Imported`.
    kept
        (N,) whether a row of the sheet remains.
    labels
        The texts of the columns that are categories or classes, by the column.
    """

    preparation: Preparation
    class_names: tuple[str, ...]
    rows: int
    left_out: int
    filled: int
    notes: tuple[str, ...]
    kept: Rows
    labels: dict[int, Labels]


def make_import(sheet: Sheet, choice: Choice, *, least_classes: int = 2) -> Imported:
    """The table of a sheet.

    Parameters
    ----------
    sheet
        What was read.
    choice
        What each of its columns is used as.
    least_classes
        With fewer different classes there is nothing to tell apart, and the sheet is refused.

    Raises
    ------
    InputError
        A choice of other columns, or without an input.
    FileError
        A cell that is no number where one is needed, too few or too many classes, or no row without missing cells.
    TooLargeError
        More inputs than there is memory for.
    """
    return import_checked(sheet, choice, check_import(sheet, choice, least_classes=least_classes))


@memory_checked()
def import_checked(sheet: Sheet, choice: Choice, checked: Checked) -> Imported:
    """The table of a sheet and a choice that have been checked."""
    table = Table(
        frozen(inputs_of(_used(sheet, choice, checked), checked.kept)),
        frozen(_targets(sheet, choice, checked)),
        choice.task,
        input_names(checked.preparation),
        checked.class_names,
        choice.picture,
    )
    return Imported(table, checked.preparation, checked.left_out, checked.filled, checked.notes)


def check_import(sheet: Sheet, choice: Choice, *, least_classes: int = 2) -> Checked:
    """What `make_import` would make, and what it would refuse, without the arrays."""
    if len(choice.uses) != len(sheet.columns):
        found = tr("{n} column|{n} columns", "", len(choice.uses))
        raise InputError("choice", Described(found), tr("{n} column|{n} columns", "", len(sheet.columns)))
    if not choice.inputs:
        raise FileError(sheet.name, no_input(sheet, choice))
    for index, use in enumerate(choice.uses):
        if use.role != "left_out" and use.kind == "number":
            check_numbers(sheet, sheet.columns[index])
    target = choice.target
    without_target = None if target is None else sheet.columns[target].missing
    kept = np.ones(sheet.rows, dtype=np.bool_) if without_target is None else ~without_target
    if choice.missing == "drop":
        for index in choice.inputs:
            if sheet.columns[index].missing_count:
                kept &= ~sheet.columns[index].missing
    rows = int(np.count_nonzero(kept))
    missing = missing_counts(sheet, choice)
    if not rows:
        raise FileError(sheet.name, too_few_rows(sheet, choice, missing))
    labels: dict[int, Labels] = {}
    class_names: tuple[str, ...] = ("0",) if target is None else ()
    if target is not None and choice.task == "classification":
        labels[target] = _kept_labels(_labels(sheet, target, MAX_CLASSES), kept)
        class_names = labels[target].names
        _check_classes(sheet, choice, labels[target].names, least_classes, missing)
    for index in choice.inputs:
        if choice.uses[index].kind == "categories":
            labels[index] = _kept_labels(_labels(sheet, index, MOST_CATEGORIES), kept)
    sources = tuple(_source(sheet, index, choice, labels.get(index), kept) for index in choice.inputs)
    count = sum(source.inputs for source in sources)
    check_inputs(count)
    if rows * count * 8 > MOST_BYTES:
        raise TooLargeError.of_experiment(rows * count * 8)
    preparation = Preparation(columns=sources, target=None if target is None else sheet.columns[target].name)
    filled = 0 if choice.missing == "drop" else sum(missing.values())
    notes = what_changed(sheet, choice, rows, missing)
    left_out = sheet.left_out + sheet.rows - rows
    return Checked(preparation, class_names, rows, left_out, filled, notes, kept, labels)


def _labels(sheet: Sheet, index: int, most: int) -> Labels:
    column = sheet.columns[index]
    found = sheet.labels(index, most) if column.distinct <= most else None
    if found is not None:
        return found
    if column.kind == "number":
        problem = tr(
            "has more than {most} different values; a class for each is too many, but it can be taken as a number",
            most=most,
        )
    else:
        problem = tr("has more than {most} different values; that is too many", most=most)
    raise FileError(sheet.name, problem, column=column.name)


def _kept_labels(labels: Labels, kept: Rows) -> Labels:
    """The labels of the rows that remain: a class of none of them can't be learnt."""
    used = np.bincount(labels.codes[kept] + 1, minlength=len(labels.names) + 1)[1:] > 0
    if used.all():
        return labels
    places = np.append(np.cumsum(used) - 1, -1)  # the last one for missing cells
    names = tuple(name for name, is_used in zip(labels.names, used, strict=True) if is_used)
    codes = np.where(kept, labels.codes, -1)
    return Labels(names, places[codes])


def _check_classes(sheet: Sheet, choice: Choice, names: Sequence[str], least: int, missing: dict[str, int]) -> None:
    if len(names) >= least:
        return
    target = choice.target
    assert target is not None
    column = sheet.columns[target]
    if column.distinct >= least and missing:  # the others went with the rows that are left out
        raise FileError(sheet.name, too_few_rows(sheet, choice, missing))
    only = repr(shortened(names[0], 40))
    problem = tr("has one class only, {name}; at least {least} were expected", name=only, least=least)
    raise FileError(sheet.name, problem, column=column.name)


def _source(sheet: Sheet, index: int, choice: Choice, labels: Labels | None, kept: Rows) -> SourceColumn:
    column, fills = sheet.columns[index], choice.missing == "fill"
    if labels is not None:
        if not labels.names:
            raise FileError(sheet.name, tr("has no value in the rows that remain"), column=column.name)
        codes = labels.codes[kept]
        most = int(np.bincount(codes[codes >= 0]).argmax()) if fills else 0
        return SourceColumn(name=column.name, categories=labels.names, fill=labels.names[most] if fills else None)
    return SourceColumn(name=column.name, fill=_mean(sheet, column, kept) if fills else None)


def _mean(sheet: Sheet, column: Column, kept: Rows) -> float:
    numbers = column.numbers[kept & ~column.missing]
    if not len(numbers):
        raise FileError(sheet.name, tr("has no value in the rows that remain"), column=column.name)
    return float(np.clip(numbers.mean(), numbers.min(), numbers.max()))  # rounding may lead out of the range


def _used(sheet: Sheet, choice: Choice, checked: Checked) -> list[Used]:
    pairs = zip(choice.inputs, checked.preparation.columns, strict=True)
    codes = {index: labels.codes for index, labels in checked.labels.items()}
    return [Used(source, sheet.columns[index], codes.get(index)) for index, source in pairs]


def _targets(sheet: Sheet, choice: Choice, checked: Checked) -> Floats:
    target = choice.target
    if target is None:
        return np.zeros(checked.rows)
    if choice.task == "classification":
        return checked.labels[target].codes[checked.kept].astype(np.float64)
    return sheet.columns[target].numbers[checked.kept]
