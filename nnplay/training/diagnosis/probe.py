"""A look at a run for the rules, at most twice a second and in a small part of the run's time."""

import time
from dataclasses import dataclass

import numpy as np

from nnplay.training.diagnosis.evidence import Evidence, HiddenFacts, Measures
from nnplay.training.diagnosis.measuring import hidden_facts, measure
from nnplay.training.experiment import MOST_START
from nnplay.training.probes.probe import Probe
from nnplay.training.probes.samples import most_samples, spread_places
from nnplay.training.run_control import RunState
from nnplay.training.shadow import ProbedRun

LEAST_PAUSE = 0.5
"""Seconds from one look to the next."""
SHARE = 0.02
"""The part of a run's time that looking takes at most."""


@dataclass(frozen=True)
class EvidenceProbe(Probe[Evidence]):
    """Asks for what the rules judge by; who asks more often than it is measured gets the last answer again."""

    def measure(self, run: ProbedRun) -> Evidence | None:
        """The evidence; None where there are too few training samples."""
        return run.memory(_LastLook).at(run)


@dataclass(frozen=True)
class FloorProbe(Probe[HiddenFacts]):
    """Asks for the floor at every look, also of a run that isn't stuck: for a curve beside the loss."""

    kept = True

    def measure(self, run: ProbedRun) -> HiddenFacts | None:
        """What the hidden layers leave to the output layer; None for a loss that has no floor, or without samples."""
        data = run.trainer.prepared
        if not len(data.X_train):
            return None
        return hidden_facts(run, spread_places(len(data.X_train), most_samples(run.network.parameters.size)))


def evidence_of(run: ProbedRun, state: RunState) -> Evidence:
    """The evidence of a run that is between two steps, now."""
    run.look(full_speed=False)
    return _evidence(run, state, measure(run))


def _evidence(run: ProbedRun, state: RunState, measures: Measures | None) -> Evidence:
    trainer = run.trainer
    parameters = trainer.network.parameters
    kept = parameters.astype(np.float64) if parameters.size <= MOST_START else None
    return Evidence(trainer.experiment, state, trainer.epoch, measures, kept)


class _LastLook:
    """The last evidence of a run, and when it is too old."""

    def __init__(self) -> None:
        self._evidence: Evidence | None = None
        self._of: tuple[object, ...] = ()
        self._due = 0.0

    def at(self, run: ProbedRun) -> Evidence | None:
        """That, or new one: of a run that goes on when it is due, of a paused one whenever the run is another."""
        began = time.perf_counter()
        of = () if run.running else (run.version, run.trainer.place, id(run.trainer.experiment))
        if began < self._due if run.running else of == self._of:
            return self._evidence
        measures = measure(run)
        state = RunState.RUNNING if run.running else RunState.PAUSED
        self._evidence = None if measures is None else _evidence(run, state, measures)
        now = time.perf_counter()
        self._of, self._due = of, now + max(LEAST_PAUSE, (now - began) / SHARE)
        return self._evidence
