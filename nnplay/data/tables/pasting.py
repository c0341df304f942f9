"""What pasted points are: those that were copied from nnplay come back whole, though nothing may change in them."""

from dataclasses import replace

from nnplay.data.tables.choice import Choice, Use
from nnplay.data.tables.sheet import Column, Sheet
from nnplay.data.tables.suggestion import class_words, suggested_choice
from nnplay.data.tables.writer import TARGETS
from nnplay.texts import tr


def choice_of_points(sheet: Sheet) -> Choice:
    """As suggested; but where the last column is called as nnplay calls the target of points, constants count too.

    Drawn points may be of one class, and one point alone has one value only in each column.
    """
    choice, last = suggested_choice(sheet), len(sheet.columns) - 1
    target, others = sheet.columns[last], sheet.columns[:last]
    if not others or target.name not in TARGETS.values() or all(column.distinct > 1 for column in sheet.columns):
        return choice
    is_number = target.name == TARGETS["regression"] and target.kind == "number"
    use = Use("target", "number", tr("number")) if is_number else Use("target", "class", class_words(target))
    inputs = [
        Use("input", "number", tr("number")) if _is_constant(column) or k == choice.target else choice.uses[k]
        for k, column in enumerate(others)
    ]
    return replace(choice, uses=(*inputs, use))


def _is_constant(column: Column) -> bool:
    return column.kind == "number" and column.distinct == 1 and not column.missing.any()
