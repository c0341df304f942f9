"""A data set that can be generated: what a person can choose of it, and how it is drawn."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnplay.data.plane import PLANE
from nnplay.data.setting import Setting
from nnplay.data.table import Table, Task
from nnplay.errors import InputError, a_whole_number


@dataclass(frozen=True)
class Request:
    """The choices for one data set, checked against its settings."""

    samples: int
    noise: float
    classes: int
    seed: int
    formula: str


@dataclass(frozen=True)
class DataSet:
    """A data set that can be generated.

    Attributes
    ----------
    key, title, description
        What experiments call it, what the window calls it, and one sentence about it; texts as `mark` leaves them.
    task
        ``"classification"`` or ``"regression"``.
    samples, noise, classes
        What can be chosen, with ranges and defaults; a `Setting` that is not adjustable ignores what it is given.
        Noise is 0 to 0.5 everywhere; classes are fixed at 1 for regression.
    draw
        From a checked request to a table.
    plane
        The part of the plane to show, (x₁ from, x₁ to, x₂ from, x₂ to); None where inputs are not points of a plane.
    formula
        The formula it starts with; None where it needs none.
    """

    key: str
    title: str
    description: str
    task: Task
    samples: Setting
    noise: Setting
    classes: Setting
    draw: Callable[[Request], Table]
    plane: tuple[float, float, float, float] | None = PLANE
    formula: str | None = None

    def generate(
        self,
        *,
        samples: int | None = None,
        noise: float | None = None,
        classes: int | None = None,
        seed: int = 0,
        formula: str | None = None,
    ) -> Table:
        """The table of these choices; None takes the default. Same choices, same points.

        Raises
        ------
        InputError
            A choice outside of its range, or a formula that can't be read.
        """
        if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
            raise InputError("seed", seed, a_whole_number(0))
        count, strength, groups = self.check(samples, noise, classes)
        return self.draw(Request(count, strength, groups, int(seed), formula or self.formula or ""))

    def check(self, samples: int | None, noise: float | None, classes: int | None) -> tuple[int, float, int]:
        """The same choices as the data set takes them: None, and what can't be chosen, are the default.

        Raises
        ------
        InputError
            A choice outside of its range.
        """
        return (
            int(self.samples.checked("samples", samples, self.key)),
            float(self.noise.checked("noise", noise, self.key)),
            int(self.classes.checked("classes", classes, self.key)),
        )
