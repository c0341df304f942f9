"""What a branch is told by in figures, also where nothing was measured."""

import numpy as np

from nnplay.data import Table
from nnplay.gui.files.past.figures import figures_of
from nnplay.training.edits import with_own
from nnplay.training.experiment import DataSpec, Experiment
from nnplay.training.record import Recording
from nnplay.training.trainer import Trainer


def test_a_run_without_a_point_has_no_losses() -> None:
    empty = DataSpec(kind="yours", table=Table(np.empty((0, 2)), np.empty(0), "classification", class_names=("a", "b")))
    (figures,) = figures_of(Recording(Trainer(with_own(Experiment(), empty))))
    assert figures.texts[2:] == ("", "", "", "", "")
