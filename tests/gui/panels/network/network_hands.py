"""What tests of the network panel do with their hands, and the experiments they do it on."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.panel import NetworkPanel
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec

LEFT = Qt.MouseButton.LeftButton
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=60),
    model=ModelSpec(
        hidden_layers=(HiddenLayer(units=4, activation="tanh"), HiddenLayer(units=3, activation="relu")),
    ),
    training=TrainingSpec(learning_rate=0.1, batch_size=10),
)
DIGITS = Experiment(
    data=DataSpec(kind="digits", samples=100, classes=10),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=128), HiddenLayer(units=64)), loss="categorical_cross_entropy"),
)
PanelMaker = Callable[..., NetworkPanel]


def place(panel: NetworkPanel, unit: Unit) -> QPoint:
    canvas = panel.canvas
    return canvas.view.to_widget(*canvas.layout_.box(unit).centre).toPoint()


def bias_place(panel: NetworkPanel, unit: Unit) -> QPoint:
    canvas = panel.canvas
    return canvas.view.to_widget(*canvas.layout_.bias_place(unit)).toPoint()


def edge_place(panel: NetworkPanel, number: int, source: int, target: int) -> QPoint:
    bundle = panel.canvas.layout_.bundles[number]
    edge = np.flatnonzero((bundle.sources == source) & (bundle.targets == target))[0]
    return panel.canvas.view.to_widget(*bundle.points[edge, 3]).toPoint()


def hidden(panel: NetworkPanel) -> list[tuple[int, str]]:
    return [(layer.units, layer.activation) for layer in panel.session.experiment.model.hidden_layers]


def tab_into(panel: NetworkPanel, qtbot: QtBot) -> None:
    panel.canvas.clearFocus()
    panel.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(panel.canvas.hasFocus)


def wheel(widget: QWidget, at: QPoint, notches: int) -> None:
    nothing = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        QPointF(at),
        widget.mapToGlobal(QPointF(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        nothing,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def menu(panel: NetworkPanel, unit: Unit) -> QMenu:
    at = place(panel, unit)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(panel.canvas, QContextMenuEvent(reason, at, panel.canvas.mapToGlobal(at)))
    return QApplication.activePopupWidget()
