"""All that a run was, to be gone back to: moments, a log of edits, branches, and what is looked for in them."""

from nnplay.training.record.branch import Branch
from nnplay.training.record.edits import (
    DivergenceEdit,
    ExperimentEdit,
    OptimizerEdit,
    ParameterEdit,
    RunEdit,
    UnitEdit,
)
from nnplay.training.record.log import LogEntry
from nnplay.training.record.past import with_edit_changed, with_edit_moved, with_edit_removed
from nnplay.training.record.reader import MomentReader
from nnplay.training.record.recording import Recording
from nnplay.training.record.search import find_last
from nnplay.training.record.spots import Spot, spots_of

__all__ = [
    "Branch", "DivergenceEdit", "ExperimentEdit", "LogEntry", "MomentReader", "OptimizerEdit", "ParameterEdit",
    "Recording", "RunEdit", "Spot", "UnitEdit", "find_last", "spots_of", "with_edit_changed", "with_edit_moved",
    "with_edit_removed",
]  # fmt: skip
