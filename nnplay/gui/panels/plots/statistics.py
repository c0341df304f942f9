"""Gradients and activations, layer by layer: what makes a deep network learn or not."""

import time

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnplay.gui.panels.plots.activation_rows import ActivationRows
from nnplay.gui.panels.plots.gradient_bars import GradientBars
from nnplay.gui.theme.theme import Theme
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.activations import ActivationsProbe
from nnplay.training.probes.gradients import GradientsProbe
from nnplay.training.probes.probe import Probe, Probes
from nnplay.training.snapshot import Snapshot

CALM = 0.15
"""Seconds between two measurements while training goes on: figures that change more often can't be read."""
NOTHING: Probes = frozenset()


class StatisticsTab(QWidget):
    """One measurement of the network as it is now: calm while it trains, exact when it rests."""

    title = ""
    tip = ""
    has_logarithm = False
    needs_changed = Signal()
    calm = CALM

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looked = -self.calm

    @property
    def probe(self) -> Probe[object]:
        """What is measured."""
        raise NotImplementedError

    def needs(self, *, running: bool) -> Probes:
        """The measurement, when it is time for one."""
        due = not running or time.monotonic() - self._looked >= self.calm
        return frozenset({self.probe}) if due else NOTHING

    def set_logarithmic(self, logarithmic: bool) -> None:
        """There is no other axis."""

    def looked(self) -> None:
        """Something was measured just now."""
        self._looked = time.monotonic()

    def hideEvent(self, event: QHideEvent) -> None:
        """Called by Qt; who comes back wants the newest figures at once."""
        super().hideEvent(event)
        self._looked = -self.calm


class LayersTab(StatisticsTab):
    """A row for each layer, measured over the training samples."""

    def __init__(self, chart: GradientBars | ActivationRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = chart
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 0, 0)
        column.addWidget(chart)

    def fits(self, _prepared: PreparedData) -> bool:
        """Every network has gradients; one without hidden layers is told that it has none."""
        return True

    def show_data(self, prepared: PreparedData) -> None:
        """Without samples there is nothing to measure."""
        if not len(prepared.X_train):
            self.chart.show_measured(None)


class GradientsTab(LayersTab):
    """How large the gradient is in each dense layer."""

    title = "Gradients"
    tip = "How large each layer's gradient is: where it vanishes a layer hardly learns, where it explodes it overshoots"
    probe = GradientsProbe()
    chart: GradientBars

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(GradientBars(theme), parent)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the newest measurement, where the snapshot has one."""
        gradients = snapshot.answer(self.probe)
        if gradients is not None:
            self.looked()
            self.chart.show_measured(gradients)


class ActivationsTab(LayersTab):
    """What each hidden layer answers."""

    title = "Activations"
    tip = (
        "What each hidden layer answers, and how much of it is lost to learning: "
        "saturated within 2 % of the bounds of sigmoid or tanh, or units dead because they answer 0 to every sample"
    )
    probe = ActivationsProbe()
    chart: ActivationRows

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(ActivationRows(theme), parent)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the newest measurement, where the snapshot has one."""
        activations = snapshot.answer(self.probe)
        if activations is not None:
            self.looked()
            self.chart.show_measured(activations)
