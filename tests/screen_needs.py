"""What some tests need from the system: a screen, keys to send it, Qt's libraries for X11, the desktop's own tools."""

import importlib
import os
import shutil
from collections.abc import Callable, Iterable
from functools import cache

import pytest

from nnplay.preflight import SCREEN_PACKAGES, x11_library_problem

SCREEN, INPUT, LIBRARIES, TKINTER = "Xvfb", "xdotool", "Qt's libraries for X11", "tkinter"
ENTRIES, TYPES, DESCRIPTIONS = "desktop-file-validate", "update-mime-database", "appstreamcli"


def _has_tkinter() -> bool:
    try:
        importlib.import_module("tkinter")
    except ImportError:
        return False
    return True


NEEDS: dict[str, tuple[Callable[[], bool], str]] = {
    SCREEN: (lambda: shutil.which("Xvfb") is not None, "xvfb"),
    INPUT: (lambda: shutil.which("xdotool") is not None, "xdotool"),
    LIBRARIES: (lambda: x11_library_problem() is None, SCREEN_PACKAGES),
    TKINTER: (_has_tkinter, "python3-tk"),
    ENTRIES: (lambda: shutil.which(ENTRIES) is not None, "desktop-file-utils"),
    TYPES: (lambda: shutil.which(TYPES) is not None, "shared-mime-info"),
    DESCRIPTIONS: (lambda: shutil.which(DESCRIPTIONS) is not None, "appstream"),
}
"""Of each: whether it is there, and the Debian packages that bring it."""


@cache
def is_there(need: str) -> bool:
    """Tell whether the system has what is needed."""
    return NEEDS[need][0]()


def require(needs: Iterable[str]) -> None:
    """Skip the test where something is missing; with NNPLAY_REQUIRE_XVFB=1 it fails instead."""
    missing = [need for need in needs if not is_there(need)]
    if not missing:
        return
    reason = f"not installed: {', '.join(missing)}"
    if os.environ.get("NNPLAY_REQUIRE_XVFB") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def advice(skipped: int) -> str:
    """One line: how many tests were skipped, and which packages would run them."""
    packages = " ".join(packages for need, (_, packages) in NEEDS.items() if not is_there(need))
    tests = "1 test that needs more was" if skipped == 1 else f"{skipped} tests that need more were"
    after = "it runs" if skipped == 1 else "they run"
    return f"nnplay: {tests} skipped; on Debian or Ubuntu {after} after: sudo apt install {packages}"
