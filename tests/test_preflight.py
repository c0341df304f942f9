"""What would make Qt abort is one sentence: a missing library, no screen."""

import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

from nnplay.preflight import PACKAGES, system_problem, tell

ROOT = Path(__file__).parents[1]
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has screens to look for")


class Broken(types.ModuleType):
    """A PySide6 whose libraries don't load."""

    def __getattr__(self, name: str) -> object:
        raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")


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
@pytest.mark.parametrize(
    ("display", "sentence"),
    [
        ("", "nnplay: there is no screen here: DISPLAY and WAYLAND_DISPLAY are both empty.\n"),
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
