"""A compiled stack is NumPy's stack, and each of its networks the one that is trained alone, to the bit."""

import numpy as np
import pytest

from nnplay.errors import DivergedError
from nnplay.nn import OPTIMIZERS, SGD, Batches, NeuralNetwork, make_optimizer
from nnplay.nn.stretch import Stretch, StretchOutcome
from tests.nn.compiled.warm import needs_numba

pytestmark = needs_numba
K, SAMPLES, EPOCHS = 5, 13, 9
RATES = np.array([0.01, 0.03, 0.1, 0.2, 0.05])
WEIGHTS = np.linspace(0.0, 2.0, SAMPLES)
CHOICES = {"plain": {}, "all": {"batch_norm": True, "l1": 0.002, "l2": 0.01, "clip_norm": 0.3}}


def samples() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(1)
    return random.normal(size=(SAMPLES, 2)), random.random((SAMPLES, 2))


def stack(engine: str = "compiled", **choices: object) -> NeuralNetwork:
    return NeuralNetwork([2, 5, 4, 2], "tanh", seed=3, stack=K, engine=engine, **choices)


def trained(
    network: NeuralNetwork, optimizer: str, size: int | None, rates: np.ndarray, steps: int
) -> tuple[StretchOutcome, Batches]:
    batches = Batches(*samples(), size, network.least_batch, WEIGHTS)
    made = make_optimizer(optimizer, learning_rate=rates if rates.ndim else float(rates))
    return network.train_batches(batches, made, Stretch(steps, steps, rates[..., None])), batches


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("choices", CHOICES.values(), ids=CHOICES)
def test_it_is_numpys(optimizer: str, choices: dict[str, object]) -> None:
    for size in (None, 5):
        own, other = networks = stack("numpy", **choices), stack(**choices)
        losses = []
        for network in networks:
            network.set_unit_enabled(0, 1, enabled=False)
            assert network.is_compiled(SGD(0.1)) is (network.engine == "compiled")
            losses.append(network.train(*samples(), EPOCHS, RATES / 10, optimizer, size, sample_weights=WEIGHTS))
        if not own.batch_norm:  # behind it what rounding leaves of a bias' gradient drives the running means anywhere
            np.testing.assert_allclose(losses[1], losses[0], rtol=1e-9)
        for mine, theirs in zip(own.weights, other.weights, strict=True):
            np.testing.assert_allclose(theirs, mine, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(other.objective(*samples()), own.objective(*samples()), rtol=1e-9)
        assert own.generator.bit_generator.state == other.generator.bit_generator.state


@pytest.mark.parametrize("size", [None, 4])
@pytest.mark.parametrize("choices", CHOICES.values(), ids=CHOICES)
def test_each_is_the_one_that_is_trained_alone_to_the_bit(size: int | None, choices: dict[str, object]) -> None:
    whole = stack(**choices)
    alone = [whole.member(k) for k in range(K)]
    outcome, batches = trained(whole, "adam", size, RATES, 47)
    assert outcome.epoch_losses.shape == (47 // batches.count, K)
    for k, network in enumerate(alone):
        own, same = trained(network, "adam", size, RATES[k], 47)
        np.testing.assert_array_equal(whole.parameters[k], network.parameters)
        np.testing.assert_array_equal(outcome.epoch_losses[:, k], own.epoch_losses)
        assert (outcome.steps, outcome.loss[k], outcome.losses[k]) == (own.steps, own.loss, own.losses)
        assert batches.position == same.position


@pytest.mark.parametrize("size", [None, 4])
def test_neither_threads_nor_pieces_change_a_bit(size: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    from nnplay.nn.compiled import stack as module

    whole, shared, pieces = stack(), stack(), stack()
    trained(whole, "sgd", size, RATES, 23)
    with monkeypatch.context() as patch:
        patch.setattr(module, "LEAST_STEPS", 1)
        patch.setattr(module, "_threads", lambda: 3)
        trained(shared, "sgd", size, RATES, 23)
    batches, optimizer, losses = Batches(*samples(), size, weights=WEIGHTS), SGD(RATES), 0.0
    for steps in (1, 5, 17):
        losses = pieces.train_batches(batches, optimizer, Stretch(steps, 99, RATES[:, None], losses)).losses
    for other in (shared, pieces):
        np.testing.assert_array_equal(whole.parameters, other.parameters)


def test_one_that_diverges_stands_still_and_where_all_do_that_is_said() -> None:
    X, Y = samples()
    rates, ends = np.array([0.1, 1e200, 0.2, 1e200, 0.05]), []
    for engine in ("numpy", "compiled"):
        network = NeuralNetwork([2, 5, 2], "relu", "mean_squared_error", seed=3, stack=K, engine=engine)
        losses = network.train(X, Y, 30, rates)
        assert network.diverged.tolist() == [False, True, False, True, False]
        with pytest.raises(DivergedError, match="all 5 networks of the stack"):
            network.train(X, Y, 30, 1e200)
        assert np.isfinite(network.parameters).all()
        ends.append((losses, network.parameters.copy()))
    np.testing.assert_allclose(ends[1][0], ends[0][0], rtol=1e-9)
    np.testing.assert_allclose(ends[1][1], ends[0][1], rtol=1e-9)


def test_with_dropout_and_in_a_trace_it_is_numpys() -> None:
    dropping = [stack(engine, dropout=0.3) for engine in ("numpy", "compiled")]
    assert not dropping[1].is_compiled(SGD(0.1))
    traced = [network.trace_step(*samples(), SGD(0.1)) for network in (*dropping, stack("numpy"), stack())]
    for own, other in zip(traced[::2], traced[1::2], strict=True):
        np.testing.assert_array_equal(own.parameters_after, other.parameters_after)
        np.testing.assert_array_equal(own.layers[0].outputs, other.layers[0].outputs)
