"""What Qt calls: an exception in an overridden method of Qt is handed to `sys.excepthook`, and Qt gets an answer.

Left to itself it would leave through Qt's own code. On Python 3.11 that ends the process where code in C raised it
(`[][0]` is enough); on every Python it surfaces in whoever called Qt, such as `show`, and a painter that it left open
brings a warning with each frame and a crash when its widget goes.
"""

import sys
import traceback
from collections.abc import Callable, Iterator
from functools import wraps
from inspect import getattr_static
from types import FunctionType
from typing import Any

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainterPath, QUndoCommand, QValidator
from PySide6.QtWidgets import QAbstractSpinBox

Method = Callable[..., Any]

NOT_VIRTUAL = {"addItem", "removeItem", "childrenBoundingRect", "close", "currentMessage", "hide", "render", "scale"}
NOT_VIRTUAL |= {"setContentsMargins", "setData", "setScale", "setStyle", "setValue", "show", "translate"}
NOT_VIRTUAL |= {"value"}
"""What a class may have under a name of Qt's, and Qt never calls: it raises to its caller, as all else."""


def _obsolete(command: object) -> None:
    """What can't be done or undone is nothing that the stack could go over again."""
    if isinstance(command, QUndoCommand):
        command.setObsolete(True)


ANSWERS: dict[str, Callable[..., object]] = {
    "boundingRect": lambda *_: QRectF(),
    "event": lambda *_: False,
    "eventFilter": lambda *_: False,
    "focusNextPrevChild": lambda *_: False,
    "hasHeightForWidth": lambda *_: False,
    "itemChange": lambda _item, _change, value: value,
    "minimumSizeHint": lambda *_: QSize(),
    "redo": _obsolete,
    "shape": lambda *_: QPainterPath(),
    "sizeHint": lambda *_: QSize(),
    "stepEnabled": lambda *_: QAbstractSpinBox.StepEnabledFlag.StepNone,
    "undo": _obsolete,
    "validate": lambda _box, text, place: (QValidator.State.Intermediate, text, place),
}
"""What Qt is answered by a method that failed, from its arguments; nothing by those that are not here."""


class Guarded:
    """The first base of every class that overrides a method of Qt: each of its overrides is guarded as it is made."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        guard(cls)


def guard(cls: type) -> None:
    """Guard the overrides of a class, its own and those that it has from a class of Python, such as pyqtgraph's."""
    for name in list(unguarded(cls)):
        setattr(cls, name, _guarded(getattr_static(cls, name), ANSWERS.get(name)))


def unguarded(cls: type) -> Iterator[str]:
    """The overrides of methods of Qt from which an exception would get into Qt."""
    of_qt = [vars(base) for base in cls.__mro__ if _is_of_qt(base)]
    ours = {name for base in cls.__mro__ if not _is_of_qt(base) for name in vars(base) if not name.startswith("__")}
    for name in sorted(ours - NOT_VIRTUAL):  # not all of Qt's, of which there are hundreds to a class
        if not any(name in names for names in of_qt):
            continue
        method = getattr_static(cls, name)
        if isinstance(method, FunctionType) and not hasattr(method, "is_guarded"):
            yield name


def _is_of_qt(cls: type) -> bool:
    return cls.__module__.startswith(("PySide6.", "Shiboken", "shiboken6"))


def _guarded(method: Method, answer: Callable[..., object] | None) -> Method:
    @wraps(method)
    def call(*args: Any) -> Any:  # as Qt calls it, without names
        try:
            return method(*args)
        except BaseException as error:  # noqa: BLE001 - nothing may get into Qt, not even Ctrl+C
            traceback.clear_frames(error.__traceback__)  # and with them a painter, which Qt waits for the end of
            sys.excepthook(type(error), error, error.__traceback__)
        return None if answer is None else answer(*args)

    call.is_guarded = True  # type: ignore[attr-defined]
    return call
