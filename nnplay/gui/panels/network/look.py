"""What is marked on a network drawing at the moment, and what it shows of a step that is walked through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nnplay.gui.paint.picture import Picture
from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.phase_edges import PhaseEdges
from nnplay.gui.panels.network.phase_values import PhaseState
from nnplay.gui.panels.network.placement import BiasLevels
from nnplay.gui.panels.network.unit_values import UnitValue
from nnplay.gui.panels.network.weight_numbers import NumberTexts


@dataclass(frozen=True)
class Look:
    """What is marked at the moment.

    Attributes
    ----------
    pinned, focused, hovered
        A unit each, or None.
    hovered_edge, inspected_edge
        (bundle, edge), or None: the one that is pointed at, and the one that the inspector is about.
    hovered_bias, inspected_bias
        The unit of a bias, or None.
    pixel
        (row, column, pixels a side) of one of those of the picture that goes in, or None.
    lit, lit_edges
        Units, and (bundle, edge)s, that a finding means.
    off
        Units that are switched off.
    flow
        Seconds that the flow along the edges has run; None where it stands still.
    numbers
        Whether the edges carry their weights.
    """

    pinned: Unit | None = None
    focused: Unit | None = None
    hovered: Unit | None = None
    hovered_edge: tuple[int, int] | None = None
    inspected_edge: tuple[int, int] | None = None
    hovered_bias: Unit | None = None
    inspected_bias: Unit | None = None
    pixel: tuple[int, int, int] | None = None
    lit: frozenset[Unit] = field(default_factory=frozenset)
    lit_edges: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    off: frozenset[Unit] = field(default_factory=frozenset)
    flow: float | None = None
    numbers: bool = False


@dataclass(frozen=True, eq=False)  # a key of what is kept of the drawing, which is another one at each phase
class PhaseLook:
    """What a phase shows.

    Attributes
    ----------
    state
        What is computed, and what is at work.
    edges
        Paint the edges of the step.
    values
        What stands on the units.
    targets
        What stands above it on the outputs; empty before the loss.
    crossed
        Units that dropout silenced.
    biases
        What the bias dots of each layer show.
    texts
        What edges and bias dots carry, where they carry numbers.
    pictures
        Of units that show other ones at this phase.
    title
        Of the key.
    words
        What the numbers on the units are, in a line or two.
    """

    state: PhaseState
    edges: PhaseEdges
    values: Mapping[Unit, UnitValue]
    targets: Mapping[Unit, UnitValue]
    crossed: frozenset[Unit]
    biases: Sequence[BiasLevels]
    texts: NumberTexts
    pictures: Mapping[Unit, Picture]
    title: str
    words: Sequence[str]
