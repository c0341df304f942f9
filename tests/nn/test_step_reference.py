"""A trace's numbers are those that PyTorch's autograd finds for the same step; `tests/reference/step_cases.py`."""

import json
from pathlib import Path

import numpy as np
import pytest

from nnplay.nn import SGD, NeuralNetwork, StepTrace
from nnplay.nn.activations import ACTIVATIONS
from nnplay.nn.dropout import Dropout
from nnplay.nn.losses import LOSSES
from tests.nn.compiled.warm import needs_numba

CASES = json.loads((Path(__file__).parents[1] / "reference" / "step_cases.json").read_text())
TOLERANCE = 1e-9


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_array_of_a_step_is_that_of_pytorch(case, monkeypatch):
    assert_that_of_pytorch(case, traced(case, monkeypatch))


@needs_numba
@pytest.mark.parametrize("case", [case for case in CASES if not case["dropout"]], ids=lambda case: case["name"])
def test_every_array_of_a_compiled_step_is_too(case, monkeypatch):
    assert_that_of_pytorch(case, traced(case, monkeypatch, "compiled"))


def assert_that_of_pytorch(case, trace):
    expected = case["expected"]
    hidden, norms = trace.layers[:-1], [layer.norm for layer in trace.layers if layer.norm is not None]
    assert trace.loss == pytest.approx(expected["loss"], rel=TOLERANCE)
    assert float(trace.penalty) == pytest.approx(expected["penalty"], rel=TOLERANCE)
    assert float(trace.gradient_norm) == pytest.approx(expected["gradient_norm"], rel=TOLERANCE)
    assert_alike([trace.outputs], [expected["network_outputs"]])
    assert_alike([layer.z for layer in trace.layers], expected["z"])
    assert_alike([layer.a for layer in hidden], expected["a"])
    assert_alike([layer.outputs for layer in hidden], expected["outputs"])
    assert_alike([norm.output for norm in norms], expected["norm_outputs"])
    assert_alike([norm.delta for norm in norms], expected["norm_deltas"])
    assert_alike([layer.delta for layer in trace.layers], expected["deltas"])
    assert_alike([layer.weight_gradient for layer in trace.layers], expected["weights_gradients"])
    assert_alike([layer.bias_gradient for layer in trace.layers], expected["biases_gradients"])
    if norms:
        assert_alike([layer.gamma_gradient for layer in hidden], expected["gammas_gradients"])
        assert_alike([layer.beta_gradient for layer in hidden], expected["betas_gradients"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_gradient_by_what_a_layer_gave_is_that_of_pytorch(case, monkeypatch):
    """PyTorch's is that of what stands behind the mask, the trace's that of what stands before it."""
    for i, layer in enumerate(traced(case, monkeypatch).layers[:-1]):
        behind = np.array(case["expected"]["outputs_gradients"][i])
        mask = 1.0 if case["masks"] is None else np.array(case["masks"][i])
        assert_alike([layer.outputs_gradient], [behind * mask])


def test_every_activation_and_loss_has_a_case():
    assert {case["activation"] for case in CASES} == set(ACTIVATIONS)
    assert {case["loss"] for case in CASES} == set(LOSSES)
    assert {case["loss"] for case in CASES if case["sample_weights"]} == set(LOSSES)


def traced(case: dict, monkeypatch: pytest.MonkeyPatch, engine: str = "numpy") -> StepTrace:
    """The case's step; dropout draws the case's masks."""
    choices = {key: case[key] for key in ("activation", "loss", "batch_norm", "dropout", "l1", "l2", "clip_norm")}
    network = NeuralNetwork(case["layer_sizes"], **choices, engine=engine)
    for name, arrays in case["parameters"].items():
        for own, start in zip(getattr(network, name), arrays, strict=True):
            own[...] = start
    if case["off"] is not None:
        network.set_unit_enabled(*case["off"], enabled=False)
    if case["dropout"]:
        masks = iter(case["masks"])
        monkeypatch.setattr(Dropout, "draw", lambda _, mask: mask.__setitem__(..., next(masks)))
    return network.trace_step(case["X"], case["Y"], SGD(0.1), case["sample_weights"])


def assert_alike(arrays, expected):
    """Relative to 1e-9 each; what rounding leaves of a zero is held against the layer's largest number."""
    for own, other in zip(arrays, expected, strict=True):
        scale = max(np.abs(other).max(), 1e-6)
        np.testing.assert_allclose(own, other, rtol=TOLERANCE, atol=TOLERANCE * scale)
