"""The menu bar, made from the window's actions and docks."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from nnplay.gui.theme.theme import MODES

if TYPE_CHECKING:
    from nnplay.gui.main_window import MainWindow

MODE_NAMES = {"system": "Like the System", "light": "Light", "dark": "Dark"}


def build_menus(window: "MainWindow") -> None:
    """File, Edit, Run and View."""
    actions, bar = window.actions_, window.menuBar()
    file = bar.addMenu("&File")
    file.addAction(actions.quit)
    edit = bar.addMenu("&Edit")
    edit.addActions([actions.undo, actions.redo])
    run = bar.addMenu("&Run")
    run.addActions([actions.train, actions.step, actions.step_batch])
    run.addSeparator()
    run.addActions([actions.reset, actions.new_start])
    view = bar.addMenu("&View")
    view.addActions([dock.toggleViewAction() for dock in window.docks])
    view.addAction("Default Layout", window.reset_layout)
    view.addSeparator()
    view.addMenu(_theme_menu(window))
    view.addAction(actions.theme)


def _theme_menu(window: "MainWindow") -> QMenu:
    theme = window.session.theme
    menu = QMenu("Theme", window)
    group = QActionGroup(menu)
    for mode in MODES:
        action = group.addAction(MODE_NAMES[mode])
        action.setCheckable(True)
        action.setChecked(theme.mode == mode)
        action.setData(mode)
        menu.addAction(action)
    group.triggered.connect(lambda action: theme.set_mode(action.data()))
    menu.aboutToShow.connect(lambda: [action.setChecked(action.data() == theme.mode) for action in group.actions()])
    return menu
