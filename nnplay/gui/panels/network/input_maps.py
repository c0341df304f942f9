"""What each input of a network is over the plane."""

import numpy as np

from nnplay.data import expand_features
from nnplay.gui.panels.network.shape import NetworkShape
from nnplay.training.prepared import PreparedData


def input_maps(shape: NetworkShape, prepared: PreparedData, shown: int, side: int) -> np.ndarray:
    """(F, R, R) what the first inputs are over the plane; one that doesn't span it is the same everywhere: nothing.

    Standardised inputs are on both sides of zero, wherever the points lie.

    Parameters
    ----------
    shown
        How many inputs are drawn, F.
    side
        Pixels along a side of their pictures, R.
    """
    assert prepared.plane is not None
    steps = np.linspace(0.0, 1.0, side)
    left, right, low, high = prepared.plane
    x, y = np.meshgrid(left + (right - left) * steps, low + (high - low) * steps)
    if shape.features:
        points = prepared.inputs_at(np.column_stack([x.ravel(), y.ravel()]))
        return _centred(expand_features(points, shape.features).T.reshape(-1, *x.shape), prepared)
    across, up = prepared.spec.plane_inputs
    maps = np.zeros((shown, side, side))
    for index, values in ((up, y), (across, x)):  # in this order: one input alone runs across
        if index < len(maps):
            maps[index] = values
    return _centred(maps, prepared)


def _centred(maps: np.ndarray, prepared: PreparedData) -> np.ndarray:
    if not prepared.spec.standardize:
        return maps
    middle: np.ndarray = maps.min(axis=(1, 2), keepdims=True) / 2 + maps.max(axis=(1, 2), keepdims=True) / 2
    centred: np.ndarray = maps - middle
    return centred
