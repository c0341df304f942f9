"""The pictures of a report: curves, the plane with what the network says of it, pictures with answers, the network."""

import math

import numpy as np
from numpy.typing import NDArray

from nnplay.experiments.export.exported import ExportedRun
from nnplay.nn import ACTIVATIONS
from nnplay.nn.metrics import class_shares
from nnplay.pictures.charts import WIDTH, Axis, Series, axis_of, chart
from nnplay.pictures.colours import MIDDLE, NEGATIVE, POSITIVE, QUIET, TEXT, class_colour, rgb
from nnplay.pictures.network import network_picture
from nnplay.pictures.png import data_address
from nnplay.pictures.svg import drawing, element, label
from nnplay.texts import tr
from nnplay.training.history import COLUMNS, EPOCH, FIRST, HIGHEST, LOWEST

Floats = NDArray[np.float64]
RESOLUTION = 160
MOST_POINTS = 1500
SHOWN_PICTURES, A_ROW, CELL = 24, 8, 56


def curves(run: ExportedRun) -> list[str]:
    """The loss, and how good it was, epoch by epoch; an interval of epochs goes from its lowest to its highest."""
    rows = run.trainer.history.rows()
    if len(rows) < 2:
        return []
    lines = rows[:, [FIRST, LOWEST, HIGHEST]]
    epoch = np.repeat(rows[:, FIRST, EPOCH], lines.shape[1])
    axis = axis_of([epoch], tr("epoch"))
    found = []
    for name, column, logarithmic in (
        (tr("loss"), "loss", True), (tr("accuracy"), "accuracy", False), (tr("R²"), "r2", False),
    ):  # fmt: skip
        train, test = (lines[:, :, COLUMNS.index(f"{samples}_{column}")].ravel() for samples in ("train", "test"))
        if not np.isfinite(train).any():
            continue
        drawn = [Series(tr("training"), TEXT, epoch, train)]
        if np.isfinite(test).any():
            drawn.append(Series(tr("test"), QUIET, epoch, test, dashed=True))
        up = axis_of([train, test], name, logarithmic=logarithmic)
        found.append(chart(drawn, axis, up, tr("{name} over the epochs", name=name)))
    return found


def boundary(run: ExportedRun) -> str | None:
    """What the network says over the plane, with the points; None where the inputs span none."""
    prepared = run.prepared
    if prepared.plane is None:
        return None
    names = run.table.input_names
    across, up = run.experiment.data.plane_inputs
    left, right, low, high = prepared.plane
    if prepared.plane_is_line:
        return _strip(run, Axis(left, right, names[across]))
    outputs = run.network.forward(prepared.grid(RESOLUTION))
    pixels = _colours(run, outputs).reshape(RESOLUTION, RESOLUTION, 3)[::-1]
    axes = Axis(left, right, names[across]), Axis(low, high, names[up])
    about = tr("what the network says over {across} and {up}", across=names[across], up=names[up])
    return chart(_points(run), *axes, about, behind=data_address(pixels), size=WIDTH - 20)


def _colours(run: ExportedRun, outputs: NDArray[np.floating]) -> NDArray[np.uint8]:
    """A colour for each of the outputs, (N, 3)."""
    middle, low, high = (np.array(rgb(colour), float) for colour in (MIDDLE, NEGATIVE, POSITIVE))
    if not run.classes:
        values = outputs[:, 0].astype(np.float64)
        values = values - (values.min() + values.max()) / 2
        share = (values / (np.abs(values).max() or 1.0))[:, None]
    else:
        shares = class_shares(outputs, len(run.classes)).astype(np.float64)
        if len(run.classes) > 2:
            named = np.array([rgb(class_colour(place)) for place in range(len(run.classes))], float)
            strength = np.clip(shares.max(axis=1, keepdims=True), 0.0, 1.0) * 0.65
            found: NDArray[np.uint8] = (middle + (named[shares.argmax(axis=1)] - middle) * strength).astype(np.uint8)
            return found
        share = np.clip(2.0 * shares[:, 1:2] - 1.0, -1.0, 1.0) if shares.shape[1] > 1 else np.zeros((len(shares), 1))
    ends = np.where(share < 0.0, low, high)
    mixed: NDArray[np.uint8] = (middle + (ends - middle) * np.abs(share) * 0.65).astype(np.uint8)
    return mixed


