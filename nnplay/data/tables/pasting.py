"""What pasted points are: those that were copied from nnplay come back whole, though nothing may change in them."""

from dataclasses import replace

from nnplay.data.tables.choice import Choice, Use
from nnplay.data.tables.sheet import Column, Sheet
from nnplay.data.tables.suggestion import class_words, suggested_choice
from nnplay.data.tables.writer import TARGETS
from nnplay.texts import tr


def choice_of_points(sheet: Sheet) -> Choice:
    """As suggested; but of points, which are numbers with their target behind them, constants count too.

    Drawn points may be of one class, and one point alone has one value only in each column. Points are what has the
    name that nnplay gives to their target, or what couldn't be taken otherwise.
    """
    choice, last = suggested_choice(sheet), len(sheet.columns) - 1
    target, others = sheet.columns[last], sheet.columns[:last]
    are_points = target.name in TARGETS.values() or choice.target is None or not choice.inputs
    only_constants_left_out = all(
        use.role != "left_out" or _is_constant(column) for column, use in zip(others, choice.uses[:last], strict=True)
    )
    is_target = choice.target in (last, None) or target.distinct == 1
    if not (others and are_points and is_target and only_constants_left_out and all(map(_holds_numbers, others))):
        return choice
    use = choice.uses[last]
    if use.role != "target":
        is_class = target.name == TARGETS["classification"] or target.kind == "text"
        use = Use("target", "class", class_words(target)) if is_class else Use("target", "number", tr("number"))
    inputs = [
        each if each.role == "input" and each.kind == "number" else Use("input", "number", tr("number"))
        for each in choice.uses[:last]
    ]
    return replace(choice, uses=(*inputs, use))


def _holds_numbers(column: Column) -> bool:
    return column.kind == "number" and not column.missing_count


def _is_constant(column: Column) -> bool:
    return column.kind == "number" and column.distinct == 1
