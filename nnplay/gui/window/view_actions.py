"""The actions of the View menu that change how large all is and how much of it is seen."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from nnplay.gui.widgets.number_format import percent_text
from nnplay.gui.window.actions import Actions
from nnplay.gui.window.banner import Banner
from nnplay.gui.window.presentation import Presentation
from nnplay.gui.window.scaling import Scaling
from nnplay.texts import tr


class ScaleActions(QObject):
    """Larger, smaller and the usual size, in a menu whose title says the size that holds."""

    def __init__(self, actions: Actions, scaling: Scaling, window: QWidget) -> None:
        super().__init__(window)
        self._scaling = scaling
        self.larger = actions.add(
            tr("Larger"), "Ctrl++", scaling.enlarge, tr("Make text, controls and drawings one step larger")
        )
        self.smaller = actions.add(
            tr("Smaller"), "Ctrl+-", scaling.shrink, tr("Make text, controls and drawings one step smaller")
        )
        self.usual = actions.add(
            tr("Usual Size"), "Ctrl+0", scaling.restore, tr("Text, controls and drawings in their usual size")
        )
        # without Shift, where + is above =
        self.larger.setShortcuts([self.larger.shortcut(), QKeySequence("Ctrl+=")])
        self.menu = QMenu(window)
        self.menu.addActions([self.larger, self.smaller, self.usual])
        scaling.changed.connect(self._on_changed)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self.larger.setEnabled(self._scaling.larger_factor is not None)
        self.smaller.setEnabled(self._scaling.smaller_factor is not None)
        self.menu.setTitle(tr("Size ({percent})", percent=percent_text(self._scaling.factor, decimals=0)))


def presentation_action(actions: Actions, presentation: Presentation) -> QAction:
    """What begins and ends the presentation."""
    action = actions.add(
        tr("Presentation"),
        "F11",
        presentation.toggle,
        tr("Bar, network, output and loss alone, large and on the whole screen; Escape brings all back"),
    )
    action.setCheckable(True)
    presentation.changed.connect(action.setChecked)
    presentation.disables([actions.default_layout])
    return action


def banner_action(actions: Actions, banner: Banner) -> QAction:
    """What brings the keyboard to the message there is."""
    action = actions.add(
        tr("Message"), "F6", banner.go_to, tr("Bring the keyboard to the message at the foot of the window")
    )
    action.setEnabled(False)
    banner.shown.connect(action.setEnabled)
    return action
