"""A run trained again without one of its samples, or with it again: what a push only estimates.

Added to its log at step 0, by `with_edit_added`, these edits make a branch with the same starting weights, the same
batches in the same order, and the same other edits.
"""

from nnplay.errors import InputError
from nnplay.texts import tr
from nnplay.training.experiment import MOST_LEFT_OUT
from nnplay.training.left_out import Sample
from nnplay.training.record import ExperimentEdit, Recording

LEFT_OUT = "training.left_out"


def leaving_out(record: Recording, sample: Sample) -> ExperimentEdit:
    """The edit that lets a sample count nothing, with those that count nothing at the start of the branch.

    Raises
    ------
    InputError
        So many are left out already that no other one may be.
    """
    branch = record.current
    before = branch.experiment_at(branch.edits_at(0)).training.left_out
    if len(before) >= MOST_LEFT_OUT:
        found = tr("{n} point|{n} points", "", len(before) + 1)
        raise InputError(LEFT_OUT, found, tr("at most {most} points that are left out", most=MOST_LEFT_OUT))
    return ExperimentEdit(values={LEFT_OUT: (*before, sample)})


def counting_again(record: Recording, sample: Sample) -> ExperimentEdit:
    """The edit that lets a sample count again which counts nothing at the start of the branch.

    Raises
    ------
    InputError
        It isn't left out there.
    """
    branch = record.current
    left_out = list(branch.experiment_at(branch.edits_at(0)).training.left_out)
    if sample not in left_out:
        raise InputError(LEFT_OUT, tr("a point that counts"), tr("one that is left out from the start on"))
    left_out.remove(sample)
    return ExperimentEdit(values={LEFT_OUT: tuple(left_out)})
