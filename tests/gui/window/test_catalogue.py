"""A panel is its folder and its row: without them the window opens, trains and closes."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nnplay.gui.window.catalogue import PANELS, Area

ROOT = Path(__file__).parents[3]
PROGRAM = """
import sys
from pathlib import Path

import nnplay
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.training.experiment import Experiment
from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

folder = Path(sys.argv[1])
assert Path(nnplay.__file__).is_relative_to(folder), nnplay.__file__
application = QApplication([])
settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
window = MainWindow(Session(Experiment(), Theme("light")), settings, folder / "kept")
window.show()
window.session.toggle_training()
wait = QEventLoop()
poll = QTimer(interval=10)
poll.timeout.connect(lambda: window.transport.epoch.text() > "000,020" and wait.quit())
poll.start()
QTimer.singleShot(30_000, wait.quit)
wait.exec()
window.actions_.shortcuts.trigger()
for action in window.menuBar().actions():
    action.menu().popup(window.pos())
    action.menu().close()
shown = window.transport.epoch.text()
assert window.close()
print(len(window.docks), shown > "000,020", (folder / "kept").is_dir())
"""


def without(source: str, key: str) -> str:
    """The catalogue without the row of a panel, and without the lines that import from its folder."""
    kept = re.sub(rf'^    PanelRow\(\s*"{key}",.*?\),\n(?=    PanelRow|\))', "", source, flags=re.MULTILINE | re.DOTALL)
    return "".join(line for line in kept.splitlines(keepends=True) if f"nnplay.gui.panels.{key}." not in line)


REMOVABLE = [row.key for row in PANELS if row.area is not Area.MIDDLE]
PAIRS = [REMOVABLE[first : first + 2] for first in range(0, len(REMOVABLE), 2)]
"""Two go at once, which is half the time; that none needs another the import contracts hold."""


@pytest.mark.parametrize("keys", PAIRS, ids=" and ".join)
def test_a_panel_goes_with_its_folder_and_its_row(tmp_path: Path, keys: list[str]):
    # with what is compiled, but for what another process is writing right now
    shutil.copytree(ROOT / "nnplay", tmp_path / "nnplay", ignore=shutil.ignore_patterns("*.pyc.*"))
    shutil.copytree(ROOT / "resources", tmp_path / "resources", ignore=shutil.ignore_patterns("screenshots"))
    catalogue = tmp_path / "nnplay/gui/window/catalogue.py"
    for key in keys:
        shutil.rmtree(tmp_path / "nnplay/gui/panels" / key)
        source = catalogue.read_text(encoding="utf-8")
        catalogue.write_text(without(source, key), encoding="utf-8")
        assert len(source.splitlines()) - len(catalogue.read_text(encoding="utf-8").splitlines()) <= 5
    environment = dict(os.environ, PYTHONPATH=str(tmp_path), QT_QPA_PLATFORM="offscreen", PYTHONWARNINGS="error")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], env=environment, cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    docks = [row for row in PANELS if row.key not in keys and row.area not in (Area.MIDDLE, Area.STRIP)]
    assert done.stdout.split() == [str(len(docks)), "True", "True"]


def test_keys_and_pictures_are_told_apart():
    assert len({row.key for row in PANELS}) == len(PANELS)
    letters = [row.picture for row in PANELS if row.picture]
    assert len({*letters, "W", "H"}) == len(letters) + 2
    assert [row.area for row in PANELS].count(Area.MIDDLE) == 1
