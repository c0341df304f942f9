"""Each phase of a step as NumPy: the statements that compute it, as `nnplay.nn` does, for readers who know Python."""

import re

from nnplay.nn import StepTrace
from nnplay.nn.activations import GELU_CUBIC, LEAKY_SLOPE
from nnplay.nn.batch_norm import EPSILON
from nnplay.training.arithmetic.loss import is_squashed
from nnplay.training.phases import Phase, PhaseKind

_ACTIVATIONS = {
    "identity": "z",
    "sigmoid": "1 / (1 + np.exp(-z))",
    "softmax": "np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)",
    "tanh": "np.tanh(z)",
    "relu": "np.maximum(z, 0)",
    "leaky_relu": f"np.maximum(z, {LEAKY_SLOPE} * z)",
    "elu": "np.where(z > 0, z, np.expm1(z))",
    "gelu": f"z / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + {GELU_CUBIC} * z**3)))",
    "silu": "z / (1 + np.exp(-z))",
    "softplus": "np.logaddexp(0, z)",
    "sine": "np.sin(z)",
    "mish": "z * np.tanh(np.logaddexp(0, z))",
    "gaussian": "np.exp(-(z**2))",
    "step": "np.where(z > 0, 1.0, 0.0)",
}
_DERIVATIVES = {
    "identity": "1",
    "sigmoid": "a * (1 - a)",
    "tanh": "(1 - a**2)",
    "relu": "(z > 0)",
    "leaky_relu": f"np.where(z > 0, 1, {LEAKY_SLOPE})",
    "elu": "np.exp(np.minimum(z, 0))",
    "silu": "(a + (1 - a) / (1 + np.exp(-z)))",
    "softplus": "1 / (1 + np.exp(-z))",
    "sine": "np.cos(z)",
    "gaussian": "-2 * z * a",
    "step": "0",
}
"""Where it is short; the others' slopes are called `derivative`."""
_LOSSES = {
    "binary_cross_entropy": "np.logaddexp(0, z) - targets * z",
    "categorical_cross_entropy": "-targets * np.log(outputs)",
    "mean_squared_error": "(outputs - targets) ** 2",
}
_PRE_ACTIVATION = re.compile(r"\bz\b")
_ADAM = (
    "m = beta_1 * m + (1 - beta_1) * gradient; v = beta_2 * v + (1 - beta_2) * gradient**2; {decay}"
    "parameters -= learning_rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon)"
)
_SQUARES = "parameters -= learning_rate * gradient / (np.sqrt(s) + epsilon)"
_OPTIMIZERS = {
    "sgd": "parameters -= learning_rate * gradient",
    "momentum": "v = momentum * v + gradient; parameters -= learning_rate * v",
    "nesterov": "v = momentum * v + gradient; parameters -= learning_rate * (gradient + momentum * v)",
    "adagrad": f"s += gradient**2; {_SQUARES}",
    "rmsprop": f"s = rho * s + (1 - rho) * gradient**2; {_SQUARES}",
    "adam": _ADAM.format(decay=""),
    "adamw": _ADAM.format(decay="parameters -= learning_rate * weight_decay * parameters; "),
}


def numpy_line(trace: StepTrace, phase: Phase) -> str:
    """The statements of a phase, on one line; names are those of `nnplay.nn`, each for the layer that is at work."""
    if phase.layer is not None:
        return _LAYER_LINES[phase.kind](trace, phase.layer)
    match phase.kind:
        case PhaseKind.INPUTS:
            return "inputs, targets = X[batch], Y[batch]"
        case PhaseKind.LOSS:
            return _loss_line(trace)
        case PhaseKind.PENALTY:
            l2 = f"{trace.l2!r} * weights" if trace.l2 else ""
            l1 = f"{trace.l1!r} * np.sign(weights)" if trace.l1 else ""
            return f"weight_gradient += {' + '.join(filter(None, (l2, l1)))}"
        case PhaseKind.CLIPPING:
            return f"gradient *= {trace.clip_norm!r} / max(np.linalg.norm(gradient), {trace.clip_norm!r})"
        case _:
            return _OPTIMIZERS.get(trace.optimizer_name, "parameters -= update")


