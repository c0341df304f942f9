"""What the compiled step does with what it is given, and where NumPy's step trains instead."""

import copy
import pickle
import sys
from dataclasses import fields

import numpy as np
import pytest

from nnplay.errors import DivergedError, InputError
from nnplay.nn import SGD, Adam, Batches, Momentum, NeuralNetwork, StepTrace, make_optimizer
from nnplay.nn.epochs import MOST_STEPS
from nnplay.nn.stretch import Stretch
from tests.nn.compiled.pairs import SWITCHES, Case
from tests.nn.compiled.warm import needs_numba

RATE = np.array([0.1])
ALL = Case("tanh", "categorical_cross_entropy", "own", "adam", "float64", dict.fromkeys(SWITCHES, True))


def moons() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(3)
    X = random.normal(size=(30, 2))
    return X, (X[:, :1] * X[:, 1:] > 0).astype(float)


@needs_numba
@pytest.mark.parametrize("change", [lambda X: X[:, ::-1], lambda X: X.astype("float32"), np.asfortranarray, "locked"])
def test_it_takes_samples_however_they_lie(change) -> None:
    X, Y = moons()
    if change == "locked":
        given = X.copy()
        given.flags.writeable = False
    else:
        given = change(X)
    own, other = (NeuralNetwork([2, 3, 1], seed=1, engine=engine) for engine in ("numpy", "compiled"))
    for network in (own, other):
        network.train(given, Y, 5, 0.5, batch_size=7)
    np.testing.assert_allclose(other.parameters, own.parameters, rtol=1e-9)


@needs_numba
@pytest.mark.parametrize("size", [None, 7])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_samples_that_were_written_to_are_taken_as_they_are_now(dtype: str, size: int | None) -> None:
    own, other = (NeuralNetwork([2, 3, 1], seed=1, dtype=dtype, engine=engine) for engine in ("numpy", "compiled"))
    for network in (own, other):
        X, Y = moons()
        weights, locked, optimizer = np.ones(30), X.view(), SGD(0.5)
        locked.flags.writeable = False
        for _ in range(3):
            network.train(locked, Y, 2, optimizer=optimizer, batch_size=size, sample_weights=weights)
            network.train_step(locked, Y, optimizer, weights)
            X *= 0.5
            weights *= 0.9
    np.testing.assert_allclose(other.parameters, own.parameters, rtol=1e-9 if dtype == "float64" else 1e-4)


@needs_numba
def test_there_is_one_kernel_for_each_precision_and_no_other() -> None:
    """Each takes ten seconds to compile: a sample array of another kind may not bring another one."""
    from nnplay.nn.compiled.step import signature, train

    X, Y = moons()
    X.flags.writeable = Y.flags.writeable = False
    for stack, size in ((None, None), (None, 7), (2, None), (2, 7)):
        network = NeuralNetwork([2, 3, 1], seed=1, stack=stack, engine="compiled")
        rates = 0.5 if stack is None else np.array([0.5, 0.1])
        network.train(np.asfortranarray(X), Y[::-1].astype(np.float32), 2, rates, "adam", size)
        network.train(X, Y, 2, 0.5, batch_size=size, sample_weights=np.ones(30))
    assert set(train.signatures) <= {signature(dtype) for dtype in ("float64", "float32")}


@needs_numba
def test_one_call_of_many_steps_is_many_calls_of_one_to_the_bit() -> None:
    many, single = ALL.network("compiled"), ALL.network("compiled")
    optimizer, other = ALL.optimizer_of_its_own(), ALL.optimizer_of_its_own()
    batches = ALL.batches(many), ALL.batches(single)
    outcome = many.train_batches(batches[0], optimizer, Stretch(43, 99, RATE))
    losses = 0.0
    for _ in range(43):
        losses = single.train_batches(batches[1], other, Stretch(1, 1, RATE, losses)).losses
    np.testing.assert_array_equal(many.parameters, single.parameters)
    assert (outcome.steps, batches[0].position, outcome.losses) == (43, batches[1].position, losses)
    np.testing.assert_array_equal(batches[0].order, batches[1].order)
    np.testing.assert_array_equal(batches[0].X, batches[1].X)


@needs_numba
@pytest.mark.parametrize("size", [None, 16])
def test_training_at_once_is_training_epoch_by_epoch_to_the_bit(size: int | None) -> None:
    X, Y = moons()
    epochs = MOST_STEPS + 7 if size is None else 7
    at_once, by_epoch = (NeuralNetwork([2, 3, 1], "tanh", seed=1, engine="compiled") for _ in range(2))
    optimizer = Momentum(0.1)
    losses = at_once.train(X, Y, epochs, optimizer=Momentum(0.1), batch_size=size, schedule=lambda epoch: 0.999**epoch)
    found = []
    for epoch in range(epochs):
        optimizer.learning_rate = 0.1 * 0.999**epoch
        found.extend(by_epoch.train(X, Y, 1, optimizer=optimizer, batch_size=size))
    np.testing.assert_array_equal(losses, found)
    np.testing.assert_array_equal(at_once.parameters, by_epoch.parameters)


