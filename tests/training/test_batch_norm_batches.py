"""A run with batch norm takes no batch of one sample: it would learn nonsense, and say nothing."""

from pathlib import Path

import msgspec
import numpy as np
import pytest

from nnplay.data import Table
from nnplay.errors import InputError
from nnplay.experiments import RunRecord, read_document, record_of, resumed
from nnplay.training.edits import with_value
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.moment import Moment
from nnplay.training.place import EpochUnderWay
from nnplay.training.prepared import prepare
from nnplay.training.trainer import Trainer
from tests.training.same_run import assert_same

replace = msgspec.structs.replace
SENTENCE = "training.batch_size is 1; allowed is 2 samples and more with batch norm"


def normed(samples: int = 9, batch_size: int | None = 4, **model: object) -> Experiment:
    inputs = np.random.default_rng(0).normal(size=(samples, 2))
    table = Table(inputs, np.arange(float(samples)) % 2, class_names=("0", "1"))
    return Experiment(
        data=DataSpec(kind=YOURS, table=table),
        model=replace(ModelSpec(hidden_layers=(HiddenLayer(units=3),), batch_norm=True), **model),
        training=TrainingSpec(batch_size=batch_size, learning_rate=0.1),
    )


def test_a_file_that_asks_for_it_is_read_and_its_run_refused() -> None:
    path = Path(__file__).parents[1] / "reference" / "inputs" / "bn_batch_one.nnplay"
    experiment = read_document(path).experiment
    with pytest.raises(InputError, match=SENTENCE):
        Trainer(experiment)


def test_without_batch_norm_or_without_hidden_layers_it_is_allowed() -> None:
    for experiment in (normed(batch_size=1, batch_norm=False), normed(batch_size=1, hidden_layers=())):
        Trainer(experiment).run_epoch()


def test_a_change_to_it_is_refused_before_anything_changed() -> None:
    experiment = normed()
    trainer = Trainer(experiment)
    trainer.step()
    before = Moment.of(trainer)
    with pytest.raises(InputError, match=SENTENCE):
        trainer.apply(with_value(experiment, "training.batch_size", 1), trainer.prepared)
    assert trainer.experiment is experiment
    assert trainer.epoch_under_way().position == before.under_way.position
    trainer.step()


@pytest.mark.parametrize("batch_size", [4, None])
def test_one_training_sample_is_too_few(batch_size: int | None) -> None:
    trainer = Trainer(normed(1, batch_size))
    assert not trainer.can_train
    with pytest.raises(InputError, match=r"data is .*1 training sample.*; allowed is 2 samples"):
        trainer.step()
    assert Trainer(normed(1, batch_size, batch_norm=False)).can_train


def test_a_last_batch_of_one_joins_the_one_before_it() -> None:
    trainer = Trainer(normed(9, 4))
    trainer.run_epoch()
    assert (trainer.epoch, trainer.optimizer.steps) == (1, 2)
    plain = Trainer(normed(9, 4, batch_norm=False))
    plain.run_epoch()
    assert plain.optimizer.steps == 3
    assert not trainer.step()
    assert (trainer.batch, trainer.figures.fraction) == (1, 0.0)
    trainer.measure()
    assert trainer.figures.fraction == 4 / 9


def test_a_run_within_such_an_epoch_is_resumed_to_the_bit() -> None:
    trainer = Trainer(normed(9, 4))
    for _ in range(3):
        trainer.step()
    text = msgspec.json.encode(record_of(Moment.of(trainer)))
    other = resumed(trainer.experiment, msgspec.json.decode(text, type=RunRecord))
    for run in (trainer, other):
        for _ in range(6):
            run.step()
        run.measure()
    assert_same(trainer, other)


def test_a_run_that_was_left_before_its_last_sample_goes_on_with_the_joined_batch() -> None:
    """Such a place is in files from before the batches were joined."""
    trainer = Trainer(normed(9, 4))
    order = np.random.default_rng(1).permutation(9)
    trainer.resume_at(3, EpochUnderWay(8, order))
    assert trainer.epoch_under_way().position == 4
    assert trainer.step()
    assert trainer.epoch == 4


def test_a_joined_batch_is_within_what_is_counted_in_memory() -> None:
    experiment = normed(9, 4)
    assert len(prepare(experiment).X_train) == 9
    trainer = Trainer(experiment)
    sizes = []
    train = trainer.network.train_step

    def spy(X: np.ndarray, *rest: object) -> float:
        sizes.append(len(X))
        return train(X, *rest)

    trainer.network.train_step = spy  # type: ignore[method-assign]
    trainer.run_epoch()
    assert sizes == [4, 5]
