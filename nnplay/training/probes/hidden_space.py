"""What the layers make of the plane: its grid and the points after any of them, seen from two directions."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import NeuralNetwork
from nnplay.nn.metrics import THRESHOLD
from nnplay.training.folds.straight import normed
from nnplay.training.hidden_space import NextLines, SeenFrom, main_directions, next_lines, spread_of, turned, two_units
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.probe import Probe
from nnplay.training.probes.samples import most_samples, spread_places
from nnplay.training.shadow import ProbedRun
from nnplay.training.slices import Point

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

MOST_POINTS, MOST_PICTURES = 1000, 500
GRID_LINES, GRID_PLACES = 13, 49
"""Lines of the grid each way, and places along each of them."""
ALL = 1.0 - 1e-6
"""A share of the variance behind which nothing is left that anybody could see."""
LARGEST = 1e100
"""The squares of larger numbers are infinite."""


@dataclass(frozen=True)
class HiddenSpace:
    """Points and grid behind a layer, as they are drawn.

    Attributes
    ----------
    layer
        0 the inputs as the network sees them, 1 what the first hidden layer outputs, and so on; the last one the
        outputs, in the target's own unit.
    units
        How many numbers there are, U. What is one number alone is drawn along a line.
    axes
        The two units that are seen, or None for the two main directions.
    share
        How much of the points' variance is seen, 0 to 1.
    shares, ways
        How much of it each main direction holds, the larger one first, and (2, 2) where they lie in the picture, one a
        row; None of units.
    points
        (n, 2) where the samples are drawn.
    rows
        (n,) which samples of the table they are.
    grid
        (2, L, R, 2) the lines of the plane upwards and across; (1, 1, R, 2) the one of a strip; empty of no plane.
    lines
        The straight lines that the next layer draws; None behind the outputs, and where the next are numbers.
    seen
        The directions, which draw other samples too.
    """

    layer: int
    units: int
    axes: tuple[int, int] | None
    share: float
    points: Floats
    rows: Indices
    grid: Floats
    lines: NextLines | None
    seen: SeenFrom
    shares: tuple[float, float] | None = None
    ways: Floats | None = None

    @property
    def exact(self) -> bool:
        """Whether the lines are the whole truth: what is seen is all in which the points differ."""
        return self.units <= 2 or self.share >= ALL


@dataclass(frozen=True)
class HiddenSpaceProbe(Probe[HiddenSpace]):
    """Asks for what is behind a layer; see `HiddenSpace`.

    Attributes
    ----------
    layer
        From 0.
    axes
        Two of its units; None for the main directions, or for all that there are where they are not more than two.
    others
        As in `MapsProbe`.
    """

    kept = True

    layer: int
    axes: tuple[int, int] | None = None
    others: Point | None = None

    @np.errstate(all="ignore")  # a run about to diverge has numbers of any size
    def measure(self, run: ProbedRun) -> HiddenSpace | None:
        """The picture; None without samples, of a layer or a unit that isn't there, and of what isn't finite."""
        prepared, network = run.trainer.prepared, run.network
        memory = run.memory(_Looks)
        places = memory.places(prepared, network, self.others)
        units = (*network.layer_sizes, 0)[min(self.layer, len(network.layer_sizes))]
        axes = self.axes or ((0, units - 1) if units <= 2 else None)
        if not units or not len(places.rows) or (axes is not None and max(axes) >= units):
            return None
        values = _behind(self.layer, places.X, prepared, network)
        if not (np.abs(values) < LARGEST).all():
            return None
        points, grid = values[: len(places.rows)], values[len(places.rows) :]
        if axes is not None:
            seen = two_units(points, *axes)
        else:
            like = memory.before(self, fresh=run.trainer.optimizer.steps == 0)
            seen = turned(main_directions(points), points, places.inputs if like is None else like)
        drawn = seen.places(points)
        memory.remember(self, drawn)
        shares, ways = (None, None) if axes is not None else spread_of(drawn, seen.share)
        return HiddenSpace(
            self.layer,
            units,
            axes,
            seen.share,
            drawn,
            places.rows,
            seen.places(grid).reshape(*places.grid, 2),
            _lines(self.layer, seen, drawn, prepared, network),
            seen,
            shares,
            ways,
        )


@dataclass
class _Places:
    """The samples and the grid, as the network sees them.

    Attributes
    ----------
    X
        (n + g, F) features: the samples, and the grid behind them.
    rows
        (n,) which samples of the table.
    inputs
        (n, 2) a picture of the samples as they are.
    grid
        (2, L, R), (1, 1, R) or (0, 0, 0): how the g places of the grid lie.
    """

    X: NDArray[np.floating]
    rows: Indices
    inputs: Floats
    grid: tuple[int, int, int]


@dataclass
class _Looks:
    """What is looked at, until the data change, and how it was seen before."""

    _of: tuple[PreparedData, Point | None, int] | None = None
    _places: _Places | None = None
    _before: dict[HiddenSpaceProbe, Floats] = field(default_factory=dict)

    def places(self, prepared: PreparedData, network: NeuralNetwork, others: Point | None) -> _Places:
        """The samples and the grid of these data."""
        most = min(MOST_POINTS, most_samples(network.parameters.size))
        if self._places is None or self._of is None or self._of[0] is not prepared or self._of[1:] != (others, most):
            self._of, self._before = (prepared, others, most), {}
            self._places = _placed(prepared, others, most)
        return self._places

    def before(self, probe: HiddenSpaceProbe, *, fresh: bool) -> Floats | None:
        """The picture before this one; none of a fresh start, which so always looks the same."""
        return None if fresh else self._before.get(probe)

    def remember(self, probe: HiddenSpaceProbe, drawn: Floats) -> None:
        """This is the picture now."""
        self._before[probe] = drawn


def _placed(prepared: PreparedData, others: Point | None, most: int) -> _Places:
    rows = _rows(prepared, most)
    samples = prepared.as_seen(prepared.table.inputs[rows])
    points = prepared.plane_points
    if points is None or prepared.plane is None:
        inputs = _as_two(samples.astype(np.float64))
        return _Places(samples, rows, inputs, (0, 0, 0))
    left, right, low, high = prepared.plane
    along, up = np.linspace(left, right, GRID_PLACES), np.linspace(low, high, GRID_PLACES)
    if prepared.plane_is_line:
        lines, shape = np.column_stack([along, along]), (1, 1, GRID_PLACES)
    else:
        upwards = np.stack(np.meshgrid(np.linspace(left, right, GRID_LINES), up, indexing="ij"), axis=-1)
        across = np.stack(np.meshgrid(np.linspace(low, high, GRID_LINES), along, indexing="ij"), axis=-1)[..., ::-1]
        lines, shape = np.stack([upwards, across]).reshape(-1, 2), (2, GRID_LINES, GRID_PLACES)
    scale = np.array([right - left, high - low])
    return _Places(np.concatenate([samples, prepared.on_plane(lines, others)]), rows, points[rows] / scale, shape)


def _rows(prepared: PreparedData, most: int) -> Indices:
    """Samples of pictures that test the network, or some of all samples, evenly spread."""
    if prepared.table.picture is None:
        rows = np.arange(len(prepared.table))
    else:
        rows, most = (prepared.test if len(prepared.test) else prepared.train), min(most, MOST_PICTURES)
    chosen: Indices = rows[spread_places(len(rows), most)]
    return chosen


def _as_two(samples: Floats) -> Floats:
    """The picture (n, 2) of what spans no plane, with which later ones are compared."""
    if len(samples) < 2 or samples.shape[1] < 2:
        return np.zeros((len(samples), 2))
    return main_directions(samples).places(samples)


def _behind(layer: int, X: NDArray[np.floating], prepared: PreparedData, network: NeuralNetwork) -> Floats:
    """(N, U) what the network has behind a layer."""
    if layer == 0:
        return X.astype(np.float64)
    outputs = network.layer_outputs(X)[layer - 1]
    if layer == len(network.layer_sizes) - 1:
        outputs = prepared.to_target_units(outputs)
    return outputs.astype(np.float64)


def _lines(
    layer: int, seen: SeenFrom, points: Floats, prepared: PreparedData, network: NeuralNetwork
) -> NextLines | None:
    hidden = network.hidden_layers
    if layer > len(hidden):
        return None
    weights, biases = normed(network, layer)
    if layer < len(hidden):
        return next_lines(seen, weights, biases, points, units=np.flatnonzero(hidden[layer].enabled))
    if prepared.table.task != "classification":
        return None
    if len(biases) == 1 and network.loss_function.output_activation == "identity":
        biases = biases - THRESHOLD
    return next_lines(seen, weights, biases, points, classes=len(biases) > 1)
