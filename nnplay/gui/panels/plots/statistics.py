"""Gradients and activations, layer by layer: what makes a deep network learn or not."""

import time

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.figure import Figure
from nnplay.gui.panels.plots.activation_rows import ActivationRows
from nnplay.gui.panels.plots.gradient_bars import GradientBars
from nnplay.gui.theme.sizes import set_margins
from nnplay.gui.theme.theme import Theme
from nnplay.texts import mark, tr
from nnplay.training.diagnosis import Where
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.activations import ActivationsProbe
from nnplay.training.probes.gradients import GradientsProbe
from nnplay.training.probes.probe import Probe, Probes
from nnplay.training.snapshot import Snapshot

INTERVAL = 0.15
"""Seconds between two measurements while training goes on: figures that change more often can't be read."""
NOTHING: Probes = frozenset()


class StatisticsTab(Guarded, QWidget):
    """One measurement of the network as it is now: at intervals while it trains, of the last step when it is paused.

    Attributes
    ----------
    interval
        Seconds between two measurements while it trains.
    """

    title = ""
    tip = ""
    shows: Where | None = None
    has_logarithm = False
    needs_changed = Signal()
    plot = None
    interval = INTERVAL

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measured_at = -self.interval

    @property
    def probe(self) -> Probe[object]:
        """What is measured."""
        raise NotImplementedError

    @staticmethod
    def fits(_prepared: PreparedData) -> bool:
        """Every network has a loss and gradients; one without hidden layers is told that it has none."""
        return True

    def needs(self, *, running: bool) -> Probes:
        """The measurement, when it is time for one."""
        due = not running or time.monotonic() - self._measured_at >= self.interval
        return frozenset({self.probe}) if due else NOTHING

    def set_logarithmic(self, logarithmic: bool) -> None:
        """There is no other axis."""

    def note_measured(self) -> None:
        """Something was measured just now."""
        self._measured_at = time.monotonic()

    def measure_soon(self) -> None:
        """What was measured holds no longer: the next frame is to have it anew."""
        self._measured_at = -self.interval

    def hideEvent(self, event: QHideEvent) -> None:
        """Called by Qt; who comes back wants the newest figures at once."""
        super().hideEvent(event)
        self.measure_soon()


class LayersTab(StatisticsTab):
    """A row for each layer, measured over the training samples."""

    def __init__(self, chart: GradientBars | ActivationRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = chart
        column = QVBoxLayout(self)
        set_margins(column, 4, 0, 0, 0)
        column.addWidget(chart)

    def figure(self) -> Figure:
        """The chart, with nothing pointed at."""
        return self.chart.figure(tr(self.title))

    def show_data(self, prepared: PreparedData) -> None:
        """Other samples have other figures; without any there is nothing to measure."""
        self.measure_soon()
        if not len(prepared.X_train):
            self.chart.show_measured(None)


class GradientsTab(LayersTab):
    """How large the gradient is in each dense layer."""

    title = mark("Gradients")
    shows = Where.GRADIENTS
    tip = mark(
        "How large each layer's gradient is: where it vanishes a layer hardly learns, where it explodes it overshoots"
    )
    probe = GradientsProbe()
    chart: GradientBars

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(GradientBars(theme), parent)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the newest measurement, where the snapshot has one."""
        gradients = snapshot.answer(self.probe)
        if gradients is not None:
            self.note_measured()
            self.chart.show_measured(gradients, running=snapshot.epochs_per_second > 0)


class ActivationsTab(LayersTab):
    """What each hidden layer outputs."""

    title = mark("Activations")
    shows = Where.ACTIVATIONS
    tip = mark(
        "What each hidden layer outputs, and how much of it is lost to learning: "
        "saturated within 2 % of the bounds of sigmoid or tanh, or units dead because they output 0 for every sample"
    )
    probe = ActivationsProbe()
    chart: ActivationRows

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(ActivationRows(theme), parent)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the newest measurement, where the snapshot has one."""
        activations = snapshot.answer(self.probe)
        if activations is not None:
            self.note_measured()
            self.chart.show_measured(activations)