@needs_numba
def test_a_trace_is_the_same_step_with_the_arrays_of_numpys() -> None:
    own, other, plain = ALL.network("numpy"), ALL.network("compiled"), ALL.network("compiled")
    for network in (own, other, plain):
        network.set_unit_enabled(0, 1, enabled=False)
    X, Y = ALL.batches(own).given
    weights = np.linspace(0.5, 1.5, len(X))
    traces = [network.trace_step(X, Y, Momentum(0.1), weights) for network in (own, other)]
    plain.train_step(X, Y, Momentum(0.1), weights)
    np.testing.assert_array_equal(plain.parameters, other.parameters)
    assert_same_record(*traces)


def assert_same_record(one: object, other: object) -> None:
    """All arrays of two traces are alike, of their layers too."""
    for each in fields(one):  # type: ignore[arg-type]
        mine, theirs = getattr(one, each.name), getattr(other, each.name)
        if isinstance(one, StepTrace) and each.name == "layers":
            for layer, same in zip(mine, theirs, strict=True):
                assert_same_record(layer, same)
        elif each.name == "norm" and mine is not None:
            assert_same_record(mine, theirs)
        elif isinstance(mine, np.ndarray | float):
            np.testing.assert_allclose(theirs, mine, rtol=1e-9, atol=1e-12, err_msg=each.name)
        else:
            assert type(mine) is type(theirs), each.name


@needs_numba
def test_a_unit_that_is_off_learns_nothing_and_may_come_on_again() -> None:
    X, Y = moons()
    networks = [NeuralNetwork([2, 4, 1], seed=1, engine=engine) for engine in ("numpy", "compiled")]
    for network in networks:
        network.set_unit_enabled(0, 2, enabled=False)
        network.train(X, Y, 10, 0.5, batch_size=8)
        network.set_unit_enabled(0, 2, enabled=True)
        network.train(X, Y, 10, 0.5, batch_size=8)
    np.testing.assert_allclose(networks[1].parameters, networks[0].parameters, rtol=1e-9)


@needs_numba
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(("rate", "scale"), [(1e5, 1.0), (0.1, 1e30)], ids=["by the rate", "by the samples"])
def test_it_diverges_at_the_same_step_and_keeps_the_last_finite_weights(dtype: str, rate: float, scale: float) -> None:
    X, Y = moons()
    X, Y, ends = (scale * X).astype(dtype), Y.astype(dtype), []
    for engine in ("numpy", "compiled"):
        network = NeuralNetwork([2, 3, 1], "relu", "mean_squared_error", seed=1, dtype=dtype, engine=engine)
        optimizer, steps = SGD(rate), 0
        with pytest.raises(DivergedError) as caught:
            while steps < 100:
                network.train_step(X, Y, optimizer)
                steps += 1
        assert np.isfinite(network.parameters).all()
        ends.append((steps, optimizer.steps, str(caught.value)))
    assert ends[0] == ends[1]


@needs_numba
def test_a_stretch_that_diverges_leaves_what_was_done_before() -> None:
    X, Y = moons()
    own, other = (NeuralNetwork([2, 3, 1], "relu", "mean_squared_error", seed=1, engine="compiled") for _ in range(2))
    optimizer = SGD(30.0)
    batches = Batches(X, Y, 7)
    outcome = own.train_batches(batches, optimizer, Stretch(1000, 1000, np.array([30.0])))
    assert outcome.has_diverged
    assert 0 < outcome.steps < 1000
    same, again = Batches(X, Y, 7), SGD(30.0)
    done = other.train_batches(same, again, Stretch(outcome.steps, 1000, np.array([30.0])))
    assert not done.has_diverged
    np.testing.assert_array_equal(own.parameters, other.parameters)


@needs_numba
def test_copies_and_pickles_go_on_alike() -> None:
    network = ALL.network("compiled")
    X, Y = ALL.batches(network).given
    network.train_step(X, Y, Adam(0.1))
    for made in (network.copy(), copy.deepcopy(network), pickle.loads(pickle.dumps(network))):
        assert made.engine == "compiled"
        trained = network.copy()
        for each in (made, trained):
            each.train(X, Y, 3, 0.1, "adam", batch_size=4)
        np.testing.assert_array_equal(made.parameters, trained.parameters)


@pytest.mark.parametrize(
    "network",
    [
        NeuralNetwork([784, 128, 10], loss="categorical_cross_entropy", engine="compiled"),
        NeuralNetwork([2, 4, 1], engine="numpy"),
    ],
)
def test_wide_layers_are_numpys(network: NeuralNetwork) -> None:
    assert not network.is_compiled(SGD(0.1))


def test_an_optimiser_that_it_does_not_know_is_numpys() -> None:
    class Slow(SGD):
        name = "slow"

    network = NeuralNetwork([2, 4, 1], engine="compiled")
    assert network.is_compiled(make_optimizer("sgd"))
    assert not network.is_compiled(Slow(0.1))


def test_another_engine_is_refused() -> None:
    with pytest.raises(InputError, match="engine is 'fast'; allowed is one of numpy, compiled"):
        NeuralNetwork([2, 4, 1], engine="fast")


def test_without_numba_the_first_step_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("numba", "nnplay.nn.compiled."))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numba", None)
    network = NeuralNetwork([2, 4, 1], seed=1, engine="compiled")
    before = network.parameters.copy()
    with pytest.raises(InputError, match=r"training.engine is 'compiled'; allowed is 'numpy' as long as .*compiled\]"):
        network.train(*moons(), 1)
    np.testing.assert_array_equal(network.parameters, before)
