"""The tabs of the plots, one row each, in their order; the last of them looks at more than snapshots."""

from collections.abc import Callable
from typing import Protocol, TypeAlias, cast

from PySide6.QtCore import SignalInstance

from nnplay.gui.paint.figure import Figure
from nnplay.gui.paint.line_plot import LinePlot
from nnplay.gui.panels.plots.confusion import ConfusionTab
from nnplay.gui.panels.plots.curves import (
    AccuracyTab,
    CurvesTab,
    LossTab,
    MeanAbsoluteErrorTab,
    RootMeanSquaredErrorTab,
    RSquaredTab,
)
from nnplay.gui.panels.plots.statistics import ActivationsTab, GradientsTab, StatisticsTab
from nnplay.gui.panels.plots.surface.tab import SurfaceTab
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.training.diagnosis import Where
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.probe import Probes
from nnplay.training.snapshot import Snapshot


class PlotTab(Protocol):
    """One kind of picture of a run; a QWidget that is made with the theme.

    Attributes
    ----------
    title, tip
        What its tab says, and what it shows in one sentence, as `mark` leaves them.
    shows
        Which findings it shows to be right; None where it shows none.
    has_logarithm
        Whether its axis can be one of decades.
    needs_changed
        The signal that another measurement is asked for.
    """

    title: str
    tip: str
    shows: Where | None
    has_logarithm: bool
    needs_changed: SignalInstance

    @property
    def plot(self) -> LinePlot | None:
        """Its curves over the epochs; None where it has other pictures."""

    def needs(self, *, running: bool) -> Probes:
        """What the next frame is to have for it."""

    def set_logarithmic(self, logarithmic: bool) -> None:
        """A linear axis, or one of decades, where it has one."""

    @staticmethod
    def fits(prepared: PreparedData) -> bool:
        """Whether there is anything to show of such data."""

    def show_data(self, prepared: PreparedData) -> None:
        """Get ready for other data."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the newest figures."""

    def figure(self) -> Figure:
        """Its picture for a worksheet."""


Kind: TypeAlias = type[CurvesTab] | type[StatisticsTab]

TABS: tuple[Kind, ...] = (
    LossTab,
    AccuracyTab,
    RSquaredTab,
    RootMeanSquaredErrorTab,
    MeanAbsoluteErrorTab,
    GradientsTab,
    ActivationsTab,
    ConfusionTab,
    SurfaceTab,
)


def make_tab(kind: Kind, session: Session) -> PlotTab:
    """One of them, for one session."""
    if kind is SurfaceTab:
        return SurfaceTab(session)
    return cast(Callable[[Theme], PlotTab], kind)(session.theme)
