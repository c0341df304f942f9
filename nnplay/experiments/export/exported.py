"""What every export is made of: a run, paused between two steps, and the name it leaves under."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from nnplay.data.table import Table
from nnplay.data.tables.preparation import Preparation
from nnplay.errors import Described, InputError
from nnplay.nn import NeuralNetwork, Optimizer
from nnplay.texts import tr
from nnplay.training.experiment import Experiment, to_builtins
from nnplay.training.prepared import PreparedData
from nnplay.training.trainer import Trainer

Array: TypeAlias = NDArray[np.floating[Any]]
Files: TypeAlias = Mapping[str, bytes]
"""Suffix → contents: the file itself first, then what lies beside it under the same name."""


@dataclass(frozen=True)
class ExportedRun:
    """A run that is to leave.

    Attributes
    ----------
    name
        What the file is called, without its suffix.
    trainer
        The run, which nobody trains meanwhile.
    """

    name: str
    trainer: Trainer

    @property
    def experiment(self) -> Experiment:
        """Every choice of the run."""
        return self.trainer.experiment

    @property
    def network(self) -> NeuralNetwork:
        """Its network."""
        return self.trainer.network

    @property
    def optimizer(self) -> Optimizer:
        """Its optimiser."""
        return self.trainer.optimizer

    @property
    def prepared(self) -> PreparedData:
        """Its samples."""
        return self.trainer.prepared

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the classes; none for a regression."""
        return self.prepared.table.class_names

    @property
    def spans_plane(self) -> bool:
        """Whether the network sees features of two inputs; else it sees the inputs themselves."""
        return bool(self.table.inputs.shape[1] == 2)

    @property
    def preparation(self) -> Preparation | None:
        """How the cells of a table become inputs; None where the points came from no table with columns."""
        return self.experiment.data.preparation

    @property
    def table(self) -> Table:
        """The points as they are."""
        return self.prepared.table

    @property
    def table_target(self) -> str:
        """What the target is called."""
        preparation = self.preparation
        return (preparation.target if preparation is not None else None) or tr("target")

    @cached_property
    def title(self) -> str:
        """The name, with what has a meaning in code, markup or shells left out."""
        return re.sub(r"[^\w .,()+-]", "_", self.name) or "network"

    def settings(self) -> str:
        """The experiment as JSON, without its points."""
        data = msgspec.structs.replace(self.experiment, data=_without_points(self.experiment))
        return json.dumps(to_builtins(data), ensure_ascii=False)


def _without_points(experiment: Experiment) -> Any:
    record = to_builtins(experiment.data)
    assert isinstance(record, dict)
    return record | {"table": None}


def named_arrays(network: NeuralNetwork) -> dict[str, Array]:
    """Every array that a network has learnt, by name: ``weights.0`` (I, O), ``biases.0`` (O,), …

    Raises
    ------
    InputError
        For a stack, which is several networks.
    """
    if network.stack is not None:
        allowed = tr("one network; network.member(0) is the first one of a stack")
        found = tr("a stack of {n} network|a stack of {n} networks", "", network.stack)
        raise InputError("network", Described(found), allowed)
    kinds = {
        "weights": network.weights,
        "biases": network.biases,
        "gammas": network.gammas,
        "betas": network.betas,
        "running_means": network.running_means,
        "running_variances": network.running_variances,
    }
    return {f"{kind}.{layer}": array for kind, arrays in kinds.items() for layer, array in enumerate(arrays)}
