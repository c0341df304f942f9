"""What the rules of the diagnosis judge by, at most twice a second and in a small part of a run's time."""

import time
from dataclasses import dataclass

from nnplay.training.diagnosis.evidence import Measures
from nnplay.training.diagnosis.measuring import measure
from nnplay.training.probes.probe import Probe
from nnplay.training.shadow import ProbedRun

LEAST_PAUSE = 0.5
"""Seconds from one look to the next."""
SHARE = 0.02
"""The part of a run's time that looking takes at most."""


@dataclass(frozen=True)
class EvidenceProbe(Probe[Measures]):
    """Asks for what the rules judge by; who asks more often than it is measured gets the last answer again."""

    def measure(self, run: ProbedRun) -> Measures | None:
        """The measures; None where there are too few training samples."""
        return run.memory(_LastLook).at(run)


class _LastLook:
    """The last measures of a run, and when they are too old."""

    def __init__(self) -> None:
        self._measures: Measures | None = None
        self._due = 0.0
        self._of: object = None
        self._version = -1

    def at(self, run: ProbedRun) -> Measures | None:
        """Those, or new ones: of a run that goes on when they are due, of a paused one whenever it is another."""
        began, of = time.perf_counter(), (run.trainer.place, run.trainer.experiment)
        paused_anew = not run.running and (of != self._of or run.version != self._version)
        if self._of is None or paused_anew or (run.running and began >= self._due):
            self._measures, self._of, self._version = measure(run), of, run.version
            now = time.perf_counter()
            self._due = now + max(LEAST_PAUSE, (now - began) / SHARE)
        return self._measures
