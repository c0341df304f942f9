"""How fast one moves in a record: `python -m tests.benchmarks.seek`.

Shown are the moments a second that are computed again while the cursor is dragged back and forth in small steps, and
while it jumps to random places; at least 20 for [2, 8, 8, 1] and 10 for the small digits network are wanted. With
`--epochs N` runs of that length (a million takes minutes), of which random epochs are to be reached in under a second.
"""

import argparse
import time
from collections.abc import Sequence
from random import Random

from threadpoolctl import threadpool_limits

from nnplay.training.experiment import Experiment
from nnplay.training.record import Recording
from nnplay.training.trainer import Trainer
from tests.benchmarks.record_cost import EXPERIMENTS

PLACES, JUMPS = 300, 100
SECONDS = 8.0
"""Of training, where no length is asked for."""


def recorded(experiment: Experiment, epochs: int | None) -> Recording:
    """A run of some seconds, or of so many epochs."""
    record, end = Recording(Trainer(experiment)), time.perf_counter() + SECONDS
    while record.trainer.epoch < epochs if epochs is not None else time.perf_counter() < end:
        record.trainer.run_epoch()
    return record


def per_second(record: Recording, steps: Sequence[int]) -> tuple[float, float]:
    """(moments a second, the longest time for one in milliseconds)."""
    longest, begin = 0.0, time.perf_counter()
    for step in steps:
        start = time.perf_counter()
        record.moment_at(step)
        longest = max(longest, time.perf_counter() - start)
    return len(steps) / (time.perf_counter() - begin), 1000 * longest


def report(name: str, experiment: Experiment, epochs: int | None) -> None:
    """Print the figures of one network as lines."""
    record = recorded(experiment, epochs)
    end = record.step
    stride = max(end // (2 * PLACES), 1)
    random = Random(1)
    ways = {
        "dragged back": [end - place * stride for place in range(PLACES)],
        "dragged on": [end // 3 + place * stride for place in range(PLACES)],
        "an epoch back each": [max(end - place * record.trainer.batches, 0) for place in range(PLACES)],
        "at random": [record.step_of(random.randint(0, record.trainer.epoch)) for _ in range(JUMPS)],
    }
    print(f"{name}: {record.trainer.epoch:,} epochs, {end:,} steps, {len(list(record.current.kept()))} moments")
    for way, steps in ways.items():
        rate, longest = per_second(record, steps)
        print(f"  {way:20} {rate:7.1f} a second, longest {longest:6.1f} ms", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.seek", description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, help="of each run")
    parser.add_argument("--only", default="", help="a part of the name")
    given = parser.parse_args()
    with threadpool_limits(limits=1, user_api="blas"):
        for name, experiment in EXPERIMENTS.items():
            if given.only in name:
                report(name, experiment, given.epochs)
