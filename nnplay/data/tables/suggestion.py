"""What the columns of a sheet are good for, before a person has said so: a first choice with a reason for each."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nnplay.data.table import MAX_CLASSES
from nnplay.data.tables.choice import Choice, Use
from nnplay.data.tables.sheet import Column, Sheet
from nnplay.data.tables.uses.allowed_uses import check_target
from nnplay.data.tables.uses.columns import (
    LEAST_PRESENT,
    can_be_target,
    counts_rows,
    gaps,
    has_few_texts,
    input_use,
    is_date,
    is_id,
    looks_like_classes,
    own_use,
    unusable,
)
from nnplay.data.tables.uses.names import are_numbered, is_given, may_tell_id, tells_target
from nnplay.data.tables.uses.pictures import suggested_picture
from nnplay.texts import tr

MANY_INPUTS = 8
"""Before so many columns of numbers a first one of few values is their label."""


def suggested_choice(sheet: Sheet, *, target: int | None = None) -> Choice:
    """A first choice: what each column is used as, and why.

    The target is what the file itself calls so; else the column with the most telling name; else the last text of few
    values; else the last column, or a first one that looks like labels where the last one can't be the target, or where
    no column has a name and the last one is no class. What counts the rows, an id, a constant, a date and a text of
    many values are no inputs.

    Parameters
    ----------
    target
        The column to learn, where a person has said so.

    Raises
    ------
    InputError
        A column that can't be the target.
    """
    uses = [own_use(sheet, k) for k in range(len(sheet.columns))]
    if target is not None:
        check_target(sheet.columns[target], target_use(sheet, target).kind)
    else:
        target = _suggested_target(sheet, uses)
    if target is not None:
        uses[target] = target_use(sheet, target, before=uses[target])
    if not any(use.role == "input" for use in uses):
        uses = _with_some_input(sheet, uses)
    uses = _with_enough_rows(sheet, uses)
    picture = picture_among(sheet.columns, uses)
    if picture is not None:
        pixel = pixel_use()
        uses = [pixel if may_be_pixel(*each) else each[1] for each in zip(sheet.columns, uses, strict=True)]
    return Choice(tuple(uses), pixels=picture)


def target_use(sheet: Sheet, index: int, *, before: Use | None = None) -> Use:
    """A column as the target: a class or a number, as it looks."""
    column = sheet.columns[index]
    if looks_like_classes(column):
        return Use("target", "class", class_words(column), before)
    return Use("target", "number", tr("number"), before)


def class_words(column: Column) -> str:
    """What a target is, in a few words."""
    return tr("{n} class|{n} classes", "", column.distinct)


def picture_among(columns: Sequence[Column], uses: Sequence[Use]) -> tuple[int, int] | None:
    """The picture that the inputs are, together with what never changes: pixels of a border are always dark."""
    return suggested_picture([column for column, use in zip(columns, uses, strict=True) if may_be_pixel(column, use)])


def may_be_pixel(column: Column, use: Use) -> bool:
    """Whether a column is an input, or would be one of a picture."""
    constant = column.kind == "number" and column.distinct == 1 and column.role is None
    return use.role == "input" or (use.role == "left_out" and constant)


def pixel_use() -> Use:
    """A column as one pixel of pictures."""
    return Use("input", "number", tr("pixel"), is_pixel=True)


def _suggested_target(sheet: Sheet, uses: Sequence[Use]) -> int | None:
    columns, last = sheet.columns, len(sheet.columns) - 1
    able = [k for k, column in enumerate(columns) if can_be_target(sheet, k) and column.role != "left_out"]
    declared = [k for k in able if columns[k].role == "target"]
    if declared:
        return declared[0]
    able = [k for k in able if columns[k].role is None and not counts_rows(columns[k])]
    names = [column.name for column in columns]
    telling = {k: rank for k in able if (rank := tells_target(names, k)) is not None}
    if telling:
        return min(telling, key=lambda k: (telling[k], -k))
    texts = [k for k in able if has_few_texts(sheet, k)]
    if texts:
        return texts[-1]
    able = [
        k
        for k in able
        if columns[k].kind == "number" and (not is_id(sheet, k) or (k == last and not may_tell_id(names[k])))
    ]
    if not able or last == 0:
        return None
    if able[0] == 0 and _is_label(columns):
        none_at_the_end = are_numbered(names) and not looks_like_classes(columns[last])
        if able[-1] < last or none_at_the_end or _is_before_pixels(columns, uses):
            return 0
    return able[-1]


def _is_label(columns: Sequence[Column]) -> bool:
    """Whether the first column has few whole values and stands before many numbers."""
    first, *others = columns
    many = sum(column.kind == "number" for column in others) >= MANY_INPUTS
    return many and first.distinct <= MAX_CLASSES and looks_like_classes(first)


def _is_before_pixels(columns: Sequence[Column], uses: Sequence[Use]) -> bool:
    """Whether the others are pixels up to the last one, which is dark in most of the rows, as no label is."""
    first, last = (np.count_nonzero(columns[k].numbers) * 2 > len(columns[k].numbers) for k in (0, -1))
    return bool(first and not last) and picture_among(columns[1:], uses[1:]) is not None


def _with_some_input(sheet: Sheet, uses: list[Use]) -> list[Use]:
    """Where nothing would be left to learn from, what is least unlikely is an input, or else the target itself."""
    left_out = [k for k, use in enumerate(uses) if use.role == "left_out" and sheet.columns[k].distinct > 1]
    able = [k for k in left_out if not unusable(sheet.columns[k]) and not is_date(sheet, k)]
    numbers = [k for k in able if sheet.columns[k].kind == "number"]
    named = [k for k in numbers if not (may_tell_id(sheet.columns[k].name) or is_given(sheet.columns[k].name))]
    found = named or numbers or able
    if not found:
        found = [k for k, use in enumerate(uses) if use.role == "target"]
    return [input_use(sheet.columns[k]) if k in found else use for k, use in enumerate(uses)]


def _with_enough_rows(sheet: Sheet, uses: list[Use]) -> list[Use]:
    """Inputs with the most gaps are left out where hardly a row, or one class only, would be left without one."""
    target = next((k for k, use in enumerate(uses) if use.role == "target"), None)
    kept = np.ones(sheet.rows, dtype=np.bool_) if target is None else ~sheet.columns[target].missing
    inputs = [k for k, use in enumerate(uses) if use.role == "input"]
    missing = {k: sheet.columns[k].missing & kept for k in inputs if sheet.columns[k].missing_count}
    gappy = {k: count for k, where in missing.items() if (count := np.count_nonzero(where))}
    enough, dropped = LEAST_PRESENT * np.count_nonzero(kept), []
    values = _values(sheet, target) if gappy else None
    for k in sorted(gappy, key=lambda k: gappy[k]):
        without = kept & ~missing[k]
        if np.count_nonzero(without) < enough or (values is not None and np.ptp(values[without]) == 0):
            dropped.append(k)
        else:
            kept = without
    if len(dropped) < len(inputs):
        for k in dropped:
            uses[k] = replace(uses[k], role="left_out", why=gaps(sheet.columns[k]))
    return uses


def _values(sheet: Sheet, target: int | None) -> NDArray[np.float64] | None:
    """(N,) numbers that are different where the target's values are; None where there are none."""
    if target is None or sheet.columns[target].kind == "number":
        return None if target is None else sheet.columns[target].numbers
    labels = sheet.labels(target, MAX_CLASSES)
    return None if labels is None else labels.codes.astype(np.float64)
