"""What a drawing tool is: it gets press, move and release in the plane's coordinates, and works on a board."""

from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from nnplay.data import Table

Place = tuple[float, float]
Plane = tuple[float, float, float, float]
Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

NOTHING: Indices = np.empty(0, np.intp)


@dataclass(frozen=True)
class Preview:
    """What an edit under way will come to, shown before it is done.

    Attributes
    ----------
    hidden
        (N,) True for points of the table that are not drawn; None for none.
    points, targets
        (M, 2) and (M,): what is drawn beside the table.
    outline
        Corners of a rectangle or of a lasso.
    """

    hidden: NDArray[np.bool_] | None = None
    points: Floats = field(default_factory=lambda: np.empty((0, 2)))
    targets: Floats = field(default_factory=lambda: np.empty(0))
    outline: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Press:
    """A mouse button, or Enter, goes down.

    Attributes
    ----------
    place
        (x₁, x₂).
    second
        Whether it was the right button: it draws the next class.
    adding
        Whether Shift is held: what is selected is added to what was, and a point is put on another one.
    """

    place: Place
    second: bool = False
    adding: bool = False


class Board(Protocol):
    """What a tool works on."""

    generator: np.random.Generator

    @property
    def table(self) -> Table:
        """The points as they are."""

    @property
    def plane(self) -> Plane:
        """The part of the plane that is seen."""

    @property
    def selection(self) -> Indices:
        """Indices of the selected points."""

    def target(self, second: bool) -> float:
        """The class (or value) that the left button draws, or the one that the right button does."""

    def reach(self) -> Place:
        """How far around the pointer a point still counts as under it, in x₁ and in x₂."""

    def preview(self, preview: Preview) -> None:
        """Show what will be."""

    def select(self, indices: Indices) -> None:
        """Select these points."""

    def commit(self, text: str, table: Table, *, keep_selection: bool = False) -> None:
        """Do it: one step of the undo stack, named `text`."""


class Tool:
    """Base of the tools: does nothing.

    Attributes
    ----------
    key
        Names it in code and in settings.
    title, tip, icon, shortcut
        Its name, one sentence on what it does, both marked for `tr`, its picture and its key.
    radius
        The reach of its circle in twelfths of the canvas; 0 where it has none.
    drags
        Whether it needs a way from press to release: on the keyboard, two Enters.
    chooses
        Whether a click on a point chooses it as the sample: ``"instead"`` of what the tool does elsewhere, or
        ``"also"``.
    """

    key = ""
    title = ""
    tip = ""
    icon = ""
    shortcut = ""
    radius = 0.0
    drags = False
    chooses: Literal["", "instead", "also"] = ""

    def press(self, board: Board, press: Press) -> None:
        """A button goes down."""

    def move(self, board: Board, place: Place) -> None:
        """The pointer moves with the button down."""

    def release(self, board: Board, place: Place) -> None:
        """The button goes up."""

    def cancel(self, board: Board) -> None:
        """Leave an edit under way undone."""
        board.preview(Preview())


def unit_lengths(plane: Plane) -> Place:
    """A twelfth of the canvas in x₁ and in x₂: the unit of radii, 1 on the usual plane from −6 to 6."""
    return (plane[1] - plane[0]) / 12.0, (plane[3] - plane[2]) / 12.0


def in_units(points: Floats, plane: Plane) -> Floats:
    """Points (N, 2) of the plane on a canvas from −6 to 6, on which a circle is round to the eye."""
    return (points - (plane[0], plane[2])) / unit_lengths(plane) - 6.0


def from_units(points: Floats, plane: Plane) -> Floats:
    """The inverse of `in_units`."""
    return (points + 6.0) * unit_lengths(plane) + (plane[0], plane[2])
