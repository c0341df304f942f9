"""What stands under the columns of the network drawing: controls, chips and counts, each under its own column."""

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics

from nnplay.gui.panels.network.actions import NetworkActions
from nnplay.gui.panels.network.canvas import NetworkCanvas
from nnplay.gui.panels.network.controls import LOW, ROOMIER, ROOMY, TALL, WIDE, EndLabel, LayerFooter
from nnplay.gui.panels.network.feature_chips import FeatureChips
from nnplay.gui.panels.network.layout import LARGEST_SIDE, NetworkLayout, Room
from nnplay.gui.panels.network.shape import NetworkShape
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px, scale, scaled
from nnplay.training.experiment import HiddenLayer

LONGEST_LABEL = 84
"""Pixels at most for the labels beside the drawing, at the factor 1 as all lengths here; more in a wide drawing."""
OF_WIDTH = 0.17
"""The part of a wide drawing that labels may take at each side."""
BESIDE_LABEL = 14
WITHOUT_LABELS = 8
CLASS_BAR = 46
"""At the right of outputs that are classes, for the bar of the sample that is looked at."""
TOP, GAP = 4, 7
"""Above the drawing, and between a column and what stands under it."""
LABEL = 24
"""Height of the count above the chips."""
MOST_CHIPS = 0.36
"""The part of the height that chips take; where they need more they are in one list."""
LEFT_OF_CHIPS, RIGHT_OF_UNIT = 6, 22
"""Between the border and the chips, and how far these reach beyond the inputs at the right."""


class UnderColumns:
    """Makes and places what belongs to the columns.

    Attributes
    ----------
    footers
        One a hidden layer.
    ends
        The counts of the inputs and of the outputs.
    chips
        The features that the network doesn't see.
    """

    def __init__(self, session: Session, canvas: NetworkCanvas, actions: NetworkActions) -> None:
        self._session, self._canvas, self._actions = session, canvas, actions
        self.footers: list[LayerFooter] = []
        self.ends = (EndLabel(session.theme, canvas), EndLabel(session.theme, canvas))
        self.chips = FeatureChips(session.theme, canvas)
        self.chips.chosen.connect(actions.toggle_feature)
        self._rows = 0

    def show_layers(self, shape: NetworkShape, layers: Sequence[HiddenLayer]) -> None:
        """Other layers, or other features that are left."""
        self.chips.show_features(shape.unused)
        while len(self.footers) > len(layers):
            gone = self.footers.pop()
            gone.controls.blockSignals(True)  # a number typed, or a button held, is for a layer that is no longer there
            gone.hide()
            gone.deleteLater()
        while len(self.footers) < len(layers):
            footer = LayerFooter(self._session.theme, len(self.footers), self._canvas)
            footer.controls.units_asked.connect(self._actions.set_units)
            footer.controls.refused.connect(self._session.refused)
            self._session.undo_stack.settling.connect(footer.controls.units.settle)
            footer.controls.activation_asked.connect(self._actions.change_activation)
            self.footers.append(footer)
        for footer, layer in zip(self.footers, layers, strict=True):
            footer.show_layer(layer.units, layer.activation)

    def room(self, shape: NetworkShape) -> Room:
        """The room that is left for the network."""
        canvas = self._canvas
        height = max(canvas.height() - canvas.foot - px(TOP), 60)
        left, right = self._label_room(shape.left), self._label_room(shape.right)
        if shape.kinds.output == "classes":
            right = max(right, px(CLASS_BAR))
        apart = self._apart(shape, left, right)
        under = px(WIDE if apart >= ROOMIER else TALL if apart >= ROOMY else LOW) + px(GAP)
        self._rows = self.chips.rows(self._chips_width(left, apart * scale()))
        if self.chips.height_of(self._rows) > MOST_CHIPS * height:
            self._rows = 0
        of_chips = self.chips.height_of(max(self._rows, 1)) if shape.unused else 0
        of_label = px(GAP) + px(LOW if apart < ROOMY else LABEL)
        return Room(canvas.width(), height, left, right, under, of_label + of_chips)

    def place(self, shape: NetworkShape, layout: NetworkLayout) -> None:
        """Stand under the columns as they are seen now."""
        canvas, zoom = self._canvas, self._canvas.view.zoom
        apart = self._apart(shape, layout.room.left, layout.room.right)
        narrow = apart < ROOMY
        width = min(layout.spacing * zoom - px(4), px(200))
        for column, footer in zip(layout.columns[1:-1], self.footers, strict=True):
            at = canvas.view.to_widget(column.x, column.bottom)
            footer.set_spacing(apart)
            footer.place(at.x(), at.y() + px(GAP), width)
            footer.setVisible(-width / 2 < at.x() < canvas.width() + width / 2 and self._is_above_key(footer.y()))
        ends = (layout.columns[0], layout.columns[-1])
        for column, label, text in zip(ends, self.ends, (shape.inputs_text, shape.outputs_text), strict=True):
            at = canvas.view.to_widget(column.x, column.bottom)
            label.place(*text, at.x(), at.y() + px(GAP), canvas.width(), narrow=narrow)
            label.setVisible(self._is_above_key(label.y()))
        self._place_chips(layout, narrow=narrow)
        canvas.set_covered((*self.footers, *self.ends, self.chips))

    def _place_chips(self, layout: NetworkLayout, *, narrow: bool) -> None:
        inputs, view = layout.columns[0], self._canvas.view
        at = view.to_widget(inputs.x, inputs.bottom)
        least = scaled(LEFT_OF_CHIPS) if view.zoom == 1.0 else -self._canvas.width()
        most = at.x() + view.zoom * inputs.side / 2 + scaled(RIGHT_OF_UNIT)
        top = at.y() + px(GAP) + px(LOW if narrow else LABEL)
        self.chips.place(at.x(), top, least, most, rows=self._rows)
        if not self._is_above_key(self.chips.y()):
            self.chips.hide()

    def _is_above_key(self, y: float) -> bool:
        return y < self._canvas.height() - self._canvas.foot

    def _apart(self, shape: NetworkShape, left: float, right: float) -> float:
        """How far apart columns are, in pixels at the factor 1."""
        return (self._canvas.width() - left - right) / len(shape.sizes) / scale()

    def _chips_width(self, left: float, apart: float) -> float:
        """Pixels that rows of chips may take: from the border to a little right of the inputs."""
        return max(left + min(0.5 * apart, scaled(LARGEST_SIDE)) + scaled(RIGHT_OF_UNIT - LEFT_OF_CHIPS), scaled(40))

    def _label_room(self, labels: tuple[str, ...]) -> float:
        metrics = QFontMetrics(label_font())
        widest = max((metrics.horizontalAdvance(text) for text in labels[:64]), default=0)
        most = max(px(LONGEST_LABEL), round(OF_WIDTH * self._canvas.width()))
        return min(widest, most) + px(BESIDE_LABEL) if widest else px(WITHOUT_LABELS)
