"""ONNX: a run as a graph from the cells of a table, or points, to what they are; with any number of rows.

Texts and missing cells are prepared in the graph. What nnplay refuses to predict, a category that it doesn't know or a
missing cell that nothing stands for, has NaN as its outputs.
"""

import json
from collections.abc import Callable

import numpy as np

from nnplay.data.tables.preparation import Preparation, SourceColumn
from nnplay.experiments.export.code.writing import rounding_of
from nnplay.experiments.export.exported import ExportedRun, Files, named_arrays
from nnplay.experiments.export.onnx_graph import ML, Graph
from nnplay.nn.activations import GELU_CUBIC, GELU_SCALE, LEAKY_SLOPE
from nnplay.nn.batch_norm import EPSILON
from nnplay.texts import tr

WIDE = "float64"
"""In which the data are prepared, as nnplay does, also for networks in 32 bits."""


class Calculator:
    """Arithmetic on a graph with numbers of one type."""

    def __init__(self, graph: Graph, dtype: str) -> None:
        self.graph, self.dtype = graph, dtype

    def number(self, value: float | np.ndarray) -> str:
        """A number, or an array of them, as a constant."""
        return self.graph.constant(np.asarray(value, self.dtype))

    def __call__(self, operator: str, *inputs: str | float) -> str:
        """What an operator makes of names and numbers."""
        return self.graph.apply(operator, *(each if isinstance(each, str) else self.number(each) for each in inputs))


Function = Callable[[Calculator, str], str]


def _softplus(do: Calculator, z: str) -> str:
    return do("Add", do("Max", z, 0.0), do("Log", do("Add", do("Exp", do("Neg", do("Abs", z))), 1.0)))


def _gelu(do: Calculator, z: str) -> str:
    cubic = do("Mul", do("Add", do("Mul", do("Mul", z, z), GELU_CUBIC), 1.0), z)
    return do("Mul", do("Mul", do("Add", do("Tanh", do("Mul", cubic, GELU_SCALE)), 1.0), z), 0.5)


ACTIVATIONS_IN_ONNX: dict[str, Function] = {
    "identity": lambda _, z: z,
    "sigmoid": lambda do, z: do("Sigmoid", z),
    "tanh": lambda do, z: do("Tanh", z),
    "relu": lambda do, z: do("Relu", z),
    "leaky_relu": lambda do, z: do("Max", z, do("Mul", z, LEAKY_SLOPE)),
    "elu": lambda do, z: do("Max", z, do("Sub", do("Exp", do("Min", z, 0.0)), 1.0)),
    "gelu": _gelu,
    "silu": lambda do, z: do("Mul", z, do("Sigmoid", z)),
    "softplus": _softplus,
    "sine": lambda do, z: do("Sin", z),
    "mish": lambda do, z: do("Mul", z, do("Tanh", _softplus(do, z))),
    "gaussian": lambda do, z: do("Exp", do("Neg", do("Mul", z, z))),
    "step": lambda do, z: do.graph.cast(do("Greater", z, 0.0), do.dtype),
}
OUTPUTS_IN_ONNX: dict[str, Function] = {
    "sigmoid": lambda do, z: do("Sigmoid", z),
    "softmax": lambda do, z: do.graph.apply("Softmax", z, axis=1),
    "identity": lambda _, z: z,
}
FEATURES_IN_ONNX: dict[str, Callable[[Calculator, str, str], str]] = {
    "x1": lambda _, x1, x2: x1,  # noqa: ARG005 - all take both
    "x2": lambda _, x1, x2: x2,  # noqa: ARG005
    "x1^2": lambda do, x1, x2: do("Mul", x1, x1),  # noqa: ARG005
    "x2^2": lambda do, x1, x2: do("Mul", x2, x2),  # noqa: ARG005
    "x1*x2": lambda do, x1, x2: do("Mul", x1, x2),
    "sin(x1)": lambda do, x1, x2: do("Sin", x1),  # noqa: ARG005
    "sin(x2)": lambda do, x1, x2: do("Sin", x2),  # noqa: ARG005
    "cos(x1)": lambda do, x1, x2: do("Cos", x1),  # noqa: ARG005
    "cos(x2)": lambda do, x1, x2: do("Cos", x2),  # noqa: ARG005
}


def refused(run: ExportedRun) -> str | None:
    """Why a run can't be such a graph; None where it can."""
    for name in run.network.activations:
        if name not in ACTIVATIONS_IN_ONNX:
            return tr("the activation {name} can't be written in this format", name=name)
    if run.network.loss_function.output_activation not in OUTPUTS_IN_ONNX:
        return tr("the loss {name} can't be written in this format", name=run.network.loss_name)
    for name in run.experiment.data.features if run.spans_plane else ():
        if name not in FEATURES_IN_ONNX:
            return tr("the feature {name} can't be written in this format", name=name)
    return None


def files(run: ExportedRun) -> Files:
    """The graph of a run."""
    named_arrays(run.network)  # refuses a stack
    graph = Graph()
    inputs = _inputs(graph, run)
    seen = _prepared(Calculator(graph, WIDE), run, inputs)
    X = seen if run.network.dtype == WIDE else graph.cast(seen, run.network.dtype)
    outputs = _network(Calculator(graph, run.network.dtype), run, X)
    if run.preparation is not None:
        outputs = _nan_where_unknown(Calculator(graph, run.network.dtype), X, outputs)
    _named_outputs(graph, run, outputs)
    about = {"experiment": run.settings(), "epoch": str(run.trainer.epoch), "classes": json.dumps(run.classes)}
    return {".onnx": graph.model(run.title, about)}


