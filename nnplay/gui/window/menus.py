"""The menu bar, made from the window's actions and docks."""

from collections.abc import Mapping

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from nnplay.gui.files.experiment_files import PRESETS
from nnplay.gui.files.file_dialogs import FileDialogs
from nnplay.gui.theme.theme import MODES, Theme
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.gui.window.actions import Actions
from nnplay.gui.window.catalogue import PANELS
from nnplay.gui.window.focus import go_to
from nnplay.gui.window.panel_dock import PanelDock
from nnplay.gui.window.panel_strip import PanelStrip
from nnplay.gui.window.recent import RecentMenu
from nnplay.texts import mark, tr

MODE_NAMES = {"system": mark("Like the System"), "light": mark("Light"), "dark": mark("Dark")}


def build_menus(
    window: QMainWindow,
    actions: Actions,
    places: Mapping[str, QWidget],
    recent: RecentMenu,
    dialogs: FileDialogs,
    theme: Theme,
    views: tuple[QAction, QAction, QMenu],
) -> QMenu:
    """File, Edit, Run, View and Help.

    Parameters
    ----------
    places
        Where the panel of each key stands: its dock, or the panel itself where it has none.
    recent
        What was open lately.
    views
        What goes to the message, what begins a presentation, and how large all is.

    Returns
    -------
    QMenu
        Edit, from which pictures are copied.
    """
    bar = window.menuBar()
    _fill_file(bar.addMenu(tr("&File")), window, actions, recent, dialogs)
    edit = bar.addMenu(tr("&Edit"))
    edit.addActions([actions.undo, actions.redo])
    edit.addSeparator()
    edit.addActions([actions.copy_points, actions.paste_points, actions.copy_picture])
    run = bar.addMenu(tr("&Run"))
    run.addActions([actions.train, actions.step, actions.step_batch, actions.step_phase, actions.back_phase])
    run.addAction(actions.stop_when)
    run.addSeparator()
    run.addActions([*actions.timeline, actions.branches, actions.without_point, actions.see_ahead])
    run.addSeparator()
    run.addActions([actions.reset, actions.new_start])
    run.addSeparator()
    run.addAction(actions.check_gradients)
    _fill_view(bar.addMenu(tr("&View")), window, actions, places, theme, views)
    menu = bar.addMenu(tr("&Help"))
    menu.addActions([actions.worked_example, actions.shortcuts, *actions.in_menu, actions.about])
    for entry in actions.in_menu:
        menu.aboutToShow.connect(entry.refresh)  # another window may have added it
    return edit


def _fill_file(file: QMenu, window: QWidget, actions: Actions, recent: RecentMenu, dialogs: FileDialogs) -> None:
    """New, open and save; what comes in and what leaves."""
    file.addMenu(_new_menu(window, dialogs))
    file.addAction(actions.open)
    file.addMenu(recent)
    file.aboutToShow.connect(recent.fill)  # another window may have been closed meanwhile
    file.addSeparator()
    file.addActions([actions.save, actions.save_as])
    file.addSeparator()
    file.addActions([actions.import_points, actions.import_clipboard, actions.import_digits, actions.import_weights])
    file.addMenu(_export_menu(window, actions))
    file.addSeparator()
    file.addAction(actions.predict)
    file.addSeparator()
    file.addAction(actions.quit)


def _fill_view(
    view: QMenu,
    window: QWidget,
    actions: Actions,
    places: Mapping[str, QWidget],
    theme: Theme,
    views: tuple[QAction, QAction, QMenu],
) -> None:
    """Where to go, the panels, and how large and how coloured all is."""
    message, presentation, size = views
    view.addMenu(_go_menu(window, places, message))
    view.addSeparator()
    _add_panels(view, places)
    view.addAction(actions.default_layout)
    view.addSeparator()
    view.addAction(presentation)
    view.addMenu(size)
    view.addMenu(_theme_menu(window, theme))
    view.addAction(actions.theme)


def _add_panels(menu: QMenu, places: Mapping[str, QWidget]) -> None:
    """An entry for each panel that can be closed."""
    for number, row in enumerate(PANELS, 1):
        place = places[row.key]
        if not isinstance(place, (PanelDock, PanelStrip)):
            continue  # it has no dock to close; its number stays its own, as in Go to
        shown = place.toggleViewAction()
        shown.setShortcut(QKeySequence(f"Alt+{number}"))
        shown.setStatusTip(tr("Show the panel {panel}, or close it", panel=tr(row.title)))
        menu.addAction(shown)


def _new_menu(window: QWidget, dialogs: FileDialogs) -> QMenu:
    menu = QMenu(tr("New"), window)
    menu.setToolTipsVisible(True)
    for number, (preset, (title, watch)) in enumerate(PRESETS.items()):
        action = menu.addAction(tr(title))
        set_tip(action, tr(watch))
        action.setShortcut(QKeySequence(f"Ctrl+Shift+N, {number + 1}"))
        if number == 0:
            action.setShortcuts([QKeySequence(QKeySequence.StandardKey.New), action.shortcut()])
        action.setStatusTip(tr(watch))
        action.triggered.connect(lambda _=False, name=preset: dialogs.new(name))
    return menu


def _go_menu(window: QWidget, places: Mapping[str, QWidget], message: QAction) -> QMenu:
    menu = QMenu(tr("Go to"), window)
    for number, row in enumerate(PANELS, 1):
        action = menu.addAction(tr(row.title))
        action.setShortcut(QKeySequence(f"Ctrl+{number}"))
        tip = tr("Bring the panel {panel} to the front, and the keyboard into it", panel=tr(row.title))
        action.setStatusTip(tip)
        action.triggered.connect(lambda _=False, place=places[row.key]: go_to(place))
    menu.addAction(message)
    return menu


def _export_menu(window: QWidget, actions: Actions) -> QMenu:
    menu = QMenu(tr("Export"), window)
    menu.addActions([actions.export_network, actions.export_history, actions.export_points])
    menu.addSeparator()
    menu.addActions(actions.export_pictures)
    menu.addAction(actions.export_animation)
    return menu


def _theme_menu(window: QWidget, theme: Theme) -> QMenu:
    menu = QMenu(tr("Theme"), window)
    group = QActionGroup(menu)
    for mode in MODES:
        action = group.addAction(tr(MODE_NAMES[mode]))
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
