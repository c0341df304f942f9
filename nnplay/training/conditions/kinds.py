"""Every kind of condition, once: the window, the command line and the search backwards read them here."""

from collections.abc import Callable

from nnplay.texts import mark
from nnplay.training.conditions.condition import Condition, ConditionKind, ConditionNumber
from nnplay.training.conditions.figures import (
    PLATEAU_FALL,
    Change,
    Holds,
    Lowest,
    NoFall,
    SteepestRise,
    accuracy_of,
    loss_of,
)
from nnplay.training.conditions.needs import CAN_DIE, CLASSES, POINT, TEST_SET, UNIT, WEIGHT
from nnplay.training.conditions.steps import PointIsRight, SignChanges, UnitDies
from nnplay.training.conditions.watcher import Watcher
from nnplay.training.trainer import Trainer

MOST_EPOCHS = 10_000_000
MOST_LOSS = 1e100
_LOSS = ConditionNumber(0.05, 0.0, MOST_LOSS)
_EPOCHS = mark("epochs")


def _number(condition: Condition) -> float:
    assert condition.number is not None
    return condition.number


def _below(condition: Condition) -> Watcher:
    loss, number = loss_of(condition.of), _number(condition)
    return Holds(lambda trainer: loss(trainer) < number)


def _above(condition: Condition) -> Watcher:
    loss, number = loss_of(condition.of), _number(condition)
    return Holds(lambda trainer: loss(trainer) > number)


def _accurate(condition: Condition) -> Callable[[Trainer], bool]:
    accuracy, number = accuracy_of(condition.of), _number(condition)
    return lambda trainer: accuracy(trainer) >= number


def _epoch(condition: Condition) -> Watcher:
    number = _number(condition)
    return Change(lambda trainer: trainer.epoch >= number)


def _sign(condition: Condition) -> Watcher:
    assert condition.layer is not None
    assert condition.unit is not None
    return SignChanges(condition.layer, condition.unit, condition.row)


def _point(condition: Condition) -> Watcher:
    assert condition.sample is not None
    return PointIsRight(condition.sample)


_ALL = (
    ConditionKind(
        "loss_below",
        mark("Loss below"),
        mark("The loss is below the number after an epoch"),
        mark("Loss below {number}"),
        mark("Test loss below {number}"),
        "{set}loss < {number}",
        _below,
        _LOSS,
        (TEST_SET,),
    ),
    ConditionKind(
        "loss_above",
        mark("Loss above"),
        mark("The loss is above the number after an epoch"),
        mark("Loss above {number}"),
        mark("Test loss above {number}"),
        "{set}loss > {number}",
        _above,
        ConditionNumber(1.0, 0.0, MOST_LOSS),
        (TEST_SET,),
    ),
    ConditionKind(
        "loss_best",
        mark("Loss at its best"),
        mark("The loss is as low as in no epoch before; of several the last is meant"),
        mark("Loss at its best"),
        mark("Test loss at its best"),
        "{set}loss best",
        lambda condition: Lowest(loss_of(condition.of)),
        needs=(TEST_SET,),
        stops=False,
    ),
    ConditionKind(
        "loss_rises",
        mark("Loss rises"),
        mark("For so many epochs the loss hasn't been below its lowest, as the test loss of a network that overfits"),
        mark("Loss rises for {number} epochs"),
        mark("Test loss rises for {number} epochs"),
        "{set}loss rises for {number}",
        lambda condition: NoFall(loss_of(condition.of), _number(condition)),
        ConditionNumber(50, 1, MOST_EPOCHS, _EPOCHS, whole=True),
        (TEST_SET,),
    ),
    ConditionKind(
        "loss_rose_most",
        mark("Loss rose most"),
        mark("The loss rose from one epoch to the next by as much as nowhere else"),
        mark("Loss rose most"),
        mark("Test loss rose most"),
        "{set}loss rose most",
        lambda condition: SteepestRise(loss_of(condition.of)),
        needs=(TEST_SET,),
        stops=False,
    ),
    ConditionKind(
        "plateau",
        mark("Plateau"),
        mark("For so many epochs the loss hasn't fallen by 1 % of itself"),
        mark("Plateau of {number} epochs"),
        mark("Test plateau of {number} epochs"),
        "{set}plateau {number}",
        lambda condition: NoFall(loss_of(condition.of), _number(condition), PLATEAU_FALL),
        ConditionNumber(100, 1, MOST_EPOCHS, _EPOCHS, whole=True),
        (TEST_SET,),
    ),
    ConditionKind(
        "accuracy_reached",
        mark("Accuracy reached"),
        mark("The accuracy comes to the number or above, where 1 is all samples"),
        mark("Accuracy {number} reached"),
        mark("Test accuracy {number} reached"),
        "{set}accuracy >= {number}",
        lambda condition: Change(_accurate(condition)),
        ConditionNumber(1.0, 0.0, 1.0),
        (TEST_SET, CLASSES),
    ),
    ConditionKind(
        "accuracy_lost",
        mark("Accuracy lost again"),
        mark("The accuracy falls below the number, having been there"),
        mark("Accuracy {number} lost again"),
        mark("Test accuracy {number} lost again"),
        "{set}accuracy falls below {number}",
        lambda condition: Change(_accurate(condition), ends=True),
        ConditionNumber(1.0, 0.0, 1.0),
        (TEST_SET, CLASSES),
    ),
    ConditionKind(
        "any_unit_died",
        mark("A unit died"),
        mark("Any hidden unit begins to output 0 for every training sample"),
        mark("A unit died"),
        "",
        "a unit died",
        lambda _: UnitDies(),
        needs=(CAN_DIE,),
    ),
    ConditionKind(
        "unit_died",
        mark("This unit died"),
        mark("The unit begins to output 0 for every training sample; units and hidden layers count from 1"),
        mark("Unit {unit} of layer {layer} died"),
        "",
        "unit {unit} of layer {layer} died",
        lambda condition: UnitDies(condition.layer, condition.unit),
        needs=(UNIT, CAN_DIE),
    ),
    ConditionKind(
        "point_right",
        mark("Point right"),
        mark("The point is taken for its own class; points count from 1"),
        mark("Point {sample} right"),
        "",
        "point {sample} right",
        _point,
        needs=(CLASSES, POINT),
    ),
    ConditionKind(
        "weight_sign",
        mark("Weight changed sign"),
        mark("The weight goes to the other side of zero; inputs, units and layers count from 1"),
        mark("Weight from {row} to {unit} of layer {layer} changed sign"),
        "",
        "weight from {row} to {unit} of layer {layer} changes sign",
        _sign,
        needs=(WEIGHT,),
    ),
    ConditionKind(
        "bias_sign",
        mark("Bias changed sign"),
        mark("The bias goes to the other side of zero; units and layers count from 1"),
        mark("Bias of unit {unit} of layer {layer} changed sign"),
        "",
        "bias of unit {unit} of layer {layer} changes sign",
        _sign,
        needs=(WEIGHT,),
    ),
    ConditionKind(
        "epoch",
        mark("Epoch"),
        mark("So many epochs of the run are done"),
        mark("Epoch {number}"),
        "",
        "epoch {number}",
        _epoch,
        ConditionNumber(500, 0, MOST_EPOCHS, _EPOCHS, whole=True),
    ),
)

CONDITIONS: dict[str, ConditionKind] = {kind.key: kind for kind in _ALL}
"""Every kind by its key."""
