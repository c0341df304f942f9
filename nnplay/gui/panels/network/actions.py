"""What a person changes in the network drawing: shape, features, weights, biases, switches."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QPoint, QRect, Slot
from PySide6.QtWidgets import QMenu

from nnplay.gui.panels.network.about import about_bias, about_weight
from nnplay.gui.panels.network.canvas import NetworkCanvas
from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.shape import NetworkShape
from nnplay.gui.panels.network.text import NextClick, bias_name, bias_of, weight_name, weight_of
from nnplay.gui.session.selection import UnitAddress, WeightAddress
from nnplay.gui.session.session import Session
from nnplay.gui.widgets.number_format import parameter_text
from nnplay.gui.widgets.plain_text import menu_text
from nnplay.gui.widgets.value_editor import ValueEditor
from nnplay.nn import ACTIVATIONS
from nnplay.texts import tr
from nnplay.training.edits import with_feature_toggled, with_layer_activation, with_layers, with_units
from nnplay.training.experiment import Experiment
from nnplay.training.probes.weights import Weights

INSPECTOR = "inspector"
"""The key of the panel that shows where numbers come from."""
MOST_IN_MENU = 24
"""Weights that a unit's menu lists, the largest first."""


class NetworkActions(QObject):
    """Turns the drawing's signals into changes of the session; the panel keeps `shape` and `weights` up to date.

    Attributes
    ----------
    editor
        The box in which weights and biases are typed.
    """

    def __init__(self, session: Session, canvas: NetworkCanvas) -> None:
        super().__init__(canvas)
        self._session = session
        self._canvas = canvas
        self.shape: NetworkShape | None = None
        self.weights: Weights | None = None
        self.editor = ValueEditor(canvas)
        self._apply: Callable[[float], None] | None = None
        self._edited: WeightAddress | None = None  # until Enter or Escape: its next click is the second one
        self.editor.committed.connect(self._on_committed)
        self.editor.refused.connect(session.refused)
        self.editor.closed.connect(canvas.pointed)
        session.undo_stack.settling.connect(self.editor.leave)
        canvas.input_clicked.connect(self._on_input_clicked)
        canvas.units_asked.connect(self.change_units)
        canvas.switch_asked.connect(self.switch_unit)
        self.editor.finished.connect(self._on_finished)
        self.editor.inspected.connect(self._on_inspect_asked)
        canvas.weight_clicked.connect(self._on_weight_clicked)
        canvas.bias_clicked.connect(self._on_bias_clicked)
        canvas.weight_asked.connect(lambda layer, unit: self.edit_weight(layer, -1, unit))
        canvas.bias_asked.connect(self.edit_bias)
        canvas.unit_chosen.connect(self._on_unit_chosen)
        canvas.inspect_asked.connect(lambda: session.requests.panel.emit(INSPECTOR))
        canvas.menu_asked.connect(self.open_menu)

    @Slot(int)
    def change_layers(self, change: int) -> None:
        """One hidden layer more or fewer."""
        text = tr("Add a layer") if change > 0 else tr("Remove a layer")
        self._change(text, with_layers(self._session.settle(), change))

    @Slot(int, int)
    def change_units(self, layer: int, change: int) -> None:
        """So many units more or fewer."""
        self.set_units(layer, self._session.settle().model.hidden_layers[layer].units + change)

    @Slot(int, int)
    def set_units(self, layer: int, units: int) -> None:
        """Another number of units in one layer."""
        text = tr("Layer {layer}: {n} unit|Layer {layer}: {n} units", "", units, layer=layer + 1)
        self._change(text, with_units(self._session.settle(), layer, units))

    @Slot(int, str)
    def change_activation(self, layer: int, name: str) -> None:
        """Another activation in one layer."""
        text = tr("Layer {layer}: {activation}", layer=layer + 1, activation=tr(ACTIVATIONS[name].label))
        self._change(text, with_layer_activation(self._session.settle(), layer, name))

    @Slot(str)
    def toggle_feature(self, name: str) -> None:
        """Let the network see a feature, or not."""
        shape = self.shape
        if shape is None or not shape.features:
            return
        label = (dict(shape.unused) | dict(zip(shape.features, shape.left, strict=True)))[name]
        experiment = with_feature_toggled(self._session.settle(), name)
        if experiment is None:
            text = tr("{feature} is the last feature: the network has to see at least one", feature=label)
            self._session.refused.emit(text)
        elif name in experiment.data.features:
            self._change(tr("Feature {feature} on", feature=label), experiment)
        else:
            self._change(tr("Feature {feature} off", feature=label), experiment)

    @Slot(int, int)
    def switch_unit(self, layer: int, unit: int) -> None:
        """Switch a hidden unit off, or on again."""
        self._session.network_edits.set_unit_enabled(layer, unit, Unit(layer + 1, unit) in self._canvas.off)

    @Slot(int, int, int)
    def edit_weight(self, layer: int, row: int, unit: int) -> None:
        """Open the editor on a weight; row −1 is the largest that leads to the unit."""
        if self.weights is None or self.shape is None or layer >= len(self.weights.weights):
            return
        if row < 0:
            row = int(np.abs(self.weights.weights[layer][:, unit]).argmax())
        value = weight_of(self.weights, layer, row, unit)
        if value is not None:
            about = about_weight(self._canvas, layer, row, unit)
            self._edit(
                weight_name(self.shape, layer, row, unit),
                value,
                about,
                WeightAddress(layer, row, unit),
                lambda new: self._session.network_edits.set_weight(layer, row, unit, new),
            )

    @Slot(int, int)
    def edit_bias(self, layer: int, unit: int) -> None:
        """Open the editor on a bias."""
        value = bias_of(self.weights, Unit(layer + 1, unit))
        if value is None or self.shape is None or self._canvas.layout_ is None:
            return
        name, about = bias_name(self.shape, Unit(layer + 1, unit)), about_bias(self._canvas, Unit(layer + 1, unit))
        address = WeightAddress(layer, None, unit)
        self._edit(name, value, about, address, lambda new: self._session.network_edits.set_bias(layer, unit, new))

    @Slot(int, int, QPoint)
    def open_menu(self, layer: int, unit: int, place: QPoint) -> None:
        """A unit's menu."""
        menu = self.menu_of(Unit(layer + 1, unit))
        menu.aboutToHide.connect(self._canvas.point_again)
        menu.popup(place)

    def menu_of(self, unit: Unit) -> QMenu:
        """Everything that can be done with a unit; the menu deletes itself when it closes."""
        menu, layer = QMenu(self._canvas), unit.column - 1
        menu.aboutToHide.connect(menu.deleteLater)
        self._session.undo_stack.settling.connect(menu.close)  # what it is for may go
        shape = self.shape
        if shape is None:
            return menu
        if layer < 0:
            if shape.features:
                menu.addAction(tr("Hide It from the Network"), lambda: self._on_input_clicked(unit.position))
            return menu
        is_pinned = unit == self._canvas.pinned
        menu.addAction(tr("Unpin") if is_pinned else tr("Pin"), lambda: self._canvas.pin(None if is_pinned else unit))
        if unit.column < len(shape.sizes) - 1:
            text = tr("Switch On") if unit in self._canvas.off else tr("Switch Off")
            menu.addAction(text, lambda: self.switch_unit(layer, unit.position))
        menu.addSeparator()
        menu.addAction(tr("Edit Bias…"), lambda: self.edit_bias(layer, unit.position))
        self._add_weights(menu.addMenu(tr("Edit Weight")), layer, unit.position, self.edit_weight)
        menu.addSeparator()
        menu.addAction(tr("Inspect"), lambda: self._inspect_unit(unit))
        menu.addAction(tr("Inspect Bias"), lambda: self.inspect(WeightAddress(layer, None, unit.position)))
        self._add_weights(menu.addMenu(tr("Inspect Weight")), layer, unit.position, self._inspect_weight)
        return menu

    def _inspect_unit(self, unit: Unit) -> None:
        self._canvas.pin(unit)
        self.inspect(None)

    def _inspect_weight(self, layer: int, row: int, unit: int) -> None:
        self.inspect(WeightAddress(layer, row, unit))

    def _add_weights(self, menu: QMenu, layer: int, unit: int, do: Callable[[int, int, int], None]) -> None:
        if self.weights is None or self.shape is None or layer >= len(self.weights.weights):
            return
        column = self.weights.weights[layer][:, unit]
        rows = range(len(column)) if len(column) <= MOST_IN_MENU else np.argsort(-np.abs(column))[:MOST_IN_MENU]
        for row in map(int, rows):
            name = self.shape.names.unit(UnitAddress(layer - 1, row), inside=True)
            text = tr("From {unit}: {weight}", unit=name, weight=parameter_text(float(column[row])))
            menu.addAction(menu_text(text), partial(do, layer, row, unit))

    @Slot(int)
    def _on_input_clicked(self, index: int) -> None:
        if self.shape is not None and index < len(self.shape.features):
            self.toggle_feature(self.shape.features[index])

    def inspect(self, weight: WeightAddress | None) -> None:
        """Open the inspector on a weight or bias, else on the pinned unit."""
        self._session.selection.inspect(weight)
        self._session.requests.panel.emit(INSPECTOR)

    @Slot(int, int, int)
    def _on_weight_clicked(self, layer: int, row: int, unit: int) -> None:
        if not self._inspect_again(WeightAddress(layer, row, unit)):
            self.edit_weight(layer, row, unit)

    @Slot(int, int)
    def _on_bias_clicked(self, layer: int, unit: int) -> None:
        if not self._inspect_again(WeightAddress(layer, None, unit)):
            self.edit_bias(layer, unit)

    def _inspect_again(self, weight: WeightAddress) -> bool:
        """Where it is being edited already, a click opens the inspector, unless that is in view; whether it did."""
        again = weight == self._edited and not self._session.requests.shows(INSPECTOR)
        if again:
            self.inspect(weight)
        return again

    def next_click(self, unit: Unit) -> NextClick:
        """What a click on a unit does next."""
        if unit != self._canvas.pinned:
            return NextClick.PINS
        is_inspected = self._session.selection.inspected == UnitAddress(unit.column - 1, unit.position)
        return NextClick.UNPINS if is_inspected and self._session.requests.shows(INSPECTOR) else NextClick.INSPECTS

    @Slot(int, int)
    def _on_unit_chosen(self, layer: int, unit: int) -> None:
        """The pinned unit is clicked: the inspector opens on it; where that is in view the unit is let go."""
        if self.next_click(Unit(layer + 1, unit)) is NextClick.UNPINS:
            self._canvas.pin(None)
        else:
            self.inspect(None)

    @Slot()
    def _on_inspect_asked(self) -> None:
        if self._edited is not None:
            self.inspect(self._edited)

    @Slot()
    def _on_finished(self) -> None:
        self._edited = None

    def _edit(
        self,
        label: str,
        value: float,
        about: Sequence[QRect],
        address: WeightAddress,
        apply: Callable[[float], None],
    ) -> None:
        """Edit a weight or bias, which is the one to be inspected from now on."""
        self._apply, self._edited = apply, address
        self._session.selection.inspect(address)
        assert self.weights is not None
        self.editor.edit(label, value, about, self.weights.weights[0].dtype)
        self._canvas.pointed.emit()

    @Slot(object)
    def _on_committed(self, value: float) -> None:
        if self._apply is not None:
            self._apply(value)

    def _change(self, text: str, experiment: Experiment | None) -> None:
        if experiment is not None:
            self._session.change(text, experiment)
