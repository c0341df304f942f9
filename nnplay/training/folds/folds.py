"""What a run's folds are: the lines where its units bend on the plane, and the formula between them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.data import FEATURES
from nnplay.nn import NeuralNetwork
from nnplay.texts import tr
from nnplay.training.folds.cells import Cells, bends, through
from nnplay.training.folds.polygons import Polygons
from nnplay.training.folds.straight import STRAIGHT, Frame, StraightLayer, straight_features, straight_layers
from nnplay.training.prepared import PreparedData
from nnplay.training.slices import Point

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]

MOST_CELLS = 4000
"""More than that are too small to be seen, and a second's work."""
MOST_LIVE = 400
"""Of so many the lines of the next layer cost a few milliseconds of a frame."""
LARGEST = 1e100
"""Products of a few numbers beyond that are infinite."""


@dataclass(frozen=True, eq=False)
class FoldLines:
    """Where the units of a run bend.

    Attributes
    ----------
    segments
        (S, 2, 2) pieces of lines on the plane, in the table's own units.
    layers, units
        (S,) the hidden layer and the unit, from 0, that bends there.
    missing
        A sentence that says why there are none, or none of the deeper layers; empty where all are there.
    """

    segments: Floats
    layers: Indices
    units: Indices
    missing: str = ""

    def of(self, layer: int, unit: int) -> Floats:
        """(n, 2, 2) the pieces of one unit's line."""
        pieces: Floats = self.segments[(self.layers == layer) & (self.units == unit)]
        return pieces


@dataclass(frozen=True, eq=False)
class Regions:
    """The parts of the plane in which a network of ReLU units is one straight formula.

    Attributes
    ----------
    corners, counts
        (P, V, 2) the corners of each in order, in the table's own units; the last one repeats after its count (P,).
    formulas
        (P, K, 3): the slope along the plane's first and its second input, and the constant, of each logit; of a
        regression's output, in the target's own unit.
    above
        One (P, U) a hidden layer that bends: which of its units have a sum above 0 there.
    missing
        A sentence that says why there are none; empty where they are there.
    """

    corners: Floats
    counts: Indices
    formulas: Floats
    above: tuple[Flags, ...]
    missing: str = ""

    def __len__(self) -> int:
        return len(self.corners)

    def at(self, x1: float, x2: float) -> int | None:
        """Which region a place lies in; None outside of the plane."""
        if not len(self):
            return None
        corners = self.corners - (x1, x2)
        following = np.roll(corners, -1, axis=1)
        turns = corners[..., 0] * following[..., 1] - corners[..., 1] * following[..., 0]
        inside = (turns >= 0.0).all(axis=1)
        return int(inside.argmax()) if inside.any() else None


def fold_lines(
    prepared: PreparedData, network: NeuralNetwork, others: Point | None = None, most: int = MOST_CELLS
) -> FoldLines:
    """The lines where units bend, layer by layer: as far as all layers before are straight between their bends.

    Those behind more than `most` cells are left out.
    """
    missing = _no_folds(prepared, network)
    if missing or prepared.plane is None or not _finite(network):
        return FoldLines(np.empty((0, 2, 2)), np.empty(0, np.intp), np.empty(0, np.intp), missing)
    cells: Cells | None = Cells(Polygons.whole(), straight_features(prepared, others)[None])
    found: list[tuple[Floats, Indices, int]] = []
    hidden = straight_layers(network)[:-1]
    for index, layer in enumerate(hidden):
        if layer.slopes is None or cells is None:
            missing = _not_straight(index, network) if cells is not None else _too_many(most)
            break
        if layer.bends:
            found.append((*bends(cells, layer), index))
        cells = through(cells, layer, most) if index + 1 < len(hidden) else cells
    frame = Frame.of(prepared.plane)
    return FoldLines(
        frame.outside(np.concatenate([segments for segments, _, _ in found])),
        np.concatenate([np.full(len(units), index, np.intp) for _, units, index in found]),
        np.concatenate([units for _, units, _ in found]),
        missing,
    )


def regions(prepared: PreparedData, network: NeuralNetwork, others: Point | None = None) -> Regions:
    """The polygons of the plane in which the network is straight, and its formula in each."""
    layers = straight_layers(network)
    missing = _no_folds(prepared, network)
    crooked = next((index for index, layer in enumerate(layers) if layer.slopes is None), None)
    if not missing and crooked is not None:
        missing = _not_straight(crooked, network)
    if missing or prepared.plane is None or not _finite(network):
        return _none(network, missing)
    cells = _through_all(straight_features(prepared, others), layers)
    if cells is None:
        return _none(network, _too_many(MOST_CELLS))
    maps, scaler = cells.maps, prepared.target_standardizer
    if scaler is not None:
        maps = maps * scaler.standard_deviation
        maps[:, 0] += scaler.mean
    frame = Frame.of(prepared.plane)
    slopes = maps[:, 1:] / frame.reach[:, None]
    constant = maps[:, 0] - (slopes * frame.middle[:, None]).sum(axis=1)
    formulas = np.concatenate([slopes, constant[:, None]], axis=1).swapaxes(1, 2)
    return Regions(frame.outside(cells.polygons.corners), cells.polygons.counts, formulas, cells.above)


def _through_all(features: Floats, layers: list[StraightLayer]) -> Cells | None:
    cells: Cells | None = Cells(Polygons.whole(), features[None])
    for layer in layers:
        if cells is not None:
            cells = through(cells, layer, MOST_CELLS)
    return cells


def _none(network: NeuralNetwork, missing: str) -> Regions:
    return Regions(
        np.empty((0, 0, 2)), np.empty(0, np.intp), np.empty((0, network.layer_sizes[-1], 3)), (), missing
    )  # fmt: skip


def _finite(network: NeuralNetwork) -> bool:
    """Whether the network's numbers are such that a few products of them are numbers."""
    arrays = (network.parameters, *network.running_means, *network.running_variances)
    return all(bool((np.abs(array) < LARGEST).all()) for array in arrays)


def _no_folds(prepared: PreparedData, network: NeuralNetwork) -> str:
    """Why no line can be drawn, in a sentence; empty where one can."""
    if prepared.plane is None:
        return tr("Folds are lines on a plane of two inputs, which pictures don't span")
    if prepared.plane_is_line:
        return tr("Folds are lines on a plane of two inputs; here one input alone runs across")
    if prepared.table.inputs.shape[1] == 2:
        curved = [FEATURES[name].label for name in prepared.spec.features if name not in STRAIGHT]
        if curved:
            return tr(
                "Folds are straight only where the network sees x₁ and x₂ alone; here it sees {features} too",
                features=", ".join(curved),
            )
    if not network.hidden_layers:
        return tr("Folds are where hidden units bend, and this network has none")
    for index, units in enumerate(network.hidden_layers):
        slopes = units.activation.slopes
        if slopes is None:
            return _not_straight(index, network)
        if slopes[0] != slopes[1]:
            return ""
    return tr("Linear units don't bend: the network is straight over the whole plane")


def _not_straight(layer: int, network: NeuralNetwork) -> str:
    return tr(
        "Folds are exact for ReLU, leaky ReLU and linear units; hidden layer {layer} has {activation}",
        layer=layer + 1,
        activation=tr(network.hidden_layers[layer].activation.label),
    )


def _too_many(most: int) -> str:
    if most < MOST_CELLS:
        return tr("There are more than {most} regions: the lines of deeper layers wait for a pause", most=most)
    return tr("There are more than {most} regions, too many to tell apart", most=most)
