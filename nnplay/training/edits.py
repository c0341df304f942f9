"""Edits: from one experiment to the next, as a person asks for them. An edit changes nothing but makes a new record."""

import dataclasses
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from nnplay.data import DATA_SETS, FEATURES, Table, drawing
from nnplay.data.table import check_inputs
from nnplay.data.tables.imported import Imported
from nnplay.data.tables.preparation import Preparation
from nnplay.nn import OWN, SCHEDULES
from nnplay.training.budget import DataShape, check_memory
from nnplay.training.experiment import MAX_HIDDEN_LAYERS, MAX_UNITS, MOST_NAME, YOURS, DataSpec, Experiment, HiddenLayer
from nnplay.training.prepared import default_loss, has_pictures, task_of
from nnplay.training.slices import telling_inputs
from nnplay.training.suggested import MANY_VALUES, suggested_model, suggested_training, wants_standardized

replace = msgspec.structs.replace

FEW_SAMPLES = 10
"""With fewer than this there is nothing to spare for a test."""
POINTS_SHARE, PICTURES_SHARE, TABLE_SHARE = 0.5, 0.8, 0.8
FIRST_OF = {"classification": "circles", "regression": "plane"}
"""The data set that a change of the problem brings."""
NEW_LAYER_UNITS = 4


def with_data_set(experiment: Experiment, key: str) -> Experiment:
    """The same on another generated data set: its own defaults, and the loss that fits it.

    The share for training stays where the points allow a test set, and so do the features.
    """
    data_set, old = DATA_SETS[key], experiment.data
    usual = PICTURES_SHARE if data_set.plane is None else POINTS_SHARE
    another_kind = has_pictures(old) != (data_set.plane is None)
    share = usual if another_kind or old.train_share == 1.0 else old.train_share
    data = DataSpec(
        kind=key,
        samples=int(data_set.samples.default),
        noise=float(data_set.noise.default),
        classes=int(data_set.classes.default),
        seed=old.seed,
        formula=data_set.formula or "",
        features=old.features,
        standardize=old.standardize and not another_kind,
        train_share=1.0 if data_set.samples.default < FEW_SAMPLES else share,
    )
    return _with_data(data, int(data_set.classes.default), experiment)


def with_problem(experiment: Experiment, task: str) -> Experiment:
    """The same on the first data set of that problem; unchanged where it is that problem already."""
    return experiment if task_of(experiment.data) == task else with_data_set(experiment, FIRST_OF[task])


def with_points(experiment: Experiment, data: DataSpec) -> Experiment:
    """The same on drawn or imported points, with the loss that fits them."""
    assert data.table is not None
    return _with_data(data, data.table.classes, experiment)


def with_own(experiment: Experiment, data: DataSpec) -> Experiment:
    """The same on a data set of one's own that was put away: drawn points suit any network, a table has its own."""
    table = data.table
    assert table is not None
    if data.preparation is None and table.picture is None and table.inputs.shape[1] <= 2:
        return with_points(experiment, data)
    return replace(with_table(experiment, table, data.plane_inputs), data=data)


def with_empty_plane(experiment: Experiment, table: Table) -> Experiment:
    """The same on a new data set of one's own, empty like one that was cleared: all else stays, the weights too.

    It has the classes of `table`, the points that there are, and two where these come from a file or have not two
    inputs.
    """
    data = experiment.data
    drawable = data.preparation is None and table.inputs.shape[1] == 2
    if drawable and table.classes <= drawing.MAX_DRAWN_CLASSES:
        own = replace(data, kind=YOURS, table=drawing.clear(table), plane=None, name="", key="")
        return with_points(experiment, own)
    share = 1.0 if has_pictures(data) else data.train_share
    own = DataSpec(kind=YOURS, table=drawing.empty_drawing(), features=data.features, train_share=share)
    return with_points(experiment, own)


def with_import(experiment: Experiment, imported: Imported) -> Experiment:
    """What learns an imported table: see `with_table`."""
    return with_table(experiment, imported.table, preparation=imported.preparation)


