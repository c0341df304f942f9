"""What would make Qt abort is said on one line: a missing library, no screen, or both in one go."""

import ctypes
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

from nnplay.preflight import PACKAGES, system_problem, tell
from tests.screen_needs import LIBRARIES

ROOT = Path(__file__).parents[1]
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has screens to look for")


class Broken(types.ModuleType):
    """A PySide6 whose libraries don't load."""

    def __getattr__(self, name: str) -> object:
        raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")


LIBRARY = (
    "a system library is missing (libxcb-cursor.so.0: cannot open shared object file: No such file or directory). "
    f"On Debian or Ubuntu: sudo apt install {PACKAGES}"
)
NO_SCREEN = "there is no screen here: DISPLAY and WAYLAND_DISPLAY are both empty."


def hide(monkeypatch: pytest.MonkeyPatch, *libraries: str) -> None:
    """Let these libraries, by the beginning of their names, not load, as where libxcb-cursor is not installed."""
    load = ctypes.CDLL

    def load_the_others(name: str) -> ctypes.CDLL:
        if Path(name).name.startswith(libraries):
            raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")
        return load(name)

    monkeypatch.setattr(ctypes, "CDLL", load_the_others)


def on_x11(monkeypatch: pytest.MonkeyPatch, display: str) -> None:
    for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", display)


def start(**surroundings: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, str(ROOT / "main.py")]
    return subprocess.run(command, env=env | surroundings, capture_output=True, text=True, timeout=60)


def test_a_missing_library_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6", Broken("PySide6"))
    problem = system_problem(needs_screen=False)
    assert problem is not None
    assert problem.startswith("a system library is missing (libEGL.so.1: ")
    assert problem.endswith(f"sudo apt install {PACKAGES}")
    assert "\n" not in problem


def test_nothing_is_wrong_offscreen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert system_problem() is None


@linux_only
def test_a_missing_library_and_no_screen_are_said_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    on_x11(monkeypatch, "")
    hide(monkeypatch, "libqxcb")
    assert system_problem() == f"{NO_SCREEN} Besides, {LIBRARY}"
    monkeypatch.setenv("DISPLAY", ":4711")
    assert system_problem() == f"there is no screen here: nothing answers at DISPLAY=:4711. Besides, {LIBRARY}"


@linux_only
def test_a_screen_that_can_not_be_asked_is_not_called_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    on_x11(monkeypatch, ":4711")
    hide(monkeypatch, "libqxcb", "libxcb.so")
    assert system_problem() == LIBRARY


@linux_only
def test_where_qt_itself_does_not_load_the_screen_is_looked_for_too(monkeypatch: pytest.MonkeyPatch) -> None:
    on_x11(monkeypatch, "")
    monkeypatch.setitem(sys.modules, "PySide6", Broken("PySide6"))
    problem = system_problem()
    assert problem is not None
    assert problem.startswith(f"{NO_SCREEN} Besides, a system library is missing (libEGL.so.1: ")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    problem = system_problem()
    assert problem is not None
    assert problem.startswith("a system library is missing (libEGL.so.1: ")


@linux_only
@pytest.mark.parametrize("elsewhere", ["WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_elsewhere_than_on_x11_nothing_of_x11_is_needed(monkeypatch: pytest.MonkeyPatch, elsewhere: str) -> None:
    on_x11(monkeypatch, "")
    hide(monkeypatch, "libqxcb", "libxcb.so")
    monkeypatch.setenv(elsewhere, "offscreen")
    assert system_problem() is None


@linux_only
@pytest.mark.real_window(LIBRARIES)
@pytest.mark.parametrize(
    ("display", "sentence"),
    [
        ("", f"nnplay: {NO_SCREEN}\n"),
        (":4711", "nnplay: there is no screen here: nothing answers at DISPLAY=:4711.\n"),
    ],
)
def test_no_screen_is_one_sentence_and_exit_code_1(display: str, sentence: str) -> None:
    done = start(DISPLAY=display)
    assert (done.returncode, done.stderr, done.stdout) == (1, sentence, "")


def test_a_double_click_is_told_on_the_screen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[tuple[str, str]] = []
    tkinter = types.ModuleType("tkinter")
    tkinter.messagebox = types.SimpleNamespace(showerror=lambda *texts: shown.append(texts))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tkinter", tkinter)
    monkeypatch.setenv("CI", "true")
    tell("libEGL is missing.")
    monkeypatch.delenv("CI")
    assert shown == []
    tell("libEGL is missing.")
    assert shown == [("nnplay", "libEGL is missing.")]
    assert capsys.readouterr().err == "nnplay: libEGL is missing.\n" * 2
