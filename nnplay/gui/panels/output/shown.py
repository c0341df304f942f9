"""What the canvas shows of the network: its output, or what one of its units outputs; over a plane or along a strip."""

from abc import ABC, abstractmethod
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from nnplay.gui.paint.marks import class_title, value_range
from nnplay.gui.paint.round_ticks import place_text
from nnplay.gui.panels.output.colour_key import ColourKey, key_of_output, output_name
from nnplay.gui.panels.output.readout import ReadoutPart
from nnplay.gui.panels.output.tools.tool import Place
from nnplay.gui.session.selection import UnitAddress
from nnplay.gui.session.session import Session
from nnplay.gui.widgets.number_format import FIGURE_SPACE, decimal_text, signed_text
from nnplay.gui.widgets.plain_text import cut_inside
from nnplay.texts import one_line, tr
from nnplay.training.probes.place import PlaceProbe
from nnplay.training.probes.probe import Probe

Answer = TypeVar("Answer")
Floats = NDArray[np.float64]

OUTPUT = -1
"""The layer of the outputs."""
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
LONGEST = 14
"""Letters of an input's name before its value, and of a class's."""
MOST_CLASSES, LIKELIEST = 10, 3
"""Of up to so many classes all are told, by their colours; of more the likeliest, by their names."""


class Shown(ABC, Generic[Answer]):
    """Chooses what is shown, paints it, and says what it is worth at a place."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._chosen: UnitAddress | None = None
        self._answer: Answer | None = None

    @property
    @abstractmethod
    def probe(self) -> Probe[Answer]:
        """What it draws from."""

    @property
    def answer(self) -> Answer | None:
        """The newest one."""
        return self._answer

    @property
    def caption(self) -> str:
        """``"Unit 3 of layer 1"``; empty for the output."""
        unit = self._hidden_unit()
        return "" if unit is None else tr("Unit {number} of layer {layer}", number=unit.unit + 1, layer=unit.layer + 1)

    @property
    def scale(self) -> float | None:
        """The number that has the strongest colour, where it moves with what is shown; else None."""
        return None

    def key(self, *, discrete: bool) -> ColourKey:
        """What the colours mean."""
        prepared, model = self._session.prepared, self._session.experiment.model
        return key_of_output(prepared, prepared.outputs, squared=model.gives_sums, discrete=discrete)

    def choose(self, unit: UnitAddress | None) -> None:
        """Show what this unit outputs, where it is a hidden one, or else the network's output."""
        if unit != self._chosen:
            self._chosen = unit
            self._begin_scale()
            if self._answer is not None:
                self.draw(self._answer)

    def forget(self) -> None:
        """Other data, or another network: what was seen is not true any more."""
        self._answer = None
        self._begin_scale()

    def draw(self, answer: Answer | None) -> None:
        """Paint this, or nothing; what is of another plane than the one there is changes nothing."""
        if answer is None:
            self._answer = None
            self._draw_nothing()
        elif self._is_of_now(answer):
            self._answer = answer
            self._draw(answer)

    def parts(self, place: Place) -> tuple[ReadoutPart, ...]:
        """The coordinates and what the shown map is worth there."""
        coordinates = self._coordinates(place)
        if self._answer is None:
            return coordinates
        unit = self._hidden_unit()
        if unit is None:
            return (*coordinates, *self.output_parts(self._outputs_at(self._answer, place, OUTPUT)))
        activation = float(self._outputs_at(self._answer, place, unit.layer)[unit.unit])
        return (*coordinates, ReadoutPart("a", signed_text(activation, 3)))

    @abstractmethod
    def _is_of_now(self, answer: Answer) -> bool:
        """Whether it was measured on the plane that is seen."""

    @abstractmethod
    def _begin_scale(self) -> None: ...

    @abstractmethod
    def _draw(self, answer: Answer) -> None: ...

    @abstractmethod
    def _draw_nothing(self) -> None: ...

    @abstractmethod
    def _between(self, answer: Answer, place: Place, layer: int) -> Floats:
        """(U,) outputs of a layer, read between the places that were measured."""

    def _outputs_at(self, answer: Answer, place: Place, layer: int) -> Floats:
        """(U,) outputs of a layer: exactly while paused, from the newest answer while it trains."""
        probe = PlaceProbe(*place, self._session.selection.slice)
        exact = self._session.look(frozenset({probe}))
        outputs = None if exact is None else exact.answer(probe)
        if outputs is None:
            return self._between(answer, place, layer)
        return np.asarray(outputs.layers[layer], dtype=np.float64)

    def _coordinates(self, place: Place) -> tuple[ReadoutPart, ...]:
        prepared = self._session.prepared
        if prepared.plane is None:
            return ()
        left, right, low, high = prepared.plane
        names = [input_title(prepared.table.input_names[index]) for index in prepared.spec.plane_inputs]
        figures = (place_text(place[0], left, right), place_text(place[1], low, high))
        parts = tuple(ReadoutPart(name, in_place(figure)) for name, figure in zip(names, figures, strict=True))
        return parts[:1] if prepared.plane_is_line else parts

    def _hidden_unit(self) -> UnitAddress | None:
        """The hidden unit that is shown; None where the output is."""
        layers, unit = self._session.experiment.model.hidden_layers, self._chosen
        if unit is None or not 0 <= unit.layer < len(layers) or unit.unit >= layers[unit.layer].units:
            return None
        return unit

    def output_parts(self, outputs: Floats | None) -> tuple[ReadoutPart, ...]:
        """What the network outputs, (K,), as parts; none of None."""
        if outputs is None:
            return ()
        table, model = self._session.prepared.table, self._session.experiment.model
        if table.task == "regression":
            return (ReadoutPart("ŷ", in_place(place_text(float(outputs[0]), *value_range(table)))),)
        if len(outputs) <= 2:
            return (ReadoutPart(output_name(table, squared=model.gives_sums), decimal_text(outputs[-1], 3)),)
        if len(outputs) > MOST_CLASSES:
            likeliest = [int(group) for group in np.argsort(-outputs, kind="stable")[:LIKELIEST]]
            names = [cut_inside(class_title(table, group), LONGEST) for group in likeliest]
            figures = [decimal_text(float(outputs[group]), 2) for group in likeliest]
            return tuple(ReadoutPart(*part) for part in zip(names, figures, likeliest, strict=True))
        decimals = 3 if len(outputs) == 3 else 2
        return tuple(ReadoutPart("", decimal_text(p, decimals), group) for group, p in enumerate(outputs))


def in_place(text: str) -> str:
    """A number with room for a minus where it has none."""
    return text if text.startswith("−") else FIGURE_SPACE + text


def input_title(name: str, longest: int | None = LONGEST) -> str:
    """``"x1"`` as ``"x₁"``; a name that a file gives stays as it is, cut short where it is long."""
    if name[:1] == "x" and name[1:].isdigit():
        return name.translate(SUBSCRIPTS)
    name = one_line(name)
    return name if longest is None else cut_inside(name, longest)


def shares_of(outputs: NDArray[np.floating]) -> NDArray[np.floating]:
    """Outputs (K, …) as shares that sum to one; sigmoids and identities don't by themselves."""
    positive = np.clip(outputs, 0.0, 1.0)
    shares: NDArray[np.floating] = positive / np.maximum(positive.sum(axis=0), 1e-6)
    return shares
