"""The lines of NumPy are run, and make the arrays of the step."""

import numpy as np
import pytest

from nnplay.nn import StepTrace
from nnplay.nn.activations import ACTIVATIONS
from nnplay.nn.losses import LOSSES, OUTPUTS
from nnplay.nn.optimizers import OPTIMIZERS
from nnplay.training.arithmetic.numpy_lines import numpy_line
from nnplay.training.phases import PhaseKind, phases_of
from tests.training.arithmetic.steps import traced


def run_and_compare(trace: StepTrace) -> None:
    """Run every phase with what it takes, and compare what comes out."""
    for phase in phases_of(trace):
        if phase.kind is PhaseKind.INPUTS:
            continue
        names, expected = _names(trace, phase.kind, phase.layer), _expected(trace, phase.kind, phase.layer)
        exec(numpy_line(trace, phase), {"np": np}, names)
        for name, array in expected.items():
            np.testing.assert_allclose(names[name], array, rtol=1e-11, atol=1e-14, err_msg=numpy_line(trace, phase))


@pytest.mark.parametrize("batch_norm", [False, True])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation(activation, batch_norm):
    run_and_compare(traced(1, activation=activation, batch_norm=batch_norm))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer(optimizer):
    run_and_compare(traced(1, optimizer=optimizer, steps=3))


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("weighted", [False, True])
def test_squared_errors_of_squashed_outputs(output, weighted):
    run_and_compare(traced(2, loss="mean_squared_error", output=output, weighted=weighted, outputs=3))


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss(loss, weighted):
    run_and_compare(traced(2, loss=loss, weighted=weighted, outputs=3))


@pytest.mark.parametrize(
    "choices",
    [{"dropout": 0.4}, {"off": (0, 1)}, {"clip_norm": 0.01}, {"l1": 0.02}, {"l2": 0.3, "l1": 0.1, "batch_norm": True}],
    ids=str,
)
def test_what_else_a_step_may_have(choices):
    run_and_compare(traced(3, **choices))


class _Drawn:
    """A generator that draws what was drawn in the step."""

    def __init__(self, mask: np.ndarray) -> None:
        self._mask = mask

    def random(self, shape: tuple[int, ...]) -> np.ndarray:
        assert shape == self._mask.shape
        return np.where(self._mask > 0, 0.0, 1.0)


def _names(trace: StepTrace, kind: PhaseKind, layer: int | None) -> dict[str, object]:
    """What a phase finds there."""
    names: dict[str, object] = {
        "sample_weights": trace.sample_weights, "targets": trace.targets, "inputs": trace.inputs,
        "outputs": trace.outputs, "z": trace.logits, "learning_rate": trace.learning_rate, "t": trace.step,
        "parameters": trace.parameters_before.copy(), "gradient": trace.gradient.copy(), **trace.hyperparameters,
    }  # fmt: skip
    letters = {"velocity": "v", "squared_sum": "s", "squared_average": "s", "first_moment": "m", "second_moment": "v"}
    names |= {letters[name]: array.copy() for name, array in trace.optimizer_before.items()}
    if layer is None:
        record = trace.layers[0]
        names |= {"weights": record.weights_before, "weight_gradient": record.inputs.T @ record.delta}
        if kind is PhaseKind.CLIPPING:  # the longer gradient, which points the same way
            names["gradient"] = trace.gradient * (float(trace.gradient_norm) / np.linalg.norm(trace.gradient))
        return names
    record = trace.layers[layer]
    names |= {
        "inputs": record.inputs, "weights": record.weights_before, "biases": record.biases_before, "z": record.z,
        "a": record.a, "derivative": record.derivative, "delta": record.delta, "mask": record.mask, "enabled": 1.0,
    }  # fmt: skip
    if record.mask is not None:
        names["rng"] = _Drawn(record.mask)
        names["enabled"] = (record.mask > 0).astype(float) if not trace.dropout else 1.0
    if record.norm is not None:
        names |= {"gamma": record.norm.gamma, "beta": record.norm.beta, "x_hat": record.norm.normalized}
        names |= {"u": record.norm.output, "norm_delta": record.norm.delta}
    if layer + 1 < len(trace.layers):
        behind = trace.layers[layer + 1]
        names |= {"next_delta": behind.delta, "next_weights": behind.weights_before}
    return names


def _expected(trace: StepTrace, kind: PhaseKind, layer: int | None) -> dict[str, object]:
    """What it leaves."""
    record = trace.layers[layer or 0]
    match kind:
        case PhaseKind.PRE_ACTIVATION:
            return {"z": record.z}
        case PhaseKind.BATCH_NORM:
            assert record.norm is not None
            return {"x_hat": record.norm.normalized, "u": record.norm.output}
        case PhaseKind.ACTIVATION:
            return {"outputs": record.a} if layer == len(trace.layers) - 1 else {"a": record.a}
        case PhaseKind.DROPOUT:
            return {"outputs": record.outputs}
        case PhaseKind.LOSS:
            return {"loss": trace.loss}
        case PhaseKind.DELTA:
            return {"delta": record.delta}
        case PhaseKind.GRADIENT if trace.clip_norm is not None or trace.l1 or trace.l2:
            return {}
        case PhaseKind.GRADIENT:
            found = {"weight_gradient": record.weight_gradient, "bias_gradient": record.bias_gradient}
            norms = {"gamma_gradient": record.gamma_gradient, "beta_gradient": record.beta_gradient}
            return found if record.norm is None else found | norms
        case PhaseKind.PENALTY:
            return {"weight_gradient": record.weight_gradient}
        case PhaseKind.CLIPPING:
            return {"gradient": trace.gradient}
    return {"parameters": trace.parameters_after}
