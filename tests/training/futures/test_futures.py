"""What is seen ahead is what training then does, and looking changes nothing."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplay.errors import DivergedError
from nnplay.nn import ACTIVATIONS, OPTIMIZERS
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, ScheduleSpec, TrainingSpec
from nnplay.training.futures import EPOCHS, Futures, TooMuchAheadError, has_futures
from nnplay.training.moment import Moment
from nnplay.training.options import OPTIONS
from nnplay.training.prepared import PreparedData
from nnplay.training.trainer import Trainer
from tests.nn.compiled.warm import needs_numba

RATE = "training.learning_rate"
NEAR = {"float64": 1e-9, "float32": 1e-3}
SHORT = 6


def experiment(optimizer: str = "adam", rate: float = 0.03, **parts: dict[str, object]) -> Experiment:
    data = {"kind": "moons", "samples": 43, "noise": 0.2, "train_share": 0.7, **parts.get("data", {})}
    model = {"hidden_layers": (HiddenLayer(5, "tanh"), HiddenLayer(4, "relu")), **parts.get("model", {})}
    training = {"optimizer": optimizer, "learning_rate": rate, "batch_size": 7, **parts.get("training", {})}
    return Experiment(data=DataSpec(**data), model=ModelSpec(**model), training=TrainingSpec(**training))


def run_of(chosen: Experiment, epochs: int = 2, batches: int = 0, prepared: PreparedData | None = None) -> Trainer:
    trainer = Trainer(chosen, prepared)
    for _ in range(epochs):
        trainer.run_epoch()
    for _ in range(batches):
        trainer.step()
    return trainer


def bytes_of(trainer: Trainer) -> list[bytes]:
    moment = Moment.of(trainer)
    state = repr(moment.network.generator).encode()
    return [array.tobytes() for array in moment.arrays()] + [state, repr(moment.figures).encode()]


def trained(trainer: Trainer, chosen: Experiment, prepared: PreparedData, epochs: int) -> np.ndarray:
    """(2, E) the losses of training and test set as the run's own figures have them, NaN after a divergence."""
    if chosen != trainer.experiment:
        trainer.apply(chosen, prepared)
    rows = np.full((2, epochs), np.nan)
    for epoch in range(epochs):
        try:
            trainer.run_epoch()
        except DivergedError:
            break
        figures = trainer.figures
        rows[:, epoch] = figures.train.loss, np.nan if figures.test is None else figures.test.loss
    return rows


def check_all(chosen: Experiment, path: str, *, batches: int = 0, epochs: int = SHORT) -> Futures:
    """Each of the futures is what training from the same moment with that value does, and the run is untouched."""
    trainer = run_of(chosen, 2, batches)
    before = bytes_of(trainer)
    futures = Futures(trainer, path, epochs)
    while not futures.is_complete:
        futures.go_on(0.0)
    for k, each in enumerate(futures.maps(16)):
        np.testing.assert_allclose(each, futures.map_of(k, 16), rtol=1e-3, atol=1e-3)
    assert bytes_of(trainer) == before
    values = futures.alternatives
    for k, (other, prepared) in enumerate(zip(values.experiments, values.prepared, strict=True)):
        expected = trained(run_of(chosen, 2, batches, trainer.prepared), other, prepared, epochs)
        near = NEAR[chosen.model.dtype]
        np.testing.assert_allclose(futures.train_losses[k, 1:], expected[0], rtol=near, atol=near)
        np.testing.assert_allclose(futures.test_losses[k, 1:], expected[1], rtol=near, atol=near)
        assert futures.diverged[k] == np.isnan(expected[0]).any()
    return futures


@settings(max_examples=12, deadline=None)
@given(
    optimizer=st.sampled_from(sorted(OPTIMIZERS)),
    activation=st.sampled_from(sorted(ACTIVATIONS)),
    data=st.sampled_from(({"kind": "moons"}, {"kind": "blobs", "classes": 3}, {"kind": "gaussian_bumps"})),
    batch_size=st.sampled_from((2, 5, 7, None)),
    batch_norm=st.booleans(),
    dropout=st.sampled_from((0.0, 0.2)),
    penalty=st.sampled_from((0.0, 0.01)),
    clip_norm=st.sampled_from((None, 0.5)),
    schedule=st.sampled_from(("constant", "step", "cosine")),
    weighted=st.booleans(),
    dtype=st.sampled_from(("float64", "float64", "float32")),
    batches=st.integers(0, 2),
)
def test_every_rate_is_what_training_does(
    optimizer, activation, data, batch_size, batch_norm, dropout, penalty, clip_norm, schedule, weighted, dtype, batches
):
    layers = (HiddenLayer(5, activation), HiddenLayer(4, activation))
    losses = {"blobs": "categorical_cross_entropy", "gaussian_bumps": "mean_squared_error"}
    model = {
        "hidden_layers": layers,
        "batch_norm": batch_norm,
        "dropout": dropout,
        "dtype": dtype,
        "loss": losses.get(data["kind"], "binary_cross_entropy"),
    }
    training = {
        "batch_size": batch_size,
        "l2": penalty,
        "clip_norm": clip_norm,
        "schedule": ScheduleSpec(kind=schedule, every=3, over=20, warm_up=1),
        "class_weights": "balanced" if weighted and data["kind"] != "gaussian_bumps" else "none",
    }
    check_all(experiment(optimizer, 0.01, data=data, model=model, training=training), RATE, batches=batches, epochs=4)


