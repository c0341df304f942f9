"""A slice through the loss: how high it is around a run's weights, on the plane that two directions span."""

from nnplay.training.landscape.directions import Directions, directions_of_weights, random_directions
from nnplay.training.landscape.objective import Objective
from nnplay.training.landscape.path import Path
from nnplay.training.landscape.probe import ObjectiveProbe
from nnplay.training.landscape.slice import LossSlice

__all__ = [
    "Directions", "LossSlice", "Objective", "ObjectiveProbe", "Path", "directions_of_weights", "random_directions",
]  # fmt: skip
