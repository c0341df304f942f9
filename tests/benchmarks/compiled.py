"""Compiled steps beside NumPy's, and PyTorch's where that is there: `python -m tests.benchmarks.compiled`.

Needs numba. Each ratio is the median of many pieces, in which the two take turns, so that what else the machine does
meets both. The runs are those of a trainer with its figures and history, without a window; the steps are those alone.
The exit code is 1 where a bar is missed.
"""

import importlib.util
import statistics
import sys
import time
from collections.abc import Callable

import msgspec
import numpy as np
from threadpoolctl import threadpool_limits

from nnplay.nn import Batches, make_optimizer
from nnplay.nn.stretch import Stretch
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.stretches import Stretches
from nnplay.training.trainer import Trainer
from tests.benchmarks.test_training_step import LEARNING_RATE, ROWS, Row, nnplay_step, torch_step

PIECES, SECONDS = 15, 0.05
WARM_UP, LONG_INTERVAL = 6.0, 512
"""Seconds of a compiled run at most until its figures are measured as rarely as in a long one, each so many epochs."""
LINE = "{:<52} {:>14} {:>14} {:>8} {:>8}  {}"
POINTS = DataSpec(kind="spirals", samples=250)
replace = msgspec.structs.replace


def run_of(*units: int, batch_size: int | None = 10, data: DataSpec = POINTS) -> Experiment:
    """A network of tanh layers of these widths."""
    layers = tuple(HiddenLayer(units=each, activation="tanh") for each in units)
    return Experiment(
        data=data,
        model=ModelSpec(hidden_layers=layers),
        training=TrainingSpec(learning_rate=0.05, batch_size=batch_size),
    )


def variants(name: str, run: Experiment, bar: float) -> dict[str, tuple[Experiment, float]]:
    """The run as it is, and with what else a step may have."""
    adam = replace(run, training=replace(run.training, optimizer="adam", learning_rate=0.002))
    return {
        name: (run, bar),
        f"{name}, Adam": (adam, 4.0),
        f"{name}, batch norm": (replace(run, model=replace(run.model, batch_norm=True)), 4.0),
        f"{name}, dropout": (replace(run, model=replace(run.model, dropout=0.2)), 4.0),
    }


RUNS = {
    "[2, 4, 1] XOR, full batch": (run_of(4, batch_size=None, data=DataSpec()), 40.0),
    **variants("[2, 4, 2, 1], batches of 10", run_of(4, 2), 10.0),
    **variants("[2, 8, 8, 8, 1], batches of 10", run_of(8, 8, 8), 5.0),
}
STEPS_BAR, TINY = 50.0, 4
"""Times PyTorch's speed on networks of up to so many layers of few units; on wide ones no less than NumPy's."""


def epochs_per_second(trainer: Trainer, stretches: Stretches) -> float:
    """How many epochs a second it makes, as a thread trains it that nobody disturbs."""
    begin, epoch = time.perf_counter(), trainer.epoch
    if trainer.is_compiled:
        while time.perf_counter() - begin < SECONDS:
            stretches.advance(trainer)
    else:
        step = trainer.step
        while time.perf_counter() - begin < SECONDS:
            for _ in range(50):
                step()
    return (trainer.epoch - epoch + trainer.batch / trainer.batches) / (time.perf_counter() - begin)


def compare_runs(name: str, experiment: Experiment, bar: float) -> bool:
    """Print how fast the two engines run it."""
    trainers = [
        Trainer(replace(experiment, training=replace(experiment.training, engine=engine)))
        for engine in ("numpy", "compiled")
    ]
    stretches = Stretches()
    warm = time.perf_counter() + WARM_UP
    while time.perf_counter() < warm and trainers[1].history.interval < LONG_INTERVAL:
        stretches.advance(trainers[1])
    rates = [[epochs_per_second(trainer, stretches) for trainer in trainers] for _ in range(PIECES)]
    ratio = statistics.median(compiled / plain for plain, compiled in rates)
    plain, compiled = (statistics.median(column) for column in zip(*rates, strict=True))
    return report(name, f"{plain:,.0f} ep/s", f"{compiled:,.0f} ep/s", ratio, bar)


def compiled_steps(row: Row) -> Callable[[], None]:
    """A thousand steps, in one call where the kernel makes them."""
    network, optimizer = row.network(), make_optimizer(row.optimizer, learning_rate=LEARNING_RATE)
    network.engine = "compiled"
    X, classes = row.data(row.samples)
    outputs = row.layer_sizes[-1]
    Y = np.eye(outputs, dtype=row.dtype)[classes] if outputs > 1 else classes[:, None].astype(row.dtype)
    batches, rates = Batches(X, Y, None), np.array([LEARNING_RATE])
    if network.is_compiled(optimizer):
        return lambda: network.train_batches(batches, optimizer, Stretch(1000, 1000, rates)) and None
    return lambda: [network.train_step(X, Y, optimizer) for _ in range(10)] and None


def seconds_of(call: Callable[[], object], steps: int) -> float:
    """A step's time in the fastest of some calls of so many steps."""
    call()
    times = list[float]()
    for _ in range(PIECES):
        begin = time.perf_counter()
        call()
        times.append((time.perf_counter() - begin) / steps)
    return statistics.median(times)


def compare_steps(row: Row) -> bool:
    """Print how a step stands to PyTorch's in eager mode, and NumPy's own ratio beside it."""
    import torch

    torch.set_num_threads(1)
    compiled = compiled_steps(row)
    is_tiny = max(row.layer_sizes) <= 2 * TINY
    own = seconds_of(compiled, 1000 if is_tiny else 10)
    plain_step, eager_step = nnplay_step(row), torch_step(torch, row)
    plain = seconds_of(lambda: [plain_step() for _ in range(20)], 20)
    eager = seconds_of(lambda: [eager_step() for _ in range(20)], 20)
    small_batch = row.samples <= 10
    bar = max(STEPS_BAR if is_tiny and small_batch else 0.0, 0.85 * eager / plain)
    return report(row.name, f"torch {eager * 1e6:.0f} µs", f"{own * 1e6:.2f} µs", eager / own, bar)


def report(name: str, beside: str, own: str, ratio: float, bar: float) -> bool:
    """Print a line, and tell whether its bar was met."""
    met = ratio >= bar
    print(LINE.format(name, beside, own, f"{ratio:.1f}", f"{bar:.1f}", "met" if met else "MISSED"), flush=True)
    return met


def main() -> int:
    """Measure, print, and answer 1 where a bar is missed."""
    print(LINE.format("", "beside", "compiled", "ratio", "bar", ""))
    with threadpool_limits(1):
        met = [compare_runs(name, *run) for name, run in RUNS.items()]
        if importlib.util.find_spec("torch") is not None:
            met += [compare_steps(row) for row in ROWS]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
