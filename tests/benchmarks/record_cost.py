"""What recording a run costs of its speed: `python -m tests.benchmarks.record_cost`.

Two runs of each network take turns, one recorded and one not, piece by piece, so that what else the machine does meets
both. Shown are the epochs a second of each, the median of the ratios of their times, less one, which is to be below
5 %, and the part of it that taking the moments is by itself.
"""

import statistics
import time

from threadpoolctl import threadpool_limits

from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.record import Recording
from nnplay.training.record.keeping import KeptMoment, interval_for
from nnplay.training.trainer import Trainer

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


def seconds_of(trainer: Trainer, epochs: int) -> float:
    """How much time of the processor so many epochs take, whatever else it does."""
    begin = time.thread_time()
    for _ in range(epochs):
        trainer.run_epoch()
    return time.thread_time() - begin


def seconds_of_moment(trainer: Trainer) -> float:
    """How much time of the processor one moment takes."""
    begin = time.thread_time()
    for _ in range(100):
        KeptMoment.of(trainer, 0, 0)
    return (time.thread_time() - begin) / 100


def report(name: str, experiment: Experiment) -> None:
    """Print the figures of one network as a line."""
    plain, record = Trainer(experiment), Recording(Trainer(experiment))
    epochs = max(round(SECONDS / min(seconds_of(plain, 3) / 3, seconds_of(record.trainer, 3) / 3)), 1)
    times = []
    for piece in range(PIECES):
        pair = [(plain, 0), (record.trainer, 1)]
        taken = {which: seconds_of(trainer, epochs) for trainer, which in (pair if piece % 2 else pair[::-1])}
        times.append((taken[0], taken[1]))
    cost = statistics.median(recorded / bare for bare, recorded in times) - 1
    rates = [epochs / statistics.median(each) for each in zip(*times, strict=True)]
    kept = len(list(record.current.kept()))
    interval = interval_for(plain.network.parameters.size)
    step = statistics.median(bare for bare, _ in times) / (epochs * plain.batches)
    share = seconds_of_moment(record.trainer) / (max(interval, plain.batches) * step)
    print(
        f"  {name:40} {rates[0]:9.0f} epochs/s, recorded {rates[1]:9.0f}: {100 * cost:5.1f} %, "
        f"moments alone {100 * share:.2f} %; "
        f"{kept} moments, {record.bytes() / 1e6:.1f} MB",
        flush=True,
    )


if __name__ == "__main__":
    with threadpool_limits(limits=1, user_api="blas"):
        for name, experiment in EXPERIMENTS.items():
            report(name, experiment)
