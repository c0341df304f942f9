"""Bad input is refused at once, by field, value and what is allowed, before anything changed."""

import numpy as np
import pytest

from nnplay.errors import InputError
from nnplay.nn import SGD, NeuralNetwork

X = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
Y = np.array([[1.0], [0.0], [1.0]])


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"layer_sizes": []}, r"layer_sizes is \[\]; allowed is a list of at least two"),
        ({"layer_sizes": [2]}, "layer_sizes is"),
        ({"layer_sizes": 3}, "layer_sizes is 3"),
        ({"layer_sizes": "2,4,1"}, "layer_sizes is '2,4,1'"),
        ({"layer_sizes": None}, "layer_sizes is None"),
        ({"layer_sizes": [2, 0, 1]}, r"layer_sizes\[1\] is 0; allowed is a whole number from 1"),
        ({"layer_sizes": [-2, 4, 1]}, r"layer_sizes\[0\] is -2"),
        ({"layer_sizes": [2, 4, 1.5]}, r"layer_sizes\[2\] is 1.5"),
        ({"layer_sizes": [2, True, 1]}, r"layer_sizes\[1\] is True"),
        ({"activation": "relo"}, "activation is 'relo'; allowed is one of identity, sigmoid, tanh, relu"),
        ({"activation": ["relu", "tanh"]}, "activation is .*1, one per hidden layer"),
        ({"activation": ["relo"]}, r"activation\[0\] is 'relo'"),
        ({"activation": 3}, "activation is 3"),
        ({"loss": "hinge"}, "loss is 'hinge'; allowed is one of binary_cross_entropy, categorical_cross_entropy"),
        ({"initializer": "he"}, "initializer is 'he'; allowed is one of he_normal"),
        ({"initializer_scale": -1.0}, "initializer_scale is -1.0"),
        ({"dtype": "float16"}, "dtype is 'float16'; allowed is one of float64, float32"),
        ({"dropout": 1.0}, "dropout is 1.0; allowed is a number from 0 to below 1"),
        ({"l1": -0.1}, "l1 is -0.1; allowed is a number from 0"),
        ({"l2": float("nan")}, "l2 is nan"),
        ({"l2": True}, "l2 is True"),
        ({"clip_norm": 0.0}, "clip_norm is 0.0; allowed is a number above 0"),
        ({"stack": 0}, "stack is 0"),
        ({"stack": 2.5}, "stack is 2.5"),
        ({"seed": -1}, "seed is -1; allowed is a whole number from 0"),
        ({"seed": "lucky"}, "seed is 'lucky'"),
    ],
)
def test_choices(choices, message):
    with pytest.raises(InputError, match=f"^{message}"):
        NeuralNetwork(**{"layer_sizes": [2, 4, 1]} | choices)


def changed(array, value):
    array = array.copy()
    array[1, 0] = value
    return array


BAD_DATA = [
    (X[:, :1], Y, r"X is 'of shape \(3, 1\)'; allowed is a table of shape \(N, 2\)"),
    (X[0], Y, r"X is 'of shape \(2,\)'"),
    (X[:0], Y[:0], r"X is 'of shape \(0, 2\)'"),
    (X, Y[:, 0], r"Y is 'of shape \(3,\)'; allowed is a table of shape \(N, 1\)"),
    (X, np.hstack([Y, Y]), r"Y is 'of shape \(3, 2\)'"),
    (X, Y[:2], "Y is '2 rows'; allowed is 3 rows"),
    (changed(X, np.nan), Y, r"X\[1, 0\] is nan; allowed is a finite number"),
    (changed(X, np.inf), Y, r"X\[1, 0\] is inf"),
    (X, changed(Y, np.nan), r"Y\[1, 0\] is nan"),
    (X, changed(Y, -np.inf), r"Y\[1, 0\] is -inf"),
    (X, changed(Y, 1.5), "Y is 1.5; allowed is targets from 0 to 1"),
    ([[1.0, 2.0], [3.0]], Y, "X is .*; allowed is numbers"),
    ([["a", "b"]], Y, "X is .*; allowed is numbers"),
    (None, Y, "X is "),
]


@pytest.mark.parametrize(("inputs", "targets", "message"), BAD_DATA)
def test_data(inputs, targets, message):
    network = NeuralNetwork([2, 4, 1], batch_norm=True, seed=0)
    before, optimizer = network.state(), SGD(0.1)
    for change in (
        lambda: network.train(inputs, targets, 3),
        lambda: network.gradients(inputs, targets),
        lambda: network.trace_step(inputs, targets, optimizer),
    ):
        with pytest.raises(InputError, match=f"^{message}"):
            change()
    assert optimizer.steps == 0
    np.testing.assert_array_equal(network.parameters, before.parameters)
    np.testing.assert_array_equal(network.running_means[0], before.running_means[0])


@pytest.mark.parametrize(("inputs", "message"), [(inputs, m) for inputs, _, m in BAD_DATA if m.startswith("X")])
def test_inputs_to_forward(inputs, message):
    with pytest.raises(InputError, match=f"^{message}"):
        NeuralNetwork([2, 4, 1]).forward(inputs)


def test_categorical_rows():
    network = NeuralNetwork([2, 4, 3], loss="categorical_cross_entropy")
    targets = np.array([[1.0, 0.0, 0.0], [0.5, 0.6, 0.0], [0.0, 0.0, 1.0]])
    with pytest.raises(InputError, match=r"^Y\[1\] is \[0.5, 0.6, 0.0\]; allowed is rows .* sum to one"):
        network.train(X, targets, 3)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"epochs": -1}, "epochs is -1"),
        ({"epochs": 2.5}, "epochs is 2.5"),
        ({"batch_size": 0}, "batch_size is 0; allowed is a whole number from 1"),
        ({"batch_size": 1.5}, "batch_size is 1.5"),
        ({"learning_rate": -0.5}, "learning_rate is -0.5"),
        ({"learning_rate": float("inf")}, "learning_rate is inf"),
        ({"learning_rate": [0.1, 0.2]}, r"learning_rate is .*one number for one network"),
        ({"learning_rate": None, "optimizer": "adamax"}, "optimizer is 'adamax'; allowed is one of sgd"),
        ({"learning_rate": 0.1, "optimizer": SGD(0.1)}, "learning_rate is 0.1; allowed is left out"),
    ],
)
def test_training(arguments, message):
    network = NeuralNetwork([2, 4, 1], seed=0)
    before = network.parameters.copy()
    with pytest.raises(InputError, match=f"^{message}"):
        network.train(X, Y, **{"epochs": 3} | arguments)
    np.testing.assert_array_equal(network.parameters, before)


def test_our_errors_are_value_errors_that_name_their_parts():
    with pytest.raises(ValueError, match="layer_sizes") as caught:
        NeuralNetwork([2, 0])
    assert (caught.value.field, caught.value.value) == ("layer_sizes[1]", 0)
