"""What a column can be used as, and the refusal of what it can't."""

from nnplay.data.table import MAX_CLASSES
from nnplay.data.tables.choice import Kind
from nnplay.data.tables.sheet import MOST_DISTINCT, Column
from nnplay.data.tables.uses.columns import MOST_CATEGORIES, unusable
from nnplay.errors import Described, InputError, shortened
from nnplay.texts import tr


def check_input(column: Column, kind: Kind) -> None:
    """Raise InputError where a column can't be an input of this kind."""
    problem = unusable(column)
    if problem is not None and column.kind == "text" and column.distinct:
        raise InputError(
            column.name, Described(problem), tr("text with up to {most} different values", most=MOST_CATEGORIES)
        )
    if problem is not None:
        raise InputError(column.name, Described(problem), tr("a column with values"))
    if kind == "number" and column.kind == "text":
        raise InputError(column.name, Described(tr("text")), _numbers_allowed(column))
    if kind == "categories" and column.distinct > MOST_CATEGORIES:
        raise InputError(column.name, Described(_values(column)), tr("up to {most} categories", most=MOST_CATEGORIES))


def check_target(column: Column, kind: Kind) -> None:
    """Raise InputError where a column can't be a target of this kind."""
    if column.distinct == 0:
        raise InputError(column.name, Described(tr("no value at all")), tr("a column with values"))
    if kind == "number" and column.kind == "text":
        raise InputError(column.name, Described(tr("text")), _numbers_allowed(column))
    if kind == "class" and not 2 <= column.distinct <= MAX_CLASSES:
        raise InputError(column.name, Described(_values(column)), tr("2 to {most} classes", most=MAX_CLASSES))


def _numbers_allowed(column: Column) -> str:
    if column.first_bad is None:
        return tr("numbers alone")
    line, text = column.first_bad
    return tr("numbers alone; line {line} has {text}", line=line, text=repr(shortened(text, 40)))


def _values(column: Column) -> str:
    if column.distinct > MOST_DISTINCT:
        return tr("more than {most} different values", most=f"{MOST_DISTINCT:,}")
    return tr("{n} different value|{n} different values", "", column.distinct)
