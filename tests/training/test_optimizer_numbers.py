"""An experiment's record has the numbers of all optimisers as their classes say them."""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pytest

from nnplay.nn import OPTIMIZERS, Hyperparameter
from nnplay.training.experiment import TrainingSpec

ROOT = Path(__file__).parents[2]
NUMBERS = {name: number for kind in OPTIMIZERS.values() for name, number in kind.numbers().items()}
every_number = pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)

LATER = """
from nnplay.nn import OPTIMIZERS, Hyperparameter, Momentum

class Heavy(Momentum):
    name, label, help = "heavy", "heavy ball", "rolls on"
    friction = Hyperparameter(0.1, label="Friction", help="Slows the ball", ladder=(0.0, 0.1), positive=True, below=0.5)

    def __init__(self, learning_rate=0.01, momentum=0.9, friction=friction.default):
        super().__init__(learning_rate, momentum)
        self.friction = friction

OPTIMIZERS["heavy"] = Heavy

from nnplay.experiments import Document, format_document, parse_document
from nnplay.training.experiment import Experiment, TrainingSpec
from nnplay.training.trainer import Trainer

experiment = Experiment(training=TrainingSpec(optimizer="heavy", friction=0.2))
data = format_document(Document(experiment=experiment))
assert parse_document(data, "x").experiment == experiment
trainer = Trainer(experiment)
trainer.run_epoch()
assert trainer.optimizer.friction == 0.2
keys = list(TrainingSpec.__struct_fields__)
print(keys[keys.index("weight_decay"):keys.index("weight_decay") + 3])
try:
    parse_document(data.replace(b'"friction": 0.2', b'"friction": 0'), "x")
except ValueError as error:
    print(error)
"""


def takes(make: Callable[[], object]) -> bool:
    try:
        make()
    except ValueError:
        return False
    return True


def test_files_keep_their_order():
    assert TrainingSpec.__struct_fields__ == (
        "optimizer", "learning_rate", "momentum", "beta_1", "beta_2", "rho", "epsilon", "weight_decay", "l1", "l2",
        "batch_size", "clip_norm", "schedule", "epochs", "class_weights", "left_out", "engine",
    )  # fmt: skip


@every_number
def test_the_default_is_the_classes(number: Hyperparameter):
    assert getattr(TrainingSpec(), number.name) == number.default


@every_number
def test_the_range_is_the_classes(number: Hyperparameter):
    """A value is taken by the record where the optimiser takes it."""
    kind = next(kind for kind in OPTIMIZERS.values() if number.name in kind.hyperparameters)
    for value in (-1e-9, 0.0, 1e-9, 0.5, 1.0 - 1e-9, 1.0, 1.0 + 1e-9, 10.0, 10.0 + 1e-9):
        choice = {number.name: value}
        assert takes(partial(kind, **choice)) == takes(partial(msgspec.convert, choice, TrainingSpec)), value


def test_a_new_optimizer_has_its_number_in_the_file_format_with_its_range():
    run = subprocess.run([sys.executable, "-c", LATER], capture_output=True, text=True, check=True, cwd=ROOT)
    keys, refusal = run.stdout.splitlines()
    assert keys == "['weight_decay', 'friction', 'l1']"
    assert refusal == "x: experiment.training.friction is 0; allowed is a number above 0 and below 0.5"
