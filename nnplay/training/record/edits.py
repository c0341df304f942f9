"""What a person changes of a run while it goes on, as a log can keep it and do it again."""

import contextlib
from collections.abc import Iterator
from typing import Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from nnplay.errors import DivergedError
from nnplay.nn import OptimizerState
from nnplay.training.edits import with_value
from nnplay.training.experiment import Experiment
from nnplay.training.options import record_paths
from nnplay.training.prepared import PreparedData, prepared_after, same_arrays
from nnplay.training.trainer import Trainer


class _RunEdit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One edit, done between two steps; the same edit of the same run gives the same run, to the last bit."""

    def apply(self, trainer: Trainer, prepared: PreparedData | None = None) -> None:
        """Do it; `prepared` are the data after it, where they are there already."""
        raise NotImplementedError

    def arrays(self) -> Iterator[NDArray[Any]]:
        """The arrays that it keeps."""
        yield from ()


class ExperimentEdit(_RunEdit, frozen=True, tag="experiment"):
    """Other choices, of those that need no fresh network.

    Attributes
    ----------
    values
        Path → value, for what is another one: so that it can be done after other edits than those it was made after.
        The data are one value, at ``data``.
    """

    values: dict[str, Any]

    @classmethod
    def between(cls, old: Experiment, new: Experiment) -> "ExperimentEdit":
        """The edit that makes one experiment the other."""
        values: dict[str, Any] = {}
        if old.data != new.data:
            values["data"] = new.data
        for path in record_paths():
            if path.startswith(("training.", "model.")) and "N" not in path.split("."):
                value = value_at(new, path)
                if value != value_at(old, path):
                    values[path] = value
        return cls(values=values)

    def experiment_after(self, experiment: Experiment) -> Experiment:
        """The experiment with these values."""
        for path, value in self.values.items():
            experiment = with_value(experiment, path, value)
        return experiment

    def apply(self, trainer: Trainer, prepared: PreparedData | None = None) -> None:
        """Let the values hold from the next step on."""
        experiment = self.experiment_after(trainer.experiment)
        # equal arrays that are others would begin the epoch again, which must depend on nothing but values
        if prepared is None or same_arrays(trainer.experiment, experiment):
            prepared = prepared_after(trainer.prepared, trainer.experiment, experiment)
        trainer.apply(experiment, prepared)

    def arrays(self) -> Iterator[NDArray[Any]]:
        """The points, where they are one's own."""
        data = self.values.get("data")
        if data is not None:
            yield from data.arrays()


class ParameterEdit(_RunEdit, frozen=True, tag="parameter"):
    """A weight by hand, or a bias where `row` is None; layer, row and unit from 0."""

    layer: int
    unit: int
    value: float
    row: int | None = None

    def apply(self, trainer: Trainer, prepared: PreparedData | None = None) -> None:  # noqa: ARG002
        """Put it there."""
        if self.row is None:
            trainer.network.biases[self.layer][self.unit] = self.value
        else:
            trainer.network.weights[self.layer][self.row, self.unit] = self.value
        trainer.measure()


class UnitEdit(_RunEdit, frozen=True, tag="unit"):
    """A hidden unit switched off or on; layer and unit from 0."""

    layer: int
    unit: int
    enabled: bool

    def apply(self, trainer: Trainer, prepared: PreparedData | None = None) -> None:  # noqa: ARG002
        """Switch it."""
        trainer.network.set_unit_enabled(self.layer, self.unit, self.enabled)
        trainer.measure()


class OptimizerEdit(_RunEdit, frozen=True, tag="optimizer"):
    """The optimiser's memory put back, as undoing a change of the optimiser does.

    An optimiser of another kind, which there may be where an edit before it was changed, keeps its own.
    """

    steps: int
    memory: dict[str, Any]

    @classmethod
    def of(cls, state: OptimizerState) -> "OptimizerEdit":
        """The edit that puts a state back."""
        return cls(steps=state.steps, memory=state.arrays)

    def apply(self, trainer: Trainer, prepared: PreparedData | None = None) -> None:  # noqa: ARG002
        """Put it back."""
        if not set(self.memory) <= set(trainer.optimizer.memory):
            return
        dtype = trainer.network.parameters.dtype
        memory = {name: np.asarray(values, dtype) for name, values in self.memory.items()}
        trainer.optimizer.restore(OptimizerState(self.steps, memory))

    def arrays(self) -> Iterator[NDArray[Any]]:
        """The memory."""
        yield from self.memory.values()


class DivergenceEdit(_RunEdit, frozen=True, tag="divergence"):
    """A step that was tried and left the finite numbers: it moved the random numbers and the optimiser's memory."""

    def apply(self, trainer: Trainer, prepared: PreparedData | None = None) -> None:  # noqa: ARG002
        """Try it again."""
        with contextlib.suppress(DivergedError):
            trainer.step()


RunEdit: TypeAlias = ExperimentEdit | ParameterEdit | UnitEdit | OptimizerEdit | DivergenceEdit


def value_at(experiment: Experiment, path: str) -> Any:
    """What stands at a path of the experiment."""
    value: Any = experiment
    for step in path.split("."):
        value = getattr(value, step)
    return value
