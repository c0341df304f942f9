"""How a gradient becomes an update: the optimisers, each with its formula and its paper.

In the formulas w are the parameters, g the gradient, η the learning rate and t the number of the step;
the update is what is subtracted from w. A memory starts at zero.
"""
# ruff: noqa: ARG002 - all take the same arguments, not all need them

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnplay.errors import InputError
from nnplay.nn.arrays import Array
from nnplay.nn.optimizer_base import Hyperparameter, Optimizer, OptimizerState
from nnplay.nn.validation import check_learning_rate_of_stack, checked_name
from nnplay.texts import mark, tr

__all__ = [
    "OPTIMIZERS", "SGD", "AdaGrad", "Adam", "AdamW", "Momentum", "Nesterov", "Optimizer", "OptimizerState", "RMSProp",
    "make_optimizer",
]  # fmt: skip

DEFAULT_LEARNING_RATE = 0.5
"""Of a training that names an optimiser and no rate."""
KEPT = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999)
"""Usual parts of a memory that stay from step to step."""


class SGD(Optimizer):
    """Gradient descent: w ← w − η g. Robbins & Monro, 1951."""

    name = "sgd"
    label = mark("SGD")
    help = mark("Steps straight down the gradient")

    def _compute(self, w: Array, g: Array, update: Array) -> None:
        np.multiply(g, self._rate, update)


class Momentum(Optimizer):
    """v ← μ v + g; w ← w − η v. Polyak, 1964, in PyTorch's form.

    `momentum` μ is how much of the velocity v stays, 0 to below 1.
    """

    name = "momentum"
    label = mark("momentum")
    help = mark("Keeps some of its speed, which carries it over flat stretches")
    memory = ("velocity",)
    momentum = Hyperparameter(
        0.9,
        label=mark("Momentum"),
        help=mark(
            "How much of the last update's speed is kept: carries over flat stretches, "
            "swings past the goal when too high"
        ),
        ladder=KEPT,
        below=1.0,
    )

    def __init__(self, learning_rate: float | Array = 0.01, momentum: float = momentum.default) -> None:
        super().__init__(learning_rate)
        self.momentum = momentum

    def _compute(self, w: Array, g: Array, update: Array) -> None:
        v = self.state["velocity"]
        np.multiply(v, self._constant("mu", self.momentum), v)
        np.add(v, g, v)
        np.multiply(v, self._rate, update)


class Nesterov(Momentum):
    """v ← μ v + g; w ← w − η (g + μ v): momentum that looks one step ahead. Nesterov, 1983; Sutskever et al., 2013."""

    name = "nesterov"
    label = mark("Nesterov")
    help = mark("Momentum that looks one step ahead, and overshoots less")

    def _compute(self, w: Array, g: Array, update: Array) -> None:
        v, mu = self.state["velocity"], self._constant("mu", self.momentum)
        np.multiply(v, mu, v)
        np.add(v, g, v)
        np.multiply(v, mu, update)
        np.add(update, g, update)
        np.multiply(update, self._rate, update)


class AdaGrad(Optimizer):
    """s ← s + g²; w ← w − η g / (√s + ε): each parameter its own, ever smaller rate. Duchi, Hazan & Singer, 2011."""

    name = "adagrad"
    label = mark("AdaGrad")
    help = mark("A step size for each weight that only ever shrinks")
    memory = ("squared_sum",)
    epsilon = Hyperparameter(
        1e-8,
        label=mark("Floor, ε"),
        help=mark("Added to the divisor, so that a tiny gradient makes no huge step"),
        ladder=(1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3),
        most=1.0,
        positive=True,
    )

    def __init__(self, learning_rate: float | Array = 0.01, epsilon: float = epsilon.default) -> None:
        super().__init__(learning_rate)
        self.epsilon = epsilon

    def _compute(self, w: Array, g: Array, update: Array) -> None:
        s, work = self.state["squared_sum"], self._work
        np.multiply(g, g, work)
        np.add(s, work, s)
        np.sqrt(s, work)
        np.add(work, self._constant("epsilon", self.epsilon), work)
        np.multiply(g, self._rate, update)
        np.divide(update, work, update)


class RMSProp(Optimizer):
    """s ← ρ s + (1 − ρ) g²; w ← w − η g / (√s + ε): AdaGrad that forgets. Tieleman & Hinton, 2012."""

    name = "rmsprop"
    label = mark("RMSProp")
    help = mark("A step size for each weight, from its latest gradients")
    memory = ("squared_average",)
    rho = Hyperparameter(
        0.9,
        label=mark("Memory, ρ"),
        help=mark(
            "How long the mean of the squared gradients remembers, by which each weight gets a step size of its own"
        ),
        ladder=KEPT,
        below=1.0,
    )
    epsilon = AdaGrad.epsilon

    def __init__(
        self, learning_rate: float | Array = 0.01, rho: float = rho.default, epsilon: float = epsilon.default
    ) -> None:
        super().__init__(learning_rate)
        self.rho, self.epsilon = rho, epsilon

    def _compute(self, w: Array, g: Array, update: Array) -> None:
        s, work = self.state["squared_average"], self._work
        np.multiply(g, g, work)
        np.multiply(work, self._constant("one_minus_rho", 1.0 - self.rho), work)
        np.multiply(s, self._constant("rho", self.rho), s)
        np.add(s, work, s)
        np.sqrt(s, work)
        np.add(work, self._constant("epsilon", self.epsilon), work)
        np.multiply(g, self._rate, update)
        np.divide(update, work, update)


