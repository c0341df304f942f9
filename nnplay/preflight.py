"""Says on one line what would make Qt abort: a system library that is missing, no screen to draw on, or both."""

import contextlib
import ctypes
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from nnplay.texts import tr

SCREEN_PACKAGES = (
    "libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 "
    "libxcb-shape0 libxcb-xkb1"
)
"""The Debian packages that Qt's wheels expect on the system for a window on an X11 screen, and only there."""

PACKAGES = f"libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon0 {SCREEN_PACKAGES}"
"""The Debian packages that Qt's wheels expect on the system."""


def system_problem(*, needs_screen: bool = True) -> str | None:
    """Return on one line all that keeps Qt from starting here, or None.

    Parameters
    ----------
    needs_screen
        False where Qt's offscreen platform is used.
    """
    own_platform = bool(os.environ.get("QT_QPA_PLATFORM"))
    on_x11 = sys.platform.startswith("linux") and not own_platform and not os.environ.get("WAYLAND_DISPLAY")
    library = _library_problem()
    if not (needs_screen and on_x11):
        return library
    screen, library = _screen_problem(os.environ.get("DISPLAY", "")), library or x11_library_problem()
    if screen is not None and library is not None:
        return tr("{first} Besides, {second}", first=screen, second=library)
    return screen or library


def x11_library_problem() -> str | None:
    """Return what keeps Qt's X11 part from loading; Qt itself would abort."""
    spec = find_spec("PySide6")
    assert spec is not None
    assert spec.origin is not None
    plugin = Path(spec.origin).parent / "Qt/plugins/platforms/libqxcb.so"
    if not plugin.exists():  # a PySide6 of the system, which brings its libraries along
        return None
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return _missing_library(error)
    return None


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


def _library_problem() -> str | None:
    """Return what keeps Qt from loading at all."""
    try:
        from PySide6 import QtWidgets  # noqa: F401
    except ImportError as error:
        if ".so" not in str(error):
            raise
        return _missing_library(error)
    return None


def _screen_problem(display: str) -> str | None:
    """Return what is known against this X11 display: without X11's own library nothing is."""
    if not display:
        return tr("there is no screen here: DISPLAY and WAYLAND_DISPLAY are both empty.")
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return None
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection) != 0
    xcb.xcb_disconnect(connection)
    return tr("there is no screen here: nothing answers at DISPLAY={display}.", display=display) if refused else None


def _missing_library(error: Exception) -> str:
    return tr(
        "a system library is missing ({error}). On Debian or Ubuntu: sudo apt install {packages}",
        error=error,
        packages=PACKAGES,
    )
