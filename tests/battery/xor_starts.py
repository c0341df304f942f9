"""Starts of [2, 4, 1] on XOR, those that are stuck, and what helps them: `python -m tests.battery --xor 200`."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import NeuralNetwork
from nnplay.training.diagnosis.floor import least_loss
from nnplay.training.diagnosis.gate import NEAR_FLOOR

X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
Y = np.array([[0.0], [1.0], [1.0], [0.0]])
HIGH = 0.1
EARLY, EPOCHS, RATE = 1000, 5000, 0.5


def starts(count: int, seed: int, units: int = 4, activation: str = "relu") -> NeuralNetwork:
    """A stack of networks, each with a start of its own."""
    return NeuralNetwork([2, units, 1], activation=activation, seed=seed, stack=count)


def solved(stack: NeuralNetwork) -> NDArray[np.bool_]:
    """(K,) which of them answer right to all four points."""
    outputs = stack.evaluate(X, Y)[1]
    return np.asarray(((outputs > 0.5) == (Y > 0.5)).all(axis=(1, 2)))


def at_high_floor(stack: NeuralNetwork) -> NDArray[np.bool_]:
    """(K,) which of them have a loss within 5 % of a floor above 0.1."""
    losses, hidden = stack.evaluate(X, Y)[0], stack.layer_outputs(X)[0]
    floors = np.array([_floor(each) for each in hidden])
    return (floors > HIGH) & (floors > NEAR_FLOOR * losses)


def _floor(hidden: NDArray[np.floating]) -> float:
    best = least_loss(hidden, Y, "binary_cross_entropy")
    assert best is not None
    return best.loss


def kept(stuck: list[NeuralNetwork], activation: str) -> NeuralNetwork:
    """The same weights with another activation."""
    stack = NeuralNetwork([2, 4, 1], activation=activation, initializer="zeros", stack=len(stuck))
    for own, network in zip(stack.parameters, stuck, strict=True):
        own[...] = network.parameters
    return stack


def anew(stuck: list[NeuralNetwork], seed: int) -> NeuralNetwork:
    """The same networks with their dead units drawn again, their way out included."""
    stack, drawn = kept(stuck, "relu"), starts(len(stuck), seed)
    dead = (stack.layer_outputs(X)[0] == 0.0).all(axis=1)
    for k, units in enumerate(dead):
        stack.weights[0][k][:, units] = drawn.weights[0][k][:, units]
        stack.biases[0][k][units] = 0.0
        stack.weights[1][k][units] = drawn.weights[1][k][units]
    return stack


def raised(stuck: list[NeuralNetwork]) -> NeuralNetwork:
    """The same networks with the biases of their dead units at 1."""
    stack = kept(stuck, "relu")
    dead = (stack.layer_outputs(X)[0] == 0.0).all(axis=1)
    stack.biases[0][dead] = 1.0
    return stack


def fixes(stuck: list[NeuralNetwork], seed: int) -> dict[str, Callable[[], NeuralNetwork]]:
    """What can be done about them, and what it is called."""
    return {
        "go on": lambda: kept(stuck, "relu"),
        "dead units drawn anew": lambda: anew(stuck, seed),
        "leaky ReLU, weights kept": lambda: kept(stuck, "leaky_relu"),
        "another start": lambda: starts(len(stuck), seed),
        "raise dead units' biases": lambda: raised(stuck),
        "four more units": lambda: starts(len(stuck), seed, units=8),
        "tanh, weights kept": lambda: kept(stuck, "tanh"),
        "GELU, weights kept": lambda: kept(stuck, "gelu"),
        "ELU, weights kept": lambda: kept(stuck, "elu"),
    }


OF_FIXES = {
    "go on": (0, 0),
    "dead units drawn anew": (40, 75),
    "leaky ReLU, weights kept": (50, 100),
    "another start": (45, 80),
    "raise dead units' biases": (70, 100),
    "four more units": (80, 100),
    "tanh, weights kept": (90, 100),
    "GELU, weights kept": (100, 100),
    "ELU, weights kept": (100, 100),
}
"""From and to which share of the stuck starts each is to solve, in %; they were 0, 56, 64, 64, 85, 90, 98, 100, 100."""
PLATEAUS = {"two points merged": 0.347, "three": 0.477, "all": 0.693}


def print_xor_starts(count: int, seed: int) -> bool:
    """Which are stuck, whether the floor finds them, where they rest and what solves them; whether all is as it was."""
    stack = starts(count, seed)
    stack.train(X, Y, epochs=EARLY, learning_rate=RATE)
    found = at_high_floor(stack)
    dead = (stack.layer_outputs(X)[0] == 0.0).all(axis=1)
    networks = [stack.member(k) for k in range(count)]
    stack.train(X, Y, epochs=EPOCHS - EARLY, learning_rate=RATE)
    failed, losses = ~solved(stack), stack.evaluate(X, Y)[0]
    right = bool(np.array_equal(found, failed))
    print(f"{count} starts, {failed.sum()} of them unsolved after {EPOCHS} epochs")
    print(f"at a high floor after {EARLY}: {(found & failed).sum()} of those, {(found & ~failed).sum()} of the others")
    print(f"with a dead unit: {(dead.any(axis=1) & failed).sum()} of those, "
          f"{100 * dead[~failed].any(axis=1).mean():.0f} % of the others; "
          f"wholly dead: {(dead.all(axis=1) & failed).sum()}")  # fmt: skip
    for name, loss in PLATEAUS.items():
        print(f"resting at {loss}, {name}: {(np.abs(losses[failed] - loss) < 0.002).sum()}")
    print()
    stuck = [networks[k] for k in np.flatnonzero(found)]
    for name, make in fixes(stuck, seed + 1).items():
        fixed = make()
        fixed.train(X, Y, epochs=EPOCHS, learning_rate=RATE)
        share = 100 * float(solved(fixed).mean())
        low, high = OF_FIXES[name]
        right &= low <= share <= high
        print(f"{name:<28}{share:3.0f} %   {low} to {high}: {'met' if low <= share <= high else 'MISSED'}")
    return right
