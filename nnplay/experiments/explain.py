"""Turns what msgspec says about a file into one sentence: the path of the field, what stands there, what is allowed."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Self

import msgspec
from msgspec import inspect

from nnplay.errors import InputError, NnplayError, shortened, written
from nnplay.texts import tr
from nnplay.training.allowed import allowed_by, keys_of

ANY_KEY = "..."
"""How msgspec writes the key of a mapping: it doesn't say which."""


class DocumentError(InputError):
    """A file that can't be taken: the sentence begins with its name.

    Parameters
    ----------
    source
        The file's name.
    sentence
        What is wrong with it, in one sentence without its full stop.
    """

    def __init__(self, source: str, sentence: str) -> None:
        self.field, self.value, self.allowed = source, None, ""
        NnplayError.__init__(self, tr("{source}: {sentence}", source=source, sentence=sentence))

    @classmethod
    def of_field(cls, source: str, field: str, value: object, allowed: str) -> Self:
        """Make the error of one field; `value` is shown as JSON writes it."""
        shown = _shown(value)
        error = cls(source, tr("{field} is {value}; allowed is {allowed}", field=field, value=shown, allowed=allowed))
        error.field, error.value, error.allowed = field, value, allowed
        return error


def explained(error: msgspec.ValidationError, tree: object, root: type, source: str) -> DocumentError:
    """Return the error of the field that msgspec found.

    Parameters
    ----------
    error
        What `msgspec.convert` raised for `tree` and `root`.
    """
    split = re.fullmatch(r"(.*?)(?: - at `\$([\w.\[\]]*)`)?", str(error), re.DOTALL)
    message, path = (split[1], _steps(split[2] or "")) if split else (str(error), [])
    cause = error.__cause__
    if isinstance(cause, InputError):  # a check of a record's own
        return DocumentError.of_field(source, _joined(path, cause.field), cause.value, cause.allowed)
    value, kind = _value_at(tree, path), _type_at(inspect.type_info(root), path)
    quoted = re.search(r"(unknown|required) field `(.*)`", message, re.DOTALL)
    if quoted is None:
        return DocumentError.of_field(source, _joined(path), value, allowed_by(kind))
    wanting, name = quoted[1] == "required", quoted[2]
    field = _joined([*path, name if name.isidentifier() else _shown(name)])
    if wanting:
        return DocumentError(source, tr("{field} is missing", field=field))
    keys = ", ".join(keys_of(kind))
    return DocumentError.of_field(source, field, _value_at(value, [name]), tr("one of the keys {names}", names=keys))


def _steps(place: str) -> list[str | int]:
    """Split msgspec's path: ".model.hidden_layers[0]" into "model", "hidden_layers" and 0."""
    found = re.findall(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]", place)
    return [name or (ANY_KEY if index == ANY_KEY else int(index)) for name, index in found]


def _joined(path: Sequence[str | int], field: str = "") -> str:
    steps = ("[…]" if step == ANY_KEY else f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    text = "".join(steps).removeprefix(".")
    if path and (field == path[-1] or field.startswith((f"{path[-1]}.", f"{path[-1]}["))):
        field = field.removeprefix(str(path[-1]))  # a record that calls itself by its own name
        return text + field
    return f"{text}.{field}" if text and field else text or field or tr("the file")


def _value_at(tree: object, path: Sequence[str | int]) -> object:
    for step in path:
        if step == ANY_KEY:
            break
        if isinstance(tree, Mapping) or (isinstance(tree, Sequence) and isinstance(step, int)):
            tree = tree[step]  # type: ignore[index]
    return tree


def _type_at(kind: inspect.Type, path: Sequence[str | int]) -> inspect.Type:
    for step in path:
        for each in kind.types if isinstance(kind, inspect.UnionType) else (kind,):
            match each:
                case inspect.StructType(fields=fields):
                    kind = next((field.type for field in fields if field.encode_name == step), kind)
                case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
                    kind = item
                case inspect.DictType(value_type=item) if not isinstance(step, int):
                    kind = item
                case inspect.TupleType(item_types=items) if isinstance(step, int):
                    kind = items[step]
    return kind


def _shown(value: object) -> str:
    return shortened(written(value, partial(json.dumps, default=repr, ensure_ascii=False)))
