"""What Orange writes above its tables: types and roles in two rows under the names, or before each name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nnplay.data.tables.choice import Role

_TYPES = {"c", "d", "s", "t", "n", "continuous", "discrete", "string", "time", "numeric", "categorical", "text"}
_DISCRETE = {"d", "discrete", "categorical"}
_ROLES: dict[str, Role] = {
    "class": "target", "c": "target", "meta": "left_out", "m": "left_out", "ignore": "left_out", "i": "left_out",
    "weight": "left_out", "w": "left_out",
}  # fmt: skip
_BEFORE_NAME = re.compile(r"([mci]?)([CDSTN]?)#(.+)")


@dataclass(frozen=True)
class Declared:
    """What a file says of a column itself."""

    role: Role | None = None
    categorical: bool = False


def are_types(cells: Sequence[str]) -> bool:
    """Whether a row has Orange's types: one each, or the values of a category."""
    filled = [cell.lower() for cell in cells if cell]
    return bool(filled) and all(cell in _TYPES or " " in cell for cell in filled) and any(c in _TYPES for c in filled)


def are_roles(cells: Sequence[str]) -> bool:
    """Whether a row has Orange's roles."""
    return all(not cell or cell.lower() in _ROLES or "=" in cell for cell in cells)


def declared_below(types: Sequence[str], roles: Sequence[str]) -> tuple[Declared, ...]:
    """What the rows under the names say."""
    return tuple(
        Declared(_ROLES.get(role.lower()), kind.lower() in _DISCRETE or (bool(kind) and kind.lower() not in _TYPES))
        for kind, role in zip(types, roles, strict=True)
    )


def declared_before(names: Sequence[str]) -> tuple[list[str], tuple[Declared, ...]]:
    """The names without what stands before them, and what that says: ``cD#species``."""
    bare, declared = [], []
    for name in names:
        found = _BEFORE_NAME.fullmatch(name)
        said = found is not None and bool(found[1] or found[2])
        bare.append(found[3] if found and said else name)
        declared.append(Declared(_ROLES.get(found[1]), found[2] == "D") if found and said else Declared())
    return bare, tuple(declared)
