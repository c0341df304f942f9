"""At which places of a full record a condition comes true, worked out from the whole of it at once."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from tests.training.conditions.full_record import Kept, ends_of_epochs

Places = list[tuple[int, ...]]
Rule = Callable[[list[Kept]], Places]


def where(told: list[Kept], holds: list[bool] | np.ndarray) -> Places:
    return [tuple(each.place) for each, true in zip(told, holds, strict=True) if true]


def of_losses(holds: Callable[[np.ndarray], list[bool] | np.ndarray], of: str = "train") -> Rule:
    def rule(record: list[Kept]) -> Places:
        ends = ends_of_epochs(record)
        return where(ends, holds(np.array([each.losses[of] for each in ends])))

    return rule


def of_accuracies(holds: Callable[[list[float]], list[bool]], of: str = "train") -> Rule:
    def rule(record: list[Kept]) -> Places:
        ends = ends_of_epochs(record)
        return where(ends, holds([each.accuracies[of] for each in ends]))

    return rule


def between(changed: Callable[[Kept, Kept], bool]) -> Rule:
    """From a step to the next."""

    def rule(record: list[Kept]) -> Places:
        return [tuple(now.place) for before, now in pairwise(record) if changed(before, now)]

    return rule


def stale(losses: np.ndarray, epochs: int, fall: float = 0.0) -> list[bool]:
    """Where a figure hasn't been below its lowest (by a part of it) for so many epochs."""
    marks, lowest, since = [], np.inf, 0
    for epoch, loss in enumerate(losses):
        if loss < lowest * (1 - fall):
            lowest, since = loss, epoch
        marks.append(epoch - since == epochs)
    return marks


def rises(losses: np.ndarray) -> np.ndarray:
    return np.diff(losses, prepend=losses[0])


EXPECTED: dict[str, Rule] = {
    "loss < 0.3": of_losses(lambda losses: losses < 0.3),
    "test.loss < 0.6": of_losses(lambda losses: losses < 0.6, "test"),
    "loss > 0.5": of_losses(lambda losses: losses > 0.5),
    "test.loss best": of_losses(lambda losses: losses == np.minimum.accumulate(losses), "test"),
    "loss best": of_losses(lambda losses: losses == np.minimum.accumulate(losses)),
    "test.loss rises for 12": of_losses(lambda losses: stale(losses, 12), "test"),
    "plateau 6": of_losses(lambda losses: stale(losses, 6, 0.01)),
    "loss rose most": of_losses(
        lambda losses: (rises(losses) > 0) & (rises(losses) == np.maximum.accumulate(rises(losses)))
    ),
    "accuracy >= 0.9": of_accuracies(lambda values: [b >= 0.9 > a for a, b in pairwise([0.0, *values])]),
    "accuracy falls below 0.9": of_accuracies(lambda values: [a >= 0.9 > b for a, b in pairwise([0.0, *values])]),
    "test.accuracy >= 0.7": of_accuracies(lambda values: [b >= 0.7 > a for a, b in pairwise([0.0, *values])], "test"),
    "a unit died": between(lambda before, now: bool((now.dead & ~before.dead).any())),
    "unit 3 of layer 1 died": between(lambda before, now: bool(now.dead[2] and not before.dead[2])),
    "point 55 right": lambda record: where(record, [each.right[54] for each in record]),
    "weight from 2 to 5 of layer 2 changes sign": between(
        lambda before, now: (before.weights[1][1, 4] < 0) != (now.weights[1][1, 4] < 0)
    ),
    "bias of unit 1 of layer 3 changes sign": between(
        lambda before, now: (before.biases[2][0] < 0) != (now.biases[2][0] < 0)
    ),
    "epoch 17": lambda record: [tuple(each.place) for each in record if each.place.epoch == 17][:1],
}
"""One or more for each kind, each of which comes true in a run of `MOONS`."""