@pytest.mark.parametrize("path", [path for path in OPTIONS if has_futures(path, experiment("adamw"))])
def test_every_number_that_a_run_can_change_is_what_training_does(path):
    check_all(experiment("adamw"), path, batches=1)


@needs_numba
@pytest.mark.parametrize("path", [RATE, "training.l2", "training.batch_size"])
@pytest.mark.parametrize("dropout", [0.0, 0.2])
def test_compiled_steps_look_ahead_too(path, dropout):
    training = {"engine": "compiled", "schedule": ScheduleSpec(kind="step", every=3, warm_up=1)}
    check_all(experiment(model={"dropout": dropout}, training=training), path, batches=1)


def test_so_far_ahead_as_is_promised_and_to_the_digit():
    futures = check_all(experiment("sgd", 0.3), RATE, epochs=EPOCHS)
    assert futures.train_losses.shape == (16, 41)
    assert futures.alternatives.values[futures.alternatives.present] == 0.3


@pytest.mark.parametrize("engine", ["numpy", pytest.param("compiled", marks=needs_numba)])
def test_a_value_that_diverges_says_so_and_the_others_go_on(engine):
    data = {"kind": "gaussian_bumps", "train_share": 1.0}
    model = {"hidden_layers": (HiddenLayer(6, "relu"),), "loss": "mean_squared_error"}
    chosen = experiment("sgd", 0.03, data=data, model=model, training={"engine": engine})
    futures = check_all(chosen, RATE, epochs=12)
    assert futures.diverged.any()
    assert not futures.diverged.all()
    assert np.isnan(futures.test_losses).all()  # there is no test set
    assert all(np.isfinite(each).all() for each in futures.maps(8))


@pytest.mark.parametrize("engine", ["numpy", pytest.param("compiled", marks=needs_numba)])
def test_where_all_diverge_there_is_no_more_to_see(engine):
    data = {"kind": "gaussian_bumps", "train_share": 1.0}
    model = {"hidden_layers": (HiddenLayer(6, "relu"),), "loss": "mean_squared_error"}
    trainer = Trainer(experiment("sgd", 1e6, data=data, model=model, training={"engine": engine}))
    futures = Futures(trainer, RATE)
    futures.go_on()
    assert futures.is_complete
    assert futures.diverged.all()


def test_it_is_seen_piece_by_piece():
    futures = Futures(run_of(experiment()), RATE)
    assert futures.done == 0
    assert np.isfinite(futures.train_losses[:, 0]).all()
    while futures.done == 0:
        futures.go_on(0.0)
    assert futures.done == 1
    assert np.isfinite(futures.train_losses[:, 1]).all()
    assert np.isnan(futures.train_losses[:, 2]).all()
    first, *_ = futures.maps(8)
    assert first.shape == (1, 8, 8)


def test_a_network_that_is_too_large_is_refused_in_a_sentence():
    chosen = experiment(
        data={"kind": "digits", "samples": 1500},
        model={"hidden_layers": (HiddenLayer(512), HiddenLayer(512)), "loss": "categorical_cross_entropy"},
    )
    with pytest.raises(
        TooMuchAheadError, match=r"^This network is too large to see ahead: 40 epochs for 4 values .* s$"
    ):
        Futures(Trainer(chosen), RATE)


@pytest.mark.parametrize("rate", [1e-9, 0.0123, 0.5, 40.0])
def test_rates_stand_around_the_one_that_holds_on_a_logarithmic_scale(rate):
    values = Futures(Trainer(experiment(rate=rate)), RATE).alternatives
    steps = np.diff(np.log(values.values))
    assert values.values[values.present] == rate
    assert len(values) == 16
    assert 5 <= values.present <= 10
    assert (steps > 0).all()
    assert (steps < 0.6).all()


def test_what_has_no_future():
    chosen = experiment("sgd")
    for path in ("training.epochs", "data.classes", "training.beta_1", "model.hidden_layers.N.units", "nonsense"):
        assert not has_futures(path, chosen)
    alone = msgspec.structs.replace(chosen, training=msgspec.structs.replace(chosen.training, optimizer="adam"))
    assert has_futures("training.beta_1", alone)
