"""The menu bar, made from the window's actions and docks."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from nnplay.gui.files.experiment_files import PRESETS
from nnplay.gui.theme.theme import MODES
from nnplay.gui.window.focus import go_to
from nnplay.gui.window.panel_dock import PanelDock

if TYPE_CHECKING:
    from nnplay.gui.window.main_window import MainWindow

MODE_NAMES = {"system": "Like the System", "light": "Light", "dark": "Dark"}


def build_menus(window: "MainWindow") -> None:
    """File, Edit, Run, View and Help."""
    actions, bar = window.actions_, window.menuBar()
    file = bar.addMenu("&File")
    file.addMenu(_new_menu(window))
    file.addAction(actions.open)
    file.addMenu(_recent_menu(window))
    file.addSeparator()
    file.addActions([actions.save, actions.save_as])
    file.addSeparator()
    file.addActions([actions.import_points, actions.import_digits])
    file.addMenu(_export_menu(window))
    file.addSeparator()
    file.addAction(actions.quit)
    edit = bar.addMenu("&Edit")
    edit.addActions([actions.undo, actions.redo])
    edit.addSeparator()
    edit.addActions([actions.copy_points, actions.paste_points, actions.copy_picture])
    window.views.watch(edit)
    run = bar.addMenu("&Run")
    run.addActions([actions.train, actions.step, actions.step_batch])
    run.addSeparator()
    run.addActions([actions.reset, actions.new_start])
    view = bar.addMenu("&View")
    view.addMenu(_go_menu(window))
    view.addSeparator()
    for number, place in enumerate(window.places.values(), 1):
        if not isinstance(place, PanelDock):
            continue  # it has no dock to close; its number stays its own, as in Go to
        shown = place.toggleViewAction()
        shown.setShortcut(QKeySequence(f"Alt+{number}"))
        shown.setStatusTip(f"Show the panel {place.windowTitle()}, or close it")
        view.addAction(shown)
    view.addAction(actions.default_layout)
    view.addSeparator()
    view.addMenu(_theme_menu(window))
    view.addAction(actions.theme)
    bar.addMenu("&Help").addActions([actions.shortcuts, actions.about])


def _new_menu(window: "MainWindow") -> QMenu:
    menu = QMenu("New", window)
    for number, (preset, title) in enumerate(PRESETS.items()):
        action = menu.addAction(title)
        action.setShortcut(QKeySequence(f"Ctrl+Shift+N, {number + 1}"))
        if number == 0:
            action.setShortcuts([QKeySequence(QKeySequence.StandardKey.New), action.shortcut()])
        action.setStatusTip("A fresh experiment; Undo brings back what was open")
        action.triggered.connect(lambda _=False, name=preset: window.file_dialogs.new(name))
    return menu


def _go_menu(window: "MainWindow") -> QMenu:
    menu = QMenu("Go to", window)
    for number, (title, place) in enumerate(window.places.items(), 1):
        action = menu.addAction(title)
        action.setShortcut(QKeySequence(f"Ctrl+{number}"))
        action.setStatusTip(f"Bring the panel {title} to the front, and the keyboard into it")
        action.triggered.connect(lambda _=False, chosen=place: go_to(chosen))
    return menu


def _recent_menu(window: "MainWindow") -> QMenu:
    menu = QMenu("Open Recent", window)

    def fill() -> None:
        menu.clear()
        for number, path in enumerate(window.files.recent, 1):
            action = menu.addAction(path.name)
            action.setShortcut(QKeySequence(f"Ctrl+Shift+O, {number}"))
            action.setToolTip(str(path))
            action.triggered.connect(lambda _=False, chosen=path: window.file_dialogs.open_path(chosen))
        menu.setEnabled(not menu.isEmpty())

    window.files.changed.connect(fill)
    fill()
    return menu


def _export_menu(window: "MainWindow") -> QMenu:
    actions, menu = window.actions_, QMenu("Export", window)
    pictures = [actions.export_window, actions.export_network, actions.export_output, actions.export_plots]
    menu.addActions(pictures)
    menu.addSeparator()
    menu.addActions([actions.export_history, actions.export_points])
    return menu


def _theme_menu(window: "MainWindow") -> QMenu:
    theme = window.session.theme
    menu = QMenu("Theme", window)
    group = QActionGroup(menu)
    for mode in MODES:
        action = group.addAction(MODE_NAMES[mode])
        action.setCheckable(True)
        action.setChecked(theme.mode == mode)
        action.setData(mode)
        action.setShortcut(QKeySequence(f"Ctrl+Shift+D, {mode[0].upper()}"))
        menu.addAction(action)
    group.triggered.connect(lambda action: theme.set_mode(action.data()))

    def tick() -> None:
        for action in group.actions():
            action.setChecked(action.data() == theme.mode)

    menu.aboutToShow.connect(tick)
    return menu
