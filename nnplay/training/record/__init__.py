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
from nnplay.training.record.past import with_edit_added, with_edit_changed, with_edit_removed, with_edits_moved
from nnplay.training.record.reader import MomentReader
from nnplay.training.record.recording import Recording
from nnplay.training.record.search import Found, Search
from nnplay.training.record.spots import Spot, best_of, look_for_best, look_for_spots, spots_of

__all__ = [
    "Branch", "DivergenceEdit", "ExperimentEdit", "Found", "LogEntry", "MomentReader", "OptimizerEdit", "ParameterEdit",
    "Recording", "RunEdit", "Search", "Spot", "UnitEdit", "best_of", "look_for_best", "look_for_spots", "spots_of",
    "with_edit_added", "with_edit_changed", "with_edit_removed", "with_edits_moved",
]  # fmt: skip
