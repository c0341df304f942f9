"""What a run must have for a condition to be one on it."""

from nnplay.nn import ACTIVATIONS
from nnplay.texts import mark
from nnplay.training.conditions.condition import Condition, Need
from nnplay.training.trainer import Trainer


def _has_set(condition: Condition, trainer: Trainer) -> bool:
    return condition.of != "test" or len(trainer.prepared.X_test) > 0


def _has_classes(_: Condition, trainer: Trainer) -> bool:
    return trainer.prepared.table.task == "classification"


def _has_unit(condition: Condition, trainer: Trainer) -> bool:
    sizes, layer, unit = trainer.network.layer_sizes, condition.layer, condition.unit
    if layer is None or unit is None:
        return True
    return 0 <= layer < len(sizes) - 2 and 0 <= unit < sizes[layer + 1]


def _can_die(condition: Condition, trainer: Trainer) -> bool:
    names = trainer.network.activations
    looked_at = names if condition.layer is None else names[condition.layer : condition.layer + 1]
    return any(ACTIVATIONS[name].can_die for name in looked_at)


def _has_weight(condition: Condition, trainer: Trainer) -> bool:
    sizes, layer, unit, row = trainer.network.layer_sizes, condition.layer, condition.unit, condition.row
    if layer is None or unit is None or not 0 <= layer < len(sizes) - 1:
        return False
    return 0 <= unit < sizes[layer + 1] and (row is None or 0 <= row < sizes[layer])


def _has_point(condition: Condition, trainer: Trainer) -> bool:
    return condition.sample is not None and 0 <= condition.sample < len(trainer.prepared.table)


TEST_SET = Need(
    mark("a test set, where the test set is named"),
    mark("one without the test set, as this run has none"),
    mark("This run has no test set"),
    _has_set,
)
CLASSES = Need(
    mark("classes"),
    mark("one without classes, as this run learns a number"),
    mark("This run learns a number, and has no classes"),
    _has_classes,
)
UNIT = Need(
    mark("that hidden unit"),
    mark("one of a hidden layer and a unit that this network has"),
    mark("This network has no such hidden unit"),
    _has_unit,
)
CAN_DIE = Need(
    mark("units that can go silent, as those of ReLU"),
    mark("one without silent units, as this activation always answers to something"),
    mark("This network has no hidden unit there that can go silent, as those of ReLU can"),
    _can_die,
)
WEIGHT = Need(
    mark("that weight or bias"),
    mark("one of a layer, a unit and an input that this network has"),
    mark("This network has no such weight or bias"),
    _has_weight,
)
POINT = Need(
    mark("that point"),
    mark("one of a point that these data have, counted from 1"),
    mark("These data have no such point"),
    _has_point,
)
