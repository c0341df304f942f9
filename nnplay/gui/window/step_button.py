"""The buttons that make one step and go one back, and the list that says how large: an epoch, a batch or a phase."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.sizes import set_fixed_width
from nnplay.gui.theme.style import set_role
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.gui.window.actions import Actions

WIDTH, WIDTH_CLOSE = 54, 36


class StepButton(Guarded, IconButton):
    """Makes a step of the kind that was made last, in whatever way; an epoch at first.

    Where there is little room its list opens when the button is held down.

    Signals
    -------
    step_changed
        It makes a step of another kind, that of this QAction.
    """

    step_changed = Signal(QAction)

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(theme, "step", "", icon_size=20, parent=parent)
        self._icons = {actions.step: "step", actions.step_batch: "step_batch", actions.step_phase: "step_phase"}
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addActions(list(self._icons))
        menu.addSeparator()
        menu.addAction(actions.back_phase)
        menu.triggered.connect(self._on_chosen)
        self.setMenu(menu)
        self.set_close(False)
        self.clicked.connect(lambda: self._step.trigger())
        self._choose(actions.step)
        for action in self._icons:
            action.enabledChanged.connect(self._on_enabled_changed)
        self._on_enabled_changed()

    def set_close(self, close: bool) -> None:
        """Have little room, or enough for the list's arrow."""
        mode = QToolButton.ToolButtonPopupMode
        self.setPopupMode(mode.DelayedPopup if close else mode.MenuButtonPopup)
        set_role(self, "" if close else "step")
        set_fixed_width(self, WIDTH_CLOSE if close else WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the list, as it does that of a choice."""
        if event.key() == Qt.Key.Key_Down:
            self.showMenu()
        else:
            super().keyPressEvent(event)

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        if action in self._icons:
            self._choose(action)

    def _choose(self, step: QAction) -> None:
        self._step = step
        self.set_icon(self._icons[step], step.text())
        set_tip(self, step.toolTip())
        self.setAccessibleDescription(step.toolTip())
        self.step_changed.emit(step)

    @Slot()
    def _on_enabled_changed(self) -> None:
        self.setEnabled(self._step.isEnabled())


class BackButton(Guarded, IconButton):
    """Goes as far back as the other button steps."""

    def __init__(self, step: StepButton, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(theme, "back", "", icon_size=20, parent=parent)
        back_epoch, back_batch, *_ = actions.timeline
        self._kinds = {
            actions.step: (back_epoch, "back"),
            actions.step_batch: (back_batch, "back_batch"),
            actions.step_phase: (actions.back_phase, "back_phase"),
        }
        step.step_changed.connect(self._follow)
        self.clicked.connect(lambda: self._back.trigger())
        for back, _ in self._kinds.values():
            back.enabledChanged.connect(self._on_enabled_changed)
        self._follow(actions.step)

    @Slot(QAction)
    def _follow(self, step: QAction) -> None:
        self._back, icon = self._kinds[step]
        self.set_icon(icon, self._back.text())
        set_tip(self, self._back.toolTip())
        self.setAccessibleDescription(self._back.toolTip())
        self._on_enabled_changed()

    @Slot()
    def _on_enabled_changed(self) -> None:
        self.setEnabled(self._back.isEnabled())
