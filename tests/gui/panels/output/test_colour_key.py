"""What the colours mean, for each thing that can be shown."""

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.gui.panels.output.colour_key import ClassColours, Slope, key_of_output, key_of_unit
from nnplay.gui.session.selection import UnitAddress
from nnplay.training.experiment import YOURS, DataSpec, Experiment, ModelSpec
from nnplay.training.prepared import PreparedData, prepare
from tests.gui.panels.output.output_hands import BUMPS, SPIRALS, XOR

FIRST = UnitAddress(0, 0)


def key(experiment: Experiment, *, discrete: bool = False) -> Slope | ClassColours:
    prepared: PreparedData = prepare(experiment)
    return key_of_output(prepared, prepared.outputs, squared=False, discrete=discrete)


def test_two_classes_have_the_probability_of_the_second():
    assert key(XOR) == Slope("p(class 1)", ((0.0, "0"), (0.5, "0.5"), (1.0, "1")))


def test_a_discrete_view_of_classes_has_a_colour_for_each():
    assert key(XOR, discrete=True) == ClassColours("class", ("class 0", "class 1"))
    assert key(SPIRALS) == ClassColours("class", ("class 0", "class 1", "class 2"))


def test_a_discrete_view_of_numbers_has_steps():
    shown = key(BUMPS, discrete=True)
    assert isinstance(shown, Slope)
    assert len(np.unique(shown.indices())) == 10
    whole = key(BUMPS)
    assert isinstance(whole, Slope)
    assert len(np.unique(whole.indices())) > 200


def test_a_regression_has_its_targets_in_their_own_unit():
    values = np.array([200_000.0, 550_000.0, 380_000.0])
    table = Table(np.array([[0.0, 1.0], [1.0, 2.0], [2.0, 0.0]]), values, "regression")
    shown = key(Experiment(data=DataSpec(kind=YOURS, table=table), model=ModelSpec(loss="mean_squared_error")))
    assert isinstance(shown, Slope)
    assert [text for _, text in shown.ticks] == ["200,000", "300,000", "400,000", "500,000"]
    assert shown.ticks[1][0] == pytest.approx(100 / 350)


@pytest.mark.parametrize(
    ("activation", "scale", "start", "texts"),
    [
        ("tanh", None, -1.0, ["−1", "0", "1"]),
        ("sigmoid", None, 0.0, ["0", "0.5", "1"]),
        ("relu", 3.0, 0.0, ["0", "1.5", "3"]),
        ("leaky_relu", 3.0, -1.0, ["−3", "0", "3"]),
        ("identity", 0.5, -1.0, ["−0.5", "0", "0.5"]),
    ],
)
def test_a_unit_has_its_own_range_and_name(activation: str, scale: float | None, start: float, texts: list[str]):
    shown = key_of_unit(FIRST, activation, scale, discrete=False)
    assert shown.title == "unit 1 of layer 1"
    assert (shown.start, [text for _, text in shown.ticks]) == (start, texts)
    assert shown.indices()[0] == (0 if start else 128)
    assert shown.indices()[-1] == 255
