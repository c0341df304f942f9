"""How a network shows itself in Jupyter."""

from typing import TYPE_CHECKING

from nnplay.nn.activations import ACTIVATIONS
from nnplay.pictures.network import network_picture
from nnplay.texts import tr

if TYPE_CHECKING:
    from nnplay.nn.arrays import Array


class ShownNetwork:
    """A network that is drawn where it is the last line of a cell; of a stack the first network's weights."""

    layer_sizes: tuple[int, ...]
    activations: tuple[str, ...]
    weights: "list[Array]"
    stack: int | None

    def _repr_svg_(self) -> str:
        weights = self.weights if self.stack is None else [each[0] for each in self.weights]
        labels = [tr(ACTIVATIONS[name].label) for name in self.activations]
        return network_picture(self.layer_sizes, weights, labels)
