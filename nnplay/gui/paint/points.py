"""The points on the plane: one scatter per class and set, so that a thousand of them paint in a millisecond."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsItem

from nnplay.data.selection import nearest_index
from nnplay.gui.guard import Guarded
from nnplay.gui.theme.class_colours import class_colour
from nnplay.gui.theme.colormaps import diverging_lut
from nnplay.gui.theme.palette import Palette, mix
from nnplay.gui.theme.scale import scaled
from nnplay.gui.theme.theme import Theme

VALUE_GROUPS = 16
"""Colours in which the values of a regression are told apart."""
SHAPES = (
    ("o", 1.0),
    ("s", 0.92),
    ("t1", 1.15),
    ("d", 1.15),
    ("star", 1.35),
    ("p", 1.1),
    ("t", 1.15),
    ("h", 1.05),
    ("+", 1.2),
    ("x", 1.1),
)
"""A marker for each class, for those who don't go by colour, and by how much it is larger than a disc to look alike."""
MOST_POINTS = 4000
"""So many points are drawn at most, evenly picked; more would only cover each other."""
LIT_SHAPES = ("t", "t1")
"""Markers of what lowered an answer and of what raised it, for those who don't go by colour."""
LIT_SIZES = (2.0, 1.7, 1.35, 1.0, 0.8)
"""How large they are in each of the opacities `FADES`."""
USUAL_SIDE = 380.0
"""Pixels of a canvas on which markers have their usual size."""

TEST_SIZE, TEST_TINT = 0.78, 0.25
"""Of test points: how large they are beside training points, and how much of their colour is inside of the ring."""
FADES = (1.0, 0.75, 0.5, 0.32, 0.18)
"""Opacities of points, from those that count to those that hardly do: an item each, as one item has one opacity."""
FARTHEST = 1e4
"""So many planes beside the plane a point is drawn at most: Qt can't reckon with what lies further out."""

Kind = Literal["training", "test", "preview"]
Plane = tuple[float, float, float, float]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Marks:
    """What is drawn of a table.

    Attributes
    ----------
    points
        (N, 2) places on the plane.
    groups
        (N,) the class of each, or the step of its value.
    training
        (N,) True for the training set, False for the test set.
    regression
        Whether groups are steps of a value.
    """

    points: NDArray[np.float64]
    groups: Indices
    training: NDArray[np.bool_]
    regression: bool = False


def value_groups(values: NDArray[np.float64], low: float, high: float) -> Indices:
    """The step of `VALUE_GROUPS` from `low` to `high` that each value falls in."""
    share = (values - low) / (high - low) if high > low else np.full(len(values), 0.5)
    return np.clip(share * VALUE_GROUPS, 0, VALUE_GROUPS - 1).astype(np.intp)


def group_colour(palette: Palette, group: int, *, regression: bool) -> str:
    """The full colour of a class, or of a step of the value."""
    if not regression:
        return class_colour(palette, group)
    place = (2 * group + 1) * 256 // (2 * VALUE_GROUPS)
    red, green, blue, _ = diverging_lut(palette, 1.0)[place]
    return f"#{red:02X}{green:02X}{blue:02X}"


def in_unit_square(points: NDArray[np.float64], plane: Plane) -> NDArray[np.float64]:
    """Places (M, 2) on a plane as those on the unit square, on which everything is drawn."""
    low, high = np.array(plane[0::2]), np.array(plane[1::2])
    with np.errstate(over="ignore"):
        places: NDArray[np.float64] = np.clip((points - low) / (high - low), -FARTHEST, FARTHEST)
    return places


