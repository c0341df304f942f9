"""Each optimiser beside two steps computed by hand with plain numbers, as its paper writes them."""

import math

import numpy as np
import pytest

from nnplay.errors import InputError
from nnplay.nn import OPTIMIZERS, SGD, AdaGrad, Adam, AdamW, Momentum, Nesterov, OptimizerState, RMSProp, make_optimizer

W = np.array([0.8, -1.5, 0.3])
GRADIENTS = (np.array([0.4, -0.2, 0.0]), np.array([-0.1, -0.3, 0.5]))
ETA = 0.1
EPSILON = 1e-8

every = pytest.mark.parametrize("name", OPTIMIZERS)


def two_steps(optimizer):
    w = W.copy()
    for g in GRADIENTS:
        w -= optimizer.update(w, g)
    return w


def assert_as_by_hand(optimizer, by_hand):
    """`by_hand` does two steps on one parameter: (w, first gradient, second gradient) → w."""
    expected = [by_hand(w, g1, g2) for w, g1, g2 in zip(W, *GRADIENTS, strict=True)]
    np.testing.assert_allclose(two_steps(optimizer), expected, rtol=1e-12)


def test_sgd_is_robbins_and_monro_1951():
    assert_as_by_hand(SGD(ETA), lambda w, g1, g2: w - ETA * g1 - ETA * g2)


def test_momentum_is_polyak_1964():
    def by_hand(w, g1, g2):
        v1 = g1
        v2 = 0.8 * v1 + g2
        return w - ETA * v1 - ETA * v2

    assert_as_by_hand(Momentum(ETA, momentum=0.8), by_hand)


def test_nesterov_is_sutskever_et_al_2013_as_pytorch_writes_it():
    def by_hand(w, g1, g2):
        v1 = g1
        w = w - ETA * (g1 + 0.8 * v1)
        v2 = 0.8 * v1 + g2
        return w - ETA * (g2 + 0.8 * v2)

    assert_as_by_hand(Nesterov(ETA, momentum=0.8), by_hand)


def test_adagrad_is_duchi_hazan_and_singer_2011():
    def by_hand(w, g1, g2):
        s1 = g1**2
        w = w - ETA * g1 / (math.sqrt(s1) + EPSILON)
        s2 = s1 + g2**2
        return w - ETA * g2 / (math.sqrt(s2) + EPSILON)

    assert_as_by_hand(AdaGrad(ETA), by_hand)


def test_rmsprop_is_tieleman_and_hinton_2012():
    def by_hand(w, g1, g2):
        s1 = 0.1 * g1**2
        w = w - ETA * g1 / (math.sqrt(s1) + EPSILON)
        s2 = 0.9 * s1 + 0.1 * g2**2
        return w - ETA * g2 / (math.sqrt(s2) + EPSILON)

    assert_as_by_hand(RMSProp(ETA, rho=0.9), by_hand)


def adam_step(w, m, v, g, t, decay=0.0):
    """Algorithm 1 of Kingma & Ba, 2015; with the decay of Loshchilov & Hutter, 2019."""
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g**2
    m_hat, v_hat = m / (1.0 - 0.9**t), v / (1.0 - 0.999**t)
    return w - ETA * decay * w - ETA * m_hat / (math.sqrt(v_hat) + EPSILON), m, v


def test_adam_is_kingma_and_ba_2015():
    def by_hand(w, g1, g2):
        w, m, v = adam_step(w, 0.0, 0.0, g1, 1)
        return adam_step(w, m, v, g2, 2)[0]

    assert_as_by_hand(Adam(ETA), by_hand)


def test_adamw_is_loshchilov_and_hutter_2019():
    def by_hand(w, g1, g2):
        w, m, v = adam_step(w, 0.0, 0.0, g1, 1, decay=0.05)
        return adam_step(w, m, v, g2, 2, decay=0.05)[0]

    assert_as_by_hand(AdamW(ETA, weight_decay=0.05), by_hand)


def test_adams_first_step_is_the_learning_rate_long():
    """The correction of the start at zero divides by 1 − βᵗ; multiplying by it would make this step tiny."""
    update = Adam(ETA).update(W, GRADIENTS[0])
    np.testing.assert_allclose(np.abs(update), [ETA, ETA, 0.0], rtol=1e-6)


def test_memory_is_public_and_named():
    optimizer = Adam(ETA)
    assert optimizer.state == {}
    optimizer.update(W, GRADIENTS[0])
    np.testing.assert_allclose(optimizer.state["first_moment"], 0.1 * GRADIENTS[0])
    np.testing.assert_allclose(optimizer.state["second_moment"], 0.001 * GRADIENTS[0] ** 2)
    assert optimizer.steps == 1


