"""The example that is worked by hand: a small network, its samples and its optimiser, before one step."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from nnplay.errors import InputError, a_finite_number, a_whole_number
from nnplay.limits import MOST_NUMBER
from nnplay.nn import OPTIMIZERS, OWN, NeuralNetwork, Optimizer, OptimizerState, StepTrace, make_optimizer
from nnplay.texts import tr

MOST_INPUTS, MOST_HIDDEN_LAYERS, MOST_UNITS, MOST_OUTPUTS, MOST_SAMPLES = 4, 3, 6, 3, 4
"""What one can still work out on paper."""

Row = tuple[float, ...]
Matrix = tuple[Row, ...]


@dataclass(frozen=True)
class WorkedExample:
    """All that one step depends on, as numbers; two examples with the same numbers are equal.

    Attributes
    ----------
    activations
        A name of `ACTIVATIONS` for each hidden layer.
    loss
        A name of `LOSSES`.
    inputs, targets
        N rows of I and of O numbers.
    weights, biases
        For each dense layer I rows of O numbers, and O numbers.
    optimizer, learning_rate, numbers
        A name of `OPTIMIZERS`, η, and the optimiser's own numbers by name, in pairs.
    l1, l2, clip_norm
        The penalties, and the longest gradient or None.
    gammas, betas
        Of batch norm for each hidden layer; empty without it.
    dropout, seed
        The probability that a hidden unit is silenced, and the seed that says which are.
    disabled
        The (hidden layer, unit) pairs that are switched off.
    sample_weights
        How much each sample counts; None where all count the same.
    steps, memory
        Updates that the optimiser made before, and what it keeps of them by name, in pairs; empty before the first.
    dtype
        ``"float64"`` or ``"float32"``.
    output
        What squared errors are taken of, as `NeuralNetwork` has it.
    """

    activations: tuple[str, ...]
    loss: str
    inputs: Matrix
    targets: Matrix
    weights: tuple[Matrix, ...]
    biases: Matrix
    optimizer: str = "sgd"
    learning_rate: float = 0.5
    numbers: tuple[tuple[str, float], ...] = ()
    l1: float = 0.0
    l2: float = 0.0
    clip_norm: float | None = None
    gammas: Matrix = ()
    betas: Matrix = ()
    dropout: float = 0.0
    seed: int = 0
    disabled: frozenset[tuple[int, int]] = frozenset()
    sample_weights: Row | None = None
    steps: int = 0
    memory: tuple[tuple[str, Row], ...] = ()
    dtype: str = "float64"
    output: str = OWN

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units of every layer, inputs first."""
        return (len(self.inputs[0]), *map(len, self.biases))

    @property
    def batch_norm(self) -> bool:
        """Whether the hidden layers have batch norm."""
        return bool(self.gammas)

    def without_memory(self) -> "WorkedExample":
        """The same with an optimiser that has made no update yet."""
        return replace(self, steps=0, memory=())

    def network(self) -> NeuralNetwork:
        """The network before the step.

        Raises
        ------
        InputError
            It is larger than what is worked by hand, or a choice of it is not allowed.
        """
        check_sizes(self.sizes, len(self.inputs))
        network = NeuralNetwork(
            self.sizes,
            activation=list(self.activations),
            loss=self.loss,
            output=self.output,
            batch_norm=self.batch_norm,
            dropout=self.dropout,
            l1=self.l1,
            l2=self.l2,
            clip_norm=self.clip_norm,
            dtype=self.dtype,
            seed=self.seed,
        )
        own = (*network.weights, *network.biases, *network.gammas, *network.betas)
        given = (*self.weights, *self.biases, *self.gammas, *self.betas)
        for array, values in zip(own, given, strict=True):
            array[...] = np.array(values)
        for layer, unit in self.disabled:
            network.set_unit_enabled(layer, unit, False)
        return network

    def make_optimizer(self) -> Optimizer:
        """The optimiser before the step, with its memory.

        Raises
        ------
        InputError
            A number of it is not allowed.
        """
        optimizer = make_optimizer(self.optimizer, learning_rate=self.learning_rate, **dict(self.numbers))
        arrays = {name: np.array(values, self.dtype) for name, values in self.memory}
        optimizer.restore(OptimizerState(self.steps, arrays))
        return optimizer


@dataclass(frozen=True)
class WorkedStep:
    """The step of an example.

    Attributes
    ----------
    trace
        The step.
    after
        The same samples once more, with the parameters that the step came to.
    """

    trace: StepTrace
    after: StepTrace


def step_of(example: WorkedExample) -> WorkedStep:
    """Make the step, by the code that trains.

    Raises
    ------
    InputError
        Something of the example is not allowed.
    DivergedError
        The step leaves the finite numbers.
    """
    check_numbers(example)
    X, Y = np.array(example.inputs, example.dtype), np.array(example.targets, example.dtype)
    network, optimizer = example.network(), example.make_optimizer()
    trace = network.trace_step(X, Y, optimizer, example.sample_weights)
    again = example.network()
    again.parameters[...] = trace.parameters_after
    again.l1, again.l2 = example.l1, example.l2
    optimizer.learning_rate = 0.0  # what the step after it would come to is no part of the example
    return WorkedStep(trace, again.trace_step(X, Y, optimizer, example.sample_weights))


def check_sizes(sizes: Sequence[int], samples: int = 1) -> None:
    """Refuse what is too large to be worked by hand.

    Raises
    ------
    InputError
        With what is too large, and how large it may be.
    """
    inputs, *hidden, outputs = sizes
    if inputs > MOST_INPUTS:
        raise InputError(tr("the number of inputs"), inputs, a_whole_number(1, MOST_INPUTS))
    if len(hidden) > MOST_HIDDEN_LAYERS:
        raise InputError(tr("the number of hidden layers"), len(hidden), a_whole_number(0, MOST_HIDDEN_LAYERS))
    for layer, units in enumerate(hidden, 1):
        if units > MOST_UNITS:
            name = tr("the number of units of hidden layer {layer}", layer=layer)
            raise InputError(name, units, a_whole_number(1, MOST_UNITS))
    if outputs > MOST_OUTPUTS:
        raise InputError(tr("the number of outputs"), outputs, a_whole_number(1, MOST_OUTPUTS))
    if samples > MOST_SAMPLES:
        raise InputError(tr("the number of samples"), samples, a_whole_number(1, MOST_SAMPLES))


def check_numbers(example: WorkedExample) -> None:
    """Refuse an input, target, weight or bias that is not finite, or so large that nothing can be computed with it.

    Raises
    ------
    InputError
        With where it stands.
    """
    named = [(tr("an input"), example.inputs), (tr("a target"), example.targets), (tr("a bias"), example.biases)]
    named += [(tr("a weight"), matrix) for matrix in example.weights]
    for name, matrix in named:
        for value in (value for row in matrix for value in row):
            if not abs(value) <= MOST_NUMBER:
                raise InputError(name, value, a_finite_number())


def usual_numbers(optimizer: str) -> tuple[tuple[str, float], ...]:
    """An optimiser's own numbers as they are usually."""
    return tuple((name, fact.default) for name, fact in OPTIMIZERS[optimizer].numbers().items())


TEACHERS = WorkedExample(
    activations=("sigmoid",),
    loss="binary_cross_entropy",
    inputs=((1.0, 0.5),),
    targets=((1.0,),),
    weights=(((0.1, 0.3), (0.2, 0.4)), ((0.5,), (0.6,))),
    biases=((0.1, 0.2), (0.3,)),
)
"""Round numbers, as on a board."""
