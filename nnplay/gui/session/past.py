"""Changes of the past that a person can ask for: an edit of the run's log moved, changed or removed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from nnplay.gui.session.edit_words import edit_words, new_value_words, option_of
from nnplay.gui.widgets.number_format import count_text
from nnplay.texts import tr
from nnplay.training.experiment import Experiment
from nnplay.training.option import Option
from nnplay.training.record import (
    Branch,
    DivergenceEdit,
    ExperimentEdit,
    LogEntry,
    ParameterEdit,
    Recording,
    RunEdit,
    UnitEdit,
    with_edit_changed,
    with_edit_removed,
    with_edits_moved,
)
from nnplay.training.record.past import Progress
from nnplay.training.trainer import Trainer


@dataclass(frozen=True)
class PastEdit:
    """An edit of the log of the branch that the run is on.

    Attributes
    ----------
    place
        That in the log.
    """

    branch: Branch
    place: int

    @property
    def entry(self) -> LogEntry:
        """What the log has."""
        return self.branch.log[self.place]

    @property
    def words(self) -> str:
        """What it is called."""
        return self.entry.words

    @property
    def epochs(self) -> float:
        """When it took effect."""
        return self.branch.epochs_at(self.entry.step)

    @property
    def before(self) -> Experiment:
        """What held before it."""
        return self.branch.experiment_at(self.place)

    @property
    def option(self) -> Option | None:
        """The one option that it sets; None where it sets none, or several."""
        return option_of(self.entry.edit, self.before)[0]

    @property
    def can_be_changed(self) -> bool:
        """Whether it sets something that has other values to choose from."""
        option = self.option
        return isinstance(self.entry.edit, ParameterEdit) or (option is not None and option.has_values)

    @property
    def value(self) -> object:
        """The number, name or switch that it sets; None for off, and where it sets none."""
        edit = self.entry.edit
        return edit.value if isinstance(edit, ParameterEdit) else option_of(edit, self.before)[1]

    def with_value(self, value: object) -> RunEdit:
        """The same edit to another value, of the kind that `value` is."""
        edit = self.entry.edit
        if isinstance(edit, ParameterEdit):
            return msgspec.structs.replace(edit, value=value)
        option = self.option
        assert isinstance(edit, ExperimentEdit)
        assert option is not None
        ((path, whole),) = edit.values.items()
        if path == "data":
            return ExperimentEdit(values={path: msgspec.structs.replace(whole, **{option.field: value})})
        return ExperimentEdit(values={path: value})

    def switched(self) -> RunEdit | None:
        """The opposite, of a unit that was switched on or off or an option that was; None for everything else."""
        edit, value = self.entry.edit, self.value
        if isinstance(edit, UnitEdit):
            return msgspec.structs.replace(edit, enabled=not edit.enabled)
        return self.with_value(not value) if isinstance(value, bool) else None


@dataclass(frozen=True, eq=False)
class PastChange:
    """What a person wants of the past.

    Attributes
    ----------
    text
        What undo calls it.
    branch
        The branch whose past it is.
    make
        Computes it, on a record that is apart, from where the branch's edits are those that there were.
    compared
        What it came to, by the run before and the one that was made, where the two are to be compared.
    classified
        (R, R, K) what the run before outputs over the plane, where the boundaries are to be compared.
    """

    text: str
    branch: Branch
    make: Callable[[Recording, Progress], Trainer]
    compared: Callable[[Trainer, Trainer], str] | None = None
    classified: NDArray[np.float64] | None = None


def edits_of(branch: Branch) -> list[PastEdit]:
    """The edits on the way to a branch's end that a person made, in the order of the run."""
    return [
        PastEdit(branch, place)
        for place, entry in enumerate(branch.log)
        if entry.words and not isinstance(entry.edit, DivergenceEdit)
    ]


def moved(edits: Sequence[PastEdit], step: int) -> PastChange:
    """Edits of one place at another step."""
    branch = edits[0].branch
    epoch = count_text(int(branch.epochs_at(step)))
    text = tr("{edit} moved to epoch {epoch}", edit=_all(edit.words for edit in edits), epoch=epoch)
    words = _all(new_value_words(edit.entry.edit, edit.words) for edit in edits)
    name = tr("{edit} from epoch {epoch}", edit=words, epoch=epoch)

    def make(record: Recording, progress: Progress) -> Trainer:
        return with_edits_moved(record, [edit.place for edit in edits], step, name, progress, edit_words)

    return PastChange(text, branch, make)


def changed(edit: PastEdit, new: RunEdit) -> PastChange:
    """Another edit in its place."""
    words = edit_words(new, edit.before, edit.words)
    epoch = count_text(int(edit.epochs))
    text = tr("{edit} at epoch {epoch}", edit=words, epoch=epoch)
    name = tr("{edit} from epoch {epoch}", edit=new_value_words(new, words), epoch=epoch)

    def make(record: Recording, progress: Progress) -> Trainer:
        return with_edit_changed(record, edit.place, new, words, name, progress, edit_words)

    return PastChange(text, edit.branch, make)


def removed(edit: PastEdit) -> PastChange:
    """The run without it."""
    text = tr("{edit} removed", edit=edit.words)
    name = tr("Without {edit}", edit=new_value_words(edit.entry.edit, edit.words))

    def make(record: Recording, progress: Progress) -> Trainer:
        return with_edit_removed(record, edit.place, name, progress, edit_words)

    return PastChange(text, edit.branch, make)


def _all(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))  # two of the same are said once
