"""What the parameters are called in the table of a check, and which unit or weight of the drawing they are."""

from dataclasses import dataclass

from nnplay.data import FEATURES
from nnplay.gui.paint.marks import class_title
from nnplay.gui.session.selection import UnitAddress, WeightAddress
from nnplay.nn.parameters import ParameterLayout
from nnplay.texts import one_line, tr
from nnplay.training.prepared import PreparedData


@dataclass(frozen=True)
class Parameter:
    """One parameter.

    Attributes
    ----------
    name
        ``Weight from x₁ to unit 3 of layer 1``.
    address
        The weight or bias; the unit where it is a number of its batch norm.
    """

    name: str
    address: WeightAddress | UnitAddress


class ParameterNames:
    """The names of a network's parameters on its data."""

    def __init__(self, layer_sizes: tuple[int, ...], batch_norm: bool, prepared: PreparedData) -> None:
        self.layer_sizes = layer_sizes
        self._prepared = prepared
        self._layout = ParameterLayout(layer_sizes, batch_norm)

    def of(self, place: int) -> Parameter:
        """The parameter at a place of the flat vector."""
        kind, layer, row, unit = self._layout.parts(place)
        name = self._unit(layer + 1, unit)
        if kind == "weights":
            start = self._unit(layer, row)
            return Parameter(tr("Weight from {start} to {end}", start=start, end=name), WeightAddress(layer, row, unit))
        if kind == "biases":
            return Parameter(tr("Bias of {unit}", unit=name), WeightAddress(layer, None, unit))
        text = tr("γ of {unit}", unit=name) if kind == "gammas" else tr("β of {unit}", unit=name)
        return Parameter(text, UnitAddress(layer, unit))

    def _unit(self, column: int, place: int) -> str:
        """A unit inside a sentence; column 0 has the inputs."""
        number, table = place + 1, self._prepared.table
        if column == 0:
            return self._input(place)
        if column < len(self.layer_sizes) - 1:
            return tr("unit {number} of layer {layer}", number=number, layer=column)
        if self.layer_sizes[-1] == 1:
            return tr("output")
        if place < table.classes:
            return tr("output “{name}”", name=class_title(table, place))
        return tr("output {number}", number=number)

    def _input(self, place: int) -> str:
        names, picture = self._prepared.feature_names, self._prepared.table.picture
        if picture is not None:
            row, column = divmod(place, picture[1])
            return tr("pixel {row}, {column}", row=row + 1, column=column + 1)
        if place >= len(names):
            return tr("input {number}", number=place + 1)
        return FEATURES[names[place]].label if names[place] in FEATURES else one_line(names[place])
