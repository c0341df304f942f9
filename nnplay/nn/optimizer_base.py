"""What all optimisers share: the learning rate, numbers that are checked, a public memory and the way back to a moment.

An optimiser works on the flat vector of all parameters at once, in place.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, overload

import numpy as np

from nnplay.errors import InputError
from nnplay.nn.arrays import Array, constant
from nnplay.nn.validation import checked_learning_rate, checked_number
from nnplay.texts import tr


@dataclass(frozen=True)
class OptimizerState:
    """A moment of an optimiser: updates made, and own copies of its memory by name."""

    steps: int
    arrays: dict[str, Array]


class Hyperparameter:
    """A number of an optimiser: on the class all that is known of it, on an object its value, which may be set.

    Parameters
    ----------
    default
        Its value where none is given.
    label, help
        What a person reads, as `mark` leaves it: its name, and what it does to learning in one sentence.
    ladder
        The values that are usual, in rising order.
    below, most
        The end of its range, which starts at 0: `below` itself is out, `most` is in; None for no such end.
    positive
        Whether 0 itself is out.
    """

    def __init__(
        self,
        default: float,
        *,
        label: str,
        help: str,  # noqa: A002 - the word of the field
        ladder: tuple[float, ...],
        below: float | None = None,
        most: float | None = None,
        positive: bool = False,
    ) -> None:
        self.default = default
        self.label, self.help, self.ladder = label, help, ladder
        self.below, self.most, self.positive = below, most, positive

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, optimizer: None, owner: type) -> "Hyperparameter": ...

    @overload
    def __get__(self, optimizer: "Optimizer", owner: type) -> float: ...

    def __get__(self, optimizer: "Optimizer | None", owner: type) -> "Hyperparameter | float":
        if optimizer is None:
            return self
        value: float = optimizer.__dict__[self.name]
        return value

    def __set__(self, optimizer: "Optimizer", value: float) -> None:
        number = checked_number(self.name, value, open_least=self.positive, below=self.below, most=self.most)
        optimizer.__dict__[self.name] = number
        optimizer._constants.clear()


class Optimizer(ABC):
    """Turns gradients into updates.

    Parameters
    ----------
    learning_rate
        From 0; for a stack it may be an array (K,), one rate per network. May be set at any time.

    Attributes
    ----------
    state
        The memory by name: arrays of the parameters' shape, empty before the first update.
    steps
        Updates made.
    last_update
        What the last update was, of the parameters' shape; overwritten by the next.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    """What a person reads, as `mark` leaves it."""
    help: ClassVar[str]
    """What it does with a gradient, in one sentence."""
    hyperparameters: ClassVar[tuple[str, ...]] = ()
    """The names of its numbers beside the learning rate, in the order that they are defined in."""
    memory: ClassVar[tuple[str, ...]] = ()
    """The names of the arrays in `state`."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.hyperparameters = tuple(cls.numbers())

    def __init__(self, learning_rate: float | Array = 0.01) -> None:
        self.steps = 0
        self.state: dict[str, Array] = {}
        self._constants: dict[str, Array] = {}
        self._dtype: Any = np.dtype(np.float64)
        self.last_update = self._work = np.empty(0)
        self.learning_rate = learning_rate

    @classmethod
    def numbers(cls) -> dict[str, Hyperparameter]:
        """Its numbers beside the learning rate by name, those of the class that it is made from first."""
        kinds = reversed(cls.__mro__)
        return {name: fact for kind in kinds for name, fact in vars(kind).items() if isinstance(fact, Hyperparameter)}

    @property
    def learning_rate(self) -> Any:
        """η, a float or an array (K,)."""
        return self._learning_rate

    @learning_rate.setter
    def learning_rate(self, value: float | Array) -> None:
        self._learning_rate = checked_learning_rate(value)
        self._cast_rate()

    def update(self, parameters: Array, gradient: Array) -> Array:
        """The update that the gradient asks for, to be subtracted from the parameters.

        Parameters
        ----------
        parameters, gradient
            (…, P), of the same shape at every call until `reset`.

        Returns
        -------
        Array
            (…, P), valid until the next call.
        """
        self.fit(gradient)
        self.steps += 1
        self._compute(parameters, gradient, self.last_update)
        return self.last_update

    def fit(self, gradient: Array) -> None:
        """Have memory and update for gradients like this one; what is there of the same shape stays."""
        if self.last_update.shape != gradient.shape or self._dtype != gradient.dtype:
            self._fit(gradient)

    def reset(self) -> None:
        """Forget everything but the hyperparameters."""
        self.steps = 0
        self.state = {}
        self.last_update = self._work = np.empty(0)

    def snapshot(self) -> OptimizerState:
        """A copy of the memory, from which `restore` goes on bit for bit."""
        return OptimizerState(self.steps, {name: array.copy() for name, array in self.state.items()})

    def restore(self, snapshot: OptimizerState) -> None:
        """Come back to a snapshot of an optimiser of the same kind; the hyperparameters stay as they are.

        Raises
        ------
        InputError
            For a snapshot of another kind.
        """
        for name in snapshot.arrays:
            if name not in self.memory:
                raise InputError("snapshot", name, self._known_memory())
        self.reset()
        self.state = {name: array.copy() for name, array in snapshot.arrays.items()}
        self.steps = snapshot.steps

    @abstractmethod
    def _compute(self, w: Array, g: Array, update: Array) -> None:
        """Write the update into `update`; `self._work` is scratch of the same shape."""

    def _known_memory(self) -> str:
        if not self.memory:
            return tr("the memory of {optimizer}: none", optimizer=self.name)
        return tr("the memory of {optimizer}: {names}", optimizer=self.name, names=", ".join(self.memory))

    def _constant(self, name: str, value: float) -> Array:
        """A number made from hyperparameters, kept until one of them changes."""
        if name not in self._constants:
            self._constants[name] = constant(value, self._dtype)
        return self._constants[name]

    def _fit(self, gradient: Array) -> None:
        """Make the arrays for parameters of this shape and precision; memory of another shape is forgotten."""
        if self.last_update.size and self.last_update.shape != gradient.shape:
            self.reset()
        self._dtype = gradient.dtype
        self.last_update, self._work = np.empty_like(gradient), np.empty_like(gradient)
        kept = {name: array.astype(gradient.dtype) for name, array in self.state.items()}
        self.state = {name: kept.get(name, np.zeros_like(gradient)) for name in self.memory}
        self._constants.clear()
        self._cast_rate()

    def _cast_rate(self) -> None:
        """η in the parameters' precision, as a column where each network has its own."""
        rate = np.array(self._learning_rate, self._dtype)
        self._rate: Array = rate if rate.ndim == 0 else rate[:, None]
