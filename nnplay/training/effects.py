"""What a change of the experiment means for the network that is being trained.

Nothing happens before it must: another table, another shape, another input or another start needs a fresh network;
points that are drawn, rates, penalties, batch size and dropout are applied while training goes on.
"""

from enum import Enum

from nnplay.data import Table
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
    scaled = old.data.standardize_target != new.data.standardize_target
    target = scaled and after.table.task == "regression"
    if shape or model or inputs or target or _another_data_set(old, new, before.table, after.table):
        return Effect.FRESH_START
    return Effect.AT_ONCE


def _structure(experiment: Experiment) -> tuple[object, ...]:
    model = experiment.model
    start = (model.initializer, model.initializer_scale, model.start)
    return (model.hidden_layers, model.loss, model.output, start, model.batch_norm, model.dtype)


def _another_data_set(old: Experiment, new: Experiment, before: Table, after: Table) -> bool:
    """A generated set that is drawn into becomes "yours" with the same points: that is still the same data.

    So is the empty plane that one starts to draw on: the network stays, as it does when the points are cleared.
    """
    if new.data.kind != YOURS:
        return (new.data.kind, new.data.formula) != (old.data.kind, old.data.formula)
    if old.data.key and old.data.key != new.data.key and len(after):  # without one it has just got its first
        return True
    return new.data.preparation != old.data.preparation or not _is_edited(before, after)


def _is_edited(before: Table, after: Table) -> bool:
    """Whether one table may be the other with points drawn, erased or edited.

    Names stay then, but for classes that drawing adds behind those there are; and so do some of the points, or else as
    many of them as there were: all may be moved at once.
    """
    common = min(before.classes, after.classes)
    same_classes = before.class_names[:common] == after.class_names[:common]
    names = (before.task, before.input_names, before.picture) == (after.task, after.input_names, after.picture)
    if not (names and same_classes):
        return False
    if len(before) == len(after) or not len(before) or not len(after):
        return True
    return _has_first_of(before, after) or _has_first_of(after, before)


def _has_first_of(one: Table, other: Table) -> bool:
    return bool((one.inputs == other.inputs[0]).all(axis=1).any())
