"""Steps of random networks to write out."""

import numpy as np

from nnplay.nn import NeuralNetwork, StepTrace, make_optimizer

OUTPUTS = {"binary_cross_entropy": 1, "categorical_cross_entropy": 3, "mean_squared_error": 2}


def traced(
    seed: int = 0,
    *,
    sizes: tuple[int, ...] = (2, 4, 3),
    loss: str = "binary_cross_entropy",
    outputs: int | None = None,
    optimizer: str = "sgd",
    samples: int = 4,
    weighted: bool = False,
    off: tuple[int, int] | None = None,
    steps: int = 2,
    spread: float = 1.0,
    **choices: object,
) -> StepTrace:
    """The last of some steps of a random network, which has hidden layers of `sizes` behind its inputs."""
    draw = np.random.default_rng(seed)
    count = OUTPUTS[loss] if outputs is None else outputs
    network = NeuralNetwork([*sizes, count], loss=loss, seed=seed, **choices)  # type: ignore[arg-type]
    X = spread * draw.normal(size=(samples, sizes[0]))
    Y = targets(draw, loss, samples, count, str(choices.get("output", "own")))
    weights = draw.uniform(0.2, 3.0, samples) if weighted else None
    if off is not None:
        network.set_unit_enabled(*off, enabled=False)
    chosen = make_optimizer(optimizer, learning_rate=0.1)
    for _ in range(steps):
        trace = network.trace_step(X, Y, chosen, weights)
    return trace


def targets(draw: np.random.Generator, loss: str, samples: int, outputs: int, output: str = "own") -> np.ndarray:
    """Classes, or numbers."""
    if loss == "categorical_cross_entropy" or output == "softmax":
        return np.eye(outputs)[draw.integers(0, outputs, samples)]
    if loss == "mean_squared_error" and output == "own":
        return draw.normal(size=(samples, outputs))
    return (draw.random((samples, outputs)) > 0.5).astype(float)
