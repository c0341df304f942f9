"""Says in words what a field of a record takes, as its type and range have it: "a whole number from 1 to 512"."""

from collections.abc import Iterable, Sequence
from functools import reduce

from msgspec import inspect

from nnplay.errors import a_number, a_whole_number
from nnplay.texts import tr


def allowed_by(kind: inspect.Type) -> str:
    """Return in words what a type takes: "a whole number from 1 to 512"."""
    match kind:
        case inspect.BoolType():
            return tr("true or false")
        case inspect.NoneType():
            return "null"
        case inspect.IntType(gt=above, ge=low, lt=below, le=high):
            return a_whole_number(low if above is None else above + 1, high if below is None else below - 1)
        case inspect.FloatType(gt=above, ge=low, lt=below, le=high):
            return a_number(low, high, above=above, below=below)
        case inspect.StrType(max_length=longest):
            return tr("a text") if longest is None else tr("a text of at most {most} characters", most=longest)
        case inspect.TupleType(item_types=items):
            count, item = len(items), allowed_by(items[0])
            return tr("a list of {n} value, each {item}|a list of {n} values, each {item}", "", count, item=item)
        case inspect.VarTupleType(item_type=item, min_length=least, max_length=most):
            return _list_of(allowed_by(item), least, most)
        case inspect.ListType(item_type=item):
            return _list_of(allowed_by(item))
        case inspect.DictType(value_type=item):
            return tr("an object of values, each {item}", item=allowed_by(item))
        case inspect.UnionType(types=kinds):
            return either(map(allowed_by, kinds))
        case inspect.StructType():
            keys = ", ".join(keys_of(kind))
            return tr("an object with the keys {keys}", keys=keys) if keys else tr("an object")
        case inspect.AnyType():
            return tr("what a file has there")
        case _:
            return tr("a value of another type")


def either(allowed: Iterable[str]) -> str:
    """What is allowed where it is one of several: ``"a number or null"``."""
    return reduce(lambda first, other: tr("{first} or {other}", first=first, other=other), allowed)


def _list_of(item: str, least: int | None = None, most: int | None = None) -> str:
    if least and most:
        return tr("a list of {least} to {most} values, each {item}", least=least, most=most, item=item)
    if least:
        return tr(
            "a list of at least {n} value, each {item}|a list of at least {n} values, each {item}", "", least, item=item
        )
    if most:
        return tr(
            "a list of at most {n} value, each {item}|a list of at most {n} values, each {item}", "", most, item=item
        )
    return tr("a list of values, each {item}", item=item)


def keys_of(kind: inspect.Type) -> Sequence[str]:
    """The keys of a record, or of all records that a field may hold."""
    kinds = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return [field.encode_name for each in kinds if isinstance(each, inspect.StructType) for field in each.fields]
