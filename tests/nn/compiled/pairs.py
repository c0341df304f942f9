"""The same network twice, by NumPy and compiled, and what of the two must be alike."""

from dataclasses import dataclass, field
from itertools import product

import numpy as np

from nnplay.nn import (
    ACTIVATIONS,
    LOSSES,
    OPTIMIZERS,
    OUTPUTS,
    OWN,
    Batches,
    NeuralNetwork,
    Optimizer,
    make_optimizer,
)
from nnplay.nn.stretch import Stretch, StretchOutcome

STEPS = 50
TOLERANCE = {"float64": 1e-9, "float32": 1e-4}
LOSS_KINDS = [*((loss, OWN) for loss in LOSSES), *(("mean_squared_error", output) for output in OUTPUTS)]
SWITCHES = ("batch_norm", "dropout", "penalties", "clipping", "weighted")
SAMPLES, INPUTS, BATCH = 19, 3, 5
"""A last batch of four."""


@dataclass(frozen=True)
class Case:
    """What of all there is to choose a pair has."""

    activation: str
    loss: str
    output: str
    optimizer: str
    dtype: str
    switches: dict[str, bool] = field(default_factory=dict)

    def __str__(self) -> str:
        on = [name for name in SWITCHES if self.switches.get(name)]
        return "-".join([self.activation, self.loss, self.output, self.optimizer, self.dtype, *on])

    @property
    def targets(self) -> np.ndarray:
        random = np.random.default_rng(2)
        labels = random.integers(0, 3, SAMPLES)
        if self.loss == "categorical_cross_entropy" or self.output == "softmax":
            return np.eye(3)[labels]
        if self.loss == "mean_squared_error" and self.output == OWN:
            return random.normal(size=(SAMPLES, 2))
        shares = np.column_stack([labels > 0, labels > 1]).astype(float)
        shares[:3, 1] = 0.3  # neither one class nor the other
        return shares

    def network(self, engine: str) -> NeuralNetwork:
        on = self.switches.get
        return NeuralNetwork(
            [INPUTS, 5, 4, self.targets.shape[1]],
            activation=self.activation,
            loss=self.loss,
            output=self.output,
            batch_norm=on("batch_norm", False),
            dropout=0.25 if on("dropout") else 0.0,
            l1=0.002 if on("penalties") else 0.0,
            l2=0.01 if on("penalties") else 0.0,
            clip_norm=0.3 if on("clipping") else None,
            dtype=self.dtype,
            seed=5,
            engine=engine,
        )

    def optimizer_of_its_own(self) -> Optimizer:
        """With a larger ε: without it what rounding leaves of a gradient that is zero becomes whole steps."""
        has_floor = "epsilon" in make_optimizer(self.optimizer).hyperparameters
        floor = {"epsilon": 1e-3 if self.dtype == "float32" else 1e-6} if has_floor else {}
        return make_optimizer(self.optimizer, learning_rate=0.01, **floor)

    def batches(self, network: NeuralNetwork) -> Batches:
        X = np.random.default_rng(1).normal(size=(SAMPLES, INPUTS)).astype(self.dtype)
        weights = np.linspace(0.0, 2.0, SAMPLES).astype(self.dtype) if self.switches.get("weighted") else None
        return Batches(X, self.targets.astype(self.dtype), BATCH, network.least_batch, weights)


def every_case() -> list[Case]:
    """Every activation, loss and optimiser in both precisions, with every switch on and off: thousands."""
    switches = [dict(zip(SWITCHES, values, strict=True)) for values in product([False, True], repeat=len(SWITCHES))]
    kinds = product(ACTIVATIONS, LOSS_KINDS, OPTIMIZERS, TOLERANCE, switches)
    return [Case(name, *loss, optimizer, dtype, on) for name, loss, optimizer, dtype, on in kinds]


def some_cases() -> list[Case]:
    """Every activation with every loss and optimiser once; the switches go through all that there are, in both."""
    cases, count = every_case(), 2 << len(SWITCHES)
    return [cases[first + 37 * number % count] for number, first in enumerate(range(0, len(cases), count))]


def train_by_numpy(case: Case, steps: int = STEPS) -> tuple[NeuralNetwork, Optimizer, list[float]]:
    network, optimizer, losses = case.network("numpy"), case.optimizer_of_its_own(), list[float]()
    batches = case.batches(network)
    while len(losses) < steps:
        if not batches.position:
            batches.begin_epoch(network.generator)
        losses.append(network.train_step(*batches.current(), optimizer, batches.current_weights()))
        batches.advance()
    return network, optimizer, losses


def train_compiled(case: Case, steps: int = STEPS) -> tuple[NeuralNetwork, Optimizer, StretchOutcome]:
    network, optimizer = case.network("compiled"), case.optimizer_of_its_own()
    stretch = Stretch(steps, steps, np.array([0.01]))
    return network, optimizer, network.train_batches(case.batches(network), optimizer, stretch)


def differences(case: Case, steps: int = STEPS) -> list[str]:
    """What of the two isn't alike, within the tolerance of the precision, after so many steps."""
    own, own_optimizer, losses = train_by_numpy(case, steps)
    other, other_optimizer, outcome = train_compiled(case, steps)
    arrays = {
        "weights": (own.weights, other.weights),
        # a bias before batch norm does nothing, and what rounding leaves of its gradient drives it anywhere
        "biases": (own.biases[-1:], other.biases[-1:]) if own.batch_norm else (own.biases, other.biases),
        "gammas": (own.gammas, other.gammas),
        # without a bend between two layers the first one's beta is such a bias, too
        "betas": (own.betas[-1:], other.betas[-1:]) if case.activation == "identity" else (own.betas, other.betas),
        "variances": (own.running_variances, other.running_variances),
        "outputs": ([_answer(case, own)], [_answer(case, other)]),
        "loss": ([np.array(losses[-1])], [np.array(outcome.loss)]),
    }
    found = [name for name, (ones, others) in arrays.items() if not alike(ones, others, TOLERANCE[case.dtype])]
    if own.generator.bit_generator.state != other.generator.bit_generator.state:
        found.append("random numbers")
    if (outcome.steps, own_optimizer.steps) != (steps, other_optimizer.steps):
        found.append("steps")
    return found


def _answer(case: Case, network: NeuralNetwork) -> np.ndarray:
    """What it gives; behind running means that lag behind such a bias, only what it gives while it trains."""
    network.dropout = 0.0
    X, Y = case.batches(network).given
    return np.array(network.objective(X, Y)) if network.batch_norm else network.forward(X)


def alike(ones: list[np.ndarray], others: list[np.ndarray], tolerance: float) -> bool:
    return all(np.allclose(a, b, rtol=tolerance, atol=tolerance) for a, b in zip(ones, others, strict=True))
