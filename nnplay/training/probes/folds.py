"""Where the units of a run bend on the plane, and its formula in every part between."""

from dataclasses import dataclass

import numpy as np

from nnplay.training.folds import FoldLines, Regions, fold_lines, regions
from nnplay.training.folds.folds import MOST_CELLS, MOST_LIVE
from nnplay.training.probes.probe import Probe
from nnplay.training.shadow import ProbedRun
from nnplay.training.slices import Point


@dataclass(frozen=True)
class FoldsProbe(Probe[FoldLines]):
    """Asks for the lines where units bend.

    Attributes
    ----------
    others
        As in `MapsProbe`.
    live
        Whether they are to be found within a frame: those of wide networks' deeper layers are left out.
    """

    kept = True

    others: Point | None = None
    live: bool = False

    @np.errstate(all="ignore")  # a run about to diverge has numbers of any size
    def measure(self, run: ProbedRun) -> FoldLines:
        """The lines; with a sentence where some or all are missing."""
        most = MOST_LIVE if self.live else MOST_CELLS
        return fold_lines(run.trainer.prepared, run.trainer.network, self.others, most)


@dataclass(frozen=True)
class RegionsProbe(Probe[Regions]):
    """Asks for the polygons in which the network is straight; `others` as in `MapsProbe`."""

    kept = True

    others: Point | None = None

    @np.errstate(all="ignore")
    def measure(self, run: ProbedRun) -> Regions:
        """The polygons and their formulas; with a sentence where they are missing."""
        return regions(run.trainer.prepared, run.trainer.network, self.others)
