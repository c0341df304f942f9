import tracemalloc

import msgspec
import numpy as np
import pytest

from nnplay.data import Table
from nnplay.errors import InputError, TooLargeError, memory_checked
from nnplay.limits import GIGABYTE
from nnplay.training import budget
from nnplay.training.budget import DataShape, bytes_needed, check_memory, shape_of
from nnplay.training.edits import check_table, with_table
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.prepared import prepare
from nnplay.training.trainer import Trainer

replace = msgspec.structs.replace


def experiment_of(samples: int, inputs: int, units: tuple[int, ...], batch: int | None = 32, **model) -> Experiment:
    generator = np.random.default_rng(0)
    table = Table(generator.normal(size=(samples, inputs)), np.arange(float(samples)) % 3)
    layers = tuple(HiddenLayer(units=count) for count in units)
    return Experiment(
        data=DataSpec(kind="yours", table=table, train_share=0.8, standardize=True),
        model=ModelSpec(hidden_layers=layers, loss="categorical_cross_entropy", **model),
        training=TrainingSpec(optimizer="adam", learning_rate=0.001, batch_size=batch),
    )


@pytest.mark.parametrize(
    "experiment",
    [
        experiment_of(20_000, 50, (64,)),
        experiment_of(20_000, 50, (64,), None, batch_norm=True),
        experiment_of(3000, 784, (128,), None, dtype="float32"),
        experiment_of(20_000, 2, (16, 16)),
        experiment_of(2000, 2, (300, 300), None),
    ],
)
def test_what_is_counted_is_what_is_taken(experiment: Experiment) -> None:
    needed = bytes_needed(experiment, shape_of(experiment.data))
    tracemalloc.start()
    try:
        trainer = Trainer(experiment)
        trainer.step()
        trainer.measure()
        taken = tracemalloc.get_traced_memory()[1] + experiment.data.table.inputs.nbytes
    finally:
        tracemalloc.stop()
    assert 0.4 * needed < taken < 1.05 * needed


def test_all_of_mnist_is_let_through_with_a_wide_layer() -> None:
    wide = Experiment(model=ModelSpec(hidden_layers=(HiddenLayer(units=512),)))
    pictures = with_table(wide, Table(np.zeros((1, 784)), np.zeros(1), picture=(28, 28)))
    for batch in (32, None):
        whole = replace(
            pictures,
            model=replace(pictures.model, dtype="float32", hidden_layers=(HiddenLayer(units=128),)),
            training=replace(pictures.training, batch_size=batch),
        )
        check_memory(whole, DataShape(60_000, 784, 10))
    check_table(wide, 60_000, 784, 10, (28, 28))


def test_more_than_a_gigabyte_is_refused_with_the_figures() -> None:
    with pytest.raises(TooLargeError) as caught:
        check_table(Experiment(), 500_000, 784)
    assert str(caught.value).startswith("the experiment needs ")
    assert str(caught.value).endswith(
        " GB of memory; allowed is up to 1 GB: fewer samples, inputs or units, or smaller batches"
    )
    assert "needs 1.1 GB" in str(TooLargeError.of_experiment(GIGABYTE + 1))


def test_nothing_is_made_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    experiment = experiment_of(1000, 50, (64,))
    prepared = prepare(experiment)
    monkeypatch.setattr(budget, "MOST_BYTES", 1_000_000)
    with pytest.raises(TooLargeError):
        prepare(experiment)
    with pytest.raises(TooLargeError):
        Trainer(experiment, prepared)


def test_memory_that_is_not_there_is_said_as_everything_is() -> None:
    @memory_checked()
    def greedy() -> None:
        np.empty(2**50)

    with pytest.raises(TooLargeError, match="there is not enough memory for this"):
        greedy()


def test_another_batch_size_frees_the_arrays_of_the_one_before() -> None:
    experiment = experiment_of(100, 5, (4,))
    trainer = Trainer(experiment)
    trainer.step()
    other = replace(experiment, training=replace(experiment.training, batch_size=16))
    trainer.apply(other, trainer.prepared)
    assert trainer.network.workspace.cache_info().currsize <= 2


@pytest.mark.parametrize("inputs", [100_001, 2**32, (2**32 - 1) ** 2])
def test_a_header_that_says_more_than_an_array_can_have_is_refused_in_a_sentence(inputs: int) -> None:
    with pytest.raises(InputError, match=r"allowed is 1 to 100,?000 inputs"):
        check_table(Experiment(), 0, inputs)
