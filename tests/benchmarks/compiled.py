"""Compiled steps beside NumPy's, and PyTorch's where that is there: `python -m tests.benchmarks.compiled`.

Needs numba. Each ratio is the median of many pieces, in which the two take turns, so that what else the machine does
meets both. The runs are those of a trainer with its figures and history, without a window; the steps are those alone.
The exit code is 1 where a bar is missed.
"""

import importlib.util
import os
import statistics
import sys
import time
from collections.abc import Callable

import msgspec
import numpy as np
from threadpoolctl import threadpool_limits

from nnplay.nn import Batches, make_optimizer
from nnplay.nn.engines import have_kernel
from nnplay.nn.stretch import Stretch
from nnplay.training.due import MEASURED_EVERY_COMPILED
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.stretches import Stretches
from nnplay.training.trainer import Trainer
from tests.benchmarks.test_training_step import LEARNING_RATE, ROWS, STACK, Row, nnplay_step, torch_step

PIECES, SECONDS = 15, 0.05
WARM_UP = 6.0
"""Seconds of a compiled run at most until its figures are measured as rarely as in a long one."""
LINE = "{:<76} {:>14} {:>14} {:>8} {:>8}  {}"
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
"""Times PyTorch's speed on networks of up to twice so many units a layer and few samples; on others no less than
NumPy's own ratio.
"""
NOISE = 0.05
"""By this part the compiled ratio may lie below NumPy's. For wide layers it is NumPy's own step that is measured twice,
and two medians of the same code differ by so much where other programs run beside.
"""
STACK_BAR, STACK_STEPS = 0.6, 1000
"""Of the time of as many times one network, where there are two processors."""


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
    while time.perf_counter() < warm and trainers[1].history.interval < MEASURED_EVERY_COMPILED[1]:
        stretches.advance(trainers[1])
    rates = [[epochs_per_second(trainer, stretches) for trainer in trainers] for _ in range(PIECES)]
    ratio = statistics.median(compiled / plain for plain, compiled in rates)
    plain, compiled = (statistics.median(column) for column in zip(*rates, strict=True))
    return report(name, f"{plain:,.0f} ep/s", f"{compiled:,.0f} ep/s", ratio, bar)


def compiled_steps(row: Row, steps: int, stack: int | None = None) -> Callable[[], object]:
    """So many steps, in one call where the kernel makes them."""
    network, optimizer = row.network(stack), make_optimizer(row.optimizer, learning_rate=LEARNING_RATE)
    network.engine = "compiled"
    X, classes = row.data(row.samples)
    outputs = row.layer_sizes[-1]
    Y = np.eye(outputs, dtype=row.dtype)[classes] if outputs > 1 else classes[:, None].astype(row.dtype)
    batches, stretch = Batches(X, Y, None), Stretch(steps, steps, np.array([LEARNING_RATE]))
    if network.is_compiled(optimizer):
        return lambda: network.train_batches(batches, optimizer, stretch)
    return repeated(lambda: network.train_step(X, Y, optimizer), steps)


def repeated(step: Callable[[], object], steps: int) -> Callable[[], object]:
    """So many calls as one."""

    def call() -> None:
        for _ in range(steps):
            step()

    return call


def by_turns(calls: dict[str, tuple[Callable[[], object], int]]) -> list[dict[str, float]]:
    """A step's seconds by each of the calls, of so many steps each, again and again one after the other."""
    for call, _ in calls.values():
        call()
    pieces = []
    for _ in range(PIECES):
        pieces.append({})
        for name, (call, steps) in calls.items():
            begin, times = time.perf_counter(), 0
            while times == 0 or time.perf_counter() - begin < SECONDS:
                call()
                times += 1
            pieces[-1][name] = (time.perf_counter() - begin) / (times * steps)
    return pieces


def compare_steps(row: Row) -> bool:
    """Print how a step stands to PyTorch's in eager mode; the bar is NumPy's own ratio, as it is in the same pieces.

    Ratios are taken within a piece, so that what else the machine does meets all three.
    """
    import torch

    torch.set_num_threads(1)
    is_tiny = max(row.layer_sizes) <= 2 * TINY
    own_steps = 1000 if is_tiny else 10
    pieces = by_turns({
        "compiled": (compiled_steps(row, own_steps), own_steps),
        "numpy": (repeated(nnplay_step(row), 10), 10),
        "torch": (repeated(torch_step(torch, row), 10), 10),
    })  # fmt: skip
    own, plain, eager = (statistics.median(piece[name] for piece in pieces) for name in ("compiled", "numpy", "torch"))
    ratio = statistics.median(piece["torch"] / piece["compiled"] for piece in pieces)
    numpys = statistics.median(piece["torch"] / piece["numpy"] for piece in pieces)
    bar = max(STEPS_BAR if is_tiny and row.samples <= 10 else 0.0, (1.0 - NOISE) * numpys)
    beside = f"torch {eager * 1e6:.0f} µs"
    return report(f"{row.name}, NumPy {plain * 1e6:.0f} µs", beside, f"{own * 1e6:.2f} µs", ratio, bar)


def compare_stack() -> bool:
    """Print how long a stack takes, of as many times one network; the bar is the most that it may be."""
    pieces = by_turns({
        "one": (compiled_steps(ROWS[0], STACK_STEPS), STACK_STEPS),
        "stack": (compiled_steps(ROWS[0], STACK_STEPS, STACK), STACK_STEPS),
    })  # fmt: skip
    one, stack = (statistics.median(piece[name] for piece in pieces) for name in ("one", "stack"))
    ratio = statistics.median(piece["stack"] / (STACK * piece["one"]) for piece in pieces)
    name = f"{STACK} times one, and a stack of {STACK} with {os.cpu_count()} processors"
    times = f"{STACK * one * 1e6:.1f} µs", f"{stack * 1e6:.1f} µs"
    return report(name, *times, ratio, STACK_BAR, met=ratio <= STACK_BAR)


def report(name: str, beside: str, own: str, ratio: float, bar: float, *, met: bool | None = None) -> bool:
    """Print a line, and tell whether its bar was met: by a ratio as high, where nothing else is said."""
    met = ratio >= bar if met is None else met
    print(LINE.format(name, beside, own, f"{ratio:.2f}", f"{bar:.2f}", "met" if met else "MISSED"), flush=True)
    return met


def main() -> int:
    """Measure, print, and answer 1 where a bar is missed."""
    have_kernel("float64")  # compiling would take longer than warming up
    print(LINE.format("", "beside", "compiled", "ratio", "bar", ""))
    with threadpool_limits(1):
        met = [compare_runs(name, *run) for name, run in RUNS.items()]
        met.append(compare_stack())
        if importlib.util.find_spec("torch") is not None:
            met += [compare_steps(row) for row in ROWS]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
