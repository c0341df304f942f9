"""Imports pyqtgraph without its mirror of all of Qt, which takes longer than the rest of it.

pyqtgraph copies each name of QtCore, QtGui and QtWidgets into modules of its own. PySide6 makes a class known to
Python when its name is asked for, so the copying makes known some thousand classes that nobody uses: half of
pyqtgraph's import, a tenth of the start. Here its modules ask PySide6 for a name when they need it.
"""

import sys
from functools import partial
from types import ModuleType

from PySide6 import QtCore, QtGui, QtWidgets

MIRRORED = (QtCore, QtGui, QtWidgets)


def import_pyqtgraph() -> None:
    """Import pyqtgraph, the first time only."""
    if "pyqtgraph" in sys.modules:
        return
    complete = [vars(module).get("__dir__") for module in MIRRORED]
    for module in MIRRORED:
        mirror = ModuleType(f"pyqtgraph.Qt.{module.__name__.rpartition('.')[2]}")
        vars(mirror)["__getattr__"] = partial(getattr, module)
        sys.modules[mirror.__name__] = mirror
        vars(module)["__dir__"] = list  # there is nothing to copy
    try:
        import pyqtgraph  # noqa: F401
    finally:
        for module, listed in zip(MIRRORED, complete, strict=True):
            if listed is None:
                del vars(module)["__dir__"]
            else:
                vars(module)["__dir__"] = listed
