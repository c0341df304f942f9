"""F1 lists every action with its key, and Help tells what this is."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from nnplay import __version__
from nnplay.gui.window.about import LIBRARIES, AboutDialog
from nnplay.gui.window.catalogue import PANELS
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.shortcuts import ShortcutsDialog, collect
from nnplay.training.experiment import Experiment
from tests.gui.all_panels import with_all_panels

WindowMaker = Callable[[Experiment], MainWindow]
PROJECT = Path(__file__).parents[3] / "pyproject.toml"


@pytest.fixture
def window(make_window: WindowMaker) -> MainWindow:
    return make_window(Experiment())


def leaves(menu: QMenu) -> list[QAction]:
    """Every action of a menu and of the menus in it."""
    found: list[QAction] = []
    for action in menu.actions():
        inner = action.menu()
        found += leaves(inner) if isinstance(inner, QMenu) else [action]
    return [action for action in found if not action.isSeparator()]


def shown_rows(dialog: ShortcutsDialog) -> dict[str, str]:
    tree, rows = dialog.tree, {}
    for index in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(index)
        for place in range(group.childCount()):
            if not (group.isHidden() or group.child(place).isHidden()):
                rows[group.child(place).text(0)] = group.child(place).text(1)
    return rows


def open_with_f1(qtbot: QtBot, window: MainWindow) -> ShortcutsDialog:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(ShortcutsDialog)
    assert dialog is not None
    return dialog


def test_f1_shows_every_action_of_the_window_with_its_key(qtbot: QtBot, window: MainWindow):
    rows = shown_rows(open_with_f1(qtbot, window))
    keys = " ".join(rows.values())
    for action in window.actions_.all():
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        assert key, action.text()
        assert key in keys, action.text()
    assert rows["Train"] == "Space"
    assert rows["Export: Picture of Network"] == "Ctrl+Shift+E, N"


def test_it_shows_the_drawing_tools_and_the_keys_of_the_drawings(qtbot: QtBot, window: MainWindow):
    groups = collect(window)
    tools = {shortcut.text for shortcut in groups["Output"]}
    assert {tool.title for tool in window.panel("output").board.tools} <= tools
    assert any(shortcut.keys == "Arrows" for shortcut in groups["Network, reached by keyboard"])


def test_every_action_of_the_menus_has_a_key_of_its_own(window: MainWindow):
    actions = [action for top in window.menuBar().actions() for action in leaves(top.menu())]
    assert [action.text() for action in actions if action.shortcut().isEmpty()] == []
    with_all_panels(window)
    keys = [key.toString() for action in {*actions, *window.findChildren(QAction)} for key in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))


def test_the_list_can_be_searched(qtbot: QtBot, window: MainWindow):
    dialog = open_with_f1(qtbot, window)
    qtbot.keyClicks(dialog.search, "batch step")
    assert list(shown_rows(dialog)) == ["Step One Batch"]
    dialog.search.clear()
    qtbot.keyClicks(dialog.search, "ctrl+z")
    assert "Undo (not possible now)" in shown_rows(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(ShortcutsDialog) is None)


def test_what_was_found_is_done_by_enter(qtbot: QtBot, window: MainWindow):
    dialog = open_with_f1(qtbot, window)
    qtbot.keyClicks(dialog.search, "batch step")
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.trainer.optimizer.steps == 1)
    qtbot.waitUntil(lambda: window.findChild(ShortcutsDialog) is None)


def test_the_arrows_choose_among_what_was_found(qtbot: QtBot, window: MainWindow):
    dialog = open_with_f1(qtbot, window)
    qtbot.keyClicks(dialog.search, "go to")
    chosen = dialog.tree.currentItem().text(0)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.tree.currentItem().text(0) != chosen
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.panel("training").isVisible())


def test_a_double_click_does_it_too(qtbot: QtBot, window: MainWindow):
    dialog = open_with_f1(qtbot, window)
    qtbot.keyClicks(dialog.search, "light or dark")
    row = dialog.tree.currentItem()
    before = window.session.theme.palette
    place = dialog.tree.visualItemRect(row).center()
    qtbot.mouseClick(dialog.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(dialog.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: window.session.theme.palette is not before)


def test_what_can_not_be_done_stays_in_the_list(qtbot: QtBot, window: MainWindow):
    dialog = open_with_f1(qtbot, window)
    for words in ("ctrl+z", "shift+tab"):
        dialog.search.clear()
        qtbot.keyClicks(dialog.search, words)
        qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
        assert dialog.isVisible()


def test_what_nobody_finds_is_said_and_the_keys_stay_where_they_are(qtbot: QtBot, window: MainWindow):
    dialog = open_with_f1(qtbot, window)
    header, tree = dialog.tree.header(), dialog.tree
    before = header.sectionPosition(1)
    nothing = tree.findItems("Nothing found", Qt.MatchFlag.MatchExactly)[0]
    assert nothing.isHidden()
    qtbot.keyClicks(dialog.search, "a word that is not there")
    assert shown_rows(dialog) == {}
    assert not nothing.isHidden()
    assert header.sectionPosition(1) == before
    dialog.search.clear()
    assert nothing.isHidden()


def test_no_action_is_cut_and_none_says_a_thing_twice(qtbot: QtBot, window: MainWindow):
    dialog = open_with_f1(qtbot, window)
    qtbot.waitExposed(dialog)
    assert dialog.tree.columnWidth(0) >= dialog.tree.sizeHintForColumn(0)
    assert dialog.tree.columnWidth(1) >= dialog.tree.sizeHintForColumn(1)
    rows = shown_rows(dialog)
    assert "New: Ten sigmoid layers: the gradient that vanishes" in rows
    assert rows["Export: Points"] == "Ctrl+E"
    assert [text for text in rows if text.count("Export") > 1] == []


def test_about_names_versions_and_licences(qtbot: QtBot, window: MainWindow):
    window.actions_.about.trigger()
    dialog = window.findChild(AboutDialog)
    assert dialog is not None
    text = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert f"nnplay {__version__}" in text
    assert "MIT" in text
    for name, licence in LIBRARIES.values():
        assert name in text
        assert licence in text


def test_about_names_what_the_project_depends_on():
    wanted = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    assert {line.split(">")[0].strip() for line in wanted} == set(LIBRARIES)


def test_a_panel_has_one_number_to_go_to_it_and_to_close_it(qtbot: QtBot, window: MainWindow):
    for number, key in [(1, "data"), (2, "training"), (4, "output"), (5, "plots")]:
        place, digit = window.place(key), Qt.Key(Qt.Key.Key_0 + number)
        assert PANELS[number - 1].key == key
        qtbot.keyClick(window, digit, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda place=place: place.isAncestorOf(window.focusWidget()))
        qtbot.keyClick(window, digit, Qt.KeyboardModifier.AltModifier)
        assert place.isHidden()
        qtbot.keyClick(window, digit, Qt.KeyboardModifier.AltModifier)
        assert not place.isHidden()


def test_the_network_s_number_closes_nothing(qtbot: QtBot, window: MainWindow):
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    closed = [dock.windowTitle() for dock in window.docks if dock.isHidden()]
    assert closed == ["Inspector", "Hidden space"], "which are closed at first"


def test_a_key_brings_the_keyboard_into_each_panel(qtbot: QtBot, window: MainWindow):
    for number in range(1, 7):
        place = window.place(PANELS[number - 1].key)
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert place.isVisible()
        qtbot.waitUntil(lambda place=place: place.isAncestorOf(window.focusWidget()) or place is window.focusWidget())
