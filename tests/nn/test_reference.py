"""nnplay meets the cases that PyTorch computed, and the tutorial's own run."""

import json
from pathlib import Path

import numpy as np
import pytest

from nnplay.nn import SGD, NeuralNetwork, make_optimizer
from tests.nn.compiled.warm import needs_numba

REFERENCE = Path(__file__).parent.parent / "reference"
CASES = json.loads((REFERENCE / "training_cases.json").read_text())
ACTIVATION_CASES = json.loads((REFERENCE / "activation_cases.json").read_text())
"""Mish, Gaussian and step, each as it is, behind batch norm, and far from 0; PyTorch 2.13.0 in float64, too."""
TOLERANCE = 1e-9
ARTICLE_TOLERANCE = 1e-6


@pytest.mark.parametrize("case", [*CASES, *ACTIVATION_CASES], ids=lambda case: case["name"])
def test_gradients_losses_weights_and_logits_are_those_of_pytorch(case):
    assert_those_of_pytorch(case, network_of(case))


@needs_numba
@pytest.mark.parametrize("case", [*CASES, *ACTIVATION_CASES], ids=lambda case: case["name"])
def test_compiled_steps_are_those_of_pytorch_too(case):
    network = network_of(case, "compiled")
    assert network.is_compiled(make_optimizer(case["optimizer"], **case["hyperparameters"]))
    assert_those_of_pytorch(case, network)


def assert_those_of_pytorch(case, network):
    X, Y = np.array(case["X"]), np.array(case["Y"])
    steps = len(case["losses"])
    optimizer = make_optimizer(case["optimizer"], **case["hyperparameters"])

    loss, weight_gradients, bias_gradients = network.gradients(X, Y)
    assert loss == pytest.approx(case["losses"][0], rel=TOLERANCE)
    assert_alike(weight_gradients, case["first_gradients"]["weights"])
    assert_alike(bias_gradients, case["first_gradients"]["biases"])

    losses = list(network.train(X, Y, 1, optimizer=optimizer))
    assert_parameters(network, case["after_1_step"])
    losses += list(network.train(X, Y, steps - 1, optimizer=optimizer))
    assert_parameters(network, case[f"after_{steps}_steps"])
    assert losses == pytest.approx(case["losses"], rel=TOLERANCE)
    assert_alike([network.forward(X)], [outputs_of(case["loss"], np.array(case["final_logits"]))])


def test_22_cases_were_found():
    assert len(CASES) == 22


def test_3_cases_for_each_of_3_activations_were_found():
    assert sorted(case["activation"] for case in ACTIVATION_CASES) == 3 * ["gaussian"] + 3 * ["mish"] + 3 * ["step"]


def test_the_tutorials_run_on_xor(article, xor):
    """Its losses carry log(p + 1e-8), hence 1e-6; its predictions are those before the last update."""
    X, Y = xor
    network = NeuralNetwork(article["layer_sizes"])
    for weights, start in zip(network.weights, article["initial_weights"], strict=True):
        weights[...] = start
    optimizer = SGD(article["learning_rate"])
    losses = network.train(X, Y, article["epochs"] - 1, optimizer=optimizer)
    predictions = network.forward(X)
    losses = np.append(losses, network.train(X, Y, 1, optimizer=optimizer))
    np.testing.assert_allclose(predictions[:, 0], article["final_predictions"], rtol=0, atol=ARTICLE_TOLERANCE)
    for epoch, loss in article["loss_at_epoch"].items():
        assert losses[int(epoch)] == pytest.approx(loss, abs=ARTICLE_TOLERANCE), epoch


def outputs_of(loss, logits):
    """The final logits are of the network at rest: with batch norm they need the running statistics to be right."""
    if loss == "binary_cross_entropy":
        return 1.0 / (1.0 + np.exp(-logits))
    if loss == "categorical_cross_entropy":
        return np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return logits


def network_of(case, engine="numpy"):
    network = NeuralNetwork(
        case["layer_sizes"],
        activation=case["activation"],
        loss=case["loss"],
        l1=case["l1"],
        l2=case["l2"],
        batch_norm=case["batch_norm"],
        engine=engine,
    )
    for own, start in zip(network.weights, case["initial"]["weights"], strict=True):
        own[...] = start
    for own, start in zip(network.biases, case["initial"]["biases"], strict=True):
        own[...] = start
    return network


def assert_parameters(network, expected):
    assert_alike(network.weights, expected["weights"])
    assert_alike(network.biases, expected["biases"])


def assert_alike(arrays, expected):
    """Relative to 1e-9 each; what rounding leaves of a zero (a bias before batch norm) is held against the layer."""
    for own, other in zip(arrays, expected, strict=True):
        other = np.array(other)
        scale = max(np.abs(other).max(), 1e-6)
        np.testing.assert_allclose(own, other, rtol=TOLERANCE, atol=TOLERANCE * scale)
