"""What all probes are: a frozen request with its own values, which measures a run and gives a frozen answer."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from nnplay.training.shadow import ProbedRun

Answer = TypeVar("Answer", covariant=True)


class Probe(ABC, Generic[Answer]):
    """One measurement of a run.

    A subclass is a frozen dataclass: two that ask for the same are equal and get one answer, two that ask for
    different things get two.
    """

    kept: ClassVar[bool] = False
    """Whether the answer depends on network and data alone: it is kept, and measured again when these change."""

    @abstractmethod
    def measure(self, run: ProbedRun) -> Answer | None:
        """The answer at this step boundary, with arrays of its own; None where there is nothing to measure."""


Probes: TypeAlias = frozenset[Probe[Any]]
"""What a viewer asks for."""
