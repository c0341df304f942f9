"""How large text, controls and drawings are: one factor for all of them, from 0.8 to 2.

Every length in the window is written in pixels at the factor 1 and goes through `px` or `scaled` where it is used.
What is set once, such as the margins of a layout, is set by the functions of `sizes`, which set it again when the
factor becomes another; what depends on lengths in another way is told by `follow_scale`.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakSet

from PySide6.QtCore import QObject, QSize
from shiboken6 import isValid

from nnplay.errors import InputError
from nnplay.texts import tr

SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
"""The factors that a person can choose."""

_FOLLOWED = "followed_scale"

Owner = TypeVar("Owner", bound=QObject)


class _Scale:
    """The factor in force, and who is told of another one."""

    def __init__(self) -> None:
        self.factor = 1.0
        self.owners: WeakSet[QObject] = WeakSet()


_SCALE = _Scale()


def scale() -> float:
    """The factor in force."""
    return _SCALE.factor


def scaled(length: float) -> float:
    """A length for painting, in pixels: `length` times the factor."""
    return length * _SCALE.factor


def px(length: float) -> int:
    """A length in whole pixels: `length` times the factor, never 0 where `length` isn't."""
    whole = round(length * _SCALE.factor)
    return whole or (length > 0) - (length < 0)


def px_size(width: float, height: float) -> QSize:
    """A size in whole pixels."""
    return QSize(px(width), px(height))


def follow_scale(owner: Owner, apply: Callable[[Owner], None], what: str = "sizes") -> None:
    """Call `apply` with `owner` now, and whenever the factor becomes another, as long as `owner` lives.

    Parameters
    ----------
    what
        What of the owner is set; it takes the place of what was to set the same before.
    """
    followed: dict[str, Callable[[Any], None]] = vars(owner).setdefault(_FOLLOWED, {})
    followed[what] = apply
    _SCALE.owners.add(owner)
    apply(owner)


def set_factor(factor: float) -> None:
    """Let another factor be in force, and tell it; `Theme.set_scale` does this and what else is to be done.

    Raises
    ------
    InputError
        A factor outside of 0.8 to 2.
    """
    if not SCALES[0] <= factor <= SCALES[-1]:
        allowed = tr("{low} to {high}", low=SCALES[0], high=SCALES[-1])
        raise InputError("scale", factor, allowed)
    _SCALE.factor = factor
    for owner in [owner for owner in _SCALE.owners if isValid(owner)]:
        for apply in list(vars(owner)[_FOLLOWED].values()):
            if isValid(owner):  # what was set before may have taken it away
                apply(owner)