def picked(count: int) -> int:
    """Of so many points every which is drawn."""
    return max(-(-count // MOST_POINTS), 1)


def marker_size(count: int) -> float:
    """Pixels across a training marker: large where there are few, in few steps so that nothing creeps."""
    for most, size in ((16, 13.0), (64, 11.0), (400, 9.0), (1500, 7.0)):
        if count <= most:
            return size
    return 5.0


def canvas_scale(side: float) -> float:
    """By how much markers grow or shrink with the canvas, in steps of a tenth, and with everything in the window."""
    return scaled(min(max(round(side / scaled(USUAL_SIDE), 1), 0.5), 1.3))


class PointLayer:
    """The scatters of one view: training points filled, test points hollow and smaller, misclassified ones ringed."""

    def __init__(self, view_box: pg.ViewBox, theme: Theme) -> None:
        self._view_box = view_box
        self._theme = theme
        self._plane: Plane = (0.0, 1.0, 0.0, 1.0)
        self._scatters: dict[tuple[Kind, int, int], Scatter] = {}
        self._marks = Marks(np.empty((0, 2)), np.empty(0, np.intp), np.empty(0, np.bool_))
        self._hidden: NDArray[np.bool_] | None = None
        self._preview: tuple[NDArray[np.float64], Indices] = (np.empty((0, 2)), np.empty(0, np.intp))
        self._fades: Indices | None = None
        self._answers: Indices | None = None
        self._lit: tuple[Indices, Indices] | None = None
        self._opacity = 1.0
        self._shows_test = True
        self._shapes = False
        self._scale = 1.0
        self._ratio = 1.0
        self._rings = self._scatter(30)
        self._selection = self._scatter(29)
        self._ringed: Indices = np.empty(0, np.intp)
        self._selected: NDArray[np.float64] = np.empty((0, 2))
        self._crosses = self._scatter(28)
        self._crossed: Indices = np.empty(0, np.intp)

    @property
    def size(self) -> float:
        """Pixels across a marker of a training point."""
        hidden = 0 if self._hidden is None else int(self._hidden.sum())
        return marker_size(len(self._marks.points) - hidden + len(self._preview[0])) * self._scale

    @property
    def shown(self) -> Indices:
        """Indices of the marks that are drawn: all, or evenly picked ones where there are too many."""
        count = len(self._marks.points)
        shown = np.arange(0, count, picked(count))
        if not self._shows_test or self._lit is not None:  # only those that train can be lit
            shown = shown[self._marks.training[shown]]
        return shown if self._hidden is None else shown[~self._hidden[shown]]

    def nearest(self, place: tuple[float, float], pixel: tuple[float, float], least: float) -> int | None:
        """The index of the mark that a place is on, or `least` pixels from; `pixel` is how much of the plane one is."""
        shown = self.shown
        marks = self._marks.points[shown] / pixel
        near = nearest_index(marks, (place[0] / pixel[0], place[1] / pixel[1]), max(self.size / 2, least))
        return None if near is None else int(shown[near])

    def set_test_shown(self, shown: bool) -> None:
        """Draw test points, or leave them out."""
        self._shows_test = shown
        self.redraw()

    def set_shapes(self, shapes: bool) -> None:
        """Give each class a marker of its own."""
        self._shapes = shapes
        self.redraw()

    def set_ratio(self, ratio: float) -> None:
        """Paint for a display with so many device pixels to one."""
        if ratio != self._ratio:
            self._ratio = ratio
            self.redraw()

    def set_on_paper(self, on_paper: bool) -> None:
        """Paint markers as shapes, as a figure has them, or as pictures that are kept, which is faster."""
        for scatter in (*self._scatters.values(), self._rings, self._selection, self._crosses):
            scatter.set_on_paper(on_paper)

    def set_canvas_side(self, side: float) -> None:
        """Markers as large as fits a canvas of so many pixels."""
        scale = canvas_scale(side)
        if scale != self._scale:
            self._scale = scale
            self.redraw()

    def set_plane(self, plane: Plane) -> None:
        """What is shown next are places on this plane."""
        self._plane = plane

    def set_opacity(self, opacity: float) -> None:
        """Let all of them stand back behind what is drawn with them."""
        if opacity != self._opacity:
            self._opacity = opacity
            for (_, _, fade), scatter in self._scatters.items():
                scatter.setOpacity(FADES[fade] * opacity)

    def show_fades(self, fades: Indices | None) -> None:
        """Draw each mark in one of the opacities `FADES`, (N,) indices; None for the first."""
        if not _same(fades, self._fades):
            self._fades = fades
            self.redraw()

    def show_answers(self, answers: Indices | None) -> None:
        """Draw each mark in the colour of another group than its own, (N,); None for its own."""
        if not _same(answers, self._answers):
            self._answers = answers
            self.redraw()

    @property
    def is_lit(self) -> bool:
        """Whether some are drawn as `show_lit` says."""
        return self._lit is not None

    def show_lit(self, lit: tuple[Indices, Indices] | None) -> None:
        """Draw each training mark in these groups and fades, (N,) each, and no other one; None for all as they are.

        Those of group 0 are triangles down, and all others triangles up.
        """
        if lit is not None or self._lit is not None:
            self._lit = lit
            self.redraw()

    def show(self, marks: Marks, fades: Indices | None = None) -> None:
        """Draw these, faded as `show_fades` says; nothing is hidden, ringed or selected any more."""
        self._marks, self._hidden = marks, None
        self._fades, self._answers, self._lit = fades, None, None
        self._ringed = self._crossed = np.empty(0, np.intp)
        self._selected = np.empty((0, 2))
        self._preview = (np.empty((0, 2)), np.empty(0, np.intp))
        self.redraw()

    def show_preview(self, hidden: NDArray[np.bool_] | None, points: NDArray[np.float64], groups: Indices) -> None:
        """What an action under way will come to: marks left out, and points (M, 2) added."""
        same_marks, size = self._hidden is hidden, self.size
        if self._hidden is not None and hidden is not None:
            same_marks = np.array_equal(self._hidden, hidden)
        self._hidden, self._preview = hidden, (points, groups)
        if same_marks and size == self.size:
            self._draw_kind("preview", points, groups)
        else:
            self.redraw()

    def show_misclassified(self, misclassified: Indices) -> None:
        """Ring the marks at these indices."""
        if not np.array_equal(misclassified, self._ringed):
            self._ringed = misclassified
            self._draw_rings()

    def show_crossed(self, crossed: Indices) -> None:
        """Cross the marks at these indices out."""
        if not np.array_equal(crossed, self._crossed):
            self._crossed = crossed
            self._draw_crosses()

    def show_selection(self, points: NDArray[np.float64]) -> None:
        """Frame these places (M, 2)."""
        self._selected = points
        self._draw_selection()

    def redraw(self) -> None:
        """Draw all of them, in the colours that hold now."""
        shown, marks = self.shown, self._marks
        groups, all_fades = marks.groups if self._answers is None else self._answers, self._fades
        if self._lit is not None:
            groups, all_fades = self._lit
        for kind, of_kind in (("training", marks.training[shown]), ("test", ~marks.training[shown])):
            chosen = shown[of_kind]
            fades = None if all_fades is None else all_fades[chosen]
            self._draw_kind(kind, marks.points[chosen], groups[chosen], fades)  # type: ignore[arg-type]
        self._draw_kind("preview", *self._preview)
        self._draw_rings()
        self._draw_crosses()
        self._draw_selection()

    def _draw_kind(
        self, kind: Kind, points: NDArray[np.float64], groups: Indices, fades: Indices | None = None
    ) -> None:
        items = groups * len(FADES) + (0 if fades is None else fades)
        present, places = set(items.tolist()), in_unit_square(points, self._plane)
        before = {group * len(FADES) + fade for other, group, fade in self._scatters if other == kind}
        for item in sorted(present | before):
            group, fade = divmod(item, len(FADES))
            scatter = self._of(kind, group, fade)
            if item in present:
                x, y = places[items == item].T
                scatter.setData(x=x, y=y, **self._look(kind, group, fade))
            else:
                scatter.setData(x=[], y=[])

    def _look(self, kind: Kind, group: int, fade: int) -> dict[str, object]:
        colour = group_colour(self._theme.palette, group, regression=self._marks.regression)
        background = self._theme.palette.panel
        shapes = self._shapes and not self._marks.regression
        symbol, larger = SHAPES[group % len(SHAPES)] if shapes else SHAPES[0]
        if self._lit is not None and kind == "training":
            symbol, larger = LIT_SHAPES[min(group, 1)], LIT_SIZES[fade]
        look: dict[str, object] = {"symbol": symbol}
        edge = background
        if self._marks.regression:  # a value near zero has the colour of the background: it needs an edge to be seen
            edge = mix(background, self._theme.palette.text, 0.5)
            colour = mix(colour, self._theme.palette.text, 0.3) if kind == "test" else colour
        if kind == "test":
            size = max(TEST_SIZE * self.size, scaled(4.0))
            inside = mix(background, colour, TEST_TINT)
            return look | {"size": size * larger, "pen": self._pen(colour, 1.4), "brush": pg.mkBrush(inside)}
        return look | {"size": self.size * larger, "pen": self._pen(edge, 1.2), "brush": pg.mkBrush(colour)}

    def _pen(self, colour: str, width: float) -> QPen:
        # a symbol's pen is cosmetic: its width counts in device pixels
        pen: QPen = pg.mkPen(colour, width=scaled(width) * self._ratio)
        return pen

    def _draw_rings(self) -> None:
        ringed = self._ringed[np.isin(self._ringed, self.shown)]
        pen = self._pen(self._theme.palette.text, 1.4)
        self._put_rings(
            self._rings, in_unit_square(self._marks.points[ringed], self._plane), pen, self.size + scaled(7)
        )

    def _draw_crosses(self) -> None:
        crossed = self._crossed[np.isin(self._crossed, self.shown)]
        points = in_unit_square(self._marks.points[crossed], self._plane)
        look = {"symbol": "x", "size": self.size + scaled(3), "pen": self._pen(self._theme.palette.panel, 1.0)}
        self._crosses.setData(x=points[:, 0], y=points[:, 1], brush=pg.mkBrush(self._theme.palette.text), **look)

    def _draw_selection(self) -> None:
        pen = self._pen(self._theme.palette.text, 2.0)
        self._put_rings(self._selection, in_unit_square(self._selected, self._plane), pen, self.size + scaled(1))

    @staticmethod
    def _put_rings(scatter: "Scatter", points: NDArray[np.float64], pen: QPen, size: float) -> None:
        scatter.setData(x=points[:, 0], y=points[:, 1], symbol="o", size=size, pen=pen, brush=None)

    def _of(self, kind: Kind, group: int, fade: int) -> "Scatter":
        key = (kind, group, fade)
        if key not in self._scatters:
            height = {"test": 10, "training": 11, "preview": 20}[kind] - 2 * fade / len(FADES)
            self._scatters[key] = self._scatter(height)
            self._scatters[key].setOpacity(FADES[fade] * self._opacity)
        return self._scatters[key]

    def _scatter(self, height: float) -> "Scatter":
        scatter = Scatter()
        scatter.setZValue(height)
        self._view_box.addItem(scatter, ignoreBounds=True)
        return scatter


def _same(one: Indices | None, other: Indices | None) -> bool:
    return one is other if one is None or other is None else np.array_equal(one, other)


class Scatter(Guarded, pg.ScatterPlotItem):  # type: ignore[misc]
    """Markers that stay while the heatmap below them changes with every frame: Qt keeps their picture.

    Qt asks for the bounds several times a frame, and pyqtgraph works them out each time.
    """

    _bounds: QRectF | None = None

    def __init__(self) -> None:
        super().__init__(antialias=True)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def set_on_paper(self, on_paper: bool) -> None:
        """Paint shapes of any fineness, or pictures made once."""
        modes = QGraphicsItem.CacheMode
        self.setExportMode(on_paper, {"antialias": True})
        self.setCacheMode(modes.NoCache if on_paper else modes.DeviceCoordinateCache)

    def setData(self, *args: Any, **kwargs: Any) -> None:
        """Other markers; none is nothing to paint."""
        super().setData(*args, **kwargs)
        self._bounds = None
        self.setVisible(len(self.data) > 0)

    def viewTransformChanged(self) -> None:
        """Called by pyqtgraph."""
        super().viewTransformChanged()
        self._bounds = None

    def boundingRect(self) -> QRectF:
        """Called by Qt."""
        if self._bounds is None:
            self._bounds = super().boundingRect()
        return self._bounds
