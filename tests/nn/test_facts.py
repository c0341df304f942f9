"""What a person reads and chooses of the parts of a network stands on the parts themselves."""

from itertools import pairwise

import pytest

from nnplay.errors import InputError
from nnplay.nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, Hyperparameter, Momentum, make_optimizer

NUMBERS = [(name, number) for name, kind in OPTIMIZERS.items() for number in kind.numbers().values()]
every_number = pytest.mark.parametrize(
    ("optimizer", "number"), NUMBERS, ids=lambda value: value if isinstance(value, str) else value.name
)


@pytest.mark.parametrize("registry", [ACTIVATIONS, OPTIMIZERS, INITIALIZERS, LOSSES, SCHEDULES])
def test_each_has_a_label_of_its_own(registry):
    labels = [part.label for part in registry.values()]
    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_only_normal_reads_the_scale():
    assert [name for name, initializer in INITIALIZERS.items() if initializer.scaled] == ["normal"]


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("sgd", ()),
        ("momentum", ("momentum",)),
        ("nesterov", ("momentum",)),
        ("adagrad", ("epsilon",)),
        ("rmsprop", ("rho", "epsilon")),
        ("adam", ("beta_1", "beta_2", "epsilon")),
        ("adamw", ("beta_1", "beta_2", "epsilon", "weight_decay")),
    ],
)
def test_the_numbers_of_an_optimizer_come_in_the_order_they_are_defined_in(name, numbers):
    assert OPTIMIZERS[name].hyperparameters == tuple(OPTIMIZERS[name].numbers()) == numbers


@every_number
def test_a_number_says_what_it_does_and_which_values_are_usual(optimizer, number):
    assert number.label
    assert number.help
    assert not number.help.endswith(".")
    assert all(low < high for low, high in pairwise(number.ladder))
    assert number.default in number.ladder
    for value in number.ladder:
        assert getattr(make_optimizer(optimizer, **{number.name: value}), number.name) == value


@every_number
def test_a_number_left_out_is_its_default(optimizer, number):
    assert getattr(OPTIMIZERS[optimizer](), number.name) == number.default


@every_number
def test_the_ends_of_a_range_are_kept(optimizer, number):
    fits, refused = [], [-1e-9, float("inf"), float("nan")]
    (refused if number.positive else fits).append(0.0)
    if number.below is not None:
        refused.append(number.below)
    if number.most is not None:
        fits.append(number.most)
        refused.append(number.most + 1e-9)
    for value in fits:
        assert getattr(make_optimizer(optimizer, **{number.name: value}), number.name) == value
    for value in refused:
        with pytest.raises(InputError, match=f"^{number.name} is "):
            make_optimizer(optimizer, **{number.name: value})


def test_numbers_of_one_name_are_one_number():
    """An experiment has one field for all optimisers that read it."""
    for name, number in NUMBERS:
        others = [other for _, other in NUMBERS if other.name == number.name]
        assert all(other is number for other in others), name


@pytest.mark.parametrize(
    ("optimizer", "field", "value", "allowed"),
    [
        ("momentum", "momentum", 1.0, "a number from 0 to below 1"),
        ("adam", "epsilon", 0.0, "a number above 0 and at most 1"),
        ("adamw", "weight_decay", 10.5, "a number from 0 to 10"),
    ],
)
def test_a_refusal_names_the_range(optimizer, field, value, allowed):
    with pytest.raises(InputError) as caught:
        make_optimizer(optimizer, **{field: value})
    assert (caught.value.field, caught.value.value, caught.value.allowed) == (field, value, allowed)


def test_an_optimizer_with_a_number_of_its_own_needs_nothing_else(monkeypatch):
    class Heavy(Momentum):
        name, label, help = "heavy", "heavy ball", "rolls on"
        friction = Hyperparameter(0.1, label="Friction", help="Slows the ball", ladder=(0.0, 0.1), most=1.0)

        def __init__(self, learning_rate=0.01, momentum=0.9, friction=friction.default):
            super().__init__(learning_rate, momentum)
            self.friction = friction

    monkeypatch.setitem(OPTIMIZERS, "heavy", Heavy)
    assert Heavy.hyperparameters == ("momentum", "friction")
    assert make_optimizer("heavy", friction=0.3).friction == 0.3
    with pytest.raises(InputError, match=r"^friction is 2; allowed is a number from 0 to 1$"):
        make_optimizer("heavy", friction=2)