@every
def test_a_snapshot_goes_on_bit_for_bit(name):
    optimizer, fresh = make_optimizer(name, learning_rate=ETA), make_optimizer(name, learning_rate=ETA)
    two_steps(optimizer)
    snapshot = optimizer.snapshot()
    expected = two_steps(optimizer)
    two_steps(optimizer)  # the snapshot has arrays of its own
    fresh.restore(snapshot)
    np.testing.assert_array_equal(two_steps(fresh), expected)
    optimizer.restore(snapshot)
    np.testing.assert_array_equal(two_steps(optimizer), expected)


@every
def test_reset_forgets(name):
    optimizer = make_optimizer(name, learning_rate=ETA)
    expected = two_steps(optimizer)
    optimizer.reset()
    assert (optimizer.steps, optimizer.state) == (0, {})
    np.testing.assert_array_equal(two_steps(optimizer), expected)


@every
def test_a_new_learning_rate_keeps_the_memory(name):
    optimizer = make_optimizer(name, learning_rate=0.0)
    np.testing.assert_array_equal(two_steps(optimizer), W)
    memory = optimizer.snapshot()
    optimizer.learning_rate = ETA
    assert optimizer.steps == memory.steps
    assert all((optimizer.state[key] == memory.arrays[key]).all() for key in memory.arrays)
    assert (optimizer.update(W, GRADIENTS[1]) != 0.0).any()


@every
def test_each_network_of_a_stack_can_have_its_own_learning_rate(name):
    rates = np.array([0.1, 0.02])
    stacked = make_optimizer(name, learning_rate=rates)
    w = np.stack([W, W])
    for g in GRADIENTS:
        w -= stacked.update(w, np.stack([g, g]))
    alone = [two_steps(make_optimizer(name, learning_rate=float(rate))) for rate in rates]
    np.testing.assert_allclose(w, alone, rtol=1e-14)


@every
def test_precision_is_that_of_the_parameters(name):
    optimizer = make_optimizer(name, learning_rate=ETA)
    update = optimizer.update(W.astype(np.float32), GRADIENTS[0].astype(np.float32))
    assert update.dtype == np.float32
    assert all(array.dtype == np.float32 for array in optimizer.state.values())


def test_hyperparameters_can_change_at_any_time():
    optimizer = Momentum(ETA, momentum=0.9)
    optimizer.update(W, GRADIENTS[0])
    optimizer.momentum = 0.5
    optimizer.update(W, GRADIENTS[1])
    np.testing.assert_allclose(optimizer.state["velocity"], 0.5 * GRADIENTS[0] + GRADIENTS[1])


def test_an_unknown_optimizer_names_the_known_ones():
    with pytest.raises(
        InputError, match=r"optimizer is 'adamax'.*sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw"
    ):
        make_optimizer("adamax")


def test_a_number_that_the_optimizer_does_not_have():
    with pytest.raises(InputError, match=r"momentum is 0.9.*adam one of learning_rate, beta_1"):
        make_optimizer("adam", momentum=0.9)


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("sgd", {"learning_rate": -0.1}),
        ("sgd", {"learning_rate": math.nan}),
        ("sgd", {"learning_rate": "fast"}),
        ("momentum", {"momentum": 1.0}),
        ("adam", {"beta_1": -0.1}),
        ("adam", {"beta_2": 1.0}),
        ("adam", {"epsilon": 0.0}),
        ("rmsprop", {"rho": 1.5}),
        ("adamw", {"weight_decay": -1.0}),
    ],
)
def test_numbers_out_of_range_are_refused(name, bad):
    (field,) = bad
    with pytest.raises(InputError, match=f"^{field} is "):
        make_optimizer(name, **bad)


def test_parameters_of_another_shape_begin_anew():
    optimizer = Adam(ETA)
    two_steps(optimizer)
    np.testing.assert_allclose(optimizer.update(np.ones(5), np.ones(5)), ETA)
    assert optimizer.steps == 1


def test_a_snapshot_read_back_in_another_precision_is_kept():
    narrow, gradient = Adam(ETA), GRADIENTS[0].astype(np.float32)
    narrow.update(W.astype(np.float32), gradient)
    snapshot = narrow.snapshot()
    expected = narrow.update(W.astype(np.float32), gradient).copy()
    wide = OptimizerState(snapshot.steps, {name: array.astype(float) for name, array in snapshot.arrays.items()})
    narrow.restore(wide)
    np.testing.assert_array_equal(narrow.update(W.astype(np.float32), gradient), expected)


def test_steps_are_restored_where_there_is_no_memory():
    optimizer = SGD(ETA)
    two_steps(optimizer)
    fresh = SGD(ETA)
    fresh.restore(optimizer.snapshot())
    fresh.update(W, GRADIENTS[0])
    assert fresh.steps == 3


def test_a_snapshot_of_another_kind_is_refused():
    optimizer = Momentum(ETA)
    two_steps(optimizer)
    memory = optimizer.snapshot()
    adam = Adam(ETA)
    two_steps(adam)
    with pytest.raises(InputError, match="snapshot is 'first_moment'; allowed is the memory of momentum: velocity"):
        optimizer.restore(adam.snapshot())
    np.testing.assert_array_equal(optimizer.state["velocity"], memory.arrays["velocity"])
