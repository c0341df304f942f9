"""What a look of the diagnosis costs a run: `python -m tests.benchmarks.diagnosis_cost`.

Shown are the milliseconds of a look, those of the floor alone, which only a run that is stuck is asked for, and the
part of a run's time that looks take at their pace, which is to be below 3 %. Runs with and without looks take turns,
piece by piece, and it is the processor's time that is taken, so that what else the machine does changes little. The
network of two units is one that is too small, which a look asks once.
"""

import statistics
import time

import numpy as np

from nnplay.training.diagnosis import findings, probe
from nnplay.training.diagnosis.measuring import hidden_facts, measure
from nnplay.training.diagnosis.probe import LEAST_PAUSE, SHARE, EvidenceProbe
from nnplay.training.edits import with_value
from nnplay.training.experiment import DataSpec, Experiment, TrainingSpec
from nnplay.training.observer import Observer
from nnplay.training.one_thread import one_thread
from nnplay.training.probes.samples import most_samples, spread_places
from nnplay.training.shadow import ProbedRun
from nnplay.training.trainer import Trainer
from tests.benchmarks.record_cost import digits, network

SPIRALS = DataSpec(kind="spirals", samples=500, train_share=0.5)
EXPERIMENTS = {
    "[2, 4, 1] on XOR, full batch": Experiment(seed=5),
    "[2, 8, 8, 1] on 250 points of spirals, batches of 10": Experiment(
        data=SPIRALS, model=network(8, 8), training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=10)
    ),
    "[2, 2, 1] on 250 points of spirals, batches of 10": Experiment(
        data=SPIRALS, model=network(2), training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=10)
    ),
    "[784, 32, 10] on 800 digits": digits(32),
    "[784, 128, 64, 10] on 800 digits": digits(128, 64),
}
PIECES, FRAME = 120, 1 / 30
ASKED = frozenset({EvidenceProbe()})
LINE = "{:<56}{:>10}{:>12}{:>10}{:>12}"


def milliseconds_of(experiment: Experiment) -> tuple[float, float, float]:
    """Of a look, of its rules and of the floor."""
    trainer = Trainer(experiment)
    run = ProbedRun(trainer)
    looks, rules, floors = [], [], []
    for _ in range(12):
        trainer.run_epoch()
        run.look(full_speed=False)
        places = spread_places(len(trainer.prepared.X_train), most_samples(trainer.network.parameters.size))
        figures = trainer.figures
        assert figures is not None
        began = time.thread_time()
        measure(run)
        looks.append(time.thread_time() - began)
        began = time.thread_time()
        hidden_facts(run, places)
        floors.append(time.thread_time() - began)
        evidence = Observer(trainer).snapshot(ASKED).answer(EvidenceProbe())
        assert evidence is not None
        began = time.thread_time()
        findings(evidence)
        rules.append(time.thread_time() - began)
    return tuple(1e3 * statistics.median(times) for times in (looks, rules, floors))  # type: ignore[return-value]


class OwnTime:
    """The time of the run that is looked at, which stands while the other one has its turn."""

    def __init__(self) -> None:
        self.of_others = 0.0

    def perf_counter(self) -> float:
        """Seconds."""
        return time.thread_time() - self.of_others


def share_of_time(experiment: Experiment) -> float:
    """By how much a run that is looked at takes longer, of two that take turns for a frame each."""
    observers = [Observer(Trainer(with_value(experiment, "seed", 5))) for _ in range(2)]
    clock = probe.time = OwnTime()  # type: ignore[assignment]
    observers[1].snapshot(ASKED, epochs_per_second=1.0)  # the first look makes what all others use
    took = np.zeros((PIECES, 2))
    done = np.zeros((PIECES, 2))
    for piece in range(PIECES):
        for side in np.random.default_rng(piece).permutation(2):
            trainer, observer = observers[side]._trainer, observers[side]
            began = time.thread_time()
            while time.thread_time() - began < FRAME:
                trainer.run_epoch()
                done[piece, side] += 1
            observer.snapshot(ASKED if side else frozenset(), epochs_per_second=1.0)
            took[piece, side] = time.thread_time() - began
            clock.of_others += 0.0 if side else took[piece, side]
    speeds = done.sum(axis=0) / took.sum(axis=0)
    return float(1.0 - speeds[1] / speeds[0])


def main() -> None:
    """Measure and print."""
    print(f"at most one look in {LEAST_PAUSE} s, and {100 * SHARE:g} % of the time")
    print(LINE.format("", "look ms", "floor ms", "rules ms", "of the time"))
    with one_thread():
        for name, experiment in EXPERIMENTS.items():
            look, rules, floor = milliseconds_of(experiment)
            share = 100.0 * share_of_time(experiment)
            print(LINE.format(name, f"{look:.2f}", f"{floor:.2f}", f"{rules:.2f}", f"{share:.1f} %"))


if __name__ == "__main__":
    main()
