"""The hover card of the network drawing: what is pointed at, or walked to, in words and figures."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, Slot
from PySide6.QtGui import QPixmap

from nnplay.gui.paint.picture import Picture
from nnplay.gui.panels.network.about import about_bias, about_edge, about_unit
from nnplay.gui.panels.network.actions import NetworkActions
from nnplay.gui.panels.network.canvas import NetworkCanvas
from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.phase_view import PhaseView
from nnplay.gui.panels.network.text import Words, bias_name, bias_of, unit_words, weight_name, weight_of
from nnplay.gui.theme.scale import px
from nnplay.gui.widgets.hover_card import HoverCard
from nnplay.gui.widgets.number_format import parameter_text
from nnplay.texts import tr

LARGE_PICTURE = 112
"""Pixels a side of the picture on the card, at the factor 1; less where the drawing is low."""


class NetworkCard(HoverCard):
    """Stands beside what it speaks of and covers none of it.

    Attributes
    ----------
    pictures
        Of the units that no other panel could show larger.
    """

    def __init__(self, canvas: NetworkCanvas, actions: NetworkActions, phases: PhaseView) -> None:
        super().__init__(canvas)
        self._canvas, self._actions, self._phases = canvas, actions, phases
        self.pictures: Mapping[Unit, Picture] = {}
        for what in (canvas.pointed, canvas.unit_pinned, canvas.unit_chosen, canvas.inspect_asked):
            what.connect(self.write)

    @Slot()
    def write(self) -> None:
        """Say what is pointed at now; nothing while a value is edited."""
        words, about = self._words()
        if words is None or not about:
            self.hide()
            return
        self.show_text(words.title, words.value, words.hint, self._large_picture())
        self.show_about(about)
        self._canvas.setAccessibleDescription(tr("{title} {value}", title=words.title, value=words.value))

    def _large_picture(self) -> QPixmap | None:
        """The weights of the unit pointed at, where there is no plane over which the output panel could show it."""
        unit = self._canvas.hovered
        picture = self.pictures.get(unit) if unit is not None and unit not in self._canvas.off else None
        if picture is None:
            return None
        ratio = self.devicePixelRatioF()
        pixmap = picture.enlarged(round(min(px(LARGE_PICTURE), self._canvas.height() // 4) * ratio))
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _words(self) -> tuple[Words | None, list[QRect]]:
        """What is pointed at, and where it is."""
        canvas, shape, weights = self._canvas, self._actions.shape, self._actions.weights
        if shape is None or canvas.layout_ is None or self._actions.editor.isVisible():
            return None, []
        pointed, phase = canvas.pointed_at, self._phases.card
        if pointed.edge is not None:
            number, edge = pointed.edge
            bundle = canvas.layout_.bundles[number]
            row, target = int(bundle.rows[edge]), int(bundle.targets[edge])
            value = weight_of(weights, number, row, target)
            text = "" if value is None else parameter_text(value)
            said = "" if phase is None else phase.weight(number, row, target)
            words = Words(weight_name(shape, number, row, target), said or text, tr("Click to edit"))
            return words, about_edge(canvas, number, edge)
        if pointed.bias is not None:
            bias = bias_of(weights, pointed.bias)
            text = "" if bias is None else parameter_text(bias)
            said = "" if phase is None else phase.bias(pointed.bias)
            words = Words(bias_name(shape, pointed.bias), said or text, tr("Click to edit"))
            return words, about_bias(canvas, pointed.bias)
        unit = pointed.unit or (canvas.walked_to if canvas.hasFocus() else None)
        if unit is None:
            return None, []
        words, said = (
            unit_words(shape, unit, weights, self._actions.next_click(unit), off=unit in canvas.off),
            "" if phase is None else phase.unit(unit),
        )
        return Words(words.title, said or words.value, words.hint), about_unit(canvas, unit)
