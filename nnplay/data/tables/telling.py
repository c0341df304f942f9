"""What was left out, filled or changed when a sheet became a table, in sentences with their numbers."""

from collections.abc import Sequence

import numpy as np

from nnplay.data.tables.choice import Choice
from nnplay.data.tables.sheet import Sheet
from nnplay.texts import mark, tr

MOST_NAMES = 4
"""So many names are listed; of more the first ones and their number."""
_MANY = 10
"""Where more than one row of so many is left out, it is said how they are kept."""
_LEFT_OUT = mark(
    "{n} row left out: it has a missing value in {columns}|{n} rows left out: they have missing values in {columns}"
)
_MANY_LEFT_OUT = mark(
    "{n} row left out: it has a missing value in {columns} (fill it in, or leave {column} out, to keep it)|"
    "{n} rows left out: they have missing values in {columns} (fill these in, or leave {column} out, to keep more)"
)


def missing_counts(sheet: Sheet, choice: Choice) -> dict[str, int]:
    """How many cells of each input are missing in rows that have a target, by the column's name, most of them first."""
    target = choice.target
    without = None if target is None else sheet.columns[target].missing
    if without is not None and not without.any():
        without = None
    found: dict[str, int] = {}
    for index in choice.inputs:
        column = sheet.columns[index]
        count = column.missing_count
        if count and without is not None:
            count = int(np.count_nonzero(column.missing & ~without))
        if count:
            found[column.name] = count
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def what_changed(sheet: Sheet, choice: Choice, rows: int, missing: dict[str, int]) -> tuple[str, ...]:
    """What a person should know of a table that is made: the sheet's own notes, and what became of rows and columns.

    Parameters
    ----------
    rows
        How many remain.
    missing
        As `missing_counts` has it.
    """
    notes = [*sheet.notes, *_rows_left_out(sheet, choice, rows, missing)]
    if choice.missing == "fill" and missing:
        notes.append(values_filled(missing))
    texts = [sheet.columns[k].name for k in choice.inputs if choice.uses[k].kind == "categories"]
    if texts:
        notes.append(
            tr(
                "{n} column became inputs of 0 and 1: {columns}|{n} columns became inputs of 0 and 1: {columns}",
                "",
                len(texts),
                columns=listed(texts),
            )
        )
    unused = [k for k, use in enumerate(choice.uses) if use.role == "left_out"]
    if unused:
        reasons = _reasons(sheet, choice, unused)
        notes.append(
            tr(
                "{n} column left out: {columns}|{n} columns left out: {columns}",
                "",
                len(unused),
                columns=listed(reasons),
            )
        )
    return tuple(notes)


def too_few_rows(sheet: Sheet, choice: Choice, missing: dict[str, int]) -> str:
    """Why nothing can be learnt from the rows that remain, and what helps."""
    if not missing:
        assert choice.target is not None
        return tr("no row has a value in the target, {target}", target=sheet.columns[choice.target].name)
    column, count = next(iter(missing.items()))
    return tr(
        "too few rows are left: {n} of {rows} has no value in {column}; fill in missing values or leave {column} out|"
        "too few rows are left: {n} of {rows} have no value in {column}; fill in missing values or leave {column} out",
        "",
        count,
        rows=f"{sheet.rows:,}",
        column=repr(column),
    )


def no_input(sheet: Sheet, choice: Choice) -> str:
    """That there is nothing to learn from, and why each column is none."""
    unused = [k for k, use in enumerate(choice.uses) if use.role == "left_out"]
    if not unused:
        return tr("no column is an input beside the target; at least one was expected")
    reasons = listed(_reasons(sheet, choice, unused))
    return tr("no column is an input, and at least one was expected: {columns}", columns=reasons)


def values_filled(missing: dict[str, int]) -> str:
    """How many missing cells were filled, and in which columns."""
    return tr(
        "{n} missing value filled in, in {columns}|{n} missing values filled in, in {columns}",
        "",
        sum(missing.values()),
        columns=listed(list(missing)),
    )


def listed(names: Sequence[str]) -> str:
    """Names in a sentence; of many the first ones, and how many more there are."""
    if len(names) <= MOST_NAMES + 1:
        return ", ".join(names)
    shown = ", ".join(names[:MOST_NAMES])
    return tr("{names} and {n} more|{names} and {n} more", "", len(names) - MOST_NAMES, names=shown)


def _reasons(sheet: Sheet, choice: Choice, columns: Sequence[int]) -> list[str]:
    return [tr("{column} ({why})", column=sheet.columns[k].name, why=choice.uses[k].why) for k in columns]


def _rows_left_out(sheet: Sheet, choice: Choice, rows: int, missing: dict[str, int]) -> list[str]:
    """How many rows are left out, of those without a target and of those with other missing values."""
    notes, without = [], 0
    if choice.target is not None:
        target = sheet.columns[choice.target]
        without = target.missing_count
        if without:
            notes.append(
                tr(
                    "{n} row left out: it has no value in the target, {target}|"
                    "{n} rows left out: they have no value in the target, {target}",
                    "",
                    without,
                    target=target.name,
                )
            )
    others = sheet.rows - rows - without
    if others:
        text = _MANY_LEFT_OUT if _MANY * others > sheet.rows else _LEFT_OUT
        notes.append(tr(text, "", others, columns=listed(list(missing)), column=next(iter(missing))))
    return notes
