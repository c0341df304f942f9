"""Factors of the learning rate over the epochs."""

import numpy as np
import pytest

from nnplay.errors import InputError
from nnplay.nn import SCHEDULES, SGD, NeuralNetwork, make_schedule


def factors(epochs, *name, **numbers):
    schedule = make_schedule(*name, **numbers)
    return [schedule(epoch) for epoch in epochs]


def test_constant():
    assert factors((0, 1, 10_000)) == [1.0, 1.0, 1.0]


def test_step():
    assert factors((0, 9, 10, 19, 20), "step", every=10, factor=0.5) == [1.0, 1.0, 0.5, 0.5, 0.25]


def test_exponential():
    assert factors((0, 1, 10), "exponential", factor=0.9) == pytest.approx([1.0, 0.9, 0.9**10])


def test_cosine_goes_down_to_zero_and_stays():
    assert factors((0, 25, 50, 100, 500), "cosine", over=100) == pytest.approx([1.0, 0.5 + 0.5**1.5, 0.5, 0.0, 0.0])


def test_warm_up_rises_in_equal_steps_and_then_the_schedule_begins():
    assert factors(range(5), warm_up=4) == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])
    assert factors((4, 5, 6), "exponential", factor=0.5, warm_up=4) == [1.0, 0.5, 0.25]
    assert factors((4, 104), "cosine", over=100, warm_up=4) == pytest.approx([1.0, 0.0])


def test_training_follows_the_schedule_and_leaves_the_rate_as_it_was(xor):
    scheduled, by_hand = NeuralNetwork([2, 4, 1], seed=0), NeuralNetwork([2, 4, 1], seed=0)
    optimizer = SGD(0.5)
    scheduled.train(*xor, 3, optimizer=optimizer, schedule=make_schedule("exponential", factor=0.5))
    for rate in (0.5, 0.25, 0.125):
        by_hand.train(*xor, 1, learning_rate=rate)
    np.testing.assert_array_equal(scheduled.parameters, by_hand.parameters)
    assert optimizer.learning_rate == 0.5


def test_an_unknown_schedule_names_the_known_ones():
    with pytest.raises(InputError, match=r"schedule is 'linear'.*constant, step, exponential, cosine"):
        make_schedule("linear")
    assert list(SCHEDULES) == ["constant", "step", "exponential", "cosine"]


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("constant", {"warm_up": -1}),
        ("constant", {"every": 3}),
        ("step", {"every": 0}),
        ("step", {"factor": 0.0}),
        ("exponential", {"factor": float("nan")}),
        ("cosine", {"over": 0}),
        ("cosine", {"over": 2.5}),
    ],
)
def test_numbers_out_of_range_or_of_another_schedule_are_refused(name, numbers):
    (field,) = numbers
    with pytest.raises(InputError, match=f"^{field} is "):
        make_schedule(name, **numbers)
