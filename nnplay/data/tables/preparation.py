"""How the columns of a table became inputs, kept with the experiment, so that new rows become inputs the same way."""

import msgspec

from nnplay.errors import InputError, a_finite_number, one_of
from nnplay.limits import MOST_INPUTS, MOST_NUMBER
from nnplay.texts import tr


class SourceColumn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column of the file that one input or several are made of.

    Attributes
    ----------
    name
        As the file calls it.
    categories
        Its different texts; none where it holds numbers. Two of them become one input, which is 0 for the first and 1
        for the second; more become an input each, which is 1 where a row has that text.
    fill
        What stands for a missing cell: a number, or one of the categories; None where a row without it is left out.
    """

    name: str
    categories: tuple[str, ...] = ()
    fill: float | str | None = None

    def __post_init__(self) -> None:
        if len(set(self.categories)) != len(self.categories):
            raise InputError("categories", self.categories, tr("each category once"))
        if self.fill is None:
            return
        if self.categories and self.fill not in self.categories:
            raise InputError("fill", self.fill, one_of(self.categories))
        if not self.categories and (isinstance(self.fill, str) or not abs(self.fill) <= MOST_NUMBER):
            raise InputError("fill", self.fill, a_finite_number())

    @property
    def inputs(self) -> int:
        """How many inputs it becomes."""
        return len(self.categories) if len(self.categories) > 2 else 1


class Preparation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The columns of the file in the order of the inputs, and the name of the target's column."""

    columns: tuple[SourceColumn, ...]
    target: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.inputs <= MOST_INPUTS:
            raise InputError("preparation.columns", self.inputs, tr("1 to {most} inputs", most=f"{MOST_INPUTS:,}"))

    @property
    def inputs(self) -> int:
        """How many inputs the columns become."""
        return sum(column.inputs for column in self.columns)
