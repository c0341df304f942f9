"""From the data an experiment names to the arrays that a network trains on."""

import dataclasses
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.data import DATA_SETS, PLANE, Standardizer, Table, expand_features, make_table, split_indices
from nnplay.data.standardize import CONSTANT
from nnplay.errors import InputError, memory_checked
from nnplay.limits import MOST_NUMBER
from nnplay.nn import OWN
from nnplay.texts import number, tr
from nnplay.training.budget import check_memory
from nnplay.training.experiment import YOURS, DataSpec, Experiment, ModelSpec
from nnplay.training.slices import Point, usual_point
from nnplay.training.strip import answer_heights, probability_range

Array = NDArray[np.floating]
Plane = tuple[float, float, float, float]

MOST_NARROW = 1e18
"""The largest feature or target in magnitude that is trained on in 32 bits, which end at 3e38."""
NOT_PREPARED = ("plane", "plane_inputs", "name", "key")
"""What the data may say of themselves without another array."""
LEAST_WIDTH = 1e-305
"""Points that lie nearer to each other than this are one place of the plane: floats lose their digits there."""


@dataclass(frozen=True)
class PreparedData:
    """The samples of one experiment, ready to train on.

    Attributes
    ----------
    table
        The points as they are, N samples.
    train, test
        Indices into the table, disjoint, together all N.
    X_train, Y_train, X_test, Y_test
        (n, F) features as the network sees them and (n, K) targets as the loss takes them.
    feature_names
        F names.
    plane
        The part of the plane shown, or None where the inputs span none.
    usual_point
        Through which the plane goes where nobody says otherwise; empty where there is none.
    target_standardizer
        What a regression's targets were standardised with, (1,); None where they are as they were.
    """

    table: Table
    train: NDArray[np.intp]
    test: NDArray[np.intp]
    X_train: Array
    Y_train: Array
    X_test: Array
    Y_test: Array
    feature_names: tuple[str, ...]
    plane: Plane | None
    usual_point: Point
    spec: DataSpec
    standardizer: Standardizer | None
    dtype: str
    target_standardizer: Standardizer | None = None

    @property
    def inputs(self) -> int:
        """F, the number of features that the network takes."""
        return int(self.X_train.shape[1])

    @property
    def outputs(self) -> int:
        """K, the number of outputs that the network gives."""
        return int(self.Y_train.shape[1])

    @property
    def plane_points(self) -> NDArray[np.float64] | None:
        """The samples' places on the plane, (N, 2), or None where there is no plane."""
        return None if self.plane is None else places_of(self.table, self.spec.plane_inputs)

    @property
    def plane_is_line(self) -> bool:
        """Whether one input alone spans the plane, which is a strip then: upwards stands the answer."""
        return self.spec.plane_inputs[0] == self.spec.plane_inputs[1]

    def grid(self, resolution: int, others: Point | None = None) -> Array:
        """The plane as samples, as `on_plane`: (R², F), x₂ rising by row, x₁ by column; of a strip (R, F)."""
        if self.plane is None:
            raise InputError("data", self.spec.kind, tr("points of a plane"))
        left, right, low, high = self.plane
        across = np.linspace(left, right, resolution)
        if self.plane_is_line:
            return self.on_plane(np.column_stack([across, across]), others)
        x1, x2 = np.meshgrid(across, np.linspace(low, high, resolution))
        return self.on_plane(np.column_stack([x1.ravel(), x2.ravel()]), others)

    def on_plane(self, places: Array, others: Point | None = None) -> Array:
        """Places (n, 2) of the plane as the network sees them, (n, F).

        Inputs that don't span the plane are those of `others`, a point of all inputs; where it is None, or of other
        data, those of the usual point. On a strip what a place has upwards is no input.
        """
        return self.as_seen(self.inputs_at(places, others))

    def inputs_at(self, places: Array, others: Point | None = None) -> Array:
        """Places (n, 2) of the plane as inputs (n, I)."""
        inputs = self.table.inputs.shape[1]
        point = others if others is not None and len(others) == inputs else self.usual_point
        filled = np.tile(np.array(point), (len(places), 1))
        across, up = self.spec.plane_inputs
        filled[:, up] = places[:, 1]
        filled[:, across] = places[:, 0]  # last: one input alone runs across
        return filled

    def as_seen(self, inputs: Array) -> Array:
        """Points (N, I) as the network sees them, (N, F)."""
        X = _features(inputs, self.spec)
        if self.standardizer is not None:
            X = self.standardizer.apply(X)
        return X.astype(self.dtype, copy=False)

    @property
    def target_scale(self) -> float:
        """What an error of the network's outputs is multiplied by to be one in the target's own unit."""
        return 1.0 if self.target_standardizer is None else float(self.target_standardizer.standard_deviation[0])

    def to_target_units(self, outputs: Array) -> Array:
        """Outputs of the network, (…, 1) or (…, K), in the target's own unit; the same array where that is its own."""
        return outputs if self.target_standardizer is None else self.target_standardizer.invert(outputs)


