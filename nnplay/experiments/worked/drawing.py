"""The network of a sheet as a picture: units in columns, biases below them, each edge with its weight written on it.

Negative weights are dashed. A layer with so many weights that their numbers would cover each other has none: they
stand in the tables.
"""

from dataclasses import dataclass, replace

from nnplay.experiments.worked.example import WorkedExample
from nnplay.pictures.colours import NEGATIVE, PANEL, POSITIVE, QUIET, TEXT
from nnplay.pictures.svg import FONT, element, plain
from nnplay.texts import tr
from nnplay.training.arithmetic.expression import Symbol
from nnplay.training.arithmetic.shown import shown
from nnplay.training.arithmetic.text import symbol_text

ACROSS, DOWN, RADIUS, MARGIN = 220.0, 66.0, 17.0, 54.0
"""Pixels between layers, between units, of a unit, around all."""
MOST_DIGITS_DRAWN = 4
"""Decimals on edges: more have no room there, and stand in the tables."""
LETTER, WIDTH_OF_LETTER, HIGH = 11.5, 6.6, 15.0
"""Of numbers: size, width of a letter on whichever system, height with the room around."""
BELOW = RADIUS + 10
"""From the middle of a unit down to its bias."""
SHARES = (0.3, 0.4, 0.22, 0.5, 0.6, 0.7, 0.78)
"""Where on an edge its number may stand."""


@dataclass(frozen=True)
class Colours:
    """Colours as SVG has them: of texts, of quiet texts, of the ground, of weights above and below zero."""

    text: str = TEXT
    quiet: str = QUIET
    panel: str = PANEL
    positive: str = POSITIVE
    negative: str = NEGATIVE


@dataclass(frozen=True)
class DrawnEdge:
    """A weight between two places.

    Attributes
    ----------
    layer
        Of the weight, from 0.
    share
        Where on it its number stands, from its start 0 to its end 1; None where there is no room for it.
    """

    layer: int
    start: tuple[float, float]
    end: tuple[float, float]
    weight: float
    share: float | None = None

    @property
    def label(self) -> tuple[float, float] | None:
        """The middle of its number."""
        return None if self.share is None else self.at(self.share)

    def at(self, share: float) -> tuple[float, float]:
        """A place on it, from its start 0 to its end 1."""
        (x1, y1), (x2, y2) = self.start, self.end
        return x1 + (x2 - x1) * share, y1 + (y2 - y1) * share


@dataclass(frozen=True)
class DrawnUnit:
    """A unit with its name, and its bias where it has one."""

    place: tuple[float, float]
    name: Symbol
    bias: float | None


@dataclass(frozen=True)
class Drawing:
    """Where everything stands, whatever it is drawn with; y goes down. Its numbers have so many `digits` (decimals)."""

    width: float
    height: float
    units: tuple[DrawnUnit, ...]
    edges: tuple[DrawnEdge, ...]
    digits: int


def drawing_of(example: WorkedExample, digits: int) -> Drawing:
    """Lay the network of an example out, for numbers of so many decimals, 4 at most."""
    digits = min(digits, MOST_DIGITS_DRAWN)
    sizes = example.sizes
    height = DOWN * max(sizes) + MARGIN
    places = [
        [(MARGIN + ACROSS * layer, height / 2 + DOWN * (unit - (size - 1) / 2) - 6) for unit in range(size)]
        for layer, size in enumerate(sizes)
    ]
    units = [
        DrawnUnit(place, _name(layer, unit, sizes), None if layer == 0 else example.biases[layer - 1][unit])
        for layer, column in enumerate(places)
        for unit, place in enumerate(column)
    ]
    biases = [_bias_place(unit, digits) for unit in units if unit.bias is not None]
    edges: list[DrawnEdge] = []
    for layer, matrix in enumerate(example.weights):
        edges += _labelled(
            [
                DrawnEdge(layer, places[layer][row], places[layer + 1][unit], weight)
                for row, values in enumerate(matrix)
                for unit, weight in enumerate(values)
            ],
            digits,
            biases,
        )
    return Drawing(ACROSS * (len(sizes) - 1) + 2 * MARGIN, height, tuple(units), tuple(edges), digits)


