"""The house: what lies below the window works without Qt, and nobody else lives at the top level."""

import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BELOW = [
    "errors",
    "limits",
    "texts",
    "preflight",
    "resources",
    "pictures",
    "desktop_entry",
    "nn",
    "data",
    "training",
    "experiments",
    "cli",
    "app",
    "bootstrap",
]


def modules(part: str) -> list[str]:
    """Every module of a package, or the module itself."""
    folder = ROOT / "nnplay" / part
    files = sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]
    names = (file.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".") for file in files)
    optional = "nnplay.bootstrap.window"  # needs tkinter, which not every Python has
    return [name.removesuffix(".__init__") for name in names if name != optional]


def test_below_the_window_there_is_no_qt() -> None:
    """Nor behind any part, one after the other in one process."""
    code = f"""
import importlib, sys
sys.path.insert(0, {str(ROOT)!r})
for part, names in {[(part, modules(part)) for part in BELOW]!r}:
    for name in names:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name != "numba":  # an extra
                raise
    print(part, [name for name in sys.modules if name.startswith(("PySide6", "shiboken6", "pyqtgraph", "qtpy"))])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"{part} []" for part in BELOW]


OPEN_AND_CLOSE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from nnplay.gui.window.start import run_window
application = QApplication([])
QTimer.singleShot(0, lambda: [window.close() for window in application.topLevelWidgets()])
assert run_window(None) == 0
"""
TRAIN = f"""
from nnplay.cli import main
assert main(["train", {str(ROOT / "resources/presets/xor.nnplay")!r}, "--epochs", "3"]) == 0
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    """The modules that a program has at its end, which ran in a fresh home, once for all who ask."""

    @cache
    def modules_of(code: str) -> list[str]:
        homes = ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
        env = os.environ | dict.fromkeys(homes, str(tmp_path_factory.mktemp("home")))
        env |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
        code += "\nimport sys; print(*sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()[-1].split()

    return modules_of


@pytest.mark.parametrize("code", [OPEN_AND_CLOSE, TRAIN], ids=["window", "train"])
def test_what_reads_tables_and_writes_animations_is_not_there_before_it_is_used(
    code: str, loaded: Callable[[str], list[str]]
) -> None:
    names = loaded(code)
    assert "nnplay.training" in names
    assert not {"pandas", "charset_normalizer", "python_calamine", "PIL"} & set(names)


def test_what_only_some_look_at_is_not_there_before_they_do(loaded: Callable[[str], list[str]]) -> None:
    looked = (
        *("nnplay.training.arithmetic", "nnplay.gui.paint.formula", "nnplay.experiments.worked"),
        *("nnplay.gui.panels.inspector.panel", "nnplay.gui.panels.space.panel"),
        "nnplay.training.influence",
        *("nnplay.gui.window.fan.view", "nnplay.training.futures.futures"),
        *("numba", "llvmlite", "nnplay.nn.compiled.engine", "nnplay.training.compiling"),
    )
    assert [name for name in loaded(OPEN_AND_CLOSE) if name.startswith(looked)] == []


def test_every_part_below_the_window_is_looked_at() -> None:
    parts = {
        path.stem for path in (ROOT / "nnplay").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert parts - {"__init__", "__main__", "gui"} == set(BELOW)


def test_no_class_has_the_name_of_one_in_another_folder() -> None:
    folders = defaultdict(set)
    for path in (ROOT / "nnplay").rglob("*.py"):
        if path.parent.name != "code":  # of programs that are exported
            for name in re.findall(r"^ *class ([A-Za-z]\w*)[(:\[]", path.read_text(encoding="utf-8"), re.MULTILINE):
                folders[name].add(path.parent.relative_to(ROOT).as_posix())
    assert {"Table", "NeuralNetwork", "MainWindow"} <= set(folders)
    assert {name: where for name, where in folders.items() if len(where) > 1} == {}


def test_the_front_door_is_short() -> None:
    assert len((ROOT / "main.py").read_text(encoding="utf-8").splitlines()) <= 20


def test_files_are_short() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in ("nnplay", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}
