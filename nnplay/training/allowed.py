"""Says in words what a field of a record takes, as its type and range have it: "a whole number from 1 to 512"."""

from collections.abc import Sequence

from msgspec import inspect


def allowed_by(kind: inspect.Type) -> str:
    """Return in words what a type takes: "a whole number from 1 to 512"."""
    match kind:
        case inspect.BoolType():
            return "true or false"
        case inspect.NoneType():
            return "null"
        case inspect.IntType():
            return _range("a whole number", kind)
        case inspect.FloatType():
            return _range("a number", kind)
        case inspect.StrType(max_length=longest):
            return "a text" if longest is None else f"a text of at most {longest} characters"
        case inspect.TupleType(item_types=items):
            return f"a list of {len(items)} values, each {allowed_by(items[0])}"
        case inspect.VarTupleType(item_type=item, min_length=least, max_length=most):
            bounds = f"{f' at least {least}' if least else ''}{f' at most {most}' if most else ''}"
            return f"a list of{bounds} values, each {allowed_by(item)}"
        case inspect.ListType(item_type=item) | inspect.DictType(value_type=item):
            return (
                f"{'a list' if isinstance(kind, inspect.ListType) else 'an object'} of values, each {allowed_by(item)}"
            )
        case inspect.UnionType(types=kinds):
            return " or ".join(allowed_by(each) for each in kinds)
        case inspect.StructType():
            return "an object" + (f" with the keys {', '.join(keys_of(kind))}" if keys_of(kind) else "")
        case _:
            return "a value of another type"


def _range(noun: str, kind: inspect.IntType | inspect.FloatType) -> str:
    low = f"from {kind.ge:g}" if kind.ge is not None else f"above {kind.gt:g}" if kind.gt is not None else ""
    high = f"to {kind.le:.10g}" if kind.le is not None else f"to below {kind.lt:.10g}" if kind.lt is not None else ""
    if low.startswith("above") and high:
        high = high.replace("to below", "and below").replace("to ", "and at most ")
    return " ".join(filter(None, (noun, low, high)))


def keys_of(kind: inspect.Type) -> Sequence[str]:
    """The keys of a record, or of all records that a field may hold."""
    kinds = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return [field.encode_name for each in kinds if isinstance(each, inspect.StructType) for field in each.fields]
