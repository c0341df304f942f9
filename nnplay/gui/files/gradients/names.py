"""What the parameters are called in the table of a check, and which unit or weight of the drawing they are."""

from dataclasses import dataclass

from nnplay.gui.session.part_names import part_names
from nnplay.gui.session.selection import UnitAddress, WeightAddress
from nnplay.nn.parameters import ParameterLayout
from nnplay.texts import tr
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
        self._names, self._layout = part_names(prepared, layer_sizes), ParameterLayout(layer_sizes, batch_norm)

    def of(self, place: int) -> Parameter:
        """The parameter at a place of the flat vector."""
        kind, layer, row, unit = self._layout.parts(place)
        if kind in ("weights", "biases"):
            address = WeightAddress(layer, row if kind == "weights" else None, unit)
            return Parameter(self._names.of(address), address)
        name = self._names.unit(UnitAddress(layer, unit), inside=True)
        text = tr("γ of {unit}", unit=name) if kind == "gammas" else tr("β of {unit}", unit=name)
        return Parameter(text, UnitAddress(layer, unit))