def _inputs(graph: Graph, run: ExportedRun) -> str:
    """What is given as inputs (N, I): points, or the cells of a table."""
    preparation, do = run.preparation, Calculator(graph, WIDE)
    columns = run.table.inputs.shape[1]
    if preparation is None or not any(column.categories for column in preparation.columns):
        given = _widened(graph, graph.input("inputs", run.network.dtype, columns), run)
        return given if preparation is None else _filled(do, preparation, given)
    parts = []
    for column in preparation.columns:
        if column.categories:
            parts.append(_categories(do, column, graph.input(column.name, "str", 1)))
            continue
        number = _widened(graph, graph.input(column.name, run.network.dtype, 1), run)
        parts.append(_or_else(do, number, np.array([column.fill])) if column.fill is not None else number)
    return graph.apply("Concat", *parts, axis=1)


def _widened(graph: Graph, given: str, run: ExportedRun) -> str:
    return given if run.network.dtype == WIDE else graph.cast(given, WIDE)


def _filled(do: Calculator, preparation: Preparation, given: str) -> str:
    """The numbers (N, I), with what stands for the missing ones."""
    fills = np.array([np.nan if column.fill is None else float(column.fill) for column in preparation.columns])
    return given if np.isnan(fills).all() else _or_else(do, given, fills)


def _or_else(do: Calculator, given: str, fills: np.ndarray) -> str:
    return do("Where", do("IsNaN", given), do.number(fills.astype(WIDE)), given)


def _categories(do: Calculator, column: SourceColumn, cells: str) -> str:
    """Texts (N, 1) as inputs of 0 and 1; NaN where a text is none of the categories."""
    keys, places = list(column.categories), [float(place) for place in range(len(column.categories))]
    if column.fill is not None:
        keys, places = [*keys, ""], [*places, float(column.categories.index(str(column.fill)))]
    encoded = do.graph.apply(
        "LabelEncoder", cells, domain=ML, keys_strings=keys, values_floats=places, default_float=float("nan")
    )
    codes = do.graph.cast(encoded, WIDE)
    if len(column.categories) <= 2:
        return codes if len(column.categories) == 2 else do("Sub", codes, codes)
    are = do.graph.cast(do("Equal", codes, do.number(np.arange(len(column.categories))[None, :])), WIDE)
    return do("Add", are, do("Sub", codes, codes))  # NaN stays NaN


def _prepared(do: Calculator, run: ExportedRun, inputs: str) -> str:
    """Inputs (N, I) as the network sees them, (N, F)."""
    names, standardizer, X = run.experiment.data.features, run.prepared.standardizer, inputs
    if run.spans_plane and names != ("x1", "x2"):
        x1, x2 = (do.graph.apply("Gather", inputs, do.graph.constant(np.array([place])), axis=1) for place in (0, 1))
        X = do.graph.apply("Concat", *(FEATURES_IN_ONNX[name](do, x1, x2) for name in names), axis=1)
    if standardizer is None:
        return X
    X = do("Sub", X, do.number(standardizer.mean))
    if standardizer.rounded.size:  # what differs from a constant by rounding alone is 0
        X = do("Where", do("LessOrEqual", do("Abs", X), do.number(rounding_of(run))), 0.0, X)
    return do("Div", X, do.number(standardizer.standard_deviation))


def _network(do: Calculator, run: ExportedRun, X: str) -> str:
    """The outputs (N, K) for what the network sees, (N, F)."""
    net, a = run.network, X
    for k, name in enumerate(net.activations):
        z = do("Gemm", a, do.number(net.weights[k]), do.number(net.biases[k]))
        if net.batch_norm:
            scale = net.gammas[k] / np.sqrt(net.running_variances[k] + EPSILON)
            z = do("Add", do("Mul", do("Sub", z, do.number(net.running_means[k])), do.number(scale)),
                   do.number(net.betas[k]))  # fmt: skip
        a = ACTIVATIONS_IN_ONNX[name](do, z)
        if not net.hidden_layers[k].all_enabled:
            a = do("Mul", a, do.number(net.hidden_layers[k].enabled))
    logits = do("Gemm", a, do.number(net.weights[-1]), do.number(net.biases[-1]))
    return OUTPUTS_IN_ONNX[net.loss_function.output_activation](do, logits)


def _nan_where_unknown(do: Calculator, X: str, outputs: str) -> str:
    """The outputs, and NaN where any of what the network sees is; some activations make numbers of it."""
    axes = do.graph.constant(np.array([1]))
    return do("Add", outputs, do.graph.apply("ReduceSum", do("Mul", X, 0.0), axes, keepdims=1))


def _named_outputs(graph: Graph, run: ExportedRun, outputs: str) -> None:
    """The probabilities of the classes and the likeliest one's name; or the value in the target's own unit."""
    dtype, scaled, classes = run.network.dtype, run.prepared.target_standardizer, run.classes
    do = Calculator(graph, dtype)
    if not classes:
        if scaled is not None:
            mean, deviation = float(scaled.mean[0]), float(scaled.standard_deviation[0])
            outputs = do("Add", do("Mul", outputs, deviation), mean)
        graph.output("value", outputs, dtype, 1)
        return
    if run.prepared.outputs == 1:
        outputs = graph.apply("Concat", do("Sub", 1.0, outputs), outputs, axis=1)
    elif run.prepared.outputs > len(classes):
        outputs = graph.apply("Gather", outputs, graph.constant(np.arange(len(classes))), axis=1)
    graph.output("probabilities", outputs, dtype, len(classes))
    places = graph.apply("ArgMax", outputs, axis=1, keepdims=0)
    label = graph.apply(
        "LabelEncoder", places, domain=ML, keys_int64s=list(range(len(classes))), values_strings=list(classes)
    )
    graph.output("label", label, "str", None)
