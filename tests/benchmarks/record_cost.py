"""What recording a run costs of its speed: `python -m tests.benchmarks.record_cost`.

One run of each network is recorded in every other piece of it and not in those between, so that what else the machine
does, and where its arrays lie, meets both. Shown are the epochs a second of both, the median of the ratios of two
pieces' times, less one, which is to be below 5 %, with the half of the ratios about it, and the part of it that taking
the moments is by itself.
"""

import statistics
import time

from threadpoolctl import threadpool_limits

from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.record import Recording
from nnplay.training.record.keeping import KeptMoment, interval_for
from nnplay.training.trainer import NEVER, Trainer

PIECES, SECONDS = 60, 0.1


def network(*units: int) -> ModelSpec:
    """Hidden layers of these widths."""
    return ModelSpec(hidden_layers=tuple(HiddenLayer(units=each, activation="tanh") for each in units))


def digits(*units: int) -> Experiment:
    """A network that learns the digits."""
    layers = tuple(HiddenLayer(units=each) for each in units)
    return Experiment(
        data=DataSpec(kind="digits", samples=1000, train_share=0.8),
        model=ModelSpec(hidden_layers=layers, loss="categorical_cross_entropy"),
        training=TrainingSpec(optimizer="adam", learning_rate=0.001, batch_size=32),
    )


SPIRALS = DataSpec(kind="spirals", samples=200, train_share=0.5)
ADAM = TrainingSpec(optimizer="adam", learning_rate=0.01)
EXPERIMENTS = {
    "[2, 4, 1] on XOR, full batch": Experiment(),
    "[2, 8, 8, 1] on spirals, full batch": Experiment(data=SPIRALS, model=network(8, 8), training=ADAM),
    "[2, 8, 8, 1] on spirals, batches of 10": Experiment(
        data=SPIRALS,
        model=network(8, 8),
        training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=10),
    ),
    "[784, 32, 10] on digits": digits(32),
    "[784, 128, 64, 10] on digits": digits(128, 64),
}


def seconds_of(trainer: Trainer, epochs: int, *, recorded: bool = True) -> float:
    """How much time of the processor so many epochs take, whatever else it does."""
    due = trainer.looks_at - trainer.epoch
    if not recorded:
        trainer.looks_at = NEVER
    begin = time.thread_time()
    for _ in range(epochs):
        trainer.run_epoch()
    seconds = time.thread_time() - begin
    if not recorded:
        trainer.looks_at = trainer.epoch + due
    return seconds


def seconds_of_moment(trainer: Trainer) -> float:
    """How much time of the processor one moment takes."""
    begin = time.thread_time()
    for _ in range(100):
        KeptMoment.of(trainer, 0, 0)
    return (time.thread_time() - begin) / 100


def report(name: str, experiment: Experiment) -> None:
    """Print the figures of one network as a line."""
    record = Recording(Trainer(experiment))
    trainer = record.trainer
    epochs = max(round(SECONDS / (min(seconds_of(trainer, 3), seconds_of(trainer, 3)) / 3)), 1)
    times = []
    for piece in range(PIECES):
        taken = {
            recorded: seconds_of(trainer, epochs, recorded=recorded) for recorded in (piece % 2 > 0, piece % 2 < 1)
        }
        times.append((taken[False], taken[True]))
    low, cost, high = (ratio - 1 for ratio in statistics.quantiles(recorded / bare for bare, recorded in times))
    rates = [epochs / statistics.median(each) for each in zip(*times, strict=True)]
    kept = len(list(record.current.kept()))
    interval = interval_for(trainer)
    step = statistics.median(bare for bare, _ in times) / (epochs * trainer.batches)
    share = seconds_of_moment(trainer) / (max(interval, trainer.batches) * step)
    print(
        f"  {name:40} {rates[0]:9.0f} epochs/s, recorded {rates[1]:9.0f}: {100 * cost:5.1f} % "
        f"({100 * low:.1f} to {100 * high:.1f}), moments alone {100 * share:.2f} %; "
        f"{kept} moments, {record.bytes() / 1e6:.1f} MB",
        flush=True,
    )


if __name__ == "__main__":
    with threadpool_limits(limits=1, user_api="blas"):
        for name, experiment in EXPERIMENTS.items():
            report(name, experiment)
