"""Loss, accuracy and the figures of a regression over the epochs."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.figure import Figure
from nnplay.gui.paint.ghosts import Ghost
from nnplay.gui.paint.line_plot import LinePlot, Scale
from nnplay.gui.panels.plots.floor import FloorCurve
from nnplay.gui.session.branches import BranchCurve
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import amount_text, percent_text, r_squared_text
from nnplay.texts import mark, tr
from nnplay.training.diagnosis import Where
from nnplay.training.diagnosis.probe import FloorProbe
from nnplay.training.history import COLUMNS, EPOCH, FIRST, NO_ROWS, Rows
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.curves import CurvesProbe
from nnplay.training.probes.probe import Probes
from nnplay.training.record import Recording
from nnplay.training.snapshot import Snapshot

CURVES = CurvesProbe()
NEEDS: Probes = frozenset({CURVES})


class CurvesTab(Guarded, QWidget):
    """One figure of the history, of the training set and of the test set.

    Attributes
    ----------
    later
        What the run came to behind the moment that is seen; None where that is its end.
    """

    title = ""
    tip = ""
    columns = ("", "")
    shows: Where | None = None
    scale = Scale()
    has_logarithm = True
    needs_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.later: Rows | None = None
        self._ghosts: list[Ghost] = []
        self._places = [COLUMNS.index(column) for column in self.columns]
        self.plot = LinePlot(theme, self.scale, self)
        self.plot.setAccessibleName(tr("{figure} over the epochs", figure=tr(self.title)))

    def needs(self, *, running: bool) -> Probes:  # noqa: ARG002 - a curve is drawn whether it runs or is paused
        """The history, every frame."""
        return NEEDS

    def set_logarithmic(self, logarithmic: bool) -> None:
        """A linear axis, or one of decades."""
        self.plot.set_logarithmic(logarithmic and self.has_logarithm)

    def figure(self) -> Figure:
        """The plot with its legend, and what its axis is."""
        return self.plot.figure(tr(self.title))

    @staticmethod
    def fits(_prepared: PreparedData) -> bool:
        """Whether such data have these figures."""
        return True

    def show_data(self, _prepared: PreparedData) -> None:
        """The history knows what it was measured on."""

    def show_ghosts(self, branches: Sequence[BranchCurve]) -> None:
        """Draw these other branches behind the run."""
        first, second = self._places
        self._ghosts = [
            Ghost(each.key, each.name, each.epochs, (each.rows[:, first], each.rows[:, second])) for each in branches
        ]
        self._draw_ghosts()

    def _draw_ghosts(self) -> None:
        self.plot.show_ghosts(self._ghosts)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the history, and the figures of this moment, which it may have thinned away; then what follows."""
        history = snapshot.answer(CURVES)
        if history is None:
            return
        now = np.array(snapshot.figures.row())
        now[EPOCH] += snapshot.figures.fraction
        if len(history) and history[-1, FIRST, EPOCH] == now[EPOCH]:
            history = history[:-1]
        later = NO_ROWS if self.later is None else self.later[self.later[:, FIRST, EPOCH] > now[EPOCH]]
        rows = np.concatenate([history, np.broadcast_to(now, (1, 3, len(now))), later])
        moment = None if self.later is None else len(history)
        training, test = self._places
        self.plot.show_lines(rows[:, FIRST, EPOCH], rows[:, :, training], rows[:, :, test], moment)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self.plot.setGeometry(self.rect())


class LossTab(CurvesTab):
    """The data loss."""

    title = mark("Loss")
    tip = mark("How wrong the network is, of the training and of the test set; without the penalty")
    columns = ("train_loss", "test_loss")
    shows = Where.LOSS

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._floor: FloorCurve | None = None

    def set_floor(self, shown: bool) -> None:
        """Draw the floor beside the loss, from now on, or no longer."""
        self._floor = FloorCurve() if shown else None
        self._draw_ghosts()
        self.needs_changed.emit()

    def needs(self, *, running: bool) -> Probes:
        """The history, and the floor where it is drawn."""
        return super().needs(running=running) | (frozenset() if self._floor is None else {FloorProbe()})

    def follow(self, record: Recording) -> None:
        """The run may be another one, or on another branch."""
        if self._floor is not None and self._floor.follow(record):
            self._draw_ghosts()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the loss, and the floor where it was measured anew."""
        super().show_snapshot(snapshot)
        at = snapshot.answer(FloorProbe()) if FloorProbe() in snapshot.answers else None
        if at is not None and self._floor is not None and self._floor.add(at):
            self._draw_ghosts()

    def _draw_ghosts(self) -> None:
        floor = [] if self._floor is None else [self._floor.ghost()]
        self.plot.show_ghosts([*self._ghosts, *floor])


class _ClassesTab(CurvesTab):
    """A figure that only classes have."""

    @staticmethod
    def fits(prepared: PreparedData) -> bool:
        """Where the target is a class."""
        return prepared.table.task == "classification"


class _ValuesTab(CurvesTab):
    """A figure that only a regression has."""

    @staticmethod
    def fits(prepared: PreparedData) -> bool:
        """Where the target is a number."""
        return prepared.table.task == "regression"


class AccuracyTab(_ClassesTab):
    """The share of samples that get their own class."""

    title = mark("Accuracy")
    tip = mark("The share of samples whose likeliest class is their own")
    columns = ("train_accuracy", "test_accuracy")
    has_logarithm = False
    scale = Scale(grows=False, text=percent_text, tick=lambda value: percent_text(value, 0))


class RSquaredTab(_ValuesTab):
    """The share of the target's variance that is predicted."""

    title = mark("R²")
    tip = mark(
        "How much of the target's variance the network predicts: 1 is all of it, 0 is no better than the mean, "
        "and what is worse is below 0; below −1 the curve leaves the plot, where an arrow says so"
    )
    columns = ("train_r2", "test_r2")
    has_logarithm = False
    scale = Scale(grows=False, lowest=-1.0, text=r_squared_text)


class RootMeanSquaredErrorTab(_ValuesTab):
    """The root of the mean squared error."""

    title = mark("RMSE")
    tip = mark("The root of the mean squared error, in the target's own unit; large errors count more")
    columns = ("train_rmse", "test_rmse")
    scale = Scale(text=amount_text)


class MeanAbsoluteErrorTab(_ValuesTab):
    """The mean absolute error."""

    title = mark("MAE")
    tip = mark("The mean absolute error, in the target's own unit; every error counts by its size")
    columns = ("train_mae", "test_mae")
    scale = Scale(text=amount_text)
