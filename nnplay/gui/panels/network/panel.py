"""The network as a drawing that follows the training, with everything that changes its shape on it."""

import numpy as np
from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QFontMetrics, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnplay.data import expand_features
from nnplay.data.digit_pad import grey_range
from nnplay.gui.paint.marks import value_range
from nnplay.gui.paint.picture import Picture
from nnplay.gui.paint.pixels import grey
from nnplay.gui.panels.network.actions import NetworkActions
from nnplay.gui.panels.network.canvas import NetworkCanvas
from nnplay.gui.panels.network.controls import LOW, ROOMY, TALL, EndLabel, LayerFooter, LayersHeader
from nnplay.gui.panels.network.keys import NetworkKeys
from nnplay.gui.panels.network.layout import Room, Unit, lay_out
from nnplay.gui.panels.network.shape import NetworkShape, shape_of
from nnplay.gui.panels.network.text import Words, bias_name, bias_of, unit_words, weight_name, weight_of
from nnplay.gui.panels.network.unit_pictures import UnitPictures
from nnplay.gui.session.frames import Beat
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.sizes import set_margins
from nnplay.gui.widgets.hover_card import HoverCard
from nnplay.gui.widgets.number_format import parameter_text
from nnplay.texts import tr
from nnplay.training.experiment import Experiment
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.maps import MapsProbe, PlaneMaps
from nnplay.training.probes.probe import Probes
from nnplay.training.probes.weights import Weights, WeightsProbe
from nnplay.training.run_control import RunState
from nnplay.training.snapshot import Snapshot

INPUT_RESOLUTION = 48
MOST_PICTURES = 256
"""Of inputs; no column shows so many."""
LONGEST_LABEL = 84
"""Pixels at most for the labels beside the drawing."""
LARGE_PICTURE = 112
"""Pixels a side of the picture on the hover card."""
WEIGHTS = WeightsProbe()