def _pre_activation(trace: StepTrace, layer: int) -> str:  # noqa: ARG001 - all take the same arguments
    return "z = inputs @ weights + biases"


def _batch_norm(trace: StepTrace, layer: int) -> str:  # noqa: ARG001
    return f"x_hat = (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + {EPSILON}); u = gamma * x_hat + beta"


def _activation(trace: StepTrace, layer: int) -> str:
    name = "outputs" if layer == len(trace.layers) - 1 else "a"
    code = _ACTIVATIONS.get(trace.layers[layer].activation, "activation(z)")
    return f"{name} = {_of_norm(trace, layer, code)}"


def _dropout(trace: StepTrace, layer: int) -> str:  # noqa: ARG001
    if not trace.dropout:
        return "outputs = enabled * a"
    keep = f"{1 - trace.dropout:.6g}"
    return f"mask = enabled * (rng.random(a.shape) < {keep}) / {keep}; outputs = mask * a"


def _delta(trace: StepTrace, layer: int) -> str:
    if layer == len(trace.layers) - 1:
        return _output_delta(trace)
    record = trace.layers[layer]
    slope = _of_norm(trace, layer, _DERIVATIVES.get(record.activation, "derivative"))
    mask = " * mask" if record.mask is not None else ""
    line = f"delta = next_delta @ next_weights.T{mask} * {slope}"
    if record.norm is None:
        return line
    scale = f"gamma / np.sqrt(z.var(axis=0) + {EPSILON})"
    return f"{line}; delta = {scale} * (delta - delta.mean(axis=0) - x_hat * (delta * x_hat).mean(axis=0))"


def _gradient(trace: StepTrace, layer: int) -> str:
    line = "weight_gradient = inputs.T @ delta; bias_gradient = delta.sum(axis=0)"
    if trace.layers[layer].norm is None:
        return line
    return f"{line}; gamma_gradient = (norm_delta * x_hat).sum(axis=0); beta_gradient = norm_delta.sum(axis=0)"


_LAYER_LINES = {
    PhaseKind.PRE_ACTIVATION: _pre_activation,
    PhaseKind.BATCH_NORM: _batch_norm,
    PhaseKind.ACTIVATION: _activation,
    PhaseKind.DROPOUT: _dropout,
    PhaseKind.DELTA: _delta,
    PhaseKind.GRADIENT: _gradient,
}


def _loss_line(trace: StepTrace) -> str:
    terms = "(outputs - targets) ** 2 / 2" if is_squashed(trace) else _LOSSES[trace.loss_name]
    if trace.sample_weights is not None:
        terms = f"sample_weights[:, None] * ({terms})" if terms[0] != "(" else f"sample_weights[:, None] * {terms}"
    if trace.loss_name == "categorical_cross_entropy":
        return f"loss = np.sum({terms}) / len(inputs)"
    return f"loss = np.mean({terms})"


def _output_delta(trace: StepTrace) -> str:
    weighted = "" if trace.sample_weights is None else "sample_weights[:, None] * "
    factor = "2 * " if trace.loss_name == "mean_squared_error" else ""
    if is_squashed(trace):
        return _squashed_delta(trace, weighted)
    count = "len(inputs)" if trace.loss_name == "categorical_cross_entropy" else "targets.size"
    return f"delta = {weighted}{factor}(outputs - targets) / {count}"


def _squashed_delta(trace: StepTrace, weighted: str) -> str:
    if trace.layers[-1].activation == "sigmoid":
        return f"delta = {weighted}(outputs - targets) * outputs * (1 - outputs) / targets.size"
    mean = "np.sum(outputs * (outputs - targets), axis=1, keepdims=True)"
    return f"delta = {weighted}outputs * (outputs - targets - {mean}) / targets.size"


def _of_norm(trace: StepTrace, layer: int, code: str) -> str:
    """An activation takes what batch norm gave, where there is one."""
    if trace.layers[layer].norm is None:
        return code
    return _PRE_ACTIVATION.sub("u", code)
