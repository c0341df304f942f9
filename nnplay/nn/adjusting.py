"""What of a network may be set at any time; the next step follows it."""

from typing import TYPE_CHECKING

from numpy.random import Generator

from nnplay.nn.engines import COMPILED, ENGINES, can_compile, compiled_step, is_compiled_faster, is_known
from nnplay.nn.optimizers import Optimizer
from nnplay.nn.showing import ShownNetwork
from nnplay.nn.structure import NetworkStructure
from nnplay.nn.validation import checked_name, checked_number

if TYPE_CHECKING:
    from nnplay.nn.compiled.engine import CompiledStep


class AdjustableNetwork(ShownNetwork):
    """A network's settings: penalties, dropout, the longest gradient, units that are on, and who computes its steps."""

    generator: Generator
    _structure: NetworkStructure
    _compiled: "CompiledStep | None" = None

    @property
    def l1(self) -> float:
        """λ of the L1 penalty."""
        return self._l1

    @l1.setter
    def l1(self, value: float) -> None:
        self._l1 = checked_number("l1", value)

    @property
    def l2(self) -> float:
        """λ of the L2 penalty."""
        return self._l2

    @l2.setter
    def l2(self, value: float) -> None:
        self._l2 = checked_number("l2", value)

    @property
    def dropout(self) -> float:
        """The probability that a hidden unit is silenced for a sample while training."""
        return self._structure.dropout.rate

    @dropout.setter
    def dropout(self, value: float) -> None:
        self._structure.dropout.rate = checked_number("dropout", value, below=1.0)

    @property
    def clip_norm(self) -> float | None:
        """The longest gradient that a step may use, or None."""
        return self._clip_norm

    @clip_norm.setter
    def clip_norm(self, value: float | None) -> None:
        self._clip_norm = None if value is None else checked_number("clip_norm", value, open_least=True)

    @property
    def disabled_units(self) -> frozenset[tuple[int, int]]:
        """The (hidden layer, unit) pairs that are switched off."""
        return self._structure.disabled_units

    def set_unit_enabled(self, layer: int, unit: int, enabled: bool) -> None:
        """Switch a hidden unit off or on again, layer and unit from 0: off, it outputs 0 and passes no gradient."""
        self._structure.set_unit_enabled(layer, unit, enabled)

    @property
    def engine(self) -> str:
        """Who computes the steps of training, a name of `ENGINES`."""
        return self._engine

    @engine.setter
    def engine(self, value: str) -> None:
        self._engine = checked_name("engine", value, ENGINES)
        self._is_compiled = (
            value == COMPILED and can_compile(self._structure) and is_compiled_faster(self._structure.layer_sizes)
        )

    def is_compiled(self, optimizer: Optimizer) -> bool:
        """Whether the compiled step trains it: it was chosen, knows all that is asked for, and is the faster one.

        A stack with dropout it doesn't know: the masks of its networks are drawn in turns.
        """
        return self._is_compiled and is_known(optimizer) and (self.stack is None or not self.dropout)

    def compiled(self) -> "CompiledStep":
        """The compiled step, made at its first use.

        Raises
        ------
        InputError
            numba can't be used.
        """
        if self._compiled is None:
            self._compiled = compiled_step(self._structure, self.generator)
        return self._compiled
