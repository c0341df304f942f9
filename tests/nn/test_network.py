"""The front door: answers, training, settings that change on the way, and moments to come back to."""

import copy
import json

import numpy as np
import pytest

from nnplay.errors import InputError
from nnplay.nn import SGD, Adam, NeuralNetwork

EVERYTHING = {"batch_norm": True, "dropout": 0.3, "l1": 0.01, "l2": 0.02, "clip_norm": 1.0}


def test_the_tutorials_front_door(xor):
    X, Y = xor
    network = NeuralNetwork([2, 4, 1], activation="relu", loss="binary_cross_entropy", initializer="he_normal", seed=1)
    losses = network.train(X, Y, epochs=5000, learning_rate=0.5, optimizer="sgd", batch_size=None)
    assert losses.shape == (5000,)
    assert losses[-1] < 0.01
    assert list(np.round(network.forward(X)[:, 0])) == [0.0, 1.0, 1.0, 0.0]


def test_what_it_is_made_of_can_be_read():
    network = NeuralNetwork([2, 4, 3, 1], ["relu", "tanh"], batch_norm=True)
    assert network.layer_sizes == (2, 4, 3, 1)
    assert network.activations == ("relu", "tanh")
    assert (network.loss_name, network.initializer, network.dtype) == ("binary_cross_entropy", "he_normal", "float64")
    assert NeuralNetwork([2, 1]).activations == ()


@pytest.mark.parametrize(("loss", "total"), [("binary_cross_entropy", None), ("categorical_cross_entropy", 1.0)])
def test_outputs_are_probabilities(generator, loss, total):
    outputs = NeuralNetwork([3, 5, 4], loss=loss, seed=0).forward(generator.normal(size=(6, 3)))
    assert ((outputs > 0.0) & (outputs < 1.0)).all()
    assert total is None or outputs.sum(axis=1) == pytest.approx(total)


def test_losses_are_those_before_each_epochs_updates(xor):
    network, by_hand = NeuralNetwork([2, 4, 1], seed=0), NeuralNetwork([2, 4, 1], seed=0)
    losses = network.train(*xor, 3, learning_rate=0.1)
    expected = []
    for _ in range(3):
        expected.append(by_hand.evaluate(*xor)[0])
        by_hand.train_step(*xor, SGD(0.1))
    assert list(losses) == expected


def test_with_batches_the_loss_is_that_of_all_samples_before_the_epoch(generator):
    X, Y = generator.normal(size=(20, 2)), generator.random((20, 1))
    network = NeuralNetwork([2, 4, 1], seed=0)
    before = network.evaluate(X, Y)[0]
    losses = network.train(X, Y, 2, learning_rate=0.1, batch_size=6)
    assert losses[0] == before
    assert losses[1] != before


def test_gradients_change_nothing_but_the_gradient(xor):
    network = NeuralNetwork([2, 4, 1], batch_norm=True, seed=0)
    before = network.state()
    loss, weights, _ = network.gradients(*xor)
    np.testing.assert_array_equal(network.parameters, before.parameters)
    np.testing.assert_array_equal(network.running_means[0], before.running_means[0])
    kept = weights[0].copy()
    network.train(*xor, 2)
    np.testing.assert_array_equal(weights[0], kept)
    assert loss > 0.0


def test_layer_outputs_are_what_every_layer_answers(generator):
    network = NeuralNetwork([2, 4, 3, 2], ["tanh", "relu"], "mean_squared_error", seed=0)
    X = generator.normal(size=(6, 2))
    first, second, outputs = network.layer_outputs(X)
    np.testing.assert_allclose(first, np.tanh(X @ network.weights[0]), rtol=1e-12)
    np.testing.assert_allclose(second, np.maximum(first @ network.weights[1], 0.0), rtol=1e-12)
    np.testing.assert_array_equal(outputs, network.forward(X))
    kept = first.copy()
    network.layer_outputs(X + 1.0)
    np.testing.assert_array_equal(first, kept)