def _points(run: ExportedRun) -> list[Series]:
    places, table = run.prepared.plane_points, run.table
    assert places is not None
    left, right, low, high = run.prepared.plane or (-math.inf, math.inf) * 2
    inside = (left <= places[:, 0]) & (places[:, 0] <= right) & (low <= places[:, 1]) & (places[:, 1] <= high)
    kept = np.flatnonzero(inside)[:MOST_POINTS]
    places, targets = places[kept], table.targets[kept]
    if run.classes:
        return [
            Series(name, class_colour(place), places[targets == place, 0], places[targets == place, 1], dots=True)
            for place, name in enumerate(run.classes)
        ]
    middle = (table.targets.min(initial=0.0) + table.targets.max(initial=0.0)) / 2
    above = targets > middle
    return [
        Series(name, colour, places[chosen, 0], places[chosen, 1], dots=True)
        for name, colour, chosen in (("", NEGATIVE, ~above), ("", POSITIVE, above))
    ]


def _strip(run: ExportedRun, across: Axis) -> str:
    """One input: the network's curve over the points."""
    prepared = run.prepared
    line = np.linspace(across.low, across.high, 300)
    outputs = run.network.forward(prepared.as_seen(line[:, None]))
    shares = class_shares(outputs, len(run.classes)) if run.classes else prepared.to_target_units(outputs)
    first = 1 if len(run.classes) == 2 else 0
    drawn = [
        Series(run.classes[place] if run.classes else tr("network"), class_colour(place) if run.classes else TEXT,
              line, shares[:, place].astype(np.float64))
        for place in range(first, shares.shape[1])
    ]  # fmt: skip
    points = _points(run)
    name = tr("probability") if run.classes else run.table_target
    up = axis_of([each.y for each in (*drawn, *points)], name)
    return chart([*points, *drawn], across, up, tr("the network's curve over the points"))


def predicted_values(run: ExportedRun) -> str | None:
    """Of a regression: what was predicted over what was to be; None of classes."""
    if run.classes:
        return None
    prepared = run.prepared
    test = len(prepared.test) > 0
    X, rows = (prepared.X_test, prepared.test) if test else (prepared.X_train, prepared.train)
    if not len(rows):
        return None
    rows, X = rows[:MOST_POINTS], X[:MOST_POINTS]
    wanted = run.table.targets[rows]
    values = prepared.to_target_units(run.network.forward(X))[:, 0].astype(np.float64)
    axis = axis_of([wanted, values], run.table_target)
    ends = np.array([axis.low, axis.high])
    drawn = [Series("", QUIET, ends, ends, dashed=True), Series("", POSITIVE, wanted, values, dots=True)]
    up = Axis(axis.low, axis.high, tr("predicted"))
    return chart(drawn, axis, up, tr("what was predicted over what was to be"), size=WIDTH - 20)


def pictures(run: ExportedRun) -> str | None:
    """Pictures with what the network takes them for, the wrong ones in orange; None where the inputs are none."""
    shape, prepared = run.table.picture, run.prepared
    rows = (prepared.test if len(prepared.test) else prepared.train)[:SHOWN_PICTURES]
    if shape is None or not len(rows) or not run.classes:
        return None
    inputs = run.table.inputs[rows]
    answers = run.network.forward(prepared.as_seen(inputs)).argmax(axis=1)
    darkest = float(np.abs(inputs).max()) or 1.0
    parts = []
    for place, (pixels, answer, target) in enumerate(zip(inputs, answers, run.table.labels[rows], strict=True)):
        row, column = divmod(place, A_ROW)
        grey = (255 - 255 * np.clip(pixels.reshape(shape) / darkest, 0, 1)).astype(np.uint8)
        address = data_address(np.repeat(grey[:, :, None], 3, axis=2))
        x, y = column * CELL + 4, row * (CELL + 18) + 4
        parts.append(element("image", href=address, x=x, y=y, width=CELL - 8, height=CELL - 8))
        right = answer == target
        told = run.classes[answer] if right else f"{run.classes[answer]} ≠ {run.classes[target]}"
        parts.append(label(x + CELL / 2 - 4, y + CELL + 6, told, colour=QUIET if right else NEGATIVE, size=12,
                           font_weight=None if right else "bold"))  # fmt: skip
    height = math.ceil(len(rows) / A_ROW) * (CELL + 18) + 8
    return drawing(A_ROW * CELL, height, parts, tr("pictures, and what the network takes them for"))


def network(run: ExportedRun) -> str:
    """The network with its weights."""
    net = run.network
    activations = [tr(ACTIVATIONS[name].label) for name in net.activations]
    outputs = run.classes if net.layer_sizes[-1] == len(run.classes) else ()
    return network_picture(net.layer_sizes, net.weights, activations, _inputs(run), outputs)


def _inputs(run: ExportedRun) -> tuple[str, ...]:
    """What the network's inputs are called; pixels have no names worth reading."""
    if run.table.picture is not None:
        return ()
    seen = run.prepared.feature_names
    return run.table.input_names if seen == ("x1", "x2") else seen
