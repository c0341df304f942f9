"""What each column of a sheet is used as: input, target or left out, and why."""

from dataclasses import dataclass
from typing import Literal

from nnplay.data.table import Task

Role = Literal["input", "target", "left_out"]
Missing = Literal["drop", "fill"]
Kind = Literal["number", "categories", "class"]


@dataclass(frozen=True)
class Use:
    """What one column is used as.

    Attributes
    ----------
    role
        Input, target or left out.
    kind
        As an input: a number, or categories, which become inputs of 0 and 1. As a target: a class or a number. As what
        it would be an input where it is left out.
    why
        In a few words: "number", "3 categories", "counts the rows", "one value only", "text with 214 values".
    before
        What a target was used as before it became that, and is again when another column becomes the target.
    is_pixel
        Whether it is, or would be as an input, a pixel of pictures.
    """

    role: Role
    kind: Kind
    why: str
    before: "Use | None" = None
    is_pixel: bool = False


@dataclass(frozen=True)
class Choice:
    """What all columns of a sheet are used as.

    Attributes
    ----------
    uses
        One for each column of the sheet.
    missing
        Rows with missing cells are left out, or the cells are filled with the mean or the most frequent text. A row
        without a target is left out in either case.
    pixels
        (rows, columns) of the pictures whose pixels the inputs were taken for; they are as long as all of them are
        there and nothing else.
    """

    uses: tuple[Use, ...]
    missing: Missing = "drop"
    pixels: tuple[int, int] | None = None

    @property
    def picture(self) -> tuple[int, int] | None:
        """(rows, columns) of pixels, where the inputs are those of a picture each."""
        if self.pixels is None:
            return None
        inputs = [use for use in self.uses if use.role == "input"]
        filled = len(inputs) == self.pixels[0] * self.pixels[1] and all(use.is_pixel for use in inputs)
        return self.pixels if filled else None

    @property
    def inputs(self) -> tuple[int, ...]:
        """The columns that are inputs."""
        return tuple(k for k, use in enumerate(self.uses) if use.role == "input")

    @property
    def target(self) -> int | None:
        """The column to learn; None where there is none, and all samples are of one class."""
        return next((k for k, use in enumerate(self.uses) if use.role == "target"), None)

    @property
    def task(self) -> Task:
        """What there is to learn."""
        target = self.target
        return "classification" if target is None or self.uses[target].kind == "class" else "regression"
