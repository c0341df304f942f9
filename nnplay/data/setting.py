"""A number that a data set lets a person choose, with its range: what a slider is made from."""

import math
from dataclasses import dataclass
from numbers import Integral, Real

from nnplay.errors import InputError, a_number, a_whole_number
from nnplay.texts import tr


@dataclass(frozen=True)
class Setting:
    """The range and the default of one number.

    Attributes
    ----------
    lowest, highest
        Both belong to the range; equal where there is nothing to choose.
    default
        What the number is until a person changes it.
    whole
        Only whole numbers.
    """

    lowest: float
    highest: float
    default: float
    whole: bool = True

    @property
    def adjustable(self) -> bool:
        """Whether there is anything to choose."""
        return self.lowest < self.highest

    def checked(self, field: str, value: float | None, data_set: str = "") -> float:
        """`value` if it is in the range; the default for None, and wherever there is nothing to choose.

        Parameters
        ----------
        field, data_set
            What a refusal calls the number, and the data set whose range it is.

        Raises
        ------
        InputError
            A value that is no number, not whole where it must be, or outside the range.
        """
        if value is None or not self.adjustable:
            return self.default
        kind = Integral if self.whole else Real
        number = isinstance(value, kind) and not isinstance(value, bool) and math.isfinite(value)
        if not number or not self.lowest <= value <= self.highest:
            raise InputError(field, value, self._allowed(data_set))
        return value

    def _allowed(self, data_set: str) -> str:
        whole = a_whole_number(int(self.lowest), int(self.highest))
        allowed = whole if self.whole else a_number(self.lowest, self.highest)
        return tr("{number} for the data set {key}", number=allowed, key=data_set) if data_set else allowed


def fixed(value: float) -> Setting:
    """A number that the data set decides itself."""
    return Setting(value, value, value)
