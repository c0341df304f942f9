"""What a change of the experiment means for the network that is being trained.

Nothing happens before it must: another shape, another input or another start needs a fresh network;
points, rates, penalties, batch size and dropout are applied while training goes on.
"""

from enum import Enum

from nnplay.training.experiment import YOURS, Experiment
from nnplay.training.prepared import PreparedData


class Effect(Enum):
    """What happens to the network."""

    NOTHING = "nothing"
    AT_ONCE = "at_once"
    FRESH_START = "fresh_start"


def effect_of(old: Experiment, new: Experiment, before: PreparedData, after: PreparedData) -> Effect:
    """How the change from `old` to `new` reaches the network, the data of both being prepared."""
    if old == new:
        return Effect.NOTHING
    shape = (before.inputs, before.outputs) != (after.inputs, after.outputs)
    model = _structure(old) != _structure(new) or old.seed != new.seed
    inputs = before.feature_names != after.feature_names or old.data.standardize != new.data.standardize
    if shape or model or inputs or _another_data_set(old, new):
        return Effect.FRESH_START
    return Effect.AT_ONCE


def _structure(experiment: Experiment) -> tuple[object, ...]:
    model = experiment.model
    start = (model.initializer, model.initializer_scale)
    return (model.hidden_layers, model.loss, start, model.batch_norm, model.dtype)


def _another_data_set(old: Experiment, new: Experiment) -> bool:
    """A generated set that is drawn into becomes "yours" with the same points: that is still the same data."""
    if new.data.kind == old.data.kind:
        return new.data.formula != old.data.formula
    return not (new.data.kind == YOURS and new.data.table is not None and len(new.data.table.targets) > 0)