def test_evaluate_gives_the_loss_without_the_penalty_and_own_outputs(xor):
    X, Y = xor
    network = NeuralNetwork([2, 4, 1], l2=1.0, seed=0)
    loss, outputs = network.evaluate(X, Y)
    assert isinstance(loss, float)
    assert loss == pytest.approx(-(Y * np.log(outputs) + (1 - Y) * np.log(1 - outputs)).mean())
    np.testing.assert_array_equal(outputs, network.forward(X))
    assert network.objective(X, Y) == pytest.approx(loss + network.penalty())


def test_float32_follows_float64_and_stays_float32(xor):
    wide = NeuralNetwork([2, 4, 1], "tanh", batch_norm=True, seed=0)
    narrow = wide.copy("float32")
    one, other = (
        wide.train(*xor, 50, optimizer="adam", learning_rate=0.01),
        narrow.train(*xor, 50, optimizer="adam", learning_rate=0.01),
    )
    np.testing.assert_allclose(one, other, rtol=1e-4)
    assert narrow.parameters.dtype == narrow.gradient.dtype == narrow.forward(xor[0]).dtype == np.float32


def test_many_batch_sizes_keep_few_arrays(generator):
    network = NeuralNetwork([2, 4, 1], seed=0)
    for n in range(1, 40):
        network.train(generator.normal(size=(n, 2)), generator.random((n, 1)), 1)
    assert network.workspace.cache_info().currsize == 8


def test_settings_take_effect_at_the_next_step(xor):
    changed, fresh = NeuralNetwork([2, 4, 1], seed=0), NeuralNetwork([2, 4, 1], seed=0, l1=0.1, l2=0.2, clip_norm=0.3)
    changed.l1, changed.l2, changed.clip_norm = 0.1, 0.2, 0.3
    changed.train(*xor, 3)
    fresh.train(*xor, 3)
    np.testing.assert_array_equal(changed.parameters, fresh.parameters)


@pytest.mark.parametrize(("field", "value"), [("l1", -1.0), ("l2", float("inf")), ("clip_norm", 0.0), ("dropout", 1.0)])
def test_settings_are_checked(field, value):
    network = NeuralNetwork([2, 4, 1])
    before = getattr(network, field)
    with pytest.raises(InputError, match=rf"^{field} is "):
        setattr(network, field, value)
    assert getattr(network, field) == before


def test_a_unit_that_is_off_answers_zero_and_passes_no_gradient(xor):
    network = NeuralNetwork([2, 4, 3, 1], "sigmoid", batch_norm=True, seed=0)
    network.set_unit_enabled(0, 2, False)
    assert network.disabled_units == {(0, 2)}
    before = network.parameters.copy()
    assert (network.layer_outputs(xor[0])[0][:, 2] == 0.0).all()
    _, weights, biases = network.gradients(*xor)
    assert (weights[0][:, 2] == 0.0).all()
    assert (weights[1][2] == 0.0).all()
    assert biases[0][2] == 0.0
    assert (weights[0][:, 1] != 0.0).any()
    network.set_unit_enabled(0, 2, True)
    assert network.disabled_units == frozenset()
    assert (network.layer_outputs(xor[0])[0][:, 2] > 0.0).all()
    np.testing.assert_array_equal(network.parameters, before)


def test_a_unit_that_is_off_is_as_if_it_were_not_there(xor):
    network, smaller = NeuralNetwork([2, 4, 1], "tanh", seed=0), NeuralNetwork([2, 3, 1], "tanh", seed=0)
    network.set_unit_enabled(0, 1, False)
    rest = [0, 2, 3]
    smaller.weights[0][...], smaller.weights[1][...] = network.weights[0][:, rest], network.weights[1][rest]
    np.testing.assert_allclose(network.train(*xor, 20), smaller.train(*xor, 20), rtol=1e-12)


