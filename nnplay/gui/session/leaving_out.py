"""The same run without the training point that is chosen, or with it again, as a branch."""

import numpy as np
from numpy.typing import NDArray

from nnplay.gui.paint.marks import answer_title
from nnplay.gui.session.edit_words import edit_words
from nnplay.gui.session.past import PastChange
from nnplay.gui.session.session import Session
from nnplay.gui.widgets.number_format import amount_text, count_text, percent_text
from nnplay.texts import tr
from nnplay.training.chosen_sample import sample_row
from nnplay.training.left_out import sample_of
from nnplay.training.record import Recording, with_edit_added
from nnplay.training.record.past import Progress
from nnplay.training.trainer import Trainer

WITHOUT_KEYS = "Ctrl+Shift+X"
RESOLUTION = 64
"""Places along a side of the plane at which boundaries are compared."""


def chosen_row(session: Session) -> int | None:
    """The row in the table of the training point that is chosen; None where there is none."""
    inputs = session.selection.chosen_sample
    found = None if inputs is None else sample_row(inputs, session.prepared)
    return found.row if found is not None and found.trains else None


def is_left_out(session: Session, row: int) -> bool:
    """Whether a sample of the table counts nothing now."""
    return sample_of(session.prepared.table, row) in session.experiment.training.left_out


def leave_out_chosen(session: Session) -> None:
    """Train the run again without the chosen point, or with it where it was left out; says why where it can't."""
    session.settle()
    row = chosen_row(session)
    if row is None:
        session.refused.emit(tr("Choose a training point first, by a click or Enter on it"))
        return
    session.timeline.rest()
    if session.timeline.looked_at is not None:
        session.timeline.leave()
    session.requests.past.emit(counted_otherwise(session, row))


def counted_otherwise(session: Session, row: int) -> PastChange:
    """The run of the current branch from its start on, in which a sample counts nothing, or counts again."""
    number, sample = count_text(row + 1), sample_of(session.prepared.table, row)
    again = is_left_out(session, row)
    text = tr("With sample {number} again", number=number) if again else tr("Without sample {number}", number=number)

    def make(apart: Recording, progress: Progress) -> Trainer:
        from nnplay.training.influence.without import counting_again, leaving_out  # rarely wanted: not at the start

        edit = (counting_again if again else leaving_out)(apart, sample)
        return with_edit_added(apart, 0, edit, text, text, progress, edit_words)

    branch = session.timeline.record.current
    return PastChange(text, branch, make, lambda before, made: _compared(before, made, row), _over_the_plane(session))


def _over_the_plane(session: Session) -> NDArray[np.float64] | None:
    """What the network outputs over the plane that is seen, (R, R, K); None where there are no boundaries on it."""
    prepared = session.prepared
    if prepared.plane is None or prepared.plane_is_line or prepared.table.task != "classification":
        return None
    outputs = session.trainer.network.forward(prepared.grid(RESOLUTION, session.selection.slice))
    return np.asarray(outputs, np.float64).reshape(RESOLUTION, RESOLUTION, -1)


def _compared(before: Trainer, made: Trainer, row: int) -> str:
    """How the answer to the point changed, and how much of the plane."""
    from nnplay.training.influence.difference import difference

    found, prepared = difference(before, made, row), before.prepared
    names = {
        "answer": answer_title(before, found.output),
        "before": amount_text(found.before),
        "after": amount_text(found.after),
    }
    if found.plane is None:
        return tr("its {answer} went from {before} to {after}", **names)
    if prepared.table.task == "regression":
        change = amount_text(found.plane)
        return tr(
            "its {answer} went from {before} to {after}, elsewhere by {change} on average", **names, change=change
        )
    share = percent_text(found.plane)
    return tr(
        "its {answer} went from {before} to {after}, and {share} of the plane to another class", **names, share=share
    )