class Adam(Optimizer):
    """Momentum over RMSProp, both freed from their start at zero. Kingma & Ba, 2015.

    m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; w ← w − η m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ᵗ) and
    v̂ = v / (1 − β₂ᵗ). As the paper's section 2 advises, both corrections go into one factor:
    η m̂ / (√v̂ + ε) = η c / (1 − β₁ᵗ) · m / (√v + c ε) with c = √(1 − β₂ᵗ).
    """

    name = "adam"
    label = mark("Adam")
    help = mark("Momentum, and a step size for each weight: learns soon with little tuning")
    memory = ("first_moment", "second_moment")
    beta_1 = Hyperparameter(
        0.9,
        label=mark("Mean, β₁"),
        help=mark("How long the mean of the gradients remembers: high is smooth but slow"),
        ladder=KEPT,
        below=1.0,
    )
    beta_2 = Hyperparameter(
        0.999,
        label=mark("Square, β₂"),
        help=mark(
            "How long the mean of the squared gradients remembers, by which each weight gets a step size of its own"
        ),
        ladder=KEPT,
        below=1.0,
    )
    epsilon = AdaGrad.epsilon

    def __init__(
        self,
        learning_rate: float | Array = 0.001,
        beta_1: float = beta_1.default,
        beta_2: float = beta_2.default,
        epsilon: float = epsilon.default,
    ) -> None:
        super().__init__(learning_rate)
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon

    def _compute(self, w: Array, g: Array, update: Array) -> None:
        m, v, work = self.state["first_moment"], self.state["second_moment"], self._work
        np.multiply(m, self._constant("beta_1", self.beta_1), m)
        np.multiply(g, self._constant("one_minus_beta_1", 1.0 - self.beta_1), work)
        np.add(m, work, m)
        np.multiply(v, self._constant("beta_2", self.beta_2), v)
        np.multiply(g, g, work)
        np.multiply(work, self._constant("one_minus_beta_2", 1.0 - self.beta_2), work)
        np.add(v, work, v)
        c = (1.0 - self.beta_2**self.steps) ** 0.5
        np.sqrt(v, work)
        np.add(work, c * self.epsilon, work)
        np.divide(m, work, update)
        np.multiply(update, self._rate * (c / (1.0 - self.beta_1**self.steps)), update)


class AdamW(Adam):
    """Adam with weight decay apart from the gradient: w ← w − η λ w − η m̂ / (√v̂ + ε). Loshchilov & Hutter, 2019.

    `weight_decay` λ pulls every parameter to zero, biases too, as PyTorch does.
    """

    name = "adamw"
    label = mark("AdamW")
    help = mark("Adam that also pulls every weight towards zero")
    weight_decay = Hyperparameter(
        0.01,
        label=mark("Weight decay"),
        help=mark("Pulls every weight towards zero at each update, apart from the gradient"),
        ladder=(0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0),
        most=10.0,
    )

    def __init__(
        self,
        learning_rate: float | Array = 0.001,
        beta_1: float = Adam.beta_1.default,
        beta_2: float = Adam.beta_2.default,
        epsilon: float = Adam.epsilon.default,
        weight_decay: float = weight_decay.default,
    ) -> None:
        super().__init__(learning_rate, beta_1, beta_2, epsilon)
        self.weight_decay = weight_decay

    def _compute(self, w: Array, g: Array, update: Array) -> None:
        super()._compute(w, g, update)
        np.multiply(w, self._rate * self.weight_decay, self._work)
        np.add(update, self._work, update)


OPTIMIZERS: dict[str, type[Optimizer]] = {
    kind.name: kind for kind in (SGD, Momentum, Nesterov, AdaGrad, RMSProp, Adam, AdamW)
}
"""Every optimiser by its name."""


def make_optimizer(name: str, **hyperparameters: float | Array) -> Optimizer:
    """The optimiser of that name, with its learning rate and the numbers it knows.

    Raises
    ------
    InputError
        For an unknown optimiser, a number that it does not have, or one out of its range.
    """
    kind = OPTIMIZERS[checked_name("optimizer", name, OPTIMIZERS)]
    for key in hyperparameters:
        if key != "learning_rate" and key not in kind.hyperparameters:
            known = ", ".join(("learning_rate", *kind.hyperparameters))
            allowed = tr("for the optimizer {name} one of {numbers}", name=name, numbers=known)
            raise InputError(key, hyperparameters[key], allowed)
    return kind(**hyperparameters)


def chosen_optimizer(
    optimizer: str | Optimizer, learning_rate: float | ArrayLike | None, stack: int | None
) -> Optimizer:
    """The optimiser that is meant by a name and a learning rate, or by an object alone.

    Parameters
    ----------
    learning_rate
        `DEFAULT_LEARNING_RATE` if left out beside a name; not allowed beside an object.
    stack
        How many networks it updates, which may have a rate each; None for one.

    Raises
    ------
    InputError
        For an unknown name, or a learning rate that doesn't fit.
    """
    if isinstance(optimizer, Optimizer):
        if learning_rate is not None:
            allowed = tr("left out where the optimizer is an object")
            raise InputError("learning_rate", learning_rate, allowed)
        chosen = optimizer
    else:
        rate: Any = DEFAULT_LEARNING_RATE if learning_rate is None else learning_rate
        chosen = make_optimizer(optimizer, learning_rate=rate)
    check_learning_rate_of_stack(chosen.learning_rate, stack)
    return chosen