@pytest.mark.parametrize(
    ("layer", "unit", "field"), [(1, 0, "layer"), (-1, 0, "layer"), (0, 4, "unit"), (0, -1, "unit")]
)
def test_only_hidden_units_can_be_switched(layer, unit, field):
    with pytest.raises(InputError, match=rf"^{field} is "):
        NeuralNetwork([2, 4, 1]).set_unit_enabled(layer, unit, False)


def test_a_restored_run_goes_on_bit_for_bit(generator):
    X, Y = generator.normal(size=(30, 2)), generator.random((30, 1))
    network, optimizer = NeuralNetwork([2, 6, 4, 1], "silu", seed=0, **EVERYTHING), Adam(0.01)
    network.train(X, Y, 3, optimizer=optimizer, batch_size=8)
    state, memory = network.state(), optimizer.snapshot()
    losses = network.train(X, Y, 5, optimizer=optimizer, batch_size=8)
    parameters, means = network.parameters.copy(), network.running_means[0].copy()

    network.restore(state)
    optimizer.restore(memory)
    again = network.train(X, Y, 5, optimizer=optimizer, batch_size=8)
    np.testing.assert_array_equal(again, losses)
    np.testing.assert_array_equal(network.parameters, parameters)
    np.testing.assert_array_equal(network.running_means[0], means)

    other, fresh = NeuralNetwork([2, 6, 4, 1], "silu", seed=99, **EVERYTHING), Adam(0.01)
    other.restore(state)
    fresh.restore(memory)
    np.testing.assert_array_equal(other.train(X, Y, 5, optimizer=fresh, batch_size=8), losses)


def test_two_runs_of_one_seed_are_the_same_to_the_last_bit(generator):
    X, Y = generator.normal(size=(30, 2)), generator.random((30, 1))
    runs = [NeuralNetwork([2, 6, 1], seed=4, **EVERYTHING) for _ in range(2)]
    one, other = (network.train(X, Y, 10, optimizer="adam", batch_size=8) for network in runs)
    np.testing.assert_array_equal(one, other)


def test_the_generators_state_is_plain_data():
    state = NeuralNetwork([2, 4, 1], seed=0).state()
    assert json.loads(json.dumps(state.generator)) == state.generator


@pytest.mark.parametrize("other", [NeuralNetwork([2, 5, 1]), NeuralNetwork([2, 4, 1], batch_norm=True)])
def test_a_state_of_another_structure_is_refused(other):
    network = NeuralNetwork([2, 4, 1], seed=0)
    before = network.parameters.copy()
    with pytest.raises(InputError, match=r"^state is "):
        network.restore(other.state())
    np.testing.assert_array_equal(network.parameters, before)


def test_a_copy_goes_its_own_way_and_the_same_one(generator):
    X, Y = generator.normal(size=(30, 2)), generator.random((30, 1))
    network = NeuralNetwork([2, 6, 1], "elu", seed=0, **EVERYTHING)
    network.set_unit_enabled(0, 1, False)
    network.train(X, Y, 2, batch_size=8)
    copied = network.copy()
    np.testing.assert_array_equal(copied.train(X, Y, 3, batch_size=8), network.copy().train(X, Y, 3, batch_size=8))
    assert copied.disabled_units == network.disabled_units
    assert (copied.parameters != network.parameters).any()


def test_a_generator_can_be_given(generator):
    same = copy.deepcopy(generator)
    one, other = NeuralNetwork([2, 4, 1], seed=generator), NeuralNetwork([2, 4, 1], seed=same)
    assert one.generator is generator
    np.testing.assert_array_equal(one.parameters, other.parameters)


def test_nothing_touches_the_global_random_state(xor):
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    NeuralNetwork([2, 4, 1], dropout=0.5, seed=0).train(*xor, 2, batch_size=2)
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002


def test_lists_and_whole_numbers_are_taken(xor):
    X, Y = xor
    network = NeuralNetwork([2, 4, 1], seed=0)
    np.testing.assert_array_equal(network.forward(X.astype(int).tolist()), network.forward(X))
    assert network.gradients(X.astype(bool), Y.astype(np.int8))[0] == network.gradients(X, Y)[0]