def with_table(
    experiment: Experiment,
    table: Table,
    plane_inputs: tuple[int, int] | None = None,
    *,
    preparation: Preparation | None = None,
) -> Experiment:
    """What learns a table from elsewhere: its points, and settings that fit them; only the seeds stay.

    From pictures to others the network and its training stay too.

    Parameters
    ----------
    plane_inputs
        Which two inputs span the plane; None for those that the target depends on most. One input alone spans it with
        itself, whatever is said.
    preparation
        How the columns of the file became its inputs.
    """
    standardize = wants_standardized(table)
    data = DataSpec(
        kind=YOURS,
        table=table,
        plane_inputs=plane_inputs or ((0, 1) if table.picture else telling_inputs(table)),
        standardize=standardize,
        train_share=TABLE_SHARE if len(table) >= FEW_SAMPLES else 1.0,
        standardize_target=table.task == "regression",
        preparation=preparation,
        seed=experiment.data.seed,
    )
    model, training = suggested_model(table, standardize), suggested_training(table)
    if table.picture and has_pictures(experiment.data):
        model = replace(experiment.model, loss=model.loss, output=OWN, dtype=model.dtype)
        training = experiment.training
    return with_fitting_start(experiment, replace(experiment, data=data, model=model, training=training))


def with_fitting_start(before: Experiment, after: Experiment) -> Experiment:
    """`after`, an edit of `before`, without the weights that were given to start from, where it asks for others.

    It does so with another shape of the network, another way to draw weights, another seed or another data set.
    """
    if after.model.start is None or after.model.start != before.model.start or _drawn_for(before) == _drawn_for(after):
        return after
    if before.data.kind != after.data.kind == YOURS and _drawn_for(before)[1:] == _drawn_for(after)[1:]:
        return after  # points were drawn into the data set, and the network learns on
    return replace(after, model=replace(after.model, start=None))


def with_new_start(experiment: Experiment, seed: int) -> Experiment:
    """The same with starting weights that this seed draws, whatever it brought."""
    return replace(experiment, seed=seed, model=replace(experiment.model, start=None))


def _drawn_for(experiment: Experiment) -> tuple[object, ...]:
    """What a network's starting weights belong to."""
    model = experiment.model
    drawn = (model.initializer, model.initializer_scale, model.batch_norm, experiment.seed)
    return (experiment.data.kind, experiment.layer_sizes, *drawn)


def check_table(
    experiment: Experiment, samples: int, inputs: int, outputs: int = 1, picture: tuple[int, int] | None = None
) -> None:
    """Refuse a table that would need too much memory in `with_table`, before it is read.

    Parameters
    ----------
    outputs
        How many classes there are at least.
    picture
        (rows, columns) of the pixels that the inputs are.

    Raises
    ------
    TooLargeError
        With how much it would need.
    InputError
        Where no table has so many inputs.
    """
    check_inputs(inputs)
    changed = with_table(experiment, Table(np.empty((0, inputs)), np.empty(0), picture=picture))
    if samples * inputs > MANY_VALUES:
        changed = with_value(changed, "model.dtype", "float32")
    check_memory(changed, DataShape(samples, inputs, outputs))


def with_feature_toggled(experiment: Experiment, name: str) -> Experiment | None:
    """One feature more or fewer, in the order of `FEATURES`; None for the last one that is on."""
    seen = set(experiment.data.features) ^ {name}
    if not seen:
        return None
    features = tuple(feature for feature in FEATURES if feature in seen)
    return replace(experiment, data=replace(experiment.data, features=features))


def with_layers(experiment: Experiment, change: int) -> Experiment | None:
    """One hidden layer more at the end, like the last one, or one fewer; None where that can't be."""
    layers = experiment.model.hidden_layers
    if not 0 <= len(layers) + change <= MAX_HIDDEN_LAYERS:
        return None
    new = layers[-1] if layers else HiddenLayer(units=NEW_LAYER_UNITS)
    return _with_hidden_layers(experiment, (*layers, new) if change > 0 else layers[:-1])


def with_units(experiment: Experiment, layer: int, units: int) -> Experiment | None:
    """Another width of one hidden layer; None where that can't be."""
    if not 1 <= units <= MAX_UNITS:
        return None
    layers = list(experiment.model.hidden_layers)
    layers[layer] = replace(layers[layer], units=units)
    return _with_hidden_layers(experiment, tuple(layers))