@memory_checked()
def prepare(experiment: Experiment) -> PreparedData:
    """Make or take the points, split them, and turn them into features and targets.

    Raises
    ------
    InputError
        Where the data set doesn't take these numbers, the loss can't take this target, or 32 bits can't hold them.
    TooLargeError
        The experiment needs too much memory.
    """
    check_memory(experiment)
    spec = experiment.data
    table = _table(spec)
    train, test = split_indices(table, spec.train_share, spec.seed)
    scaled = spec.standardize_target and table.task == "regression"
    X, standardizer = _split(_features(table.inputs, spec), train, test, spec.standardize)
    Y, target_standardizer = _split(encode_targets(table, experiment.model), train, test, scaled)
    if experiment.model.dtype == "float32":
        _check_narrow(*X, *Y)
    X_train, X_test, Y_train, Y_test = (values.astype(experiment.model.dtype, copy=False) for values in (*X, *Y))
    return PreparedData(
        table=table,
        train=train,
        test=test,
        X_train=X_train,
        Y_train=Y_train,
        X_test=X_test,
        Y_test=Y_test,
        feature_names=spec.features if table.inputs.shape[1] == 2 else table.input_names,
        plane=plane_of(spec, table),
        usual_point=usual_point(table, spec.preparation) if table.picture is None else (),
        spec=spec,
        standardizer=standardizer,
        dtype=experiment.model.dtype,
        target_standardizer=target_standardizer,
    )


def prepared_after(prepared: PreparedData, old: Experiment, new: Experiment) -> PreparedData:
    """The data of `new`: those of `old` where they are the same, to the arrays where but their plane is another one."""
    if not same_arrays(old, new):
        return prepare(new)
    if new.data == old.data:
        return prepared
    return dataclasses.replace(prepared, spec=new.data, plane=plane_of(new.data, prepared.table))


def same_arrays(old: Experiment, new: Experiment) -> bool:
    """Whether two experiments train on the same arrays."""
    if any(getattr(old.model, name) != getattr(new.model, name) for name in ("loss", "output", "dtype")):
        return False
    if new.data is old.data:
        return True
    names = (name for name in new.data.__struct_fields__ if name not in NOT_PREPARED)
    pairs = ((getattr(old.data, name), getattr(new.data, name)) for name in names)
    return all(one is other or one == other for one, other in pairs)  # to compare all points may take long


def _split(
    values: Array, train: NDArray[np.intp], test: NDArray[np.intp], standardize: bool
) -> tuple[tuple[Array, ...], Standardizer | None]:
    """What trains and what tests of (N, F), standardised by what trains, and what that was done with."""
    parts = tuple(np.ascontiguousarray(values[rows], dtype=np.float64) for rows in (train, test))  # copies
    if not standardize or not len(train):
        return parts, None
    standardizer = Standardizer.fit(parts[0])
    for part in parts:
        standardizer.apply(part, out=part)
    return parts, standardizer


def _check_narrow(*arrays: Array) -> None:
    """Refuse numbers whose squares 32 bits can't hold."""
    for values in arrays:
        if values.size and max(values.max(), -values.min()) > MOST_NARROW:
            allowed = tr("float64, since there are numbers beyond {most}", most=number(MOST_NARROW))
            raise InputError("model.dtype", "float32", allowed)


