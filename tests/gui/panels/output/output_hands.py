"""What tests of the output do with their hands, and the experiments they do it on."""

from collections.abc import Callable

import msgspec
import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.gui.panels.output.panel import OutputPanel
from nnplay.gui.session.session import Session
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec

replace = msgspec.structs.replace
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
PATIENCE = 20_000
NOTHING = Table(np.empty((0, 2)), np.empty(0), "classification", (), ("0", "1"))
XOR = Experiment(seed=1)
EMPTY = Experiment(data=DataSpec(kind=YOURS, table=NOTHING))
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=60, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=3, activation="tanh"),)),
)
SPIRALS = Experiment(
    data=DataSpec(kind="spirals", samples=60, classes=3), model=ModelSpec(loss="categorical_cross_entropy")
)
BUMPS = Experiment(
    data=DataSpec(kind="gaussian_bumps", samples=60, classes=1), model=ModelSpec(loss="mean_squared_error")
)
Opener = Callable[[Experiment], OutputPanel]


def session_of(panel: OutputPanel) -> Session:
    return panel._session


def table_of(panel: OutputPanel) -> Table:
    return session_of(panel).prepared.table


def click(qtbot: QtBot, panel: OutputPanel, x1: float, x2: float, button: Qt.MouseButton = LEFT) -> None:
    qtbot.mouseClick(panel.canvas, button, pos=panel.to_widget(QPointF(x1, x2)))


def drag(qtbot: QtBot, panel: OutputPanel, *way: tuple[float, float], shift: bool = False, let_go: bool = True) -> None:
    places = [panel.to_widget(QPointF(*place)) for place in way]
    qtbot.mousePress(panel.canvas, LEFT, SHIFT if shift else NONE, places[0])
    for place in places[1:]:
        qtbot.mouseMove(panel.canvas, place)
    if let_go:
        qtbot.mouseRelease(panel.canvas, LEFT, NONE, places[-1])


def take(qtbot: QtBot, panel: OutputPanel, key: str) -> None:
    qtbot.mouseClick(panel.strip.buttons[key], LEFT)


def press_undo(qtbot: QtBot, panel: OutputPanel) -> None:
    qtbot.mouseClick(panel.strip.buttons["undo"], LEFT)


def point_at(qtbot: QtBot, panel: OutputPanel, x1: float, x2: float) -> None:
    qtbot.mouseMove(panel.canvas, QPoint(2, 2))
    qtbot.mouseMove(panel.canvas, panel.to_widget(QPointF(x1, x2)))


def reach_by_keyboard(panel: OutputPanel) -> None:
    panel.strip.buttons["put"].setFocus()
    panel.view.setFocus(Qt.FocusReason.TabFocusReason)


def colour_at(panel: OutputPanel, x1: float, x2: float) -> QColor:
    return panel.view.grab().toImage().pixelColor(panel.to_widget(QPointF(x1, x2)))