def with_layer_activation(experiment: Experiment, layer: int, activation: str) -> Experiment:
    """Another activation of one hidden layer."""
    layers = list(experiment.model.hidden_layers)
    layers[layer] = replace(layers[layer], activation=activation)
    return _with_hidden_layers(experiment, tuple(layers))


def with_activation(experiment: Experiment, name: str) -> Experiment:
    """The same with one activation in every hidden layer."""
    layers = tuple(replace(layer, activation=name) for layer in experiment.model.hidden_layers)
    return replace(experiment, model=replace(experiment.model, hidden_layers=layers))


def with_loss(experiment: Experiment, loss: str) -> Experiment:
    """Another loss; only squared errors can be taken of other outputs than the loss's own."""
    output = experiment.model.output if loss == "mean_squared_error" else OWN
    return replace(experiment, model=replace(experiment.model, loss=loss, output=output))


def with_fitting_loss(experiment: Experiment, task: str, classes: int) -> Experiment:
    """The same with the loss that fits the task, of its own outputs."""
    return replace(experiment, model=replace(experiment.model, loss=default_loss(task, classes), output=OWN))


def _with_data(data: DataSpec, classes: int, experiment: Experiment) -> Experiment:
    """`experiment` on `data`; from points to pictures and back it starts with another network and another training.

    784 pixels want more than four units, and Adam's small steps on small batches; two coordinates don't.
    """
    before, pictures = experiment, has_pictures(data)
    if pictures != has_pictures(experiment.data):
        if pictures:
            experiment = _started_anew(experiment, 32, "relu", optimizer="adam", learning_rate=0.001, batch_size=32)
        else:
            experiment = _started_anew(experiment, 4, "tanh", optimizer="sgd", learning_rate=0.1, batch_size=10)
    return with_fitting_start(before, with_fitting_loss(replace(experiment, data=data), task_of(data), classes))


def _started_anew(experiment: Experiment, units: int, activation: str, **training: object) -> Experiment:
    layers = (HiddenLayer(units=units, activation=activation),)
    return replace(
        experiment,
        model=replace(experiment.model, hidden_layers=layers, dtype="float64"),
        training=replace(experiment.training, **training),
    )


def _with_hidden_layers(experiment: Experiment, layers: tuple[HiddenLayer, ...]) -> Experiment:
    return replace(experiment, model=replace(experiment.model, hidden_layers=layers))


def with_schedule(experiment: Experiment, kind: str) -> Experiment:
    """The same with another schedule, and the factor that is usual for it: one a step, another an epoch."""
    usual = {field.name: field.default for field in dataclasses.fields(SCHEDULES[kind])}
    factor = usual.get("factor", experiment.training.schedule.factor)
    return with_value(with_value(experiment, "training.schedule.kind", kind), "training.schedule.factor", factor)


def with_classes(experiment: Experiment, count: int) -> Experiment:
    """The same with so many classes to tell apart, drawn or generated, and the loss that fits them.

    Raises
    ------
    InputError
        Fewer classes than the drawn points need, or more than can be drawn.
    """
    data = experiment.data
    if data.table is not None:
        return with_points(experiment, replace(data, table=drawing.with_classes(data.table, count)))
    changed = with_value(experiment, "data.classes", count)
    return with_fitting_loss(changed, task_of(data), count)


def named_data(experiment: Experiment, name: str) -> Experiment:
    """The same with another name for points of one's own, as long as a name may be."""
    return replace(experiment, data=replace(experiment.data, name=name.strip()[:MOST_NAME]))


def with_value(experiment: Experiment, path: str, value: object) -> Experiment:
    """The same with another value at a path such as ``training.learning_rate``; nothing else follows it."""
    changed: Experiment = _replaced(experiment, path.split("."), value)
    return changed


def _replaced(record: Any, steps: Sequence[str], value: object) -> Any:
    name, *rest = steps
    return replace(record, **{name: _replaced(getattr(record, name), rest, value) if rest else value})


def with_plane_inputs(experiment: Experiment, plane_inputs: tuple[int, int]) -> Experiment:
    """The same seen on the plane that two other inputs span, which fits the points anew; exchanged, it stays."""
    data = experiment.data
    plane = None
    if data.plane is not None and plane_inputs == data.plane_inputs[::-1]:
        plane = (*data.plane[2:], *data.plane[:2])
    return replace(experiment, data=replace(data, plane_inputs=plane_inputs, plane=plane))
