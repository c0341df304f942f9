"""Makes snapshots of a trainer: its figures, and the answers to the probes that are asked for."""

from typing import Any

from nnplay.training.probes.probe import Probe, Probes
from nnplay.training.shadow import ProbedRun
from nnplay.training.snapshot import Snapshot
from nnplay.training.trainer import Trainer


class Observer:
    """Looks at one trainer, at step boundaries only."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._run = ProbedRun(trainer)
        self._kept: dict[Probe[Any], object] = {}
        self._kept_of = -1  # of no version yet

    def snapshot(self, probes: Probes, epochs_per_second: float = 0.0, *, full_speed: bool = False) -> Snapshot:
        """What `probes` ask for, with arrays of its own; `full_speed` where a run at full speed waits for it."""
        trainer = self._trainer
        self._run.look(full_speed=full_speed, running=epochs_per_second > 0.0)
        return Snapshot(
            figures=trainer.figures,
            batch=trainer.batch,
            batches=trainer.batches,
            learned=trainer.learned,
            disabled_units=trainer.network.disabled_units,
            epochs_per_second=epochs_per_second,
            learning_rate=float(trainer.optimizer.learning_rate),
            answers={probe: self._kept_answer(probe) if probe.kept else probe.measure(self._run) for probe in probes},
        )

    def _kept_answer(self, probe: Probe[Any]) -> object:
        if self._kept_of != self._run.version:
            self._kept_of = self._run.version
            self._kept.clear()
        if probe not in self._kept:
            self._kept[probe] = probe.measure(self._run)
        return self._kept[probe]
