"""A run that starts from weights of elsewhere."""

from pathlib import Path

from nnplay.experiments.export.safetensors import read_weights
from nnplay.training.experiment import Experiment
from nnplay.training.history import History
from nnplay.training.trainer import Trainer


def trainer_from(experiment: Experiment, path: Path) -> Trainer:
    """A trainer of the experiment at epoch 0, whose network starts from the weights of a safetensors file.

    Raises
    ------
    FileError
        The file can't be read, or doesn't fit the network.
    InputError, TooLargeError
        The experiment can't be trained.
    """
    trainer = Trainer(experiment, history=History())
    read_weights(path, trainer.network)
    trainer.measure()
    trainer.history.append(trainer.figures)
    return trainer
