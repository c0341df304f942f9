"""Between the folds the network is one straight formula, and at them its units' sums are 0."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplay.data import Table
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.folds import Regions
from nnplay.training.folds.folds import MOST_CELLS, MOST_LIVE
from nnplay.training.folds.straight import normed
from nnplay.training.probes.folds import FoldsProbe, RegionsProbe
from nnplay.training.trainer import Trainer
from tests.training.probes.runs import measured, preset, replace, trained

ACTIVATIONS = st.sampled_from(["relu", "leaky_relu", "identity"])


def layers(*units: int, activation: str = "relu") -> tuple[HiddenLayer, ...]:
    return tuple(HiddenLayer(units=count, activation=activation) for count in units)


def circles(**model: object) -> Experiment:
    return Experiment(
        data=DataSpec(kind="circles", samples=60),
        model=ModelSpec(**{"hidden_layers": layers(8, 8), **model}),
        training=TrainingSpec(optimizer="adam", learning_rate=0.02, batch_size=10),
        seed=3,
    )


def table_of(task: str, inputs: int = 2, far: float = 0.0) -> DataSpec:
    rng = np.random.default_rng(5)
    X = rng.normal(far, 30.0, (80, inputs))
    y = 1000.0 + 50.0 * X[:, 0] * X[:, 1] if task == "regression" else rng.integers(0, 3, 80)
    names = tuple("ABC") if task == "classification" else ()
    table = Table(X, y.astype(float), task=task, class_names=names)
    return DataSpec(kind=YOURS, table=table, standardize=True, standardize_target=True)


def regions_of(trainer: Trainer) -> Regions:
    found = measured(trainer, RegionsProbe())
    assert found is not None
    return found


def logits(trainer: Trainer, places: np.ndarray) -> np.ndarray:
    """By the network itself; of a regression in the target's own unit."""
    workspace = trainer.network.workspace(len(places))
    workspace.forward(trainer.prepared.on_plane(places), training=False)
    return trainer.prepared.to_target_units(workspace.output.z.copy())


