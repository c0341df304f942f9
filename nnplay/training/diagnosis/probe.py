"""A look at a run for the rules, at most twice a second and in a small part of the run's time."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

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
SHARE, FLOOR_SHARE = 0.02, 0.008
"""The parts of a run's time that looking takes at most: for the rules, and for the floor alone."""

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class EvidenceProbe(Probe[Evidence]):
    """Asks for what the rules judge by; who asks more often than it is measured gets the last answer again."""

    def measure(self, run: ProbedRun) -> Evidence | None:
        """The evidence; None where there are too few training samples."""
        return run.memory(_LastEvidence).at(run, lambda: _look(run), SHARE)


@dataclass(frozen=True)
class FloorAt:
    """The floor at a moment of a run, whose epochs may be a fraction."""

    epochs: float
    facts: HiddenFacts


@dataclass(frozen=True)
class FloorProbe(Probe[FloorAt]):
    """Asks for the floor, also of a run that isn't stuck: for a curve beside the loss; as seldom as the evidence."""

    def measure(self, run: ProbedRun) -> FloorAt | None:
        """What the hidden layers leave to the output layer; None for a loss that has no floor, or without samples."""
        return run.memory(_LastFloor).at(run, lambda: _floor(run), FLOOR_SHARE)


def evidence_of(run: ProbedRun, state: RunState) -> Evidence:
    """The evidence of a run that is between two steps, now."""
    run.look(full_speed=False)
    return _evidence(run, state, measure(run))


def _evidence(run: ProbedRun, state: RunState, measures: Measures | None) -> Evidence:
    trainer = run.trainer
    parameters = trainer.network.parameters
    kept = parameters.astype(np.float64) if parameters.size <= MOST_START else None
    return Evidence(trainer.experiment, state, trainer.epoch, measures, kept)


def _look(run: ProbedRun) -> Evidence | None:
    measures = measure(run)
    state = RunState.RUNNING if run.running else RunState.PAUSED
    return None if measures is None else _evidence(run, state, measures)


@np.errstate(all="ignore")  # a run about to diverge has numbers of any size
def _floor(run: ProbedRun) -> FloorAt | None:
    data, figures = run.trainer.prepared, run.trainer.figures
    if not len(data.X_train):
        return None
    facts = hidden_facts(run, spread_places(len(data.X_train), most_samples(run.network.parameters.size)))
    return None if facts is None else FloorAt(figures.epoch + figures.fraction, facts)


class _LastLook(Generic[Answer]):
    """The last answer about a run, and when it is too old."""

    def __init__(self) -> None:
        self._answer: Answer | None = None
        self._of: tuple[object, ...] | None = None
        self._due = 0.0

    def at(self, run: ProbedRun, look: Callable[[], Answer | None], share: float) -> Answer | None:
        """That, or a new one: of a run that goes on when it is due, of a paused one whenever the run is another."""
        began = time.perf_counter()
        of = () if run.running else (run.version, run.trainer.place, id(run.trainer.experiment))
        if began < self._due if run.running else of == self._of:
            return self._answer
        self._answer = look()
        now = time.perf_counter()
        self._of, self._due = of, now + max(LEAST_PAUSE, (now - began) / share)
        return self._answer


class _LastEvidence(_LastLook[Evidence]):
    """What the rules judge by."""


class _LastFloor(_LastLook[FloorAt]):
    """The floor."""