def encode_targets(table: Table, model: ModelSpec) -> NDArray[np.float64]:
    """Targets as the loss takes them: (N, 1) values or 0/1, or (N, K) one-hot rows.

    Raises
    ------
    InputError
        A cross-entropy, or outputs between 0 and 1, on a regression, which has no classes.
    """
    if table.task == "regression":
        if model.loss != "mean_squared_error":
            allowed = tr("{loss}, since the target is a number and not a class", loss="mean_squared_error")
            raise InputError("model.loss", model.loss, allowed)
        if model.output != OWN:
            raise InputError("model.output", model.output, tr("own, since the target is a number and not a class"))
        return table.targets[:, None]
    classes = len(table.class_names)
    if model.one_hot or classes > 2:
        one_hot = np.zeros((len(table.targets), max(classes, 2)))
        one_hot[np.arange(len(table.targets)), table.targets.astype(int)] = 1.0
        return one_hot
    return table.targets[:, None]


def plane_of(spec: DataSpec, table: Table) -> Plane | None:
    """The part of the plane to show: the one the experiment names, the data set's own, or one that fits the points.

    What is drawn stays on the usual plane; points from a file, or beyond that plane, get one of their own scale.
    """
    if table.picture is not None:
        return None
    points = places_of(table, spec.plane_inputs)
    known = spec.plane if spec.kind == YOURS else spec.plane or DATA_SETS[spec.kind].plane
    if spec.plane_inputs[0] == spec.plane_inputs[1]:
        return _strip_of(spec, known, table, points)
    if known is not None:
        return known
    if len(points) == 0 or (spec.preparation is None and np.abs(points).max() <= PLANE[1]):
        return PLANE
    return (*fitted(points[:, 0]), *fitted(points[:, 1]))


def _strip_of(spec: DataSpec, known: Plane | None, table: Table, points: NDArray[np.float64]) -> Plane:
    """The plane that one input spans alone; the range upwards holds every target, also one that was drawn before."""
    across = known[:2] if known is not None else fitted(points[:, 0])
    if table.task == "classification":
        return (*across, *probability_range(table.classes))
    if spec.plane is not None and ((spec.plane[2] <= points[:, 1]) & (points[:, 1] <= spec.plane[3])).all():
        return spec.plane
    return (*across, *fitted(points[:, 1]))


def fitted(values: NDArray[np.float64]) -> tuple[float, float]:
    """A range with all values in it, whatever their scale, and some room around; the usual one where there are none."""
    if not len(values):
        return PLANE[:2]
    low, high = float(values.min()), float(values.max())
    spread, size = high - low, max(abs(low), abs(high))
    one_place = spread <= max(LEAST_WIDTH, CONSTANT * size)
    margin = max(1.0, 0.1 * size) if one_place else 0.1 * spread  # beside a large number 1 is nothing
    return (max(low - margin, -MOST_NUMBER), min(high + margin, MOST_NUMBER))


def places_of(table: Table, plane_inputs: tuple[int, int]) -> NDArray[np.float64]:
    """The samples as places on the plane (N, 2); on a strip, which one input spans alone, at their answer's height."""
    across, up = plane_inputs
    if across != up:
        return table.inputs[:, [across, up]]
    return np.column_stack([table.inputs[:, across], answer_heights(table, table.targets)])


def _table(spec: DataSpec) -> Table:
    if spec.table is not None:
        return spec.table
    try:
        return make_table(
            spec.kind,
            samples=spec.samples,
            noise=spec.noise,
            classes=spec.classes,
            seed=spec.seed,
            formula=spec.formula or None,
        )
    except InputError as error:  # which knows nothing of the record that the formula stands in
        raise InputError(f"data.{error.field}", error.value, error.allowed) from None


def _features(inputs: Array, spec: DataSpec) -> Array:
    return expand_features(inputs, spec.features) if inputs.shape[1] == 2 else inputs


def default_loss(task: str, classes: int) -> str:
    """The loss that fits a task: cross-entropy for classes, mean squared error for numbers."""
    if task == "regression":
        return "mean_squared_error"
    return "binary_cross_entropy" if classes <= 2 else "categorical_cross_entropy"


def task_of(spec: DataSpec) -> str:
    """``"classification"`` or ``"regression"``."""
    return spec.table.task if spec.table is not None else DATA_SETS[spec.kind].task


def has_pictures(data: DataSpec) -> bool:
    """Whether the inputs are the pixels of pictures, of which no two span a plane worth seeing."""
    if data.table is not None:
        return data.table.picture is not None
    return DATA_SETS[data.kind].plane is None
