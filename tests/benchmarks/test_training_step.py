"""The time of one training step (forward, backward, update), beside PyTorch's and scikit-learn's.

Run by `python -m tests.benchmarks`, which prints the table; a peer that is not installed is skipped.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from nnplay.nn import NeuralNetwork, make_optimizer

LEARNING_RATE = 0.01
ROUNDS = 30
SECONDS_PER_ROUND = 0.02
STACK = 64
STACK_TARGET = 6.0
SKLEARN_BATCHES = 10


@dataclass(frozen=True)
class Row:
    """One line of the table: a network, a batch, and how many times a peer's speed is asked for."""

    layer_sizes: tuple[int, ...]
    activation: str
    optimizer: str
    samples: int
    torch_target: float
    sklearn_target: float | None = None
    dtype: str = "float64"

    @property
    def name(self) -> str:
        precision = "" if self.dtype == "float64" else f", {self.dtype}"
        return f"{list(self.layer_sizes)} {self.activation}, {self.optimizer}{precision}, batch {self.samples}"

    def data(self, samples: int) -> tuple[NDArray[np.floating], NDArray[np.intp]]:
        """Inputs (N, I) and class indices (N,)."""
        generator = np.random.default_rng(0)
        X = generator.standard_normal((samples, self.layer_sizes[0])).astype(self.dtype)
        return X, generator.integers(0, max(self.layer_sizes[-1], 2), samples)

    def network(self, stack: int | None = None) -> NeuralNetwork:
        loss = "binary_cross_entropy" if self.layer_sizes[-1] == 1 else "categorical_cross_entropy"
        return NeuralNetwork(self.layer_sizes, self.activation, loss, dtype=self.dtype, seed=0, stack=stack)


ROWS = (
    Row((2, 4, 1), "relu", "sgd", 4, 15.0),
    Row((2, 8, 8, 1), "relu", "sgd", 10, 12.0),
    Row((2, 8, 8, 1), "relu", "adam", 10, 15.0),
    Row((2, 8, 8, 8, 1), "tanh", "sgd", 250, 6.0),
    Row((784, 128, 64, 10), "relu", "adam", 128, 1.3, 2.0, "float32"),
)

sklearn_rows = pytest.mark.parametrize("row", [row for row in ROWS if row.sklearn_target], ids=lambda row: row.name)
every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)


@pytest.fixture(autouse=True)
def one_blas_thread() -> Iterator[None]:
    with threadpool_limits(1):
        yield


@every_row
def test_nnplay(benchmark, row: Row) -> None:
    step = nnplay_step(row)
    measure(benchmark, step, row, "nnplay")
    assert np.isfinite(step())


@every_row
def test_torch(benchmark, row: Row) -> None:
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    step = torch_step(torch, row)
    measure(benchmark, step, row, "torch", row.torch_target)
    assert np.isfinite(step())


@sklearn_rows
def test_sklearn(benchmark, row: Row) -> None:
    pytest.importorskip("sklearn")
    step = sklearn_step(row, batches=1)
    measure(benchmark, step, row, "sklearn", row.sklearn_target)
    assert np.isfinite(step())


@sklearn_rows
def test_sklearn_with_its_checks_shared(benchmark, row: Row) -> None:
    """Ten steps in one call, so that what scikit-learn checks at each call hardly counts: shown beside, no target."""
    pytest.importorskip("sklearn")
    step = sklearn_step(row, SKLEARN_BATCHES)
    measure(benchmark, step, row, "sklearn ×10", 0.0, steps=SKLEARN_BATCHES)
    assert np.isfinite(step())


def test_stack(benchmark) -> None:
    step = nnplay_step(ROWS[0], stack=STACK)
    measure(benchmark, step, ROWS[0], "stack", STACK_TARGET)
    assert np.isfinite(step()).all()


def measure(
    benchmark, step: Callable[[], object], row: Row, who: str, target: float | None = None, steps: int = 1
) -> None:
    """Time rounds of many calls; the fastest round is the one that other programs disturbed least."""
    benchmark.extra_info.update(row=row.name, who=who, target=target, steps=steps)
    for _ in range(5):
        step()
    probe = benchmark._timer()
    step()
    calls = max(1, int(SECONDS_PER_ROUND / max(benchmark._timer() - probe, 1e-6)))
    benchmark.pedantic(step, rounds=ROUNDS, iterations=calls)


def nnplay_step(row: Row, stack: int | None = None) -> Callable[[], object]:
    network, optimizer = row.network(stack), make_optimizer(row.optimizer, learning_rate=LEARNING_RATE)
    X, classes = row.data(row.samples)
    outputs = row.layer_sizes[-1]
    Y = np.eye(outputs, dtype=row.dtype)[classes] if outputs > 1 else classes[:, None].astype(row.dtype)
    return lambda: network.train_step(X, Y, optimizer)


def torch_step(torch, row: Row) -> Callable[[], float]:
    """PyTorch as its tutorials write it, in eager mode, the loss read as a number as nnplay returns it."""
    nn, dtype = torch.nn, getattr(torch, row.dtype)
    activation = {"relu": nn.ReLU, "tanh": nn.Tanh}[row.activation]
    sizes = row.layer_sizes
    layers = []
    for inputs, outputs in pairwise(sizes[:-1]):
        layers += [nn.Linear(inputs, outputs), activation()]
    model = nn.Sequential(*layers, nn.Linear(sizes[-2], sizes[-1])).to(dtype)
    kind = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[row.optimizer]
    optimizer = kind(model.parameters(), lr=LEARNING_RATE)
    X, classes = row.data(row.samples)
    inputs, targets = torch.from_numpy(X), torch.from_numpy(classes)
    if sizes[-1] == 1:
        loss_function, targets = nn.BCEWithLogitsLoss(), targets[:, None].to(dtype)
    else:
        loss_function = nn.CrossEntropyLoss()

    def step() -> float:
        optimizer.zero_grad()
        loss = loss_function(model(inputs), targets)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def sklearn_step(row: Row, batches: int) -> Callable[[], float]:
    """scikit-learn's way to train on a batch at hand, or on several in one call."""
    from sklearn.neural_network import MLPClassifier

    hidden = row.layer_sizes[1:-1]
    model = MLPClassifier(hidden, activation=row.activation, solver=row.optimizer, alpha=0.0, batch_size=row.samples)
    model.set_params(learning_rate_init=LEARNING_RATE)
    X, classes = row.data(row.samples * batches)
    every_class = np.arange(row.layer_sizes[-1])

    def step() -> float:
        return model.partial_fit(X, classes, classes=every_class).loss_

    return step