def _labelled(edges: list[DrawnEdge], digits: int, biases: list[tuple[float, float, float]]) -> list[DrawnEdge]:
    """The edges of a layer with places for their numbers; with none where not all of them have room."""
    taken = list(biases)  # middle, half the width
    placed = []
    for edge in edges:
        half = width_of(edge.weight, digits) / 2
        share = next((share for share in SHARES if _is_free(edge.at(share), half, taken)), None)
        if share is None:
            return edges
        taken.append((*edge.at(share), half))
        placed.append(replace(edge, share=share))
    return placed


def _bias_text(bias: float, digits: int) -> str:
    return f"b = {shown(bias, digits).short}"


def _bias_place(unit: DrawnUnit, digits: int) -> tuple[float, float, float]:
    """The middle of a bias's text, and half its width."""
    x, y = unit.place
    return x, y + BELOW, WIDTH_OF_LETTER * len(_bias_text(unit.bias or 0.0, digits)) / 2 + 3


def _is_free(place: tuple[float, float], half: float, taken: list[tuple[float, float, float]]) -> bool:
    """Whether a number of this half width covers no other."""
    x, y = place
    return all(abs(x - x0) >= half + half0 or abs(y - y0) >= HIGH for x0, y0, half0 in taken)


def width_of(weight: float, digits: int) -> float:
    """The room of a number across."""
    return WIDTH_OF_LETTER * len(shown(weight, digits).short) + 6


def drawing_svg(example: WorkedExample, digits: int, colours: Colours | None = None) -> str:
    """The picture as SVG, with numbers of so many decimals."""
    colours, drawing = colours or Colours(), drawing_of(example, digits)
    digits = drawing.digits
    largest = max((abs(edge.weight) for edge in drawing.edges), default=0.0) or 1.0
    parts = [_line(edge, largest, colours) for edge in drawing.edges]
    parts += [_number(edge, digits, colours) for edge in drawing.edges]
    for unit in drawing.units:
        x, y = unit.place
        parts.append(element("circle", cx=x, cy=y, r=RADIUS, fill=colours.panel, stroke=colours.text))
        parts.append(_text(x, y + 4, symbol_text(unit.name), colours.text, 12))
        if unit.bias is not None:
            parts.append(_on_ground(x, y + BELOW, _bias_text(unit.bias, digits), colours.quiet, colours))
    about = tr("a network of {sizes} units", sizes=" → ".join(map(str, example.sizes)))
    return element(
        "svg", element("title", plain(about)), *parts, xmlns="http://www.w3.org/2000/svg", role="img",
        viewBox=f"0 0 {drawing.width:g} {drawing.height:g}", width=drawing.width, height=drawing.height,
        font_family=FONT,
    )  # fmt: skip


def _name(layer: int, unit: int, sizes: tuple[int, ...]) -> Symbol:
    """What a unit gives: an input, an activation, an output."""
    index = str(unit + 1)
    if layer == 0:
        return Symbol("x", index)
    if layer == len(sizes) - 1:
        return Symbol("y", index if sizes[-1] > 1 else "", mark="hat")
    return Symbol("a", index, f"({layer})")


def _line(edge: DrawnEdge, largest: float, colours: Colours) -> str:
    (x1, y1), (x2, y2) = edge.start, edge.end
    share = abs(edge.weight) / largest
    return element(
        "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colours.positive if edge.weight > 0 else colours.negative,
        stroke_width=0.8 + 2.2 * share, stroke_opacity=0.35 + 0.5 * share,
        stroke_dasharray=None if edge.weight >= 0 else "7 3",
    )  # fmt: skip


def _number(edge: DrawnEdge, digits: int, colours: Colours) -> str:
    if edge.label is None:
        return ""
    return _on_ground(*edge.label, shown(edge.weight, digits).short, colours.text, colours)


def _on_ground(x: float, y: float, content: str, colour: str, colours: Colours) -> str:
    """A text on lines, which leave room for it."""
    width = WIDTH_OF_LETTER * len(content) + 4
    ground = element("rect", x=x - width / 2, y=y - HIGH / 2, width=width, height=HIGH, rx=3, fill=colours.panel)
    return ground + _text(x, y + 4, content, colour, LETTER)


def _text(x: float, y: float, content: str, colour: str, size: float) -> str:
    return element("text", plain(content), x=x, y=y, text_anchor="middle", font_size=size, fill=colour)