class NetworkPanel(QWidget):
    """The network drawing of a session.

    Attributes
    ----------
    header
        Stands beside the panel's title: the number of hidden layers.
    canvas
        The drawing.
    """

    needs: Probes = frozenset({WEIGHTS})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shape: NetworkShape | None = None
        self._stale = True
        self._snapshot: Snapshot | None = None
        self._pictures = UnitPictures(session.theme)
        self._inputs: dict[Unit, Picture] = {}
        self._of_units: dict[Unit, Picture] = {}
        self._pixels = 0  # along a side of these pictures
        self.header = LayersHeader(session.theme)
        self.canvas = NetworkCanvas(session.theme, self)
        self.footers: list[LayerFooter] = []
        self.ends = (EndLabel(self.canvas), EndLabel(self.canvas))
        self.card = HoverCard(self.canvas)
        self.actions_ = NetworkActions(session, self.canvas)
        NetworkKeys(self.canvas)
        self.header.asked.connect(self.actions_.change_layers)
        column = QVBoxLayout(self)
        set_margins(column, 0, 0, 0, 0)
        column.addWidget(self.canvas)
        self._connect()
        self.show_experiment(session.experiment)
        session.add_viewer(self)
        session.add_viewer(DrawingViewer(self), Beat.DRAWING)

    def show_experiment(self, _experiment: Experiment) -> None:
        """Draw another network, where it is another one."""
        shape = shape_of(self._session.experiment, self._session.prepared)
        self._show_layers(shape)
        if shape != self._shape:
            self._shape = self.actions_.shape = shape
            self._forget()
            self._place()
        self._make_inputs()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the numbers of a moment of the run; one of another network is passed over."""
        shape, weights = self._shape, snapshot.answer(WEIGHTS)
        if shape is None or weights is None or not _fits(weights, shape):
            return
        if self._snapshot is None or snapshot.figures.epoch < self._snapshot.figures.epoch:
            self._forget()
        self._snapshot, self.actions_.weights = snapshot, weights
        off = {Unit(layer + 1, unit) for layer, unit in snapshot.disabled_units}
        self.canvas.off = frozenset(off | self._unseen(shape))
        self._write_card()
        self.canvas.redraw()

    def show_drawing(self, snapshot: Snapshot) -> None:
        """Draw the edges, biases and pictures of the moment that `show_snapshot` was given before."""
        weights, maps = self.actions_.weights, snapshot.answer(self.maps)
        if self._shape is None or weights is None or self._snapshot is not snapshot:
            return
        self.canvas.painter.show_parameters(weights.weights, weights.biases)
        if maps is not None or self._session.prepared.plane is None:
            self._of_units = self._units(self._shape, weights, maps)
            self.canvas.painter.show_pictures(self._inputs | self._of_units)
        self.canvas.redraw()

    @property
    def maps(self) -> MapsProbe:
        """What the units' pictures are drawn from: the slice that is looked at."""
        return MapsProbe(self._session.selection.slice)

    @property
    def snapshot(self) -> Snapshot | None:
        """The moment that is drawn."""
        return self._snapshot

    def _connect(self) -> None:
        session, canvas = self._session, self.canvas
        session.experiment_changed.connect(self.show_experiment)
        session.state_changed.connect(self._on_state_changed)
        session.theme.changed.connect(self._on_theme_changed)
        canvas.moved.connect(self._place)
        canvas.pointed.connect(self._on_pointed)
        canvas.unit_hovered.connect(session.selection.hover)
        canvas.unit_pinned.connect(session.selection.pin)
        session.selection.changed.connect(self._on_selection_changed)
        session.selection.slice_changed.connect(session.refresh)

    # layout

    @Slot()
    def _place(self) -> None:
        """Lay the network out in the room there is, and what stands under its columns."""
        shape, canvas = self._shape, self.canvas
        if shape is None or canvas.width() < 10:
            return
        left, right = self._label_room(shape.left), self._label_room(shape.right)
        narrow = (canvas.width() - left - right) / len(shape.sizes) < ROOMY
        canvas.footer = LOW if narrow else TALL
        room = Room(canvas.width(), max(canvas.height() - canvas.footer - 8, 60), left, right)
        old = canvas.layout_
        if old is None or old.room != room or self._stale:
            self._stale = False
            picture = shape.picture is not None
            layout = lay_out(shape.sizes, room, picture=picture, active_inputs=shape.active if not picture else None)
            canvas.set_layout(layout, list(shape.left), list(shape.right))
            self._show_again()
            return  # set_layout said `moved`, which leads here again
        if canvas.unit_pixels != self._pixels:
            self._show_again()
        self._place_footers(shape, narrow=narrow)

    def _place_footers(self, shape: NetworkShape, *, narrow: bool) -> None:
        canvas, layout = self.canvas, self.canvas.layout_
        assert layout is not None
        y = canvas.height() - canvas.footer + 4
        width = min(layout.spacing * canvas.view.zoom - 4, 200.0)
        for column, footer in zip(layout.columns[1:-1], self.footers, strict=True):
            x = canvas.view.to_widget(column.x, 0).x()
            footer.set_compact(narrow)
            footer.place(x, y, width)
            footer.setVisible(-width / 2 < x < canvas.width() + width / 2)
        ends = (layout.columns[0], layout.columns[-1])
        for column, label, text in zip(ends, self.ends, (shape.inputs_text, shape.outputs_text), strict=True):
            label.place(*text, canvas.view.to_widget(column.x, 0).x(), y, canvas.width(), narrow=narrow)

    def _label_room(self, labels: tuple[str, ...]) -> float:
        metrics = QFontMetrics(label_font())
        widest = max((metrics.horizontalAdvance(text) for text in labels[:64]), default=0)
        return min(widest, LONGEST_LABEL) + 14.0 if widest else 8.0

    def _show_layers(self, shape: NetworkShape) -> None:
        layers = self._session.experiment.model.hidden_layers
        self.header.show_count(len(layers))
        while len(self.footers) > len(layers):
            gone = self.footers.pop()
            gone.controls.blockSignals(True)  # a number typed, or a button held, is for a layer that is no longer there
            gone.hide()
            gone.deleteLater()
        while len(self.footers) < len(layers):
            footer = LayerFooter(self._session.theme, len(self.footers), self.canvas)
            footer.controls.units_asked.connect(self.actions_.set_units)
            footer.controls.refused.connect(self._session.refused)
            self._session.undo_stack.settling.connect(footer.controls.units.settle)
            footer.controls.activation_asked.connect(self.actions_.change_activation)
            self.footers.append(footer)
        for footer, layer in zip(self.footers, layers, strict=True):
            footer.show_layer(layer.units, layer.activation)
        sizes = " – ".join(map(str, (shape.inputs_text[0], *shape.sizes[1:])))
        self.canvas.setAccessibleName(tr("Network drawing, {sizes}", sizes=sizes))

    # pictures

    def _forget(self) -> None:
        self._stale = True
        self._snapshot = self.actions_.weights = None
        self._pictures.forget()
        self.canvas.painter.forget()

    def _unseen(self, shape: NetworkShape) -> set[Unit]:
        return {Unit(0, i) for i in range(len(shape.features)) if i not in shape.active}

    def _make_inputs(self) -> None:
        """The pictures of the inputs, which no training changes."""
        shape, prepared = self._shape, self._session.prepared
        self._inputs = {}
        if shape is None:
            return
        if shape.picture is not None:
            samples = prepared.table.inputs
            if len(samples):
                self._inputs = {Unit(0, 0): self._pictures.of_ink(grey(samples[0], shape.picture, grey_range(samples)))}
        elif prepared.plane is not None:
            maps = _input_maps(shape, prepared)
            self._inputs = {Unit(0, i): picture for i, picture in enumerate(self._pictures.of_inputs(maps))}
        self.canvas.off = frozenset({u for u in self.canvas.off if u.column > 0} | self._unseen(shape))
        self.canvas.redraw()

    def _units(self, shape: NetworkShape, weights: Weights, maps: PlaneMaps | None) -> dict[Unit, Picture]:
        layout = self.canvas.layout_
        if layout is None:
            return {}
        shown = [column.shown for column in layout.columns[1:]]
        self._pixels = self.canvas.unit_pixels
        if maps is not None:
            ends = value_range(self._session.prepared.table)
            layers = self._pictures.of_layers(maps, shown, shape.kinds, self.canvas.unit_pixels, ends)
        else:
            shapes = [shape.picture, *[None] * (len(shown) - 1)]
            layers = [
                self._pictures.of_weights(matrix, layer, count, pixels)
                for layer, (matrix, count, pixels) in enumerate(zip(weights.weights, shown, shapes, strict=True))
            ]
        return {Unit(c + 1, i): picture for c, layer in enumerate(layers) for i, picture in enumerate(layer)}

    # hovering

    @Slot()
    def _on_pointed(self) -> None:
        self._write_card()

    def _write_card(self) -> None:
        words, place, keep = self._words()
        if words is None or place is None:
            self.card.hide()
            return
        self.card.show_text(words.title, words.value, words.hint, self._large_picture())
        self.card.show_beside(place, keep)
        self.canvas.setAccessibleDescription(tr("{title} {value}", title=words.title, value=words.value))

    def _large_picture(self) -> QPixmap | None:
        """The weights of the unit pointed at, where there is no plane over which the output panel could show it."""
        unit = self.canvas.hovered
        picture = self._of_units.get(unit) if unit is not None and self._session.prepared.plane is None else None
        if picture is None or unit in self.canvas.off:
            return None
        ratio = self.devicePixelRatioF()
        pixmap = picture.enlarged(round(LARGE_PICTURE * ratio))
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _words(self) -> tuple[Words | None, QPoint | None, int]:
        """What is pointed at, where the card stands, and how far from there."""
        canvas, shape, layout = self.canvas, self._shape, self.canvas.layout_
        if shape is None or layout is None or self.actions_.editor.isVisible():
            return None, None, 0
        if canvas.hovered_edge is not None:
            number_, edge = canvas.hovered_edge
            bundle = layout.bundles[number_]
            row, target = int(bundle.rows[edge]), int(bundle.targets[edge])
            value = weight_of(self.actions_.weights, number_, row, target)
            middle = canvas.view.to_widget(*bundle.points[edge][len(bundle.points[edge]) // 2])
            text = "" if value is None else parameter_text(value)
            words = Words(weight_name(shape, number_, row, target), text, tr("Click to edit"))
            return words, middle.toPoint(), 8
        if canvas.hovered_bias is not None:
            bias = bias_of(self.actions_.weights, canvas.hovered_bias)
            text = "" if bias is None else parameter_text(bias)
            words = Words(bias_name(shape, canvas.hovered_bias), text, tr("Click to edit"))
            return words, canvas.view.to_widget(*layout.bias_place(canvas.hovered_bias)).toPoint(), 8
        unit = canvas.hovered or (canvas.current if canvas.walking and canvas.hasFocus() else None)
        if unit is None:
            return None, None, 0
        box = layout.box(unit)
        keep = round(box.width * canvas.view.zoom / 2)
        words = unit_words(shape, unit, self.actions_.weights, off=unit in canvas.off)
        return words, canvas.view.to_widget(*box.centre).toPoint(), keep

    @Slot()
    def _on_selection_changed(self) -> None:
        """Somebody else may have pinned a unit, or none."""
        pinned = self._session.selection.pinned
        self.canvas.pin(None if pinned is None else Unit(pinned.layer + 1, pinned.unit))

    @Slot(object)
    def _on_state_changed(self, state: RunState) -> None:
        self.canvas.set_running(state is RunState.RUNNING)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._make_inputs()
        self._show_again()

    def _show_again(self) -> None:
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)
            self.show_drawing(self._snapshot)


class DrawingViewer:
    """What a network panel draws at every second frame: the numbers under the pointer and the flow don't wait."""

    def __init__(self, panel: NetworkPanel) -> None:
        self._panel = panel
        self.isVisible, self.window = panel.isVisible, panel.window
        self.show_snapshot = panel.show_drawing

    @property
    def needs(self) -> Probes:
        """Weights, and the maps of the slice."""
        return frozenset({WEIGHTS, self._panel.maps})


def _fits(weights: Weights, shape: NetworkShape) -> bool:
    """Whether these are the weights of a network of this shape."""
    units = [matrix.shape[1] for matrix in weights.weights]
    return units == list(shape.sizes[1:]) and len(weights.weights[0]) == len(shape.active)


def _input_maps(shape: NetworkShape, prepared: PreparedData) -> np.ndarray:
    """(F, R, R) what each input is over the plane; one that doesn't span it is the same everywhere: nothing.

    Standardised inputs are on both sides of zero, wherever the points lie.
    """
    assert prepared.plane is not None
    steps = np.linspace(0.0, 1.0, INPUT_RESOLUTION)
    left, right, low, high = prepared.plane
    x, y = np.meshgrid(left + (right - left) * steps, low + (high - low) * steps)
    if shape.features:
        points = prepared.inputs_at(np.column_stack([x.ravel(), y.ravel()]))
        return _centred(expand_features(points, shape.features).T.reshape(-1, *x.shape), prepared)
    across, up = prepared.spec.plane_inputs
    maps = np.zeros((min(shape.sizes[0], MOST_PICTURES), INPUT_RESOLUTION, INPUT_RESOLUTION))
    for index, values in ((up, y), (across, x)):  # in this order: one input alone runs across
        if index < len(maps):
            maps[index] = values
    return _centred(maps, prepared)


def _centred(maps: np.ndarray, prepared: PreparedData) -> np.ndarray:
    if not prepared.spec.standardize:
        return maps
    middle: np.ndarray = maps.min(axis=(1, 2), keepdims=True) / 2 + maps.max(axis=(1, 2), keepdims=True) / 2
    centred: np.ndarray = maps - middle
    return centred