def inside(regions: Regions, rng: np.random.Generator, times: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Random places in each region, (P · times, 2), and the regions."""
    shares = rng.dirichlet(np.ones(regions.corners.shape[1]), (times, len(regions)))
    places = np.einsum("tpv,pvd->tpd", shares, regions.corners).reshape(-1, 2)
    return places, np.tile(np.arange(len(regions)), times)


def areas(regions: Regions) -> np.ndarray:
    x, y = regions.corners[..., 0], regions.corners[..., 1]
    return 0.5 * (x * np.roll(y, -1, axis=1) - np.roll(x, -1, axis=1) * y).sum(axis=1)


def assert_exact(trainer: Trainer, rng: np.random.Generator) -> Regions:
    """All of the plane, each part by its formula."""
    regions = regions_of(trainer)
    assert not regions.missing
    left, right, low, high = trainer.prepared.plane
    np.testing.assert_allclose(areas(regions).sum(), (right - left) * (high - low), rtol=1e-12)
    places, which = inside(regions, rng)
    x = np.column_stack([places, np.ones(len(places))])
    by_formula = np.einsum("nkd,nd->nk", regions.formulas[which], x)
    by_network = logits(trainer, places)
    scale = max(1.0, np.abs(by_network).max())
    np.testing.assert_allclose(by_formula, by_network, rtol=0.0, atol=1e-12 * scale)
    return regions


CASES = {
    "two layers": circles(),
    "batch norm": circles(batch_norm=True),
    "leaky, then linear": circles(
        hidden_layers=(*layers(6, activation="leaky_relu"), *layers(3, activation="identity"), *layers(4))
    ),
    "one feature": replace(circles(), data=DataSpec(kind="circles", samples=60, features=("x2",), standardize=True)),
    "classes of own units": Experiment(
        data=table_of("classification"), model=ModelSpec(layers(5), loss="categorical_cross_entropy")
    ),
    "numbers of own units": Experiment(
        data=table_of("regression"), model=ModelSpec(layers(5, 4), loss="mean_squared_error")
    ),
    "a plane through more inputs": Experiment(
        data=table_of("classification", inputs=4), model=ModelSpec(layers(6), loss="categorical_cross_entropy")
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_formula_is_the_network(case: str):
    assert_exact(trained(CASES[case]), np.random.default_rng(1))


def test_a_unit_that_is_switched_off_bends_nothing():
    trainer = trained(circles())
    trainer.network.set_unit_enabled(0, 2, False)
    assert_exact(trainer, np.random.default_rng(1))
    lines = measured(trainer, FoldsProbe())
    assert lines is not None and lines.layers.any()
    assert not ((lines.layers == 0) & (lines.units == 2)).any()


def test_units_that_bend_at_the_same_place_beside_each_other_or_nowhere():
    trainer = Trainer(circles(hidden_layers=layers(7, 2)))
    trainer.network.weights[0][...] = np.array([[1, 1, 1, -1, 0, 0, 2], [0, 0, 0, 0, 0, 0, 1]], float)
    trainer.network.biases[0][...] = [0, 0, -2, 0, -1, 0, 0.5]  # twice, beside, the other way, dead, nothing, across
    regions = assert_exact(trainer, np.random.default_rng(3))
    lines = measured(trainer, FoldsProbe())
    assert lines is not None
    first = lines.units[lines.layers == 0]
    assert sorted(first.tolist()) == [0, 1, 2, 3, 6]
    np.testing.assert_array_equal(lines.of(0, 0), lines.of(0, 1))
    dead = [4, 5]
    assert not regions.above[0][:, dead].any()


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6), st.lists(st.tuples(st.integers(1, 6), ACTIVATIONS), min_size=1, max_size=3))
def test_whatever_the_network(seed: int, hidden: list[tuple[int, str]]):
    if all(activation == "identity" for _, activation in hidden):
        return
    chosen = tuple(HiddenLayer(units=units, activation=activation) for units, activation in hidden)
    trainer = Trainer(circles(hidden_layers=chosen))
    rng = np.random.default_rng(seed)
    trainer.network.parameters[...] = rng.normal(size=trainer.network.parameters.shape)
    assert_exact(trainer, rng)


def test_at_a_place_is_the_region_that_it_lies_in():
    regions = regions_of(trained(circles()))
    rng = np.random.default_rng(2)
    places, which = inside(regions, rng, times=1)
    wide = areas(regions) > 1e-6
    assert [regions.at(*place) for place in places[wide]] == which[wide].tolist()
    assert regions.at(1e6, 0.0) is None


@pytest.mark.parametrize("case", ["two layers", "batch norm", "leaky, then linear", "one feature"])
def test_along_its_lines_a_units_sum_is_zero(case: str):
    trainer = trained(CASES[case])
    lines = measured(trainer, FoldsProbe())
    assert lines is not None and len(lines.segments) and not lines.missing
    places = lines.segments.mean(axis=1)
    inputs = [trainer.prepared.on_plane(places), *trainer.network.layer_outputs(trainer.prepared.on_plane(places))]
    for layer in set(lines.layers):
        weights, biases = normed(trainer.network, layer)
        of_layer = lines.layers == layer
        sums = (inputs[layer] @ weights + biases)[of_layer, lines.units[of_layer]]
        np.testing.assert_allclose(sums, 0.0, atol=1e-12)


def test_lines_stop_at_a_layer_that_is_curved():
    mixed = (*layers(4), *layers(4, activation="tanh"), *layers(2))
    trainer = trained(circles(hidden_layers=mixed))
    lines = measured(trainer, FoldsProbe())
    assert lines is not None and set(lines.layers) == {0}
    assert "hidden layer 2 has tanh" in lines.missing
    assert "hidden layer 2 has tanh" in regions_of(trainer).missing


@pytest.mark.parametrize(
    ("experiment", "words"),
    [
        (
            replace(circles(), data=DataSpec(kind="circles", samples=60, features=("x1", "x2", "x1^2"))),
            "here it sees x₁² too",
        ),
        (circles(hidden_layers=layers(4, activation="sigmoid")), "hidden layer 1 has sigmoid"),
        (circles(hidden_layers=layers(4, activation="identity")), "Linear units don't bend"),
        (circles(hidden_layers=()), "this network has none"),
        (preset("digits"), "which pictures don't span"),
        (replace(circles(), data=DataSpec(kind="circles", samples=60, plane_inputs=(0, 0))), "one input alone"),
    ],
)
def test_what_has_no_folds_says_why(experiment: Experiment, words: str):
    trainer = Trainer(experiment)
    for probe in (FoldsProbe(), RegionsProbe()):
        found = measured(trainer, probe)
        assert found is not None and words in found.missing


def test_too_many_regions_are_told_and_not_counted():
    trainer = Trainer(circles(hidden_layers=layers(128, 128)))
    trainer.network.biases[0][...] = np.random.default_rng(1).normal(0.0, 2.0, 128)
    assert f"more than {MOST_CELLS} regions" in regions_of(trainer).missing


def test_while_it_trains_the_lines_behind_many_cells_are_left_out():
    trainer = Trainer(circles(hidden_layers=layers(40, 8)))
    trainer.network.biases[0][...] = np.random.default_rng(1).normal(0.0, 2.0, 40)
    live, rest = (measured(trainer, FoldsProbe(live=live)) for live in (True, False))
    assert live is not None and rest is not None
    assert set(live.layers) == {0} and f"more than {MOST_LIVE} regions" in live.missing
    assert set(rest.layers) == {0, 1} and not rest.missing


def test_a_run_beyond_the_finite_numbers_has_none():
    trainer = Trainer(circles())
    trainer.network.parameters[...] = 1e200
    assert len(regions_of(trainer)) == 0
