"""Conditions on a run, in words: what ends it, and what is looked for in what it was."""

from nnplay.training.conditions.condition import Condition, ConditionKind, ConditionNumber
from nnplay.training.conditions.kinds import CONDITIONS
from nnplay.training.conditions.stopping import StopWatch, check_fits, missing
from nnplay.training.conditions.watcher import Watcher
from nnplay.training.conditions.words import checked, condition_in, form_of, title_of, words_of

__all__ = [
    "CONDITIONS", "Condition", "ConditionKind", "ConditionNumber", "StopWatch", "Watcher",
    "check_fits", "checked", "condition_in", "form_of", "missing", "title_of", "words_of",
]  # fmt: skip
