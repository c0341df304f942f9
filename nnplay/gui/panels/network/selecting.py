"""What a person selects on the drawing is selected everywhere, and what is selected elsewhere is marked on it."""

from PySide6.QtCore import QObject, Slot

from nnplay.gui.panels.network.canvas import NetworkCanvas
from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.pointing import Pointed, address_of, pixel_of, pointed_of
from nnplay.gui.panels.network.shape import NetworkShape
from nnplay.gui.session.findings import Findings
from nnplay.gui.session.selection import Selection, UnitAddress, WeightAddress


class Selecting(QObject):
    """Ties a canvas and a selection both ways, and marks what a finding means."""

    def __init__(self, selection: Selection, findings: Findings, canvas: NetworkCanvas) -> None:
        super().__init__(canvas)
        self._selection, self._findings, self._canvas = selection, findings, canvas
        self._shape: NetworkShape | None = None
        canvas.unit_hovered.connect(selection.hover)
        canvas.unit_pinned.connect(selection.pin)
        canvas.pointed.connect(self._on_pointed)
        canvas.freed.connect(self._on_freed)
        selection.changed.connect(self._on_changed)
        selection.pointed_changed.connect(self.show_marks)
        selection.inspected_changed.connect(self.show_marks)
        findings.lit_changed.connect(self.show_marks)

    def show_shape(self, shape: NetworkShape) -> None:
        """Another network: a weight that it doesn't have is inspected no more."""
        self._shape = shape
        weight = self._selection.inspected
        if isinstance(weight, WeightAddress) and not shape.names.has(weight):
            self._selection.inspect(None)

    @Slot()
    def show_marks(self) -> None:
        """Mark what is pointed at anywhere, and the weight that is inspected."""
        layout, pointed, inspected = self._canvas.layout_, self._selection.pointed, self._selection.inspected
        if layout is None:
            return
        pixel = pixel_of(None if self._shape is None else self._shape.picture, pointed)
        self._canvas.show_pointed(pointed_of(layout, pointed), pixel)
        is_weight = isinstance(inspected, WeightAddress)
        self._canvas.show_inspected(pointed_of(layout, inspected) if is_weight else Pointed())
        lit = self._findings.lit
        units = () if lit is None else (pointed_of(layout, UnitAddress(*unit)).unit for unit in lit.units)
        edges = () if lit is None else (pointed_of(layout, WeightAddress(*weight)).edge for weight in lit.weights)
        self._canvas.show_lit(
            frozenset(unit for unit in units if unit is not None), frozenset(edge for edge in edges if edge is not None)
        )

    @Slot()
    def _on_pointed(self) -> None:
        canvas, layout = self._canvas, self._canvas.layout_
        if layout is None:
            return
        pointed = canvas.pointed_at
        if pointed == Pointed() and canvas.hasFocus():
            pointed = Pointed(canvas.walked_to)
        self._selection.point_at(address_of(layout, pointed))

    @Slot()
    def _on_freed(self) -> None:
        self._selection.inspect(None)

    @Slot()
    def _on_changed(self) -> None:
        """Somebody else may have pinned a unit, or none."""
        pinned = self._selection.pinned
        self._canvas.pin(None if pinned is None else Unit(pinned.layer + 1, pinned.unit))
