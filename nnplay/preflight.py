"""Says in one sentence what would make Qt abort: a system library that is missing, or no screen to draw on."""

import contextlib
import ctypes
import os
import sys
from importlib.util import find_spec
from pathlib import Path

PACKAGES = (
    "libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 "
    "libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1"
)
"""The Debian packages that Qt's wheels expect on the system."""


def system_problem(*, needs_screen: bool = True) -> str | None:
    """Return one sentence about what keeps Qt from starting here, or None.

    Parameters
    ----------
    needs_screen
        False where Qt's offscreen platform is used.
    """
    try:
        from PySide6 import QtWidgets  # noqa: F401
    except ImportError as error:
        if ".so" not in str(error):
            raise
        return _missing_library(error)
    own_platform = bool(os.environ.get("QT_QPA_PLATFORM"))
    if not needs_screen or own_platform or not sys.platform.startswith("linux") or os.environ.get("WAYLAND_DISPLAY"):
        return None
    if not os.environ.get("DISPLAY"):
        return "there is no screen here: DISPLAY and WAYLAND_DISPLAY are both empty."
    return _x11_problem(os.environ["DISPLAY"])


def tell(sentence: str) -> None:
    """Print a sentence to standard error; where that is no terminal but there is a screen, show it there as well."""
    if sys.stderr is not None:
        print(f"nnplay: {sentence}", file=sys.stderr, flush=True)
        if sys.stderr.isatty():
            return
    if os.environ.get("CI"):  # nobody to close it
        return
    with contextlib.suppress(Exception):  # no tkinter, or nothing to draw on: it was printed
        from tkinter import messagebox

        messagebox.showerror("nnplay", sentence)


def _x11_problem(display: str) -> str | None:
    """Return what keeps Qt's X11 part from loading or connecting; Qt itself would abort."""
    spec = find_spec("PySide6")
    assert spec is not None
    assert spec.origin is not None
    plugin = Path(spec.origin).parent / "Qt/plugins/platforms/libqxcb.so"
    if not plugin.exists():  # a PySide6 of the system, which brings its libraries along
        return None
    try:
        ctypes.CDLL(str(plugin))
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        return _missing_library(error)
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection) != 0
    xcb.xcb_disconnect(connection)
    return f"there is no screen here: nothing answers at DISPLAY={display}." if refused else None


def _missing_library(error: Exception) -> str:
    return f"a system library is missing ({error}). On Debian or Ubuntu: sudo apt install {PACKAGES}"
