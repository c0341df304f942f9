"""Help ▸ Add to the Applications Menu, as a person uses it."""

import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from nnplay import desktop_entry
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.menu_entry import KEYS, MenuEntry
from nnplay.training.experiment import Experiment

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has such a menu")


@pytest.fixture(autouse=True)
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An account that has nothing yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "everyone"))
    return tmp_path / "share"


def entry_of(window: MainWindow) -> QAction | None:
    help_menu = next(menu for menu in window.findChildren(QMenu) if menu.title() == "&Help")
    help_menu.aboutToShow.emit()
    return next((action for action in help_menu.actions() if isinstance(action, MenuEntry)), None)


def test_it_adds_nnplay_and_then_removes_it(qtbot: QtBot, make_window, press) -> None:
    window = make_window(Experiment())
    said: list[str] = []
    window.session.message.connect(said.append)
    entry = entry_of(window)
    assert entry is not None
    assert entry.text() == "Add to the Applications Menu"
    entry.trigger()
    assert desktop_entry.is_added()
    assert entry.text() == "Remove from the Applications Menu"
    press(window, KEYS)
    assert not desktop_entry.is_added()
    assert entry.text() == "Add to the Applications Menu"
    assert said == [
        "nnplay is in the applications menu, and opens its files",
        "nnplay is no longer in the applications menu",
    ]


def test_it_sees_what_another_window_has_done(qtbot: QtBot, make_window) -> None:
    window = make_window(Experiment())
    desktop_entry.add()
    entry = entry_of(window)
    assert entry is not None
    assert entry.text() == "Remove from the Applications Menu"


def test_what_cannot_be_written_is_said(qtbot: QtBot, make_window, account: Path) -> None:
    window = make_window(Experiment())
    refused: list[str] = []
    window.session.refused.connect(refused.append)
    account.write_text("no folder")
    entry = entry_of(window)
    assert entry is not None
    entry.trigger()
    assert len(refused) == 1
    assert "can't be written to" in refused[0]
    assert entry.text() == "Add to the Applications Menu"


def test_with_a_package_there_is_nothing_to_add(qtbot: QtBot, make_window, tmp_path: Path) -> None:
    (tmp_path / "everyone/applications").mkdir(parents=True)
    (tmp_path / "everyone" / desktop_entry.ENTRY).touch()
    assert entry_of(make_window(Experiment())) is None
